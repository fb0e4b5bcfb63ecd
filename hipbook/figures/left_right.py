"""Am I even? Right less left on each day with both hips read, with its error: picture, words, table."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hipbook.figures import phrases, shapes, style
from hipbook.figures.change_words import describe_evenness, signed
from hipbook.figures.choice_words import empty_sheet, noting, of_part, say_choice, say_empty, unit_of
from hipbook.figures.display import Chart
from hipbook.figures.extension_shown import ExtensionShown, shown_extension
from hipbook.figures.time_axis import days_axis, ordinals
from hipbook.progress.change import RECENT_DAYS
from hipbook.progress.choice import EVERYTHING, Choice, up_to
from hipbook.progress.evenness import Evenness, evenness
from hipbook.progress.measure import name_of_test
from hipbook.progress.scatter import day_means
from hipbook.strings import text

__all__ = ["chart", "describe_left_right", "figure_left_right", "table_left_right"]

LEFT_PX, PLOT_PX, TOP_PX, PANEL_PX, FOOT_PX = 56, 496, 108, 250, 58
LEAST_SPAN_DEG = 12.0
DOT = {"px": 5.2, "corners": 4, "facecolor": style.HIP, "edgecolor": style.PAPER, "linewidth": 0.6}


@dataclass(frozen=True)
class _Shown:
    """Both sides' readings, their difference by day [°, right less left], its error, and the verdict."""

    both: ExtensionShown
    days: np.ndarray
    difference_deg: np.ndarray
    left_deg: np.ndarray
    right_deg: np.ndarray
    error_deg: float
    assumed: bool
    verdict: Evenness


def chart(
    measurements: pd.DataFrame,
    *,
    until: dt.date | None = None,
    start: dt.date | None = None,
    person: str = "",
    choice: Choice = EVERYTHING,
) -> Chart:
    """Return picture, words and table of right less left; parameters as of `shown_extension`.

    A chosen side is left aside: a difference needs both. The error of one day's difference is both sides' MDC
    put together: √((left² + right²) / 2), since each MDC is already that of a difference between two days.
    """
    choice = Choice(first=choice.first, last=choice.last, test=choice.test)
    rows = up_to(measurements, until)
    both = shown_extension(rows, until=until, start=start, person=person, choice=choice)
    shown = None if both is None or len(both.sides) < 2 else _shown(both)
    made = Chart(
        text("figure.left_right.title"),
        lambda: _figure(both, shown, choice),
        lambda: _words(both, shown, choice),
        lambda: _table(shown),
    )
    return noting(made, len(measurements) - len(rows))


def figure_left_right(measurements: pd.DataFrame, **options: Any) -> Figure:
    """Draw the differences; parameters as of :func:`chart`."""
    return chart(measurements, **options).figure()


def describe_left_right(measurements: pd.DataFrame, **options: Any) -> str:
    """Say what :func:`figure_left_right` shows, from the same numbers; parameters as of :func:`chart`."""
    return chart(measurements, **options).words()


def table_left_right(measurements: pd.DataFrame, **options: Any) -> pd.DataFrame:
    """Return the numbers of :func:`figure_left_right`: a row per day; parameters as of :func:`chart`."""
    return chart(measurements, **options).table()


def _shown(both: ExtensionShown) -> _Shown:
    left, right = both.sides["left"], both.sides["right"]
    rows = both.choice.rows(both.readings)
    means = [day_means(rows[(rows["side"] == side).to_numpy()]) for side in ("left", "right")]
    paired = pd.concat(means, axis=1, join="inner", keys=["left", "right"])
    error = math.sqrt((left.scatter.mdc_deg**2 + right.scatter.mdc_deg**2) / 2)
    left_deg, right_deg = (paired[side].to_numpy() for side in ("left", "right"))
    assumed = left.scatter.assumed or right.scatter.assumed
    verdict = evenness(left.change, right.change)
    return _Shown(
        both, ordinals(paired.index), right_deg - left_deg, left_deg, right_deg, error, assumed, verdict
    )


def _table(shown: _Shown | None) -> pd.DataFrame:
    names = [text(f"figure.left_right.table.{name}") for name in ("day", "left", "right", "difference")]
    if shown is None:
        return pd.DataFrame({name: [] for name in names})
    days = [dt.date.fromordinal(day) for day in shown.days]
    columns = (days, shown.left_deg.round(1), shown.right_deg.round(1), shown.difference_deg.round(1))
    return pd.DataFrame(dict(zip(names, columns, strict=True)))


# --- the picture ------------------------------------------------------------


