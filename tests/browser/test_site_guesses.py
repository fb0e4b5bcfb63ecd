"""Guess first: on a page, what follows a prediction waits until the reader asks for it."""

from __future__ import annotations

import re

import pytest
from lab_driver import SCREENSHOTS
from playwright.sync_api import Locator, expect
from test_page import violations

from hipbook.strings import text

LESSON = "01_how_the_hip_moves"


@pytest.fixture
def lesson(site):
    site.open(LESSON, guessed=False)
    return site.page


def first(page) -> tuple[Locator, Locator, Locator]:
    """Return the first guess's field and button, and what follows it."""
    guess = page.locator(".guess").first
    return (
        guess.get_by_label(text("site.guess.label")),
        guess.get_by_role("button"),
        page.locator(".follows").first,
    )


def test_what_follows_waits_and_the_guess_stands_by_what_was_seen(lesson):
    field, button, follows = first(lesson)
    saw = follows.locator("[data-beat=saw]")
    expect(saw).not_to_be_visible()
    field.fill("the sleeve, I think")
    button.click()
    expect(saw).to_be_visible()
    expect(follows.get_by_text(text("site.guess.said", guess="the sleeve, I think"))).to_be_visible()
    expect(lesson.locator(".follows").nth(1).locator("[data-beat=saw]")).not_to_be_visible()
    button.click()
    expect(saw).not_to_be_visible()


def test_a_guess_may_stay_in_the_head_and_keys_suffice(lesson):
    field, button, follows = first(lesson)
    field.focus()
    lesson.keyboard.press("Tab")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    lesson.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(button).to_be_focused()
    expect(follows.locator("[data-beat=saw]")).to_be_visible()
    expect(follows.locator(".guessed")).to_be_hidden()


def test_everything_is_shown_where_one_asks_for_it_and_on_the_next_page_too(site, lesson):
    everything = lesson.get_by_role("button", name=text("site.guess.all"))
    everything.click()
    expect(lesson.locator(".follows[hidden]")).to_have_count(0)
    site.open("02_when_the_back_does_the_work", guessed=False)
    expect(everything).to_have_attribute("aria-pressed", "true")
    expect(lesson.locator(".follows[hidden]")).to_have_count(0)
    everything.click()
    expect(lesson.locator(".follows:not([hidden])")).to_have_count(0)


def test_a_panel_that_waited_is_as_large_as_one_that_did_not(site, lesson):
    wide = "(panel) => [panel.clientWidth, panel.querySelector('svg').getBoundingClientRect().width]"
    panel = lesson.locator(".hipbook-explorer").first
    lesson.locator(".guess button[aria-expanded=false]").evaluate_all(
        "(all) => all.forEach((one) => one.click())"
    )
    waited = panel.evaluate(wide)
    lesson.evaluate("localStorage.setItem('hipbook:guesses', 'shown')")
    site.open(LESSON)
    assert panel.evaluate(wide) == waited


def test_a_link_to_words_that_wait_shows_them(site):
    site.open("01_how_the_hip_moves", guessed=False)
    saw = site.page.locator(".follows").first.locator("[data-beat=saw]")
    words = " ".join(re.findall(r"\w+", saw.text_content())[3:7])
    site.page.goto("about:blank")
    site.page.goto(f"{(site.folder / f'{LESSON}.html').as_uri()}#:~:text={words}")
    expect(saw).to_be_visible()
    expect(site.page.locator(".guess button").first).to_have_attribute("aria-expanded", "true")


def test_on_paper_everything_stands_and_no_button(lesson):
    lesson.emulate_media(media="print")
    seen = "(all) => all.map((one) => one.checkVisibility({ contentVisibilityAuto: true }))"
    saws = lesson.locator("[data-beat=saw]").evaluate_all(seen)
    assert len(saws) > 3
    assert all(saws)
    assert not any(lesson.locator(".guess, .guess-all").evaluate_all(seen))


def test_nothing_waits_for_a_guess_that_is_nobody_elses(site):
    site.open("06_class_lab", guessed=False)
    assert site.page.locator("[data-beat=predict]").count() == site.page.locator(".guess").count() + 1
    expect(site.page.locator("[data-private]")).to_be_visible()
    expect(site.page.get_by_text("You say yes or no for yourself")).to_be_visible()


@pytest.mark.parametrize(("theme", "width"), [("light", 1300), ("dark", 390), ("light", 320)])
def test_axe_finds_nothing_while_it_waits(site, skip_or_fail, theme, width):
    site.page.emulate_media(color_scheme=theme)
    site.page.set_viewport_size({"width": width, "height": 900})
    site.open(LESSON, guessed=False)
    expect(site.page.locator(".follows[hidden]")).not_to_have_count(0)
    assert violations(site.page, skip_or_fail) == []
    site.heard.clear()  # axe itself asks for the style sheet, in a way that the page forbids
    assert site.page.evaluate("document.documentElement.scrollWidth") <= width
    site.page.screenshot(path=SCREENSHOTS / f"site-guesses-{theme}-{width}.png", full_page=True)
