"""The Thomas test with a tape, as a still picture: two heights and a length give the thigh's slope."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Arc, FancyBboxPatch, Rectangle

from hipbook.figures import style
from hipbook.figures.body import LIT, draw_body
from hipbook.figures.change_words import signed
from hipbook.motion.lying import TABLE, lying
from hipbook.motion.skeleton import THIGH, skeleton_points
from hipbook.progress.measure import thomas_trig_deg
from hipbook.strings import text

if TYPE_CHECKING:
    from hipbook.figures.display import ShownFigure

__all__ = ["describe_thomas", "figure_thomas", "thomas_figure"]

LEFT, RIGHT, TOP, GROUND = (
    -0.56,
    0.72,
    0.38,
    0.07,
)  # of the view, and how much of the ground is seen [statures]
STATURE_PX = 560
SHOWN = (0.4, 0.56)  # heights of the hip that are drawn to scale, in statures
TOP_PX = 74
TABLE_THICK, MARK, ARC = 0.03, 0.013, 0.36  # in statures
HANGING_DEG = 84.0  # of the knee, at level; less the further the thigh drops, as in the browser's scene
NO_FLOOR = MappingProxyType({**LIT, "floor": "none"})


def figure_thomas(hip_height_cm: float, knee_height_cm: float, thigh_length_cm: float) -> Figure:
    """Draw the test to the scale of the thigh.

    Parameters
    ----------
    hip_height_cm, knee_height_cm, thigh_length_cm : float
        As for `hipbook.progress.measure.thomas_trig_deg`, which refuses what cannot be [cm].
    """
    deg = thomas_trig_deg(hip_height_cm, knee_height_cm, thigh_length_cm)
    pose = lying("thomas", deg) | {"near_knee_flexion_deg": HANGING_DEG - 0.4 * deg}
    floor = pose["y"] - min(max(hip_height_cm * THIGH / thigh_length_cm, SHOWN[0]), SHOWN[1])
    wide, high = (RIGHT - LEFT) * STATURE_PX, (TOP - floor + GROUND) * STATURE_PX
    with style.house_style():
        figure = style.sheet(TOP_PX + high + 12, text("figure.thomas.title"), text("figure.thomas.unit"))
        ax = style.plot_area(figure, (style.WIDTH_PX - wide) / 2, TOP_PX, wide, high)
        ax.set_axis_off()
        ax.set(xlim=(LEFT, RIGHT), ylim=(floor - GROUND, TOP))
        _draw_table(ax, floor)
        draw_body(ax, pose, props=(), colors=NO_FLOOR)
        at = skeleton_points(pose)
        _draw_lengths(ax, at, floor, deg, (hip_height_cm, knee_height_cm, thigh_length_cm))
    return figure


def describe_thomas(hip_height_cm: float, knee_height_cm: float, thigh_length_cm: float) -> str:
    """Say what `figure_thomas` shows; parameters as there."""
    deg = thomas_trig_deg(hip_height_cm, knee_height_cm, thigh_length_cm)
    drop = hip_height_cm - knee_height_cm
    key = "lower" if drop > 0 else "higher" if drop < 0 else "level"
    return text(
        f"figure.thomas.said.{key}",
        drop=f"{abs(drop):g}",
        thigh=f"{thigh_length_cm:g}",
        deg=signed(deg),
        per_cm=f"{np.degrees(1 / thigh_length_cm):.1f}",
    )


def thomas_figure(
    hip_height_cm: float = 84.0, knee_height_cm: float = 80.0, thigh_length_cm: float = 41.5
) -> ShownFigure:
    """Show how a tape measures the slope of the thigh, with words.

    Parameters
    ----------
    hip_height_cm, knee_height_cm : float
        Height of the hip mark and of the knee mark above the floor [cm], 5–150.
    thigh_length_cm : float
        From mark to mark [cm], 20–70.

    Raises
    ------
    MeasureError
        Names the length, its range and the value.
    """
    from hipbook.figures import display

    lengths = (hip_height_cm, knee_height_cm, thigh_length_cm)
    return display.show(figure_thomas(*lengths), describe_thomas(*lengths), title=text("figure.thomas.title"))


def _draw_table(ax: Axes, floor: float) -> None:
    wood = {"facecolor": style.PROP, "edgecolor": "none", "zorder": 0.5}
    ax.add_patch(Rectangle((LEFT, floor - GROUND), RIGHT - LEFT, GROUND, facecolor=style.REST, zorder=0.3))
    ax.plot([LEFT, RIGHT], [floor, floor], color=style.FLOOR, linewidth=2, zorder=0.6)
    start, end = TABLE["thomas"]
    for foot in (start + 0.06, end - 0.05):
        ax.add_patch(Rectangle((foot - 0.012, floor), 0.024, -floor - 0.01, **wood))
    top = FancyBboxPatch(
        (start, -TABLE_THICK), end - start, TABLE_THICK, boxstyle="round,pad=0,rounding_size=0.01", **wood
    )
    ax.add_patch(top)


def _draw_lengths(ax: Axes, at: dict, floor: float, deg: float, lengths: tuple[float, float, float]) -> None:
    hip, knee = at["near_hip"], at["near_knee"]
    ink = {"color": style.INK, "linewidth": 1.3, "zorder": 60, "solid_capstyle": "butt"}
    words = {"size": 14 * style.PX, "weight": "bold", "zorder": 61}
    for letter, point, x, side, length in (
        ("A", hip, hip[0] - 0.09, "right", lengths[0]),
        ("B", knee, knee[0] + 0.15, "left", lengths[1]),
    ):
        ax.plot([x, x], [floor, point[1]], **ink)
        ax.plot([x, point[0]], [point[1], point[1]], **ink)
        for y in (floor, point[1]):
            ax.plot([x - 0.016, x + 0.016], [y, y], **ink)
        ax.text(
            x + (0.02 if side == "left" else -0.02), floor + 0.12, f"{letter} {length:g} cm", ha=side, **words
        )
    away = np.array([knee[1] - hip[1], hip[0] - knee[0]]) / -np.hypot(*(knee - hip)) * 0.085
    ends = np.stack([hip, knee]) + away
    ax.plot(*ends.T, **ink)
    for end in ends:
        ax.plot(*np.stack([end - away * 0.2, end + away * 0.2]).T, **ink)
    middle = ends.mean(axis=0) + away * 0.35
    ax.text(
        *middle,
        f"C {lengths[2]:g} cm",
        ha="center",
        va="bottom",
        rotation=-deg,
        rotation_mode="anchor",
        **words,
    )
    ax.plot(
        [hip[0], hip[0] + 0.46],
        [hip[1], hip[1]],
        linestyle=(0, (4, 3)),
        color=style.INK,
        linewidth=1.2,
        zorder=59,
    )
    ax.plot(
        *np.stack([hip, knee]).T,
        "o",
        color=style.PAPER,
        markeredgecolor=style.INK,
        markeredgewidth=1.6,
        markersize=8,
        zorder=62,
    )
    if abs(deg) >= 0.5:
        low, high = sorted((-deg, 0.0))
        ax.add_patch(
            Arc(hip, 2 * ARC, 2 * ARC, theta1=low, theta2=high, color=style.ACCENT, linewidth=2.4, zorder=60)
        )
    beyond = 0.02 if deg >= 0 else -0.06  # on the side of the level where the thigh is not
    ax.text(
        hip[0] + ARC + 0.06,
        hip[1] + beyond,
        signed(deg),
        color=style.ACCENT,
        **(words | {"size": 18 * style.PX}),
    )
