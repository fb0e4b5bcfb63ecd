"""A server that is killed at random moments, with reloads in between: each hold is written once."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fault_driver import HOLDS, Learner, Panel, hurry, keep_short_routine, kill
from player_process import PlayerProcess
from playwright.sync_api import Page, expect

from hipbook import workspace

HASTE = 10
"""A hold of 5 s takes 0.5 s. Not more: 5 s without a tick are sleep for the player, here 0.5 s, and a tick
comes each 0.1 s. Where the machine is too slow for that the session pauses, and is gone on with."""

HOLD_S = 5
REPETITIONS = 10
ROWS = HOLDS * REPETITIONS
SEED = int(os.environ.get("HIPBOOK_SEED") or random.randrange(1_000_000))

PRESS = """() => {
  const player = document.querySelector(".hipbook-player");
  const panel = player?.dataset.panel ?? "";
  const press = (selector) => {
    const button = player.querySelector(selector);
    button?.focus();
    button?.click();
  };
  if (panel === "checklist" || panel === "closed" || panel === "resume") press(".hb-body .hb-primary");
  if (panel === "run") press("[data-look=paused] .hb-controls .hb-primary");
  if (panel === "setup") press(".hb-go .hb-primary");
  const waiting = Object.keys(localStorage).flatMap((key) => key.split(":row:").slice(1));
  return [panel, player?.querySelector(".hb-saved")?.dataset.state ?? "", waiting];
}"""
"""Go on, whatever is in the way; return the panel, what it says about saving, and the ids that wait."""


@dataclass
class Run:
    """Somebody who holds without end, at a server that dies without end."""

    learner: Learner
    panel: Panel
    chance: random.Random
    sessions: int = 0
    counted: Counter[str] = field(default_factory=Counter)
    player: PlayerProcess | None = None

    @property
    def page(self) -> Page:
        return self.panel.page

    def start(self) -> None:
        self.player = self.learner.start()
        address = self.player.address()
        if self.page.url == "about:blank":
            self.page.goto(address)

    def press(self) -> tuple[str, str, list[str]]:
        """Go on; count the session that this has begun, unless one that was left was found just then."""
        panel, said, waiting = self.page.evaluate(PRESS)
        if panel == "setup":
            expect(self.panel.root).not_to_have_attribute("data-panel", "setup")
            self.sessions += self.panel.root.get_attribute("data-panel") == "run"
        return panel, said, waiting

    def step(self) -> None:
        """Do what has to be done now."""
        panel, said, _ = self.press()
        if panel == "finish" and said == "saved":
            # The claim is true: every row of every session is in the file.
            assert self.learner.count() == self.sessions * (ROWS + 1)
        if panel == "finish" and (said == "saved" or self.chance.random() < 0.1):
            self.panel.button("Once more").click()

    def go_on_until(self, is_time) -> None:
        limit = time.monotonic() + 10
        while not is_time() and time.monotonic() < limit:
            self.step()

    def reach_a_moment(self) -> str:
        """Go on until a moment at which it would be bad to be killed."""
        kind = self.chance.choice(["any", "sent", "written"])
        if kind == "any":
            end = time.monotonic() + self.chance.uniform(0, 1)
            self.go_on_until(lambda: time.monotonic() > end)
        if kind == "sent":
            sent: list[float] = []
            self.page.once("request", lambda asked: sent.append(time.monotonic()))
            self.go_on_until(lambda: sent)
            time.sleep(self.chance.uniform(0, 0.01))
        if kind == "written":
            file = self.learner.log / "holds.csv"
            before = size(file)
            self.go_on_until(lambda: grew_within(file, before, 0.03))
        return kind

    def die(self) -> None:
        """Kill the server, and see whether rows are in the file that the browser has not heard of."""
        kill(self.player)
        self.counted["kills"] += 1
        *_, waiting = self.press()
        in_file = {row["id"] for row in self.learner.rows("holds")}
        self.counted["written, not acknowledged"] += any(id in in_file for id in waiting)
        self.counted["waiting, not written"] += any(id not in in_file for id in waiting)

    def finish(self) -> None:
        """End the session in hand, and wait until all is saved."""
        limit = time.monotonic() + 60
        while time.monotonic() < limit:
            panel, said, _ = self.press()
            if panel == "finish" and said == "saved":
                return
        raise AssertionError(f"the last session does not get saved: {panel}, {said}")


def size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def grew_within(file: Path, before: int, seconds: float) -> bool:
    """Return whether a file has grown, as soon as it has."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if size(file) > before:
            return True
    return False


@pytest.fixture
def run(tmp_path, page: Page):
    made, _ = workspace.create(tmp_path / "workbook")
    keep_short_routine(made, HOLD_S, REPETITIONS)
    hurry(page.context, HASTE)
    one = Run(Learner(made.folder), Panel(page), random.Random(SEED))
    yield one
    kill(one.player)


@pytest.mark.parametrize("kills", [12, pytest.param(200, marks=pytest.mark.slow)])
def test_each_hold_is_written_once_however_often_the_server_is_killed(run: Run, capsys, kills):
    # So often, and until a kill has met a row on its way, which a few may miss.
    while run.counted["kills"] < kills or not run.counted["waiting, not written"]:
        assert run.counted["kills"] < 5 * kills, "no row was ever on its way"
        run.start()
        if run.chance.random() < 0.25:
            run.go_on_until(lambda: run.chance.random() < 0.1)
            run.page.reload()
            run.counted["reloads"] += 1
        run.counted[run.reach_a_moment()] += 1
        run.die()
        end = time.monotonic() + run.chance.uniform(0, 0.3)
        run.go_on_until(lambda end=end: time.monotonic() > end)
    run.start()
    run.finish()

    holds, sessions = run.learner.rows("holds"), run.learner.rows("sessions")
    found = Counter(row["id"] for row in holds)
    per_session = Counter(row["session_id"] for row in holds)
    twice = sum(count - 1 for count in found.values())
    expected = run.sessions * ROWS
    with capsys.disabled():
        print(f"\nseed {SEED}, {dict(run.counted)}")
        print(f"holds: {expected} expected, {len(holds)} found, {twice} twice, {expected - len(found)} lost")
    assert twice == 0
    assert len(holds) == expected
    assert sorted(per_session.values()) == [ROWS] * run.sessions
    assert {(float(row["held_s"]), row["outcome"], row["voids"]) for row in holds} == {(HOLD_S, "done", "")}
    assert Counter(row["session_id"] for row in sessions) == Counter(list(per_session))
