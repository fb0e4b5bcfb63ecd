"""When something is felt: every row of the table, in the stretches that it belongs to."""

from __future__ import annotations

import re

import pytest

from hipbook.progress.tables import REASONS
from hipbook.shipped import data_folder
from hipbook.stretching.catalog import Felt, catalog
from hipbook.stretching.catalog_file import CatalogError, read_catalog
from hipbook.strings import sentences

IDS = [stretch.id for stretch in catalog().stretches]
KNEELING, STANDING = "hip_flexor_half_kneeling", "hip_flexor_standing"
ROTATORS = ("hip_rotator_crossed", "hip_rotator_figure_four")
SOURCE = data_folder() / "stretches.toml"


def rules(stretch_id: str) -> dict[str, Felt]:
    return {rule.key: rule for rule in catalog().stretch(stretch_id).felt}


def done(stretch_id: str, key: str) -> tuple[str, str, str | None, str | None]:
    rule = rules(stretch_id)[key]
    return rule.action, rule.reason, rule.substitute, rule.see


@pytest.mark.parametrize("stretch", IDS)
def test_a_pull_that_is_too_strong_is_eased_and_goes_on(stretch):
    assert done(stretch, "too_strong") == ("ease", "too_strong", None, None)


@pytest.mark.parametrize("stretch", IDS)
def test_a_pinch_ends_every_stretch_and_is_offered_no_other_form(stretch):
    assert done(stretch, "pinch_front_hip") == ("end_stretch", "pinch_front_hip", None, None)


def test_kneeling_that_hurts_or_is_hard_leads_to_the_standing_form():
    assert done(KNEELING, "kneeling") == ("substitute", "kneeling", STANDING, None)
    assert not any("kneeling" in rules(stretch) for stretch in IDS if stretch != KNEELING)


@pytest.mark.parametrize("stretch", [name for name in IDS if name != KNEELING])
def test_any_knee_pain_ends_the_stretch_where_nobody_kneels(stretch):
    assert done(stretch, "knee") == ("end_stretch", "knee", None, None)


def test_other_knee_pain_ends_the_stretch_when_kneeling_too():
    assert done(KNEELING, "knee_other") == ("end_stretch", "knee", None, None)


@pytest.mark.parametrize("stretch", ROTATORS)
def test_in_rotators_the_pinch_and_the_knee_are_the_articles_own_stops(stretch):
    assert {rules(stretch)[key].origin for key in ("pinch_front_hip", "knee")} == {"article"}


@pytest.mark.parametrize("stretch", IDS)
def test_an_ache_in_the_lower_back_ends_the_stretch_for_today(stretch):
    assert done(stretch, "lower_back") == ("end_stretch", "lower_back", None, None)
    assert "leave it out today" in sentences()["felt.lower_back"]


@pytest.mark.parametrize("stretch", IDS)
def test_numbness_ends_the_session_and_someone_is_seen(stretch):
    assert done(stretch, "numb_tingling") == ("end_session", "numb_tingling", None, "someone")


@pytest.mark.parametrize("stretch", IDS)
def test_feeling_dizzy_ends_the_session_and_names_the_emergencies(stretch):
    assert done(stretch, "unwell") == ("end_session", "unwell", None, "emergency")


@pytest.mark.parametrize("stretch", IDS)
def test_a_hip_that_catches_and_all_that_has_no_row_of_its_own_end_the_stretch(stretch):
    assert done(stretch, "other") == ("end_stretch", "other", None, None)


def test_a_squeezed_belly_moves_the_roll_and_then_ends_the_stretch():
    assert done("hip_mobilization_towel", "abdomen") == ("adjust", "other", None, None)
    assert done("hip_mobilization_towel", "abdomen_stays") == ("end_stretch", "other", None, None)


@pytest.mark.parametrize("stretch", IDS)
def test_what_is_felt_is_asked_in_the_tables_order(stretch):
    order = ["too_strong", "pinch_front_hip", "kneeling", "knee", "lower_back", "numb_tingling", "unwell"]
    asked = [rule.reason for rule in catalog().stretch(stretch).felt if rule.reason in order]
    assert asked == [reason for reason in order if reason in asked]


@pytest.mark.parametrize("stretch", IDS)
def test_the_log_knows_every_reason_and_the_panel_has_words_for_every_rule(stretch):
    for rule in catalog().stretch(stretch).felt:
        assert rule.reason in REASONS
        assert {f"felt.{rule.key}", f"hurts.feel.{rule.key}", f"hurts.then.{rule.key}"} <= sentences().keys()
        if rule.action == "end_session":
            assert f"hurts.emergency.{rule.key}" in sentences()


@pytest.mark.parametrize(
    ("key", "sign"),
    [
        *(("numb_tingling", sign) for sign in ("between the legs", "bladder", "bowel", "weak")),
        *(("unwell", sign) for sign in ("Chest pain", "breathing", "faint")),
    ],
)
def test_the_signs_of_an_emergency_are_all_named(key, sign):
    assert sign in sentences()[f"hurts.emergency.{key}"]


@pytest.mark.parametrize(
    ("pattern", "mistake", "field", "rule"),
    [
        (r'action = "ease"', 'action = "push"', "felt.too_strong.action", "one of ease, adjust"),
        (r'see = "someone"', 'see = "nobody"', "felt.numb_tingling.see", "one of someone, emergency"),
        (
            r'"pinch_front_hip", action = "end_stretch"',
            f'"pinch_front_hip", action = "substitute", substitute = "{STANDING}"',
            "felt.pinch_front_hip.action",
            "end_stretch for a pinch",
        ),
        (r'key = "knee_other"', 'key = "kneeling"', "felt", "each thing felt once"),
    ],
)
def test_a_mistake_in_a_rule_is_named_by_stretch_field_and_rule(tmp_path, pattern, mistake, field, rule):
    text, changed = re.subn(pattern, mistake, SOURCE.read_text(encoding="utf-8"), count=1)
    assert changed == 1
    path = tmp_path / "stretches.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        read_catalog(path)
    assert (caught.value.stretch, caught.value.field) == (KNEELING, field)
    assert caught.value.rule.startswith(rule)
