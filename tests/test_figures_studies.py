"""Studies for and against: every value from the tables, intervals computed, and what was not seen said so."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg

from hipbook import reference
from hipbook.figures import dot_rows, studies, style

FIGURES = {
    "compensation": (studies.figure_compensation, studies.studies_of_compensation, studies._compensation),
    "stretching": (studies.figure_stretching, studies.studies_of_stretching, studies._stretching),
    "peaks": (studies.figure_laboratory_peaks, studies.peak_hip_extension_by_laboratory, studies._peaks),
}


def rows(name):
    return [row for block in FIGURES[name][2]() for row in block.rows]


@pytest.mark.parametrize("name", FIGURES)
def test_every_row_is_written_with_its_source_and_its_people(name):
    figure = FIGURES[name][0]()
    written = [text.get_text() for text in figure.texts]
    for row in rows(name):
        assert row.who in written
        assert row.what in written
        assert ("n not given" if row.n is None else f"n = {row.n:g}") in written


@pytest.mark.parametrize("name", FIGURES)
def test_no_words_overlap_or_leave_the_sheet(name):
    figure = FIGURES[name][0]()
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [text.get_window_extent(renderer) for text in figure.texts]
    assert all(box.x0 >= 0 and box.x1 <= style.WIDTH_PX for box in boxes)
    for place, box in enumerate(boxes):
        assert not [
            other for other in boxes[place + 1 :] if box.shrunk(0.9, 0.6).overlaps(other.shrunk(0.9, 0.6))
        ]


@pytest.mark.parametrize("name", FIGURES)
def test_each_is_shown_with_words_and_a_table_of_every_row(name):
    shown = FIGURES[name][1]()
    assert shown.html.count('<th scope="row"') == len(rows(name))
    assert "{" not in shown.words
    assert "nan" not in shown.html
    assert "<NA>" not in shown.html


@pytest.mark.parametrize("name", FIGURES)
def test_what_was_not_seen_has_no_dot_on_the_scale(name):
    for axes, block in zip(_plots(FIGURES[name][0]()), FIGURES[name][2](), strict=True):
        on_scale = [
            line
            for line in axes.lines
            if line.get_marker() not in ("None", "") and line.get_transform() == axes.transData
        ]
        assert len(on_scale) == sum(row.value is not None for row in block.rows)
        assert len(axes.texts) == sum(row.value is None for row in block.rows)
        assert all(row.instead for row in block.rows if row.value is None)


def _plots(figure):
    return [axes for axes in figure.axes if axes.get_position().width * style.WIDTH_PX > 100]


def test_studies_that_disagree_stand_beside_those_that_agree():
    for block in studies._compensation():
        assert {"fits", "does_not_fit"} <= {row.look for row in block.rows}
    for block in studies._stretching():
        assert "does_not_fit" in {row.look for row in block.rows}


def test_verdicts_are_told_apart_without_colour():
    markers = [look["marker"] for name, look in dot_rows.LOOKS.items() if name != "plain"]
    assert len(set(markers)) == len(markers)


def test_every_finding_of_the_table_is_drawn_with_its_size():
    table = reference.associations()
    assert table["source_key"].isin(reference.source_keys()).all()
    drawn = rows("compensation")
    assert len(drawn) == len(table)
    sizes = sorted(abs(r) for r in table["r"].dropna())
    assert sorted(row.value for row in drawn if row.value is not None) == pytest.approx(sizes)


def test_an_interval_that_holds_no_link_begins_at_zero():
    heino = next(row for row in rows("compensation") if row.value == 0.04)
    assert heino.low == 0
    assert heino.high == pytest.approx(0.43, abs=0.01)
    thesis = next(row for row in rows("compensation") if row.value == 0.83)
    assert (thesis.low, thesis.high) == pytest.approx((0.61, 0.93), abs=0.01)


@given(st.floats(-0.95, 0.95), st.integers(5, 500))
def test_a_correlation_lies_in_its_interval_and_the_interval_in_bounds(r, n):
    low, high = studies.correlation_interval(r, n)
    assert -1 <= low < r < high <= 1


@given(st.floats(0.1, 15), st.floats(0.001, 0.9))
def test_an_interval_holds_zero_just_when_p_is_above_five_percent(change, p):
    low, high = studies.change_interval(change, p)
    assert low < change < high
    assert (low + high) / 2 == pytest.approx(change)
    if not math.isclose(p, 0.05, rel_tol=1e-6):
        assert (low < 0 < high) == (p > 0.05)


def test_trials_show_the_change_of_the_table_and_kerrigans_intervals():
    drawn = {(row.who, row.what): row for row in rows("stretching")}
    static = drawn["Kerrigan 2003", "10 weeks, healthy older adults"]
    assert {row.value for row in rows("stretching") if row.value is not None} == {
        12.1,
        9.8,
        2.6,
        1.6,
        2.0,
        0.1,
    }
    walked = drawn["Kerrigan 2003", "walking; 10 weeks of stretching"]
    assert walked.low < 0 < walked.high
    assert static.low > 0


def test_the_words_of_the_trials_name_those_against():
    words = studies.describe_stretching()
    for said in (
        "12.1° (Godges 1993, 9 people)",
        "1.6° (Kerrigan 2003)",
        "(Hatefi 2021)",
        "of 5 trials 3 saw no change",
        "limited at the start (Watt 2011a)",
    ):
        assert said in words


def test_the_words_of_the_links_count_both_sides():
    words = studies.describe_compensation()
    assert "6 findings fit" in words
    assert "4 do not" in words
    assert "0.04 (Heino 1990) to 0.83" in words
    assert "3 do not fit" in words


def test_laboratories_differ_more_in_the_hip_than_in_the_thigh():
    drawn = rows("peaks")
    hips = [row.value for row in drawn]
    thighs = {row.who: row.mark for row in drawn if row.mark is not None}
    assert hips == sorted(hips, reverse=True)
    assert (min(hips), max(hips)) == (5.1, 20.4)
    assert thighs == {"Lee 2005": 22, "Schwartz 2008": pytest.approx(17.7)}
    assert max(thighs.values()) - min(thighs.values()) < max(hips) - min(hips)
    assert all(row.high - row.value == pytest.approx(row.value - row.low) for row in drawn)
