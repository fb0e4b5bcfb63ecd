"""An answer to an exercise is judged kindly, with a reason, and the numbers of the exercises are true."""

from __future__ import annotations

import math
import re

import lesson_story
import notebook_story as story
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipbook.exercises import NotYetError, check_answer, exercises, number_from
from hipbook.questions import UnknownQuestionError
from hipbook.reference import norms
from hipbook.strings import sentences

ALL = {asked.id: asked for asked in exercises()}


# --- judged kindly --------------------------------------------------------


@pytest.mark.parametrize("asked", ALL.values(), ids=list(ALL))
def test_right_slips_and_others_each_get_their_reason(asked):
    low, high = asked.answer - asked.tolerance, asked.answer + asked.tolerance
    said = {check_answer(asked.id, number) for number in (asked.answer, low, high)}
    assert [one.verdict for one in said] == ["right"]
    reasons = {check_answer(asked.id, slip).words.splitlines()[1] for slip in asked.slips.values()}
    assert len(reasons) == len(asked.slips)
    other = check_answer(asked.id, 12345)
    assert other.verdict == "wrong"
    assert other.words.splitlines()[1] not in reasons
    assert other.words.splitlines()[0].endswith("is not it yet.")


def test_no_sentence_is_missing_and_none_is_left_over():
    ends = {id: {"why", "hint", *(f"slip.{slip}" for slip in asked.slips)} for id, asked in ALL.items()}
    expected = {f"exercise.{id}.{end}" for id, parts in ends.items() for end in parts}
    assert {key for key in sentences() if re.match(r"exercise\.\d", key)} == expected


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (22, 22.0),
        (np.float64(9.8), 9.8),
        ("9,8°", 9.8),
        (" −3.5 deg", -3.5),
        ("58 %", 58.0),
        (..., None),
        (None, None),
        ("", None),
        ("a few", None),
        (True, None),
        (float("nan"), None),
        (math.inf, None),
        ([22], None),
        (10**400, None),
    ],
)
def test_a_number_is_understood_as_learners_write_it(given, meant):
    assert number_from(given) == meant


@given(
    st.one_of(st.floats(), st.text(), st.none(), st.lists(st.integers()), st.complex_numbers(), st.binary())
)
def test_whatever_is_given_gets_words_and_no_error(anything):
    for id in ALL:
        assert check_answer(id, anything).words


def test_a_grading_tool_gets_an_error_that_says_what_the_learner_is_told():
    assert check_answer("01.1", 22).require_right() is None
    with pytest.raises(NotYetError, match="the hip alone"):
        check_answer("01.1", 11).require_right()


def test_an_unknown_exercise_names_those_there_are():
    with pytest.raises(UnknownQuestionError, match=r"must be one of 01\.1, .* got '09\.1'"):
        check_answer("09.1", 1)


def test_what_is_shown_is_escaped_and_the_same_in_both_forms():
    said = check_answer("01.1", 11)
    html = said._repr_html_()
    assert "<strong>Not quite" in html
    assert repr(said).splitlines()[1] in html.replace("&#x27;", "'")


def test_every_reason_is_kind_and_easy_to_read():
    said = [words for key, words in sentences().items() if key.startswith("exercise.")]
    assert [found for words in said for found in story.frightening(words)] == []
    assert not re.search(
        r"\b(?:stupid|silly|obviously|of course|failed|fool\w*)\b", "\n".join(said), re.IGNORECASE
    )
    assert lesson_story.reading_grade(said) <= lesson_story.HIGHEST_GRADE


# --- their numbers --------------------------------------------------------


def values(id: str) -> dict[str, float]:
    return dict(ALL[id].values)


def lee(measure: str, task: str, who: str) -> float:
    rows = norms()
    rows = rows[
        (rows["source_key"] == "lee2005") & (rows["measure"] == measure) & (rows["task_or_test"] == task)
    ]
    [found] = rows[rows["population"].str.startswith(who)]["mean_deg"]
    return found


@pytest.mark.parametrize(("id", "who"), [("01.1", "young"), ("01.2", "older")])
def test_the_thigh_of_a_group_is_the_sum_of_its_two_means(id, who):
    hip = lee("peak hip extension", "walking comfortable", who)
    tilt = lee("anterior pelvic tilt", "walking comfortable", who)
    assert values(id) == {"hip_deg": hip, "tilt_deg": tilt}
    assert ALL[id].answer == hip + tilt


def test_made_up_answers_follow_from_their_numbers():
    def is_(id, number):
        assert ALL[id].answer == pytest.approx(number, abs=0.06), id

    is_("01.3", values("01.3")["hip_deg"] - values("01.3")["tilt_deg"])
    is_("02.1", (18 - 12) / 2)
    is_("04.1", math.degrees(math.asin(7 / 41)))
    is_("04.2", math.degrees(math.asin(8 / 41) - math.asin(7 / 41)))
    is_("04.3", 2.78 * math.sqrt(2) * 1.5)
    is_("05.1", 30 * 3 * 5 / 60)
    is_("05.2", np.mean([0, 2, 1]) - np.mean([-4, -2, -3, -5, -1]))
    is_("05.3", -1 - 2.5)
    apart = np.array([4, 7, -2, 10, 6]) - np.array([2, 8, -5, 10, 5])
    is_("06.1", np.mean(apart))
    is_("06.2", math.sqrt(np.mean(apart**2) / 2))
    is_("06.3", 2.57 * math.sqrt(2) * math.sqrt(np.mean(apart**2) / 2))


@pytest.mark.parametrize(
    ("id", "degrees"), [("04.3", 4), ("06.3", 5)], ids=["five days", "five people twice"]
)
def test_t_is_students(id, degrees):
    stats = pytest.importorskip("scipy.stats")
    assert values(id)["t"] == round(stats.t.ppf(0.975, degrees), 2)


def test_the_share_of_the_hip_is_what_the_models_pelvis_leaves():
    from hipbook.motion import gait

    speeds = gait.WALKING_SPEEDS
    pelvis = round(100 * gait.pelvis_share(speeds["free"], speeds["fast"]))
    assert values("01.4") == {"pelvis_percent": pelvis}
    assert ALL["01.4"].answer == 100 - pelvis
    assert ALL["01.4"].slips["too_fast"] == 100 - round(
        100 * gait.pelvis_share(speeds["free"], speeds["very_fast"])
    )


def test_the_shorter_step_is_the_models():
    from hipbook.figures.gait import gait_figure

    said = repr(gait_figure(hip_extension_limit_deg=10, share=0))
    left, usual, percent = map(
        int, re.search(r"(\d+) cm long instead of (\d+) cm \((\d+) %\)", said).groups()
    )
    assert values("02.2") == {"usual_cm": usual, "left_cm": left}
    assert ALL["02.2"].answer == usual - left
    assert ALL["02.2"].slips == {"whole_step": left, "share_of_it": percent}


def test_what_walking_adds_to_the_gap_is_lees():
    walking, standing = (
        lee("anterior pelvic tilt", task, "older") - lee("anterior pelvic tilt", task, "young")
        for task in ("walking comfortable", "standing")
    )
    assert values("02.3") == {"walking_deg": walking, "standing_deg": standing}
    assert ALL["02.3"].answer == walking - standing
