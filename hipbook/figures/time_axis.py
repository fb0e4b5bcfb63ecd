"""A time axis of calendar days: from ten days to ten years, labelled so that no two labels touch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from hipbook.figures.phrases import month_short

__all__ = ["days_axis", "ordinals", "period_starts"]

EPOCH = dt.date(1970, 1, 1).toordinal()
LABEL_PX = 62  # room for "28 Dec"
FEWEST_DAYS = 14  # so that one day does not fill the sheet
MARGIN = 0.02
DAY_STEPS, MONTH_STEPS, YEAR_STEPS = (1, 2, 7, 14), (1, 2, 3, 6), (1, 2, 5, 10)
WEEKS_UP_TO_DAYS = 280  # from there on a period is a month


def ordinals(days: Iterable) -> np.ndarray:
    """Return calendar days as numbers of days, as ``date.toordinal`` counts them, shape (n,)."""
    if isinstance(days, pd.Series | pd.Index):
        days = days.to_numpy()
    return np.asarray(days, dtype="datetime64[D]").astype("int64") + EPOCH


def days_axis(axes: Axes, first: dt.date, last: dt.date, width_px: float, *, labels: bool = True) -> None:
    """Set the limits and ticks of an x axis whose values are those of :func:`ordinals`.

    Parameters
    ----------
    axes : Axes
        Gets x limits a little wider than the days, at least two weeks.
    first, last : date
        First and last day drawn.
    width_px : float
        Width of the axes [CSS px].
    labels : bool
        False where other axes below show the same days.
    """
    low, high = first.toordinal(), last.toordinal()
    short = max(FEWEST_DAYS - (high - low), 0) / 2
    low, high = low - short, high + short
    margin = MARGIN * (high - low)
    axes.set_xlim(low - margin, high + margin)
    ticks = _ticks(dt.date.fromordinal(int(np.ceil(low))), dt.date.fromordinal(int(high)), width_px)
    axes.set_xticks([day.toordinal() for day in ticks], list(ticks.values()) if labels else [])


def period_starts(first: dt.date, last: dt.date) -> tuple[str, list[dt.date]]:
    """Return whether days are put together by ``"week"`` or ``"month"``, and the day each of these begins.

    The last entry is the day after the last period, so that neighbours are the edges of one.
    """
    if (last - first).days <= WEEKS_UP_TO_DAYS:
        monday = first - dt.timedelta(days=first.weekday())
        count = (last - monday).days // 7 + 2
        return "week", [monday + dt.timedelta(weeks=week) for week in range(count)]
    months = first.year * 12 + first.month - 1, last.year * 12 + last.month
    return "month", [dt.date(month // 12, month % 12 + 1, 1) for month in range(months[0], months[1] + 1)]


def _ticks(first: dt.date, last: dt.date, width_px: float) -> dict[dt.date, str]:
    days, most = (last - first).days, max(int(width_px / LABEL_PX), 2)
    if days <= DAY_STEPS[-1] * most:
        step = next(step for step in DAY_STEPS if days <= step * most)
        starts = [first + dt.timedelta(days=day) for day in range(0, days + 1, step)]
        return {day: f"{day.day} {month_short(day)}" + _year(day, starts) for day in starts}
    months = [dt.date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    within = [day for day in months if first <= day <= last]
    if len(within) <= MONTH_STEPS[-1] * most / 2:
        step = next((step for step in MONTH_STEPS if len(within) <= step * most), MONTH_STEPS[-1])
        starts = [day for day in within if (day.month - 1) % step == 0]
        return {day: month_short(day) + _year(day, starts) for day in starts}
    years = [day for day in within if day.month == 1]
    step = next((step for step in YEAR_STEPS if len(years) <= step * most), YEAR_STEPS[-1])
    return {day: f"{day.year}" for day in years if (day.year - years[0].year) % step == 0}


def _year(day: dt.date, shown: list[dt.date]) -> str:
    """Return the year below the first label, and below the first of each year."""
    begins = {shown[0], *(later for earlier, later in pairwise(shown) if later.year != earlier.year)}
    return f"\n{day.year}" if day in begins else ""
