"""A walker at the moment that matters, the stride in frames, and four curves: the explorer's still twin."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Wedge

from hipbook.figures import display, style
from hipbook.figures.body import GHOST, LIT, draw_body
from hipbook.motion import compensation, gait
from hipbook.motion.compensation import Walk, summary
from hipbook.motion.skeleton import skeleton_points
from hipbook.motion.walker import walker_pose
from hipbook.strings import text
from hipbook.widgets.gait_words import describe_walk, rounded

__all__ = ["describe_gait", "figure_gait", "gait_figure", "table_gait"]

FIELDS = MappingProxyType(
    {
        "hip": ("hip_extension_deg", style.HIP, (-36, 26), (-46, 28)),
        "pelvis": ("anterior_pelvic_tilt_deg", style.PELVIS, (-4, 32), (-4, 46)),
        "lumbar": ("lumbar_extension_deg", style.LUMBAR, (-4, 32), (-14, 40)),
        "thigh": ("thigh_behind_torso_deg", style.INK, (-38, 30), (-56, 34)),
    }
)
STAGE_PX, VIEW = (24, 92, 344, 452), {"xlim": (-0.42, 0.42), "ylim": (-0.04, 1.064)}
CURVES_PX, GAP_PX = (436, 92, 300, 452), 26  # left, top, width, height of all four; above each
STRIP_PX, STRIP_FRAMES = (24, 592, 712, 150), 6
ZONE_RING, NEEDLE = (0.285, 0.375), 0.41  # statures from the hip


def figure_gait(of: Walk) -> Figure:
    """Draw a walk beside the walk of the same speed that nothing limits.

    Parameters
    ----------
    of : Walk
        As `hipbook.motion.compensation.walk` gives it. Of a stiff left hip the left leg is described, else
        the right one.
    """
    free = compensation.walk(of.curves, hip_extension_limit_deg=None)
    moment = int(np.argmax((of.left if _left(of) else of.right).thigh_behind_torso_deg))
    with style.house_style():
        figure = style.sheet(
            790, text("figure.gait.title"), text(f"figure.gait.unit.{'left' if _left(of) else 'right'}")
        )
        _draw_key(figure)
        _draw_stage(style.plot_area(figure, *STAGE_PX), of, free, moment)
        _draw_curves(figure, of, free, moment)
        _draw_strip(figure, of, free)
    return figure


def describe_gait(of: Walk, leg_length_m: float) -> str:
    """Say what :func:`figure_gait` shows, as the explorer says it.

    Parameters
    ----------
    of : Walk
        As for `figure_gait`.
    leg_length_m : float
        Hip joint to floor [m].
    """
    return describe_walk(of, leg_length_m)


def table_gait(of: Walk, leg_length_m: float) -> pd.DataFrame:
    """Return the peaks of this walk and of the one that nothing limits; parameters as for `describe_gait`."""
    free = compensation.walk(of.curves, hip_extension_limit_deg=None)
    side = "left" if _left(of) else "right"
    rows = []
    now, usual = summary(of, leg_length_m), summary(free, leg_length_m)
    for name, field in (
        ("hip", "peak_hip_extension_deg"),
        ("pelvis", "peak_anterior_pelvic_tilt_deg"),
        ("lumbar", "peak_lumbar_extension_deg"),
        ("thigh", "peak_thigh_behind_torso_deg"),
        ("step", "step_length_cm"),
    ):
        values = [getattr(one, field) for one in (now, usual)]
        values = [value[side] if isinstance(value, dict) else value for value in values]
        if None not in values:
            rows.append([text(f"figure.gait.table.{name}"), *(round(float(value), 1) for value in values)])
    columns = [text(f"figure.gait.table.{of_}") for of_ in ("what", "now", "usual")]
    return pd.DataFrame(rows, columns=columns)


def gait_figure(
    *,
    gait: str = "walking",
    speed: float | str = "free",
    hip_extension_limit_deg: float = 20.0,
    stiff_side: str = "both",
    share: float = compensation.SHARE,
    pelvis: str = "held",
    leg_length_m: float = 0.9,
) -> display.ShownFigure:
    """Show a walk as the gait explorer would, standing still, with words and table.

    Parameters
    ----------
    gait, speed, hip_extension_limit_deg, stiff_side, share, pelvis, leg_length_m
        As for `hipbook.widgets.explorer.gait_explorer`.

    Raises
    ------
    GaitError, CompensationError
        Name the setting, its range and the value.
    """
    walk = compensation.walk(
        _curves(gait, speed),
        hip_extension_limit_deg=hip_extension_limit_deg,
        stiff_side=stiff_side,
        share=share,
        pelvis=pelvis,
    )
    return display.show(
        figure_gait(walk),
        describe_gait(walk, leg_length_m),
        title=text("figure.gait.title"),
        table=table_gait(walk, leg_length_m),
    )


def _curves(kind: str, speed: float | str) -> gait.GaitCurves:
    if kind not in ("walking", "running"):
        raise gait.GaitError(f"gait must be walking or running, got {kind!r}")
    if isinstance(speed, str) and speed not in gait.WALKING_SPEEDS:
        raise gait.GaitError(
            f"speed must be a number or one of {', '.join(gait.WALKING_SPEEDS)}, got {speed!r}"
        )
    if kind == "running":
        return gait.running_curves()
    return gait.curves(gait.WALKING_SPEEDS[speed] if isinstance(speed, str) else speed)


def _left(of: Walk) -> bool:
    return of.stiff_side == "left"


def _restricted(of: Walk, free: Walk) -> bool:
    legs = ((of.right, free.right), (of.left, free.left))
    return any(np.abs(a.hip_extension_deg - b.hip_extension_deg).max() > 0.05 for a, b in legs)


def _values(of: Walk, field: str, left: bool) -> np.ndarray:
    """Return one curve over the described leg's own stride, closed: one value more than frames."""
    leg = of.left if left else of.right
    values = getattr(leg, field) if hasattr(leg, field) else getattr(of, field)
    rolled = np.roll(values, len(values) // 2) if left else values
    return np.append(rolled, rolled[0])


def _below(hip: np.ndarray, deg: float, r: float) -> np.ndarray:
    return hip + r * np.array([-np.sin(np.radians(deg)), -np.cos(np.radians(deg))])


# --- the picture ------------------------------------------------------------


def _draw_key(figure: Figure) -> None:
    for row, (name, color) in enumerate((("now", style.INK), ("usual", style.MUTED))):
        x_px = CURVES_PX[0] + 108 * row
        for piece in range(3 if row else 1):
            style.swatch(figure, x_px + 9 * piece, 74, 6 if row else 24, 3, facecolor=color)
        style.write(figure, x_px + 30, 78, text(f"explorer.key.{name}"), color=style.MUTED)


def _draw_stage(axes: Axes, of: Walk, free: Walk, moment: int) -> None:
    axes.set(**VIEW)
    axes.set_axis_off()
    pose = walker_pose(of, moment)
    if _restricted(of, free):
        draw_body(axes, walker_pose(free, moment), colors=GHOST)
    draw_body(axes, pose, colors=LIT)
    at = skeleton_points(pose)
    hip, side = at["near_hip"], "far" if _left(of) else "near"
    trunk = -float(of.trunk_backward_lean_deg[moment])
    low, high = gait.TORSO_ZONE_DEG
    ring = {"width": ZONE_RING[1] - ZONE_RING[0], "facecolor": style.ZONE, "edgecolor": style.MUTED}
    axes.add_patch(
        Wedge(hip, ZONE_RING[1], 270 - trunk - high, 270 - trunk - low, zorder=200, linewidth=1, **ring)
    )
    words = text("explorer.zone", low=f"{low:g}", high=f"{high:g}")
    spot = _below(hip, trunk + high + 6.5, ZONE_RING[1] + 0.01)
    axes.text(*spot, words, ha="right", va="center", zorder=203, size=12 * style.PX)
    torso = np.stack([_below(hip, trunk, -0.47), _below(hip, trunk, ZONE_RING[1])])
    axes.plot(*torso.T, color=style.MUTED, linewidth=1.6, dashes=(3, 2.5), zorder=201)
    spine = np.stack([at[f"lumbar_{k}"] for k in range(7)])
    axes.plot(*spine.T, color=style.LUMBAR, linewidth=5.5, solid_capstyle="round", zorder=201)
    thigh = np.stack([hip, hip + NEEDLE / 0.245 * (at[f"{side}_knee"] - hip)])
    axes.plot(*thigh.T, color=style.INK, linewidth=3.4, solid_capstyle="round", zorder=202)
    axes.plot(*hip, "o", ms=8, mfc=style.PAPER, mec=style.INK, mew=2.2, zorder=203)
    deg = (of.left if _left(of) else of.right).thigh_behind_torso_deg[moment]
    big = {"weight": "bold", "zorder": 203, "ha": "left"}
    axes.text(-0.41, 0.86, text("explorer.of.thigh"), size=13 * style.PX, **big)
    axes.text(-0.41, 0.785, f"{rounded(abs(deg))}°", size=28 * style.PX, **big)
    axes.text(
        -0.41,
        0.745,
        text("explorer.sense.thigh.more" if deg > 0 else "explorer.sense.thigh.less"),
        zorder=203,
    )


def _draw_curves(figure: Figure, of: Walk, free: Walk, moment: int) -> None:
    left_px, top_px, width_px, height_px = CURVES_PX
    spans = {name: _span(name, of, free) for name in FIELDS}
    px_per_deg = (height_px - GAP_PX * len(FIELDS)) / sum(high - low for low, high in spans.values())
    count = of.phase.size
    at = (moment + (count // 2 if _left(of) else 0)) % count
    percent = np.linspace(0, 100, count + 1)
    y_px = top_px
    for name, (field, color, *_) in FIELDS.items():
        low, high = spans[name]
        tall = (high - low) * px_per_deg
        axes = style.plot_area(figure, left_px, y_px + GAP_PX, width_px, tall)
        axes.set(xlim=(0, 100), ylim=(low, high))
        axes.set_yticks([deg for deg in range(-40, 41, 20) if low < deg < high])
        axes.set_xticks(
            [0, 50, 100],
            [text("figure.gait.percent", percent=at) for at in (0, 50, 100)] if name == "thigh" else [],
        )
        axes.axhline(0, color=style.NEUTRAL, linewidth=1, zorder=1)
        if name == "thigh":
            axes.axhspan(*gait.TORSO_ZONE_DEG, color=style.ZONE, alpha=0.55, linewidth=0, zorder=0)
        now, usual = (_values(walk, field, _left(of)) for walk in (of, free))
        axes.fill_between(percent, now, usual, color=color, alpha=0.22, linewidth=0)
        axes.plot(percent, usual, color=style.MUTED, linewidth=1.5, dashes=(3, 2.5))
        axes.plot(percent, now, color=color, linewidth=2.2)
        axes.axvline(100 * at / count, color=style.NEUTRAL, linewidth=1.2)
        axes.plot(100 * at / count, now[at], "o", ms=7, color=color, mec=style.PAPER, mew=1.5, zorder=5)
        head = text(f"explorer.curve.{name}")
        style.write(
            figure, left_px, y_px + GAP_PX - 7, head, color=color, weight="bold", size_px=style.TEXT_PX
        )
        value = {"color": color, "weight": "bold", "ha": "right", "size_px": style.TEXT_PX}
        style.write(figure, left_px + width_px, y_px + GAP_PX - 7, f"{rounded(now[at])}°", **value)
        y_px += GAP_PX + tall
    style.write(figure, left_px, y_px + 34, text("figure.gait.axis"), color=style.MUTED)


def _span(name: str, of: Walk, free: Walk) -> tuple[float, float]:
    """Return the degrees shown: the same for every walk of a kind, wider where a curve needs it."""
    field, _, *usual = FIELDS[name]
    low, high = usual[of.curves.running]
    drawn = np.concatenate([_values(walk, field, _left(of)) for walk in (of, free)])
    return min(low, drawn.min() - 2), max(high, drawn.max() + 2)


def _draw_strip(figure: Figure, of: Walk, free: Walk) -> None:
    left_px, top_px, width_px, height_px = STRIP_PX
    wide = width_px / STRIP_FRAMES
    count = of.phase.size
    start = count // 2 if _left(of) else 0
    half = (VIEW["ylim"][1] - VIEW["ylim"][0]) * wide / height_px / 2
    for place in range(STRIP_FRAMES):
        axes = style.plot_area(figure, left_px + place * wide, top_px, wide, height_px)
        axes.set(xlim=(-half, half), ylim=VIEW["ylim"])
        axes.set_axis_off()
        index = start + count * place / STRIP_FRAMES
        if _restricted(of, free):
            draw_body(axes, walker_pose(free, index), colors=GHOST)
        draw_body(axes, walker_pose(of, index), colors=LIT)
        said = text("figure.gait.percent", percent=round(100 * place / STRIP_FRAMES))
        middle = left_px + (place + 0.5) * wide
        style.write(figure, middle, top_px + height_px + 16, said, color=style.MUTED, ha="center")
