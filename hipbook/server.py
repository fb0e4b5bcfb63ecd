"""A server of notebooks on one workspace: how it is started, where it answers, how it ends."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from hipbook.ports import HOST, is_free
from hipbook.workspace import VARIABLE, Workspace, WorkspaceError

__all__ = [
    "LAB",
    "App",
    "ServerError",
    "address",
    "end_on_signals",
    "environment",
    "kernel_settings",
    "running",
    "settings",
    "start",
    "stop",
    "wait_until_ended",
    "wait_until_ready",
]

_START_LIMIT_S = 60
_LAB_DEFAULTS = Path(__file__).parent / "lab_defaults"
"""Defaults of JupyterLab's settings (a learner's own go first): without them the first thing that a learner
reads is a question about Jupyter's news."""

_LAB_ALONE = Path(__file__).parent / "lab_alone"
"""What JupyterLab leaves out on one learner's own computer, and a course on a hub may want."""

_STOP_LIMIT_S = 15


class ServerError(WorkspaceError):
    """A server does not start."""


@dataclass(frozen=True)
class App:
    """A program that serves the notebooks of a workspace.

    Attributes
    ----------
    name : str
        As people know it.
    page : str
        A page that is there as soon as it is ready, and only for whoever has the token.
    command : callable
        ``(workspace, port, notebook)`` → the command that starts it.
    address : callable
        ``(port, notebook, token)`` → the address that opens a notebook.
    end : str or None
        Where a POST makes it end in order, its kernels first; with None a polite kill does the same.
    """

    name: str
    page: str
    command: Callable[[Workspace, int, str], list[str]]
    address: Callable[[int, str, str], str]
    end: str | None = None


def address(port: int, notebook: str, token: str) -> str:
    """Return the address that opens one notebook, with the token that lets a browser in."""
    return f"http://{HOST}:{port}/lab/tree/{quote(notebook)}?token={quote(token)}"


def running(workspace: Workspace) -> tuple[int, str] | None:
    """Return port and token of the JupyterLab that has this workspace open, or None."""
    from jupyter_server.serverapp import list_running_servers

    for server in list_running_servers():
        if _is_same(Path(server["root_dir"]), workspace.folder):
            return server["port"], server["token"]
    return None


def start(app: App, workspace: Workspace, port: int, notebook: str, token: str) -> subprocess.Popen[bytes]:
    """Start a server on a workspace.

    Parameters
    ----------
    app : App
        Which: `LAB`, or another.
    workspace : Workspace
    port : int
        TCP port, free.
    notebook : str
        Shown first; relative to the workspace.
    token : str
        What a browser must know. It goes through the environment: other users of the machine can read a
        command line.

    Returns
    -------
    subprocess.Popen
        To be given to `wait_until_ready` and, in the end, to `stop`.

    Raises
    ------
    ServerError
        When something else listens at the port.
    """
    if not is_free(port):
        raise ServerError(
            f"port must be free, got {port}, which another program uses: stop that program, or choose "
            "another with --port N (rows that wait unsaved in the browser stay with the usual address)"
        )
    # In a group of its own, so that Ctrl-C reaches only us, and we end it in order.
    windows = os.name == "nt"
    alone: dict[str, Any] = (
        {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP} if windows else {"process_group": 0}
    )
    told = environment(workspace)
    told["JUPYTER_CONFIG_PATH"] = os.pathsep.join([str(_LAB_ALONE), told["JUPYTER_CONFIG_PATH"]])
    return subprocess.Popen(
        app.command(workspace, port, notebook),
        env=os.environ | told | {"JUPYTER_TOKEN": token},
        stdin=subprocess.DEVNULL,
        **alone,
    )


