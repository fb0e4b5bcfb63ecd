"""Ten learners, and what each does in a lesson."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import log_rows
from learner import Learner
from running_hub import Hub

NAMES = [f"kiwi-{number}" for number in range(1, 11)]


@dataclass
class Class:
    """A running hub, its learners by name, and what their holds were answered.

    Attributes
    ----------
    run : callable
        Runs a coroutine of a learner's to its end.
    """

    hub: Hub
    learners: dict[str, Learner]
    replies: dict[str, dict[str, Any]]
    run: Callable[[Coroutine], Any]


def hold_id(name: str) -> str:
    return f"{name}-001"


async def take_part(learner: Learner) -> dict[str, Any]:
    """Log in, open lesson 03, run all of it, and hold once; return what the hold was answered."""
    await learner.log_in()
    page = await learner.open()
    assert (page.status_code, "jupyter-config-data" in page.text) == (200, True), page.text
    await learner.start_kernel()
    for cell in await learner.cells():
        assert await learner.run(cell) == ""
    return await learner.hold(log_rows.hold(hold_id(learner.name)))


async def all_take_part(learners: list[Learner]) -> list[dict[str, Any]]:
    """Let all do so side by side."""
    return await asyncio.gather(*map(take_part, learners))


async def all_leave(learners: list[Learner]) -> None:
    await asyncio.gather(*(learner.close() for learner in learners))
