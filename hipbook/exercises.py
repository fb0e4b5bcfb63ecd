"""Exercises: a number that a learner worked out is judged kindly, with the reason; no score is kept."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Literal

from hipbook.questions import Question, read_questions, with_id
from hipbook.shipped import data_folder
from hipbook.strings import text

__all__ = ["Judgement", "NotYetError", "check_answer", "exercises", "number_from"]

ROUNDING = 1e-9
"""A decimal such as 18.0 − 17.7 is not exactly 0.3; the browser's check allows the same."""


class NotYetError(AssertionError):
    """An answer that is not right yet; the message says what the learner is told."""


@dataclass(frozen=True)
class Judgement:
    """What is said to an answer.

    Attributes
    ----------
    verdict : {"right", "wrong", "missing"}
        ``missing``: there is no number yet.
    words : str
        Two lines at most: the verdict, and the reason or a hint.
    """

    verdict: Literal["right", "wrong", "missing"]
    words: str

    def __repr__(self) -> str:
        """Return the words."""
        return self.words

    def _repr_html_(self) -> str:
        first, *rest = self.words.splitlines()
        said = "".join(f'<p style="margin:4px 0">{escape(line)}</p>' for line in rest)
        return f'<div style="max-width:46em;line-height:1.5"><strong>{escape(first)}</strong>{said}</div>'

    def require_right(self) -> None:
        """Do nothing when the answer is right; a grading tool gives the points then.

        Raises
        ------
        NotYetError
            When it is not; the message is what the learner is told.
        """
        if self.verdict != "right":
            raise NotYetError(self.words)


@cache
def exercises() -> tuple[Question, ...]:
    """Return what the exercises ask for, in the order of the lessons; each is a number."""
    return read_questions(data_folder() / "exercises.toml")


def check_answer(exercise_id: str, given: object) -> Judgement:
    """Judge a number that was worked out in an exercise. Nothing is saved, and nobody keeps score.

    Parameters
    ----------
    exercise_id : str
        Lesson and number: ``"01.1"``.
    given : object
        A number in the unit that the exercise names [deg, cm, min or percent], or a text that is one
        (``"9,8°"``). Anything else, such as the dots that stand there at first, counts as no number yet.

    Raises
    ------
    UnknownQuestionError
        When there is no such exercise; the message lists those there are.
    """
    asked = with_id(exercise_id, exercises(), "exercise")
    unit = text(f"self_check.unit.{asked.unit}")
    number = number_from(given)
    if number is None:
        return Judgement("missing", text("exercise.missing", unit=unit))
    values = dict(asked.values) | {"answer": f"{asked.answer:g}"}
    if _near(asked, number, asked.answer):
        verdict, first, why = "right", text("self_check.right"), f"exercise.{asked.id}.why"
    else:
        slips = (key for key, value in asked.slips.items() if _near(asked, number, value))
        slip = next(slips, None)
        why = f"exercise.{asked.id}.slip.{slip}" if slip else f"exercise.{asked.id}.hint"
        verdict, first = "wrong", text("exercise.not_quite", given=f"{number:.4g}", unit=unit)
    return Judgement(verdict, re.sub(r"-(?=\d)", "−", f"{first}\n{text(why, **values)}"))


def number_from(given: object) -> float | None:
    """Return the number that is meant; None when there is none.

    A decimal comma, a typed minus and a unit behind the number count, as in the browser's check.
    """
    if isinstance(given, str):
        plain = given.strip().replace(",", ".").replace("−", "-")
        found = re.fullmatch(r"([+-]?(?:\d+\.?\d*|\.\d+))\s*(?:°|%|[a-z]+)?", plain)
        return float(found[1]) if found else None
    if isinstance(given, bool) or not hasattr(given, "__float__"):
        return None
    try:
        number = float(given)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _near(asked: Question, number: float, value: float) -> bool:
    return abs(number - value) <= asked.tolerance + ROUNDING
