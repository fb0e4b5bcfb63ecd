"""Who supplied the thigh's extra angle between two measured walking speeds: the pelvis's share of it.

Computed from the published curves as they are, not from the symmetric ones that the walker uses.
"""

from __future__ import annotations

import numpy as np

from hipbook import reference

__all__ = ["LEE_SHARE", "measured_pelvis_share"]

# Older less young walkers {lee2005}: tilt +4° for hip −4°; with standing taken off, +3° for −6°.
LEE_SHARE = (0.5, 1.0)
_PHASE = np.arange(1000) / 1000


def measured_pelvis_share(slower: str, faster: str) -> float:
    """Return how much of the thigh's extra angle the pelvis supplied from one measured speed to another.

    Parameters
    ----------
    slower, faster : str
        Two of `hipbook.motion.gait.WALKING_SPEEDS`.

    Returns
    -------
    float
        Share of the change of the peak thigh angle, at the moment of each peak; below 0 when the pelvis tips
        back, above 1 when the hip extends less.

    References
    ----------
    schwartz2008.
    """
    (thigh, tilt), (thigh_then, tilt_then) = (_peak(condition) for condition in (slower, faster))
    return (tilt_then - tilt) / (thigh_then - thigh)


def _peak(condition: str) -> tuple[float, float]:
    """Return a condition's largest thigh angle and the pelvic tilt then, in the laboratory's zero."""
    rows = {row["quantity"]: row for row in reference.gait_rows() if row["condition"] == condition}
    tilt = _evaluate(rows["anterior_pelvic_tilt"])
    thigh = tilt - _evaluate(rows["hip_flexion"])
    at = int(np.argmax(thigh))
    return float(thigh[at]), float(tilt[at])


def _evaluate(row: dict[str, str]) -> np.ndarray:
    total = np.full_like(_PHASE, float(row["a0_deg"]))
    for k in range(1, 11):
        turn = 2 * np.pi * k * _PHASE
        total += float(row[f"a{k}_deg"]) * np.cos(turn) + float(row[f"b{k}_deg"]) * np.sin(turn)
    return total
