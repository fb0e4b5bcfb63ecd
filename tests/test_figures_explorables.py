"""The explorables' still twins: drawn to scale, from the same numbers, whole in their sheets."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Circle

from hipbook.figures import ball_and_socket, explorables, laboratories, speed_costs, style
from hipbook.figures.explorable_words import furthest
from hipbook.motion import ball_and_socket as socket
from hipbook.motion.gait import WALKING_SPEEDS

LABS = {"speed": 0.429, "standing_tilt_deg": 10.5, "your_zero_deg": 5}
SHOWN = {
    "laboratories": explorables.why_labs_disagree_figure,
    "ball_and_socket": explorables.ball_and_socket_figure,
    "speed_costs": explorables.speed_costs_figure,
}


def joint(**settings):
    start = {"hip_extension_deg": 0, "force_n": 178, "direction": "forward"}
    return ball_and_socket.figure_ball_and_socket(**start | settings)


def balls(axes):
    return [patch for patch in axes.patches if isinstance(patch, Circle)]


@pytest.mark.parametrize("name", SHOWN)
def test_each_is_shown_with_its_words_and_a_table(name):
    shown = SHOWN[name]()
    assert shown.svg.startswith("<svg")
    assert "prefers-color-scheme:dark" in shown.svg
    assert "<table>" in shown.html
    assert shown.words.endswith(".")
    assert "{" not in shown.words
    assert "nan" not in shown.html


@pytest.mark.parametrize("name", SHOWN)
def test_each_is_the_same_bytes_each_time(name):
    assert SHOWN[name]().html == SHOWN[name]().html


@pytest.mark.parametrize(
    "figure",
    [
        laboratories.figure_laboratories(**LABS),
        joint(),
        speed_costs.figure_speed_costs(slower=0.2, faster=0.3, leg_length_cm=90),
    ],
)
def test_no_words_leave_the_sheet(figure):
    wide, high = figure.get_size_inches() * style.DPI
    renderer = figure.canvas.get_renderer() if hasattr(figure.canvas, "get_renderer") else None
    if renderer is None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        renderer = FigureCanvasAgg(figure).get_renderer()
    for words in [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]:
        box = words.get_window_extent(renderer)
        assert box.x0 >= 0
        assert box.x1 <= wide
        assert box.y0 >= 0
        assert box.y1 <= high


def test_the_three_panels_share_one_thigh_and_differ_in_the_pelvis():
    panels = laboratories.figure_laboratories(**LABS).axes[:3]
    lines = [{to_hex(line.get_color()): line.get_xydata() for line in axes.lines} for axes in panels]
    thighs = [line[style.INK] for line in lines]
    assert all(thigh == pytest.approx(thighs[0]) for thigh in thighs)
    turns = []
    for line in lines:
        (x, y), (x_low, y_low) = line[style.PELVIS]
        turns.append(np.degrees(np.arctan2(x - x_low, y - y_low)))
    tilt = furthest(0.429).anterior_pelvic_tilt_deg + 10.5
    assert turns == pytest.approx([tilt - 10.5, tilt, tilt - 5])


def test_in_the_sums_every_row_ends_at_the_thigh():
    bars = laboratories.figure_laboratories(**LABS).axes[3].patches
    hips = [bar for bar in bars if to_hex(bar.get_facecolor()) == style.HIP]
    assert len(hips) == 3
    for bar in hips:
        end = bar.get_x() + bar.get_width()
        assert end == pytest.approx(furthest(0.429).thigh_behind_vertical_deg)


@pytest.mark.parametrize("force", [0, 89, 356])
def test_the_ball_moves_to_scale_and_the_scale_bar_is_true(force):
    axes = joint(force_n=force).axes[0]
    moved, rest = balls(axes)[-2:]
    assert moved.center[0] - rest.center[0] == pytest.approx(socket.glide_mm(force))
    assert moved.radius == rest.radius == socket.BALL_RADIUS_MM
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    box = axes.get_position().bounds * np.tile(axes.figure.get_size_inches(), 2)
    assert box[2] / (right - left) == pytest.approx(box[3] / (top - bottom), rel=0.01)
    ten = [line for line in axes.lines if len(line.get_xdata()) == 2 and line.get_ydata()[0] == -78]
    assert np.ptp(ten[0].get_xdata()) == 10


def test_the_lens_enlarges_ten_times():
    figure = joint(force_n=356)
    whole, lens = figure.axes[:2]
    px = [np.ptp(axes.get_xlim()) / axes.get_position().width for axes in (whole, lens)]
    assert px[0] / px[1] == pytest.approx(ball_and_socket.LENS_TIMES, rel=0.01)


def test_downward_the_ball_moves_down():
    moved, rest = balls(joint(direction="down").axes[0])[-2:]
    assert moved.center[0] == pytest.approx(rest.center[0])
    assert moved.center[1] - rest.center[1] == pytest.approx(-socket.glide_mm(178))


def test_no_ball_is_drawn_upward():
    words = [text.get_text() for text in joint().axes[0].texts]
    assert "drawn upward?" in words
    assert "no study found" in words
    assert set(socket.DIRECTIONS) == {"forward", "down"}


def test_the_taut_band_has_another_colour_and_another_name():
    for deg, color, name in ((0, style.BAND, "capsule"), (20, style.ACCENT, "capsule, taut")):
        axes = joint(hip_extension_deg=deg).axes[0]
        assert color in {to_hex(line.get_color()) for line in axes.lines}
        assert name in {text.get_text() for text in axes.texts}


def test_the_chart_of_speeds_is_the_hip_and_the_thigh():
    chart = speed_costs.figure_speed_costs(slower=0.429, faster=0.694, leg_length_cm=90).axes[1]
    dots = [line for line in chart.lines if line.get_marker() == "o"]
    for line, field in zip(dots, ("hip_extension_deg", "thigh_behind_vertical_deg"), strict=True):
        values = [getattr(furthest(speed), field) for speed in WALKING_SPEEDS.values()]
        assert line.get_ydata() == pytest.approx(values, abs=0.1)


def test_what_hip_and_pelvis_give_is_as_long_as_the_difference():
    bars = speed_costs.figure_speed_costs(slower=0.694, faster=0.56, leg_length_cm=90).axes[2].patches
    before, after = furthest(0.56), furthest(0.694)
    gains = [
        after.hip_extension_deg - before.hip_extension_deg,
        after.anterior_pelvic_tilt_deg - before.anterior_pelvic_tilt_deg,
    ]
    assert [bar.get_width() for bar in bars] == pytest.approx(gains)
    assert gains[0] < 0


def test_metres_per_second_follow_the_leg():
    long, short = (speed_costs.table_speed_costs(leg_length_cm=cm)["Speed (m/s)"] for cm in (100, 64))
    ratio = [float(a) / float(b) for a, b in zip(long, short, strict=True)]
    assert ratio == pytest.approx([1 / 0.8] * 5, abs=0.02)
