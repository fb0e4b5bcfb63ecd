"""The glossary: plain words, in order, true to the lessons that use them, and linked from each."""

from __future__ import annotations

import re
from pathlib import Path

import lesson_story
import nbformat
import notebook_story as story
import pytest

from hipbook.glossary import LESSONS, entries, glossary
from hipbook.questions import questions
from hipbook.widgets.self_check import asked_of

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = {path.stem[:2]: path for path in sorted(FOLDER.glob("[0-9][0-9]_*.ipynb"))}
USING = sorted({lesson for lessons in LESSONS.values() for lesson in lessons})


def said(lesson: str) -> str:
    """Return all that a lesson says: its text, under its pictures, in its questions."""
    notebook = nbformat.read(NOTEBOOKS[lesson], as_version=4)
    shown = [text for _, _, output in story.outputs(notebook) for text in story.output_texts(output)]
    asked = [str(asked_of(entry)) for entry in questions() if entry.lesson == lesson]
    return "\n".join([*(cell.source for cell in notebook.cells), *shown, *asked]).casefold()


def test_the_words_stand_in_the_order_of_the_alphabet_each_once():
    terms = [entry.term.casefold() for entry in glossary()]
    assert terms == sorted(set(terms))
    assert len(terms) == len(LESSONS)


def test_the_words_of_a_lesson_are_some_of_all():
    assert set(entries("06")) < set(glossary())
    assert all("06" in entry.lessons for entry in entries("06"))


@pytest.mark.parametrize("lesson", USING)
def test_a_word_is_used_in_each_lesson_that_it_names(lesson):
    if lesson not in NOTEBOOKS:
        pytest.fail(f"the glossary names lesson {lesson}, which is not there")
    text = said(lesson)
    stems = {entry.term: re.sub(r" picture$|s$", "", entry.term.casefold()) for entry in entries(lesson)}
    assert [term for term, stem in stems.items() if not re.search(rf"\b{re.escape(stem)}", text)] == []


@pytest.mark.parametrize("lesson", USING)
def test_each_of_these_lessons_leads_to_the_glossary(lesson):
    assert "](07_glossary.ipynb)" in NOTEBOOKS[lesson].read_text(encoding="utf-8")


def test_the_words_are_plain_and_frighten_nobody():
    words = [f"{entry.words}" for entry in glossary()]
    assert [found for text in words for found in story.frightening(text)] == []
    assert lesson_story.reading_grade(words) <= lesson_story.HIGHEST_GRADE


def test_the_list_says_the_same_in_both_forms():
    shown = glossary()
    html = re.sub(r"<[^>]+>", " ", shown._repr_html_())
    for entry in shown:
        assert f"{entry.term}: {entry.words}" in repr(shown)
        assert entry.words in html.replace("&#x27;", "'")
