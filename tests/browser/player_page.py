"""The player's own page for tests: a workspace with short routines, and a clock that can be moved on."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page
from served_page import NAMES, TOKEN, serving

from hipbook import workspace
from hipbook.page.server import application
from hipbook.stretching import own_routines
from hipbook.stretching.routine import choices_of

SPY = Path(__file__).parent / "spy.js"


@dataclass
class PlayerPage:
    """A page with a player, and the workspace that it writes into."""

    page: Page
    learner: workspace.Workspace
    port: int

    @property
    def panel(self) -> Locator:
        return self.page.locator(".hipbook-player")

    def save(self, name: str, *stretches: str, hold_s: int = 5, repetitions: int = 1, **choices: Any) -> None:
        """Keep a routine of the learner's own."""
        made = choices_of("five_minutes") | {"ready_s": 5, "switch_s": 5, "rest_s": 5} | choices
        items = [choices_of(stretch)["items"][0] for stretch in stretches]
        made["items"] = [item | {"hold_s": hold_s, "repetitions": repetitions} for item in items]
        own_routines.save(self.learner.folder, name, made)

    def open(self, what: str, language: str = "en") -> None:
        """Open the page, in a browser in which this language was chosen before."""
        self.page.add_init_script(path=SPY)
        key, chosen = f"hipbook:{self.learner.id}:settings", json.dumps({"language": language})
        self.page.add_init_script(
            f"localStorage.setItem({key!r}, localStorage.getItem({key!r}) ?? {chosen!r})"
        )
        self.page.goto(f"http://127.0.0.1:{self.port}/?token={TOKEN}&what={what}")
        self.page.locator(f".hipbook-player[lang={language}]").wait_for()

    def button(self, name: str | re.Pattern[str], *, exact: bool | None = None) -> Locator:
        return self.panel.get_by_role("button", name=name, exact=exact)

    def is_on(self, panel: str) -> Locator:
        """Return the player, as long as it shows this panel."""
        return self.page.locator(f".hipbook-player[data-panel={panel}]")

    def pass_time(self, seconds: float) -> None:
        """Let the running player's clock go on by so much."""
        self.is_on("run").wait_for()  # what is pressed takes effect a moment later
        self.page.evaluate("seconds => spy.pass(seconds)", seconds)

    def rows(self, table: str = "holds") -> list[dict[str, str]]:
        path = self.learner.log_folder / f"{table}.csv"
        if not path.exists():
            return []
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


@contextmanager
def player_page(page: Page, folder: Path) -> Iterator[PlayerPage]:
    """Serve the player's page from a fresh workspace."""
    learner, _ = workspace.create(folder / "workbook")
    app = application(learner, "five_minutes", TOKEN, NAMES)
    with serving(app) as port:
        yield PlayerPage(page, learner, port)
        page.goto("about:blank")
