"""A file as some program saved it, brought into our form: encoding, separator, columns, rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hipbook.progress.forms import Understanding, decide_dayfirst
from hipbook.progress.records import Record, record_line, records
from hipbook.progress.rows import LogRowError, row_line
from hipbook.progress.tables import Table
from hipbook.strings import text as sentence

__all__ = ["Canonical", "Rejected", "canonical"]

RUN = 4000
"""How many records in our own form are judged at once."""


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
    """

    file: str
    line: int
    column: str
    value: str
    rule: str

    def __str__(self) -> str:
        """Return one line: file, line, column, rule, value."""
        return f"{self.file} line {self.line}: {self.column} {self.rule}, got {self.value!r}"


@dataclass(frozen=True)
class Canonical:
    """A file brought into our form: header and good rows as text, the rest, and what was assumed."""

    text: str
    rejected: list[Rejected]
    assumed: list[str]


@dataclass(frozen=True)
class _Sheet:
    body: str
    first_line: int
    separator: str
    columns: list[str]
    assumed: list[str]

    def records(self) -> Iterator[Record]:
        return records(self.body, len(self.columns), self.separator, self.first_line)

    def named(self, record: Record) -> dict[str, str]:
        # From the last to the first, so that of two columns with one name the first counts.
        return dict(zip(reversed(self.columns), reversed(record.cells), strict=True))


def canonical(
    table: Table,
    data: bytes,
    file: str = "",
    dayfirst: bool | None = None,
    all_good: Callable[[str], bool] | None = None,
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
    all_good : callable, optional
        Says of a text in our form (header and rows) that every row is good, so that those rows need not
        be judged one by one.
    """
    sheet = _open(table, data)
    found = list(sheet.records())
    if dayfirst is None:
        dayfirst = decide_dayfirst(table, (sheet.named(record) for record in found if record.whole))
    understanding = Understanding(table, dayfirst)
    lines, rejected, seen = [record_line(table.names)], [], set()
    ours = sheet.columns == list(table.names) and sheet.separator == "," and all_good is not None
    for start in range(0, len(found), RUN):
        run = found[start : start + RUN]
        if ours and all(record.whole for record in run):
            text = "".join(record_line(record.cells) for record in run)
            ids = {record.cells[0] for record in run}
            if seen.isdisjoint(ids) and all_good(lines[0] + text):
                seen |= ids
                lines.append(text)
                continue
        for record in run:
            try:
                lines.append(row_line(table, _judge(sheet, record, understanding, seen)))
            except LogRowError as error:
                value = str(error.value or "")
                rejected.append(Rejected(file, record.line, error.column, value, error.rule))
    said = [_said(key, count) for key, count in sorted(understanding.assumed.items())]
    return Canonical("".join(lines), rejected, sheet.assumed + said)


def _judge(sheet: _Sheet, record: Record, understanding: Understanding, seen: set[str]) -> dict[str, str]:
    table = understanding.table
    if not record.whole:
        rule = f"must have {len(sheet.columns)} cells and closed quotes, not {len(record.cells)} cells"
        raise LogRowError(table.name, "row", rule, sheet.separator.join(record.cells)[:200].rstrip())
    cells = understanding.row(sheet.named(record))
    if cells["id"] in seen:
        raise LogRowError(table.name, "id", "must not be that of an earlier row", cells["id"])
    seen.add(cells["id"])
    return cells


def _said(key: str, count: int) -> str:
    return sentence(f"log.assumed.{key}.one" if count == 1 else f"log.assumed.{key}", count=count)


def _open(table: Table, data: bytes) -> _Sheet:
    text, assumed = _decode(data)
    header, body, first_line = *_first_line(text), 2
    if header[:4].lower() == "sep=":
        header, body, first_line = *_first_line(body), 3
    separator = max(",;\t", key=lambda mark: len(set(_names(header, mark)) & set(table.names)))
    columns = _names(header, separator)
    if separator != ",":
        assumed.append(sentence("log.assumed.tab" if separator == "\t" else "log.assumed.semicolon"))
    extra = [name for name in columns if name and name not in table.names]
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


def _decode(data: bytes) -> tuple[str, list[str]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), [sentence("log.assumed.utf_16")]
    if data[1:2] == b"\0" or data[:1] == b"\0":
        order = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        return data.decode(order, errors="replace"), [sentence("log.assumed.utf_16")]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), [sentence("log.assumed.windows_1252")]
