"""The lessons as pages: whole, small, with nothing from elsewhere and nothing of whoever builds them."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest
from log_rows import hold

from hipbook import cli, shipped, workspace
from hipbook.progress import log
from hipbook.site import lessons
from hipbook.site.builder import MANIFEST, SiteFolderError, build, site_files
from hipbook.site.calls import COMPUTED, Call, call_of
from hipbook.site.lessons import SiteTextError, lesson
from hipbook.site.markdown import Text
from hipbook.site.panels import PANELS, PageData, Panel
from hipbook.stretching import own_routines
from hipbook.stretching.routine import choices_of

PAGE_MAX = 2_000_000
NOTEBOOKS = {path.stem: path for path in sorted(shipped.notebooks_folder().glob("[0-9][0-9]_*.ipynb"))}
EXERCISES = {path.stem: path for path in sorted(shipped.notebooks_folder().glob("exercises/*.ipynb"))}
ONLY_IN_JUPYTER = re.compile(
    r"\b(this notebook|cells?|kernel|terminal|run it|Shift|JupyterLab|run the|ipynb)\b", re.IGNORECASE
)
LOADED = {"img": "src", "script": "src", "link": "href", "source": "src", "iframe": "src", "use": "href"}


class Seen(HTMLParser):
    """What a page holds: addresses it loads and leads to, ids, words, data."""

    def __init__(self, html: str):
        super().__init__()
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.places: list[str] = []
        self.tags: list[str] = []
        self.words: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self.data = ""
        self._inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append(tag)
        if tag in LOADED and given.get(LOADED[tag]):
            self.loaded.append(given[LOADED[tag]])
        if tag == "a":
            self.links.append(given["href"])
        if tag == "img":
            self.images.append(given)
        if "id" in given:
            self.ids.append(given["id"])
        if "data-panel-id" in given:
            self.places.append(given["data-panel-id"])
        if tag in ("script", "style", "code", "pre"):
            self._inside.append("data" if given.get("id") == "hipbook-data" else tag)

    def handle_endtag(self, tag):
        if tag in ("script", "style", "code", "pre"):
            self._inside.pop()

    def handle_data(self, data):
        if not self._inside:
            self.words.append(data)
        elif self._inside[-1] == "data":
            self.data += data


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    return site_files()


@pytest.fixture(scope="module")
def pages(site) -> dict[str, Seen]:
    found = {name: Seen(content.decode()) for name, content in site.items() if name.endswith(".html")}
    assert len(found) >= 5
    return found


def test_each_notebook_is_a_page_and_the_first_one_is_where_the_site_starts(pages):
    names = {f"{name}.html" for name in (*NOTEBOOKS, *EXERCISES) if not name.startswith("00")}
    assert set(pages) == names | {"index.html"}


def test_every_link_leads_to_a_page_and_a_place_that_are_there(site, pages):
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme == "https", link
                continue
            target = parts.path or name
            assert target in site, f"{name} leads to {link}"
            assert not parts.fragment or parts.fragment in pages[target].ids, f"{name} leads to {link}"


def test_every_page_leads_to_every_lesson(pages):
    lessons_there = {name for name in pages if name[0].isdigit()}
    assert len(lessons_there) == len(NOTEBOOKS) - 1
    for page in pages.values():
        assert lessons_there <= set(page.links)
        assert "index.html" in page.links


def test_nothing_is_loaded_from_elsewhere_and_all_that_is_loaded_is_there(site, pages):
    for name, page in pages.items():
        for address in page.loaded:
            assert address == "data:," or PurePosixPath(unquote(address)).as_posix() in site, (
                f"{name}: {address}"
            )
    for name, content in site.items():
        if name.endswith((".css", ".svg")):
            assert not re.search(rb"url\((?![\"']?(#|data:))|@import", content), name
    script = site["hipbook.js"].decode()
    assert not re.search(r"\bfetch\(|XMLHttpRequest|WebSocket|\bimport\(|sendBeacon|EventSource", script)


def test_no_page_says_a_path_of_the_machine_that_built_it(site):
    home = str(Path(__file__).parents[1])
    assert [name for name, content in site.items() if home.encode() in content] == []
    assert [name for name, content in site.items() if b"file:/" in content] == []


def test_a_page_with_script_style_and_data_is_at_most_two_megabytes_before_pictures(site, pages):
    shared = len(site["hipbook.js"]) + len(site["hipbook.css"])
    assert {name: len(site[name]) + shared for name in pages if len(site[name]) + shared > PAGE_MAX} == {}


def test_scripts_are_classic_since_a_page_from_a_folder_may_not_load_modules(site):
    assert not any(b'type="module"' in content for content in site.values())


def test_building_again_gives_the_same_bytes(site):
    assert site_files() == site


def test_each_cell_that_opens_a_panel_has_a_place_for_it_with_its_data(pages):
    opened = 0
    for name, path in NOTEBOOKS.items():
        page = pages["index.html" if name.startswith("00") else f"{name}.html"]
        data = json.loads(page.data)
        assert set(page.places) == set(data["panels"])
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            call = call_of("".join(cell["source"])) if cell["cell_type"] == "code" else None
            if call and call.name in PANELS:
                opened += 1
                assert cell["id"] in page.places
        for panel in data["panels"].values():
            assert all(place < len(data["values"]) for place in panel["traits"].values())
    assert opened >= 25


def test_what_several_panels_share_stands_in_a_page_once():
    data = PageData()
    shared = {"catalog": ["long"] * 50}
    data.add("a", Panel("player", {"catalog": shared, "key": "a"}))
    data.add("b", Panel("player", {"catalog": shared, "key": "b"}))
    assert data.as_json().count('"long"') == 50
    places = json.loads(data.as_json())["panels"]
    assert places["a"]["traits"]["catalog"] == places["b"]["traits"]["catalog"]
    assert places["a"]["traits"]["key"] != places["b"]["traits"]["key"]


def test_no_sentence_can_end_the_element_that_holds_the_data():
    data = PageData()
    data.add("a", Panel("check", {"question": "</script><script>alert(1)"}))
    assert "<" not in data.as_json()
    assert json.loads(data.as_json())["values"] == ["</script><script>alert(1)"]


def test_the_player_says_that_the_browser_keeps_the_log_in_every_language(pages):
    data = json.loads(pages["03_guided_stretches.html"].data)
    assert set(data["languages"]) == {"de", "en", "es", "fr"}
    for place in data["languages"].values():
        said = data["values"][place]
        assert said["player.saved"] == said["player.site.saved"]
        assert "hipbook open" not in said["player.to_progress_command"]
    assert data["values"][data["panels"]["03-07"]["traits"]["place"]] == "site"


def test_whoever_builds_the_pages_keeps_their_log_and_routines_to_themselves(site, tmp_path, monkeypatch):
    learner, _ = workspace.create(tmp_path / "workbook")
    own_routines.save(learner.folder, "My secret evening", choices_of("no_floor"))
    log.append_holds(learner.log_folder, [hold("mine", outcome="stopped", reason="knee")])
    monkeypatch.setenv(workspace.VARIABLE, str(learner.folder))
    monkeypatch.chdir(learner.folder)
    assert site_files() == site
    assert not any(learner.id.encode() in content for content in site.values())


def test_no_page_tells_the_reader_to_run_cells(pages):
    told = {name: ONLY_IN_JUPYTER.findall(" ".join(page.words)) for name, page in pages.items()}
    assert {name: found for name, found in told.items() if found} == {}


def test_every_picture_has_its_words(pages):
    images = [image for page in pages.values() for image in page.images]
    assert len(images) > 15
    assert [image["src"] for image in images if not image.get("alt")] == []


def test_a_picture_that_comes_late_moves_no_text(pages):
    pictures = [image for page in pages.values() for image in page.images]
    assert pictures
    assert [image["src"] for image in pictures if not (image.get("width") and image.get("height"))] == []


def test_every_page_has_one_title_and_its_headings_in_order(pages):
    for name, page in pages.items():
        levels = [int(tag[1]) for tag in page.tags if re.fullmatch(r"h[1-6]", tag)]
        assert levels.count(1) == 1, name
        assert levels[0] == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name


# --- from cells to pages --------------------------------------------------


@pytest.mark.parametrize(
    ("source", "call"),
    [
        ('hb.player("full", hold_s=40)', Call("player", ("full",), {"hold_s": 40})),
        ("import hipbook as hb\n\nmine = hb.my_log()\nmine", Call("my_log", (), {})),
        ("hb.weekly_dose(mine)", Call("weekly_dose", (COMPUTED,), {})),
        ('hb.check_answer("01.1", young_deg)', Call("check_answer", ("01.1", COMPUTED), {})),
        ("import hipbook as hb", None),
        ("1 + 2", None),
        ("", None),
    ],
)
def test_the_call_that_a_cell_ends_with_is_read_without_running_it(source, call):
    assert call_of(source) == call


def test_a_formula_becomes_mathml_and_a_notebook_a_page():
    rendered = Text({"05_my_progress": "05_my_progress.html"}).html(
        "$HE = T - APT$, [see](05_my_progress.ipynb)"
    )
    assert "<math" in rendered
    assert "$" not in rendered
    assert 'href="05_my_progress.html"' in rendered


def test_two_headings_of_one_name_have_two_addresses():
    text = Text({})
    text.html("# T\n\n## What now?\n\n## What now?\n")
    assert [address for address, _ in text.headings] == ["what-now", "what-now-again"]


@pytest.mark.parametrize(
    "changes",
    [
        {"left_out": ["05-99"], "changed": [], "added": []},
        {
            "left_out": [],
            "changed": [{"cells": ["05-01", "05-99"], "text": "a", "instead": "b"}],
            "added": [],
        },
        {
            "left_out": [],
            "changed": [{"cells": ["05-01"], "text": "not in the notebook", "instead": "b"}],
            "added": [],
        },
        {"left_out": [], "changed": [], "added": [{"after": "05-99", "panel": "weeks", "text": "a"}]},
    ],
)
def test_what_pages_say_differently_must_still_be_in_the_notebook(changes, monkeypatch):
    monkeypatch.setattr(lessons, "_changes", lambda: changes)
    with pytest.raises(SiteTextError):
        lesson(NOTEBOOKS["05_my_progress"], {name: "" for name in NOTEBOOKS})


# --- into a folder --------------------------------------------------------


def test_the_command_writes_the_site_and_says_where_it_begins(site, tmp_path, capsys):
    assert cli.main(["site", "--out", str(tmp_path / "a" / "site")]) == 0
    assert str(tmp_path / "a" / "site" / "index.html") in capsys.readouterr().out
    written = {
        path.relative_to(tmp_path / "a" / "site").as_posix(): path.read_bytes()
        for path in (tmp_path / "a" / "site").rglob("*")
        if path.is_file()
    }
    assert str(tmp_path).encode() not in written.pop(MANIFEST)
    assert written == site


def test_a_site_is_built_over_an_earlier_one_and_what_is_not_made_any_more_goes(tmp_path):
    build(tmp_path)
    manifest = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))
    for name in ("old.html", "../outside.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
        manifest["files"].append(name)
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    (tmp_path / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    build(tmp_path)
    assert not (tmp_path / "old.html").exists()
    assert (tmp_path / "mine.txt").exists()
    assert (tmp_path.parent / "outside.txt").exists()


@pytest.mark.parametrize("content", ["", "{}", "[]"])
def test_a_folder_with_anything_else_is_left_as_it_is(tmp_path, content, capsys):
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    if content:
        (tmp_path / MANIFEST).write_text(content, encoding="utf-8")
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(SiteFolderError):
        build(tmp_path)
    assert cli.main(["site", "--out", str(tmp_path)]) == 2
    assert "must be a new or empty folder" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == before


# --- the twin -------------------------------------------------------------


def test_the_golden_vectors_of_the_log_are_what_python_gives(root, load_tool):
    golden = (root / "frontend" / "golden" / "log.json").read_text(encoding="utf-8")
    assert golden == load_tool("write_golden_log").rendered()
