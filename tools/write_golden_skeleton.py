"""Write the golden vectors that skeleton.py and its twin skeleton.core.js are both held to.

Run ``python tools/write_golden_skeleton.py`` after a change of the skeleton or of a stretch's poses.
"""

from __future__ import annotations

import json
import random
import tomllib
from pathlib import Path
from typing import Any

from hipbook.motion.pose import FIELDS, blend
from hipbook.motion.skeleton import RADIUS, body_outlines, skeleton_points
from hipbook.shipped import data_folder

GOLDEN = Path(__file__).parent.parent / "frontend" / "golden" / "skeleton.json"
RANDOM_POSES = 100
DECIMALS = 9  # 1e-9 of a stature


def catalogue_poses() -> list[dict[str, Any]]:
    """Return the pose of every keyframe, as it stands in data/stretches.toml."""
    stretches = tomllib.loads((data_folder() / "stretches.toml").read_text(encoding="utf-8"))["stretch"]
    return [pose for stretch in stretches for pose in stretch["pose"]]


def random_poses() -> list[dict[str, float]]:
    """Return seeded poses that cover every field's whole range."""
    chance = random.Random(20260301)
    return [
        {field: round(chance.uniform(least, most), 3) for field, (_, least, most) in FIELDS.items()}
        for _ in range(RANDOM_POSES)
    ]


def vector(pose: dict[str, Any]) -> dict[str, Any]:
    """Return one pose with the points and outlines it gives."""
    points = {name: _rounded(point) for name, point in skeleton_points(pose).items()}
    outlines = {name: [_rounded(point) for point in curve] for name, curve in body_outlines(pose).items()}
    return {"pose": pose, "points": points, "outlines": outlines}


def golden() -> dict[str, Any]:
    """Return the whole file as data."""
    poses = catalogue_poses()
    chosen = random_poses()
    blends = [
        {
            "a": a,
            "b": b,
            "share": share,
            "pose": {k: round(v, DECIMALS) for k, v in blend(a, b, share).items()},
        }
        for a, b, share in ((poses[0], poses[1], 0.0), (poses[0], poses[1], 1.0), (chosen[0], poses[0], 0.3))
    ]
    return {"radius": RADIUS, "vectors": [vector(pose) for pose in poses + chosen], "blends": blends}


def rendered() -> str:
    """Return the file's text, the same each time."""
    return json.dumps(golden(), separators=(",", ":")).replace('{"pose"', '\n{"pose"') + "\n"


def _rounded(point: Any) -> list[float]:
    return [round(float(value), DECIMALS) + 0.0 for value in point]


if __name__ == "__main__":
    GOLDEN.write_text(rendered(), encoding="utf-8")
