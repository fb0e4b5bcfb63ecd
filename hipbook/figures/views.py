"""The pictures of one's progress by name: what each needs of the log, and what can be chosen in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from hipbook.figures import calendar, discomfort, extension, held, left_right, weekly_dose, what_if
from hipbook.figures.extension_shown import readings_of, tests_in
from hipbook.figures.what_if_shown import SPEEDS, thomas_tests
from hipbook.progress.change import first_stretch
from hipbook.progress.choice import Choice, ChoiceError, up_to

if TYPE_CHECKING:
    import pandas as pd

    from hipbook.figures.display import Chart, ShownFigure

__all__ = ["DATES", "VIEWS", "Source", "View", "choice_of", "shown", "view"]

DATES = {"all": None, "4 weeks": 28, "12 weeks": 84, "12 months": 365}
"""Dates by the words that choose them: the last days of the log; also a year, or a first and a last day."""


class Source(Protocol):
    """One person's three tables; `hipbook.notebook.Log` is one."""

    holds: pd.DataFrame
    sessions: pd.DataFrame
    measurements: pd.DataFrame
    until: dt.date | None
    synthetic: bool

    def part(self, table: str) -> Source:
        """Return the source that a figure of one table draws from."""


@dataclass(frozen=True)
class View:
    """One picture.

    Attributes
    ----------
    name : str
        How it is asked for.
    table : str
        The table of the log that it is about.
    controls : tuple of str
        What can be chosen, at most three: ``dates``, ``stretch``, ``side``, ``test``, ``speed``.
    chart : callable
        Takes a source, a choice and options, and returns a `Chart`.
    """

    name: str
    table: str
    controls: tuple[str, ...]
    chart: Callable[..., Chart]

    def options(self, source: Source) -> dict[str, list[str]]:
        """Return what a log offers to choose from, by control; what stands first is chosen first."""
        rows = up_to(getattr(source, self.table), source.until)
        found: dict[str, list[str]] = {}
        for control in self.controls:
            match control:
                case "dates":
                    found[control] = _dates(rows)
                case "stretch":
                    found[control] = ["all", *sorted(source.holds["stretch"].astype(str).unique())]
                case "side":
                    found[control] = ["both", "left", "right"]
                case "test":
                    readings = readings_of(rows)
                    found[control] = thomas_tests(readings) if self.name == "what_if" else tests_in(readings)
                case "speed":
                    found[control] = ["free", *(speed for speed in SPEEDS if speed != "free")]
        return {control: choices for control, choices in found.items() if choices}


def _holds(module: Any) -> Callable[..., Chart]:
    return lambda source, choice, **options: module.chart(
        source.holds, until=source.until, choice=choice, **options
    )


def _readings(module: Any) -> Callable[..., Chart]:
    def made(source: Source, choice: Choice, **options: Any) -> Chart:
        start = first_stretch(source.holds)
        return module.chart(source.measurements, until=source.until, start=start, choice=choice, **options)

    return made


VIEWS = {
    view.name: view
    for view in (
        View("weekly_dose", "holds", ("dates", "stretch", "side"), _holds(weekly_dose)),
        View("calendar", "holds", ("dates", "stretch", "side"), _holds(calendar)),
        View(
            "held",
            "holds",
            ("dates", "stretch", "side"),
            _holds(held),
        ),
        View("extension", "measurements", ("dates", "test", "side"), _readings(extension)),
        View("left_right", "measurements", ("dates", "test"), _readings(left_right)),
        View(
            "discomfort",
            "holds",
            ("dates", "stretch", "side"),
            lambda source, choice, **options: discomfort.chart(
                source.sessions, source.holds, until=source.until, choice=choice, **options
            ),
        ),
        View(
            "what_if",
            "measurements",
            ("test", "speed"),
            lambda source, choice, **options: what_if.chart(
                source.measurements, until=source.until, choice=choice, **options
            ),
        ),
    )
}


def view(name: str) -> View:
    """Return a picture by its name.

    Raises
    ------
    ChoiceError
        When there is none; the message lists those there are.
    """
    if name not in VIEWS:
        raise ChoiceError(f"figure must be one of {', '.join(VIEWS)}, got {name!r}")
    return VIEWS[name]


def shown(source: Source, name: str, **chosen: Any) -> ShownFigure:
    """Return a picture of a log, with its words and its table.

    Parameters
    ----------
    source : Source
        Whose log.
    name : str
        One of `VIEWS`.
    **chosen
        ``dates``, ``stretch``, ``side`` and ``test`` as `choice_of` takes them; all else goes to the picture
        (``plan_min_per_week``, ``speed``).

    Raises
    ------
    ChoiceError
        When the name or a choice makes no sense.
    """
    wanted = view(name)
    part = source.part(wanted.table)
    narrowing = {key: chosen.pop(key) for key in ("dates", "stretch", "side", "test") if key in chosen}
    chart = wanted.chart(part, choice_of(part, wanted.table, **narrowing), **chosen)
    return chart.show(synthetic=part.synthetic)


def choice_of(
    source: Source,
    table: str,
    *,
    dates: str | tuple[Any, Any] = "all",
    stretch: str | None = None,
    side: str | None = None,
    test: str | None = None,
) -> Choice:
    """Return what is chosen of a log.

    Parameters
    ----------
    source : Source
        Whose log; its last day is that which "the last 4 weeks" end with.
    table : str
        The table whose days count.
    dates : str or (date, date)
        One of `DATES`, a year such as ``"2026"``, or a first and a last day (dates or ``"2026-03-02"``).
    stretch, side, test : str, optional
        As in the log; ``"all"`` and ``"both"`` choose nothing.

    Raises
    ------
    ChoiceError
        When a choice makes no sense.
    """
    first, last = _span(source, table, dates)
    chosen = {"stretch": stretch, "side": side}
    chosen = {name: None if value in ("all", "both") else value for name, value in chosen.items()}
    return Choice(first=first, last=last, test=test, **chosen)


def _span(source: Source, table: str, dates: Any) -> tuple[dt.date | None, dt.date | None]:
    if isinstance(dates, str) and dates in DATES:
        days = getattr(source, table)["local_date"]
        if DATES[dates] is None or days.empty:
            return None, None
        last = source.until or days.max().date()
        return last - dt.timedelta(days=DATES[dates] - 1), last
    if isinstance(dates, str) and dates.isdigit() and len(dates) == 4:
        return dt.date(int(dates), 1, 1), dt.date(int(dates), 12, 31)
    try:
        first, last = (day if isinstance(day, dt.date) else dt.date.fromisoformat(day) for day in dates)
    except (TypeError, ValueError):
        known = ", ".join(map(repr, DATES))
        raise ChoiceError(
            f"dates must be one of {known}, a year such as '2026', or a first and a last day, got {dates!r}"
        ) from None
    return first, last


def _dates(rows: pd.DataFrame) -> list[str]:
    """Return the dates worth choosing: no span longer than the log, and years if there are several."""
    if rows.empty:
        return ["all"]
    first, last = rows["local_date"].min().date(), rows["local_date"].max().date()
    spans = [name for name, days in DATES.items() if days is None or days <= (last - first).days]
    years = [str(year) for year in range(last.year, first.year - 1, -1)]
    return spans + (years if len(years) > 1 else [])
