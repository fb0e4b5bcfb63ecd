"""CSV text to records and back: RFC 4180 cells, and a broken line costs only itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Record", "record_line", "records"]


@dataclass(frozen=True)
class Record:
    """One record of a CSV text.

    Attributes
    ----------
    line : int
        Line of the text on which it begins, from 1.
    cells : list of str
        Its cells, unquoted; whatever could be made out when `whole` is false.
    whole : bool
        Whether it has as many cells as the header, and is not torn.
    text : str
        It as it stands, with its end of line: the texts of all records are the whole text but blank lines.
    torn : bool
        Whether the text ends inside a quote that was opened in it.
    """

    line: int
    cells: list[str]
    whole: bool
    text: str
    torn: bool = False


def record_line(cells: Sequence[str]) -> str:
    r"""Return the cells as one record, quoted where needed and ended by ``\n``."""
    buffer = io.StringIO()
    # With \r\n as its line end the csv module also quotes a lone \r, as reading needs.
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().removesuffix("\r\n") + "\n"


def records(text: str, width: int, separator: str = ",", first_line: int = 1) -> Iterator[Record]:
    """Yield the records of a text; blank lines are passed over.

    A record of several lines that has a wrong number of cells, or never ends, began with a stray or torn
    quote: then only its first line is given up, and reading resumes on the next.

    Parameters
    ----------
    text : str
        The text, without its header.
    width : int
        How many cells a whole record has.
    separator : str
        One character between cells.
    first_line : int
        Number of the text's first line, for `Record.line`.
    """
    lines = io.StringIO(text, newline="").readlines()
    start = 0
    while start < len(lines):
        reader = csv.reader(map(lines.__getitem__, range(start, len(lines))), delimiter=separator)
        end = start
        while True:
            begin = end
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:  # a cell longer than any of ours: an open quote has swallowed what follows
                cells = lines[begin].split(separator)[: width - 1]
            end = start + reader.line_num
            text = lines[begin] if end - begin == 1 else "".join(lines[begin:end])
            torn = end == len(lines) and text.count('"') % 2 == 1
            if len(cells) == width and not torn:
                yield Record(first_line + begin, cells, True, text)
            elif end - begin == 1 and cells:
                yield Record(first_line + begin, cells, False, text, torn)
            elif cells:
                yield Record(first_line + begin, lines[begin].split(separator), False, lines[begin], torn)
                start = begin + 1
                break
