"""The lessons as pages, from a folder, without a network: panels work, and nothing is cut off."""

from __future__ import annotations

import functools
import re
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from lab_driver import SCREENSHOTS
from playwright.sync_api import expect
from site_pages import PROGRESS
from test_page import violations

from hipbook.exercises import check_answer
from hipbook.strings import text

PAGES = (
    "index",
    "01_how_the_hip_moves",
    "02_when_the_back_does_the_work",
    "03_guided_stretches",
    "04_measure_your_hips",
    "05_my_progress",
    "exercise_01",
)
STILL_PAGES = (
    "06_class_lab",
    "07_glossary",
    *(f"exercise_{lesson}" for lesson in ("02", "04", "05", "06")),
)


# --- panels ---------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_every_panel_of_a_page_comes_to_life_without_a_network(site, name):
    site.open(name)
    panels = site.page.locator(".panel")
    assert panels.count() > 0
    expect(site.page.locator(".panel:not(.is-live)")).to_have_count(0)
    assert site.page.locator(".panel-live:empty").count() == 0


def test_the_explorer_moves_and_says_what_a_hand_did(site):
    site.open("02_when_the_back_does_the_work")
    explorer = site.page.locator(".hipbook-explorer")
    said = explorer.locator(".hb-said")
    expect(said).to_contain_text("both hips extend 5° at most")
    limit = explorer.get_by_role("slider", name=re.compile("Hip extension"))
    limit.focus()
    for _ in range(5):
        limit.press("ArrowLeft")
    expect(said).to_contain_text("both hips stop at standing straight (0°)")
    figure = explorer.locator("svg").first
    before = figure.inner_html()
    explorer.get_by_role("button", name=re.compile("frame on|forward|on", re.IGNORECASE)).first.click()
    assert figure.inner_html() != before


def test_a_self_check_judges_with_the_reason(site):
    site.open("01_how_the_hip_moves")
    check = site.page.locator(".hipbook-check").first
    check.get_by_role("radio").first.check()
    check.get_by_role("button", name=text("self_check.check")).click()
    expect(check).to_have_attribute("data-state", re.compile("right|wrong"))
    assert len(check.locator(".hb-said").inner_text()) > 40


def test_a_hip_is_measured_by_tape_and_the_page_says_that_it_keeps_nothing(site):
    site.open("04_measure_your_hips")
    panel = site.page.locator(".hipbook-measure")
    for name, cm in (("A: hip mark", "84"), ("B: knee mark", "80"), ("C: from mark to mark", "41.5")):
        panel.get_by_label(re.compile(name)).fill(cm)
    expect(panel.locator("output.hb-big")).to_have_text("+5.5°")
    panel.get_by_role("button", name="Take reading 1 of 3").click()
    expect(panel).to_contain_text("Reading 1")
    expect(panel.locator(".hb-saved")).to_contain_text("nothing is kept on this page")
    assert site.page.evaluate("Object.keys(localStorage).filter((key) => key.includes('log'))") == []


def test_an_explorable_follows_its_control(site):
    site.open("01_how_the_hip_moves")
    card = site.page.locator(".hipbook-explorable[data-kind=ball_and_socket]").first
    said = card.locator(".hb-said").inner_text()
    card.get_by_role("slider").first.press("End")
    expect(card.locator(".hb-said")).not_to_have_text(said)


def test_an_exercise_judges_a_number_as_the_notebook_does_and_never_shows_the_answer(site):
    site.open("exercise_01")
    fields = site.page.locator(".hipbook-check")
    for number, typed in (("01.1", "11"), ("01.2", "22,0°"), ("01.4", "58 %"), ("01.3", "1000")):
        check = fields.nth(int(number[-1]) - 1)
        check.get_by_role("textbox", name=re.compile("Your answer")).fill(typed)
        check.get_by_role("button", name=text("self_check.check")).click()
        judged = check_answer(number, typed)
        expect(check).to_have_attribute("data-state", judged.verdict)
        expect(check.locator(".hb-said")).to_contain_text(judged.words.splitlines()[1])
        expect(check.get_by_role("button", name=text("self_check.show"))).to_be_hidden()


# --- how it looks ---------------------------------------------------------


@pytest.mark.parametrize("name", [*PAGES, *STILL_PAGES])
@pytest.mark.parametrize(("theme", "width"), [("light", 1300), ("dark", 390), ("light", 320)])
def test_axe_finds_nothing_and_nothing_is_cut_off(site, skip_or_fail, name, theme, width):
    site.page.emulate_media(color_scheme=theme)
    site.page.set_viewport_size({"width": width, "height": 900})
    site.open(name)
    expect(site.page.locator(".panel:not(.is-live)")).to_have_count(0)
    site.page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
    assert site.heard == []
    assert violations(site.page, skip_or_fail) == []
    site.heard.clear()  # axe itself asks for the style sheet, in a way that the page forbids
    assert site.page.evaluate("document.documentElement.scrollWidth") <= width
    site.page.screenshot(path=SCREENSHOTS / f"site-{name}-{theme}-{width}.png")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1366, 1024])
