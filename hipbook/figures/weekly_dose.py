"""Am I doing it, on both sides? Minutes held per week, side and muscle group: picture, words and table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from hipbook.figures import phrases, shapes, style
from hipbook.figures.choice_words import empty_sheet, noting, of_part, say_choice, say_empty, unit_of
from hipbook.figures.display import Chart
from hipbook.figures.weekly_window import Plan, PlanError, ShownWeeks, plan_by_group, shown_weeks
from hipbook.progress.choice import EVERYTHING, Choice, up_to
from hipbook.progress.tables import SIDES
from hipbook.strings import text

__all__ = [
    "EVIDENCE_MIN_PER_WEEK",
    "PlanError",
    "chart",
    "describe_weekly_dose",
    "figure_weekly_dose",
    "table_weekly_dose",
]

# Minutes of static stretching a week, and the source (sources.bib). konrad2024 found no effect of volume.
EVIDENCE_MIN_PER_WEEK = ((5, "thomas2018"), (10, "ingram2025"))
EVIDENCE_AGAINST = "konrad2024"

FEWEST_SLOTS = 8  # so that one week's bars do not fill the sheet
PANEL_PX, PANEL_HEAD_PX, TOP_PX, FOOT_PX = 118, 46, 66, 48
LEFT_PX, LABELS_PX = 52, 150
PLOT_PX = style.WIDTH_PX - LEFT_PX - LABELS_PX
BAR_WIDTH, BAR_OFFSET = 0.38, 0.2
LOOKS = {
    "left": {"facecolor": style.LEFT, "linewidth": 0},
    "right": {
        "facecolor": style.PAPER,
        "edgecolor": style.RIGHT,
        "hatch": style.RIGHT_HATCH,
        "linewidth": 1,
    },
}


def chart(
    holds: pd.DataFrame,
    *,
    plan_min_per_week: Plan = None,
    until: dt.date | None = None,
    stretches: Iterable[Any] | None = None,
    choice: Choice = EVERYTHING,
) -> Chart:
    """Return picture, words and table of the minutes held per week: a panel per muscle group.

    The last 52 weeks are shown when there are more. Evidence lines stand on static stretches only.

    Parameters
    ----------
    holds : DataFrame
        Rows of the holds log, see :func:`hipbook.progress.analysis.weekly_dose`.
    plan_min_per_week : float or mapping, optional
        The person's own plan [min a week, for each side]: one number for every muscle group, or a number
        per muscle group.
    until : date, optional
        The last day to cover, usually today.
    stretches : iterable of Stretch, optional
        Where muscle groups and modes come from; the shipped catalogue when left out.
    choice : Choice
        What of the log is shown.

    Raises
    ------
    PlanError
        When a planned number of minutes is not above 0.
    """
    rows = up_to(holds, until)
    shown = shown_weeks(rows, until, stretches, choice)
    plans = {} if shown is None else plan_by_group(plan_min_per_week, shown)
    made = Chart(
        text("figure.weekly.title"),
        lambda: _figure(shown, plans, choice),
        lambda: _words(shown, plans, choice),
        lambda: _table(shown),
    )
    return noting(made, len(holds) - len(rows))


def figure_weekly_dose(holds: pd.DataFrame, **options: Any) -> Figure:
    """Draw the minutes held per week; parameters as of :func:`chart`."""
    return chart(holds, **options).figure()


def describe_weekly_dose(holds: pd.DataFrame, **options: Any) -> str:
    """Say what :func:`figure_weekly_dose` shows, from the same numbers; parameters as of :func:`chart`."""
    return chart(holds, **options).words()


def table_weekly_dose(holds: pd.DataFrame, **options: Any) -> pd.DataFrame:
    """Return the numbers of :func:`figure_weekly_dose`: a row per week, a column per muscle group and side.

    Column names are words for a reader; minutes are rounded to one decimal. Empty when the log is. Parameters
    as of :func:`chart`.
    """
    return chart(holds, **options).table()


def _figure(shown: ShownWeeks | None, plans: Mapping[str, float], choice: Choice) -> Figure:
    with style.house_style():
        return empty_sheet(text("figure.weekly.title"), choice) if shown is None else _draw(shown, plans)


def _words(shown: ShownWeeks | None, plans: Mapping[str, float], choice: Choice) -> str:
    if shown is None:
        return say_empty(text("figure.weekly.empty"), choice)
    if not shown.active.any():
        return text(
            "figure.weekly.window_empty", total=shown.all_weeks, n=len(shown.mondays), span=shown.span
        )
    said = [say_choice(choice), _say_range(shown), _say_missing(shown)]
    said += [_say_plan(shown, plans) if plans else _say_typical(shown)]
    said += [_say_rest(shown), _say_evidence(shown)]
    return " ".join(sentence for sentence in said if sentence)


def _table(shown: ShownWeeks | None) -> pd.DataFrame:
    week = text("figure.weekly.table.week")
    if shown is None:
        return pd.DataFrame({week: pd.Series(dtype="object")})
    columns = {week: shown.mondays}
    for column, (group, _) in enumerate(shown.groups):
        for side in shown.choice.sides:
            muscle, said_side = phrases.capital(phrases.muscle(group)), text(f"figure.side.{side}")
            name = text("figure.weekly.table.side", muscle=muscle, side=said_side)
            columns[name] = shown.held_min[:, column, SIDES.index(side)].round(1)
    return pd.DataFrame(columns)


# --- the picture ------------------------------------------------------------


def _draw(shown: ShownWeeks, plans: Mapping[str, float]) -> Figure:
    height = TOP_PX + len(shown.groups) * (PANEL_HEAD_PX + PANEL_PX) + FOOT_PX
    figure = style.sheet(
        height, text("figure.weekly.title"), unit_of(text("figure.weekly.unit"), shown.choice)
    )
    _draw_legend(figure, shown)
    highest = max(shown.held_min.max(), *plans.values(), *(minutes for minutes, _ in EVIDENCE_MIN_PER_WEEK))
    for row, (group, mode) in enumerate(shown.groups):
        top = TOP_PX + row * (PANEL_HEAD_PX + PANEL_PX) + PANEL_HEAD_PX
        axes = style.plot_area(figure, LEFT_PX, top, PLOT_PX, PANEL_PX)
        axes.set(xlim=(-0.5, max(len(shown.mondays), FEWEST_SLOTS) - 0.5), ylim=(0, highest * 1.12))
        axes.yaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 5, 10], integer=True))
        _draw_rest(axes, shown.rest)
        _draw_bars(axes, shown, row)
        _draw_lines(axes, mode == "hold", plans.get(group))
        _label_weeks(axes, shown.mondays if row == len(shown.groups) - 1 else [])
        _head_panel(figure, top - 12, group, mode)
    return figure


def _head_panel(figure: Figure, y_px: float, group: str, mode: str) -> None:
    name = phrases.capital(phrases.muscle(group))
    style.write(figure, 24, y_px, name, size_px=style.TEXT_PX, weight="bold")
    if mode == "cycles":
        style.write(figure, 176, y_px, text("figure.weekly.mobilization"), color=style.MUTED)


def _draw_legend(figure: Figure, shown: ShownWeeks) -> None:
    looks = [(text(f"figure.side.{side}"), LOOKS[side]) for side in shown.choice.sides]
    if shown.rest.any():
        looks += [
            (text("figure.weekly.rest"), {"facecolor": style.REST, "edgecolor": style.GRID, "linewidth": 1})
        ]
    for number, (word, look) in enumerate(looks):
        x_px = style.WIDTH_PX - 24 - 66 * (len(looks) - number)
        style.swatch(figure, x_px, 58, 12, 12, **look)
        style.write(figure, x_px + 18, 57, word)


def _draw_bars(axes: Axes, shown: ShownWeeks, row: int) -> None:
    weeks = np.arange(len(shown.mondays))
    offsets = dict(zip(shown.choice.sides, (-BAR_OFFSET, BAR_OFFSET), strict=False))
    for side, offset in offsets.items() if len(offsets) > 1 else [(shown.choice.side, 0.0)]:
        held_min = shown.held_min[:, row, SIDES.index(side)]
        drawn = held_min > 0
        middle = weeks[drawn] + offset
        edges = (middle - BAR_WIDTH / 2, middle + BAR_WIDTH / 2, held_min[drawn])
        shapes.bars(axes, *edges, label=side, zorder=2, **LOOKS[side])


def _draw_rest(axes: Axes, rest: np.ndarray) -> None:
    """Shade the runs of weeks in which nothing was held, and name those that are wide enough."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], rest, [False])).astype(int)))
    slot_px = PLOT_PX / np.diff(axes.get_xlim())[0]
    for start, end in edges.reshape(-1, 2):
        axes.axvspan(start - 0.5, end - 0.5, facecolor=style.REST, linewidth=0, zorder=0)
        if (end - start) * slot_px >= 30:
            word = axes.text((start + end - 1) / 2, 0, text("figure.weekly.rest"), color=style.MUTED)
            word.set(ha="center", va="baseline", position=((start + end - 1) / 2, axes.get_ylim()[1] * 0.05))


