"""Ball and socket from the side, to scale, with the measured glide: the still twin of the explorable."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path

from hipbook.figures import style
from hipbook.figures.explorable_words import number, socket_sentence
from hipbook.motion import ball_and_socket as socket
from hipbook.strings import text

__all__ = ["describe_ball_and_socket", "figure_ball_and_socket", "table_ball_and_socket"]

JOINT_PX, JOINT_MM = (24, 80, 360, 406), (-60.0, 64.0, -84.0, 56.0)  # left, top, width, height; the view
LENS_PX, LENS_TIMES = 150, 10
CHART_PX = (446, 306, 286, 138)
CUP_FROM_DEG, CUP_TO_DEG, CUP_MM = 30.0, 192.5, 26.9
# our drawing of the pelvis around the cup, from its back rim up, over and down to its front rim
PELVIS_MM = (
    (-26.3, -5.8), (-36.0, -18.0), (-44.0, -22.0), (-49.5, -15.0), (-49.0, -8.0), (-45.5, 8.0), (-42.5, 22.0),
    (-39.5, 40.0), (-37.3, 56.5), (-36.0, 68.0), (42.0, 68.0), (40.5, 56.5), (37.0, 40.0), (36.5, 29.0),
    (37.0, 20.0), (34.5, 12.7), (29.0, 11.2), (23.3, 13.4),
)  # fmt: skip


def figure_ball_and_socket(*, hip_extension_deg: float, force_n: float, direction: str) -> Figure:
    """Draw the joint to scale, and the glide ten times larger over its force.

    Parameters
    ----------
    hip_extension_deg : float
        −20 to 20, extension positive.
    force_n : float
        Push on the ball [N], 0 to 356.
    direction : {"forward", "down"}
        Where it pushes.
    """
    socket.check(hip_extension_deg=hip_extension_deg, force_n=force_n, direction=direction)
    glide = socket.glide_mm(force_n)
    shift = glide * np.array(socket.DIRECTIONS[direction])
    with style.house_style():
        figure = style.sheet(
            506, text("explorable.ball_and_socket.title"), text("explorable.ball_and_socket.question")
        )
        _draw_joint(style.plot_area(figure, *JOINT_PX), hip_extension_deg, shift, force_n)
        _draw_lens(figure, glide, np.array(socket.DIRECTIONS[direction]))
        _write_glide(figure, glide, force_n, direction)
        _draw_chart(style.plot_area(figure, *CHART_PX), force_n, glide)
        style.write(
            figure, CHART_PX[0] - 22, CHART_PX[1] - 14, _say("chart"), size_px=style.TEXT_PX, weight="bold"
        )
    return figure


def describe_ball_and_socket(*, hip_extension_deg: float, force_n: float, direction: str) -> str:
    """Say what :func:`figure_ball_and_socket` shows; parameters as there."""
    said = socket_sentence(hip_extension_deg, force_n, direction)
    return f"{said} {text('explorable.ball_and_socket.note')}"


def table_ball_and_socket() -> pd.DataFrame:
    """Return what was measured: force [N] and mean glide [mm]."""
    columns = [text("explorable.ball_and_socket.chart_x"), text("explorable.ball_and_socket.chart")]
    rows = [[f"{force:g}", f"{mm:.2f}"] for force, mm in socket.MEASURED_GLIDE]
    return pd.DataFrame(rows, columns=columns)


def _say(key: str, **values: object) -> str:
    return text(f"explorable.ball_and_socket.{key}", **values)


def _draw_joint(axes: Axes, extension: float, shift: np.ndarray, force_n: float) -> None:
    left, right, bottom, top = JOINT_MM
    axes.set(xlim=(left, right), ylim=(bottom, top))
    axes.set_axis_off()
    line = {"edgecolor": style.BONE_LINE, "linewidth": 1.8}
    axes.add_patch(PathPatch(_pelvis(), facecolor=style.BONE, **line))
    femur = _smooth(socket.femur_outline(extension) + shift)
    axes.add_patch(PathPatch(femur, facecolor=style.BONE, **line))
    axes.add_patch(Circle(shift, socket.BALL_RADIUS_MM, facecolor=style.BONE, **line))
    rest = {"facecolor": "none", "edgecolor": style.MUTED, "linewidth": 1.1, "linestyle": (0, (3, 3))}
    axes.add_patch(Circle((0, 0), socket.BALL_RADIUS_MM, **rest))
    band, taut = socket.capsule_band(extension), socket.slack(extension) <= 0
    color, width = (style.ACCENT, 6.0) if taut else (style.BAND, 8.0)
    axes.plot(*band.T, color=color, linewidth=width, solid_capstyle="round", zorder=4)
    axes.plot(*band.T, color=style.PAPER, linewidth=1, alpha=0.7, zorder=4)
    if force_n > 0:
        _draw_push(axes, shift, force_n)
    words = {"size": 13 * style.PX, "weight": "bold", "zorder": 6}
    axes.text(-3, 46, _say("socket"), ha="center", **words)
    axes.text(*shift, _say("ball"), ha="center", va="center", **words)
    capsule = _say("capsule_taut" if taut else "capsule")
    axes.text(right - 1, -22, capsule, ha="right", color=style.ACCENT, **words)
    quiet = {"size": 12 * style.PX, "zorder": 6}
    axes.annotate("", (-22, 38), (-22, 28), arrowprops={"arrowstyle": "->", "linestyle": "--"})
    axes.text(-17, 36.3, _say("up_1"), **quiet)
    axes.text(-17, 30.3, _say("up_2"), **quiet)
    axes.text(left + 1, top - 5, _say("back"), color=style.MUTED, **quiet)
    axes.text(right - 1, top - 5, _say("front"), color=style.MUTED, ha="right", **quiet)
    axes.plot([34, 44], [-78, -78], color=style.INK, linewidth=1.6)
    axes.plot([34, 34, 44, 44], [-79.5, -76.5, -79.5, -76.5], "|", ms=6, color=style.INK)
    axes.text(46, -79.8, _say("scale"), color=style.MUTED, **quiet)


def _draw_push(axes: Axes, shift: np.ndarray, force_n: float) -> None:
    long = 6 + 20 * force_n / socket.MEASURED_GLIDE[-1][0]
    along = shift / np.hypot(*shift)
    tip = -along * (socket.BALL_RADIUS_MM + 1) if along[0] else -along * -(long + 8)
    arrow = {
        "arrowstyle": "-|>,head_width=0.32,head_length=0.55",
        "linewidth": 3.4,
        "color": style.EVIDENCE,
        "mutation_scale": 16,
    }
    axes.annotate("", tip, tip - along * long, arrowprops=arrow | {"shrinkA": 0, "shrinkB": 0}, zorder=7)


def _draw_lens(figure: Figure, glide: float, along: np.ndarray) -> None:
    """Enlarge the edge of the ball: where it rests, and where it is."""
    axes = style.plot_area(figure, 420, 88, LENS_PX, LENS_PX)
    half = LENS_PX / 2 / (JOINT_PX[2] / (JOINT_MM[1] - JOINT_MM[0])) / LENS_TIMES
    edge = socket.BALL_RADIUS_MM * along
    middle = edge + 0.75 * along
    axes.set(xlim=middle[0] + np.array([-half, half]), ylim=middle[1] + np.array([-half, half]))
    axes.set_axis_off()
    rim = Circle(middle, half * 0.985, facecolor="none", edgecolor=style.MUTED, linewidth=2, zorder=5)
    ball = Circle(glide * along, socket.BALL_RADIUS_MM, facecolor=style.BONE, edgecolor=style.BONE_LINE)
    rest = Circle(
        (0, 0), socket.BALL_RADIUS_MM, facecolor="none", edgecolor=style.MUTED, linestyle=(0, (3, 3))
    )
    axes.add_patch(rim)
    for patch in (ball, rest):
        axes.add_patch(patch)
        patch.set(clip_path=rim, linewidth=1.6)
    if glide > 0:
        ends = np.stack([edge, edge + glide * along])
        axes.plot(*ends.T, color=style.EVIDENCE, linewidth=2.6, zorder=4)
        across = np.array([-along[1], along[0]]) * 0.3
        for end in ends:
            axes.plot(
                *np.stack([end - across, end + across]).T, color=style.EVIDENCE, linewidth=2.6, zorder=4
            )


def _write_glide(figure: Figure, glide: float, force_n: float, direction: str) -> None:
    least = socket.MEASURED_GLIDE[0][0]
    kind = "what_if" if direction == "down" else "ours" if 0 < force_n < least else "measured"
    style.write(figure, 586, 122, _say("lens", times=LENS_TIMES), color=style.MUTED)
    big = _say("mm", mm=number(glide, 2))
    style.write(figure, 586, 160, big, size_px=28, weight="bold", color=style.EVIDENCE)
    for line in (1, 2):
        style.write(figure, 586, 166 + 18 * line, _say(f"{kind}_{line}"), color=style.MUTED)


def _draw_chart(axes: Axes, force_n: float, glide: float) -> None:
    low, most = socket.SINGLE_HIPS_MM
    axes.set(xlim=(0, 400), ylim=(0, 3), xlabel=_say("chart_x"))
    axes.set_yticks([0, 1, 2, 3])
    axes.axhspan(low, most, facecolor=style.EVIDENCE, alpha=0.12, linewidth=0)
    axes.text(
        10, most - 0.36, _say("single_hips", low=number(low, 2), most=number(most, 2)), color=style.MUTED
    )
    forces, means = zip(*socket.MEASURED_GLIDE, strict=True)
    axes.plot([0, forces[0]], [0, means[0]], color=style.EVIDENCE, linewidth=2, linestyle=(0, (1.5, 2)))
    axes.plot(forces, means, "o-", color=style.EVIDENCE, linewidth=2, ms=6)
    axes.plot(force_n, glide, "o", ms=12, mfc="none", mec=style.INK, mew=2, clip_on=False)


def _pelvis() -> Path:
    turn = np.radians(np.linspace(CUP_FROM_DEG, CUP_TO_DEG, 40))
    cup = CUP_MM * np.stack([np.cos(turn), np.sin(turn)], axis=-1)
    outer = np.array(PELVIS_MM)
    curve = _smooth(outer, closed=False)
    vertices = np.concatenate([cup, curve.vertices[1:], cup[:1]])
    codes = [Path.MOVETO, *([Path.LINETO] * (len(cup) - 1)), *curve.codes[1:], Path.CLOSEPOLY]
    return Path(vertices, codes)


def _smooth(points: np.ndarray, *, closed: bool = True) -> Path:
    padded = np.concatenate(
        [points[-1:], points, points[:2]] if closed else [points[:1], points, points[-1:]]
    )
    before, start, last, after = padded[:-3], padded[1:-2], padded[2:-1], padded[3:]
    curves = np.stack([start + (last - before) / 6, last - (after - start) / 6, last], axis=1).reshape(-1, 2)
    return Path(np.concatenate([points[:1], curves]), [Path.MOVETO, *([Path.CURVE4] * len(curves))])
