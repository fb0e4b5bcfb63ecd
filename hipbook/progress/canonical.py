"""A text in the log's own form to typed columns, all rows at once, or a plain no."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

import numpy as np
import pandas as pd

from hipbook.progress.rows import unguard
from hipbook.progress.stamps import STAMP_BYTES, to_utc
from hipbook.progress.tables import CODE_MAX, SCHEMA, TEXT_MAX, Column, Table

__all__ = ["NotCanonicalError", "parse"]

CODE_FIRST = np.zeros(256, bool)
CODE_FIRST[list(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")] = True
CODE_LETTERS = bytes(np.flatnonzero(CODE_FIRST).tolist()) + b"._:~-"
TRUTHS = ("true", "false")
TEXT = pd.StringDtype("python", na_value=np.nan)
"""Each text is looked at; where pyarrow is installed, getting them out of it would take longer."""
CHUNK_ROWS = 1000
"""Fewer than pandas ever judges at once, but for the last rows of a file."""


class NotCanonicalError(ValueError):
    """Some row is not in the log's own form, or breaks a rule; which one is for others to find out."""


def parse(table: Table, data: bytes | BinaryIO) -> tuple[pd.DataFrame, np.ndarray]:
    """Read header and rows in the log's own form, and check every rule of the table on whole columns.

    Parameters
    ----------
    table : Table
        Whose rows they are.
    data : bytes or binary file
        UTF-8 with the table's header; a file is read from its beginning, and stays open.

    Returns
    -------
    rows : DataFrame of shape (rows, columns)
        Every row, undo rows too: ids and texts as str, codes and choices as categories (blank is ``""``),
        numbers as float (blank is NaN), the instant as UTC, ``local_date`` as a day.
    undo : ndarray of bool, shape (rows,)
        Which of them only void another.

    Raises
    ------
    NotCanonicalError
        When any row is in another form or breaks a rule. What passes here would pass
        `hipbook.progress.rows.check_row`, one row at a time.
    """
    frame = _read(table, BytesIO(data) if isinstance(data, bytes) else data)
    undo = _is_undo(table, frame)
    for column in table.columns:
        must = column.required and (True if column.name in table.kept_by_undo else ~undo)
        frame[column.name] = _checked(column, frame[column.name], must)
    _check_together(table, frame)
    return frame, undo


class _Source:
    """A file as pandas reads it: bytes as they are, which it would else decode and encode once more."""

    def __init__(self, file: BinaryIO):
        file.seek(0)
        self.file, self.has_nul = file, False

    def read(self, size: int = -1) -> bytes:
        part = self.file.read(size)
        self.has_nul = self.has_nul or b"\0" in part
        return part

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.file)


