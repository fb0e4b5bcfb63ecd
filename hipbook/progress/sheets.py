"""A file as some program saved it, brought into our form: encoding, separator, columns, rows."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from hipbook.progress.forms import Understanding, decide_dayfirst
from hipbook.progress.records import Record, record_line, records
from hipbook.progress.rows import LogRowError, row_line
from hipbook.progress.tables import TEXT_MAX, Table
from hipbook.strings import text as sentence

__all__ = [
    "Canonical",
    "Judged",
    "Rejected",
    "canonical",
    "is_damaged_utf_8",
    "judged",
    "legible",
    "open_sheet",
    "said_of",
    "shared_columns",
]

SHOWN = 120
"""How much of a value is shown in a message, in characters."""

RUN, RUN_RECORDS = 500_000, 4000
"""How many characters, or records with quotes, in our own form are judged at once."""

BROKEN = re.compile("[\udc80-\udcff]")
"""A byte that is no part of a letter, as ``surrogateescape`` keeps it: no cell of ours may have one."""

BEYOND_ASCII = re.compile("[^\x00-\x7f\udc80-\udcff]")


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


@dataclass(frozen=True)
class _Sheet:
    body: str
    first_line: int
    separator: str
    columns: list[str]
    assumed: list[str]

    def records(self, text: str, line: int) -> Iterator[Record]:
        """Yield the records of a part of the body that begins on a line."""
        # Spreadsheets leave rows of blank cells below the others.
        found = records(text, len(self.columns), self.separator, line)
        return (record for record in found if any(map(str.strip, record.cells)))

    def named(self, record: Record) -> dict[str, str]:
        # From the last to the first, so that of two columns with one name the first counts.
        return dict(zip(reversed(self.columns), reversed(record.cells), strict=True))


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


def _runs(sheet: _Sheet, good_ids: Callable[[str], set[str] | None]) -> Iterator[_Run]:
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


def shared_columns(table: Table, data: bytes) -> set[str]:
    """Return which of the table's columns a file has."""
    return set(open_sheet(table, data).columns) & set(table.names)


def _understanding(
    sheet: _Sheet,
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

    sheet: _Sheet
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


def open_sheet(table: Table, data: bytes) -> _Sheet:
    """Read a file in any form into its rows of cells, with what was assumed about the form."""
    text, assumed = _decode(table, data)
    header, body, first_line = *_first_line(text), 2
    if header[:4].lower() == "sep=":
        header, body, first_line = *_first_line(body), 3
    header = legible(header)
    separator = max(",;\t", key=lambda mark: len(set(_names(header, mark)) & set(table.names)))
    columns = _names(header, separator)
    if separator != ",":
        assumed.append(sentence("log.assumed.tab" if separator == "\t" else "log.assumed.semicolon"))
    extra = [name or "(no name)" for name in columns if name not in table.names]
    extra += [
        f"{name} (again)" for name, count in Counter(columns).items() if name in table.names and count > 1
    ]
    if extra:
        assumed.append(sentence("log.assumed.extra_columns", columns=", ".join(extra)))
    missing = [name for name in table.names if name not in columns]
    if missing and body.strip():
        assumed.append(sentence("log.assumed.missing_columns", columns=", ".join(missing)))
    return _Sheet(body, first_line, separator, columns, assumed)


def _first_line(text: str) -> tuple[str, str]:
    line = io.StringIO(text, newline="").readline()
    return line.rstrip("\r\n"), text[len(line) :]


def _names(header: str, separator: str) -> list[str]:
    try:
        names = next(csv.reader([header], delimiter=separator), [])
    except csv.Error:  # longer than any header of ours
        names = []
    return [name.strip().lower().replace(" ", "_") for name in names]


def legible(text: str) -> str:
    """Return the text with a mark that any file can carry in place of each broken byte."""
    return BROKEN.sub("\ufffd", text)


def _decode(table: Table, data: bytes) -> tuple[str, list[str]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), [sentence("log.assumed.utf_16")]
    if data[1:2] == b"\0" or data[:1] == b"\0":
        order = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        return data.decode(order, errors="replace"), [sentence("log.assumed.utf_16")]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        if is_damaged_utf_8(table, data):
            # The rules of the cells then reject the rows that have broken bytes.
            return data.decode("utf-8-sig", errors="surrogateescape"), []
        return data.decode("cp1252", errors="replace"), [sentence("log.assumed.windows_1252")]


def is_damaged_utf_8(table: Table, data: bytes) -> bool:
    """Say whether a file that is not UTF-8 once was: a letter was torn, or another program wrote into it.

    Accents in Windows-1252 are hardly ever well-formed UTF-8, so lines that have such letters speak for it.
    Where there are none, one broken line under a header as we write it is taken for damage.
    """
    if data.startswith(BOM_UTF8):
        return True
    text = data.decode(errors="surrogateescape")
    lines = [line for line in text.split("\n") if not line.isascii()]
    broken = sum(map(bool, map(BROKEN.search, lines)))
    well_formed = sum(map(bool, map(BEYOND_ASCII.search, lines)))
    if text.partition("\n")[0].endswith(",".join(table.names)):
        return well_formed > 0 or broken == 1
    return well_formed >= broken
