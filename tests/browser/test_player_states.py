"""The table in docs/player.md, state by state, on a real page: shown, heard, spoken and written."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from player_page import PlayerPage
from playwright.sync_api import expect
from state_table import STATES, State

STANDING, TOWEL = "hip_flexor_standing", "hip_mobilization_towel"


class Session:
    """A session that is led through states, and looked at in each."""

    def __init__(self, played: PlayerPage):
        self.played = played
        self.seen: list[str] = []

    def enter(self, name: str, act: Callable[[], object], *, ends_a_row: bool = False) -> None:
        """Do what leads to a state; it must be as the table says, and so must what the one before wrote."""
        rows, sessions = (len(self.played.rows(table)) for table in ("holds", "sessions"))
        self.played.page.evaluate("spy.forget()")
        act()
        state = STATES[name]
        self.is_told(state)
        self.is_shown(state)
        expect(self.played.panel.locator(".hb-saved")).not_to_have_attribute("data-state", "waiting")
        assert len(self.played.rows()) - rows == ends_a_row, self.played.rows()[rows:]
        if ends_a_row:
            assert STATES[self.seen[-1]].written.startswith("a row when")
        assert len(self.played.rows("sessions")) - sessions == (state.written == "a row of the session")
        self.seen.append(name)

    def is_shown(self, state: State) -> None:
        panel, timer = self.played.panel, self.played.panel.get_by_role("timer", name="Time left")
        if state.digits in ("what was held", "what you feel is asked"):
            expect(panel.get_by_role("heading", name=state.word)).to_be_visible()
            expect(timer).to_have_count(0)
            held = panel.get_by_role("table", name="What was held")
            expect(
                held if state.digits == "what was held" else panel.get_by_text("What do you feel?")
            ).to_be_visible()
            return
        expect(panel.locator(".hb-word")).to_have_text(state.word)
        assert re.search(r'- timer "Time left": ("\d+"|…)', panel.aria_snapshot())
        before = timer.inner_text()
        match state.digits:
            case "time left" | "3, 2, 1":
                self.played.pass_time(1)
                expect(timer).to_have_text(str(int(before) - 1))
            case "no time runs":
                assert before == "…"
            case "time left, standing still":
                self.played.page.evaluate("spy.sleep(1)")
                self.played.page.evaluate("() => new Promise(requestAnimationFrame)")
                assert timer.inner_text() == before
            case other:
                raise AssertionError(other)

    def is_told(self, state: State) -> None:
        panel = self.played.panel
        words = re.escape(state.spoken)
        words = words.replace(re.escape("left side"), "(left|right) side")
        words = re.sub(r"\\\{\w+\\\}", ".+", words)
        live = panel.locator("[aria-live=polite]")
        expect(live).to_have_text(re.compile(f"^{words}$"))
        said = live.inner_text()
        spoken = self.played.page.evaluate("spy.said()")
        assert [one["words"] for one in spoken] == [said]
        assert [round(hz) for hz in self.played.page.evaluate("spy.heard()")] == state.pitches_hz


@pytest.fixture
def session(played: PlayerPage) -> Session:
    return Session(played)


def begin(played: PlayerPage, what: str) -> None:
    """Open a routine, with speech for all of it."""
    played.open(what)
    played.button("I have read this").click()
    played.panel.get_by_text("Sound, speech, language").click()
    played.panel.get_by_label("Speech").select_option(label="Always")


def test_every_state_but_out_of_sight_is_as_the_table_says(played: PlayerPage, session: Session):
    played.save("Hold", STANDING, hold_s=15, repetitions=2)
    played.save("Towel", TOWEL, hold_s=6, repetitions=2)
    played.save("Wait", STANDING, wait_for_me=True)
    begin(played, "Hold")

    def click(name: str) -> Callable[[], object]:
        return played.button(name).click

    session.enter("ready", click("Start"))
    session.enter("hold", lambda: played.pass_time(4))
    session.enter("paused by the person", click("Pause"))
    session.enter("going on after a pause", click("Go on"))
    session.enter("hold", lambda: played.pass_time(2))
    session.enter("rest", click("Skip"), ends_a_row=True)
    session.enter("hold", lambda: played.pass_time(4))
    session.enter("paused: it hurts", click("It hurts"))
    session.enter("going on after a pause", click("Nothing hurts: go on"))
    session.enter("paused: the machine slept", lambda: played.page.evaluate("spy.sleep(30)"))
    session.enter("going on after a pause", click("Go on"))
    session.enter(
        "paused: the page was left", lambda: played.page.evaluate("dispatchEvent(new Event('pagehide'))")
    )
    session.enter("going on after a pause", click("Go on"))
    session.enter("hold", lambda: played.pass_time(2))
    session.enter("switch", lambda: played.pass_time(14), ends_a_row=True)
    session.enter("stopped", click("Stop"))

    begin(played, "Towel")
    session.enter("ready", click("Start"))
    session.enter("pull", lambda: played.pass_time(4))
    session.enter("release", lambda: played.pass_time(3))
    session.enter("rest", lambda: played.pass_time(1), ends_a_row=True)
    session.enter("stopped", click("Stop"))

    begin(played, "Wait")
    session.enter("wait", click("Start"))
    session.enter("hold", click("I am ready"))
    session.enter("wait", lambda: played.pass_time(4), ends_a_row=True)
    session.enter("hold", click("I am ready"))
    session.enter("finished", lambda: played.pass_time(4), ends_a_row=True)

    assert set(STATES) - set(session.seen) == {"paused: out of sight"}
    held = [(row["stretch"], row["side"], row["planned_s"], row["outcome"]) for row in played.rows()]
    assert held == [
        (STANDING, "left", "15", "skipped"),
        (STANDING, "left", "15", "done"),
        (TOWEL, "left", "4", "done"),
        (STANDING, "left", "5", "done"),
        (STANDING, "right", "5", "done"),
    ]
    assert [row["held_s"] for row in played.rows()][1:] == ["15", "4", "5", "5"]
