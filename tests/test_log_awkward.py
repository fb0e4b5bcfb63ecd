"""Real-world awkward files: of each, which rows must come out, which must not, and what must be said."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pytest
from log_rows import hold, session

from hipbook.progress import importing, log
from hipbook.progress.conversion import repair
from hipbook.progress.tables import TABLES

FOLDER = Path(__file__).parent / "awkward"
READ = {"holds": log.read_holds, "sessions": log.read_sessions, "measurements": log.read_measurements}


@dataclass(frozen=True)
class Expected:
    """What must come out of a file: ids of good rows, lines and columns of others, parts of what is said."""

    good: str = "abc"
    rejected: list[tuple[int, str]] = field(default_factory=list)
    said: tuple[str, ...] = ()
    table: str = "holds"
    ids: tuple[str, ...] = ()
    refused: str = ""
    """What an import says of a file that it does not take at all."""


NO_OFFSET = "3 times had no offset"
NONE_OF_THE_COLUMNS = "must begin with the column names of"
TABLE = {
    # spreadsheets of several countries
    "us_excel_utf8.csv": Expected(said=("2 dates that could be read two ways were read month first",)),
    "us_excel_times.csv": Expected(said=(NO_OFFSET, "4 dates that could be read two ways were read month")),
    "uk_excel.csv": Expected(said=(NO_OFFSET, "4 dates that could be read two ways were read day first")),
    "de_excel.csv": Expected(
        said=("semicolons", "1 number with a decimal comma", "6 dates with dots", NO_OFFSET)
    ),
    "de_libreoffice_quoted.csv": Expected(said=("1 number with a decimal comma",)),
    "fr_excel.csv": Expected(
        said=("semicolons", "1 number with a decimal comma", "read day first", NO_OFFSET)
    ),
    "excel_unicode_text.txt": Expected(said=("UTF-16", "tabs", "month first")),
    "utf_16_big_endian_without_mark.csv": Expected(said=("UTF-16",)),
    "sep_line.csv": Expected(said=("semicolons", "decimal comma")),
    "google_sheets.csv": Expected(),
    "old_mac_line_ends.csv": Expected(),
    "serial_days.csv": Expected(said=("3 spreadsheet day numbers",)),
    # columns
    "reordered.csv": Expected(),
    "extra_columns.csv": Expected(said=("left out: wie_war's?",)),
    "index_column.csv": Expected(said=("left out: (no name)",)),
    "column_twice.csv": Expected(said=("left out: held_s (again)",)),
    "capitals_and_spaces.csv": Expected(said=("2 words were read without regard to capitals",)),
    "older_without_version.csv": Expected(said=("3 rows had no version", "taken as blank: voids, schema")),
    "newer_version.csv": Expected("ab", [(4, "schema")]),
    "no_side_column.csv": Expected("", [(line, "side") for line in (2, 3, 4)], ("taken as blank: side",)),
    "one_cell_too_many.csv": Expected("ac", [(3, "row")]),
    "title_above_the_header.csv": Expected(
        "", [(line, "row") for line in (2, 3, 4, 5)], refused=NONE_OF_THE_COLUMNS
    ),
    "blank_rows_below.csv": Expected(),
    # dates
    "unclear_dates.csv": Expected("", [(2, "started_at"), (3, "started_at")]),
    "month_names.csv": Expected(said=("6 dates in a spreadsheet's form", NO_OFFSET)),
    "dates_that_disagree.csv": Expected("ac", [(3, "started_at")]),
    "no_such_day.csv": Expected("ac", [(3, "local_date")]),
    "clock_change.csv": Expected(ids=("a", "a2", "a3")),
    # broken
    "empty.csv": Expected("", refused="got an empty file"),
    "only_blank_lines.csv": Expected("", refused="got an empty file"),
    "only_a_header.csv": Expected(""),
    "only_a_header_no_line_end.csv": Expected(""),
    "truncated.csv": Expected("ab", [(4, "row")]),
    "truncated_in_a_quote.csv": Expected("a", [(3, "row")], table="sessions"),
    "truncated_in_a_letter.csv": Expected("ab", [(4, "row")], table="sessions"),
    "torn_letter.csv": Expected("ac", [(3, "note")], table="sessions"),
    "torn_letter_in_semicolons.csv": Expected("ac", [(3, "note")], ("semicolons",), "sessions"),
    "stray_quote.csv": Expected("ac", [(3, "row")]),
    "nul_bytes.csv": Expected("ac", [(3, "routine")]),
    "picture.csv": Expected(
        "", [(2, "id"), (3, "row"), (4, "id"), (5, "row"), (6, "id"), (7, "row")], refused=NONE_OF_THE_COLUMNS
    ),
    "workbook_renamed.csv": Expected(
        "", [(line, "row") for line in (2, 3, 4, 5)], refused="a spreadsheet file"
    ),
    "row_twice.csv": Expected("abc", [(5, "id")]),
    "two_logs_joined.csv": Expected("abcd", [(5, "started_at")]),
    "wrong_words.csv": Expected("a", [(3, "outcome"), (4, "side")]),
    "thousands.csv": Expected("ac", [(3, "held_s")]),
    # texts
    "emoji_and_right_to_left.csv": Expected(ids=tuple(f"n{n}" for n in range(8)), table="sessions"),
    "fr_notes_windows_1252.csv": Expected("a", [], ("Windows-1252", "decimal comma"), "sessions"),
    "own_header_windows_1252.csv": Expected(said=("Windows-1252",), table="sessions"),
    "de_measurements.csv": Expected(
        ids=("m1", "m2"), said=("2 numbers with a decimal comma",), table="measurements"
    ),
}


def test_every_awkward_file_has_its_line_in_the_table():
    assert {path.name for path in FOLDER.iterdir()} - {"README.md"} == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_an_awkward_file_gives_just_these_rows_and_says_what_was_assumed(name):
    expected = TABLE[name]
    read = READ[expected.table](FOLDER / name)
    assert read.rows["id"].tolist() == list(expected.ids or expected.good)
    assert [(row.line, row.column) for row in read.rejected] == expected.rejected
    for part in expected.said:
        assert any(part in sentence for sentence in read.assumed), read.assumed
    if not expected.said and expected.rejected == []:
        assert read.assumed == []


@pytest.mark.parametrize("name", TABLE)
def test_an_import_takes_the_same_rows_of_an_awkward_file(tmp_path, name):
    expected = TABLE[name]
    if expected.refused:
        with pytest.raises(log.LogReadError, match=expected.refused) as raised:
            importing.preview(FOLDER / name, folder=tmp_path)
        assert "\n" not in str(raised.value)
        return
    seen = importing.preview(FOLDER / name, folder=tmp_path)
    assert seen.table is TABLES[expected.table]
    assert [cells["id"] for _, cells in seen.good] == list(expected.ids or expected.good)
    assert [(row.line, row.column) for row in seen.rejected] == expected.rejected
    importing.append(seen, tmp_path)
    taken = READ[expected.table](tmp_path, strict=True).rows
    as_read = READ[expected.table](FOLDER / name).rows
    pd.testing.assert_frame_equal(taken, as_read, check_dtype=False, check_categorical=False)
    again = importing.preview(FOLDER / name, folder=tmp_path)
    assert (again.good, len(again.known)) == ([], len(seen.good))


SAME = [name for name, expected in TABLE.items() if expected == Expected(said=expected.said)]
TORN = ["truncated_in_a_letter.csv", "torn_letter.csv", "torn_letter_in_semicolons.csv"]


@pytest.mark.parametrize("name", SAME)
def test_every_form_of_the_same_three_holds_means_the_same(name):
    rows = log.read_holds(FOLDER / name).rows
    assert rows["local_date"].dt.strftime("%Y-%m-%d").tolist() == ["2026-03-29", "2026-04-02", "2026-04-05"]
    assert rows["held_s"].tolist() == [30, 22.5, 30]
    assert rows["side"].tolist() == ["left", "left", "right"]
    assert rows["reason"].tolist() == ["", "knee", ""]


def test_a_quote_that_is_not_closed_is_named_as_that():
    (bad,) = log.read_holds(FOLDER / "stray_quote.csv").rejected
    assert str(bad).startswith("stray_quote.csv line 3: row must close the quote that it opens, got 'b,2026")


def test_rows_that_say_version_0_are_read_as_the_present_version(tmp_path):
    log.append_holds(tmp_path, [hold("a"), hold("b")])
    file = tmp_path / "holds.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",,1\n", ",,0\n"), encoding="utf-8", newline="")
    read = log.read_holds(tmp_path, strict=True)
    assert read.rows["schema"].tolist() == [1, 1]
    assert read.assumed == ["2 rows had no version and were read as rows of the present version."]


def test_notes_in_any_script_come_back_unchanged():
    notes = log.read_sessions(FOLDER / "emoji_and_right_to_left.csv").rows["note"].tolist()
    assert notes == [
        "🧘🏽‍♀️ felt good 👍",
        "كان جيداً اليوم",
        "\u200fימין ושמאל\u200f abc",
        "e\u0301 \u202eabc\u202c \u2028line\u2029par \x85next",
        'two\nlines, "quoted"',
        "=1+1",
        "- better",
        "\u200b\ufeff",
    ]
    for name in ("fr_notes_windows_1252.csv", "own_header_windows_1252.csv"):
        french = log.read_sessions(FOLDER / name).rows
        assert set(french["note"]) == {"gêne légère – ½ € « ça va »"}


@pytest.mark.parametrize("name", TORN)
def test_a_torn_letter_costs_only_its_own_row(name):
    read = log.read_sessions(FOLDER / name)
    assert read.rows["note"].tolist() == ["gêne 🧘", "gêne 🧘"]
    (bad,) = read.rejected
    assert "\ufffd" in bad.text
    assert "\ufffd" in bad.value
    bad.text.encode()


@pytest.mark.parametrize("name", TORN)
def test_a_log_with_a_torn_letter_keeps_its_notes_through_appends_and_repair(tmp_path, name):
    file = tmp_path / "sessions.csv"
    torn = (FOLDER / name).read_bytes()
    file.write_bytes(torn)
    log.append_sessions(tmp_path, [session("d", note="gêne 🧘")])
    assert log.read_sessions(tmp_path).rows["note"].tolist() == ["gêne 🧘"] * 3
    file.write_bytes(torn)
    repair(file, TABLES["sessions"])
    assert log.read_sessions(tmp_path, strict=True).rows["note"].tolist() == ["gêne 🧘"] * 2
    assert [kept.read_bytes() for kept in tmp_path.glob("*.backup-*")][-1:] == [torn]
    aside = (tmp_path / "sessions.rejected.csv").read_text(encoding="utf-8")
    assert aside.count("\n") == 2
    file.write_bytes(torn)
    repair(file, TABLES["sessions"])
    assert (tmp_path / "sessions.rejected.csv").read_text(encoding="utf-8") == aside


def test_appending_to_a_log_in_windows_1252_converts_it_first(tmp_path):
    file = tmp_path / "sessions.csv"
    file.write_bytes((FOLDER / "own_header_windows_1252.csv").read_bytes())
    done = log.append_sessions(tmp_path, [session("d", note="gêne 🧘")])
    assert "Windows-1252" in done.notes[1]
    notes = log.read_sessions(tmp_path, strict=True).rows["note"].tolist()
    assert notes == ["gêne légère – ½ € « ça va »"] * 3 + ["gêne 🧘"]


def test_an_only_accent_that_was_torn_is_not_taken_for_another_letter(tmp_path):
    log.append_sessions(tmp_path, [session("a"), session("b", note="gêne")])
    file = tmp_path / "sessions.csv"
    file.write_bytes(file.read_bytes().replace("ê".encode(), "ê".encode()[:1]))
    read = log.read_sessions(tmp_path)
    assert read.rows["id"].tolist() == ["a"]
    assert [(row.line, row.column) for row in read.rejected] == [(3, "note")]


def test_angles_with_a_decimal_comma_or_a_long_minus_keep_their_sign():
    rows = log.read_measurements(FOLDER / "de_measurements.csv").rows
    assert rows["value_deg"].tolist() == [-2.5, -1.25]
    assert rows["inputs"].tolist()[0] == '{"thigh_length_cm": 41.5, "note": "a;b"}'
    assert rows["person"].tolist() == ["", "-7"]


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_note_of_five_megabytes_costs_only_its_own_row(tmp_path, quote):
    log.append_sessions(tmp_path, [session("a"), session("c")])
    file = tmp_path / "sessions.csv"
    first, *rest = file.read_text(encoding="utf-8").splitlines(keepends=True)[1:]
    header = file.read_text(encoding="utf-8").splitlines(keepends=True)[0]
    long = f"b,s1,2026-03-29T07:25:00+02:00,2026-03-29,,{quote}{'x' * 5_000_000}{quote},,1\n"
    file.write_text(header + first + long + "".join(rest), encoding="utf-8")
    read = log.read_sessions(tmp_path)
    assert read.rows["id"].tolist() == ["a", "c"]
    (bad,) = read.rejected
    assert (bad.line, bad.text) == (3, long)
    assert "10000 characters" in bad.rule
    assert len(str(bad)) < 300
    assert log.append_sessions(tmp_path, [session("d")]).written == ["d"]
    assert log.read_sessions(tmp_path).rows["id"].tolist() == ["a", "c", "d"]


def test_what_a_spreadsheet_leaves_out_is_made_the_same_each_time(tmp_path):
    path = tmp_path / "old.csv"
    head = "started_at,stretch,side,planned_s,held_s,outcome\n"
    row = "2026-02-01 07:00,hip_flexor_half_kneeling,left,30,30,done\n"
    path.write_text(head + row + row + row.replace("left", "right"), encoding="utf-8")
    seen = importing.preview(path, folder=tmp_path / "log")
    first, second, third = (cells for _, cells in seen.good)
    assert first["id"].startswith("20260201T070000Z-")
    assert second["id"] == first["id"] + "-2"
    assert [cells["repetition"] for cells in (first, second, third)] == ["1", "2", "1"]
    assert {cells["session_id"] for _, cells in seen.good} == {"imported-2026-02-01"}
    assert {cells["local_date"] for _, cells in seen.good} == {"2026-02-01"}
    importing.append(seen, tmp_path / "log")
    # Grown, and saved by another spreadsheet: the rows of before are still the same rows.
    later = row.replace("02-01", "02-03")
    path.write_text(
        (head + row + row + row.replace("left", "right") + later).replace(",", ";"), encoding="utf-8"
    )
    again = importing.preview(path, folder=tmp_path / "log")
    assert (len(again.known), [cells["local_date"] for _, cells in again.good]) == (3, ["2026-02-03"])


def test_what_was_measured_or_lived_is_never_made_up(tmp_path):
    path = tmp_path / "old.csv"
    path.write_text("id,local_date,stretch,side,held_s\na,2026-02-01,x,left,30\n", encoding="utf-8")
    seen = importing.preview(path, folder=tmp_path)
    assert [(row.line, row.column) for row in seen.rejected] == [(2, "started_at")]


def test_an_import_never_adds_a_row_that_was_undone(tmp_path):
    log.append_holds(tmp_path / "other", [hold("a"), hold("b")])
    importing.append(importing.preview(tmp_path / "other" / "holds.csv", folder=tmp_path), tmp_path)
    log.void(tmp_path, "holds", "a")
    again = importing.preview(tmp_path / "other" / "holds.csv", folder=tmp_path)
    assert again.good == []
    assert log.read_holds(tmp_path).rows["id"].tolist() == ["b"]
