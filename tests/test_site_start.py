"""What a teacher finds on the first page, and the way to the lessons on every page."""

from __future__ import annotations

import re
from html import unescape

import pytest

from hipbook.site.builder import site_files
from hipbook.strings import text


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    return {name: made.decode() for name, made in site_files().items() if name.endswith(".html")}


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def test_the_first_page_begins_with_what_it_is_and_the_safety_note(site):
    before_lessons = site["index.html"].partition('<ol class="lessons">')[0]
    for key in ("site.start.what", "safety.education", "safety.under_18"):
        assert text(key) in unescape(before_lessons)
    assert 'href="#before-you-stretch"' in before_lessons


def test_the_lessons_stand_in_order_with_their_minutes_and_exercises(site):
    listed = re.search(r'<ol class="lessons">(.*?)</ol>', site["index.html"], re.DOTALL)[1]
    said = [plain(item) for item in listed.split("<li>")[1:]]
    assert [re.match(r" (\d\d) · ", item)[1] for item in said[:-1]] == ["01", "02", "03", "04", "05", "06"]
    assert all(re.search(r"· \d+ minutes", item) for item in said[:-1])
    with_exercise = {item[1:3] for item in said if "Exercise" in item}
    assert with_exercise == {"01", "02", "04", "05", "06"}
    assert all(re.search(r"Exercise \d\d · \d+ minutes", item) for item in said if "Exercise" in item)
    assert said[-1].startswith(" Glossary ")


def test_the_first_page_leads_to_the_log_and_says_what_to_do_on_a_shared_computer(site):
    said = unescape(site["index.html"])
    for key in ("site.start.log_about", "site.start.shared_about"):
        assert text(key) in said
    assert 'href="03_guided_stretches.html#log"' in said
    assert site["03_guided_stretches.html"].count('id="log"') == 1
    assert text("site.log.delete") in text("site.start.shared_about")


def test_the_glossary_has_no_number_and_the_page_that_is_open_is_marked(site):
    for name, page in site.items():
        bar = re.search(r'<header class="bar-top">(.*?)</header>', page, re.DOTALL)[1]
        assert ">Glossary</a>" in bar
        assert "07" not in plain(bar)
        marked = re.findall(r'href="([^"]+)" aria-current="(\w+)"', bar)
        lesson = next((other for other in site if other[:2] == name[9:11]), None)
        assert marked == ([(lesson, "true")] if name.startswith("exercise") else [(name, "page")])
    assert "Lesson 07" not in site["07_glossary.html"]
