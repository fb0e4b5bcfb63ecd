"""The change verdict: first weeks against recent weeks, at weeks 4, 8 and 12, no more than it knows."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd
import pytest
import textstat
from hypothesis import given, settings
from hypothesis import strategies as st
from notebook_story import frightening

from hipbook.figures.change_words import describe_change, signed
from hipbook.progress.change import LOOK_WEEKS, VERDICTS, Change, baseline_rows, change, looks
from hipbook.progress.measure import MeasureError
from hipbook.progress.reading import read_measurements
from hipbook.progress.scatter import scatter, t_quantile
from hipbook.shipped import data_folder

DAY_0 = dt.date(2026, 3, 2)
FIVE = {0: 1, 3: 2, 6: 3, 9: 4, 12: 5}
"""A baseline with mean 3 and SD √2.5."""

ANGLES = st.floats(-30, 30).map(lambda value: round(value, 1))


def day(at: int) -> dt.date:
    return DAY_0 + dt.timedelta(days=at)


def log(read: dict[int, float | tuple[float, ...]], **columns: str) -> pd.DataFrame:
    """Return rows of a log: a reading on each day, several where a tuple stands."""
    whose = {"test": "thomas_trig", "side": "left", "person": "", "quantity": "hip_extension"} | columns
    return pd.DataFrame(
        [
            {"local_date": day(at), "trial": trial, "value_deg": float(value)} | whose
            for at, values in read.items()
            for trial, value in enumerate(values if isinstance(values, tuple) else (values,), 1)
        ],
        columns=["local_date", "trial", "value_deg", *whose],
    )


def judged(read: dict, until: int = 84, **asked: object) -> Change:
    return change(log(read), **({"test": "thomas_trig", "side": "left", "until": day(until)} | asked))


# --- what is compared -----------------------------------------------------


def test_the_baseline_mean_meets_the_mean_of_the_last_two_weeks():
    made = judged(FIVE | {13: 9, 14: 100, 55: 100, 69: 100, 70: 20, 77: 22, 83: 24, 84: 100})
    last = made.looks[2]
    assert (last.baseline_days, last.baseline_deg) == (6, 4)
    assert (last.recent_days, last.recent_deg, last.change_deg) == (3, 22, 18)


def test_the_threshold_is_students_t_for_two_means_at_half_of_a_third_of_five_percent():
    look = judged(FIVE | {72: 3, 78: 3}).look
    t = t_quantile(1 - 0.05 / 3 / 2 / 2, 4)
    assert look.sem_deg == pytest.approx(math.sqrt(2.5))
    assert look.threshold_deg == pytest.approx(t * math.sqrt(2.5) * math.sqrt(1 / 5 + 1 / 2))
    assert t == pytest.approx(4.851, abs=1e-3)


def test_a_change_beyond_the_threshold_is_more_than_error_in_either_direction():
    most = judged(FIVE | {72: 3, 78: 3}).look.threshold_deg
    for sign in (1, -1):
        just_more, just_not = (3 + sign * (most + step) for step in (0.01, -0.01))
        assert judged(FIVE | {72: just_more, 78: just_more}).verdict == "more"
        assert judged(FIVE | {72: just_not, 78: just_not}).verdict == "not_more"


def test_weeks_count_from_the_first_reading_or_from_the_first_stretch_if_that_is_later():
    read = {at - 20: value for at, value in FIVE.items()} | {15: 3, 20: 3}
    assert judged(read).day_0 == day(-20)
    begun = judged(read, start=DAY_0, until=28)
    assert (begun.day_0, begun.baseline_days, begun.look.week) == (DAY_0, 5, 4)
    assert judged(read, start=day(-90)).day_0 == day(-20)


def test_readings_long_before_the_start_are_no_baseline():
    assert judged({at - 60: value for at, value in FIVE.items()}, start=DAY_0).baseline_days == 0


def test_other_tests_sides_persons_and_quantities_are_left_aside():
    mine = log(FIVE | {72: 3, 78: 3})
    others = [
        log({70: 60, 71: 60}, **other)
        for other in ({"test": "thomas_phone"}, {"side": "right"}, {"person": "c07"}, {"quantity": "knee"})
    ]
    asked = {"test": "thomas_trig", "side": "left", "until": day(84)}
    assert change(pd.concat([mine, *others]), **asked) == change(mine, **asked)


def test_the_rows_of_the_baseline_are_those_that_the_verdict_takes():
    rows = log({-29: 9, -28: 1} | FIVE | {13: 6, 14: 9, 72: 9})
    assert list(baseline_rows(rows, start=DAY_0)["value_deg"]) == [1, 1, 2, 3, 4, 5, 6]
    assert list(baseline_rows(rows)["value_deg"]) == [9, 1]
    assert scatter(baseline_rows(log(FIVE | {72: 9, 78: 9}))).sem_deg == pytest.approx(
        judged(FIVE | {72: 9, 78: 9}).look.sem_deg
    )
    assert baseline_rows(log({})).empty
    with pytest.raises(MeasureError, match="readings must be of one side"):
        baseline_rows(pd.concat([rows, log(FIVE, side="right")]))


# --- when it is compared --------------------------------------------------


def test_a_look_stands_when_its_week_is_over_and_not_a_day_before():
    read = FIVE | {20: 60, 25: 60}
    assert [judged(read, until).verdict for until in (12, 27, 28, 40)] == [
        "waiting",
        "waiting",
        "more",
        "more",
    ]


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.integers(0, 100), ANGLES, min_size=1, max_size=30), st.integers(0, 120))
def test_between_two_looks_the_answer_stays_whatever_is_read(read, until):
    """An impatient person who asks every day sees nothing that the looks do not show."""
    first = min(read)
    open_day = max((7 * week for week in LOOK_WEEKS if first + 7 * week <= first + until), default=None)
    seen = judged(read, first + until)
    if open_day is not None:
        assert seen.verdict == judged(read, first + open_day).verdict
    else:
        assert seen.verdict in ("waiting", "few_baseline")


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.integers(0, 83), ANGLES, min_size=1, max_size=30), st.integers(0, 40), ANGLES)
def test_later_readings_never_change_an_earlier_look(read, later, value):
    made = judged(read, 200)
    first = min(read)
    assert judged(read | {first + 84 + later: value}, 200).looks == made.looks


def test_the_next_look_is_named_and_after_the_last_there_is_none():
    assert judged(FIVE, 20).next_look.day == day(28)
    assert judged(FIVE, 30).next_look.week == 8
    assert judged(FIVE, 84).next_look is None


# --- where it knows too little --------------------------------------------


def test_without_readings_there_is_no_verdict():
    assert judged({}).verdict == "no_readings"
    assert judged(FIVE, until=-1).verdict == "no_readings"


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 4), st.floats(-50, 50))
def test_four_baseline_days_give_no_verdict_however_large_the_change(days, gain):
    made = judged({at: 1 for at in range(days)} | {72: 1 + gain, 78: 1 + gain})
    assert made.verdict == "few_baseline"
    assert made.look.change_deg == pytest.approx(gain)


def test_a_baseline_that_can_no_longer_be_filled_is_said_before_the_first_look():
    assert [judged({0: 1, 2: 2}, until).verdict for until in (13, 14)] == ["waiting", "few_baseline"]


def test_one_recent_day_is_never_compared_however_many_readings_it_has():
    assert judged(FIVE | {78: (60,) * 9}).verdict == "few_recent"


def test_a_look_that_was_missed_leaves_the_one_before_it_standing():
    made = judged(FIVE | {18: 3, 25: 3, 47: 60})
    assert [look.verdict for look in made.looks] == ["not_more", "few_recent", "few_recent"]
    assert (made.verdict, made.look.week) == ("not_more", 4)


def test_readings_that_agree_by_rounding_do_not_make_error_nothing():
    same = dict.fromkeys(FIVE, 3)
    assert judged(same | {72: 4, 78: 4}).verdict == "not_more"
    assert judged(same | {72: 9, 78: 9}).verdict == "more"


def test_recent_days_that_scatter_more_than_the_baseline_raise_the_threshold():
    calm, wild = (judged(FIVE | {72: 3 - far, 78: 3 + far}).look for far in (1, 4))
    assert calm.error_deg == calm.sem_deg == pytest.approx(math.sqrt(2.5))
    assert (wild.sem_deg, wild.error_deg) == (calm.sem_deg, pytest.approx(math.sqrt(32)))
    assert wild.threshold_deg / calm.threshold_deg == pytest.approx(math.sqrt(32) / math.sqrt(2.5))


def test_a_baseline_day_counts_no_more_readings_than_the_sparsest_recent_day():
    three = {at: (value, 50, 90) for at, value in FIVE.items()}
    once = judged(three | {72: 3, 78: (3, 3, 3)}).look
    assert (once.baseline_deg, once.sem_deg) == (3, pytest.approx(math.sqrt(2.5)))
    assert judged(three | {72: (3, 3), 78: (3, 3, 3)}).look.baseline_deg == 26.5


# --- what must not matter -------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(st.lists(ANGLES, min_size=5, max_size=9))
def test_what_equals_its_baseline_is_never_more_than_error(values):
    """Recent days that repeat the baseline's mean, whatever its scatter."""
    mean = sum(values) / len(values)
    made = judged(dict(enumerate(values)) | {at: mean for at in (18, 25, 45, 50, 72, 80)})
    assert [look.verdict for look in made.looks] == ["not_more"] * 3


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.integers(0, 83), st.tuples(ANGLES, ANGLES), min_size=1, max_size=25), st.randoms())
def test_the_order_of_rows_does_not_matter(read, random):
    rows = log(read)
    mixed = rows.iloc[random.sample(range(len(rows)), len(rows))]
    asked = {"test": "thomas_trig", "side": "left", "until": day(200)}
    assert change(mixed, **asked) == change(rows, **asked)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.integers(0, 83), ANGLES, min_size=1, max_size=25), st.integers(0, 24), ANGLES)
