"""The panel that measures, in a real browser: typed or sensed, each reading is in the log exactly once."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from lab_driver import FLAGS, ROOT, SCREENSHOTS
from measure_page import MeasurePage, Phone, measure_page, measure_three, rows_of
from player_process import PlayerProcess
from playwright.sync_api import Browser, Page, expect
from served_page import NAMES

from hipbook import workspace
from hipbook.measuring import TESTS
from hipbook.strings import text

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
MEASURES = Path(__file__).parent / "measures.js"
SMALLEST_PX = 320


@pytest.fixture
def measured(page: Page, tmp_path: Path) -> Iterator[MeasurePage]:
    """Return the page that measures, with a fresh workspace."""
    page.set_default_timeout(15_000)
    with measure_page(page, tmp_path) as served:
        yield served


@pytest.fixture
def heard(page: Page) -> list[str]:
    """Return what the browser complains of."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda said: said.type == "error" and found.append(said.text))
    return found


def values(rows: list[dict[str, str]]) -> list[tuple[str, ...]]:
    return [(row["test"], row["side"], row["trial"], row["value_deg"]) for row in rows]


# --- typed ----------------------------------------------------------------


def test_the_picture_follows_the_tape_and_three_readings_are_written_once(measured: MeasurePage, heard):
    measured.open()
    picture = measured.panel.get_by_role("img")
    thigh = measured.panel.locator(".hipbook-figure-near-leg")
    level = thigh.get_attribute("d")
    measured.type_lengths("84", "80", "41,5")
    expect(picture).to_have_accessible_name(text("measuring.figure.thomas", deg="+5.5°"))
    expect(picture).to_contain_text("A 84 cm")
    assert thigh.get_attribute("d") != level
    expect(measured.panel.locator(".hb-big")).to_have_text("+5.5°")
    measured.panel.get_by_label("I kept my low back flat").check()
    measured.panel.get_by_role("button", name="Save reading 1 of 3").click()
    for number, knee in ((2, "79.5"), (3, "86")):
        expect(measured.panel.get_by_label("A: hip mark")).to_be_focused()
        measured.type_lengths("84", knee)  # the thigh stays as long as it was
        measured.panel.get_by_role("button", name=f"Save reading {number} of 3").click()
    expect(measured.panel.get_by_text("Mean +3.0°")).to_be_visible()
    measured.saved()
    rows = measured.rows()
    assert values(rows) == [
        ("thomas_trig", "left", str(n), deg) for n, deg in ((1, "5.5"), (2, "6.2"), (3, "-2.8"))
    ]
    assert json.loads(rows[0]["inputs"]) == {
        "hip_height_cm": 84, "knee_height_cm": 80, "thigh_length_cm": 41.5, "pelvis": "watched",
    }  # fmt: skip
    measured.page.reload()
    expect(measured.panel.locator(".hb-readings li")).to_have_count(3)
    assert len(measured.rows()) == 3
    assert heard == []


def test_a_reading_is_undone_by_a_second_row_and_its_number_is_not_given_again(measured: MeasurePage):
    measured.open("thomas_goniometer")
    for angle in ("12", "14"):
        measured.panel.get_by_label("Angle that the tool shows").fill(angle)
        measured.panel.get_by_role("button", name="Save reading").click()
    measured.panel.get_by_role("button", name="Undo reading 1").click()
    expect(measured.panel.locator(".hb-readings li")).to_have_text(["Reading 1+14.0°Undo"])
    measured.panel.get_by_label("Angle that the tool shows").fill("3")
    measured.panel.get_by_label("The knee is").select_option("higher than zero")
    measured.panel.get_by_role("button", name="Save reading 2 of 3").click()
    measured.saved()
    rows = measured.rows()
    assert [row["value_deg"] for row in rows] == ["12", "14", "", "-3"]
    assert rows[2]["voids"] == rows[0]["id"]
    assert rows[3]["trial"] == "3"


