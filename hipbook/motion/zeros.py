"""One pose, several laboratories: the same thigh, counted from each laboratory's own zero of the pelvis.

Hip extension is the thigh against the *pelvis*, so whoever moves the pelvis's zero moves the number:
HE = T − (tilt − zero). The thigh against the vertical, T, stays. Signs as in `hipbook.motion.angles`.
``frontend/src/explorables/zeros.core.js`` is the twin of this file.
"""

from __future__ import annotations

__all__ = ["LANDMARKS_ZERO_DEG", "ZERO_DEG", "ZeroError", "laboratories"]

LANDMARKS_ZERO_DEG = 0.0  # the pelvis's bony points in front and behind are level
ZERO_DEG = (0.0, 20.0)  # what a laboratory may call zero here, in degrees of tilt of the bony points


class ZeroError(ValueError):
    """A zero that is not offered; the message names it, the rule and the value."""


def laboratories(
    thigh_behind_vertical_deg: float,
    landmark_tilt_deg: float,
    *,
    standing_tilt_deg: float,
    your_zero_deg: float,
) -> dict[str, dict[str, float]]:
    """Return what three laboratories write about one pose.

    Parameters
    ----------
    thigh_behind_vertical_deg : float
        T [°].
    landmark_tilt_deg : float
        Forward tilt of the pelvis by its bony points [°]; 10–11 in quiet standing (lee2005).
    standing_tilt_deg, your_zero_deg : float
        The tilt [°] that the standing laboratory and yours call zero.

    Returns
    -------
    dict of str to dict
        ``standing``, ``landmarks``, ``yours``; each with ``zero_deg``, ``pelvic_tilt_deg`` and
        ``hip_extension_deg``, whose last two always sum to T.

    Raises
    ------
    ZeroError
        When a zero is outside 0…20.
    """
    zeros = {
        "standing": _checked("standing_tilt_deg", standing_tilt_deg),
        "landmarks": LANDMARKS_ZERO_DEG,
        "yours": _checked("your_zero_deg", your_zero_deg),
    }
    return {
        name: {
            "zero_deg": zero,
            "pelvic_tilt_deg": landmark_tilt_deg - zero,
            "hip_extension_deg": thigh_behind_vertical_deg - (landmark_tilt_deg - zero),
        }
        for name, zero in zeros.items()
    }


def _checked(name: str, zero_deg: float) -> float:
    least, most = ZERO_DEG
    if not least <= zero_deg <= most:
        raise ZeroError(f"{name} must be between {least:g} and {most:g}, got {zero_deg}")
    return float(zero_deg)
