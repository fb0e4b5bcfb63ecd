"""Files broken at random: no exception, and every line is part of a good row or of a rejected one.

What "every line" means: the file's records are what stands between two rows' first lines. Of a good row, its
lines are one CSV record (by Python's own reader) with its id; of a rejected row, its lines are just the text
that is kept of it. Besides those there may be only blank lines and lines of blank cells.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable

import pytest
from log_rows import hold, session, three_holds

from hipbook.progress import log, sheets
from hipbook.progress.completion import Completion
from hipbook.progress.forms import UNCLEAR
from hipbook.progress.reading import SAY_WHICH
from hipbook.progress.rows import check_row, row_line
from hipbook.progress.standing import standing
from hipbook.progress.tables import HOLDS, MEASUREMENTS, SESSIONS, Table

READ = {"holds": log.read_holds, "sessions": log.read_sessions, "measurements": log.read_measurements}
PER_SEED = 250
SOME, ALL = range(4), range(40)

READING = {
    "id": "m",
    "measured_at": "2026-03-29T07:15:00+02:00",
    "local_date": "2026-03-29",
    "test": "thomas_trig",
    "side": "left",
    "trial": 1,
    "quantity": "hip_extension",
    "value_deg": -2.5,
    "inputs": '{"thigh_length_cm": 41.5}',
}
NOTES = ["=1+1", "two\nlines", 'a "b", c', "", "🧘 שלום", "'"]
ROWS = {
    HOLDS: [*three_holds(), hold("d", voids="a"), *(hold(f"e{n}", repetition=n + 1) for n in range(4))],
    SESSIONS: [session(f"n{n}", note=note, discomfort_0_10=n) for n, note in enumerate(NOTES)],
    MEASUREMENTS: [READING | {"id": f"m{n}", "trial": n + 1, "note": note} for n, note in enumerate(NOTES)],
}
BYTES = [
    b'"',
    b"\n",
    b"\r",
    b"\r\n",
    b",",
    b";",
    b"\t",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"'",
    b"=",
    b'""',
    b" ",
]
CELLS = [
    "",
    " ",
    '"',
    '"x',
    "\n",
    "left",
    "99999",
    "-1",
    "1,5",
    "1e3",
    "nan",
    "2026-02-30",
    "03/04/2026",
    "46110",
]
CELLS += [
    "2026-03-29T07:15:00",
    "é",
    "=1+1",
    "'=1",
    "a" * 200,
    "\0",
    "[1]",
    "{}",
    "2",
    "a",
    "n1",
    "１２",
    "٣",
]


def saved(table: Table) -> list[bytes]:
    """Return the table's rows as several programs would save them."""
    text = log_text(table)
    rows = list(csv.reader(io.StringIO(text, newline="")))
    return [
        text.encode(),
        as_csv(rows, ";", "\r\n").encode("utf-8-sig"),
        as_csv(rows, "\t", "\r\n").encode("utf-16"),
        as_csv([row[::-1] for row in rows], ",", "\n").encode(),
        ("sep=;\n" + as_csv(rows, ";", "\r\n")).encode("cp1252", errors="replace"),
    ]


def log_text(table: Table) -> str:
    head = ",".join(table.names) + "\n"
    return head + "".join(row_line(table, check_row(table, row)) for row in ROWS[table])


def as_csv(rows: list[list[str]], separator: str, line_end: str) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator, lineterminator=line_end).writerows(rows)
    return buffer.getvalue()


def with_other_bytes(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 4)):
        one, two = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        two = min(two, one + 40) if chance.random() < 0.9 else two
        match chance.randrange(6):
            case 0:
                data = data[:one] + chance.choice(BYTES) + data[one:]
            case 1:
                data = data[:one] + data[two:]
            case 2:
                data = data[:two] + data[one:two] + data[two:]
            case 3:
                data = data[:one] + bytes([chance.randrange(256)]) + data[one + 1 :]
            case 4:
                data = data[:one] + chance.choice(BYTES) * chance.randint(1, 30) + data[two:]
            case 5:
                data = data[: max(one, 40)]
    return data


