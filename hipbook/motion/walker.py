"""A walker on the ground: which foot carries, how high the hip is, how far the floor has gone, and the pose.

The hip stays above x = 0 and the floor goes backwards under it, as on a treadmill: a foot that carries does
not slide on that floor, and no foot sinks into it. Lengths are in statures. Knees follow the measured curves;
how ankles, toes, arms and the runner's flight answer is a drawing choice of ours, said where it is made.

``frontend/src/walker.core.js`` is the twin of this file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hipbook.motion.skeleton import STANDING, TOE, skeleton_points

if TYPE_CHECKING:
    from hipbook.motion.compensation import Walk

__all__ = ["LEG_LENGTH", "Tread", "ground_at", "level_ankles", "tread", "walker_pose"]

LEG_LENGTH = STANDING["y"]  # of the drawn figure, hip joint to floor [statures]
FLIGHT_FROM = 0.28  # share of the running stride at which the drawn leg is longest: there it leaves the floor
FLIGHT_RISE = 0.015  # statures; what falls in a fifth of a 0.7 s stride, for a figure of 1.7 m

# The arm swings with the other leg, by this share of the thigh's angle; the elbow's bend [degrees].
ARM_SHARE, ELBOW_DEG, RUNNING_ELBOW_DEG = 0.6, 18.0, 85.0

_NAMES = (("near", "heel"), ("near", "ball"), ("far", "heel"), ("far", "ball"))  # near is the right leg


@dataclass(frozen=True, eq=False)
class Tread:
    """Feet on the floor over a stride: arrays of shape (frames,), lengths in statures.

    ``toes`` has shape (2, frames), right and left [degrees]; ``step_length`` is by the foot that lands.
    """

    hip_height: np.ndarray
    ground_offset: np.ndarray
    stride_length: float
    step_length: dict[str, float]
    toes: np.ndarray


def level_ankles(
    free_thighs_deg: np.ndarray, thighs_deg: np.ndarray, knees_deg: np.ndarray, ankles_deg: np.ndarray
) -> np.ndarray:
    """Return ankles that keep a sole flat where the unrestricted one was.

    A thigh that stays further forward would lift the front of the carrying foot; the ankle gives way instead.

    Parameters
    ----------
    free_thighs_deg, thighs_deg : array, shape (2, frames)
        Thigh behind vertical, unrestricted and as walked.
    knees_deg, ankles_deg : array, shape (2, frames)
        Knee flexion and ankle dorsiflexion as measured.

    Returns
    -------
    array, shape (2, frames)
        Dorsiflexion [degrees]; unchanged where the thighs are.
    """
    lowest = np.minimum(free_thighs_deg + knees_deg - ankles_deg, 0.0)
    return ankles_deg - np.maximum(lowest - (thighs_deg + knees_deg - ankles_deg), 0.0)


def tread(thighs_deg: np.ndarray, knees_deg: np.ndarray, ankles_deg: np.ndarray, *, running: bool) -> Tread:
    """Put two legs on the floor, frame by frame.

    Parameters
    ----------
    thighs_deg, knees_deg, ankles_deg : array, shape (2, frames)
        Thigh behind vertical, knee flexion, ankle dorsiflexion; right, left; an even number of frames.
    running : bool
        Walking: the lowest point of either foot carries. Running: each foot carries from its strike until
        `FLIGHT_FROM` later, then the body flies.
    """
    angles = zip(("near", "far"), thighs_deg, knees_deg, ankles_deg, strict=True)
    legs = {
        f"{side}_{joint}_deg": of
        for side, *values in angles
        for joint, of in zip(("hip_extension", "knee_flexion", "ankle_dorsiflexion"), values, strict=True)
    }
    points = skeleton_points({"x": 0.0, "y": 0.0} | legs)
    x, y = np.moveaxis(np.stack([points[f"{side}_{name}"] for side, name in _NAMES]), -1, 0)
    carries, height, moved = _run(x, y) if running else _walk(x, y)
    offset = np.concatenate([[0.0], np.cumsum(moved)])
    pitch = thighs_deg + knees_deg - ankles_deg
    clear = np.clip((height + y[1::2]) / TOE, 0.0, 1.0)
    toes = np.maximum(pitch - np.degrees(np.arcsin(clear)), 0.0)
    return Tread(height, offset[:-1], float(offset[-1]), _steps(carries, offset, x), toes)


def _walk(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return which point carries at each frame, the hip's height, and what the floor moves until the next."""
    frames = np.arange(x.shape[1])
    now = np.argmin(y, axis=0)
    then = np.roll(now, -1)
    after = np.roll(y, -1, axis=1)
    gap_now = y[then, frames] - y[now, frames]
    gap_then = after[now, frames] - after[then, frames]
    both = gap_now + gap_then
    until = np.divide(
        gap_now, both, out=np.full_like(both, 0.5), where=both > 0
    )  # when the load changes over
    back = x - np.roll(x, -1, axis=1)
    return now, -y.min(axis=0), until * back[now, frames] + (1 - until) * back[then, frames]


