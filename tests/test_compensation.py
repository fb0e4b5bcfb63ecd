"""The rule of compensation: exact identities, nothing changed without need, monotone, both pelvis modes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipbook.motion import compensation, gait
from hipbook.motion.compensation import PELVIS_MODES, STIFF_SIDES, CompensationError, summary, walk
from hipbook.motion.gait import GaitError

LEG_M = 0.85
SIDES = ("left", "right")
GAITS = st.one_of(st.floats(0.172, 0.694).map(gait.curves), st.just(gait.running_curves()))
WALKS = {
    "hip_extension_limit_deg": st.floats(-10, 30),
    "stiff_side": st.sampled_from(STIFF_SIDES),
    "share": st.floats(0, 1),
    "pelvis": st.sampled_from(PELVIS_MODES),
}
SETTINGS = st.fixed_dictionaries(WALKS)
few = settings(max_examples=60, deadline=None)


def free(of):
    return walk(of, hip_extension_limit_deg=None)


def legs(of):
    return {side: getattr(of, side) for side in SIDES}


def later(values):
    return np.roll(values, -(len(values) // 2))


def angles_of(of):
    """Return every angle of a walk, as one array."""
    own = [of.anterior_pelvic_tilt_deg, of.lumbar_extension_deg, of.trunk_backward_lean_deg]
    return np.stack([*own, *(values for leg in legs(of).values() for values in vars(leg).values())])


@few
@given(GAITS, SETTINGS)
def test_the_identities_hold_in_every_walk(of, asked):
    made = walk(of, **asked)
    tilt, lumbar = made.anterior_pelvic_tilt_deg, made.lumbar_extension_deg
    assert np.abs(lumbar - tilt - made.trunk_backward_lean_deg).max() < 1e-9
    for leg in legs(made).values():
        assert np.abs(leg.thigh_behind_vertical_deg - leg.hip_extension_deg - tilt).max() < 1e-9
        assert np.abs(leg.thigh_behind_torso_deg - leg.hip_extension_deg - lumbar).max() < 1e-9


@few
@given(GAITS, SETTINGS, st.floats(0, 1))
def test_a_limit_half_a_degree_beyond_the_peak_changes_nothing(of, asked, room):
    beyond = of.hip_extension_deg.max() + 0.5 + room
    made, usual = walk(of, **asked | {"hip_extension_limit_deg": min(beyond, 30.0)}), free(of)
    assert np.array_equal(angles_of(made), angles_of(usual))
    assert np.array_equal(made.hip_height, usual.hip_height)
    assert made.stride_length == usual.stride_length


@few
@given(GAITS, SETTINGS)
def test_no_thigh_goes_further_back_and_no_stiff_hip_beyond_its_limit(of, asked):
    made, usual = walk(of, **asked), free(of)
    for side in SIDES:
        own, before = legs(made)[side], legs(usual)[side]
        assert (own.thigh_behind_vertical_deg <= before.thigh_behind_vertical_deg + 1e-9).all()
        if asked["stiff_side"] in (side, "both"):
            assert own.hip_extension_deg.max() <= asked["hip_extension_limit_deg"] + 1e-9


@few
@given(GAITS, SETTINGS)
def test_a_share_of_one_keeps_both_thighs(of, asked):
    made, usual = walk(of, **asked | {"share": 1.0}), free(of)
    allowed = 0.13 if asked["pelvis"] == "held" else 1e-9
    for side in SIDES:
        lost = legs(usual)[side].thigh_behind_vertical_deg - legs(made)[side].thigh_behind_vertical_deg
        assert np.abs(lost).max() <= allowed


@few
@given(GAITS, SETTINGS)
def test_a_share_of_nothing_keeps_the_pelvis_and_the_low_back(of, asked):
    made, usual = walk(of, **asked | {"share": 0.0}), free(of)
    assert np.array_equal(made.anterior_pelvic_tilt_deg, usual.anterior_pelvic_tilt_deg)
    assert np.array_equal(made.lumbar_extension_deg, usual.lumbar_extension_deg)


@few
@given(GAITS, SETTINGS, st.floats(-10, 30))
def test_less_hip_never_means_more_thigh_or_less_low_back(of, asked, other):
    low, high = sorted((asked["hip_extension_limit_deg"], other))
    less, more = (walk(of, **asked | {"hip_extension_limit_deg": limit}) for limit in (low, high))
    assert (less.lumbar_extension_deg >= more.lumbar_extension_deg - 1e-9).all()
    for side in SIDES:
        thighs = [legs(of)[side].thigh_behind_vertical_deg for of in (less, more)]
        assert (thighs[0] <= thighs[1] + 1e-9).all()


@few
@given(GAITS, SETTINGS)
def test_left_and_right_are_the_same_walk_half_a_stride_apart(of, asked):
    right, left = (walk(of, **asked | {"stiff_side": side}) for side in ("right", "left"))
    assert later(right.anterior_pelvic_tilt_deg) == pytest.approx(left.anterior_pelvic_tilt_deg, abs=1e-9)
    for name in vars(right.right):
        assert later(getattr(right.right, name)) == pytest.approx(getattr(left.left, name), abs=1e-6)


@few
@given(GAITS, SETTINGS)
def test_a_held_pelvis_keeps_its_range_and_rises_as_a_whole(of, asked):
    made, usual = walk(of, **asked | {"pelvis": "held"}), free(of)
    rise = made.anterior_pelvic_tilt_deg - usual.anterior_pelvic_tilt_deg
    assert np.ptp(rise) < 1e-9
    assert rise[0] >= 0


def test_a_pelvis_that_tips_when_needed_rocks():
    ranges = [
        summary(walk(0.429, hip_extension_limit_deg=0, pelvis=mode), LEG_M).pelvis_range_deg
        for mode in PELVIS_MODES
    ]
    assert ranges[0] == pytest.approx(1.8, abs=0.2)
    assert ranges[1] > 10


def test_a_walk_worked_by_hand():
    """Free walking, right hip at 6°: its peak is 16.3°, so 10.3° are missing; the pelvis takes up half."""
    made, usual = (
        walk(0.429, hip_extension_limit_deg=limit, stiff_side="right", share=0.5) for limit in (6, None)
    )
    missing = usual.right.hip_extension_deg.max() - 6
    assert missing == pytest.approx(10.3, abs=0.05)
    at = int(usual.right.hip_extension_deg.argmax())
    assert made.right.hip_extension_deg[at] == pytest.approx(6)
    tip = made.anterior_pelvic_tilt_deg[at] - usual.anterior_pelvic_tilt_deg[at]
    assert tip == pytest.approx(missing / 2)
    lost = usual.right.thigh_behind_vertical_deg[at] - made.right.thigh_behind_vertical_deg[at]
    assert lost == pytest.approx(missing / 2)
    assert made.left.thigh_behind_vertical_deg == pytest.approx(usual.left.thigh_behind_vertical_deg)


@given(st.floats(-40, 40))
def test_the_soft_limit_is_exact_outside_half_a_degree(beyond):
    taken = float(compensation.soft_excess_deg(beyond))
    if abs(beyond) >= 0.5:
        assert taken == max(beyond, 0)
    else:
        assert max(beyond, 0) <= taken <= max(beyond, 0) + 0.125


def test_a_speed_may_stand_for_its_curves():
    assert np.array_equal(
        angles_of(walk(0.4, hip_extension_limit_deg=2)),
        angles_of(walk(gait.curves(0.4), hip_extension_limit_deg=2)),
    )


# --- summary --------------------------------------------------------------


@few
@given(GAITS, SETTINGS)
def test_the_summary_says_what_the_walk_holds(of, asked):
    made = walk(of, **asked)
    said, usual = summary(made, LEG_M), free(of).lumbar_extension_deg.max()
    assert said.extra_lumbar_extension_deg == pytest.approx(made.lumbar_extension_deg.max() - usual)
    assert said.extra_lumbar_extension_deg >= 0
    assert (said.share_of_stride_beyond > 0) == (said.extra_lumbar_extension_deg > 1e-9)
    for side in SIDES:
        leg = legs(made)[side]
        assert said.peak_hip_extension_deg[side] == leg.hip_extension_deg.max()
        assert said.peak_thigh_behind_torso_deg[side] == leg.thigh_behind_torso_deg.max()


def test_a_held_pelvis_leaves_the_back_beyond_its_usual_peak_all_stride_long():
    said = summary(walk(0.429, hip_extension_limit_deg=0), LEG_M)
    assert said.share_of_stride_beyond == 1
    assert (
        0
        < summary(walk(0.429, hip_extension_limit_deg=0, pelvis="when_needed"), LEG_M).share_of_stride_beyond
        < 1
    )


def test_running_has_no_step_length():
    """The runner's file does not say how far the body flies."""
    said = summary(walk(gait.running_curves(), hip_extension_limit_deg=0), LEG_M)
    assert said.step_length_cm is said.unrestricted_step_length_cm is said.step_length_percent is None
    assert said.steps_cm is None