def with_other_cells(data: bytes, chance: random.Random) -> bytes:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8", errors="replace"), newline="")))
    for _ in range(chance.randint(1, 6)):
        row = chance.choice(rows[1:] if chance.random() < 0.9 else rows)
        place = chance.randrange(len(row) + 1)
        match chance.randrange(5):
            case 0:
                row.insert(place, chance.choice(CELLS))
            case 1:
                del row[place : place + 1]
            case _:
                row[place : place + 1] = [chance.choice(CELLS)]
    if chance.random() < 0.05:
        chance.shuffle(rows)
    rows += [list(chance.choice(rows)) for _ in range(chance.randint(0, 2))]
    return as_csv(rows, chance.choice(",,,;\t"), chance.choice(["\n", "\r\n", "\r"])).encode()


def mutated(chance: random.Random) -> tuple[Table, bytes]:
    table = chance.choice([HOLDS, SESSIONS, MEASUREMENTS])
    forms = saved(table)
    if chance.random() < 0.4:
        return table, with_other_cells(forms[0], chance)
    return table, with_other_bytes(chance.choice(forms), chance)


def is_blank(lines: list[str], separator: str) -> bool:
    return not any(cell.strip() for row in csv.reader(lines, delimiter=separator) for cell in row)


def check_every_line_is_accounted_for(table: Table, data: bytes) -> list[int]:
    """Check it, and return the lines on which rows begin."""
    sheet = sheets.open_sheet(table, data)
    found = sheets.judged(table, data, "file.csv", None, Completion(table))
    good, bad = dict(found.rows), {row.line: row for row in found.rejected}
    starts = sorted([*good, *bad])
    assert len(set(starts)) == len(found.rows) + len(found.rejected)
    lines = io.StringIO(sheet.body, newline="").readlines()
    places = [start - sheet.first_line for start in starts]
    ends = [*places, len(lines)]
    assert is_blank(lines[: ends[0]], sheet.separator)
    for start, begin, end in zip(starts, places, ends[1:], strict=True):
        region = lines[begin:end]
        if start in bad:
            text = sheets.legible("".join(region))
            assert text.startswith(bad[start].text)
            assert is_blank(text[len(bad[start].text) :].splitlines(keepends=True), sheet.separator)
        else:
            (cells,) = (
                row for row in csv.reader(region, delimiter=sheet.separator) if any(map(str.strip, row))
            )
            assert "id" not in sheet.columns or cells[sheet.columns.index("id")].strip() in (
                "",
                good[start]["id"],
            )
    return starts


def said(row: sheets.Rejected) -> str:
    return str(row).replace(SAY_WHICH, UNCLEAR)


@pytest.fixture
def check_files(tmp_path, monkeypatch) -> Callable[[int], None]:
    def check(seed: int) -> None:
        chance = random.Random(seed)
        rejected = 0
        for number in range(PER_SEED):
            table, data = mutated(chance)
            path = tmp_path / f"{seed}-{number}.csv"
            path.write_bytes(data)
            # As if the file were so long that it is judged in several runs.
            monkeypatch.setattr(sheets, "RUN", chance.choice([300, 500_000, 500_000]))
            monkeypatch.setattr(sheets, "RUN_RECORDS", chance.choice([2, 4000, 4000]))
            read = READ[table.name](path)
            starts = check_every_line_is_accounted_for(table, data)
            assert len(read.rows) + read.voided + len(read.rejected) == len(starts)
            assert {row.line for row in read.rejected} <= set(starts)
            one_by_one = sheets.canonical(table, data, path.name)
            stood = standing(table, path)
            assert len(list(stood.rows())) == len(read.rows) + read.voided
            assert list(map(str, stood.rejected)) == list(map(str, one_by_one.rejected))
            # Only the readers' advice about an unclear date comes on top.
            assert list(map(said, read.rejected)) == list(map(said, stood.rejected))
            assert [row["id"] for row in stood.counting()] == read.rows["id"].tolist()
            assert all("\n" not in str(row) for row in read.rejected)
            rejected += len(read.rejected)
            path.unlink()
        assert rejected > PER_SEED / 4  # the files really are broken

    return check


@pytest.mark.parametrize("seed", SOME)
def test_a_thousand_broken_files_are_read_without_an_exception_or_a_lost_row(seed, check_files):
    check_files(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", ALL)
def test_ten_thousand_broken_files_are_read_without_an_exception_or_a_lost_row(seed, check_files):
    check_files(1000 + seed)
