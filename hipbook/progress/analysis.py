"""From holds to sums: a DataFrame of holds in, a DataFrame of minutes out; no file, no clock, no picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from hipbook.progress.tables import SIDES

__all__ = [
    "OTHER",
    "HoldsColumnError",
    "check_holds",
    "daily_minutes",
    "monday_of",
    "weekly_dose",
]

OTHER = "other"  # muscle group of a stretch that the catalogue does not know (an imported log)
SECONDS_PER_MINUTE = 60
NEEDED = ("local_date", "stretch", "side", "held_s")


class HoldsColumnError(ValueError):
    """The DataFrame is not a table of holds: a column is missing."""


def weekly_dose(
    holds: pd.DataFrame, *, until: dt.date | None = None, stretches: Iterable[Any] | None = None
) -> pd.DataFrame:
    """Return the minutes held per week, muscle group and side, with zeros where nothing was held.

    What was held is held: rows that were stopped or skipped part-way count with their ``held_s``.

    Parameters
    ----------
    holds : DataFrame
        Rows of the holds log; ``local_date``, ``stretch``, ``side`` and ``held_s`` [s] are read.
    until : date, optional
        The last day to cover, usually today, so that weeks without a row since then appear; a day before
        the last row changes nothing.
    stretches : iterable of Stretch, optional
        Where ``muscle_group`` and ``mode`` come from; the shipped catalogue when left out.

    Returns
    -------
    DataFrame
        One row per week × muscle group in the log × side: ``week_start`` (the Monday), ``muscle_group``,
        ``mode`` (``"hold"`` = static stretch, ``"cycles"`` = mobilization, ``"other"``), ``side``,
        ``held_min`` [min] and ``holds`` (rows with time in them). Groups stand in the catalogue's order.
        Empty, with the same columns and types, when there are no holds.

    Raises
    ------
    HoldsColumnError
        Names the columns that are missing.
    """
    check_holds(holds)
    groups = _groups(stretches)
    if holds.empty:
        return _empty_weeks()
    seconds = _seconds_by(holds, monday_of(holds["local_date"]), ["week_start", "stretch", "side"])
    names = seconds["stretch"].astype(str)
    seconds["muscle_group"] = names.map({key: group for key, (group, _) in groups.items()}).fillna(OTHER)
    sums = seconds.groupby(["week_start", "muscle_group", "side"])[["held_s", "holds"]].sum()
    modes = {group: mode for group, mode in groups.values()} | {OTHER: OTHER}
    present = [group for group in modes if group in set(seconds["muscle_group"])]
    first = seconds["week_start"].min()
    last = max(
        monday_of(pd.Series(pd.to_datetime([until]))).iloc[0] if until else first, seconds["week_start"].max()
    )
    grid = pd.MultiIndex.from_product(
        [pd.date_range(first, last, freq="7D", unit="s"), present, SIDES], names=sums.index.names
    )
    weeks = sums.reindex(grid, fill_value=0).reset_index()
    weeks["mode"] = weeks["muscle_group"].map(modes)
    weeks["held_min"] = weeks["held_s"] / SECONDS_PER_MINUTE
    return _typed(weeks, _empty_weeks())


def daily_minutes(holds: pd.DataFrame, *, until: dt.date | None = None) -> pd.DataFrame:
    """Return the minutes held on each of the person's calendar days, rest days as zeros.

    Parameters
    ----------
    holds : DataFrame
        Rows of the holds log, see :func:`weekly_dose`.
    until : date, optional
        The last day to cover, usually today; a day before the last row changes nothing.

    Returns
    -------
    DataFrame
        One row per day from the first to the last: ``local_date``, ``held_min``, ``left_held_min``,
        ``right_held_min`` [min] and ``holds`` (rows with time in them). Empty, with the same columns and
        types, when there are no holds.

    Raises
    ------
    HoldsColumnError
        Names the columns that are missing.
    """
    check_holds(holds)
    if holds.empty:
        return _empty_days()
    seconds = _seconds_by(holds, _days_of(holds["local_date"]), ["local_date", "side"])
    sides = seconds.pivot(index="local_date", columns="side", values="held_s")
    sums = (sides.reindex(columns=SIDES).fillna(0) / SECONDS_PER_MINUTE).set_axis(
        [f"{side}_held_min" for side in SIDES], axis=1
    )
    sums["held_min"] = sums.sum(axis=1)
    sums["holds"] = seconds.groupby("local_date")["holds"].sum()
    last = max(pd.Timestamp(until) if until else sums.index.max(), sums.index.max())
    days = pd.date_range(sums.index.min(), last, freq="D", unit="s", name="local_date")
    return _typed(sums.reindex(days, fill_value=0).reset_index(), _empty_days())


def monday_of(days: pd.Series) -> pd.Series:
    """Return the Monday that begins the ISO week of each day (datetime64[s])."""
    count = days.to_numpy().astype("datetime64[D]").astype("int64")
    since_monday = (count + 3) % 7  # day 0 of the count, 1 January 1970, was a Thursday
    return pd.Series((count - since_monday).astype("datetime64[D]").astype("datetime64[s]"), index=days.index)


def _days_of(days: pd.Series) -> pd.Series:
    return pd.Series(days.to_numpy().astype("datetime64[D]").astype("datetime64[s]"), index=days.index)


def _seconds_by(holds: pd.DataFrame, when: pd.Series, keys: list[str]) -> pd.DataFrame:
    """Sum ``held_s`` and count the rows with time in them, per ``keys``; ``when`` is the first key."""
    held_s = holds["held_s"].fillna(0).astype(float)
    frame = pd.DataFrame({keys[0]: when, "held_s": held_s, "holds": held_s.gt(0).astype("int64")})
    for key in keys[1:]:
        frame[key] = holds[key]
    return frame.groupby(keys, observed=True, as_index=False)[["held_s", "holds"]].sum()


def _groups(stretches: Iterable[Any] | None) -> dict[str, tuple[str, str]]:
    if stretches is None:
        from hipbook.stretching.catalog import catalog

        stretches = catalog().stretches
    return {stretch.id: (stretch.muscle_group, stretch.mode) for stretch in stretches}


def check_holds(holds: pd.DataFrame, needed: Sequence[str] = NEEDED) -> None:
    """Raise `HoldsColumnError` unless a table has the columns needed, by default those of sums."""
    missing = [column for column in needed if column not in holds.columns]
    if missing:
        raise HoldsColumnError(
            f"holds must have the columns {', '.join(needed)}, missing {', '.join(missing)}"
        )


def _empty_weeks() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "week_start": pd.Series(dtype="datetime64[s]"),
            "muscle_group": pd.Series(dtype="str"),
            "mode": pd.Series(dtype="str"),
            "side": pd.Series(dtype="str"),
            "held_min": pd.Series(dtype="float64"),
            "holds": pd.Series(dtype="int64"),
        }
    )


def _empty_days() -> pd.DataFrame:
    minutes = {f"{side}_held_min": pd.Series(dtype="float64") for side in SIDES}
    return pd.DataFrame(
        {
            "local_date": pd.Series(dtype="datetime64[s]"),
            "held_min": pd.Series(dtype="float64"),
            **minutes,
            "holds": pd.Series(dtype="int64"),
        }
    )


def _typed(frame: pd.DataFrame, like: pd.DataFrame) -> pd.DataFrame:
    return frame[list(like.columns)].astype(like.dtypes.to_dict())
