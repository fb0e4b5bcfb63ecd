"""The three tables of the log: their columns, in order, and the rules of every cell.

This is the only definition: the writer checks rows by it, the reader judges files by it, and
``data/datapackage.json`` is generated from it.

Notes
-----
Three kinds of rows share each table.

* A *plain row* says what happened; ``voids`` is blank.
* An *edit* is a plain row whose ``voids`` names the row that it replaces.
* An *undo row* only removes: ``voids`` is filled, and every column is blank except ``id``, the instant
  (here: when it was undone), ``local_date``, ``voids`` and ``schema``.

A voided row never counts again, whatever happens later to the row that voided it. So an edit of an edit
does not bring the first version back; to bring a row back, write it again under a new id.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

__all__ = [
    "HOLDS",
    "MEASUREMENTS",
    "QUANTITY",
    "SCHEMA",
    "SESSIONS",
    "SIDES",
    "TABLES",
    "Column",
    "Table",
]

SCHEMA = 1
"""Version of the tables; written into every row."""

TEXT_MAX = 10_000
"""Longest text of one cell, in characters."""

CODE_MAX = 120
"""Longest id or other code, in characters."""

CODE = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._:~-]{{0,{CODE_MAX - 1}}}")
INTEGER = re.compile(r"-?[0-9]{1,9}")
NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,15})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
INSTANT = re.compile(DAY.pattern + r"T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")
YEARS = (1900, 2200)
SURROGATE = re.compile("[\ud800-\udfff]")

OUTCOMES = ("done", "skipped", "stopped")
REASONS = (
    "pinch_front_hip",
    "kneeling",
    "knee",
    "lower_back",
    "numb_tingling",
    "too_strong",
    "unwell",
    "let_go",
    "other",
)
SIDES = ("left", "right")
QUANTITY = "hip_extension"  # of every test


@dataclass(frozen=True)
class Column:
    """One column: its name, its kind and the rules of its cells.

    Attributes
    ----------
    name : str
        Quantity, then unit.
    kind : str
        ``code`` (an id or short name), ``choice``, ``integer``, ``number``, ``instant`` (ISO 8601 with
        offset), ``day`` (ISO 8601), ``text`` (anything but NUL) or ``json`` (one JSON object).
    meaning : str
        What a cell says, in a sentence.
    required : bool
        Whether it may not be blank. In an undo row only the `Table.kept_by_undo` columns are filled.
    unit : str
        Unit of a number.
    minimum, maximum : float or None
        Bounds of a number, both allowed.
    choices : tuple of str
        What a ``choice`` may be.
    private : bool
        Whether it is about the person's health, so that it is kept only if they agree, and never handed in.
    """

    name: str
    kind: str
    meaning: str
    required: bool = False
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    private: bool = False

    @property
    def rule(self) -> str:
        """The rule of a filled cell, as it follows the column's name in a message."""
        return {
            "code": f"must be 1 to {CODE_MAX} letters, digits or . _ : ~ - and begin with a letter or digit",
            "choice": "must be " + " or ".join(self.choices),
            "integer": f"must be a whole number between {self.minimum:g} and {self.maximum:g}"
            if self.kind == "integer"
            else "",
            "number": f"must be a number between {self.minimum:g} and {self.maximum:g}"
            if self.kind == "number"
            else "",
            "instant": "must be a date, time and offset such as 2026-03-29T07:15:00+02:00",
            "day": "must be a date such as 2026-03-29",
            "text": f"must be text of at most {TEXT_MAX} characters without NUL or broken characters",
            "json": f"must be a JSON object of at most {TEXT_MAX} characters",
        }[self.kind]

    def accepts(self, cell: str) -> bool:
        """Say whether a filled cell, in its canonical form, follows the rule."""
        match self.kind:
            case "code":
                return bool(CODE.fullmatch(cell))
            case "choice":
                return cell in self.choices
            case "integer":
                return bool(INTEGER.fullmatch(cell)) and self.minimum <= int(cell) <= self.maximum
            case "number":
                return bool(NUMBER.fullmatch(cell)) and self.minimum <= float(cell) <= self.maximum
            case "instant":
                return bool(INSTANT.fullmatch(cell)) and _is_calendar(datetime.fromisoformat, cell)
            case "day":
                return bool(DAY.fullmatch(cell)) and _is_calendar(date.fromisoformat, cell)
            case "json":
                return _is_text(cell) and _is_json_object(cell)
        return _is_text(cell)


