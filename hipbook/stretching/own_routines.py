"""A person's own routines, saved by name in ``routines.json`` of their workspace."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from hipbook.atomic import write_atomically
from hipbook.copies import free_name
from hipbook.progress.durable import locked
from hipbook.progress.tables import CODE
from hipbook.stretching.catalog import catalog
from hipbook.stretching.routine import RoutineError, compile_plan

__all__ = ["FILE", "OwnRoutine", "delete", "listed", "save", "trouble"]

FILE = "routines.json"
"""Name of the file in the workspace."""

NAME_MAX = 60
"""Longest name, in characters."""

PREFIX = "own:"
"""How the ids of own routines begin, so that they never meet those of the catalogue."""

ITEM = ("stretch", "sides", "hold_s", "repetitions")
SETTINGS = ("first_side", "ready_s", "switch_s", "rest_s", "wait_for_me")


@dataclass(frozen=True)
class OwnRoutine:
    """One routine of the person's own.

    Attributes
    ----------
    id : str
        Stays the same when the routine is saved again; it is what the log's ``routine`` column says.
    name : str
        As the person wrote it.
    choices : dict
        What :func:`hipbook.stretching.routine.compile_plan` takes.
    """

    id: str
    name: str
    choices: dict[str, Any]

    def as_data(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return asdict(self)


class _UnreadableError(Exception):
    """The file is there and is not what hipbook writes."""


def listed(folder: Path) -> list[OwnRoutine]:
    """Return the routines that are kept in a workspace, by name.

    Those that cannot be planned (any more) are passed over, and stay in the file. A file that cannot be
    understood has none: :func:`trouble` says so.
    """
    try:
        entries = _read(folder / FILE)
    except (_UnreadableError, OSError):
        return []
    return sorted((own for own in map(_usable, entries) if own), key=lambda own: own.name.casefold())


def trouble(folder: Path) -> str:
    """Return one line that says why own routines cannot be read, or an empty one."""
    try:
        _read(folder / FILE)
    except _UnreadableError:
        return (
            f"{FILE} must be the JSON that hipbook wrote, and is not: put it right, or save a routine again "
            "(the old file is then kept beside)"
        )
    except OSError as error:
        return f"{FILE} must be readable, got: {error.strerror or error}: allow reading it"
    return ""


def save(folder: Path, name: object, choices: object) -> OwnRoutine:
    """Keep a routine; one of the same name, upper and lower case being alike, is replaced.

    A file that cannot be understood is renamed and stays beside the new one.

    Parameters
    ----------
    folder : Path
        Of the workspace.
    name : str
        1 to 60 characters, spaces around it not counted; none that the catalogue has as an id.
    choices : mapping
        As :func:`hipbook.stretching.routine.choices_of` returns; its ``routine`` becomes the id.

    Raises
    ------
    RoutineError
        When the name or the choices break a rule: name, rule and value.
    LogWriteError
        When the file cannot be written.
    """
    name = _checked_name(name)
    kept = _checked_choices(choices)
    path = folder / FILE
    with locked(path):
        entries = _readable(path)
        same = next((entry for entry in entries if _is_called(entry, name)), None)
        id = same["id"] if same else _free_id(name, entries)
        own = OwnRoutine(id, name, kept | {"routine": id})
        _write(path, [entry for entry in entries if entry is not same] + [own.as_data()])
    return own


def delete(folder: Path, id: object) -> None:
    """Forget a routine; one that is not there is forgotten already.

    Raises
    ------
    LogWriteError
        When the file cannot be written.
    """
    path = folder / FILE
    with locked(path):
        entries = _readable(path)
        rest = [entry for entry in entries if entry["id"] != id]
        if len(rest) < len(entries):
            _write(path, rest)


def _read(path: Path) -> list[dict[str, Any]]:
    """Return the entries that have an id and a name, whether they can be planned or not."""
    try:
        content = json.loads(path.read_bytes())
        entries = content["routines"]
        sound = all(isinstance(entry["id"], str) and isinstance(entry["name"], str) for entry in entries)
    except FileNotFoundError:
        return []
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _UnreadableError from None
    if not sound:
        raise _UnreadableError
    return entries


def _readable(path: Path) -> list[dict[str, Any]]:
    """Return the entries; put a file that cannot be understood aside, so that nothing of it is lost."""
    try:
        return _read(path)
    except _UnreadableError:
        path.replace(free_name(path, "unreadable"))
        return []


def _write(path: Path, entries: list[dict[str, Any]]) -> None:
    content = {"schema": 1, "routines": entries}
    write_atomically(path, (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode())


def _usable(entry: Mapping[str, Any]) -> OwnRoutine | None:
    try:
        choices = _checked_choices(entry.get("choices")) | {"routine": entry["id"]}
    except RoutineError:
        return None
    # Somebody may have edited the file: an id that the log refuses would cost every row of the routine.
    if not entry["id"].startswith(PREFIX) or not CODE.fullmatch(entry["id"]):
        return None
    return OwnRoutine(entry["id"], entry["name"], choices)


def _checked_name(name: object) -> str:
    trimmed = " ".join(unicodedata.normalize("NFC", name).split()) if isinstance(name, str) else ""
    if not 1 <= len(trimmed) <= NAME_MAX or not trimmed.isprintable():
        shown = repr(name)
        shown = shown if len(shown) <= 80 else shown[:77] + "..."
        raise RoutineError(f"name must be 1 to {NAME_MAX} letters, digits or signs, got {shown}")
    if trimmed.casefold() in {entry.id for entry in (*catalog().routines, *catalog().stretches)}:
        raise RoutineError(
            f"name must be another than those of hipbook's own routines and stretches, got {trimmed}"
        )
    return trimmed


def _checked_choices(choices: object) -> dict[str, Any]:
    """Return the choices without anything that a plan does not ask for."""
    items = choices.get("items") if isinstance(choices, Mapping) else None
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        raise RoutineError("choices must hold items, a list of stretches with their doses")
    kept = {name: deepcopy(choices.get(name)) for name in SETTINGS}
    kept["items"] = [{name: deepcopy(item.get(name)) for name in ITEM} for item in items]
    if not isinstance(kept["wait_for_me"], bool):
        raise RoutineError(f"wait_for_me must be true or false, got {kept['wait_for_me']}")
    compile_plan(kept | {"routine": PREFIX})
    for numbers in (kept, *kept["items"]):  # a browser may say 30.0
        numbers.update({key: int(value) for key, value in numbers.items() if isinstance(value, float)})
    return kept


def _is_called(entry: Mapping[str, Any], name: str) -> bool:
    return entry["name"].casefold() == name.casefold()


def _free_id(name: str, entries: list[dict[str, Any]]) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:NAME_MAX].strip("-") or "routine"
    taken = {entry["id"] for entry in entries}
    ids = (f"{PREFIX}{slug}" + (f"-{count}" if count > 1 else "") for count in range(1, len(taken) + 2))
    return next(id for id in ids if id not in taken)
