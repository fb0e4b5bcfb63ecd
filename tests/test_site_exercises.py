"""Exercises as pages: what judges a number there says what ``hb.check_answer`` says in the notebook."""

from __future__ import annotations

import json
import re

import pytest

from hipbook import shipped
from hipbook.exercises import check_answer, exercises
from hipbook.questions import UnknownQuestionError
from hipbook.site.builder import site_files
from hipbook.site.calls import call_of
from hipbook.site.exercise import number_asked
from hipbook.site.panels import NUMBER, PICTURES

NOTEBOOKS = {path.stem: path for path in sorted(shipped.notebooks_folder().glob("exercises/*.ipynb"))}
ALL = {asked.id: asked for asked in exercises()}


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    return site_files()


def calls(name: str) -> list:
    cells = json.loads(NOTEBOOKS[name].read_text(encoding="utf-8"))["cells"]
    found = [call_of("".join(cell["source"])) for cell in cells if cell["cell_type"] == "code"]
    return [call for call in found if call]


@pytest.mark.parametrize("id", ALL)
def test_a_page_gives_the_reasons_that_the_notebook_gives(id):
    asked, page = ALL[id], number_asked(id)

    def reason(number):
        return check_answer(id, number).words.splitlines()[1]

    assert (page["answer"], page["tolerance"]) == (asked.answer, asked.tolerance)
    assert page["why"] == reason(asked.answer)
    assert [slip["why"] for slip in page["slips"]] == [reason(value) for value in asked.slips.values()]
    assert page["hint"] == reason(12345)
    assert page["hint"] not in {page["why"], *(slip["why"] for slip in page["slips"])}


def test_a_page_never_offers_to_show_the_answer():
    assert {number_asked(id)["shown"] for id in ALL} == {""}


def test_an_exercise_that_is_not_there_is_refused_by_name():
    with pytest.raises(UnknownQuestionError, match=r"01\.1"):
        number_asked("09.9")


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_each_task_of_a_notebook_is_on_its_page(site, name):
    page = site[f"{name}.html"].decode()
    numbers = [call.arguments[0] for call in calls(name) if call.name == NUMBER]
    pictures = [call for call in calls(name) if call.name != NUMBER]
    assert numbers
    assert page.count("data-panel-id=") == len(numbers)
    assert {call.name for call in pictures} <= PICTURES
    assert page.count("<figure") == len(pictures)
    data = json.loads(re.search(r'id="hipbook-data">(.*?)</script>', page)[1])
    asked = [data["values"][panel["traits"]["question"]] for panel in data["panels"].values()]
    assert asked == [number_asked(id) for id in numbers]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_nobody_is_told_to_fill_in_dots_or_to_double_click(site, name):
    page = site[f"{name}.html"].decode()
    assert not re.search(r"three dots|double-click|\*\* 0\.5|Run that", page)


def test_an_exercise_and_its_lesson_lead_to_each_other(site):
    for name in NOTEBOOKS:
        lesson = next(page for page in site if page.startswith(f"{name[-2:]}_"))
        assert f'href="{name}.html"' in site[lesson].decode()
        assert f'It belongs to the lesson <a href="{lesson}">' in site[f"{name}.html"].decode()


def test_on_paper_there_is_room_for_the_number(site):
    assert "<p>Your answer (degrees): ______</p>" in site["exercise_01.html"].decode()
