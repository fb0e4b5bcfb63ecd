"""Somebody's folder, players that are ended whatever happens, and a page whose clock is in a hurry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fault_driver import Learner, Panel, go_on_after_sleep, hurry, keep_short_routine, kill
from player_process import PlayerProcess
from playwright.sync_api import Page

from hipbook import workspace


@pytest.fixture
def new_learner(tmp_path) -> Callable[[str], Learner]:
    """Return what makes a workspace with a short routine."""

    def make(name: str) -> Learner:
        made, _ = workspace.create(tmp_path / name)
        keep_short_routine(made)
        return Learner(Path(made.folder))

    return make


@pytest.fixture
def learner(new_learner) -> Learner:
    return new_learner("workbook")


@pytest.fixture
def ending() -> Iterator[Callable[[PlayerProcess], PlayerProcess]]:
    """Return what sees to it that a player is ended."""
    with ExitStack() as stack:

        def end_later(player: PlayerProcess) -> PlayerProcess:
            stack.callback(kill, player)
            return player

        yield end_later


@pytest.fixture
def start(ending) -> Callable[..., PlayerProcess]:
    """Return what starts a player."""
    return lambda learner, *arguments: ending(learner.start(*arguments))


@pytest.fixture
def panel(page: Page) -> Panel:
    hurry(page.context)
    go_on_after_sleep(page)
    return Panel(page)
