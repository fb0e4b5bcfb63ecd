"""The player on a page of its own, in a real browser: what is held is written once, whatever happens."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator

import pytest
from lab_driver import FLAGS, ROOT, SCREENSHOTS
from player_process import PlayerProcess
from playwright.sync_api import Browser, Page, expect

from hipbook import workspace
from hipbook.stretching import own_routines
from hipbook.stretching.routine import choices_of
from hipbook.strings import text

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
HOLD_S = 5


@pytest.fixture
def learner(tmp_path):
    """Return a workspace with a routine that takes eleven seconds."""
    made, _ = workspace.create(tmp_path / "workbook")
    choices = choices_of("hip_flexor_standing") | {"ready_s": 0, "switch_s": 1}
    choices["items"][0].update({"hold_s": HOLD_S, "repetitions": 1})
    own_routines.save(made.folder, "Short", choices)
    return made


@pytest.fixture
def start(learner) -> Iterator:
    """Return what starts ``hipbook player Short``."""
    started: list[PlayerProcess] = []

    def begin(*arguments: str) -> PlayerProcess:
        started.append(PlayerProcess("Short", "--workspace", str(learner.folder), *arguments))
        return started[-1]

    yield begin
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
        one.end()


@pytest.fixture
def heard(page: Page) -> list[str]:
    """Return what the browser complains of, and every place outside the page that it asks."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda said: said.type == "error" and found.append(said.text))
    page.on("request", lambda asked: found.append(asked.url) if is_elsewhere(asked.url) else None)
    return found


def is_elsewhere(address: str) -> bool:
    return not re.match(r"http://127\.0\.0\.1:\d+/|data:,|blob:http://127\.0\.0\.1", address)


def rows(learner, table: str = "holds") -> list[list[str]]:
    path = learner.log_folder / f"{table}.csv"
    lines = path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []
    return [line.split(",") for line in lines]


def held(learner) -> list[tuple[str, ...]]:
    """Return routine, side, planned seconds and outcome of each row of the log."""
    return [(row[4], row[6], row[8], row[10]) for row in rows(learner)]


BOTH = [("own:short", side, str(HOLD_S), "done") for side in ("left", "right")]


def begin_stretch(page: Page) -> None:
    page.get_by_role("button", name="I have read this").click()
    page.get_by_role("button", name=re.compile(r"^Start\b")).click()


def finished(page: Page):
    return expect(page.locator(".hipbook-player[data-panel=finish]"))


def saved(page: Page):
    return expect(page.locator(".hb-saved"))


def test_a_whole_routine_is_written_once_with_nothing_asked_of_elsewhere(start, learner, page: Page, heard):
    page.goto(start().address())
    expect(page).to_have_title("Short – hipbook")
    assert "token" not in page.url
    begin_stretch(page)
    page.screenshot(path=SCREENSHOTS / "page-run.png")
    finished(page).to_be_visible(timeout=30_000)
    saved(page).to_have_attribute("data-state", "saved")
    assert held(learner) == BOTH
    assert len(rows(learner, "sessions")) == 1
    page.reload()
    page.get_by_role("button", name="I have read this").or_(
        page.get_by_role("button", name=re.compile(r"^Start\b"))
    ).first.wait_for()
    assert held(learner) == BOTH
    assert heard == []


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT], ids=["killed", "stopped calmly"])
def test_a_server_that_ends_in_a_hold_costs_nothing(start, learner, page: Page, number: int):
    """The page stays open; hipbook is started again; each row arrives once."""
    first = start()
    page.goto(first.address())
    begin_stretch(page)
    expect(page.get_by_role("timer").first).to_have_text("3", timeout=10_000)
    first.end(number)
    finished(page).to_be_visible(timeout=30_000)
    saved(page).to_have_attribute("data-state", "waiting")
    assert rows(learner) == []
    start().address()
    saved(page).to_have_attribute("data-state", "saved", timeout=30_000)
    saved(page).to_have_text("Saved")
    assert held(learner) == BOTH
    assert len(rows(learner, "sessions")) == 1


def test_rows_that_wait_in_a_closed_page_arrive_when_hipbook_is_opened_again(start, learner, page: Page):
    first = start()
    page.goto(first.address())
    begin_stretch(page)
    expect(page.get_by_role("timer").first).to_have_text("3", timeout=10_000)
    assert first.end(signal.SIGINT)[0] == 0
    finished(page).to_be_visible(timeout=30_000)
    page.goto("about:blank")
    page.goto(start().address())
    page.get_by_role("button", name="I have read this").wait_for()
    saved(page).not_to_have_attribute("data-state", "waiting", timeout=30_000)
    assert held(learner) == BOTH
    assert len(rows(learner, "sessions")) == 1


@pytest.fixture
def tablet(browser: Browser, chromium) -> Iterator[Page]:
    """Return a page of a browser for which hipbook.test leads to this computer, as a router's name would."""
    flags = [*FLAGS, "--no-proxy-server", "--host-resolver-rules=MAP hipbook.test 127.0.0.1"]
    other = browser.browser_type.launch(executable_path=chromium, args=flags)
    page = other.new_page(ignore_https_errors=True)
    page.set_default_timeout(30_000)
    yield page
    other.close()


def test_a_tablet_gets_a_page_that_may_keep_the_screen_on_and_lead_one_tab(start, learner, tablet: Page):
    address = start("--lan", "--name", "hipbook.test").address()
    assert address.startswith("https://hipbook.test:")
    tablet.goto(address)
    begin_stretch(tablet)
    assert tablet.evaluate("[isSecureContext, 'wakeLock' in navigator, 'locks' in navigator]") == [True] * 3
    tablet.get_by_role("button", name="Pause").click()
    tablet.get_by_role("button", name="Skip").click()
    tablet.get_by_role("button", name="Stop").click()
    saved(tablet).to_have_attribute("data-state", "saved")
    assert [row[10] for row in rows(learner)][:1] == ["skipped"]


def test_without_its_key_the_page_says_only_what_to_do(start, page: Page, skip_or_fail):
    page.goto(start().address().partition("?")[0])
    expect(page.get_by_text(text("page.locked"))).to_be_visible()
    assert violations(page, skip_or_fail) == []


@pytest.mark.parametrize(("theme", "width"), [("light", 1300), ("dark", 320)])
def test_axe_finds_nothing_and_nothing_is_cut_off(start, page: Page, skip_or_fail, theme, width):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(start().address())
    looked_at = ["first", "set-up", "run", "finish"]
    steps = {
        "set-up": lambda: page.get_by_role("button", name="I have read this").click(),
        "run": lambda: page.get_by_role("button", name=re.compile(r"^Start\b")).click(),
        "finish": lambda: page.get_by_role("button", name="Stop").click(),
    }
    page.get_by_role("button", name="I have read this").wait_for()
    for panel in looked_at:
        steps.get(panel, lambda: None)()
        assert violations(page, skip_or_fail) == [], panel
        assert page.evaluate("document.documentElement.scrollWidth") <= width, panel
        page.screenshot(path=SCREENSHOTS / f"page-{theme}-{panel}.png", full_page=True)


def violations(page: Page, skip_or_fail) -> list[str]:
    """Return all that axe finds on the whole page, of whatever weight."""
    if not AXE.exists():
        skip_or_fail("axe-core", "run `npm ci --prefix frontend`")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")
    assert len(found["passes"]) > 5
    return [f"{entry['id']}: {entry['nodes'][0]['html']}" for entry in found["violations"]]
