"""One notebook as one page: its text, its still pictures, and a place with data for each panel."""

from __future__ import annotations

import base64
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from hipbook.shipped import PERSONAL
from hipbook.site.calls import call_of
from hipbook.site.markdown import Text
from hipbook.site.panels import PageData, Panel, panel_of, picture_of
from hipbook.strings import text

__all__ = ["Lesson", "SiteTextError", "lesson", "told"]

TIME = re.compile(r"\*\*Time\.\*\* ([^.:,]+)")
EMBEDDED = re.compile(r'src="data:image/svg\+xml;base64,([^"]+)"')
EXERCISE = "exercise_"
"""How the name of an exercise's notebook begins."""

LOG = "log"
"""The panel that other pages lead to."""


class SiteTextError(ValueError):
    """What pages say differently names a cell or a sentence that is not there."""


@dataclass
class Lesson:
    """A page to be.

    Attributes
    ----------
    name : str
        Of the notebook, without its suffix.
    title, body : str
        HTML.
    time : str
        How long it takes; blank when the notebook does not say it.
    headings : list of (str, str)
        Address and HTML of each part.
    data : PageData
        Of its panels.
    pictures : dict of str to bytes
        SVG files by their address.
    """

    name: str
    title: str = ""
    body: str = ""
    time: str = ""
    headings: list[tuple[str, str]] = field(default_factory=list)
    data: PageData = field(default_factory=PageData)
    pictures: dict[str, bytes] = field(default_factory=dict)

    @property
    def number(self) -> str:
        """Two digits; an exercise has its lesson's."""
        return self.name.removeprefix(EXERCISE)[:2]

    @property
    def is_exercise(self) -> bool:
        """Whether it is an exercise, which belongs to the lesson of its number."""
        return self.name.startswith(EXERCISE)

    @property
    def cells(self) -> str:
        """How the ids of the notebook's cells begin."""
        return self.name.replace("_", "-") if self.is_exercise else self.number


def lesson(notebook: Path, pages: dict[str, str]) -> Lesson:
    """Return a notebook as a page.

    Parameters
    ----------
    notebook : Path
        As shipped: a lesson with its still pictures stored, an exercise with nothing.
    pages : dict of str to str
        Addresses of all pages by the names of their notebooks.

    Raises
    ------
    SiteTextError
        When a cell or sentence that pages leave out or say differently is not in the notebook any more.
    """
    made = Lesson(notebook.stem)
    renderer = Text(pages)
    parts = []
    for cell in told(json.loads(notebook.read_text(encoding="utf-8"))["cells"], made.cells):
        source = cell["source"]
        if cell["cell_type"] == "markdown":
            time = TIME.search(source)
            made.time = made.time or (time[1] if time else "")
            parts.append(renderer.html(source))
        elif cell["cell_type"] == "code":
            parts.append(_shown(cell, source, made))
        for more in _changes()["added"]:
            if more["after"] == cell["id"]:
                place = _live(f"{cell['id']}-more", Panel(more["panel"]), "", made)
                parts += [renderer.html(more["text"]), place]
    made.title, made.headings, made.body = renderer.title, renderer.headings, "".join(parts)
    return made


def told(cells: list[dict[str, Any]], start: str) -> Iterator[dict[str, Any]]:
    """Yield the cells that pages show, with what they say there; their ids begin with ``start``."""
    known = {cell["id"] for cell in cells}
    changes = _changes()
    changed = [id for one in changes["changed"] for id in one["cells"]]
    for id in (*changes["left_out"], *changed, *(one["after"] for one in changes["added"])):
        if id.startswith(start) and id not in known:
            raise SiteTextError(f"changes.toml must name cells of {start}, got {id}")
    for cell in cells:
        source = "".join(cell["source"])
        for change in changes["changed"]:
            if cell["id"] not in change["cells"]:
                continue
            if change["text"] not in source:
                raise SiteTextError(f"cell {cell['id']} must hold {change['text']!r}, which pages change")
            source = source.replace(change["text"], change["instead"])
        if cell["id"] not in changes["left_out"]:
            yield cell | {"source": source}


@cache
def _changes() -> dict[str, Any]:
    return tomllib.loads((files("hipbook.site") / "changes.toml").read_text(encoding="utf-8"))


def _shown(cell: dict[str, Any], source: str, made: Lesson) -> str:
    """Return a code cell: its panel where it opens one, else what it showed, with the call folded away."""
    personal = PERSONAL in cell["metadata"].get("tags", ())
    call = call_of(source)
    panel = panel_of(call, personal=personal)
    still = "" if personal else _filed(_stored(cell) or picture_of(call), cell["id"], made)
    if panel is None:
        if not still:
            return ""
        folded = f"<summary>{escape(text('site.code'))}</summary><pre><code>{escape(source)}</code></pre>"
        code = f"<details>{folded}</details>" if "<figure" in still else ""
        return f'<div class="still">{still}{code}</div>\n'
    return _live(cell["id"], panel, still, made)


def _live(id: str, panel: Panel, still: str, made: Lesson) -> str:
    """Return the place of a panel, with what stands there where scripts do not run."""
    made.data.add(id, panel)
    instead = still or panel.paper or f'<p class="needs-script">{escape(text("site.needs_script"))}</p>'
    anchor = f' id="{panel.kind}"' if panel.kind == LOG else ""
    return (
        f'<div class="panel"{anchor}><div class="panel-still">{instead}</div>'
        f'<div class="panel-live" data-panel-id="{id}"></div></div>\n'
    )


def _stored(cell: dict[str, Any]) -> str:
    """Return what a cell showed when the notebook was built, as HTML."""
    data = next((output["data"] for output in cell["outputs"] if "data" in output), {})
    return "".join(data.get("text/html", ""))


def _filed(html: str, id: str, made: Lesson) -> str:
    """Return HTML with its pictures as files beside the page."""

    def filed(found: re.Match[str]) -> str:
        address = f"pictures/{id}-{len(made.pictures)}.svg"
        made.pictures[address] = base64.b64decode(found[1])
        return f'loading="lazy" src="{address}"'

    return EMBEDDED.sub(filed, html)
