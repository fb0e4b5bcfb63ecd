"""Cells as other programs write them: dates, numbers and words in the forms a spreadsheet gives them.

Kind about form, strict about meaning: a cell is brought into the one form of the tables if it can mean
only one thing, and what had to be assumed is counted, to be said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hipbook.progress.migration import migrated
from hipbook.progress.rows import LogRowError, check_row, unguard
from hipbook.progress.tables import DAY, INSTANT, NUMBER, Column, Table

__all__ = ["UNCLEAR", "Understanding", "decide_dayfirst"]

UNCLEAR = "can be read day first or month first"
"""What is wrong with a date that nothing decides; how to say which it is, each way of reading has its own."""

PARTS = re.compile(r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})")
NAMED = re.compile(r"(\d{1,2})\.?[\s/-]([^\W\d_]{3,9})\.?[\s/-](\d{4}|\d{2})(?!\d)")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6})\d*)?)?\s*([AaPp]\.?[Mm]\.?)?")
CLOCK_OR_NOTHING = re.compile(rf"\s*({CLOCK.pattern})?")
OFFSET = re.compile(r"\s*(Z|z|UTC|[+-]\d{2}:?\d{2})$")
DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
THOUSANDS = re.compile(r"-?\d{1,3},\d{3}")
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janv ene",
            "feb february fév févr",
            "mar march mär mrz märz mars",
            "apr april avr abr",
            "may mai",
            "jun june juin",
            "jul july juil",
            "aug august août ago",
            "sep sept september",
            "oct october okt",
            "nov november",
            "dec december dez déc dic",
        ),
        start=1,
    )
    for name in names.split()
}
"""Months as spreadsheets write them in English, German, French and Spanish: no name means two of them."""
MINUS = "\N{MINUS SIGN}"
SERIAL = re.compile(r"[2-7]\d{4}")
SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of the day numbers that spreadsheets keep instead of dates."""


class _AmbiguousDateError(ValueError):
    """A date that can be read day first or month first."""


@dataclass
class Understanding:
    """How the cells of one file are understood, and what was assumed on the way.

    Attributes
    ----------
    table : Table
        Whose cells they are.
    dayfirst : bool or None
        Whether 03/04/2026 is the 3rd of April; None if nothing says so.
    commas_part : bool
        Whether commas stand between the cells: then 1,200 may mean a thousand and more, and is not guessed.
    complete : callable, optional
        Fills in, in canonical cells, what the file does not have, and counts it as assumed.
    assumed : Counter
        How often each assumption was needed, by the key of its sentence (``log.assumed.<key>``).
    """

    table: Table
    dayfirst: bool | None = None
    commas_part: bool = False
    complete: Callable[[dict[str, str], Counter[str]], dict[str, str]] | None = None
    assumed: Counter[str] = field(default_factory=Counter)

    def row(self, cells: Mapping[str, str]) -> dict[str, str]:
        """Return the row in canonical cells.

        Raises
        ------
        LogRowError
            Names the first cell that cannot be understood or breaks a rule.
        """
        assumed: Counter[str] = Counter()
        row = {
            column.name: self.cell(column, cells.get(column.name, ""), assumed)
            for column in self.table.columns
        }
        row = migrated(row, assumed)
        checked = check_row(self.table, self.complete(row, assumed) if self.complete else row)
        self.assumed += assumed
        return checked

    def cell(self, column: Column, cell: str, assumed: Counter[str]) -> str:
        """Return one cell in the log's own form, and count what was assumed."""
        if column.kind in ("text", "json"):
            return unguard(cell)
        plain = cell.strip()
        if not plain or column.kind == "code":
            return plain
        try:
            match column.kind:
                case "choice":
                    return _choice(column, plain, assumed)
                case "integer" | "number":
                    return _number(plain, self.commas_part, assumed)
                case "day":
                    return _day(plain, self.dayfirst, assumed).isoformat()
            return _instant(plain, self.dayfirst, assumed)
        except _AmbiguousDateError:
            raise LogRowError(self.table.name, column.name, UNCLEAR, cell) from None
        except (ValueError, OverflowError):
            raise LogRowError(self.table.name, column.name, column.rule, cell) from None


def decide_dayfirst(table: Table, rows: Iterable[Mapping[str, str]]) -> bool | None:
    """Return how a file writes its dates, if its rows show it and agree: True for 25/03/2026.

    A row shows it when a part is above 12, or when its other date can be read in one way only and the
    two must be at most a day apart.
    """
    shown = {vote for cells in rows for vote in _votes(table, cells)}
    return shown.pop() if len(shown) == 1 else None


def _votes(table: Table, cells: Mapping[str, str]) -> Iterator[bool]:
    known, open_ = [], []
    for name in (table.instant, "local_date"):
        cell = cells.get(name, "").strip()
        if DAY.match(cell):
            known.append(cell[:10])
        elif (parts := PARTS.match(cell)) and parts[2] != "." and len(parts[1]) <= 2:
            readings = _readings(parts)
            if len(readings) == 1:
                yield from readings
            elif len(set(readings.values())) == 2:
                open_.append(readings)
    for readings in open_:
        near = [dayfirst for dayfirst, day in readings.items() if known and _are_near(day, known[0])]
        if len(near) == 1:
            yield near[0]


