"""The rows of a file as some program saved it: the good ones in our form, the rest with the rule at fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from hipbook.progress.forms import Understanding, decide_dayfirst
from hipbook.progress.records import Record, record_line
from hipbook.progress.rows import LogRowError, row_line
from hipbook.progress.spreadsheet import Sheet, legible, open_sheet
from hipbook.progress.tables import TEXT_MAX, Table
from hipbook.strings import text as sentence

__all__ = ["Canonical", "Judged", "Rejected", "canonical", "judged", "said_of"]

SHOWN = 120
"""How much of a value is shown in a message, in characters."""

RUN, RUN_RECORDS = 500_000, 4000
"""How many characters, or records with quotes, in our own form are judged at once."""


@dataclass(frozen=True)
class Rejected:
    """A row that could not be used.

    Attributes
    ----------
    file : str
        Name of the file.
    line : int
        Line on which the row begins, from 1 (the header's).
    column : str
        The column at fault; ``row`` when the number of cells is.
    value : str
        What stood there.
    rule : str
        What must hold ("must be left or right").
    text : str
        The row as it stands in the file, so that nothing of it need be lost.
    cells : dict of str to str
        Its cells by column, as they stand; empty when they cannot be told apart.
    """

    file: str
    line: int
    column: str
    value: str
    rule: str
    text: str = field(default="", compare=False, repr=False)
    cells: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    def __str__(self) -> str:
        """Return one line: file, line, column, rule, value."""
        shown = repr(self.value)
        shown = shown if len(shown) <= SHOWN else shown[: SHOWN - 3] + "..."
        return f"{self.file} line {self.line}: {self.column} {self.rule}, got {shown}"


@dataclass(frozen=True)
class Canonical:
    """A file brought into our form: header and good rows as text, the rest, and what was assumed."""

    text: str
    rejected: list[Rejected]
    assumed: list[str]


@dataclass(frozen=True)
class Judged:
    """The rows of a file: the good ones in canonical cells with their lines, the rest, what was assumed."""

    rows: list[tuple[int, dict[str, str]]]
    rejected: list[Rejected]
    assumed: list[str]


def canonical(
    table: Table,
    data: bytes,
    file: str = "",
    dayfirst: bool | None = None,
    good_ids: Callable[[str], set[str] | None] | None = None,
) -> Canonical:
    """Bring a file into our form.

    Parameters
    ----------
    table : Table
        What the file should be.
    data : bytes
        The file.
    file : str
        Its name, for the rejected rows.
    dayfirst : bool, optional
        Whether 03/04/2026 is the 3rd of April; decided from the file's rows if left out.
    good_ids : callable, optional
        Returns the ids of a text in our form (header and rows) if every row is good, and None else, so that
        those rows need not be judged one by one.
    """
    sheet = open_sheet(table, data)
    header = record_line(table.names)
    if sheet.columns != list(table.names) or sheet.separator != ",":
        good_ids = None
    runs = list(_runs(sheet, lambda text: good_ids(header + text) if good_ids else None))
    # Good text has no date that can be read two ways: only the other rows can show how theirs are meant.
    others = [record for run in runs if run.ids is None for record in run.records]
    judge = _Judge(sheet, table, file, _understanding(sheet, table, others, dayfirst))
    lines = [header]
    for run in runs:
        if run.ids is not None and judge.seen.isdisjoint(run.ids):
            judge.seen |= run.ids
            lines.append(run.text)
        else:
            lines += [row_line(table, cells) for _, cells in judge.good(run.records)]
    return Canonical("".join(lines), judge.rejected, judge.assumed)


@dataclass
class _Run:
    """Some rows of a file: as text with their ids if all are good, and as records if these are asked for."""

    text: str
    ids: set[str] | None
    found: Iterable[Record]

    @cached_property
    def records(self) -> list[Record]:
        return list(self.found)


def _runs(sheet: Sheet, good_ids: Callable[[str], set[str] | None]) -> Iterator[_Run]:
    """Yield the rows of a file in runs, so that a bad one costs the going through its own run only."""
    start, line = 0, sheet.first_line
    while start < len(sheet.body):
        end = sheet.body.find("\n", start + RUN) + 1 or len(sheet.body)
        part = sheet.body[start:end]
        if '"' in part:  # a row may go on after the end of its line, or of this part
            yield from _quoted_runs(list(sheet.records(sheet.body[start:], line)), good_ids)
            return
        text = part.replace("\r\n", "\n")
        text = text if text.endswith("\n") else text + "\n"
        is_plain = "\r" not in text and "\n\n" not in text and not text.startswith("\n")
        yield _Run(text, good_ids(text) if is_plain else None, sheet.records(part, line))
        start, line = end, line + text.count("\n") + text.count("\r")


def _quoted_runs(found: list[Record], good_ids: Callable[[str], set[str] | None]) -> Iterator[_Run]:
    for start in range(0, len(found), RUN_RECORDS):
        run = found[start : start + RUN_RECORDS]
        text = (
            "".join(record_line(record.cells) for record in run)
            if all(record.whole for record in run)
            else ""
        )
        yield _Run(text, good_ids(text) if text else None, run)


def judged(
    table: Table,
    data: bytes,
    file: str,
    dayfirst: bool | None,
    complete: Callable[[dict[str, str], Counter[str]], dict[str, str]],
) -> Judged:
    """Judge the rows of a file one by one, filling in what `complete` knows to (see `Understanding`)."""
    sheet = open_sheet(table, data)
    found = list(sheet.records(sheet.body, sheet.first_line))
    judge = _Judge(sheet, table, file, _understanding(sheet, table, found, dayfirst, complete))
    return Judged(list(judge.good(found)), judge.rejected, judge.assumed)


def _understanding(
    sheet: Sheet,
    table: Table,
    found: list[Record],
    dayfirst: bool | None,
    complete: Callable[[dict[str, str], Counter[str]], dict[str, str]] | None = None,
) -> Understanding:
    if dayfirst is None:
        dayfirst = decide_dayfirst(table, (sheet.named(record) for record in found if record.whole))
    return Understanding(table, dayfirst, sheet.separator == ",", complete)


@dataclass
class _Judge:
    """Parts the good rows of one file from the others."""

    sheet: Sheet
    table: Table
    file: str
    understanding: Understanding
    seen: set[str] = field(default_factory=set)
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def assumed(self) -> list[str]:
        counts = sorted(self.understanding.assumed.items())
        return self.sheet.assumed + [said_of(key, count) for key, count in counts]

    def good(self, found: list[Record]) -> Iterator[tuple[int, dict[str, str]]]:
        for record in found:
            try:
                yield record.line, self._cells(record)
            except LogRowError as error:
                value, text = legible(str(error.value or "")), legible(record.text)
                cells = self.sheet.named(record) if record.whole else {}
                cells = {name: legible(cell) for name, cell in cells.items()}
                row = Rejected(self.file, record.line, error.column, value, error.rule, text, cells)
                self.rejected.append(row)

    def _cells(self, record: Record) -> dict[str, str]:
        name = self.table.name
        if not record.whole:
            sheet = self.sheet
            rule = f"must have {len(sheet.columns)} cells and closed quotes, not {len(record.cells)} cells"
            if max(map(len, record.cells)) > TEXT_MAX:
                rule = f"must have no cell of more than {TEXT_MAX} characters"
            elif len(record.cells) == len(sheet.columns):
                rule = "must close the quote that it opens"
            raise LogRowError(name, "row", rule, record.text[:200].rstrip())
        cells = self.understanding.row(self.sheet.named(record))
        if cells["id"] in self.seen:
            raise LogRowError(name, "id", "must not be that of an earlier row", cells["id"])
        self.seen.add(cells["id"])
        return cells


def said_of(key: str, count: int) -> str:
    """Return the sentence about so many cells of which something was assumed."""
    return sentence(f"log.assumed.{key}.one" if count == 1 else f"log.assumed.{key}", count=count)