def _figure(both: ExtensionShown | None, shown: _Shown | None, choice: Choice) -> Figure:
    with style.house_style():
        title, hint = text("figure.left_right.title"), text("figure.left_right.none.hint")
        if both is None:
            return empty_sheet(title, choice, text("figure.extension.none"), hint)
        if shown is None or not len(shown.days):
            key = "one_side" if shown is None else "no_day"
            figure = style.sheet(220, title, unit_of(text("figure.left_right.unit"), choice))
            style.write_empty(figure, of_part(f"figure.left_right.{key}", both.is_part), hint)
            return figure
        return _draw(shown)


def _draw(shown: _Shown) -> Figure:
    both = shown.both
    unit = text("figure.left_right.unit_of", test=name_of_test(both.test))
    figure = style.sheet(
        TOP_PX + PANEL_PX + FOOT_PX, text("figure.left_right.title"), unit_of(unit, both.choice)
    )
    style.write(figure, 24, 84, text("figure.left_right.key"), color=style.MUTED)
    axes = style.plot_area(figure, LEFT_PX, TOP_PX, PLOT_PX, PANEL_PX)
    most = max(
        *np.abs(shown.difference_deg), shown.error_deg, shown.verdict.threshold_deg or 0, LEAST_SPAN_DEG / 2
    )
    axes.set_ylim(-1.12 * most, 1.12 * most)
    days_axis(axes, both.first, both.last, PLOT_PX)
    style.signed_degrees(axes.yaxis, 12)
    band = {"label": "error", "facecolor": style.GRID, "alpha": 0.75, "linewidth": 0, "zorder": 0.5}
    axes.axhspan(-shown.error_deg, shown.error_deg, **band)
    axes.axhline(0, color=style.NEUTRAL, linewidth=1.2, zorder=1)
    shapes.dots(axes, shown.days, shown.difference_deg, label="days", zorder=3, **DOT)
    _draw_means(axes, shown)
    _draw_words(axes, shown)
    return figure


def _draw_means(axes: Axes, shown: _Shown) -> None:
    """Draw each look's difference of means over its two weeks; the verdict's with what it would take."""
    changes = [shown.both.sides[side].change for side in ("left", "right")]
    left, right = axes.get_xlim()
    for one, other in zip(changes[0].looks, changes[1].looks, strict=True):
        if None in (one.threshold_deg, other.threshold_deg):
            continue
        day, difference = one.day.toordinal(), other.recent_deg - one.recent_deg
        if not left < day - RECENT_DAYS / 2 < right:
            continue
        span = [max(day - RECENT_DAYS, left), min(day, right)]
        axes.plot(span, [difference] * 2, color=style.INK, linewidth=3.2, zorder=4, solid_capstyle="butt")
        if one.week == shown.verdict.week:
            middle, threshold = sum(span) / 2, shown.verdict.threshold_deg
            look = {"color": style.INK, "linewidth": 1.4, "capsize": 5, "zorder": 4}
            axes.errorbar(middle, difference, yerr=threshold, fmt="none", **look)


def _draw_words(axes: Axes, shown: _Shown) -> None:
    key = "assumed" if shown.assumed else "own"
    error = text(f"figure.left_right.error.{key}", deg=f"{shown.error_deg:.1f}")
    labels = (
        (1, -12, text("figure.left_right.right_more"), style.INK),
        (0.5, 6, error, style.MUTED),
        (0.5, -9, text("figure.left_right.of_one_day"), style.MUTED),
        (0, 4, text("figure.left_right.left_more"), style.INK),
    )
    for at, up, words, color in labels:
        axes.annotate(
            words, (1, at), xycoords="axes fraction", xytext=(8, up), color=color,
            textcoords="offset points", annotation_clip=False,
        )  # fmt: skip


# --- the words ------------------------------------------------------------


def _words(both: ExtensionShown | None, shown: _Shown | None, choice: Choice) -> str:
    if both is None:
        return say_empty(text("figure.left_right.empty"), choice)
    if shown is None:
        (side,) = both.sides
        return f"{say_choice(choice)} {of_part(f'figure.left_right.only_{side}', both.is_part)}".strip()
    said = [say_choice(choice), describe_evenness(shown.verdict)]
    if choice.is_narrow:
        said.insert(1, text("figure.extension.verdict_of_all"))
    return "\n".join(" ".join(filter(None, part)) for part in (said, [_say_days(shown), _say_error(shown)]))


def _say_days(shown: _Shown) -> str:
    if not len(shown.days):
        return of_part("figure.left_right.no_day.said", shown.both.is_part)
    values = shown.difference_deg
    middle = signed(float(np.median(values)))
    span = {"low": signed(values.min()), "high": signed(values.max())}
    days = phrases.counted("change.days", len(values))
    key = "figure.left_right.one_day" if len(values) == 1 else "figure.left_right.days"
    return text(key, days=days, median=middle, **span)


def _say_error(shown: _Shown) -> str:
    key = "assumed" if shown.assumed else "own"
    return text(f"figure.left_right.band.{key}", deg=f"{shown.error_deg:.1f}")
