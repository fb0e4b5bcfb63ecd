"""Held against planned: how long holds lasted by their plan, and why some were stopped or skipped."""

from __future__ import annotations

import numpy as np
import pandas as pd

from hipbook.progress.analysis import check_holds
from hipbook.progress.tables import SIDES

__all__ = ["QUANTILES", "held_by_plan", "reasons_given"]

QUANTILES = {"q05": 0.05, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q95": 0.95}
NEEDED = ("stretch", "side", "planned_s", "held_s", "outcome", "reason")
OUTCOMES = ("done", "stopped", "skipped")


def held_by_plan(holds: pd.DataFrame) -> pd.DataFrame:
    """Return, per stretch and side, how many holds were done, stopped and skipped, and how long they lasted.

    Parameters
    ----------
    holds : DataFrame
        Rows of the holds log.

    Returns
    -------
    DataFrame
        One row per stretch × side that occurs: ``stretch``, ``side``, ``planned_low_s``, ``planned_high_s``
        (shortest and longest plan [s], not a number without one), ``done``, ``stopped``, ``skipped`` (rows),
        and for done and stopped rows ``done_q05`` … ``stopped_q95``: quantiles of the time held [% of what
        was planned], not a number without such rows. Rows without a planned time are counted, and are in no
        quantile. Stretches stand in the order of their names.

    Raises
    ------
    HoldsColumnError
        Names the columns that are missing.
    """
    check_holds(holds, NEEDED)
    stretches, sides, outcomes = (
        holds[name].astype(str).to_numpy() for name in ("stretch", "side", "outcome")
    )
    planned_s, held_s = (holds[name].to_numpy(dtype=float) for name in ("planned_s", "held_s"))
    has_plan = planned_s > 0
    percent = np.full(len(holds), np.nan)
    np.divide(100 * np.nan_to_num(held_s), planned_s, out=percent, where=has_plan)
    rows = []
    for stretch in np.unique(stretches):
        of_stretch = stretches == stretch
        for side in SIDES:
            here = of_stretch & (sides == side)
            if not here.any():
                continue
            plans = planned_s[here & has_plan]
            row: dict[str, object] = {"stretch": stretch, "side": side}
            row["planned_low_s"], row["planned_high_s"] = (
                (plans.min(), plans.max()) if len(plans) else (np.nan, np.nan)
            )
            row |= {outcome: int((here & (outcomes == outcome)).sum()) for outcome in OUTCOMES}
            for outcome in OUTCOMES[:2]:
                shares = percent[here & has_plan & (outcomes == outcome)]
                found = (
                    np.quantile(shares, [*QUANTILES.values()]) if len(shares) else [np.nan] * len(QUANTILES)
                )
                row |= {f"{outcome}_{name}": x for name, x in zip(QUANTILES, found, strict=True)}
            rows.append(row)
    return pd.DataFrame(rows, columns=_columns()).astype(_types())


def reasons_given(holds: pd.DataFrame) -> pd.DataFrame:
    """Return how often each reason was given for a hold that was stopped or skipped, the most frequent first.

    Returns
    -------
    DataFrame
        ``reason`` (blank: none was kept), ``stopped``, ``skipped``.

    Raises
    ------
    HoldsColumnError
        Names the columns that are missing.
    """
    check_holds(holds, NEEDED)
    columns = {}
    for outcome in OUTCOMES[1:]:
        columns[outcome] = (
            holds.loc[(holds["outcome"] == outcome).to_numpy(), "reason"].astype(str).value_counts()
        )
    counts = pd.DataFrame(columns, dtype="float64").fillna(0).astype("int64")
    counts = counts[counts.sum(axis=1) > 0].rename_axis("reason").reset_index()
    order = np.lexsort((counts["reason"], -(counts["stopped"] + counts["skipped"]), counts["reason"] == ""))
    return counts.iloc[order].reset_index(drop=True)


def _columns() -> list[str]:
    names = ["stretch", "side", "planned_low_s", "planned_high_s", *OUTCOMES]
    return names + [f"{outcome}_{name}" for outcome in OUTCOMES[:2] for name in QUANTILES]


def _types() -> dict[str, str]:
    words, counts = ("stretch", "side"), OUTCOMES
    return {
        name: "object" if name in words else "int64" if name in counts else "float64" for name in _columns()
    }
