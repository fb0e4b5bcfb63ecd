"""The gait explorer's still twin: the same walk, its curves, its ghost, and the explorer's own words."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from matplotlib.colors import to_hex

import hipbook as hb
from hipbook.figures import gait as figures
from hipbook.figures import style
from hipbook.motion.compensation import CompensationError, walk
from hipbook.motion.gait import STRIDE, WALKING_SPEEDS, GaitError, running_curves
from hipbook.widgets.gait_words import describe_walk

CASES = {
    "nothing limited": {"of": 0.429, "hip_extension_limit_deg": 20},
    "both at zero": {"of": 0.429, "hip_extension_limit_deg": 0},
    "left, when needed": {
        "of": 0.694,
        "hip_extension_limit_deg": 5,
        "stiff_side": "left",
        "pelvis": "when_needed",
    },
    "bent, slow": {"of": 0.172, "hip_extension_limit_deg": -10, "stiff_side": "right", "share": 1.0},
    "no help from the back": {"of": 0.429, "hip_extension_limit_deg": 10, "share": 0.0},
    "running": {"of": running_curves(), "hip_extension_limit_deg": 5},
}
FIELDS = ["hip_extension_deg", "anterior_pelvic_tilt_deg", "lumbar_extension_deg", "thigh_behind_torso_deg"]


@cache
def drawn(name):
    settings = dict(CASES[name])
    of = walk(settings.pop("of"), **settings)
    return of, figures.figure_gait(of)


def curves(figure):
    """Return (now, usual) of the four panels."""
    panels = [axes for axes in figure.axes if axes.get_xlim() == (0, 100)]
    return [
        [line.get_ydata() for line in axes.lines if len(line.get_xdata()) == STRIDE.size + 1][::-1]
        for axes in panels
    ]


@pytest.mark.parametrize("name", CASES)
def test_the_four_curves_are_the_walks_and_lie_in_their_panels(name):
    of, figure = drawn(name)
    leg = of.left if of.stiff_side == "left" else of.right
    shift = STRIDE.size // 2 if of.stiff_side == "left" else 0
    panels = [axes for axes in figure.axes if axes.get_xlim() == (0, 100)]
    for axes, (now, usual), field in zip(panels, curves(figure), FIELDS, strict=True):
        values = getattr(leg, field) if hasattr(leg, field) else getattr(of, field)
        assert now[:-1] == pytest.approx(np.roll(values, shift))
        low, high = axes.get_ylim()
        assert low < min(now.min(), usual.min())
        assert high > max(now.max(), usual.max())


def test_all_panels_have_one_scale():
    _, figure = drawn("both at zero")
    panels = [axes for axes in figure.axes if axes.get_xlim() == (0, 100)]
    assert np.ptp([np.ptp(axes.get_ylim()) / axes.get_position().height for axes in panels]) < 1e-6


@pytest.mark.parametrize("name", CASES)
def test_the_ghost_stands_only_where_something_is_limited(name):
    _, figure = drawn(name)
    ghost = [patch for patch in figure.axes[0].patches if to_hex(patch.get_facecolor()) == style.REST]
    assert bool(ghost) == (name != "nothing limited")


def test_the_thigh_line_has_the_angle_that_is_written():
    of, figure = drawn("both at zero")
    thigh = next(line for line in figure.axes[0].lines if to_hex(line.get_color()) == style.INK)
    (x, y), (x_low, y_low) = thigh.get_xydata()
    deg = np.degrees(np.arctan2(x - x_low, y - y_low))
    assert deg == pytest.approx(of.right.thigh_behind_vertical_deg.max(), abs=1)
    assert f"{round(deg)}°" in [text.get_text() for text in figure.axes[0].texts]


@pytest.mark.parametrize("name", CASES)
def test_the_angle_that_is_written_is_the_peak_that_the_words_name(name):
    of, figure = drawn(name)
    leg = of.left if of.stiff_side == "left" else of.right
    peak = leg.thigh_behind_torso_deg.max()
    assert f"{abs(round(peak))}°" in [text.get_text() for text in figure.axes[0].texts]


@pytest.mark.parametrize("name", CASES)
def test_the_words_are_the_explorers(name):
    of, _ = drawn(name)
    assert figures.describe_gait(of, 0.9) == describe_walk(of, 0.9)


def test_the_twin_has_the_explorers_settings_and_sentence():
    settings = {"speed": "fast", "hip_extension_limit_deg": 5, "stiff_side": "left", "share": 0.5}
    assert hb.gait_figure(**settings).words == hb.gait_explorer(**settings).sentence


def test_the_table_has_the_peaks_and_no_steps_for_the_runner():
    of, _ = drawn("both at zero")
    table = figures.table_gait(of, 0.9)
    assert table.iloc[0, 1] == pytest.approx(0, abs=0.2)
    assert table.iloc[0, 2] == pytest.approx(16.3, abs=0.1)
    assert len(table) == 5
    runner, _ = drawn("running")
    assert len(figures.table_gait(runner, 0.9)) == 4


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        ({"gait": "hopping"}, GaitError, "gait must be walking or running, got 'hopping'"),
        ({"speed": "quick"}, GaitError, "speed must be a number or one of very_slow, .*, got 'quick'"),
        ({"speed": 0.7}, GaitError, "speed must be between 0.172 and 0.694"),
        ({"share": 2}, CompensationError, "share must be between 0 and 1, got 2"),
        ({"leg_length_m": 9}, GaitError, "leg_length_m must be between"),
    ],
)
def test_a_walk_that_is_not_there_is_refused_in_one_line(wrong, error, message):
    with pytest.raises(error, match=message):
        hb.gait_figure(**wrong)


def test_a_measured_speed_goes_by_its_name():
    assert hb.gait_figure(speed="slow").words == hb.gait_figure(speed=WALKING_SPEEDS["slow"]).words
