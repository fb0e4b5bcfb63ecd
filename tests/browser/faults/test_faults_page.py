"""The player's page is reloaded, its server dies, another workspace comes: each hold is written once."""

from __future__ import annotations

import pytest
from fault_driver import DONE, HOLD_S, ROWS, Learner, Panel, assert_written_once, kill
from playwright.sync_api import expect

from hipbook import ports, workspace


def test_a_reload_in_a_hold_is_taken_up_where_it_was(start, learner, panel):
    panel.page.goto(start(learner).address())
    panel.begin()
    panel.is_in("Left")
    panel.page.reload()
    panel.shows("resume")
    assert learner.count() == 0
    panel.takes_up()
    assert panel.held() == DONE
    panel.is_saved(learner)
    assert_written_once(learner, DONE)


def test_a_session_left_in_its_second_hold_can_be_ended_there(start, learner, panel):
    panel.page.goto(start(learner).address())
    panel.begin()
    panel.is_in("Right")
    panel.page.reload()
    panel.shows("resume")
    assert learner.count() == 1
    panel.button("End it here").click()
    shown = panel.held()
    assert shown[0] == DONE[0]
    side, held_s, outcome = shown[1]
    assert (side, outcome) == ("right", "stopped")
    assert 0 < held_s < HOLD_S
    panel.is_saved(learner)
    assert_written_once(learner, shown)
    panel.page.reload()
    panel.button("I have read this").wait_for()
    assert_written_once(learner, shown)


def test_a_server_that_dies_twice_costs_nothing(start, learner, panel):
    """Once in the first hold and once in the second; paused in between, and the page reloaded."""
    first = start(learner)
    panel.page.goto(first.address())
    panel.begin()
    panel.is_in("Left")
    kill(first)
    panel.is_in("Right")
    panel.button("Pause").click()
    panel.waits(1, learner, finished=1)
    second = start(learner)
    second.address()
    panel.is_saved(learner, finished=1)
    panel.page.reload()
    panel.takes_up()
    kill(second)
    panel.shows("finish")
    panel.waits(2, learner, finished=ROWS)
    expect(panel.claim).to_contain_text("Nothing is lost: start hipbook again and leave this page open")
    start(learner).address()
    panel.is_saved(learner)
    assert panel.held() == DONE
    assert_written_once(learner, DONE)


@pytest.fixture
def other(new_learner) -> Learner:
    return new_learner("other")


def usual_port(learner: Learner) -> str:
    return str(ports.of_page(workspace.read(learner.folder).port))


def test_rows_that_wait_never_get_into_another_workspace_at_the_same_address(start, learner, other, panel):
    first = start(learner)
    panel.page.goto(first.address())
    panel.begin()
    kill(first)
    panel.shows("finish")
    panel.waits(ROWS, learner, finished=ROWS)

    second = start(other, "--port", usual_port(learner))
    panel.page.goto(second.address())
    panel.begin()
    panel.shows("finish")
    panel.is_saved(other)
    assert_written_once(other, DONE)
    assert learner.count() == 0
    kill(second)

    panel.page.goto(start(learner).address())
    expect(panel.claim).to_have_attribute("data-state", "idle")
    assert_written_once(learner, DONE)
    assert_written_once(other, DONE)


def test_a_page_that_is_left_open_never_writes_into_another_workspace(start, learner, other, panel):
    """The browser shows the other workspace's cookie too: cookies know no ports."""
    first = start(learner)
    panel.page.goto(first.address())
    panel.begin()
    kill(first)
    panel.shows("finish")
    panel.waits(ROWS, learner, finished=ROWS)

    second = start(other, "--port", usual_port(learner))
    visitor = Panel(panel.page.context.new_page())
    visitor.page.goto(second.address())
    visitor.button("I have read this").wait_for()
    with panel.page.expect_response("**/messages") as answer:
        pass
    assert not answer.value.ok
    panel.waits(ROWS, learner, finished=ROWS)
    assert other.count() == 0
    kill(second)

    start(learner).address()
    panel.is_saved(learner)
    assert_written_once(learner, DONE)
    assert other.count() == 0
