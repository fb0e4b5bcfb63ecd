"""Who leaves out what: every row of the checklist's table, how answers add up, and what the file refuses."""

from __future__ import annotations

import pytest

from hipbook.shipped import data_folder
from hipbook.stretching.catalog import catalog
from hipbook.stretching.precautions import (
    PrecautionError,
    apply,
    precautions,
    read_precautions,
    verdict,
)
from hipbook.stretching.routine import choices_of
from hipbook.strings import sentences

KNEELING, STANDING = "hip_flexor_half_kneeling", "hip_flexor_standing"
CROSSED, FIGURE_FOUR = "hip_rotator_crossed", "hip_rotator_figure_four"
TOWEL = "hip_mobilization_towel"
ALL = {KNEELING, STANDING, CROSSED, FIGURE_FOUR, TOWEL}
KEYS = [answer.key for answer in precautions().answers]
DOCTOR_FIRST = ("under_18_complaint", "urgent_signs", "emergency_nerves", "emergency_chest")
SOURCE = data_folder() / "precautions.toml"


def allowed(*answers: str, agreed: tuple[str, ...] = ()) -> set[str]:
    judged = verdict(answers, agreed)
    return {stretch for stretch in ALL if judged.allows(stretch)}


def left(routine: str, *answers: str, agreed: tuple[str, ...] = ()) -> list[str]:
    applied = apply(choices_of(routine), verdict(answers, agreed))
    return [item["stretch"] for item in applied["choices"]["items"]]


def test_no_answer_leaves_every_routine_as_it_is():
    assert allowed() == ALL
    full = choices_of("full")
    assert apply(full, verdict([])) == {"choices": full, "changes": []}


def test_a_hip_replaced_from_the_front_has_no_hip_flexor_stretch_nor_one_that_turns_the_thigh_outward():
    assert allowed("hip_replacement_front") == {CROSSED, TOWEL}


def test_a_hip_replaced_from_the_back_has_no_rotators_no_towel_and_no_hip_bent_by_ninety_degrees():
    assert allowed("hip_replacement_back") == {STANDING}


def test_a_hip_replaced_nobody_knows_how_has_nothing_until_the_surgeon_says():
    assert allowed("hip_replacement_unknown") == set()
    assert allowed("hip_replacement_unknown", agreed=(STANDING,)) == {STANDING}


@pytest.mark.parametrize("key", ["hip_replacement_front", "hip_replacement_back", "hip_replacement_unknown"])
def test_after_a_hip_replacement_the_surgeon_is_asked(key):
    assert {answer.key: answer.ask for answer in precautions().answers}[key] == "surgeon"


@pytest.mark.parametrize("key", ["knee_replacement", "kneeling_hurts"])
def test_a_replaced_or_sore_knee_does_the_standing_form(key):
    assert allowed(key) == ALL - {KNEELING}
    assert left("full", key) == [STANDING, CROSSED, TOWEL]


def test_a_new_knee_may_kneel_if_the_surgeon_says_so_and_kneeling_that_hurts_is_not_for_asking():
    assert KNEELING in allowed("knee_replacement", agreed=(KNEELING,))
    assert KNEELING not in allowed("kneeling_hurts", agreed=(KNEELING,))


def test_thin_bones_bring_no_knee_to_the_chest_until_asked():
    assert allowed("bones") == {KNEELING, STANDING}
    assert allowed("bones", agreed=(CROSSED,)) == {KNEELING, STANDING, CROSSED}


def test_in_pregnancy_nobody_lies_long_on_the_back_and_there_is_no_towel():
    assert allowed("pregnant") == {KNEELING, STANDING}
    assert allowed("pregnant", agreed=(CROSSED, TOWEL)) == {KNEELING, STANDING, CROSSED}


def test_pelvic_girdle_pain_asks_first_and_still_has_no_towel():
    assert allowed("pelvic_girdle_pain") == set()
    assert allowed("pelvic_girdle_pain", agreed=(STANDING, TOWEL)) == {STANDING}


def test_a_healing_belly_or_a_hernia_has_no_towel():
    assert allowed("belly") == ALL - {TOWEL} == allowed("belly", agreed=(TOWEL,))


def test_a_problem_in_the_joint_asks_first_and_then_does_only_what_was_agreed():
    assert allowed("joint_problem") == set()
    assert verdict(["joint_problem"]).nothing_left
    assert left("full", "joint_problem", agreed=(TOWEL,)) == [TOWEL]


def test_who_cannot_get_up_from_the_floor_alone_does_the_standing_form_only():
    assert allowed("floor", agreed=tuple(ALL)) == {STANDING}
    assert left("full", "floor") == [STANDING]


@pytest.mark.parametrize("key", DOCTOR_FIRST)
def test_a_red_flag_or_a_complaint_under_eighteen_leaves_nothing_whatever_was_agreed(key):
    judged = verdict([key], agreed=ALL)
    assert judged.nothing_left
    assert not any(ruling.askable for ruling in judged.rulings)
    assert left("full", key, agreed=tuple(ALL)) == []


