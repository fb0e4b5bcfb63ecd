"""What a log says about somebody's health besides degrees and minutes, and the log without it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hipbook.progress.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from hipbook.figures.views import Source

__all__ = ["WithoutPrivate", "has_private", "without_private"]


@dataclass(frozen=True)
class WithoutPrivate:
    """A log whose reasons, discomfort and notes are blank, so that no figure can show them."""

    holds: pd.DataFrame
    sessions: pd.DataFrame
    measurements: pd.DataFrame
    until: dt.date | None
    synthetic: bool

    def part(self, table: str) -> WithoutPrivate:
        """Return the log that a figure of one of the three tables draws from: this one."""
        return self


def without_private(source: Source) -> WithoutPrivate:
    """Return a log without what is private."""
    tables = {name: _blanked(getattr(source, name), name) for name in TABLES}
    return WithoutPrivate(**tables, until=source.until, synthetic=source.synthetic)


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
