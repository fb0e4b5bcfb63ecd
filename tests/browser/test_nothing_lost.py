"""A kernel that dies in a hold: the clock goes on, the panel tells the truth, no row is lost."""

from __future__ import annotations

import re

import psutil
from lab_driver import open_and_run, scroll_to
from playwright.sync_api import Page, expect

PANEL = re.compile("Guided stretch: No floor today")


def test_rows_of_a_dead_kernel_are_written_once_when_the_cell_is_run_again(lab, page: Page):
    open_and_run(page, lab.url("03_guided_stretches.ipynb"))
    scroll_to(page, 'hb.player("no_floor")')
    panel = page.get_by_role("group", name=PANEL)
    panel.get_by_role("button", name="I have read this").click()
    panel.get_by_label("Hold (seconds)").fill("6")
    panel.get_by_label("Times per side").fill("1")
    panel.get_by_text("More: order, pauses, sound").click()
    panel.get_by_label("Get ready (seconds)").fill("0")
    panel.get_by_label("Change sides (seconds)").fill("1")
    panel.get_by_role("button", name="Start").click()
    expect(panel.get_by_role("timer")).to_have_text("4", timeout=6000)
    kill_kernels()
    expect(panel.get_by_text("Done. Well held.")).to_be_visible(timeout=30_000)
    expect(panel.get_by_text(re.compile(r"Waiting to save \(\d\)"))).to_be_visible()
    assert lab.rows("holds") == []

    page.get_by_role("dialog", name=re.compile("appears to have died")).get_by_role("button").click()
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    scroll_to(page, 'hb.player("no_floor")')
    fresh = page.get_by_role("group", name=PANEL)
    expect(fresh.get_by_text("Will be saved in your workbook folder")).to_be_visible(timeout=60_000)
    rows = [line.split(",") for line in lab.rows("holds")]
    assert [(row[6], row[8], row[9], row[10]) for row in rows] == [
        ("left", "6", "6", "done"),
        ("right", "6", "6", "done"),
    ]
    assert len(lab.rows("sessions")) == 1


def kill_kernels() -> None:
    """Kill the kernels that our own JupyterLab started, as if the machine ran out of memory."""
    kernels = [
        process
        for process in psutil.Process().children(recursive=True)
        if "ipykernel_launcher" in " ".join(process.cmdline())
    ]
    assert kernels
    for process in kernels:
        process.kill()
