"""What the weekly picture shows: the last weeks of the log, its muscle groups, and the plan for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from hipbook.figures import phrases
from hipbook.progress.analysis import check_holds, monday_of, weekly_dose
from hipbook.progress.choice import EVERYTHING, Choice
from hipbook.progress.tables import SIDES

__all__ = ["Plan", "PlanError", "ShownWeeks", "plan_by_group", "shown_weeks"]

Plan = float | Mapping[str, float] | None

SHOWN_WEEKS = 52  # more would make the bars thinner than their hatching


class PlanError(ValueError):
    """A plan that is not a number of minutes a week."""


@dataclass(frozen=True)
class ShownWeeks:
    """The weeks in the picture.

    Attributes
    ----------
    mondays : list of date
        The first day of each week.
    groups : list of (str, str)
        Muscle group and mode (``"hold"`` = static stretch), in the order of the panels.
    held_min : ndarray
        Minutes held, shape (weeks, groups, sides left and right) [min].
    all_weeks : int
        Weeks in the whole log.
    until : date or None
        Today, when it was given.
    choice : Choice
        What of the log is shown.
    """

    mondays: list[dt.date]
    groups: list[tuple[str, str]]
    held_min: np.ndarray
    all_weeks: int
    until: dt.date | None
    choice: Choice = EVERYTHING

    @property
    def active(self) -> np.ndarray:
        """Whether anything was held in a week, shape (weeks,)."""
        return self.held_min.any(axis=(1, 2))

    @property
    def rest(self) -> np.ndarray:
        """Whether a week went by with nothing held, shape (weeks,); one with days to come has not."""
        rest = ~self.active
        rest[-1] &= not self.unfinished
        return rest

    @property
    def unfinished(self) -> bool:
        """Whether the last week has days to come."""
        return self.until is not None and 0 <= (self.until - self.mondays[-1]).days < 6

    @property
    def span(self) -> str:
        """The days from the first Monday to the last Sunday, or to today, in words."""
        sunday = self.mondays[-1] + dt.timedelta(days=6)
        return phrases.span(self.mondays[0], self.until if self.unfinished else sunday)


def shown_weeks(
    holds: pd.DataFrame,
    until: dt.date | None = None,
    stretches: Iterable[Any] | None = None,
    choice: Choice = EVERYTHING,
) -> ShownWeeks | None:
    """Return the last 52 weeks of what is chosen of a log, or all when fewer; None without a minute."""
    check_holds(holds)
    holds = choice.rows(holds)
    if not holds["held_s"].gt(0).any():
        return None
    until = min(filter(None, (until, choice.last)), default=None)
    days = holds["local_date"]
    last_day = max(days.max(), pd.Timestamp(until)) if until else days.max()
    first, last = (day.date() for day in monday_of(pd.Series([days.min(), last_day])))
    all_weeks = (last - first).days // 7 + 1
    shown = min(all_weeks, SHOWN_WEEKS)
    mondays = [last - dt.timedelta(weeks=shown - 1 - week) for week in range(shown)]
    recent = holds[days >= pd.Timestamp(mondays[0])]  # only these are summed: a long log stays quick
    rested = not recent["held_s"].gt(0).any()
    dose = weekly_dose(holds if rested else recent, stretches=stretches)
    groups = list(dict.fromkeys(zip(dose["muscle_group"], dose["mode"], strict=True)))
    held_min = np.zeros((shown, len(groups), len(SIDES)))
    if not rested:
        week = (dose["week_start"].iloc[0].date() - mondays[0]).days // 7
        summed = dose["held_min"].to_numpy().reshape(-1, len(groups), len(SIDES))
        held_min[week : week + len(summed)] = summed
        kept = held_min.any(axis=(0, 2))
        groups, held_min = (
            [group for group, keep in zip(groups, kept, strict=True) if keep],
            held_min[:, kept],
        )
    return ShownWeeks(mondays, groups, held_min, all_weeks, until, choice)


def plan_by_group(plan: Plan, shown: ShownWeeks) -> dict[str, float]:
    """Return the planned minutes a week and side of each muscle group shown that has a plan.

    One number stands for every static stretch; other groups have a plan only when a mapping names them.

    Raises
    ------
    PlanError
        Names the muscle group whose plan is not above 0 minutes.
    """
    if plan is None:
        return {}
    static = [group for group, mode in shown.groups if mode == "hold"]
    by_group = plan if isinstance(plan, Mapping) else dict.fromkeys(static, plan)
    for group, planned_min in by_group.items():
        if not 0 < planned_min < float("inf"):
            raise PlanError(f"plan_min_per_week ({group}) must be above 0 minutes, got {planned_min}")
    return {group: float(by_group[group]) for group, _ in shown.groups if group in by_group}
