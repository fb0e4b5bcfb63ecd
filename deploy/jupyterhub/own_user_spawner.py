"""Each learner's server runs as a system user of its own, in a home that nobody else may enter.

The users are numbers without an entry in the system's list of users; whose number is whose is written nowhere
but on the homes themselves: a home belongs to its learner.
"""

from __future__ import annotations

import os
import pwd
import resource
import stat
from collections.abc import Callable
from pathlib import Path

from jupyterhub.spawner import SimpleLocalProcessSpawner
from traitlets import Integer, Unicode

__all__ = ["MOST_LEARNERS", "HomeError", "OwnUserSpawner", "own_home"]

MOST_LEARNERS = 10_000
"""How many user numbers a hub may take."""


class HomeError(RuntimeError):
    """A home that cannot be its learner's own."""


def own_home(homes: Path, name: str, first_uid: int) -> tuple[Path, int]:
    """Return a learner's home and the number of the user that owns it; make both when there are none.

    Parameters
    ----------
    homes : Path
        Folder of all homes. Made when missing; only root writes in it, and nobody else can list it.
    name : str
        The learner's name in the hub.
    first_uid : int
        The first of the `MOST_LEARNERS` user numbers that are for learners.

    Returns
    -------
    home : Path
        Mode 0700.
    uid : int
        Its owner, and the number of the owner's group; no other learner's.

    Raises
    ------
    HomeError
        When the name is no name of one folder, the home is not a learner's, or no number is left.
    """
    if not name or name != Path(name).name or name.startswith("."):
        raise HomeError(f"name must be the name of one folder, not hidden, got {name!r}: choose another")
    homes.mkdir(mode=0o711, parents=True, exist_ok=True)
    homes.chmod(0o711)
    home, uids = homes / name, range(first_uid, first_uid + MOST_LEARNERS)
    if not (home.exists() or home.is_symlink()):
        _make(home, _free_uid(homes, uids))
    status = home.lstat()
    if not (stat.S_ISDIR(status.st_mode) and status.st_uid in uids):
        raise HomeError(
            f"{home} must be a folder of a user from {uids[0]} to {uids[-1]}, got "
            f"{stat.filemode(status.st_mode)} of user {status.st_uid}: "
            "give it to a user that no other home has, with chown -R"
        )
    home.chmod(0o700)
    return home, status.st_uid


def _make(home: Path, uid: int) -> None:
    # Under its own name only when it is somebody's: a hub that is stopped in between leaves no home of root.
    fresh = home.with_name(f".{home.name}.new")
    fresh.mkdir(mode=0o700, exist_ok=True)
    os.chown(fresh, uid, uid)
    fresh.rename(home)


def _free_uid(homes: Path, uids: range) -> int:
    taken = {entry.lstat().st_uid for entry in homes.iterdir()} | {user.pw_uid for user in pwd.getpwall()}
    # Above all others, not in a gap: what somebody left in /tmp must not become somebody else's.
    free = max((uid for uid in taken if uid in uids), default=uids[0] - 1) + 1
    if free not in uids:
        raise HomeError(
            f"{homes} must have a number left from {uids[0]} to {uids[-1]}, found none: see docs/hub.md"
        )
    return free


class OwnUserSpawner(SimpleLocalProcessSpawner):
    """Start a learner's server on this machine as their own user, with a limit to its memory.

    The hub must run as root. ``mem_limit`` is the most address space (RLIMIT_AS) that any one process of the
    learner's may have: the server, each kernel, whatever a kernel starts. ``process_limit`` is the most
    processes and threads that they may have together.
    """

    homes = Unicode("/srv/hipbook/homes", config=True, help="Folder of the learners' homes.")
    first_uid = Integer(
        20_000, config=True, help=f"The first of {MOST_LEARNERS} user numbers that are for learners only."
    )
    process_limit = Integer(
        256, config=True, help="The most processes and threads of one learner, all of theirs counted."
    )

    def make_preexec_fn(self, name: str) -> Callable[[], None]:
        """Return what a new process does before it becomes the learner's server."""
        home, uid = own_home(Path(self.homes), name, self.first_uid)
        limits = {resource.RLIMIT_NPROC: self.process_limit, resource.RLIMIT_CORE: 0}
        if self.mem_limit:
            limits[resource.RLIMIT_AS] = int(self.mem_limit)

        def become_the_learner() -> None:
            os.umask(0o077)
            os.setgroups([])
            os.setgid(uid)
            os.setuid(uid)
            for limit, most in limits.items():
                resource.setrlimit(limit, (most, most))
            os.chdir(home)

        return become_the_learner

    def user_env(self, env: dict[str, str]) -> dict[str, str]:
        """Return the environment of the server: the learner's home; few threads and arenas."""
        home = str(Path(self.homes) / self.user.name)
        threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        own = {"HOME": home, "USER": self.user.name, "LOGNAME": self.user.name, "SHELL": "/bin/bash"}
        return env | threads | own | {"MALLOC_ARENA_MAX": "2"}
