"""A stretch on paper: its picture, how to do it, what to feel, when to stop, what is known.

The pictures are drawn beforehand by ``tools/make_figures.py``: a kernel that guides stretches stays small
without matplotlib.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from html import escape

from hipbook.shipped import data_folder
from hipbook.stretching.catalog import Stretch, catalog
from hipbook.strings import text

__all__ = ["Card", "stretch_card"]


@dataclass(frozen=True)
class Card:
    """A stretch's card: HTML for a notebook, the same words as plain text."""

    html: str = field(repr=False)
    words: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        """Return the words."""
        return self.words


def stretch_card(stretch_id: str) -> Card:
    """Show how a stretch is done.

    Parameters
    ----------
    stretch_id : str
        ``"hip_flexor_half_kneeling"``, ``"hip_flexor_standing"``, ``"hip_rotator_crossed"``,
        ``"hip_rotator_figure_four"`` or ``"hip_mobilization_towel"``.

    Raises
    ------
    UnknownIdError
        When there is no such stretch; the message lists those there are.
    """
    stretch = catalog().stretch(stretch_id)
    sections = _sections(stretch)
    words = "\n".join(f"{title}\n" + "\n".join(f"- {line}" for line in lines) for title, lines in sections)
    name = text(f"stretch.{stretch.id}.name")
    return Card(_html(stretch, name, sections), f"{name}\n{words}\n{text('card.ours_note')}")


def _sections(stretch: Stretch) -> list[tuple[str, list[str]]]:
    own = f"stretch.{stretch.id}"
    steps = [_marked(text(f"{own}.step.{step.key}"), step.origin) for step in stretch.steps]
    stops = [_marked(text(f"felt.{rule.key}"), rule.origin) for rule in stretch.felt]
    grade = text(f"evidence.{stretch.evidence}")
    return [
        (text("card.how"), steps),
        (text("card.dose"), [*_dose(stretch), text(f"side_is.{stretch.side_is}")]),
        (text("card.feel"), [_marked(text(f"{own}.feel"), stretch.sensation_origin)]),
        (text("card.stop"), stops),
        (text("card.evidence"), [f"{grade}. {text(f'{own}.evidence')}"]),
    ]


def _marked(sentence: str, origin: str) -> str:
    return f"{sentence} ({text('card.ours')})" if origin == "ours" else sentence


def _dose(stretch: Stretch) -> list[str]:
    low, high = stretch.hold_s.min, stretch.hold_s.max
    if stretch.mode == "cycles":
        times = {"pull": stretch.pull_s, "release": stretch.release_s}
        return [text("card.dose_cycles", low=low, high=high, **times), text("card.dose_cycles_ours", **times)]
    times_low, times_high = stretch.repetitions.min, stretch.repetitions.max
    key = "card.dose_able" if stretch.as_able else "card.dose_hold"
    return [text(key, low=low, high=high, times_low=times_low, times_high=times_high)]


def _html(stretch: Stretch, name: str, sections: list[tuple[str, list[str]]]) -> str:
    svg = (data_folder() / "figures" / f"{stretch.id}.svg").read_bytes()
    alt = text("card.figure", name=name, feel=text(f"stretch.{stretch.id}.feel"))
    source = base64.b64encode(svg).decode("ascii")
    # The room is kept before the picture is there: no text jumps when it comes.
    width, height = re.search(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups()
    size = f'width="{float(width):.0f}" height="{float(height):.0f}"'
    parts = "".join(_section(title, lines) for title, lines in sections)
    return (
        f'<figure class="hipbook-figure" style="margin:0;max-width:820px">'
        f'<img alt="{escape(alt)}" {size} style="display:block;width:100%;height:auto;border-radius:8px" '
        f'src="data:image/svg+xml;base64,{source}">'
        f'<figcaption style="margin:4px 0 8px;line-height:1.5">'
        f'<div style="columns:22em 2;column-gap:2.5em">{parts}</div>'
        f'<em style="display:block;margin-top:12px">{escape(text("card.ours_note"))}</em>'
        "</figcaption></figure>"
    )


def _section(title: str, lines: list[str]) -> str:
    if len(lines) == 1:
        body = f'<p style="margin:2px 0 0">{escape(lines[0])}</p>'
    else:
        items = "".join(f'<li style="margin:2px 0">{escape(line)}</li>' for line in lines)
        body = f'<ul style="margin:2px 0 0;padding-left:1.2em">{items}</ul>'
    return f'<div style="break-inside:avoid;padding-top:12px"><strong>{escape(title)}</strong>{body}</div>'
