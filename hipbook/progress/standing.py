"""The rows of a file of the log as canonical cells, and which of them count."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hipbook.progress.reading import LogReadError, good_ids
from hipbook.progress.rows import is_undo, unguard
from hipbook.progress.sheets import Rejected, canonical
from hipbook.progress.tables import Table

__all__ = ["Standing", "standing"]


@dataclass(frozen=True)
class Standing:
    """The rows of one file.

    Attributes
    ----------
    table : Table
        Whose rows they are.
    text : str
        Header and good rows in canonical form.
    rejected : list of Rejected
        The rows that cannot be used.
    assumed : list of str
        What was assumed to read the file, in sentences.
    is_canonical : bool
        Whether the file is just that text.
    """

    table: Table
    text: str
    rejected: list[Rejected]
    assumed: list[str]
    is_canonical: bool

    def rows(self) -> Iterator[dict[str, str]]:
        """Yield every good row, also those that are voided or only void, in the file's order."""
        lines = csv.reader(io.StringIO(self.text, newline=""))
        next(lines)
        texts = self.table.texts
        for cells in lines:
            named = zip(self.table.names, cells, strict=True)
            yield {name: unguard(cell) if name in texts else cell for name, cell in named}

    def counting(self) -> Iterator[dict[str, str]]:
        """Yield the rows that count: neither voided ones nor those that only void."""
        rows = list(self.rows())
        voided = {row["voids"] for row in rows}
        return (row for row in rows if row["id"] not in voided and not is_undo(self.table, row))


def standing(table: Table, path: Path, dayfirst: bool | None = None) -> Standing:
    """Read a file of the log, writing nothing; one that is not there has no rows.

    Parameters
    ----------
    table : Table
        What the file is.
    path : Path
        The file.
    dayfirst : bool, optional
        Whether 03/04/2026 is the 3rd of April; decided from the file's rows if left out.

    Raises
    ------
    LogReadError
        When the file is there and cannot be opened.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        data = b""
    except OSError as error:
        raise LogReadError(f"{path.name} must be readable, got '{path}' ({error.strerror})") from error
    found = canonical(table, data, path.name, dayfirst, good_ids=lambda text: good_ids(table, text))
    is_canonical = not data or data == found.text.encode()
    return Standing(table, found.text, found.rejected, found.assumed, is_canonical)
