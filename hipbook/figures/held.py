"""Do I hold as long as I meant to? Time held beside the plan, and why holds ended: picture, words, table."""

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
from hipbook.figures.choice_words import (
    empty_sheet,
    name_of_stretch,
    noting,
    of_part,
    say_choice,
    say_empty,
    unit_of,
)
from hipbook.figures.display import Chart
from hipbook.progress.choice import EVERYTHING, Choice, up_to
from hipbook.progress.held import held_by_plan, reasons_given
from hipbook.stretching.catalog import catalog
from hipbook.strings import text

__all__ = ["chart", "describe_held", "figure_held", "table_held"]

TOP_PX, NAME_PX, LANE_PX, GAP_PX, AXIS_PX = 104, 26, 34, 10, 34
PLOT_PX, COUNT_PX = (92, 388), (556, 636, 720)  # left and width; right edges of the columns of counts
REASON_PX, REASON_HEAD_PX, REASON_BAR_PX, FOOT_PX = 24, 44, (348, 300), 20
LEAST_TOP_PERCENT, MOST_PERCENT = 110, 200  # the axis ends between these
LOOKS = {
    "left": {"marker": "o", "mfc": style.LEFT, "mec": style.PAPER, "mew": 1.2, "ms": 8},
    "right": {"marker": "s", "mfc": style.PAPER, "mec": style.RIGHT, "mew": 2, "ms": 6.5},
    "stopped": {"marker": "D", "mfc": style.PAPER, "mec": style.MUTED, "mew": 1.6, "ms": 5},
}


@dataclass(frozen=True)
class _Shown:
    """The rows of `held_by_plan` in the order of the picture, and those of `reasons_given`."""

    rows: pd.DataFrame
    reasons: pd.DataFrame
    choice: Choice

    @property
    def stretches(self) -> list[str]:
        return list(dict.fromkeys(self.rows["stretch"]))

    def counts(self) -> dict[str, int]:
        return {name: int(self.rows[name].sum()) for name in ("done", "stopped", "skipped")}


def chart(
    holds: pd.DataFrame, *, until: dt.date | None = None, choice: Choice = EVERYTHING, reasons: bool = True
) -> Chart:
    """Return picture, words and table of how long holds lasted, in percent of what was planned.

    Medians, the middle half and 5 to 95 % of the holds that were done, and apart from them of those that were
    stopped; how many were done, stopped and skipped; the reasons that were kept.

    Parameters
    ----------
    holds : DataFrame
        Rows of the holds log, see :func:`hipbook.progress.held.held_by_plan`.
    until : date, optional
        The last day to cover, usually today.
    choice : Choice
        What of the log is shown.
    reasons : bool
        Whether reasons are told.
    """
    rows = up_to(holds, until)
    chosen = choice.rows(rows)
    lanes = held_by_plan(chosen)
    known = [stretch.id for stretch in catalog().stretches]
    order = sorted(range(len(lanes)), key=lambda row: (*_place(lanes["stretch"].iloc[row], known), row))
    shown = _Shown(lanes.iloc[order], reasons_given(chosen if reasons else chosen.iloc[:0]), choice)
    made = Chart(
        text("figure.held.title"), lambda: _figure(shown), lambda: _words(shown), lambda: _table(shown)
    )
    return noting(made, len(holds) - len(rows))


def figure_held(holds: pd.DataFrame, **options: Any) -> Figure:
    """Draw how long holds lasted; parameters as of :func:`chart`."""
    return chart(holds, **options).figure()


def describe_held(holds: pd.DataFrame, **options: Any) -> str:
    """Say what :func:`figure_held` shows, from the same numbers; parameters as of :func:`chart`."""
    return chart(holds, **options).words()


def table_held(holds: pd.DataFrame, **options: Any) -> pd.DataFrame:
    """Return the numbers of :func:`figure_held`: a row per stretch and side; parameters as of `chart`."""
    return chart(holds, **options).table()


def _place(stretch: str, known: list[str]) -> tuple[int, str]:
    return (known.index(stretch), "") if stretch in known else (len(known), stretch)


def _table(shown: _Shown) -> pd.DataFrame:
    rows = [
        [
            f"{name_of_stretch(row.stretch)}, {text(f'figure.side.{row.side}')}",
            _planned(row), row.done, row.stopped, row.skipped,
            *(_percent(value) for value in (row.done_q25, row.done_q50, row.done_q75, row.stopped_q50)),
        ]
        for row in shown.rows.itertuples()
    ]  # fmt: skip
    names = ("stretch", "planned", "done", "stopped", "skipped", "low", "median", "high", "stopped_median")
    return pd.DataFrame(rows, columns=[text(f"figure.held.table.{name}") for name in names])


def _percent(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.0f} %"


