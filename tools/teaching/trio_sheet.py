"""The sheet of a trio on paper: the rows and columns of the file that it is typed into, without its codes."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from itertools import groupby

from hipbook.classroom.trio import TAPE, blank_sheets
from hipbook.progress.tables import SIDES
from hipbook.strings import text

__all__ = ["Cell", "Slip", "TrioSheet", "trio_sheet"]

WORDS = {
    "trio": "code of the trio",
    "person": "code of who lies",
    "rater": "code of who reads",
    "turn": "first or second rater",
    "trial": "trial",
    "side": "side",
    "test": "test",
    "hip_height_cm": "A: hip mark above the floor, cm",
    "knee_height_cm": "B: knee mark above the floor, cm",
    "thigh_length_cm": "C: hip mark to knee mark, cm",
}
"""What paper calls each column of the file."""

GIVEN = {"side": " / ".join(SIDES), "test": text("measure.test.thomas_trig")}
"""What paper says of a column that is the same for a whole class; else there is room to write."""

TOGETHER = ("person", "rater", "turn")
"""Columns whose value is written once for all rows that have it in common."""


@dataclass(frozen=True)
class Cell:
    """One cell: what is printed in it, empty where it is filled in by hand, and how many rows it spans."""

    words: str
    rows: int = 1


@dataclass(frozen=True)
class Slip:
    """What one rater writes on: the round, whether this rater is the first or second, the trials."""

    round: int
    turn: str
    trials: list[str]


@dataclass(frozen=True)
class TrioSheet:
    """A table and slips.

    Attributes
    ----------
    same : list of (str, str, str)
        Words, name and value of each column that is the same in all rows; empty where it is written by hand.
    columns : list of (str, str)
        Words and name of the others.
    rounds : list of list of list of Cell
        Of each person who lies there, the rows; cells that span from above are not repeated.
    slips : list of Slip
    lengths : list of str
        What a slip takes down for each trial, by its letter.
    """

    same: list[tuple[str, str, str]]
    columns: list[tuple[str, str]]
    rounds: list[list[list[Cell]]]
    slips: list[Slip]
    lengths: list[str]


def trio_sheet() -> TrioSheet:
    """Return the paper of a blank sheet as `hipbook.classroom.trio.blank_sheets` makes it."""
    [blank] = blank_sheets(1).values()
    rows = list(csv.DictReader(io.StringIO(blank)))
    same = [name for name in rows[0] if len({row[name] for row in rows}) == 1 and rows[0][name]]
    columns = [name for name in rows[0] if name not in same]
    rounds = [list(held) for _, held in groupby(rows, lambda row: row["person"])]
    return TrioSheet(
        [(WORDS[name], name, GIVEN.get(name, "")) for name in same],
        [(WORDS[name], name) for name in columns],
        [_cells(held, columns) for held in rounds],
        [
            Slip(place, turn, [row["trial"] for row in read])
            for place, held in enumerate(rounds, 1)
            for turn, read in groupby(held, lambda row: row["turn"])
        ],
        [WORDS[column.name].partition(":")[0] for column in TAPE.columns if column.unit == "cm"],
    )


def _cells(rows: list[dict[str, str]], columns: list[str]) -> list[list[Cell]]:
    """Return the cells of one round, row by row."""
    codes = {column.name for column in TAPE.columns if column.kind == "code"}
    made: list[list[Cell]] = [[] for _ in rows]
    for name in columns:
        values = [row[name] for row in rows]
        first = 0
        for value, held in groupby(values) if name in TOGETHER else ((value, [value]) for value in values):
            height = len(list(held))
            made[first].append(Cell("" if name in codes else value, height))
            first += height
    return made
