"""Builds the site: every file of it, and writes them into a folder of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import jinja2

from hipbook import shipped
from hipbook.atomic import write_atomically
from hipbook.site.calls import Call
from hipbook.site.lessons import Lesson, lesson
from hipbook.site.panels import panel_of
from hipbook.strings import text

__all__ = ["MANIFEST", "SiteFolderError", "build", "site_files"]

MANIFEST = "hipbook-site.json"
"""Lists what was written, so that a later build knows what is its own."""

START, LOGGED, WORDS = "00", "03", "07"
"""Numbers of the notebooks where the site begins, where the log is, and where words are explained."""

STATIC = Path(__file__).parent.parent / "widgets" / "static"
BUNDLES = {"hipbook.js": "site.js", "hipbook.css": "site.style.css"}
DOORS = {"01": "learn", "02": "learn", "03": "stretch", "04": "data", "05": "data", "06": "learn"}
START_PANEL = ("start", Call("gait_explorer", (), {"hip_extension_limit_deg": 5}))
"""What the first page lets one move."""


class SiteFolderError(OSError):
    """The folder that was named for the site holds something else."""


@dataclass(frozen=True)
class Link:
    """One page as the others name it.

    Attributes
    ----------
    number : str
        Two digits; blank for the page that explains words.
    title, address, time, about : str
        ``time`` is how long it takes, ``about`` what is there; blank where that is not said.
    door : str
        What it is for: learning, stretching, one's own data.
    exercise : Link or None
        The exercise that belongs to a lesson.
    """

    number: str
    title: str
    address: str
    time: str
    about: str = ""
    door: str = ""
    exercise: Link | None = None


def build(folder: Path) -> list[str]:
    """Write the site into a folder, and return the names of its files.

    Parameters
    ----------
    folder : Path
        New, empty, or with an earlier site, of which files that are not made any more are removed.

    Raises
    ------
    SiteFolderError
        When the folder holds anything that is not a site of hipbook's.
    """
    earlier = _earlier(folder)
    made = site_files()
    names = sorted(made)
    manifest = json.dumps({"hipbook": shipped.version(), "files": names}, indent=1) + "\n"
    for name, content in (made | {MANIFEST: manifest.encode()}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content)
    for name in earlier - set(names):
        (folder / name).unlink(missing_ok=True)
    return names


def _earlier(folder: Path) -> set[str]:
    """Return the files of the site that stands in a folder; refuse a folder with anything else."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return set()
    try:
        listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        raise SiteFolderError(
            f"--out must be a new or empty folder, or one with an earlier site, got {folder}: name another"
        ) from None
    inside = folder.resolve()
    return {name for name in listed if (folder / name).resolve().is_relative_to(inside)}


def site_files() -> dict[str, bytes]:
    """Return every file of the site by its address; the same bytes each time."""
    folder = shipped.notebooks_folder()
    notebooks = [*sorted(folder.glob("[0-9][0-9]_*.ipynb")), *sorted(folder.glob("exercises/*.ipynb"))]
    pages = {path.stem: _address(path.stem) for path in notebooks}
    made = [lesson(path, pages) for path in notebooks]
    exercises = {
        one.number: Link(text("site.exercise", number=one.number), one.title, pages[one.name], one.time)
        for one in made
        if one.is_exercise
    }
    lessons = [one for one in made if one.number != START and not one.is_exercise]
    links = [_link(one, pages[one.name], exercises.get(one.number)) for one in lessons]
    templates = _templates()
    found = {address: (STATIC / bundle).read_bytes() for address, bundle in BUNDLES.items()}
    for one in made:
        page = _start_page if one.number == START else _lesson_page
        found |= one.pictures
        found[pages[one.name]] = page(templates, one, pages[one.name], links).encode()
    return found


def _link(made: Lesson, address: str, exercise: Link | None) -> Link:
    number = "" if made.number == WORDS else made.number
    door = text(f"site.door.{DOORS[number]}") if number else ""
    about = text(f"site.about.{made.number}")
    return Link(number, made.title, address, made.time, about, door, exercise)


def _address(notebook: str) -> str:
    return "index.html" if notebook.startswith(START) else f"{notebook}.html"


def _templates() -> jinja2.Environment:
    folder = files("hipbook.site") / "templates"
    found = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8")),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    found.globals |= {"t": text, "version": shipped.version()}
    return found


def _start_page(templates: jinja2.Environment, made: Lesson, address: str, links: list[Link]) -> str:
    name, call = START_PANEL
    made.data.add(name, panel_of(call, personal=False))
    values = {
        "lesson": made,
        "address": address,
        "links": links,
        "log": next(link.address for link in links if link.number == LOGGED),
        "start_panel": name,
    }
    return templates.get_template("start.html.jinja").render(values)


def _lesson_page(templates: jinja2.Environment, made: Lesson, address: str, links: list[Link]) -> str:
    at = next(place for place, link in enumerate(links) if link.number == made.number or not link.number)
    here = links[at]
    before = here if made.is_exercise else links[at - 1] if at else None
    values = {
        "lesson": made,
        "address": address,
        "links": links,
        "here": here,
        "eyebrow": text("site.lesson", number=here.number) if here.number and not made.is_exercise else "",
        "exercise": None if made.is_exercise else here.exercise,
        "previous": before,
        "next": links[at + 1] if at + 1 < len(links) else None,
    }
    return templates.get_template("lesson.html.jinja").render(values)
