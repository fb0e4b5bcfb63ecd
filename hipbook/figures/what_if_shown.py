"""What the what-if picture shows: each side's recent reading, its band, and the walks at both ends of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from hipbook.figures.extension_shown import readings_of, tests_in
from hipbook.motion.compensation import Summary, Walk, summary, walk
from hipbook.motion.from_measurement import HipBand, hip_band
from hipbook.motion.gait import WALKING_SPEEDS
from hipbook.progress.choice import EVERYTHING, Choice, ChoiceError
from hipbook.progress.measure import METHODS
from hipbook.progress.scatter import day_means
from hipbook.progress.tables import SIDES

__all__ = ["RECENT", "SPEEDS", "End", "SideWalks", "WhatIfShown", "thomas_tests", "usual", "what_if_shown"]

RECENT = 5  # the last days with readings, of which the mean is taken
SPEEDS = tuple(WALKING_SPEEDS)
LEG_M = 0.9  # any: only the share of the step that is left is shown


@dataclass(frozen=True, eq=False)
class End:
    """One end of a band: the walk of a hip that extends so far and no further, and what it comes to."""

    walk: Walk
    summary: Summary


@dataclass(frozen=True, eq=False)
class SideWalks:
    """One side: the mean of its last days [°], how many and which they are, its band and both ends."""

    reading_deg: float
    days: int
    first: dt.date
    last: dt.date
    band: HipBand
    low: End
    high: End


@dataclass(frozen=True, eq=False)
class WhatIfShown:
    """One Thomas test of one person, at one walking speed; ``part``: the log has readings beside these."""

    test: str
    speed: str
    sides: dict[str, SideWalks]
    usual: End
    part: bool


def what_if_shown(
    measurements: pd.DataFrame,
    *,
    speed: str = "free",
    until: dt.date | None = None,
    person: str = "",
    choice: Choice = EVERYTHING,
) -> WhatIfShown | None:
    """Return what is shown of a Thomas test: the one chosen, else that of most days; None without any.

    Parameters
    ----------
    measurements : DataFrame
        Rows of the measurements log.
    speed : str
        One of `SPEEDS`.
    until : date, optional
        Readings after it are left aside.
    person : str
        Whose readings; blank for the owner of the log.
    choice : Choice
        Which readings count.

    Raises
    ------
    ChoiceError
        When the speed is unknown.
    MeasureError
        When a column is missing or a value is not a number.
    """
    if speed not in SPEEDS:
        raise ChoiceError(f"speed must be one of {', '.join(SPEEDS)}, got {speed!r}")
    everything = readings_of(measurements, person)
    readings = choice.rows(everything)
    if until is not None:
        readings = readings[(readings["local_date"] <= pd.Timestamp(until)).to_numpy()]
    tests = thomas_tests(readings)
    test = choice.test if choice.test in tests else next(iter(tests), None)
    if test is None or (choice.test and choice.test != test):
        return None
    readings = readings[(readings["test"] == test).to_numpy()]
    sides = {}
    for side in SIDES:
        of_side = readings[(readings["side"] == side).to_numpy()]
        if len(of_side):
            recent = day_means(of_side).iloc[-RECENT:]
            reading_deg = float(recent.mean())
            band = hip_band(reading_deg)
            ends = (_end(speed, side, limit) for limit in band.limits_deg)
            first, last = (day.date() for day in (recent.index[0], recent.index[-1]))
            sides[side] = SideWalks(reading_deg, len(recent), first, last, band, *ends)
    return WhatIfShown(test, speed, sides, usual(speed), len(readings) < len(everything))


def thomas_tests(readings: pd.DataFrame) -> list[str]:
    """Return the tests that the model can take, the one read on most days first."""
    return [test for test in tests_in(readings) if test in METHODS and METHODS[test].position == "thomas"]


def usual(speed: str) -> End:
    """Return the walk of this speed that nothing limits."""
    return _end(speed, "both", None)


@lru_cache(maxsize=64)
def _end(speed: str, side: str, limit_deg: float | None) -> End:
    made = walk(WALKING_SPEEDS[speed], hip_extension_limit_deg=limit_deg, stiff_side=side)
    return End(made, summary(made, LEG_M))
