"""What a player needs from Python wherever it runs: its data, and the writing of its rows and of readings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from hipbook.progress import log
from hipbook.progress.stops import standing_stops
from hipbook.progress.tables import TABLES
from hipbook.stretching import own_routines
from hipbook.stretching.catalog import catalog
from hipbook.stretching.precautions import precautions
from hipbook.stretching.routine import RoutineError, choices_of, compile_plan
from hipbook.strings import Sentence, languages, spoken, text
from hipbook.workspace import Workspace

__all__ = ["LANGUAGE", "Recorder", "player_data"]

APPEND = {
    "holds": log.append_holds,
    "sessions": log.append_sessions,
    "measurements": log.append_measurements,
}
LANGUAGE = "en"
"""What is said until the browser asks for another language, and instead of one that there is not."""


def player_data(what: str, workspace: Workspace | None, **changes: Any) -> dict[str, Any]:
    """Return all that a player in a browser needs, as plain JSON data.

    Parameters
    ----------
    what : str
        A routine or a stretch of the catalogue, by its id, or one of the person's own routines, by its id or
        its name.
    workspace : Workspace or None
        Whose log, and whose own routines; None for practice, of which nothing is saved.
    **changes
        Other choices to begin with, as :func:`hipbook.widgets.player.player` takes them.

    Raises
    ------
    RoutineError
        When ``what`` or a choice cannot be planned: name, rule and value.
    """
    own = own_routines.listed(workspace.folder) if workspace else []
    mine = None if _is_ours(what) else next((one for one in own if what in (one.id, one.name)), None)
    choices = _changed(deepcopy(mine.choices) if mine else _known(what, workspace), changes)
    compile_plan(choices)
    return {
        "key": choices["routine"],
        "name": mine.name if mine else _name(what),
        "catalog": catalog().as_data(),
        "choices": choices,
        "precautions": precautions().as_data(),
        "routines": [routine.as_data() for routine in own],
        "stops": standing_stops(workspace.log_folder) if workspace else {},
        "strings": spoken(LANGUAGE),
        "language": LANGUAGE,
        "languages": [{"code": code, "name": name} for code, name in languages().items()],
        "workspace_id": workspace.id if workspace else "",
        "saves": workspace is not None,
    }


def _is_ours(what: str) -> bool:
    return any(entry.id == what for entry in (*catalog().routines, *catalog().stretches))


def _known(what: str, workspace: Workspace | None) -> dict[str, Any]:
    """Return the choices of what the catalogue has; when it has none, say why the person's own is none."""
    try:
        return choices_of(what)
    except RoutineError:
        trouble = own_routines.trouble(workspace.folder) if workspace else ""
        if trouble:
            raise RoutineError(trouble) from None
        raise


def _name(what: str) -> str:
    is_routine = any(routine.id == what for routine in catalog().routines)
    return text(f"routine.{what}" if is_routine else f"stretch.{what}.name")


