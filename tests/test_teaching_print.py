"""The print of the lessons: it is theirs, asks before it shows, makes sense on paper, and fits its pages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
import pytest

from hipbook.questions import questions
from hipbook.strings import text
from hipbook.widgets.self_check import asked_of

ROOT = Path(__file__).parents[1]
NOTEBOOKS = {path.stem[:2]: path for path in sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))}
LESSONS = ("01", "02", "03", "04", "05", "06")
UNSAID = re.compile(r'base64,[^"]+|<style>.*?</style>|<template.*?</template>', re.DOTALL)
SCREEN = re.compile(
    r"hb\.|\brun (?:it|this|the)\b|in (?:the|a) cell|click|page only|only shows|tell you at once"
    r"|Jupyter|notebook|\*\* ?0",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def tool(load_tool):
    return load_tool("build_teaching")


@pytest.fixture(scope="module")
def pages(tool) -> dict[str, str]:
    return tool.pages()


def test_each_lesson_has_a_handout_and_slides_printed_from_what_it_says_now(tool, pages):
    assert set(pages) == {f"{kind}_{lesson}" for kind in ("handout", "slides") for lesson in LESSONS}
    printed = json.loads(tool.FROM.read_text(encoding="utf-8"))
    stale = [name for name, html in pages.items() if printed.get(name) != tool.fingerprint(html)]
    assert stale == [], "run python tools/build_teaching.py"
    assert {path.stem for path in tool.PRINTED.glob("*.pdf")} == set(pages)
    assert all(path.read_bytes().startswith(b"%PDF") for path in tool.PRINTED.glob("*.pdf"))


def test_a_changed_lesson_is_noticed(tool, pages):
    html = pages["handout_01"]
    assert tool.fingerprint(html) != tool.fingerprint(html.replace("ball", "bowl", 1))


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_handout_asks_and_leaves_room_and_gives_no_answer_away(lesson, pages):
    html = pages[f"handout_{lesson}"]
    for entry in (entry for entry in questions() if entry.lesson == lesson):
        said = {key: words for key, words in _sentences(entry.id).items() if ".why" in key or ".hint" in key}
        assert not any(words in html for words in said.values() if "{" not in words)
    assert "One good answer" not in html
    assert (f"Exercise {lesson}" in html) == (lesson != "03")


@pytest.mark.parametrize("lesson", [lesson for lesson in LESSONS if lesson != "03"])
def test_all_guesses_stand_on_the_first_sheet_each_with_a_line_and_their_answers_after_it(lesson, pages):
    before, _, after = pages[f"handout_{lesson}"].partition("<main>")
    guesses = re.findall(r'<li value="(\d+)">(.*?)</li>', before, re.DOTALL)
    cells = nbformat.read(NOTEBOOKS[lesson], as_version=4).cells
    numbers = [found for cell in cells for found in re.findall(r"^\*\*Predict (\d+)\.", cell.source)]
    assert [number for number, _ in guesses] == numbers
    assert re.findall(r"Look back at your guess (\d+)", after) == numbers
    assert "then turn the page" in before.lower()
    assert all(('class="line"' in words) != ("to yourself" in words) for _, words in guesses)
    assert "<figure>" not in before


@pytest.mark.parametrize(("lesson", "number"), [("05", "6"), ("06", "1")])
def test_what_is_nobody_elses_business_has_no_line_to_write_it_on(lesson, number, pages):
    [words] = re.findall(rf'<li value="{number}">(.*?)</li>', pages[f"handout_{lesson}"], re.DOTALL)
    assert "to yourself" in words
    assert 'class="line"' not in words


@pytest.mark.parametrize("name", [f"{kind}_{lesson}" for kind in ("handout", "slides") for lesson in LESSONS])
def test_paper_speaks_of_nothing_that_only_a_screen_does(name, pages):
    html = UNSAID.sub("", pages[name])
    assert SCREEN.findall(html) == []
    assert "Time.</strong>" not in html


def test_what_paper_says_differently_is_still_said_in_a_lesson(tool):
    from paper import CHANGED, LEFT_OUT

    notebooks = [*NOTEBOOKS.values(), *tool.SOLUTIONS.glob("*.ipynb")]
    cells = [cell for path in notebooks for cell in nbformat.read(path, as_version=4).cells]
    said = [cell.source for cell in cells]
    data = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    said += [words for one in data for words in (one.get("text/plain", ""), one.get("text/html", ""))]
    assert [words for words in CHANGED if not any(words in one for one in said)] == []
    assert {cell.id for cell in cells} >= LEFT_OUT


def test_each_stretch_says_where_to_feel_it_and_when_to_stop_on_paper_and_under_its_name_on_a_slide(pages):
    from hipbook.stretching.catalog import catalog

    slides = re.findall(r"<section.*?</section>", pages["slides_03"], re.DOTALL)
    cards = re.findall(r'<section class="stretch">.*?</section>', pages["handout_03"], re.DOTALL)
    assert len(cards) == len(catalog().stretches) == 5
    for stretch in catalog().stretches:
        name = f"<h2>{text(f'stretch.{stretch.id}.name')}</h2>"
        feel = text(f"stretch.{stretch.id}.feel")
        stops = [text(f"felt.{rule.key}") for rule in stretch.felt]
        on_slides = "".join(slide for slide in slides if name in slide)
        assert "<img" in on_slides
        on_slides = re.sub(r"<img[^>]*>", "", on_slides)
        [card] = [card for card in cards if f'alt="{text(f"stretch.{stretch.id}.name")}\n' in card]
        for words in (feel, *stops):
            assert markup(words) in on_slides, (stretch.id, words)
            assert markup(words) in card.partition("</figure>")[2], (stretch.id, words)


def markup(words: str) -> str:
    from markupsafe import escape

    return str(escape(words))


def test_the_sheet_of_a_trio_has_the_rows_and_columns_of_the_file_it_is_typed_into(pages):
    from hipbook.classroom.trio import TAPE, blank_sheets

    [blank] = blank_sheets(1).values()
    paper = pages["handout_06"].partition('<section class="trio">')[2]
    assert set(re.findall(r"<small>(\w+)</small>", paper)) == set(TAPE.names)
    table, slips = paper.split('<div class="slips">')
    assert table.partition("</thead>")[2].count("<tr>") == len(blank.splitlines()) - 1 == 12
    assert not re.search(r">[A-Z]\d[A-Z]<", table), "codes are written by hand"
    assert re.findall(r"Round (\d), rater (\d)", slips) == [(a, b) for a in "123" for b in "12"]
    assert all(slips.count(f" {letter} <span>") == 12 for letter in "ABC")
    assert all('class="trio"' not in pages[f"handout_{lesson}"] for lesson in LESSONS if lesson != "06")


def _sentences(id: str) -> dict[str, str]:
    from hipbook.strings import sentences

    return {key: words for key, words in sentences().items() if key.startswith(f"question.{id}.")}


@pytest.mark.parametrize("lesson", [lesson for lesson in LESSONS if lesson != "03"])
def test_each_answer_has_a_slide_right_after_its_question(lesson, pages):
    kinds = re.findall(r'<section class="(\w+)">', pages[f"slides_{lesson}"])
    asked = [place for place, kind in enumerate(kinds) if kind == "check"]
    assert len(asked) == len([entry for entry in questions() if entry.lesson == lesson])
    assert all(kinds[place + 1] == "answer" for place in asked)
    assert kinds[0] == "title"
    reasons = re.findall(r'class="answer".*?</strong></p><p>(.*?)</p>', pages[f"slides_{lesson}"])
    assert len(reasons) == len(asked)
    for reason, entry in zip(reasons, [one for one in questions() if one.lesson == lesson], strict=True):
        assert reason == markup(asked_of(entry)["reason"])


@pytest.mark.parametrize("lesson", LESSONS)
def test_no_slide_has_only_a_heading_or_asks_to_move_a_still_picture(lesson, pages):
    slides = re.findall(r"<section.*?</section>", pages[f"slides_{lesson}"], re.DOTALL)
    said = [re.sub(r"<h2>.*?</h2>|<(?!img)[^>]+>", "", slide, flags=re.DOTALL).strip() for slide in slides]
    assert "" not in said
    moves = [slide for slide in slides if "Move it." in slide]
    assert all("your own body" in slide for slide in moves)


def test_the_safety_slides_have_their_heading_and_little_enough_to_be_read_from_the_back(pages):
    slides = re.findall(r"<section.*?</section>", pages["slides_03"], re.DOTALL)
    safety = [slide for slide in slides if "<h2>Before the first stretch</h2>" in slide]
    said = re.sub(r"<[^>]+>", " ", " ".join(safety))
    sentences = [text(f"safety.{key}") for key in ("ask_first", "stop")]
    assert all(markup(sentence) in said for sentence in sentences)
    assert all(len(re.sub(r"<[^>]+>", " ", slide).split()) < 100 for slide in safety)


def test_what_is_printed_loads_nothing_and_each_picture_says_what_it_shows(pages):
    for name, html in pages.items():
        assert not re.search(r'(?:src|href)="(?!data:)', html), name
        assert not re.search(r"@import|url\(", html.partition("</style>")[0]), name
        alts = re.findall(r'<img alt="([^"]*)"', html)
        assert html.count("<img") == len(alts)
        assert all(len(alt) > 20 for alt in alts), name


@pytest.mark.browser
def test_every_slide_fits_and_one_that_does_not_is_named(tool, pages, tmp_path, skip_or_fail):
    from lab_driver import find_chromium

    if find_chromium() is None:
        skip_or_fail("Chromium", "install Debian's chromium")
    decks = {name: html for name, html in pages.items() if name.startswith("slides")}
    full = decks["slides_01"].replace("<h1>", "<p>" + "far too much " * 400 + "</p><h1>", 1)
    assert list(tool.print_pdfs(decks | {"full": full}, tmp_path)) == ["full"]


@pytest.mark.browser
def test_printed_pages_are_numbered_and_none_ends_on_a_heading_or_holds_next_to_nothing(
    tool, pages, tmp_path, skip_or_fail
):
    from lab_driver import find_chromium
    from pypdf import PdfReader

    if find_chromium() is None:
        skip_or_fail("Chromium", "install Debian's chromium")
    assert tool.print_pdfs(pages, tmp_path) == {}
    for name, html in pages.items():
        printed = PdfReader(tmp_path / f"{name}.pdf").pages
        if name.startswith("slides"):
            assert len(printed) == html.count("<section"), name
        for place, page in enumerate(printed, 1):
            lines = [line.strip() for line in page.extract_text().splitlines() if line.strip()]
            if name.startswith("slides"):
                assert str(place) in lines, (name, place)
                continue
            foot = f"{place} / {len(printed)}"
            assert any(foot in line for line in lines), (name, place)
            body = [line for line in lines if foot not in line and not line.startswith("hipbook · ")]
            assert f"<h2>{body[-1]}</h2>" not in html, (name, place, body[-1])
            assert len(" ".join(body).split()) > 40, (name, place)
