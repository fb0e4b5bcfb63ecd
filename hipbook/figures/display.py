"""One way to show every figure: a named picture that follows the theme, its words, its numbers."""

from __future__ import annotations

import base64
import datetime as dt
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from hipbook.figures import style
from hipbook.strings import text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

__all__ = ["Chart", "ShownFigure", "cell", "plain_svg", "show", "themed_svg"]

NARROWEST = 0.85  # of the natural width; below that the picture scrolls sideways instead of shrinking
HEX_COLOR = re.compile(r"#[0-9a-f]{6}\b")


@dataclass(frozen=True)
class ShownFigure:
    """A figure ready for a notebook, a report or a page: HTML for those who see, words for everyone.

    Attributes
    ----------
    html : str
        A self-contained ``<figure>``; all text escaped.
    words : str
        What the picture says; also the plain-text form.
    svg : str
        The picture alone, see :func:`themed_svg`.
    """

    html: str = field(repr=False)
    words: str
    svg: str = field(repr=False)

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Chart:
    """A figure, its words and its table, made from the same numbers when they are asked for.

    Attributes
    ----------
    title : str
        The question that it answers.
    figure : callable
        Returns the picture.
    words : callable
        Returns what the picture says; a line for each paragraph.
    table : callable
        Returns the numbers; the first column names the rows.
    """

    title: str
    figure: Callable[[], Figure]
    words: Callable[[], str]
    table: Callable[[], pd.DataFrame]

    def show(self, *, synthetic: bool = False) -> ShownFigure:
        """Return it ready to be seen.

        Parameters
        ----------
        synthetic : bool
            Whether the numbers are made up: then picture and words say so.
        """
        words = self.words()
        if synthetic:
            words = f"{text('figure.synthetic.said')}\n{words}"
        return show(self.drawn(synthetic=synthetic), words, title=self.title, table=self.table())

    def drawn(self, *, synthetic: bool = False) -> Figure:
        """Return the picture alone, which says so when the numbers are made up."""
        figure = self.figure()
        if synthetic:
            style.stamp(figure, text("figure.synthetic"))
        return figure


def show(
    figure: Figure, words: str, *, title: str | None = None, table: pd.DataFrame | None = None
) -> ShownFigure:
    """Give a figure its name, its visible words and, on request, its numbers.

    Parameters
    ----------
    figure : Figure
        Drawn in the house style (colours outside its palette stay as they are in both themes).
    words : str
        What the picture says: its caption, which the ``alt`` text points to (and, without a title, is). Each
        line is a paragraph.
    title : str, optional
        Stands before the words, and names the box that scrolls on a narrow screen.
    table : DataFrame, optional
        The same numbers, folded away; its first column names the rows.
    """
    svg = themed_svg(figure)
    width_px = round(figure.get_size_inches()[0] * style.DPI)
    height_px = round(figure.get_size_inches()[1] * style.DPI)
    # A screen reader meets both: the caption's words need not be read out twice.
    alt = text("figure.alt", title=title) if title else words
    name = text("figure.scroll", title=title) if title else text("figure.scroll.untitled")
    source = base64.b64encode(svg.encode()).decode("ascii")
    least_px = round(width_px * NARROWEST)
    look = (
        f"display:block;width:100%;max-width:{width_px}px;min-width:{least_px}px;"
        "height:auto;border-radius:8px"
    )
    # Seen only where the picture scrolls; a screen reader has the name of the box.
    swipe = escape(text("figure.scroll.hint"))
    hint = (
        '<div aria-hidden="true" style="float:left;overflow:hidden;height:1.9em;white-space:nowrap;'
        f'font-size:.9em;opacity:.8;width:clamp(0px,({least_px}px - 100%)*999,100%)">{swipe}</div>'
    )
    heading = f"<strong>{escape(title)}</strong> " if title else ""
    first, *more = map(escape, words.split("\n"))
    caption = heading + first + "".join(f'<p style="margin:6px 0 0">{paragraph}</p>' for paragraph in more)
    html = (
        f'<figure class="hipbook-figure" style="margin:0;max-width:{width_px}px">'
        f'<div role="group" tabindex="0" aria-label="{escape(name)}" style="overflow-x:auto">'
        f'<img alt="{escape(alt)}" width="{width_px}" height="{height_px}" style="{look}" '
        f'src="data:image/svg+xml;base64,{source}"></div>'
        f'{hint}<figcaption style="margin:8px 0">{caption}</figcaption>'
        f"{_details(table, title)}</figure>"
    )
    return ShownFigure(html, words, svg)


