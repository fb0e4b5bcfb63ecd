"""The page that measures for tests: a fresh workspace, and a phone that lies as it is told."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import CDPSession, Locator, Page, expect
from served_page import NAMES, TOKEN, serving

from hipbook import workspace
from hipbook.page.server import application

SAYS = """
globalThis.said = [];
speechSynthesis.getVoices = () => [{ lang: "en-GB", name: "en", localService: true, default: true }];
globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
speechSynthesis.speak = (one) => { if (one.text) said.push(one.text); setTimeout(() => one.onend?.()); };
"""
"""Runs in the page first: what is spoken is kept."""


@dataclass
class MeasurePage:
    """A page with a panel that measures, and the workspace that it writes into."""

    page: Page
    learner: workspace.Workspace
    port: int

    @property
    def panel(self) -> Locator:
        return self.page.locator(".hipbook-measure")

    def open(self, test: str = "thomas_trig", host: str = "127.0.0.1") -> None:
        self.page.add_init_script(SAYS)
        self.page.goto(f"http://{host}:{self.port}/measure?token={TOKEN}&what={test}")
        self.panel.wait_for()

    def type_lengths(self, hip: str, knee: str, thigh: str = "") -> None:
        self.panel.get_by_label("A: hip mark").fill(hip)
        self.panel.get_by_label("B: knee mark").fill(knee)
        if thigh:
            self.panel.get_by_label("C: from mark").fill(thigh)

    def saved(self) -> None:
        expect(self.panel.locator(".hb-saved")).to_have_attribute("data-state", "saved")

    def rows(self) -> list[dict[str, str]]:
        return rows_of(self.learner)


def rows_of(learner: workspace.Workspace) -> list[dict[str, str]]:
    """Return the rows of the log of measurements."""
    path = learner.log_folder / "measurements.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Phone:
    """The sensor of the device on which a page is open."""

    def __init__(self, page: Page):
        self._session: CDPSession = page.context.new_cdp_session(page)

    def lie(self, beta: float) -> None:
        """Let the top end be so many degrees above the bottom end; a little rolled, as it is strapped."""
        angles = {"alpha": 40, "beta": beta, "gamma": 8}
        self._session.send("DeviceOrientation.setDeviceOrientationOverride", angles)


def measure_three(page: Page, phone: Phone, level: float, ends: tuple[float, ...]) -> None:
    """Go through the trials as a person does: flat, knee to the chest, let the leg sink."""
    panel = page.locator(".hipbook-measure")
    phone.lie(level)
    panel.get_by_role("button", name="Begin with the left leg").click()
    panel.get_by_role("button", name="Take it now").click()  # lies there already
    for number, end in enumerate(ends, 1):
        expect(panel.locator(".hb-word")).to_have_text("To the start", timeout=15_000)
        phone.lie(95)
        expect(panel.locator(".hb-word")).to_have_text("To the end, then still", timeout=15_000)
        phone.lie(end)
        expect(panel.locator(".hb-readings li")).to_have_count(number, timeout=15_000)


@contextmanager
def measure_page(page: Page, folder: Path, names: frozenset[str] = NAMES) -> Iterator[MeasurePage]:
    """Serve the pages of a fresh workspace."""
    learner, _ = workspace.create(folder / "workbook")
    with serving(application(learner, "five_minutes", TOKEN, names)) as port:
        yield MeasurePage(page, learner, port)
        page.goto("about:blank")
