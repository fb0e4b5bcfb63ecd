"""What the small explorables say, computed from the same numbers as their pictures.

``frontend/src/explorables/words.js`` is the twin of this file; ``frontend/golden/explorables.json`` holds
both to the same sentences.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from hipbook import reference
from hipbook.motion import ball_and_socket as socket
from hipbook.motion.gait import WALKING_SPEEDS, Peak, curves, peak, reference_data
from hipbook.strings import text

__all__ = [
    "furthest",
    "gain",
    "laboratories_sentence",
    "laboratories_words",
    "number",
    "socket_sentence",
    "socket_words",
    "speed_costs_words",
    "speed_sentence",
    "speed_words",
]

NEARLY_TAUT = 0.08  # share of the drawn band that is slack
SAME_DEG, SAME_SPEED = 0.05, 0.006
LATE_STANCE = np.arange(350, 651) / 1000  # phases among which the thigh is furthest back


def number(value: float, digits: int = 1) -> str:
    """Return a number as people read it: −3.2 with a real minus sign, never −0; half goes up."""
    units = math.floor(value * 10**digits + 0.5)
    return ("−" if units < 0 else "") + f"{abs(units) / 10**digits:.{digits}f}"


def speed_words(speed: float) -> str:
    """Return "free walking", or "between free and fast walking", for a dimensionless speed."""
    names = {key: text(f"explorable.speed.{key}") for key in WALKING_SPEEDS}
    for key, known in WALKING_SPEEDS.items():
        if abs(known - speed) < SAME_SPEED:
            return text("explorable.speed.at", name=names[key])
    slower = [key for key, known in WALKING_SPEEDS.items() if known <= speed][-1]
    faster = next(key for key, known in WALKING_SPEEDS.items() if known > speed)
    return text("explorable.speed.between", slower=names[slower], faster=names[faster])


def laboratories_sentence(labs: Mapping[str, Mapping[str, float]], thigh_deg: float) -> str:
    """Say what the laboratories of `hipbook.motion.zeros.laboratories` write, and how far apart that is."""
    hips = {name: lab["hip_extension_deg"] for name, lab in labs.items()}
    return text(
        "explorable.laboratories.said",
        thigh=number(thigh_deg),
        apart=number(max(hips.values()) - min(hips.values())),
        **{name: number(hip) for name, hip in hips.items()},
    )


def socket_sentence(hip_extension_deg: float, force_n: float, direction: str) -> str:
    """Say how tight the band is and how far the push moves the ball."""
    return f"{_capsule(hip_extension_deg)} {_push(force_n, direction)}"


def _capsule(hip_extension_deg: float) -> str:
    left = socket.slack(hip_extension_deg)
    at_end = hip_extension_deg == socket.EXTENSION_DEG[1]
    state = "end" if at_end else "taut" if left <= 0 else "nearly" if left < NEARLY_TAUT else "loose"
    strain = number(socket.STRAIN_AT_END * 100, 2)
    return text(f"explorable.ball_and_socket.said.{state}", strain=strain, specimens=socket.STRAIN_SPECIMENS)


def _push(force_n: float, direction: str) -> str:
    if force_n == 0:
        return text("explorable.ball_and_socket.said.rest")
    least, kg = socket.MEASURED_GLIDE[0][0], force_n / socket.NEWTONS_PER_KG
    values = {
        "force": f"{force_n:g}",
        "kg": number(kg, 1 if kg < 1 else 0),
        "mm": number(socket.glide_mm(force_n), 2),
        "hips": socket.GLIDE_HIPS,
        "least": f"{least:g}",
    }
    said = text(f"explorable.ball_and_socket.said.{direction}", **values)
    below = text("explorable.ball_and_socket.said.below", **values) if force_n < least else ""
    return f"{said} {below}".strip()


def speed_sentence(slower: float, faster: float) -> str:
    """Say what hip and pelvis give from one dimensionless walking speed to another."""
    slower, faster = sorted((slower, faster))
    gained = gain(furthest(slower), furthest(faster))
    if abs(gained["thigh_deg"]) < SAME_DEG:
        return text("explorable.speed_costs.said.same")
    values: dict[str, str] = {"from": speed_words(slower), "to": speed_words(faster)}
    for name in ("thigh", "hip", "pelvis"):
        values[name] = number(abs(gained[f"{name}_deg"]))
        values[f"{name}_share"] = number(100 * gained[f"{name}_deg"] / gained["thigh_deg"], 0)
    kind = "less_hip" if gained["hip_deg"] < 0 else "less_pelvis" if gained["pelvis_deg"] < 0 else "both"
    return text(f"explorable.speed_costs.said.{kind}", **values)


def furthest(speed: float) -> Peak:
    """Return the moment of late stance when the thigh is furthest back, at a dimensionless speed."""
    return peak(curves(speed, LATE_STANCE))


def gain(before: Peak, after: Peak) -> dict[str, float]:
    """Return what thigh, hip and pelvis gain [degrees] from one peak to another."""
    fields = {
        "thigh": "thigh_behind_vertical_deg",
        "hip": "hip_extension_deg",
        "pelvis": "anterior_pelvic_tilt_deg",
    }
    return {f"{name}_deg": getattr(after, of) - getattr(before, of) for name, of in fields.items()}


# --- sources, for the note below each picture --------------------------------


def laboratories_words() -> dict[str, str]:
    """Return the values that the note of *why laboratories disagree* asks for."""
    norms = reference.norms()
    standing = norms[(norms["measure"] == "anterior pelvic tilt") & (norms["task_or_test"] == "standing")]
    words = {"walking": reference.citation(_walking_source())}
    for name, start in (("young", "young"), ("older", "older")):
        row = standing[standing["population"].str.startswith(start)].iloc[0]
        words |= {name: f"{row['mean_deg']:g}", f"{name}_sd": f"{row['sd_deg']:g}"}
        words["standing"] = reference.citation(row["source_key"])
    return words


def socket_words() -> dict[str, str]:
    """Return the values that the note of *ball and socket* asks for."""
    return {
        "glide": reference.citation(socket.GLIDE_SOURCE),
        "strain": reference.citation(socket.STRAIN_SOURCE),
        "ball": f"{2 * socket.BALL_RADIUS_MM:g}",
    }


def speed_costs_words() -> dict[str, str]:
    """Return the values that the notes of *faster walking* ask for."""
    names = {
        "first": ("very_slow", "free"),
        "second": ("free", "fast"),
        "third": ("fast", "very_fast"),
        "all": ("free", "very_fast"),
    }
    shares = {}
    for name, ends in names.items():
        gained = gain(*(furthest(WALKING_SPEEDS[end]) for end in ends))
        shares[name] = number(100 * gained["pelvis_deg"] / gained["thigh_deg"], 0)
    return shares | {"walking": reference.citation(_walking_source())}


def _walking_source() -> str:
    return reference_data()["sources"]["walking"]
