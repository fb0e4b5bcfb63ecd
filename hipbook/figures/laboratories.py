"""One pose, three laboratories: the still twin of *why laboratories disagree*."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Wedge

from hipbook.figures import style
from hipbook.figures.body import LIT, draw_body
from hipbook.figures.explorable_words import furthest, laboratories_sentence, number
from hipbook.motion.compensation import walk
from hipbook.motion.gait import FRAMES, STANDING_TILT_DEG
from hipbook.motion.walker import walker_pose
from hipbook.motion.zeros import laboratories
from hipbook.strings import text

__all__ = ["describe_laboratories", "figure_laboratories", "table_laboratories"]

NAMES = ("standing", "landmarks", "yours")
PANEL_PX, TOP_PX, BARS_PX = (228, 300), 104, 470
VIEW = {"xlim": (-0.19, 0.19), "ylim": (0.185, 0.685)}  # statures
UP, DOWN, WEDGE = 0.17, 0.32, 0.2
BAR_DEG = (-9.0, 25.0)


def figure_laboratories(*, speed: float, standing_tilt_deg: float, your_zero_deg: float) -> Figure:
    """Draw one pose with each laboratory's line for the pelvis, and what pelvis and hip add up to.

    Parameters
    ----------
    speed : float
        Dimensionless walking speed.
    standing_tilt_deg, your_zero_deg : float
        The tilt of the pelvis [°] that the standing laboratory and yours call zero.
    """
    thigh, labs = _numbers(speed, standing_tilt_deg, your_zero_deg)
    pose = walker_pose(walk(speed, hip_extension_limit_deg=None), furthest(speed).phase * FRAMES)
    with style.house_style():
        figure = style.sheet(
            600, text("explorable.laboratories.title"), text("explorable.laboratories.question")
        )
        for column, name in enumerate(NAMES):
            left = 24 + column * (PANEL_PX[0] + 14)
            axes = style.plot_area(figure, left, TOP_PX, *PANEL_PX)
            axes.set_axis_off()
            axes.set(**VIEW)
            draw_body(axes, pose, colors=LIT)
            _draw_lines(axes, pose["y"], labs[name]["pelvic_tilt_deg"], thigh)
            middle = left + PANEL_PX[0] / 2
            name_said = text(f"explorable.laboratories.{name}")
            style.write(figure, middle, TOP_PX - 12, name_said, size_px=14, weight="bold", ha="center")
            said = text("explorable.degrees", deg=number(labs[name]["hip_extension_deg"]))
            below = TOP_PX + PANEL_PX[1]
            style.write(
                figure, middle, below + 34, said, size_px=30, weight="bold", color=style.HIP, ha="center"
            )
        _draw_sums(figure, labs, thigh)
    return figure


def describe_laboratories(*, speed: float, standing_tilt_deg: float, your_zero_deg: float) -> str:
    """Say what :func:`figure_laboratories` shows; parameters as there."""
    thigh, labs = _numbers(speed, standing_tilt_deg, your_zero_deg)
    return f"{laboratories_sentence(labs, thigh)} {text('explorable.laboratories.note')}"


def table_laboratories(*, speed: float, standing_tilt_deg: float, your_zero_deg: float) -> pd.DataFrame:
    """Return the numbers of :func:`figure_laboratories`: a row per laboratory; parameters as there."""
    thigh, labs = _numbers(speed, standing_tilt_deg, your_zero_deg)
    rows = [
        [
            text(f"explorable.laboratories.{name}"),
            *(round(labs[name][f"{of}_deg"], 1) for of in ("zero", "pelvic_tilt", "hip_extension")),
            round(thigh, 1),
        ]
        for name in NAMES
    ]
    columns = [
        text(f"explorable.laboratories.table.{of}") for of in ("laboratory", "zero", "pelvis", "hip", "thigh")
    ]
    return pd.DataFrame(rows, columns=columns)


def _numbers(speed: float, standing_tilt_deg: float, your_zero_deg: float) -> tuple[float, dict]:
    at = furthest(speed)
    tilt = at.anterior_pelvic_tilt_deg + STANDING_TILT_DEG
    zeros = {"standing_tilt_deg": standing_tilt_deg, "your_zero_deg": your_zero_deg}
    return at.thigh_behind_vertical_deg, laboratories(at.thigh_behind_vertical_deg, tilt, **zeros)


def _below(height: float, deg: float, r: float) -> tuple[float, float]:
    return -r * float(np.sin(np.radians(deg))), height - r * float(np.cos(np.radians(deg)))


def _draw_lines(axes: Axes, height: float, tilt: float, thigh: float) -> None:
    for start, end, color in ((0.0, tilt, style.PELVIS), (tilt, thigh, style.HIP)):
        low, high = (270 - max(start, end), 270 - min(start, end))
        axes.add_patch(Wedge((0, height), WEDGE, low, high, color=color, alpha=0.55, linewidth=0, zorder=200))
    looks = (
        (0.0, UP, style.MUTED, {"linewidth": 1.3, "dashes": (1.5, 3)}),
        (tilt, UP, style.PELVIS, {"linewidth": 3.2}),
        (thigh, 0.0, style.INK, {"linewidth": 3.2}),
    )
    for deg, up, color, look in looks:
        ends = np.array([_below(height, deg, -up), _below(height, deg, DOWN)])
        axes.plot(*ends.T, color=color, zorder=201, solid_capstyle="round", **look)
    axes.plot(0, height, "o", ms=8, mfc=style.PAPER, mec=style.INK, mew=2.2, zorder=202)


def _draw_sums(figure: Figure, labs: dict, thigh: float) -> None:
    axes = style.plot_area(figure, 396, BARS_PX - 2, 340, 84)
    axes.set(xlim=BAR_DEG, ylim=(-0.5, 2.5))
    axes.set_axis_off()
    for row, name in enumerate(NAMES):
        tilt, hip = labs[name]["pelvic_tilt_deg"], labs[name]["hip_extension_deg"]
        at, y_px = 2 - row, BARS_PX + 17 + 28 * row
        axes.barh(at, hip, 0.5, left=tilt, color=style.HIP)
        axes.barh(at, tilt, 0.5 if tilt > 0 else 0.16, color=style.PELVIS, zorder=3)
        axes.plot([0, 0], [at - 0.36, at + 0.36], color=style.MUTED, linewidth=1)
        axes.plot([thigh, thigh], [at - 0.36, at + 0.36], color=style.INK, linewidth=2.5, zorder=4)
        style.write(figure, 24, y_px, text(f"explorable.laboratories.{name}"), size_px=13, weight="bold")
        parts = (("pelvis", tilt, style.PELVIS, 196), ("hip", hip, style.HIP, 296))
        for part, deg, color, x_px in parts:
            said = text(f"explorable.laboratories.part.{part}", deg=number(deg))
            style.write(figure, x_px, y_px, said, size_px=13, weight="bold", color=color)
        style.write(figure, 284, y_px, "+", size_px=13)
    total = text("explorable.laboratories.thigh", deg=number(thigh))
    style.write(figure, 24, BARS_PX + 106, f"= {total}", size_px=14, weight="bold")
