"""Does hip extension go with pelvic tilt? Made-up classes whose true link is known, and what a class finds.

The tilt of a pelvis is felt with the hands on bone marks: not in a classroom. So the question is asked of
classes that do not exist. Everybody sees the same ones: the draws are `numpy.random.RandomState`'s, which
numpy promises to keep the same for a seed.
"""

from __future__ import annotations

import math
import numbers
from dataclasses import dataclass

import numpy as np

__all__ = ["LINKS", "MadeUpClass", "Power", "TiltError", "least_link", "made_up_class", "power"]

EXTENSION_DEG = (10.0, 6.0)  # mean, SD; invented
TILT_DEG = (10.0, 5.0)  # mean, SD of young adults in standing {lee2005}
PEOPLE = (5, 500)
LINKS = tuple(step / 20 for step in range(17))  # 0 to 0.8
CLASSES = 10_000  # simulated for each size: a share is then within 1.0 % of the true one, 19 times in 20
ALPHA, USUAL_POWER = 0.05, 0.8
SEED = 1990


class TiltError(ValueError):
    """A made-up class that cannot be drawn; one line with name, rule and value."""


@dataclass(frozen=True)
class MadeUpClass:
    """A class that does not exist.

    Attributes
    ----------
    link : float
        The true correlation from which it was drawn.
    extension_deg, tilt_deg : array, shape (people,)
        Hip extension, and forward tilt of the pelvis in standing [°].
    r, low, high : float
        The correlation in this class and its 95 % interval.
    p : float
        How often a class without any link has one at least as strong.
    """

    link: float
    extension_deg: np.ndarray
    tilt_deg: np.ndarray
    r: float
    low: float
    high: float
    p: float


@dataclass(frozen=True)
class Power:
    """How often classes of one size find a link: shares [0–1] for the true links `LINKS`."""

    people: int
    shares: np.ndarray


def made_up_class(people: int = 30, *, link: float = 0.3, draw: int = 1) -> MadeUpClass:
    """Draw one class.

    Parameters
    ----------
    people : int
        5–500.
    link : float
        True correlation of hip extension and pelvic tilt, −0.95 to 0.95.
    draw : int
        Which class, 1–10,000: the same number always gives the same class.

    Raises
    ------
    TiltError
        Names what is out of its range.
    """
    from scipy import stats

    _check(people, link)
    if isinstance(draw, bool) or not isinstance(draw, int) or not 1 <= draw <= 10_000:
        raise TiltError(f"draw must be a whole number between 1 and 10000, got {draw!r}")
    one, own = np.random.RandomState([SEED, draw]).standard_normal((2, people))
    other = _linked(one, own, link)
    found = stats.pearsonr(one, other)
    low, high = found.confidence_interval(0.95)
    return MadeUpClass(
        link, EXTENSION_DEG[0] + EXTENSION_DEG[1] * one, TILT_DEG[0] + TILT_DEG[1] * other,
        float(found.statistic), float(low), float(high), float(found.pvalue),
    )  # fmt: skip


def power(people: int = 30) -> Power:
    """Return how often a class of this size finds a link (P < 0.05), from 10,000 simulated ones.

    Raises
    ------
    TiltError
        When ``people`` is not between 5 and 500.
    """
    from scipy import stats

    _check(people, 0.0)
    # the same draws for each link, so that the curve has no jumps
    one, own = np.random.RandomState([SEED, people]).standard_normal((2, CLASSES, people))
    found = (stats.pearsonr(one, _linked(one, own, link), axis=1).pvalue < ALPHA for link in LINKS)
    shares = [float(is_found.mean()) for is_found in found]
    return Power(people, np.array(shares))


def least_link(found: Power) -> float | None:
    """Return the true link that 80 % of such classes find, between the simulated ones; None if none does."""
    shares = np.maximum.accumulate(found.shares)
    if shares[-1] < USUAL_POWER:
        return None
    return float(np.interp(USUAL_POWER, shares, LINKS))


def _linked(one: np.ndarray, own: np.ndarray, link: float) -> np.ndarray:
    """Return standard normal numbers that go with ``one`` as ``link`` says, and for the rest with ``own``."""
    return link * one + math.sqrt(1 - link**2) * own


def _check(people: int, link: float) -> None:
    if isinstance(people, bool) or not isinstance(people, int) or not PEOPLE[0] <= people <= PEOPLE[1]:
        raise TiltError(f"people must be a whole number between {PEOPLE[0]} and {PEOPLE[1]}, got {people!r}")
    if isinstance(link, bool) or not isinstance(link, numbers.Real) or not -0.95 <= link <= 0.95:
        raise TiltError(f"link must be a number between -0.95 and 0.95, got {link!r}")
