"""Is it changing? Every reading of hip extension, error band, robust line and trials: picture and table."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hipbook.figures import phrases, shapes, style
from hipbook.figures.change_words import signed
from hipbook.figures.choice_words import empty_sheet, noting, unit_of
from hipbook.figures.display import Chart
from hipbook.figures.extension_shown import ExtensionShown, SideShown, shown_extension
from hipbook.figures.extension_words import per_week, say_extension
from hipbook.figures.time_axis import days_axis
from hipbook.figures.trials import TRIALS_PX, draw_trials
from hipbook.progress.change import BASELINE_DAYS, RECENT_DAYS, Look
from hipbook.progress.choice import EVERYTHING, Choice, up_to
from hipbook.progress.measure import name_of_test
from hipbook.strings import text

__all__ = ["chart", "describe_extension", "figure_extension"]

LEFT_PX, PLOT_PX, LABELS_PX = 56, 496, 8
TOP_PX, PANEL_PX, HEAD_PX, AXIS_PX, GAP_PX = 92, 168, 40, 44, 22
EMPTY_TOP_PX, EMPTY_PX = 80, 150
LEAST_SPAN_DEG = 12.0  # of the y axis, so that a degree of scatter does not look like a leap
LABEL_PX = 15
LOOK_APART_PX = 46  # between two looks whose weeks are named
LOOKS = {
    "left": {"px": 3.9, "corners": 12, "facecolor": style.LEFT, "edgecolor": style.PAPER, "linewidth": 0.6},
    "right": {
        "px": 4.2,
        "corners": 4,
        "turn_deg": 45,
        "facecolor": style.PAPER,
        "edgecolor": style.RIGHT,
        "linewidth": 1.3,
    },
}
COLORS = {"left": style.LEFT, "right": style.RIGHT}


def chart(
    measurements: pd.DataFrame,
    *,
    until: dt.date | None = None,
    start: dt.date | None = None,
    person: str = "",
    choice: Choice = EVERYTHING,
) -> Chart:
    """Return picture, words and table of one test's readings; parameters as of `shown_extension`.

    The band is the error of measurement round the mean of the first weeks. The line (Theil–Sen) is there to
    be seen; whether a change is more than can be measured is told by `hipbook.progress.change`.
    """
    rows = up_to(measurements, until)
    shown = shown_extension(rows, until=until, start=start, person=person, choice=choice)
    made = Chart(
        text("figure.extension.title"),
        lambda: _figure(shown, choice),
        lambda: say_extension(shown, choice),
        lambda: _table(shown),
    )
    return noting(made, len(measurements) - len(rows))


def figure_extension(measurements: pd.DataFrame, **options: Any) -> Figure:
    """Draw the readings; parameters as of :func:`chart`."""
    return chart(measurements, **options).figure()


def describe_extension(measurements: pd.DataFrame, **options: Any) -> str:
    """Say what :func:`figure_extension` shows, from the same numbers; parameters as of :func:`chart`."""
    return chart(measurements, **options).words()


def _table(shown: ExtensionShown | None) -> pd.DataFrame:
    """Return a row per day, with each side's readings of that day."""
    day = text("figure.extension.table.day")
    if shown is None:
        return pd.DataFrame({day: []})
    read: dict[str, dict[int, list[str]]] = {}
    for side, one in shown.sides.items():
        of_day = read.setdefault(side, {})
        for number, value in zip(one.days.tolist(), one.values_deg.tolist(), strict=True):
            of_day.setdefault(number, []).append(signed(value))
    days = sorted({number for of_day in read.values() for number in of_day})
    columns: dict[str, list[object]] = {day: [dt.date.fromordinal(number) for number in days]}
    for side, of_day in read.items():
        name = text("figure.extension.table.side", side=text(f"figure.side.{side}"))
        columns[name] = [" ".join(of_day.get(number, ())) for number in days]
    return pd.DataFrame(columns)


# --- the picture ------------------------------------------------------------


def _figure(shown: ExtensionShown | None, choice: Choice) -> Figure:
    with style.house_style():
        if shown is not None:
            return _draw(shown)
        title, hint = text("figure.extension.title"), text("figure.extension.none.hint")
        if choice.is_narrow:
            return empty_sheet(title, choice)
        figure = style.sheet(
            EMPTY_TOP_PX + EMPTY_PX + GAP_PX + TRIALS_PX, title, text("figure.extension.unit")
        )
        style.write_note(figure, EMPTY_TOP_PX, EMPTY_PX, text("figure.extension.none"), hint)
        draw_trials(figure, EMPTY_TOP_PX + EMPTY_PX + GAP_PX + 22)
        return figure


def _draw(shown: ExtensionShown) -> Figure:
    panels_px = len(shown.sides) * (HEAD_PX + PANEL_PX)
    height = TOP_PX + panels_px + AXIS_PX + GAP_PX + TRIALS_PX
    unit = text("figure.extension.unit_of", test=name_of_test(shown.test))
    figure = style.sheet(height, text("figure.extension.title"), unit_of(unit, shown.choice))
    style.write(figure, 24, 84, text("figure.extension.key"), color=style.MUTED)
    low, high = _span(shown)
    for row, (side, one) in enumerate(shown.sides.items()):
        top = TOP_PX + row * (HEAD_PX + PANEL_PX) + HEAD_PX
        axes = style.plot_area(figure, LEFT_PX, top, PLOT_PX, PANEL_PX)
        axes.set_ylim(low, high)
        days_axis(axes, shown.first, shown.last, PLOT_PX, labels=row == len(shown.sides) - 1)
        style.signed_degrees(axes.yaxis, 9)
        axes.axhline(0, color=style.NEUTRAL, linewidth=1, zorder=1)
        _head_panel(figure, top - 16, side, one)
        _draw_side(axes, side, one)
    draw_trials(figure, TOP_PX + panels_px + AXIS_PX + GAP_PX + 4)
    return figure


