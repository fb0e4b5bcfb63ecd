"""The report as a page: complete, alone, escaped, private unless asked, and honest about what is missing."""

from __future__ import annotations

import datetime as dt
import re

import pandas as pd
import pytest
import textstat
from made_log import CASES, MadeLog, made_log, made_readings, span
from made_report import MADE_ON, NASTY, Tags, noted

import hipbook as hb
from hipbook import reference
from hipbook.figures import views
from hipbook.figures.extension_shown import shown_extension
from hipbook.figures.weekly_window import SHOWN_WEEKS, PlanError
from hipbook.figures.what_if_shown import RECENT
from hipbook.progress.choice import EVERYTHING
from hipbook.progress.scatter import ASSUMED_MDC_DEG
from hipbook.reporting.closing import sources
from hipbook.reporting.content import report_of
from hipbook.reporting.page import html_of
from hipbook.reporting.private import has_private, without_private
from hipbook.strings import sentences, text


def words_of(report) -> str:
    blocks = [*report.first_page, *report.sections, *report.closing]
    cells = [cell for block in blocks if block.table for row in block.table.rows for cell in row]
    return "\n".join([*(line for block in blocks for line in block.words), *cells])


@pytest.fixture(scope="module")
def sample():
    return report_of(hb.samples(), made_on=MADE_ON, private=True, plan_min_per_week=3)


@pytest.fixture(scope="module")
def page(sample):
    return html_of(sample)


@pytest.fixture(scope="module")
def nasty():
    return report_of(noted(), made_on=MADE_ON, private=True, unusable=2)


# --- complete ---------------------------------------------------------------


def test_every_figure_of_lesson_05_is_there_with_its_words_and_its_table(sample):
    titles = [text(f"report.section.{name}") for name in views.VIEWS]
    assert [block.title for block in sample.sections] == titles
    for block, view in zip(sample.sections, views.VIEWS.values(), strict=True):
        if view.name != "weekly_dose":  # drawn with the plan
            assert "\n".join(block.words) == view.chart(hb.samples(), EVERYTHING).words()
        assert block.picture
        assert len(block.table.rows) == len(view.chart(hb.samples(), EVERYTHING).table())
    assert "your plan" in sample.sections[0].words[0]


def test_the_first_page_says_who_when_how_much_both_sides_and_the_verdict_with_its_error(sample):
    facts = dict(sample.facts)
    assert facts["Name"] == ""
    assert facts["Period"] == "2 March to 30 August 2026"
    dose, hips, felt = sample.first_page
    assert "24 of 26 weeks" in dose.words[0]
    shown = shown_extension(hb.samples().measurements, start=hb.samples().holds["local_date"].min().date())
    rows = {row[0]: row[1:] for row in hips.table.rows}
    for number, side in enumerate(("left", "right")):
        one = shown.sides[side]
        verdict = text(f"report.hips.verdict.{one.change.verdict}")
        assert rows[text("report.hips.row.verdict")][number] == verdict
        threshold = f"{one.change.look.threshold_deg:.1f}°"
        assert rows[text("report.hips.row.threshold")][number] == threshold
        assert f"±{one.scatter.mdc_deg:.1f}°" in rows[text("report.hips.row.error")][number]
    assert "Left and right: " in hips.words[1]
    assert "too strong (7)" in " ".join(felt.words)


def test_the_change_on_the_first_page_is_the_difference_of_the_numbers_above_it(sample):
    rows = {row[0]: row[1:] for row in sample.first_page[1].table.rows}
    names = [text(f"report.hips.row.{name}") for name in ("baseline", "recent", "change")]
    for side in (0, 1):
        before, now, moved = (float(rows[name][side].split("°")[0].replace("−", "-")) for name in names)
        assert moved == pytest.approx(now - before)


def test_method_unknowns_disclaimer_and_references_close_the_report(sample):
    titles = [block.title for block in sample.closing]
    assert titles == ["Method", "What is not known", "Disclaimer and safety", "References"]
    said = words_of(sample)
    assert text("safety.education") in said
    named = {reference.citation(key) for key in sources()} - {reference.citation("roach2013")}
    assert {name for name in named if name not in said} == set()
    cited = {key for key in reference.source_keys() if re.search(rf"{reference.citation(key)}\b", said)}
    assert cited <= set(sources())
    assert [*sample.closing[-1].words] == [reference.reference(key) for key in sources()]


