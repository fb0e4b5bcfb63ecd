"""Taking rows of another log, or of a spreadsheet of past sessions, into a log: look first, then append."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hipbook.progress import log
from hipbook.progress.completion import Completion
from hipbook.progress.reading import LogReadError
from hipbook.progress.rejects import keep_rejects
from hipbook.progress.sheets import Rejected, judged
from hipbook.progress.spreadsheet import shared_columns
from hipbook.progress.standing import standing
from hipbook.progress.tables import TABLES, Column, Table

__all__ = ["Imported", "Preview", "append", "preview"]

NOT_TEXT = {b"PK\x03\x04": "a spreadsheet file", b"\xd0\xcf\x11\xe0": "a spreadsheet file", b"%PDF": "a PDF"}
"""How files begin that people take for a table, and what they are."""


@dataclass(frozen=True)
class Preview:
    """What an import of a file would do. Its rows are as many as good, known and rejected together.

    Attributes
    ----------
    table : Table
        What the file was read as.
    file : str
        Its name.
    good : list of (int, dict)
        Line and canonical cells of the rows that would be appended.
    known : list of (int, dict)
        Those that the log has already.
    rejected : list of Rejected
        Those that cannot be used, or that the log has with other content.
    assumed : list of str
        What was assumed to read the file, in sentences.
    """

    table: Table
    file: str
    good: list[tuple[int, dict[str, str]]]
    known: list[tuple[int, dict[str, str]]]
    rejected: list[Rejected]
    assumed: list[str]


@dataclass(frozen=True)
class Imported:
    """What an import did.

    Attributes
    ----------
    written : int
        How many rows were appended.
    notes : list of str
        Sentences for the learner, as `hipbook.progress.log.Appended` has them.
    rejects : Path or None
        The file that now has the rejected rows.
    """

    written: int
    notes: list[str]
    rejects: Path | None


def preview(
    path: str | Path, table: str | None = None, *, folder: str | Path, dayfirst: bool | None = None
) -> Preview:
    """Read a file as rows for a log, and write nothing.

    A row without an id gets one made of its content, so that it is the same row next time.

    Parameters
    ----------
    path : path
        A CSV file in any of the forms that the log's reader knows.
    table : str, optional
        ``"holds"``, ``"sessions"`` or ``"measurements"``; the one whose columns the file has most of, if
        left out.
    folder : path
        Folder of the log that the rows are for.
    dayfirst : bool, optional
        Whether 03/04/2026 is the 3rd of April; decided from the file's rows if left out.

    Raises
    ------
    LogReadError
        When the file cannot be read, is no CSV file, or has no columns of the table.
    """
    path = Path(path)
    data = _bytes(path)
    chosen = _table(path, data, table)
    found = judged(chosen, data, path.name, dayfirst, Completion(chosen))
    ids = {cells["id"] for _, cells in found.rows}
    standing_rows = standing(chosen, Path(folder) / chosen.file).rows()
    there = {row["id"]: row for row in standing_rows if row["id"] in ids}
    good, known, rejected = [], [], list(found.rejected)
    for line, cells in found.rows:
        if cells["id"] not in there:
            good.append((line, cells))
        elif other := _difference(chosen, cells, there[cells["id"]]):
            rule = f"must be {there[cells['id']][other]!r} as in the log, which has the row {cells['id']}"
            rejected.append(Rejected(path.name, line, other, cells[other], rule, cells=cells))
        else:
            known.append((line, cells))
    return Preview(chosen, path.name, good, known, sorted(rejected, key=lambda row: row.line), found.assumed)


def append(seen: Preview, folder: str | Path) -> Imported:
    """Append the good rows of a preview to a log; keep the rejected ones in a file of their own beside it.

    Raises
    ------
    LogWriteError
        When the log, or the file of rejected rows, cannot be written; then no row was appended.
    """
    rejects = keep_rejects(Path(folder), seen.table, Path(seen.file).stem, seen.rejected)
    done = log.append(seen.table, folder, [cells for _, cells in seen.good])
    return Imported(len(done.written), done.notes, rejects)


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LogReadError(f"{path.name} must be a readable file, got '{path}' ({error.strerror})") from error
    kind = NOT_TEXT.get(data[:4])
    if kind:
        raise LogReadError(f"{path.name} must be a CSV file, got {kind}: open it and save it as CSV")
    if not data.strip():
        raise LogReadError(f"{path.name} must have a line of column names, got an empty file")
    return data


def _table(path: Path, data: bytes, wanted: str | None) -> Table:
    names = [wanted] if wanted else list(TABLES)
    counts = {name: len(shared_columns(TABLES[name], data)) for name in names}
    best = [name for name, count in counts.items() if count == max(counts.values())]
    if not counts[best[0]]:
        these = f"the column names of {' or '.join(names)}"
        raise LogReadError(
            f"{path.name} must begin with {these}, got none of them: "
            "name its columns as `hipbook log export` does"
        )
    if len(best) > 1:
        which = " or ".join(best)
        raise LogReadError(f"{path.name} must have columns of one table, got those of {which}: say --table")
    return TABLES[best[0]]


def _difference(table: Table, one: Mapping[str, str], other: Mapping[str, str]) -> str:
    """Return the first column in which a row does not say what another says; blank if there is none."""
    for column in table.columns:
        # An export without private columns says nothing against a log that has them.
        is_silent = column.name == "schema" or (column.private and not one[column.name])
        if not is_silent and _said(column, one[column.name]) != _said(column, other[column.name]):
            return column.name
    return ""


def _said(column: Column, cell: str) -> object:
    match column.kind if cell else "":
        case "instant":
            return datetime.fromisoformat(cell).astimezone(UTC)
        case "integer" | "number":
            return float(cell)
    return cell