def test_what_cannot_be_is_said_beside_it_and_not_saved(measured: MeasurePage):
    measured.open()
    measured.type_lengths("84", "20", "41.5")
    expect(measured.panel.get_by_text("A and B may differ by 35.9 cm at most")).to_be_visible()
    expect(measured.panel.locator(".hb-big")).to_have_text("–")
    measured.panel.get_by_role("button", name="Save reading").click()
    measured.type_lengths("84", "2000")
    expect(measured.panel.get_by_text("From 5 to 150.")).to_be_visible()
    expect(measured.panel.get_by_label("B: knee mark")).to_have_attribute("aria-invalid", "true")
    measured.panel.get_by_role("button", name="Save reading").click()
    expect(measured.panel.get_by_label("B: knee mark")).to_be_focused()
    assert measured.rows() == []


def test_with_the_keyboard_alone_a_reading_of_the_other_leg_is_saved(measured: MeasurePage):
    measured.open()
    keyboard = measured.page.keyboard
    test = measured.panel.get_by_label("Test", exact=True)
    test.focus()
    for key, chosen in (("ArrowDown", "thomas_goniometer"), ("ArrowUp", "thomas_trig")):
        keyboard.press(key)
        expect(test).to_have_value(chosen)
        expect(test).to_be_focused()
    keyboard.press("Tab")
    keyboard.press("ArrowDown")
    expect(measured.panel.get_by_label("Leg", exact=True)).to_be_focused()
    expect(measured.panel.get_by_role("heading", name="Today, right leg")).to_be_visible()
    for _ in range(2):
        keyboard.press("Tab")
    expect(measured.panel.get_by_label("I kept my low back flat")).to_be_focused()
    keyboard.press("Space")
    for typed in ("80", "81", "40"):
        keyboard.press("Tab")
        keyboard.type(typed)
    keyboard.press("Enter")
    measured.saved()
    [row] = measured.rows()
    assert (row["side"], row["value_deg"], json.loads(row["inputs"])["pelvis"]) == (
        "right",
        "-1.4",
        "watched",
    )


def test_in_another_language_all_is_in_it_with_its_own_decimals(measured: MeasurePage):
    measured.open()
    measured.panel.get_by_text("Voice, sound, language").click()
    measured.panel.get_by_label("Language").select_option("Deutsch")
    expect(measured.panel).to_have_attribute("lang", "de")
    measured.panel.get_by_label("A: Hüftpunkt").fill("84")
    measured.panel.get_by_label("B: Kniepunkt").fill("80")
    measured.panel.get_by_label("C: von Punkt").fill("41,5")
    measured.panel.get_by_role("button", name="Messung 1 von 3 speichern").click()
    expect(measured.panel.locator(".hb-readings")).to_contain_text("+5,5°")


# --- sensed ---------------------------------------------------------------


def test_the_voice_leads_through_three_trials_and_each_is_written_once(measured: MeasurePage, heard):
    phone = Phone(measured.page)
    measured.open("thomas_phone")
    measure_three(measured.page, phone, 2, (-6, -5.5, -6.5))
    expect(measured.panel.get_by_text("Mean +8.0°")).to_be_visible()
    measured.saved()
    rows = measured.rows()
    assert values(rows) == [
        ("thomas_phone", "left", str(n), deg) for n, deg in ((1, "8"), (2, "7.5"), (3, "8.5"))
    ]
    inputs = json.loads(rows[0]["inputs"])
    assert (inputs["raw_deg"], inputs["level_deg"], inputs["pelvis"]) == (-6, 2, "not_watched")
    said = measured.page.evaluate("said")
    start = text("measuring.say.starting.thomas")
    assert said[:3] == [
        text("measuring.say.getting_ready"),
        text("measuring.say.levelling.left"),
        f"{text('measuring.say.zero')} {start}",
    ]
    assert said[4] == f"{text('measuring.say.captured.plus', n=1, deg='8.0')} {start}"
    assert (
        said[-1] == f"{text('measuring.say.captured.plus', n=3, deg='8.5')} {text('measuring.say.finished')}"
    )
    measured.panel.get_by_role("button", name="Measure the right leg").click()
    expect(measured.panel.get_by_role("button", name="Begin with the right leg")).to_be_visible()
    assert heard == []


