"""The player within JupyterLab: its keys, its views, its themes, a phone; what a page alone cannot show."""

from __future__ import annotations

import json
import re

import pytest
from lab_driver import ROOT, SCREENSHOTS, Lab, open_and_run, scroll_to
from playwright.sync_api import Locator, Page, expect
from state_table import STATES

PANEL = re.compile("Guided stretch: No floor today")
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SETUP = {
    "Hold (seconds)": "20",
    "Times per side": "1",
    "Get ready (seconds)": "0",
    "Change sides (seconds)": "2",
}


@pytest.fixture
def panel(lab: Lab, page: Page) -> Locator:
    """Return the panel of a player that has a name of its own, in a notebook of the learner's."""
    cells = [cell("code", 'import hipbook as hb\npanel = hb.player("no_floor")'), cell("code", "panel")]
    # As long as a real one: lab_driver waits for the tenth cell.
    cells += [cell("markdown", "A line of my own.")] * 8
    notebook = {"cells": cells, "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}}}
    text = json.dumps(notebook | {"nbformat": 4, "nbformat_minor": 4})
    (lab.workspace / "mine.ipynb").write_text(text, encoding="utf-8")
    open_and_run(page, lab.url("mine.ipynb"))
    return page.get_by_role("group", name=PANEL)


def cell(kind: str, source: str) -> dict:
    code = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {}, "source": source} | code


def set_up(panel: Locator) -> None:
    panel.get_by_role("button", name="I have read this").click()
    panel.get_by_text("More: order and pauses").click()
    for label, value in SETUP.items():
        panel.get_by_label(label).fill(value)


def choose(page: Page, menu: str, *items: str) -> None:
    """Choose from a menu of JupyterLab."""
    page.get_by_role("menuitem", name=menu, exact=True).click()
    for item in items:
        entry = page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{item}$"))
        entry.hover()
    entry.click()


def count_cells(page: Page) -> str:
    return re.search(r"Cell \d+/(\d+)", page.locator("#jp-main-statusbar").inner_text())[1]


def test_no_key_typed_in_the_panel_reaches_jupyterlab(panel: Locator, page: Page):
    cells = count_cells(page)
    panel.get_by_role("button", name="I have read this").focus()
    page.keyboard.press("Enter")
    expect(panel.get_by_role("button", name="Start")).to_be_focused()
    page.keyboard.type("dd")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("button", name="Pause")).to_be_focused()
    page.keyboard.press("Space")
    expect(panel.locator(".hb-word")).to_have_text("Paused")
    page.keyboard.type("ddxxab")
    panel.get_by_role("button", name="It hurts").focus()
    page.keyboard.press("Enter")
    expect(panel.get_by_role("heading", name="Let go first.")).to_be_focused()
    page.keyboard.type("dd")
    panel.get_by_role("button", name="Nothing hurts: go on").click()
    panel.get_by_role("button", name="Skip").click()
    expect(panel.get_by_role("timer")).to_have_text(re.compile(r"^2\d$"))
    panel.get_by_role("button", name="Stop").focus()
    page.keyboard.press("Enter")
    expect(panel.get_by_text("Stopped. That is fine.")).to_be_focused()
    page.keyboard.type("dd")
    panel.get_by_label("Note, if you like").focus()
    page.keyboard.type("odd, dd")
    page.keyboard.press("Shift+Enter")
    expect(panel.get_by_label("Note, if you like")).to_have_value("odd, dd\n")
    assert count_cells(page) == cells


