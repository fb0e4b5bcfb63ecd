"""The sheet of a trio: twelve readings under random codes, never names; made blank, and judged row by row.

Three people measure each other's hip, one side: the other two read it, one after the other and blind to each
other, two trials each. So one sheet has 3 × 2 × 2 = 12 rows. A row without numbers was not measured, and
needs no reason.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hipbook.motion.from_measurement import READING_DEG
from hipbook.progress.forms import Understanding
from hipbook.progress.measure import HEIGHT_CM, METHODS, THIGH_CM, MeasureError, thomas_trig_deg
from hipbook.progress.records import record_line
from hipbook.progress.rows import LogRowError
from hipbook.progress.sheets import Rejected, said_of
from hipbook.progress.spreadsheet import open_sheet
from hipbook.progress.tables import SIDES, Column, Table

__all__ = ["TAPE", "TOOL", "Reading", "SheetRead", "TrioError", "blank_sheets", "new_codes", "read_sheet"]

LETTERS = "ACDEFGHJKMNPQRTUVWXY"  # no B, I, L, O, S, Z: they look like digits
DIGITS = "234679"  # no 0, 1, 5, 8: they look like letters
TAPE_TEST = "thomas_trig"
PEOPLE, TURNS, TRIALS = 3, 2, 2
MOST_TRIOS = 200

_WHO = (
    Column("trio", "code", "Code of the trio", True),
    Column("person", "code", "Random code of the one who is measured; never a name", True),
    Column("rater", "code", "Random code of the one who measures; never a name", True),
    Column("turn", "integer", "First (1) or second (2) rater of this person", True, minimum=1, maximum=TURNS),
    Column("trial", "integer", "Which reading of this rater, 1 or 2", True, minimum=1, maximum=TRIALS),
    Column("side", "choice", "The leg measured, the same for all", True, choices=SIDES),
    Column("test", "choice", "The test, the same for all", True, choices=tuple(METHODS)),
)
_LENGTHS = (
    Column("hip_height_cm", "number", "Hip mark above the floor", False, "cm", *HEIGHT_CM),
    Column("knee_height_cm", "number", "Knee mark above the floor", False, "cm", *HEIGHT_CM),
    Column("thigh_length_cm", "number", "From hip mark to knee mark", False, "cm", *THIGH_CM),
)
_ANGLE = Column(
    "angle_deg", "number", "What the tool shows; extension is positive, zero the level thigh", False, "deg",
    *READING_DEG,
)  # fmt: skip

TAPE = Table("trio", "One row per reading with a tape; without lengths it was not made.", (*_WHO, *_LENGTHS))
TOOL = Table(
    "trio", "One row per reading with another tool; without an angle it was not made.", (*_WHO, _ANGLE)
)


class TrioError(ValueError):
    """Sheets that cannot be made as asked; one line with name, rule and value."""


@dataclass(frozen=True)
class Reading:
    """One reading of a hip.

    Attributes
    ----------
    trio, person, rater, test, side : str
        Codes, and what was measured.
    turn, trial : int
        Which rater of this person, and which reading of this rater, from 1.
    value_deg : float
        Hip extension in the test's own zero [°], extension positive.
    file : str
        Name of the file that it stands in.
    line : int
        Line of that file.
    """

    trio: str
    person: str
    rater: str
    turn: int
    trial: int
    side: str
    test: str
    value_deg: float
    file: str
    line: int


@dataclass(frozen=True)
class SheetRead:
    """What one file says: its readings, the rows that cannot be used, those left blank, what was assumed.

    ``codes`` are those of all people in its rows, also where nothing was measured.
    """

    readings: list[Reading]
    rejected: list[Rejected]
    blank: int
    assumed: list[str]
    codes: frozenset[str] = frozenset()


def new_codes(count: int) -> list[str]:
    """Return ``count`` random codes such as ``K7M``, all different, of marks that are hard to misread."""
    drawn: set[str] = set()
    codes = []
    while len(codes) < count:
        code = secrets.choice(LETTERS) + secrets.choice(DIGITS) + secrets.choice(LETTERS)
        if code not in drawn:
            drawn.add(code)
            codes.append(code)
    return codes


def blank_sheets(trios: int, *, side: str = "left", test: str = TAPE_TEST) -> dict[str, str]:
    """Return blank sheets by file name, all codes of a class different.

    Parameters
    ----------
    trios : int
        How many, 1–200.
    side : str
        ``"left"`` or ``"right"``, the same for the whole class.
    test : str
        One of `hipbook.progress.measure.METHODS`, the same for the whole class.

    Raises
    ------
    TrioError
        Names what is out of its range.
    """
    if not isinstance(trios, int) or not 1 <= trios <= MOST_TRIOS:
        raise TrioError(f"trios must be a whole number between 1 and {MOST_TRIOS}, got {trios!r}")
    if side not in SIDES:
        raise TrioError(f"side must be {' or '.join(SIDES)}, got {side!r}")
    if test not in METHODS:
        raise TrioError(f"test must be one of {', '.join(METHODS)}, got {test!r}")
    codes = iter(new_codes(trios * (1 + PEOPLE)))
    made = {}
    for _ in range(trios):
        trio = next(codes)
        people = [next(codes) for _ in range(PEOPLE)]
        made[f"trio-{trio}.csv"] = _blank(trio, people, side, test)
    return made


def rows_of(trio: str, people: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield who reads whom, in which order: each in turn is measured by the other two, twice by each."""
    for place, person in enumerate(people):
        others = [people[(place + step) % len(people)] for step in range(1, TURNS + 1)]
        for turn, rater in enumerate(others, 1):
            for trial in range(1, TRIALS + 1):
                yield {
                    "trio": trio, "person": person, "rater": rater, "turn": str(turn), "trial": str(trial),
                }  # fmt: skip