def plain_svg(figure: Figure) -> str:
    """Return the figure as it was laid out: in the light colours, and in the font that matplotlib carries."""
    drawn = io.StringIO()
    with style.house_style():
        figure.savefig(drawn, format="svg", metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")))
    return drawn.getvalue()


def themed_svg(figure: Figure) -> str:
    """Return the figure as SVG text whose palette colours follow ``color-scheme``; the same bytes each time.

    The colours of :data:`hipbook.figures.style.PALETTE` become CSS variables with a dark value under
    ``prefers-color-scheme: dark``; inside an ``<img>`` that is the CSS color-scheme of the page around it,
    which JupyterLab sets on its body. Where a host sets none, the picture is a light card on its own paper.
    Text stays text, in the house font stack.
    """
    svg = _slim(plain_svg(figure))
    used = {color: name for name, (color, _) in style.PALETTE.items() if color in svg}
    svg = HEX_COLOR.sub(lambda found: _variable(found[0], used), svg)
    return re.sub(r"<style[^>]*>[^<]*</style>", lambda _: f"<style>{_sheet(used)}</style>", svg, count=1)


def _variable(color: str, used: dict[str, str]) -> str:
    return f"var(--{used[color]})" if color in used else color


def _sheet(used: dict[str, str]) -> str:
    light, dark = (
        "".join(f"--{name}:{style.PALETTE[name][theme]};" for name in used.values()) for theme in (0, 1)
    )
    return (
        f":root{{{light}font-family:{style.FONT_STACK}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        "*{stroke-linejoin:round;stroke-linecap:butt}"
    )


def _slim(svg: str) -> str:
    """Drop what a browser does not need, and the digits no eye can see."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"font-family: [^;\"]+;?", "", svg)
    svg = re.sub(r"(font: [^;\"]*?px) [^;\"]+", rf"\1 {style.FONT_STACK}", svg)
    svg = re.sub(r' transform="rotate\(-?0 [^"]*\)"', "", svg)
    svg = re.sub(r'<g id="[^"]*">', "<g>", svg)
    svg = re.sub(r'(fill|stroke)="(#[0-9a-f]{6})"', r'style="\1:\2"', svg)  # var() works in style only
    svg = re.sub(r"-?\d+\.\d{3,}", lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), svg)
    svg = re.sub(r"\n(?=[LMQCz])", "", svg)
    return re.sub(r">\s+<", "><", svg)


def _details(table: pd.DataFrame | None, title: str | None) -> str:
    if table is None or table.empty:
        return ""
    name = text("figure.table.scroll", title=title) if title else text("figure.table.summary")
    head = "".join(f'<th scope="col">{escape(str(column))}</th>' for column in table.columns)
    rows = "".join(_row(row) for row in table.itertuples(index=False, name=None))
    return (
        f"<details><summary>{escape(text('figure.table.summary'))}</summary>"
        f'<div role="group" tabindex="0" aria-label="{escape(name)}" style="overflow-x:auto">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></details>"
    )


def _row(row: tuple[object, ...]) -> str:
    cells = "".join(f"<td>{escape(cell(value))}</td>" for value in row[1:])
    return f'<tr><th scope="row" style="white-space:nowrap">{escape(cell(row[0]))}</th>{cells}</tr>'


def cell(value: object) -> str:
    """Return a number, a day or words as they stand in a table; not yet escaped."""
    from pandas import isna  # here, so that figures without a table need no pandas

    if isna(value):
        return ""
    if isinstance(value, dt.datetime):
        return (
            value.isoformat(sep=" ", timespec="minutes") if value.time() != dt.time() else str(value.date())
        )
    return f"{value:.1f}" if isinstance(value, float) else str(value)
