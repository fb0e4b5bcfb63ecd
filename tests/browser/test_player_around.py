"""What comes before and after a routine: questions, set-up, own routines, and an end that is told truly."""

from __future__ import annotations

import re

import pytest
from player_page import PlayerPage
from playwright.sync_api import Locator, expect

from hipbook.stretching import own_routines
from hipbook.strings import spoken, text

HALF_KNEELING, STANDING = "hip_flexor_half_kneeling", "hip_flexor_standing"
CROSSED, TOWEL = "hip_rotator_crossed", "hip_mobilization_towel"


def answer(played: PlayerPage, *answers: str) -> None:
    for key in answers:
        played.panel.get_by_label(text(f"checklist.answer.{key}"), exact=True).check()
    played.button("I have read this").click()


def unfold(played: PlayerPage, key: str) -> Locator:
    """Open a folding of set-up; return it."""
    folding = played.panel.locator("details", has=played.page.get_by_text(text(key), exact=True))
    folding.locator("summary").click()
    return folding


def choose_language(played: PlayerPage, code: str) -> Locator:
    """Return the control, which must have the focus still."""
    control = played.panel.locator("select", has=played.page.locator(f"option[value={code}]"))
    control.focus()
    control.select_option(code)
    expect(played.panel).to_have_attribute("lang", code)
    expect(control).to_be_focused()
    return control


# --- the questions


def test_asked_again_the_ticks_of_before_are_there(played: PlayerPage):
    played.open("five_minutes")
    answer(played, "bones", "belly")
    unfold(played, "safety.title").get_by_role("button", name="Ask me the questions again").click()
    ticked = played.panel.get_by_role("checkbox", checked=True)
    expect(ticked).to_have_count(2)
    expect(played.panel.get_by_label(text("checklist.answer.bones"))).to_be_checked()
    expect(played.button(re.compile("None of these"))).to_be_hidden()
    ticked.first.uncheck()
    played.button("I have read this").click()
    expect(played.panel.get_by_text(f"{text(f'stretch.{CROSSED}.name')}: left out.")).to_have_count(0)


def test_the_language_is_chosen_on_the_first_panel_and_all_of_the_page_follows_it(played: PlayerPage):
    page = played.page
    played.open("five_minutes")
    played.panel.get_by_label(text("checklist.answer.floor"), exact=True).check()
    choose_language(played, "de")
    words = spoken("de")
    expect(played.panel.get_by_label(words["checklist.answer.floor"], exact=True)).to_be_checked()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page).to_have_title("Fünf Minuten – hipbook")
    expect(page.locator("body > footer")).to_have_text(words["safety.education"])
    expect(page.get_by_role("heading", level=2)).to_have_text(words["page.heading"])
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    choose_language(played, "en")
    expect(page.locator("body > footer")).to_have_text(text("safety.education"))
    played.button(re.compile("None of these")).click()
    expect(played.panel.locator("footer")).to_have_text(text("player.keys"))


ANOTHER_PANEL = """async () => {
  const { default: create } = await import("/player.js");
  const data = JSON.parse(document.getElementById("player-data").textContent);
  const another = create();
  globalThis.asked = [];
  const send = (message) => asked.push(message);
  const model = { get: () => ({ ...data, key: "full" }), on() {}, off() {}, send };
  another.initialize({ model });
  another.render({ model, el: document.body.appendChild(document.createElement("div")) });
}"""


def test_another_panel_of_the_page_follows_to_the_language_and_repeats_no_questions(played: PlayerPage):
    played.open("five_minutes")
    first, other = played.panel.first, played.panel.last
    played.page.evaluate(ANOTHER_PANEL)
    expect(other).to_have_attribute("data-panel", "closed")
    first.get_by_label("Language").select_option("es")
    expect(first).to_have_attribute("lang", "es")
    assert played.page.evaluate("asked") == [{"kind": "language", "language": "es"}]
    expect(other).to_have_attribute("data-panel", "closed")


# --- set-up


def needs(played: PlayerPage) -> Locator:
    return played.panel.locator(".hb-need")


def test_what_to_fetch_is_said_before_one_lies_down_and_follows_what_is_chosen(played: PlayerPage):
    towel, rolled = text("player.need.towel_pad"), text("player.need.towel_roll")
    played.open("five_minutes")
    expect(needs(played)).to_have_text(
        f"You need: {towel}, a steady chair, a mat, a flat cushion for your head, and {rolled}."
    )
    answer(played, "bones")
    expect(needs(played)).to_have_text(f"You need: {towel} and a steady chair.")
    played.panel.get_by_label("Form").select_option(STANDING)
    expect(needs(played)).to_have_text("You need: a wall to hold on to.")


