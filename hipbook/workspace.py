"""A learner's own folder: their notebooks, the samples, and their log. Only the CLI makes one."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from hipbook import ports, shipped
from hipbook.atomic import write_atomically
from hipbook.copies import Change, bring_up_to_date, fingerprint, free_name
from hipbook.strings import text

__all__ = [
    "MARKER",
    "SCHEMA",
    "VARIABLE",
    "UnknownNotebookError",
    "Workspace",
    "WorkspaceError",
    "create",
    "describe_workspace",
    "find",
    "notebook_named",
    "read",
    "reset",
    "update",
]

MARKER = ".hipbook"
"""Name of the file that makes a folder a workspace."""

VARIABLE = "HIPBOOK_WORKSPACE"
"""Environment variable that names the workspace and goes before any other way to find it."""

SCHEMA = 1
"""Version of the marker's fields."""

_LOCK_WAIT_S = 20


class WorkspaceError(Exception):
    """A folder that cannot be found, read or written as a workspace."""


class UnknownNotebookError(WorkspaceError):
    """A name that no notebook has, or that several have."""


@dataclass(frozen=True)
class Workspace:
    """A learner's own folder.

    Attributes
    ----------
    folder : Path
        Absolute. The notebooks are at its top.
    id : str
        Random, given once. Rows that wait in the browser wait under it.
    port : int
        Of the address at which JupyterLab opens this workspace, the same every time: a browser keeps what
        waits for one address apart from every other address.
    schema : int
        Version of the marker's fields.
    """

    folder: Path
    id: str
    port: int
    schema: int = SCHEMA

    @property
    def log_folder(self) -> Path:
        """Where the learner's own CSV files are; it may not be there before the first row."""
        return self.folder / "log"

    @property
    def data_folder(self) -> Path:
        """Where the learner's copies of the synthetic samples are."""
        return self.folder / "data"


def find(start: str | os.PathLike[str] | None = None) -> Workspace | None:
    """Return the workspace that code runs in, or None: then there are only samples, and nothing is saved.

    The folder named by ``HIPBOOK_WORKSPACE`` goes first, then the nearest of ``start`` and its parents that
    has a ``.hipbook`` marker.

    Parameters
    ----------
    start : path, optional
        Where to begin; the current folder unless told.

    Raises
    ------
    WorkspaceError
        When ``HIPBOOK_WORKSPACE`` names a folder that is no workspace, or a marker cannot be understood.
    """
    named = os.environ.get(VARIABLE)
    if named:
        folder = Path(named).expanduser().absolute()
        if not (folder / MARKER).is_file():
            raise WorkspaceError(
                f"{VARIABLE} must name a workspace, got {named}: "
                f'make one with `hipbook --workspace "{named}"`, or unset the variable'
            )
        return read(folder)
    begin = Path(start or Path.cwd()).expanduser().absolute()
    for folder in (begin, *begin.parents):
        if (folder / MARKER).is_file():
            return read(folder)
    return None


def read(folder: Path) -> Workspace:
    """Return the workspace in a folder that has a marker.

    Raises
    ------
    WorkspaceError
        When the marker is missing, cannot be understood, or was written by a newer hipbook.
    """
    marker = _read_marker(folder)
    return Workspace(folder.absolute(), marker["id"], marker["port"], marker["schema"])


def describe_workspace(workspace: Workspace | None) -> str:
    """Return one sentence for the learner: where their rows are saved, or that nothing is."""
    if workspace is None:
        return text("workspace.none")
    on_a_hub = "JUPYTERHUB_USER" in os.environ
    return text("workspace.saved_hub" if on_a_hub else "workspace.saved", folder=workspace.folder.name)


def create(folder: str | os.PathLike[str]) -> tuple[Workspace, list[Change]]:
    """Make a folder a workspace, or bring the workspace that it is up to date.

    Parameters
    ----------
    folder : path
        Made with its parents when missing. What is already in it stays as it is.

    Returns
    -------
    workspace : Workspace
    changes : list of Change
        What was copied, updated, kept, or put beside.

    Raises
    ------
    WorkspaceError
        When the folder cannot be written, or its marker cannot be understood.
    """
    import secrets

    folder = Path(folder).expanduser().absolute()
    with _writing(folder):
        if not (folder / MARKER).exists():
            port = ports.choose()
            if port is None:
                raise WorkspaceError("a port must be free on this computer, found none: stop a server")
            _write_marker(folder, {"schema": SCHEMA, "id": secrets.token_hex(8), "port": port, "given": {}})
        (folder / "log").mkdir(exist_ok=True)
        return read(folder), _update_locked(folder)


