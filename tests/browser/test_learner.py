"""What a learner does: opens 03, does the half-kneeling stretch, finds the rows, finds the hold in 05."""

from __future__ import annotations

import csv
import re

from lab_driver import SCREENSHOTS, open_and_run, scroll_to
from playwright.sync_api import Page, expect

STRETCH = "hip_flexor_half_kneeling"
PANEL = re.compile("Guided stretch: Hip flexor stretch, half kneeling")


def test_a_stretch_is_done_logged_and_charted(lab, page: Page):
    open_and_run(page, lab.url("03_guided_stretches.ipynb"))
    panel = page.get_by_role("group", name=PANEL)
    scroll_to(page, f'hb.player("{STRETCH}")')
    panel.get_by_role("button", name="Show the questions").click()
    panel.get_by_role("button", name="I have read this").click()
    set_up(panel)
    panel.screenshot(path=SCREENSHOTS / "player-setup.png")
    panel.get_by_role("button", name="Start").click()

    expect(panel.get_by_role("timer", name="Time left")).to_be_visible()
    expect(panel.locator(".hb-word")).to_have_text("Hold")
    drawn = re.compile("Side view: Hip flexor stretch, half kneeling, left side")
    expect(panel.get_by_role("img", name=drawn)).to_be_visible()
    for name in ("Pause", "Back", "Skip", "Stop", "It hurts", "Full screen"):
        expect(panel.get_by_role("button", name=name)).to_be_visible()
    expect(panel.get_by_role("timer")).to_have_text("3")
    panel.screenshot(path=SCREENSHOTS / "player-hold.png")
    expect(panel.get_by_text("Done. Well held.")).to_be_visible(timeout=40_000)
    expect(panel.get_by_text("Saved", exact=True)).to_be_visible()
    panel.screenshot(path=SCREENSHOTS / "player-finish.png")

    rows = read(lab, "holds")
    columns = ("stretch", "side", "repetition", "planned_s", "held_s", "outcome")
    seen = [tuple(row[column] for column in columns) for row in rows]
    assert seen == [(STRETCH, side, "1", "5", "5", "done") for side in ("left", "right")]
    assert len({row["id"] for row in rows}) == 2
    assert {row["session_id"] for row in rows} == {session["session_id"] for session in read(lab, "sessions")}

    open_and_run(page, lab.url("05_my_progress.ipynb"))
    mine = scroll_to(page, "mine = hb.my_log(or_sample=True)").locator(".jp-OutputArea-output")
    expect(mine).to_contain_text("2 holds on one day", timeout=60_000)
    dose = scroll_to(page, 'hb.my_progress(mine, "weekly_dose")').locator("figcaption")
    expect(dose).to_contain_text("you held 5 seconds on the left and 5 seconds on the right")
    dose.scroll_into_view_if_needed()
    page.screenshot(path=SCREENSHOTS / "progress-own.png")


def read(lab, table):
    with (lab.workspace / "log" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def set_up(panel) -> None:
    """Shorten the stretch through the panel's own set-up."""
    panel.get_by_label("Hold (seconds)").fill("5")
    panel.get_by_label("Times per side").fill("1")
    panel.get_by_text("More: order and pauses").click()
    panel.get_by_label("Get ready (seconds)").fill("0")
    panel.get_by_label("Change sides (seconds)").fill("2")
    expect(panel.get_by_text("The article says 30–40 s for this stretch.")).to_be_visible()
    expect(panel.get_by_text("In all 0:12")).to_be_visible()
