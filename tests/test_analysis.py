"""The sums behind the charts: nothing held is lost, every week and day is there, and types never change."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_holds import FLEXOR, ROTATOR, STRETCHES, TOWEL, made_holds

from hipbook.progress.analysis import HoldsColumnError, daily_minutes, monday_of, weekly_dose

DAYS = st.dates(dt.date(2019, 12, 20), dt.date(2021, 1, 15))
HOLDS = st.lists(
    st.tuples(
        DAYS,
        st.sampled_from([FLEXOR, "hip_flexor_standing", ROTATOR, TOWEL, "calf_at_the_wall"]),
        st.sampled_from(["left", "right"]),
        st.floats(0, 120, allow_nan=False),
    ),
    min_size=1,
    max_size=25,
)


def dose(holds, **options):
    return weekly_dose(holds, stretches=STRETCHES, **options)


@settings(max_examples=40, deadline=None)
@given(HOLDS)
def test_every_second_held_is_in_the_weeks_and_in_the_days(rows):
    holds = made_holds(rows)
    minutes = holds["held_s"].sum() / 60
    assert dose(holds)["held_min"].sum() == pytest.approx(minutes)
    assert daily_minutes(holds)["held_min"].sum() == pytest.approx(minutes)


@settings(max_examples=40, deadline=None)
@given(HOLDS)
def test_each_side_keeps_its_own_minutes(rows):
    holds = made_holds(rows)
    weeks, days = dose(holds), daily_minutes(holds)
    for side in ("left", "right"):
        minutes = holds.loc[holds["side"] == side, "held_s"].sum() / 60
        assert weeks.loc[weeks["side"] == side, "held_min"].sum() == pytest.approx(minutes)
        assert days[f"{side}_held_min"].sum() == pytest.approx(minutes)


@settings(max_examples=40, deadline=None)
@given(HOLDS, DAYS)
def test_weeks_begin_on_monday_and_none_is_left_out(rows, until):
    holds = made_holds(rows)
    weeks = dose(holds, until=until)
    mondays = weeks["week_start"].drop_duplicates()
    assert (mondays.dt.day_of_week == 0).all()
    assert (mondays.diff().dropna() == pd.Timedelta(days=7)).all()
    last = max(until, holds["local_date"].max().date())
    assert mondays.iloc[0].date() <= holds["local_date"].min().date()
    assert mondays.iloc[-1].date() <= last <= mondays.iloc[-1].date() + dt.timedelta(days=6)
    assert len(weeks) == len(mondays) * weeks["muscle_group"].nunique() * 2


@settings(max_examples=40, deadline=None)
@given(HOLDS, DAYS)
def test_days_follow_each_other_without_a_gap(rows, until):
    holds = made_holds(rows)
    days = daily_minutes(holds, until=until)["local_date"]
    assert (days.diff().dropna() == pd.Timedelta(days=1)).all()
    assert days.iloc[0] == holds["local_date"].min()
    assert days.iloc[-1].date() == max(until, holds["local_date"].max().date())


@given(DAYS)
def test_the_monday_of_a_day_is_the_one_iso_weeks_have(day):
    monday = monday_of(pd.Series(pd.to_datetime([day]))).iloc[0].date()
    assert monday == dt.date.fromisocalendar(*day.isocalendar()[:2], 1)


def test_a_hand_worked_week():
    holds = made_holds(
        [
            ("2026-03-02", FLEXOR, "left", 30),  # Monday
            ("2026-03-08", "hip_flexor_standing", "left", 30),  # Sunday, same week, same muscle group
            ("2026-03-08", FLEXOR, "right", 45),
            ("2026-03-09", TOWEL, "right", 60),  # next Monday
        ]
    )
    weeks = dose(holds).set_index(["week_start", "muscle_group", "side"])
    first, second = pd.Timestamp("2026-03-02"), pd.Timestamp("2026-03-09")
    assert weeks.loc[(first, "hip_flexors", "left"), ["held_min", "holds"]].tolist() == [1.0, 2]
    assert weeks.loc[(first, "hip_flexors", "right"), "held_min"] == 0.75
    assert weeks.loc[(second, "hip_mobilization", "right"), "held_min"] == 1.0
    assert weeks.loc[(second, "hip_flexors", "left"), "held_min"] == 0


def test_time_held_before_stopping_or_skipping_counts():
    stopped = made_holds([("2026-03-02", FLEXOR, "left", 12)], outcome="stopped")
    skipped = made_holds([("2026-03-02", FLEXOR, "left", 18)], outcome="skipped")
    weeks = dose(pd.concat([stopped, skipped]))
    assert weeks["held_min"].sum() == pytest.approx(0.5)


def test_a_blank_time_counts_as_nothing_held():
    holds = made_holds([("2026-03-02", FLEXOR, "left", 30), ("2026-03-04", FLEXOR, "left", 30)])
    holds.loc[1, "held_s"] = float("nan")
    assert dose(holds)["holds"].sum() == 1
    assert daily_minutes(holds)["held_min"].tolist() == [0.5, 0, 0]


def test_static_stretches_are_told_from_the_mobilization():
    weeks = dose(made_holds([("2026-03-02", name, "left", 30) for name in (TOWEL, FLEXOR)]))
    modes = dict(zip(weeks["muscle_group"], weeks["mode"], strict=True))
    assert modes == {"hip_flexors": "hold", "hip_mobilization": "cycles"}


def test_a_stretch_the_catalogue_does_not_know_is_kept_as_other():
    weeks = dose(made_holds([("2026-03-02", "calf_at_the_wall", "left", 30)]))
    assert set(weeks["muscle_group"]) == {"other"}
    assert weeks["held_min"].sum() == 0.5


def test_weeks_up_to_today_are_there_and_an_earlier_today_changes_nothing():
    holds = made_holds([("2026-03-02", FLEXOR, "left", 30)])
    assert dose(holds, until=dt.date(2026, 3, 18))["week_start"].nunique() == 3
    assert dose(holds, until=dt.date(2025, 1, 1)).equals(dose(holds))


def test_an_empty_log_has_the_same_columns_and_types():
    none, one = made_holds([]), made_holds([("2026-03-02", FLEXOR, "left", 30)])
    for sums in (dose, daily_minutes):
        assert sums(none).empty
        assert sums(none).dtypes.to_dict() == sums(one).dtypes.to_dict()


def test_sides_and_stretches_read_as_categories_give_the_same():
    holds = made_holds([("2026-03-02", FLEXOR, "left", 30), ("2026-03-12", TOWEL, "right", 30)])
    categories = holds.astype({"side": "category", "stretch": "category"})
    assert dose(categories).equals(dose(holds))
    one = categories[categories["stretch"] == FLEXOR]
    assert set(dose(one)["muscle_group"]) == {"hip_flexors"}
    assert daily_minutes(categories).equals(daily_minutes(holds))


def test_the_table_given_is_not_changed():
    holds = made_holds([("2026-03-02", FLEXOR, "left", 30)])
    before = holds.copy()
    dose(holds)
    daily_minutes(holds)
    pd.testing.assert_frame_equal(holds, before)


@pytest.mark.parametrize("sums", [weekly_dose, daily_minutes])
def test_a_table_without_the_columns_is_refused_by_name(sums):
    with pytest.raises(HoldsColumnError, match="missing side, held_s"):
        sums(pd.DataFrame({"local_date": [], "stretch": []}))
