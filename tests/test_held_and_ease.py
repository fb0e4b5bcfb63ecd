"""Held against planned, discomfort and stops: the numbers behind the pictures, worked by hand."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd
import pytest
from made_holds import FLEXOR, TOWEL, made_holds
from made_log import CASES, made_sessions

from hipbook.figures import discomfort, held
from hipbook.figures.shapes import boxes_of, points_of
from hipbook.progress import ease
from hipbook.progress.analysis import HoldsColumnError
from hipbook.progress.choice import Choice
from hipbook.progress.held import held_by_plan, reasons_given


def holds_of(*rows: tuple[str, str, float, str, str], stretch: str = FLEXOR) -> pd.DataFrame:
    """Return holds from (day, side, held_s, outcome, reason), each planned for 40 s."""
    frame = made_holds([(day, stretch, side, held_s) for day, side, held_s, _, _ in rows])
    return frame.assign(outcome=[row[3] for row in rows], reason=[row[4] for row in rows])


MIXED = holds_of(
    ("2026-03-02", "left", 40, "done", ""),
    ("2026-03-03", "left", 40, "done", ""),
    ("2026-03-04", "left", 60, "done", ""),
    ("2026-03-05", "left", 10, "stopped", "knee"),
    ("2026-03-06", "left", 0, "skipped", ""),
    ("2026-03-06", "right", 20, "stopped", "let_go"),
)


def test_done_stopped_and_skipped_stand_apart_in_percent_of_the_plan():
    left, right = held_by_plan(MIXED).to_dict("records")
    assert (left["side"], left["done"], left["stopped"], left["skipped"]) == ("left", 3, 1, 1)
    assert (left["done_q25"], left["done_q50"], left["done_q75"]) == (100, 100, 125)
    assert left["stopped_q50"] == 25
    assert (right["done"], right["stopped_q50"]) == (0, 50)
    assert math.isnan(right["done_q50"])
    assert (left["planned_low_s"], left["planned_high_s"]) == (40, 40)


def test_a_row_without_a_plan_is_counted_and_has_no_share():
    row = held_by_plan(MIXED.assign(planned_s=0.0)).iloc[0]
    assert row["done"] == 3
    assert math.isnan(row["done_q50"])
    assert math.isnan(row["planned_low_s"])
    assert "no median yet" in held.describe_held(MIXED.assign(planned_s=0.0))


def test_reasons_are_counted_by_outcome_and_blank_ones_come_last():
    rows = reasons_given(MIXED).to_numpy().tolist()
    assert rows == [["knee", 1, 0], ["let_go", 1, 0], ["", 0, 1]]
    assert reasons_given(MIXED.iloc[:2]).empty


@pytest.mark.parametrize("numbers", [held_by_plan, reasons_given])
def test_a_table_without_the_columns_is_refused_by_name(numbers):
    with pytest.raises(HoldsColumnError, match="missing outcome, reason"):
        numbers(MIXED.drop(columns=["outcome", "reason"]))


def test_an_empty_log_has_the_same_columns_and_types():
    assert held_by_plan(MIXED.iloc[:0]).dtypes.to_dict() == held_by_plan(MIXED).dtypes.to_dict()


def test_the_words_count_and_tell_the_reasons_without_reproach():
    words = held.describe_held(MIXED)
    assert words.startswith("Of 6 holds: 3 done, 2 stopped early and 1 skipped.")
    assert "“My knee hurt” once and “I let go early” once. No reason was kept for 1 of" in words
    assert "To stop when something feels wrong is the right thing to do." in words
    assert not any(word in words.lower() for word in ("fail", "should", "only "))


def test_sides_and_stopped_holds_differ_by_their_marks():
    shapes = {name: look["marker"] for name, look in held.LOOKS.items()}
    assert len(set(shapes.values())) == 3
    marks = {line.get_marker() for line in held.figure_held(MIXED).axes[0].lines}
    assert {shapes["left"], shapes["stopped"]} <= marks


def test_the_stretches_stand_in_the_order_of_the_catalogue_and_others_last():
    others = [
        holds_of(("2026-03-02", "left", 40, "done", ""), stretch=name) for name in ("calf", TOWEL, FLEXOR)
    ]
    table = held.table_held(pd.concat(others))
    assert [name.partition(",")[0] for name in table["Stretch"]] == [
        "Hip flexor stretch", "Hip mobilization with a towel", "calf",
    ]  # fmt: skip


# --- discomfort and stops -------------------------------------------------

STARTS = [dt.date(2026, 3, 2), dt.date(2026, 3, 9), dt.date(2026, 3, 16)]


def test_discomfort_is_put_together_by_period_and_blank_answers_are_none():
    sessions = made_sessions([("2026-03-02", 1), ("2026-03-08", 3), ("2026-03-10", None)])
    rows = ease.discomfort_by(sessions, STARTS)
    assert rows["sessions"].tolist() == [2, 0]
    assert rows["median"].tolist()[0] == 2
    assert math.isnan(rows["median"].tolist()[1])


def test_stops_are_counted_by_reason_and_period():
    stops = ease.stops_by(MIXED, STARTS)
    assert stops.index.tolist() == ["knee", "let_go"]
    assert stops.to_numpy().tolist() == [[1, 0], [1, 0]]


def knees(count: int, outcome: str = "stopped", reason: str = "knee") -> pd.DataFrame:
    return holds_of(*[(f"2026-03-{day:02d}", "left", 10, outcome, reason) for day in range(1, count + 1)])


@pytest.mark.parametrize(
    ("holds", "often"),
    [
        (knees(3), {"knee": 3}),
        (knees(2), {}),
        (knees(5, reason="let_go"), {}),
        (knees(5, reason=""), {}),
        (knees(5, outcome="skipped"), {}),
    ],
)
def test_three_stops_for_one_complaint_are_time_to_see_someone(holds, often):
    assert ease.felt_often(holds) == often
    words = discomfort.describe_discomfort(made_sessions([]), holds)
    assert ("Please see someone who knows your hip" in words) == bool(often)
    drawn = [text.get_text() for text in discomfort.figure_discomfort(made_sessions([]), holds).texts]
    assert any("Please see someone" in words for words in drawn) == bool(often)


def test_the_note_stays_whatever_is_chosen():
    chosen = Choice(first=dt.date(2026, 5, 1), side="right")
    words = discomfort.describe_discomfort(made_sessions([]), knees(3), choice=chosen)
    assert words.startswith("Nothing in the log fits")
    assert "Please see someone who knows your hip" in words


def test_the_dots_are_the_answers_and_many_sessions_become_a_band():
    log = CASES["a_months_gap"]
    figure = discomfort.figure_discomfort(log.sessions, log.holds)
    (dots,) = [patch for patch in figure.axes[0].patches if patch.get_label() == "sessions"]
    answers = log.sessions["discomfort_0_10"].dropna()
    assert points_of(dots)[:, 1].round(6).tolist() == answers.tolist()
    long = CASES["ten_years"]
    labels = {
        patch.get_label() for patch in discomfort.figure_discomfort(long.sessions, long.holds).axes[0].patches
    }
    assert "band" in labels
    assert "sessions" not in labels


def test_the_bars_are_the_stops_of_each_period():
    log = CASES["a_months_gap"]
    figure = discomfort.figure_discomfort(log.sessions, log.holds)
    bars = {patch.get_label(): boxes_of(patch) for patch in figure.axes[1].patches}
    stopped = log.holds[log.holds["outcome"] == "stopped"]["reason"].value_counts()
    assert set(bars) == set(stopped.index)
    numbers = {text.get_text() for text in figure.texts}
    assert {f"{count}" for count in stopped} <= numbers


def test_beginning_and_now_are_compared_without_a_cause():
    rising = made_sessions(
        [(dt.date(2026, 3, 2) + dt.timedelta(weeks=week), week // 2) for week in range(12)]
    )
    words = discomfort.describe_discomfort(rising, made_holds([]))
    assert "The median went up from 0.5 in the first 4 weeks with answers to 4.5 in the last 4." in words
    assert "can have many causes" in words


def test_answers_that_were_not_kept_are_said_to_be_missing():
    words = discomfort.describe_discomfort(made_sessions([("2026-03-02", None)]), MIXED)
    assert words.startswith("No session has an answer about discomfort")
    assert "what is kept" not in words  # the player only asks, and has no setting for it


def test_one_hold_is_said_as_one():
    one = holds_of(("2026-03-02", "left", 10, "stopped", "knee"))
    assert "The one hold was stopped." in discomfort.describe_discomfort(made_sessions([]), one)
    done = one.assign(outcome="done", reason="")
    assert "The one hold was not stopped." in discomfort.describe_discomfort(made_sessions([]), done)


def test_holds_without_a_reason_are_said_with_what_is_counted():
    rows = MIXED.assign(reason="")
    assert "No reason was kept for 3 of those that were stopped or skipped." in held.describe_held(rows)
    words = discomfort.describe_discomfort(made_sessions([]), rows)
    assert "No reason was kept for 2 of those that were stopped." in words
