"""Every sentence of strings/en.json is said somewhere, and every key that the code puts together has one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hipbook import reference
from hipbook.figures.studies import CLAIMS, IN_DEGREES, TRIALS, VERDICTS, people_key, shown_peaks
from hipbook.figures.views import DATES, VIEWS
from hipbook.figures.weekly_dose import EVIDENCE_AGAINST, EVIDENCE_MIN_PER_WEEK
from hipbook.figures.what_if import COLOR as WHAT_IF_ROWS
from hipbook.glossary import LESSONS as GLOSSARY
from hipbook.measuring import TESTS
from hipbook.motion.ball_and_socket import DIRECTIONS
from hipbook.motion.compensation import PELVIS_MODES, STIFF_SIDES
from hipbook.motion.gait import WALKING_SPEEDS
from hipbook.motion.pose import PROP_KINDS
from hipbook.progress.change import VERDICTS as VERDICTS_OF_CHANGE
from hipbook.progress.tables import OUTCOMES, REASONS
from hipbook.questions import UNITS
from hipbook.stretching.catalog import Stretch, catalog
from hipbook.stretching.catalog_file import EVIDENCE_GRADES, KEYFRAMES, SENSATIONS
from hipbook.stretching.precautions import ASKED, GROUPS, URGENCIES, precautions
from hipbook.strings import SPOKEN, sentences

ROOT = Path(__file__).parents[1]
SIDES = ("left", "right")
PERIODS = ("month", "week")
POSITIONS = ("prone", "thomas")
KINDS = ("hold", "pull", "ready", "release", "rest", "switch", "wait")
ASSUMED = (
    "day_first",
    "decimal_comma",
    "dotted_date",
    "letter_case",
    "made_cell",
    "made_id",
    "month_first",
    "no_offset",
    "older",
    "serial_date",
    "spreadsheet_date",
)
EXPLORABLES = {
    "ball_and_socket": ("direction", "force_n", "hip_extension_deg"),
    "laboratories": ("speed", "standing_tilt_deg", "your_zero_deg"),
    "speed_costs": ("faster", "leg_length_cm", "slower"),
}
PEOPLE = {people_key(population) for population in shown_peaks()["population"]}
ANGLES = {"hip", "lumbar", "pelvis", "thigh", "torso"}
STRETCHES = catalog().stretches
CHECKLIST = precautions().answers
FELT = {rule for stretch in STRETCHES for rule in stretch.felt}
ENDING = {rule.reason for rule in FELT if rule.action == "end_session"}
ROUTINES = [routine.id for routine in catalog().routines]


def parts(stretch: Stretch) -> list[str]:
    """Return what is said about a stretch, as the ends of its keys."""
    steps = [f"step.{step.key}" for step in stretch.steps]
    return ["evidence", "feel", "name", "short", *steps, *(f"do.{part}" for part in done(stretch))]


def sided(names: tuple[str, ...], those: tuple[str, ...]) -> list[str]:
    """Return the ends of keys: one for each side where the sentence names a side."""
    return [
        end for name in names for end in ([f"{name}.{side}" for side in SIDES] if name in those else [name])
    ]


def done(stretch: Stretch) -> list[str]:
    return sided(tuple(frame.name for frame in stretch.keyframes), ("ready", "pull"))


FORMED: dict[str, list[str] | tuple[str, ...] | set[str]] = {
    "checklist.answer.{}": {answer.key for answer in CHECKLIST},
    "checklist.ask.{}": ASKED,
    "checklist.care.title.{}": URGENCIES,
    "checklist.care.{}": {answer.key for answer in CHECKLIST if answer.urgency},
    "checklist.group.{}": GROUPS,
    "checklist.reason.{}": {
        "today",
        "ended",
        *ENDING,
        *(answer.key for answer in CHECKLIST if not answer.urgency),
    },
    "checklist.sign.{}": {sign for answer in CHECKLIST for sign in answer.signs},
    "checklist.{}": ("left_out", "put_back", "replaced"),
    "evidence.{}": EVIDENCE_GRADES,
    "explorable.{}": [
        f"{kind}.{part}"
        for kind, controls in EXPLORABLES.items()
        for part in ("title", "question", *(f"control.{control}" for control in controls))
    ]
    + [f"ball_and_socket.direction.{direction}" for direction in DIRECTIONS],
    "explorable.ball_and_socket.{}": (
        *("back", "ball", "capsule", "capsule_taut", "chart", "chart_x", "front", "lens", "mm", "scale"),
        *("single_hips", "socket", "up_1", "up_2"),
        *(f"{kind}_{line}" for kind in ("measured", "ours", "what_if") for line in (1, 2)),
    ),
    "explorable.ball_and_socket.said.{}": ("end", "loose", "nearly", "taut", *DIRECTIONS),
    "explorable.laboratories.part.{}": ("hip", "pelvis"),
    "explorable.laboratories.table.{}": ("hip", "laboratory", "pelvis", "thigh", "zero"),
    "explorable.laboratories.{}": ("landmarks", "standing", "yours"),
    "explorable.speed.{}": WALKING_SPEEDS,
    "explorable.speed_costs.said.{}": ("both", "less_hip", "less_pelvis"),
    "explorable.speed_costs.table.{}": ("hip", "pelvis", "speed", "thigh", "walk"),
    "explorable.speed_costs.{}": ("faster", "hip", "pelvis", "slower"),
    "explorer.curve.{}": ANGLES - {"torso"},
    "explorer.of.{}": ANGLES,
    "explorer.pace.{}": WALKING_SPEEDS,
    "explorer.pelvis.{}": PELVIS_MODES,
    "explorer.pelvis.{}.note": PELVIS_MODES,
    "explorer.rate.{}": ("10", "25", "50", "100"),
    "explorer.say.bent.{}": STIFF_SIDES,
    "explorer.say.limited.{}": STIFF_SIDES,
    "explorer.say.straight.{}": STIFF_SIDES,
    "explorer.sense.{}.less": ANGLES,
    "explorer.sense.{}.more": ANGLES,
    "explorer.sense.{}.none": ANGLES,
    "explorer.side.{}": STIFF_SIDES,
    "explorer.stride.{}": ("start", "middle", "end"),
    "explorer.{}": ("back", "on"),
    "felt.{}": {rule.key for rule in FELT},
    "figure.body.felt.{}": SENSATIONS,
    "figure.body.step.{}": {name for names in KEYFRAMES.values() for name in names},
    "figure.calendar.table.{}": SIDES,
    "figure.discomfort.course.{}": ("less", "more", "same"),
    "figure.discomfort.key.{}": ("band", "dots", *PERIODS),
    "figure.discomfort.table.{}": ("median", "sessions", *PERIODS),
    "figure.extension.band.{}": ("assumed", "own"),
    "figure.extension.error.{}": ("assumed", "own"),
    "figure.extension.no_{}": SIDES,
    "figure.extension.verdict.{}": VERDICTS_OF_CHANGE,
    "figure.gait.table.{}": ("hip", "lumbar", "now", "pelvis", "step", "thigh", "usual", "what"),
    "figure.gait.unit.{}": SIDES,
    "figure.held.count.{}": OUTCOMES,
    "figure.held.no_{}": SIDES,
    "figure.held.table.{}": (
        *("done", "high", "low", "median", "planned", "skipped", "stopped", "stopped_median", "stretch"),
    ),
    "figure.left_right.band.{}": ("assumed", "own"),
    "figure.left_right.error.{}": ("assumed", "own"),
    "figure.left_right.only_{}": SIDES,
    "figure.left_right.table.{}": ("day", "difference", "left", "right"),
    "figure.left_right.{}": ("no_day", "one_side"),
    "figure.per.{}": PERIODS,
    "figure.per.{}s": PERIODS,
    "figure.reason.{}": REASONS,
    "figure.side.{}": SIDES,
    "figure.sides.{}": ("both", *SIDES),
    "figure.source.{}": {EVIDENCE_AGAINST, *(source for _, source in EVIDENCE_MIN_PER_WEEK)},
    "figure.studies.compensation.{}": CLAIMS,
    "figure.studies.compensation.said.{}": CLAIMS,
    "figure.studies.instead.{}": {trial[0] for trials in TRIALS.values() for trial in trials} - IN_DEGREES,
    "figure.studies.look.{}": (
        *(f"{idea}.{look}" for idea in ("gain", "link") for look in VERDICTS),
        "gain.plain",
    ),
    "figure.studies.people.{}": PEOPLE,
    "figure.studies.r_not_seen{}": ("", "_p"),
    "figure.studies.row.{}": {trial[0] for trials in TRIALS.values() for trial in trials}
    | set(reference.associations()["id"]),
    "figure.studies.stretching.{}": TRIALS,
    "figure.studies.table.{}": ("change", "finding", "high", "low", "peak", "people", "r", "study", "what"),
    "figure.thomas.said.{}": ("higher", "level", "lower"),
    "figure.weekly.sides.{}": ("both", "only_left", "only_right"),
    "figure.what_if.end.{}": ("high", "low"),
    "figure.what_if.no_{}": SIDES,
    "figure.what_if.row.{}": WHAT_IF_ROWS,
    "figure.what_if.table.{}": ("high", "low", "usual", "what"),
    "figure.what_if.{}": SIDES,
    "hurts.emergency.{}": {rule.key for rule in FELT if rule.see},
    "hurts.feel.{}": {rule.key for rule in FELT},
    "hurts.then.{}": {rule.key for rule in FELT},
    "log.assumed.{}": ASSUMED,
    "log.assumed.{}.one": ASSUMED,
    "measuring.begin.{}": SIDES,
    "measuring.figure.{}": POSITIONS,
    "measuring.meaning.{}": ("minus", "plus", "zero"),
    "measuring.other.{}": SIDES,
    "measuring.pelvis{}": ("", "_prone"),
    "measuring.pelvis.why{}": ("", "_prone"),
    "measuring.say.captured.{}": ("minus", "plus"),
    "measuring.say.{}": (
        *("finished", "getting_ready", "idle", "tilted", "turned"),
        *(f"levelling.{side}" for side in SIDES),
        *(f"starting.{position}" for position in POSITIONS),
        *(f"settling.{position}.{side}" for position in POSITIONS for side in SIDES),
    ),
    "measuring.sensor.{}": ("denied", "none", "unsupported"),
    "measuring.status.{}": ("getting_ready", "levelling", "settling", "starting"),
    "measuring.step.{}": (
        *("again", "arms", "flat", "hang", "level", "level_prone", "lift", "marks", "sink"),
        *("strap", "strap_prone", "table"),
    ),
    "measuring.test.{}": TESTS,
    "measuring.today.{}": SIDES,
    "measuring.who.{}": ("alone", "helper"),
    "measuring.zero.{}": (*POSITIONS, "thomas_goniometer"),
    "muscle.{}": {"other", *(stretch.muscle_group for stretch in STRETCHES)},
    "outcome.{}": OUTCOMES,
    "phase.{}": (*KINDS, "leading_in", "paused"),
    "player.figure.{}": SIDES,
    "player.in_page.{}": ("notebook", "page", "site"),
    "player.need.{}": PROP_KINDS,
    "player.next.{}": sided(KINDS, ("hold", "pull", "ready", "switch", "wait")),
    "player.own_{}": ("deleted", "saved"),
    "player.side.{}": SIDES,
    "player.sides.{}": ("both", *SIDES),
    "player.summary.{}": ("held", "side", "stretch"),
    "player.correct.{}": SIDES,
    "player.step.{}": SIDES,
    "player.trouble.{}": ("busy", "full", "not_writable", "other", "row"),
    "player.unheard.{}": ("notebook", "page", "site"),
    "player.{}": ("back", "full", "hurts", "more_time", "ready_s", "rest_s", "skip", "stop", "switch_s"),
    "notebook.sample_for.{}": ("holds", "measurements"),
    "progress.control.{}": {control for view in VIEWS.values() for control in view.controls},
    "progress.dates.{}": {"_".join(reversed(name.split())) for name in DATES},
    "exercise.{}": [key.removeprefix("exercise.") for key in sentences() if re.match(r"exercise\.\d", key)],
    "glossary.{}.term": GLOSSARY,
    "glossary.{}.words": GLOSSARY,
    "question.{}": [key.removeprefix("question.") for key in sentences() if key.startswith("question.")],
    "reason.{}": REASONS,
    "report.dose.kind.{}": ("cycles", "hold", "other"),
    "report.hips.row.{}": ("baseline", "change", "error", "now", "recent", "threshold", "verdict"),
    "report.hips.verdict.{}": set(VERDICTS_OF_CHANGE) - {"no_readings"},
    "report.hips.{}": ("assumed", "own"),
    "report.notes.head.{}": ("day", "note", "of"),
    "report.notes.of.{}": ("measurements", "sessions"),
    "report.section.{}": VIEWS,
    "routine.{}": ROUTINES,
    "routine.{}.about": [
        name for name in ROUTINES if f"routine.{name}.about" in sentences()
    ],  # may be absent
    "safety.{}": ("ask_first", "education", "emergency", "floor", "stop", "urgent"),
    "say.begin.{}": sided((*KINDS, "hold_on"), ("hold", "hold_on", "ready", "switch", "wait")),
    "say.paused.{}": ("asleep", "hurts", "left", "no_view", "person"),
    "self_check.unit.{}": UNITS,
    "side.{}": SIDES,
    "{}.part": (
        *(f"figure.{name}.no_{side}" for name in ("weekly", "held", "extension") for side in SIDES),
        *(f"figure.left_right.only_{side}" for side in SIDES),
        *(f"figure.left_right.{name}" for name in ("no_day", "no_day.said", "one_side")),
    ),
    "side_is.{}": {stretch.side_is for stretch in STRETCHES},
    "site.about.{}": ("01", "02", "03", "04", "05", "06", "07"),
    "site.door.{}": ("data", "learn", "stretch"),
    "stretch.{}": [f"{stretch.id}.{part}" for stretch in STRETCHES for part in parts(stretch)],
}
"""Keys that are put together where they are used: their form, and what is put in."""


def source(*patterns: str) -> str:
    paths = (path for pattern in patterns for path in sorted(ROOT.glob(pattern)))
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


SENT = {
    "check": ("self_check",),
    "explorables": ("explorable",),
    "explorer": ("explorer",),
    "measure": SPOKEN,
    "player": SPOKEN,
    "site": ("player", "site"),
}
"""Which sentences the panels of each folder of frontend/src are sent, by the first part of the key."""

PYTHON = source("hipbook/**/*.py", "hipbook/**/*.jinja", "tools/*.py")
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


@pytest.mark.parametrize("folder", SENT)
def test_a_panel_is_sent_every_sentence_that_it_says(folder):
    code = source(f"frontend/src/{folder}/**/*.js")
    said = {key.split(".")[0] for key in whole(code) & set(sentences())}
    said |= set(re.findall(r"\bt\(`([a-z_]+)\.", code))
    assert said
    assert said <= set(SENT[folder])
