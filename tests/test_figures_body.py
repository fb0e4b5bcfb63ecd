"""The body in pictures: mirrored, marked where the stretch is felt, whole in its panel, named in words."""

import tomllib

import numpy as np
import pytest
from matplotlib.figure import Figure

from hipbook.figures.body import describe_stretch, draw_body, figure_stretch
from hipbook.figures.display import show
from hipbook.motion.skeleton import skeleton_points
from hipbook.shipped import data_folder

STRETCHES = tomllib.loads((data_folder() / "stretches.toml").read_text(encoding="utf-8"))["stretch"]
HOLDS = {stretch["id"]: stretch["pose"][1] for stretch in STRETCHES}


def paper(stretch, mirror=False, sensation=None):
    figure = Figure(figsize=(3, 3))
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(-1, 1), ylim=(-0.5, 1.5))
    draw_body(ax, HOLDS[stretch], mirror=mirror, sensation=sensation)
    return ax


def test_a_mirrored_body_is_the_same_body_facing_left():
    right, left = paper("hip_rotator_crossed"), paper("hip_rotator_crossed", mirror=True)
    assert len(right.patches) == len(left.patches)
    for a, b in zip(right.patches, left.patches, strict=True):
        assert a.get_path().vertices * [-1, 1] == pytest.approx(b.get_path().vertices)


def test_the_ring_stands_where_the_stretch_is_felt():
    plain, ringed = paper("hip_rotator_crossed"), paper("hip_rotator_crossed", sensation="buttock")
    ring = ringed.patches[-1].get_path()
    assert len(ringed.patches) > len(plain.patches)
    middle = (ring.vertices.max(axis=0) + ring.vertices.min(axis=0)) / 2
    assert middle == pytest.approx(skeleton_points(HOLDS["hip_rotator_crossed"])["buttock"], abs=1e-3)


@pytest.mark.parametrize("mirror", [False, True])
@pytest.mark.parametrize("stretch", STRETCHES, ids=lambda stretch: stretch["id"])
def test_a_stretch_is_drawn_whole_inside_its_panels_and_named(stretch, mirror):
    keyframes = [(pose["name"], pose) for pose in stretch["pose"]]
    figure = figure_stretch(keyframes, mirror=mirror, sensation=stretch["sensation"])
    assert len(figure.axes) == len(keyframes)
    assert [ax.get_aspect() for ax in figure.axes] == ["auto"] * len(keyframes)
    for ax, (_, pose) in zip(figure.axes, keyframes, strict=True):
        (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
        box = ax.get_position().bounds * np.tile(figure.get_size_inches(), 2)
        assert box[2] / (right - left) == pytest.approx(box[3] / (top - bottom))  # one scale both ways
        for x, y in skeleton_points(pose).values():
            assert left < (-x if mirror else x) < right
            assert bottom < y < top
    words = describe_stretch(keyframes, name="Half kneeling", sensation=stretch["sensation"])
    shown = show(figure, words)
    assert shown.svg.count("<path") > 20
    assert "Half kneeling" in shown.html
    assert words.endswith(".")
