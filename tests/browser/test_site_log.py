"""The log of the pages: kept in the browser, and the reader's to take, bring back, hand in and delete."""

from __future__ import annotations

import csv
import re

import pytest
from lab_driver import SCREENSHOTS
from playwright.sync_api import expect
from site_pages import PROGRESS, STRETCHES
from test_page import violations

from hipbook.classroom.cohort_logs import find_logs
from hipbook.classroom.cohort_reading import batches, fetch, read_batch
from hipbook.progress import log
from hipbook.stretching.routine import choices_of, compile_plan
from hipbook.strings import spoken, text

HOLDS = f"{','.join(log.HOLDS.names)}\n"
GOOD = "a,2026-03-29T07:15:00+02:00,2026-03-29,s,full,hip_flexor_standing,left,1,30,30,done,,,1\n"
STOPPED = GOOD.replace("30,30,done,", "30,12,stopped,numb_tingling")


def held_by_plan() -> list[tuple[str, str]]:
    plan = compile_plan(choices_of("five_minutes"))
    rows = dict.fromkeys(phase.row for phase in plan.phases if phase.row is not None)
    first = {
        phase.row: (phase.stretch, phase.side) for phase in reversed(plan.phases) if phase.row is not None
    }
    return [first[row] for row in rows]


def test_a_routine_runs_to_its_end_and_its_log_is_downloaded_deleted_and_brought_back(site, tmp_path):
    site.open(STRETCHES)
    expect(site.log()).to_contain_text(text("site.log.empty"))
    site.begin()
    site.run()
    expect(site.page.locator(".hipbook-player[data-panel=finish]")).to_be_visible()
    site.saved().to_have_text(text("player.site.saved"))
    site.player.get_by_label("Discomfort").select_option("3")
    site.player.get_by_label(re.compile("Note")).fill('=HYPERLINK("x"), "quoted"\nsecond line – ü')
    site.player.get_by_role("button", name=spoken()["player.feel_save"]).click()
    site.page.screenshot(path=SCREENSHOTS / "site-finish.png")

    holds = site.download("holds.csv", tmp_path / "holds.csv")
    sessions = site.download("sessions.csv", tmp_path / "sessions.csv")
    read = log.read_holds(holds, strict=True)
    assert [*read.rejected, *read.assumed] == []
    assert sorted(zip(read.rows["stretch"], read.rows["side"], strict=True)) == sorted(held_by_plan())
    assert set(read.rows["outcome"]) == {"done"}
    [felt] = log.read_sessions(sessions, strict=True).rows.to_dict("records")
    assert (felt["discomfort_0_10"], felt["note"]) == (3, '=HYPERLINK("x"), "quoted"\nsecond line – ü')
    assert b",\"'=HYPERLINK" in sessions.read_bytes()

    # In the form in which hipbook itself writes: a workbook's log takes it as it is.
    rows = list(csv.DictReader(holds.open(encoding="utf-8", newline="")))
    log.append_holds(tmp_path / "log", rows)
    assert (tmp_path / "log" / "holds.csv").read_bytes() == holds.read_bytes()

    site.open(PROGRESS)
    expect(site.log()).to_contain_text(f"{len(rows)} holds")
    weeks = site.page.get_by_role("region", name=text("site.weeks.title"))
    left = sum(float(row["held_s"]) for row in rows if row["side"] == "left") / 60
    expect(weeks.locator("tbody td").first).to_have_text(f"{left:.1f}")
    site.page.screenshot(path=SCREENSHOTS / "site-progress.png", full_page=True)

    site.log().get_by_role("button", name=text("site.log.delete")).click()
    site.log().get_by_role("button", name=text("site.log.delete_yes")).click()
    expect(site.log()).to_contain_text(text("site.log.empty"))
    assert (
        site.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('hipbook:pages'))") == []
    )

    for file, count in ((holds, len(rows)), (sessions, 2)):
        site.choose(file)
        expect(site.log()).to_contain_text(f"{file.name}: {count} new, 0 known already, 0 not understood.")
        site.log().get_by_role("button", name=f"Add {count}").click()
        expect(site.log()).to_contain_text(f"Added {count}.")
    assert site.download("holds.csv", tmp_path / "again.csv").read_bytes() == holds.read_bytes()
    assert site.download("sessions.csv", tmp_path / "again.csv").read_bytes() == sessions.read_bytes()
    site.choose(holds)
    expect(site.log()).to_contain_text(f"holds.csv: 0 new, {len(rows)} known already, 0 not understood.")
    expect(site.log().get_by_role("button", name=re.compile("^Add [0-9]"))).to_have_count(0)


def test_what_is_not_understood_of_a_file_is_named_and_the_rest_is_added(site, tmp_path):
    made = tmp_path / "made.csv"
    made.write_text(
        HOLDS + GOOD + GOOD.replace("a,", "b,", 1).replace("left", "<b>both</b>"), encoding="utf-8"
    )
    site.open(PROGRESS)
    site.choose(made)
    expect(site.log()).to_contain_text("made.csv: 1 new, 0 known already, 1 not understood.")
    expect(site.log()).to_contain_text("row 2: side must be left or right, got “<b>both</b>”")
    site.log().get_by_role("button", name=text("site.log.cancel")).click()
    expect(site.log()).to_contain_text(text("site.log.empty"))
    site.choose(made)
    site.log().get_by_role("button", name="Add 1").click()
    expect(site.log()).to_contain_text("1 hold, of 29 March 2026")
    site.choose(made)
    expect(site.log()).to_contain_text("made.csv: 0 new, 1 known already, 1 not understood.")
    made.write_text("name,age\nAnn,3\n", encoding="utf-8")
    site.choose(made)
    expect(site.log()).to_contain_text("made.csv is not a log of hipbook's")


