"""The explorables' numbers and their Python side: zeros, ball and socket, shares, what is sent."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import hipbook as hb
from hipbook import reference
from hipbook.figures import explorable_words as words
from hipbook.motion import ball_and_socket as socket
from hipbook.motion.gait import WALKING_SPEEDS, GaitError, pelvis_share
from hipbook.motion.zeros import ZeroError, laboratories
from hipbook.strings import sentences, text

KINDS = {
    "ball_and_socket": hb.ball_and_socket,
    "laboratories": hb.why_labs_disagree,
    "speed_costs": hb.speed_costs,
}
DEGREES = st.floats(-40, 40)
ZEROS = st.floats(0, 20)


# --- zeros ------------------------------------------------------------------


@given(DEGREES, DEGREES, ZEROS, ZEROS)
def test_in_every_laboratory_pelvis_and_hip_add_up_to_the_same_thigh(thigh, tilt, standing, yours):
    labs = laboratories(thigh, tilt, standing_tilt_deg=standing, your_zero_deg=yours)
    for lab in labs.values():
        assert lab["pelvic_tilt_deg"] + lab["hip_extension_deg"] == pytest.approx(thigh, abs=1e-9)


@given(DEGREES, DEGREES, ZEROS, ZEROS)
def test_hip_extensions_are_as_far_apart_as_the_zeros(thigh, tilt, standing, yours):
    labs = laboratories(thigh, tilt, standing_tilt_deg=standing, your_zero_deg=yours)
    hips = {name: lab["hip_extension_deg"] for name, lab in labs.items()}
    assert hips["standing"] - hips["landmarks"] == pytest.approx(standing, abs=1e-9)
    assert hips["yours"] - hips["landmarks"] == pytest.approx(yours, abs=1e-9)


def test_the_landmark_laboratory_writes_what_was_published():
    norms = reference.norms()
    peaks = norms[(norms["source_key"] == "schwartz2008") & (norms["measure"] == "peak hip extension")]
    for speed, published in zip(WALKING_SPEEDS.values(), peaks["mean_deg"], strict=True):
        at = words.furthest(speed)
        labs = laboratories(
            at.thigh_behind_vertical_deg,
            at.anterior_pelvic_tilt_deg + 10.5,
            standing_tilt_deg=10.5,
            your_zero_deg=0,
        )
        assert labs["landmarks"]["hip_extension_deg"] == pytest.approx(published, abs=0.1)


@pytest.mark.parametrize("name", ["standing_tilt_deg", "your_zero_deg"])
@pytest.mark.parametrize("value", [-0.1, 20.1, float("nan")])
def test_a_zero_outside_the_control_is_refused(name, value):
    with pytest.raises(ZeroError, match=rf"{name} must be between 0 and 20, got"):
        hb.why_labs_disagree(**{name: value})


# --- ball and socket ----------------------------------------------------------


def test_the_ball_glides_as_far_as_was_measured():
    assert [socket.glide_mm(force) for force, _ in socket.MEASURED_GLIDE] == [0.57, 0.93, 1.20, 1.52]
    assert socket.glide_mm(0) == 0


@given(st.floats(0, 356), st.floats(0, 356))
def test_a_larger_push_never_moves_the_ball_less(one, other):
    low, high = sorted((one, other))
    assert socket.glide_mm(low) <= socket.glide_mm(high) <= socket.MEASURED_GLIDE[-1][1]


@given(st.floats(-20, 20))
def test_the_band_keeps_its_length_until_it_is_taut_and_never_enters_the_ball(deg):
    band = socket.capsule_band(deg)
    lengths = np.hypot(*np.diff(band, axis=0).T).sum()
    rest = np.hypot(*np.diff(socket.capsule_band(20), axis=0).T).sum() / (1 + socket.STRAIN_AT_END)
    assert lengths == pytest.approx(max(rest, rest * (1 - socket.slack(deg))), rel=1e-6)
    assert np.hypot(*band.T).min() > socket.BALL_RADIUS_MM


@given(st.floats(-20, 20), st.floats(-20, 20))
def test_the_band_gets_tighter_as_the_hip_extends(one, other):
    bent, extended = sorted((one, other))
    assert socket.slack(extended) <= socket.slack(bent) + 1e-9


def test_at_the_end_the_band_is_strained_as_measured():
    assert socket.slack(20) == pytest.approx(-socket.STRAIN_AT_END)
    assert "1.86\u00a0%" in words.socket_sentence(20, 0, "forward")
    assert "1.86" not in words.socket_sentence(19, 0, "forward")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"hip_extension_deg": 21}, "hip_extension_deg must be between -20 and 20, got 21"),
        ({"hip_extension_deg": float("nan")}, "hip_extension_deg must be between -20 and 20, got nan"),
        ({"force_n": -1}, "force_n must be between 0 and 356, got -1"),
        ({"force_n": float("nan")}, "force_n must be between 0 and 356, got nan"),
        ({"direction": "up"}, "direction must be one of forward, down, got 'up'"),
    ],
)
def test_a_joint_that_is_not_drawn_is_refused(wrong, message):
    with pytest.raises(socket.SocketError, match=message):
        hb.ball_and_socket(**wrong)


def test_what_was_not_measured_is_said_to_be_so():
    assert "nothing was measured" in words.socket_sentence(0, 50, "forward")
    assert "nothing was measured" not in words.socket_sentence(0, 89, "forward")
    assert words.socket_sentence(0, 178, "down").count("not measured") == 1
    assert "We found no study" in text("explorable.ball_and_socket.note")


# --- who gives the degrees ------------------------------------------------------


@given(*(st.floats(0.172, 0.694),) * 2)
def test_hip_and_pelvis_add_up_to_the_thigh(slower, faster):
    gained = words.gain(words.furthest(slower), words.furthest(faster))
    assert gained["hip_deg"] + gained["pelvis_deg"] == pytest.approx(gained["thigh_deg"], abs=1e-9)


def test_the_shares_are_those_of_the_published_curves():
    said = words.speed_costs_words()
    ends = {
        "first": ("very_slow", "free"),
        "second": ("free", "fast"),
        "third": ("fast", "very_fast"),
        "all": ("free", "very_fast"),
    }
    shares = {
        name: words.number(100 * pelvis_share(WALKING_SPEEDS[slower], WALKING_SPEEDS[faster]), 0)
        for name, (slower, faster) in ends.items()
    }
    assert {name: said[name] for name in ends} == shares


def test_the_order_of_the_two_walks_does_not_matter():
    assert words.speed_sentence(0.6, 0.3) == words.speed_sentence(0.3, 0.6)
    assert words.speed_sentence(0.5, 0.5) == text("explorable.speed_costs.said.same")


def test_a_hip_that_extends_less_is_said_to_do_so():
    assert "although the hip extends 0.7° less" in words.speed_sentence(0.56, 0.694)
    assert "more than all of it" in words.speed_sentence(0.172, 0.429)


def test_speeds_are_named_by_what_was_measured():
    assert words.speed_words(0.429) == "comfortable walking"
    assert words.speed_words(0.5) == "between comfortable and fast walking"
    assert words.speed_words(0.172) == "very slow walking"


# --- the widgets ----------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_the_browser_gets_its_kind_its_start_and_every_sentence(kind):
    made = KINDS[kind]()
    assert made.kind == kind
    assert made.strings == {key: said for key, said in sentences().items() if key.startswith("explorable.")}
    for name in made.settings:
        assert f"explorable.{kind}.control.{name}" in made.strings
    assert len(made.settings) <= 3
    json.dumps([made.settings, made.data])


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_browser_the_still_picture_and_its_words_stand_there(kind):
    made = KINDS[kind]()
    bundle = made._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert data["text/html"].startswith("<figure")
    assert data["application/vnd.jupyter.widget-view+json"]
    assert text(f"explorable.{kind}.title") in repr(made)
    assert repr(made).count("\n") == 2


def test_the_still_picture_has_the_settings_of_the_moving_one():
    assert "18.0° apart" in repr(hb.why_labs_disagree(your_zero_deg=18))
    assert "1.52\u00a0mm" in repr(hb.ball_and_socket(force_n=356))
    assert "From slow walking" in repr(hb.speed_costs(slower=0.29))


@pytest.mark.parametrize("make", [hb.why_labs_disagree, lambda speed: hb.speed_costs(slower=speed)])
def test_a_speed_outside_the_data_is_refused(make):
    with pytest.raises(GaitError, match=r"speed must be between 0\.172 and 0\.694"):
        make(speed=0.7)


def test_golden_vectors_are_what_python_says(load_tool, root):
    tool = load_tool("write_golden_explorables")
    kept = json.loads((root / "frontend" / "golden" / "explorables.json").read_text(encoding="utf-8"))
    assert kept.keys() == tool.golden().keys()
    for name, vectors in tool.golden().items():
        assert _rounded(kept[name]) == _rounded(vectors)


def _rounded(value):
    if isinstance(value, float):
        return round(value, 9) + 0.0
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    return [_rounded(part) for part in value] if isinstance(value, list) else value


def test_importing_hipbook_loads_none_of_it():
    code = (
        "import sys, hipbook as hb\n"
        "assert {'speed_costs', 'gait_figure', 'studies_of_stretching'} <= set(dir(hb))\n"
        "print(*({'numpy', 'pandas', 'matplotlib', 'anywidget'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
