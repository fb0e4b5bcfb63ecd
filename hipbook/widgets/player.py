"""The guided-stretch player in a notebook: hands its data to the browser, and what comes back to the log."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from hipbook import workspace as workspaces
from hipbook.guide import Recorder, player_data
from hipbook.strings import text

__all__ = ["Player", "player"]

STATIC = Path(__file__).parent / "static"


class Player(anywidget.AnyWidget):
    """A panel that guides one stretch or a routine. Use :func:`player` to make one.

    The browser runs the clock; Python only writes. Each row that arrives is written at most once, by its id,
    and acknowledged after the disk has it; until then the browser keeps it.
    """

    _esm = (STATIC / "player.js").read_text(encoding="utf-8")
    _css = (STATIC / "player.style.css").read_text(encoding="utf-8")

    data = traitlets.Dict(help="All that the browser needs: hipbook.guide.player_data().").tag(sync=True)

    def __init__(self, recorder: Recorder, data: Mapping[str, Any]):
        self._recorder = recorder
        super().__init__(data={**data, "place": "notebook"})
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        """Return what stands in place of the panel where there is no browser."""
        return text("player.static", name=self.data["name"])

    def _receive(self, _widget: object, message: Mapping[str, Any], _buffers: object) -> None:
        for reply in self._recorder.answer(message):
            self.send(reply)


def player(what: str = "five_minutes", **changes: Any) -> Player:
    """Make a panel that guides a stretch or a routine, with timers, and keeps the log.

    Parameters
    ----------
    what : str
        A stretch (``"hip_flexor_half_kneeling"``, …), a routine (``"five_minutes"``, ``"full"``,
        ``"hip_flexor"``, ``"hip_rotator"``, ``"hip_mobilization"``, ``"no_floor"``), or one of your own by
        the name under which you saved it.
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
    found = workspaces.find()
    return Player(Recorder(found), player_data(what, found, **changes))
