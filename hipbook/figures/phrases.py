"""Numbers, days and lists as a person says them, from the sentences of strings/en.json."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hipbook.strings import text

__all__ = [
    "capital",
    "counted",
    "day",
    "listed",
    "minutes",
    "month_short",
    "muscle",
    "number",
    "span",
    "weekdays",
]


def counted(key: str, n: int, **values: object) -> str:
    """Return the sentence ``key.one`` when ``n`` is 1, else ``key.many``, with ``{n}`` filled in."""
    return text(f"{key}.one" if n == 1 else f"{key}.many", n=f"{n:,}", **values)


def number(value: float) -> str:
    """Return a number of minutes: whole from 10 on, one decimal below, no needless ``.0``."""
    rounded = round(value) if round(value, 1) >= 10 else round(value, 1)
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,.1f}"


def minutes(value: float) -> str:
    """Return "1 minute", "2.5 minutes", "512 minutes"; below a minute "35 seconds"."""
    if 0 < value < 0.99:
        return counted("figure.seconds", round(value * 60))
    said = number(value)
    return text("figure.minutes.one" if said == "1" else "figure.minutes.many", n=said)


def day(date: dt.date, *, year: bool = True) -> str:
    """Return "2 March 2026", or "2 March" without the year."""
    month = text("figure.months").split()[date.month - 1]
    return text("figure.day_with_year" if year else "figure.day", day=date.day, month=month, year=date.year)


def month_short(date: dt.date) -> str:
    """Return "Mar"."""
    return text("figure.months_short").split()[date.month - 1]


def span(first: dt.date, last: dt.date) -> str:
    """Return "2 March to 30 August 2026"; what both days share is said once."""
    if first == last:
        return day(last)
    if (first.year, first.month) == (last.year, last.month):
        return text("figure.span", first=first.day, last=day(last))
    return text("figure.span", first=day(first, year=first.year != last.year), last=day(last))


def month_marks(days: Sequence[dt.date], least_apart: int) -> dict[int, str]:
    """Return where a month begins along ``days``: position → "Mar", or "Jan 2027" so that a year is named.

    The first day is marked too. Of two marks closer than ``least_apart`` positions the later one stays.
    """
    marks: dict[int, str] = {}
    for position, date in enumerate(days):
        if position and date.month == days[position - 1].month:
            continue
        if marks and position - max(marks) < least_apart:
            marks.pop(max(marks))
        marks[position] = month_short(date) + (f" {date.year}" if date.month == 1 else "")
    return marks


def weekdays() -> list[str]:
    """Return the names of the days, Monday first."""
    return text("figure.weekdays").split()


def muscle(group: str) -> str:
    """Return a muscle group's name as it stands inside a sentence."""
    return text(f"muscle.{group}")


def capital(words: str) -> str:
    """Return ``words`` with its first letter large."""
    return words[:1].upper() + words[1:]


def listed(items: Sequence[str]) -> str:
    """Return "a", "a and b" or "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return text("figure.list", first=", ".join(items[:-1]), last=items[-1])
