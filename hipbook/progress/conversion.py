"""Bringing a re-saved file of the log back into our form, with a backup and without losing a line."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from hipbook.atomic import write_atomically
from hipbook.progress.durable import LogWriteError
from hipbook.progress.records import record_line
from hipbook.progress.sheets import canonical
from hipbook.progress.tables import Table
from hipbook.strings import text as sentence

__all__ = ["convert", "keep_backup"]


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
    result = canonical(table, path.read_bytes(), path.name)
    if result.rejected and result.text == record_line(table.names):
        problem = f"none of its {len(result.rejected)} rows can be used: {result.rejected[0]}"
        raise LogWriteError(path, problem, "move it out of the log's folder")
    backup = keep_backup(path)
    write_atomically(path, result.text.encode())
    notes = [sentence("log.converted", file=path.name, backup=backup.name), *result.assumed]
    if result.rejected:
        count = len(result.rejected)
        key = "log.converted.rejected.one" if count == 1 else "log.converted.rejected"
        notes.append(sentence(key, count=count, backup=backup.name, first=str(result.rejected[0])))
    return notes


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
