"""The only writer of the log, and its public face: append, void, read.

Writing imports neither numpy, pandas nor matplotlib; the reading functions are loaded when first used.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hipbook.atomic import write_atomically
from hipbook.progress import durable
from hipbook.progress.durable import LogBusyError, LogWriteError
from hipbook.progress.records import record_line, records
from hipbook.progress.rows import LogRowError, check_row, row_line, sift
from hipbook.progress.tables import CODE_MAX, HOLDS, MEASUREMENTS, SESSIONS, TABLES, Table

__all__ = [
    "HOLDS",
    "MEASUREMENTS",
    "SESSIONS",
    "Appended",
    "LogBusyError",
    "LogReadError",
    "LogRowError",
    "LogTable",
    "LogWriteError",
    "append",
    "append_holds",
    "append_measurements",
    "append_sessions",
    "read_holds",
    "read_measurements",
    "read_sessions",
    "sift",
    "void",
]

if TYPE_CHECKING:
    from hipbook.progress.reading import LogReadError, LogTable, read_holds, read_measurements, read_sessions

READING = frozenset({"LogReadError", "LogTable", "read_holds", "read_measurements", "read_sessions"})


@dataclass(frozen=True)
class Appended:
    """What an append did.

    Attributes
    ----------
    ids : list of str
        The ids given, in order: all of them are now safely in the log.
    written : list of str
        Those that the log did not have before.
    notes : list of str
        Sentences for the learner, such as that a re-saved file was converted; mostly empty.
    """

    ids: list[str]
    written: list[str]
    notes: list[str]


def append(table: Table | str, folder: str | Path, rows: Iterable[Mapping[str, object]]) -> Appended:
    """Append rows to the file of a table; return once the disk has them.

    Parameters
    ----------
    table : Table or str
        `HOLDS`, `SESSIONS` or `MEASUREMENTS`, or its name.
    folder : path
        Folder of the log. The file, and the folder itself, are made if need be.
    rows : iterable of mapping
        Column names to str, int, float or None, by the table's rules (`hipbook.progress.tables`).
        A row whose ``id`` the log already has is acknowledged and not written again.

    Raises
    ------
    LogRowError
        A row breaks a rule; nothing is written. `sift` parts good rows from bad ones beforehand.
    LogWriteError
        The file cannot be written (or, `LogBusyError`, not now); nothing is written.
    """
    return _append(_table(table), folder, rows)


def append_holds(folder: str | Path, rows: Iterable[Mapping[str, object]]) -> Appended:
    """Append rows to ``holds.csv``, as `append` does."""
    return _append(HOLDS, folder, rows)


def append_sessions(folder: str | Path, rows: Iterable[Mapping[str, object]]) -> Appended:
    """Append rows to ``sessions.csv``, as `append` does."""
    return _append(SESSIONS, folder, rows)


def append_measurements(folder: str | Path, rows: Iterable[Mapping[str, object]]) -> Appended:
    """Append rows to ``measurements.csv``, as `append` does."""
    return _append(MEASUREMENTS, folder, rows)


def void(folder: str | Path, table: Table | str, id: str, *, at: datetime | None = None) -> Appended:
    """Undo a row by appending one that voids it; doing so twice changes nothing more.

    To edit a row instead, append its new version with ``voids`` naming the old one.

    Parameters
    ----------
    folder : path
        Folder of the log.
    table : Table or str
        `HOLDS`, `SESSIONS` or `MEASUREMENTS`, or its name.
    id : str
        The row to undo.
    at : datetime, optional
        When it was undone, with its offset; now, by the local clock, if left out.

    Raises
    ------
    LogRowError
        The log has no such row, or ``at`` has no offset.
    LogWriteError
        As in `append`.
    """
    table = _table(table)
    at = at or datetime.now().astimezone()
    undo = {
        "id": _void_id(id),
        table.instant: at.isoformat(timespec="milliseconds"),
        "local_date": at.date().isoformat(),
        "voids": id,
    }
    return _append(table, folder, [undo], must_have=id)


def _void_id(id: str) -> str:
    """Return the id of the row that voids another: always the same, so that undoing twice writes one row."""
    void_id = f"{id}.void"
    if len(void_id) <= CODE_MAX:
        return void_id
    end = f"~{hashlib.sha256(id.encode(errors='replace')).hexdigest()[:16]}.void"
    return id[: CODE_MAX - len(end)] + end


def _table(table: Table | str) -> Table:
    return TABLES[table] if isinstance(table, str) else table


def __getattr__(name: str) -> object:
    if name in READING:
        from hipbook.progress import reading

        return getattr(reading, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@dataclass
class _Known:
    """What is known of a file: its ids, so that an append reads only what others added since."""

    stamp: tuple[int, int, int]  # inode, size, time of change
    end: bytes  # its last bytes: still there, if a grown file was only appended to
    ids: set[str]
    seam: str = ""  # what must come before the next row to keep a torn end apart from it


END_BYTES = 64
"""How many last bytes of a file are remembered."""

_known: dict[Path, _Known] = {}


def _append(
    table: Table, folder: str | Path, rows: Iterable[Mapping[str, object]], must_have: str = ""
) -> Appended:
    lines: dict[str, str] = {}
    ids = []
    for position, row in enumerate(rows):
        cells = _checked(table, row, position)
        ids.append(cells["id"])
        lines.setdefault(cells["id"], row_line(table, cells))
    if not lines:
        return Appended([], [], [])
    path = Path(folder).absolute() / table.file
    with durable.locked(path):
        known, notes = _look(path, table)
        if must_have and must_have not in known.ids:
            raise LogRowError(table.name, "id", f"must name a row of {table.file}", must_have)
        new = {id: line for id, line in lines.items() if id not in known.ids}
        if new:
            content = (known.seam + "".join(new.values())).encode()
            _known.pop(path, None)
            status = durable.append(path, content)
            known.ids.update(new)
            _remember(path, status, (known.end + content)[-END_BYTES:], known.ids)
    return Appended(list(dict.fromkeys(ids)), list(new), notes)


def _checked(table: Table, row: Mapping[str, object], position: int) -> dict[str, str]:
    try:
        return check_row(table, row)
    except LogRowError as error:
        error.row, error.id = position, str(row.get("id") or "")
        raise


def _header(table: Table) -> bytes:
    return record_line(table.names).encode()


def _look(path: Path, table: Table) -> tuple[_Known, list[str]]:
    """Return what is in the file, now in our form, and what had to be said about making it so."""
    known = _known.get(path)
    status = path.stat() if path.exists() else None
    if known and status and known.stamp == _stamp(status):
        return known, []
    notes = _make_canonical(path, table)
    try:
        return _scan(path, table, known), notes
    except _NotOursError:
        _known.pop(path, None)
        notes += _convert(path, table)
        return _scan(path, table, None), notes


def _make_canonical(path: Path, table: Table) -> list[str]:
    """Make the file if there is none; bring it back into our form if a spreadsheet re-saved it."""
    header = _header(table)
    start = b""
    if path.exists():
        with path.open("rb") as file:
            start = file.read(len(header))
    if start == header:
        return []
    if not start:
        write_atomically(path, header)
        return []
    return _convert(path, table)


def _convert(path: Path, table: Table) -> list[str]:
    from hipbook.progress import conversion

    return conversion.convert(path, table)


class _NotOursError(Exception):
    """Another encoding below our header, or a quote never closed, which would swallow every row to come."""


def _scan(path: Path, table: Table, known: _Known | None) -> _Known:
    """Read the ids of the file, or only of what others added to it since it was known."""
    start, ids = len(_header(table)), set()
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        if known and known.stamp[0] == status.st_ino and known.stamp[1] < status.st_size:
            file.seek(known.stamp[1] - len(known.end))
            if file.read(len(known.end)) == known.end:
                start, ids = known.stamp[1], known.ids
        file.seek(start)
        added = file.read()
    text = _decoded(table, added, is_all=start == len(_header(table)))
    torn = False
    for record in records(text, len(table.names)):
        if torn and record.whole:
            raise _NotOursError
        torn = torn or record.torn
        if record.whole:
            ids.add(record.cells[0])
    seam = '"\n' if torn else "" if not text or text.endswith("\n") else "\n"
    if seam:
        # Not remembered: the next look must begin before the torn line, not in its middle.
        _known.pop(path, None)
        return _Known(_stamp(status), added[-END_BYTES:], ids, seam)
    return _remember(path, status, added[-END_BYTES:], ids)


def _decoded(table: Table, added: bytes, is_all: bool) -> str:
    try:
        return added.decode()
    except UnicodeDecodeError:
        from hipbook.progress.spreadsheet import is_damaged_utf_8

        if is_all and not is_damaged_utf_8(table, _header(table) + added):
            raise _NotOursError from None
        return added.decode(errors="replace")


def _stamp(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_ino, status.st_size, status.st_mtime_ns


def _remember(path: Path, status: os.stat_result, end: bytes, ids: set[str]) -> _Known:
    _known[path] = _Known(_stamp(status), end, ids)
    return _known[path]
