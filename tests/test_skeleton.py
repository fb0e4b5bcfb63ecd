"""The body as points: signs, whole limbs, what a pose may be, and the twin's golden numbers."""

import math
import subprocess
import sys
import tomllib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipbook.motion import angles, skeleton
from hipbook.motion.pose import CONTACTS, FIELDS, SENSATIONS, PoseError, blend, check_pose
from hipbook.motion.skeleton import CLEARANCE, STANDING, body_outlines, skeleton_points
from hipbook.shipped import data_folder

a_pose = st.fixed_dictionaries(
    {field: st.floats(least, most, allow_nan=False) for field, (_, least, most) in FIELDS.items()}
)
any_deg = st.floats(-90, 90)


def keyframe():
    """Return a pose as it stands in the catalogue, with contacts and props."""
    return tomllib.loads((data_folder() / "stretches.toml").read_text(encoding="utf-8"))["stretch"][0][
        "pose"
    ][0]


def distance(points, a, b):
    return np.hypot(*(points[a] - points[b]))


def behind_vertical_deg(upper, lower):
    """Return the turn of a limb from hanging straight down; + when its lower end is behind."""
    across, down = upper - lower
    return math.degrees(math.atan2(across, down))


def test_all_zeros_stands_upright_on_flat_feet_one_stature_tall():
    points = skeleton_points(STANDING)
    for sole in ("heel", "ball", "toe"):
        assert points[f"near_{sole}"][1] == pytest.approx(0)
    assert points["crown"][1] == pytest.approx(1, abs=0.005)
    for above in ("knee", "ankle", "shoulder"):
        assert points[f"near_{above}"][0] == pytest.approx(0, abs=0.02)
    assert points["near_toe"][0] > 0.1
    assert points["nose"][0] > points["head"][0] + 0.05
    assert points["nose"][1] == pytest.approx(points["head"][1], abs=0.02)


@pytest.mark.parametrize(
    ("field", "point", "axis", "direction"),
    [
        ("near_hip_extension_deg", "near_knee", 0, -1),
        ("near_knee_flexion_deg", "near_ankle", 0, -1),
        ("near_ankle_dorsiflexion_deg", "near_toe", 1, +1),
        ("near_toe_extension_deg", "near_toe", 1, +1),
        ("near_shoulder_flexion_deg", "near_elbow", 0, +1),
        ("near_elbow_flexion_deg", "near_hand", 0, +1),
        ("pelvis_tilt_deg", "pelvis", 0, +1),
        ("lumbar_extension_deg", "neck", 0, -1),
        ("neck_extension_deg", "nose", 1, +1),
    ],
)
def test_a_positive_angle_moves_the_body_the_way_its_name_says(field, point, axis, direction):
    moved = skeleton_points(STANDING | {field: 20})[point] - skeleton_points(STANDING)[point]
    assert moved[axis] * direction > 0.01


def test_a_tilt_of_minus_90_lies_on_the_back_face_up_with_the_feet_forward():
    points = skeleton_points({"x": 0, "y": 0.08, "pelvis_tilt_deg": -90})
    assert points["head"][0] < points["near_hip"][0] < points["near_ankle"][0]
    assert points["nose"][1] > points["head"][1]
    assert points["near_knee"] == pytest.approx([skeleton.THIGH, 0.08])


@given(hip=any_deg, tilt=any_deg, lean=any_deg)
def test_the_identities_hold_and_the_drawn_thigh_follows_them(hip, tilt, lean):
    lumbar = angles.lumbar_extension_deg(tilt, lean)
    thigh = angles.thigh_behind_vertical_deg(hip, tilt)
    assert angles.thigh_behind_torso_deg(hip, lumbar) - lean == pytest.approx(thigh, abs=1e-9)
    points = skeleton_points(STANDING | {"pelvis_tilt_deg": tilt, "near_hip_extension_deg": hip})
    drawn = behind_vertical_deg(points["near_hip"], points["near_knee"])
    assert math.sin(math.radians(drawn - thigh)) == pytest.approx(0, abs=1e-9)


def test_an_arched_back_curves_the_other_way_than_a_rounded_one():
    def bulge(extension):
        points = skeleton_points(STANDING | {"lumbar_extension_deg": extension})
        low, middle, high = (points[f"lumbar_{k}"] for k in (0, 3, 6))
        along = high - low
        return (along[0] * (middle - low)[1] - along[1] * (middle - low)[0]) / np.hypot(*along)

    assert bulge(15) < bulge(0) < 0 < bulge(-60)  # + = backwards


@given(a_pose)
def test_limbs_keep_their_length_whatever_the_pose(pose):
    points = skeleton_points(pose)
    for side in ("near", "far"):
        for a, b, length, segment in (
            ("hip", "knee", skeleton.THIGH, "thigh"),
            ("knee", "ankle", skeleton.SHANK, "shank"),
            ("shoulder", "elbow", skeleton.UPPER_ARM, "upper_arm"),
            ("elbow", "hand", skeleton.FOREARM, "forearm"),
        ):
            expected = length * pose[f"{side}_{segment}_foreshortening"]
            assert distance(points, f"{side}_{a}", f"{side}_{b}") == pytest.approx(expected)


