"""What a pose is: the fields that put a body somewhere, their limits, and the way from one pose to another.

Signs are those of `hipbook.motion.angles`; lengths are in statures (1 = body height).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

__all__ = [
    "CONTACTS",
    "FIELDS",
    "PROP_KINDS",
    "SENSATIONS",
    "SIDES",
    "PoseError",
    "blend",
    "check_pose",
    "field_value",
]

SIDES = ("near", "far")
PROP_KINDS = ("chair", "head_cushion", "mat", "towel_pad", "towel_roll", "wall")
SENSATIONS = ("front_of_hip", "buttock", "hip_opening")
CONTACTS = (
    "pelvis", "thorax", "head",
    *(f"{side}_{name}" for side in SIDES for name in ("knee", "ankle", "heel", "ball", "toe", "hand")),
)  # fmt: skip

_ANGLES = {
    "hip_extension_deg": (-150.0, 45.0),
    "knee_flexion_deg": (-10.0, 165.0),
    "ankle_dorsiflexion_deg": (-90.0, 45.0),
    "toe_extension_deg": (-30.0, 90.0),
    "shoulder_flexion_deg": (-70.0, 185.0),
    "elbow_flexion_deg": (-10.0, 160.0),
}
_SEGMENTS = ("thigh", "shank", "foot", "upper_arm", "forearm")

# field → (default, least, most); None = must be given
FIELDS: dict[str, tuple[float | None, float, float]] = {
    "x": (None, -5.0, 5.0),
    "y": (None, -0.5, 1.5),
    "pelvis_tilt_deg": (0.0, -180.0, 180.0),
    "lumbar_extension_deg": (0.0, -70.0, 50.0),
    "neck_extension_deg": (0.0, -80.0, 80.0),
    **{f"{side}_{name}": (0.0, *limits) for side in SIDES for name, limits in _ANGLES.items()},
    **{f"{side}_{name}_foreshortening": (1.0, 0.05, 1.0) for side in SIDES for name in _SEGMENTS},
}


class PoseError(ValueError):
    """A pose that cannot be drawn; the message names field, rule and value."""


def check_pose(pose: Mapping) -> dict:
    """Return the pose with every field filled in, or say what is wrong with it.

    Parameters
    ----------
    pose : mapping
        Fields of `FIELDS` as single numbers (statures, degrees, shares); ``x`` and ``y`` (the hip joint) must
        be given. ``name``, ``contacts`` (point names that rest on floor or prop) and ``props`` (tables of
        ``kind, x, y, size``) may stand beside them, as in a keyframe of data/stretches.toml.

    Returns
    -------
    dict
        All fields as floats, and ``name``, ``contacts``, ``props`` when given.

    Raises
    ------
    PoseError
        Names the first field that is unknown, missing, not a finite number or out of range.
    """
    extras = {"name": _check_name, "contacts": _check_contacts, "props": _check_props}
    for field in pose:
        if field not in FIELDS and field not in extras:
            raise PoseError(
                f"{field} must be a field of a pose: see hipbook.motion.pose.FIELDS, got {field!r}"
            )
    checked = {}
    for field, (default, least, most) in FIELDS.items():
        if field not in pose and default is None:
            raise PoseError(f"{field} must be given: where the hip joint is, in statures, got nothing")
        checked[field] = _number(field, pose.get(field, default), least, most)
    return checked | {key: check(pose[key]) for key, check in extras.items() if key in pose}


def _number(field: str, value: object, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise PoseError(f"{field} must be a finite number, got {value!r}")
    if not least <= value <= most:
        raise PoseError(f"{field} must be between {least:g} and {most:g}, got {value:g}")
    return float(value)


def _check_name(name: object) -> str:
    if not isinstance(name, str) or not name:
        raise PoseError(f"name must be a word, got {name!r}")
    return name


def _check_contacts(contacts: object) -> list[str]:
    for point in contacts:
        if point not in CONTACTS:
            raise PoseError(f"contacts must be among {', '.join(CONTACTS)}, got {point!r}")
    return list(contacts)


def _check_props(props: object) -> list[dict]:
    checked = []
    for prop in props:
        if set(prop) != {"kind", "x", "y", "size"}:
            got = ", ".join(sorted(prop)) or "nothing"
            raise PoseError(f"props must each have kind, x, y and size, got {got}")
        if prop["kind"] not in PROP_KINDS:
            raise PoseError(f"props kind must be among {', '.join(PROP_KINDS)}, got {prop['kind']!r}")
        limits = {"x": (-5.0, 5.0), "y": (-0.5, 2.0), "size": (0.01, 3.0)}
        checked.append(
            {"kind": prop["kind"]} | {key: _number(f"props {key}", prop[key], *limits[key]) for key in limits}
        )
    return checked


def blend(pose_a: Mapping, pose_b: Mapping, share: float) -> dict:
    """Return the pose that lies ``share`` of the way from one pose to another.

    Parameters
    ----------
    pose_a, pose_b : mapping
        Poses; fields left out have their default.
    share : float
        0 is ``pose_a``, 1 is ``pose_b``; each field changes in a straight line between.

    Returns
    -------
    dict
        All fields of `FIELDS`, without contacts and props: a body in motion rests on nothing of its own.

    Raises
    ------
    PoseError
        When ``share`` is outside 0…1.
    """
    share = _number("share", share, 0.0, 1.0)
    return {
        field: (1 - share) * field_value(pose_a, field) + share * field_value(pose_b, field)
        for field in FIELDS
    }


def field_value(pose: Mapping, field: str) -> object:
    """Return one field of a pose, or its default.

    Parameters
    ----------
    pose : mapping
        Fields of `FIELDS`; numbers or arrays.
    field : str
        A key of `FIELDS`.

    Raises
    ------
    PoseError
        When the field has no default and is missing.
    """
    default = FIELDS[field][0]
    value = pose.get(field, default)
    if value is None:
        raise PoseError(f"{field} must be given: where the hip joint is, in statures, got nothing")
    return value
