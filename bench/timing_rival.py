"""The timer that one finds in notebooks, for ``bench/timing.py``: a coroutine that counts seconds."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import ipywidgets as widgets

__all__ = ["timer"]


def timer(phases: Sequence[tuple[str, int]]) -> widgets.VBox:
    """Make a timer of ipywidgets: a label, a bar, a button.

    Parameters
    ----------
    phases : sequence of (str, int)
        What each phase is called, and how long it lasts [s].
    """
    label = widgets.HTML("Press the button")
    bar = widgets.IntProgress()
    button = widgets.Button(description="Go")

    async def run() -> None:
        for name, seconds in phases:
            bar.max = seconds
            for left in range(seconds, 0, -1):
                label.value = f"{name}: {left} s"
                bar.value = seconds - left
                await asyncio.sleep(1)
        label.value = "Done"

    button.on_click(lambda _: asyncio.ensure_future(run()))
    return widgets.VBox([label, bar, button]).add_class("bench-rival")
