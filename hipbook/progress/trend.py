"""Which way do the readings go? A robust straight line through the days' means, with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hipbook.progress.scatter import CONFIDENCE, day_means

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

__all__ = ["TREND_DAYS", "Trend", "trend"]

TREND_DAYS = 5  # four days can be in order by chance once in 12 times: no 95 % interval exists
DAYS_PER_WEEK = 7


@dataclass(frozen=True)
class Trend:
    """A line through the days' means.

    Attributes
    ----------
    days : int
        Separate days with readings.
    first_day : date
        Day of ``start_deg``.
    start_deg : float
        The line on the first day [°].
    deg_per_week, low_deg_per_week, high_deg_per_week : float
        Slope with its 95 % interval [°/week]; positive means more extension.
    """

    days: int
    first_day: dt.date
    start_deg: float
    deg_per_week: float
    low_deg_per_week: float
    high_deg_per_week: float


def trend(readings: pd.DataFrame) -> Trend | None:
    """Return the Theil–Sen line: the median of the slopes between all pairs of days.

    Parameters
    ----------
    readings : DataFrame
        Rows of the measurements log, all of one person, test and side: ``local_date`` and ``value_deg`` [°].

    Returns
    -------
    Trend or None
        None below five separate days.

    Raises
    ------
    MeasureError
        When tests, persons, sides or quantities are mixed, or a value is not a number.

    Notes
    -----
    The interval takes days as independent and holds for one look. Asked every week, it would raise more false
    alarms than 5 %: it is there to be drawn, and the verdict is that of `hipbook.progress.change`.
    """
    means = day_means(readings)
    if len(means) < TREND_DAYS:
        return None
    from scipy.stats import theilslopes  # here, because it takes half a second to load

    weeks = [(day - means.index[0]).days / DAYS_PER_WEEK for day in means.index]
    line = theilslopes(means.to_numpy(), weeks, alpha=CONFIDENCE)
    first = means.index[0]
    return Trend(
        len(means),
        first.date() if hasattr(first, "date") else first,
        float(line.intercept),
        float(line.slope),
        float(line.low_slope),
        float(line.high_slope),
    )
