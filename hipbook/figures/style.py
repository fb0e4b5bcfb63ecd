"""The house style: colours with a meaning and a dark twin, type sizes, a sheet laid out in pixels."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType

import matplotlib
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from hipbook.strings import text

__all__ = ["FONT_STACK", "PALETTE", "RIGHT_HATCH", "WIDTH_PX", "house_style", "plot_area", "sheet", "swatch"]
__all__ += ["mark", "signed_degrees", "stamp", "write", "write_empty", "write_note"]

# name → (light, dark). The hues of the sides, the evidence and the accent are Okabe and Ito's set for
# colour-blind readers, darkened or lightened where a theme needs contrast; the light values are unique, so
# that a drawn colour says which meaning it carries (see display.py).
PALETTE = MappingProxyType(
    {
        "paper": ("#ffffff", "#14181d"),
        "ink": ("#1c2530", "#e9eef3"),
        "muted": ("#586574", "#a5b1bd"),
        "grid": ("#e3e8ed", "#2b333c"),
        "rest": ("#f2f5f8", "#1d232a"),
        "left": ("#0072b2", "#56b4e9"),
        "right": ("#c95600", "#f0a33c"),
        "accent": ("#9b3f78", "#e08fc0"),
        "evidence": ("#007355", "#3fc79a"),
        "neutral": ("#7c8b9a", "#8d9cab"),
        "body": ("#5f93ab", "#6fa3ba"),
        "body_near": ("#3d7590", "#94c3d8"),
        "body_far": ("#a9c2cd", "#486474"),
        "felt": ("#e06a2f", "#ff9a66"),
        "floor": ("#9aa7ad", "#60707a"),
        "prop": ("#d9b98a", "#a68a5d"),
        "prop_line": ("#a98653", "#d0b283"),
        "hip": ("#2456b8", "#9dbdff"),
        "pelvis": ("#00716a", "#5fd0c0"),
        "lumbar": ("#b8400a", "#ff9f6b"),
        "zone": ("#f2c230", "#e0b02e"),
        "bone": ("#efe6d3", "#4d4636"),
        "bone_line": ("#a4926c", "#9a8c6c"),
        "band": ("#8a6a9e", "#b896cc"),
        "dose_1": ("#d5e8f5", "#173d57"),
        "dose_2": ("#9bcbe7", "#1e5f8b"),
        "dose_3": ("#4b9dcf", "#58afe0"),
        "dose_4": ("#0a4f80", "#c3e3f7"),
        "on_dose_3": ("#0d1722", "#0e1823"),
    }
)
PAPER, INK, MUTED, GRID, REST = (PALETTE[name][0] for name in ("paper", "ink", "muted", "grid", "rest"))
LEFT, RIGHT, ACCENT, EVIDENCE = (PALETTE[name][0] for name in ("left", "right", "accent", "evidence"))
NEUTRAL = PALETTE["neutral"][0]
# the drawn person and what they use, as the player draws them (frontend/src/figure.view.js)
BODY, BODY_NEAR, BODY_FAR, FELT = (PALETTE[name][0] for name in ("body", "body_near", "body_far", "felt"))
FLOOR, PROP, PROP_LINE = (PALETTE[name][0] for name in ("floor", "prop", "prop_line"))
# one colour for each angle, here and in the browser; the thigh is drawn in ink
HIP, PELVIS, LUMBAR, ZONE = (PALETTE[name][0] for name in ("hip", "pelvis", "lumbar", "zone"))
BONE, BONE_LINE, BAND = (PALETTE[name][0] for name in ("bone", "bone_line", "band"))
DOSE = tuple(PALETTE[f"dose_{step}"][0] for step in (1, 2, 3, 4))  # least to most, by lightness
ON_DOSE = (INK, INK, PALETTE["on_dose_3"][0], PAPER)  # what is written on each of DOSE

RIGHT_HATCH = (
    "////"  # the right side is hatched wherever a side is a filled shape: colour is never the only cue
)

# What a browser uses, first match. Matplotlib lays out with DejaVu Sans, which it carries and which is wider
# than all of these: the same bytes on every machine, and no text that overflows in the browser.
FONT_STACK = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
LAYOUT_FONT = "DejaVu Sans"

WIDTH_PX = 760
TITLE_PX, TEXT_PX, LABEL_PX = 18, 13, 12
PX = 0.75  # points in a CSS pixel
DPI = 96  # CSS pixels in an inch

_STYLE = {
    "font.family": [LAYOUT_FONT],
    "font.size": LABEL_PX * PX,
    "svg.fonttype": "none",
    "svg.hashsalt": "hipbook",
    "hatch.linewidth": 1.2,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "axes.facecolor": "none",
    "axes.edgecolor": GRID,
    "axes.linewidth": 1.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.axisbelow": True,
    "axes.labelcolor": MUTED,
    "text.color": INK,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "grid.color": GRID,
    "grid.linewidth": 1.0,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelsize": LABEL_PX * PX,
    "ytick.labelsize": LABEL_PX * PX,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "xtick.major.pad": 6,
    "ytick.major.pad": 6,
}


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in the house style inside the ``with``; matplotlib's own settings are as before afterwards."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_STYLE)
        yield


def sheet(height_px: float, question: str, unit: str, *, width_px: float = WIDTH_PX) -> Figure:
    """Return an empty figure with its question as the title and the unit below it.

    Parameters
    ----------
    height_px, width_px : float
        Size at which the figure is meant to be read [CSS px].
    question : str
        What the picture answers, in the learner's words.
    unit : str
        What is drawn and in what unit.
    """
    figure = Figure(figsize=(width_px / DPI, height_px / DPI), dpi=DPI)
    write(figure, 24, 36, question, size_px=TITLE_PX, weight="bold")
    write(figure, 24, 58, unit, size_px=TEXT_PX, color=MUTED)
    return figure


def plot_area(figure: Figure, left_px: float, top_px: float, width_px: float, height_px: float) -> Axes:
    """Return axes placed by their box, measured from the figure's top left corner [CSS px]."""
    wide, high = _size_px(figure)
    box = (left_px / wide, 1 - (top_px + height_px) / high, width_px / wide, height_px / high)
    return figure.add_axes(box)


