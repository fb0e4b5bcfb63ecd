"""The teacher's answers in one document: each self-check of the lessons, each task of the exercises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from hipbook.exercises import check_answer, exercises
from hipbook.questions import questions
from hipbook.strings import text
from hipbook.widgets.self_check import asked_of

__all__ = ["answers"]

SIGNS = {"deg": "°", "cm": " cm", "min": " min", "percent": " %"}

HEAD = """# Answers

For teachers. The lessons ask their questions under *Check yourself*; the exercises stand in
`notebooks/exercises`, and on paper at the end of each handout. A number is right within the range given.
This file is made by `python tools/build_exercises.py` from the questions and the solutions.
"""


def answers(solutions: Path) -> str:
    """Return the document.

    Parameters
    ----------
    solutions : Path
        Folder of the solutions, ``exercise_NN.ipynb`` each.
    """
    parts = [HEAD]
    by_lesson = {number: list(asked) for number, asked in groupby(questions(), lambda asked: asked.lesson)}
    books = {path.stem[-2:]: path for path in sorted(solutions.glob("exercise_*.ipynb"))}
    for number in sorted(by_lesson.keys() | books.keys()):
        parts.append(f"## Lesson {number}\n")
        if number in by_lesson:
            parts += ["| check | question | answer | why |\n| --- | --- | --- | --- |"]
            parts += [
                _row(asked) + ("\n" if asked is by_lesson[number][-1] else "") for asked in by_lesson[number]
            ]
        if number in books:
            parts += _tasks(nbformat.read(books[number], as_version=4), number)
    return "\n".join(parts).rstrip() + "\n"


def _row(asked) -> str:
    said = asked_of(asked)
    answer = said["shown"].removeprefix(text("self_check.shown", answer=""))
    if asked.tolerance:
        answer += f" (± {asked.tolerance:g})"
    cells = (str(asked.number), said["ask"], answer, said["reason"])
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _tasks(book: NotebookNode, lesson: str) -> Iterator[str]:
    yield f"### Exercise {lesson}\n"
    asked = {entry.id: entry for entry in exercises()}
    heading = ""
    for cell in book.cells:
        found = re.match(r"## (\d+\. .+)", cell.source)
        heading = found[1] if found else heading
        call = re.match(r'hb\.check_answer\("([\d.]+)"', cell.source)
        if call:
            entry = asked[call[1]]
            number = f"{entry.answer:g}{SIGNS[entry.unit]}".replace("-", "−")
            reason = check_answer(entry.id, entry.answer).words.splitlines()[1]
            yield f"- **{heading}** {number} (± {entry.tolerance:g}). {reason}"
        elif cell.cell_type == "markdown" and cell.metadata.get("nbgrader", {}).get("grade"):
            said = re.sub(r"\s*\n\s*", " ", cell.source)
            yield f"- **{heading}** {said}"
    yield ""
