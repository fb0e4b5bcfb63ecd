"""The sheets of a class joined into one table: what fits together counts, the rest is listed with reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hipbook.classroom.trio import Reading, read_sheet
from hipbook.progress.records import record_line
from hipbook.progress.sheets import Rejected
from hipbook.strings import text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CollectError", "Collected", "collect", "collect_folder", "joined_csv", "sheets_in"]

MOST_BYTES = 1_000_000  # of one file; a sheet has about 1,000
COLUMNS = tuple(field.name for field in fields(Reading))
HANDED_ON = COLUMNS[: COLUMNS.index("file")]
"""What the joined table of a class has; where a row came from stays behind."""


class CollectError(ValueError):
    """A folder that has no sheets to read; one line with name, rule and value."""


@dataclass(frozen=True)
class Collected:
    """What a class handed in.

    Attributes
    ----------
    readings : DataFrame
        A row per reading that counts: ``trio``, ``person``, ``rater``, ``turn``, ``trial``, ``side``,
        ``test``, ``value_deg`` [°, extension positive], ``file`` and ``line``. One side and one test.
    files : tuple of str
        Names of the files that were read.
    rejected : list of Rejected
        Rows that cannot be used, each with file, line, column, value and rule.
    blank : int
        Rows that nobody filled in; no reason is asked.
    again : int
        Rows that were handed in before, with the same content.
    withdrawn : int
        Rows left out because their person or rater asked for it.
    unknown : tuple of str
        Codes that were to be left out and that no row has.
    passed_over : tuple of str
        What else lies in the folder: spreadsheets that were not saved as CSV, say, and folders.
    assumed : list of str
        What was assumed to read the files, in sentences.
    """

    readings: pd.DataFrame
    files: tuple[str, ...]
    rejected: list[Rejected]
    blank: int
    again: int
    withdrawn: int
    unknown: tuple[str, ...]
    assumed: list[str]
    passed_over: tuple[str, ...] = ()

    @property
    def people(self) -> int:
        """How many were measured."""
        return self.readings["person"].nunique()

    @property
    def test(self) -> str:
        """The test that all readings are of; blank when there are none."""
        return "" if self.readings.empty else str(self.readings["test"].iloc[0])


def sheets_in(folder: str | Path) -> list[tuple[str, bytes]]:
    """Return the CSV files of a folder by name.

    Raises
    ------
    CollectError
        When there is no such folder, or no CSV file in it.
    """
    paths = [path for path in _in(Path(folder)) if _is_csv(path)]
    if not paths:
        raise CollectError(
            f"the folder of the class must have CSV files, got none in {str(folder)!r}: "
            "save each sheet as CSV"
        )
    return [(path.name, path.read_bytes()[: MOST_BYTES + 1]) for path in paths]


def collect_folder(folder: str | Path, *, without: Collection[str] = ()) -> Collected:
    """Join the sheets in a folder as `collect` does, and name what else is in it."""
    found = collect(sheets_in(folder), without=without)
    others = [path for path in _in(Path(folder)) if not _is_csv(path)]
    names = [text("class.folder", name=path.name) if path.is_dir() else path.name for path in others]
    return replace(found, passed_over=tuple(names))


def _in(folder: Path) -> list[Path]:
    """Return what is in a folder, without what a program hides there."""
    if not folder.is_dir():
        raise CollectError(
            f"the folder of the class must be there, got {str(folder)!r}: make it, put the sheets in"
        )
    return [path for path in sorted(folder.iterdir()) if not path.name.startswith((".", "~"))]


def _is_csv(path: Path) -> bool:
    return path.suffix.lower() == ".csv" and path.is_file()


def collect(sheets: Iterable[tuple[str, bytes]], *, without: Collection[str] = ()) -> Collected:
    """Join the sheets of a class; a file that is no sheet is listed, never fatal.

    Parameters
    ----------
    sheets : iterable of (str, bytes)
        Names and contents, as `sheets_in` gives them.
    without : collection of str
        Codes of people who changed their mind: what was measured on them or by them is left out.
    """
    names, rejected, assumed, found = [], [], [], []
    blank = 0
    known: set[str] = set()
    for name, data in sheets:
        names.append(name)
        if len(data) > MOST_BYTES:
            rejected.append(
                Rejected(name, 1, "file", f"{len(data)} bytes or more", f"must be at most {MOST_BYTES} bytes")
            )
            continue
        read = read_sheet(name, data)
        found += read.readings
        rejected += read.rejected
        blank += read.blank
        known |= read.codes
        assumed += [f"{name}: {line}" for line in read.assumed]
    gone = {code.strip().upper() for code in without}
    stay = [reading for reading in found if not {reading.person, reading.rater} & gone]
    counts, again = _fitting(stay, rejected)
    rejected.sort(key=lambda row: (row.file, row.line))
    return Collected(
        _table(counts),
        tuple(names),
        rejected,
        blank,
        again,
        withdrawn=len(found) - len(stay),
        unknown=tuple(sorted(gone - known)),
        assumed=assumed,
    )


def joined_csv(collected: Collected) -> str:
    """Return the readings that count as CSV text: codes and angles, without the names of files."""
    rows = collected.readings[list(HANDED_ON)].itertuples(index=False)
    lines = [
        record_line([f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in row]) for row in rows
    ]
    return record_line(HANDED_ON) + "".join(lines)


def _table(readings: Sequence[Reading]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame([astuple(reading) for reading in readings], columns=list(COLUMNS))


def _fitting(found: Sequence[Reading], rejected: list[Rejected]) -> tuple[list[Reading], int]:
    """Return the readings that fit together and how many came twice; list the others."""
    same = {name: _most([getattr(reading, name) for reading in found]) for name in ("test", "side")}
    seen: dict[tuple[str, str, int], Reading] = {}
    trio_of: dict[str, str] = {}
    rater_of: dict[tuple[str, int], str] = {}
    turn_of: dict[tuple[str, str], int] = {}
    again = 0
    for reading in found:
        key = (reading.person, reading.rater, reading.trial)
        earlier = seen.get(key)
        wrong = _wrong(reading, same, trio_of, rater_of, turn_of)
        if wrong is None and earlier is not None:
            if earlier.value_deg == reading.value_deg:
                again += 1
                continue
            rule = f"must be read once by each rater, {earlier.file} line {earlier.line} has another value"
            wrong = ("trial", str(reading.trial), rule)
        if wrong is not None:
            rejected.append(Rejected(reading.file, reading.line, *wrong))
            continue
        seen[key] = reading
        trio_of[reading.person] = reading.trio
        rater_of[reading.person, reading.turn] = reading.rater
        turn_of[reading.person, reading.rater] = reading.turn
    return list(seen.values()), again


def _wrong(
    reading: Reading,
    same: dict[str, str],
    trio_of: dict[str, str],
    rater_of: dict[tuple[str, int], str],
    turn_of: dict[tuple[str, str], int],
) -> tuple[str, str, str] | None:
    """Return column, value and rule of what does not fit to the rows before."""
    for name, most in same.items():
        if getattr(reading, name) != most:
            return name, getattr(reading, name), f"must be {most} as in most rows: they are not mixed"
    trio = trio_of.get(reading.person, reading.trio)
    if reading.trio != trio:
        return "person", reading.person, f"must be of one trio, and is of {trio}"
    rater = rater_of.get((reading.person, reading.turn), reading.rater)
    if reading.rater != rater:
        return "rater", reading.rater, f"must be one in each turn, and turn {reading.turn} has {rater}"
    turn = turn_of.get((reading.person, reading.rater), reading.turn)
    if reading.turn != turn:
        return "turn", str(reading.turn), f"must be another rater's, {reading.rater} has turn {turn}"
    return None


def _most(values: Sequence[str]) -> str:
    """Return the value that most have; of equally many the first in the alphabet."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value), default="")
