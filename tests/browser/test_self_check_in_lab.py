"""The self-check in JupyterLab: judged at once with the reason, by keyboard, kindly, small and dark, axe."""

from __future__ import annotations

import re

import nbformat
import pytest
from lab_driver import ROOT, SCREENSHOTS, open_and_run, scroll_to
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Locator, Page, expect

from hipbook.questions import questions
from hipbook.widgets.self_check import check_yourself

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
NAME = "checks.ipynb"
SINGLE, NUMBER, ORDER = "01.1", "01.3", "01.6"


@pytest.fixture(scope="module")
def notebook(lab) -> str:
    """Put a notebook that asks all questions into the workspace; return its name."""
    cells = [new_code_cell("import hipbook as hb")]
    cells += [new_code_cell(f'hb.check_yourself("{entry.id}")') for entry in questions()]
    kernel = {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}}
    nbformat.write(new_notebook(cells=cells, metadata=kernel), lab.workspace / NAME)
    return NAME


@pytest.fixture
def opened(lab, notebook, page: Page) -> Page:
    """Return a page with all questions asked."""
    open_and_run(page, lab.url(notebook))
    return page


def panel(page: Page, question_id: str) -> Locator:
    """Scroll to a question and return its panel."""
    return scroll_to(page, f'hb.check_yourself("{question_id}")').locator(".hipbook-check")


def words(question_id: str) -> dict:
    return check_yourself(question_id).question


def reason(question_id: str, key: str) -> str:
    return next(option["why"] for option in words(question_id)["options"] if option["key"] == key)


def test_a_wrong_answer_gets_its_reason_and_another_try_a_right_one_its_reason(opened):
    asked = panel(opened, SINGLE)
    said = asked.get_by_role("status").first
    asked.get_by_role("radio", name="The ball itself").check()
    expect(said).to_be_empty()
    asked.get_by_role("button", name="Check my answer").click()
    expect(said).to_have_text(f"Not quite. {reason(SINGLE, 'ball')}")
    asked.get_by_role("radio", name=re.compile("front of the sleeve")).check()
    expect(said).to_be_empty()
    asked.get_by_role("button", name="Check my answer").click()
    expect(said).to_have_text(f"Yes, that is it. {reason(SINGLE, 'sleeve')}")
    expect(asked.get_by_role("button", name="Show me")).to_be_hidden()


def test_a_number_is_judged_by_enter_its_slip_is_known_and_the_answer_is_shown_on_request(opened):
    asked = panel(opened, NUMBER)
    said = asked.get_by_role("status").first
    field = asked.get_by_role("textbox", name="Your answer (degrees)")
    field.focus()
    opened.keyboard.press("Enter")
    expect(said).to_have_text("Type a number first.")
    expect(field).to_be_focused()
    opened.keyboard.type("7")
    opened.keyboard.press("Enter")
    expect(said).to_contain_text(words(NUMBER)["slips"][0]["why"])
    field.fill("99")
    opened.keyboard.press("Enter")
    expect(said).to_have_text(f"Not quite. {words(NUMBER)['hint']}")
    asked.get_by_role("button", name="Show me").click()
    expect(field).to_have_value("17")
    expect(said).to_contain_text("Here it is: 17 degrees")
    expect(said).to_contain_text(words(NUMBER)["why"])
    field.fill("17,0°")
    opened.keyboard.press("Enter")
    expect(said).to_have_text(f"Yes, that is it. {words(NUMBER)['why']}")


def test_lines_are_put_in_order_by_keyboard_alone_and_each_move_is_said(opened):
    asked = panel(opened, ORDER)
    labels = {option["key"]: option["label"] for option in words(ORDER)["options"]}
    first, last = labels["very_slow"], labels["very_fast"]
    up = asked.get_by_role("button", name=f"Move up: {first}")
    up.focus()
    opened.keyboard.press("Enter")
    expect(up).to_be_focused()
    expect(asked.get_by_role("status").last).to_have_text(f"{first}: now 2 of 4.")
    opened.keyboard.press("Space")
    expect(asked.get_by_role("button", name=f"Move down: {first}")).to_be_focused()
    expect(up).to_be_disabled()
    asked.get_by_role("button", name="Check my answer").press("Enter")
    expect(asked.get_by_role("status").first).to_contain_text("In the right place so far: 1 of 4.")
    asked.get_by_role("button", name=f"Move down: {last}").press("Enter")
    asked.get_by_role("button", name=f"Move up: {labels['slow']}").press("Enter")
    asked.get_by_role("button", name="Check my answer").press("Enter")
    shown = asked.get_by_role("listitem").all_inner_texts()
    assert [line.splitlines()[0] for line in shown] == [labels[key] for key in words(ORDER)["answer"]]
    expect(asked.get_by_role("status").first).to_contain_text("Yes, that is it.")


