"""While a routine runs: jumping to a hold, what became of each, and a tap that is followed by another."""

from __future__ import annotations

import re

import pytest
from player_page import PlayerPage
from playwright.sync_api import expect

STANDING, CROSSED = "hip_flexor_standing", "hip_rotator_crossed"

LOOK = """piece => [piece, piece.firstChild].map((part) => {
  const { backgroundImage, boxShadow } = getComputedStyle(part);
  return [backgroundImage, boxShadow];
})"""
"""How a piece of the strip looks, apart from its colours."""

UNDER_A_FINGER = """(panel) => {
  const buttons = [...panel.querySelectorAll(".hb-hurts button")];
  const hit = (button) => {
    const { left, top, width, height } = button.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2)?.closest("button") === button;
  };
  return [buttons.length, buttons.filter(hit).length];
}"""


def tap(what: str) -> str:
    """Return what taps something, and at once counts the buttons, and those that a next tap would reach."""
    return f"panel => {{ panel.querySelector('{what}').click(); return ({UNDER_A_FINGER})(panel); }}"


def start(played: PlayerPage, *stretches: str, **choices: object) -> None:
    played.save("Mine", *stretches, **choices)
    played.open("Mine")
    played.button("I have read this").click()
    played.button("Start").click()


def test_a_jump_to_another_position_leaves_time_to_get_there_and_shows_it(played: PlayerPage):
    played.page.set_viewport_size({"width": 390, "height": 500})
    start(played, STANDING, CROSSED, hold_s=20, ready_s=15)
    played.panel.get_by_text("All holds, and jump to one").click()
    there = played.button(re.compile("^Legs crossed, right"))
    there.scroll_into_view_if_needed()
    expect(played.panel.locator(".hb-word")).not_to_be_in_viewport()
    there.click()
    expect(played.panel.locator(".hb-word")).to_have_text("Get ready")
    expect(played.panel.locator(".hb-side")).to_have_text("Right side")
    expect(played.panel.get_by_role("timer")).to_have_text("5")
    expect(played.panel.locator("header")).to_be_in_viewport(ratio=1)
    expect(played.button("Pause")).to_be_focused()
    played.pass_time(5)
    expect(played.panel.locator(".hb-word")).to_have_text("Hold")


def test_the_strip_tells_what_was_skipped_and_stopped_from_what_was_done(played: PlayerPage):
    start(played, STANDING, CROSSED, hold_s=5, repetitions=2)
    played.pass_time(5 + 5)
    played.button("Skip", exact=True).click()
    played.button("Skip", exact=True).click()
    played.button("Skip", exact=True).click()
    played.button("It hurts").click()
    played.button("An ache in the lower back").click()
    played.button(re.compile("^Go on with")).click()
    expect(played.panel.locator(".hb-word")).to_have_text("Back into position")

    strip = played.panel.get_by_role("group", name="All holds in order")
    pieces = strip.get_by_role("img")
    names = [
        "Standing, left, 1 of 2 · 5 s: done",
        "Standing, left, 2 of 2 · 5 s: skipped",
        "Standing, right, 1 of 2 · 5 s: stopped",
        "Legs crossed, left, 1 of 2 · 5 s",
        "Legs crossed, left, 2 of 2 · 5 s",
        "Legs crossed, right, 1 of 2 · 5 s",
        "Legs crossed, right, 2 of 2 · 5 s",
    ]
    expect(pieces).to_have_count(len(names))
    for piece, name in zip(pieces.all(), names, strict=True):
        expect(piece).to_have_accessible_name(name)
        expect(piece).to_have_attribute("title", name)
    looks = [str(piece.evaluate(LOOK)) for piece in pieces.all()[:3]]
    assert len(set(looks)) == 3, "alike without colour"
    assert "inset" not in looks[0]
    assert "gradient" in looks[2]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_second_tap_does_not_answer_what_the_first_brought_up(played: PlayerPage, width: int):
    played.page.set_viewport_size({"width": width, "height": 844})
    start(played, STANDING, hold_s=30)
    played.button("Full screen").click()
    played.page.locator("[data-full]").wait_for()
    assert played.panel.evaluate(tap(".hb-figure")) == [8, 0]
    expect(played.panel.locator("[data-fresh]")).to_have_count(0)
    first = played.panel.locator(".hb-choices button").first
    expect(first).to_have_text("Nothing hurts: go on")
    assert played.panel.evaluate(UNDER_A_FINGER)[1] >= 6

    assert played.panel.evaluate(tap(".hb-choices button:nth-child(2)")) == [3, 0]
    expect(played.panel.locator("[data-fresh]")).to_have_count(0)
    assert played.panel.evaluate(UNDER_A_FINGER) == [3, 3]


def test_of_what_was_not_held_nothing_can_be_taken_back(played: PlayerPage):
    start(played, STANDING, hold_s=5)
    played.pass_time(10)
    played.button("Skip", exact=True).click()
    played.button("Skip", exact=True).click()
    played.is_on("finish").wait_for()
    lines = played.panel.locator(".hb-summary tbody tr:not(.hb-correct)")
    expect(lines.locator(".hb-state")).to_have_text(["done", "skipped"])
    expect(played.button(re.compile("^Correct:"))).to_have_count(1)
    played.button(re.compile("^Correct: Standing, left")).click()
    played.panel.get_by_label("Held (seconds)").fill("0")
    played.button("Correct it").click()
    expect(lines.locator(".hb-state")).to_have_text(["stopped", "skipped"])
    expect(played.button(re.compile("^Correct:"))).to_have_count(0)
    expect(played.panel.locator(".hb-finish h4")).to_be_focused()


def test_the_title_names_what_runs_or_is_offered_not_what_was_chosen_here(played: PlayerPage):
    title = played.panel.get_by_role("heading", level=3)
    played.save("Mine", STANDING, hold_s=20)
    played.open("five_minutes")
    played.button("I have read this").click()
    expect(title).to_have_text("Five minutes")
    played.panel.get_by_label("Routine", exact=True).select_option(label="Mine")
    expect(title).to_have_text("Mine")
    played.button("Start").click()
    played.pass_time(6)
    expect(title).to_have_text("Mine")

    other = PlayerPage(played.page.context.new_page(), played.learner, played.port)
    other.open("five_minutes")
    other.is_on("elsewhere").wait_for()
    expect(other.panel.get_by_role("heading", level=3)).to_have_text("Mine")
    other.page.close()

    played.page.reload()
    played.is_on("resume").wait_for()
    expect(title).to_have_text("Mine")
    expect(played.panel).to_have_accessible_name("Guided stretch: Mine")
    played.button(re.compile("^Go on where you stopped")).click()
    played.is_on("run").wait_for()
    expect(title).to_have_text("Mine")
    played.button("Stop").click()
    expect(title).to_have_text("Mine")
    played.button("Once more").click()
    expect(title).to_have_text("Five minutes")
