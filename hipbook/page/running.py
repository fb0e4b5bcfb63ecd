"""Who has a workspace's page open: one at a time, and where it answers."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlencode

from filelock import FileLock, Timeout

from hipbook.page.private import write_privately

__all__ = ["FILE", "Claim", "Running", "claimed", "other"]

FILE = ".hipbook.player.json"
"""In the workspace while its page is open; readable by its owner only, since it holds the token."""

LOCK = ".hipbook.player.lock"
"""Held while the page is open; a process that dies lets it go."""

_WAIT_S = 5
"""How long another process may need between its start and its first answer."""


@dataclass(frozen=True)
class Running:
    """Where a page answers.

    Attributes
    ----------
    scheme : {"http", "https"}
    host : str
    port : int
    token : str
        What a browser must know.
    """

    scheme: str
    host: str
    port: int
    token: str

    def address(self, what: str) -> str:
        """Return the address that lets a browser in and opens a routine or stretch."""
        return f"{self.scheme}://{self.host}:{self.port}/?{urlencode({'what': what, 'token': self.token})}"


class Claim:
    """The right to open the page of one workspace.

    Attributes
    ----------
    token : str
        Random; the same as before when hipbook ended without being able to tidy up, so that a page which is
        still open in a browser goes on.
    """

    def __init__(self, folder: Path):
        self._path = folder / FILE
        left = _read(self._path)
        self.token = left.token if left else secrets.token_urlsafe(24)

    def announce(self, here: Running) -> None:
        """Let other processes of the same person find it."""
        write_privately(self._path, json.dumps(asdict(here)).encode())

    def withdraw(self) -> None:
        """Forget the token and where it was."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


@contextmanager
def claimed(folder: Path) -> Iterator[Claim | None]:
    """Claim a workspace's page for as long as the block runs; None when another process has it."""
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield None
        return
    try:
        claim = Claim(folder)
        yield claim
        claim.withdraw()
    finally:
        lock.release()


def other(folder: Path) -> Running | None:
    """Return where the process that has the claim answers; None when it does not say so within seconds."""
    limit = time.monotonic() + _WAIT_S
    while (found := _read(folder / FILE)) is None and time.monotonic() < limit:
        time.sleep(0.1)
    return found


def _read(path: Path) -> Running | None:
    try:
        found = Running(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
    sound = isinstance(found.token, str) and len(found.token) >= 32 and isinstance(found.port, int)
    return found if sound else None
