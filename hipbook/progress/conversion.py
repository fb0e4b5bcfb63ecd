"""Bringing a file of the log back into our form, with a backup and without losing a line."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hipbook.atomic import write_atomically
from hipbook.progress.durable import LogWriteError, locked
from hipbook.progress.records import record_line
from hipbook.progress.rejects import keep_rejects
from hipbook.progress.sheets import Canonical, canonical
from hipbook.progress.tables import Table
from hipbook.strings import Sentence

__all__ = ["Repaired", "convert", "keep_backup", "repair"]


def convert(path: Path, table: Table) -> list[str]:
    """Replace the file by the same rows in our form; call it while holding the file's lock.

    Rows that cannot be understood stay in the backup beside it.

    Returns
    -------
    list of str
        What was done and assumed, in sentences for the learner.

    Raises
    ------
    LogWriteError
        When no row can be used: then it is no log of ours, and stays as it is.
    """
    result = _understood(path, table, path.read_bytes())
    backup = keep_backup(path)
    write_atomically(path, result.text.encode())
    notes = [Sentence("player.converted", file=path.name, backup=backup.name), *result.assumed]
    if result.rejected:
        count = len(result.rejected)
        key = "player.converted.rejected.one" if count == 1 else "player.converted.rejected"
        notes.append(Sentence(key, count=count, backup=backup.name, first=str(result.rejected[0])))
    return notes


@dataclass(frozen=True)
class Repaired:
    """What a repair did to a file.

    Attributes
    ----------
    backup : Path
        The file as it was.
    rejects : Path or None
        The file that now has the rows that cannot be used.
    count : int
        How many those are.
    """

    backup: Path
    rejects: Path | None
    count: int


def repair(path: Path, table: Table) -> Repaired | None:
    """Bring the file into our form and set the rows aside that cannot be used; None if nothing was to do.

    Raises
    ------
    LogWriteError
        When it cannot be written, or is no log of ours: then it stays as it is.
    """
    with locked(path):
        data = path.read_bytes()
        result = _understood(path, table, data)
        if data == result.text.encode():
            return None
        backup = keep_backup(path)
        rejects = keep_rejects(path.parent, table, path.stem, result.rejected)
        write_atomically(path, result.text.encode())
    return Repaired(backup, rejects, len(result.rejected))


def _understood(path: Path, table: Table, data: bytes) -> Canonical:
    result = canonical(table, data, path.name)
    header = record_line(table.names)
    if result.rejected and result.text == header and not data.startswith(header.encode()):
        problem = f"none of its {len(result.rejected)} rows can be used: {result.rejected[0]}"
        raise LogWriteError(path, problem, "move it out of the log's folder")
    return result


def keep_backup(path: Path) -> Path:
    """Copy the file to ``<name>.backup-<time>.csv`` beside it, wait for the disk, and return the copy."""
    stamp = datetime.now().strftime("%Y%m%dT%H%M%S")
    number, backup = 1, path.with_name(f"{path.stem}.backup-{stamp}{path.suffix}")
    while backup.exists():
        number += 1
        backup = path.with_name(f"{path.stem}.backup-{stamp}-{number}{path.suffix}")
    write_atomically(backup, path.read_bytes())
    shutil.copystat(path, backup)
    return backup
