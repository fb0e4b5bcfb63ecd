"""What a panel needs in a page without Python: the same data as in JupyterLab, from the same functions."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from html import escape
from typing import Any

import anywidget

import hipbook
from hipbook.guide import player_data
from hipbook.measuring import measure_data
from hipbook.progress.tables import SCHEMA, TABLES
from hipbook.site.calls import Call
from hipbook.site.exercise import number_asked
from hipbook.strings import languages, spoken, starting

__all__ = ["PICTURES", "PageData", "Panel", "panel_of", "picture_of", "player_strings", "tables_data"]

SAID_HERE = {
    "measuring.save": "measuring.site.save",
    "measuring.save_more": "measuring.site.save_more",
    "player.log_place": "player.site.log_place",
    "player.not_saving": "player.site.not_saving",
    "player.own_about": "player.site.own_about",
    "player.saved": "player.site.saved",
    "player.saved_idle": "player.site.saved_idle",
    "player.to_progress_command": "player.site.to_progress",
}
"""Sentences about the workbook's folder, and what is true instead where the browser keeps the log."""


@dataclass(frozen=True)
class Panel:
    """One panel of a page.

    Attributes
    ----------
    kind : str
        What hosts it, see ``frontend/src/site/site.page.js``.
    traits : dict
        What it reads, as JSON data.
    paper : str
        HTML that stands for it on paper, where the notebook has stored nothing.
    """

    kind: str
    traits: dict[str, Any] = field(default_factory=dict)
    paper: str = ""


@dataclass
class PageData:
    """All data of a page; values that several panels share stand in it once."""

    panels: dict[str, dict[str, Any]] = field(default_factory=dict)
    _values: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, panel: Panel) -> None:
        """Take a panel's data in, under a name of its own."""
        traits = {trait: self._place(value) for trait, value in panel.traits.items()}
        self.panels[name] = {"kind": panel.kind, "traits": traits}

    def _place(self, value: Any) -> int:
        return self._values.setdefault(json.dumps(value, ensure_ascii=False), len(self._values))

    def as_json(self) -> str:
        """Return it as text for a script element: nothing in it can end the element."""
        speaks = any(panel["kind"] in ("player", "measure") for panel in self.panels.values())
        codes = languages() if speaks else ()
        rest = {
            "panels": self.panels,
            "strings": starting("site."),
            "languages": {code: self._place(player_strings(code)) for code in codes},
            "tables": tables_data(),
        }
        values = ",".join(self._values)
        text = f'{{"values":[{values}],{json.dumps(rest, ensure_ascii=False)[1:]}'
        return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def panel_of(call: Call | None, *, personal: bool) -> Panel | None:
    """Return the panel that a cell's call opens; None when it opens none.

    Parameters
    ----------
    call : Call or None
    personal : bool
        Whether the cell's answer depends on whose log it is: then the browser's log takes its place.
    """
    if call is None:
        return None
    if personal and call.name in LOGS:
        return Panel(LOGS[call.name])
    if call.name == NUMBER:
        return _number(call)
    return PANELS[call.name](call) if call.name in PANELS and call.is_known else None


def picture_of(call: Call | None) -> str:
    """Return a picture that an exercise draws, as HTML; blank when the call draws none.

    Exercises are handed out with nothing stored in them, so that it is drawn here.
    """
    if call is None or call.name not in PICTURES or not call.is_known:
        return ""
    return getattr(hipbook, call.name)(*call.arguments, **call.named).html


@cache
def player_strings(language: str) -> dict[str, str]:
    """Return what the player says on a page: the log is kept in the browser, and no folder is spoken of."""
    said = spoken(language)
    return said | {key: said[here] for key, here in SAID_HERE.items()}


def tables_data() -> list[dict[str, Any]]:
    """Return the log's tables with the rules of their cells, as ``frontend/src/log.core.js`` reads them."""
    return [
        {
            "name": table.name,
            "file": table.file,
            "schema": SCHEMA,
            "instant": table.instant,
            "columns": [_column_data(column) for column in table.columns],
        }
        for table in TABLES.values()
    ]


def _column_data(column: Any) -> dict[str, Any]:
    data = asdict(column)
    return {name: data[name] for name in COLUMN_PARTS} | {"rule": column.rule}


COLUMN_PARTS = ("name", "kind", "required", "minimum", "maximum", "choices", "private")


def _player(call: Call) -> Panel:
    # No workspace: whoever builds the pages keeps their own routines and stops to themselves.
    data = player_data(*call.arguments, None, **call.named)
    here = {"place": "site", "saves": True, "strings": player_strings(data["language"])}
    return Panel("player", data | here)


def _measure(call: Call) -> Panel:
    # For practice: a page does not know how far a person's days lie apart, so it keeps no readings.
    data = measure_data(None, *call.arguments, **call.named)
    return Panel("measure", data | {"strings": player_strings(data["language"])})


def _number(call: Call) -> Panel:
    asked = number_asked(call.arguments[0])
    traits = {"question": asked, "strings": starting("self_check.")}
    return Panel("check", traits, f"<p>{escape(asked['label'])}: ______</p>")


def _widget(kind: str) -> Callable[[Call], Panel]:
    def make(call: Call) -> Panel:
        widget = getattr(hipbook, call.name)(*call.arguments, **call.named)
        return Panel(kind, _traits(widget))

    return make


def _traits(widget: anywidget.AnyWidget) -> Mapping[str, Any]:
    """Return what a widget of ours syncs with its browser side, beyond what every widget does."""
    own = [name for name in widget.keys if name not in _common() and not name.startswith("_")]
    return {name: getattr(widget, name) for name in own}


@cache
def _common() -> frozenset[str]:
    return frozenset(anywidget.AnyWidget(_esm="export default {}").keys)


NUMBER = "check_answer"
"""The call of an exercise that judges a number: on a page the number is typed where it is judged."""

PICTURES = frozenset({"gait_figure", "speed_costs_figure", "thomas_figure"})
"""Calls of exercises that draw a picture; nobody's log is in it."""

LOGS = {"where_saved": "log", "my_log": "log"}
"""Calls about one's own log, and what stands for them where the browser keeps it."""

PANELS: dict[str, Callable[[Call], Panel]] = {
    "player": _player,
    "measure": _measure,
    "gait_explorer": _widget("explorer"),
    "check_yourself": _widget("check"),
    "ball_and_socket": _widget("explorable"),
    "why_labs_disagree": _widget("explorable"),
    "speed_costs": _widget("explorable"),
}
"""Calls that open a panel. Any other call is shown by what is stored in the notebook."""