@given(a_pose, st.floats(-2, 2), st.floats(-0.4, 1))
def test_moving_the_root_moves_every_point_alike(pose, dx, dy):
    here, there = skeleton_points(pose | {"x": 0, "y": 0}), skeleton_points(pose | {"x": dx, "y": dy})
    for name, point in here.items():
        assert there[name] == pytest.approx(point + np.array([dx, dy]), abs=1e-9)


def test_arrays_of_poses_give_the_points_of_each():
    bends = np.array([0.0, 30.0, 90.0])
    many = skeleton_points(STANDING | {"near_knee_flexion_deg": bends, "y": np.array([0.5, 0.52, 0.53])})
    outlines = body_outlines(STANDING | {"lumbar_extension_deg": bends / 3})
    for k, (bend, y) in enumerate(zip(bends, (0.5, 0.52, 0.53), strict=True)):
        one = skeleton_points({"x": 0, "y": y, "near_knee_flexion_deg": float(bend)})
        assert many["near_toe"][k] == pytest.approx(one["near_toe"])
        assert many["far_hip"][k] == pytest.approx(one["far_hip"])
        flat = body_outlines(STANDING | {"lumbar_extension_deg": bend / 3})
        assert outlines["torso"][k] == pytest.approx(flat["torso"])


def test_every_contact_has_a_clearance_and_every_sensation_a_point():
    assert set(CLEARANCE) == set(CONTACTS)
    assert set(SENSATIONS) | set(CONTACTS) <= set(skeleton_points(STANDING))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"knee": 3}, "knee must be a field of a pose: see hipbook.motion.pose.FIELDS, got 'knee'"),
        ({"x": math.nan}, "x must be a finite number, got nan"),
        ({"y": "high"}, "y must be a finite number, got 'high'"),
        ({"y": True}, "y must be a finite number, got True"),
        ({"near_knee_flexion_deg": 200}, "near_knee_flexion_deg must be between -10 and 165, got 200"),
        ({"far_foot_foreshortening": 0}, "far_foot_foreshortening must be between 0.05 and 1, got 0"),
        ({"contacts": ["tail"]}, "contacts must be among"),
        (
            {"props": [{"kind": "mat", "x": 0, "y": 0}]},
            "props must each have kind, x, y and size, got kind, x, y",
        ),
        ({"props": [{"kind": "ball", "x": 0, "y": 0, "size": 1}]}, "props kind must be among"),
        (
            {"props": [{"kind": "mat", "x": 0, "y": 0, "size": 9}]},
            "props size must be between 0.01 and 3, got 9",
        ),
        ({"name": ""}, "name must be a word, got ''"),
    ],
)
def test_a_wrong_pose_is_refused_by_field_rule_and_value(change, message):
    with pytest.raises(PoseError) as refused:
        check_pose(STANDING | change)
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize("missing", ["x", "y"])
def test_a_pose_without_its_root_is_refused(missing):
    pose = {key: value for key, value in STANDING.items() if key != missing}
    for use in (check_pose, skeleton_points):
        with pytest.raises(PoseError, match=f"{missing} must be given"):
            use(pose)


def test_a_checked_pose_has_every_field_and_draws_the_same():
    checked = check_pose(keyframe())
    assert set(FIELDS) <= set(checked)
    assert checked["contacts"]
    assert check_pose(checked) == checked
    bare = skeleton_points(keyframe())
    assert all(np.array_equal(point, bare[name]) for name, point in skeleton_points(checked).items())


@given(a_pose, a_pose, st.floats(0, 1))
def test_a_blend_lies_between_its_poses(a, b, share):
    mixed = blend(a, b, share)
    assert set(mixed) == set(FIELDS)
    for field, value in mixed.items():
        assert min(a[field], b[field]) - 1e-9 <= value <= max(a[field], b[field]) + 1e-9
    assert blend(a, b, 0) == pytest.approx(a)
    assert blend(a, b, 1) == pytest.approx(b)


@pytest.mark.parametrize("share", [-0.1, 1.1, math.nan])
def test_a_blend_beyond_its_poses_is_refused(share):
    with pytest.raises(PoseError, match="share must be "):
        blend(STANDING, STANDING, share)


def test_checking_a_pose_needs_no_numpy():
    code = "import sys, hipbook.motion.pose; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_golden_vectors_are_what_python_gives_now(load_tool):
    tool = load_tool("write_golden_skeleton")
    kept = tool.GOLDEN.read_text(encoding="utf-8")
    assert kept == tool.rendered(), "run `python tools/write_golden_skeleton.py`"