def _read(table: Table, file: BinaryIO, plain: frozenset[str] = frozenset()) -> pd.DataFrame:
    """Read the cells; ``plain`` names columns to take as plain text first."""
    numbers = [column.name for column in table.columns if column.kind == "number"]
    source = _Source(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            frame = pd.read_csv(
                source,
                dtype={
                    column.name: TEXT if column.name in plain else _read_as(column)
                    for column in table.columns
                },
                keep_default_na=False,
                na_values={name: [""] for name in numbers},
            )
    except (ValueError, OverflowError, Warning) as error:
        raise NotCanonicalError from error
    if (
        list(frame.columns) != list(table.names)
        or not isinstance(frame.index, pd.RangeIndex)
        or source.has_nul
    ):
        raise NotCanonicalError
    if any(_may_hide_truths(frame[name].to_numpy()) for name in numbers):
        _ask(not _has_truths(file, numbers))
    # Pandas makes numbers of codes that all look like some, so that 01 becomes 1: those are read again.
    dictionaries = frame.select_dtypes("category")
    numeric = [name for name, cells in dictionaries.items() if not all(map(_is_str, cells.cat.categories))]
    if numeric:
        return _read(table, file, frozenset(numeric)).astype(dict.fromkeys(numeric, "category"))
    # A line with too few cells leaves its last ones missing, and the last of every table is never blank.
    _ask(not frame[table.names[-1]].isna().any())
    return frame


def _may_hide_truths(values: np.ndarray) -> bool:
    """Whether pandas may have made these noughts and ones of TRUE and FALSE, as it does with whole chunks."""
    plain = np.flatnonzero(~((values == 0) | (values == 1) | np.isnan(values)))
    runs = np.diff(plain, prepend=-1, append=len(values)) - 1
    return bool(runs.max() >= CHUNK_ROWS or runs[-1] > 0)


def _has_truths(file: BinaryIO, numbers: list[str]) -> bool:
    """Whether a number is written as TRUE or False."""
    file.seek(0)
    cells = pd.read_csv(file, dtype=str, usecols=numbers, keep_default_na=False)
    return any(cell.lower() in TRUTHS for name in numbers for cell in cells[name].unique())


def _read_as(column: Column) -> object:
    if column.kind == "number":
        return np.float64
    if column.kind == "integer":  # few, so that each word is looked up, not parsed
        return pd.CategoricalDtype(["", *map(str, range(int(column.minimum), int(column.maximum) + 1))])
    if column.kind == "instant":
        return f"S{STAMP_BYTES}"
    if column.kind == "choice":
        return pd.CategoricalDtype(["", *column.choices])
    # Ids differ from row to row and texts mostly do: only the others are worth a dictionary.
    return TEXT if column.name in ("id", "session_id") or column.kind in ("text", "json") else "category"


def _is_str(value: object) -> bool:
    return isinstance(value, str)


def _is_undo(table: Table, frame: pd.DataFrame) -> np.ndarray:
    undo = (frame["voids"] != "").to_numpy()
    for column in table.columns:
        if undo.any() and column.name not in table.kept_by_undo:
            cells = frame[column.name]
            undo = undo & (cells.isna() if cells.dtype == np.float64 else cells == "").to_numpy()
    return undo


def _checked(column: Column, cells: pd.Series, must: np.ndarray | bool) -> pd.Series:
    """Return the column in its type; ``must`` says which rows may not leave it blank."""
    match column.kind:
        case "integer":
            return _integers(cells, must)
        case "number":
            return _numbers(column, cells, must)
        case "instant":
            return _instants(cells)
        case "day":
            return _days(column, cells)
        case "text" | "json":
            return _texts(column, cells)
    if cells.dtype == "category":
        _ask(not ((cells == "").to_numpy() & must).any())
        _ask(all(column.accepts(code) for code in cells.cat.categories if code))
    else:
        _check_codes(cells.to_numpy(dtype=object), must)
    return cells


def _integers(cells: pd.Series, must: np.ndarray | bool) -> pd.Series:
    values = np.array([float(word or "nan") for word in cells.cat.categories])[cells.cat.codes]
    _ask(not (np.isnan(values) & must).any())
    return pd.Series(values, cells.index)


def _numbers(column: Column, cells: pd.Series, must: np.ndarray | bool) -> pd.Series:
    values = cells.to_numpy()
    blank = np.isnan(values)
    _ask(not (blank & must).any())
    _ask((blank | ((values >= column.minimum) & (values <= column.maximum))).all())
    return cells


def _check_codes(codes: np.ndarray, must: np.ndarray | bool) -> None:
    """Check codes that differ from row to row, or at least from run to run."""
    runs = codes[np.concatenate([codes[:1] == codes[:1], codes[1:] != codes[:-1]])]
    blank = runs == ""
    if blank.any():
        _ask(not ((codes == "") & must).any())
        runs = runs[~blank]
    if not len(runs):
        return
    # In one run of bytes, with an end of line before each code.
    joined = "\n".join(runs.tolist())
    _ask(joined.isascii())
    letters = f"\n{joined}\n".encode()
    places = np.frombuffer(letters, np.uint8)
    ends = np.flatnonzero(places == ord("\n"))
    _ask(len(ends) == len(runs) + 1 and np.diff(ends).max() <= CODE_MAX + 1)
    _ask(CODE_FIRST[places[ends[:-1] + 1]].all())
    _ask(len(letters.translate(None, CODE_LETTERS)) == len(ends))


def _instants(cells: pd.Series) -> pd.Series:
    try:
        instants = to_utc(cells.to_numpy(dtype=f"S{STAMP_BYTES}"))
    except ValueError as error:
        raise NotCanonicalError from error
    return pd.Series(instants, cells.index).dt.tz_localize("UTC")


def _days(column: Column, cells: pd.Series) -> pd.Series:
    _ask(all(column.accepts(day) for day in cells.cat.categories))
    days = pd.to_datetime(cells.cat.categories.astype(str), format="%Y-%m-%d").to_numpy("datetime64[us]")
    return pd.Series(days[cells.cat.codes] if len(days) else np.array([], "datetime64[us]"), cells.index)


def _texts(column: Column, cells: pd.Series) -> pd.Series:
    guarded = cells.str.startswith("'").to_numpy(dtype=bool)
    if guarded.any():
        cells = cells.where(~guarded, cells[guarded].map(unguard))
    _ask(not (cells.str.len() > TEXT_MAX).any())
    if column.kind == "json":
        _ask(all(column.accepts(cell) for cell in cells.unique() if cell))
    return cells


def _check_together(table: Table, frame: pd.DataFrame) -> None:
    _ask((frame["schema"] <= SCHEMA).all())
    _ask(_are_unique(frame["id"]))
    voiding = frame.loc[(frame["voids"] != "").to_numpy(), ["id", "voids"]].astype(str)
    _ask(not (voiding["id"] == voiding["voids"]).any())
    instants = frame[table.instant].dt.tz_localize(None).to_numpy().astype("datetime64[D]")
    days = frame["local_date"].to_numpy().astype("datetime64[D]")
    _ask((np.abs((days - instants).astype(np.int64)) <= 1).all())
    if "reason" in frame:
        _ask(not ((frame["outcome"] == "done") & (frame["reason"] != "")).any())


def _are_unique(ids: pd.Series) -> bool:
    codes = ids.to_numpy(dtype=object)
    # Ids sort by time, and rows are appended in time: mostly there is nothing to look up.
    return bool((codes[1:] > codes[:-1]).all()) or ids.is_unique


def _ask(holds: object) -> None:
    if not holds:
        raise NotCanonicalError
