"""Every sentence of strings/en.json is said somewhere, and every key that the code puts together has one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hipbook.figures.weekly_dose import EVIDENCE_AGAINST, EVIDENCE_MIN_PER_WEEK
from hipbook.progress.tables import OUTCOMES
from hipbook.stretching.catalog import Stretch, catalog
from hipbook.stretching.catalog_file import EVIDENCE_GRADES, KEYFRAMES, SENSATIONS
from hipbook.strings import sentences
from hipbook.widgets.player import SPOKEN

ROOT = Path(__file__).parents[1]
SIDES = ("left", "right")
KINDS = ("hold", "pull", "ready", "release", "rest", "switch", "wait")
ASSUMED = (
    "day_first",
    "decimal_comma",
    "dotted_date",
    "letter_case",
    "month_first",
    "no_offset",
    "serial_date",
    "spreadsheet_date",
)
STRETCHES = catalog().stretches
ROUTINES = [routine.id for routine in catalog().routines]


def parts(stretch: Stretch) -> list[str]:
    """Return what is said about a stretch, as the ends of its keys."""
    steps = [f"step.{step.key}" for step in stretch.steps]
    return ["evidence", "feel", "name", "short", *steps, *(f"do.{frame.name}" for frame in stretch.keyframes)]


FORMED: dict[str, list[str] | tuple[str, ...] | set[str]] = {
    "evidence.{}": EVIDENCE_GRADES,
    "felt.{}": {rule.key for stretch in STRETCHES for rule in stretch.felt},
    "figure.body.felt.{}": SENSATIONS,
    "figure.body.step.{}": {name for names in KEYFRAMES.values() for name in names},
    "figure.calendar.table.{}": SIDES,
    "figure.side.{}": SIDES,
    "figure.source.{}": {EVIDENCE_AGAINST, *(source for _, source in EVIDENCE_MIN_PER_WEEK)},
    "figure.weekly.sides.{}": ("both", "only_left", "only_right"),
    "log.assumed.{}": ASSUMED,
    "log.assumed.{}.one": ASSUMED,
    "muscle.{}": {"other", *(stretch.muscle_group for stretch in STRETCHES)},
    "outcome.{}": OUTCOMES,
    "phase.{}": (*KINDS, "leading_in", "paused"),
    "player.next.{}": KINDS,
    "player.side.{}": SIDES,
    "player.sides.{}": ("both", *SIDES),
    "player.summary.{}": ("held", "outcome", "planned", "side", "stretch"),
    "player.{}": ("back", "ready_s", "rest_s", "skip", "stop", "switch_s"),
    "routine.{}": ROUTINES,
    "routine.{}.about": [
        name for name in ROUTINES if f"routine.{name}.about" in sentences()
    ],  # may be absent
    "safety.{}": ("ask_first", "education", "emergency", "floor", "stop", "urgent"),
    "say.begin.{}": KINDS,
    "side.{}": SIDES,
    "side.start.{}": SIDES,
    "side_is.{}": {stretch.side_is for stretch in STRETCHES},
    "stretch.{}": [f"{stretch.id}.{part}" for stretch in STRETCHES for part in parts(stretch)],
}
"""Keys that are put together where they are used: their form, and what is put in."""


def source(*patterns: str) -> str:
    paths = (path for pattern in patterns for path in sorted(ROOT.glob(pattern)))
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


PYTHON = source("hipbook/**/*.py", "tools/*.py")
JAVASCRIPT = source("frontend/src/**/*.js")


def whole(code: str) -> set[str]:
    """Return the keys that stand whole in a source, and both forms of those that count."""
    literal = set(re.findall(r"[\"'`]([a-z_]+(?:\.\w+)+)[\"'`]", code))
    counted = re.findall(r"\bcounted\(\s*\"([\w.]+)\"", code)
    return literal | {f"{key}.{form}" for key in counted for form in ("one", "many")}


def formed() -> set[str]:
    return {form.format(value) for form, values in FORMED.items() for value in values}


def test_every_sentence_is_said_somewhere():
    assert set(sentences()) - whole(PYTHON) - whole(JAVASCRIPT) - formed() == set()


def test_every_key_that_is_put_together_has_a_sentence():
    assert formed() - set(sentences()) == set()


@pytest.mark.parametrize("form", FORMED)
def test_every_form_is_still_used(form):
    head, tail = map(re.escape, form.split("{}"))
    assert re.search(rf"[\"'`]{head}\$?\{{[^}}]+\}}{tail}", PYTHON + JAVASCRIPT)


def test_the_player_is_sent_every_sentence_that_the_browser_says():
    said = whole(JAVASCRIPT) & set(sentences())
    assert said
    assert {key.split(".")[0] for key in said} <= set(SPOKEN)