def test_only_a_red_flag_or_a_complaint_under_eighteen_is_urgent():
    urgency = {key: verdict([key]).urgency for key in KEYS}
    assert {key for key in KEYS if urgency[key]} == set(DOCTOR_FIRST)
    assert urgency["under_18_complaint"] == urgency["urgent_signs"] == "soon"
    assert urgency["emergency_nerves"] == urgency["emergency_chest"] == "emergency"
    assert verdict(["urgent_signs", "emergency_chest", "bones"]).urgency == "emergency"


def test_an_agreed_stretch_comes_back_only_if_every_answer_that_takes_it_out_can_be_asked_about():
    assert TOWEL in allowed("bones", "joint_problem", agreed=(TOWEL,))
    assert TOWEL not in allowed("bones", "belly", agreed=(TOWEL,))


def test_a_form_in_the_place_of_another_must_pass_all_answers_itself():
    assert left("hip_flexor", "kneeling_hurts", "hip_replacement_front") == []
    assert left("hip_flexor", "joint_problem", agreed=(STANDING,)) == [STANDING]


def test_a_change_says_what_came_in_its_place_which_answers_made_it_and_whether_asking_can_undo_it():
    applied = apply(choices_of("full"), verdict(["knee_replacement", "bones", "belly"], agreed=[CROSSED]))
    assert applied["changes"] == [
        {
            "stretch": KNEELING,
            "what": "replaced",
            "by": STANDING,
            "answers": ["knee_replacement"],
            "ask": ["surgeon"],
            "askable": True,
        },
        {
            "stretch": CROSSED,
            "what": "put_back",
            "by": None,
            "answers": ["bones"],
            "ask": ["doctor"],
            "askable": True,
        },
        {
            "stretch": TOWEL,
            "what": "left_out",
            "by": None,
            "answers": ["bones", "belly"],
            "ask": ["doctor"],
            "askable": False,
        },
    ]


def test_a_replaced_form_keeps_sides_dose_and_place():
    full = choices_of("full")
    full["items"][0] |= {"sides": "left", "hold_s": 40, "repetitions": 3}
    items = apply(full, verdict(["kneeling_hurts"]))["choices"]["items"]
    assert items == [full["items"][0] | {"stretch": STANDING}, *full["items"][1:]]
    assert full["items"][0]["stretch"] == KNEELING


def test_every_answer_has_its_sentences_and_takes_something_out():
    said = sentences()
    for answer in precautions().answers:
        assert f"checklist.answer.{answer.key}" in said
        if answer.urgency:
            assert f"checklist.care.{answer.key}" in said
        else:
            assert {f"checklist.reason.{answer.key}", f"checklist.ask.{answer.ask}"} <= said.keys()
        assert {f"checklist.sign.{sign}" for sign in answer.signs} <= said.keys()
        assert answer.until_asked or answer.never
        assert set(answer.until_asked) | set(answer.never) <= {stretch.id for stretch in catalog().stretches}


@pytest.mark.parametrize(
    ("answers", "agreed", "message"),
    [
        (["splits"], [], r"answer must be one of hip_replacement_front, .*, got splits"),
        ([], ["splits"], r"stretch must be one of hip_flexor_half_kneeling, .*, got splits"),
    ],
)
def test_an_answer_or_a_stretch_that_nobody_knows_is_refused_by_name(answers, agreed, message):
    with pytest.raises(PrecautionError, match=message):
        verdict(answers, agreed)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("schema = 1", "schema = 2", "schema must be 1, got 2"),
        ('group = "body"', 'group = "soul"', "floor: group must be one of hips_knees, .*, got soul"),
        ('ask = "surgeon"', 'ask = "me"', "hip_replacement_front: ask must be one of clinician, .*, got me"),
        ('ask = "surgeon"\n', "", "hip_replacement_front: ask must be given, got None"),
        ('urgency = "soon"', 'urgency = "now"', "under_18_complaint: urgency must be one of .*, got now"),
        ('["all"]', '["legs"]', "hip_replacement_unknown: until_asked must be one of .*, got legs"),
        ('never = ["all"]', "", "under_18_complaint: until_asked or never must name a stretch, got neither"),
        ('key = "bones"', 'key = "floor"', "floor: key must be unique, got 'floor'"),
        ("until_asked =", "until_ask =", "hip_replacement_front: field must be one of .*, got until_ask"),
    ],
)
def test_a_mistake_in_the_file_is_named_by_answer_field_rule_and_value(tmp_path, old, new, message):
    text = SOURCE.read_text(encoding="utf-8")
    start = text.index("schema = 1")  # above it stand only comments
    assert old in text[start:]
    path = tmp_path / "precautions.toml"
    path.write_text(text[start:].replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PrecautionError, match=f"precautions.toml: {message}"):
        read_precautions(path, catalog())


def test_the_golden_vectors_are_what_python_gives_now(load_tool):
    tool = load_tool("write_golden_precautions")
    kept = tool.GOLDEN.read_text(encoding="utf-8")
    assert kept == tool.rendered(), "run `python tools/write_golden_precautions.py`"
