"""nbgrader takes the exercises as they are: it makes them from the solutions, grades a learner, says why."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from html import unescape
from pathlib import Path

import nbformat
import pytest

from hipbook.exercises import check_answer

ROOT = Path(__file__).parents[1]
TEACHING = ROOT / "docs" / "teaching"
NAME = "exercise_01"
LEARNER = "ada"
WRITTEN = (
    "Just as far back, but the pelvis gave more. These are means of groups, and tell nothing of one person."
)
GIVEN = {"young_deg": "11 + 11", "older_deg": '"22,0°"', "lab_b_deg": "20 + 11"}
"""What the learner fills in: right, right as a text, and a slip; the dots of the fourth task stay."""


def nbgrader(course: Path, *arguments: str) -> None:
    """Run one command of nbgrader in a course's folder."""
    commands = os.pathsep.join(
        [sysconfig.get_path("scripts"), os.environ.get("PATH", "")]
    )  # it calls alembic
    own = {"PATH": commands, "PYTHONPATH": str(ROOT), "JUPYTER_CONFIG_DIR": str(course / "no_config")}
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments, "--assignment", NAME],
        cwd=course,
        env=os.environ | own,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def hand_in(released: Path, handed_in: Path) -> None:
    """Fill in an exercise as a learner does, and hand it in."""
    notebook = nbformat.read(released, as_version=4)
    for cell in notebook.cells:
        name = cell.source.partition(" = ...")[0]
        if name in GIVEN:
            cell.source = cell.source.replace("...", GIVEN[name], 1)
        elif cell.metadata.get("nbgrader", {}).get("grade_id", "").startswith("words-"):
            cell.source = WRITTEN
    handed_in.parent.mkdir(parents=True)
    nbformat.write(notebook, handed_in)


@pytest.fixture(scope="module")
def course(tmp_path_factory, skip_or_fail) -> Path:
    """Return the folder of a course: one exercise given out, handed in by one learner, graded, told."""
    if importlib.util.find_spec("nbgrader") is None:
        skip_or_fail("nbgrader", 'pip install -e ".[test]"')
    course = tmp_path_factory.mktemp("course")
    source = course / "source" / NAME
    source.mkdir(parents=True)
    shutil.copy(TEACHING / "nbgrader_config.py", course)
    shutil.copy(TEACHING / "solutions" / f"{NAME}.ipynb", source)
    nbgrader(course, "generate_assignment")
    file = f"{NAME}.ipynb"
    hand_in(course / "release" / NAME / file, course / "submitted" / LEARNER / NAME / file)
    nbgrader(course, "autograde")
    nbgrader(course, "generate_feedback")
    return course


def test_nbgrader_gives_out_just_the_exercise_that_learners_have(course):
    released = nbformat.read(course / "release" / NAME / f"{NAME}.ipynb", as_version=4)
    ours = nbformat.read(ROOT / "notebooks" / "exercises" / f"{NAME}.ipynb", as_version=4)
    assert [cell.source for cell in released.cells] == [cell.source for cell in ours.cells]
    for cell in released.cells:  # nbgrader signs its cells, and says which kind they are
        for signed in ("checksum", "cell_type"):
            cell.metadata.get("nbgrader", {}).pop(signed, None)
    assert [cell.metadata for cell in released.cells] == [cell.metadata for cell in ours.cells]


def test_nbgrader_gives_a_point_for_each_right_number_and_leaves_words_to_the_teacher(course):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        handed_in = gradebook.find_submission_notebook(NAME, NAME, LEARNER)
        scores = {grade.name: (grade.auto_score, grade.max_score) for grade in handed_in.grades}
        waiting = [grade.name for grade in handed_in.grades if grade.needs_manual_grade]
    assert scores == {
        "check-01-1": (1, 1),
        "check-01-2": (1, 1),
        "check-01-3": (0, 1),
        "check-01-4": (0, 1),
        "words-01-fair": (None, 2),
    }
    assert waiting == ["words-01-fair"]


def test_the_feedback_says_to_a_slip_what_the_exercise_said(course):
    page = (course / "feedback" / LEARNER / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    said = " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())
    for number, given in (("01.3", 31), ("01.4", ...)):
        assert " ".join(check_answer(number, given).words.split()) in said
    assert "Score: 2.0 / 6.0" in said