def kept(site, tmp_path) -> None:
    """Let the browser keep a hold that was stopped for a reason."""
    made = tmp_path / "holds.csv"
    made.write_text(HOLDS + STOPPED, encoding="utf-8")
    site.choose(made)
    site.log().get_by_role("button", name="Add 1").click()
    expect(site.log()).to_contain_text("1 hold, of 29 March 2026")


def test_what_is_handed_in_has_a_code_and_no_reason_and_a_class_reads_it(site, tmp_path):
    site.open(PROGRESS)
    hand_in = site.log().get_by_role("button", name=text("site.log.hand_in"))
    expect(hand_in).to_be_hidden()
    kept(site, tmp_path)
    site.log().get_by_label(text("site.log.code")).fill(" K7M ")
    with site.page.expect_download() as coming:
        hand_in.click()
    assert coming.value.suggested_filename == "K7M-holds.csv"
    group = tmp_path / "handed in" / "7a"
    coming.value.save_as(group / "K7M-holds.csv")
    assert "numb_tingling" not in (group / "K7M-holds.csv").read_text(encoding="utf-8")
    assert "numb_tingling" in site.download("holds.csv", tmp_path / "own.csv").read_text(encoding="utf-8")
    found = find_logs(str(group.parent))
    [batch] = batches(found.fs, found.logs)
    not_used: list = []
    [person] = read_batch(batch, fetch(batch), not_used)
    assert not_used == []
    assert (person.group, person.holds["held_s"].tolist()) == ("7a", [12])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", text("site.log.code_missing")),
        ("Anna Müller", text("site.log.code_rule", typed="Anna Müller")),
    ],
)
def test_without_a_code_nothing_is_handed_in_and_one_line_says_why(site, tmp_path, typed, said):
    came: list = []
    site.page.on("download", lambda coming: came.append(coming))
    site.open(PROGRESS)
    kept(site, tmp_path)
    field = site.log().get_by_label(text("site.log.code"))
    field.fill(typed)
    field.press("Enter")
    expect(site.log().get_by_role("alert")).to_have_text(said)
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("K7M")
    expect(site.log().get_by_role("alert")).to_have_count(0)
    assert came == []


def test_the_part_that_hands_in_is_found_by_everyone(site, skip_or_fail, tmp_path):
    site.open(PROGRESS)
    kept(site, tmp_path)
    site.log().get_by_label(text("site.log.code")).press("Enter")
    for theme in ("light", "dark"):
        site.page.emulate_media(color_scheme=theme)
        assert violations(site.page, skip_or_fail) == []
        site.heard.clear()
        site.log().screenshot(path=SCREENSHOTS / f"site-hand-in-{theme}.png")


def test_a_reload_in_the_middle_loses_nothing_and_is_taken_up_again(site):
    site.open(STRETCHES)
    site.begin()
    site.page.evaluate("seconds => spy.pass(seconds)", 70)
    before = site.page.evaluate(
        "Object.keys(localStorage).filter((key) => key.includes(':log:holds:')).length"
    )
    assert before >= 1
    site.page.reload()
    expect(site.page.locator(".hipbook-player[data-panel=resume]")).to_be_visible()
    site.player.get_by_role("button", name=re.compile("^Go on where")).click()
    site.player.get_by_role("button", name="Skip").click()
    site.player.get_by_role("button", name="Stop").click()
    site.saved().to_have_text(text("player.site.saved"))
    kept = site.page.evaluate("Object.keys(localStorage).filter((key) => key.includes(':log:holds:')).length")
    assert kept > before


@pytest.mark.parametrize(
    "broken", ["Storage.prototype.setItem = () => { throw new Error('full'); }", "delete window.localStorage"]
)
def test_a_browser_that_keeps_nothing_is_never_said_to_have_kept(site, broken):
    site.page.add_init_script(broken)
    site.open(STRETCHES)
    site.begin()
    for _ in range(3):
        site.player.get_by_role("button", name="Skip").click()
    site.player.get_by_role("button", name="Stop").click()
    site.saved().to_have_attribute("data-state", "waiting")
    site.saved().to_contain_text(text("player.site.refused"))


def test_an_own_routine_and_a_language_stay_in_the_browser(site):
    site.open(STRETCHES)
    site.player.get_by_role("button", name="I have read this").click()
    site.player.locator("summary", has_text=spoken()["player.own"]).click()
    site.player.get_by_label(spoken()["player.own_name"], exact=True).fill("My evening")
    site.player.get_by_role("button", name=spoken()["player.own_save"]).click()
    expect(site.player.locator(".hb-own li")).to_have_count(1)
    site.player.locator("summary", has_text=spoken()["player.cues"]).click()
    site.player.get_by_label(spoken()["player.language"]).select_option("de")
    expect(site.player).to_have_attribute("lang", "de")
    site.page.reload()
    expect(site.player).to_have_attribute("lang", "de")
    site.saved().to_have_text(spoken("de")["player.site.saved_idle"])
    site.player.get_by_role("button", name=spoken("de")["safety.continue"]).click()
    own = site.player.get_by_role("combobox").first.locator("option", has_text="My evening")
    assert own.get_attribute("value") == "own:my-evening"
