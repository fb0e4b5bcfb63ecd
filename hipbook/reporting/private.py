"""What of a log is in a report: nothing dated after today, and what is private only when asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hipbook.progress.choice import up_to
from hipbook.progress.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from hipbook.figures.views import Source

__all__ = ["PartOfLog", "has_private", "up_to_today", "without_private"]


@dataclass(frozen=True)
class PartOfLog:
    """A log without some of its rows or cells, so that no figure can show them."""

    holds: pd.DataFrame
    sessions: pd.DataFrame
    measurements: pd.DataFrame
    until: dt.date | None
    synthetic: bool

    def part(self, table: str) -> PartOfLog:
        """Return the log that a figure of one of the three tables draws from: this one."""
        return self


def without_private(source: Source) -> PartOfLog:
    """Return a log whose reasons, discomfort and notes are blank."""
    tables = {name: _blanked(getattr(source, name), name) for name in TABLES}
    return PartOfLog(**tables, until=source.until, synthetic=source.synthetic)


def up_to_today(source: Source) -> tuple[PartOfLog, int]:
    """Return a log without the rows that are dated after today, and how many these are."""
    tables = {name: up_to(getattr(source, name), source.until) for name in TABLES}
    later = sum(len(getattr(source, name)) - len(rows) for name, rows in tables.items())
    return PartOfLog(**tables, until=source.until, synthetic=source.synthetic), later


def has_private(source: Source) -> bool:
    """Return whether a log holds anything private."""
    return any(_filled(getattr(source, name), column) for name in TABLES for column in _private(name))


def _private(table: str) -> list[str]:
    return [column.name for column in TABLES[table].columns if column.private]


def _blanked(rows: pd.DataFrame, table: str) -> pd.DataFrame:
    blank = {
        name: float("nan") if rows[name].dtype.kind == "f" else ""
        for name in _private(table)
        if name in rows.columns
    }
    return rows.assign(**blank)


def _filled(rows: pd.DataFrame, column: str) -> bool:
    if column not in rows.columns:
        return False
    cells = rows[column]
    return bool((cells.notna() & (cells.astype(str) != "")).any())
