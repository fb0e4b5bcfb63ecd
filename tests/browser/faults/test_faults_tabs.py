"""Two tabs on one routine: one leads, the other says so and may take over, and each hold is written once."""

from __future__ import annotations

from fault_driver import DONE, ROWS, Panel, assert_written_once
from playwright.sync_api import expect


def test_a_second_tab_takes_over_and_the_first_lets_go(start, learner, panel):
    address = start(learner).address()
    panel.page.goto(address)
    panel.begin()
    panel.is_in("Left")
    second = Panel(panel.page.context.new_page())
    second.page.goto(address)
    second.shows("elsewhere")
    expect(second.root).to_contain_text("This routine runs in another tab or panel")
    panel.is_in("Right")
    second.shows("elsewhere")
    second.button("Take over here").click()
    second.shows("run")
    panel.shows("elsewhere")
    assert second.held() == DONE
    second.is_saved(learner)
    assert_written_once(learner, DONE)
    # What ended elsewhere is no longer offered here, nor written again when this tab is used.
    panel.shows("setup")
    assert_written_once(learner, DONE)


def test_a_tab_that_closes_leaves_its_session_to_the_other(start, learner, panel):
    address = start(learner).address()
    panel.page.goto(address)
    panel.begin()
    second = Panel(panel.page.context.new_page())
    second.page.goto(address)
    second.shows("elsewhere")
    panel.is_in("Right")
    panel.page.close()
    second.takes_up()
    assert second.held() == DONE
    second.is_saved(learner)
    assert_written_once(learner, DONE)


def test_a_tab_says_saved_once_another_has_brought_its_rows_home(start, learner, panel):
    address = start(learner).address()
    panel.page.goto(address)
    panel.page.route("**/messages", lambda route: route.abort())
    panel.begin()
    assert panel.held() == DONE
    panel.waits(ROWS, learner, finished=ROWS)
    second = Panel(panel.page.context.new_page())
    second.page.goto(address)
    second.button("I have read this").wait_for()
    panel.is_saved(learner)
    assert_written_once(learner, DONE)