def test_tests_are_never_mixed_and_each_has_its_picture():
    both = [
        made_readings([(day, side, 1) for day in span("2026-03-02", 8) for side in ("left", "right")], test)
        for test in ("thomas_trig", "prone_phone")
    ]
    made = CASES["empty"]
    log = type(made)(made.holds, made.sessions, pd.concat(both, ignore_index=True))
    titles = [block.title for block in report_of(log, made_on=MADE_ON).sections]
    for name in ("Hip extension over time", "Left and right"):
        assert f"{name}: Thomas test with a tape measure" in titles
        assert f"{name}: face-down test with a phone" in titles


def test_how_the_low_back_was_kept_is_counted_by_the_words_that_the_panel_writes(root):
    made = CASES["single_day"]
    panel = (root / "frontend" / "src" / "measure" / "engine.js").read_text(encoding="utf-8")
    words = re.search(r'pelvis: pelvisWatched \? "(\w+)" : "(\w+)"', panel).groups()
    inputs = [f'{{"pelvis": "{word}"}}' for word in words]
    log = type(made)(made.holds, made.sessions, made.measurements.assign(inputs=inputs))
    hips = report_of(log, made_on=MADE_ON).first_page[1]
    assert "own account: 1 of 2 readings; not watched or not noted: 1." in hips.words[0]


def test_rows_that_could_not_be_read_are_told(nasty, sample):
    assert ("Not used", "2 rows of the log could not be read.") in nasty.facts
    assert "Not used" not in dict(sample.facts)


def test_rows_dated_after_today_are_left_out_and_told():
    made, late = CASES["a_months_gap"], made_log([dt.date(2030, 1, 7)])
    tables = ("holds", "sessions", "measurements")
    parts = ([getattr(log, name) for log in (made, late)] for name in tables)
    wrong = MadeLog(*(pd.concat(part, ignore_index=True) for part in parts))
    report, right = (report_of(log, made_on=MADE_ON) for log in (wrong, made))
    assert ("Not used", "9 rows are dated after today and are left out.") in report.facts
    assert dict(report.facts)["Period"] == dict(right.facts)["Period"]
    assert report.first_page == right.first_page
    assert [block.words for block in report.sections] == [block.words for block in right.sections]


@pytest.mark.parametrize("case", CASES)
def test_every_log_has_a_report(case):
    html = html_of(report_of(CASES[case], made_on=MADE_ON, private=True))
    assert "nan" not in re.sub(r"[a-z]*nan[a-z]+|[a-z]+nan", "", Tags(html).text.lower())
    assert "None" not in Tags(html).text


def test_an_empty_log_has_a_report_that_says_what_is_missing():
    report = report_of(CASES["empty"], made_on=MADE_ON, private=True)
    assert dict(report.facts)["Period"] == text("report.fact.no_period")
    assert [block.words[0] for block in report.first_page] == [
        text("report.dose.none"),
        text("report.hips.none"),
        text("report.felt.none"),
    ]
    (missing,) = report.sections
    assert missing.title == "What is missing"
    assert len(missing.words) == len(views.VIEWS)
    assert missing.picture is None


def test_a_plan_that_is_no_amount_is_refused():
    with pytest.raises(PlanError, match="must be above 0"):
        report_of(hb.samples(), made_on=MADE_ON, plan_min_per_week=-1)


# --- alone, escaped, named --------------------------------------------------


def test_the_page_loads_nothing_and_runs_nothing(page):
    tags = Tags(page)
    assert not tags.all("script") + tags.all("link") + tags.all("iframe") + tags.all("object")
    loads = [value for _, attributes in tags.tags for name, value in attributes.items() if name == "src"]
    links = [
        value for _, attributes in tags.tags for name, value in attributes.items() if name.endswith("href")
    ]
    assert loads == []
    assert all(link.startswith("#") for link in links)
    assert not re.search(r"@import|url\((?!#)", page)
    (policy,) = [tag["content"] for tag in tags.all("meta") if "http-equiv" in tag]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_a_note_with_a_script_tag_stays_text(nasty):
    tags = Tags(html_of(nasty))
    assert not tags.all("script")
    assert tags.text.count(NASTY) == 1


