"""Reports made for tests: the sample's, and one of a log with a note that tries to be more than text."""

from __future__ import annotations

import dataclasses
import datetime as dt
from html.parser import HTMLParser

from made_log import CASES, MadeLog

MADE_ON = dt.date(2026, 11, 23)
NASTY = '<script>alert(\'x\')</script> & "quotes" #image("x.png") $x$ {{ 7*7 }}'


def noted(case: str = "a_months_gap", note: str = NASTY) -> MadeLog:
    """Return a log whose first session has a note."""
    made = CASES[case]
    notes = [note] + [""] * (len(made.sessions) - 1)
    return dataclasses.replace(made, sessions=made.sessions.assign(note=notes))


class Tags(HTMLParser):
    """Collects the tags with their attributes, and the text outside of style sheets."""

    def __init__(self, html: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text, self._inside = "", ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag):
        self._inside = ""

    def handle_data(self, data):
        if self._inside != "style":
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]
