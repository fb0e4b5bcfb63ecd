"""Readings become degrees with one sign and one zero, and their scatter comes from separate days only."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipbook.progress import measure
from hipbook.progress.reading import read_measurements
from hipbook.progress.scatter import LEAST_SEM_DEG, Scatter, day_means, scatter, t_quantile
from hipbook.progress.trend import trend
from hipbook.shipped import data_folder
from hipbook.strings import sentences

DAY = dt.date(2026, 3, 2)
ANGLES = st.floats(-40, 40).map(lambda value: round(value, 1))


def readings(*days: float | tuple[float, ...], **columns: str) -> pd.DataFrame:
    """Return a reading a day, or several where a tuple stands."""
    rows = [
        {"local_date": DAY + dt.timedelta(days=at), "trial": trial, "value_deg": value} | columns
        for at, values in enumerate(days)
        for trial, value in enumerate(values if isinstance(values, tuple) else (values,), 1)
    ]
    return pd.DataFrame(rows, columns=["local_date", "trial", "value_deg", *columns])


# --- the trigonometric Thomas test ----------------------------------------


@pytest.mark.parametrize(
    ("hip_cm", "knee_cm", "thigh_cm", "deg"),
    [
        (84, 84, 41.5, 0),
        (80, 60, 40, 30),
        (60, 80, 40, -30),
        (90, 90 - 40 * math.sin(0.1), 40, math.degrees(0.1)),
    ],
)
def test_the_drop_of_the_knee_over_the_thigh_is_the_sine_of_the_extension(hip_cm, knee_cm, thigh_cm, deg):
    assert measure.thomas_trig_deg(hip_cm, knee_cm, thigh_cm) == pytest.approx(deg, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.floats(40, 100), st.floats(-25, 25), st.floats(30, 60))
def test_changing_the_places_of_hip_and_knee_changes_the_sign_only(hip, drop, thigh):
    there, back = (
        measure.thomas_trig_deg(hip, hip - drop, thigh),
        measure.thomas_trig_deg(hip - drop, hip, thigh),
    )
    assert there == pytest.approx(-back)
    assert there * drop >= 0


@settings(max_examples=40, deadline=None)
@given(st.floats(40, 100), st.floats(-25, 25), st.floats(30, 60))
def test_raising_the_table_changes_nothing(hip, drop, thigh):
    low, high = (measure.thomas_trig_deg(hip + lift, hip + lift - drop, thigh) for lift in (0, 20))
    assert low == pytest.approx(high)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((200, 84, 41), "hip_height_cm must be between 5 and 150, got 200"),
        ((84, 4, 41), "knee_height_cm must be between 5 and 150, got 4"),
        ((84, 84, 0), "thigh_length_cm must be between 20 and 70, got 0"),
        ((84, 84, 415), "thigh_length_cm must be between 20 and 70, got 415"),
        ((math.nan, 84, 41), "hip_height_cm must be a finite number, got nan"),
        ((84, True, 41), "knee_height_cm must be a finite number, got True"),
        (("84", 84, 41), "hip_height_cm must be a finite number, got '84'"),
        (
            (100, 50, 40),
            "hip_height_cm and knee_height_cm must differ by at most 34.6 "
            "for a thigh of 40 cm (60°), got 50.0",
        ),
    ],
)
def test_what_cannot_be_a_thigh_is_refused_in_one_line(values, said):
    with pytest.raises(measure.MeasureError) as refused:
        measure.thomas_trig_deg(*values)
    assert str(refused.value) == said


def test_the_samples_agree_with_their_own_heights():
    rows = read_measurements(data_folder() / "sample_measurements.csv").rows
    assert len(rows) > 50
    for row in rows.itertuples():
        inputs = json.loads(row.inputs)
        assert round(measure.thomas_trig_deg(**inputs), 1) == row.value_deg


# --- tools, zeros and the pelvis ------------------------------------------


@pytest.mark.parametrize(
    ("raw", "asked", "deg"),
    [
        (12, {}, 12),
        (12, {"flexion_positive": True}, -12),
        (93, {"level_deg": 90}, 3),
        (-178, {"level_deg": 178}, 4),
        (0, {"flexion_positive": True}, 0),
    ],
)
def test_a_tools_number_is_counted_from_the_level_with_extension_positive(raw, asked, deg):
    got = measure.tool_deg(raw, **asked)
    assert got == pytest.approx(deg)
    assert str(got) != "-0.0"


def test_a_tools_number_beyond_any_hip_is_refused():
    with pytest.raises(
        measure.MeasureError, match=r"raw_deg less level_deg must be between -60 and 60, got 90"
    ):
        measure.tool_deg(90)


def test_an_impossible_test_is_named():
    with pytest.raises(measure.MeasureError, match=r"test must be one of thomas_trig, .*, got 'guess'"):
        measure.describe_test("guess")


@pytest.mark.parametrize("test", measure.METHODS)
def test_each_test_says_what_zero_and_plus_mean_and_that_tools_are_not_mixed(test):
    said = measure.describe_test(test)
    assert "Zero means" in said
    assert "Plus means" in said
    assert "3.2° on average (Roach 2013)" in said
    assert said.startswith(measure.name_of_test(test)[:1].upper())


def test_a_test_from_elsewhere_keeps_its_name():
    assert measure.name_of_test("side_lying") == "side_lying"


# --- SEM and MDC ----------------------------------------------------------


def test_five_days_give_sem_and_mdc_by_students_t():
    found = scatter(readings(1, 2, 3, 4, 5))
    assert found.sem_deg == pytest.approx(math.sqrt(2.5))
    assert found.mdc_deg == pytest.approx(
        2.7764 * math.sqrt(2) * math.sqrt(2.5), rel=1e-4
    )  # t, 4 degrees, tables
    assert (found.days, found.assumed) == (5, False)


def test_days_that_agree_give_the_least_error_that_the_verdict_takes_and_never_none():
    even = scatter(readings(3, 3, 3, 3, 3))
    assert even.sem_deg == LEAST_SEM_DEG
    assert even.mdc_deg == pytest.approx(2.7764 * math.sqrt(2), rel=1e-4)
    assert scatter(readings(3, 3, 3, 4, 4)) == even
    assert f"SEM {{sem}} ({LEAST_SEM_DEG:g}° at least)" in sentences()["measuring.error.own"]


def test_four_days_give_no_sem_and_our_assumption_flagged_as_one():
    four = readings(1, (2, 2, 2), 3, 9)
    assert scatter(four) == Scatter(4, None, 5, assumed=True)


def test_no_reading_is_no_day():
    assert scatter(readings()).days == 0


def test_trials_of_one_day_are_averaged_before_days_are_compared():
    assert scatter(readings((0, 2), (1, 3), 3, (3, 4, 5), 5)).sem_deg == pytest.approx(math.sqrt(2.5))


def test_t_is_that_of_the_tables():
    assert [round(t_quantile(0.975, n), 3) for n in (1, 4, 10, 30)] == [12.706, 2.776, 2.228, 2.042]


@settings(max_examples=40, deadline=None)
@given(st.lists(ANGLES, min_size=5, max_size=9), st.randoms())
def test_the_order_of_rows_does_not_matter(values, random):
    rows = readings(*values)
    mixed = rows.iloc[random.sample(range(len(rows)), len(rows))]
    assert scatter(mixed).sem_deg == pytest.approx(scatter(rows).sem_deg)
    assert list(day_means(mixed)) == pytest.approx(values)


@settings(max_examples=40, deadline=None)
@given(st.lists(ANGLES, min_size=1, max_size=6), ANGLES)
def test_another_trial_of_the_same_day_is_no_new_day(values, another):
    assert scatter(readings(*values[:-1], (values[-1], another))).days == scatter(readings(*values)).days


@settings(max_examples=40, deadline=None)
@given(st.lists(ANGLES, min_size=5, max_size=9), st.floats(-20, 20))
def test_another_zero_changes_no_scatter(values, zero):
    moved = [value + zero for value in values]
    assert scatter(readings(*moved)).sem_deg == pytest.approx(scatter(readings(*values)).sem_deg, abs=1e-6)


@pytest.mark.parametrize(
    ("column", "two"),
    [("test", ("thomas_trig", "thomas_phone")), ("side", ("left", "right")), ("person", ("", "c07"))],
)
def test_tests_sides_and_persons_are_never_mixed(column, two):
    both = pd.concat([readings(*range(3), **{column: value}) for value in two])
    with pytest.raises(measure.MeasureError, match=f"readings must be of one {column}, got "):
        scatter(both)
    with pytest.raises(measure.MeasureError, match=column):
        trend(both)


def test_a_reading_that_is_no_number_is_refused():
    with pytest.raises(measure.MeasureError, match="value_deg must be a finite number, got nan"):
        scatter(readings(1, math.nan))


def test_a_table_without_days_is_refused():
    with pytest.raises(measure.MeasureError, match="readings must have the column local_date, got value_deg"):
        scatter(pd.DataFrame({"value_deg": [1.0]}))


# --- the trend ------------------------------------------------------------


def test_readings_on_a_line_have_that_line_as_their_trend():
    found = trend(readings(*(2 + 0.5 * day for day in range(8))))
    assert found.deg_per_week == pytest.approx(3.5)
    assert (found.low_deg_per_week, found.high_deg_per_week) == pytest.approx((3.5, 3.5))
    assert found.start_deg == pytest.approx(2)
    assert (found.days, found.first_day) == (8, DAY)


def test_one_gross_error_hardly_moves_the_trend():
    good = [0.1 * day for day in range(15)]
    assert trend(readings(*good[:7], 40.0, *good[8:])).deg_per_week == pytest.approx(0.7, abs=0.1)


def test_four_days_have_no_trend_with_an_interval():
    assert trend(readings(1, 2, 3, (4, 5))) is None
    orders = list(itertools.permutations(range(4)))
    straight = [order for order in orders if order in ((0, 1, 2, 3), (3, 2, 1, 0))]
    assert len(straight) / len(orders) > 0.05  # the reason


def test_the_worked_example_of_lesson_04_is_what_the_rule_gives(root):
    lesson = (root / "notebooks" / "04_measure_your_hips.ipynb").read_text(encoding="utf-8")
    found = scatter(readings(5, 7, 6, 8, 4))
    said = f"5°, 7°, 6°, 8° and 4° have a SEM of {found.sem_deg:.1f}° and an MDC of {found.mdc_deg:.1f}°"
    assert said in lesson
    assert f"t = {t_quantile(0.975, 4):.2f} for five days" in lesson