def _draw_lines(axes: Axes, is_static: bool, planned_min: float | None) -> None:
    lines = []
    if is_static:
        for minutes, source in EVIDENCE_MIN_PER_WEEK:
            words = text(
                "figure.weekly.evidence_line", minutes=minutes, source=text(f"figure.source.{source}")
            )
            lines.append((float(minutes), words, style.EVIDENCE, (0, (4, 3))))
    if planned_min is not None:
        words = text("figure.weekly.plan_line", minutes=phrases.number(planned_min))
        lines.append((planned_min, words, style.ACCENT, "solid"))
    lines.sort(key=lambda line: line[0])
    heights = _spread([line[0] for line in lines], axes.get_ylim()[1] * 15 / PANEL_PX)
    for (minutes, words, color, dashes), height in zip(lines, heights, strict=True):
        axes.axhline(minutes, color=color, linewidth=1.3, linestyle=dashes, zorder=3)
        axes.annotate(
            words,
            (1, height),
            xycoords=axes.get_yaxis_transform(),
            xytext=(6, -3),
            textcoords="offset points",
            color=color,
            annotation_clip=False,
        )


def _spread(heights: list[float], least_apart: float) -> list[float]:
    """Move labels up where two would overlap; ``heights`` ascend."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + least_apart) if placed else height)
    return placed


def _label_weeks(axes: Axes, mondays: list[dt.date]) -> None:
    if len(mondays) <= 10:
        ticks = {week: f"{monday.day} {phrases.month_short(monday)}" for week, monday in enumerate(mondays)}
    else:
        marks = phrases.month_marks(mondays, max(2, len(mondays) // 14))
        ticks = {week: words.replace(" ", "\n") for week, words in marks.items()}
    axes.set_xticks(list(ticks), list(ticks.values()))


# --- the words ------------------------------------------------------------


def _say_range(shown: ShownWeeks) -> str:
    values = {"span": shown.span, "sides": _sides(*shown.held_min.sum(axis=(0, 1)))}
    weeks = len(shown.mondays)
    if shown.all_weeks > weeks:
        return text("figure.weekly.range_last", total=f"{shown.all_weeks:,}", n=weeks, **values)
    return phrases.counted("figure.weekly.range", weeks, **values)


def _sides(left: float, right: float) -> str:
    key = "both" if left and right else "only_left" if left else "only_right"
    return text(f"figure.weekly.sides.{key}", left=phrases.minutes(left), right=phrases.minutes(right))


def _say_missing(shown: ShownWeeks) -> str:
    left, right = shown.held_min.sum(axis=(0, 1))
    said = []
    if shown.choice.side is None and not (left and right):
        part = shown.choice.is_narrow or shown.all_weeks > len(shown.mondays)
        said.append(of_part("figure.weekly.no_right" if left else "figure.weekly.no_left", part))
    if shown.active.sum() == 1:
        said.append(text("figure.weekly.few"))
    return " ".join(said)


def _say_typical(shown: ShownWeeks) -> str:
    """Say the median of the weeks in which a muscle group was stretched at all; one week needs no median."""
    if shown.active.sum() == 1:
        return ""
    clauses = []
    for column, (group, _) in enumerate(shown.groups):
        held = shown.held_min[:, column]
        sides = _sides(*np.median(held[held.any(axis=1)], axis=0))
        clauses.append(text("figure.weekly.typical_group", muscle=phrases.muscle(group), sides=sides))
    return text("figure.weekly.typical", groups="; ".join(clauses))


def _say_plan(shown: ShownWeeks, plans: Mapping[str, float]) -> str:
    planned, reached, most = [], [], 0
    for column, (group, _) in enumerate(shown.groups):
        if group in plans:
            sides = [SIDES.index(side) for side in shown.choice.sides]
            weeks = int((shown.held_min[:, column, sides] >= plans[group] - 1e-9).all(axis=1).sum())
            values = {"muscle": phrases.muscle(group), "minutes": phrases.minutes(plans[group])}
            planned.append(text("figure.weekly.planned", **values))
            reached.append(text("figure.weekly.reached", n=weeks, **values))
            most = max(most, weeks)
    sides = text(f"figure.sides.{shown.choice.side or 'both'}")
    if most == 0:
        return text("figure.weekly.plan_not_yet", groups=phrases.listed(planned), sides=sides)
    weeks = int(shown.active.sum())
    return phrases.counted("figure.weekly.plan_reached", weeks, groups=phrases.listed(reached), sides=sides)


def _say_rest(shown: ShownWeeks) -> str:
    rests = int(shown.rest.sum())
    said = [phrases.counted("figure.weekly.rest_weeks", rests)] if rests else []
    if shown.unfinished:
        said.append(text("figure.weekly.this_week"))
    return " ".join(said)


def _say_evidence(shown: ShownWeeks) -> str:
    if all(mode != "hold" for _, mode in shown.groups):
        return ""
    (low, low_source), (high, high_source) = EVIDENCE_MIN_PER_WEEK
    return text(
        "figure.weekly.evidence",
        low=low,
        low_source=text(f"figure.source.{low_source}"),
        high=high,
        high_source=text(f"figure.source.{high_source}"),
        against=text(f"figure.source.{EVIDENCE_AGAINST}"),
    )
