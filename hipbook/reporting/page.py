"""A report as one HTML page that needs nothing else: no script, no network, all text escaped."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

import jinja2

from hipbook.figures import phrases, style
from hipbook.figures.display import themed_svg
from hipbook.reporting.blocks import Picture, Report
from hipbook.strings import text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["html_of", "inline_svg"]

ID = re.compile(r'(\bid="|url\(#|href="#)')


def html_of(report: Report) -> str:
    """Return the whole page.

    Parameters
    ----------
    report : Report
        As `hipbook.reporting.content.report_of` gives it.

    Returns
    -------
    str
        HTML with its style and its figures inside; it follows the reader's light or dark theme, and prints.
    """
    return _template().render(
        report=report,
        made_on=phrases.day(report.made_on),
        accent=style.ACCENT,
        colors="".join(_colors()),
        style=_file("report.css"),
        svg=inline_svg,
        text=text,
    )


def inline_svg(picture: Picture, name: str) -> str:
    """Return a figure as an ``<svg>`` for a page with other figures: its ids its own, its colours the page's.

    Parameters
    ----------
    picture : Picture
        Drawn in the house style.
    name : str
        What its ids begin with; another for each figure of the page.
    """
    svg = re.sub(r"<style>.*?</style>", "", themed_svg(picture.figure), count=1, flags=re.DOTALL)
    svg = ID.sub(lambda found: f"{found[0]}{name}-", svg)
    width_px = round(picture.figure.get_size_inches()[0] * style.DPI)
    svg = re.sub(r' (width|height)="[^"]*pt"', "", svg, count=2)
    begin = (
        f'<svg class="figure" role="img" aria-label="{escape(picture.alt)}" style="max-width:{width_px}px"'
    )
    return begin + svg.removeprefix("<svg")


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    return environment.from_string(_file("report.html"))


def _file(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def _colors() -> Iterator[str]:
    """Yield the house's colours as CSS variables, light and dark; paper is always light."""
    light, dark = (
        "".join(f"--{name}:{pair[theme]};" for name, pair in style.PALETTE.items()) for theme in (0, 1)
    )
    yield f":root{{color-scheme:light dark;{light}font-family:{style.FONT_STACK}}}"
    yield f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
