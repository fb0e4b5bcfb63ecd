"""The report in a real browser: opened from a file, no request, axe, wide and narrow, light and dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from lab_driver import SCREENSHOTS
from made_report import MADE_ON

import hipbook as hb
from hipbook.reporting.content import report_of
from hipbook.reporting.page import html_of

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
LOOKS = {"light": (1100, "light"), "dark": (1100, "dark"), "390": (390, "light"), "320": (320, "dark")}


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    report = report_of(hb.samples(), made_on=MADE_ON, private=True)
    file = tmp_path_factory.mktemp("stick") / "report.html"
    file.write_text(html_of(report), encoding="utf-8")
    return file


@pytest.mark.parametrize("look", LOOKS)
def test_it_opens_from_a_file_without_a_request_or_a_flaw(file, browser, look, skip_or_fail):
    if not AXE.is_file():
        skip_or_fail("axe-core", "run `npm ci --prefix frontend`")
    width, theme = LOOKS[look]
    # axe is put in from outside, which the page's own policy would not let in.
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=theme, bypass_csp=True
    )
    page = context.new_page()
    asked, logged = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: logged.append(message.text))
    page.goto(file.as_uri())
    page.screenshot(path=SCREENSHOTS / f"report-{look}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert [found["id"] for found in page.evaluate("axe.run()")["violations"]] == []
    assert asked == [file.as_uri()]
    assert logged == []
    context.close()


def test_its_own_policy_stops_whatever_would_run_or_load(file, page, tmp_path):
    broken = tmp_path / "broken.html"
    added = "<script>document.title = 'ran'</script><img src='there.png'></main>"
    broken.write_text(file.read_text(encoding="utf-8").replace("</main>", added), encoding="utf-8")
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(broken.as_uri())
    assert page.title() == "Hip stretching and hip readings: a report"
    assert len(said) == 2
    assert all("Content Security Policy" in line for line in said)


def test_a_table_unfolds_by_key_and_can_be_scrolled(file, page):
    page.goto(file.as_uri())
    first = page.get_by_text("Show the numbers as a table").first
    first.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("group", name="Table: Minutes held per week").is_visible()
