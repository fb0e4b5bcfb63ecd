"""A real JupyterHub on loopback, as deploy/jupyterhub configures it, in a folder that is gone afterwards."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy" / "jupyterhub"
PROXY = DEPLOY / "node_modules" / ".bin" / "configurable-http-proxy"
NOBODY = 65_534
CULLER_TOKEN = "of-the-culler"

OWN = """
load_subconfig({shipped!r})
c = get_config()
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {hub_port}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api_port}"
c.JupyterHub.load_groups = {{"teachers": {{"users": ["teacher"]}}, "class": {{"users": {names!r}}}}}
c.OwnUserSpawner.first_uid = {first_uid}
c.JupyterHub.services[0]["api_token"] = {token!r}
"""
"""What a school writes for itself, and what keeps this hub apart from another one on the same machine."""


@dataclass(frozen=True)
class Hub:
    """A running hub.

    Attributes
    ----------
    address : str
    folder : Path
        As `HIPBOOK_HUB_FOLDER`.
    python : Path
        The Python that it and its learners run on.
    uids : range
        Numbers that only its learners have.
    """

    address: str
    folder: Path
    python: Path
    uids: range

    def home(self, name: str) -> Path:
        return self.folder / "homes" / name

    def processes(self, uids: Iterable[int]) -> list[psutil.Process]:
        """Return the processes of some users."""
        wanted, found = set(uids), []
        for process in psutil.process_iter():
            with suppress(psutil.NoSuchProcess):
                if process.uids().real in wanted:
                    found.append(process)
        return found


def python_for_all(folder: Path) -> Path | None:
    """Make an environment in which any user of this machine can run hipbook; None if there is no way.

    The Python of the tests may lie in somebody's home. What it has installed is read from where it is.
    """
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for base in (sys._base_executable, f"/usr/bin/{version}"):
        environment = folder / Path(base).parent.as_posix().strip("/").replace("/", "-")
        made = [base, "-m", "venv", "--without-pip", "--symlinks", str(environment)]
        if not Path(base).exists() or subprocess.run(made, capture_output=True).returncode:
            continue
        libraries = environment / "lib" / version / "site-packages" / "tested.pth"
        libraries.write_text(f"{ROOT}\n{sysconfig.get_path('purelib')}\n", encoding="utf-8")
        for data in ("etc", "share"):  # JupyterLab's pages
            (environment / data).symlink_to(Path(sys.prefix) / data)
        if _others_can_use(environment / "bin" / "python"):
            return environment / "bin" / "python"
    return None


def _others_can_use(python: Path) -> bool:
    needed = [python, "-P", "-c", "import hipbook.workspace, jupyterhub, jupyterlab"]
    somebody = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    try:
        tried = subprocess.run(needed, **somebody, cwd="/", env={"PATH": os.defpath}, capture_output=True)
    except PermissionError:
        return False
    return tried.returncode == 0


@contextmanager
def running_hub(names: list[str]) -> Iterator[Hub]:
    """Start a hub that these learners are invited to, and leave nothing of it behind.

    Raises
    ------
    LookupError
        When this machine has no Python that learners could run.
    """
    # Not pytest's own folder: learners, who are other users, may not enter that.
    with tempfile.TemporaryDirectory(prefix="hipbook-hub-") as temporary:
        Path(temporary).chmod(0o755)
        python = python_for_all(Path(temporary))
        if python is None:
            raise LookupError("a Python that every user of this machine can run")
        with _started(Path(temporary), python, names) as hub:
            yield hub


@contextmanager
def _started(temporary: Path, python: Path, names: list[str]) -> Iterator[Hub]:
    port, hub_port, api_port = _free_ports(3)
    first_uid = random.randrange(30_000, 50_000, 100)
    own = temporary / "jupyterhub_config.py"
    shipped = str(DEPLOY / "jupyterhub_config.py")
    said = {"port": port, "hub_port": hub_port, "api_port": api_port, "token": CULLER_TOKEN}
    own.write_text(OWN.format(shipped=shipped, names=names, first_uid=first_uid, **said), encoding="utf-8")
    folder = temporary / "hub"
    inherited = {key: os.environ[key] for key in ("PATH", "LANG") if key in os.environ}
    process = subprocess.Popen(
        [python, "-m", "jupyterhub", "--config", own],
        cwd=temporary,
        env=inherited | {"HIPBOOK_HUB_FOLDER": str(folder), "HOME": str(temporary)},
        extra_groups=[0],  # as root mostly has, and learners must not
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    hub = Hub(f"http://127.0.0.1:{port}", folder, python, range(first_uid, first_uid + 100))
    said: list[str] = []
    try:
        for line in process.stdout:
            said.append(line)
            if "JupyterHub is now running" in line:
                break
        else:
            raise RuntimeError("JupyterHub ended before it was running")
        threading.Thread(target=said.extend, args=(process.stdout,), daemon=True).start()
        yield hub
    except BaseException:
        print("".join(said), file=sys.stderr)
        raise
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        for left in hub.processes(hub.uids):
            with suppress(psutil.NoSuchProcess):
                left.kill()


def _free_ports(how_many: int) -> list[int]:
    with ExitStack() as stack:
        taken = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(how_many)]
        return [one.getsockname()[1] for one in taken]
