"""Reference curves of one leg over a stride: walking at any speed between the measured ones, and running.

``phase`` is the share of the gait cycle from that leg's foot strike (0–1, repeats outside). Angles are in
degrees with the signs of `hipbook.motion.angles`, counted from quiet standing. Speed is dimensionless,
``v / √(g L)`` with L the length of the leg; `speed_m_per_s` and `speed_km_per_h` give it for one leg length.

``frontend/src/gait.core.js`` is the twin of this file. Python hands it the coefficients (`reference_data`);
``frontend/golden/motion.json`` holds both to the same numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np

from hipbook import reference
from hipbook.motion import angles

__all__ = [
    "FRAMES",
    "GRAVITY_M_PER_S2",
    "STANDING_TILT_DEG",
    "STRIDE",
    "TORSO_ZONE_DEG",
    "WALKING_SPEEDS",
    "GaitCurves",
    "GaitError",
    "Peak",
    "check_leg_length",
    "curves",
    "dimensionless_speed",
    "peak",
    "pelvis_share",
    "reference_data",
    "running_curves",
    "speed_km_per_h",
    "speed_m_per_s",
]

GRAVITY_M_PER_S2 = 9.80665  # standard gravity
STANDING_TILT_DEG = 10.5  # pelvis in quiet standing, in the zero of the walking curves: 10–11 in {lee2005}
TORSO_ZONE_DEG = (15.0, 20.0)  # how far behind the torso the article wants the thigh to go in walking
WALKING_SPEEDS = MappingProxyType(  # dimensionless, the five conditions of {schwartz2008}
    {"very_slow": 0.172, "slow": 0.290, "free": 0.429, "fast": 0.560, "very_fast": 0.694}
)
FRAMES = 200  # of one stride, where a whole stride is needed
STRIDE = np.arange(FRAMES) / FRAMES
STRIDE.setflags(write=False)

_FINE = np.arange(2000) / 2000  # where a tilt is read at the very moment of a peak
_HARMONICS = 10
_LEG_LENGTH_M = (0.3, 1.3)
_QUANTITIES = (
    "hip_extension_deg",
    "anterior_pelvic_tilt_deg",
    "knee_flexion_deg",
    "ankle_dorsiflexion_deg",
    "trunk_backward_lean_deg",
)


class GaitError(ValueError):
    """A speed, phase or leg length that the reference curves do not cover; names value and range."""


@dataclass(frozen=True, eq=False)
class GaitCurves:
    """One leg, the pelvis and the trunk over phases of the stride; every array has the shape of ``phase``.

    Attributes
    ----------
    speed : float or None
        Dimensionless walking speed; None for running.
    phase : array
        Share of the gait cycle from foot strike.
    hip_extension_deg, anterior_pelvic_tilt_deg, knee_flexion_deg, ankle_dorsiflexion_deg, \
