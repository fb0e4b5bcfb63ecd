"""What a report is made of: blocks of words, tables and pictures, the same on the screen and on paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hipbook.figures.display import cell

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

__all__ = ["Block", "Picture", "Report", "Table", "table_of"]


@dataclass(frozen=True)
class Table:
    """A table of words; the first cell of each row names the row.

    Attributes
    ----------
    title : str
        What stands above it.
    head : tuple of str
        The names of the columns.
    rows : tuple of tuple of str
        The cells, as many in each row as there are columns.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A figure in the house style, and what stands for it where it is not seen."""

    figure: Figure
    alt: str


@dataclass(frozen=True)
class Block:
    """A piece of the report under one heading.

    Attributes
    ----------
    title : str
        The heading.
    words : tuple of str
        A paragraph each.
    table : Table or None
        The numbers.
    picture : Picture or None
        The figure.
    """

    title: str
    words: tuple[str, ...] = ()
    table: Table | None = None
    picture: Picture | None = None


@dataclass(frozen=True)
class Report:
    """All that a report says, in its order.

    Attributes
    ----------
    title, lead : str
        The heading, and the sentence below it.
    made_on : date
        The day on which it was made.
    synthetic : bool
        Whether a program made the log up: then every page says so.
    facts : tuple of (str, str)
        Name, period and the like; a blank value is a line to write on.
    first_page : tuple of Block
        What is read in a minute.
    sections : tuple of Block
        The figures, each with its words and its table.
    closing : tuple of Block
        Method, what is not known, disclaimer, references.
    """

    title: str
    lead: str
    made_on: dt.date
    synthetic: bool
    facts: tuple[tuple[str, str], ...]
    first_page: tuple[Block, ...]
    sections: tuple[Block, ...]
    closing: tuple[Block, ...]


def table_of(title: str, frame: pd.DataFrame) -> Table | None:
    """Return a table of words from a figure's numbers; None when there are none."""
    if frame.empty:
        return None
    rows = tuple(tuple(map(_cell, row)) for row in frame.itertuples(index=False, name=None))
    return Table(title, tuple(map(str, frame.columns)), rows)


def _cell(value: object) -> str:
    return cell(value).replace("-", "−") if isinstance(value, float) else cell(value)
