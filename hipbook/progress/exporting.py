"""Rows of the log to hand out: CSV that no spreadsheet runs, and what is private only if that is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hipbook.progress.records import record_line
from hipbook.progress.rows import guard
from hipbook.progress.tables import Table

__all__ = ["exported"]


def exported(table: Table, rows: Iterable[Mapping[str, str]], *, private: bool = False) -> str:
    """Return rows as the text of a CSV file that the log's reader and import understand.

    Parameters
    ----------
    table : Table
        Whose rows they are.
    rows : iterable of mapping
        Canonical cells, such as `hipbook.progress.standing.Standing.counting` yields.
    private : bool
        Whether the columns about the person's health are in: reasons, discomfort, notes.
    """
    names = [column.name for column in table.columns if private or not column.private]
    lines = [record_line(names)]
    for row in rows:
        lines.append(record_line([guard(row[name]) if name in table.texts else row[name] for name in names]))
    return "".join(lines)