def _planned(row: Any) -> str:
    if math.isnan(row.planned_low_s):
        return ""
    low, high = (phrases.number(value) for value in (row.planned_low_s, row.planned_high_s))
    return (
        text("figure.held.plan_one", s=low) if low == high else text("figure.held.plan", low=low, high=high)
    )


# --- the picture ------------------------------------------------------------


def _figure(shown: _Shown) -> Figure:
    with style.house_style():
        if shown.rows.empty:
            head, hint = text("figure.held.none"), text("figure.empty.hint")
            return empty_sheet(text("figure.held.title"), shown.choice, head, hint)
        return _draw(shown)


def _draw(shown: _Shown) -> Figure:
    lanes_px = sum(
        NAME_PX + GAP_PX + LANE_PX * (shown.rows["stretch"] == one).sum() for one in shown.stretches
    )
    reasons_px = REASON_HEAD_PX + REASON_PX * len(shown.reasons) if len(shown.reasons) else 0
    height = TOP_PX + lanes_px + AXIS_PX + reasons_px + FOOT_PX
    figure = style.sheet(height, text("figure.held.title"), unit_of(text("figure.held.unit"), shown.choice))
    _draw_legend(figure, shown)
    axes = style.plot_area(figure, PLOT_PX[0], TOP_PX, PLOT_PX[1], lanes_px)
    highest = np.nanmax([100, shown.rows["done_q95"].max(), shown.rows["stopped_q95"].max()])
    top = min(max(LEAST_TOP_PERCENT, highest * 1.05), MOST_PERCENT)
    axes.set(xlim=(0, top), ylim=(lanes_px, 0))
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.set_yticks([])
    ticks = [tick for tick in (0, 25, 50, 75, 100, 150, 200) if tick <= top]
    axes.set_xticks(ticks, [text("figure.percent", n=tick) for tick in ticks])
    axes.axvline(100, color=style.INK, linewidth=1.4, zorder=1)
    y_px = 0.0
    for stretch in shown.stretches:
        rows = shown.rows[shown.rows["stretch"] == stretch]
        _head(figure, TOP_PX + y_px + 16, axes, y_px, stretch, rows)
        y_px += NAME_PX
        for row in rows.itertuples():
            _lane(figure, axes, y_px + LANE_PX / 2, row, top)
            y_px += LANE_PX
        y_px += GAP_PX
    if len(shown.reasons):
        _draw_reasons(figure, TOP_PX + lanes_px + AXIS_PX + REASON_HEAD_PX, shown.reasons)
    return figure


def _draw_legend(figure: Figure, shown: _Shown) -> None:
    x_px = 24.0
    looks = [
        (side, text("figure.held.key.done", side=text(f"figure.side.{side}"))) for side in shown.choice.sides
    ]
    looks.append(("stopped", text("figure.held.key.stopped")))
    for look, words in looks:
        style.mark(figure, x_px + 7, 85, **LOOKS[look])
        style.write(figure, x_px + 19, 89, words)
        x_px += 36 + 6.9 * len(words)
    style.write(figure, x_px, 89, text("figure.held.key.spread"), color=style.MUTED)
    for x_px, name in zip(COUNT_PX, ("done", "stopped", "skipped"), strict=True):
        style.write(figure, x_px, 110, text(f"outcome.{name}"), color=style.MUTED, ha="right")


def _head(figure: Figure, y_px: float, axes: Axes, top: float, stretch: str, rows: pd.DataFrame) -> None:
    # A strip of paper, so that the grid does not run through the words.
    shapes.bars(axes, [0], [axes.get_xlim()[1]], [top], [top + NAME_PX], facecolor=style.PAPER, zorder=1.5)
    name = name_of_stretch(stretch)
    style.write(figure, 24, y_px, name, size_px=style.TEXT_PX, weight="bold")
    low, high = rows["planned_low_s"].min(), rows["planned_high_s"].max()
    if not math.isnan(low):
        low, high = phrases.number(low), phrases.number(high)
        words = text("figure.held.plan_one" if low == high else "figure.held.plan", low=low, high=high, s=low)
        style.write(figure, sum(PLOT_PX), y_px, words, color=style.MUTED, ha="right")


def _lane(figure: Figure, axes: Axes, y: float, row: Any, top: float) -> None:
    middle = TOP_PX + y + 4
    style.write(figure, 78, middle, text(f"figure.side.{row.side}"), color=style.MUTED, ha="right")
    color = style.LEFT if row.side == "left" else style.RIGHT
    for kind, at, tint in (("done", y - 6, color), ("stopped", y + 8, style.MUTED)):
        low, first, half, third, high = (
            min(getattr(row, f"{kind}_q{q}"), top) for q in ("05", "25", "50", "75", "95")
        )
        if math.isnan(half):
            continue
        axes.plot([low, high], [at, at], color=tint, linewidth=1, zorder=2)
        axes.plot([first, third], [at, at], color=tint, linewidth=4, alpha=0.45, zorder=2)
        look = LOOKS[row.side if kind == "done" else kind]
        axes.plot(half, at, linestyle="", zorder=3, clip_on=False, **look)
    for x_px, name in zip(COUNT_PX, ("done", "stopped", "skipped"), strict=True):
        count = getattr(row, name)
        look = {"size_px": style.TEXT_PX, "color": style.INK if count else style.MUTED, "ha": "right"}
        style.write(figure, x_px, middle, f"{count:,}", **look)


