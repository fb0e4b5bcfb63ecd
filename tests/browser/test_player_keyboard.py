"""A whole routine by keyboard alone: the focus is never lost, and always seen."""

from __future__ import annotations

import re

import pytest
from player_page import PlayerPage
from playwright.sync_api import Page, expect

FOCUSED = """() => {
  const element = document.activeElement;
  const panel = element.closest(".hipbook-player");
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const { top, bottom } = element.getBoundingClientRect();
  const named = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent;
  return {
    name: named.trim(),
    inside: panel !== null && element !== panel,
    heading: /^H\\d$/.test(element.tagName),
    ringed: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    inView: top >= 0 && bottom <= innerHeight,
  };
}"""
MOST_TABS = 60
STANDING, CROSSED = "hip_flexor_standing", "hip_rotator_crossed"


class Keyboard:
    """A person who only has keys; looks after each of them where the focus is."""

    def __init__(self, page: Page):
        self.page = page

    def at(self) -> dict:
        """Return what has the focus, which must be in the panel, seen, and within the window."""
        focused = self.page.evaluate(FOCUSED)
        assert focused["inside"], f"the focus is lost: {focused}"
        # A heading that was turned to says itself what is new; everything that a key can act on has a ring.
        assert focused["ringed"] or focused["heading"], focused
        assert focused["inView"], focused
        return focused

    def press(self, *keys: str, to: str | None = None) -> None:
        """Press keys; with ``to``, wait until the focus has turned to what has this name."""
        for key in keys:
            self.page.keyboard.press(key)
        if to is not None:
            expect(self.page.locator(":focus")).to_have_accessible_name(to)
        self.at()

    def reach(self, name: str | re.Pattern[str], key: str = "Tab") -> None:
        """Tab on until the control of this name has the focus."""
        wanted = re.compile(re.escape(name) + "$") if isinstance(name, str) else name
        for _ in range(MOST_TABS):
            self.page.keyboard.press(key)
            if wanted.match(self.page.evaluate(FOCUSED)["name"]):
                self.at()
                return
        raise AssertionError(f"{MOST_TABS} tabs do not reach {name!r}")


@pytest.fixture
def keyboard(played: PlayerPage) -> Keyboard:
    choices = {"wait_for_me": True}
    played.save("Keys", "hip_flexor_half_kneeling", "hip_rotator_crossed", **choices)
    played.open("Keys")
    return Keyboard(played.page)


