"""Guess first: on a page, what follows a prediction waits until the reader asks for it."""

from __future__ import annotations

import re

import pytest
from lab_driver import SCREENSHOTS
from playwright.sync_api import Locator, expect
from test_page import violations

from hipbook.strings import text

LESSON, NEXT = "01_how_the_hip_moves", "02_when_the_back_does_the_work"


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


def said(guess: str) -> str:
    """Return how a guess is repeated, in the direction of its own script."""
    return text("site.guess.said", guess=f"\u2068{guess}\u2069")


def test_what_follows_waits_and_the_guess_stands_by_what_was_seen(lesson):
    field, button, follows = first(lesson)
    saw = follows.locator("[data-beat=saw]")
    expect(saw).not_to_be_visible()
    field.fill("the sleeve, I think")
    button.click()
    expect(saw).to_be_visible()
    expect(follows.get_by_text(said("the sleeve, I think"))).to_be_visible()
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
    everything = lesson.locator(".guess-all").get_by_role("button")
    expect(everything).to_have_text(text("site.guess.all"))
    everything.click()
    expect(lesson.locator(".follows[hidden]")).to_have_count(0)
    site.open(NEXT, guessed=False)
    expect(everything).to_have_text(text("site.guess.wait"))
    expect(lesson.locator(".follows[hidden]")).to_have_count(0)
    everything.click()
    expect(lesson.locator(".follows:not([hidden])")).to_have_count(0)


def test_the_button_for_everything_says_what_it_will_do_whatever_the_others_did(lesson):
    everything = lesson.locator(".guess-all").get_by_role("button")
    buttons = lesson.locator(".ask").get_by_role("button")
    for button in buttons.all():
        expect(everything).to_have_text(text("site.guess.all"))
        button.click()
    expect(everything).to_have_text(text("site.guess.wait"))
    buttons.nth(2).click()
    expect(everything).to_have_text(text("site.guess.all"))
    everything.click()
    expect(lesson.locator(".follows[hidden]")).to_have_count(0)


def test_who_comes_back_finds_guess_and_place_and_another_tab_begins_anew(site, lesson):
    field, button, follows = first(lesson)
    field.fill("the sleeve")
    button.click()
    follows.locator(".hipbook-check").scroll_into_view_if_needed()
    place = lesson.evaluate("scrollY")
    lesson.get_by_role("link", name="Glossary", exact=True).first.dispatch_event("click")  # without scrolling
    expect(lesson).to_have_title(re.compile("Glossary"))
    lesson.go_back()
    expect(follows.get_by_text(said("the sleeve"))).to_be_visible()
    expect(field).to_have_value("the sleeve")
    lesson.wait_for_function("(place) => Math.abs(scrollY - place) < 50", arg=place)
    expect(lesson.locator(".follows[hidden]")).to_have_count(lesson.locator(".guess").count() - 1)
    other = lesson.context.new_page()
    other.goto(lesson.url)
    expect(other.locator(".follows:not([hidden])")).to_have_count(0)
    expect(first(other)[0]).to_have_value("")
    other.close()


@pytest.mark.parametrize("name", [NEXT, "04_measure_your_hips", "05_my_progress", "06_class_lab"])
def test_every_guess_is_repeated_where_the_answer_is(site, name):
    site.open(name, guessed=False)
    for place, guess in enumerate(site.page.locator(".guess").all()):
        guess.get_by_role("textbox").fill(f"guess {place}")
        guess.get_by_role("button").click()
        expect(site.page.locator(".follows").nth(place).get_by_text(said(f"guess {place}"))).to_be_visible()


def test_each_field_and_button_says_which_prediction_it_is_for(lesson):
    for number, guess in enumerate(lesson.get_by_role("group", name=re.compile("^Predict")).all(), 1):
        expect(guess).to_have_accessible_name(f"Predict {number}.")
        expect(guess.get_by_role("textbox")).to_have_accessible_description(
            re.compile(rf"^Predict {number}\. .+")
        )
        expect(guess.get_by_role("button")).to_have_accessible_description(f"Predict {number}.")
    assert number > 4


def test_a_guess_of_several_lines_or_another_script_stays_as_it_was_typed_and_is_short(lesson):
    field, button, follows = first(lesson)
    button.click()
    field.fill("one\n<b>two</b>")
    assert follows.locator(".guessed").inner_text().splitlines() == said("one\n<b>two</b>").splitlines()
    field.fill("מפרק הירך")
    assert field.evaluate("(field) => field.matches(':dir(rtl)')")
    field.fill("")
    field.press_sequentially("x" * 20)
    field.evaluate("(field) => field.setSelectionRange(0, 0)")
    lesson.keyboard.insert_text("y" * 2000)
    assert len(field.input_value()) == 500
    assert lesson.evaluate("document.documentElement.scrollWidth") <= 1300
    assert lesson.locator(".guess").first.bounding_box()["height"] < 400


def test_a_panel_that_waited_is_as_large_as_one_that_did_not(site, lesson):
    wide = "(panel) => [panel.clientWidth, panel.querySelector('svg').getBoundingClientRect().width]"
    panel = lesson.locator(".hipbook-explorer").first
    lesson.locator(".guess button[aria-expanded=false]").evaluate_all(
        "(all) => all.forEach((one) => one.click())"
    )
    waited = panel.evaluate(wide)
    lesson.evaluate("sessionStorage.clear(), localStorage.setItem('hipbook:guesses', 'shown')")
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
    assert all(lesson.locator("[data-beat=predict]").evaluate_all(seen))
    assert not any(lesson.locator(".ask, .guess-all").evaluate_all(seen))


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
