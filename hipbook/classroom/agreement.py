"""How well raters agree: ICC, SEM, MDC and limits of agreement of a class's readings, by one-way analysis.

Why one-way: everybody was measured by two people, but not by the same two. A rater's habit and chance cannot
be told apart then, so both count as error: the one-way random model, ICC(1,1). Models that take the habit of
each rater out of the error need raters who measured everybody.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hipbook.classroom.trio import TRIALS, TURNS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FEWEST_PEOPLE", "Agreement", "AgreementError", "OneWay", "agreement", "one_way"]

FEWEST_PEOPLE = 5  # below that no number is shown, also so that nobody can be told apart; our choice
CONFIDENCE = 0.95


class AgreementError(ValueError):
    """Readings from which no agreement can be computed; one line with name, rule and value."""


@dataclass(frozen=True)
class OneWay:
    """What a one-way random model says of values in groups.

    Attributes
    ----------
    icc, icc_low, icc_high : float
        ICC(1,1), the share of the variance of one value that is between the groups, and its 95 % interval.
    sem_deg : float
        Standard error of measurement [°]: the root of the mean square within groups.
    mdc_deg : float
        Minimal detectable change, 95 % [°]: t · √2 · SEM.
    """

    icc: float
    icc_low: float
    icc_high: float
    sem_deg: float
    mdc_deg: float


@dataclass(frozen=True)
class Agreement:
    """How well the raters of a class agree.

    Attributes
    ----------
    people : int
        Whose readings are complete: two raters, two trials each.
    left_out : int
        People with some readings, but not all.
    raters : OneWay
        Two raters of one person, the mean of the two trials of each.
    trial_sem_deg, trial_mdc_deg : float
        One rater, one trial after the other [°].
    mean_deg : array, shape (people,)
        Mean of both raters [°].
    difference_deg : array, shape (people,)
        Second rater less first [°]; which is which matters only for what the order does.
    bias_deg, bias_low_deg, bias_high_deg : float
        Mean difference and its 95 % interval [°].
    low_deg, high_deg : float
        Limits of agreement: mean difference ∓ 1.96 SD of the differences [°].
    """

    people: int
    left_out: int
    raters: OneWay
    trial_sem_deg: float
    trial_mdc_deg: float
    mean_deg: np.ndarray
    difference_deg: np.ndarray
    bias_deg: float
    bias_low_deg: float
    bias_high_deg: float
    low_deg: float
    high_deg: float


def one_way(values: np.ndarray) -> OneWay:
    """Return ICC(1,1), SEM and MDC of values in groups of the same size.

    Parameters
    ----------
    values : array, shape (groups, k)
        A row per group (a person), a column per value (a rater); the order within a row does not matter.

    Raises
    ------
    AgreementError
        When there are fewer than two groups or values, or no value differs from any other in its group.

    Notes
    -----
    With F the ratio of the mean squares between and within groups, ICC(1,1) = (F − 1) / (F + k − 1); its
    interval has F divided, and multiplied, by the 97.5th percentiles of F.

    References
    ----------
    Shrout & Fleiss 1979, Psychol Bull 86(2):420–428, case 1; scipy.stats for F, its distribution and t.
    """
    from scipy import stats  # here, because it takes longer to load than all the rest

    values = np.asarray(values, dtype=float)
    groups, k = values.shape
    if groups < 2 or k < 2:
        raise AgreementError(f"values must have 2 groups of 2 or more, got {groups} of {k}")
    within = float(values.var(axis=1, ddof=1).mean())
    if within == 0:
        raise AgreementError(
            "values must differ within a group somewhere, got none that does: were they copied?"
        )
    ratio = float(stats.f_oneway(*values).statistic)
    free = (groups - 1, groups * (k - 1))
    upper = (1 + CONFIDENCE) / 2
    low = ratio / float(stats.f.ppf(upper, *free))
    high = ratio * float(stats.f.ppf(upper, *reversed(free)))
    sem = math.sqrt(within)
    mdc = float(stats.t.ppf(upper, free[1])) * math.sqrt(2) * sem
    return OneWay(*((f - 1) / (f + k - 1) for f in (ratio, low, high)), sem, mdc)


def agreement(readings: pd.DataFrame) -> Agreement:
    """Return how well two raters, and two trials of one rater, agree.

    Parameters
    ----------
    readings : DataFrame
        ``person``, ``turn`` (1 or 2: which rater), ``trial`` (1 or 2) and ``value_deg`` [°], of one test and
        side, each combination once, as `hipbook.classroom.collect` gives them.

    Raises
    ------
    AgreementError
        When fewer than five people have all four readings, or no value differs.

    References
    ----------
    Bland & Altman 1986, Lancet 327(8476):307–310, for the limits of agreement.
    """
    from scipy import stats

    wide = readings.pivot(index="person", columns=["turn", "trial"], values="value_deg")
    wide = wide.reindex(columns=[(turn, trial) for turn in (1, 2) for trial in (1, 2)])
    whole = wide.dropna()
    if len(whole) < FEWEST_PEOPLE:
        raise AgreementError(
            f"people with all four readings must be at least {FEWEST_PEOPLE}, got {len(whole)}"
        )
    values = whole.to_numpy(dtype=float).reshape(len(whole), TURNS, TRIALS)
    by_rater = values.mean(axis=2)
    trials = one_way(values.reshape(-1, TRIALS))
    difference = by_rater[:, 1] - by_rater[:, 0]
    bias, spread = float(difference.mean()), float(difference.std(ddof=1))
    half = float(stats.t.ppf((1 + CONFIDENCE) / 2, len(whole) - 1)) * spread / math.sqrt(len(whole))
    limit = float(stats.norm.ppf((1 + CONFIDENCE) / 2)) * spread
    return Agreement(
        people=len(whole),
        left_out=len(wide) - len(whole),
        raters=one_way(by_rater),
        trial_sem_deg=trials.sem_deg,
        trial_mdc_deg=trials.mdc_deg,
        mean_deg=by_rater.mean(axis=1),
        difference_deg=difference,
        bias_deg=bias,
        bias_low_deg=bias - half,
        bias_high_deg=bias + half,
        low_deg=bias - limit,
        high_deg=bias + limit,
    )
