"""Readings of hip extension: from what a tape or a tool shows to degrees, and what zero means in each test.

One convention for every test: degrees, **extension positive**, and zero is the thigh level with the table
(goniometer: in line with the trunk that lies flat on it). Lying on the back (Thomas test), plus is a knee
below the hip; lying face down, plus is a knee above it. Tests and tools are never mixed: a goniometer and an
inclinometer differed by `TOOLS_DIFFER_DEG` on average {roach2013}.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial

from hipbook.motion.from_measurement import READING_DEG, number_within
from hipbook.reference import citation
from hipbook.strings import text

__all__ = [
    "METHODS",
    "PELVIS_WATCHED",
    "MeasureError",
    "Method",
    "describe_test",
    "name_of_test",
    "thomas_trig_deg",
    "tool_deg",
]

TOOLS_DIFFER_DEG = 3.2  # inclinometer and goniometer, hip extension, mean of 30 people {roach2013}
HEIGHT_CM = (5.0, 150.0)  # of hip and knee above the floor; our choice
THIGH_CM = (20.0, 70.0)  # hip mark to knee mark; our choice
PELVIS_WATCHED = "watched"  # in a reading's ``inputs["pelvis"]``, as the panel writes it


class MeasureError(ValueError):
    """A reading or a set of readings that makes no sense; one line with name, rule and value."""


_number = partial(number_within, error=MeasureError)


@dataclass(frozen=True)
class Method:
    """A test as the log names it: how one lies, with which tool, and the keys of its words."""

    position: str
    tool: str
    words: str
    zero: str


METHODS = {
    "thomas_trig": Method("thomas", "tape", "measure.test.thomas_trig", "measure.zero.thomas"),
    "thomas_goniometer": Method(
        "thomas", "goniometer", "measure.test.thomas_goniometer", "measure.zero.thomas_goniometer"
    ),
    "thomas_inclinometer": Method(
        "thomas", "inclinometer", "measure.test.thomas_inclinometer", "measure.zero.thomas"
    ),
    "thomas_phone": Method("thomas", "phone", "measure.test.thomas_phone", "measure.zero.thomas"),
    "prone_inclinometer": Method(
        "prone", "inclinometer", "measure.test.prone_inclinometer", "measure.zero.prone"
    ),
    "prone_phone": Method("prone", "phone", "measure.test.prone_phone", "measure.zero.prone"),
}
"""The tests by their name in the log's ``test`` column."""


def name_of_test(test: str) -> str:
    """Return a test's name in words; a test that `METHODS` does not have keeps its name."""
    return text(METHODS[test].words) if test in METHODS else test


def describe_test(test: str) -> str:
    """Return what a test is, what zero and plus mean in it, and that tests are not mixed.

    Raises
    ------
    MeasureError
        When `METHODS` has no such test.
    """
    if test not in METHODS:
        raise MeasureError(f"test must be one of {', '.join(METHODS)}, got {test!r}")
    method = METHODS[test]
    name = text(method.words)
    mixed = text("measure.never_mixed", difference=TOOLS_DIFFER_DEG, source=citation("roach2013"))
    return " ".join([f"{name[:1].upper()}{name[1:]}.", text(method.zero), mixed])


def thomas_trig_deg(hip_height_cm: float, knee_height_cm: float, thigh_length_cm: float) -> float:
    """Return hip extension by the trigonometric Thomas test: the slope of the thigh from two heights.

    Parameters
    ----------
    hip_height_cm, knee_height_cm : float
        Height of the hip mark (the bony point at the side of the hip) and of the knee mark (the bony point at
        the outer side of the knee) above the floor [cm], 5–150.
    thigh_length_cm : float
        From mark to mark [cm], 20–70.

    Returns
    -------
    float
        Degrees, −60…60: zero when both marks are level, positive when the knee is lower.

    Raises
    ------
    MeasureError
        When a value is outside its range, or the heights differ by more than a thigh at 60° allows (a thigh
        cannot be shorter than the difference; and near 90° a small error of length turns into many degrees).

    Notes
    -----
    asin((hip − knee) / thigh). At the level, 1 cm of height is 57.3°/thigh: 1.4° for 41.5 cm.

    References
    ----------
    wakefield2015 used the length and the vertical drop of the thigh, with ICC 0.90–0.95 between readings of
    one examiner and 0.91–0.94 between two. Only the abstract was read: which marks they took is not in it,
    the two above are our choice.

    Examples
    --------
    >>> round(thomas_trig_deg(84.0, 84.0, 41.5), 1)
    0.0
    >>> round(thomas_trig_deg(80.0, 60.0, 40.0), 1)
    30.0
    """
    hip = _number("hip_height_cm", hip_height_cm, *HEIGHT_CM)
    knee = _number("knee_height_cm", knee_height_cm, *HEIGHT_CM)
    thigh = _number("thigh_length_cm", thigh_length_cm, *THIGH_CM)
    most = thigh * math.sin(math.radians(READING_DEG[1]))
    if abs(hip - knee) > most:
        raise MeasureError(
            f"hip_height_cm and knee_height_cm must differ by at most {most:.1f} for a thigh of {thigh:g} cm "
            f"({READING_DEG[1]:g}°), got {abs(hip - knee):.1f}"
        )
    return math.degrees(math.asin((hip - knee) / thigh))


def tool_deg(raw_deg: float, *, level_deg: float = 0.0, flexion_positive: bool = False) -> float:
    """Return hip extension from the number that a goniometer, inclinometer or phone shows.

    Parameters
    ----------
    raw_deg : float
        The number on the tool [°], −180…180.
    level_deg : float
        What the same tool shows on the level table (goniometer: along the trunk), in the same units and sign.
    flexion_positive : bool
        Whether the tool counts upwards when the hip bends.

    Returns
    -------
    float
        Degrees from the test's own zero, −60…60, extension positive.

    Raises
    ------
    MeasureError
        Names the value and its range.
    """
    raw = _number("raw_deg", raw_deg, -180, 180) - _number("level_deg", level_deg, -180, 180)
    turned = (raw + 180) % 360 - 180  # a tool that counts through 180 still gives the short way round
    return _number("raw_deg less level_deg", -turned if flexion_positive and turned else turned, *READING_DEG)
