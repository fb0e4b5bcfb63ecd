"""Write the computed tables and the references into docs/model.md, so that they stay true.

Run ``python tools/write_model_tables.py`` after a change of the motion model, of data/reference, or of which
sources the text names. What stands between ``<!-- name -->`` and ``<!-- end -->`` is rewritten.
"""

from __future__ import annotations

import sys
from pathlib import Path

from hipbook import reference
from hipbook.motion import gait
from hipbook.motion.compensation import PELVIS_MODES, summary, walk
from hipbook.motion.walker import LEG_LENGTH

sys.path.insert(0, str(Path(__file__).parent))

from computed_parts import table, with_parts

DOCUMENT = Path(__file__).parent.parent / "docs" / "model.md"
LEG_M = 0.85
NAMES = {name: name.replace("_", " ") for name in gait.WALKING_SPEEDS}


def peaks() -> str:
    """Return the moment of the largest thigh angle, at each measured speed and in the run."""
    head = (
        "gait",
        "speed",
        "for a leg of 85 cm",
        "thigh behind vertical",
        "thigh behind torso",
        "hip",
        "pelvis",
    )
    rows = []
    for name, speed in gait.WALKING_SPEEDS.items():
        m_s, km_h = gait.speed_m_per_s(speed, LEG_M), gait.speed_km_per_h(speed, LEG_M)
        pace = (f"{NAMES[name]} walking", f"{speed:.3f}", f"{m_s:.2f} m/s, {km_h:.1f} km/h")
        rows.append((*pace, *_angles(gait.peak(gait.curves(speed)))))
    rows.append(("one runner", "not known", "not known", *_angles(gait.peak(gait.running_curves()))))
    used = [row for row in reference.gait_rows() if row["quantity"] != "lumbar_extension"]
    far = max(float(row["max_error_deg"]) for row in used)
    fit = f"The smooth curves used here stay within {far:.1f}° of the published ones at every moment."
    return f"{table(head, rows)}\n\n{fit}"


def _angles(at: gait.Peak) -> tuple[str, ...]:
    angles = (
        at.thigh_behind_vertical_deg,
        at.thigh_behind_torso_deg,
        at.hip_extension_deg,
        at.anterior_pelvic_tilt_deg,
    )
    return tuple(f"{degrees(angle)}°" for angle in angles)


def degrees(value: float) -> str:
    """Return one decimal with a real minus sign."""
    return f"{value:.1f}".replace("-", "−")


def shares() -> str:
    """Return how much of the thigh's extra angle the pelvis supplied from one speed to another."""
    pairs = (("very_slow", "free"), ("free", "fast"), ("fast", "very_fast"), ("free", "very_fast"))
    known = gait.WALKING_SPEEDS
    rows = [
        (
            f"{NAMES[a]} to {NAMES[b]}",
            f"{100 * gait.pelvis_share(known[a], known[b]):.0f} %".replace("-", "−"),
        )
        for a, b in pairs
    ]
    return table(("from one speed to another", "share that the pelvis supplied"), rows)


def steps() -> str:
    """Return the drawn figure's free steps, and what is left of them when both hips stop at standing."""
    head = ("walking", "free step, in leg lengths", "share 0", "share 0.75", "share 1")
    rows = []
    for name, speed in gait.WALKING_SPEEDS.items():
        free = walk(speed, hip_extension_limit_deg=None).stride_length / 2 / LEG_LENGTH
        left = [
            f"{summary(walk(speed, hip_extension_limit_deg=0, share=share), LEG_M).step_length_percent:.0f} %"
            for share in (0, 0.75, 1)
        ]
        rows.append((NAMES[name], f"{free:.2f}", *left))
    return table(head, rows)


def modes() -> str:
    """Return what both answers of the pelvis come to, free walking with both hips stopped at standing."""
    head = (
        "the pelvis",
        "its range in a stride",
        "low back beyond its usual peak",
        "for this part of the stride",
    )
    words = {"held": "stays tipped", "when_needed": "tips when needed"}
    rows = []
    for mode in PELVIS_MODES:
        made = summary(walk(gait.WALKING_SPEEDS["free"], hip_extension_limit_deg=0, pelvis=mode), LEG_M)
        extra, part = made.extra_lumbar_extension_deg, 100 * made.share_of_stride_beyond
        rows.append((words[mode], f"{made.pelvis_range_deg:.1f}°", f"{extra:.1f}°", f"{part:.0f} %"))
    return table(head, rows)


def rendered(document: str) -> str:
    """Return the document with every computed part as it should be."""
    parts = {"peaks": peaks(), "shares": shares(), "steps": steps(), "modes": modes()}
    return with_parts(document, "docs/model.md", parts)


if __name__ == "__main__":
    DOCUMENT.write_text(rendered(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8", newline="")