def test_jupyterlab_never_hears_a_key_and_the_radio_buttons_follow_the_arrows(opened):
    count = re.compile(r"Cell \d+/(\d+)")
    status = opened.locator("#jp-main-statusbar")
    before = count.search(status.inner_text())[1]
    asked = panel(opened, SINGLE)
    asked.get_by_role("radio").first.focus()
    opened.keyboard.press("ArrowDown")
    expect(asked.get_by_role("radio", name=re.compile("front of the sleeve"))).to_be_checked()
    for key in ("d", "d", "Enter"):
        opened.keyboard.press(key)
    expect(asked.get_by_role("status").first).to_contain_text("Yes, that is it.")
    assert count.search(status.inner_text())[1] == before


def test_the_question_is_the_name_of_its_group_and_two_questions_do_not_share_an_answer(opened):
    asked = panel(opened, SINGLE)
    group = asked.get_by_role("group", name=re.compile(re.escape(words(SINGLE)["ask"])))
    expect(group).to_be_visible()
    asked.get_by_role("radio").first.check()
    other = panel(opened, "01.2")
    other.get_by_role("radio").last.check()
    expect(panel(opened, SINGLE).get_by_role("radio").first).to_be_checked()


def violations(page: Page, skip_or_fail) -> list[str]:
    """Return what axe finds serious or critical within our panels."""
    if not AXE.exists():
        skip_or_fail("axe-core", "run `npm ci --prefix frontend`")
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run('.hipbook-check')")
    assert len(found["passes"]) > 5
    grave = [entry for entry in found["violations"] if entry["impact"] in ("serious", "critical")]
    return [f"{entry['id']}: {entry['nodes'][0]['html']}" for entry in grave]


def test_axe_finds_nothing_grave_in_any_state_light_and_dark(opened, skip_or_fail):
    for theme in ("light", "dark"):
        if theme == "dark":
            choose_dark(opened)
        for question_id in (ORDER, NUMBER, SINGLE):
            asked = panel(opened, question_id)
            check = asked.get_by_role("button", name="Check my answer")
            if question_id == NUMBER:
                asked.get_by_role("textbox").fill("2")
            if question_id == SINGLE:
                asked.get_by_role("radio").first.check()
            check.click()
            expect(asked.get_by_role("status").first).to_contain_text("Not quite.")
            assert violations(opened, skip_or_fail) == []
            asked.screenshot(path=SCREENSHOTS / f"check-{theme}-{question_id}.png")
            asked.get_by_role("button", name="Show me").click()
            assert violations(opened, skip_or_fail) == []
            check.click()
            expect(asked.get_by_role("status").first).to_contain_text("Yes, that is it.")
            assert violations(opened, skip_or_fail) == []
            if question_id == ORDER:
                asked.get_by_role("button", name=re.compile("Move up")).last.click()


def choose_dark(page: Page) -> None:
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Theme$")).hover()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile("^JupyterLab Dark$")).click()
    page.locator(".hipbook-check[data-theme=dark]").first.wait_for()


def test_on_a_phone_nothing_is_cut_off_and_every_control_can_be_touched(lab, notebook, page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    open_and_run(page, lab.url(notebook, narrow=True))
    for question_id in (SINGLE, NUMBER, ORDER):
        asked = panel(page, question_id)
        assert asked.evaluate("element => element.scrollWidth <= element.clientWidth")
        box = asked.bounding_box()
        touched = [*asked.get_by_role("button").all(), *asked.locator("label.hb-option").all()]
        for control in touched:
            place = control.bounding_box()
            assert place["height"] >= 44
            assert place["x"] >= box["x"]
            assert place["x"] + place["width"] <= box["x"] + box["width"]
        asked.screenshot(path=SCREENSHOTS / f"check-narrow-{question_id}.png")
