"""The panel that measures, in a notebook: hands its data to the browser, and readings to the log."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from hipbook import workspace as workspaces
from hipbook.guide import Recorder
from hipbook.measuring import TESTS, measure_data
from hipbook.progress.measure import name_of_test
from hipbook.strings import text

__all__ = ["Measure", "measure"]

STATIC = Path(__file__).parent / "static"


class Measure(anywidget.AnyWidget):
    """A panel that measures hip extension. Use :func:`measure` to make one.

    The browser reads the sensor and draws; Python writes. Each reading that arrives is written at most once,
    by its id, and acknowledged after the disk has it; until then the browser keeps it.
    """

    _esm = (STATIC / "measure.js").read_text(encoding="utf-8")
    _css = (STATIC / "measure.style.css").read_text(encoding="utf-8")

    data = traitlets.Dict(help="All that the browser needs: hipbook.measuring.measure_data().").tag(sync=True)

    def __init__(self, recorder: Recorder, data: Mapping[str, Any]):
        self._recorder = recorder
        super().__init__(data={**data, "place": "notebook"})
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        """Return what stands in place of the panel where there is no browser."""
        return text("measuring.static", test=name_of_test(self.data["test"]))

    def _receive(self, _widget: object, message: Mapping[str, Any], _buffers: object) -> None:
        for reply in self._recorder.answer(message):
            self.send(reply)


def measure(test: str = TESTS[0], side: str = "left") -> Measure:
    """Make a panel that measures hip extension, with a picture that follows what is read, and keeps the log.

    Parameters
    ----------
    test : str
        ``"thomas_trig"`` (lying on the back, tape measure), ``"thomas_goniometer"``, ``"thomas_phone"`` or
        ``"prone_phone"`` (face down). Stay with one of them: different tests are never compared.
    side : {"left", "right"}
        The leg to begin with. Both can still be changed in the panel.

    Returns
    -------
    Measure
        Show it by making it the last line of a cell.

    Raises
    ------
    MeasureError
        For an unknown test or side.
    """
    found = workspaces.find()
    return Measure(Recorder(found), measure_data(found, test, side))
