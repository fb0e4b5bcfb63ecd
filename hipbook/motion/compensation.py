"""What pelvis, low back and step take up when a hip extends less: one rule, two ways the pelvis may answer.

`walk` takes reference curves and the hip extension that this walker uses, and gives both legs, the pelvis and
the low back over a stride, with the ground under the feet. The three identities of `hipbook.motion.angles`
hold in it exactly. How much of the shortfall the pelvis takes up (``share``) is a choice, not a measurement.

``frontend/src/compensation.core.js`` is the twin of this file; ``frontend/golden/motion.json`` holds both to
the same numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from hipbook.motion import angles, walker
from hipbook.motion.gait import GaitCurves, check_leg_length, curves

__all__ = [
    "LEE_SHARE",
    "LIMIT_DEG",
    "PELVIS_MODES",
    "SHARE",
    "STIFF_SIDES",
    "CompensationError",
    "Leg",
    "Summary",
    "Walk",
    "soft_excess_deg",
    "summary",
    "walk",
]

PELVIS_MODES = ("held", "when_needed")
STIFF_SIDES = ("left", "right", "both")
LIMIT_DEG = (-10.0, 30.0)  # of the hip extension that a walker uses
# Older less young walkers {lee2005}: tilt +4° for hip −4°; with standing taken off, +3° for −6°.
LEE_SHARE = (0.5, 1.0)
SHARE = 0.75  # default: from free to very fast walking the pelvis supplied 77 % {schwartz2008}
_SOFT_DEG = 0.5  # half width of the soft corner: a drawing that does not jerk


class CompensationError(ValueError):
    """A setting of the walker that makes no sense; the message names it, its range and the value."""


@dataclass(frozen=True, eq=False)
class Leg:
    """One leg over a stride; arrays of shape (frames,), degrees, signs of `hipbook.motion.angles`."""

    hip_extension_deg: np.ndarray
    thigh_behind_vertical_deg: np.ndarray
    thigh_behind_torso_deg: np.ndarray
    knee_flexion_deg: np.ndarray
    ankle_dorsiflexion_deg: np.ndarray
    toe_extension_deg: np.ndarray


@dataclass(frozen=True, eq=False)
class Walk:
    """A walker over one stride, from the right foot's strike; the left leg is half a stride later.

    Attributes
    ----------
    curves : GaitCurves
        The unrestricted leg this walker was made from.
    hip_extension_limit_deg : float or None
        H; None means that nothing is restricted.
    stiff_side, pelvis : str
        One of `STIFF_SIDES`; one of `PELVIS_MODES`.
    share : float
        g, 0–1.
    phase : array, shape (frames,)
        Share of the stride.
    right, left : Leg
        Both legs at the same moments.
    anterior_pelvic_tilt_deg, lumbar_extension_deg, trunk_backward_lean_deg : array, shape (frames,)
        Degrees from standing.
    hip_height, ground_offset : array, shape (frames,)
        Statures: the hip joint above the floor, and how far the floor has gone backwards under it since
        the first frame.
    stride_length : float
        Statures: how far the floor goes in the whole stride.
    step_length : dict
        Statures, by the foot that lands (``left``, ``right``): from the other foot's print to this one's.
    """

    curves: GaitCurves
    hip_extension_limit_deg: float | None
    stiff_side: str
    share: float
    pelvis: str
    phase: np.ndarray
    right: Leg
    left: Leg
    anterior_pelvic_tilt_deg: np.ndarray
    lumbar_extension_deg: np.ndarray
    trunk_backward_lean_deg: np.ndarray
    hip_height: np.ndarray
    ground_offset: np.ndarray
    stride_length: float
    step_length: dict[str, float]


@dataclass(frozen=True)
class Summary:
    """What a walk comes to; degrees from standing, and centimetres for one leg length.

    Attributes
    ----------
    peak_hip_extension_deg, peak_thigh_behind_vertical_deg, peak_thigh_behind_torso_deg : dict
        By side: the largest value in the stride.
    peak_anterior_pelvic_tilt_deg, pelvis_range_deg : float
        The largest forward tilt, and the distance from the smallest to the largest.
    peak_lumbar_extension_deg, extra_lumbar_extension_deg : float
        The largest value, and how far it is beyond the unrestricted walker's largest.
    share_of_stride_beyond : float
        Share of the stride, 0–1, in which the low back is beyond the unrestricted walker's largest extension.
    step_length_cm, unrestricted_step_length_cm, step_length_percent : float or None
        Mean of both steps, what it is unrestricted, and the first as a percentage of the second. None for
        running: the file does not say how far the body flies.
    steps_cm : dict or None
        Each step, by the foot that lands.
    """

    peak_hip_extension_deg: dict[str, float]
    peak_thigh_behind_vertical_deg: dict[str, float]
    peak_thigh_behind_torso_deg: dict[str, float]
    peak_anterior_pelvic_tilt_deg: float
    pelvis_range_deg: float
    peak_lumbar_extension_deg: float
    extra_lumbar_extension_deg: float
    share_of_stride_beyond: float
    step_length_cm: float | None
    unrestricted_step_length_cm: float | None
    step_length_percent: float | None
    steps_cm: dict[str, float] | None


def soft_excess_deg(beyond_deg: np.ndarray) -> np.ndarray:
    """Return how much of ``x = HE − H`` a limit takes away: 0 below, x above, a parabola between.

    Parameters
    ----------
    beyond_deg : float or array
        How far the hip would go beyond the limit [degrees]; the parabola lies within half a degree of it.
    """
    x = np.asarray(beyond_deg, dtype=float)
    corner = (x + _SOFT_DEG) ** 2 / (4 * _SOFT_DEG)
    return np.where(x <= -_SOFT_DEG, 0.0, np.where(x >= _SOFT_DEG, x, corner))


def walk(
    of: GaitCurves | float,
    *,
    hip_extension_limit_deg: float | None,
    stiff_side: str = "both",
    share: float = SHARE,
    pelvis: str = "held",
) -> Walk:
    """Return a walker whose hip extends only so far.

    Parameters
    ----------
    of : GaitCurves or float
        Curves over a whole stride in even steps from 0, an even number of them; or a dimensionless walking
        speed. For other phases, give ``curves(speed, np.arange(n) / n)``.
    hip_extension_limit_deg : float or None
        H, the hip extension that this walker uses, counted from standing (−10…30); it is not a test result.
        None restricts nothing.
    stiff_side : {"left", "right", "both"}
        Whose hip is restricted.
    share : float
        g, 0–1: how much of the shortfall pelvis and low back take up; the rest shortens the step.
    pelvis : {"held", "when_needed"}
        Whether the pelvis stays tipped through the whole stride, or tips at the moment when a hip runs out.

    Returns
    -------
    Walk

    Raises
    ------
    CompensationError
        Names the setting, its range and the value.
    GaitError
        When a speed lies outside the data.
    """
    leg = of if isinstance(of, GaitCurves) else curves(of)
    _check(leg, hip_extension_limit_deg, stiff_side, share, pelvis)
    free = np.stack([leg.hip_extension_deg, _later(leg.hip_extension_deg)])  # right, left
    stiff = np.array([stiff_side in ("right", "both"), stiff_side in ("left", "both")])
    limit = np.where(
        stiff, math.inf if hip_extension_limit_deg is None else hip_extension_limit_deg, math.inf
    )
    hips, tip = _answer(free, limit[:, None], share, held=pelvis == "held")
    free_tilt, lean = _shared(leg.anterior_pelvic_tilt_deg), _shared(leg.trunk_backward_lean_deg)
    tilt = free_tilt + tip
    lumbar = angles.lumbar_extension_deg(tilt, lean)
    free_thighs = angles.thigh_behind_vertical_deg(free, free_tilt)
    thighs = angles.thigh_behind_vertical_deg(hips, tilt)
    knees = np.stack([leg.knee_flexion_deg, _later(leg.knee_flexion_deg)])
    ankles = np.stack([leg.ankle_dorsiflexion_deg, _later(leg.ankle_dorsiflexion_deg)])
    ankles = walker.level_ankles(free_thighs, thighs, knees, ankles)
    trod = walker.tread(thighs, knees, ankles, running=leg.running)
    torso = angles.thigh_behind_torso_deg(hips, lumbar)
    right, left = (Leg(*each) for each in zip(hips, thighs, torso, knees, ankles, trod.toes, strict=True))
    return Walk(
        leg, hip_extension_limit_deg, stiff_side, share, pelvis, leg.phase, right, left, tilt, lumbar, lean,
        trod.hip_height, trod.ground_offset, trod.stride_length, trod.step_length,
    )  # fmt: skip


def summary(of: Walk, leg_length_m: float) -> Summary:
    """Return what a walk comes to, beside the unrestricted walk at the same speed.

    Parameters
    ----------
    of : Walk
        As `walk` gives it.
    leg_length_m : float
        Hip joint to floor [m]; lengths of the drawn figure are scaled to it. Cadence is held, so a shorter
        step is also slower.
    """
    free = walk(of.curves, hip_extension_limit_deg=None)
    usual = free.lumbar_extension_deg.max()
    cm = 100 * check_leg_length(leg_length_m) / walker.LEG_LENGTH
    steps = {
        "step_length_cm": cm * of.stride_length / 2,
        "unrestricted_step_length_cm": cm * free.stride_length / 2,
        "step_length_percent": 100 * of.stride_length / free.stride_length,
        "steps_cm": {side: cm * length for side, length in of.step_length.items()},
    }
    legs = {"left": of.left, "right": of.right}
    peaks = {
        f"peak_{name}": {side: float(getattr(leg, name).max()) for side, leg in legs.items()}
        for name in ("hip_extension_deg", "thigh_behind_vertical_deg", "thigh_behind_torso_deg")
    }
    return Summary(
        **peaks,
        peak_anterior_pelvic_tilt_deg=float(of.anterior_pelvic_tilt_deg.max()),
        pelvis_range_deg=float(np.ptp(of.anterior_pelvic_tilt_deg)),
        peak_lumbar_extension_deg=float(of.lumbar_extension_deg.max()),
        extra_lumbar_extension_deg=float(of.lumbar_extension_deg.max() - usual),
        share_of_stride_beyond=float(np.mean(of.lumbar_extension_deg > usual + 1e-9)),
        **(dict.fromkeys(steps) if of.curves.running else steps),
    )


def _answer(
    free: np.ndarray, limit: np.ndarray, share: float, *, held: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Return both hips' extension, shape (2, frames), and how much further the pelvis tips, (frames,)."""
    short = soft_excess_deg(free - limit)
    if held:
        tip = share * short.max()
        return free - tip - soft_excess_deg(free - tip - limit), np.full(free.shape[1], tip)
    return free - short - share * short[::-1], share * short.sum(axis=0)


