"""The questions: read and checked, their sentences complete, their numbers and sources true."""

from __future__ import annotations

import re

import lesson_story
import notebook_story as story
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipbook import reference
from hipbook.motion import gait
from hipbook.progress import measure
from hipbook.progress.scatter import LEAST_DAYS
from hipbook.questions import (
    QuestionError,
    UnknownQuestionError,
    question,
    questions,
    read_questions,
)
from hipbook.reference import citation, source_keys
from hipbook.strings import sentences
from hipbook.widgets.self_check import asked_of

ALL = questions()
IDS = [entry.id for entry in ALL]
SINGLE = {"id": '"01.1"', "kind": '"single"', "options": '["a", "b"]', "answer": '"a"'}
NUMBER = {"id": '"01.1"', "kind": '"number"', "answer": "17", "tolerance": "0.5", "unit": '"deg"'}
ORDER = {"id": '"01.1"', "kind": '"order"', "options": '["a", "b", "c"]', "answer": '["b", "a", "c"]'}


def toml(*entries: dict[str, str]) -> str:
    tables = ["\n".join(f"{name} = {value}" for name, value in entry.items()) for entry in entries]
    return "schema = 1\n" + "".join(f"[[question]]\n{table}\n" for table in tables)


def read(tmp_path, text: str):
    path = tmp_path / "questions.toml"
    path.write_text(text, encoding="utf-8")
    return read_questions(path)


def without(entry: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in entry.items() if key != name}


# --- the file and its rules -----------------------------------------------


@pytest.mark.parametrize("entry", [SINGLE, NUMBER, ORDER], ids=["single", "number", "order"])
def test_a_question_of_each_kind_is_read(entry, tmp_path):
    [found] = read(tmp_path, toml(entry))
    assert (found.id, found.lesson, found.number) == ("01.1", "01", 1)


@pytest.mark.parametrize(
    ("entry", "name", "rule"),
    [
        (SINGLE | {"id": '"1.1"'}, "id", 'a lesson and a number, as in "01.3"'),
        (SINGLE | {"id": '"01.2"'}, "id", "01.1, the next of its lesson"),
        (SINGLE | {"kind": '"many"'}, "kind", "one of single, number, order"),
        (SINGLE | {"answer": '"c"'}, "answer", "one of a, b"),
        (SINGLE | {"options": '["a", "a"]'}, "options", "at least 2 and all different"),
        (SINGLE | {"tolerance": "1"}, "tolerance", 'left out unless kind is "number"'),
        (SINGLE | {"hint": '"h"'}, "hint", "left out (known fields: id, "),
        (SINGLE | {"values": "{ n = true }"}, "n", "a finite number"),
        (SINGLE | {"sources": "[1]"}, "options and sources", "texts"),
        (without(SINGLE, "answer"), "answer", "given"),
        (NUMBER | {"answer": '"17"'}, "answer", "a finite number"),
        (NUMBER | {"answer": "nan"}, "answer", "a finite number"),
        (NUMBER | {"tolerance": "0"}, "tolerance", "a number above 0"),
        (NUMBER | {"unit": '"rad"'}, "unit", "one of deg"),
        (NUMBER | {"options": '["a"]'}, "options", "left out of a number"),
        (NUMBER | {"slips": "{ near = 17.5 }"}, "slips.near", "outside the tolerance of the answer"),
        (ORDER | {"answer": '["b", "a"]'}, "answer", "all options, each once"),
        (ORDER | {"answer": '["a", "b", "c"]'}, "options", "shown in another order at first"),
        (ORDER | {"options": '["a", "b"]'}, "options", "at least 3 and all different"),
    ],
)
def test_a_mistake_names_question_field_value_and_rule(entry, name, rule, tmp_path):
    with pytest.raises(QuestionError) as caught:
        read(tmp_path, toml(entry))
    error = caught.value
    assert (error.question, error.field) == (entry["id"].strip('"'), name)
    assert error.rule.startswith(rule)
    assert str(error) == (
        f"questions.toml: {error.question}: {name} must be {error.rule}, got {error.value!r}"
    )