def test_what_is_said_of_a_routine_is_true_of_what_is_left_of_it(played: PlayerPage):
    played.open("five_minutes")
    answer(played, "bones", "kneeling_hurts")
    about = played.panel.locator(".hb-about")
    total = played.panel.locator(".hb-total")
    expect(about).to_have_text("Today without: Legs crossed, Towel mobilization. In all 1:30.")
    expect(total).to_have_text("In all 1:30")
    played.panel.get_by_label("Times per side").fill("2")
    expect(about).to_have_text("Today without: Legs crossed, Towel mobilization. In all 2:50.")
    for box in range(2):
        played.panel.get_by_label(text("checklist.agree")).nth(box).check()
    expect(about).to_have_text("Set up in another way than usual. In all 4:54.")
    played.panel.get_by_label("Routine", exact=True).select_option("hip_rotator")
    expect(about).to_have_text("")
    played.panel.get_by_label("Routine", exact=True).select_option("no_floor")
    expect(about).to_have_text(text("routine.no_floor.about"))


def test_another_language_or_routine_leaves_foldings_open_and_the_focus_where_it_was(played: PlayerPage):
    played.open("five_minutes")
    answer(played)
    unfold(played, "player.cues")
    unfold(played, "player.more")
    choose_language(played, "fr")
    assert played.panel.locator("details").evaluate_all("all => all.map(({ open }) => open)") == [
        True,
        True,
        False,
        False,
    ]
    routine = played.panel.get_by_label(spoken("fr")["player.routine"], exact=True)
    routine.focus()
    routine.select_option("full")
    expect(played.panel.locator(".hb-title")).to_have_text(spoken("fr")["routine.full"])
    expect(routine).to_be_focused()
    expect(played.panel.locator("details[open]")).to_have_count(2)


def test_a_routine_of_ones_own_is_saved_chosen_and_only_deleted_when_asked_once_more(played: PlayerPage):
    panel, folder = played.panel, played.learner.folder
    played.open("five_minutes")
    answer(played)
    panel.get_by_label("Hold (seconds)").first.fill("33")
    mine = unfold(played, "player.own")
    mine.get_by_label("Name").fill("My evening")
    mine.get_by_role("button", name="Save routine").click()
    expect(mine.get_by_role("status")).to_have_text("Saved.")
    expect(mine).to_have_attribute("open", "")
    expect(panel.get_by_label("Routine", exact=True)).to_have_value("own:my-evening")
    expect(panel.locator(".hb-title")).to_have_text("My evening")
    expect(panel.get_by_label("Hold (seconds)").first).to_have_value("33")

    delete = mine.get_by_role("button", name="Delete routine My evening")
    delete.click()
    asked = mine.get_by_role("group", name="Delete My evening for good?")
    expect(asked.get_by_role("button", name="No")).to_be_focused()
    played.page.keyboard.press("Enter")
    expect(delete).to_be_focused()
    assert [own.name for own in own_routines.listed(folder)] == ["My evening"]
    delete.click()
    asked.get_by_role("button", name="Yes").click()
    expect(mine.get_by_role("status")).to_have_text("Deleted.")
    expect(mine.get_by_label("Name")).to_be_focused()
    expect(delete).to_have_count(0)
    expect(panel.locator(".hb-title")).to_have_text("Five minutes")
    assert own_routines.listed(folder) == []


def test_what_is_saved_runs_under_its_own_name(played: PlayerPage):
    played.save("Short", STANDING)
    played.open("Short")
    answer(played)
    mine = unfold(played, "player.own")
    mine.get_by_label("Name").fill("Shorter")
    mine.get_by_role("button", name="Save routine").click()
    expect(mine.get_by_role("status")).to_have_text("Saved.")
    played.button("Start", exact=True).click()
    played.pass_time(11)
    played.button("Stop").click()
    expect(played.panel.locator(".hb-saved")).to_have_attribute("data-state", "saved")
    assert {row["routine"] for row in played.rows()} == {"own:shorter"}


# --- the end


def hold_for(played: PlayerPage, seconds: float) -> None:
    """Begin a routine of half kneeling and the towel, and be so long in its first hold."""
    played.save("Mine", HALF_KNEELING, TOWEL, hold_s=20)
    played.open("Mine")
    answer(played)
    played.button("Start", exact=True).click()
    played.pass_time(5 + seconds)
    expect(played.panel.locator(".hb-word")).to_have_text("Hold")


@pytest.mark.parametrize("felt", ["numb_tingling", "unwell"])
def test_what_ends_the_day_is_told_in_full_and_everything_is_left_out(played: PlayerPage, felt: str):
    panel = played.panel
    hold_for(played, 6)
    played.button("It hurts").click()
    played.button(text(f"hurts.feel.{felt}"), exact=True).click()
    box, stop = panel.get_by_label(text("hurts.keep")), played.button("End for today")
    assert box.bounding_box()["y"] + box.bounding_box()["height"] <= stop.bounding_box()["y"]
    stop.click()
    played.is_on("finish").wait_for()
    told = panel.locator(".hb-last-word")
    for key in ("then", "emergency"):
        expect(told.get_by_text(text(f"hurts.{key}.{felt}"), exact=True)).to_be_visible()
    expect(told.get_by_text(text("hurts.emergency.title"))).to_be_visible()
    expect(played.button("Once more")).to_be_hidden()
    played.button("Back to the set-up").click()
    expect(panel.get_by_text(text(f"checklist.reason.{felt}"))).to_be_visible()
    expect(panel.get_by_text(": left out.")).to_have_count(2)
    expect(panel.get_by_text(text("player.nothing_today"))).to_be_visible()
    expect(played.button("Start", exact=True)).to_be_disabled()
    panel.get_by_label("Routine", exact=True).select_option("no_floor")
    expect(played.button("Start", exact=True)).to_be_disabled()