def _shared(values: np.ndarray) -> np.ndarray:
    """Return what one pelvis or trunk does that serves two equal legs: the mean of both half strides."""
    return (values + _later(values)) / 2


def _later(values: np.ndarray) -> np.ndarray:
    return np.roll(values, -(len(values) // 2))


def _check(leg: GaitCurves, limit: float | None, stiff_side: str, share: float, pelvis: str) -> None:
    count = leg.phase.size
    if leg.phase.ndim != 1 or count < 20 or count % 2 or not np.allclose(leg.phase, np.arange(count) / count):
        raise CompensationError(
            "of must hold a whole stride in even steps from 0, an even number of them, 20 or more, "
            f"got {count} phases"
        )
    if limit is not None:
        _number("hip_extension_limit_deg", limit, *LIMIT_DEG)
    _number("share", share, 0.0, 1.0)
    for name, value, allowed in (("stiff_side", stiff_side, STIFF_SIDES), ("pelvis", pelvis, PELVIS_MODES)):
        if value not in allowed:
            raise CompensationError(f"{name} must be one of {', '.join(allowed)}, got {value!r}")


def _number(name: str, value: float, least: float, most: float) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float | np.number) or not math.isfinite(value):
        raise CompensationError(f"{name} must be a finite number, got {value!r}")
    if not least <= value <= most:
        raise CompensationError(f"{name} must be between {least:g} and {most:g}, got {value:g}")
