"""Ball and socket from the side: what was measured in cadavers, and the drawing that shows it to scale.

Lengths are in millimetres from the resting centre of the ball, x forward, y up. The outline is a drawing
choice of ours (a ball of 48 mm, a capsule band like a rope around it); measured are only the glide and the
strain at maximal extension. ``frontend/src/explorables/ball_and_socket.core.js`` is the twin of this file;
``frontend/golden/explorables.json`` holds both to the same numbers.
"""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = [
    "BALL_RADIUS_MM",
    "DIRECTIONS",
    "SocketError",
    "capsule_band",
    "check",
    "femur_outline",
    "glide_mm",
    "measured",
    "slack",
]

# force on the ball [N] → glide from back to front [mm], means of 12 hips (harding2003)
MEASURED_GLIDE = ((89.0, 0.57), (178.0, 0.93), (267.0, 1.20), (356.0, 1.52))
SINGLE_HIPS_MM = (0.04, 2.90)  # least and most of any hip (harding2003)
GLIDE_HIPS = 12
STRAIN_AT_END = 0.0186  # of the lower iliofemoral band at maximal extension, 8 specimens (hidaka2014)
STRAIN_SPECIMENS = 8
GLIDE_SOURCE, STRAIN_SOURCE = "harding2003", "hidaka2014"
NEWTONS_PER_KG = 9.80665

# drawing choices of ours
BALL_RADIUS_MM = 24.0
EXTENSION_DEG = (-20.0, 20.0)  # the last is drawn as maximal extension
RIM = (31.0, 15.0)  # where the band leaves the pelvis
ON_FEMUR = (15.0, -38.0)  # where it reaches the femur, in the femur's own frame
WRAP_RADIUS_MM = 26.0
FOLDS, BAND_POINTS = 3, 60
FEMUR = (
    (15.0, -17.0), (13.0, -29.0), (16.0, -39.0), (14.5, -56.0), (13.0, -112.0), (-13.0, -112.0),
    (-14.0, -62.0), (-21.0, -47.0), (-19.0, -33.0), (-15.0, -18.0),
)  # fmt: skip

DIRECTIONS = {"forward": (1.0, 0.0), "down": (0.0, -1.0)}  # only the first was measured


class SocketError(ValueError):
    """A setting that the drawing does not have; the message names it, the rule and the value."""


def measured() -> dict[str, Any]:
    """Return what the browser needs to know: the measured numbers, by name."""
    return {
        "glide": [list(pair) for pair in MEASURED_GLIDE],
        "glide_hips": GLIDE_HIPS,
        "single_hips_mm": list(SINGLE_HIPS_MM),
        "strain_at_end": STRAIN_AT_END,
        "strain_specimens": STRAIN_SPECIMENS,
    }


def check(*, hip_extension_deg: float, force_n: float, direction: str) -> None:
    """Refuse what the drawing does not have.

    Raises
    ------
    SocketError
        Names the setting, its range and the value.
    """
    _checked(hip_extension_deg)
    glide_mm(force_n)
    if direction not in DIRECTIONS:
        raise SocketError(f"direction must be one of {', '.join(DIRECTIONS)}, got {direction!r}")


def glide_mm(force_n: float) -> float:
    """Return how far the ball glides under a force, by straight lines between the measured means.

    Parameters
    ----------
    force_n : float
        0 to 356 [N]. From 0 to 89 N nothing was measured: the line there is ours.

    Returns
    -------
    float
        Millimetres, from back to front.

    Raises
    ------
    SocketError
        Outside 0…356.

    Examples
    --------
    >>> glide_mm(89)
    0.57
    """
    forces, glides = zip((0.0, 0.0), *MEASURED_GLIDE, strict=True)
    if not 0 <= force_n <= forces[-1]:
        raise SocketError(f"force_n must be between 0 and {forces[-1]:g}, got {force_n}")
    return float(np.interp(force_n, forces, glides))


def femur_outline(hip_extension_deg: float) -> np.ndarray:
    """Return the control points of the thigh bone's outline below the ball, shape (k, 2)."""
    return _turned(np.array(FEMUR), _checked(hip_extension_deg))


def slack(hip_extension_deg: float) -> float:
    """Return the share of the drawn band that is slack: above 0 it hangs in folds, 0 and below it is taut."""
    return 1 - _length(_shortest(_checked(hip_extension_deg))) / _rest_length()


def capsule_band(hip_extension_deg: float) -> np.ndarray:
    """Return the middle line of the band at the front of the capsule, pelvis first.

    Parameters
    ----------
    hip_extension_deg : float
        −20 to 20, extension positive.

    Returns
    -------
    array, shape (60, 2)
        A rope of one length: in folds while it is longer than its way, around the ball when it is taut.
    """
    points = _shortest(_checked(hip_extension_deg))
    along = np.gradient(points, axis=0)
    along /= np.hypot(*along.T)[:, None]
    outward = np.stack([-along[:, 1], along[:, 0]], axis=-1)
    folds = np.sin(FOLDS * np.pi * np.linspace(0, 1, BAND_POINTS))[:, None] ** 2
    low, high = 0.0, 30.0
    for _ in range(40):
        deep = (low + high) / 2
        low, high = (low, deep) if _length(points + deep * folds * outward) > _rest_length() else (deep, high)
    return points + (low * folds * outward if slack(hip_extension_deg) > 0 else 0)


def _checked(hip_extension_deg: float) -> float:
    least, most = EXTENSION_DEG
    if not least <= hip_extension_deg <= most:
        raise SocketError(
            f"hip_extension_deg must be between {least:g} and {most:g}, got {hip_extension_deg}"
        )
    return float(hip_extension_deg)


def _turned(points: np.ndarray, extension_deg: float) -> np.ndarray:
    c, s = np.cos(np.radians(extension_deg)), np.sin(np.radians(extension_deg))
    return points @ np.array([[c, -s], [s, c]])


def _shortest(extension_deg: float) -> np.ndarray:
    """Return the taut way from the rim, around the front of the ball, to the femur."""
    start, end = np.array(RIM), _turned(np.array(ON_FEMUR), extension_deg)
    leaves = np.arctan2(start[1], start[0]) - np.arccos(WRAP_RADIUS_MM / np.hypot(*start))
    lands = np.arctan2(end[1], end[0]) + np.arccos(WRAP_RADIUS_MM / np.hypot(*end))
    corners = [start, end]
    if leaves > lands:
        turn = np.linspace(leaves, lands, 25)
        corners = [start, *(WRAP_RADIUS_MM * np.stack([np.cos(turn), np.sin(turn)], axis=-1)), end]
    corners = np.array(corners)
    gone = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
    even = np.linspace(0, gone[-1], BAND_POINTS)
    return np.stack([np.interp(even, gone, corners[:, axis]) for axis in (0, 1)], axis=-1)


def _length(points: np.ndarray) -> float:
    return float(np.hypot(*np.diff(points, axis=0).T).sum())


def _rest_length() -> float:
    return _length(_shortest(EXTENSION_DEG[1])) / (1 + STRAIN_AT_END)
