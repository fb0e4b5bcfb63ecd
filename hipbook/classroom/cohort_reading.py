"""Reading the logs of a cohort: some learners at once, and what is private never leaves this file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from hipbook.classroom.cohort_logs import MOST_LISTED, NotUsed, PersonLog
from hipbook.progress.records import record_line
from hipbook.progress.tables import HOLDS, MEASUREMENTS, TABLES, Table

if TYPE_CHECKING:
    import pandas as pd
    from fsspec import AbstractFileSystem

__all__ = ["Batch", "Person", "batches", "fetch", "read_batch"]

KEPT = {
    HOLDS.name: ("local_date", "stretch", "side", "held_s"),
    MEASUREMENTS.name: ("local_date", "measured_at", "test", "side", "trial", "quantity", "value_deg"),
}
"""All that is kept of a row. Sessions, which hold discomfort and notes, are not even opened."""

BATCH_LEARNERS, BATCH_BYTES = 20, 20_000_000
"""A worker reads so many logs at once, whichever is less: so its memory does not grow with the cohort."""


@dataclass(frozen=True)
class Batch:
    """Some learners' logs, to be read by one worker at once."""

    fs: AbstractFileSystem
    logs: tuple[PersonLog, ...]

    def halves(self) -> tuple[Batch, Batch]:
        """Return the same logs as two batches."""
        middle = len(self.logs) // 2
        return replace(self, logs=self.logs[:middle]), replace(self, logs=self.logs[middle:])


@dataclass(frozen=True)
class Person:
    """What is kept of one learner's log.

    Attributes
    ----------
    group : str
        Of which group.
    file : str
        Where one of its files is.
    holds, readings : DataFrame
        The rows that count, with the columns of `KEPT` only; readings of others than the learner are out.
    """

    group: str
    file: str
    holds: pd.DataFrame
    readings: pd.DataFrame


def batches(fs: AbstractFileSystem, logs: Iterable[PersonLog]) -> Iterator[Batch]:
    """Yield logs in batches that are small enough to be read at once."""
    some: list[PersonLog] = []
    for log in logs:
        if some and (len(some) == BATCH_LEARNERS or sum(one.size for one in some) + log.size > BATCH_BYTES):
            yield Batch(fs, tuple(some))
            some = []
        some.append(log)
    if some:
        yield Batch(fs, tuple(some))


def fetch(batch: Batch) -> dict[str, bytes | Exception]:
    """Return what stands in a batch's files, by path, or why a file cannot be read."""
    paths = [path for log in batch.logs for _, path in log.files]
    return dict(zip(paths, batch.fs.cat_ranges(paths, None, None, on_error="return"), strict=True))


def read_batch(
    batch: Batch, contents: dict[str, bytes | Exception], not_used: list[NotUsed]
) -> Iterator[Person]:
    """Read the logs of a batch, one learner after the other.

    Parameters
    ----------
    batch : Batch
    contents : dict of str to bytes or Exception
        What `fetch` returned; it is used up.
    not_used : list of NotUsed
        What cannot be used is added to it; a learner without any file that can be read is left out.

    Yields
    ------
    Person
    """
    for log in batch.logs:
        tables = {name: _read(TABLES[name], path, contents.pop(path), not_used) for name, path in log.files}
        if any(rows is not None for rows in tables.values()):
            holds, readings = (_empty(name) if tables.get(name) is None else tables[name] for name in KEPT)
            yield Person(log.group, log.files[0][1], holds, readings)


@cache
def _empty(name: str) -> pd.DataFrame:
    return _read(TABLES[name], "", b"", [])


def _read(table: Table, path: str, data: bytes | Exception, not_used: list[NotUsed]) -> pd.DataFrame | None:
    """Return the kept columns of the rows that count; None when the whole file cannot be used."""
    from hipbook.progress.reading import read_data
    from hipbook.progress.spreadsheet import shared_columns

    if isinstance(data, Exception):
        not_used.append(NotUsed(path, None, "", f"must be readable ({type(data).__name__})"))
        return None
    try:
        if data.strip() and not data.startswith(record_line(table.names).encode()):
            missing = [name for name in KEPT[table.name] if name not in shared_columns(table, data)]
            if missing:
                rule = f"must have the columns of {table.file}, {', '.join(missing)} missing"
                not_used.append(NotUsed(path, None, "", rule))
                return None
        read = read_data(table, data, path)
    except Exception as error:  # whatever a file may cause: it is listed, and the others go on
        not_used.append(NotUsed(path, None, "", f"must be a table of the log ({type(error).__name__})"))
        return None
    private = {column.name for column in table.columns if column.private}
    for row in read.rejected[:MOST_LISTED]:
        # That somebody gave a reason at all is private, too.
        at_fault = ("private cell", "must be as the log writes it")
        where = at_fault if row.column in private else (row.column, row.rule)
        not_used.append(NotUsed(path, row.line, *where))
    if len(read.rejected) > MOST_LISTED:
        more = len(read.rejected) - MOST_LISTED
        not_used.append(NotUsed(path, None, "", f"has {more} more rows that cannot be used"))
    rows = read.rows
    if "person" in rows:
        rows = rows[rows["person"] == ""]
    return rows[list(KEPT[table.name])]
