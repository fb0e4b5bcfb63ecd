"""How a person lies in the tests of hip extension: a pose on a table for each, with the thigh at a reading.

Lengths are in statures and the top of the table is y = 0; signs as in `hipbook.motion.skeleton`. Drawn
by eye. ``frontend/src/measure/scene.js`` turns the thigh in the same way.
"""

from __future__ import annotations

from typing import Any

__all__ = ["POSES", "TABLE", "lying"]

POSES: dict[str, dict[str, float]] = {
    # on the back at the table's end, the far knee held to the chest
    "thomas": {
        "x": 0.0, "y": 0.078, "pelvis_tilt_deg": -90.0, "neck_extension_deg": -6.0,
        "near_knee_flexion_deg": 80.0, "near_ankle_dorsiflexion_deg": -25.0,
        "far_hip_extension_deg": -116.0, "far_knee_flexion_deg": 122.0, "far_ankle_dorsiflexion_deg": -20.0,
        "near_shoulder_flexion_deg": 22.5, "near_elbow_flexion_deg": 55.0,
        "far_shoulder_flexion_deg": 22.5, "far_elbow_flexion_deg": 55.0,
    },
    # face down, the forehead on the hands, the near knee bent so that the thigh can be lifted
    "prone": {
        "x": 0.0, "y": 0.066, "pelvis_tilt_deg": 90.0, "neck_extension_deg": 14.0,
        "near_knee_flexion_deg": 55.0, "near_ankle_dorsiflexion_deg": -25.0,
        "far_knee_flexion_deg": 2.0, "far_ankle_dorsiflexion_deg": -60.0,
        "near_shoulder_flexion_deg": 165.0, "near_elbow_flexion_deg": 20.0,
        "near_upper_arm_foreshortening": 0.75, "near_forearm_foreshortening": 0.3,
        "far_shoulder_flexion_deg": 165.0, "far_elbow_flexion_deg": 20.0,
        "far_upper_arm_foreshortening": 0.75, "far_forearm_foreshortening": 0.3,
    },
}  # fmt: skip

TABLE = {"thomas": (-0.5, 0.03), "prone": (-0.56, 0.56)}
"""From where to where the table goes, in x."""


def lying(position: str, value_deg: float) -> dict[str, Any]:
    """Return the pose with the near thigh at a reading.

    Parameters
    ----------
    position : {"thomas", "prone"}
    value_deg : float
        From the level thigh [°], extension positive.
    """
    return {**POSES[position], "near_hip_extension_deg": value_deg}
