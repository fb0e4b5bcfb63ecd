"""The panel that measures in JupyterLab, as a learner meets it in lesson 04."""

from __future__ import annotations

import re

import pytest
from lab_driver import ROOT, SCREENSHOTS, Lab, open_and_run, scroll_to
from playwright.sync_api import Locator, Page, expect

NOTEBOOK = "04_measure_your_hips.ipynb"
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture
def panel(lab: Lab, page: Page) -> Locator:
    open_and_run(page, lab.url(NOTEBOOK))
    scroll_to(page, 'hb.measure("thomas_trig")')
    return page.locator(".hipbook-measure")


def type_lengths(panel: Locator, hip: str, knee: str, thigh: str) -> None:
    for label, typed in (("A: hip mark", hip), ("B: knee mark", knee), ("C: from mark", thigh)):
        panel.get_by_label(label).fill(typed)


def test_a_reading_is_in_the_log_once_and_keys_typed_in_the_panel_stay_there(
    panel: Locator, page: Page, lab: Lab
):
    cells = page.locator(".jp-Cell").count()
    panel.get_by_label("A: hip mark").focus()
    page.keyboard.type("ddzz")
    expect(panel.get_by_text("From 5 to 150.")).to_be_visible()
    panel.get_by_role("button", name="Save reading").focus()
    page.keyboard.type("dd")
    type_lengths(panel, "84", "80", "41.5")
    page.keyboard.press("Enter")
    expect(panel.locator(".hb-saved")).to_have_attribute("data-state", "saved")
    panel.get_by_role("button", name="Undo reading 1").focus()
    page.keyboard.type("dd")
    assert page.locator(".jp-Cell").count() == cells
    [row] = lab.rows("measurements")
    assert ",thomas_trig,left,1,hip_extension,5.5," in row


def test_it_follows_jupyterlabs_theme_and_axe_finds_nothing_grave(panel: Locator, page: Page, skip_or_fail):
    if not AXE.exists():
        skip_or_fail("axe-core", "run `npm ci --prefix frontend`")
    type_lengths(panel, "60", "66", "44")
    page.add_script_tag(path=AXE)
    for theme in ("light", "dark"):
        if theme == "dark":
            page.get_by_role("menuitem", name="Settings", exact=True).click()
            page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Theme$")).hover()
            page.locator(".lm-Menu-itemLabel", has_text=re.compile("^JupyterLab Dark$")).click()
            expect(panel).to_have_attribute("data-theme", "dark")
            expect(page.locator("#jupyterlab-splash")).to_have_count(0)
        panel.screenshot(path=SCREENSHOTS / f"measure-lab-{theme}.png")
        run = page.evaluate("axe.run('.hipbook-measure')")
        assert len(run["passes"]) > 5
        assert [one["id"] for one in run["violations"] if one["impact"] in ("serious", "critical")] == []


def test_on_a_phone_the_panel_fits_the_notebook(lab: Lab, page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    open_and_run(page, lab.url(NOTEBOOK, narrow=True))
    scroll_to(page, 'hb.measure("thomas_trig")')
    panel = page.locator(".hipbook-measure")
    type_lengths(panel, "84", "80", "41.5")
    panel.screenshot(path=SCREENSHOTS / "measure-lab-narrow.png")
    assert panel.evaluate("element => element.scrollWidth <= element.clientWidth")
    box, save = panel.bounding_box(), panel.get_by_role("button", name="Save reading").bounding_box()
    assert min(save["width"], save["height"]) >= 44
    assert save["x"] + save["width"] <= box["x"] + box["width"]
