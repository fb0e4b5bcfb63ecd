"""What fails around a player, what its panel claims meanwhile, and what the log has in the end."""

from __future__ import annotations

import csv
import ctypes
import os
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from player_process import PlayerProcess
from playwright.sync_api import BrowserContext, Locator, Page, expect

from hipbook.stretching import own_routines
from hipbook.stretching.routine import choices_of
from hipbook.workspace import Workspace

NAME = "Short"
HOLD_S = 12
HOLDS = 2  # left, right
ROWS = HOLDS + 1  # and the session's
DONE = [("left", HOLD_S, "done"), ("right", HOLD_S, "done")]

HASTE = 5
"""How much faster than real a hurried page's clock goes.

The player's only clock is `Date.now`: what holds for hours of it holds for minutes of a faster one. Ticks
still come each real 0.1 s, that is 0.5 s of the faster clock. The player takes more than 5 s without one for
sleep: one real second, which a busy machine may take; `go_on_after_sleep` then does what a person would.
"""

HURRIED = """
(() => {
  const real = Date.now;
  Date.now = () => START + Math.round((real() - START) * HASTE);
  const passed = performance.now.bind(performance);
  performance.now = () => passed() * HASTE;
})();
"""


def hurry(context: BrowserContext, haste: int = HASTE) -> None:
    """Let the clock of every page to come run faster, over reloads as well: all reckon from one moment."""
    start = round(time.time() * 1000)
    context.add_init_script(HURRIED.replace("START", str(start)).replace("HASTE", str(haste)))


def go_on_after_sleep(page: Page) -> None:
    """Press *Go on* whenever the player pauses because its hurried clock outran this machine."""
    paused = page.locator(".hb-run[data-look=paused]", has_text="The machine was asleep")
    page.add_locator_handler(
        paused, lambda: page.locator(".hb-controls .hb-primary").click(), no_wait_after=True
    )


@dataclass(frozen=True)
class Learner:
    """Somebody's folder, with a short routine of their own."""

    folder: Path

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def rows(self, table: str = "holds") -> list[dict[str, str]]:
        """Return what is in the file now, by column, whoever wrote it last."""
        path = self.log / f"{table}.csv"
        if not path.exists():
            return []
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def count(self) -> int:
        """Return how many rows the player has got into the log."""
        return len(self.rows("holds")) + len(self.rows("sessions"))

    def start(self, *arguments: str) -> PlayerProcess:
        """Start ``hipbook player Short``."""
        return PlayerProcess(NAME, "--workspace", str(self.folder), *arguments)


def keep_short_routine(learner: Workspace, hold_s: int = HOLD_S, repetitions: int = 1) -> None:
    """Save a routine of one standing stretch on both sides."""
    choices = choices_of("hip_flexor_standing") | {"ready_s": 0, "rest_s": 0, "switch_s": 1}
    choices["items"][0].update({"hold_s": hold_s, "repetitions": repetitions})
    own_routines.save(learner.folder, NAME, choices)


@dataclass(frozen=True)
class Panel:
    """The one player in a page."""

    page: Page

    @property
    def root(self) -> Locator:
        return self.page.locator(".hipbook-player")

    @property
    def claim(self) -> Locator:
        """Where the panel says what is saved."""
        return self.root.locator(".hb-saved")

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.root.get_by_role("button", name=name)

    def shows(self, panel: str, timeout: float = 30_000) -> None:
        """Wait until this panel is shown: setup, run, resume, elsewhere, finish."""
        expect(self.page.locator(f".hipbook-player[data-panel={panel}]")).to_be_visible(timeout=timeout)

    def begin(self) -> None:
        self.button("I have read this").click()
        self.button(re.compile(r"^Start\b")).click()
        self.shows("run")

    def is_in(self, side: str) -> None:
        """Wait until the hold of a side has begun to count."""
        begun = """([side, most]) => {
          const shown = document.querySelector(".hb-run[data-look=hold] .hb-side")?.textContent ?? "";
          return shown.startsWith(side) && Number(document.querySelector("[role=timer]").textContent) < most;
        }"""
        self.page.wait_for_function(begun, arg=[side, HOLD_S], timeout=15_000)

    def takes_up(self) -> None:
        """Go on with the session that was left; the offer says how long it will take."""
        self.shows("resume")
        self.button(re.compile(r"^Go on where you stopped \(\d:\d\d left\)$")).click()
        self.shows("run")

    def waits(self, rows: int, learner: Learner, finished: int) -> None:
        """Wait until so many rows are said to wait, and see that just these are not in the file."""
        expect(self.claim).to_have_text(re.compile(rf"^Waiting to save \({rows}\)"))
        assert learner.count() == finished - rows

    def is_saved(self, learner: Learner, finished: int = ROWS, timeout: float = 30_000) -> None:
        """Wait until all is said to be saved, and see that it is."""
        expect(self.claim).to_have_attribute("data-state", "saved", timeout=timeout)
        assert learner.count() == finished

    def held(self) -> list[tuple[str, float, str]]:
        """Return side, seconds held and outcome of all holds, as the summary shows them."""
        self.shows("finish")
        lines = self.root.locator(".hb-summary tbody tr:not(.hb-correct)").all()
        texts = [
            (line.locator("td").nth(0), line.locator("td").nth(1), line.locator(".hb-state"))
            for line in lines
        ]
        return [
            (side.inner_text(), float(held.inner_text().split()[0]), how.inner_text())
            for side, held, how in texts
        ]


def assert_written_once(learner: Learner, shown: list[tuple[str, float, str]]) -> None:
    """See that the log holds just what one session showed, each row once, and the session once."""
    holds = sorted(learner.rows("holds"), key=lambda row: row["id"])
    assert [(row["side"], float(row["held_s"]), row["outcome"]) for row in holds] == shown
    assert len({row["id"] for row in holds}) == len(holds)
    assert [row["session_id"] for row in learner.rows("sessions")] == sorted({r["session_id"] for r in holds})


def kill(player: PlayerProcess) -> None:
    """End a player's process at once, unless it has ended."""
    if player.process.poll() is None:
        player.process.kill()
        player.end()


PR_CAPBSET_DROP = 24
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2


def start_without_root_rights(learner: Learner) -> PlayerProcess:
    """Start a player that may write only what the modes of files allow, as any account but root's.

    Another account could not even read a Python that lies in root's home. So the account stays, and what sets
    it apart goes: the capabilities to pass over modes, from one thread of ours and from all that it starts.
    """
    if os.geteuid():
        return learner.start()

    def give_up() -> PlayerProcess:
        for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
            assert ctypes.CDLL(None, use_errno=True).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0
        return learner.start()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(give_up).result()