def _run(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what `_walk` does, with a flight between the steps at the speed of the foot before it."""
    count = x.shape[1]
    frames, half = np.arange(count), count // 2
    left = frames >= half
    own = np.where(left, y[2:].argmin(axis=0) + 2, y[:2].argmin(axis=0))
    into = (frames % half) / count
    stance = into < FLIGHT_FROM
    back = (x - np.roll(x, -1, axis=1))[own, frames]
    contact = -y[own, frames]
    height, moved = contact.copy(), back.copy()
    for first in (0, half):
        last = first + int(np.flatnonzero(stance[first : first + half])[-1])
        air = np.arange(last + 1, first + half)
        share = (air - last) / (first + half - last)
        landing = contact[(first + half) % count]
        arc = (1 - share) * contact[last] + share * landing + 4 * FLIGHT_RISE * share * (1 - share)
        height[air] = np.maximum(arc, -y[:, air].min(axis=0))
        moved[last : first + half] = back[first:last].mean()
    return own, height, moved


def _steps(carries: np.ndarray, offset: np.ndarray, x: np.ndarray) -> dict[str, float]:
    """Return the distance from the other heel's print to that of the foot that lands."""
    is_left = carries >= 2
    prints = []
    for heel, own in ((0, ~is_left), (2, is_left)):
        lands = np.flatnonzero(own & ~np.roll(own, 1))[0]
        prints.append(offset[lands] + x[heel, lands])
    forward = prints[1] - prints[0]
    return {"left": float(forward), "right": float(offset[-1] - forward)}


def ground_at(of: Walk, index: float) -> float:
    """Return how far the floor has gone backwards since frame 0, in statures, over any number of strides.

    Parameters
    ----------
    of : Walk
        As `hipbook.motion.compensation.walk` gives it.
    index : float
        Frame; whole or between two.
    """
    count, low = len(of.ground_offset), int(np.floor(index))
    ends = [k // count * of.stride_length + of.ground_offset[k % count] for k in (low, low + 1)]
    return float((1 - (index - low)) * ends[0] + (index - low) * ends[1])


def walker_pose(of: Walk, index: float | np.ndarray) -> dict:
    """Return the walker at one frame, as `hipbook.motion.skeleton` draws it: near is right, far is left.

    Parameters
    ----------
    of : Walk
        As `hipbook.motion.compensation.walk` gives it.
    index : float or array
        Frame; whole or between two, and any number of strides on.

    Returns
    -------
    dict
        A pose with the hip above x = 0; the floor at that moment is `ground_at` further back. The head
        stays level and each arm swings with the other leg, which is drawn, not measured.
    """

    def at(values: np.ndarray) -> np.ndarray | float:
        count = len(values)
        low = np.floor(index).astype(int)
        share = index - low
        mixed = (1 - share) * values[low % count] + share * values[(low + 1) % count]
        return mixed if np.ndim(mixed) else float(mixed)

    pose = {
        "x": 0.0 * at(of.hip_height),
        "y": at(of.hip_height),
        "pelvis_tilt_deg": at(of.anterior_pelvic_tilt_deg),
        "lumbar_extension_deg": at(of.lumbar_extension_deg),
        "neck_extension_deg": -at(of.trunk_backward_lean_deg),
    }
    for side, leg in (("near", of.right), ("far", of.left)):
        for joint in ("hip_extension", "knee_flexion", "ankle_dorsiflexion", "toe_extension"):
            pose[f"{side}_{joint}_deg"] = at(getattr(leg, f"{joint}_deg"))
        pose[f"{side}_shoulder_flexion_deg"] = ARM_SHARE * at(leg.thigh_behind_vertical_deg)
        elbow = RUNNING_ELBOW_DEG if of.curves.running else ELBOW_DEG
        pose[f"{side}_elbow_flexion_deg"] = elbow + 0.0 * at(of.hip_height)
    return pose