def _readings(parts: re.Match[str]) -> dict[bool, str]:
    """Return the calendar days that a date can mean: day first (True), month first (False)."""
    readings = {}
    for dayfirst in (True, False):
        day, month = (parts[1], parts[3]) if dayfirst else (parts[3], parts[1])
        try:
            readings[dayfirst] = date(_year(parts[4]), int(month), int(day)).isoformat()
        except ValueError:
            continue
    return readings


def _are_near(one: str, other: str) -> bool:
    try:
        return abs(date.fromisoformat(one) - date.fromisoformat(other)) <= timedelta(days=1)
    except ValueError:
        return False


def _choice(column: Column, cell: str, assumed: Counter[str]) -> str:
    if cell in column.choices:
        return cell
    plain = cell.lower().replace(" ", "_")
    assumed["letter_case"] += plain in column.choices
    return plain if plain in column.choices else cell


def _number(cell: str, commas_part: bool, assumed: Counter[str]) -> str:
    cell = cell.replace(MINUS, "-")
    if not NUMBER.fullmatch(cell):
        if commas_part and THOUSANDS.fullmatch(cell):
            raise ValueError(cell)
        if DECIMAL_COMMA.fullmatch(cell):
            assumed["decimal_comma"] += 1
            cell = cell.replace(",", ".")
        cell = f"{float(cell):.6f}"
    return cell.rstrip("0").rstrip(".") if "." in cell else cell


def _numbered(cell: str) -> str:
    """Return a date such as 29-Mar-26, and what follows it, with the number of its month: 2026/3/29."""
    parts = NAMED.match(cell)
    month = MONTHS.get(parts[2].lower()) if parts else None
    return f"{_year(parts[3])}/{month}/{parts[1]}{cell[parts.end() :]}" if month else cell


def _day(cell: str, dayfirst: bool | None, assumed: Counter[str]) -> date:
    if DAY.fullmatch(cell):
        return date.fromisoformat(cell)
    cell = _numbered(cell)
    if SERIAL.fullmatch(cell):
        assumed["serial_date"] += 1
        return SERIAL_ZERO + timedelta(days=int(cell))
    parts = PARTS.match(cell)
    if not parts or not CLOCK_OR_NOTHING.fullmatch(cell[parts.end() :]):
        raise ValueError(cell)
    if len(parts[1]) == 4:
        assumed["spreadsheet_date"] += 1
        return date(int(parts[1]), int(parts[3]), int(parts[4]))
    if parts[2] == ".":
        assumed["dotted_date"] += 1
        return date(_year(parts[4]), int(parts[3]), int(parts[1]))
    return _slashed(parts, dayfirst, assumed)


def _slashed(parts: re.Match[str], dayfirst: bool | None, assumed: Counter[str]) -> date:
    readings = _readings(parts)
    days = set(readings.values())
    if len(days) == 1:
        assumed["spreadsheet_date"] += 1
        return date.fromisoformat(days.pop())
    if days and dayfirst is None:
        raise _AmbiguousDateError(parts[0])
    if not days:
        raise ValueError(parts[0])
    assumed["day_first" if dayfirst else "month_first"] += 1
    return date.fromisoformat(readings[dayfirst])


def _year(cell: str) -> int:
    return int(cell) + 2000 if len(cell) == 2 else int(cell)


def _instant(cell: str, dayfirst: bool | None, assumed: Counter[str]) -> str:
    if INSTANT.fullmatch(cell):
        return cell
    cell = _numbered(cell)
    offset = OFFSET.search(cell)
    # The last part of 02-03-2026 is no offset: a clock must stand before one.
    offset = offset if offset and ":" in cell[: offset.start()] else None
    plain = cell[: offset.start()] if offset else cell
    parts = re.split(r"[T\s,]+", plain, maxsplit=1)
    clock = CLOCK.fullmatch(parts[1].strip()) if len(parts) == 2 else None
    if not clock:
        raise ValueError(cell)
    moment = datetime.combine(_day(parts[0], dayfirst, assumed), datetime.min.time())
    moment = moment.replace(
        hour=_hour(clock),
        minute=int(clock[2]),
        second=int(clock[3] or 0),
        microsecond=int((clock[4] or "").ljust(6, "0")),
    )
    if not offset:
        assumed["no_offset"] += 1
    sign = "+00:00" if not offset or offset[1] in ("Z", "z", "UTC") else offset[1]
    sign = sign if ":" in sign else f"{sign[:3]}:{sign[3:]}"
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds") + sign


def _hour(clock: re.Match[str]) -> int:
    hour, half = int(clock[1]), (clock[5] or "").lower()
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(clock[0])
    return hour % 12 + (12 if half.startswith("p") else 0)
