"""Do left and right differ by more than I can measure? Their recent means, at the looks of the verdict."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hipbook.progress.change import Change, t_of_look

__all__ = ["EVENNESS", "Evenness", "evenness"]

EVENNESS = ("one_side", "waiting", "unknown", "no_larger", "larger")


@dataclass(frozen=True)
class Evenness:
    """Right against left, in the two weeks before a look.

    Attributes
    ----------
    verdict : str
        ``one_side`` (a side has no readings), ``waiting`` (no look yet), ``unknown`` (no look has enough days
        on both sides), ``no_larger`` or ``larger`` than measurement error.
    week : int or None
        The last look that both sides could make: 4, 8 or 12.
    left_deg, right_deg, difference_deg : float or None
        Means of the recent days [°], extension positive, and right less left.
    threshold_deg : float or None
        What the difference must exceed in size [°].
    """

    verdict: str
    week: int | None = None
    left_deg: float | None = None
    right_deg: float | None = None
    difference_deg: float | None = None
    threshold_deg: float | None = None


def evenness(left: Change, right: Change) -> Evenness:
    """Return whether the sides differ by more than this person's measurement error.

    Parameters
    ----------
    left, right : Change
        The verdicts on both sides of one test and person.

    Raises
    ------
    ValueError
        When test or person differ, or a side is given twice.

    Notes
    -----
    The threshold is t · error · √(1/left days + 1/right days), with the larger error of the two sides.
    Student's t is that of the change verdict, over three looks at most 2.5 % false alarms, with the days of
    both baselines − 2. Both sides' days are taken as unrelated; a good day of both hips cancels in the
    difference, which makes the rule slower to say "larger". A mark that sits higher on one side looks
    like a difference.
    """
    if (left.test, left.person) != (right.test, right.person) or (left.side, right.side) != ("left", "right"):
        raise ValueError(
            "evenness needs the left and the right side of one test and person, got "
            f"{left.test} {left.side} {left.person!r} and {right.test} {right.side} {right.person!r}"
        )
    if "no_readings" in (left.verdict, right.verdict):
        return Evenness("one_side")
    pairs = list(zip(left.looks, right.looks, strict=True))
    known = [pair for pair in pairs if None not in (pair[0].threshold_deg, pair[1].threshold_deg)]
    if not known:
        over = any("waiting" not in (a.verdict, b.verdict) for a, b in pairs)
        return Evenness("unknown" if over else "waiting")
    one, other = known[-1]
    error = max(one.error_deg, other.error_deg)
    t = t_of_look(one.baseline_days + other.baseline_days - 2)
    threshold = t * error * math.sqrt(1 / one.recent_days + 1 / other.recent_days)
    difference = other.recent_deg - one.recent_deg
    verdict = "larger" if abs(difference) > threshold else "no_larger"
    return Evenness(verdict, one.week, one.recent_deg, other.recent_deg, difference, threshold)
