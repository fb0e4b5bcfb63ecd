"""The self-check: one question of a lesson, judged in the browser, with the reason; nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from hipbook.questions import Question, question
from hipbook.strings import starting, text

__all__ = ["SelfCheck", "check_yourself"]

STATIC = Path(__file__).parent / "static"


class SelfCheck(anywidget.AnyWidget):
    """A panel that asks one question. Use :func:`check_yourself` to make one.

    The browser judges, so that it also works while the kernel is busy or gone. It sends nothing back.
    """

    _esm = (STATIC / "check.js").read_text(encoding="utf-8")
    _css = (STATIC / "check.style.css").read_text(encoding="utf-8")

    question = traitlets.Dict(help="What to ask and how to judge, as asked_of() returns.").tag(sync=True)
    strings = traitlets.Dict(help="Sentences by key.").tag(sync=True)

    def __init__(self, asked: Question, **traits: Any):
        self._asked = asked
        super().__init__(question=asked_of(asked), strings=starting("self_check."), **traits)

    @property
    def answer(self) -> str:
        """The right answer and its reason, in plain text."""
        return f"{self.question['shown']}\n{self.question['reason']}"

    def __repr__(self) -> str:
        """Return the question in plain text, and how to see its answer."""
        asked = self.question
        lines = [asked["title"], asked["ask"], *(f"- {option['label']}" for option in asked["options"])]
        return "\n".join([*lines, text("self_check.static", id=self._asked.id)])

    def _repr_html_(self) -> str:
        """Return what stands in place of the panel where there is no browser side: the answer is folded."""
        asked = self.question
        options = "".join(f"<li>{escape(option['label'])}</li>" for option in asked["options"])
        answer = "".join(f"<p>{escape(line)}</p>" for line in self.answer.splitlines())
        return (
            '<div style="max-width:46em;line-height:1.5">'
            f"<p><strong>{escape(asked['title'])}.</strong> {escape(asked['ask'])}</p>"
            f"{f'<ul>{options}</ul>' if options else ''}"
            f"<details><summary>{escape(text('self_check.folded'))}</summary>{answer}</details></div>"
        )

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Add the whole question to what anywidget shows; anywidget alone would cut the text short."""
        bundle, metadata = super()._repr_mimebundle_(**kwargs)
        return bundle | {"text/plain": repr(self), "text/html": self._repr_html_()}, metadata


def check_yourself(question_id: str) -> SelfCheck:
    """Ask one question of a lesson: judged at once, with the reason; nothing is saved and nobody keeps score.

    Parameters
    ----------
    question_id : str
        Lesson and number: ``"01.1"``.

    Returns
    -------
    SelfCheck
        Show it by making it the last line of a cell. Its ``answer`` is the right answer in plain text.

    Raises
    ------
    UnknownQuestionError
        When there is no such question; the message lists those there are.
    """
    return SelfCheck(question(question_id))


def asked_of(asked: Question) -> dict[str, Any]:
    """Return a question as the browser gets it: its sentences filled in, and what judges an answer.

    Returns
    -------
    dict
        ``kind``, ``title``, ``ask``, ``answer``; ``options`` with ``key``, ``label`` and ``why`` (empty when
        the kind has one reason for all); ``why`` and ``hint`` (empty for ``"single"``); ``label``,
        ``tolerance`` and ``slips`` with ``value`` and ``why`` for a number [its unit]; ``shown`` and
        ``reason``, the right answer in words.
    """
    single = asked.kind == "single"
    unit = text(f"self_check.unit.{asked.unit}") if asked.unit else ""
    options = {key: _said(asked, f"option.{key}") for key in asked.options}
    reasons = {key: _said(asked, f"why.{key}") if single else "" for key in options}
    why = "" if single else _said(asked, "why")
    return {
        "kind": asked.kind,
        "title": text("self_check.title", number=asked.number),
        "ask": _said(asked, "ask"),
        "answer": list(asked.answer) if isinstance(asked.answer, tuple) else asked.answer,
        "options": [{"key": key, "label": label, "why": reasons[key]} for key, label in options.items()],
        "why": why,
        "hint": "" if single else _said(asked, "hint"),
        "label": text("self_check.your_number", unit=unit) if unit else "",
        "tolerance": asked.tolerance,
        "slips": [{"value": value, "why": _said(asked, f"slip.{key}")} for key, value in asked.slips.items()],
        "shown": text("self_check.shown", answer=_answer_words(asked, options, unit)),
        "reason": reasons[asked.answer] if single else why,
    }


def _said(asked: Question, part: str) -> str:
    return text(f"question.{asked.id}.{part}", **(dict(asked.values) | {"answer": asked.answer}))


def _answer_words(asked: Question, options: Mapping[str, str], unit: str) -> str:
    if asked.kind == "number":
        return f"{asked.answer} {unit}"
    if asked.kind == "single":
        return options[asked.answer]
    return "; ".join(f"{place}. {options[key]}" for place, key in enumerate(asked.answer, 1))
