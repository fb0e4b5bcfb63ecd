"""A lesson's notebook as parts that can be printed: what is said, guessed, seen, claimed and asked."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from paper import LEFT_OUT, on_paper
from trio_sheet import TrioSheet, trio_sheet

from hipbook.exercises import exercises
from hipbook.glossary import Glossary, entries
from hipbook.questions import question
from hipbook.shipped import PERSONAL
from hipbook.site.markdown import PRIVATE, Text
from hipbook.strings import text
from hipbook.widgets.self_check import asked_of

__all__ = ["Part", "Sheet", "sheet", "slides"]

BEATS = {"Move it": "move", "What you saw": "saw", "How sure": "sure"}
CHECK = re.compile(r'hb\.check_yourself\("([\d.]+)"\)')
CLAIM = re.compile(r"\*\*How sure\? ([^*]+)\.\*\* \*([^*]+)\*")
IMAGE = re.compile(r'<img alt="[^"]*"[^>]*?(src="data:image/svg\+xml;base64,[^"]+")[^>]*>')
NUMBER = re.compile(r'hb\.check_answer\("([\d.]+)"')
PREDICT = re.compile(r"\*\*Predict (\d+)\.\*\*\s*")
OWN_BODY = "your own body"
"""What is moved where it says so moves on paper, too; all else that is to be moved is a control."""
RULE = re.compile(r"<blockquote>.*?</blockquote>", re.DOTALL)
WORDS_ON_A_SLIDE = 90
ENDS = ("What this model leaves out", "What you have done", "References")


@dataclass
class Part:
    """One thing on a sheet or slide.

    Attributes
    ----------
    kind : str
        ``head``, ``beat``, ``text``, ``predict``, ``picture``, ``card`` (of a stretch), ``move``, ``saw``,
        ``sure``, ``check``, ``end``; of an exercise also ``blank`` (a number to fill in) and ``lines`` (words
        to write).
    html : str
        What is said; of a picture or card its ``<img>``, of a blank its unit.
    title : str
        Of a beat, an end, a card; of a guess its number.
    words : str
        Of a picture: what it shows, in plain text; of a card its note.
    asked : dict
        Of a check: as `hipbook.widgets.self_check.asked_of` gives it.
    lists : dict of str to list of str
        Of a card: its sentences by their heading.
    """

    kind: str
    html: str = ""
    words: str = ""
    title: str = ""
    asked: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_private(self) -> bool:
        """Whether a guess is kept to oneself."""
        return PRIVATE in self.html

    @property
    def is_wide(self) -> bool:
        """Whether a picture is at least three times as wide as high."""
        svg = b64decode(re.search(r'base64,([^"]+)"', self.html)[1]).decode()
        _, _, width, height = map(float, re.search(r'viewBox="([^"]+)"', svg)[1].split())
        return width >= 3 * height

    @property
    def rules(self) -> str:
        """What is set off in the text, such as an equation, as HTML."""
        return "".join(RULE.findall(self.html))


@dataclass
class Sheet:
    """A lesson.

    Attributes
    ----------
    number, title : str
    opening, parts : list of Part
        What stands before its first heading, and from there on.
    claims : list of (str, str)
        Each with its grade.
    exercise : list of Part
    words : list
        New in this lesson.
    trio : TrioSheet or None
        Where a class measures in threes.
    """

    number: str
    title: str
    opening: list[Part]
    parts: list[Part]
    claims: list[tuple[str, str]]
    exercise: list[Part]
    words: Glossary
    trio: TrioSheet | None

    @property
    def guesses(self) -> list[Part]:
        """All that is to be guessed, in order."""
        return [part for part in self.parts if part.kind == "predict"]


def sheet(notebook: Path, solution: Path | None) -> Sheet:
    """Return a lesson for print.

    Parameters
    ----------
    notebook : Path
        As committed: executed, with its pictures.
    solution : Path or None
        Of its exercise, for the pictures that the tasks show; None when it has no exercise.
    """
    number = notebook.stem[:2]
    said = _Said()
    cells = [cell for cell in _cells(notebook) if cell["id"] not in LEFT_OUT]
    parts = [part for cell in cells for part in _lesson_parts(cell, said)]
    first = next(place for place, part in enumerate(parts) if part.kind == "beat")
    sources = ["".join(cell["source"]) for cell in cells]
    claims = [(claim, grade) for source in sources for grade, claim in CLAIM.findall(source)]
    trio = trio_sheet() if any("hb.class_sheets(" in source for source in sources) else None
    opening, parts = parts[:first], parts[first:]
    return Sheet(number, said.title, opening, parts, claims, _exercise(solution), entries(number), trio)


def _cells(notebook: Path) -> list[dict[str, Any]]:
    return json.loads(notebook.read_text(encoding="utf-8"))["cells"]


class _Said(Text):
    """Text cells as HTML; a link on paper leads nowhere, so it is only its words."""

    def __init__(self) -> None:
        super().__init__({})

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return text


def _lesson_parts(cell: dict[str, Any], said: _Said) -> list[Part]:
    source = on_paper("".join(cell["source"]))
    if cell["cell_type"] == "code":
        return _code_parts(cell, source)
    heading = re.match(r"## (.+)\n*", source)
    if heading:
        title, rest = heading[1], said.html(source[heading.end() :])
        if title in ENDS:
            return [] if title == ENDS[-1] else [Part("end", rest, title=title)]
        return [Part("beat", rest, title=title)]
    if source.startswith("# "):
        return [Part("head", said.html(source))]
    guess = PREDICT.match(source)
    if guess:
        return [Part("predict", said.html(source[guess.end() :]), title=guess[1])]
    before, sure, after = source.partition("**How sure?")
    texts = [(before.strip(), "text"), (sure + after, "sure")]
    parts = [Part(_kind(said_here) or kind, said.html(said_here)) for said_here, kind in texts if said_here]
    return [part for part in parts if part.kind != "move" or OWN_BODY in part.html]


def _kind(source: str) -> str | None:
    return next((kind for start, kind in BEATS.items() if source.startswith(f"**{start}")), None)


def _code_parts(cell: dict[str, Any], source: str) -> list[Part]:
    check = CHECK.search(source)
    if check:
        return [Part("check", asked=asked_of(question(check[1])))]
    if PERSONAL in cell["metadata"].get("tags", ()):
        return []
    for output in cell["outputs"]:
        html = on_paper("".join(output.get("data", {}).get("text/html", "")))
        words = on_paper("".join(output.get("data", {}).get("text/plain", "")))
        image = IMAGE.search(html)
        if image:
            shown = f'<img alt="{escape(words)}" {image[1]}>'
            return [_card(words, shown) if "hb.stretch_card(" in source else Part("picture", shown, words)]
        if html:
            return [Part("text", html)]
    return []


def _card(words: str, shown: str) -> Part:
    """Return the card of a stretch from its plain words: a name, headings with their sentences, a note."""
    name, *lines = words.splitlines()
    lists: dict[str, list[str]] = {}
    for line in lines:
        if line.startswith("- "):
            lists[next(reversed(lists))].append(line[2:])
        else:
            lists[line] = []
    note = " ".join(heading for heading, sentences in lists.items() if not sentences)
    return Part("card", shown, note, name, lists={key: held for key, held in lists.items() if held})


def _exercise(solution: Path | None) -> list[Part]:
    """Return the tasks of an exercise with room for the answers."""
    if solution is None:
        return []
    said, found = _Said(), []
    units = {asked.id: text(f"self_check.unit.{asked.unit}") for asked in exercises()}
    for cell in _cells(solution)[1:]:
        source = "".join(cell["source"])
        number = NUMBER.search(source)
        if cell["metadata"].get("nbgrader", {}).get("points") == 2:
            found.append(Part("lines"))
        elif number:
            found.append(Part("blank", units[number[1]]))
        elif not source.startswith("## References"):
            found += _lesson_parts(cell, said)
    return found


def slides(of: Sheet) -> list[Part]:
    """Return a lesson slide by slide: a heading goes with what follows it, a long list is parted."""
    found: list[Part] = []
    for part in of.opening + of.parts:
        bare = found and found[-1].kind == "beat" and not found[-1].html
        if bare and part.kind == "text":
            title = found.pop().title
            found += [Part("beat", html, title=title) for html in _parted(part.html)]
        else:
            found.append(part)
    return found


def _parted(html: str) -> list[str]:
    """Return a list as lists that fit on a slide each; anything else as it is."""
    items = re.findall(r"<li.*?</li>", html, re.DOTALL)
    lists: list[list[str]] = [[]]
    for item in items:
        if lists[-1] and _words("".join([*lists[-1], item])) > WORDS_ON_A_SLIDE:
            lists.append([])
        lists[-1].append(item)
    return [f"<ul>{''.join(held)}</ul>" for held in lists] if items else [html]


def _words(html: str) -> int:
    return len(re.sub(r"<[^>]+>", " ", html).split())
