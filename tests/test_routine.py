"""Choices become plans: total time, equal sides, no zero phases, whole cycles."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipbook.stretching.catalog import catalog
from hipbook.stretching.routine import RoutineError, choices_of, compile_plan

PAIRS = [
    ["hip_flexor_half_kneeling", "hip_flexor_standing"],
    ["hip_rotator_crossed", "hip_rotator_figure_four"],
]
STRETCH_SETS = (
    st.tuples(
        st.sampled_from([[], *[[one] for one in PAIRS[0]]]),
        st.sampled_from([[], *[[one] for one in PAIRS[1]]]),
        st.sampled_from([[], ["hip_mobilization_towel"]]),
    )
    .map(lambda parts: [*parts[0], *parts[1], *parts[2]])
    .filter(bool)
)


@st.composite
def choices(draw):
    def item(stretch):
        return {
            "stretch": stretch,
            "sides": draw(st.sampled_from(["both", "left", "right"])),
            "hold_s": draw(st.integers(5, 120)),
            "repetitions": draw(st.integers(1, 10)),
        }

    return {
        "routine": "mine",
        "items": [item(stretch) for stretch in draw(STRETCH_SETS)],
        "first_side": draw(st.sampled_from(["left", "right"])),
        "wait_for_me": draw(st.booleans()),
        "ready_s": draw(st.integers(0, 60)),
        "switch_s": draw(st.integers(0, 60)),
        "rest_s": draw(st.integers(0, 120)),
    }


def held_s(plan, stretch, side):
    kinds = ("hold", "pull")
    own = [p for p in plan.phases if (p.stretch, p.side) == (stretch, side) and p.kind in kinds]
    return sum(p.duration_s for p in own)


@given(choices())
def test_total_time_is_the_sum_of_what_was_chosen(chosen):
    known = {stretch.id: stretch for stretch in catalog().stretches}
    expected = 0
    for item in chosen["items"]:
        stretch, sides = known[item["stretch"]], 2 if item["sides"] == "both" else 1
        one = item["hold_s"]
        if stretch.mode == "cycles":
            cycle = stretch.pull_s + stretch.release_s
            one = max(1, item["hold_s"] // cycle) * cycle
        changes = 0 if chosen["wait_for_me"] else chosen["ready_s"] + (sides - 1) * chosen["switch_s"]
        expected += changes + sides * (
            item["repetitions"] * one + (item["repetitions"] - 1) * chosen["rest_s"]
        )
    assert compile_plan(chosen).total_s == expected


@given(choices())
def test_both_sides_get_the_same_full_holds(chosen):
    plan = compile_plan(chosen)
    for item in chosen["items"]:
        left, right = (held_s(plan, item["stretch"], side) for side in ("left", "right"))
        assert left == right if item["sides"] == "both" else min(left, right) == 0 < max(left, right)


@given(choices())
def test_no_phase_is_empty_and_ids_count_up(chosen):
    phases = compile_plan(chosen).phases
    assert all(phase.duration_s is None or phase.duration_s > 0 for phase in phases)
    assert all((phase.duration_s is None) == (phase.kind == "wait") for phase in phases)
    assert [phase.id for phase in phases] == [f"p{number:03d}" for number in range(1, len(phases) + 1)]


@given(choices())
def test_each_set_has_one_row_numbered_in_order(chosen):
    rows = [phase.row for phase in compile_plan(chosen).phases if phase.row is not None]
    sets = sum(item["repetitions"] * (2 if item["sides"] == "both" else 1) for item in chosen["items"])
    assert sorted(set(rows)) == list(range(1, sets + 1))
    assert rows == sorted(rows)


@given(choices().filter(lambda chosen: not chosen["wait_for_me"] and chosen["switch_s"] > 0))
def test_a_switch_stands_between_the_sides(chosen):
    phases = compile_plan(chosen).phases
    for before, after in pairwise(phases):
        if before.stretch == after.stretch and before.side != after.side:
            assert after.kind == "switch"


def test_five_minutes_is_five_minutes_and_has_one_of_each_kind():
    plan = compile_plan(choices_of("five_minutes"))
    assert 270 <= plan.total_s <= 330
    groups = {next(s.muscle_group for s in catalog().stretches if s.id == p.stretch) for p in plan.phases}
    assert groups == {"hip_flexors", "hip_rotators", "hip_mobilization"}


def test_the_mobilization_stays_within_the_articles_thirty_to_sixty_seconds():
    towel = choices_of("hip_mobilization_towel")
    for asked in range(30, 61):
        towel["items"][0]["hold_s"] = asked
        phases = [p for p in compile_plan(towel).phases if p.side == "left" and p.kind in ("pull", "release")]
        assert 30 <= sum(phase.duration_s for phase in phases) <= asked


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"hold_s": 900}, "hold_s must be a whole number between 5 and 120, got 900"),
        ({"hold_s": float("nan")}, "hold_s must be a whole number between 5 and 120, got nan"),
        ({"hold_s": float("inf")}, "hold_s must be a whole number between 5 and 120, got inf"),
        ({"hold_s": True}, "hold_s must be a whole number between 5 and 120, got True"),
        ({"hold_s": None}, "hold_s must be a whole number between 5 and 120, got None"),
        ({"sides": "up"}, "sides must be one of both, left, right, got up"),
        ({"repetitions": 0}, "repetitions must be a whole number between 1 and 10, got 0"),
    ],
)
def test_a_choice_that_breaks_a_rule_is_named_with_its_value(change, message):
    chosen = choices_of("hip_flexor_standing")
    chosen["items"][0] |= change
    with pytest.raises(RoutineError) as caught:
        compile_plan(chosen)
    assert str(caught.value) == message


def test_an_unknown_routine_is_answered_with_those_there_are():
    with pytest.raises(RoutineError, match=r"routine must be one of five_minutes, .*, got splits"):
        choices_of("splits")


def test_golden_vectors_are_what_python_gives_now(golden_plan):
    written, now = golden_plan
    assert written == now, "run: python tools/write_golden_plan.py"


@pytest.fixture
def golden_plan(load_tool):
    tool = load_tool("write_golden_plan")
    return json.loads(tool.GOLDEN.read_text(encoding="utf-8")), tool.golden()
