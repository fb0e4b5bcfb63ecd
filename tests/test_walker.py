"""The walker on the ground: the foot that carries stays where it is, none sinks, steps are the figure's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipbook.motion import gait, walker
from hipbook.motion.compensation import PELVIS_MODES, STIFF_SIDES, summary, walk
from hipbook.motion.pose import check_pose
from hipbook.motion.skeleton import STANDING, skeleton_points

FRAMES = np.arange(gait.FRAMES)
SOLES = tuple(f"{side}_{name}" for side in ("near", "far") for name in ("heel", "ball", "toe"))
MEASURED_STEP, MEASURED_SD = 0.774, 0.079  # leg lengths, free walking {schwartz2008}
SPEEDS = st.floats(0.172, 0.694)
SETTINGS = st.fixed_dictionaries(
    {
        "hip_extension_limit_deg": st.floats(-10, 30),
        "stiff_side": st.sampled_from(STIFF_SIDES),
        "share": st.floats(0, 1),
        "pelvis": st.sampled_from(PELVIS_MODES),
    }
)
few = settings(max_examples=40, deadline=None)


def soles(made, index=FRAMES):
    """Return x on the floor (not under the hip) and height of every sole point, each of shape (6, frames)."""
    points = skeleton_points(walker.walker_pose(made, index))
    x, y = np.moveaxis(np.stack([points[name] for name in SOLES]), -1, 0)
    return x + np.array([walker.ground_at(made, i) for i in index]), y


@few
@given(st.one_of(SPEEDS.map(gait.curves), st.just(gait.running_curves())), SETTINGS)
def test_no_foot_sinks_into_the_floor(of, asked):
    _, heights = soles(walk(of, **asked))
    assert heights.min() > -1e-6


@few
@given(SPEEDS, SETTINGS)
def test_a_walker_always_has_a_foot_on_the_floor_that_does_not_slide(speed, asked):
    x, heights = soles(walk(speed, **asked))
    x, heights = x[[0, 1, 3, 4]], heights[[0, 1, 3, 4]]  # heels and balls
    assert np.abs(heights.min(axis=0)).max() < 1e-9
    carries = heights.argmin(axis=0)
    held = np.flatnonzero(carries[1:] == carries[:-1])
    assert len(held) > 180
    slid = x[carries[held], held + 1] - x[carries[held], held]
    assert np.abs(slid).max() < 1e-9


@few
@given(SPEEDS, SETTINGS)
def test_each_foot_lands_once_in_a_stride(speed, asked):
    _, heights = soles(walk(speed, **asked))
    left = heights[[0, 1, 3, 4]].argmin(axis=0) >= 2
    assert np.count_nonzero(left != np.roll(left, 1)) == 2


@few
@given(SPEEDS, SETTINGS)
def test_two_steps_make_a_stride_and_no_restriction_makes_the_stride_longer(speed, asked):
    made, usual = walk(speed, **asked), walk(speed, hip_extension_limit_deg=None)
    assert min(made.step_length.values()) > 0
    assert sum(made.step_length.values()) == pytest.approx(made.stride_length)
    assert made.stride_length <= usual.stride_length + 1e-9
    assert usual.step_length["left"] == pytest.approx(usual.step_length["right"])


@pytest.mark.parametrize("speed", gait.WALKING_SPEEDS.values())
@pytest.mark.parametrize("pelvis", PELVIS_MODES)
def test_less_hip_means_shorter_steps_as_far_as_the_share_lets_it(speed, pelvis):
    def percent(limit_deg, share):
        made = walk(speed, hip_extension_limit_deg=limit_deg, share=share, pelvis=pelvis)
        return summary(made, 0.9).step_length_percent

    by_limit = [percent(limit, 0.5) for limit in range(30, -11, -2)]
    assert by_limit == sorted(by_limit, reverse=True)
    assert by_limit[0] == pytest.approx(100)
    assert by_limit[-1] < 95
    by_share = [percent(0.0, share) for share in (0, 0.25, 0.5, 0.75, 1)]
    assert by_share == sorted(by_share)
    assert by_share[-1] == pytest.approx(100, abs=0.5)


def test_a_stiff_right_hip_shortens_the_step_onto_the_left_foot():
    made = walk(0.429, hip_extension_limit_deg=0, stiff_side="right")
    usual = walk(0.429, hip_extension_limit_deg=None)
    assert made.step_length["left"] < usual.step_length["left"] - 0.01
    assert made.step_length["right"] == pytest.approx(usual.step_length["right"])


def test_the_free_step_is_within_one_standard_deviation_of_the_measured_one():
    step = (
        walk(gait.WALKING_SPEEDS["free"], hip_extension_limit_deg=None).stride_length / 2 / walker.LEG_LENGTH
    )
    assert abs(step - MEASURED_STEP) < MEASURED_SD


def test_steps_are_scaled_to_the_leg():
    made = walk(0.429, hip_extension_limit_deg=3)
    short, long = (summary(made, leg).step_length_cm for leg in (0.5, 1.0))
    assert long == pytest.approx(2 * short)
    assert long == pytest.approx(100 * made.stride_length / 2 / walker.LEG_LENGTH)


def test_an_ankle_gives_way_only_where_a_flat_sole_would_lift():
    usual, made = (walk(0.694, hip_extension_limit_deg=limit, share=0) for limit in (None, -10))
    gave = made.right.ankle_dorsiflexion_deg - usual.right.ankle_dorsiflexion_deg
    leg = made.right
    pitch = leg.thigh_behind_vertical_deg + leg.knee_flexion_deg - leg.ankle_dorsiflexion_deg
    assert gave.max() == 0
    assert gave.min() < -5
    assert np.abs(pitch[gave < -0.01]).max() < 1.5


def test_the_leg_is_as_long_as_the_standing_hip_is_high():
    assert skeleton_points(STANDING)["near_hip"][1] == walker.LEG_LENGTH
    assert skeleton_points(STANDING)["near_heel"][1] == pytest.approx(0)


@given(st.floats(0, 1), st.sampled_from([0.2, 0.429, 0.694]))
def test_between_two_frames_lies_a_pose_between(share, speed):
    made = walk(speed, hip_extension_limit_deg=4)
    poses = [walker.walker_pose(made, index) for index in (199, 199 + share, 200)]
    for field, value in poses[1].items():
        assert value == pytest.approx((1 - share) * poses[0][field] + share * poses[2][field], abs=1e-9)
    ground = [walker.ground_at(made, index) for index in (199, 199 + share, 200)]
    assert ground[0] - 1e-9 <= ground[1] <= ground[2] + 1e-9
    assert ground[2] == pytest.approx(made.stride_length)


def test_the_next_stride_is_the_same_pose_further_on():
    made = walk(0.5, hip_extension_limit_deg=4)
    assert walker.walker_pose(made, 37.5) == pytest.approx(walker.walker_pose(made, 437.5))
    assert walker.ground_at(made, 437.5) - walker.ground_at(made, 37.5) == pytest.approx(
        2 * made.stride_length
    )


@few
@given(st.one_of(SPEEDS.map(gait.curves), st.just(gait.running_curves())), SETTINGS, st.floats(0, 400))
def test_every_pose_can_be_drawn(of, asked, index):
    checked = check_pose(walker.walker_pose(walk(of, **asked), index))
    assert checked["x"] == 0


def test_a_runner_flies_between_steps_and_never_jumps():
    made = walk(gait.running_curves(), hip_extension_limit_deg=None)
    _, heights = soles(made)
    assert (heights.min(axis=0) > 0.005).mean() > 0.2
    assert np.abs(np.diff(made.hip_height, append=made.hip_height[0])).max() < 0.006
    assert (np.diff(made.ground_offset) > 0).all()


def test_a_level_head_keeps_a_runner_looking_ahead():
    pose = walker.walker_pose(walk(gait.running_curves(), hip_extension_limit_deg=None), 40)
    points = skeleton_points(pose)
    assert points["neck"][0] > 0.03  # the trunk leans forward
    assert points["nose"][1] == pytest.approx(points["head"][1] - 0.008, abs=1e-9)