@pytest.mark.parametrize("text", ["schema = 2", "schema = 1"])
def test_a_file_of_another_form_or_without_questions_is_refused(text, tmp_path):
    with pytest.raises(QuestionError, match=r"questions\.toml: file: "):
        read(tmp_path, text)


def test_a_number_that_is_taken_twice_is_refused(tmp_path):
    with pytest.raises(QuestionError, match=r"id must be 01\.2, the next of its lesson, got '01\.1'"):
        read(tmp_path, toml(SINGLE, SINGLE))


@given(wanted=st.text() | st.floats() | st.none())
def test_an_unknown_question_lists_those_there_are(wanted):
    if wanted not in IDS:
        with pytest.raises(UnknownQuestionError, match=r"question must be one of 01\.1, 01\.2, .*, got "):
            question(wanted)


def test_a_question_is_found_by_its_id():
    assert [question(name) for name in IDS] == list(ALL)


# --- their sentences ------------------------------------------------------


def said(entry) -> list[str]:
    """Return every sentence of a question as the learner gets it."""
    asked = asked_of(entry)
    shown = [asked["ask"], asked["why"], asked["hint"], *(slip["why"] for slip in asked["slips"])]
    return [*shown, *(part for option in asked["options"] for part in (option["label"], option["why"]))]


@pytest.mark.parametrize("entry", ALL, ids=IDS)
def test_every_sentence_of_a_question_is_there_and_none_is_left_over(entry):
    said(entry)
    single = entry.kind == "single"
    parts = {"ask", *(f"option.{key}" for key in entry.options)}
    parts |= {f"why.{key}" for key in entry.options} if single else {"why", "hint"}
    parts |= {f"slip.{key}" for key in entry.slips}
    head = f"question.{entry.id}."
    assert {key.removeprefix(head) for key in sentences() if key.startswith(head)} == parts


def test_no_sentence_belongs_to_a_question_that_is_not_there():
    owners = {key.split(".", 1)[1][:4] for key in sentences() if key.startswith("question.")}
    assert owners == set(IDS)


@pytest.mark.parametrize("entry", ALL, ids=IDS)
def test_every_value_of_a_question_is_named_in_a_sentence(entry):
    head = f"question.{entry.id}."
    gaps = {
        gap
        for key, text in sentences().items()
        if key.startswith(head)
        for gap in re.findall(r"{(\w+)}", text)
    }
    assert set(entry.values) <= gaps


@pytest.mark.parametrize("entry", ALL, ids=IDS)
def test_the_sources_of_a_question_are_those_that_its_sentences_name(entry):
    text = "\n".join(said(entry))
    assert {key for key in source_keys() if citation(key) in text} == set(entry.sources)


@pytest.mark.parametrize("entry", [entry for entry in ALL if not entry.sources], ids=lambda entry: entry.id)
def test_a_question_without_source_names_no_number_or_says_that_it_is_made_up(entry):
    assert not entry.values or "made-up" in asked_of(entry)["ask"]


@pytest.mark.parametrize("entry", ALL, ids=IDS)
def test_every_reason_is_kind_and_frightens_nobody(entry):
    text = "\n".join(said(entry))
    assert story.frightening(text) == []
    assert not re.search(r"\b(?:stupid|silly|obviously|of course|failed|fool\w*)\b", text, re.IGNORECASE)


def test_no_reason_approves_a_second_time_or_of_what_nobody_has_answered():
    assert [key for key, said in sentences().items() if ".why." in key and re.match(r"Yes\b", said)] == []


def test_the_questions_are_easy_to_read():
    assert (
        lesson_story.reading_grade(sentence for entry in ALL for sentence in said(entry))
        <= lesson_story.HIGHEST_GRADE
    )


# --- their numbers --------------------------------------------------------


def thigh_deg(speed: str) -> float:
    return gait.peak(gait.curves(gait.WALKING_SPEEDS[speed])).thigh_behind_vertical_deg


