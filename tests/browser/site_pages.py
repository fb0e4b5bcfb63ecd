"""The lessons as pages in a browser without a network: opened, stretched with, the log taken along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from player_page import SPY
from playwright.sync_api import Browser, Page, expect

from hipbook.strings import text

STRETCHES, PROGRESS = "03_guided_stretches", "05_my_progress"
STEP_S = 3
"""How far the clock moves at once; more, and the player would think that the machine had slept."""
RUN = """async (player, seconds) => {
  const ended = new Promise((resolve) => {
    const look = () => player.dataset.panel === "finish" && resolve();
    new MutationObserver(look).observe(player, { attributes: true });
  });
  while (player.dataset.panel === "run") await Promise.race([spy.pass(seconds).catch(() => {}), ended]);
}"""


@dataclass
class Site:
    """A browser without a network that shows pages of a folder, and what it complains of."""

    page: Page
    folder: Path
    heard: list[str] = field(default_factory=list)

    def open(self, name: str, *, guessed: bool = True) -> None:
        """Open a page, with all that follows a guess shown."""
        self.page.goto((self.folder / f"{name}.html").as_uri())
        everything = self.page.locator(".guess-all").get_by_role("button", name=text("site.guess.all"))
        if guessed and everything.count():
            everything.dispatch_event("click")  # without scrolling there

    @property
    def player(self):
        """The first player of the page."""
        return self.page.locator(".hipbook-player").first

    def begin(self) -> None:
        self.player.get_by_role("button", name="I have read this").click()
        self.player.get_by_role("button", name=re.compile(r"^Start\b")).click()

    def run(self) -> None:
        """Let the first player run to its end, on a clock that only this moves."""
        self.player.evaluate(RUN, STEP_S)

    def saved(self):
        return expect(self.player.locator(".hb-saved"))

    def log(self):
        return self.page.get_by_role("region", name=text("site.log.title"))

    def download(self, file: str, to: Path) -> Path:
        with self.page.expect_download() as coming:
            self.log().get_by_role("button", name=f"Download {file}").click()
        assert coming.value.suggested_filename == file
        coming.value.save_as(to)
        return to

    def choose(self, file: Path) -> None:
        self.page.locator("input[type=file]").set_input_files(file)


@contextmanager
def pages_in(browser: Browser, folder: Path) -> Iterator[Site]:
    """Show a folder of pages in a fresh browser with the network off; it must complain of nothing."""
    context = browser.new_context(viewport={"width": 1300, "height": 950}, accept_downloads=True)
    context.set_offline(True)
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.add_init_script(path=SPY)
    shown = Site(page, folder)
    page.on("pageerror", lambda error: shown.heard.append(str(error)))
    page.on("console", lambda said: said.type == "error" and shown.heard.append(said.text))
    page.on(
        "request",
        lambda asked: shown.heard.append(asked.url) if not re.match("file:|data:|blob:", asked.url) else None,
    )
    yield shown
    context.close()
    assert shown.heard == []
