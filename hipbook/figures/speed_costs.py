"""Who gives the thigh's extra degrees when walking gets faster: the still twin of the explorable."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hipbook.figures import style
from hipbook.figures.body import GHOST, LIT, draw_body
from hipbook.figures.explorable_words import (
    furthest,
    gain,
    number,
    speed_costs_words,
    speed_sentence,
    speed_words,
)
from hipbook.motion.compensation import walk
from hipbook.motion.gait import FRAMES, WALKING_SPEEDS, speed_m_per_s
from hipbook.motion.skeleton import skeleton_points
from hipbook.motion.walker import walker_pose
from hipbook.strings import text

__all__ = ["describe_speed_costs", "figure_speed_costs", "table_speed_costs"]

BODY_PX, VIEW = (24, 110, 330, 440), {"xlim": (-0.39, 0.39), "ylim": (-0.02, 1.02)}
CHART_PX, BARS_PX = (412, 112, 316, 250), (412, 432, 316, 96)
MOST_DEG, BAR_DEG = 26, (-2.0, 15.0)
NAMES = {"hip": "hip_extension_deg", "pelvis": "anterior_pelvic_tilt_deg"}
COLOR = {"hip": style.HIP, "pelvis": style.PELVIS}


def figure_speed_costs(*, slower: float, faster: float, leg_length_cm: float) -> Figure:
    """Draw two walkers with the thigh furthest back, that angle over speed, and what hip and pelvis give.

    Parameters
    ----------
    slower, faster : float
        Dimensionless walking speeds.
    leg_length_cm : float
        Sets the metres per second.
    """
    pair = sorted((slower, faster))
    with style.house_style():
        figure = style.sheet(
            580, text("explorable.speed_costs.title"), text("explorable.speed_costs.question")
        )
        _draw_walkers(style.plot_area(figure, *BODY_PX), pair)
        for row, name in enumerate(("slower", "faster")):
            y_px = 92 + 18 * row
            line = {"facecolor": style.INK if row else style.MUTED}
            for piece in range(1 if row else 3):
                style.swatch(figure, 24 + 11 * piece, y_px - 3, 30 if row else 7, 3, **line)
            said = f"{text(f'explorable.speed_costs.{name}')}: {speed_words(pair[row])}"
            style.write(figure, 64, y_px, said, size_px=style.TEXT_PX)
        chart = text("explorable.speed_costs.chart")
        style.write(figure, CHART_PX[0] - 26, CHART_PX[1] - 14, chart, size_px=style.TEXT_PX, weight="bold")
        _draw_chart(style.plot_area(figure, *CHART_PX), pair, leg_length_cm / 100)
        _draw_gains(style.plot_area(figure, *BARS_PX), gain(*map(furthest, pair)))
    return figure


def describe_speed_costs(*, slower: float, faster: float, leg_length_cm: float) -> str:
    """Say what :func:`figure_speed_costs` shows; parameters as there."""
    note = text("explorable.speed_costs.note", **speed_costs_words())
    return f"{speed_sentence(slower, faster)} {note}"


def table_speed_costs(*, leg_length_cm: float) -> pd.DataFrame:
    """Return the five measured speeds: metres per second, and thigh, hip and pelvis [°] at the peak."""
    rows = []
    for name, speed in WALKING_SPEEDS.items():
        at = furthest(speed)
        angles = (at.thigh_behind_vertical_deg, at.hip_extension_deg, at.anterior_pelvic_tilt_deg)
        said = text("explorable.speed.at", name=text(f"explorable.speed.{name}"))
        metres = f"{speed_m_per_s(speed, leg_length_cm / 100):.2f}"
        rows.append([said, metres, *(round(angle, 1) for angle in angles)])
    columns = [
        text(f"explorable.speed_costs.table.{of}") for of in ("walk", "speed", "thigh", "hip", "pelvis")
    ]
    return pd.DataFrame(rows, columns=columns)


def _draw_walkers(axes: Axes, pair: list[float]) -> None:
    axes.set(**VIEW)
    axes.set_axis_off()
    looks = ((GHOST, style.MUTED, (0, (3, 2))), (LIT, style.INK, "solid"))
    for row, (speed, (colors, color, dashes)) in enumerate(zip(pair, looks, strict=True)):
        walker = walk(speed, hip_extension_limit_deg=None)
        pose = walker_pose(walker, furthest(speed).phase * FRAMES)
        draw_body(axes, pose, colors=colors)
        at = skeleton_points(pose)
        hip, knee = at["near_hip"], at["near_knee"]
        line = np.stack([hip, hip + 1.35 * (knee - hip)])
        axes.plot(*line.T, color=color, linewidth=2 + 1.4 * row, linestyle=dashes, zorder=200)
    axes.plot(
        [hip[0]] * 2, [hip[1], hip[1] - 0.34], color=style.MUTED, linewidth=1.3, dashes=(1.5, 3), zorder=200
    )


def _draw_chart(axes: Axes, pair: list[float], leg_length_m: float) -> None:
    speeds = np.linspace(min(WALKING_SPEEDS.values()), max(WALKING_SPEEDS.values()), 37)
    peaks = [furthest(speed) for speed in speeds]
    hip = np.array([at.hip_extension_deg for at in peaks])
    thigh = np.array([at.thigh_behind_vertical_deg for at in peaks])
    axes.set(xlim=(speeds[0], speeds[-1]), ylim=(0, MOST_DEG), xlabel=text("explorable.speed_costs.chart_x"))
    axes.fill_between(speeds, 0, hip, facecolor=style.HIP, alpha=0.28, linewidth=0)
    axes.fill_between(speeds, hip, thigh, facecolor=style.PELVIS, alpha=0.28, linewidth=0)
    measured = np.array(list(WALKING_SPEEDS.values()))
    for curve, color in ((hip, style.HIP), (thigh, style.INK)):
        axes.plot(speeds, curve, color=color, linewidth=2)
        axes.plot(measured, np.interp(measured, speeds, curve), "o", ms=5, color=color, clip_on=False)
    axes.set_xticks(measured, [f"{speed_m_per_s(speed, leg_length_m):.2f}" for speed in measured])
    axes.text(0.5, 7, text("explorable.speed_costs.hip"), color=style.HIP, weight="bold", ha="center")
    axes.text(
        0.625, 19.8, text("explorable.speed_costs.pelvis"), color=style.PELVIS, weight="bold", ha="center"
    )
    for row, speed in enumerate(pair):
        top = furthest(speed).thigh_behind_vertical_deg
        dashes = "solid" if row else (0, (2, 2))
        axes.plot([speed, speed], [0, top], color=style.INK, linewidth=2, linestyle=dashes, clip_on=False)


def _draw_gains(axes: Axes, gained: dict[str, float]) -> None:
    axes.set(xlim=BAR_DEG, ylim=(-0.5, 1.9))
    axes.set_axis_off()
    axes.plot([0, 0], [-0.35, 1.5], color=style.MUTED, linewidth=1)
    for row, name in enumerate(NAMES):
        deg, color = gained[f"{name}_deg"], COLOR[name]
        axes.barh(1 - row, deg, 0.42, color=color)
        share = "–" if abs(gained["thigh_deg"]) < 0.05 else number(100 * deg / gained["thigh_deg"], 0)
        said = text("explorable.speed_costs.gives", deg=("+" if deg > 0 else "") + number(deg), share=share)
        words = f"{text(f'explorable.speed_costs.{name}')}  {said}"
        axes.text(
            max(deg, 0) + 0.4, 1 - row, words, color=color, weight="bold", va="center", size=13 * style.PX
        )
