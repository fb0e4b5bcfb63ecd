"""Who leaves out what: the checklist's answers as frozen data, and which stretches they take out.

``frontend/src/precautions.core.js`` is the browser's twin; both are held to the golden vectors in
``frontend/golden/precautions.json``. Answers are never written anywhere.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hipbook.shipped import data_folder
from hipbook.stretching.catalog import Catalog, catalog

__all__ = [
    "Answer",
    "PrecautionError",
    "Precautions",
    "Ruling",
    "Verdict",
    "apply",
    "precautions",
    "read_precautions",
    "verdict",
]

GROUPS = ("hips_knees", "body", "doctor_first")
ASKED = ("clinician", "surgeon", "doctor", "midwife")
URGENCIES = ("soon", "emergency")
"""How soon to be seen, the later ones outranking the earlier."""


class PrecautionError(ValueError):
    """A mistake in precautions.toml, or an answer or stretch that nobody knows: name, rule and value."""


@dataclass(frozen=True)
class Answer:
    """One box of the checklist; its sentence is ``checklist.answer.<key>``.

    Attributes
    ----------
    until_asked, never : tuple of str
        Ids of the stretches that it takes out; those of ``until_asked`` come back once agreed.
    ask : str
        Whom to ask: one of `ASKED`.
    urgency : str or None
        ``"soon"`` or ``"emergency"`` when nothing is to be started and a doctor comes first.
    signs : tuple of str
        What the box stands for, one by one, as ``checklist.sign.<sign>``; empty when its sentence says it.
    """

    key: str
    group: str
    ask: str
    until_asked: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    urgency: str | None = None
    signs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Precautions:
    """All answers, in the order of the file."""

    answers: tuple[Answer, ...]

    def as_data(self) -> dict[str, Any]:
        """Return plain JSON data for the browser, same field names."""
        return dataclasses.asdict(self)


@dataclass(frozen=True)
class Ruling:
    """What the answers say of one stretch: which take it out, whom to ask, and if it is back as agreed."""

    stretch: str
    answers: tuple[str, ...]
    ask: tuple[str, ...]
    askable: bool
    allowed: bool


@dataclass(frozen=True)
class Verdict:
    """What all answers together say; a stretch without a ruling is allowed.

    Attributes
    ----------
    answers : tuple of str
        The answers given, in the order of the file.
    urgency : str or None
        The highest of them; not None means that nothing is started.
    nothing_left : bool
        True when no stretch at all may be done.
    """

    answers: tuple[str, ...]
    urgency: str | None
    nothing_left: bool
    rulings: tuple[Ruling, ...]

    def ruling(self, stretch_id: str) -> Ruling | None:
        """Return what is said of a stretch, None when no answer takes it out."""
        return next((ruling for ruling in self.rulings if ruling.stretch == stretch_id), None)

    def allows(self, stretch_id: str) -> bool:
        """Return True when the stretch may be done."""
        ruling = self.ruling(stretch_id)
        return ruling is None or ruling.allowed

    def as_data(self) -> dict[str, Any]:
        """Return plain JSON data, the same that the browser's twin makes."""
        return dataclasses.asdict(self)


@cache
def precautions() -> Precautions:
    """Return the shipped checklist."""
    return read_precautions(data_folder() / "precautions.toml", catalog())


def verdict(
    answers: Iterable[str],
    agreed: Iterable[str] = (),
    source: Precautions | None = None,
    stretches: Catalog | None = None,
) -> Verdict:
    """Say which stretches the answers take out.

    Parameters
    ----------
    answers : iterable of str
        Keys of the boxes that are ticked.
    agreed : iterable of str
        Ids of the stretches of which the person says: "I asked, and was told that this stretch is fine".

    Raises
    ------
    PrecautionError
        When an answer or a stretch is not known; the message lists those there are.
    """
    source, stretches = source or precautions(), stretches or catalog()
    ids = tuple(stretch.id for stretch in stretches.stretches)
    given, agreed = set(answers), set(agreed)
    for key in sorted(given):
        _one_of("answer", key, tuple(answer.key for answer in source.answers))
    for stretch in sorted(agreed):
        _one_of("stretch", stretch, ids)
    ticked = [answer for answer in source.answers if answer.key in given]
    rulings = []
    for stretch in ids:
        against = [answer for answer in ticked if stretch in answer.until_asked or stretch in answer.never]
        if against:
            askable = not any(stretch in answer.never for answer in against)
            keys = tuple(answer.key for answer in against)
            ask = tuple(dict.fromkeys(answer.ask for answer in against))
            rulings.append(Ruling(stretch, keys, ask, askable, askable and stretch in agreed))
    return Verdict(
        answers=tuple(answer.key for answer in ticked),
        urgency=max(
            (answer.urgency for answer in ticked if answer.urgency), key=URGENCIES.index, default=None
        ),
        nothing_left=sum(not ruling.allowed for ruling in rulings) == len(ids),
        rulings=tuple(rulings),
    )


