"""The rules that keep a lesson a lesson: beats, predictions, checks, grades, reading; a line for a breach."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import mistune
from nbformat import NotebookNode
from notebook_story import cells, tokens, words
from textstat import textstat

from hipbook import strings
from hipbook.stretching.catalog_file import EVIDENCE_GRADES

GRADES = tuple(strings.text(f"evidence.{grade}") for grade in EVIDENCE_GRADES)
FEWEST_CHECKS = 4
HIGHEST_GRADE = 8.0
TEXT_CELLS_PER_CODE_CELL = 2
LESSON_PARTS = ("What this model leaves out", "What you have done", "References")
"""How a lesson ends, in this order."""

PREDICTION = re.compile(r"^\*\*Predict (\d+)\.\*\*", re.MULTILINE)
CHECK = re.compile(r'hb\.check_yourself\("(\d\d)\.(\d+)"\)')
GRADED = re.compile(r"\*\*How sure\? ([^*]+)\.\*\*")
CITATION = re.compile(r" \([^()]*\b(?:\d{4}[a-z]?|n\.d\.)[^()]*\)")
"""A source in brackets: nobody reads it aloud."""

textstat.set_lang("en_US")

_markdown = mistune.create_markdown(renderer=None, plugins=["table", "math"])


def parts(notebook: NotebookNode) -> Iterator[tuple[str, list[NotebookNode]]]:
    """Yield each part below a heading of level 2: its title and its cells."""
    title, held = "", []
    for cell in notebook.cells:
        found = re.match(r"## (.+)", cell.source) if cell.cell_type == "markdown" else None
        if found:
            yield title, held
            title, held = found[1].strip(), []
        held.append(cell)
    yield title, held


def beats(notebook: NotebookNode) -> Iterator[tuple[str, list[NotebookNode]]]:
    """Yield the numbered parts of a lesson."""
    return ((title, held) for title, held in parts(notebook) if re.match(r"\d+\. ", title))


def section(notebook: NotebookNode, title: str) -> str:
    """Return the text below a heading of level 2, or nothing when there is none."""
    return "\n\n".join(
        cell.source
        for name, held in parts(notebook)
        for cell in held
        if name == title and cell.cell_type == "markdown"
    )


def prose(notebook: NotebookNode) -> Iterator[str]:
    """Yield the paragraphs and list items that are read as sentences; no table, code or formula."""

    def inline(token: Mapping[str, Any]) -> str:
        if token["type"] in ("softbreak", "linebreak"):
            return " "
        if token["type"] in ("inline_math", "inline_html"):
            return ""
        return token.get("raw", "") + "".join(map(inline, token.get("children", ())))

    def walk(token: Mapping[str, Any]) -> Iterator[str]:
        if token["type"] in ("paragraph", "block_text"):
            yield inline(token)
        elif token["type"] not in ("table", "block_code", "heading"):
            for child in token.get("children", ()):
                yield from walk(child)

    for title, held in parts(notebook):
        for cell in held:
            if cell.cell_type == "markdown" and title != "References":
                for token in _markdown(cell.source):
                    yield from walk(token)


def reading_grade(sentences: Iterable[str]) -> float:
    """Return the Flesch–Kincaid grade of texts taken together.

    Sources in brackets are left out, and a decimal point ends no sentence.
    """
    plain = (re.sub(r"(\d)\.(\d)", r"\1\2", CITATION.sub("", text)).strip() for text in sentences)
    ended = (text if text.endswith((".", "!", "?", ":")) else f"{text}." for text in plain if text)
    return textstat.flesch_kincaid_grade("\n".join(ended))


# --- what every notebook keeps --------------------------------------------


def predictions_are_numbered(notebook: NotebookNode) -> Iterator[str]:
    found = [
        int(number) for _, cell in cells(notebook, "markdown") for number in PREDICTION.findall(cell.source)
    ]
    if found != list(range(1, len(found) + 1)):
        yield f"predictions must be numbered from 1 on, got {found}"


def easy_to_read(notebook: NotebookNode) -> Iterator[str]:
    grade = reading_grade(prose(notebook))
    if grade > HIGHEST_GRADE:
        yield f"the reading grade must be at most {HIGHEST_GRADE:g}, got {grade}"


# --- what a lesson keeps besides ------------------------------------------


def checks_are_numbered(notebook: NotebookNode) -> Iterator[str]:
    found = [match for _, cell in cells(notebook, "code") for match in CHECK.findall(cell.source)]
    numbers, lessons = [int(number) for _, number in found], {lesson for lesson, _ in found}
    if len(found) < FEWEST_CHECKS or numbers != list(range(1, len(found) + 1)) or len(lessons) > 1:
        yield f"at least {FEWEST_CHECKS} checks of one lesson must be numbered from 1 on, got {found}"


def every_beat_predicts_and_checks(notebook: NotebookNode) -> Iterator[str]:
    for title, part in beats(notebook):
        text = "\n".join(cell.source for cell in part)
        for what, pattern in (("prediction", PREDICTION), ("check", CHECK)):
            if not pattern.search(text):
                yield f"beat {title!r} must have a {what}"


def prediction_before_the_first_call(notebook: NotebookNode) -> Iterator[str]:
    for title, part in beats(notebook):
        kinds = ["predict" if PREDICTION.search(cell.source) else cell.cell_type for cell in part]
        if "predict" in kinds and "code" in kinds[: kinds.index("predict")]:
            yield f"beat {title!r} must predict before it calls"


def every_claim_is_graded(notebook: NotebookNode) -> Iterator[str]:
    for title, part in beats(notebook):
        text = "\n".join(cell.source for cell in part)
        if "The article says" in text and not GRADED.search(text):
            yield f"beat {title!r} says what the article says and must say how sure it is"
        for found in GRADED.findall(text):
            if found not in GRADES:
                yield f"beat {title!r}: how sure must be one of {', '.join(GRADES)}, got {found!r}"


def mostly_text(notebook: NotebookNode) -> Iterator[str]:
    text, code = (len(list(cells(notebook, kind))) for kind in ("markdown", "code"))
    if text < TEXT_CELLS_PER_CODE_CELL * code:
        yield f"there must be {TEXT_CELLS_PER_CODE_CELL} text cells for each code cell, got {text} for {code}"


def three_aims_and_a_time(notebook: NotebookNode) -> Iterator[str]:
    head = notebook.cells[0].source
    aims, recap = (
        len(re.findall(r"^\d\. ", text, re.MULTILINE)) for text in (head, section(notebook, LESSON_PARTS[1]))
    )
    if (aims, recap) != (3, 3) or "**Aims.**" not in head or "**Time.**" not in head:
        yield f"a lesson must begin with its time and three aims, and end with them, got {aims} and {recap}"


def ends_with_limits_recap_and_references(notebook: NotebookNode) -> Iterator[str]:
    last = tuple(words(token) for token in tokens(notebook, "heading"))[-len(LESSON_PARTS) :]
    if last != LESSON_PARTS:
        yield f"a lesson must end with {LESSON_PARTS}, got {last}"


RULES = (predictions_are_numbered, easy_to_read)

LESSON_RULES: tuple[Callable[[NotebookNode], Iterator[str]], ...] = (
    checks_are_numbered,
    every_beat_predicts_and_checks,
    prediction_before_the_first_call,
    every_claim_is_graded,
    mostly_text,
    three_aims_and_a_time,
    ends_with_limits_recap_and_references,
)
