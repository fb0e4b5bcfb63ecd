"""The stretches' poses: they rest where they say, and show what the steps say."""

import tomllib

import numpy as np
import pytest

from hipbook.motion.pose import PROP_KINDS, check_pose
from hipbook.motion.skeleton import CLEARANCE, RADIUS, body_outlines, skeleton_points
from hipbook.shipped import data_folder

STRETCHES = tomllib.loads((data_folder() / "stretches.toml").read_text(encoding="utf-8"))["stretch"]
KEYFRAMES = [
    pytest.param(pose, id=f"{stretch['id']}-{pose['name']}")
    for stretch in STRETCHES
    for pose in stretch["pose"]
]
READY = {stretch["id"]: stretch["pose"][0] for stretch in STRETCHES}
HOLDS = {stretch["id"]: stretch["pose"][1] for stretch in STRETCHES}

REST_WITHIN = 0.012  # statures
BELOW_FLOOR = 0.015
HAND_WITHIN = 0.02


def distance(points, a, b):
    return np.hypot(*(points[a] - points[b]))


def surfaces_under(pose, point):
    """Return the heights that something at this point may rest on."""
    thick = {"towel_pad": 0.020, "head_cushion": 0.036, "mat": 0.0}
    heights = [0.0]
    for prop in pose["props"]:
        reach = (0, prop["size"]) if prop["kind"] == "mat" else (-prop["size"] / 2, prop["size"] / 2)
        if prop["kind"] in thick and prop["x"] + reach[0] <= point[0] <= prop["x"] + reach[1]:
            heights.append(prop["y"] + thick[prop["kind"]])
        if prop["kind"] == "chair" and abs(point[0] - prop["x"]) < 0.03:
            heights.append(prop["y"] + prop["size"])
    return heights


def gap(pose, name):
    """Return how far a contact point's surface is from what it rests on."""
    point = skeleton_points(pose)[name]
    gaps = [abs(point[1] - CLEARANCE[name] - height) for height in surfaces_under(pose, point)]
    if name.endswith("_hand"):
        gaps += [abs(p["x"] - CLEARANCE[name] - point[0]) for p in pose["props"] if p["kind"] == "wall"]
    return min(gaps)


@pytest.mark.parametrize("pose", KEYFRAMES)
def test_a_pose_rests_where_it_says(pose):
    assert pose["contacts"]
    gaps = {name: round(gap(pose, name), 4) for name in pose["contacts"]}
    assert {name: value for name, value in gaps.items() if value > REST_WITHIN} == {}


@pytest.mark.parametrize("pose", KEYFRAMES)
def test_no_part_of_a_body_sinks_into_the_floor(pose):
    points = skeleton_points(pose)
    lowest = {name: point[1] - CLEARANCE.get(name, 0) for name, point in points.items() if name != "buttock"}
    lowest |= {f"{side}_{name}": points[f"{side}_{name}"][1] - RADIUS[name]
               for side in ("near", "far") for name in ("hip", "elbow", "shoulder")}  # fmt: skip
    lowest |= {name: curve[:, 1].min() for name, curve in body_outlines(pose).items()}
    assert {name: round(y, 4) for name, y in lowest.items() if y < -BELOW_FLOOR} == {}


@pytest.mark.parametrize("pose", KEYFRAMES)
def test_a_pose_is_one_that_may_be_drawn_and_bends_no_joint_the_wrong_way(pose):
    checked = check_pose(pose)
    for side in ("near", "far"):
        assert checked[f"{side}_knee_flexion_deg"] >= -0.1
        assert checked[f"{side}_elbow_flexion_deg"] >= -0.1


@pytest.mark.parametrize("stretch", ["hip_flexor_half_kneeling", "hip_flexor_standing"])
def test_the_tuck_turns_the_pelvis_back_extends_the_hip_and_leaves_the_trunk_upright(stretch):
    ready, hold = check_pose(READY[stretch]), check_pose(HOLDS[stretch])
    assert hold["pelvis_tilt_deg"] < -5 < 0 < ready["pelvis_tilt_deg"]
    assert hold["near_hip_extension_deg"] > ready["near_hip_extension_deg"] + 10
    for pose in (ready, hold):
        points = skeleton_points(pose)
        assert points["near_shoulder"][0] == pytest.approx(points["near_hip"][0], abs=0.01)


