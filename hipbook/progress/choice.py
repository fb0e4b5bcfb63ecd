"""Which rows of the log a picture shows: dates, stretch, side, test. Where nothing is chosen, all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hipbook.progress.tables import SIDES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["EVERYTHING", "Choice", "ChoiceError", "up_to"]

AHEAD_DAYS = 1  # in another time zone the next day has begun


class ChoiceError(ValueError):
    """A choice that makes no sense; one line with name, rule and value."""


@dataclass(frozen=True)
class Choice:
    """What is chosen; None means that nothing is.

    Attributes
    ----------
    first, last : date or None
        First and last day, both included.
    stretch, side, test : str or None
        As in the columns of the log.

    Raises
    ------
    ChoiceError
        When the first day comes after the last, or the side is neither left nor right.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    stretch: str | None = None
    side: str | None = None
    test: str | None = None

    def __post_init__(self) -> None:
        if self.first and self.last and self.first > self.last:
            raise ChoiceError(f"dates must be a first and a last day, got {self.first} and {self.last}")
        if self.side not in (None, *SIDES):
            raise ChoiceError(f"side must be one of {', '.join(SIDES)}, got {self.side!r}")

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides that are shown."""
        return (self.side,) if self.side else SIDES

    @property
    def is_narrow(self) -> bool:
        """Whether anything is chosen, besides a test: of those one is always shown."""
        return any(part is not None for part in (self.first, self.last, self.stretch, self.side))

    def rows(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the rows that fit; a choice in a column that the table does not have is left aside."""
        keep = None
        for column in ("stretch", "side", "test"):
            wanted = getattr(self, column)
            if wanted is not None and column in table.columns:
                fits = (table[column] == wanted).to_numpy()
                keep = fits if keep is None else keep & fits
        if (self.first or self.last) and "local_date" in table.columns:
            days = table["local_date"].to_numpy().astype("datetime64[D]")
            for bound, compare in ((self.first, days.__ge__), (self.last, days.__le__)):
                if bound is not None:
                    fits = compare(_day(bound))
                    keep = fits if keep is None else keep & fits
        return table if keep is None else table[keep]


EVERYTHING = Choice()


def up_to(table: pd.DataFrame, until: dt.date | None) -> pd.DataFrame:
    """Return the rows that are not dated after today, as those of a wrong clock are; all without a day.

    Parameters
    ----------
    table : DataFrame
        Rows of the log; a table without ``local_date`` is left as it is.
    until : date or None
        Today.
    """
    if until is None or "local_date" not in table.columns:
        return table
    days = table["local_date"].to_numpy().astype("datetime64[D]")
    fits = ~(days > _day(until + dt.timedelta(days=AHEAD_DAYS)))
    return table if fits.all() else table[fits]


def _day(date: dt.date):
    import numpy as np

    return np.datetime64(date, "D")
