"""Studies as rows: who, what, how many, and a dot with its interval, or words where it was not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hipbook.figures import style
from hipbook.strings import text

__all__ = ["LOOKS", "ROW_PX", "Block", "Row", "draw_blocks", "height_of", "sheet_of"]

ROW_PX, HEAD_PX, GAP_PX, FOOT_PX, TOP_PX, KEY_PX = 25, 34, 14, 46, 66, 30
WHO_PX, WHAT_PX, N_PX, PLOT_PX = 24, 180, 448, (486, 250)

# a verdict is told by the shape too, never by the colour alone
LOOKS = {
    "fits": {"marker": "o", "mfc": style.EVIDENCE, "mec": style.EVIDENCE, "ms": 8},
    "not_clear": {"marker": "s", "mfc": style.PAPER, "mec": style.MUTED, "ms": 7, "mew": 1.8},
    "does_not_fit": {"marker": "D", "mfc": style.PAPER, "mec": style.ACCENT, "ms": 7, "mew": 1.8},
    "plain": {"marker": "o", "mfc": style.HIP, "mec": style.HIP, "ms": 8},
}


@dataclass(frozen=True)
class Row:
    """One finding: a dot at ``value`` from ``low`` to ``high``, or ``instead`` in words where none was seen.

    ``mark`` is a second value, drawn as an upright stroke; ``look`` is a key of `LOOKS`.
    """

    who: str
    what: str
    n: float | None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    instead: str = ""
    look: str = "plain"
    mark: float | None = None


@dataclass(frozen=True)
class Block:
    """Rows that answer one question."""

    title: str
    rows: Sequence[Row]


def height_of(blocks: Sequence[Block]) -> float:
    """Return how high a sheet must be for these blocks [CSS px]."""
    rows = sum(len(block.rows) for block in blocks)
    return _top(blocks) + rows * ROW_PX + len(blocks) * (HEAD_PX + GAP_PX) + FOOT_PX


def sheet_of(blocks: Sequence[Block], title: str, unit: str, *, idea: str = "") -> Figure:
    """Return a sheet that is high enough, with what each verdict looks like.

    Parameters
    ----------
    blocks : sequence of Block
        What will be drawn.
    title, unit : str
        As for `style.sheet`.
    idea : str
        Which words the verdicts have: the keys ``figure.studies.look.<idea>.<look>``. None without it.
    """
    figure = style.sheet(height_of(blocks), title, unit)
    x_px = WHO_PX
    for look in _looks(blocks) if idea else ():
        axes = style.plot_area(figure, x_px, 74, 14, 14)
        axes.set(xlim=(-1, 1), ylim=(-1, 1))
        axes.set_axis_off()
        axes.plot(0, 0, linestyle="", clip_on=False, **LOOKS[look])
        words = text(f"figure.studies.look.{idea}.{look}")
        style.write(figure, x_px + 20, 86, words, color=style.MUTED)
        x_px += 46 + 7 * len(words)
    return figure


def draw_blocks(
    figure: Figure,
    blocks: Sequence[Block],
    *,
    xlim: tuple[float, float],
    ticks: Sequence[float],
    xlabel: str,
    band: tuple[float, float] | None = None,
) -> list[Axes]:
    """Draw the blocks below each other on one scale.

    Parameters
    ----------
    figure : Figure
        From `sheet_of`.
    blocks : sequence of Block
        Top to bottom.
    xlim, ticks, xlabel
        The scale all blocks share.
    band : (float, float), optional
        A span that is shaded behind the dots.

    Returns
    -------
    list of Axes
        One per block.
    """
    drawn, top = [], _top(blocks)
    for place, block in enumerate(blocks):
        style.write(figure, WHO_PX, top + 22, block.title, size_px=style.TEXT_PX + 1, weight="bold")
        top += HEAD_PX
        tall = len(block.rows) * ROW_PX
        axes = style.plot_area(figure, PLOT_PX[0], top, PLOT_PX[1], tall)
        last = place == len(blocks) - 1
        axes.set(xlim=xlim, ylim=(len(block.rows) - 0.5, -0.5), xlabel=xlabel if last else "")
        axes.set_yticks([])
        axes.set_xticks(ticks, [f"{tick:g}".replace("-", "−") for tick in ticks] if last else [])
        axes.grid(visible=True, axis="x")
        if xlim[0] <= 0:
            axes.axvline(0, color=style.NEUTRAL, linewidth=1.2, zorder=1)
        if band:
            axes.axvspan(*band, facecolor=style.ZONE, alpha=0.4, linewidth=0, zorder=0)
        for number, row in enumerate(block.rows):
            _write_row(figure, top + ROW_PX * (number + 0.5) + 4, row)
            _draw_row(axes, number, row)
        drawn.append(axes)
        top += tall + GAP_PX
    return drawn


def _looks(blocks: Sequence[Block]) -> list[str]:
    shown = {row.look for block in blocks for row in block.rows}
    return [look for look in LOOKS if look in shown]


def _top(blocks: Sequence[Block]) -> float:
    return TOP_PX + (KEY_PX if len(_looks(blocks)) > 1 else 0)


def _write_row(figure: Figure, y_px: float, row: Row) -> None:
    style.write(figure, WHO_PX, y_px, row.who, weight="bold")
    style.write(figure, WHAT_PX, y_px, row.what)
    n = text("figure.studies.n_not_seen") if row.n is None else text("figure.studies.n", n=f"{row.n:g}")
    style.write(figure, N_PX, y_px, n, color=style.MUTED, ha="right")


def _draw_row(axes: Axes, number: int, row: Row) -> None:
    look = LOOKS[row.look]
    left, right = axes.get_xlim()
    if row.value is None:
        if row.look != "plain":  # a verdict, beside the scale, so that nobody reads a value off it
            beside = axes.get_yaxis_transform()
            axes.plot(-0.06, number, transform=beside, linestyle="", clip_on=False, **look)
        axes.text(
            0.02, number + 0.04, row.instead, transform=axes.get_yaxis_transform(), va="center",
            color=style.MUTED, bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 1.5},
        )  # fmt: skip
        return
    if row.low is not None and row.high is not None:
        ends = (max(row.low, left), min(row.high, right))
        axes.plot(ends, [number] * 2, color=look["mec"], linewidth=2, zorder=2)
    axes.plot(row.value, number, linestyle="", zorder=3, clip_on=False, **look)
    if row.mark is not None:
        axes.plot([row.mark] * 2, [number - 0.34, number + 0.34], color=style.INK, linewidth=3, zorder=3)
