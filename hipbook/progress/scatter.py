"""How far one person's readings of one test scatter from day to day while nothing changes: SEM and MDC."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hipbook.progress.measure import MeasureError

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "ASSUMED_MDC_DEG",
    "LEAST_DAYS",
    "LEAST_SEM_DEG",
    "Scatter",
    "check_alike",
    "day_means",
    "scatter",
    "t_quantile",
]

LEAST_DAYS = (
    5  # separate days until SEM is a person's own; our choice, as no study of self-measuring was found
)
ASSUMED_MDC_DEG = 5.0  # until then; our assumption
LEAST_SEM_DEG = (
    1.0  # our choice; 0.85–1.51° with a stabilised pelvis, in a laboratory, another angle {kim2015}
)
CONFIDENCE = 0.95
ONE_OF = ("person", "test", "side", "quantity")
"""Columns in which readings must agree to be compared."""


@dataclass(frozen=True)
class Scatter:
    """How far one person's readings differ when nothing changed.

    Attributes
    ----------
    days : int
        Separate days with readings.
    sem_deg : float or None
        Standard error of measurement [°]: the standard deviation of the days' means, `LEAST_SEM_DEG` at
        least; None below five days.
    mdc_deg : float
        Minimal detectable change [°], 95 %: the smallest difference between two days that is more than error.
    assumed : bool
        Whether ``mdc_deg`` is our ±5° and not from these readings.
    """

    days: int
    sem_deg: float | None
    mdc_deg: float
    assumed: bool


def scatter(readings: pd.DataFrame) -> Scatter:
    """Return SEM and MDC of readings during which nothing was meant to change.

    Parameters
    ----------
    readings : DataFrame
        Rows of the measurements log, all of one person, test and side, before or early in training:
        ``local_date`` and ``value_deg`` [°].

    Returns
    -------
    Scatter
        From five separate days on the person's own: SEM = SD of the days' means (n − 1), 1° at least since
        readings to whole degrees can agree by rounding, MDC = t · √2 · SEM with Student's t of n − 1 degrees
        of freedom, 97.5th percentile. Below that ±5°, our assumption.

    Raises
    ------
    MeasureError
        When tests, persons, sides or quantities are mixed, or a value is not a number.
    """
    means = day_means(readings)
    days = len(means)
    if days < LEAST_DAYS:
        return Scatter(days, None, ASSUMED_MDC_DEG, assumed=True)
    sem = max(float(means.std(ddof=1)), LEAST_SEM_DEG)
    return Scatter(days, sem, t_quantile((1 + CONFIDENCE) / 2, days - 1) * math.sqrt(2) * sem, assumed=False)


def day_means(readings: pd.DataFrame) -> pd.Series:
    """Return the mean of each day's trials [°], by ``local_date`` in order; raises as `scatter` does."""
    check_alike(readings)
    return readings.groupby("local_date")["value_deg"].mean().astype("float64").sort_index()


def check_alike(readings: pd.DataFrame) -> None:
    """Raise `MeasureError` unless the readings may be compared with each other."""
    for column in ("local_date", "value_deg"):
        if column not in readings.columns:
            raise MeasureError(f"readings must have the column {column}, got {', '.join(readings.columns)}")
    for column in ONE_OF:
        found = sorted({str(value) for value in readings[column]}) if column in readings.columns else []
        if len(found) > 1:
            raise MeasureError(f"readings must be of one {column}, got {', '.join(map(repr, found))}")
    bad = [value for value in readings["value_deg"] if not math.isfinite(value)]
    if bad:
        raise MeasureError(f"value_deg must be a finite number, got {bad[0]!r}")


def t_quantile(share: float, degrees_of_freedom: int) -> float:
    """Return Student's t below which ``share`` of its distribution lies."""
    from scipy.special import stdtrit  # here, because it takes longer to load than all the rest

    return float(stdtrit(degrees_of_freedom, share))
