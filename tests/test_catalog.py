"""The stretches' file: complete, as the article has it, and strict about mistakes."""

from __future__ import annotations

import dataclasses
import re

import pytest

from hipbook.shipped import data_folder
from hipbook.stretching.catalog import catalog
from hipbook.stretching.catalog_file import CatalogError, read_catalog
from hipbook.strings import sentences

SOURCE = data_folder() / "stretches.toml"
HOLDS = ("hip_flexor_half_kneeling", "hip_flexor_standing", "hip_rotator_crossed", "hip_rotator_figure_four")


def test_all_five_stretches_are_there():
    assert [stretch.id for stretch in catalog().stretches] == [*HOLDS, "hip_mobilization_towel"]


@pytest.mark.parametrize("name", HOLDS)
def test_holds_have_the_articles_dose(name):
    stretch = catalog().stretch(name)
    assert (stretch.hold_s.min, stretch.hold_s.max, stretch.hold_s.origin) == (30, 40, "article")
    assert (stretch.repetitions.min, stretch.repetitions.max) == (2, 3)


def test_the_mobilization_has_the_articles_dose_and_says_that_its_seconds_are_ours():
    towel = catalog().stretch("hip_mobilization_towel")
    assert (towel.hold_s.min, towel.hold_s.max, towel.mode) == (30, 60, "cycles")
    assert "ours" in sentences()["card.dose_cycles_ours"]


@pytest.mark.parametrize("name", ["hip_rotator_crossed", "hip_rotator_figure_four"])
def test_rotators_stop_for_a_pinch_and_for_either_knee(name):
    ends = {rule.reason: (rule.action, rule.origin) for rule in catalog().stretch(name).felt}
    assert ends["pinch_front_hip"] == ends["knee"] == ("end_stretch", "article")


def test_kneeling_pain_leads_to_the_standing_form_and_a_pinch_never_does():
    felt = {rule.key: rule for rule in catalog().stretch("hip_flexor_half_kneeling").felt}
    assert felt["kneeling"].substitute == "hip_flexor_standing"
    assert felt["pinch_front_hip"].substitute is None


def test_numbness_ends_the_session_in_every_stretch():
    for stretch in catalog().stretches:
        actions = [rule.action for rule in stretch.felt if rule.reason == "numb_tingling"]
        assert actions == ["end_session"], stretch.id


def test_every_key_has_its_sentence_and_every_stretch_sentence_its_key():
    known, wanted = sentences(), set()
    for stretch in catalog().stretches:
        own = f"stretch.{stretch.id}"
        wanted |= {f"{own}.{part}" for part in ("name", "short", "feel", "evidence")}
        wanted |= {f"{own}.step.{step.key}" for step in stretch.steps}
        for keyframe in stretch.keyframes:
            sides = (".left", ".right") if keyframe.name in ("ready", "pull") else ("",)
            wanted |= {f"{own}.do.{keyframe.name}{side}" for side in sides}
        assert f"side_is.{stretch.side_is}" in known
        assert f"evidence.{stretch.evidence}" in known
        assert {f"felt.{rule.key}" for rule in stretch.felt} <= set(known)
    assert wanted == {key for key in known if key.startswith("stretch.")}
    assert {f"routine.{routine.id}" for routine in catalog().routines} <= set(known)


def test_the_catalogue_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        catalog().stretches[0].mode = "cycles"


MISTAKES = [
    (r"hold_s = \{ min = 30, max = 40", "hold_s = { min = 30, max = 900", "hold_s.max", "from 5 to 120", 900),
    (r"start = 30, origin", "start = 20, origin", "hold_s.start", "from min to max", 20),
    (r'mode = "hold"', 'mode = "bounce"', "mode", "one of hold, cycles", "bounce"),
    (
        r'alternate = "hip_flexor_standing"',
        'alternate = "splits"',
        "alternate",
        "one of hip_flexor",
        "splits",
    ),
    (r'evidence = "partly"', 'evidence = "proven"', "evidence", "one of supported", "proven"),
    (r'muscle_group = "hip_flexors"\n', "", "muscle_group", "given", None),
    (r'pair = "hip_flexor"', 'pear = "hip_flexor"', "pear", "left out", "hip_flexor"),
    (
        r'substitute = "hip_flexor_standing"',
        'substitute = "rest"',
        "felt.kneeling.substitute",
        "the id of",
        "rest",
    ),
    (r'name = "ready"', 'name = "steady"', "pose", "ready", ("steady", "hold")),
]


@pytest.mark.parametrize(("pattern", "mistake", "field", "rule", "value"), MISTAKES)
def test_a_mistake_is_named_by_stretch_field_value_and_rule(tmp_path, pattern, mistake, field, rule, value):
    text, changed = re.subn(pattern, mistake, SOURCE.read_text(encoding="utf-8"), count=1)
    assert changed == 1
    path = tmp_path / "stretches.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        read_catalog(path)
    error = caught.value
    assert (error.stretch, error.field, error.value) == ("hip_flexor_half_kneeling", field, value)
    assert rule in error.rule
    assert str(error).startswith(
        f"stretches.toml: hip_flexor_half_kneeling: {field} must be {error.rule}, got "
    )


def test_a_pose_that_cannot_be_drawn_is_a_mistake_too(tmp_path):
    pattern, mistake = r"near_hip_extension_deg = [-0-9.]+", "near_hip_extension_deg = 999"
    text = re.sub(pattern, mistake, SOURCE.read_text(encoding="utf-8"), count=1)
    path = tmp_path / "stretches.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError, match="hip_flexor_half_kneeling: pose 'ready' must be drawable"):
        read_catalog(path)