def _blank(trio: str, people: Sequence[str], side: str, test: str) -> str:
    table = TAPE if test == TAPE_TEST else TOOL
    same = {"side": side, "test": test}
    lines = [
        record_line([(row | same).get(name, "") for name in table.names]) for row in rows_of(trio, people)
    ]
    return record_line(table.names) + "".join(lines)


def read_sheet(file: str, data: bytes) -> SheetRead:
    """Read a trio's sheet as some program saved it, and write nothing.

    Parameters
    ----------
    file : str
        Its name, to be said.
    data : bytes
        UTF-8, UTF-16 or Windows text; cells parted by comma, semicolon or tab; decimal points or commas.
    """
    sheet = open_sheet(TOOL, data)
    table = TOOL if _ANGLE.name in sheet.columns else TAPE
    sheet = sheet if table is TOOL else open_sheet(TAPE, data)
    unknown = [column.name for column in table.columns if column.name not in sheet.columns]
    if unknown:
        rule = f"must begin with the columns of a trio's sheet, it lacks {', '.join(unknown)}"
        return SheetRead([], [Rejected(file, 1, "file", ", ".join(sheet.columns)[:80], rule)], 0, [])
    understanding = Understanding(table, None, sheet.separator == ",")
    readings, rejected, blank = [], [], 0
    codes: set[str] = set()
    for record in sheet.records(sheet.body, sheet.first_line):
        if not record.whole:
            rule = f"must have {len(sheet.columns)} cells and closed quotes"
            rejected.append(Rejected(file, record.line, "row", f"{len(record.cells)} cells", rule))
            continue
        named = sheet.named(record)
        codes |= {named[name].strip().upper() for name in ("person", "rater")}
        try:
            cells = _cells(table, named, understanding)
            reading = _reading(cells, table, file, record.line) if cells else None
        except LogRowError as error:
            rejected.append(Rejected(file, record.line, error.column, str(error.value), error.rule))
            continue
        if reading is None:
            blank += 1
        else:
            readings.append(reading)
    assumed = [said_of(key, count) for key, count in sorted(understanding.assumed.items())]
    return SheetRead(readings, rejected, blank, sheet.assumed + assumed, frozenset(codes))


def _cells(table: Table, named: Mapping[str, str], understanding: Understanding) -> dict[str, str] | None:
    """Return canonical cells that each follow their rule; None for a row that was not measured."""
    measured = [column.name for column in table.columns if not column.required]
    filled = [name for name in measured if named[name].strip()]
    if not filled:
        return None
    if len(filled) < len(measured):
        first = next(name for name in measured if name not in filled)
        rule = "must be filled in, or the row left without any number"
        raise LogRowError(table.name, first, rule, "")
    cells: dict[str, str] = {}
    assumed: Counter[str] = Counter()
    for column in table.columns:
        cell = understanding.cell(column, named[column.name], assumed)
        if not cell or not column.accepts(cell):
            raise LogRowError(table.name, column.name, column.rule, named[column.name])
        cells[column.name] = cell.upper() if column.kind == "code" else cell
    understanding.assumed += assumed
    return cells


def _reading(cells: Mapping[str, str], table: Table, file: str, line: int) -> Reading:
    if cells["person"] == cells["rater"]:
        rule = "must be somebody else than the one who is measured"
        raise LogRowError(table.name, "rater", rule, cells["rater"])
    if (cells["test"] == TAPE_TEST) != (table is TAPE):
        rule = f"must fit the columns: {TAPE_TEST} has three lengths, the others one angle"
        raise LogRowError(table.name, "test", rule, cells["test"])
    if table is TAPE:
        try:
            value = thomas_trig_deg(*(float(cells[column.name]) for column in _LENGTHS))
        except MeasureError as error:
            rule = "must be nearer to the height of the hip: " + str(error).rpartition(", got ")[0]
            raise LogRowError(table.name, "knee_height_cm", rule, cells["knee_height_cm"]) from None
    else:
        value = float(cells[_ANGLE.name])
    who = {name: cells[name] for name in ("trio", "person", "rater", "side", "test")}
    turn, trial = int(cells["turn"]), int(cells["trial"])
    return Reading(**who, turn=turn, trial=trial, value_deg=value, file=file, line=line)
