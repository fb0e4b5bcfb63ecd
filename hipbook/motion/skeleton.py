"""Joint angles → points of one side-view figure, for every drawing of a body.

Lengths are in statures (1 = body height). x points the way the person faces, y up, the floor is y = 0.
Signs are those of `hipbook.motion.angles`; ``pelvis_tilt_deg`` is the pelvis's anterior tilt against the
vertical, so 0 stands and −90 lies on the back, face up. All zeros is quiet standing.
``near_`` is the stretched leg's side, drawn nearer to the viewer; ``far_`` the other.
Limbs that leave the plane of the picture are shortened by their ``…_foreshortening`` (1 = in the plane).

The proportions are a drawing choice of ours, not anthropometry. ``frontend/src/skeleton.core.js`` is the
twin of this file; ``frontend/golden/skeleton.json`` holds both to the same numbers.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from hipbook.motion.pose import FIELDS, SIDES, field_value

__all__ = ["CLEARANCE", "RADIUS", "STANDING", "body_outlines", "skeleton_points"]

# lengths in statures
THIGH, SHANK, UPPER_ARM, FOREARM = 0.245, 0.245, 0.180, 0.195
HEEL, BALL, TOE = (-0.036, -0.040), (0.070, -0.040), 0.042  # from the ankle (forward, up); toe from the ball
PELVIS_TOP, SHOULDER, HEAD = (-0.030, 0.055), (0.030, -0.030), (0.026, 0.086)  # from hip, neck, neck
LUMBAR, LUMBAR_PIECES = 0.105, 6
THORAX, THORAX_PIECES = 0.160, 4
LORDOSIS_DEG, KYPHOSIS_DEG = 14.0, 20.0  # the spine's own curve in quiet standing, each end

# half thickness of the drawn body, in statures
RADIUS = {
    "hip": 0.064, "knee": 0.041, "calf": 0.036, "ankle": 0.023, "heel": 0.018, "ball": 0.016, "toe": 0.011,
    "shoulder": 0.034, "elbow": 0.025, "wrist": 0.019, "hand": 0.023, "neck": 0.031,
    "head_deep": 0.056, "head_tall": 0.069,
}  # fmt: skip

# from a point to the surface of the body that rests there
CLEARANCE = {
    "pelvis": 0.045, "thorax": 0.036, "head": RADIUS["head_deep"],
    "near_knee": RADIUS["knee"], "far_knee": RADIUS["knee"],
    "near_ankle": RADIUS["ankle"], "far_ankle": RADIUS["ankle"],
    "near_hand": RADIUS["hand"], "far_hand": RADIUS["hand"],
    "near_heel": 0.0, "far_heel": 0.0, "near_toe": 0.0, "far_toe": 0.0, "near_ball": 0.0, "far_ball": 0.0,
}  # fmt: skip

STANDING = {"x": 0.0, "y": THIGH + SHANK - HEEL[1]}


def _from(origin: np.ndarray, turn_deg: np.ndarray, forward: float, up: float) -> np.ndarray:
    """Return origin plus (forward, up) of a frame turned clockwise, that is forward-and-down, by turn_deg."""
    turn = np.radians(turn_deg)
    c, s = np.cos(turn), np.sin(turn)
    return origin + np.stack([forward * c + up * s, up * c - forward * s], axis=-1)


def _chain(start: np.ndarray, first_deg: np.ndarray, last_deg: np.ndarray, length: float, pieces: int):
    """Return the points of a smooth bend and the turn at each: straight pieces whose turn goes evenly on."""
    points = [start]
    for piece in range(pieces):
        share = (piece + 0.5) / pieces
        points.append(_from(points[-1], first_deg + (last_deg - first_deg) * share, 0.0, length / pieces))
    turns = [first_deg + (last_deg - first_deg) * (k / pieces) for k in range(pieces + 1)]
    return points, turns


def _read(pose: Mapping) -> dict[str, np.ndarray]:
    values = np.broadcast_arrays(*(np.asarray(field_value(pose, field), dtype=float) for field in FIELDS))
    return dict(zip(FIELDS, values, strict=True))


def _spine(q: Mapping[str, np.ndarray]) -> dict:
    hip = np.stack([q["x"], q["y"]], axis=-1)
    pelvis = q["pelvis_tilt_deg"]
    trunk = pelvis - q["lumbar_extension_deg"]
    lumbar, lumbar_turns = _chain(
        _from(hip, pelvis, *PELVIS_TOP), pelvis + LORDOSIS_DEG, trunk - LORDOSIS_DEG, LUMBAR, LUMBAR_PIECES
    )
    thorax, thorax_turns = _chain(
        lumbar[-1], trunk - LORDOSIS_DEG, trunk + KYPHOSIS_DEG, THORAX, THORAX_PIECES
    )
    return {
        "hip": hip, "pelvis_turn": pelvis, "trunk_turn": trunk, "lumbar": lumbar,
        "lumbar_turns": lumbar_turns, "thorax": thorax, "thorax_turns": thorax_turns,
    }  # fmt: skip


def _leg(q: Mapping, side: str, hip: np.ndarray) -> dict[str, np.ndarray]:
    thigh = q["pelvis_tilt_deg"] + q[f"{side}_hip_extension_deg"]
    shank = thigh + q[f"{side}_knee_flexion_deg"]
    foot = shank - q[f"{side}_ankle_dorsiflexion_deg"]
    toes = foot - q[f"{side}_toe_extension_deg"]
    short = q[f"{side}_foot_foreshortening"]
    knee = _from(hip, thigh, 0.0, -THIGH * q[f"{side}_thigh_foreshortening"])
    ankle = _from(knee, shank, 0.0, -SHANK * q[f"{side}_shank_foreshortening"])
    ball = _from(ankle, foot, BALL[0] * short, BALL[1])
    return {
        "hip": hip, "knee": knee, "ankle": ankle, "ball": ball,
        "heel": _from(ankle, foot, HEEL[0] * short, HEEL[1]), "toe": _from(ball, toes, TOE * short, 0.0),
    }  # fmt: skip


def _arm(q: Mapping, side: str, shoulder: np.ndarray, trunk: np.ndarray) -> dict[str, np.ndarray]:
    upper = trunk - q[f"{side}_shoulder_flexion_deg"]
    fore = upper - q[f"{side}_elbow_flexion_deg"]
    elbow = _from(shoulder, upper, 0.0, -UPPER_ARM * q[f"{side}_upper_arm_foreshortening"])
    hand = _from(elbow, fore, 0.0, -FOREARM * q[f"{side}_forearm_foreshortening"])
    return {"shoulder": shoulder, "elbow": elbow, "hand": hand}


def skeleton_points(pose: Mapping) -> dict[str, np.ndarray]:
    """Return where every named point of the body is.

    Parameters
    ----------
    pose : mapping
        Fields of `hipbook.motion.pose.FIELDS`, each a number or an array of shape (n,); what is left out
        has its default.

    Returns
    -------
    dict of str to array, shape (..., 2)
        x and y in statures: per side ``hip, knee, ankle, heel, ball, toe, shoulder, elbow, hand``; ``pelvis``
        (its top), ``lumbar_0`` … ``lumbar_6`` (bottom to top), ``thorax``, ``neck``, ``head``, ``crown`` and
        ``nose``; ``front_of_hip``, ``buttock``, ``hip_opening``: where the near side's stretch is felt.
        ``heel``, ``ball`` and ``toe`` lie on the sole; the others are joint centres (see `CLEARANCE`).

    Raises
    ------
    PoseError
        When ``x`` or ``y`` is missing.
    """
    q = _read(pose)
    spine = _spine(q)
    hip, trunk, neck = spine["hip"], spine["trunk_turn"], spine["thorax"][-1]
    face = trunk - q["neck_extension_deg"]
    head = _from(neck, face, *HEAD)
    crease = q["pelvis_tilt_deg"] + q["near_hip_extension_deg"] / 2
    points = {f"lumbar_{k}": point for k, point in enumerate(spine["lumbar"])}
    points |= {
        "pelvis": spine["lumbar"][0],
        "thorax": spine["thorax"][2],
        "neck": neck,
        "head": head,
        "crown": _from(head, face, 0.0, RADIUS["head_tall"]),
        "nose": _from(head, face, RADIUS["head_deep"] + 0.012, -0.008),
        "front_of_hip": _from(hip, crease, 0.058, 0.0),
        "buttock": _from(hip, crease, -0.062, 0.0),
        "hip_opening": _from(hip, crease, 0.030, 0.0),
    }
    for side in SIDES:
        limbs = _leg(q, side, hip) | _arm(q, side, _from(neck, trunk, *SHOULDER), trunk)
        points |= {f"{side}_{name}": point for name, point in limbs.items()}
    return points


# control points: (forward, up) from the hip in the pelvis's frame; (behind, before) the spine; the yoke goes
# over the shoulder, (forward, up) from the neck in the trunk's frame
_SEAT = ((-0.020, -0.060), (-0.062, -0.046), (-0.080, -0.004), (-0.072, 0.040))
_LAP = ((0.058, 0.066), (0.062, 0.018), (0.040, -0.034))
_LUMBAR_WALLS = {2: (0.034, 0.086), 4: (0.035, 0.087)}
_THORAX_WALLS = {0: (0.037, 0.091), 2: (0.037, 0.100), 3: (0.031, 0.093)}
_YOKE = ((-0.023, -0.002), (0.000, 0.022), (0.042, 0.006), (0.062, -0.024))
_PELVIS = (
    (-0.050, 0.060), (-0.030, 0.079), (0.004, 0.084), (0.040, 0.068), (0.048, 0.050), (0.030, 0.020),
    (0.034, -0.008), (0.048, -0.026), (0.034, -0.040), (0.004, -0.034), (-0.026, -0.050), (-0.044, -0.038),
    (-0.034, -0.008), (-0.036, 0.026), (-0.052, 0.040),
)  # fmt: skip
_PROFILE = (  # a face seen from the side, (forward, up) from the middle of the head
    (0.000, 0.069), (0.036, 0.057), (0.053, 0.026), (0.054, 0.004), (0.069, -0.018), (0.054, -0.029),
    (0.051, -0.046), (0.036, -0.064), (0.006, -0.058), (-0.030, -0.048), (-0.052, -0.016),
    (-0.055, 0.020), (-0.036, 0.056),
)  # fmt: skip


def body_outlines(pose: Mapping) -> dict[str, np.ndarray]:
    """Return the control points of the closed, smooth curves that draw trunk, pelvis and head.

    Parameters
    ----------
    pose : mapping
        As for `skeleton_points`.

    Returns
    -------
    dict of str to array, shape (..., k, 2)
        ``torso``, ``pelvis`` and ``head``; a curve through the points (Catmull–Rom) is the outline.
    """
    q = _read(pose)
    spine = _spine(q)
    hip, pelvis, trunk, neck = spine["hip"], spine["pelvis_turn"], spine["trunk_turn"], spine["thorax"][-1]
    walls = [(spine["lumbar"][k], spine["lumbar_turns"][k], *w) for k, w in _LUMBAR_WALLS.items()]
    walls += [(spine["thorax"][k], spine["thorax_turns"][k], *w) for k, w in _THORAX_WALLS.items()]
    back = [_from(point, turn, -behind, 0.0) for point, turn, behind, _ in walls]
    front = [_from(point, turn, before, 0.0) for point, turn, _, before in reversed(walls)]
    torso = [_from(hip, pelvis, *at) for at in _SEAT] + back
    torso += [_from(neck, trunk, *at) for at in _YOKE] + front + [_from(hip, pelvis, *at) for at in _LAP]
    bowl = [_from(hip, pelvis, *at) for at in _PELVIS]
    face = trunk - q["neck_extension_deg"]
    profile = [_from(_from(neck, face, *HEAD), face, *at) for at in _PROFILE]
    return {
        name: np.stack(curve, axis=-2)
        for name, curve in (("torso", torso), ("pelvis", bowl), ("head", profile))
    }