def test_two_views_show_one_clock_and_with_none_left_it_pauses_and_says_so(panel: Locator, page: Page):
    set_up(panel)
    panel.click(button="right", position={"x": 300, "y": 20})
    page.locator(".lm-Menu-itemLabel", has_text="Create New View for Cell Output").click()
    expect(panel).to_have_count(2)
    panel.last.get_by_role("button", name="Start").click()
    timers = page.get_by_role("timer", name="Time left")
    expect(timers).to_have_count(2)
    expect(timers.first).to_have_text(re.compile(r"^1\d$"))  # ten seconds long, so that no poll can miss it
    first, last = (int(timers.nth(at).inner_text()) for at in (0, 1))
    assert abs(first - last) <= 1

    page.locator(".lm-TabBar-tab", has_text="Output View").locator(".lm-TabBar-tabCloseIcon").click()
    expect(panel).to_have_count(1)
    expect(panel.locator(".hb-word")).to_have_text("Hold")
    page.locator(".jp-CodeCell").nth(1).locator(".jp-InputArea-editor").click()
    choose(page, "Edit", "Clear Cell Output")
    expect(panel).to_have_count(0)
    paused = '() => Object.values(localStorage).some((kept) => kept.includes(\'"cause":"no_view"\'))'
    page.wait_for_function(paused)

    page.keyboard.press("Control+Enter")
    state = STATES["paused: out of sight"]
    expect(panel.locator(".hb-word")).to_have_text(state.word)
    expect(panel.locator(".hb-why")).to_have_text(state.spoken)
    panel.get_by_role("button", name="Go on").click()
    expect(panel.locator(".hb-word")).to_have_text("Back into position")
    expect(panel.locator(".hb-word")).to_have_text("Hold")


def test_the_panel_follows_jupyterlabs_theme_and_axe_finds_nothing_grave(
    panel: Locator, page: Page, skip_or_fail
):
    if not AXE.exists():
        skip_or_fail("axe-core", "run `npm ci --prefix frontend`")
    page.emulate_media(reduced_motion="reduce")
    page.add_script_tag(path=AXE)
    assert grave(page) == []
    panel.screenshot(path=SCREENSHOTS / "lab-light-first.png")
    set_up(panel)
    panel.get_by_role("button", name="Start").click()
    panel.screenshot(path=SCREENSHOTS / "lab-light-run.png")
    assert grave(page) == []
    choose(page, "Settings", "Theme", "JupyterLab Dark")
    expect(panel).to_have_attribute("data-theme", "dark")
    expect(page.locator("#jupyterlab-splash")).to_have_count(0)
    panel.screenshot(path=SCREENSHOTS / "lab-dark-run.png")
    assert grave(page) == []
    panel.get_by_role("button", name="Skip").click()
    panel.get_by_role("button", name="Stop").click()
    panel.get_by_role("button", name="Correct: Standing, left").click()
    panel.screenshot(path=SCREENSHOTS / "lab-dark-finish.png")
    assert grave(page) == []


def grave(page: Page) -> list[str]:
    """Return what axe finds serious or critical within our panels."""
    found = page.evaluate("axe.run('.hipbook-player')")
    assert len(found["passes"]) > 5
    heavy = [entry for entry in found["violations"] if entry["impact"] in ("serious", "critical")]
    return [f"{entry['id']}: {entry['nodes'][0]['html']}" for entry in heavy]


def test_on_a_phone_nothing_is_cut_off_and_every_control_can_be_touched(lab: Lab, page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    open_and_run(page, lab.url("03_guided_stretches.ipynb", narrow=True))
    scroll_to(page, 'hb.player("no_floor")')
    panel = page.get_by_role("group", name=PANEL)
    panel.get_by_role("button", name="Show the questions").click()
    set_up(panel)
    panel.screenshot(path=SCREENSHOTS / "narrow-setup.png")
    panel.get_by_role("button", name="Start").click()
    expect(panel.locator(".hb-word")).to_have_text("Hold")
    panel.screenshot(path=SCREENSHOTS / "narrow-run.png")
    box = panel.bounding_box()
    assert panel.evaluate("element => element.scrollWidth <= element.clientWidth")
    for name in ("Pause", "Back", "Skip", "+10 s", "It hurts", "Full screen", "Stop"):
        button = panel.get_by_role("button", name=name).bounding_box()
        assert min(button["width"], button["height"]) >= 44
        assert button["x"] >= box["x"]
        assert button["x"] + button["width"] <= box["x"] + box["width"]
    panel.get_by_role("button", name="Stop").click()
