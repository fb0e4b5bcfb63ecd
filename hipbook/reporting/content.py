"""From a log to a report: first page, a block for each figure of lesson 05, and what stands behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pandas as pd

from hipbook import shipped
from hipbook.figures import phrases, views
from hipbook.figures.extension_shown import readings_of, tests_in
from hipbook.figures.weekly_window import Plan
from hipbook.progress.choice import EVERYTHING, Choice
from hipbook.progress.measure import name_of_test
from hipbook.reporting.blocks import Block, Picture, Report, Table, table_of
from hipbook.reporting.closing import closing
from hipbook.reporting.first_page import first_page, period
from hipbook.reporting.private import up_to_today, without_private
from hipbook.strings import text

if TYPE_CHECKING:
    from hipbook.figures.display import Chart
    from hipbook.figures.views import Source

__all__ = ["report_of"]

PRIVATE_FIGURE = "discomfort"
BY_TEST = ("extension", "left_right")  # one test a picture: drawn for each test in the log


def report_of(
    source: Source,
    *,
    made_on: dt.date,
    private: bool = False,
    plan_min_per_week: Plan = None,
    unusable: int = 0,
) -> Report:
    """Return what a report on a log says.

    Parameters
    ----------
    source : Source
        One person's log: ``hb.my_log()`` or ``hb.samples()``.
    made_on : date
        Today.
    private : bool
        Whether reasons, discomfort and notes are in it.
    plan_min_per_week : float or mapping, optional
        The person's own plan [min a week, for each side]: one number, or one per muscle group.
    unusable : int
        How many rows of the log could not be read.

    Raises
    ------
    PlanError
        When a planned number of minutes is not above 0.
    """
    source, later = up_to_today(source if private else without_private(source))
    sections, missing = [], []
    for title, chart in _charts(source, private, plan_min_per_week):
        if table := table_of(title, chart.table()):
            sections.append(_section(title, chart, table, source.synthetic))
        else:
            missing.append(_missing(title, chart))
    if missing:
        sections.append(Block(text("report.missing"), tuple(missing)))
    if private and (notes := _notes(source)):
        sections.append(notes)
    return Report(
        title=text("report.title"),
        lead=text("report.lead"),
        made_on=made_on,
        synthetic=source.synthetic,
        facts=tuple(_facts(source, made_on, unusable, later)),
        first_page=first_page(source, private=private, plan_min_per_week=plan_min_per_week),
        sections=tuple(sections),
        closing=closing(_tests(source)),
    )


def _facts(source: Source, made_on: dt.date, unusable: int, later: int) -> Iterator[tuple[str, str]]:
    yield text("report.fact.name"), ""
    yield text("report.fact.period"), period(source) or text("report.fact.no_period")
    made = text("report.fact.made_with", day=phrases.day(made_on), version=shipped.version())
    yield text("report.fact.made"), made
    if unusable:
        yield text("report.fact.unusable"), phrases.counted("report.fact.unusable", unusable)
    if later:
        yield text("report.fact.unusable"), phrases.counted("figure.later", later)


def _tests(source: Source) -> list[str]:
    return tests_in(readings_of(source.measurements))


def _charts(source: Source, private: bool, plan: Plan) -> Iterator[tuple[str, Chart]]:
    """Yield title and chart of every figure, in the order of lesson 05."""
    options = {"weekly_dose": {"plan_min_per_week": plan}, "held": {"reasons": private}}
    tests = _tests(source)
    for name, view in views.VIEWS.items():
        if name == PRIVATE_FIGURE and not private:
            continue
        title = text(f"report.section.{name}")
        chosen: Iterable[str | None] = tests if name in BY_TEST and len(tests) > 1 else [None]
        for test in chosen:
            choice = Choice(test=test) if test else EVERYTHING
            named = text("report.section.of_test", title=title, test=name_of_test(test)) if test else title
            yield named, view.chart(source, choice, **options.get(name, {}))


def _section(title: str, chart: Chart, table: Table, synthetic: bool) -> Block:
    picture = Picture(chart.drawn(synthetic=synthetic), text("figure.alt", title=chart.title))
    return Block(title, tuple(chart.words().split("\n")), table, picture)


def _missing(title: str, chart: Chart) -> str:
    return text("report.missing.one", title=title, words=chart.words().split("\n")[0])


def _notes(source: Source) -> Block | None:
    """Return the person's notes by day; those of a sample only say that it is one."""
    if source.synthetic:
        return None
    found = [
        (row.local_date, text(f"report.notes.of.{name}"), str(row.note))
        for name in ("sessions", "measurements")
        if "note" in (rows := getattr(source, name)).columns
        for row in rows.itertuples()
        if pd.notna(row.note) and str(row.note)
    ]
    if not found:
        return None
    head = tuple(text(f"report.notes.head.{name}") for name in ("day", "of", "note"))
    rows = tuple((str(day.date()), of, note) for day, of, note in sorted(found, key=lambda one: one[0]))
    return Block(text("report.notes"), (text("report.notes.said"),), Table(text("report.notes"), head, rows))
