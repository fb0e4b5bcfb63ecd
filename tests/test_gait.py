"""Reference curves: peaks as published, smooth in speed, counted from standing, refused beyond the data."""

from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipbook import reference
from hipbook.motion import gait
from hipbook.motion.gait import WALKING_SPEEDS, GaitError

SLOWEST, FASTEST = min(WALKING_SPEEDS.values()), max(WALKING_SPEEDS.values())
ANGLES = (
    "hip_extension_deg",
    "anterior_pelvic_tilt_deg",
    "knee_flexion_deg",
    "ankle_dorsiflexion_deg",
    "trunk_backward_lean_deg",
)
speeds = st.floats(SLOWEST, FASTEST)


@pytest.mark.parametrize(
    ("name", "thigh_deg", "hip_deg"),
    [
        ("very_slow", 10.7, 9.0),
        ("slow", 13.7, 12.9),
        ("free", 17.7, 16.3),
        ("fast", 21.4, 18.5),
        ("very_fast", 24.1, 17.8),
    ],
)
def test_the_thigh_peaks_where_the_published_curves_do(name, thigh_deg, hip_deg):
    found = gait.peak(gait.curves(WALKING_SPEEDS[name]))
    assert found.thigh_behind_vertical_deg == pytest.approx(thigh_deg, abs=0.3)
    assert found.hip_extension_deg == pytest.approx(hip_deg, abs=0.1)
    assert 0.4 < found.phase < 0.6


def test_the_runners_thigh_peaks_further_behind_the_vertical_than_behind_the_torso():
    found = gait.peak(gait.running_curves())
    assert found.thigh_behind_vertical_deg == pytest.approx(32.1, abs=0.3)
    assert found.thigh_behind_torso_deg == pytest.approx(25, abs=0.5)


def test_the_runners_hip_extends_as_far_as_that_of_very_fast_walking():
    hips = [each.hip_extension_deg.max() for each in (gait.running_curves(), gait.curves(FASTEST))]
    assert hips[0] == pytest.approx(hips[1], abs=1e-9)


@pytest.mark.parametrize("name", WALKING_SPEEDS)
def test_a_measured_speed_gives_the_published_series_counted_from_standing(name):
    rows = {row["quantity"]: row for row in reference.gait_rows() if row["condition"] == name}

    def published(quantity: str, phase: float) -> float:
        row = {column: float(rows[quantity][column]) for column in rows[quantity] if column[0] in "ab"}
        turns = [2 * math.pi * k * phase for k in range(11)]
        cosines = [row[f"a{k}_deg"] * math.cos(turn) for k, turn in enumerate(turns)]
        return math.fsum(cosines + [row[f"b{k}_deg"] * math.sin(turns[k]) for k in range(1, 11)])

    for phase in (0.0, 0.31, 0.52, 0.9):
        found = gait.curves(WALKING_SPEEDS[name], np.array(phase))
        assert found.hip_extension_deg == pytest.approx(10.5 - published("hip_flexion", phase))
        assert found.anterior_pelvic_tilt_deg == pytest.approx(
            published("anterior_pelvic_tilt", phase) - 10.5
        )
        assert found.knee_flexion_deg == pytest.approx(published("knee_flexion", phase))
        assert found.ankle_dorsiflexion_deg == pytest.approx(published("ankle_dorsiflexion", phase))
        assert found.trunk_backward_lean_deg == 0


@given(speed=speeds, phase=st.floats(-3, 3))
def test_the_identities_hold_at_any_speed_and_phase(speed, phase):
    for at in (gait.curves(speed, np.array([phase])), gait.running_curves(np.array([phase]))):
        hip, tilt, lean = at.hip_extension_deg, at.anterior_pelvic_tilt_deg, at.trunk_backward_lean_deg
        assert at.thigh_behind_vertical_deg == pytest.approx(hip + tilt, abs=1e-9)
        assert at.lumbar_extension_deg == pytest.approx(tilt + lean, abs=1e-9)
        assert at.thigh_behind_torso_deg == pytest.approx(hip + tilt + lean, abs=1e-9)


