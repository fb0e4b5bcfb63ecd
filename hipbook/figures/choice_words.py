"""What is chosen of a log, in words: below a figure's title, before its sentences, or in its place."""

from __future__ import annotations

from dataclasses import replace

from matplotlib.figure import Figure

from hipbook.figures import phrases, style
from hipbook.figures.display import Chart
from hipbook.progress.choice import Choice
from hipbook.strings import sentences, text

__all__ = [
    "choice_words",
    "empty_sheet",
    "name_of_stretch",
    "noting",
    "of_part",
    "say_choice",
    "say_empty",
    "unit_of",
]

EMPTY_PX = 220  # height of a sheet without a picture


def name_of_stretch(stretch: str) -> str:
    """Return a stretch's name; one that the catalogue does not know keeps its id."""
    key = f"stretch.{stretch}.name"
    return text(key) if key in sentences() else stretch


def choice_words(choice: Choice) -> str:
    """Return what is chosen, such as ``left side, 1 to 30 June 2026``; empty when nothing is."""
    parts = [] if choice.stretch is None else [name_of_stretch(choice.stretch)]
    parts += [] if choice.side is None else [text("figure.choice.side", side=text(f"side.{choice.side}"))]
    if choice.first and choice.last:
        parts.append(phrases.span(choice.first, choice.last))
    elif choice.first or choice.last:
        key = "figure.choice.from" if choice.first else "figure.choice.until"
        parts.append(text(key, day=phrases.day(choice.first or choice.last)))
    return ", ".join(parts)


def unit_of(unit: str, choice: Choice) -> str:
    """Return the line below a title: what is drawn, and what of the log."""
    return f"{unit} · {choice_words(choice)}" if choice.is_narrow else unit


def say_choice(choice: Choice) -> str:
    """Return the sentence that says what is shown; empty when that is all."""
    return text("figure.choice.shown", choice=choice_words(choice)) if choice.is_narrow else ""


def say_empty(words: str, choice: Choice) -> str:
    """Return the sentence of a figure without a row: of an empty log, or of a choice that nothing fits."""
    return text("figure.choice.nothing", choice=choice_words(choice)) if choice.is_narrow else words


def noting(chart: Chart, later: int) -> Chart:
    """Return a chart whose words end with how many rows were left out since they are dated after today."""
    if not later:
        return chart
    return replace(chart, words=lambda: f"{chart.words()}\n{phrases.counted('figure.later', later)}")


def of_part(key: str, part: bool) -> str:
    """Return the sentence about what is missing: in the log, or in the part of it that is shown."""
    return text(f"{key}.part" if part else key)


def empty_sheet(title: str, choice: Choice, head: str = "", hint: str = "") -> Figure:
    """Return a sheet which says that there is nothing to draw; ``head`` and ``hint`` as in `write_empty`."""
    figure = style.sheet(EMPTY_PX, title, choice_words(choice))
    if choice.is_narrow:
        head, hint = text("figure.choice.nothing.head"), text("figure.choice.nothing.hint")
    style.write_empty(figure, head, hint)
    return figure
