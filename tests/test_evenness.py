"""Left against right: a difference is told only when it is more than both sides' measurement error."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd
import pytest
import textstat
from hypothesis import given, settings
from hypothesis import strategies as st
from notebook_story import frightening
from scipy.stats import binom

from hipbook.figures.change_words import describe_evenness
from hipbook.progress.change import Change, change, t_of_look
from hipbook.progress.evenness import EVENNESS, Evenness, evenness

DAY_0 = dt.date(2026, 3, 2)
FIVE = {0: 1, 3: 2, 6: 3, 9: 4, 12: 5}
"""A baseline with SD √2.5."""

ANGLES = st.floats(-30, 30).map(lambda value: round(value, 1))


def judged(side: str, read: dict[int, float], until: int = 84, test: str = "thomas_trig") -> Change:
    rows = {
        "local_date": [DAY_0 + dt.timedelta(days=at) for at in read],
        "value_deg": [*map(float, read.values())],
    }
    return change(pd.DataFrame(rows), test=test, side=side, until=DAY_0 + dt.timedelta(days=until))


def compared(left: dict[int, float], right: dict[int, float], until: int = 84) -> Evenness:
    return evenness(judged("left", left, until), judged("right", right, until))


def test_the_threshold_takes_the_larger_error_and_both_sides_days():
    made = compared(FIVE | {72: 3, 78: 4}, FIVE | {71: 9, 75: 10, 79: 11})
    assert (made.week, made.left_deg, made.right_deg, made.difference_deg) == (12, 3.5, 10, 6.5)
    assert made.threshold_deg == pytest.approx(t_of_look(8) * math.sqrt(2.5) * math.sqrt(1 / 2 + 1 / 3))


@pytest.mark.parametrize("wider", ["left", "right"])
def test_the_side_that_scatters_more_gives_the_error(wider):
    calm, wild = FIVE | {72: 3, 78: 3}, {at: 3 * value for at, value in FIVE.items()} | {72: 9, 78: 9}
    made = compared(wild, calm) if wider == "left" else compared(calm, wild)
    assert made.threshold_deg == pytest.approx(t_of_look(8) * 3 * math.sqrt(2.5))


def test_a_difference_beyond_the_threshold_is_larger_in_either_direction():
    most = compared(FIVE | {72: 3, 78: 3}, FIVE | {72: 3, 78: 3}).threshold_deg
    for sign in (1, -1):
        for step, verdict in ((0.01, "larger"), (-0.01, "no_larger")):
            right = 3 + sign * (most + step)
            assert compared(FIVE | {72: 3, 78: 3}, FIVE | {72: right, 78: right}).verdict == verdict


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.integers(0, 83), ANGLES, min_size=1, max_size=30), st.integers(0, 120))
def test_a_side_is_never_uneven_with_its_own_readings(read, until):
    assert compared(read, read, until + min(read)).verdict in ("waiting", "unknown", "no_larger")


@settings(max_examples=40, deadline=None)
@given(*[st.dictionaries(st.integers(1, 83), ANGLES, min_size=7, max_size=30)] * 2)
def test_left_and_right_may_change_places(one, other):
    there, back = compared({0: 0} | one, {0: 0} | other), compared({0: 0} | other, {0: 0} | one)
    assert (there.verdict, there.threshold_deg) == (back.verdict, pytest.approx(back.threshold_deg))
    if there.difference_deg is not None:
        assert there.difference_deg == -back.difference_deg


def test_the_last_look_that_both_sides_could_make_is_taken():
    both = FIVE | {18: 3, 25: 3}
    assert compared(both | {72: 60, 78: 60}, both).week == 4
    assert compared(both | {72: 3, 78: 3}, both | {72: 3, 78: 3}).week == 12


CASES = {
    "one_side": (FIVE, {}, 84),
    "waiting": (FIVE, FIVE, 20),
    "unknown": ({0: 1, 72: 3, 78: 3}, FIVE | {72: 30, 78: 30}, 84),
    "no_larger": (FIVE | {72: 3, 78: 4}, FIVE | {72: 4, 78: 5}, 84),
    "larger": (FIVE | {72: 3, 78: 4}, FIVE | {72: -14, 78: -15}, 84),
}


@pytest.mark.parametrize("verdict", EVENNESS)
def test_each_answer_is_said_calmly_and_simply(verdict):
    made = compared(*CASES[verdict])
    said = describe_evenness(made)
    assert made.verdict == verdict
    assert frightening(said) == []
    assert textstat.flesch_kincaid_grade(said) <= 8


def test_the_words_say_means_difference_and_what_they_do_not_show():
    said = describe_evenness(compared(*CASES["larger"]))
    assert "+3.5° on the left and −14.5° on the right. They differ by 18.0°." in said
    assert "does not mean that the difference is important" in said
    said = describe_evenness(compared(*CASES["no_larger"]))
    assert "no difference larger than your measurement error" in said
    assert "does not show that both sides are the same" in said


def test_sides_of_two_tests_or_in_the_wrong_place_are_refused():
    with pytest.raises(
        ValueError, match="of one test and person, got thomas_trig left '' and thomas_phone right"
    ):
        evenness(judged("left", FIVE), judged("right", FIVE, test="thomas_phone"))
    with pytest.raises(ValueError, match="evenness needs the left and the right side"):
        evenness(judged("right", FIVE), judged("left", FIVE))


def test_even_people_are_told_of_a_difference_in_no_more_than_five_percent_over_all_looks(load_tool):
    tool = load_tool("simulate_change")
    people = 2000
    most = float(binom.ppf(0.999, people, 0.05)) / people
    assert [0 < tool.uneven(plan, people, 7) <= most for _, plan in tool.EVEN] == [True, True]
