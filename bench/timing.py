"""How late a phase changes: the guided player beside the timer that one finds in notebooks.

``python bench/timing.py`` takes about 24 minutes (``--quick`` four, with fewer changes and no long
routine). The player and a timer of ipywidgets (``timing_rival.py``) run the same phases in the same
JupyterLab page at the same time, in headless Chromium: visible, in a hidden tab, and beside a cell that keeps
the kernel busy. It prints a table and exits 1 when a promise is not kept.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import nbformat
from playwright.sync_api import Browser, Page, Playwright, TimeoutError, expect, sync_playwright

from hipbook.guide import player_data
from hipbook.stretching.routine import compile_plan
from hipbook.strings import text

BENCH = Path(__file__).parent
sys.path.insert(0, str(BENCH.parent / "tests" / "browser"))

from lab_driver import FLAGS, Lab, find_chromium, open_and_run, running_lab, scroll_to  # noqa: E402
from timing_table import Line, table  # noqa: E402

GRACE_S = 10  # hidden for so long before page timers may sink towards one a minute; 300 without the flag
FEATURE = f"--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/{GRACE_S}"
WINDOW = "--window-size=1300,1900"  # all cells in view: JupyterLab takes others out of the page
OVER = "data:,"  # the tab that is opened over the first one
SUNK_MS = 10_000  # a timer of one second that pauses for so long has sunk
BUSY_S = 10
BUSY_CELL = f"import time; time.sleep({BUSY_S})"
SHOW = """import sys; sys.path.insert(0, {folder!r})
import hipbook as hb, timing_rival
from IPython.display import display
display(timing_rival.timer({phases!r}), hb.player({what!r}, **{changes!r}))"""

FIFTEEN_MINUTES = {"hold_s": 40, "repetitions": 3, "rest_s": 5, "ready_s": 28, "switch_s": 20}
SHORT = {"hold_s": 20, "repetitions": 1, "rest_s": 5, "ready_s": 5, "switch_s": 5}
ONE_MINUTE = {"hold_s": 5, "repetitions": 3, "rest_s": 5, "ready_s": 5, "switch_s": 5}
ROUNDS = 7

VISIBLE_MS, HIDDEN_MS = 50, 250
"""What is promised at the 99th percentile; the first also for the end of the long routine."""


@dataclass(frozen=True)
class Routine:
    """What both run: a routine with its choices, and the phases that come of it."""

    what: str
    changes: Mapping[str, int]

    @property
    def phases(self) -> list[tuple[str, int]]:
        """Word and duration [s] of each phase."""
        plan = compile_plan(player_data(self.what, None, **self.changes)["choices"])
        return [(text(f"phase.{phase.kind}"), phase.duration_s) for phase in plan.phases]

    @property
    def total_s(self) -> int:
        """Duration of all [s]."""
        return sum(seconds for _, seconds in self.phases)

    def planned_ms(self, start_ms: float) -> list[float]:
        """Return when each phase begins, and the last one ends [ms]."""
        moments = [start_ms]
        for _, seconds in self.phases:
            moments.append(moments[-1] + seconds * 1000)
        return moments


@dataclass(frozen=True)
class Errors:
    """How late each change of a run came [ms], in order; ``planned_ms`` is when it should have come."""

    planned_ms: list[float]
    ours: list[float]
    tones: list[float]
    theirs: list[float]

    def between(self, from_ms: float, to_ms: float = float("inf")) -> Errors:
        """Return those that were planned between two moments."""
        kept = [at for at, moment in enumerate(self.planned_ms) if from_ms <= moment <= to_ms]
        return Errors(
            *([values[at] for at in kept] for values in (self.planned_ms, self.ours, self.tones, self.theirs))
        )

    def __add__(self, other: Errors) -> Errors:
        """Return both together."""
        return Errors(
            self.planned_ms + other.planned_ms,
            self.ours + other.ours,
            self.tones + other.tones,
            self.theirs + other.theirs,
        )


def errors(routine: Routine, watched: Mapping[str, Any]) -> Errors:
    """Compare what was seen in a page with the plan.

    The player is held to the start that it has kept itself, the rival to the first phase that it has shown:
    the way from its button to the kernel and back is not counted against it.
    """
    words = [word for word, _ in routine.phases]
    for name, end in (("ours", "finish"), ("theirs", "Done")):
        seen = [change["word"] for change in watched[name]]
        if seen != [*words, end]:
            raise RuntimeError(f"every phase must be shown once, in order, got ({name}) {seen}")
    ours, theirs = watched["ours"], watched["theirs"]
    planned = routine.planned_ms(ours[0]["startMs"])
    late = [change["atMs"] - moment for change, moment in zip(ours, planned, strict=True)]
    tones = [
        min((at - moment for at in change["tonesMs"]), key=abs, default=float("inf"))
        for change, moment in zip(ours, planned, strict=True)
    ]
    rival_planned = routine.planned_ms(theirs[0]["atMs"])
    rival = [change["atMs"] - moment for change, moment in zip(theirs, rival_planned, strict=True)]
    return Errors(planned[1:], late[1:], tones[1:], rival[1:])  # the first is the start itself


# --- pages ----------------------------------------------------------------


@contextmanager
def chromium() -> Iterator[int]:
    """Run a Chromium that throttles hidden tabs, as Playwright's do not; give the port of its DevTools."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        flags = [*FLAGS, FEATURE, WINDOW, "--headless", "--remote-debugging-port=0"]
        process = subprocess.Popen(
            [find_chromium(), *flags, f"--user-data-dir={profile}", "about:blank"],
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            found = filter(None, (re.search(r"ws://127\.0\.0\.1:(\d+)", line) for line in process.stderr))
            port = int(next(found)[1])
            Thread(target=process.stderr.read, daemon=True).start()
            yield port
        finally:
            process.terminate()
            process.wait()


def connect(play: Playwright, port: int) -> tuple[Browser, Page]:
    """Connect to the first tab of a browser; as long as this lasts, the tab counts as visible."""
    browser = play.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
    page = next(one for one in browser.contexts[0].pages if one.url != OVER)
    page.set_default_timeout(60_000)
    return browser, page


def hide(port: int) -> None:
    """Open another tab over the first one."""
    address = f"http://127.0.0.1:{port}/json/new?{OVER}"
    urllib.request.urlopen(urllib.request.Request(address, method="PUT")).close()


def open_both(page: Page, lab: Lab, name: str, routine: Routine) -> None:
    """Show the player and the rival in one cell of a notebook, and begin to watch them."""
    show = SHOW.format(
        folder=str(BENCH), phases=routine.phases, what=routine.what, changes=dict(routine.changes)
    )
    cells = [nbformat.v4.new_code_cell(source) for source in (BUSY_CELL, show, *["None"] * 8)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, lab.workspace / f"{name}.ipynb")
    open_and_run(page, lab.url(f"{name}.ipynb"))
    scroll_to(page, "timing_rival")
    page.locator(".hipbook-player").get_by_role("button", name="I have read this").click()
    watch = (BENCH / "timing_watch.js").read_text(encoding="utf-8")
    page.evaluate(f"() => {{ {watch}\n window.watched = watchTiming(); }}")


def start_both(page: Page) -> None:
    """Start the rival and the player."""
    page.locator(".bench-rival button").click()
    page.locator(".hipbook-player").get_by_role("button", name="Start", exact=True).click()


def silence(page: Page) -> None:
    """Turn the volume to nothing: a tab that sounds is not throttled. Tones are scheduled all the same."""
    panel = page.locator(".hipbook-player")
    panel.get_by_text("Sound, speech, language").click()
    panel.get_by_label("Volume (percent)").fill("0")


def take(page: Page, routine: Routine) -> dict[str, Any]:
    """Wait until both are done, and return what was seen."""
    n = len(routine.phases) + 1
    try:
        page.wait_for_function("n => watched.done(n)", arg=n, polling=500)
    except TimeoutError:
        watched = page.evaluate("watched.take()")
        last = {name: (len(watched[name]), watched[name][-1:]) for name in ("ours", "theirs")}
        raise RuntimeError(f"both must show {n} phases, got {last}") from None
    return page.evaluate("watched.take()")


# --- conditions -----------------------------------------------------------


@dataclass(frozen=True)
class Long:
    """What the visible and the hidden page gave, which ran at the same time."""

    visible: Errors
    hidden: Errors
    longest_gap_ms: float
    clock_ms: float


def measure_long(play: Playwright, lab: Lab, routine: Routine) -> Long:
    """Run a routine in a visible page and, in another browser, in a hidden one."""
    with chromium() as hidden_port, chromium() as visible_port:
        browser, page = connect(play, hidden_port)
        open_both(page, lab, "hidden", routine)
        silence(page)
        start_both(page)
        # A Worker that begins while the driver lets go would wait for the driver, so let it tick first.
        left = page.locator(".hipbook-player").get_by_role("timer")
        expect(left).not_to_have_text(left.inner_text())
        browser.close()  # only lets go of it
        hide(hidden_port)

        _, page = connect(play, visible_port)
        open_both(page, lab, "visible", routine)
        start_both(page)
        page.wait_for_timeout(routine.total_s * 1000)
        visible = take(page, routine)

        page.wait_for_timeout(5000)
        _, page = connect(play, hidden_port)
        hidden = take(page, routine)
    if [change["state"] for change in hidden["visibility"]] != ["visible", "hidden", "visible"]:
        raise RuntimeError(f"page must be hidden until the end, got {hidden['visibility']}")
    to_ms = hidden["visibility"][-1]["atMs"]
    sunk = [gap for gap in hidden["timerGaps"] if gap["lengthMs"] > SUNK_MS]
    if not sunk:
        raise RuntimeError(f"page timers must sink in the hidden page, got {hidden['timerGaps']}")
    longest = max(gap["lengthMs"] for gap in sunk)
    found = errors(routine, hidden).between(sunk[0]["fromMs"], to_ms)
    first, last = visible["clockOffsetMs"]
    return Long(errors(routine, visible), found, longest, last - first)


def measure_busy(play: Playwright, lab: Lab, routine: Routine, rounds: int) -> Errors:
    """Run a routine several times, each time beside one cell that keeps the kernel busy."""
    found = Errors([], [], [], [])
    with chromium() as port:
        _, page = connect(play, port)
        open_both(page, lab, "busy", routine)
        for _ in range(rounds):
            start_both(page)
            page.wait_for_timeout(8000)
            page.locator(".jp-CodeCell", has_text=BUSY_CELL).locator(".cm-content").click()
            page.keyboard.press("Control+Enter")
            expect(page.locator("#jp-main-statusbar")).to_contain_text("| Busy")
            busy_ms = time.time() * 1000
            page.wait_for_timeout((routine.total_s - 8) * 1000)
            found += errors(routine, take(page, routine)).between(busy_ms)
            page.locator(".hipbook-player").get_by_role("button", name="Once more").click()
            page.evaluate("watched.take()")  # set-up is no phase
    return found


def main() -> int:
    """Measure all, print the table, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="four minutes, with fewer changes")
    quick = parser.parse_args().quick
    routine = Routine("full", SHORT if quick else FIFTEEN_MINUTES)
    busy_routine = Routine("no_floor", ONE_MINUTE)
    load = os.getloadavg()[0]
    with (
        tempfile.TemporaryDirectory() as temporary,
        running_lab(Path(temporary)) as lab,
        sync_playwright() as play,
    ):
        long = measure_long(play, lab, routine)
        busy = measure_busy(play, lab, busy_routine, 1 if quick else ROUNDS)
    visible, hidden = long.visible, long.hidden
    lines = [
        Line("visible page, idle kernel: shown", visible.ours, visible.theirs, VISIBLE_MS),
        Line("… tone", visible.tones, None, VISIBLE_MS),
        Line(f"… end of {routine.total_s / 60:.3g} min", visible.ours[-1:], visible.theirs[-1:], VISIBLE_MS),
        Line("hidden tab, throttled: shown", hidden.ours, hidden.theirs, HIDDEN_MS),
        Line("… tone", hidden.tones, None, HIDDEN_MS),
        Line(f"from a cell of {BUSY_S} s on: shown", busy.ours, busy.theirs, VISIBLE_MS),
        Line("… tone", busy.tones, None, VISIBLE_MS),
    ]
    print(table(lines))
    minutes = routine.total_s / 60
    print(f"\nDrift of the timer of ipywidgets: {visible.theirs[-1] / minutes:.0f} ms a minute.")
    print(f"Longest pause of a timer of 1 s in the hidden page: {long.longest_gap_ms / 1000:.1f} s.")
    print(f"The system's clock against the page's steady one in the visible run: {long.clock_ms:+.1f} ms.")
    print(f"Load before and after: {load:.1f}, {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")
    return 0 if all(line.kept for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
