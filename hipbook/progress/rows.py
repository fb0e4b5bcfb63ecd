"""One row of the log: checked by the rules of its table, and made safe for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from hipbook.progress.records import record_line
from hipbook.progress.tables import HOLDS, SCHEMA, Column, Table

__all__ = ["GUARDED", "LogRowError", "check_row", "guard", "is_undo", "row_line", "sift", "unguard"]

GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
"""First characters of a text that a spreadsheet might run (or hide), so a leading apostrophe is written."""


class LogRowError(ValueError):
    """A row that breaks a rule of its table.

    Attributes
    ----------
    table, column, rule : str
        Where, and what must hold ("must be between 0 and 3600").
    value : object
        What was given.
    row : int or None
        Position of the row among those given, from 0.
    id : str
        The row's id, if it has a readable one.
    """

    def __init__(
        self, table: str, column: str, rule: str, value: object, row: int | None = None, id: str = ""
    ):
        self.table, self.column, self.rule, self.value, self.row, self.id = (
            table,
            column,
            rule,
            value,
            row,
            id,
        )
        super().__init__(table, column, rule, value, row, id)

    def __str__(self) -> str:
        """Return one line: name, rule, value, which row."""
        shown = repr(self.value)
        shown = shown if len(shown) <= 80 else shown[:77] + "..."
        which = f" (row {self.row}, id {self.id!r})" if self.row is not None else ""
        return f"{self.table}: {self.column} {self.rule}, got {shown}{which}"


def check_row(table: Table, row: Mapping[str, object]) -> dict[str, str]:
    """Return the row as canonical cells, or say which rule it breaks.

    Parameters
    ----------
    table : Table
        `HOLDS`, `SESSIONS` or `MEASUREMENTS`.
    row : mapping of str to str, int, float or None
        Column names to values; blank is ``None``, ``""`` or left out. Numbers are kept to three decimals.
        A left-out ``schema`` is the present one.

    Returns
    -------
    dict of str to str
        Every column of the table in order; texts not yet guarded (see `guard`).

    Raises
    ------
    LogRowError
        Names the first column that breaks its rule.
    """
    for name in row:
        if name not in table.names:
            raise LogRowError(table.name, "column", f"must be one of {', '.join(table.names)}", name)
    cells = {column.name: _cell(table, column, row.get(column.name)) for column in table.columns}
    cells["schema"] = cells["schema"] or str(SCHEMA)
    undo = is_undo(table, cells)
    for column in table.columns:
        cell = cells[column.name]
        if not cell and column.required and not (undo and column.name not in table.kept_by_undo):
            raise LogRowError(table.name, column.name, "must not be blank", cell)
        if cell and not column.accepts(cell):
            raise LogRowError(table.name, column.name, column.rule, row[column.name])
    _check_together(table, cells)
    return cells


def sift(
    table: Table, rows: Iterable[Mapping[str, object]]
) -> tuple[list[Mapping[str, object]], list[LogRowError]]:
    """Part the rows that may be written from those that may not.

    Returns
    -------
    good : list of mapping
        The rows that follow the rules, as given.
    bad : list of LogRowError
        One per other row, with its position (``row``) and ``id``.
    """
    good: list[Mapping[str, object]] = []
    bad: list[LogRowError] = []
    for position, row in enumerate(rows):
        try:
            check_row(table, row)
        except LogRowError as error:
            error.row, error.id = position, str(row.get("id") or "")
            bad.append(error)
        else:
            good.append(row)
    return good, bad


def is_undo(table: Table, cells: Mapping[str, str]) -> bool:
    """Say whether the row only voids another: all columns blank but `Table.kept_by_undo`."""
    return bool(cells["voids"]) and not any(
        cell for name, cell in cells.items() if name not in table.kept_by_undo
    )


def guard(text: str) -> str:
    """Return the text as it is written: with a leading apostrophe if a spreadsheet might run it."""
    return f"'{text}" if text.startswith(GUARDED) else text


def unguard(cell: str) -> str:
    """Return the text that `guard` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(GUARDED) else cell


def row_line(table: Table, cells: Mapping[str, str]) -> str:
    """Return the cells that `check_row` made as a line of the table's file."""
    return record_line([guard(cells[name]) if name in table.texts else cells[name] for name in table.names])


def _cell(table: Table, column: Column, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise LogRowError(table.name, column.name, "must be text, a number or None", value)
    if isinstance(value, int):
        return str(value)
    cell = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if cell == "-0" else cell


def _check_together(table: Table, cells: Mapping[str, str]) -> None:
    if int(cells["schema"]) > SCHEMA:
        rule = f"must be at most {SCHEMA}: a newer hipbook wrote this row, update hipbook"
        raise LogRowError(table.name, "schema", rule, cells["schema"])
    if cells["voids"] == cells["id"]:
        raise LogRowError(table.name, "voids", "must name another row", cells["voids"])
    days = date.fromisoformat(cells["local_date"]) - _utc_day(cells[table.instant])
    if abs(days.days) > 1:
        rule = f"must be the day of {table.instant}, or next to it"
        raise LogRowError(table.name, "local_date", rule, cells["local_date"])
    if table is HOLDS and cells["reason"] and cells["outcome"] == "done":
        raise LogRowError(table.name, "reason", "must be blank when outcome is done", cells["reason"])


def _utc_day(cell: str) -> date:
    moment = datetime.fromisoformat(cell)
    return (moment.replace(tzinfo=None) - (moment.utcoffset() or timedelta())).date()
