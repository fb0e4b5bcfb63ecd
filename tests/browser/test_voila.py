"""`hipbook show`: a lesson where nobody sees code; the player shows, runs, and a hold is in the log."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from lab_driver import ROOT, SCREENSHOTS, Lab
from playwright.sync_api import Page, Route, expect

PANEL = re.compile("Guided stretch: Hip flexor stretch, standing")


@pytest.fixture
def shown(tmp_path, chromium) -> Iterator[Lab]:
    """Run ``hipbook show 03`` in a folder without a workbook."""
    environment = {key: value for key, value in os.environ.items() if key != "HIPBOOK_WORKSPACE"}
    process = subprocess.Popen(
        [sys.executable, "-m", "hipbook", "show", "03", "--no-browser"],
        cwd=tmp_path,
        env=environment | {"JUPYTER_CONFIG_DIR": str(tmp_path / "config"), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    said = next(filter(None, (re.search(r"http://\S+", line) for line in process.stdout)), None)
    assert said, process.stderr.read()
    try:
        yield Lab(tmp_path / "hipbook-workbook", said[0])
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    assert process.returncode == 0


def test_a_stretch_is_done_and_logged_where_no_code_is_seen(shown: Lab, page: Page):
    page.goto(shown.address, timeout=120_000)
    panel = page.get_by_role("group", name=PANEL)
    # Which panel asks unasked is the one that came first, here in no certain order.
    questions, read = (
        panel.get_by_role("button", name=name) for name in ("Show the questions", "I have read this")
    )
    questions.or_(read).wait_for(timeout=60_000)
    if questions.is_visible():
        questions.click()
    expect(page.get_by_text("hb.where_saved()")).to_have_count(0)
    read.click()
    panel.get_by_label("Hold (seconds)").fill("5")
    panel.get_by_label("Times per side").fill("1")
    panel.get_by_label("Sides", exact=True).select_option(label="Left only")
    panel.get_by_text("More: order and pauses").click()
    panel.get_by_label("Get ready (seconds)").fill("0")
    panel.screenshot(path=SCREENSHOTS / "voila-setup.png")
    panel.get_by_role("button", name="Start").click()
    expect(panel.get_by_text("Done. Well held.")).to_be_visible(timeout=30_000)
    expect(panel.get_by_text("Saved", exact=True)).to_be_visible()
    page.screenshot(path=SCREENSHOTS / "voila.png")
    [row] = [line.split(",") for line in shown.rows("holds")]
    assert (row[5], row[6], row[9], row[10]) == ("hip_flexor_standing", "left", "5", "done")


def test_only_the_one_with_the_address_gets_in_and_the_page_asks_nobody_else(shown: Lab, page: Page):
    page.goto(shown.address.partition("?")[0], timeout=120_000)
    expect(page).to_have_title(re.compile("Login|Jupyter Server"))
    asked = []

    def note(route: Route) -> None:
        asked.append(urlsplit(route.request.url).netloc)
        route.continue_()

    page.route("**", note)
    page.goto(shown.address, timeout=120_000)
    expect(page.get_by_role("heading", name="Guided stretches")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="05 My progress").first.click()
    expect(page.get_by_role("heading", name="My progress")).to_be_visible(timeout=60_000)
    assert {place for place in asked if place} == {urlsplit(shown.address).netloc}
