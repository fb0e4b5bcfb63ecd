"""The lessons keep the rhythm, grade each claim, are easy to read, and refer to just the works they name."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import lesson_story as story
import nbformat
import notebook_story
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from hipbook.questions import questions
from hipbook.reference import citation, reference, source_keys
from hipbook.widgets.self_check import check_yourself

FOLDER = Path(__file__).parents[1] / "notebooks"
NAMES = sorted(path.name for path in FOLDER.glob("*.ipynb"))
LESSONS = [name for name in NAMES if name[:2] in {entry.lesson for entry in questions()}]
ARTICLE = "- Duffy, B. *Healthy hips, happy back* (article, educational)."

Change = Callable[[NotebookNode], None]


def committed(name: str) -> NotebookNode:
    return nbformat.read(FOLDER / name, as_version=4)


# --- the rules, and each of them broken -----------------------------------


def beat(number: int) -> list[NotebookNode]:
    return [
        new_markdown_cell(f"## {number}. A question\n\nThe article says that hips move."),
        new_markdown_cell(f"**Predict {number}.** What will you see?"),
        new_code_cell("hb.gait_explorer()"),
        new_markdown_cell("**What you saw.** It moved."),
        new_markdown_cell("**How sure? Partly supported.** One study did, another did not."),
        new_code_cell(f'hb.check_yourself("01.{number}")'),
    ]


def lesson() -> NotebookNode:
    """Return a small lesson that keeps every rule."""
    three = "\n".join(f"{n}. you can walk" for n in (1, 2, 3))
    head = new_markdown_cell(f"# Hips\n\n**Aims.** After this,\n\n{three}\n\n**Time.** 5 minutes.")
    ends = ["## What this model leaves out", f"## What you have done\n\n{three}", "## References\n\n- A."]
    middle = [cell for number in range(1, 5) for cell in beat(number)]
    return new_notebook(cells=[head, *middle, *map(new_markdown_cell, ends)])


def replaces(old: str, new: str) -> Change:
    """Return a change of the first cell that holds a text."""

    def change(notebook: NotebookNode) -> None:
        cell = next(cell for cell in notebook.cells if old in cell.source)
        cell.source = cell.source.replace(old, new)

    return change


def drops(text: str) -> Change:
    return lambda notebook: notebook.cells.remove(next(c for c in notebook.cells if text in c.source))


def codes(notebook: NotebookNode) -> None:
    notebook.cells += [new_code_cell("hb.gait_figure()")] * 4


def calls_first(notebook: NotebookNode) -> None:
    notebook.cells.insert(2, new_code_cell("hb.gait_figure()"))


HARD = (
    "Longitudinal investigations characteristically demonstrate considerable interindividual variability. "
    * 9
)

BROKEN: list[tuple[Callable, Change]] = [
    (story.predictions_are_numbered, replaces("**Predict 3.**", "**Predict 4.**")),
    (story.predictions_are_numbered, drops("**Predict 1.**")),
    (story.easy_to_read, replaces("One study did", HARD)),
    (story.checks_are_numbered, drops("01.4")),
    (story.checks_are_numbered, replaces("01.2", "01.3")),
    (story.checks_are_numbered, replaces("01.2", "02.2")),
    (story.every_beat_predicts_and_checks, drops("01.2")),
    (story.every_beat_predicts_and_checks, drops("**Predict 2.**")),
    (story.prediction_before_the_first_call, calls_first),
    (story.every_claim_is_graded, drops("**How sure?")),
    (story.every_claim_is_graded, replaces("Partly supported", "Very sure")),
    (story.mostly_text, codes),
    (story.three_aims_and_a_time, replaces("3. you can walk", "")),
    (story.three_aims_and_a_time, replaces("**Time.**", "")),
    (story.three_aims_and_a_time, replaces("## What you have done", "## What you have done\n\n4. more")),
    (story.ends_with_limits_recap_and_references, drops("## What this model leaves out")),
    (story.ends_with_limits_recap_and_references, replaces("## References", "## Books")),
]


@pytest.mark.parametrize(("rule", "change"), BROKEN, ids=[rule.__name__ for rule, _ in BROKEN])
def test_each_rule_sees_what_breaks_it(rule, change):
    notebook = lesson()
    assert list(rule(notebook)) == []
    change(notebook)
    assert list(rule(notebook)) != []


def test_every_rule_has_been_seen_to_fail():
    assert {rule for rule, _ in BROKEN} == {*story.RULES, *story.LESSON_RULES}


def test_a_decimal_point_and_a_source_in_brackets_do_not_change_the_grade():
    plain = story.reading_grade(["The hip went on to 20 degrees while the walker walked at ease."])
    marked = ["The hip went on to 2.0 degrees while the walker walked at ease (Lee 2005; Mettler n.d.)."]
    assert story.reading_grade(marked) == plain


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_easy_to_read_and_numbers_its_predictions(name):
    assert [line for rule in story.RULES for line in rule(committed(name))] == []


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_keeps_the_rhythm(name):
    assert [line for rule in story.LESSON_RULES for line in rule(committed(name))] == []


# --- what the lessons say -------------------------------------------------


def asked(name: str) -> list[str]:
    found = story.CHECK.findall("\n".join(cell.source for cell in committed(name).cells))
    return [f"{lesson}.{number}" for lesson, number in found]


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_asks_all_its_questions_and_no_other(name):
    assert asked(name) == [entry.id for entry in questions() if entry.lesson == name[:2]]


def works_named(name: str) -> set[str]:
    """Return the sources that a lesson names: in its text, under its pictures and in its questions."""
    notebook = committed(name)
    for held in notebook.cells:
        if held.source.startswith("## References"):
            held.source = ""
    said = [cell.source for cell in notebook.cells]
    said += [
        text
        for _, _, output in notebook_story.outputs(notebook)
        for text in notebook_story.output_texts(output)
    ]
    panels = map(check_yourself, asked(name))
    said += [str(panel.question) for panel in panels]
    whole = html.unescape("\n".join(said))
    return {key for key in source_keys() if citation(key) in whole}


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_refers_to_just_the_works_that_it_names(name):
    first, *rest = story.section(committed(name), "References").splitlines()[2:]
    assert first == ARTICLE
    assert rest == sorted((f"- {reference(key)}" for key in works_named(name)), key=str.lower)


@pytest.mark.parametrize("name", LESSONS)
def test_each_year_in_brackets_belongs_to_a_work_of_the_references(name):
    known = {citation(key) for key in works_named(name)}
    text = "\n".join(story.prose(committed(name)))
    brackets = re.findall(r"\(([^()]*(?:\d{4}[a-z]?|n\.d\.)[^()]*)\)", text)
    assert brackets
    loose = [part for found in brackets for part in found.split("; ") if re.search(r"\d{4}|n\.d\.", part)]
    assert [part for part in loose if part.removeprefix("computed from ") not in known] == []


def test_the_test_is_taught_in_the_same_six_steps_in_both_lessons_that_need_it():
    def steps(name: str) -> str:
        [cell] = [
            cell for cell in committed(name).cells if cell.source.startswith("**The test in six steps**")
        ]
        return cell.source

    assert steps("04_measure_your_hips.ipynb") == steps("06_class_lab.ipynb")


def test_only_reasons_are_said_to_need_a_yes_for_of_discomfort_the_player_only_asks():
    (said,) = [
        cell.source for cell in committed("05_my_progress.ipynb").cells if "Dots are your" in cell.source
    ]
    assert "Reasons stand there only if you let the log keep them." in said
    assert "Both" not in said
