"""The number that an exercise asks for, as a self-check: judged by what ``hb.check_answer`` says of it."""

from __future__ import annotations

from typing import Any

from hipbook.exercises import check_answer, exercises
from hipbook.questions import with_id
from hipbook.strings import text

__all__ = ["number_asked"]

NOBODYS_SLIP = 1e9
"""A wrong number without a reason of its own: the answer to it is the hint."""


def number_asked(exercise_id: str) -> dict[str, Any]:
    """Return what a page asks and says, in the form of `hipbook.widgets.self_check.asked_of`.

    ``shown`` and ``reason`` are blank: the right answer is not shown before it is found, as in the notebook.

    Parameters
    ----------
    exercise_id : str
        Lesson and number: ``"01.1"``.

    Raises
    ------
    UnknownQuestionError
        When there is no such exercise; the message lists those there are.
    """

    def said_to(number: float) -> str:
        return check_answer(exercise_id, number).words.partition("\n")[2]

    asked = with_id(exercise_id, exercises(), "exercise")
    unit = text(f"self_check.unit.{asked.unit}")
    return {
        "kind": "number",
        "title": text("site.exercise.task", number=asked.number),
        "ask": "",  # it stands above
        "answer": asked.answer,
        "options": [],
        "why": said_to(asked.answer),
        "hint": said_to(NOBODYS_SLIP),
        "label": text("self_check.your_number", unit=unit),
        "tolerance": asked.tolerance,
        "slips": [{"value": value, "why": said_to(value)} for value in asked.slips.values()],
        "shown": "",
        "reason": "",
    }