def signed_degrees(axis: Axis, most: int) -> None:
    """Mark whole degrees along an axis, each with its sign, in at most so many steps."""
    axis.set_major_locator(MaxNLocator(nbins=most, steps=[1, 2, 5, 10], integer=True))
    axis.set_major_formatter(lambda deg, _: f"{deg:+.0f}°".replace("-", "−").replace("+0°", "0°"))


def write(
    figure: Figure,
    x_px: float,
    y_px: float,
    words: str,
    *,
    size_px: float = LABEL_PX,
    color: str = INK,
    weight: str = "normal",
    ha: str = "left",
) -> None:
    """Write ``words`` with their baseline at a point measured from the top left corner [CSS px]."""
    wide, high = _size_px(figure)
    figure.text(
        x_px / wide,
        1 - y_px / high,
        words,
        size=size_px * PX,
        color=color,
        weight=weight,
        ha=ha,
        va="baseline",
        parse_math=False,
    )


def write_empty(figure: Figure, head: str = "", hint: str = "") -> None:
    """Say calmly, in the middle of a sheet, that there is nothing to draw yet.

    Parameters
    ----------
    figure : Figure
        A sheet with nothing but its title.
    head, hint : str
        What is missing, and what will bring it; those of an empty log when left out.
    """
    _, high = _size_px(figure)
    write_note(figure, 80, high - 104, head or text("figure.empty"), hint or text("figure.empty.hint"))


def write_note(figure: Figure, top_px: float, height_px: float, head: str, hint: str) -> None:
    """Say in a calm box across the sheet, its top so far from the figure's, that something is missing."""
    wide, _ = _size_px(figure)
    middle = top_px + height_px / 2
    swatch(figure, 24, top_px + height_px, wide - 48, height_px, facecolor=REST)
    write(figure, wide / 2, middle - 6, head, size_px=TEXT_PX + 2, weight="bold", ha="center")
    write(figure, wide / 2, middle + 18, hint, size_px=TEXT_PX, color=MUTED, ha="center")


def stamp(figure: Figure, words: str) -> None:
    """Write across the top right corner what nobody may overlook, such as that the data are made up."""
    wide, _ = _size_px(figure)
    write(figure, wide - 24, 30, words, color=ACCENT, weight="bold", ha="right")


def swatch(
    figure: Figure, x_px: float, y_px: float, width_px: float, height_px: float, **look: object
) -> None:
    """Draw a box, its lower left corner at a point measured from the top left corner [CSS px]."""
    wide, high = _size_px(figure)
    corner = (x_px / wide, 1 - y_px / high)
    box = Rectangle(corner, width_px / wide, height_px / high, transform=figure.transFigure, linewidth=0)
    box.set(**look)
    figure.add_artist(box)


def mark(figure: Figure, x_px: float, y_px: float, **look: object) -> None:
    """Draw one marker, as in a legend, at a point measured from the top left corner [CSS px]."""
    wide, high = _size_px(figure)
    place = {"transform": figure.transFigure, "linestyle": ""}
    figure.add_artist(Line2D([x_px / wide], [1 - y_px / high], **place, **look))


def _size_px(figure: Figure) -> tuple[float, float]:
    wide, high = figure.get_size_inches()
    return wide * DPI, high * DPI
