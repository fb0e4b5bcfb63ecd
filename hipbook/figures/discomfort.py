"""Does it get easier, does anything hurt? Discomfort, and stops by reason: picture, words and table."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hipbook.figures import phrases, shapes, style
from hipbook.figures.choice_words import empty_sheet, noting, say_choice, say_empty, unit_of
from hipbook.figures.display import Chart
from hipbook.figures.time_axis import days_axis, ordinals, period_starts
from hipbook.progress import ease
from hipbook.progress.choice import EVERYTHING, Choice, up_to
from hipbook.strings import text

__all__ = ["chart", "describe_discomfort", "figure_discomfort"]

PLOT_PX, TOP_PX, PANEL_PX = (150, 540), 108, 150  # left and width; top; height
HEAD_PX, LANE_PX, AXIS_PX, NOTE_PX, FOOT_PX = 56, 28, 46, 62, 14
MOST_DOTS = 400  # with more sessions, the middle half is drawn in their place
FEW_PERIODS = 4  # periods at either end that the words compare
EARLY_LATE = 2 * FEW_PERIODS


@dataclass(frozen=True)
class _Shown:
    """What the picture shows.

    ``per`` is week or month; ``answers`` the sessions with an answer, ``sessions`` how many there were.
    """

    per: str
    starts: list[dt.date]
    answers: pd.DataFrame
    sessions: int
    by: pd.DataFrame
    stops: pd.DataFrame
    holds: int
    choice: Choice

    @property
    def last(self) -> dt.date:
        return self.starts[-1] - dt.timedelta(days=1)


def chart(
    sessions: pd.DataFrame,
    holds: pd.DataFrame,
    *,
    until: dt.date | None = None,
    choice: Choice = EVERYTHING,
) -> Chart:
    """Return picture, words and table of discomfort after sessions, and of stops by reason, over time.

    Parameters
    ----------
    sessions, holds : DataFrame
        Rows of the two logs.
    until : date, optional
        The last day to cover, usually today.
    choice : Choice
        What of the logs is shown. Discomfort is of whole sessions: with a stretch or a side chosen, of those
        with such a hold. The note that it is time to see someone looks at the whole log whatever is chosen.
    """
    answered, held = up_to(sessions, until), up_to(holds, until)
    shown = _shown(answered, held, until, choice)
    often = ease.felt_often(holds)
    made = Chart(
        text("figure.discomfort.title"),
        lambda: _figure(shown, often, choice),
        lambda: _words(shown, often, choice),
        lambda: _table(shown),
    )
    return noting(made, len(sessions) - len(answered) + len(holds) - len(held))


def figure_discomfort(sessions: pd.DataFrame, holds: pd.DataFrame, **options: Any) -> Figure:
    """Draw discomfort and stops; parameters as of :func:`chart`."""
    return chart(sessions, holds, **options).figure()


def describe_discomfort(sessions: pd.DataFrame, holds: pd.DataFrame, **options: Any) -> str:
    """Say what :func:`figure_discomfort` shows, from the same numbers; parameters as of :func:`chart`."""
    return chart(sessions, holds, **options).words()


def _shown(
    sessions: pd.DataFrame, holds: pd.DataFrame, until: dt.date | None, choice: Choice
) -> _Shown | None:
    chosen = choice.rows(holds)
    if choice.stretch or choice.side:
        sessions = ease.sessions_with(sessions, chosen)
    sessions = choice.rows(sessions)
    days = [table["local_date"] for table in (sessions, chosen) if len(table)]
    if not days:
        return None
    first, last = min(day.min() for day in days).date(), max(day.max() for day in days).date()
    until = min(filter(None, (until, choice.last)), default=last)
    per, starts = period_starts(first, max(last, until))
    answers = sessions[sessions["discomfort_0_10"].notna().to_numpy()]
    by, stops = ease.discomfort_by(sessions, starts), ease.stops_by(chosen, starts)
    return _Shown(per, starts, answers, len(sessions), by, stops, len(chosen), choice)


def _table(shown: _Shown | None) -> pd.DataFrame:
    first = text(f"figure.discomfort.table.{'week' if shown is None else shown.per}")
    names = [text(f"figure.discomfort.table.{name}") for name in ("sessions", "median")]
    if shown is None:
        return pd.DataFrame({name: [] for name in (first, *names)})
    columns = {first: shown.by["start"], names[0]: shown.by["sessions"], names[1]: shown.by["median"]}
    for reason, counts in shown.stops.iterrows():
        columns[text("figure.discomfort.table.stops", reason=_short(reason))] = counts.to_numpy()
    table = pd.DataFrame(columns)
    stopped = shown.stops.to_numpy().sum(axis=0) if len(shown.stops) else np.zeros(len(table))
    return table[(table[names[0]] > 0) | (stopped > 0)].reset_index(drop=True)


def _short(reason: str) -> str:
    return text(f"figure.reason.{reason}") if reason else text("figure.reason.none")


# --- the picture ------------------------------------------------------------


def _figure(shown: _Shown | None, often: dict[str, int], choice: Choice) -> Figure:
    with style.house_style():
        if shown is None:
            head = text("figure.discomfort.none")
            return empty_sheet(text("figure.discomfort.title"), choice, head, text("figure.empty.hint"))
        return _draw(shown, often)


def _draw(shown: _Shown, often: dict[str, int]) -> Figure:
    lanes_px = LANE_PX * max(len(shown.stops), 1)
    note_px = NOTE_PX if often else 0
    height = TOP_PX + PANEL_PX + HEAD_PX + lanes_px + AXIS_PX + note_px + FOOT_PX
    figure = style.sheet(
        height, text("figure.discomfort.title"), unit_of(text("figure.discomfort.unit"), shown.choice)
    )
    _head(figure, TOP_PX - 16, text("figure.discomfort.after"), _key(shown))
    axes = style.plot_area(figure, PLOT_PX[0], TOP_PX, PLOT_PX[1], PANEL_PX)
    axes.set_ylim(-0.5, 10.5)
    words = {0: text("figure.discomfort.zero"), 5: "5", 10: text("figure.discomfort.ten")}
    axes.set_yticks(list(words), list(words.values()))
    days_axis(axes, shown.starts[0], shown.last, PLOT_PX[1], labels=False)
    if len(shown.answers):
        _draw_discomfort(axes, shown)
    else:
        middle = np.mean(axes.get_xlim())
        axes.text(
            middle, 5, text("figure.discomfort.no_answers"), color=style.MUTED, ha="center", va="center"
        )
    top_px = TOP_PX + PANEL_PX + HEAD_PX
    _head(figure, top_px - 16, text("figure.discomfort.stops"), text(f"figure.discomfort.key.{shown.per}"))
    _draw_stops(figure, top_px, lanes_px, shown)
    if often:
        _draw_note(figure, height - FOOT_PX, often)
    return figure


def _head(figure: Figure, y_px: float, head: str, key: str) -> None:
    style.write(figure, 24, y_px, head, size_px=style.TEXT_PX, weight="bold")
    style.write(figure, sum(PLOT_PX), y_px, key, color=style.MUTED, ha="right")


def _key(shown: _Shown) -> str:
    dots = "dots" if len(shown.answers) <= MOST_DOTS else "band"
    return text(f"figure.discomfort.key.{dots}", per=text(f"figure.per.{shown.per}"))


def _draw_discomfort(axes: Axes, shown: _Shown) -> None:
    days, values = (
        ordinals(shown.answers["local_date"]),
        shown.answers["discomfort_0_10"].to_numpy(dtype=float),
    )
    edges = np.array([start.toordinal() for start in shown.starts], dtype=float)
    known = shown.by["sessions"].to_numpy() > 0
    if len(values) <= MOST_DOTS:
        look = {"facecolor": style.INK, "edgecolor": style.PAPER, "linewidth": 0.6}
        shapes.dots(axes, days + 0.5, values, 3.6, corners=12, label="sessions", zorder=3, **look)
    else:
        low, high = (shown.by[name].to_numpy()[known] for name in ("low", "high"))
        band = {"facecolor": style.NEUTRAL, "alpha": 0.35}
        shapes.bars(axes, edges[:-1][known], edges[1:][known], high + 0.12, low - 0.12, label="band", **band)
    if len(shown.by) > 1:
        median = shown.by["median"].to_numpy()
        starts, ends = edges[:-1][known], edges[1:][known]
        steps = np.column_stack([starts, ends, np.full(len(starts), np.nan)]).ravel()
        heights = np.column_stack([median[known], median[known], np.full(len(starts), np.nan)]).ravel()
        axes.plot(steps, heights, color=style.ACCENT, linewidth=4, alpha=0.75, label="median", zorder=2,
                  solid_capstyle="butt")  # fmt: skip


def _draw_stops(figure: Figure, top_px: float, tall_px: float, shown: _Shown) -> None:
    left_px, wide_px = PLOT_PX
    axes = style.plot_area(figure, left_px, top_px, wide_px, tall_px)
    lanes = max(len(shown.stops), 1)
    axes.set(ylim=(lanes, 0))
    axes.set_yticks(range(lanes + 1), [""] * (lanes + 1))
    days_axis(axes, shown.starts[0], shown.last, wide_px)
    if shown.stops.empty:
        middle = left_px + wide_px / 2, top_px + tall_px / 2 + 4
        style.write(figure, *middle, text("figure.discomfort.no_stops"),
                    color=style.MUTED, ha="center")  # fmt: skip
        return
    edges = np.array([start.toordinal() for start in shown.starts], dtype=float)
    gap = 0.12 * np.diff(edges)
    counts = shown.stops.to_numpy()
    for lane, reason in enumerate(shown.stops.index):
        here = counts[lane] > 0
        tall = counts[lane][here] / counts.max() * 0.82
        look = {
            "facecolor": style.NEUTRAL if reason else style.GRID,
            "edgecolor": style.MUTED,
            "linewidth": 0.6,
        }
        left, right = (edges[:-1] + gap)[here], (edges[1:] - gap)[here]
        shapes.bars(axes, left, right, lane + 1 - tall, np.full(here.sum(), lane + 1.0), label=reason, **look)
        y_px = top_px + LANE_PX * (lane + 1) - 8
        style.write(figure, left_px - 12, y_px, _short(reason), ha="right")
        style.write(figure, left_px + wide_px + 12, y_px, f"{counts[lane].sum():,}", size_px=style.TEXT_PX)


def _draw_note(figure: Figure, bottom_px: float, often: dict[str, int]) -> None:
    style.swatch(figure, 24, bottom_px, 5, NOTE_PX - 16, facecolor=style.ACCENT)
    said = phrases.listed([_felt(reason, n) for reason, n in list(often.items())[:2]])
    style.write(figure, 40, bottom_px - 28, text("figure.discomfort.often", felt=said), size_px=style.TEXT_PX)
    see = text("figure.discomfort.see")
    style.write(figure, 40, bottom_px - 8, see, size_px=style.TEXT_PX, weight="bold")


def _felt(reason: str, n: int) -> str:
    return text("figure.discomfort.felt", reason=_short(reason), n=f"{n:,}")


# --- the words ------------------------------------------------------------


def _words(shown: _Shown | None, often: dict[str, int], choice: Choice) -> str:
    note = _say_often(often)
    if shown is None:
        empty = say_empty(text("figure.discomfort.empty"), choice)
        return "\n".join(filter(None, (empty, note)))
    said = [say_choice(choice), _say_answers(shown), _say_course(shown), _say_stops(shown)]
    return "\n".join(filter(None, (" ".join(filter(None, said)), note)))


def _say_answers(shown: _Shown) -> str:
    answers = shown.answers["discomfort_0_10"]
    if answers.empty:
        return text("figure.discomfort.say_no_answers")
    values = {"sessions": f"{shown.sessions:,}", "median": phrases.number(answers.median())}
    return phrases.counted("figure.discomfort.answers", len(answers), highest=f"{answers.max():g}", **values)


def _say_course(shown: _Shown) -> str:
    answered = shown.by[shown.by["sessions"] > 0]
    if answered.empty:
        return ""
    if len(answered) < EARLY_LATE:
        return text("figure.discomfort.too_short", per=text(f"figure.per.{shown.per}"), least=EARLY_LATE)
    days = shown.answers["local_date"].to_numpy().astype("datetime64[D]")
    early_end, late_start = answered["start"].iloc[FEW_PERIODS], answered["start"].iloc[-FEW_PERIODS]
    values = shown.answers["discomfort_0_10"]
    early = values[days < np.datetime64(early_end)].median()
    late = values[days >= np.datetime64(late_start)].median()
    key = "same" if early == late else "less" if late < early else "more"
    said = {"early": phrases.number(early), "late": phrases.number(late)}
    per = text(f"figure.per.{shown.per}s")
    return text(f"figure.discomfort.course.{key}", n=FEW_PERIODS, per=per, **said)


def _say_stops(shown: _Shown) -> str:
    counts = {reason: int(row.sum()) for reason, row in shown.stops.iterrows()}
    if not shown.holds:
        return ""
    if not counts:
        return phrases.counted("figure.discomfort.never", shown.holds)
    blank = counts.pop("", 0)
    said = [_felt(reason, n) for reason, n in counts.items()]
    stopped = sum(counts.values()) + blank
    sentences = [phrases.counted("figure.discomfort.stopped", stopped, holds=f"{shown.holds:,}")]
    if shown.holds == 1:
        sentences = [text("figure.discomfort.stopped_only")]
    if said:
        sentences.append(text("figure.discomfort.reasons", reasons=phrases.listed(said)))
    if blank:
        sentences.append(text("figure.discomfort.without", n=f"{blank:,}"))
    return " ".join(sentences)


def _say_often(often: dict[str, int]) -> str:
    if not often:
        return ""
    felt = phrases.listed([_felt(reason, n) for reason, n in often.items()])
    return f"{text('figure.discomfort.often', felt=felt)} {text('figure.discomfort.see')}"