# --- refusals -------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"hip_extension_limit_deg": -10.1}, "hip_extension_limit_deg must be between -10 and 30, got -10.1"),
        ({"hip_extension_limit_deg": 31}, "hip_extension_limit_deg must be between -10 and 30, got 31"),
        ({"hip_extension_limit_deg": math.nan}, "hip_extension_limit_deg must be a finite number, got nan"),
        ({"hip_extension_limit_deg": "0"}, "hip_extension_limit_deg must be a finite number, got '0'"),
        ({"share": -0.1}, "share must be between 0 and 1, got -0.1"),
        ({"share": 75}, "share must be between 0 and 1, got 75"),
        ({"share": math.inf}, "share must be a finite number, got inf"),
        ({"stiff_side": "near"}, "stiff_side must be one of left, right, both, got 'near'"),
        ({"pelvis": "loose"}, "pelvis must be one of held, when_needed, got 'loose'"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(asked, message):
    with pytest.raises(CompensationError) as refused:
        walk(0.4, **{"hip_extension_limit_deg": 5} | asked)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    "phase", [[0.0, 0.5], np.arange(21) / 21, np.arange(20) / 10, np.arange(20) / 20 + 0.1]
)
def test_curves_that_are_no_whole_stride_are_refused(phase):
    with pytest.raises(CompensationError, match=r"^of must hold a whole stride .*, got \d+ phases$"):
        walk(gait.curves(0.4, np.array(phase)), hip_extension_limit_deg=5)


def test_a_speed_or_a_leg_beyond_the_data_is_refused():
    with pytest.raises(GaitError, match=r"^speed must be between"):
        walk(0.8, hip_extension_limit_deg=5)
    with pytest.raises(GaitError, match=r"^leg_length_m must be between"):
        summary(walk(0.4, hip_extension_limit_deg=5), 85)


def test_the_golden_vectors_are_what_python_gives_now(load_tool):
    tool = load_tool("write_golden_motion")
    kept = tool.GOLDEN.read_text(encoding="utf-8")
    assert kept == tool.rendered(), "run `python tools/write_golden_motion.py`"
