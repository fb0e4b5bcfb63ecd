"""The explorer's picture drawn by matplotlib, as one would without a widget: for bench/explorer.py only.

`Walker` makes its artists once and moves them (what suits ipympl); `draw` makes a new figure each time (what
``interact`` with inline pictures does). Both draw what the explorer draws: a walker and the unrestricted one
as thick lines, the zone, three lines, eight curves, a cursor and the angles.
"""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Wedge

from hipbook.motion import compensation
from hipbook.motion.skeleton import skeleton_points
from hipbook.motion.walker import walker_pose

SIZE_IN = (10.6, 6.0)
LIMBS = [
    *([f"{side}_{a}", f"{side}_{b}"] for side in ("far", "near") for a, b in (
        ("hip", "knee"), ("knee", "ankle"), ("heel", "ball"), ("ball", "toe"), ("shoulder", "elbow"),
        ("elbow", "hand"),
    )),
    ["hip", "pelvis"], ["thorax", "neck"], ["neck", "head"],
]  # fmt: skip
CURVES = (
    "hip_extension_deg",
    "anterior_pelvic_tilt_deg",
    "lumbar_extension_deg",
    "thigh_behind_torso_deg",
)


def walks(limit_deg: float) -> tuple[compensation.Walk, compensation.Walk]:
    """Return this walker and the unrestricted one at a comfortable speed."""
    now = compensation.walk(0.429, hip_extension_limit_deg=limit_deg)
    return now, compensation.walk(0.429, hip_extension_limit_deg=None)


def curve(of: compensation.Walk, name: str) -> np.ndarray:
    """Return one of `CURVES` for the right leg."""
    return getattr(of if hasattr(of, name) else of.right, name)


class Walker:
    """One figure whose artists are moved."""

    def __init__(self):
        self.figure = plt.figure(figsize=SIZE_IN)
        grid = self.figure.add_gridspec(4, 2)
        self.scene = self.figure.add_subplot(
            grid[:, 0], aspect="equal", xlim=(-0.56, 0.56), ylim=(-0.1, 1.06)
        )
        self.bodies = []
        for color in ("#e3eaed", "#5d94ad"):
            limbs = [self.scene.plot([], [], color=color, lw=14, solid_capstyle="round")[0] for _ in LIMBS]
            self.bodies.append((limbs, self.scene.plot([], [], color="#b8400a", lw=6)[0]))
        self.lines = [self.scene.plot([], [], lw=3, color=color)[0] for color in ("k", "0.4", "teal")]
        self.zone = self.scene.add_patch(Wedge((0, 0.53), 0.375, 250, 255, width=0.09, color="#f2c230"))
        self.words = [self.scene.text(-0.5, y, "") for y in (0.9, 0.7, 0.5, 0.3)]
        self.plots = []
        for row, name in enumerate(CURVES):
            axes = self.figure.add_subplot(grid[row, 1], xlim=(0, 1), ylim=(-64, 38), ylabel=name[:6])
            usual, now = axes.plot([], [], "--", color="0.6")[0], axes.plot([], [], lw=2)[0]
            self.plots.append((name, usual, now, axes.axvline(0, color="k")))

    def move(self, limit_deg: float, moment: float) -> None:
        """Put every artist where it belongs."""
        now, free = walks(limit_deg)
        for (limbs, spine), of in zip(self.bodies, (free, now), strict=True):
            at = skeleton_points(walker_pose(of, moment * 200))
            at["hip"] = at["near_hip"]
            for line, (a, b) in zip(limbs, LIMBS, strict=True):
                line.set_data(*zip(at[a], at[b], strict=True))
            spine.set_data(*np.transpose([at[f"lumbar_{k}"] for k in range(7)]))
        hip = at["hip"]
        for line, end in zip(self.lines, (at["near_knee"], at["neck"], at["pelvis"]), strict=True):
            line.set_data(*zip(hip, end, strict=True))
        self.zone.set_center(tuple(hip))
        for text, (name, usual, line, cursor) in zip(self.words, self.plots, strict=True):
            usual.set_data(free.phase, curve(free, name))
            line.set_data(now.phase, curve(now, name))
            cursor.set_xdata([moment, moment])
            text.set_text(f"{curve(now, name)[int(moment * 200) % 200]:.1f}°")


def draw(limit_deg: float, moment: float) -> None:
    """Draw a new figure and show it."""
    Walker().move(limit_deg, moment)
    plt.show()
