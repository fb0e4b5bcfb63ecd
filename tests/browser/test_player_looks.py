"""Every panel of the player: its contrast, a small phone, less motion, and the whole screen from afar."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lab_driver import ROOT, SCREENSHOTS
from player_page import PlayerPage
from player_walk import panels
from playwright.sync_api import Page, expect

MEASURES = Path(__file__).parent / "measures.js"
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PANELS = 14
SMALLEST_PX = 320


@pytest.fixture(autouse=True)
def measures(page: Page) -> None:
    page.add_init_script(path=MEASURES)


WATCH_THE_FLASH = """() => {
  window.flashed = new Promise((done) => {
    new MutationObserver(() => {
      const lit = document.querySelector("[data-flash]");
      if (lit) done(getComputedStyle(lit, "::after").animationName);
    }).observe(document.body, { attributes: true, subtree: true });
  });
}"""
"""A flash is over soon: how it moves is asked the moment that it begins."""


SETTLED = """() => {
  const ends = (one) => Number.isFinite(one.effect.getComputedTiming().endTime);
  const passing = document.getAnimations().filter(ends);
  return Promise.allSettled(passing.map((one) => one.finished));
}"""
"""Colours that change with the theme do so in a moment, and are measured after it."""


def grave(played: PlayerPage) -> list[str]:
    """Return what axe finds serious or critical within the player."""
    found = played.page.evaluate("axe.run('.hipbook-player')")
    assert len(found["passes"]) > 5
    heavy = [entry for entry in found["violations"] if entry["impact"] in ("serious", "critical")]
    return [f"{entry['id']}: {node['html']}" for entry in heavy for node in entry["nodes"]]


def test_axe_finds_nothing_grave_in_any_panel_light_or_dark(played: PlayerPage, skip_or_fail):
    if not AXE.exists():
        skip_or_fail("axe-core", "run `npm ci --prefix frontend`")
    found = {}
    for name in panels(played):
        played.page.evaluate(AXE.read_text(encoding="utf-8"))
        for theme in ("light", "dark"):
            played.page.emulate_media(color_scheme=theme, reduced_motion="no-preference")
            expect(played.panel).to_have_attribute("data-theme", theme)
            played.page.evaluate(SETTLED)
            found |= {f"{name}, {theme}": grave(played)}
    assert {where: what for where, what in found.items() if what} == {}
    assert len(found) == 2 * PANELS


@pytest.mark.parametrize("language", ["en", "de"])
def test_on_the_smallest_phone_nothing_is_cut_off_and_all_can_be_touched(played: PlayerPage, language: str):
    played.page.set_viewport_size({"width": SMALLEST_PX, "height": 640})
    found, controls = {}, 0
    for name in panels(played, language):
        here = played.panel.evaluate("measures.outOfPlace")
        controls += here.pop("controls")
        sideways = played.page.evaluate("document.documentElement.scrollWidth") > SMALLEST_PX
        found |= {
            name: {what: where for what, where in here.items() if where}
            | ({"sideways": True} if sideways else {})
        }
        played.page.screenshot(
            path=SCREENSHOTS / f"narrow-{language}-{re.sub(r'[, ]+', '-', name)}.png", full_page=True
        )
    assert {name: what for name, what in found.items() if what} == {}
    assert len(found) == PANELS
    assert controls > 100


def test_for_who_wants_it_still_nothing_moves_and_the_frame_lights_up_steadily(played: PlayerPage):
    played.page.emulate_media(reduced_motion="reduce")
    played.save("Still", "hip_flexor_standing", hold_s=20)
    played.open("Still")
    played.button("I have read this").click()
    played.panel.get_by_text("Sound, speech, language").click()
    played.panel.get_by_label("Flash of the frame").check()
    played.page.evaluate(WATCH_THE_FLASH)
    played.button("Start").click()
    played.pass_time(5.5)
    expect(played.panel.locator(".hb-word")).to_have_text("Hold")
    assert played.page.evaluate("flashed") == "none"
    assert played.page.evaluate("document.getAnimations().length") == 0

    arc = played.panel.locator(".hb-ring-arc")
    pose = played.panel.locator(".hb-figure svg")
    before = [arc.get_attribute("style"), pose.inner_html()]
    played.pass_time(0.3)
    played.page.evaluate("() => new Promise(requestAnimationFrame)")
    expect(played.panel.get_by_role("timer")).to_have_text("20")
    assert [arc.get_attribute("style"), pose.inner_html()] == before


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1024, 768), (844, 390), (390, 844)])
def test_full_screen_is_read_from_afar_and_nothing_overlaps(played: PlayerPage, width: int, height: int):
    played.page.set_viewport_size({"width": width, "height": height})
    played.save("Long", "hip_flexor_half_kneeling", "hip_mobilization_towel", hold_s=120, wait_for_me=False)
    played.open("Long")
    played.button("I have read this").click()
    played.button("Start").click()
    played.button("Full screen").click()
    played.page.locator(".hipbook-player[data-full]").wait_for()
    look_at_full_screen(played, "ready")
    played.pass_time(5)
    expect(played.panel.get_by_role("timer")).to_have_text("120")
    look_at_full_screen(played, "hold", least_high=0.1)
    played.pass_time(32)
    expect(played.panel.get_by_role("timer")).to_have_text("88")
    look_at_full_screen(played, "two-digits")

    stops = played.panel.get_by_text("Any key or tap stops the clock.")
    expect(stops).to_be_visible()
    played.button("Pause").click()
    expect(stops).to_be_hidden()
    played.button("Go on").click()
    expect(stops).to_be_visible()

    played.page.mouse.click(width / 4, height / 4)
    expect(played.panel.get_by_role("heading", name="Let go first. The computer can wait.")).to_be_focused()
    assert played.panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth")
    played.button("Nothing hurts: go on").click()
    expect(played.panel.locator(".hb-word")).to_have_text("Back into position")
    played.page.keyboard.press("k")
    expect(played.panel.get_by_role("heading", name="Let go first. The computer can wait.")).to_be_focused()


def look_at_full_screen(played: PlayerPage, name: str, least_high: float = 0.15) -> None:
    page = played.page
    page.evaluate("() => new Promise(requestAnimationFrame)")
    page.screenshot(path=SCREENSHOTS / f"full-{page.evaluate('innerWidth')}-{name}.png")
    assert played.panel.evaluate("measures.overlaps") == []
    digits = played.panel.locator(".hb-digits").evaluate("measures.digits")
    assert digits["high"] >= least_high
    assert digits["reach"] <= 0.92, "they come too near to the ring"