def _draw_reasons(figure: Figure, top_px: float, reasons: pd.DataFrame) -> None:
    style.write(figure, 24, top_px - 18, text("figure.held.reasons"), size_px=style.TEXT_PX, weight="bold")
    counts = (reasons["stopped"] + reasons["skipped"]).to_numpy()
    left_px, wide_px = REASON_BAR_PX
    axes = style.plot_area(figure, left_px, top_px - 8, wide_px, REASON_PX * len(counts))
    axes.set(xlim=(0, counts.max()), ylim=(len(counts) - 0.5, -0.5))
    axes.set_axis_off()
    rows = np.arange(len(counts))
    kept = (reasons["reason"] != "").to_numpy()
    for here, look in ((kept, {"facecolor": style.NEUTRAL}), (~kept, {"facecolor": style.GRID})):
        shapes.bars(axes, np.zeros(here.sum()), counts[here], rows[here] - 0.3, rows[here] + 0.3, **look)
    for row, (reason, count) in enumerate(zip(reasons["reason"], counts, strict=True)):
        y_px = top_px - 8 + REASON_PX * (row + 0.5) + 4
        style.write(figure, left_px - 10, y_px, _reason(reason), ha="right")
        style.write(figure, left_px + wide_px * count / counts.max() + 8, y_px, f"{count:,}")


def _reason(reason: str) -> str:
    return text(f"reason.{reason}") if reason else text("figure.held.no_reason")


# --- the words ------------------------------------------------------------


def _words(shown: _Shown) -> str:
    if shown.rows.empty:
        return say_empty(text("figure.held.empty"), shown.choice)
    said = [say_choice(shown.choice), _say_counts(shown), _say_missing(shown), _say_medians(shown)]
    said += [_say_stopped(shown), _say_reasons(shown)]
    return " ".join(sentence for sentence in said if sentence)


def _say_counts(shown: _Shown) -> str:
    counts = shown.counts()
    shares = [text(f"figure.held.count.{name}", n=f"{count:,}") for name, count in counts.items() if count]
    return phrases.counted("figure.held.counts", sum(counts.values()), shares=phrases.listed(shares))


def _say_missing(shown: _Shown) -> str:
    there = set(shown.rows["side"])
    gone = [side for side in shown.choice.sides if side not in there]
    return of_part(f"figure.held.no_{gone[0]}", shown.choice.is_narrow) if gone else ""


def _say_medians(shown: _Shown) -> str:
    known = shown.rows[shown.rows["done_q50"].notna()]
    if known.empty:
        return text("figure.held.no_done")
    low, high = (f"{value:.0f}" for value in (known["done_q50"].min(), known["done_q50"].max()))
    if known["done"].sum() == 1:
        return text("figure.held.median_single", percent=low)
    if low == high:
        return text("figure.held.median_one", percent=low)
    clauses = [
        text(
            "figure.held.median_of",
            stretch=name_of_stretch(row.stretch),
            side=text(f"side.{row.side}"),
            percent=f"{row.done_q50:.0f}",
        )
        for row in known.itertuples()
    ]
    return text("figure.held.medians", low=low, high=high, clauses="; ".join(clauses))


def _say_stopped(shown: _Shown) -> str:
    known = shown.rows[shown.rows["stopped_q50"].notna()]
    if known.empty:
        return ""
    low, high = (f"{value:.0f}" for value in (known["stopped_q50"].min(), known["stopped_q50"].max()))
    key = "figure.held.stopped_one" if low == high else "figure.held.stopped"
    return text(key, low=low, high=high)


def _say_reasons(shown: _Shown) -> str:
    if shown.reasons.empty:
        return ""
    counts = dict(
        zip(shown.reasons["reason"], shown.reasons["stopped"] + shown.reasons["skipped"], strict=True)
    )
    blank = counts.pop("", 0)
    said = [phrases.counted("figure.held.reason", n, reason=_reason(reason)) for reason, n in counts.items()]
    sentences = [text("figure.held.reasons_said", reasons=phrases.listed(said))] if said else []
    sentences += [text("figure.held.without", n=f"{blank:,}")] if blank else []
    return " ".join([*sentences, text("figure.held.no_failure")])
