"""The glossary: the lessons' new words in plain ones, in one list or for one lesson."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from types import MappingProxyType

from hipbook.strings import text

__all__ = ["LESSONS", "Entry", "Glossary", "entries", "glossary"]

LESSONS = MappingProxyType(
    {
        "abduction": ("01",),
        "adduction": ("01",),
        "association": ("02",),
        "ball_and_socket": ("01",),
        "bland_altman": ("06",),
        "blind": ("06",),
        "capsule": ("01",),
        "compensation": ("02",),
        "dose": ("03", "05"),
        "extension": ("01", "02", "04", "05", "06"),
        "flexion": ("01",),
        "goniometer": ("04",),
        "hold": ("03", "05"),
        "icc": ("06",),
        "inclinometer": ("04",),
        "lumbar_extension": ("01", "02"),
        "mdc": ("04", "06"),
        "mean": ("01", "04", "05", "06"),
        "measurement_error": ("05",),
        "median": ("05",),
        "mobilization": ("03",),
        "model": ("01", "02"),
        "one_way": ("06",),
        "peak": ("01",),
        "pelvic_tilt": ("01", "02", "06"),
        "pelvis": ("01", "02"),
        "power": ("06",),
        "r": ("02", "06"),
        "rater": ("06",),
        "rotation": ("01",),
        "sagittal": ("01",),
        "sd": ("06",),
        "sem": ("04", "06"),
        "stride": ("01",),
        "synthetic": ("05", "06"),
        "thigh_torso": ("01",),
        "thigh_vertical": ("01", "02"),
        "thomas": ("04",),
        "trial": ("06",),
        "zero": ("01", "04"),
    }
)
"""The words by their keys, each with the lessons that use it."""


@dataclass(frozen=True)
class Entry:
    """One word.

    Attributes
    ----------
    term, words : str
        The word, and what it means.
    lessons : tuple of str
        The numbers of the lessons that use it: ``"01"``.
    """

    term: str
    words: str
    lessons: tuple[str, ...]


class Glossary(tuple[Entry, ...]):
    """Words in the order of the alphabet, shown as a list."""

    def __repr__(self) -> str:
        """Return a line for each word."""
        return "\n".join(f"{entry.term}: {entry.words} ({_where(entry)})" for entry in self)

    def _repr_html_(self) -> str:
        rows = (
            # JupyterLab floats terms in a narrow column.
            f'<dt style="float:none;width:auto"><strong>{escape(entry.term)}</strong></dt>'
            f'<dd style="margin:0 0 10px 1.4em">{escape(entry.words)} <em>{escape(_where(entry))}</em></dd>'
            for entry in self
        )
        return f'<div style="max-width:46em;line-height:1.5"><dl style="margin:0">{"".join(rows)}</dl></div>'


def glossary() -> Glossary:
    """Show the lessons' new words, with what each means and which lessons use it."""
    return entries()


def entries(lesson: str | None = None) -> Glossary:
    """Return the words of one lesson, or all.

    Parameters
    ----------
    lesson : str, optional
        ``"01"``.
    """
    found = (
        Entry(text(f"glossary.{key}.term"), text(f"glossary.{key}.words"), lessons)
        for key, lessons in LESSONS.items()
        if lesson is None or lesson in lessons
    )
    return Glossary(sorted(found, key=lambda entry: entry.term.casefold()))


def _where(entry: Entry) -> str:
    return text("glossary.lessons", lessons=", ".join(entry.lessons))