def update(workspace: Workspace) -> list[Change]:
    """Bring the notebooks and samples up to date without overwriting what the learner changed.

    Returns
    -------
    list of Change
        What was copied, updated, kept, or put beside.

    Raises
    ------
    WorkspaceError
        When the folder cannot be written, or its marker cannot be understood.
    """
    with _writing(workspace.folder):
        return _update_locked(workspace.folder)


def reset(workspace: Workspace, wanted: str) -> tuple[str, Path | None]:
    """Put a notebook back as shipped, and keep what was there beside it.

    Parameters
    ----------
    workspace : Workspace
    wanted : str
        As `notebook_named` understands it: ``"03"``, ``"guided"``, a full name.

    Returns
    -------
    name : str
        Of the notebook, relative to the workspace.
    backup : Path or None
        What was there; None when there was nothing to keep.

    Raises
    ------
    UnknownNotebookError
        When nothing shipped has that name; the message lists what there is.
    WorkspaceError
        When the folder cannot be written, or its marker cannot be understood.
    """
    files = shipped.workspace_files()
    name = notebook_named(wanted, [file for file in files if file.endswith(".ipynb")])
    path = workspace.folder / name
    with _writing(workspace.folder):
        backup = None
        if path.exists() and path.read_bytes() != files[name]:
            backup = free_name(path, f"backup-{datetime.now():%Y%m%d-%H%M%S}")
            write_atomically(backup, path.read_bytes())
        write_atomically(path, files[name])
        marker = _read_marker(workspace.folder)
        marker["given"][name] = fingerprint(name, files[name])
        _write_marker(workspace.folder, marker)
    return name, backup


def notebook_named(wanted: str, names: list[str]) -> str:
    """Return the one of ``names`` that is meant by a number, a part of a name, or a full name.

    Parameters
    ----------
    wanted : str
        ``"03"``, ``"3"``, ``"guided"`` or ``"03_guided_stretches.ipynb"``; upper and lower case are alike.
    names : list of str
        Notebooks, relative to the workspace, with forward slashes.

    Raises
    ------
    UnknownNotebookError
        When none is meant, or more than one; the message lists them.
    """
    asked = wanted.strip().replace("\\", "/").removeprefix("./").lower()
    exact = [name for name in names if name.lower() in (asked, f"{asked}.ipynb")]
    if asked.isdecimal():
        found = [name for name in names if name.split("_")[0].isdecimal() and _number(name) == int(asked)]
    else:
        found = [name for name in names if asked and asked in name.lower()]
    found = exact or [name for name in found if "/" not in name] or found
    if len(found) == 1:
        return found[0]
    rule = "must fit only one notebook" if found else "must name a notebook of this workbook"
    there = ", ".join(found or names) or "none"
    raise UnknownNotebookError(f"NOTEBOOK {rule}, got {wanted!r}; there is: {there}")


def _number(name: str) -> int:
    return int(name.split("_")[0])


def _update_locked(folder: Path) -> list[Change]:
    marker = _read_marker(folder)
    changes, given = bring_up_to_date(folder, shipped.workspace_files(), marker["given"], shipped.version())
    if given != marker["given"]:
        _write_marker(folder, marker | {"given": given})
    return changes


def _read_marker(folder: Path) -> dict[str, Any]:
    path = folder / MARKER
    try:
        marker = json.loads(path.read_bytes())
        schema, known = int(marker["schema"]), {**marker["given"]}
        fields = {"schema": schema, "id": str(marker["id"]), "port": int(marker["port"]), "given": known}
    except OSError as error:
        raise WorkspaceError(f"{path} must be readable, got: {error.strerror or error}") from None
    except (ValueError, KeyError, TypeError):
        raise WorkspaceError(
            f"{path} must be the JSON that hipbook wrote, and is not: rename it and run `hipbook` again "
            "(notebooks and log stay)"
        ) from None
    if schema > SCHEMA:
        raise WorkspaceError(
            f"{path} must have schema {SCHEMA} or less, got {schema}: install a newer hipbook"
        )
    return fields


def _write_marker(folder: Path, marker: dict[str, Any]) -> None:
    write_atomically(folder / MARKER, (json.dumps(marker, indent=2, sort_keys=True) + "\n").encode())


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Let one process at a time write into a workspace, and say in one line when it cannot be written."""
    import filelock

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(folder / f"{MARKER}.lock", timeout=_LOCK_WAIT_S):
            yield
    except filelock.Timeout:
        raise WorkspaceError(
            f"{folder} must be free within {_LOCK_WAIT_S} s, another hipbook still writes into it: try again"
        ) from None
    except shipped.ShippedFileMissingError:
        raise
    except OSError as error:
        raise WorkspaceError(
            f"the workspace {folder} must be a folder you can write to, got: {error.strerror or error}; "
            "choose another with --workspace DIR"
        ) from None
