"""When do I do it? A square for each of the person's calendar days: picture, words and table."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hipbook.figures import phrases, shapes, style
from hipbook.figures.choice_words import empty_sheet, noting, say_choice, say_empty, unit_of
from hipbook.figures.display import Chart
from hipbook.progress.analysis import check_holds, daily_minutes
from hipbook.progress.choice import EVERYTHING, Choice, up_to
from hipbook.progress.tables import SIDES
from hipbook.strings import text

__all__ = ["chart", "describe_calendar", "figure_calendar", "table_calendar"]

STRIP_WEEKS = 27  # as many columns as leave a square room for its number; a year makes two strips
FEWEST_WEEKS = 12
LARGEST_CELL_PX = 30
LEFT_PX, TOP_PX, MONTHS_PX, LEGEND_PX = 62, 76, 22, 48
GAP_PX = 2
OUTSIDE_DOT_PT = 1.5  # a day outside the dates shown
STEPS_MIN = (1, 2, 3, 5, 10, 15, 20, 30, 60)  # minutes from one shade to the next
PATTERN_DAYS = 10  # fewer days say nothing about the days of the week
LONG_BREAK_DAYS = 5


@dataclass(frozen=True)
class _Shown:
    """What the picture shows: one entry per day, the first on any day of the week."""

    first: dt.date
    held_min: np.ndarray
    side_min: np.ndarray  # (days, sides)
    log_first: dt.date
    today: dt.date | None  # None when it is not known, or lies after the days shown

    @cached_property
    def days(self) -> list[dt.date]:
        """Every day shown."""
        return [self.first + dt.timedelta(days=count) for count in range(len(self.held_min))]

    @cached_property
    def active(self) -> list[dt.date]:
        """The days on which something was held."""
        return [day for day, held in zip(self.days, self.held_min, strict=True) if held > 0]


def chart(holds: pd.DataFrame, *, until: dt.date | None = None, choice: Choice = EVERYTHING) -> Chart:
    """Return picture, words and table: a square a day, its minutes as shade and number.

    A column is a week, with Monday on top. The last 12 months are shown when there are more; rest days are
    empty squares.

    Parameters
    ----------
    holds : DataFrame
        Rows of the holds log, see :func:`hipbook.progress.analysis.daily_minutes`.
    until : date, optional
        The last day to cover, usually today.
    choice : Choice
        What of the log is shown.
    """
    rows = up_to(holds, until)
    shown = _shown(rows, until, choice)
    made = Chart(
        text("figure.calendar.title"),
        lambda: _figure(shown, choice),
        lambda: _words(shown, choice),
        lambda: _table(shown, choice),
    )
    return noting(made, len(holds) - len(rows))


def figure_calendar(holds: pd.DataFrame, **options: Any) -> Figure:
    """Draw the days; parameters as of :func:`chart`."""
    return chart(holds, **options).figure()


def describe_calendar(holds: pd.DataFrame, **options: Any) -> str:
    """Say what :func:`figure_calendar` shows, from the same numbers; parameters as of :func:`chart`."""
    return chart(holds, **options).words()


def table_calendar(holds: pd.DataFrame, **options: Any) -> pd.DataFrame:
    """Return the numbers of :func:`figure_calendar`: a row per day with minutes, rounded to one decimal.

    Column names are words for a reader. Rest days have no row; empty when the log is. Parameters as of
    :func:`chart`.
    """
    return chart(holds, **options).table()


def _figure(shown: _Shown | None, choice: Choice) -> Figure:
    with style.house_style():
        return empty_sheet(text("figure.calendar.title"), choice) if shown is None else _draw(shown, choice)


def _words(shown: _Shown | None, choice: Choice) -> str:
    if shown is None:
        return say_empty(text("figure.calendar.empty"), choice)
    if not shown.active:
        return text("figure.calendar.window_empty", first=phrases.day(shown.log_first))
    if len(shown.held_min) == 1:
        held = phrases.minutes(shown.held_min[0])
        single = text("figure.calendar.single", day=phrases.day(shown.first), minutes=held)
        return " ".join(filter(None, (say_choice(choice), single)))
    said = [
        say_choice(choice),
        _say_total(shown),
        _say_typical(shown),
        _say_weekdays(shown),
        _say_break(shown),
    ]
    return " ".join(sentence for sentence in said if sentence)


def _table(shown: _Shown | None, choice: Choice) -> pd.DataFrame:
    active = [] if shown is None else shown.held_min > 0
    columns = {text("figure.calendar.table.day"): [] if shown is None else shown.active}
    columns[text("figure.calendar.table.minutes")] = [] if shown is None else shown.held_min[active].round(1)
    for side in choice.sides:
        number, name = SIDES.index(side), text(f"figure.calendar.table.{side}")
        columns[name] = [] if shown is None else shown.side_min[active, number].round(1)
    return pd.DataFrame(columns)


def _shown(holds: pd.DataFrame, until: dt.date | None, choice: Choice) -> _Shown | None:
    check_holds(holds)
    holds = choice.rows(holds)
    if not holds["held_s"].gt(0).any():
        return None
    today, until = until, min(filter(None, (until, choice.last)), default=None)
    days = holds["local_date"]
    last = max(days.max(), pd.Timestamp(until)) if until else days.max()
    first = max(days.min(), last - pd.DateOffset(years=1) + pd.Timedelta(days=1))
    shown = pd.date_range(first, last, freq="D", unit="s")
    side_min = np.zeros((len(shown), len(SIDES)))
    recent = holds[days >= first]  # only these are summed: a long log stays quick
    if len(recent):
        summed = daily_minutes(recent)
        start = (summed["local_date"].iloc[0] - first).days
        columns = [f"{side}_held_min" for side in SIDES]
        side_min[start : start + len(summed)] = summed[columns].to_numpy()
    today = today if today == until else None
    return _Shown(first.date(), side_min.sum(axis=1), side_min, days.min().date(), today)


# --- the picture ------------------------------------------------------------


def _draw(shown: _Shown, choice: Choice) -> Figure:
    monday = shown.first - dt.timedelta(days=shown.first.weekday())
    weeks = (shown.days[-1] - monday).days // 7 + 1
    strips = -(-weeks // STRIP_WEEKS)
    columns = max(-(-weeks // strips), FEWEST_WEEKS)
    cell_px = min(LARGEST_CELL_PX, (style.WIDTH_PX - LEFT_PX - 24) // columns)
    strip_px = MONTHS_PX + 7 * cell_px + 14
    height = TOP_PX + strips * strip_px + LEGEND_PX
    unit = unit_of(text("figure.calendar.unit"), choice)
    figure = style.sheet(height, text("figure.calendar.title"), unit)
    step_min = _step(shown.held_min)
    for strip in range(strips):
        top = TOP_PX + strip * strip_px + MONTHS_PX
        start = monday + dt.timedelta(weeks=strip * columns)
        axes = style.plot_area(figure, LEFT_PX, top, columns * cell_px, 7 * cell_px)
        axes.set(xlim=(-0.5, columns - 0.5), ylim=(6.5, -0.5))
        axes.set_axis_off()
        _draw_days(axes, shown, start, columns, cell_px, step_min)
        _draw_labels(figure, shown, start, columns, cell_px, top)
    _draw_legend(figure, height - 22, step_min)
    return figure


def _step(held_min: np.ndarray) -> int:
    """Return the minutes from one shade to the next, so that the fourth shade has about a quarter of days."""
    active = held_min[held_min > 0]
    wanted = np.quantile(active, 0.75) / 3.5 if len(active) else STEPS_MIN[0]
    return min(STEPS_MIN, key=lambda step: abs(np.log(step / wanted)))


def _shade(held_min: np.ndarray, step_min: int) -> np.ndarray:
    """Return −1 for rest, else 0 … 3 from least to most, by the whole minutes written on the square."""
    written = np.where(held_min > 0, np.maximum(np.round(held_min), 1), 0)
    return np.minimum(np.ceil(written / step_min).astype(int) - 1, len(style.DOSE) - 1)


def _draw_days(axes: Axes, shown: _Shown, start: dt.date, columns: int, cell_px: int, step_min: int) -> None:
    offset = (shown.first - start).days
    at = np.arange(len(shown.held_min)) + offset
    here = (at >= 0) & (at < columns * 7)
    column, row, held_min = at[here] // 7, at[here] % 7, shown.held_min[here]
    outside = np.setdiff1d(np.arange(columns * 7), at[here])
    _squares(axes, outside // 7, outside % 7, OUTSIDE_DOT_PT**2, style.MUTED)
    shade = _shade(held_min, step_min)
    area = ((cell_px - GAP_PX) * style.PX) ** 2
    _squares(axes, column[shade < 0], row[shade < 0], area, style.REST)
    for step, color in enumerate(style.DOSE):
        _squares(axes, column[shade == step], row[shade == step], area, color)
    written = np.round(held_min).astype(int)
    words = np.where(held_min < 1, text("figure.calendar.under_one"), written.astype(str))
    for step, color in enumerate(style.ON_DOSE):
        for wide, size_px in ((False, 11), (True, 9)):
            here = (shade == step) & ((np.char.str_len(words) > 2) == wide)
            points = np.stack([column[here], row[here] + 4 / cell_px], axis=1)
            shapes.Labels(axes, points, words[here].tolist(), color=color, size=size_px * style.PX)


def _squares(axes: Axes, x: np.ndarray, y: np.ndarray, area: float, color: str) -> None:
    if len(x):
        axes.scatter(x, y, s=area, marker="s", color=color, linewidths=0, clip_on=False)


def _draw_labels(figure: Figure, shown: _Shown, start: dt.date, columns: int, cell_px: int, top: int) -> None:
    for row, name in enumerate(text("figure.weekdays_short").split()):
        y_px = top + (row + 0.5) * cell_px + 4
        style.write(figure, LEFT_PX - 10, y_px, name, color=style.MUTED, ha="right")
    mondays = [start + dt.timedelta(weeks=column) for column in range(columns)]
    seen = [max(monday, shown.first) for monday in mondays if monday <= shown.days[-1]]
    for column, words in phrases.month_marks(seen, 2).items():
        style.write(figure, LEFT_PX + column * cell_px + 1, top - 8, words)


def _draw_legend(figure: Figure, y_px: float, step_min: int) -> None:
    words = [text("figure.calendar.rest"), text("figure.calendar.up_to", n=step_min)]
    words += [text("figure.calendar.to", n=step_min * times) for times in (2, 3)]
    words += [text("figure.calendar.more", n=step_min * 3)]
    x_px = LEFT_PX
    for color, word in zip((style.REST, *style.DOSE), words, strict=True):
        style.swatch(figure, x_px, y_px + 2, 14, 14, facecolor=color)
        style.write(figure, x_px + 20, y_px, word, color=style.MUTED)
        x_px += 44 + 7 * len(word)
    style.swatch(
        figure,
        x_px + 6,
        y_px - 4,
        OUTSIDE_DOT_PT / style.PX,
        OUTSIDE_DOT_PT / style.PX,
        facecolor=style.MUTED,
    )
    style.write(figure, x_px + 20, y_px, text("figure.calendar.outside"), color=style.MUTED)


# --- the words ------------------------------------------------------------


def _say_total(shown: _Shown) -> str:
    values = {
        "span": phrases.span(shown.first, shown.days[-1]),
        "active": len(shown.active),
        "minutes": phrases.minutes(shown.held_min.sum()),
    }
    total = phrases.counted("figure.calendar.total", len(shown.held_min), **values)
    if shown.log_first < shown.first:
        return text("figure.calendar.last_year", first=phrases.day(shown.log_first)) + " " + total
    return total


def _say_typical(shown: _Shown) -> str:
    middle = np.median(shown.held_min[shown.held_min > 0])
    return text("figure.calendar.typical", minutes=phrases.minutes(middle)) if len(shown.active) > 1 else ""


def _say_weekdays(shown: _Shown) -> str:
    if len(shown.active) < PATTERN_DAYS:
        return phrases.counted("figure.calendar.few", len(shown.active))
    times = np.bincount([day.weekday() for day in shown.active], minlength=7)
    if times.max() == times.min():
        return text("figure.calendar.weekday_even")
    most, least = (
        [name for name, n in zip(phrases.weekdays(), times, strict=True) if n == end]
        for end in (times.max(), times.min())
    )
    if times.max() == times.sum():
        return text("figure.calendar.weekday_always", day=most[0])
    said = {"times": times.max(), "days": phrases.listed(most)}
    rarely = {"times": times.min(), "days": phrases.listed(least)}
    return text(
        "figure.calendar.weekday",
        most=phrases.counted("figure.calendar.most", len(most), **said),
        least=phrases.counted("figure.calendar.least", len(least), **rarely),
    )


def _say_break(shown: _Shown) -> str:
    """Name the longest run of rest days after a day of stretching, when it is worth a word."""
    ends = shown.active[1:] + ([shown.today] if shown.today else [])  # today is not over, so no rest day yet
    breaks = [(end - before).days - 1 for before, end in zip(shown.active, ends, strict=False)]
    longest = max(breaks, default=0)
    if longest < LONG_BREAK_DAYS:
        return ""
    goes_on = len(breaks) == len(shown.active) and breaks[-1] == longest
    if (times := breaks.count(longest)) > 1:
        key = "figure.calendar.breaks_open" if goes_on else "figure.calendar.breaks"
        return text(key, n=longest, times=times)
    before = shown.active[breaks.index(longest)]
    days = phrases.span(before + dt.timedelta(days=1), before + dt.timedelta(days=longest))
    return text("figure.calendar.break_open" if goes_on else "figure.calendar.break", n=longest, span=days)
