"""A walk through every panel of the player, for whatever looks at each of them."""

from __future__ import annotations

from collections.abc import Iterator

from player_page import PlayerPage
from playwright.sync_api import expect

from hipbook.strings import spoken


def panels(played: PlayerPage, language: str = "en") -> Iterator[str]:
    """Lead the player from panel to panel, and name each; all foldings are open."""
    page, words = played.page, spoken(language)

    def step(name: str) -> str:
        played.panel.evaluate(
            "panel => panel.querySelectorAll('details').forEach((part) => (part.open = true))"
        )
        return name

    def tick(answer: str, on: bool = True) -> None:
        played.panel.get_by_label(words[f"checklist.answer.{answer}"], exact=True).set_checked(on)

    def press(key: str) -> None:
        played.button(words[key], exact=True).first.click()

    played.save("Mine", "hip_flexor_half_kneeling", "hip_rotator_crossed", hold_s=20)
    played.open("five_minutes", language)
    yield step("checklist")
    tick("emergency_chest")
    yield step("urgent")
    tick("emergency_chest", on=False)
    tick("kneeling_hurts")
    tick("bones")
    press("safety.continue")
    yield step("set-up with a verdict")
    seconds = played.panel.get_by_label(words["player.hold_s"])
    seconds.fill("999")
    yield step("set-up that cannot start")
    seconds.fill("20")
    press("player.start")
    yield step("get ready")
    played.pass_time(16)
    yield step("hold")
    press("player.pause")
    yield step("paused")
    press("player.resume")
    played.page.evaluate("spy.sleep(60)")
    played.panel.locator(".hb-why:not(:empty)").wait_for()
    yield step("asleep")
    press("player.hurts")
    yield step("hurts")
    press("hurts.feel.numb_tingling")
    yield step("hurts, and what then")
    press("hurts.back")
    press("hurts.nothing")
    page.reload()
    played.is_on("resume").wait_for()
    expect(played.panel).to_have_attribute("lang", language)  # the words come from Python, a moment later
    yield step("resume")
    other = page.context.new_page()
    other.goto(page.url)
    other.locator(".hb-offer .hb-primary").click()
    played.is_on("elsewhere").wait_for()
    yield step("elsewhere")
    press("player.elsewhere_take")
    other.close()
    press("player.skip")
    press("player.stop")
    yield step("finish")
    played.panel.locator(".hb-small").first.click()
    yield step("finish with a correction")
