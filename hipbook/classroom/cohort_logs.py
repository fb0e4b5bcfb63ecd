"""Where the logs of a cohort are: whose they are, of which group, and what lies there that cannot be one."""

from __future__ import annotations

import os
import posixpath
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

__all__ = ["MOST_LISTED", "SYNTHETIC", "CohortError", "Found", "NotUsed", "PersonLog", "find_logs"]

COPY = r"(?P<copy> ?\(\d+\))?"  # a browser adds it when a file of that name is there
FILE = re.compile(rf"(?:(?P<code>[^.~].*)[._-])?(?P<table>holds|measurements){COPY}\.csv", re.IGNORECASE)
ASIDE = re.compile(
    rf"(?:.*[._-])?sessions{COPY}\.csv|.*\.(?:backup|rejected)(?:-[^.]*)?\.csv|sample_[a-z]+\.csv",
    re.IGNORECASE,
)
"""What hipbook itself writes beside a log or into a workspace: left aside without a word."""

NAMED = "must have a name such as CODE-holds.csv or CODE-measurements.csv"
LOG_FOLDER = "log"  # in a workspace the log is one folder further down
SYNTHETIC = "SYNTHETIC.txt"
"""A file of this name in a folder of logs says that a program made them up."""

MOST_BYTES = 100_000_000  # of one file; a year has about 600,000
MOST_LISTED = 20  # rows of one file, files of one place


class CohortError(ValueError):
    """A place that has no logs, or that cannot be read; one line with name, rule and value."""


@dataclass(frozen=True)
class NotUsed:
    """A file, or a row of one, that could not be used.

    What stood there is left out, since it may be private.

    Attributes
    ----------
    file : str
        Where it is.
    line : int or None
        Line on which the row begins, from 1; None when it is about the whole file.
    column : str
        The column at fault; blank when it is about the whole file.
    rule : str
        What must hold.
    """

    file: str
    line: int | None
    column: str
    rule: str

    def __str__(self) -> str:
        """Return one line: file, line, column, rule."""
        return f"{self.file}{f' line {self.line}' if self.line else ''}: {self.column or 'file'} {self.rule}"


@dataclass(frozen=True)
class PersonLog:
    """One learner's files: by name of the table where it is, and how large all are together [bytes]."""

    group: str
    files: tuple[tuple[str, str], ...]
    size: int


@dataclass
class Found:
    """What lies in the places of one file system.

    Attributes
    ----------
    people : dict
        (folder of the group, code) → by table its file and how large it is [bytes].
    seen : set of str
        The files by their real paths: a place may be spelled in several ways.
    not_used : list of NotUsed
        What cannot be used.
    synthetic : bool
        Whether a place says that its logs are made up.
    """

    fs: AbstractFileSystem
    people: dict[tuple[str, str], dict[str, tuple[str, int]]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    not_used: list[NotUsed] = field(default_factory=list)
    synthetic: bool = False

    @property
    def logs(self) -> list[PersonLog]:
        """A log for each learner."""
        logs = []
        for (folder, _), tables in self.people.items():
            paths = tuple((table, path) for table, (path, _) in tables.items())
            size = sum(size for _, size in tables.values())
            logs.append(PersonLog(PurePosixPath(folder).name or "all", paths, size))
        return logs


def find_logs(place: str, known: dict[AbstractFileSystem, Found] | None = None) -> Found:
    """Return the logs in a folder or below it.

    Parameters
    ----------
    place : str
        A folder, or any address that fsspec knows. In it ``…/GROUP/CODE/holds.csv`` (or with ``log/`` before
        the file, as in a workspace) or ``…/GROUP/CODE-holds.csv``, and the same for ``measurements.csv``.
    known : dict, optional
        What earlier places had. This one's logs are added to it, so that a file counts once.

    Raises
    ------
    CohortError
        When the place cannot be listed, or has no log.
    """
    import fsspec

    try:
        fs, root = fsspec.url_to_fs(place)
        root = _real_root(fs, root)
        files = fs.find(root, detail=True)
    except (ImportError, OSError, ValueError) as error:
        raise CohortError(
            f"FOLDER_OR_URL must be a place to read logs from, got {place!r}: {error}"
        ) from error
    found = ({} if known is None else known).setdefault(fs, Found(fs))
    has_logs, others = False, []
    for path in _in_order(files):
        inside = PurePosixPath(path.removeprefix(root).lstrip("/") or posixpath.basename(path))
        found.synthetic |= inside.name == SYNTHETIC
        is_hidden = any(part.startswith((".", "~")) for part in inside.parts)
        if is_hidden or inside.suffix.lower() != ".csv" or ASIDE.fullmatch(inside.name):
            continue
        match = FILE.fullmatch(inside.name)
        has_logs |= match is not None
        real = _real(path) if files[path].get("islink") else posixpath.normpath(path)
        if real in found.seen:
            continue
        found.seen.add(real)
        if match:
            _add(found, path, match, int(files[path].get("size") or 0))
        else:
            others.append(path)
    found.not_used += [NotUsed(path, None, "", NAMED) for path in others[:MOST_LISTED]]
    if len(others) > MOST_LISTED:
        rule = f"has {len(others) - MOST_LISTED} more files that are not read"
        found.not_used.append(NotUsed(root, None, "", rule))
    if not has_logs:
        raise CohortError(f"FOLDER_OR_URL must have logs in it (holds.csv, measurements.csv), got {place!r}")
    return found


def _in_order(files: dict[str, dict]) -> list[str]:
    """Return the paths so that of a learner's files of one table the right one is read, which is the first.

    Links come last, so that a learner keeps the names that the files themselves have, and a browser's second
    download comes after the first.
    """

    def order(path: str) -> tuple[bool, bool, str]:
        match = FILE.fullmatch(posixpath.basename(path))
        return bool(files[path].get("islink")), bool(match and match["copy"]), path

    return sorted(files, key=order)


def _add(found: Found, path: str, match: re.Match[str], size: int) -> None:
    """Add a file to its learner's log, or say why not."""
    table = match["table"].lower()
    tables = found.people.get(who := _person(posixpath.normpath(path), match["code"]), {})
    if size > MOST_BYTES:
        rule = f"must be at most {MOST_BYTES} bytes, has {size}"
    elif table in tables:
        rule = f"must be the only {table} of its code, read was {tables[table][0]}"
    else:
        found.people[who] = tables | {table: (path, size)}
        return
    found.not_used.append(NotUsed(path, None, "", rule))


def _real_root(fs: AbstractFileSystem, root: str) -> str:
    """Return where a place is, however it is spelled; a file keeps its name, which has the code."""
    from fsspec.implementations.local import LocalFileSystem

    if not isinstance(fs, LocalFileSystem):
        return root
    folder, name = (root, "") if fs.isdir(root) else posixpath.split(root)
    return posixpath.join(_real(folder), name) if name else _real(folder)


def _real(path: str) -> str:
    return Path(os.path.realpath(path)).as_posix()


def _person(path: str, code: str | None) -> tuple[str, str]:
    """Return the group's folder and the code, which tell a learner from others."""
    folder = PurePosixPath(path).parent
    if not code:
        own = folder.parent if folder.name == LOG_FOLDER else folder
        folder, code = own.parent, own.name
    return str(folder), code.casefold()
