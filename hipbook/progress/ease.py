"""Does it get easier: discomfort per session and stops per reason, put together by week or month."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

__all__ = ["NOT_FELT", "SEE_SOMEONE_STOPS", "discomfort_by", "felt_often", "sessions_with", "stops_by"]

SEE_SOMEONE_STOPS = 3  # stops for one reason; ours, as in the player
NOT_FELT = ("let_go",)  # a reason that is no complaint


def discomfort_by(sessions: pd.DataFrame, starts: list[dt.date]) -> pd.DataFrame:
    """Return the median and the middle half of the discomfort per period.

    Parameters
    ----------
    sessions : DataFrame
        Rows of the sessions log: ``local_date`` and ``discomfort_0_10`` (blank: not answered).
    starts : list of date
        First day of each period, and the day after the last.

    Returns
    -------
    DataFrame
        One row per period: ``start``, ``sessions`` (with an answer), ``low``, ``median``, ``high``
        (quartiles, 0–10; not a number without an answer).
    """
    answered = sessions[sessions["discomfort_0_10"].notna()]
    values = answered["discomfort_0_10"].to_numpy(dtype=float)
    place = _places(answered["local_date"], starts)
    rows = []
    for number, start in enumerate(starts[:-1]):
        here = values[place == number]
        quartiles = np.quantile(here, (0.25, 0.5, 0.75)) if len(here) else (np.nan,) * 3
        rows.append((start, len(here), *quartiles))
    return pd.DataFrame(rows, columns=["start", "sessions", "low", "median", "high"])


def stops_by(holds: pd.DataFrame, starts: list[dt.date]) -> pd.DataFrame:
    """Return how many holds were stopped for each reason in each period, the most frequent reason first.

    Parameters
    ----------
    holds : DataFrame
        Rows of the holds log: ``local_date``, ``outcome`` and ``reason`` (blank: none was kept).
    starts : list of date
        As for :func:`discomfort_by`.

    Returns
    -------
    DataFrame
        One row per reason, one column per period (its first day); blank reasons last.
    """
    stopped = holds[(holds["outcome"] == "stopped").to_numpy()]
    place = _places(stopped["local_date"], starts)
    reasons = stopped["reason"].astype(str).to_numpy()
    counts = {
        reason: np.bincount(place[reasons == reason], minlength=len(starts) - 1) for reason in set(reasons)
    }
    order = sorted(counts, key=lambda reason: (reason == "", -counts[reason].sum(), reason))
    return pd.DataFrame([counts[reason] for reason in order], index=order, columns=starts[:-1], dtype="int64")


def felt_often(holds: pd.DataFrame) -> dict[str, int]:
    """Return the complaints that stopped three holds or more, the most frequent first."""
    stopped = holds.loc[(holds["outcome"] == "stopped").to_numpy(), "reason"].astype(str).value_counts()
    often = stopped[stopped >= SEE_SOMEONE_STOPS].drop(["", *NOT_FELT], errors="ignore")
    return {str(reason): int(n) for reason, n in often.items()}


def sessions_with(sessions: pd.DataFrame, holds: pd.DataFrame) -> pd.DataFrame:
    """Return the sessions of which there are rows in ``holds``."""
    return sessions[sessions["session_id"].isin(set(holds["session_id"])).to_numpy()]


def _places(days: pd.Series, starts: list[dt.date]) -> np.ndarray:
    edges = np.array(starts, dtype="datetime64[D]")
    return np.searchsorted(edges, days.to_numpy().astype("datetime64[D]"), side="right") - 1