trunk_backward_lean_deg : array
        Degrees from quiet standing; each is positive in the direction that its name says.
    """

    speed: float | None
    phase: np.ndarray
    hip_extension_deg: np.ndarray
    anterior_pelvic_tilt_deg: np.ndarray
    knee_flexion_deg: np.ndarray
    ankle_dorsiflexion_deg: np.ndarray
    trunk_backward_lean_deg: np.ndarray

    @property
    def running(self) -> bool:
        """Whether this is the running file."""
        return self.speed is None

    @property
    def lumbar_extension_deg(self) -> np.ndarray:
        """Trunk against pelvis: LE = APT + BL [degrees]."""
        return angles.lumbar_extension_deg(self.anterior_pelvic_tilt_deg, self.trunk_backward_lean_deg)

    @property
    def thigh_behind_vertical_deg(self) -> np.ndarray:
        """Thigh against the vertical: T = HE + APT [degrees]."""
        return angles.thigh_behind_vertical_deg(self.hip_extension_deg, self.anterior_pelvic_tilt_deg)

    @property
    def thigh_behind_torso_deg(self) -> np.ndarray:
        """Thigh against the trunk: TT = HE + LE [degrees]."""
        return angles.thigh_behind_torso_deg(self.hip_extension_deg, self.lumbar_extension_deg)


@dataclass(frozen=True)
class Peak:
    """The moment when the thigh is furthest behind the vertical, and every angle [degrees] then."""

    phase: float
    thigh_behind_vertical_deg: float
    thigh_behind_torso_deg: float
    hip_extension_deg: float
    anterior_pelvic_tilt_deg: float
    lumbar_extension_deg: float


def curves(speed: float, phase: np.ndarray = STRIDE) -> GaitCurves:
    """Return the mean walking curves at a speed.

    Parameters
    ----------
    speed : float
        Dimensionless, between the slowest and the fastest of `WALKING_SPEEDS`; the coefficients of the two
        measured speeds around it are mixed in a straight line.
    phase : array
        Shares of the gait cycle, any shape; a whole stride of `FRAMES` when left out.

    Returns
    -------
    GaitCurves
        The trunk is taken as upright: its lean was not measured.

    Raises
    ------
    GaitError
        When the speed lies outside the data, or a value is not finite.

    References
    ----------
    schwartz2008 (children; standing zero from lee2005).
    """
    walking = reference_data()["walking"]
    slowest, fastest = walking[0]["speed"], walking[-1]["speed"]
    if not slowest <= _finite("speed", speed) <= fastest:
        raise GaitError(f"speed must be between {slowest:g} and {fastest:g} (dimensionless), got {speed:g}")
    upper = max(1, next(k for k, known in enumerate(walking) if speed <= known["speed"]))
    below, above = walking[upper - 1], walking[upper]
    share = (speed - below["speed"]) / (above["speed"] - below["speed"])
    mixed = {
        name: {
            part: (1 - share) * np.array(below[name][part]) + share * np.array(above[name][part])
            for part in ("cos_deg", "sin_deg")
        }
        for name in _QUANTITIES
    }
    return _evaluate(float(speed), mixed, phase)


def running_curves(phase: np.ndarray = STRIDE) -> GaitCurves:
    """Return the curves of one runner on a treadmill: an illustration, not a norm.

    Parameters
    ----------
    phase : array
        As in `curves`.

    Notes
    -----
    The pelvis zero of this file is unknown; it is set so that peak hip extension equals that of very fast
    walking, because 73 runners extended the hip no further in running than in walking (franz2009).

    References
    ----------
    hamner2010 (one runner, 26 strides).
    """
    return _evaluate(None, reference_data()["running"], phase)


def peak(of: GaitCurves) -> Peak:
    """Return the moment when the thigh is furthest behind the vertical.

    Parameters
    ----------
    of : GaitCurves
        Curves over phases of shape (n,).
    """
    at = int(np.argmax(of.thigh_behind_vertical_deg))
    return Peak(**{name: float(getattr(of, name)[at]) for name in Peak.__dataclass_fields__})


def pelvis_share(slower: float, faster: float) -> float:
    """Return how much of the thigh's extra angle the pelvis supplies from one walking speed to another.

    Parameters
    ----------
    slower, faster : float
        Dimensionless speeds, not equal.

    Returns
    -------
    float
        Share of the change of the peak thigh angle; below 0 when the pelvis tips back, above 1 when the hip
        extends less.
    """
    before, after = peak(curves(slower, _FINE)), peak(curves(faster, _FINE))
    gained = after.thigh_behind_vertical_deg - before.thigh_behind_vertical_deg
    if gained == 0:
        raise GaitError(f"slower and faster must differ, got {slower:g} twice")
    return (after.anterior_pelvic_tilt_deg - before.anterior_pelvic_tilt_deg) / gained


def speed_m_per_s(speed: float, leg_length_m: float) -> float:
    """Return a dimensionless speed in metres a second for a leg length [m]: ``speed · √(g L)``."""
    return _finite("speed", speed) * math.sqrt(GRAVITY_M_PER_S2 * check_leg_length(leg_length_m))


def speed_km_per_h(speed: float, leg_length_m: float) -> float:
    """Return a dimensionless speed in kilometres an hour for a leg length [m]."""
    return 3.6 * speed_m_per_s(speed, leg_length_m)


def dimensionless_speed(speed_m_per_s: float, leg_length_m: float) -> float:
    """Return a speed [m/s] without its dimension for a leg length [m]: ``speed / √(g L)``."""
    return _finite("speed_m_per_s", speed_m_per_s) / math.sqrt(
        GRAVITY_M_PER_S2 * check_leg_length(leg_length_m)
    )


@cache
def reference_data() -> dict:
    """Return the coefficients in this model's signs and zero, as the browser's twin takes them.

    Returns
    -------
    dict
        ``walking`` (a list, slowest first, each with ``name`` and ``speed``) and ``running``; in each, by
        quantity, ``cos_deg`` and ``sin_deg`` of harmonics 0–10. Also ``standing_tilt_deg``,
        ``torso_zone_deg``, ``frames`` and the source keys. Do not change it: it is kept.

    """
    by_condition: dict[str, dict] = {}
    for row in reference.gait_rows():
        by_condition.setdefault(row["condition"], {})[row["quantity"]] = row
    walking = [
        {"name": name, "speed": speed} | _model_series(by_condition[name], STANDING_TILT_DEG)
        for name, speed in WALKING_SPEEDS.items()
    ]
    own_zero = _evaluate(None, _model_series(by_condition["treadmill"], 0.0), STRIDE)
    fastest = _evaluate(None, walking[-1], STRIDE)
    tilt_zero = float(fastest.hip_extension_deg.max() - own_zero.hip_extension_deg.max())
    return {
        "walking": walking,
        "running": _model_series(by_condition["treadmill"], tilt_zero),
        "standing_tilt_deg": STANDING_TILT_DEG,
        "running_tilt_zero_deg": tilt_zero,
        "torso_zone_deg": list(TORSO_ZONE_DEG),
        "frames": FRAMES,
        "sources": {"walking": by_condition["free"]["hip_flexion"]["source_key"],
                    "running": by_condition["treadmill"]["hip_flexion"]["source_key"]},
    }  # fmt: skip


def _model_series(quantities: dict[str, dict[str, str]], tilt_zero_deg: float) -> dict[str, dict]:
    """Return one condition's series with extension positive and the pelvis counted from its zero."""
    flexion, tilt = _series(quantities["hip_flexion"]), _series(quantities["anterior_pelvic_tilt"])
    lean = np.zeros_like(tilt)
    if "lumbar_extension" in quantities:
        lean = _series(quantities["lumbar_extension"]) - tilt
    zero = np.zeros_like(tilt)
    zero[0, 0] = tilt_zero_deg
    series = {
        "hip_extension_deg": zero - flexion,
        "anterior_pelvic_tilt_deg": tilt - zero,
        "knee_flexion_deg": _series(quantities["knee_flexion"]),
        "ankle_dorsiflexion_deg": _series(quantities["ankle_dorsiflexion"]),
        "trunk_backward_lean_deg": lean,
    }
    return {name: {"cos_deg": of[0].tolist(), "sin_deg": of[1].tolist()} for name, of in series.items()}


