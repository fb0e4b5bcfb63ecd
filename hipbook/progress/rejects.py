"""Rows that could not be used, kept in a file beside the log, where they can be mended and imported again."""

from __future__ import annotations

from pathlib import Path

from hipbook.atomic import write_atomically
from hipbook.progress import durable
from hipbook.progress.records import record_line, records
from hipbook.progress.rows import guard, unguard
from hipbook.progress.sheets import Rejected
from hipbook.progress.tables import NUMBER, Table

__all__ = ["keep_rejects"]

WHY = ("rejected_file", "rejected_line", "rejected_column", "rejected_rule", "rejected_text")
"""Columns before the table's own: where the row stood, the rule that it breaks, and the row as it stood."""


def keep_rejects(folder: Path, table: Table, name: str, rejected: list[Rejected]) -> Path | None:
    """Append rows to ``<name>.rejected.csv`` in a folder, those that it has not yet, and return the file.

    Parameters
    ----------
    folder : Path
        Folder of the log.
    table : Table
        What the rows were read as: the file has its columns too, with the cells as they stood.
    name : str
        Of the file that the rows are from, without its suffix.
    rejected : list of Rejected
        The rows; None is returned when there are none.

    Raises
    ------
    LogWriteError
        When the file cannot be written; then it is as before.
    """
    if not rejected:
        return None
    header = record_line([*WHY, *table.names])
    path = _free(folder, name, header)
    with durable.locked(path):
        kept = path.read_bytes() if path.exists() else header.encode()
        kept += b"" if kept.endswith(b"\n") else b"\n"
        there = {record.text for record in records(kept.decode(errors="replace"), len(WHY + table.names))}
        lines = dict.fromkeys(_line(table, row) for row in rejected)
        new = "".join(line for line in lines if line not in there)
        write_atomically(path, kept + new.encode(errors="replace"))
    return path


def _free(folder: Path, name: str, header: str) -> Path:
    """Return the file of that name that is ours, or is not there yet."""
    number, path = 1, folder / f"{name}.rejected.csv"
    while path.exists() and not path.read_bytes().startswith(header.encode()):
        number += 1
        path = folder / f"{name}.rejected-{number}.csv"
    return path


def _line(table: Table, row: Rejected) -> str:
    why = (row.file, str(row.line), row.column, row.rule, row.text.rstrip("\r\n"))
    stood = {name: row.cells.get(name, "") for name in table.names}
    cells = (unguard(cell) if name in table.texts else cell for name, cell in stood.items())
    return record_line([*map(_safe, why), *map(_safe, cells)])


def _safe(cell: str) -> str:
    # A negative number is no formula, and a spreadsheet must still see the number.
    return cell if NUMBER.fullmatch(cell) else guard(cell)