def _span(shown: ExtensionShown) -> tuple[float, float]:
    ends = [value for one in shown.sides.values() for value in (one.values_deg.min(), one.values_deg.max())]
    for one in shown.sides.values():
        ends += [one.baseline_deg - one.scatter.mdc_deg, one.baseline_deg + one.scatter.mdc_deg]
    low, high = min(ends), max(ends)
    more = max(LEAST_SPAN_DEG - (high - low), 0.1 * (high - low)) / 2
    return low - more, high + more


def _head_panel(figure: Figure, y_px: float, side: str, one: SideShown) -> None:
    name = phrases.capital(text(f"figure.side.{side}"))
    style.write(figure, 24, y_px, name, size_px=style.TEXT_PX, weight="bold")
    verdict = text(f"figure.extension.verdict.{one.change.verdict}")
    style.write(figure, LEFT_PX + PLOT_PX, y_px, verdict, color=style.INK, ha="right")


def _draw_side(axes: Axes, side: str, one: SideShown) -> None:
    first, last = axes.get_xlim()
    mdc = one.scatter.mdc_deg
    band = {"label": "error", "facecolor": style.GRID, "alpha": 0.75, "linewidth": 0, "zorder": 0.5}
    axes.axhspan(one.baseline_deg - mdc, one.baseline_deg + mdc, **band)
    shapes.dots(axes, one.days, one.values_deg, label=side, zorder=5, **LOOKS[side])
    key = "assumed" if one.scatter.assumed else "own"
    labels = [
        (one.baseline_deg - mdc * 0.6, text(f"figure.extension.error.{key}", deg=f"{mdc:.1f}"), style.MUTED)
    ]
    if one.trend is not None:
        labels += _draw_line(axes, side, one)
    _draw_looks(axes, one)
    _label(axes, labels)
    axes.set_xlim(first, last)


def _draw_line(axes: Axes, side: str, one: SideShown) -> list[tuple[float, str, str]]:
    line = one.trend
    # The line goes through the middle day; there the interval of its slope is closed.
    x = np.array([one.days.min(), np.median(np.unique(one.days)), one.days.max()], dtype=float)
    weeks = (x - line.first_day.toordinal()) / 7
    y = line.start_deg + line.deg_per_week * weeks
    slopes = line.low_deg_per_week, line.high_deg_per_week
    low, high = (y[1] + slope * (weeks - weeks[1]) for slope in slopes)
    axes.fill_between(
        x, np.minimum(low, high), np.maximum(low, high), color=COLORS[side], alpha=0.2, linewidth=0
    )
    axes.plot(x, y, color=COLORS[side], linewidth=2.2, zorder=2.5, label="line")
    slope = text("figure.extension.slope", deg=per_week(line.deg_per_week))
    interval = text("figure.extension.interval", low=per_week(line.low_deg_per_week),
                    high=per_week(line.high_deg_per_week))  # fmt: skip
    return [(float(y[-1]), slope, COLORS[side]), (float(y[-1]), interval, COLORS[side])]


def _draw_looks(axes: Axes, one: SideShown) -> None:
    """Mark the means that the verdict compares: the first weeks, and the two weeks before each look."""
    made = one.change
    if made.day_0 is None:
        return
    zero = made.day_0.toordinal()
    left, right = axes.get_xlim()
    px_per_day = PLOT_PX / (right - left)
    named = 28 * px_per_day >= LOOK_APART_PX
    means = {"linewidth": 3.2, "color": style.INK, "zorder": 4, "solid_capstyle": "butt"}
    latest: Look | None = made.look
    if latest is not None and latest.baseline_deg is not None and latest.baseline_days > 1:
        axes.plot([max(zero + BASELINE_DAYS[0], one.days.min() - 1), zero + BASELINE_DAYS[1]],
                  [latest.baseline_deg] * 2, **means)  # fmt: skip
    for look in made.looks:
        day = look.day.toordinal()
        if look.recent_deg is not None and look.recent_days > 1:
            axes.plot([day - RECENT_DAYS, day], [look.recent_deg] * 2, **means)
        if named and left < day < right:
            axes.axvline(day, color=style.MUTED, linewidth=0.9, dashes=(5, 3), zorder=1)
            axes.text(
                day - 3 / px_per_day, axes.get_ylim()[1], text("figure.extension.week", n=look.week),
                color=style.MUTED, ha="right", va="top", size=11 * style.PX,
            )  # fmt: skip


def _label(axes: Axes, labels: list[tuple[float, str, str]]) -> None:
    """Write labels to the right of the axes, moved apart where two would touch."""
    low, high = axes.get_ylim()
    step = (high - low) * LABEL_PX / PANEL_PX
    labels = sorted(labels, key=lambda label: -label[0])
    placed: list[float] = []
    for at, _, _ in labels:
        placed.append(min(at, placed[-1] - step) if placed else min(at, high - step / 2))
    over = low - placed[-1]
    placed = [at + over for at in placed] if over > 0 else placed
    for at, (_, words, color) in zip(placed, labels, strict=True):
        axes.annotate(
            words, (1, at), xycoords=axes.get_yaxis_transform(), xytext=(LABELS_PX, -3), color=color,
            textcoords="offset points", annotation_clip=False,
        )  # fmt: skip