def _changed(choices: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    for name, value in changes.items():
        if name in choices and name not in ("routine", "items"):
            choices[name] = value
        elif name in choices["items"][0] and name != "stretch":
            for item in choices["items"]:
                item[name] = value
        else:
            known = [key for key in choices if key not in ("routine", "items")]
            known += [key for key in choices["items"][0] if key != "stretch"]
            raise RoutineError(f"choice must be one of {', '.join(known)}, got {name}")
    return choices


class Recorder:
    """Answers what a player's browser side sends; whatever comes in, it never raises.

    Parameters
    ----------
    workspace : Workspace or None
        Where rows and own routines are kept; with None nothing is written.
    """

    def __init__(self, workspace: Workspace | None):
        self._workspace = workspace

    def answer(self, message: object) -> list[dict[str, Any]]:
        """Do what a message asks, and return the replies to it in order.

        Parameters
        ----------
        message : object
            As it came. ``rows`` are written, each at most once by its id, and called saved after the disk
            has them; ``stops`` asks what stopped earlier holds, which is also told with holds that were
            saved; ``language`` asks for sentences; ``save_routine`` and ``delete_routine`` keep the
            person's own routines. Anything else has no answer.
        """
        if not isinstance(message, Mapping):
            return []
        match message.get("kind"):
            case "rows":
                return self._rows(message.get("rows")) if self._workspace else []
            case "stops":
                return [{"kind": "stops"} | self._stops()] if self._workspace else []
            case "language":
                return [_words(message.get("language"))]
            case "save_routine" | "delete_routine" as kind:
                return [self._routines(kind, message)]
        return []

    def _rows(self, entries: object) -> list[dict[str, Any]]:
        if not isinstance(entries, list):
            return [{"kind": "not_saved", **_told(f"rows must be a list, got {_short(entries)}")}]
        sound = [entry for entry in entries if _is_entry(entry)]
        replies: list[dict[str, Any]] = []
        for table in APPEND:
            replies += self._write(table, [entry["row"] for entry in sound if entry["table"] == table])
        rule = f"row must name its table ({' or '.join(APPEND)}) and hold its columns"
        wrong = [f"{rule}, got {_short(entry)}" for entry in entries if not _is_entry(entry)]
        return replies + [{"kind": "not_saved", **_told(why, "row")} for why in wrong]

    def _write(self, table: str, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        good, errors = log.sift(TABLES[table], rows)
        bad = [str(error) for error in errors]
        if table == "measurements" and good:
            from hipbook import measuring  # here, because it loads numpy, which stretching does without

            good, wrong = measuring.check_readings(good)
            bad += wrong
        replies: list[dict[str, Any]] = []
        try:
            if good:
                appended = APPEND[table](self._workspace.log_folder, good)
                notes = [_note(note) for note in appended.notes]
                saved = {"kind": "saved", "table": table, "ids": appended.ids, "notes": notes}
                replies.append(saved | self._stops() if table == "holds" else saved)
                if table == "measurements":
                    replies.append({"kind": "readings", **measuring.readings_so_far(self._workspace)})
        except OSError as error:
            replies.append({"kind": "not_saved", "table": table, **_told(error)})
        return replies + [{"kind": "not_saved", "table": table, **_told(why, "row")} for why in bad]

    def _stops(self) -> dict[str, dict[str, str]]:
        return {"stops": standing_stops(self._workspace.log_folder)}

    def _routines(self, kind: str, message: Mapping[str, Any]) -> dict[str, Any]:
        if self._workspace is None:
            return {"kind": "not_saved_routine", "why": text("workspace.no_routines")}
        folder = self._workspace.folder
        saved = None
        try:
            if kind == "save_routine":
                saved = own_routines.save(folder, message.get("name"), message.get("choices")).id
            else:
                own_routines.delete(folder, message.get("id"))
        except (RoutineError, OSError) as error:
            return {"kind": "not_saved_routine", **_told(error)}
        routines = [own.as_data() for own in own_routines.listed(folder)]
        return {"kind": "routines", "routines": routines, "saved": saved}


def _is_entry(entry: object) -> bool:
    return (
        isinstance(entry, Mapping)
        and isinstance(entry.get("table"), str)
        and entry["table"] in APPEND
        and isinstance(entry.get("row"), Mapping)
    )


def _words(language: object) -> dict[str, Any]:
    known = language if isinstance(language, str) and language in languages() else LANGUAGE
    return {"kind": "strings", "language": known, "strings": spoken(known)}


def _told(why: str | Exception, cause: str = "other") -> dict[str, Any]:
    """Return why something was not kept: a key of the panel's own sentences, and the line in English."""
    told = {"key": f"player.trouble.{getattr(why, 'cause', cause)}", "why": str(why)}
    return told | {"values": {"file": why.path.name}} if isinstance(why, log.LogWriteError) else told


def _note(note: str) -> dict[str, Any]:
    """Return what is said of a log that could be written, in the same form."""
    return {"why": note} | ({"key": note.key, "values": note.values} if isinstance(note, Sentence) else {})


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 80 else shown[:77] + "..."