def _series(row: dict[str, str]) -> np.ndarray:
    """Return the coefficients of one row, shape (2, 11): cosines and sines of harmonics 0–10."""
    orders = range(_HARMONICS + 1)
    return np.array([[float(row.get(f"{part}{k}_deg", 0.0)) for k in orders] for part in "ab"])


def _evaluate(speed: float | None, series: dict, phase: np.ndarray) -> GaitCurves:
    phase = np.asarray(phase, dtype=float)
    if not np.all(np.isfinite(phase)):
        raise GaitError(f"phase must be finite shares of the gait cycle, got {phase[~np.isfinite(phase)][0]}")
    values = {}
    for name in _QUANTITIES:
        total = np.zeros_like(phase)
        for k in range(_HARMONICS + 1):
            turn = 2 * math.pi * k * phase
            total = total + (
                series[name]["cos_deg"][k] * np.cos(turn) + series[name]["sin_deg"][k] * np.sin(turn)
            )
        values[name] = total
    return GaitCurves(speed=speed, phase=phase, **values)


def _finite(name: str, value: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | np.number) or not math.isfinite(value):
        raise GaitError(f"{name} must be a finite number, got {value!r}")
    return float(value)


def check_leg_length(value: float) -> float:
    """Return a leg length [m], hip joint to floor, or refuse what no walker has (outside 0.3–1.3).

    Raises
    ------
    GaitError
        Names the value and the range.
    """
    least, most = _LEG_LENGTH_M
    if not least <= _finite("leg_length_m", value) <= most:
        raise GaitError(f"leg_length_m must be between {least:g} and {most:g}, got {value:g}")
    return float(value)
