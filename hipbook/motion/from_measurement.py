"""What if my hips walked so: from a reading on the table to the band of hip extension for the model.

A reading does not say how a person walks. In a Thomas test the pelvis is tucked, so the thigh stands higher
than the same hip would let it in standing. How far it was tucked is seldom known: hence a band, and never one
number.
Signs as in `hipbook.motion.angles`: extension and forward tilt are positive, zero is quiet standing.
"""

from __future__ import annotations

import math
import numbers
from dataclasses import dataclass

from hipbook.motion.compensation import LIMIT_DEG

__all__ = [
    "FINDINGS",
    "READING_DEG",
    "TUCK_DEG",
    "Finding",
    "FromMeasurementError",
    "HipBand",
    "hip_band",
    "number_within",
]

TUCK_DEG = 15.0  # most that we take the pelvis to be tucked when nobody measured it; our assumption
READING_DEG = (-60.0, 60.0)  # a Thomas reading, thigh below the level; our choice, wider than any norm
TILT_DEG = (-45.0, 45.0)  # forward tilt of the pelvis during the test, against standing; our choice


class FromMeasurementError(ValueError):
    """A reading that makes no sense; the message names it, its range and the value."""


@dataclass(frozen=True)
class HipBand:
    """Hip extension counted from standing, as far as a reading tells it.

    Attributes
    ----------
    low_deg, high_deg : float
        Ends of the band [°]; equal when the pelvis's tilt was measured.
    assumed : bool
        Whether the width is our assumption (`TUCK_DEG`).
    """

    low_deg: float
    high_deg: float
    assumed: bool

    @property
    def limits_deg(self) -> tuple[float, float]:
        """Both ends as the model takes them: kept inside −10…30."""
        least, most = LIMIT_DEG
        return tuple(min(max(end, least), most) for end in (self.low_deg, self.high_deg))

    @property
    def cut(self) -> bool:
        """Whether the band reaches beyond what the model takes."""
        return self.limits_deg != (self.low_deg, self.high_deg)


@dataclass(frozen=True)
class Finding:
    """A study that set passive range beside movement.

    Attributes
    ----------
    source_key : str
        As in data/reference/references.bib.
    n : int
        People whose passive range was measured or stretched; for moreside2013 all four groups.
    passive_range_told : {"no", "partly"}
        Whether passive range, or its gain, showed up in the movement.
    words : str
        Key of the sentence.
    """

    source_key: str
    n: int
    passive_range_told: str
    words: str


FINDINGS = (
    Finding("schache2000", 14, "no", "from_measurement.finding.schache2000"),
    Finding("mettler2019", 20, "no", "from_measurement.finding.mettler2019"),
    Finding("moreside2013", 24, "no", "from_measurement.finding.moreside2013"),
    Finding("watt2011b", 33, "no", "from_measurement.finding.watt2011b"),
    Finding("watt2011a", 43, "partly", "from_measurement.finding.watt2011a"),
)
"""What must stand beside any such figure; the one that partly disagrees stands last."""


def hip_band(reading_deg: float, *, pelvic_tilt_deg: float | None = None) -> HipBand:
    """Return the hip extension, counted from standing, that a flat-back Thomas reading leaves open.

    Parameters
    ----------
    reading_deg : float
        Thigh below the level [°], −60…60; negative when the knee is above the hip.
    pelvic_tilt_deg : float, optional
        Forward tilt of the pelvis during the test, against the same person's standing [°], −45…45; a tucked
        pelvis is negative. Left out when nobody measured it.

    Returns
    -------
    HipBand
        With the tilt, ``reading − tilt`` at both ends; without, from the reading to the reading + 15°.

    Raises
    ------
    FromMeasurementError
        Names the value, its range and what was given.

    Notes
    -----
    Lying, the level stands for the vertical of standing, so T = HE + APT becomes HE = reading − tilt.

    Examples
    --------
    >>> hip_band(-3)
    HipBand(low_deg=-3.0, high_deg=12.0, assumed=True)
    >>> hip_band(-3, pelvic_tilt_deg=-8)
    HipBand(low_deg=5.0, high_deg=5.0, assumed=False)
    """
    reading = number_within("reading_deg", reading_deg, *READING_DEG)
    if pelvic_tilt_deg is None:
        return HipBand(reading, reading + TUCK_DEG, assumed=True)
    hip = reading - number_within("pelvic_tilt_deg", pelvic_tilt_deg, *TILT_DEG)
    return HipBand(hip, hip, assumed=False)


def number_within(
    name: str, value: float, least: float, most: float, error: type[ValueError] = FromMeasurementError
) -> float:
    """Return a finite number from least to most, or raise ``error`` with its name, its rule and the value."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not math.isfinite(value):
        raise error(f"{name} must be a finite number, got {value!r}")
    if not least <= value <= most:
        raise error(f"{name} must be between {least:g} and {most:g}, got {value:g}")
    return float(value)
