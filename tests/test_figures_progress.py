"""Every picture of one's progress, for every kind of log: drawn, labels apart, words whole."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from itertools import combinations

import pandas as pd
import pytest
from made_log import CASES, MadeLog, made_log, made_readings, span
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from hipbook.figures import style, views
from hipbook.figures.display import themed_svg
from hipbook.progress.choice import ChoiceError

MISSING = {
    "weekly_dose": {"one_row": "no minutes for the right side yet.", "one_side": "no minutes for the left"},
    "calendar": {"one_row": "no weekly pattern to see yet", "single_day": "no weekly pattern to see yet"},
    "held": {
        "one_row": "One hold is too few to show a habit. There are no holds on the right side yet.",
        "one_side": "There are no holds on the left side yet.",
    },
    "extension": {
        "one_row": "There are no readings of the right hip.",
        "one_side": "There are no readings of the left hip.",
        "single_day": "A line is drawn from 5 days on.",
    },
    "left_right": {
        "one_row": "Only the left hip was measured",
        "one_side": "Only the right hip was measured",
        "single_day": "One day cannot tell a difference from error.",
    },
    "discomfort": {"one_row": "takes answers from at least 8", "single_day": "takes answers from at least 8"},
    "what_if": {
        "one_row": "There are no readings of the right hip.",
        "one_side": "There are no readings of the left hip.",
    },
}  # fmt: skip
EMPTY = {
    "weekly_dose": "There are no minutes in this log yet",
    "calendar": "There are no minutes in this log yet",
    "held": "There are no holds in this log yet",
    "extension": "There are no readings of your hips yet",
    "left_right": "There are no readings of your hips yet",
    "discomfort": "There are no sessions in this log yet",
    "what_if": "There is no reading of a Thomas test yet",
}


def chart_of(name, log, **chosen):
    view = views.view(name)
    return view.chart(log, views.choice_of(log, view.table, **chosen))


def drawn_texts(figure: Figure) -> list[Text]:
    """Return the texts that are seen: those of the sheet and the axes, and the labels of ticks in sight."""
    found = list(figure.texts)
    for axes in figure.axes:
        found += axes.texts
        if axes.axison:
            ticks = [tick for axis in (axes.xaxis, axes.yaxis) for tick in axis._update_ticks()]
            found += [tick.label1 for tick in ticks]
    return [text for text in found if text.get_visible() and text.get_text().strip()]


def boxes(figure: Figure):
    renderer = FigureCanvasAgg(figure).get_renderer()
    with style.house_style():
        figure.draw(renderer)
    return [(text.get_text(), text.get_window_extent(renderer)) for text in drawn_texts(figure)]


def overlaps(one, other) -> bool:
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    return wide > 1 and high > 2


@pytest.fixture(scope="module", params=list(CASES), ids=list(CASES))
def case(request):
    return request.param


@pytest.mark.parametrize("name", views.VIEWS)
def test_every_log_gives_a_picture_with_a_name_and_whole_sentences(name, case):
    chart = chart_of(name, CASES[case])
    figure, words = chart.figure(), chart.words()
    assert 200 <= figure.get_size_inches()[1] * style.DPI < 900
    assert figure.texts[0].get_text() == chart.title
    assert words.endswith(".")
    assert not any(odd in words for odd in ("nan", "None", "{", "  ", "..", " ,"))
    assert themed_svg(figure).startswith("<svg")


@pytest.mark.parametrize("name", views.VIEWS)
def test_labels_neither_touch_each_other_nor_leave_the_sheet(name, case):
    figure = chart_of(name, CASES[case]).figure()
    placed = boxes(figure)
    touching = [(a, b) for (a, one), (b, other) in combinations(placed, 2) if overlaps(one, other)]
    assert touching == []
    wide, high = figure.get_size_inches() * style.DPI
    outside = [words for words, box in placed if box.x0 < 0 or box.x1 > wide or box.y0 < 0 or box.y1 > high]
    assert outside == []


@pytest.mark.parametrize("name", views.VIEWS)
def test_the_sentence_says_what_is_missing(name, case):
    words = chart_of(name, CASES[case]).words()
    assert MISSING[name].get(case, "") in words
    assert (EMPTY[name] in words) == (case == "empty")


@pytest.mark.parametrize("name", views.VIEWS)
def test_the_table_is_one_call_away_and_empty_with_the_log(name, case):
    table = chart_of(name, CASES[case]).table()
    nothing = case == "empty" or (name == "left_right" and case in ("one_row", "one_side"))
    assert table.empty == nothing
    assert all(isinstance(column, str) and column.strip() for column in table.columns)


@pytest.mark.parametrize("name", views.VIEWS)
def test_the_same_numbers_give_the_same_bytes(name):
    log = CASES["a_months_gap"]
    assert views.shown(log, name).svg == views.shown(log, name).svg


@pytest.mark.parametrize("name", views.VIEWS)
def test_only_colours_of_the_house_are_used(name):
    colors = themed_svg(chart_of(name, CASES["a_months_gap"]).figure()).split("#")[1:]
    drawn = {f"#{word[:6]}" for word in colors if len(word) > 6 and word[6] in ';"' + "'"}
    assert drawn - {color for pair in style.PALETTE.values() for color in pair} == set()


@pytest.mark.parametrize("name", views.VIEWS)
def test_a_choice_is_said_below_the_title_and_first_in_the_words(name):
    log, dates = CASES["a_months_gap"], (dt.date(2026, 3, 16), dt.date(2026, 4, 30))
    chart = chart_of(name, log, dates=dates)
    said = "16 March to 30 April 2026"
    assert any(said in text.get_text() for text in chart.figure().texts)
    assert chart.words().startswith(f"Shown: {said}.")


@pytest.mark.parametrize("name", views.VIEWS)
def test_a_choice_that_nothing_fits_is_no_empty_log(name):
    chart = chart_of(name, CASES["a_months_gap"], dates=("2024-01-01", "2024-02-01"))
    assert chart.words().startswith("Nothing in the log fits this choice (1 January to 1 February 2024).")
    assert EMPTY[name] not in chart.words()
    assert "Nothing fits this choice" in [text.get_text() for text in chart.figure().texts]


@pytest.mark.parametrize("name", views.VIEWS)
def test_made_up_data_say_so_in_the_picture_and_before_the_words(name):
    log = CASES["a_months_gap"]
    made_up = type(log)(log.holds, log.sessions, log.measurements, synthetic=True)
    shown = views.shown(made_up, name)
    assert shown.words.startswith("Synthetic sample: a program made it up.")
    assert ">synthetic sample<" in shown.svg
    assert "ynthetic" not in views.shown(log, name).html


def one_sided_lately() -> MadeLog:
    """Return a log of 100 days with both hips, and after them 60 weeks with the left one alone."""
    early, late = made_log(span("2025-01-06", 100)), made_log(span("2025-04-16", 400), sides=["left"])
    tables = ("holds", "sessions", "measurements")
    parts = ([getattr(log, name) for log in (early, late)] for name in tables)
    return MadeLog(*(pd.concat(part, ignore_index=True) for part in parts))


IN_PART = {
    "weekly_dose": "There are no minutes for the right side in what is shown.",
    "held": "There are no holds on the right side in what is shown.",
    "extension": "There are no readings of the right hip in what is shown.",
    "left_right": "In what is shown only the left hip was measured",
}


@pytest.mark.parametrize("name", IN_PART)
def test_what_a_part_of_the_log_lacks_is_not_said_of_the_whole(name):
    log = one_sided_lately()
    words = chart_of(name, log, dates="4 weeks").words()
    assert IN_PART[name] in words
    assert "yet" not in words.partition(" The dashed")[0].replace("not over yet", "")
    assert (IN_PART[name] in chart_of(name, log).words()) == (name == "weekly_dose")


def test_one_week_of_a_longer_log_is_not_called_the_whole():
    words = chart_of("weekly_dose", one_sided_lately(), dates=("2025-05-05", "2025-05-11")).words()
    assert "In the one week shown (5 to 11 May 2025) you held" in words


def test_another_test_of_the_other_hip_is_not_denied():
    tape = made_readings([(day, "left", 1) for day in span("2026-03-02", 4)])
    phone = made_readings([(day, "right", 1) for day in span("2026-03-02", 3)], "thomas_phone")
    log = MadeLog(made_log([]).holds, made_log([]).sessions, pd.concat([tape, phone], ignore_index=True))
    for name in ("extension", "left_right", "what_if"):
        assert "in what is shown" in chart_of(name, log).words().lower()


def with_a_wrong_clock(day: str) -> tuple[MadeLog, MadeLog]:
    """Return a log, and the same with one more day of which the clock said that it was a later one."""
    log, late = made_log(span("2026-03-02", 90)), made_log([dt.date.fromisoformat(day)])
    late = replace(late, holds=late.holds.assign(outcome="done", reason=""))  # a stop counts for the note
    tables = ("holds", "sessions", "measurements")
    parts = [[getattr(one, name) for one in (log, late)] for name in tables]
    return log, MadeLog(*(pd.concat(part, ignore_index=True) for part in parts))


@pytest.mark.parametrize("name", views.VIEWS)
def test_rows_dated_after_today_move_no_picture_and_are_said(name):
    log, wrong = with_a_wrong_clock("2030-01-07")
    right, shown = chart_of(name, log), chart_of(name, wrong)
    assert shown.table().equals(right.table())
    assert themed_svg(shown.figure()) == themed_svg(right.figure())
    rows = {"weekly_dose": 6, "calendar": 6, "held": 6, "discomfort": 7}.get(name, 2)
    assert shown.words() == f"{right.words()}\n{rows} rows are dated after today and are left out."
    assert views.view(name).options(wrong) == views.view(name).options(log)


@pytest.mark.parametrize("name", ["weekly_dose", "calendar", "held", "extension", "discomfort"])
def test_a_day_that_has_begun_elsewhere_is_not_after_today(name):
    log, wrong = with_a_wrong_clock("2026-06-02")
    assert "after today" not in chart_of(name, wrong).words()
    assert not chart_of(name, wrong).table().equals(chart_of(name, log).table())


def test_a_log_of_which_every_row_is_dated_after_today_says_both():
    words = chart_of("weekly_dose", replace(CASES["one_row"], until=dt.date(2026, 3, 1))).words()
    assert words.startswith("There are no minutes in this log yet")
    assert words.endswith("\n1 row is dated after today and is left out.")


def test_dates_are_chosen_by_words_years_or_two_days():
    log = made_log(span("2024-06-01", 731))
    last = dt.date(2026, 6, 1)
    chosen = {dates: views.choice_of(log, "holds", dates=dates) for dates in ("all", "4 weeks", "2025")}
    assert (chosen["all"].first, chosen["all"].last) == (None, None)
    assert (chosen["4 weeks"].first, chosen["4 weeks"].last) == (dt.date(2026, 5, 5), last)
    assert (chosen["2025"].first, chosen["2025"].last) == (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    assert views.view("calendar").options(log)["dates"] == [
        "all", "4 weeks", "12 weeks", "12 months", "2026", "2025", "2024",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"dates": "lately"}, r"dates must be one of 'all', '4 weeks'.*, got 'lately'"),
        ({"dates": ("2026-05-01", "2026-04-01")}, "dates must be a first and a last day, got 2026-05-01"),
        ({"side": "middle"}, "side must be one of left, right, got 'middle'"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused_in_one_line(chosen, message):
    with pytest.raises(ChoiceError, match=message):
        views.shown(CASES["empty"], "weekly_dose", **chosen)


def test_a_picture_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(ChoiceError, match=r"figure must be one of weekly_dose, calendar, .*, got 'pie'"):
        views.shown(CASES["empty"], "pie")


def test_no_picture_needs_pyplot():
    views.shown(CASES["one_row"], "what_if")
    assert "matplotlib.pyplot" not in sys.modules


def test_today_is_covered_also_when_nothing_was_done_lately():
    words = chart_of("weekly_dose", CASES["one_row"]).words()
    assert "(2 March to 1 June 2026)" in words
