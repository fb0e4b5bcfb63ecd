"""Write the golden vectors that the explorables' Python and their browser twins are both held to.

Run ``python tools/write_golden_explorables.py`` after a change of their numbers, words or sources.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hipbook.figures import explorable_words as words
from hipbook.motion import ball_and_socket as socket
from hipbook.motion.gait import STANDING_TILT_DEG, WALKING_SPEEDS
from hipbook.motion.zeros import laboratories

GOLDEN = Path(__file__).parent.parent / "frontend" / "golden" / "explorables.json"
SPEEDS = (*WALKING_SPEEDS.values(), 0.2, 0.35, 0.5, 0.62)


def golden() -> dict[str, Any]:
    """Return the whole file as data."""
    joint = [_joint(deg, force) for deg, force in zip(range(-20, 21, 4), range(0, 352, 32), strict=True)]
    ends = [_joint(20, 356), _joint(18, 89), _joint(-20, 88, "down"), _joint(0, 178, "down"), _joint(10, 1)]
    zeros = [(10.5, 5.0), (0.0, 20.0), (20.0, 0.0), (11.0, 7.5)]
    labs = [_laboratories(speed, *pair) for speed in SPEEDS for pair in zeros]
    pairs = [(slower, faster) for slower in SPEEDS for faster in SPEEDS if slower <= faster]
    data = {
        "measured": socket.measured(),
        "ball_and_socket": joint + ends,
        "laboratories": labs,
        "speed_costs": [_gain(*pair) for pair in pairs],
    }
    return json.loads(json.dumps(data))


def _joint(deg: float, force_n: float, direction: str = "forward") -> dict[str, Any]:
    return {
        "settings": {"hip_extension_deg": deg, "force_n": force_n, "direction": direction},
        "glide_mm": socket.glide_mm(force_n),
        "slack": socket.slack(deg),
        "band": socket.capsule_band(deg)[::7].tolist(),
        "femur": socket.femur_outline(deg).tolist(),
        "sentence": words.socket_sentence(deg, force_n, direction),
    }


def _laboratories(speed: float, standing_tilt_deg: float, your_zero_deg: float) -> dict[str, Any]:
    at = words.furthest(speed)
    settings = {"standing_tilt_deg": standing_tilt_deg, "your_zero_deg": your_zero_deg}
    tilt = at.anterior_pelvic_tilt_deg + STANDING_TILT_DEG
    labs = laboratories(at.thigh_behind_vertical_deg, tilt, **settings)
    sentence = words.laboratories_sentence(labs, at.thigh_behind_vertical_deg)
    return {"settings": {"speed": speed, **settings}, "laboratories": labs, "sentence": sentence}


def _gain(slower: float, faster: float) -> dict[str, Any]:
    return {
        "settings": {"slower": slower, "faster": faster},
        "gain": words.gain(words.furthest(slower), words.furthest(faster)),
        "sentence": words.speed_sentence(slower, faster),
    }


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps(golden(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