def test_another_trial_of_a_day_is_no_new_day(read, which, again):
    at = sorted(read)[which % len(read)]
    more = judged(read | {at: (read[at], again)}).looks
    counts = [(look.baseline_days, look.recent_days) for look in judged(read).looks]
    assert [(look.baseline_days, look.recent_days) for look in more] == counts


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.integers(0, 83), ANGLES, min_size=7, max_size=25))
def test_left_and_right_turned_upside_down_change_only_the_sign(read):
    plain, turned = judged(read, 200), judged({at: -value for at, value in read.items()}, 200)
    assert plain.verdict == turned.verdict
    if plain.look and plain.look.change_deg is not None:
        assert turned.look.change_deg == pytest.approx(-plain.look.change_deg)


def test_the_looks_are_the_same_from_a_log_as_from_plain_numbers():
    read = FIVE | {18: (2, 4), 25: 3, 72: 9, 78: 8}
    plain = {day(at).toordinal(): v if isinstance(v, tuple) else (v,) for at, v in read.items()}
    assert judged(read).looks == looks(plain, DAY_0.toordinal(), day(84).toordinal())


def test_a_reading_that_is_no_number_is_refused():
    with pytest.raises(MeasureError, match="value_deg must be a finite number, got nan"):
        judged(FIVE | {72: math.nan})


