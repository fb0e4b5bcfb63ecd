"""The player for hands, eyes and ears: keys, names, one clock for two views, small and dark screens, axe."""

from __future__ import annotations

import re

import pytest
from lab_driver import ROOT, SCREENSHOTS, open_and_run, scroll_to
from playwright.sync_api import Page, expect

PANEL = re.compile("Guided stretch: No floor today")
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SETUP = {
    "Hold (seconds)": "20",
    "Times per side": "1",
    "Get ready (seconds)": "0",
    "Change sides (seconds)": "2",
}


@pytest.fixture
def panel(lab, page: Page):
    """Return the panel of the routine without floor, set up for short holds."""
    open_and_run(page, lab.url("03_guided_stretches.ipynb"))
    scroll_to(page, 'hb.player("no_floor")')
    panel = page.get_by_role("group", name=PANEL)
    expect(panel).to_be_visible()
    read = panel.get_by_role("button", name="I have read this")
    expect(read).to_be_visible()
    return panel


def set_up(panel) -> None:
    panel.get_by_role("button", name="I have read this").click()
    panel.get_by_text("More: order, pauses, sound").click()
    for label, value in SETUP.items():
        panel.get_by_label(label).fill(value)


def violations(page: Page, skip_or_fail) -> list[str]:
    """Return what axe finds serious or critical within our panels."""
    if not AXE.exists():
        skip_or_fail("axe-core", "run `npm ci --prefix frontend`")
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run('.hipbook-player')")
    assert len(found["passes"]) > 5
    grave = [entry for entry in found["violations"] if entry["impact"] in ("serious", "critical")]
    return [f"{entry['id']}: {entry['nodes'][0]['html']}" for entry in grave]


def test_a_stretch_runs_by_keyboard_alone_and_jupyterlab_never_hears_a_key(panel, page: Page):
    cells = count_cells(page)
    panel.get_by_role("button", name="I have read this").focus()
    page.keyboard.press("Enter")
    start = panel.get_by_role("button", name="Start")
    expect(start).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    pause = panel.get_by_role("button", name="Pause")
    expect(pause).to_be_focused()
    page.keyboard.press("Space")
    expect(panel.locator(".hb-word")).to_have_text("Paused")
    page.keyboard.press("d")
    page.keyboard.press("d")
    page.keyboard.press("Space")
    expect(panel.locator(".hb-word")).to_have_text("Back into position")
    page.keyboard.press("ArrowRight")
    expect(panel.locator(".hb-word")).to_have_text(re.compile("Hold|Back into position"))
    page.keyboard.press("ArrowRight")
    expect(panel.locator(".hb-side")).to_have_text("Left side")
    page.keyboard.press("ArrowLeft")
    expect(panel.locator(".hb-side")).to_have_text("Left side")
    panel.get_by_role("button", name="Stop").focus()
    page.keyboard.press("Enter")
    expect(panel.get_by_text("Stopped. That is fine.")).to_be_focused()
    assert count_cells(page) == cells


def count_cells(page: Page) -> str:
    return re.search(r"Cell \d+/(\d+)", page.locator("#jp-main-statusbar").inner_text())[1]


def test_what_changes_is_said_and_the_ticking_digits_are_not(panel):
    set_up(panel)
    live = panel.locator("[aria-live=polite]")
    panel.get_by_role("button", name="Start").click()
    expect(live).to_have_text("Hold, left side. 20 seconds.")
    expect(panel.get_by_role("timer", name="Time left")).to_have_attribute("aria-live", "off")
    panel.get_by_role("button", name="Pause").click()
    expect(live).to_have_text("Paused.")
    panel.get_by_role("button", name="Stop").click()
    expect(live).to_have_text("Stopped.")


def test_two_views_of_one_player_show_one_clock(panel, page: Page):
    set_up(panel)
    panel.click(button="right", position={"x": 300, "y": 20})
    page.locator(".lm-Menu-itemLabel", has_text="Create New View for Cell Output").click()
    views = page.get_by_role("group", name=PANEL)
    expect(views).to_have_count(2)
    views.last.get_by_role("button", name="Start").click()
    timers = page.get_by_role("timer", name="Time left")
    expect(timers).to_have_count(2)
    expect(timers.first).to_have_text("17", timeout=6000)
    first, last = (int(timers.nth(at).inner_text()) for at in (0, 1))
    assert abs(first - last) <= 1
    views.last.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped. That is fine.")).to_have_count(2)


def test_axe_finds_nothing_grave_in_any_panel_light_and_dark(panel, page: Page, skip_or_fail):
    for theme in ("light", "dark"):
        if theme == "dark":
            choose_dark(page)
        assert violations(page, skip_or_fail) == []
        panel.screenshot(path=SCREENSHOTS / f"access-{theme}-before.png")
        read = panel.get_by_role("button", name="I have read this")
        if read.count():
            set_up(panel)
            assert violations(page, skip_or_fail) == []
        panel.get_by_role("button", name="Start").click()
        expect(panel.locator(".hb-word")).to_have_text("Hold")
        assert violations(page, skip_or_fail) == []
        panel.screenshot(path=SCREENSHOTS / f"access-{theme}-run.png")
        panel.get_by_role("button", name="Skip").click()
        panel.get_by_role("button", name="Stop").click()
        expect(panel.get_by_text("Stopped. That is fine.")).to_be_visible()
        assert violations(page, skip_or_fail) == []
        panel.get_by_role("button", name="Once more").click()


def choose_dark(page: Page) -> None:
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Theme$")).hover()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile("^JupyterLab Dark$")).click()
    page.locator(".hipbook-player[data-theme=dark]").first.wait_for()


def test_on_a_phone_nothing_is_cut_off_and_every_control_can_be_touched(lab, page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    open_and_run(page, lab.url("03_guided_stretches.ipynb", narrow=True))
    scroll_to(page, 'hb.player("no_floor")')
    panel = page.get_by_role("group", name=PANEL)
    set_up(panel)
    panel.get_by_role("button", name="Start").click()
    expect(panel.locator(".hb-word")).to_have_text("Hold")
    panel.screenshot(path=SCREENSHOTS / "narrow-run.png")
    box = panel.bounding_box()
    assert panel.evaluate("element => element.scrollWidth <= element.clientWidth")
    for name in ("Pause", "Back", "Skip", "Stop"):
        button = panel.get_by_role("button", name=name).bounding_box()
        assert min(button["width"], button["height"]) >= 44
        assert button["x"] >= box["x"]
        assert button["x"] + button["width"] <= box["x"] + box["width"]
    panel.get_by_role("button", name="Stop").click()
