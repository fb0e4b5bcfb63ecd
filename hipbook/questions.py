"""The lessons' questions as frozen data, read from data/questions.toml; their sentences stand in strings."""

from __future__ import annotations

import dataclasses
import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from hipbook.shipped import data_folder

__all__ = ["Question", "QuestionError", "UnknownQuestionError"]
__all__ += ["question", "questions", "read_questions", "with_id"]

FEWEST_OPTIONS = {"single": 2, "order": 3}
KINDS = ("single", "number", "order")
ONLY_NUMBER = ("tolerance", "unit", "slips")
UNITS = ("deg", "cm", "min", "percent")


class QuestionError(ValueError):
    """A mistake in a file of questions: which question, which field, which value, which rule."""

    def __init__(self, question: str, name: str, value: object, rule: str, file: str = "questions.toml"):
        super().__init__(f"{file}: {question}: {name} must be {rule}, got {value!r}")
        self.question, self.field, self.value, self.rule = question, name, value, rule


class UnknownQuestionError(KeyError):
    """An id that no question has."""

    def __str__(self) -> str:
        """Return the message without KeyError's quotes."""
        return str(self.args[0])


@dataclass(frozen=True)
class Question:
    """One question and its right answer.

    Attributes
    ----------
    id : str
        Lesson and number: ``"01.3"``. Its sentences are ``question.<id>.…`` in strings.
    kind : str
        ``"single"`` (one option is right), ``"number"`` or ``"order"`` (the options are put in order).
    answer : str, float or tuple of str
        The right option, the right number [`unit`], or all options from first to last.
    options : tuple of str
        Keys, in the order in which they are shown at first; empty for a number.
    tolerance : float or None
        How far a number may be from the answer, both ends included [`unit`].
    unit : str or None
        ``"deg"``, ``"cm"``, ``"min"`` or ``"percent"``.
    slips : mapping of str to float
        Wrong numbers that have a reason of their own, by its key [`unit`].
    values : mapping of str to float
        The numbers that the sentences name, by their ``{gap}``.
    sources : tuple of str
        Keys of ``references.bib``; empty when all numbers are made up for the exercise.
    """

    id: str
    kind: str
    answer: str | float | tuple[str, ...]
    options: tuple[str, ...] = ()
    tolerance: float | None = None
    unit: str | None = None
    slips: Mapping[str, float] = field(default_factory=dict)
    values: Mapping[str, float] = field(default_factory=dict)
    sources: tuple[str, ...] = ()

    @property
    def lesson(self) -> str:
        """The number of the notebook that asks: ``"01"``."""
        return self.id.partition(".")[0]

    @property
    def number(self) -> int:
        """The question's number within its lesson, from 1."""
        return int(self.id.partition(".")[2])


@cache
def questions() -> tuple[Question, ...]:
    """Return the shipped questions, in the order of the lessons."""
    return read_questions(data_folder() / "questions.toml")


def question(question_id: str) -> Question:
    """Return one question.

    Raises
    ------
    UnknownQuestionError
        When there is no such question; the message lists those there are.
    """
    return with_id(question_id, questions(), "question")


def with_id(id: str, entries: Sequence[Question], what: str) -> Question:
    """Return the entry of an id.

    Raises
    ------
    UnknownQuestionError
        When there is none; the message says ``what`` must be one of those there are.
    """
    for entry in entries:
        if entry.id == id:
            return entry
    known = ", ".join(entry.id for entry in entries)
    raise UnknownQuestionError(f"{what} must be one of {known}, got {id!r}")


def read_questions(path: Path) -> tuple[Question, ...]:
    """Read and check a file of questions.

    Raises
    ------
    QuestionError
        Names the question (or ``file``), the field, the value and the rule it breaks.
    """
    try:
        return _read(tomllib.loads(path.read_text(encoding="utf-8")))
    except QuestionError as error:
        raise QuestionError(error.question, error.field, error.value, error.rule, path.name) from None


def _read(data: Mapping[str, Any]) -> tuple[Question, ...]:
    _require("file", "schema", data.get("schema"), data.get("schema") == 1, "1")
    entries = data.get("question", [])
    _require("file", "question", entries, bool(entries), "given at least once")
    read = tuple(map(_question, entries))
    _check_numbering(read)
    return read


def _check_numbering(read: tuple[Question, ...]) -> None:
    asked: dict[str, int] = {}
    for entry in read:
        asked[entry.lesson] = asked.get(entry.lesson, 0) + 1
        expected = f"{entry.lesson}.{asked[entry.lesson]}"
        _require(entry.id, "id", entry.id, entry.id == expected, f"{expected}, the next of its lesson")


def _question(entry: Mapping[str, Any]) -> Question:
    owner = str(entry.get("id", "a question without id"))
    known = {f.name: f for f in dataclasses.fields(Question)}
    for name, value in entry.items():
        _require(owner, name, value, name in known, f"left out (known fields: {', '.join(known)})")
    for name in ("id", "kind", "answer"):
        _require(owner, name, None, name in entry, "given")
    raw = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    read = Question(**raw)
    well_formed = isinstance(read.id, str) and re.fullmatch(r"\d\d\.[1-9]\d*", read.id) is not None
    _require(owner, "id", read.id, well_formed, 'a lesson and a number, as in "01.3"')
    _require(owner, "kind", read.kind, read.kind in KINDS, f"one of {', '.join(KINDS)}")
    _check_common(read)
    {"single": _check_single, "number": _check_number, "order": _check_order}[read.kind](read)
    return read


def _check_common(read: Question) -> None:
    strings = all(isinstance(part, str) for part in (*read.sources, *read.options))
    _require(read.id, "options and sources", (*read.options, *read.sources), strings, "texts")
    for name, value in {**read.values, **read.slips}.items():
        _require(read.id, name, value, _is_number(value), "a finite number")
    if read.kind == "number":
        _require(read.id, "options", read.options, not read.options, "left out of a number")
        return
    for name in ONLY_NUMBER:
        value = getattr(read, name)
        _require(read.id, name, value, not value, 'left out unless kind is "number"')
    fewest, count = FEWEST_OPTIONS[read.kind], len(set(read.options))
    ok = count == len(read.options) and count >= fewest
    _require(read.id, "options", read.options, ok, f"at least {fewest} and all different")


def _check_single(read: Question) -> None:
    ok = read.answer in read.options
    _require(read.id, "answer", read.answer, ok, f"one of {', '.join(read.options)}")


def _check_number(read: Question) -> None:
    _require(read.id, "answer", read.answer, _is_number(read.answer), "a finite number")
    ok = _is_number(read.tolerance) and read.tolerance > 0
    _require(read.id, "tolerance", read.tolerance, ok, "a number above 0")
    _require(read.id, "unit", read.unit, read.unit in UNITS, f"one of {', '.join(UNITS)}")
    for key, value in read.slips.items():
        ok = abs(value - read.answer) > read.tolerance
        _require(read.id, f"slips.{key}", value, ok, "outside the tolerance of the answer")


def _check_order(read: Question) -> None:
    ok = isinstance(read.answer, tuple) and sorted(map(str, read.answer)) == sorted(read.options)
    _require(read.id, "answer", read.answer, ok, "all options, each once")
    _require(read.id, "options", read.options, read.options != read.answer, "shown in another order at first")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _require(owner: str, name: str, value: object, ok: bool, rule: str) -> None:
    if not ok:
        raise QuestionError(owner, name, value, rule)
