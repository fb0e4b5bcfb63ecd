"""From sums to tables that may be shown: means of five learners or more, counts to the nearest five."""

from __future__ import annotations

import math

import pandas as pd

from hipbook.classroom.cohort_small import is_small, nearest_five
from hipbook.classroom.cohort_sums import THOUSAND, Sums
from hipbook.progress.scatter import CONFIDENCE, t_quantile

__all__ = ["adherence", "change", "groups", "small_groups", "weekly_dose"]

SHARE_LEARNERS = 40
"""Of so many learners, as counts are shown, a share is at most 10 percentage points off."""


def small_groups(sums: Sums) -> tuple[str, ...]:
    """Return the groups that have fewer than five learners: they are in no table."""
    return tuple(sorted(group for (group,), (learners, *_) in sums.people.items() if is_small(learners)))


def groups(sums: Sums) -> pd.DataFrame:
    """Return a row per group: ``learners``, and ``days_per_week`` with a hold, the mean of the learners'."""
    rows = [
        (group, nearest_five(learners), _mean(days, observed, digits=1))
        for (group,), (learners, observed, days) in sorted(sums.people.items())
        if not is_small(learners)
    ]
    return _table(rows, {"group": "str", "learners": "Int64", "days_per_week": "Float64"})


def adherence(sums: Sums) -> pd.DataFrame:
    """Return a row per group and week since the first hold.

    ``learners`` whose week it was, ``active`` of them held something, and ``active_share``, the quotient of
    these two rounded counts. It is blank for fewer than about `SHARE_LEARNERS`: of seven learners three are
    "5 of 5".
    """
    rows = []
    for (group, week), (learners, active) in sorted(_shown(sums, sums.weeks)):
        shown, some = nearest_five(learners), nearest_five(active)
        share = round(some / shown, 2) if shown >= SHARE_LEARNERS else None
        rows.append((group, week, shown, some, share))
    types = {"group": "str", "week": "Int64", "learners": "Int64", "active": "Int64"}
    return _table(rows, types | {"active_share": "Float64"})


def weekly_dose(sums: Sums) -> pd.DataFrame:
    """Return a row per group, week, muscle group and side: the mean time of all learners [min].

    Who held nothing counts with 0 minutes. ``held_min`` is blank when fewer than five held something, nobody
    included. A muscle group and side that fewer than five held in each week has no row: it would tell that
    somebody did.
    """
    observed = {key: learners for key, (learners, _) in _shown(sums, sums.weeks)}
    kinds = sorted(
        {
            (group, *kind)
            for (group, week, *kind), (held, _) in sums.dose.items()
            if (group, week) in observed and not is_small(held)
        }
    )
    rows = []
    for group, muscle, mode, side in kinds:
        for week in sorted(week for one, week in observed if one == group):
            learners = observed[group, week]
            held, time = sums.dose.get((group, week, muscle, mode, side), (0, 0))
            mean = None if is_small(held) else _mean(time, learners, digits=1)
            rows.append((group, week, muscle, mode, side, nearest_five(learners), mean))
    types = {"group": "str", "week": "Int64", "muscle_group": "str", "mode": "str", "side": "str"}
    return _table(rows, types | {"learners": "Int64", "held_min": "Float64"})


def change(sums: Sums) -> pd.DataFrame:
    """Return a row per group, test, side and look (weeks 4, 8, 12): how far hip extension changed [°].

    ``mean_change_deg`` is the mean over learners with a verdict, positive for more extension, with the 95 %
    interval of that mean, ``low_deg`` to ``high_deg``. ``more_extension`` and ``less_extension`` are how many
    changed by more than their own error, so ``learners`` less these did not.
    """
    rows = []
    for key, (learners, moved, squares, gained, lost) in sorted(_shown(sums, sums.looks)):
        mean = moved / learners
        variance = (squares * learners - moved**2) / (learners * (learners - 1))  # exact: whole numbers
        half = t_quantile((1 + CONFIDENCE) / 2, learners - 1) * math.sqrt(variance / learners)
        angles = (round(value / THOUSAND, 1) for value in (mean, mean - half, mean + half))
        rows.append((*key, nearest_five(learners), *angles, nearest_five(gained), nearest_five(lost)))
    types = {"group": "str", "test": "str", "side": "str", "week": "Int64", "learners": "Int64"}
    types |= dict.fromkeys(("mean_change_deg", "low_deg", "high_deg"), "Float64")
    return _table(rows, types | dict.fromkeys(("more_extension", "less_extension"), "Int64"))


def _shown(sums: Sums, table: dict[tuple, list[int]]) -> list[tuple[tuple, list[int]]]:
    """Return the entries of groups and cells that five learners or more are in; learners stand first."""
    small = set(small_groups(sums))
    return [(key, values) for key, values in table.items() if key[0] not in small and not is_small(values[0])]


def _mean(total: int, learners: int, *, digits: int) -> float | None:
    return None if is_small(learners) else round(total / THOUSAND / learners, digits)


def _table(rows: list[tuple], types: dict[str, str]) -> pd.DataFrame:
    columns = list(zip(*rows, strict=True)) or [()] * len(types)
    return pd.DataFrame(
        {
            name: pd.Series(cells, dtype=kind)
            for (name, kind), cells in zip(types.items(), columns, strict=True)
        }
    )