def test_a_phone_that_lies_the_wrong_way_round_is_told_so_and_nothing_is_written(measured: MeasurePage):
    phone = Phone(measured.page)
    measured.open("thomas_phone")
    phone.lie(1)
    measured.panel.get_by_role("button", name="Begin with the left leg").click()
    measured.panel.get_by_role("button", name="Take it now").click()
    expect(measured.panel.locator(".hb-word")).to_have_text("To the start")
    phone.lie(-85)
    expect(measured.panel.locator(".hb-do")).to_have_text(text("measuring.say.turned"))
    measured.panel.get_by_role("button", name="Stop").click()
    expect(measured.panel.get_by_role("button", name="Begin with the left leg")).to_be_focused()
    assert measured.rows() == []


@pytest.mark.parametrize(
    ("before", "key"),
    [
        ("", "measuring.sensor.none"),
        ("DeviceOrientationEvent.requestPermission = async () => 'denied'", "measuring.sensor.denied"),
        ("delete globalThis.DeviceOrientationEvent", "measuring.sensor.unsupported"),
    ],
)
def test_without_a_sensor_it_says_so_and_takes_what_is_typed(measured: MeasurePage, before: str, key: str):
    measured.page.add_init_script(before)
    measured.open("thomas_phone")
    begin = measured.panel.get_by_role("button", name="Begin with the left leg")
    if key.endswith("unsupported"):
        expect(begin).to_be_hidden()
    else:
        begin.click()
    expect(measured.panel.locator(".hb-trouble")).to_have_text(text(key))
    angle = measured.panel.get_by_label("Angle that the tool shows")
    if not angle.is_visible():
        measured.panel.get_by_text("Type what a tool shows", exact=True).click()
    angle.fill("7")
    measured.panel.get_by_role("button", name="Save reading 1 of 3").click()
    measured.saved()
    assert values(measured.rows()) == [("thomas_phone", "left", "1", "7")]


@pytest.fixture
def tablet(browser: Browser, chromium) -> Iterator[Page]:
    """Return a page of a browser for which hipbook.test leads to this computer, as a router's name would."""
    flags = [*FLAGS, "--no-proxy-server", "--host-resolver-rules=MAP hipbook.test 127.0.0.1"]
    other = browser.browser_type.launch(executable_path=chromium, args=flags)
    page = other.new_page(ignore_https_errors=True, viewport={"width": 390, "height": 844})
    page.set_default_timeout(30_000)
    yield page
    other.close()


@pytest.fixture
def learner(tmp_path) -> workspace.Workspace:
    return workspace.create(tmp_path / "workbook")[0]


@pytest.fixture
def start(learner) -> Iterator:
    """Return what starts ``hipbook measure``."""
    started: list[PlayerProcess] = []

    def begin(*arguments: str) -> PlayerProcess:
        started.append(PlayerProcess("--workspace", str(learner.folder), *arguments, command="measure"))
        return started[-1]

    yield begin
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
        one.end()


def test_over_https_at_a_name_of_the_network_a_phone_gives_its_sensor(start, learner, tablet: Page):
    address = start("--lan", "--name", "hipbook.test").address()
    assert address.startswith("https://hipbook.test:")
    phone = Phone(tablet)
    tablet.goto(address)
    expect(tablet.locator(".hipbook-measure select").first).to_have_value("thomas_phone")
    measure_three(tablet, phone, -1, (-11,))
    tablet.screenshot(path=SCREENSHOTS / "measure-phone.png")
    expect(tablet.locator(".hb-saved")).to_have_attribute("data-state", "saved")
    assert values(rows_of(learner)) == [("thomas_phone", "left", "1", "10")]