def test_a_day_that_was_ended_stays_over_after_a_reload_until_it_is_taken_back(played: PlayerPage):
    hold_for(played, 6)
    played.button("It hurts").click()
    played.button(text("hurts.feel.unwell"), exact=True).click()
    played.button("End for today").click()
    played.is_on("finish").wait_for()
    played.page.reload()
    expect(played.button("I have read this")).to_be_visible()
    expect(played.button(re.compile("None of these"))).to_be_hidden()
    answer(played)
    expect(played.panel.get_by_text(text("checklist.reason.ended"))).to_be_visible()
    expect(played.button("Start", exact=True)).to_be_disabled()
    played.button(text("checklist.take_back")).click()
    expect(played.button("Start", exact=True)).to_be_enabled()
    expect(played.panel.get_by_text(": left out.")).to_have_count(0)
    played.page.reload()
    expect(played.button(re.compile("None of these"))).to_be_visible()


def test_what_was_felt_and_ends_only_a_stretch_leaves_the_way_open(played: PlayerPage):
    hold_for(played, 6)
    played.button("It hurts").click()
    played.button(text("hurts.feel.lower_back"), exact=True).click()
    played.button("End for today").click()
    expect(played.panel.locator(".hb-last-word")).to_have_text("")
    expect(played.button("Back to the set-up")).to_be_hidden()
    played.button("Once more").click()
    expect(played.panel.get_by_text(text("checklist.reason.today"))).to_be_visible()
    expect(played.button("Start", exact=True)).to_be_enabled()


def test_where_nothing_was_held_nothing_more_is_said_or_asked(played: PlayerPage):
    played.open("no_floor")
    answer(played)
    played.button("Start", exact=True).click()
    played.button("Stop").click()
    expect(played.panel.get_by_text("Nothing was held.", exact=True)).to_be_visible()
    expect(played.panel.get_by_text("How did it feel?")).to_be_hidden()
    expect(played.button("Once more")).to_be_visible()
    expect(played.panel.locator(".hb-saved")).not_to_have_attribute("data-state", "waiting")
    assert [len(played.rows(table)) for table in ("holds", "sessions")] == [0, 1]


def test_a_correction_says_that_it_only_goes_down(played: PlayerPage):
    hold_for(played, 6)
    played.button("Stop").click()
    expect(played.panel.get_by_text("How did it feel?")).to_be_visible()
    expect(played.panel.get_by_text(text("player.correct_about"))).to_be_hidden()
    played.button(re.compile("^Correct: ")).click()
    expect(played.panel.get_by_text(text("player.correct_about"))).to_be_visible()
    expect(played.panel.get_by_label(text("player.correct_held"))).to_have_attribute("max", "6")


def test_a_correction_keeps_why_only_if_that_is_ticked(played: PlayerPage):
    hold_for(played, 6)
    played.button("Stop").click()
    why, box = (played.panel.get_by_label(text(key)) for key in ("player.correct_why", "hurts.keep"))
    for ticked in (False, True):
        played.button(re.compile("^Correct: ")).click()
        expect(box).to_be_hidden()
        why.select_option("knee")
        expect(box).to_be_visible()
        box.set_checked(ticked)
        played.button(text("player.correct_save")).click()
        expect(played.panel.locator(".hb-saved")).to_have_attribute("data-state", "saved")
    assert [row["reason"] for row in played.rows()] == ["", "", "knee"]


def test_other_times_are_set_beside_the_article_and_a_hold_beside_the_guideline(played: PlayerPage):
    played.save("Mine", "hip_flexor_standing", "hip_mobilization_towel")
    played.open("Mine")
    answer(played)
    hold, sets = (played.panel.locator(".hb-item").nth(number) for number in range(2))
    hold.get_by_label(text("player.hold_s")).fill("20")
    sets.get_by_label(text("player.set_s")).fill("20")
    for item, low, high in ((hold, 30, 40), (sets, 30, 60)):
        expect(item.get_by_text(text("player.outside_dose", low=low, high=high))).to_be_visible()
    expect(hold.get_by_text(text("player.outside_guideline"))).to_be_visible()
    expect(sets.get_by_text(text("player.outside_guideline"))).to_be_hidden()
    hold.get_by_label(text("player.hold_s")).fill("30")
    expect(hold.get_by_text(text("player.outside_guideline"))).to_be_hidden()
