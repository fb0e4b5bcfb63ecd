"""What a JupyterHub starts for a learner: their workbook brought up to date, and the hub's server on it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hipbook import server, workspace
from hipbook.place import DEFAULT_FOLDER
from hipbook.starting import START

__all__ = ["main"]


def main() -> None:
    """Become ``jupyterhub-singleuser`` on this user's own workbook.

    The hub tells the rest through the environment, as it does to every server. What follows
    ``python -m hipbook.singleuser`` is passed on.

    Raises
    ------
    WorkspaceError
        When the workbook cannot be made or read; the message is one line.
    """
    named = os.environ.get(workspace.VARIABLE)
    learner, _ = workspace.create(named or Path.home() / DEFAULT_FOLDER)
    os.environ.update(server.environment(learner))
    options = (f"--{name}={value}" for name, value in server.settings(learner, START).items())
    command = [sys.executable, "-P", "-m", "jupyterhub.singleuser", *options, *sys.argv[1:]]
    os.execv(sys.executable, command)


if __name__ == "__main__":
    try:
        main()
    except (workspace.WorkspaceError, OSError) as error:
        sys.exit(f"hipbook: {error}")
