"""A real JupyterLab, started as a learner starts it, and a real Chromium to look at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lab_driver import FLAGS, SCREENSHOTS, Lab, find_chromium, running_lab
from player_page import PlayerPage, player_page
from playwright.sync_api import Browser, Page, sync_playwright
from site_pages import Site, pages_in


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium(skip_or_fail) -> str:
    """Return the path of the browser."""
    found = find_chromium()
    if not found:
        skip_or_fail("Chromium", "install it, or name it in HIPBOOK_CHROMIUM")
    return found


# One for each file: the driver keeps an event loop running in the main thread, where the tests of other files
# ask for one of their own and would be refused.
@pytest.fixture(scope="module")
def browser(chromium) -> Iterator[Browser]:
    """Return a headless Chromium."""
    SCREENSHOTS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def lab(tmp_path_factory, chromium) -> Iterator[Lab]:
    """Run ``hipbook`` in an empty folder."""
    with running_lab(tmp_path_factory.mktemp("learner")) as running:
        yield running


@pytest.fixture
def page(browser) -> Iterator[Page]:
    """Return a fresh page, wide and light."""
    context = browser.new_context(viewport={"width": 1300, "height": 950}, reduced_motion="no-preference")
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


@pytest.fixture
def played(page: Page, tmp_path: Path) -> Iterator[PlayerPage]:
    """Return the player on a page of its own, with a fresh workspace."""
    with player_page(page, tmp_path) as served:
        yield served


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory) -> Path:
    """Return a folder with the lessons as pages, as it is on a USB stick."""
    from hipbook.site.builder import build

    made = tmp_path_factory.mktemp("a stick") / "site"
    build(made)
    return made


@pytest.fixture
def site(browser: Browser, site_folder: Path) -> Iterator[Site]:
    """Return the pages in a fresh browser with the network off."""
    with pages_in(browser, site_folder) as shown:
        yield shown