@given(speed=speeds, step=st.floats(1e-6, 1e-3))
def test_a_small_step_in_speed_moves_no_curve_far(speed, step):
    """No speed is a jump: the steepest change between two measured speeds is below 250 degrees per unit."""
    before, after = gait.curves(speed), gait.curves(min(speed + step, FASTEST))
    for name in ANGLES:
        assert np.abs(getattr(after, name) - getattr(before, name)).max() <= 250 * step


@given(speed=speeds, phase=st.floats(0, 1), strides=st.integers(-3, 3))
def test_curves_repeat_each_stride(speed, phase, strides):
    first, later = (gait.curves(speed, np.array([p])) for p in (phase, phase + strides))
    for name in ANGLES:
        assert getattr(first, name) == pytest.approx(getattr(later, name), abs=1e-6)


def test_arrays_have_the_shape_of_the_phases():
    found = gait.curves(0.4, np.zeros((3, 4)))
    assert {getattr(found, name).shape for name in ANGLES} == {(3, 4)}


@pytest.mark.parametrize(
    ("slower", "faster", "percent"),
    [("very_slow", "free", -5), ("free", "fast", 42), ("fast", "very_fast", 126), ("free", "very_fast", 77)],
)
def test_the_pelvis_supplies_what_the_published_curves_say(slower, faster, percent):
    share = gait.pelvis_share(WALKING_SPEEDS[slower], WALKING_SPEEDS[faster])
    assert round(100 * share) == percent


@given(speed=speeds, leg_length_m=st.floats(0.3, 1.3))
def test_a_speed_comes_back_from_metres_a_second(speed, leg_length_m):
    m_per_s = gait.speed_m_per_s(speed, leg_length_m)
    assert gait.dimensionless_speed(m_per_s, leg_length_m) == pytest.approx(speed)
    assert gait.speed_km_per_h(speed, leg_length_m) == pytest.approx(3.6 * m_per_s)


def test_a_speed_worked_by_hand():
    assert gait.speed_m_per_s(0.5, 1.0) == pytest.approx(1.5658, abs=1e-4)  # 0.5 · √9.80665


@pytest.mark.parametrize("speed", [0.171, 0.695, -1.0, 5])
def test_a_speed_beyond_the_data_is_refused(speed):
    with pytest.raises(GaitError, match=rf"^speed must be between 0\.172 and 0\.694 .*, got {speed:g}$"):
        gait.curves(speed)


@pytest.mark.parametrize("speed", [math.nan, math.inf, None, "fast", True])
def test_a_speed_that_is_no_finite_number_is_refused(speed):
    for use in (gait.curves, lambda value: gait.speed_m_per_s(value, 0.9)):
        with pytest.raises(GaitError, match=r"^speed must be a finite number, got "):
            use(speed)


def test_a_phase_that_is_not_finite_is_refused():
    with pytest.raises(GaitError, match=r"^phase must be finite .* got nan$"):
        gait.running_curves(np.array([0.1, math.nan]))


@pytest.mark.parametrize("leg_length_m", [0.29, 1.31, 85])
def test_a_leg_that_no_walker_has_is_refused(leg_length_m):
    for use in (gait.speed_m_per_s, gait.speed_km_per_h, gait.dimensionless_speed):
        with pytest.raises(
            GaitError, match=rf"^leg_length_m must be between 0.3 and 1.3, got {leg_length_m}"
        ):
            use(0.4, leg_length_m)


def test_equal_speeds_have_no_share():
    with pytest.raises(GaitError, match=r"must differ, got 0\.4 twice"):
        gait.pelvis_share(0.4, 0.4)


def test_the_model_needs_neither_pandas_nor_matplotlib():
    code = (
        "import sys; from hipbook.motion import compensation as c; c.summary(c.walk(0.4,"
        "hip_extension_limit_deg=5), 0.9); sys.exit(bool({'pandas','matplotlib'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
