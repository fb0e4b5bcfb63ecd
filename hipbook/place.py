"""Which folder a command is about: named, by the environment, the one around, or a new one here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from hipbook import workspace

__all__ = ["Folder", "existing", "needed", "new_folder", "place_of"]

DEFAULT_FOLDER = "hipbook-workbook"

Folder = Annotated[
    Path | None,
    typer.Option("--workspace", metavar="DIR", help="Your workbook's folder.", show_default=False),
]
"""The option of every command that is about a workspace."""


def place_of(folder: Path | None) -> Path:
    """Return the folder that is meant, which may not be a workspace yet."""
    named = folder or os.environ.get(workspace.VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    around = workspace.find()
    return around.folder if around else Path.cwd() / DEFAULT_FOLDER


def existing(place: Path) -> workspace.Workspace | None:
    """Return the workspace in a folder, or None when it is none."""
    return workspace.read(place) if (place / workspace.MARKER).is_file() else None


def needed(folder: Path | None, command: str) -> workspace.Workspace:
    """Return the workspace that a command cannot do without.

    Raises
    ------
    WorkspaceError
        When there is none; the message names the command and the folder.
    """
    place = place_of(folder)
    learner = existing(place)
    if learner is None:
        raise workspace.WorkspaceError(
            f"{command} needs a workspace, {place} is none: "
            "run `hipbook` first, or name it with --workspace DIR"
        )
    return learner


def new_folder(out: Path) -> Path:
    """Return the folder that ``--out`` names, which may be there but must be empty.

    Raises
    ------
    WorkspaceError
        When something is in it, or it is a file.
    """
    folder = out.expanduser().absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise workspace.WorkspaceError(f"--out must be a new or empty folder, got '{folder}': name another")
    return folder
