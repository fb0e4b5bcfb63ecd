"""The panels of progress in JupyterLab: labelled menus redraw picture and words; light, dark, small, axe."""

from __future__ import annotations

import re

import pytest
from lab_driver import ROOT, SCREENSHOTS, open_and_run, scroll_to
from playwright.sync_api import Locator, Page, expect

from hipbook.figures.views import VIEWS

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
NOTEBOOK = "05_my_progress.ipynb"
SOON = {"timeout": 30_000}  # a kernel that still runs the other cells answers after them


def panel(page: Page, name: str) -> Locator:
    """Scroll to a picture and return its output, once it is the kernel's own and not the stored one."""
    cell = scroll_to(page, f'hb.my_progress(mine, "{name}")')
    shown = cell.locator(".jp-OutputArea-output", has=page.locator("select")).first
    shown.wait_for(timeout=60_000)
    return shown


@pytest.fixture
def opened(lab, page: Page) -> Page:
    """Return a page with lesson 05 run on an empty log."""
    open_and_run(page, lab.url(NOTEBOOK))
    return page


def test_menus_have_names_and_redraw_the_picture_and_its_words(opened):
    shown = panel(opened, "weekly_dose")
    caption, image = shown.locator("figcaption"), shown.locator("figure img")
    expect(caption).to_contain_text("Synthetic sample")
    before = image.get_attribute("src")
    for name in ("Dates", "Stretch", "Side"):
        expect(shown.get_by_label(name, exact=True)).to_be_visible()
    shown.get_by_label("Side", exact=True).select_option(label="Left")
    expect(caption).to_contain_text("Shown: left side.", **SOON)
    assert image.get_attribute("src") != before
    assert image.get_attribute("alt")
    shown.get_by_label("Dates", exact=True).select_option(label="The last 12 weeks")
    expect(caption).to_contain_text(re.compile(r"Shown: left side, .* August 2026\."), **SOON)
    shown.screenshot(path=SCREENSHOTS / "progress-weekly.png")


def test_a_verdict_stays_when_fewer_readings_are_shown(opened):
    shown = panel(opened, "extension")
    caption = shown.locator("figcaption")
    expect(caption).to_contain_text("The mean went from", **SOON)
    verdict = re.search(r"The mean went from .*?\.(?= [A-Z])", caption.text_content())[0]
    shown.get_by_label("Dates", exact=True).select_option(label="The last 4 weeks")
    expect(caption).to_contain_text("The verdict takes all readings, whatever is shown.", **SOON)
    expect(caption).to_contain_text(verdict)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_picture_is_seen_and_axe_finds_nothing_grave(lab, browser, scheme, skip_or_fail):
    if not AXE.exists():
        skip_or_fail("axe-core", "run `npm ci --prefix frontend`")
    context = browser.new_context(viewport={"width": 1300, "height": 1100}, color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(30_000)
    open_and_run(page, lab.url(NOTEBOOK))
    if scheme == "dark":
        page.get_by_role("menuitem", name="Settings", exact=True).click()
        page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Theme$")).hover()
        page.locator(".lm-Menu-itemLabel", has_text=re.compile("^JupyterLab Dark$")).click()
        page.locator("body[data-jp-theme-light=false]").wait_for(state="attached")
    page.add_script_tag(path=AXE)
    for name in VIEWS:
        shown = panel(page, name)
        expect(shown.locator("figure img")).to_be_visible()
        shown.screenshot(path=SCREENSHOTS / f"progress-{name}-{scheme}.png")
        found = page.evaluate("box => axe.run(box)", shown.element_handle())
        grave = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
        assert [f"{one['id']}: {one['nodes'][0]['html']}" for one in grave] == []
    context.close()


def test_on_a_narrow_screen_menus_wrap_and_the_picture_scrolls_by_itself(lab, browser):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(30_000)
    open_and_run(page, lab.url(NOTEBOOK, narrow=True))
    shown = panel(page, "calendar")
    right = [menu.bounding_box() for menu in shown.locator("select").all()]
    assert len(right) == 3
    right.append(shown.locator("figcaption").bounding_box())
    assert max(box["x"] + box["width"] for box in right) <= 390
    shown.screenshot(path=SCREENSHOTS / "progress-narrow.png")
    context.close()
