"""The exercises are made from their solutions, which run, earn every point and keep the workbook's rules."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import lesson_story
import nbformat
import notebook_story as story
import pytest
from nbformat import NotebookNode

from hipbook import shipped, workspace
from hipbook.exercises import check_answer, exercises
from hipbook.reference import citation, reference, source_keys

ROOT = Path(__file__).parents[1]
SOLUTIONS = {path.stem: path for path in sorted((ROOT / "docs/teaching/solutions").glob("*.ipynb"))}
EXERCISES = {path.stem: path for path in sorted((ROOT / "notebooks/exercises").glob("*.ipynb"))}
ALL = {asked.id: asked for asked in exercises()}
KEPT = (
    *(story.one_h1_first, story.heading_levels_do_not_skip, story.plain_python, story.no_definitions),
    *(story.few_code_lines, story.one_import_in_the_first_cell, story.no_machine_paths),
    *(story.no_widget_state, story.disclaimer, story.pictures_have_alt, story.no_frightening_words),
    lesson_story.easy_to_read,
)
"""The rules of the workbook that hold for a notebook whose code is the learner's to write."""

CALL = re.compile(r'^hb\.check_answer\("(\d\d\.\d+)", (\w+)\)$', re.MULTILINE)


def book(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def graded(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]


# --- made from their solutions --------------------------------------------


@pytest.fixture(scope="module")
def tool(load_tool, skip_or_fail):
    if importlib.util.find_spec("nbgrader") is None:
        skip_or_fail("nbgrader", 'pip install -e ".[test]"')
    return load_tool("build_exercises")


@pytest.mark.parametrize("name", SOLUTIONS)
def test_an_exercise_is_byte_for_byte_what_its_solution_gives(name, tool):
    stale = f"{name} is not what its solution gives: run python tools/build_exercises.py"
    assert tool.exercise(book(SOLUTIONS[name])) == EXERCISES[name].read_text(encoding="utf-8"), stale


def test_each_lesson_with_an_exercise_has_a_solution_and_nothing_is_left_over():
    numbers = ("01", "02", "04", "05", "06")
    assert list(SOLUTIONS) == list(EXERCISES) == [f"exercise_{number}" for number in numbers]


def test_the_answers_are_those_of_the_questions_and_solutions(tool):
    now = (ROOT / "docs/teaching/answers.md").read_text(encoding="utf-8")
    assert tool.answers(tool.SOLUTIONS) == now, "run python tools/build_exercises.py"


@pytest.fixture(scope="module")
def learner(tmp_path_factory) -> workspace.Workspace:
    return workspace.create(tmp_path_factory.mktemp("learner") / "hipbook-workbook")[0]


@pytest.mark.parametrize("name", SOLUTIONS)
def test_a_solution_runs_and_earns_every_point(name, tool, learner, monkeypatch):
    monkeypatch.setenv(workspace.VARIABLE, str(learner.folder))
    ran = nbformat.reads(tool.built(SOLUTIONS[name], learner.folder), as_version=4)  # fails when a cell does
    assert list(story.no_errors(ran)) == []
    assert plain(ran) == plain(book(SOLUTIONS[name])), "run python tools/build_exercises.py"


def plain(notebook: NotebookNode) -> list[str]:
    """Return what a notebook's cells show, in plain text."""
    return [output.get("data", {}).get("text/plain") for _, _, output in story.outputs(notebook)]


BOOKS = [*EXERCISES.values(), *SOLUTIONS.values()]


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_exercises_and_solutions_keep_the_workbooks_rules(path):
    assert [line for rule in KEPT for line in rule(book(path))] == []


@pytest.mark.parametrize("name", EXERCISES)
def test_an_exercise_gives_away_no_answer_and_begins_without_an_error(name):
    asked = book(EXERCISES[name])
    text = "\n".join(cell.source for cell in asked.cells)
    assert not re.search("BEGIN|END|require_right|One good answer|NotImplemented", text)
    assert [cell.outputs for _, cell in story.cells(asked, "code") if cell.outputs] == []
    for number, name_ in CALL.findall(text):
        assert f"{name_} = ...\n" in text
        assert check_answer(number, ...).verdict == "missing"


@pytest.mark.parametrize("name", SOLUTIONS)
def test_a_solution_asks_each_number_of_its_lesson_once_in_order(name):
    calls = [CALL.search(cell.source) for cell in graded(book(SOLUTIONS[name])) if cell.cell_type == "code"]
    assert [call[1] for call in calls] == [id for id in ALL if id[:2] == name[-2:]]


@pytest.mark.parametrize("name", SOLUTIONS)
def test_every_graded_part_can_be_told_apart_and_has_points(name):
    marks = [cell.metadata.nbgrader for cell in book(SOLUTIONS[name]).cells if "nbgrader" in cell.metadata]
    ids = [mark.grade_id for mark in marks]
    assert len(ids) == len(set(ids))
    assert {mark.schema_version for mark in marks} == {3}
    written = [cell for cell in graded(book(SOLUTIONS[name])) if cell.cell_type == "markdown"]
    assert written
    assert {mark.points for mark in marks if mark.grade and not mark.solution} == {1}
    assert {cell.metadata.nbgrader.points for cell in written} == {2}
    assert all("Two points" in cell.source for cell in written)


@pytest.mark.parametrize("name", SOLUTIONS)
def test_an_exercise_refers_to_just_the_works_that_it_names(name):
    text = "\n".join(cell.source for cell in book(SOLUTIONS[name]).cells)
    body, _, listed = text.partition("## References\n\n")
    named = {key for key in source_keys() if citation(key) in body}
    named |= {key for asked in ALL.values() if asked.id[:2] == name[-2:] for key in asked.sources}
    assert listed.splitlines() == sorted((f"- {reference(key)}" for key in named), key=str.lower)


def test_learners_get_the_exercises_and_not_the_solutions():
    names = [name for name in shipped.workspace_files() if "exercise" in name]
    assert names == [f"exercises/{name}.ipynb" for name in EXERCISES]