@dataclass(frozen=True)
class Table:
    """One table of the log: a CSV file with these columns, in this order."""

    name: str
    meaning: str
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        """Name of the table's file in the folder of the log."""
        return f"{self.name}.csv"

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def instant(self) -> str:
        """Name of the column that says when."""
        return next(column.name for column in self.columns if column.kind == "instant")

    @cached_property
    def kept_by_undo(self) -> frozenset[str]:
        """Columns that an undo row fills; it leaves all others blank."""
        return frozenset({"id", self.instant, "local_date", "voids", "schema"})

    @cached_property
    def texts(self) -> frozenset[str]:
        """Columns of free text, which are guarded against spreadsheets."""
        return frozenset(column.name for column in self.columns if column.kind in ("text", "json"))


def _is_text(cell: str) -> bool:
    return len(cell) <= TEXT_MAX and "\0" not in cell and not SURROGATE.search(cell)


def _is_json_object(cell: str) -> bool:
    try:
        return isinstance(json.loads(cell), dict)
    except (ValueError, RecursionError):
        return False


def _is_calendar(parse: type, cell: str) -> bool:
    try:
        return YEARS[0] <= parse(cell).year < YEARS[1]
    except ValueError:
        return False


_ID = Column("id", "code", "Names this row for ever; sorts by time", required=True)
_DAY = Column("local_date", "day", "The day the person lived, whatever the clock in UTC says", required=True)
_SESSION = Column("session_id", "code", "Names the session, across tables", required=True)
_NOTE = Column("note", "text", "The person's own words", private=True)
_VOIDS = Column("voids", "code", "The id of the row that this one undoes or replaces; blank in most rows")
_SCHEMA = Column(
    "schema", "integer", "Version of the tables that this row was written by", True, minimum=1, maximum=999
)

HOLDS = Table(
    "holds",
    "One row per finished, skipped or stopped hold; for the mobilization one row per side and set.",
    (
        _ID,
        Column("started_at", "instant", "When the hold began, with the offset of the local clock", True),
        _DAY,
        _SESSION,
        Column("routine", "code", "The routine chosen, such as five_minutes", True),
        Column("stretch", "code", "The stretch, as in stretches.toml", True),
        Column(
            "side", "choice", "The side stretched; stretches.toml says which leg that is", True, choices=SIDES
        ),
        Column(
            "repetition", "integer", "Which repetition on this side, from 1", True, minimum=1, maximum=100
        ),
        Column("planned_s", "number", "How long it was meant to be", True, "s", 0, 3600),
        Column(
            "held_s",
            "number",
            "How long it was held; in the mobilization, time of pulling",
            True,
            "s",
            0,
            3600,
        ),
        Column("outcome", "choice", "How it ended", True, choices=OUTCOMES),
        Column(
            "reason",
            "choice",
            "Why it was stopped or skipped; blank if not said or not kept",
            choices=REASONS,
            private=True,
        ),
        _VOIDS,
        _SCHEMA,
    ),
)

SESSIONS = Table(
    "sessions",
    "One row when a session ends or is left.",
    (
        _ID,
        _SESSION,
        Column("ended_at", "instant", "When the session ended, with the offset of the local clock", True),
        _DAY,
        Column(
            "discomfort_0_10",
            "number",
            "Discomfort, 0 none to 10 worst; blank if not asked, not answered or not kept",
            minimum=0,
            maximum=10,
            private=True,
        ),
        _NOTE,
        _VOIDS,
        _SCHEMA,
    ),
)

MEASUREMENTS = Table(
    "measurements",
    "One row per reading of a joint angle; readings of different tests are not comparable.",
    (
        _ID,
        Column("measured_at", "instant", "When it was read, with the offset of the local clock", True),
        _DAY,
        Column("person", "text", "Who was measured: blank for the owner of the log, a code in class"),
        Column("rater", "text", "Who measured: blank if alone, a code in class"),
        Column("test", "code", "The test, such as thomas_trig; it also fixes what zero means", True),
        Column("side", "choice", "The leg measured", True, choices=SIDES),
        Column(
            "trial",
            "integer",
            "Which reading of this side on this occasion, from 1",
            True,
            minimum=1,
            maximum=100,
        ),
        Column("quantity", "code", "The angle, such as hip_extension", True),
        Column("value_deg", "number", "The angle; extension is positive", True, "deg", -180, 180),
        Column("inputs", "json", "What was read off, by name and unit, as a JSON object"),
        _NOTE,
        _VOIDS,
        _SCHEMA,
    ),
)

TABLES = {table.name: table for table in (HOLDS, SESSIONS, MEASUREMENTS)}
"""The three tables by name."""
