"""What the weekly picture shows: the last weeks of the log, its muscle groups, and the plan for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from hipbook.figures import phrases
from hipbook.progress.analysis import SIDES, weekly_dose

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
    """

    mondays: list[dt.date]
    groups: list[tuple[str, str]]
    held_min: np.ndarray
    all_weeks: int
    until: dt.date | None

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
    holds: pd.DataFrame, until: dt.date | None = None, stretches: Iterable[Any] | None = None
) -> ShownWeeks | None:
    """Return the last 52 weeks of a log, or all when fewer; None when no minute was held."""
    dose = weekly_dose(holds, until=until, stretches=stretches)
    if not dose["held_min"].any():
        return None
    groups = list(dict.fromkeys(zip(dose["muscle_group"], dose["mode"], strict=True)))
    held_min = dose["held_min"].to_numpy().reshape(-1, len(groups), len(SIDES))
    mondays = [monday.date() for monday in dose["week_start"].drop_duplicates()]
    recent = held_min[-SHOWN_WEEKS:]
    kept = [i for i in range(len(groups)) if recent[:, i].any()] or list(range(len(groups)))
    return ShownWeeks(mondays[-SHOWN_WEEKS:], [groups[i] for i in kept], recent[:, kept], len(mondays), until)


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
