"""What the pictures of hip extension show: one test's readings, each side's line, error band and verdict."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from hipbook.figures.time_axis import ordinals
from hipbook.progress.analysis import monday_of
from hipbook.progress.change import Change, baseline_rows, change
from hipbook.progress.choice import EVERYTHING, Choice
from hipbook.progress.measure import MeasureError
from hipbook.progress.scatter import Scatter, day_means, scatter
from hipbook.progress.tables import QUANTITY
from hipbook.progress.trend import Trend, trend

__all__ = ["ExtensionShown", "SideShown", "readings_of", "shown_extension", "tests_in"]

NEEDED = ("local_date", "test", "side", "trial", "value_deg")
MOST_DAYS = 365  # with more, the line goes through weekly means: pairs of days grow as their square


@dataclass(frozen=True)
class SideShown:
    """One side of one test.

    Attributes
    ----------
    days, values_deg : array, shape (n,)
        Every reading that is shown: ordinal of its day, and hip extension [°].
    change : Change
        The verdict, of all readings whatever is shown.
    scatter : Scatter
        The error of measurement, of the baseline.
    baseline_deg : float
        Mean of the baseline's days [°].
    trend : Trend or None
        The line through the readings that are shown.
    weekly : bool
        Whether that line goes through the means of weeks and not of days.
    """

    days: np.ndarray
    values_deg: np.ndarray
    change: Change
    scatter: Scatter
    baseline_deg: float
    trend: Trend | None
    weekly: bool


@dataclass(frozen=True)
class ExtensionShown:
    """One test of one person.

    Attributes
    ----------
    test : str
        As in the log.
    sides : dict of str to SideShown
        The sides with readings in the log, among those chosen.
    others : tuple of str
        Other tests in the log, the most used first: never drawn in the same picture.
    first, last : date
        First and last day shown.
    choice : Choice
        What is chosen.
    readings : DataFrame
        All rows of this test, quantity and person, whatever is chosen.
    """

    test: str
    sides: dict[str, SideShown]
    others: tuple[str, ...]
    first: dt.date
    last: dt.date
    choice: Choice
    readings: pd.DataFrame

    @property
    def is_part(self) -> bool:
        """Whether the log has readings that are not shown, or may have."""
        return self.choice.is_narrow or bool(self.others)


def shown_extension(
    measurements: pd.DataFrame,
    *,
    until: dt.date | None = None,
    start: dt.date | None = None,
    person: str = "",
    choice: Choice = EVERYTHING,
) -> ExtensionShown | None:
    """Return what is shown of one test: the one chosen, else that of most days; None without readings.

    Parameters
    ----------
    measurements : DataFrame
        Rows of the measurements log.
    until : date, optional
        The day on which one asks, usually today; the last reading's when left out.
    start : date, optional
        The day of the first stretch, see `hipbook.progress.change.change`.
    person : str
        Whose readings; blank for the owner of the log.
    choice : Choice
        Dates and side say what is drawn. The verdict takes all readings: a choice must not change it.

    Raises
    ------
    MeasureError
        When a column is missing or a value is not a number.
    """
    readings = readings_of(measurements, person)
    tests = tests_in(readings)
    test = choice.test or next(iter(tests), None)
    readings = readings[(readings["test"] == test).to_numpy()] if test else readings
    drawn = choice.rows(readings)
    if drawn.empty:
        return None
    until = until or readings["local_date"].max().date()
    sides = {side: _side(readings, drawn, side, test, until, start, person) for side in choice.sides}
    days = drawn["local_date"]
    last = min(filter(None, (max(until, days.max().date()), choice.last)))
    others = tuple(other for other in tests if other != test)
    return ExtensionShown(
        test,
        {side: one for side, one in sides.items() if one},
        others,
        days.min().date(),
        last,
        choice,
        readings,
    )


def readings_of(measurements: pd.DataFrame, person: str = "") -> pd.DataFrame:
    """Return one person's readings of hip extension, by day.

    Raises
    ------
    MeasureError
        When a column is missing.
    """
    missing = [column for column in NEEDED if column not in measurements.columns]
    if missing:
        raise MeasureError(
            f"readings must have the columns {', '.join(NEEDED)}, missing {', '.join(missing)}"
        )
    for column, wanted in (("quantity", QUANTITY), ("person", person)):
        if column in measurements.columns:
            blank = measurements[column].isna() if wanted == "" else False
            measurements = measurements[((measurements[column] == wanted) | blank).to_numpy()]
    kept = [name for name in (*NEEDED, "measured_at") if name in measurements.columns]
    readings = measurements[kept].assign(local_date=pd.to_datetime(measurements["local_date"]))
    return readings.sort_values("local_date", kind="stable")


def tests_in(readings: pd.DataFrame) -> list[str]:
    """Return the tests of which there are readings, the one read on most days first."""
    names = [str(test) for test in readings["test"].unique()]
    days = {
        test: readings.loc[(readings["test"] == test).to_numpy(), "local_date"].nunique() for test in names
    }
    return sorted(names, key=lambda test: (-days[test], test))


def _side(
    readings: pd.DataFrame,
    drawn: pd.DataFrame,
    side: str,
    test: str,
    until: dt.date,
    start: dt.date | None,
    person: str,
) -> SideShown | None:
    of_side = readings[(readings["side"] == side).to_numpy()]
    drawn = drawn[(drawn["side"] == side).to_numpy()]
    if drawn.empty:
        return None
    made = change(of_side, test=test, side=side, until=until, person=person, start=start)
    baseline = baseline_rows(of_side, start=start)
    used = baseline if len(baseline) else of_side.iloc[:1]
    line, weekly = _line(drawn)
    return SideShown(
        ordinals(drawn["local_date"]),
        drawn["value_deg"].to_numpy(dtype=float),
        made,
        scatter(baseline),
        float(day_means(used).mean()),
        line,
        weekly,
    )


def _line(readings: pd.DataFrame) -> tuple[Trend | None, bool]:
    means = day_means(readings)
    if len(means) <= MOST_DAYS:
        return trend(readings), False
    days = means.index.to_series()
    weekly = means.groupby(monday_of(days).to_numpy()).mean()
    return trend(pd.DataFrame({"local_date": weekly.index, "value_deg": weekly.to_numpy()})), True
