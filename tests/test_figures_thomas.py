"""The Thomas test as a still picture: it follows the tape, and says the same in words."""

from __future__ import annotations

import pytest
from matplotlib.patches import Arc

from hipbook.figures.thomas import describe_thomas, figure_thomas, thomas_figure
from hipbook.progress.measure import MeasureError

CASES = [(84, 80, 41.5), (60, 66, 44), (84, 84, 41.5)]


def written(figure) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts]


@pytest.mark.parametrize(
    ("lengths", "deg", "words"),
    [
        (
            CASES[0],
            "+5.5°",
            "4 cm lower than the hip mark, and they are 41.5 cm apart: the thigh slopes by +5.5°",
        ),
        (
            CASES[1],
            "−7.8°",
            "6 cm higher than the hip mark, and they are 44 cm apart: the thigh slopes by −7.8°",
        ),
        (CASES[2], "0.0°", "Both marks are at one height"),
    ],
)
def test_the_picture_and_its_words_give_the_lengths_and_the_angle(lengths, deg, words):
    hip, knee, thigh = lengths
    assert written(figure_thomas(*lengths)) == [f"A {hip} cm", f"B {knee} cm", f"C {thigh} cm", deg]
    assert words in describe_thomas(*lengths)


@pytest.mark.parametrize(
    ("lengths", "arc"), [(CASES[0], (-5.53, 0)), (CASES[1], (0, 7.84)), (CASES[2], None)]
)
def test_the_arc_goes_from_the_level_to_the_thigh(lengths, arc):
    [axes] = figure_thomas(*lengths).axes
    arcs = [(patch.theta1, patch.theta2) for patch in axes.patches if isinstance(patch, Arc)]
    assert arcs == ([] if arc is None else [pytest.approx(arc, abs=0.01)])


@pytest.mark.parametrize("lengths", [*CASES, (5, 5, 20), (150, 150, 70), (100, 130, 40)])
def test_nothing_is_written_outside_the_sheet_and_no_words_lie_over_others(lengths):
    figure = figure_thomas(*lengths)
    figure.draw_without_rendering()
    drawn = [text for axes in figure.axes for text in axes.texts] + figure.texts
    boxes = [text.get_window_extent() for text in drawn]
    for at, box in enumerate(boxes):
        assert box.x0 >= 0
        assert box.x1 <= figure.bbox.x1
        assert not any(box.overlaps(other) for other in boxes[at + 1 :]), drawn[at].get_text()


def test_a_length_that_cannot_be_is_refused():
    with pytest.raises(MeasureError, match="thigh_length_cm must be between 20 and 70, got 7"):
        thomas_figure(thigh_length_cm=7)


def test_it_is_shown_with_its_name_and_words():
    shown = thomas_figure()
    assert shown.words == describe_thomas(84, 80, 41.5)
    assert "<figure" in shown.html