def test_a_whole_routine_is_done_and_written_by_keyboard_alone(played: PlayerPage, keyboard: Keyboard):
    word = played.panel.locator(".hb-word")

    keyboard.reach("Kneeling hurts")
    keyboard.press("Space")
    keyboard.reach("I have read this")
    keyboard.press("Enter", to="Start")
    expect(played.panel.get_by_text("In its place: Hip flexor stretch, standing.")).to_be_visible()

    keyboard.press("Enter", to="I am ready")
    keyboard.press("Enter", to="Pause")
    expect(word).to_have_text("Hold")
    keyboard.press("Space", to="Go on")
    expect(word).to_have_text("Paused")
    keyboard.press("Space", to="Pause")
    expect(word).to_have_text("Back into position")
    played.pass_time(4)
    expect(played.panel.get_by_role("timer")).to_have_text("4")
    keyboard.press("ArrowLeft", to="Pause")
    expect(word).to_have_text("Back into position")
    keyboard.press("ArrowRight", to="Pause")
    expect(word).to_have_text("Hold")
    keyboard.press("ArrowRight", to="I am ready")
    expect(played.panel.locator(".hb-side")).to_have_text("Right side")
    expect(word).to_have_text("Get ready")

    keyboard.press("Enter")
    keyboard.reach("+10 s")
    keyboard.press("Enter")
    expect(played.panel.get_by_role("timer")).to_have_text("15")
    played.pass_time(15)
    expect(word).to_have_text("Get ready")
    keyboard.at()

    keyboard.reach("All holds, and jump to one")
    keyboard.press("Enter")
    keyboard.reach(re.compile("^Legs crossed, left"))
    keyboard.press("Enter", to="Pause")
    expect(word).to_have_text("Back into position")
    played.pass_time(3)
    expect(word).to_have_text("Hold")

    keyboard.reach("It hurts")
    keyboard.press("Enter", to="Let go first. The computer can wait.")
    keyboard.reach("The pull is too strong")
    keyboard.press("Enter", to="The pull is too strong")
    keyboard.reach("Ease off by half, then go on")
    keyboard.press("Enter", to="Pause")
    expect(word).to_have_text("Back into position")

    keyboard.reach("Full screen")
    keyboard.press("Enter", to="Pause")
    played.page.locator("[data-full]").wait_for()
    keyboard.press("x", to="Let go first. The computer can wait.")
    keyboard.reach("Nothing hurts: go on")
    keyboard.press("Enter", to="Pause")
    keyboard.reach("Leave full screen")
    keyboard.press("Enter", to="Pause")
    expect(played.page.locator("[data-full]")).to_have_count(0)

    played.pass_time(9)
    expect(word).to_have_text("Get ready")
    keyboard.press("Enter", to="Pause")
    played.pass_time(5)
    played.is_on("finish").wait_for()
    assert keyboard.at()["name"] == "Done."

    keyboard.reach(re.compile("^Correct: Standing, right"))
    keyboard.press("Enter", to="Held (seconds)")
    keyboard.press("ControlOrMeta+a", "2")
    keyboard.reach("Correct it")
    keyboard.press("Enter")
    expect(played.panel.get_by_text("2 of 15 s")).to_be_visible()
    keyboard.reach("Discomfort, 0 to 10")
    keyboard.press("ArrowDown", "ArrowDown")
    keyboard.reach("Note, if you like")
    played.page.keyboard.type("Calm, and dd too.")
    keyboard.reach("Keep this")
    keyboard.press("Enter")
    expect(played.panel.get_by_text("Kept.")).to_be_visible()
    keyboard.reach("Once more")
    keyboard.press("Enter", to="Start")

    expect(played.panel.locator(".hb-saved")).not_to_have_attribute("data-state", "waiting")
    seen = [
        (row["stretch"], row["side"], row["planned_s"], row["held_s"], row["outcome"])
        for row in played.rows()
    ]
    assert [row[:2] + row[4:] for row in seen] == [
        (STANDING, "left", "skipped"),
        (STANDING, "right", "done"),
        (CROSSED, "left", "done"),
        (CROSSED, "right", "done"),
        (STANDING, "right", "stopped"),
    ]
    assert [row[2:4] for row in seen if row[1] == "right"] == [("15", "15"), ("5", "5"), ("15", "2")]
    [*_, session] = played.rows("sessions")
    assert (session["discomfort_0_10"], session["note"]) == ("1", "Calm, and dd too.")


def test_who_led_into_or_out_of_full_screen_by_mouse_pauses_with_space(played: PlayerPage):
    played.save("Calm", STANDING, hold_s=60)
    played.open("Calm")
    played.button("I have read this").click()
    played.button("Start").click()
    full = played.page.locator("[data-full]")
    for name, is_full in (("Full screen", 1), ("Leave full screen", 0)):
        played.button(name, exact=True).click()
        expect(full).to_have_count(is_full)
        expect(played.button("Pause")).to_be_focused()
        played.page.keyboard.press("Space")
        expect(played.button("Go on")).to_be_focused()
        expect(full).to_have_count(is_full)
        played.page.keyboard.press("Space")
        expect(played.button("Pause")).to_be_focused()


def test_a_key_that_is_held_down_is_one_press(played: PlayerPage):
    played.save("Held", STANDING, hold_s=60)
    played.open("Held")
    played.button("I have read this").click()
    played.button("Start").click()
    keys, word = played.page.keyboard, played.panel.locator(".hb-word")
    expect(word).to_have_text("Get ready")
    keys.press("Space")

    def hold(key: str) -> None:
        for _ in range(4):
            keys.down(key)
        keys.up(key)

    hold("Enter")
    expect(word).to_have_text("Back into position")
    hold("ArrowRight")
    expect(word).to_have_text("Hold")
    played.button("Full screen").click()
    played.page.locator("[data-full]").wait_for()
    played.button("Pause").click()
    played.panel.focus()
    hold("Space")
    expect(word).to_have_text("Back into position")
    expect(played.panel).to_have_attribute("data-panel", "run")
    keys.press("Space")
    expect(played.panel).to_have_attribute("data-panel", "hurts")
