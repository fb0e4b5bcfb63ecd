"""A file as some program saved it, opened: its encoding, its separator, its columns, its cells."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from hipbook.progress.records import Record, records
from hipbook.progress.tables import Table
from hipbook.strings import text as sentence

__all__ = ["Sheet", "is_damaged_utf_8", "legible", "open_sheet", "shared_columns"]

BROKEN = re.compile("[\udc80-\udcff]")
"""A byte that is no part of a letter, as ``surrogateescape`` keeps it: no cell of ours may have one."""

BEYOND_ASCII = re.compile("[^\x00-\x7f\udc80-\udcff]")


@dataclass(frozen=True)
class Sheet:
    """A file in rows of cells.

    Attributes
    ----------
    body : str
        All but its header.
    first_line : int
        The line on which the body begins, from 1.
    separator : str
        Between its cells: ``,``, ``;`` or a tab.
    columns : list of str
        Its columns, in our spelling.
    assumed : list of str
        What was assumed about the form, in sentences.
    """

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
        """Return a record's cells by column."""
        # From the last to the first, so that of two columns with one name the first counts.
        return dict(zip(reversed(self.columns), reversed(record.cells), strict=True))


def open_sheet(table: Table, data: bytes) -> Sheet:
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
    return Sheet(body, first_line, separator, columns, assumed)


def shared_columns(table: Table, data: bytes) -> set[str]:
    """Return which of the table's columns a file has."""
    return set(open_sheet(table, data).columns) & set(table.names)


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
