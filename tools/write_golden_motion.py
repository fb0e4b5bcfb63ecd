"""Write the golden vectors that gait, compensation and walker and their browser twins are both held to.

Run ``python tools/write_golden_motion.py`` after a change of the motion model or of data/reference.
"""

from __future__ import annotations

import dataclasses
import json
from itertools import cycle, product
from pathlib import Path
from typing import Any

import numpy as np

from hipbook.motion import compensation, gait, walker

GOLDEN = Path(__file__).parent.parent / "frontend" / "golden" / "motion.json"
DECIMALS = 9
LEG_LENGTH_M = 0.85

SPEEDS = (0.172, 0.2313, 0.290, 0.35, 0.429, 0.4999, 0.560, 0.63, 0.694, None)  # measured, between, running
PHASES = (0.0, 0.1234, 0.37, 0.5, 0.8765, 1.25, -0.3)
SETTINGS = cycle([(None, 0.75), (-10.0, 1.0), (0.0, 0.75), (5.0, 0.0), (12.5, 0.4), (16.0, 0.9), (30.0, 1.0)])
MOMENTS = (0, 63.25, 319)


def curves(speed: float | None, phase: np.ndarray = gait.STRIDE) -> gait.GaitCurves:
    """Return the walking curves of a speed, or the running ones for None."""
    return gait.running_curves(phase) if speed is None else gait.curves(speed, phase)


def gait_vector(speed: float | None) -> dict[str, Any]:
    """Return one speed's curves at a few phases, its peak, and what it is for a leg length."""
    at = curves(speed, np.array(PHASES))
    names = [field.name for field in dataclasses.fields(at) if field.name not in ("speed", "phase")]
    names += ["lumbar_extension_deg", "thigh_behind_vertical_deg", "thigh_behind_torso_deg"]
    found = {"speed": speed, "curves": {name: getattr(at, name).tolist() for name in names}}
    found["peak"] = dataclasses.asdict(gait.peak(curves(speed)))
    if speed is not None:
        found["m_per_s"] = gait.speed_m_per_s(speed, LEG_LENGTH_M)
    return found


def walk_vector(
    speed: float | None, limit_deg: float | None, share: float, stiff_side: str, pelvis: str
) -> dict[str, Any]:
    """Return one walker's summary, and its pose and floor at a few moments."""
    walk = compensation.walk(
        curves(speed), hip_extension_limit_deg=limit_deg, share=share, stiff_side=stiff_side, pelvis=pelvis
    )
    return {
        "speed": speed,
        "settings": {"limitDeg": limit_deg, "share": share, "stiffSide": stiff_side, "pelvis": pelvis},
        "summary": dataclasses.asdict(compensation.summary(walk, LEG_LENGTH_M)),
        "stride_length": walk.stride_length,
        "step_length": walk.step_length,
        "moments": [
            {"index": index, "ground": walker.ground_at(walk, index), "pose": walker.walker_pose(walk, index)}
            for index in MOMENTS
        ],
    }


def golden() -> dict[str, Any]:
    """Return the whole file as data."""
    sides_and_modes = product(SPEEDS, compensation.STIFF_SIDES, compensation.PELVIS_MODES, range(2))
    walks = [walk_vector(speed, *next(SETTINGS), side, mode) for speed, side, mode, _ in sides_and_modes]
    return {
        "reference": gait.reference_data(),
        "leg_length_m": LEG_LENGTH_M,
        "constants": {
            "share": compensation.SHARE,
            "limit_deg": compensation.LIMIT_DEG,
            "frames": gait.FRAMES,
            "leg_length": walker.LEG_LENGTH,
            "flight_from": walker.FLIGHT_FROM,
        },
        "phases": PHASES,
        "gait": [gait_vector(speed) for speed in SPEEDS],
        "walks": walks,
    }


def rendered() -> str:
    """Return the file's text, the same each time."""
    whole = json.dumps(_rounded(golden()), separators=(",", ":"))
    return whole.replace('{"speed"', '\n{"speed"').replace('{"name"', '\n{"name"') + "\n"


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return round(value, DECIMALS) + 0.0 if isinstance(value, float) else value


if __name__ == "__main__":
    GOLDEN.write_text(rendered(), encoding="utf-8")
