"""The reader of the log: good rows as a typed table, and bad rows with the rule they break."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd

from hipbook.progress.canonical import NotCanonicalError, parse
from hipbook.progress.forms import UNCLEAR
from hipbook.progress.records import record_line
from hipbook.progress.sheets import Rejected, canonical
from hipbook.progress.tables import HOLDS, MEASUREMENTS, SESSIONS, Table

__all__ = [
    "LogReadError",
    "LogTable",
    "Rejected",
    "good_ids",
    "read_data",
    "read_holds",
    "read_measurements",
    "read_sessions",
]

SAY_WHICH = f"{UNCLEAR}: read the file with dayfirst=True or dayfirst=False"


class LogReadError(ValueError):
    """A file of the log that cannot be read, or (with ``strict=True``) has a row that cannot be used."""


@dataclass(frozen=True)
class LogTable:
    """What a file of the log says.

    Attributes
    ----------
    rows : DataFrame
        The rows that count, in the file's order: neither voided ones nor undo rows. The columns are the
        table's. Ids and texts are str; codes and choices are categories, with ``""`` for blank; whole
        numbers int64, others float64 with NaN for blank; the instant is a UTC timestamp; ``local_date``
        is the day that the person lived, as a timestamp without zone.
    rejected : list of Rejected
        The rows that could not be used, each with file, line, column, value and rule.
    assumed : list of str
        What had to be assumed to read the file, in sentences.
    voided : int
        How many good rows do not count: those voided, and the undo rows. So the file's rows are
        ``len(rows) + len(rejected) + voided``.
    """

    rows: pd.DataFrame
    rejected: list[Rejected] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    voided: int = 0


def read_holds(path: str | Path, *, dayfirst: bool | None = None, strict: bool = False) -> LogTable:
    """Read the holds of a log.

    Parameters
    ----------
    path : path
        The folder of a log, or a CSV file; a file that is not there is an empty table.
    dayfirst : bool, optional
        Whether 03/04/2026 is the 3rd of April. Needed only for files with such dates whose rows do not
        show which it is; those rows are rejected without it.
    strict : bool
        Whether to raise at the first row that cannot be used, instead of giving it in ``rejected``.

    Raises
    ------
    LogReadError
        When the file cannot be opened; with ``strict`` also for the first unusable row.

    Notes
    -----
    Reading writes nothing.
    """
    return _read_table(HOLDS, path, dayfirst, strict)


def read_sessions(path: str | Path, *, dayfirst: bool | None = None, strict: bool = False) -> LogTable:
    """Read the sessions of a log, as `read_holds` does."""
    return _read_table(SESSIONS, path, dayfirst, strict)


def read_measurements(path: str | Path, *, dayfirst: bool | None = None, strict: bool = False) -> LogTable:
    """Read the measurements of a log, as `read_holds` does."""
    return _read_table(MEASUREMENTS, path, dayfirst, strict)


def _read_table(table: Table, path: str | Path, dayfirst: bool | None, strict: bool) -> LogTable:
    path = Path(path)
    path = path / table.file if path.is_dir() else path
    try:
        with path.open("rb") as file:
            return _understood(table, file, path.name, dayfirst, strict, unclear=SAY_WHICH)
    except FileNotFoundError:
        return read_data(table, b"", path.name)
    except OSError as error:
        raise LogReadError(f"{path.name} must be readable, got '{path}' ({error.strerror})") from error


def read_data(
    table: Table, data: bytes, name: str, *, dayfirst: bool | None = None, strict: bool = False
) -> LogTable:
    """Read a table from the bytes of its file, wherever they came from, as `read_holds` does.

    Parameters
    ----------
    table : Table
        What the file should be.
    data : bytes
        What stands in it.
    name : str
        The file's name, for the rows that cannot be used.
    dayfirst, strict
        As for `read_holds`.
    """
    return _understood(table, BytesIO(data), name, dayfirst, strict)


def _understood(
    table: Table,
    file: BinaryIO,
    name: str,
    dayfirst: bool | None,
    strict: bool,
    unclear: str = UNCLEAR,
) -> LogTable:
    header = record_line(table.names).encode()
    if file.read(len(header)) == header:
        with suppress(NotCanonicalError):  # then some row is not as we write it: go through them
            return _counted(table, *parse(table, file))
    file.seek(0)
    data = file.read()
    if not data or data.isspace():
        return _counted(table, *parse(table, header))
    found = canonical(table, data, name, dayfirst, good_ids=lambda text: good_ids(table, text))
    rejected = [replace(row, rule=unclear) if row.rule == UNCLEAR else row for row in found.rejected]
    if strict and rejected:
        raise LogReadError(str(rejected[0]))
    return _counted(table, *parse(table, found.text.encode()), rejected, found.assumed)


def good_ids(table: Table, text: str) -> set[str] | None:
    """Return the ids of a text in our form, header first, if every row is good; None if not."""
    try:
        return set(parse(table, text.encode())[0]["id"])
    except (NotCanonicalError, UnicodeEncodeError):
        return None


def _counted(
    table: Table,
    frame: pd.DataFrame,
    undo: np.ndarray,
    rejected: list[Rejected] = (),
    assumed: list[str] = (),
) -> LogTable:
    """Leave out what does not count: voided rows for ever, and the rows that only void."""
    total = len(frame)
    ended = set(frame["voids"].cat.categories) - {""}
    if ended:
        frame = frame[~(undo | frame["id"].isin(ended).to_numpy())].reset_index(drop=True)
    whole = {column.name: "int64" for column in table.columns if column.kind == "integer"}
    frame = frame.astype(whole)
    for name in frame.select_dtypes("category"):
        frame[name] = _only_used(frame[name])
    return LogTable(frame, list(rejected), list(assumed), total - len(frame))


def _only_used(cells: pd.Series) -> pd.Series:
    """Leave out categories that no row has, faster than pandas, which sorts the rows for it."""
    codes = cells.cat.codes.to_numpy()
    used = np.bincount(codes, minlength=len(cells.cat.categories)) > 0
    if used.all():
        return cells
    renumbered = (np.cumsum(used) - 1).astype(codes.dtype)[codes]
    kept = pd.Categorical.from_codes(renumbered, cells.cat.categories[used], validate=False)
    return pd.Series(kept, cells.index)
