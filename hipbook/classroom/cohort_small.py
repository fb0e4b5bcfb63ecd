"""Nobody stands out: groups of fewer than five are left out, and counts are given to the nearest five."""

from __future__ import annotations

__all__ = ["LEAST_LEARNERS", "is_small", "nearest_five"]

LEAST_LEARNERS = 5  # our choice; a school may ask for more
STEP = 5


def is_small(learners: int) -> bool:
    """Say whether a number that fewer than five learners made must not be shown."""
    return learners < LEAST_LEARNERS


def nearest_five(learners: int) -> int:
    """Return a count as it may be shown: 0–2 are 0, 3–7 are 5, 8–12 are 10, and so on.

    Notes
    -----
    A count that is exact lets a reader subtract: of 30 learners 28 held something, so two did not. Of "30"
    and "30" nothing follows, and the parts of a whole need not add up to it.
    """
    return (learners + STEP // 2) // STEP * STEP
