"""A lesson without its code, for a projector: Voilà on a workspace, beside JupyterLab."""

from __future__ import annotations

import sys
from urllib.parse import quote

from hipbook.ports import HOST, of_show
from hipbook.server import App, kernel_settings
from hipbook.workspace import Workspace, WorkspaceError

__all__ = ["VOILA", "require_voila", "usual_port"]


def require_voila() -> None:
    """Refuse in one line when Voilà is not installed.

    Raises
    ------
    WorkspaceError
        With the command that installs it.
    """
    from importlib.util import find_spec

    if find_spec("voila") is None:
        raise WorkspaceError(
            f'show needs Voilà, which is not installed: run {sys.executable} -m pip install "hipbook[show]", '
            'or in a checkout pip install -e ".[show]"'
        )


def usual_port(workspace: Workspace) -> int:
    """Return the port at which a workspace's lessons are shown: the same every time, and not JupyterLab's."""
    return of_show(workspace.port)


def _address(port: int, notebook: str, token: str) -> str:
    return f"http://{HOST}:{port}/voila/render/{quote(notebook)}?token={quote(token)}"


def _command(workspace: Workspace, port: int, notebook: str) -> list[str]:
    # The whole folder is served, so that a link to the next lesson leads there. lab_defaults/voila.json says
    # the rest: the page may ask no other server for anything (Voilà's would, for a font of symbols), and it
    # may end its kernel, whose name only it knows, when it is left.
    options = {
        "Voila.root_dir": workspace.folder,
        "Voila.ip": HOST,
        "Voila.port": port,
        "Voila.port_retries": 0,
        "Voila.open_browser": False,
        "Voila.log_level": "ERROR",
        # The token itself comes through the environment.
        "Voila.auto_token": True,
    }
    told = (f"--{name}={value}" for name, value in (options | kernel_settings()).items())
    return [sys.executable, "-P", "-m", "voila", str(workspace.folder), *told]


VOILA = App("Voilà", "/voila/tree/", _command, _address)
