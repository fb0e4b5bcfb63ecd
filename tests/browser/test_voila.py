"""03 under Voilà, where nobody sees code: the player shows, runs, and a hold is in the log."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from lab_driver import SCREENSHOTS, Lab
from playwright.sync_api import Page, expect

from hipbook import workspace

PANEL = re.compile("Guided stretch: Hip flexor stretch, standing")


@pytest.fixture
def voila(tmp_path) -> Iterator[Lab]:
    """Run ``voila`` in a fresh workspace, as docs/player.md says."""
    made, _ = workspace.create(tmp_path / "workbook")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {key: value for key, value in os.environ.items() if key != "HIPBOOK_WORKSPACE"}
    process = subprocess.Popen(
        [sys.executable, "-m", "voila", "03_guided_stretches.ipynb", "--no-browser", f"--port={port}"],
        cwd=made.folder,
        env=environment | {"JUPYTER_CONFIG_DIR": str(tmp_path / "config")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    said = next(filter(None, (re.search(r"http://\S+", line) for line in process.stderr)), None)
    assert said, "voila ended without saying where the page is"
    try:
        yield Lab(made.folder, f"http://127.0.0.1:{port}/")
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)


def test_a_stretch_is_done_and_logged_where_no_code_is_seen(voila: Lab, page: Page):
    page.goto(voila.address, timeout=120_000)
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
    [row] = [line.split(",") for line in voila.rows("holds")]
    assert (row[5], row[6], row[9], row[10]) == ("hip_flexor_standing", "left", "5", "done")
