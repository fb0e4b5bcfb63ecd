"""A kernel is killed, busy or gone with its server, a notebook is reloaded: each hold is written once."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import nbformat
import psutil
import pytest
from fault_driver import HOLDS, Learner, Panel, assert_written_once, keep_short_routine
from lab_driver import Lab, running_lab
from playwright.sync_api import Page, expect

from hipbook import workspace

HOLD_S = 5
DONE = [("left", HOLD_S, "done"), ("right", HOLD_S, "done")]
ROWS = HOLDS + 1
NOTEBOOK = "faults.ipynb"
BUSY_S = 30
CELLS = ("import time\nimport hipbook as hb", 'hb.player("Short")', f"time.sleep({BUSY_S})")


def prepared(folder: Path) -> Learner:
    """Make a notebook with a player, and a routine for it, in a workspace whose log is empty."""
    made = workspace.read(folder)
    keep_short_routine(made, HOLD_S)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    nbformat.write(notebook, made.folder / NOTEBOOK)
    for table in made.log_folder.glob("*.csv"):
        table.unlink()
    return Learner(made.folder)


@pytest.fixture
def learner(lab: Lab) -> Learner:
    return prepared(lab.workspace)


@pytest.fixture
def panel(page: Page) -> Panel:
    return Panel(page)


def status(page: Page):
    return expect(page.locator("#jp-main-statusbar"))


def is_idle(page: Page) -> None:
    status(page).to_contain_text("| Idle", timeout=60_000)


def show(page: Page, lab: Lab) -> None:
    """Open the notebook, and run the import and the player."""
    page.goto(lab.url(NOTEBOOK))
    status(page).to_contain_text(re.compile(rf"\| Idle.*Cell 1/{len(CELLS)}", re.DOTALL), timeout=60_000)
    run_player(page)


def run_player(page: Page) -> None:
    """Run the first two cells, as somebody does who was told to."""
    page.locator(".jp-CodeCell", has_text="import hipbook").locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")


def is_kernel(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):  # a zombie, too, has no command line any more
        return "ipykernel_launcher" in " ".join(process.cmdline())
    return False


def kill_kernels() -> None:
    """Kill the kernels that our own JupyterLab started, as if the machine ran out of memory."""
    kernels = [child for child in psutil.Process().children(recursive=True) if is_kernel(child)]
    assert kernels
    for process in kernels:
        process.kill()


def accept_restart(page: Page) -> None:
    """Read what JupyterLab says of the kernel, and let it start another."""
    page.get_by_role("dialog", name=re.compile("appears to have died")).get_by_role("button").click()


def wait_for_second(panel: Panel, side: str) -> None:
    """Wait until a hold has begun, and something of it has been held."""
    expect(panel.root.locator(".hb-run[data-look=hold] .hb-side")).to_have_text(
        f"{side} side", timeout=20_000
    )
    expect(panel.root.get_by_role("timer").first).to_have_text(re.compile("^[1-4]$"))


def test_rows_of_a_killed_kernel_are_written_when_the_cells_are_run_again(lab, learner, panel):
    show(panel.page, lab)
    panel.begin()
    wait_for_second(panel, "Left")
    kill_kernels()
    panel.shows("finish")
    panel.waits(ROWS, learner, finished=ROWS)
    expect(panel.claim).to_contain_text("Nothing is lost: run the first cell and this one again")
    shown = panel.held()
    accept_restart(panel.page)
    is_idle(panel.page)
    panel.waits(ROWS, learner, finished=ROWS)
    run_player(panel.page)
    expect(panel.claim).to_have_attribute("data-state", "idle", timeout=30_000)
    assert shown == DONE
    assert_written_once(learner, DONE)


def test_a_session_goes_on_in_the_panel_of_a_new_kernel(lab, learner, panel):
    show(panel.page, lab)
    panel.begin()
    wait_for_second(panel, "Left")
    kill_kernels()
    wait_for_second(panel, "Right")
    panel.waits(1, learner, finished=1)
    accept_restart(panel.page)
    panel.button("Pause").click()  # a busy machine may take longer over a new kernel than the hold lasts
    is_idle(panel.page)
    run_player(panel.page)
    panel.takes_up()
    assert panel.held() == DONE
    panel.is_saved(learner)
    assert_written_once(learner, DONE)


def test_a_notebook_that_is_reloaded_in_a_hold_offers_to_go_on(lab, learner, panel):
    show(panel.page, lab)
    panel.begin()
    wait_for_second(panel, "Left")
    # With the focus in a cell: keys that are pressed in the panel stay there.
    panel.page.locator(".jp-CodeCell .cm-content").first.click()
    panel.page.keyboard.press("Control+s")
    wait_for_second(panel, "Right")
    panel.is_saved(learner, finished=1)
    panel.page.reload()
    panel.takes_up()
    assert panel.held() == DONE
    panel.is_saved(learner)
    assert_written_once(learner, DONE)


def test_rows_wait_while_a_cell_keeps_the_kernel_busy(lab, learner, panel):
    show(panel.page, lab)
    panel.button("I have read this").click()
    panel.page.locator(".jp-CodeCell", has_text="time.sleep").locator(".cm-content").click()
    panel.page.keyboard.press("Control+Enter")
    status(panel.page).to_contain_text("| Busy")
    panel.button(re.compile(r"^Start\b")).click()
    panel.shows("finish", timeout=(HOLDS * HOLD_S + 5) * 1000)
    panel.waits(ROWS, learner, finished=ROWS)
    status(panel.page).to_contain_text("| Busy")
    is_idle(panel.page)
    panel.is_saved(learner)
    assert panel.held() == DONE
    assert_written_once(learner, DONE)


def test_rows_of_a_server_that_ended_are_written_when_hipbook_is_started_again(tmp_path, chromium, panel):
    page = panel.page
    with running_lab(tmp_path) as lab:
        learner = prepared(lab.workspace)
        show(page, lab)
        panel.begin()
        wait_for_second(panel, "Left")
    panel.shows("finish")
    panel.waits(ROWS, learner, finished=ROWS)
    page.goto("about:blank")
    with running_lab(tmp_path) as again:
        assert again.address.partition("?")[0] == lab.address.partition("?")[0]
        show(page, again)
        expect(panel.claim).to_have_attribute("data-state", "idle", timeout=30_000)
        assert_written_once(learner, DONE)