def test_at_a_plain_name_of_the_network_there_is_no_sensor_and_it_says_how_to_get_one(tablet: Page, tmp_path):
    with measure_page(tablet, tmp_path, NAMES | {"hipbook.test"}) as measured:
        measured.open("thomas_phone", host="hipbook.test")
        assert tablet.evaluate("isSecureContext") is False
        expect(measured.panel.locator(".hb-trouble")).to_have_text(text("measuring.sensor.unsupported"))


def test_a_server_that_is_killed_costs_no_reading(start, learner, page: Page):
    """Once hipbook is started again the reading arrives once, and the player's page is there, too."""
    first = start("thomas_goniometer")
    page.goto(first.address())
    expect(page.get_by_role("button", name="Save reading 1 of 3")).to_be_visible()
    first.process.kill()
    first.end()
    page.get_by_label("Angle that the tool shows").fill("9")
    page.get_by_role("button", name="Save reading 1 of 3").click()
    saved = page.locator(".hb-saved")
    expect(saved).to_have_attribute("data-state", "waiting")
    second = start()
    address = second.address()
    expect(saved).to_have_attribute("data-state", "saved", timeout=30_000)
    assert values(rows_of(learner)) == [("thomas_goniometer", "left", "1", "9")]
    page.goto(address.replace("/measure?what=thomas_trig", "/?what=no_floor"))
    expect(page.get_by_role("button", name="I have read this")).to_be_visible()
    assert second.end(signal.SIGINT)[0] == 0


# --- looks ----------------------------------------------------------------


@pytest.mark.parametrize("test", TESTS)
def test_axe_finds_nothing_grave_light_or_dark(measured: MeasurePage, test: str, skip_or_fail):
    if not AXE.exists():
        skip_or_fail("axe-core", "run `npm ci --prefix frontend`")
    measured.open(test)
    measured.page.evaluate(AXE.read_text(encoding="utf-8"))
    measured.panel.evaluate("panel => panel.querySelectorAll('details').forEach((one) => (one.open = true))")
    angle = measured.panel.get_by_label("Angle that the tool shows")
    if angle.count():
        angle.fill("99")
    else:
        measured.type_lengths("84", "80", "41.5")
    found = {}
    for theme in ("light", "dark"):
        measured.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        expect(measured.panel).to_have_attribute("data-theme", theme)
        run = measured.page.evaluate("axe.run('.hipbook-measure')")
        assert len(run["passes"]) > 10
        heavy = [entry for entry in run["violations"] if entry["impact"] in ("serious", "critical")]
        found[theme] = [f"{entry['id']}: {node['html']}" for entry in heavy for node in entry["nodes"]]
        measured.page.screenshot(path=SCREENSHOTS / f"measure-{test}-{theme}.png", full_page=True)
    assert found == {"light": [], "dark": []}


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("width", [SMALLEST_PX, 390])
def test_on_a_small_phone_nothing_is_cut_off_and_all_can_be_touched(
    measured: MeasurePage, test: str, width: int
):
    measured.page.set_viewport_size({"width": width, "height": 640})
    measured.page.add_init_script(path=MEASURES)
    phone = Phone(measured.page)
    measured.open(test)
    measured.panel.evaluate("panel => panel.querySelectorAll('details').forEach((one) => (one.open = true))")
    angle = measured.panel.get_by_label("Angle that the tool shows")
    if angle.count():
        angle.fill("12.5")
    else:
        measured.type_lengths("104.5", "90.5", "41.5")
    measured.panel.get_by_role("button", name="Save reading").click()
    seen = [measured.panel.evaluate("measures.outOfPlace")]
    if test.endswith("phone"):
        phone.lie(1)
        measured.panel.get_by_role("button", name="Begin with").click()
        expect(measured.panel.get_by_role("button", name="Take it now")).to_be_visible()
        seen.append(measured.panel.evaluate("measures.outOfPlace"))
    measured.page.screenshot(path=SCREENSHOTS / f"measure-{test}-{width}.png", full_page=True)
    assert measured.page.evaluate("document.documentElement.scrollWidth") <= width
    for here in seen:
        assert here.pop("controls") > 8
        assert here == {"outside": [], "cut": [], "small": []}