def test_half_kneeling_keeps_shoulder_hip_and_knee_in_line_and_both_knees_near_a_right_angle():
    for pose in (READY["hip_flexor_half_kneeling"], HOLDS["hip_flexor_half_kneeling"]):
        points = skeleton_points(pose)
        spread = [points[name][0] for name in ("near_shoulder", "near_hip", "near_knee")]
        assert max(spread) - min(spread) < 0.02
        assert pose["near_knee_flexion_deg"] == pytest.approx(90, abs=10)
        assert pose["far_knee_flexion_deg"] == pytest.approx(90, abs=10)


def test_the_standing_step_is_as_long_as_the_article_says():
    stance = next(s for s in STRETCHES if s["id"] == "hip_flexor_standing")["stance_cm"]
    for pose in (READY["hip_flexor_standing"], HOLDS["hip_flexor_standing"]):
        points = skeleton_points(pose)
        step = points["far_heel"][0] - points["near_heel"][0]
        assert stance["min"] <= step * 170 <= stance["max"]  # a person of 1.70 m
        assert points["near_toe"][1] == pytest.approx(0, abs=REST_WITHIN)


@pytest.mark.parametrize("stretch", ["hip_rotator_crossed", "hip_rotator_figure_four"])
def test_a_rotator_brings_both_knees_to_the_chest_with_the_hands_behind_the_lower_thigh(stretch):
    before, after = skeleton_points(READY[stretch]), skeleton_points(HOLDS[stretch])
    for side in ("near", "far"):
        assert distance(after, f"{side}_knee", "thorax") < distance(before, f"{side}_knee", "thorax")
        thigh = after["far_knee"] - after["far_hip"]
        along = thigh / np.hypot(*thigh)
        hand = after[f"{side}_hand"] - after["far_hip"]
        assert 0.3 < hand @ along / np.hypot(*thigh) < 0.8
        # behind: on the side away from the chest, just off its surface
        assert hand @ np.array([along[1], -along[0]]) == pytest.approx(0.058, abs=HAND_WITHIN)


def test_in_figure_four_the_ankle_lies_on_the_front_of_the_other_thigh_near_the_knee():
    for pose in (READY["hip_rotator_figure_four"], HOLDS["hip_rotator_figure_four"]):
        points = skeleton_points(pose)
        thigh = points["far_knee"] - points["far_hip"]
        along = thigh / np.hypot(*thigh)
        ankle = points["near_ankle"] - points["far_hip"]
        assert 0.75 < ankle @ along / np.hypot(*thigh) < 1
        assert 0.03 < ankle @ np.array([-along[1], along[0]]) < 0.07


def test_the_towel_lies_in_the_crease_and_the_thigh_comes_over_it_and_back_a_little():
    ready, pull, release = next(s for s in STRETCHES if s["id"] == "hip_mobilization_towel")["pose"]
    rolls = [[p for p in pose["props"] if p["kind"] == "towel_roll"] for pose in (ready, pull, release)]
    assert rolls[0] == rolls[1] == rolls[2]
    assert len(rolls[0]) == 1
    roll = np.array([rolls[0][0]["x"], rolls[0][0]["y"]])
    for pose in (ready, pull, release):
        points = skeleton_points(pose)
        assert np.hypot(*(points["front_of_hip"] - roll)) < 0.1
        for hand in ("near_hand", "far_hand"):
            assert distance(points, hand, "near_knee") == pytest.approx(0.056, abs=HAND_WITHIN)
    knees = [distance(skeleton_points(pose), "near_knee", "thorax") for pose in (ready, pull, release)]
    assert knees[1] < knees[2] < knees[0]


def test_only_known_props_are_used():
    used = {prop["kind"] for stretch in STRETCHES for pose in stretch["pose"] for prop in pose["props"]}
    assert used <= set(PROP_KINDS)
