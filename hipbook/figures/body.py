"""A pose as a drawn body, and a stretch as its poses side by side: the still twin of the browser's figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from hipbook.figures import style
from hipbook.figures.body_paths import Point, arc, arm, leg, slab, smooth, trunk
from hipbook.motion.skeleton import body_outlines, skeleton_points
from hipbook.strings import text

__all__ = ["COLORS", "GHOST", "LIT", "describe_stretch", "draw_body", "figure_stretch"]

# Part → colour of the house palette, so that the picture follows the theme (see display.py).
COLORS = MappingProxyType(
    {
        "body": style.BODY,
        "near": style.BODY_NEAR,
        "far": style.BODY_FAR,
        "bone": style.PAPER,
        "edge": style.PAPER,
        "accent": style.FELT,
        "floor": style.FLOOR,
        "prop": style.PROP,
        "prop_line": style.PROP_LINE,
    }
)

# A paler body, so that lines and arcs on it are seen.
LIT = MappingProxyType(
    {**COLORS, "body": style.BODY_FAR, "near": style.BODY, "far": style.BODY_FAR, "floor": style.BODY_FAR}
)
# The shadow of the walker whom nothing limits.
GHOST = MappingProxyType(
    {**dict.fromkeys(COLORS, style.REST), "edge": style.BODY_FAR, "floor": style.BODY_FAR}
)

EDGE, FLOOR_LINE, PROP_LINE, RING_LINE, SPINE = 0.009, 0.004, 0.005, 0.006, 0.019  # line widths in statures
VERTEBRA, DISC = 0.0154, 0.006  # along the low back: five pieces
PAD_THICK, CUSHION_THICK, MAT_THICK, WALL_THICK = 0.020, 0.036, 0.014, 0.030
MARGIN = 0.05
TOP_PX, CAPTION_PX, GAP_PX = 8, 34, 16
LARGEST_STATURE_PX = 330


def draw_body(
    ax: Axes,
    pose: Mapping,
    *,
    mirror: bool = False,
    sensation: str | None = None,
    props: Sequence[Mapping] | None = None,
    colors: Mapping[str, str] = COLORS,
) -> None:
    """Draw one pose with its props into axes whose limits are set, in statures and to equal scale.

    Parameters
    ----------
    ax : Axes
        Receives the drawing; line widths follow its present limits.
    pose : mapping
        Fields of `hipbook.motion.pose.FIELDS` as single numbers.
    mirror : bool
        The person faces left, as when the left side is stretched: the stretched leg is always the nearer one.
    sensation : str, optional
        One of `hipbook.motion.pose.SENSATIONS`: where a ring shows that the stretch is felt.
    props : sequence of mapping, optional
        Tables of ``kind, x, y, size``; the pose's own when left out.
    colors : mapping
        Colour by part, with the keys of `COLORS`.
    """
    at, outlines = skeleton_points(pose), body_outlines(pose)
    pen = _Pen(ax, mirror)
    things = pose.get("props", ()) if props is None else props
    pen.line(Path([(-4, -0.002), (4, -0.002)]), colors["floor"], FLOOR_LINE)
    for prop in things:
        if prop["kind"] != "towel_roll":
            _draw_prop(pen, prop, colors)
    for part, color in ((arm(at, "far"), "far"), (leg(at, "far"), "far")):
        pen.shape(part, colors[color], colors["edge"])
    pen.shape(trunk(at, outlines), colors["body"], colors["edge"])
    pen.shape(leg(at, "near"), colors["near"], colors["edge"])
    pen.fill([smooth(outlines["pelvis"])], colors["bone"], alpha=0.62)
    spine = smooth(np.stack([at[f"lumbar_{k}"] for k in range(7)]), closed=False)
    pen.line(spine, colors["bone"], SPINE, dashes=(VERTEBRA, DISC), alpha=0.62)
    pen.shape(arm(at, "near"), colors["near"], colors["edge"])
    for prop in things:
        if prop["kind"] == "towel_roll":
            _draw_prop(pen, prop, colors)
    if sensation:
        _draw_sensation(pen, at[sensation], colors["accent"])


def figure_stretch(
    keyframes: Sequence[tuple[str, Mapping]],
    *,
    mirror: bool = False,
    sensation: str | None = None,
    colors: Mapping[str, str] = COLORS,
) -> Figure:
    """Draw the poses of a stretch side by side, at one scale, each with its name below.

    Parameters
    ----------
    keyframes : sequence of (str, mapping)
        Name (``ready``, ``hold``, ``pull``, ``release``) and pose.
    mirror, colors
        As for `draw_body`.
    sensation : str, optional
        As for `draw_body`; drawn where the stretch is under way, not in ``ready``.
    """
    left, right, bottom, top = _frame([pose for _, pose in keyframes], mirror)
    room_px = (style.WIDTH_PX - GAP_PX * (len(keyframes) - 1)) / len(keyframes)
    px = min(room_px / (right - left), LARGEST_STATURE_PX)
    wide, high = (right - left) * px, (top - bottom) * px
    width_px = wide * len(keyframes) + GAP_PX * (len(keyframes) - 1)
    height_px = TOP_PX + high + CAPTION_PX
    with style.house_style():
        figure = Figure(figsize=(width_px / style.DPI, height_px / style.DPI), dpi=style.DPI)
        for place, (name, pose) in enumerate(keyframes):
            x_px = place * (wide + GAP_PX)
            ax = style.plot_area(figure, x_px, TOP_PX, wide, high)
            ax.set_axis_off()
            ax.set(xlim=(left, right), ylim=(bottom, top))
            felt = sensation if name != "ready" else None
            draw_body(ax, pose, mirror=mirror, sensation=felt, colors=colors)
            caption = f"{place + 1}. {text(f'figure.body.step.{name}')}"
            middle = x_px + wide / 2
            style.write(
                figure, middle, height_px - 12, caption, size_px=style.TEXT_PX, weight="bold", ha="center"
            )
    return figure


def describe_stretch(
    keyframes: Sequence[tuple[str, Mapping]], *, name: str, sensation: str | None = None
) -> str:
    """Say what `figure_stretch` shows.

    Parameters
    ----------
    keyframes, sensation
        As for `figure_stretch`.
    name : str
        The stretch, in the learner's words.
    """
    steps = ", ".join(
        f"{at}. {text(f'figure.body.step.{step}')}" for at, (step, _) in enumerate(keyframes, 1)
    )
    words = text("figure.body.drawn", name=name, steps=steps)
    return f"{words} {text(f'figure.body.felt.{sensation}')}" if sensation else words


class _Pen:
    """Draws paths in statures, mirrored or not, later ones on top."""

    def __init__(self, ax: Axes, mirror: bool):
        (x0, _), (x1, _) = ax.transData.transform([(0, 0), (1, 0)])
        self.points = (x1 - x0) * 72 / ax.figure.dpi  # in a stature
        self.ax, self.side, self.order = ax, (-1 if mirror else 1), 1

    def shape(self, pieces: Sequence[Path], color: str, edge: str) -> None:
        """Fill the union of pieces, with an edge around the whole only."""
        self._add(pieces, facecolor="none", edgecolor=edge, linewidth=EDGE * self.points, joinstyle="round")
        self.fill(pieces, color)

    def fill(self, pieces: Sequence[Path], color: str, alpha: float = 1.0) -> None:
        self._add(pieces, facecolor=color, alpha=alpha, linewidth=0)

    def line(
        self,
        path: Path,
        color: str,
        width: float,
        dashes: tuple[float, float] | None = None,
        alpha: float = 1.0,
    ) -> None:
        # matplotlib counts dashes in line widths
        pattern = (0, tuple(length / width for length in dashes)) if dashes else "-"
        look = {
            "linewidth": width * self.points,
            "linestyle": pattern,
            "capstyle": "butt" if dashes else "round",
        }
        self._add([path], facecolor="none", edgecolor=color, alpha=alpha, **look)

    def _add(self, pieces: Sequence[Path], **look: object) -> None:
        path = Path.make_compound_path(*pieces)
        turned = Path(path.vertices * [self.side, 1], path.codes)
        self.ax.add_artist(PathPatch(turned, zorder=self.order, clip_on=True, **look))
        self.order += 1


def _draw_prop(pen: _Pen, prop: Mapping, colors: Mapping[str, str]) -> None:
    x, y, size = prop["x"], prop["y"], prop["size"]
    seat, deep = y + size * 0.5, size * 0.46
    pieces = {
        "mat": lambda: [slab(x, y - MAT_THICK, size, MAT_THICK, 0.006)],
        "towel_pad": lambda: [slab(x - size / 2, y, size, PAD_THICK, 0.009)],
        "head_cushion": lambda: [slab(x - size / 2, y, size, CUSHION_THICK, 0.017)],
        "towel_roll": lambda: [arc(np.array([x, y]), size / 2, 0, 360)],
        "wall": lambda: [slab(x, y, WALL_THICK, size, 0.004)],
        "chair": lambda: [
            slab(x, seat - 0.012, deep, 0.026, 0.011),
            slab(x - 0.012, y, 0.024, size, 0.011),
            slab(x + deep - 0.026, y, 0.022, size * 0.5, 0.010),
        ],
    }
    pen.fill(pieces[prop["kind"]](), colors["prop"])
    if prop["kind"] == "towel_pad":
        fold = y + PAD_THICK / 2
        pen.line(
            Path([(x - size / 2 + 0.01, fold), (x + size / 2 - 0.004, fold)]), colors["prop_line"], PROP_LINE
        )
    if prop["kind"] == "towel_roll":
        turn = np.arange(21)
        radius = size / 2 * (0.8 - 0.036 * turn)
        spiral = np.stack([x + radius * np.cos(0.62 * turn), y + radius * np.sin(0.62 * turn)], axis=-1)
        pen.line(smooth(spiral, closed=False), colors["prop_line"], PROP_LINE)


def _draw_sensation(pen: _Pen, point: Point, color: str) -> None:
    for radius, alpha in ((0.056, 0.16), (0.038, 0.28), (0.013, 1.0)):
        pen.fill([arc(point, radius, 0, 360)], color, alpha)
    pen.line(arc(point, 0.038, 0, 360), color, RING_LINE, alpha=0.9)


def _frame(poses: Sequence[Mapping], mirror: bool) -> tuple[float, float, float, float]:
    """Return left, right, bottom, top that hold all poses with their props."""
    spots = []
    for pose in poses:
        spots += [np.stack(list(skeleton_points(pose).values())), body_outlines(pose)["torso"]]
        for prop in pose.get("props", ()):
            tall = prop["size"] if prop["kind"] in ("wall", "chair") else 0.0
            ends = (0, prop["size"]) if prop["kind"] == "mat" else (-prop["size"] / 2, prop["size"] / 2)
            ends = (0, WALL_THICK) if prop["kind"] == "wall" else ends
            spots.append(np.array([[prop["x"] + end, prop["y"] + tall] for end in ends]))
    x, y = np.concatenate(spots).T * [[-1 if mirror else 1], [1]]
    return x.min() - 0.03 - MARGIN, x.max() + 0.03 + MARGIN, -MAT_THICK - MARGIN, y.max() + 0.02 + MARGIN
