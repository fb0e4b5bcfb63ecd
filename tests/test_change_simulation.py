"""Simulated people whose truth is known: the verdict's false alarms, its power, and docs/measuring.md."""

from __future__ import annotations

import itertools
import math
import re
import subprocess
import sys

import pytest
import textstat
from notebook_story import frightening
from scipy.stats import binom, t

from hipbook import reference
from hipbook.progress import change as verdict

PEOPLE, SEED = 2000, 7
ALLOWED = 0.05
SURE = 0.999  # that a rate of 5 % exactly passes


@pytest.fixture(scope="module")
def tool(load_tool):
    return load_tool("simulate_change")


@pytest.fixture(scope="module")
def document(tool) -> str:
    return tool.DOCUMENT.read_text(encoding="utf-8")


def most_alarms(people: int) -> float:
    """Return the highest share that a rate of 5 % still gives by chance."""
    return float(binom.ppf(SURE, people, ALLOWED)) / people


def test_no_way_of_measuring_gives_more_than_five_percent_false_alarms_over_both_hips(tool):
    found = {plan.name: tool.false_alarms(plan, PEOPLE, SEED)[1] for plan in tool.NULL}
    assert len(found) > 8
    assert {name: share for name, share in found.items() if share > most_alarms(PEOPLE)} == {}
    assert max(found.values()) > 0.02, "a rule that never says yes has no false alarms either"


def test_the_bound_notices_looks_that_do_not_share_the_five_percent(tool, monkeypatch):
    verdict.t_of_look.cache_clear()
    monkeypatch.setattr(verdict, "FALSE_ALARMS", len(verdict.LOOK_WEEKS) * ALLOWED)
    try:
        assert tool.false_alarms(tool.MOST, PEOPLE, SEED)[1] > most_alarms(PEOPLE)
    finally:
        verdict.t_of_look.cache_clear()


def test_the_bound_notices_a_normal_quantile_in_the_place_of_students_t(tool, monkeypatch):
    normal = verdict.t_of_look(10**9)
    monkeypatch.setattr(verdict, "t_of_look", lambda _: normal)
    assert tool.false_alarms(tool.USUAL, PEOPLE, SEED)[1] > most_alarms(PEOPLE)


def test_asking_every_week_gives_exactly_the_alarms_of_the_three_looks(tool):
    plan = tool.USUAL._replace(step_deg=6.0)  # so that there are some
    asked = tool.false_alarms(plan, 400, SEED, tool.told_in_ten_weeks)
    assert asked == tool.false_alarms(plan, 400, SEED)
    assert asked[1] > 0.05


def test_five_readings_of_one_day_and_1_96_raise_far_more_alarms(tool):
    one, ten = (tool.naive(tool.USUAL, 20_000, SEED, asked) for asked in (1, 10))
    assert one == pytest.approx(2 * float(t.sf(1.96 / math.sqrt(2), 4)), abs=0.02)  # days double the variance
    assert ten > 0.5


def test_readings_on_too_few_days_never_raise_an_alarm(tool):
    weekly = next(plan for plan in tool.NULL if plan.days)
    assert tool.false_alarms(weekly, 300, SEED) == (0, 0)


def test_the_document_names_what_fools_the_rule(tool, document):
    section = document.partition("## What fools the rule")[2].partition("\n## ")[0]
    assert [plan.name for plan in (*tool.BEYOND, tool.PEEKING) if plan.name not in section] == []


def test_a_zero_that_jumped_is_beyond_the_rule(tool):
    jumped = next(plan for plan in tool.BEYOND if plan.step_deg == 5)
    assert tool.false_alarms(jumped, 300, SEED)[1] > ALLOWED


def test_whoever_stops_as_soon_as_the_sum_fits_is_told_more_often(tool):
    peeking, honest = (
        tool.false_alarms(tool.PEEKING, 150, SEED, told)[0]
        for told in (tool.told_by_peeking, tool.told_of_change)
    )
    assert peeking > honest


def test_power_grows_with_the_change_and_with_the_days(tool):
    few, many = tool.PLANS[0], tool.PLANS[2]
    seen = [[tool.power(plan, change, 500, SEED) for change in (5, 10, 15)] for plan in (few, many)]
    assert all(a < b for row in seen for a, b in itertools.pairwise(row))
    assert all(a < b for a, b in zip(*seen, strict=True))
    assert seen[1][1] > 0.8


def test_a_change_in_the_wrong_direction_is_not_counted_as_seen(tool):
    shrinking = tool.PLANS[2]._replace(creep_deg_per_week=-3.0)
    assert tool.power(shrinking, 5, 200, SEED) < 0.05


# --- the document ---------------------------------------------------------


def shares(document: str, name: str) -> list[float]:
    """Return the last column of a part's table, as shares."""
    part = re.search(rf"<!-- {name} -->\n(.*?)<!-- end -->", document, re.DOTALL)[1]
    return [float(found) / 100 for found in re.findall(r"([\d.]+) % \|$", part, re.MULTILINE)]


def test_the_document_shows_every_way_of_measuring_and_none_above_five_percent(tool, document):
    told = shares(document, "false_alarms")
    assert len(told) == len(tool.NULL) + 1
    assert max(told) <= ALLOWED
    assert all(plan.name in document for plan in tool.NULL)


def test_the_documents_rates_are_those_of_a_smaller_run_within_chance(tool, document):
    told = dict(zip((plan.name for plan in tool.NULL), shares(document, "false_alarms"), strict=False))
    rate = told[tool.NULL[1].name]
    low, high = (binom.ppf(edge, PEOPLE, rate) / PEOPLE for edge in (1 - SURE, SURE))
    assert low <= tool.false_alarms(tool.NULL[1], PEOPLE, SEED)[1] <= high


@pytest.mark.slow
def test_the_document_is_what_the_tool_writes(tool):
    made = subprocess.run(
        [sys.executable, tool.__file__, "--check"],
        cwd=tool.DOCUMENT.parents[1],
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr


def test_a_document_that_lost_a_part_is_refused(tool, document):
    computed = dict.fromkeys(("tape", "t", "people", "false_alarms", "hasty", "beyond", "power"), "x")
    with pytest.raises(ValueError, match=r"must have one part power, got 0"):
        tool.rendered(document.replace("<!-- power -->", ""), computed)


def test_every_source_in_the_text_exists_and_is_listed(document):
    body, _, listed = document.partition("<!-- references -->")
    named = set(re.findall(r"\[([a-z]+\d{4}[a-z]?)\]", body))
    assert named <= set(reference.source_keys())
    assert named == set(re.findall(r"^- \[(\w+)\]", listed, re.MULTILINE))


def test_a_teacher_reads_it_without_code_or_fright(document):
    prose = re.sub(r"^[|#<].*$|\[\w+\]", "", document.partition("## References")[0], flags=re.MULTILINE)
    assert "`" not in prose
    assert frightening(prose) == []
    assert textstat.flesch_kincaid_grade(prose) <= 8