def apply(choices: Mapping[str, Any], judged: Verdict, source: Catalog | None = None) -> dict[str, Any]:
    """Take out of choices what may not be done.

    Parameters
    ----------
    choices : mapping
        As :func:`hipbook.stretching.routine.choices_of` returns.

    Returns
    -------
    dict
        ``choices``: the same with fewer items, or with a form replaced by its alternate, in the same order;
        ``items`` may be empty. ``changes``: a dict per item that an answer takes out: ``stretch``, ``what``
        ("left_out", "replaced" or, when it was agreed, "put_back"), ``by`` (the stretch in its place, or
        None), ``answers``, ``ask``, ``askable``.
    """
    source = source or catalog()
    items, changes = [], []
    for item in choices["items"]:
        ruling = judged.ruling(item["stretch"])
        if ruling is None or ruling.allowed:
            items.append(item)
            what, by = "put_back", None
        else:
            by = source.stretch(item["stretch"]).alternate
            by = by if by is not None and judged.allows(by) else None
            what = "replaced" if by else "left_out"
            if by:
                items.append({**item, "stretch": by})
        if ruling is not None:
            said = {"answers": list(ruling.answers), "ask": list(ruling.ask), "askable": ruling.askable}
            changes.append({"stretch": ruling.stretch, "what": what, "by": by, **said})
    return {"choices": {**choices, "items": items}, "changes": changes}


def read_precautions(path: Path, source: Catalog) -> Precautions:
    """Read and check a checklist file; groups of stretches become their ids.

    Raises
    ------
    PrecautionError
        Names the answer, the field, the rule and the value.
    """
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    if data.get("schema") != 1:
        raise PrecautionError(f"precautions.toml: schema must be 1, got {data.get('schema')!r}")
    answers = tuple(_answer(entry, source) for entry in data["answer"])
    keys = [answer.key for answer in answers]
    for key in keys:
        if keys.count(key) > 1:
            raise PrecautionError(f"precautions.toml: {key}: key must be unique, got {key!r}")
    return Precautions(answers)


def _answer(entry: Mapping[str, Any], source: Catalog) -> Answer:
    where = f"precautions.toml: {entry.get('key', 'an answer without key')}"
    fields = [field.name for field in dataclasses.fields(Answer)]
    for name in entry:
        _one_of(f"{where}: field", name, tuple(fields))
    for name in ("key", "group", "ask"):
        if name not in entry:
            raise PrecautionError(f"{where}: {name} must be given, got None")
    _one_of(f"{where}: group", entry["group"], GROUPS)
    _one_of(f"{where}: ask", entry["ask"], ASKED)
    _one_of(f"{where}: urgency", entry.get("urgency"), (None, *URGENCIES))
    out = {part: _ids(f"{where}: {part}", entry.get(part, ()), source) for part in ("until_asked", "never")}
    if not (out["until_asked"] or out["never"]):
        raise PrecautionError(f"{where}: until_asked or never must name a stretch, got neither")
    return Answer(**{**entry, **out, "signs": tuple(entry.get("signs", ()))})


def _ids(where: str, words: Iterable[str], source: Catalog) -> tuple[str, ...]:
    """Return the ids, in the catalogue's order, that ids, muscle groups and positions stand for."""
    names = {
        stretch.id: {stretch.id, stretch.muscle_group, stretch.position, "all"}
        for stretch in source.stretches
    }
    for word in words:
        _one_of(where, word, tuple(dict.fromkeys(name for known in names.values() for name in sorted(known))))
    return tuple(stretch for stretch, known in names.items() if known & set(words))


def _one_of(name: str, value: object, allowed: tuple[Any, ...]) -> None:
    if value not in allowed:
        raise PrecautionError(f"{name} must be one of {', '.join(map(str, allowed))}, got {value}")
