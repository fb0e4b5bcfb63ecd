"""How a learner starts the workbook, opens a notebook and scrolls to a cell; also for tools."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / ".screenshots"
UNUSED = [
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
]
"""Features of Chromium that no test needs: first the address bar's hidden pages, which take a quarter of a
small page's processor time, then Playwright's own list, which this one replaces."""

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    f"--disable-features={','.join(UNUSED)}",
]


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its workspace, and the addresses of its notebooks."""

    workspace: Path
    address: str

    def url(self, notebook: str, *, narrow: bool = False) -> str:
        """Return the address of one notebook in a fresh layout; ``narrow`` is the view for small screens."""
        path = "doc/tree" if narrow else "lab/tree"
        return re.sub(r"/lab/tree/[^?]*", f"/{path}/{notebook}", self.address) + "&reset"

    def rows(self, table: str) -> list[str]:
        """Return the lines of a table of the log behind its header."""
        path = self.workspace / "log" / f"{table}.csv"
        return path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []


def find_chromium() -> str | None:
    """Return the path of a Chromium, or None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("HIPBOOK_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@contextmanager
def running_lab(folder: Path) -> Iterator[Lab]:
    """Run ``hipbook --no-browser`` in a folder, as a learner does, and end it afterwards."""
    environment = {key: value for key, value in os.environ.items() if key != "HIPBOOK_WORKSPACE"}
    # The settings of whoever runs the tests (a dark theme, say) stay out.
    environment["JUPYTER_CONFIG_DIR"] = str(folder / ".jupyter")
    environment["JUPYTERLAB_SETTINGS_DIR"] = str(folder / ".lab")
    process = subprocess.Popen(
        [sys.executable, "-m", "hipbook", "--no-browser"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    found = next(filter(None, (re.search(r"http://\S+", line) for line in process.stdout)), None)
    assert found, "hipbook ended without saying where the workbook is"
    try:
        yield Lab(folder / "hipbook-workbook", found[0])
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def open_and_run(page: Page, url: str) -> None:
    """Open a notebook and run all its cells from the menu, as a learner does."""
    page.goto(url)
    status = page.locator("#jp-main-statusbar")
    expect(status).to_contain_text(re.compile(r"\| Idle.*Cell 1/\d\d", re.DOTALL), timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    # JupyterLab scrolls to the last cell then; only after that does a cell stay where one scrolls to it.
    expect(status).to_contain_text(re.compile(r"Cell (\d+)/\1"))
    expect(status).to_contain_text("| Idle", timeout=60_000)


def scroll_to(page: Page, source: str) -> Locator:
    """Scroll to the cell with this source; JupyterLab keeps only the cells in view in the page."""
    cell = page.locator(".jp-CodeCell", has=page.locator(".jp-InputArea-editor", has_text=source))
    scroller = page.locator(".jp-WindowedPanel-outer").first
    scroller.evaluate("box => box.scrollTo(0, 0)")
    for _ in range(80):
        page.wait_for_timeout(150)
        if cell.count() and cell.first.is_visible():
            cell.first.scroll_into_view_if_needed()
            return cell.first
        scroller.evaluate("box => box.scrollBy(0, box.clientHeight / 2)")
    raise AssertionError(f"no cell with {source!r} comes into view")