@pytest.mark.parametrize("name", ["index", "01_how_the_hip_moves", "07_glossary"])
def test_the_way_to_every_lesson_is_seen_whole(site, name, width, theme):
    site.page.emulate_media(color_scheme=theme)
    site.page.set_viewport_size({"width": width, "height": 768})
    site.open(name)
    bar = site.page.locator(".bar-top")
    edges = bar.evaluate(
        "(bar) => [...bar.querySelectorAll('a, button')].map((one) => {"
        "const box = one.getBoundingClientRect();"
        "const seen = document.elementFromPoint(box.left + 2, (box.top + box.bottom) / 2);"
        "const end = document.elementFromPoint(box.right - 2, (box.top + box.bottom) / 2);"
        "return one.contains(seen) && one.contains(end) })"
    )
    assert len(edges) == 9
    assert all(edges)
    assert bar.locator("nav").evaluate("(nav) => nav.dataset.before ?? nav.dataset.after ?? null") is None
    bar.screenshot(path=SCREENSHOTS / f"site-bar-{name}-{theme}-{width}.png")


def test_on_a_phone_the_way_begins_at_the_page_shows_where_it_goes_on_and_ends_with_the_glossary(site):
    site.page.set_viewport_size({"width": 390, "height": 844})
    site.open("05_my_progress")
    way = site.page.locator(".bar-top nav")
    here = way.locator("[aria-current=page]")
    expect(here).to_have_text("05My progress")
    expect(here).to_be_in_viewport(ratio=1)
    expect(way).to_have_attribute("data-before", "")
    expect(way).to_have_attribute("data-after", "")
    glossary = way.get_by_role("link", name="Glossary")
    glossary.focus()
    way.locator("ul").evaluate("(list) => list.scrollTo(list.scrollWidth, 0)")
    expect(glossary).to_be_in_viewport(ratio=0.99)
    expect(way).not_to_have_attribute("data-after", "")
    way.locator("ul").evaluate("(list) => list.scrollTo(0, 0)")
    expect(way).not_to_have_attribute("data-before", "")
    expect(way).to_have_attribute("data-after", "")


def test_the_theme_that_is_chosen_holds_for_page_panels_and_pictures_on_every_page(site):
    site.page.emulate_media(color_scheme="light")
    site.open("01_how_the_hip_moves")
    site.page.get_by_role("button", name=text("site.theme.dark"), exact=True).click()
    for name in ("01_how_the_hip_moves", PROGRESS):
        site.open(name)
        assert site.page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    site.open("02_when_the_back_does_the_work")
    expect(site.page.locator(".hipbook-explorer")).to_have_attribute("data-theme", "dark")
    site.page.locator(".still img").first.scroll_into_view_if_needed()
    site.page.screenshot(path=SCREENSHOTS / "site-chosen-dark.png")
    site.page.get_by_role("button", name=text("site.theme.light"), exact=True).click()
    expect(site.page.locator(".hipbook-explorer")).to_have_attribute("data-theme", "light")
    assert site.page.evaluate("localStorage.getItem('hipbook:theme')") is None


def test_on_paper_still_pictures_stand_for_the_panels(site):
    site.open("02_when_the_back_does_the_work")
    site.page.emulate_media(media="print")
    still = site.page.locator(".panel", has=site.page.locator(".hipbook-explorer")).locator(
        ".panel-still img"
    )
    expect(still).to_be_visible()
    expect(site.page.locator(".hipbook-explorer")).to_be_hidden()
    expect(site.page.locator(".bar-top")).to_be_hidden()
    assert site.page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_without_scripts_a_page_is_read_with_its_pictures_and_questions(browser, site_folder):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site_folder / "01_how_the_hip_moves.html").as_uri())
    expect(page.locator(".panel-still figure img").first).to_be_visible()
    expect(page.get_by_text("Check yourself 1")).to_be_visible()
    context.close()


def test_the_keyboard_gets_to_the_text_past_the_way_there(site):
    site.open("index")
    site.page.keyboard.press("Tab")
    expect(site.page.get_by_role("link", name=text("site.skip"))).to_be_focused()
    site.page.keyboard.press("Enter")
    expect(site.page.locator("main")).to_be_focused()


# --- from a web space -----------------------------------------------------


def test_the_same_folder_works_from_a_static_host(browser, site_folder):
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site_folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        page.get_by_role("link", name=re.compile("Guided stretches")).first.click()
        expect(page.locator(".panel:not(.is-live)")).to_have_count(0)
        expect(page.locator(".hipbook-player").first).to_contain_text("I have read this")
        context.close()
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