def test_every_id_is_its_own_and_every_reference_finds_one(page):
    ids = [attributes["id"] for _, attributes in Tags(page).tags if "id" in attributes]
    assert len(ids) > 10
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:url\(|href=")#([^")]+)', page)) <= set(ids)


def test_every_figure_has_a_name_and_a_caption_in_sight(page):
    tags = Tags(page)
    pictures = [svg for svg in tags.all("svg") if svg.get("role") == "img"]
    assert len(pictures) == len(tags.all("figure")) == len(tags.all("figcaption")) == len(views.VIEWS)
    assert all("the text below says what it shows" in svg["aria-label"] for svg in pictures)
    assert len({svg["aria-label"] for svg in pictures}) == len(pictures)


def test_the_numbers_of_every_figure_are_a_table_that_unfolds(sample, page):
    tags = Tags(page)
    assert len(tags.all("details")) == len(tags.all("summary")) == len(views.VIEWS)
    tables = [block.table for block in (*sample.first_page, *sample.sections) if block.table]
    rows = [head for head in tags.all("th") if head["scope"] == "row"]
    assert len(tags.all("table")) == len(tables)
    assert len(rows) == sum(len(table.rows) for table in tables)
    assert {cell for table in tables for row in table.rows for cell in row if cell not in tags.text} == set()


def test_figures_take_the_colours_of_the_page(page):
    body = page.partition("<body>")[2]
    assert "<style>" not in body
    assert not re.search(r"#[0-9a-f]{6}\b", body)
    used = set(re.findall(r"var\(--([a-z_0-9]+)\)", body))
    assert used <= set(re.findall(r"--([a-z_0-9]+):", page.partition("<body>")[0]))


def test_what_a_program_made_up_says_so_on_the_screen_and_on_every_printed_page(page):
    assert Tags(page).text.count(text("report.synthetic")) == 1
    assert Tags(page).all("aside") == [{"class": "synthetic"}]
    assert "position: sticky" in page
    assert f'@top-center {{ content: "{text("report.synthetic")}"' in page
    assert page.count(text("figure.synthetic")) == len(views.VIEWS)
    own = html_of(report_of(CASES["one_row"], made_on=MADE_ON))
    assert "ynthetic" not in Tags(own).text
    assert "@top-center" not in own


def test_the_same_log_gives_the_same_page(sample, page):
    assert html_of(sample) == page


# --- private ----------------------------------------------------------------


def test_reasons_discomfort_and_notes_are_left_out_unless_asked_for(nasty):
    shared = report_of(noted(), made_on=MADE_ON)
    assert "knee" in words_of(nasty)
    said = words_of(shared) + Tags(html_of(shared)).text
    assert not re.search(r"script|let go|My knee hurt|out of 10|[nN]o reason was kept|median of a week", said)
    assert text("report.section.discomfort") not in [block.title for block in shared.sections]
    assert shared.first_page[2].words == (text("report.felt.left_out"),)


def test_a_log_without_what_is_private_has_no_such_cell():
    assert has_private(noted())
    assert not has_private(without_private(noted()))
    assert not has_private(CASES["empty"])
    assert list(without_private(noted()).holds["held_s"]) == list(noted().holds["held_s"])


# --- what is said about it --------------------------------------------------


def test_the_document_names_what_stands_on_the_first_page_and_its_numbers(root):
    document = (root / "docs" / "report.md").read_text(encoding="utf-8")
    for name in ("now", "baseline", "recent", "threshold", "error"):
        assert f"| {text(f'report.hips.row.{name}')} |" in document
    assert f"last {SHOWN_WEEKS} weeks" in document
    assert f"last {RECENT} days" in document
    assert f"±{ASSUMED_MDC_DEG:g}°" in document
    assert textstat.flesch_kincaid_grade(re.sub(r"[|#`*_]|\[|\]\([^)]*\)", " ", document)) <= 8


def test_what_a_report_adds_is_easy_to_read():
    said = [
        words for key, words in sentences().items() if key.startswith(("report.method", "report.unknown"))
    ]
    assert textstat.flesch_kincaid_grade(" ".join(said)) <= 9
