"""Is this change more than I can measure? The verdict: first weeks against recent weeks, at three looks only.

The rule
--------
*Day 0* is the day of a side's first reading, or the day that stretching began if that was later. Several
readings of a day are averaged first; only days are counted.

* **Baseline**: the days from four weeks before day 0 to the end of the second week. From five days on, their
  standard deviation is this person's SEM; below that no verdict, only the stated ±5°, our assumption.
* **Looks**: when week 4, 8 and 12 are over, and never between or after. Each compares the mean of the two
  weeks that end then with the mean of the baseline. A look with fewer than two recent days is left out.
* **Threshold**: t · error · √(1/baseline days + 1/recent days), Student's t with baseline days − 1. Each look
  may raise a false alarm in a third of 5 %, left and right together, so half of that third is each side's,
  also when only one side is measured.
* **Guards**, all of them towards "not more": the error is the SEM, or the standard deviation of the recent
  days if that is larger, since somebody may measure with less care later; it is 1° at least, since readings
  to whole degrees can agree by rounding; and a baseline day counts only as many of its first readings as the
  sparsest recent day has, since the mean of three readings scatters less than one reading.

What it cannot guard against is told in docs/measuring.md: a zero that moved looks like a change.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from hipbook.progress.scatter import LEAST_DAYS, LEAST_SEM_DEG, check_alike, t_quantile
from hipbook.progress.tables import QUANTITY

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "BASELINE_DAYS",
    "FALSE_ALARMS",
    "LEAST_RECENT_DAYS",
    "LOOK_WEEKS",
    "RECENT_DAYS",
    "VERDICTS",
    "Change",
    "Look",
    "baseline_rows",
    "baseline_span",
    "change",
    "first_stretch",
    "looks",
    "t_of_look",
]

LOOK_WEEKS = (4, 8, 12)
FALSE_ALARMS = 0.05  # share of people without change who are told of one, over all looks and both sides
SIDES = 2
BASELINE_DAYS = (-28, 14)  # from day, to day (not counted), both from day 0; our choice
RECENT_DAYS = 14  # before a look, as long as the baseline in training; our choice
LEAST_RECENT_DAYS = 2  # never one single reading; our choice
DAYS_PER_WEEK = 7
VERDICTS = ("no_readings", "waiting", "few_baseline", "few_recent", "not_more", "more")


@dataclass(frozen=True)
class Look:
    """One comparison of recent days with the baseline.

    Attributes
    ----------
    week : int
        4, 8 or 12.
    day : date
        From this day on the look stands; readings up to the day before count.
    baseline_days, recent_days : int
        Separate days with readings on both sides of the comparison.
    baseline_deg, recent_deg, change_deg : float or None
        Means [°], extension positive, and recent less baseline; None without days.
    sem_deg : float or None
        SD of the baseline days [°], as read; None below five days.
    error_deg : float or None
        What the threshold rests on [°]: the largest of SEM, SD of the recent days, and 1°; None when no
        verdict is possible.
    threshold_deg : float or None
        What the change must exceed in size [°]; None when no verdict is possible.
    verdict : str
        ``waiting`` (the day has not come), ``few_baseline``, ``few_recent``, ``not_more`` or ``more``.
    """

    week: int
    day: dt.date
    verdict: str
    baseline_days: int = 0
    recent_days: int = 0
    baseline_deg: float | None = None
    recent_deg: float | None = None
    change_deg: float | None = None
    sem_deg: float | None = None
    error_deg: float | None = None
    threshold_deg: float | None = None


@dataclass(frozen=True)
class Change:
    """The verdict on one side of one test, and what it rests on.

    Attributes
    ----------
    test, side, person : str
        Whose readings.
    verdict : str
        One of `VERDICTS`: that of the last look that could be made; asking again before the next look changes
        nothing.
    look : Look or None
        The look that gave the verdict; None while waiting.
    looks : tuple of Look
        All three; empty without readings.
    day_0 : date or None
        Where weeks are counted from; None without readings.
    baseline_days : int
        Separate baseline days so far.
    """

    test: str
    side: str
    person: str
    verdict: str
    look: Look | None = None
    looks: tuple[Look, ...] = ()
    day_0: dt.date | None = None
    baseline_days: int = 0

    @property
    def next_look(self) -> Look | None:
        """The look that is still to come."""
        return next((look for look in self.looks if look.verdict == "waiting"), None)


def change(
    readings: pd.DataFrame,
    *,
    test: str,
    side: str,
    until: dt.date,
    person: str = "",
    start: dt.date | None = None,
) -> Change:
    """Return whether a side's change is more than this person's measurement error.

    Parameters
    ----------
    readings : DataFrame
        Rows of the measurements log: ``local_date``, ``test``, ``side``, ``trial``, ``value_deg`` [°], and
        ``person``, ``quantity``, ``measured_at`` where there are any. Rows of other tests, sides, persons and
        quantities, and rows after ``until``, are left aside.
    test, side, person : str
        Which readings; tests are never mixed.
    until : date
        The day on which one asks, usually today.
    start : date, optional
        The day of the first stretch. Fix it before looking at the readings.

    Returns
    -------
    Change

    Raises
    ------
    MeasureError
        When a column is missing or a value is not a number.
    """
    chosen = {"test": test, "side": side, "person": person, "quantity": QUANTITY}
    for column, wanted in chosen.items():
        if column in readings.columns:
            readings = readings[readings[column] == wanted]
    check_alike(readings)
    order = [name for name in ("local_date", "measured_at", "trial", "value_deg") if name in readings.columns]
    trials: dict[int, list[float]] = {}
    for row in readings.sort_values(order).itertuples():
        trials.setdefault(row.local_date.toordinal(), []).append(float(row.value_deg))
    trials = {day: values for day, values in trials.items() if day <= until.toordinal()}
    if not trials:
        return Change(test, side, person, "no_readings")
    day_0 = _day_0(trials, start)
    made = looks(trials, day_0, until.toordinal())
    days = len(_within(trials, day_0 + BASELINE_DAYS[0], day_0 + BASELINE_DAYS[1]))
    verdict, look = _latest(made)
    if verdict == "waiting" and days < LEAST_DAYS and until.toordinal() >= day_0 + BASELINE_DAYS[1]:
        verdict = "few_baseline"  # no reading can change that any more
    return Change(test, side, person, verdict, look, made, dt.date.fromordinal(day_0), days)


def baseline_rows(readings: pd.DataFrame, *, start: dt.date | None = None) -> pd.DataFrame:
    """Return the rows of the baseline, of which `hipbook.progress.scatter` makes SEM and MDC.

    Parameters
    ----------
    readings : DataFrame
        Rows of the measurements log, all of one person, test and side.
    start : date, optional
        As in `change`.

    Raises
    ------
    MeasureError
        When readings are mixed, a column is missing or a value is not a number.
    """
    check_alike(readings)
    days = [day.toordinal() for day in readings["local_date"]]
    if not days:
        return readings
    first, end = (day.toordinal() for day in baseline_span(dt.date.fromordinal(min(days)), start))
    return readings[[first <= day < end for day in days]]


def baseline_span(first_reading: dt.date, start: dt.date | None = None) -> tuple[dt.date, dt.date]:
    """Return the first day of the baseline, and the first day after it.

    Parameters
    ----------
    first_reading : date
        The day of a side's first reading.
    start : date, optional
        As in `change`.
    """
    day_0 = max(first_reading, start or first_reading)
    least, end = (day_0 + dt.timedelta(days=offset) for offset in BASELINE_DAYS)
    return least, end


def first_stretch(holds: pd.DataFrame) -> dt.date | None:
    """Return the day from which weeks are counted: that of the first hold that was held; None without one.

    Parameters
    ----------
    holds : DataFrame
        Rows of the holds log: ``local_date``, ``held_s`` [s]. What was skipped is no stretch.
    """
    days = holds.loc[holds["held_s"] > 0, "local_date"]
    return None if days.empty else days.min().date()


def looks(trials: Mapping[int, Sequence[float]], day_0: int, until: int) -> tuple[Look, ...]:
    """Return the three looks at one side's readings.

    Parameters
    ----------
    trials : mapping of int to sequence of float
        Each day's readings [°] in the order in which they were taken, by the day's ordinal.
    day_0, until : int
        Ordinals of the day that weeks are counted from, and of the day on which one asks.
    """
    return tuple(_look(trials, day_0, week, until) for week in LOOK_WEEKS)


def _day_0(days: Iterable[int], start: dt.date | None) -> int:
    return max(min(days), start.toordinal() if start else 0)


def _look(trials: Mapping[int, Sequence[float]], day_0: int, week: int, until: int) -> Look:
    end = day_0 + DAYS_PER_WEEK * week
    day = dt.date.fromordinal(end)
    if until < end:
        return Look(week, day, "waiting")
    recent = _within(trials, end - RECENT_DAYS, end)
    counted = min(map(len, recent), default=None)  # so that no baseline day is surer than a recent one
    early = _within(trials, day_0 + BASELINE_DAYS[0], day_0 + BASELINE_DAYS[1])
    before, after = [_mean(day[:counted]) for day in early], [_mean(day) for day in recent]
    baseline, now = _mean(before), _mean(after)
    moved = None if baseline is None or now is None else now - baseline
    n, m = len(before), len(after)
    if n < LEAST_DAYS:
        return Look(week, day, "few_baseline", n, m, baseline, now, moved)
    sem = _sd(before)
    if m < LEAST_RECENT_DAYS:
        return Look(week, day, "few_recent", n, m, baseline, now, moved, sem)
    error = max(sem, _sd(after), LEAST_SEM_DEG)
    threshold = t_of_look(n - 1) * error * math.sqrt(1 / n + 1 / m)
    verdict = "more" if abs(moved) > threshold else "not_more"
    return Look(week, day, verdict, n, m, baseline, now, moved, sem, error, threshold)


def _latest(made: Sequence[Look]) -> tuple[str, Look | None]:
    """Return the verdict that stands: of the last look with one, else why the last look had none."""
    over = [look for look in made if look.verdict != "waiting"]
    judged = [look for look in over if look.threshold_deg is not None]
    look = next(reversed(judged or over), None)
    return (look.verdict, look) if look else ("waiting", None)


@cache
def t_of_look(degrees_of_freedom: int) -> float:
    """Return Student's t that one side exceeds by chance, up or down, in half of a third of 5 %."""
    each = FALSE_ALARMS / len(LOOK_WEEKS) / SIDES
    return t_quantile(1 - each / 2, degrees_of_freedom)


def _within(trials: Mapping[int, Sequence[float]], first: int, end: int) -> list[Sequence[float]]:
    return [trials[day] for day in sorted(trials) if first <= day < end]


def _sd(values: Sequence[float]) -> float:
    mean = sum(values) / len(values)
    return math.sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