# --- in words -------------------------------------------------------------

CASES = {
    "no_readings": ({}, 84),
    "waiting": ({0: 1, 3: 2}, 5),
    "few_baseline": ({0: 1, 3: 2, 72: 9, 78: 9}, 84),
    "few_recent": (FIVE, 84),
    "not_more": (FIVE | {72: 3, 78: 4}, 84),
    "more": (FIVE | {72: 15, 78: 17}, 84),
}


@pytest.mark.parametrize("verdict", VERDICTS)
def test_each_verdict_is_said_calmly_and_simply(verdict):
    made = judged(*CASES[verdict])
    said = describe_change(made)
    assert made.verdict == verdict
    assert said.startswith("Left hip, Thomas test with a tape measure.")
    assert frightening(said) == []
    assert textstat.flesch_kincaid_grade(said) <= 8


def test_more_than_error_says_the_numbers_and_what_it_does_not_mean():
    said = describe_change(judged(*CASES["more"]))
    assert "from +3.0° in the first weeks (5 days) to +16.0°" in said
    assert "up to the end of week 12 (2 days): +13.0°" in said
    assert "it takes more than 6.4°. The hip extends further than before." in said
    assert (
        "does not mean that stretching caused it, and it does not mean that the change is important" in said
    )
    assert "when weeks 4, 8 and 12 are over, and at no other time" in said
    assert "a third of 5 %" in said


def test_the_change_that_is_said_is_that_of_the_two_numbers_beside_it():
    same = dict.fromkeys(FIVE, -2.64)
    assert "from −2.6° in the first weeks (5 days) to −1.9°" in describe_change(
        judged(same | {72: -1.86, 78: -1.86})
    )
    assert "(2 days): +0.7°" in describe_change(judged(same | {72: -1.86, 78: -1.86}))


def test_less_extension_is_said_as_such():
    assert "extends less far than before" in describe_change(judged(FIVE | {72: -15, 78: -17}))


def test_not_more_does_not_say_that_nothing_changed():
    assert "It does not show that nothing changed." in describe_change(judged(*CASES["not_more"]))


@pytest.mark.parametrize(
    ("now", "said"), [(3, "lies within the assumed"), (9, "larger than the assumed error")]
)
def test_without_an_error_of_ones_own_the_assumption_is_called_one(now, said):
    words = describe_change(judged({0: 1, 3: 2, 72: now, 78: now}))
    assert "±5° instead, which is our assumption" in words
    assert "No verdict is possible" in words
    assert said in words


def test_waiting_says_how_many_days_are_still_needed_and_when_the_look_comes():
    said = describe_change(judged(*CASES["waiting"]))
    assert "has 2 days so far. It needs at least 5 by the end of the first 2 weeks." in said
    assert "The next look is on 30 March 2026, after week 4." in said


@pytest.mark.parametrize(("value", "said"), [(3.44, "+3.4°"), (-3.46, "−3.5°"), (-0.04, "0.0°"), (0, "0.0°")])
def test_a_change_is_written_with_its_sign(value, said):
    assert signed(value) == said


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_sample_learner_has_enough_days_for_all_three_looks(side):
    rows = read_measurements(data_folder() / "sample_measurements.csv").rows
    made = change(rows, test="thomas_trig", side=side, until=dt.date(2026, 8, 30))
    assert [look.verdict for look in made.looks] == ["not_more"] * 3