def environment(workspace: Workspace) -> dict[str, str]:
    """Return the variables that a server on a workspace needs, wherever it runs."""
    search = [str(_LAB_DEFAULTS), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    # So that `hipbook` is found in a terminal of JupyterLab, too.
    commands = [sysconfig.get_path("scripts"), os.environ.get("PATH", "")]
    return {
        "PATH": os.pathsep.join(filter(None, commands)),
        VARIABLE: str(workspace.folder),
        "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, search)),
    }


def wait_until_ready(app: App, process: subprocess.Popen[bytes], port: int, token: str) -> None:
    """Return when a server answers to its token.

    Raises
    ------
    ServerError
        When it ends before, or does not answer within a minute.
    """
    limit = time.monotonic() + _START_LIMIT_S
    while time.monotonic() < limit:
        try:
            code = process.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            if _ask("GET", app.page, port, token) == http.client.OK:
                return _require_locked(app, port)
        else:
            raise ServerError(
                f"{app.name} must keep running, and ended with code {code}: run `hipbook check` to see why"
            )
    raise ServerError(
        f"{app.name} must answer within {_START_LIMIT_S} s, and did not: close other programs and try again"
    )


def wait_until_ended(app: App, process: subprocess.Popen[bytes]) -> None:
    """Return when a server was shut down from its own menu.

    Raises
    ------
    ServerError
        When it broke down.
    """
    code = process.wait()
    if code:
        raise ServerError(
            f"{app.name} must keep running, and ended with code {code}: run the command to open it again"
        )


def stop(app: App, process: subprocess.Popen[bytes], port: int, token: str) -> None:
    """End a server and its kernels; a second Ctrl-C ends them at once."""
    try:
        asked = process.poll() is None and app.end and _ask("POST", app.end, port, token) == http.client.OK
        if not asked:
            process.terminate()
        process.wait(_STOP_LIMIT_S)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.kill()
        process.wait()


def end_on_signals() -> None:
    """Treat the end of the terminal, and a polite kill, like Ctrl-C, so that the server ends too."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), interrupt)


def _require_locked(app: App, port: int) -> None:
    if _ask("GET", app.page, port) == http.client.OK:
        raise ServerError(
            f"{app.name} must ask for its token, and a Jupyter configuration on this computer turns that "
            "off: remove the line that sets `token` (`jupyter --paths` lists the folders of configuration)"
        )


VOILAS = ("voila.server_extension",)
"""Where Voilà is installed, too, it would join every JupyterLab, only to warn about old names."""

NBGRADERS = tuple(
    f"nbgrader.server_extensions.{name}"
    for name in ("assignment_list", "course_list", "formgrader", "validate_assignment")
)
"""A course's, and no use on one learner's computer, where they would take three seconds of the start."""


def settings(workspace: Workspace, notebook: str) -> dict[str, Any]:
    """Return what JupyterLab is told on a workspace, wherever it runs; ``notebook`` is shown first."""
    told = {
        "ServerApp.root_dir": workspace.folder,
        "ServerApp.default_url": f"/lab/tree/{quote(notebook)}",
        "ServerApp.kernel_spec_manager_class": "hipbook.kernels.ThisPythonFirst",
        "ServerApp.log_level": "ERROR",
        "LabApp.log_level": "ERROR",
        # Nothing is asked of the network: no news, no search for updates, no list of extensions.
        "LabApp.news_url": None,
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "LabApp.extension_manager": "readonly",
        "ServerApp.jpserver_extensions": repr(dict.fromkeys(VOILAS, False)),
    }
    return told | kernel_settings()


def kernel_settings() -> dict[str, Any]:
    """Return what a server is told of the way to its kernels: nobody else on this machine can listen in."""
    return {"KernelManager.transport_encryption": "auto"} if _kernels_can_encrypt() else {}


def _command(workspace: Workspace, port: int, notebook: str) -> list[str]:
    options = settings(workspace, notebook) | {
        "ServerApp.ip": HOST,
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.base_url": "/",
        "ServerApp.open_browser": False,
        "ServerApp.jpserver_extensions": repr(dict.fromkeys((*VOILAS, *NBGRADERS), False)),
    }
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options["ServerApp.allow_root"] = True
    # -P: a file of the learner's that is called like a module must not be taken for it.
    return [
        sys.executable,
        "-P",
        "-m",
        "jupyterlab",
        *(f"--{name}={value}" for name, value in options.items()),
    ]


def _kernels_can_encrypt() -> bool:
    import zmq

    return zmq.has("curve")


def _ask(method: str, path: str, port: int, token: str | None = None) -> int | None:
    """Return the status with which JupyterLab answers, or None when nothing does."""
    # Not urllib: it would ask a proxy for our own machine.
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request(method, path, headers={"Authorization": f"token {token}"} if token else {})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


LAB = App("JupyterLab", "/api/status", _command, address, end="/api/shutdown")


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
