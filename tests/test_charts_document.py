"""docs/charts.md tells of every picture of lesson 05, with the numbers of the code and sources that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import textstat
from made_log import CASES
from notebook_story import frightening

from hipbook import reference
from hipbook.figures import calendar, discomfort, trials, views, weekly_window
from hipbook.figures import time_axis as axis
from hipbook.figures.extension_shown import MOST_DAYS
from hipbook.figures.weekly_dose import EVIDENCE_MIN_PER_WEEK
from hipbook.figures.what_if_shown import RECENT
from hipbook.motion.from_measurement import TUCK_DEG
from hipbook.progress.choice import EVERYTHING
from hipbook.progress.ease import SEE_SOMEONE_STOPS
from hipbook.progress.scatter import ASSUMED_MDC_DEG
from hipbook.progress.trend import TREND_DAYS

DOCUMENT = (Path(__file__).parents[1] / "docs" / "charts.md").read_text(encoding="utf-8")
CHOSEN = {
    "weeks in the weekly picture": weekly_window.SHOWN_WEEKS,
    "days of stretching until a weekly habit is named": calendar.PATTERN_DAYS,
    "days of rest until a pause is named": calendar.LONG_BREAK_DAYS,
    "days until a line is drawn": TREND_DAYS,
    "days until the line goes through weeks": MOST_DAYS,
    "days until periods are months": axis.WEEKS_UP_TO_DAYS,
    "answers until dots become a band": discomfort.MOST_DOTS,
    "periods at either end that are compared": discomfort.FEW_PERIODS,
    "stops for one complaint until the note": SEE_SOMEONE_STOPS,
    "last days that the what-if takes": RECENT,
}


@pytest.mark.parametrize("name", views.VIEWS)
def test_each_picture_has_a_section_by_its_question_and_its_name(name):
    title = views.view(name).chart(CASES["empty"], EVERYTHING).title
    section = DOCUMENT.partition(f"## {title}\n")[2].partition("\n## ")[0]
    assert section.strip().startswith(f"`{name}`.")


def test_no_section_tells_of_a_picture_that_is_not_there():
    named = re.findall(r"^`(\w+)`\.", DOCUMENT, re.MULTILINE)
    assert named == list(views.VIEWS)


def test_the_numbers_we_chose_are_those_of_the_code():
    rows = re.findall(r"^\| ([^|]+) \| (\d+) \|$", DOCUMENT, re.MULTILINE)
    assert {what: int(value) for what, value in rows} == CHOSEN


def test_the_numbers_in_the_text_are_those_of_the_code():
    said = " ".join(DOCUMENT.split())
    (low, low_source), (high, high_source) = EVIDENCE_MIN_PER_WEEK
    assert f"{low} minutes [{low_source}] and {high} minutes a week [{high_source}]" in said
    assert f"±{ASSUMED_MDC_DEG:g}°" in said
    assert f"to {TUCK_DEG:g}° more" in said
    assert all(f"{trial.change_deg}°" in said for trial in trials.trials() if trial.change_deg is not None)


def test_every_source_exists_and_is_listed_as_it_is():
    body, _, listed = DOCUMENT.partition("<!-- references -->")
    named = sorted(set(re.findall(r"\[([a-z]+\d{4}[a-z]?)\]", body)))
    lines = [f"- [{key}] {reference.reference(key)}" for key in named]
    assert listed.partition("<!-- end -->")[0].strip().splitlines() == lines


def test_a_teacher_reads_it_without_fright():
    prose = re.sub(
        r"^[|#<-].*$|\[\w+\]|`\w+`\.", "", DOCUMENT.partition("## References")[0], flags=re.MULTILINE
    )
    assert frightening(prose) == []
    assert textstat.flesch_kincaid_grade(prose) <= 8
