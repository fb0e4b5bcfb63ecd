"""A text cell as HTML: headings with addresses, formulas as MathML, tables that scroll, a lesson's beats."""

from __future__ import annotations

import re
from html import escape

import mistune
from latex2mathml.converter import convert

from hipbook.strings import text

__all__ = ["PRIVATE", "Text"]

BEATS = {"Predict": "predict", "Move it": "move", "What you saw": "saw", "How sure": "sure"}
"""How the paragraphs of a lesson begin that get a look of their own."""

PRIVATE = "to yourself"
"""What a prediction says that is nobody else's to see: it gets no field, no line to write on,
and nothing waits for it."""

NOTEBOOK = re.compile(r"(\w+)\.ipynb")


class Text(mistune.HTMLRenderer):
    """Renders the text cells of one lesson, and remembers its headings.

    Attributes
    ----------
    title : str
        The first heading of the first level, in HTML; it is not rendered.
    headings : list of (str, str)
        Address within the page and HTML of each heading of the second level.
    """

    def __init__(self, pages: dict[str, str]):
        """Take the addresses of the pages by the names of the notebooks."""
        super().__init__(escape=False)
        self._pages = pages
        self.title = ""
        self.headings: list[tuple[str, str]] = []
        self._markdown = mistune.create_markdown(renderer=self, plugins=["table", "math", "url"])
        self.register("inline_math", lambda _, formula: convert(formula))
        self.register("block_math", lambda _, formula: convert(formula, display="block"))
        self.register("table", lambda _, inside: _scrolling(inside))

    def html(self, markdown: str) -> str:
        """Return a cell's text as HTML."""
        return self._markdown(markdown)

    def heading(self, text: str, level: int, **attrs: object) -> str:
        """Give a heading its address; keep the title for the page to place."""
        if level == 1 and not self.title:
            self.title = text
            return ""
        if level != 2:
            return super().heading(text, level)
        address = re.sub(r"[^a-z0-9]+", "-", re.sub(r"<[^>]+>|&#?\w+;", "", text).lower()).strip("-")
        taken = [known for known, _ in self.headings]
        while address in taken:
            address += "-again"
        self.headings.append((address, text))
        return f'<h2 id="{address}">{text}</h2>\n'

    def paragraph(self, text: str) -> str:
        """Mark the beats of a lesson."""
        found = re.match(r"<strong>([A-Z][a-z]+(?: [a-z]+)*)", text)
        beat = next((name for start, name in BEATS.items() if found and found[1].startswith(start)), None)
        private = " data-private" if beat == "predict" and PRIVATE in text else ""
        return f'<p data-beat="{beat}"{private}>{text}</p>\n' if beat else super().paragraph(text)

    def codespan(self, text: str) -> str:
        """Lead to a lesson where its notebook is named: ``01_how_the_hip_moves``."""
        if text not in self._pages:
            return super().codespan(text)
        number, _, title = text.replace("_", " ").partition(" ")
        return self.link(f"{number} {title.capitalize()}", f"{text}.ipynb")

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """Lead to pages where the notebook leads to notebooks."""
        to = NOTEBOOK.fullmatch(url)
        return super().link(text, self._pages[to[1]] if to else url, title)


def _scrolling(inside: str) -> str:
    name = escape(text("site.table"))
    return f'<div class="table" role="group" tabindex="0" aria-label="{name}"><table>{inside}</table></div>\n'