def norm(source: str, measure: str, task: str, population: str = "") -> float:
    rows = reference.norms()
    rows = rows[(rows["source_key"] == source) & (rows["measure"] == measure)]
    rows = rows[rows["task_or_test"].str.startswith(task) & rows["population"].str.startswith(population)]
    [value] = rows["mean_deg"]
    return value


def share_percent(slower: str, faster: str) -> int:
    return round(100 * gait.pelvis_share(gait.WALKING_SPEEDS[slower], gait.WALKING_SPEEDS[faster]))


def test_made_up_answers_follow_from_the_numbers_that_the_question_gives():
    third = question("01.3")
    assert third.answer == third.values["hip_deg"] + third.values["tilt_deg"]
    first = question("02.1")
    assert first.answer == first.values["thigh_deg"] - first.values["hip_deg"]
    tape = question("04.1")
    assert tape.answer == pytest.approx(measure.thomas_trig_deg(*tape.values.values()), abs=0.05)
    assert tape.slips["centimetres"] == tape.values["hip_cm"] - tape.values["knee_cm"]


def test_two_tools_differ_as_they_were_measured_and_five_days_are_the_rule():
    tools = question("04.3").values
    assert tools["differ_deg"] == measure.TOOLS_DIFFER_DEG
    assert tools["after_deg"] - tools["before_deg"] <= tools["differ_deg"]
    assert (question("04.4").answer, LEAST_DAYS) == ("five_days", 5)
    assert question("04.5").values["change_deg"] < question("04.5").values["mdc_deg"]


def test_the_thigh_of_a_free_walk_is_the_sum_of_the_laboratorys_two_numbers():
    asked = question("01.5")
    assert asked.values["hip_deg"] == norm("schwartz2008", "peak hip extension", "walking free")
    assert asked.values["tilt_deg"] == norm(
        "schwartz2008", "anterior pelvic tilt at peak hip extension", "walking free"
    )
    assert asked.answer == pytest.approx(sum(asked.values.values()))
    assert asked.answer == pytest.approx(thigh_deg("free"), abs=asked.tolerance)


def test_the_order_of_the_walks_is_the_order_of_the_models_angles():
    asked = question("01.6")
    angles = [thigh_deg(speed) for speed in asked.answer]
    assert angles == sorted(angles)
    assert [asked.values[f"{speed}_deg"] for speed in asked.answer] == list(map(round, angles))


def test_a_standing_pelvis_is_tipped_as_lee_measured():
    values = question("01.4").values
    tilt = "anterior pelvic tilt"
    assert values["young_deg"] == norm("lee2005", tilt, "standing", "young")
    assert values["older_deg"] == norm("lee2005", tilt, "standing", "older")
    assert values["b_deg"] - values["a_deg"] == values["young_deg"]


def test_the_range_of_the_pelvis_share_is_that_of_the_data():
    values = question("02.3").values
    assert values["whole_percent"] == share_percent("free", "very_fast")
    names = list(gait.WALKING_SPEEDS)
    shares = [share_percent("very_slow", "free"), *map(share_percent, names[2:-1], names[3:])]
    assert (values["lowest_percent"], values["highest_percent"]) == (min(shares), max(shares))


def test_the_glide_and_the_strain_are_those_of_the_picture():
    from hipbook.motion import ball_and_socket as picture

    values = question("01.2").values
    (least_n, least_mm), *_, (most_n, most_mm) = picture.MEASURED_GLIDE
    assert values == {"least_n": least_n, "least_mm": least_mm, "most_n": most_n, "most_mm": most_mm}
    strained = question("01.1").values
    assert strained["strain_percent"] / 100 == pytest.approx(picture.STRAIN_AT_END)
    assert strained["hips"] == picture.STRAIN_SPECIMENS


def test_the_trial_of_the_stretch_is_the_one_in_the_table():
    trials = reference.interventions()
    [trial] = trials[trials["source_key"] == "mettler2019"].to_dict("records")
    assert question("02.7").values == {"n": trial["n"], "weeks": trial["weeks"]}
