"""`hipbook log`: show the log, undo a row, take rows in, hand them out, look whether all is well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hipbook.atomic import write_atomically
from hipbook.place import Folder, needed
from hipbook.progress.tables import TABLES, Table
from hipbook.starting import say
from hipbook.workspace import WorkspaceError

if TYPE_CHECKING:
    from hipbook.progress.importing import Preview
    from hipbook.progress.sheets import Rejected
    from hipbook.progress.standing import Standing

__all__ = ["app"]

app = typer.Typer(help="Your log: show, undo, import, export, check.", invoke_without_command=True)

FIRST = 3
"""How many rows of each kind an import shows."""

LISTED = 50
"""How many rows that cannot be used a check lists of each file."""

CELL_WIDTH = 40
"""Widest cell that is shown, in characters."""

UNSHOWN = ("session_id", "schema", "voids", "inputs")
"""Columns that say little to a reader."""

_Name = StrEnum("_Name", list(TABLES))
_Table = Annotated[_Name, typer.Option("--table", help="Which of the three.")]
_AnyTable = Annotated[
    _Name | None, typer.Option("--table", help="Which of the three, if it is not clear.", show_default=False)
]


@app.callback()
def _log(context: typer.Context) -> None:
    """Your log: show it, undo a row, import, export, check."""
    if context.invoked_subcommand is None:
        say(context.get_help())


@app.command("show")
def show(
    table: _Table = _Name.holds,
    last: Annotated[int, typer.Option(min=1, metavar="N", help="How many rows.")] = 10,
    folder: Folder = None,
) -> None:
    """Show the last rows that count: not those that were undone."""
    read = _standing(table, folder)
    rows = list(read.counting())
    if rows:
        for line in _lined_up(read.table, rows[-last:]):
            say(line)
    say(f"{_rows(len(rows))} in {read.table.file}." if rows else f"No rows in {read.table.file}.")
    _tell_unusable(read)


@app.command("undo")
def undo(
    id: Annotated[str, typer.Argument(help="The row's id, as `hipbook log show` has it.")],
    table: _AnyTable = None,
    folder: Folder = None,
) -> None:
    """Undo one row: it stays in the file and no longer counts."""
    from hipbook.progress import log

    where = needed(folder, "log").log_folder
    with _in_one_line():
        found = _row(where, id, table)
        done = log.void(where, found.table, id)
    row = next(row for row in found.rows() if row["id"] == id)
    what = "  ".join(filter(None, _shown(found.table, row)[1:]))
    say(f"Undone: {what}" if done.written else f"It was undone before: {what}")
    say(f"The row stays in {found.table.file} and does not count.")
    for note in done.notes:
        say(note)


@app.command("import")
def take_in(
    file: Annotated[Path, typer.Argument(help="Another log, or a spreadsheet saved as CSV.")],
    table: _AnyTable = None,
    dayfirst: Annotated[
        bool | None, typer.Option("--dayfirst/--monthfirst", help="What 03/04 means, if the file is unclear.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    folder: Folder = None,
) -> None:
    """Add the rows of a file; show first which are good. Those that the log has are not added again."""
    from hipbook.progress import importing

    where = needed(folder, "log").log_folder
    with _in_one_line():
        seen = importing.preview(file, table, folder=where, dayfirst=dayfirst)
    _tell_preview(seen)
    if not seen.good and not seen.rejected:
        return say("There is nothing to add.")
    asked = f"Add {_rows(len(seen.good))} to {seen.table.file}?" if seen.good else "Keep the rejected rows?"
    if not yes and not _agreed(asked):
        return say("Nothing was changed.")
    with _in_one_line():
        done = importing.append(seen, where)
    for note in done.notes:
        say(note)
    say(f"Added {_rows(done.written)} to {seen.table.file}.")
    if done.rejects:
        say(f"The rejected rows are in {done.rejects}: mend them there and import that file.")
    return None


@app.command("export")
def hand_out(
    out: Annotated[Path, typer.Option(metavar="FILE", help="The new file.", show_default=False)],
    table: _Table = _Name.holds,
    private: Annotated[
        bool, typer.Option("--private/--no-private", help="With reasons, discomfort and notes, or without.")
    ] = False,
    folder: Folder = None,
) -> None:
    """Write the rows that count into a new CSV file that a spreadsheet can open safely."""
    from hipbook.progress.exporting import exported

    read = _standing(table, folder)
    out = out.expanduser().absolute()
    if out.exists():
        raise WorkspaceError(f"--out must name a new file, got '{out}', which is there: name another")
    if not out.parent.is_dir():
        raise WorkspaceError(f"--out must be in a folder that is there, got '{out}': make the folder first")
    rows = list(read.counting())
    write_atomically(out, exported(read.table, rows, private=private).encode())
    say(f"{_rows(len(rows))} of {read.table.file} are in {out}." if len(rows) != 1 else f"1 row is in {out}.")
    hidden = [column.name for column in read.table.columns if column.private]
    if not private:
        say(f"Left out as private: {', '.join(hidden)}. With --private they are in.")
    _tell_unusable(read)


@app.command("check")
def look(
    repair: Annotated[
        bool, typer.Option("--repair", help="Set rows aside that cannot be used; keep a backup.")
    ] = False,
    folder: Folder = None,
) -> None:
    """Read all three tables and list the rows that cannot be used."""
    where = needed(folder, "log").log_folder
    wanting = False
    for table in TABLES.values():
        with _in_one_line():
            wanting = _looked_at(table, where / table.file, repair) or wanting
    if wanting:
        say("`hipbook log check --repair` keeps a backup and brings them in order.")
    raise typer.Exit(1 if wanting else 0)


def _looked_at(table: Table, path: Path, repair: bool) -> bool:
    """Say how a file is, repair it if that is asked, and return whether it still wants it."""
    from hipbook.progress.conversion import repair as repaired
    from hipbook.progress.standing import standing

    if not path.exists():
        say(f"ok    {table.file}: no rows yet")
        return False
    read = standing(table, path)
    rows, counting = sum(1 for _ in read.rows()), sum(1 for _ in read.counting())
    counts = f"{_rows(rows)}, {counting} of them count; {len(read.rejected)} cannot be used"
    say(f"{'ok  ' if read.is_canonical else 'WANT'}  {table.file}: {counts}")
    if read.is_canonical:
        return False
    for line in [*read.assumed, *map(str, read.rejected[:LISTED])]:
        say(f"      {_plain(line)}")
    if len(read.rejected) > LISTED:
        say(f"      … and {len(read.rejected) - LISTED} more")
    done = repaired(path, table) if repair else None
    if done:
        say(f"      now in its own form; as it was: {done.backup.name}")
    if done and done.rejects:
        say(f"      {_rows(done.count)} that cannot be used: {done.rejects.name}")
        if _has_unclear_dates(read.rejected):
            say("      Dates that can be read two ways: import that file with --dayfirst or --monthfirst.")
    return not repair


# --- what is asked for ------------------------------------------------------


def _standing(table: str, folder: Path | None) -> Standing:
    from hipbook.progress.standing import standing

    with _in_one_line():
        return standing(TABLES[table], needed(folder, "log").log_folder / TABLES[table].file)


def _row(where: Path, id: str, table: str | None) -> Standing:
    """Return the one table that has a row, or say why it cannot be undone."""
    from hipbook.progress.rows import is_undo
    from hipbook.progress.standing import standing

    read = [standing(TABLES[name], where / TABLES[name].file) for name in ([table] if table else TABLES)]
    having = {found.table.name: found for found in read if any(row["id"] == id for row in found.rows())}
    files = " or ".join(found.table.file for found in read)
    if not having:
        raise WorkspaceError(f"id must name a row of {files}, got {id!r}: see `hipbook log show`")
    if len(having) > 1:
        raise WorkspaceError(f"id must name one row, got {id!r} in {' and '.join(having)}: say --table")
    (found,) = having.values()
    if any(row["id"] == id and is_undo(found.table, row) for row in found.rows()):
        raise WorkspaceError(
            f"id must name a row that says what happened, got {id!r}, which undoes another: "
            "what was undone stays undone; enter it again as a new row"
        )
    return found


@contextmanager
def _in_one_line() -> Iterator[None]:
    """Turn what a learner's file can cause into the command's own error, which is shown as one line."""
    from hipbook.progress.reading import LogReadError
    from hipbook.progress.rows import LogRowError

    try:
        yield
    except (LogReadError, LogRowError) as error:
        raise WorkspaceError(_plain(str(error))) from error


def _agreed(question: str) -> bool:
    try:
        return typer.confirm(question)
    except typer.Abort:  # nobody is there to answer
        say("")
        return False


# --- what is said -----------------------------------------------------------


def _tell_preview(seen: Preview) -> None:
    say(f"{_plain(seen.file)}, read as {seen.table.name}:")
    for line in seen.assumed:
        say(f"  {_plain(line)}")
    say(f"  {_rows(len(seen.good))} to add")
    for line in _lined_up(seen.table, [cells for _, cells in seen.good[:FIRST]]) if seen.good else []:
        say(f"    {line}")
    say(f"  {_rows(len(seen.known))} that the log has already")
    say(f"  {_rows(len(seen.rejected))} rejected")
    for row in seen.rejected[:FIRST]:
        say(f"    {_plain(str(row))}")
    if len(seen.rejected) > FIRST:
        say(f"    … and {len(seen.rejected) - FIRST} more")
    if _has_unclear_dates(seen.rejected):
        say("    Dates that can be read two ways: say which it is with --dayfirst or --monthfirst.")


def _has_unclear_dates(rejected: Sequence[Rejected]) -> bool:
    from hipbook.progress.forms import UNCLEAR

    return any(row.rule == UNCLEAR for row in rejected)


def _tell_unusable(read: Standing) -> None:
    if read.rejected:
        say(f"{_rows(len(read.rejected))} of the file cannot be used: see `hipbook log check`.")


def _lined_up(table: Table, rows: Sequence[dict[str, str]]) -> Iterator[str]:
    """Yield a head and the rows as lines whose cells stand below each other."""
    head = [name for name in table.names if name not in UNSHOWN]
    lines = [head, *(_shown(table, row) for row in rows)]
    widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    for line in lines:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()


def _shown(table: Table, row: dict[str, str]) -> list[str]:
    cells = [_plain(row[name]) for name in table.names if name not in UNSHOWN]
    # An id must be whole, to be copied.
    return [
        cells[0],
        *(cell if len(cell) <= CELL_WIDTH else f"{cell[: CELL_WIDTH - 1]}…" for cell in cells[1:]),
    ]


def _plain(text: str) -> str:
    """Return the text in one line, without the marks by which a note could steer a terminal."""
    return "".join(mark if mark.isprintable() else " " for mark in text)


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"
