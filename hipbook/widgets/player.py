"""The guided-stretch player: gives the browser its plan's choices, and writes the rows that it sends back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from hipbook import workspace as workspaces
from hipbook.progress import log
from hipbook.progress.tables import TABLES
from hipbook.stretching.catalog import catalog
from hipbook.stretching.routine import choices_of, compile_plan
from hipbook.strings import sentences, text

__all__ = ["Player", "player"]

STATIC = Path(__file__).parent / "static"
APPEND = {"holds": log.append_holds, "sessions": log.append_sessions}
SPOKEN = ("felt", "outcome", "phase", "player", "routine", "safety", "say", "side", "stretch")


class Player(anywidget.AnyWidget):
    """A panel that guides one stretch or a routine. Use :func:`player` to make one.

    The browser runs the clock; Python only writes. Each row that arrives is written at most once, by its id,
    and acknowledged after the disk has it; until then the browser keeps it.
    """

    _esm = (STATIC / "player.js").read_text(encoding="utf-8")
    _css = (STATIC / "player.style.css").read_text(encoding="utf-8")

    name = traitlets.Unicode(help="What the panel is called.").tag(sync=True)
    catalog = traitlets.Dict(help="Catalog.as_data()").tag(sync=True)
    choices = traitlets.Dict(help="What set-up begins with, as routine.choices_of() returns.").tag(sync=True)
    strings = traitlets.Dict(help="Sentences by key.").tag(sync=True)
    workspace_id = traitlets.Unicode(help="Under which the browser keeps what waits.").tag(sync=True)
    saves = traitlets.Bool(help="False without a workspace: practice, nothing is saved.").tag(sync=True)

    def __init__(self, folder: Path | None, **traits: Any):
        self._folder = folder
        super().__init__(**traits)
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        """Return what stands in place of the panel where there is no browser."""
        return text("player.static", name=self.name)

    def _receive(self, _widget: object, message: Mapping[str, Any], _buffers: object) -> None:
        if message.get("kind") == "rows" and self._folder is not None:
            for table in APPEND:
                self._write(table, [entry["row"] for entry in message["rows"] if entry["table"] == table])

    def _write(self, table: str, rows: list[Mapping[str, Any]]) -> None:
        good, bad = log.sift(TABLES[table], rows)
        try:
            if good:
                appended = APPEND[table](self._folder, good)
                self.send({"kind": "saved", "ids": appended.ids, "notes": appended.notes})
        except log.LogWriteError as error:
            self.send({"kind": "not_saved", "why": str(error)})
        for error in bad:
            self.send({"kind": "not_saved", "why": str(error)})


@cache
def _spoken() -> dict[str, str]:
    return {key: words for key, words in sentences().items() if key.split(".")[0] in SPOKEN}


def player(what: str = "five_minutes", **changes: Any) -> Player:
    """Make a panel that guides a stretch or a routine, with timers, and keeps the log.

    Parameters
    ----------
    what : str
        A stretch (``"hip_flexor_half_kneeling"``, …) or a routine (``"five_minutes"``, ``"full"``,
        ``"hip_flexor"``, ``"hip_rotator"``, ``"hip_mobilization"``, ``"no_floor"``).
    **changes
        Other choices to begin with: ``first_side`` ("left" or "right"), ``ready_s``, ``switch_s``, ``rest_s``
        [s], ``wait_for_me`` (bool); and for every stretch in it ``sides`` ("both", "left" or "right"),
        ``hold_s`` [s], ``repetitions``.

    Returns
    -------
    Player
        Show it by making it the last line of a cell. Everything can still be changed in the panel.

    Raises
    ------
    RoutineError
        When ``what`` or a choice cannot be planned: name, rule and value.
    """
    choices = _changed(choices_of(what), changes)
    compile_plan(choices)
    found = workspaces.find()
    is_routine = any(routine.id == what for routine in catalog().routines)
    return Player(
        folder=found.log_folder if found else None,
        name=text(f"routine.{what}" if is_routine else f"stretch.{what}.name"),
        catalog=catalog().as_data(),
        choices=choices,
        strings=_spoken(),
        workspace_id=found.id if found else "",
        saves=found is not None,
    )


def _changed(choices: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    from hipbook.stretching.routine import RoutineError

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
