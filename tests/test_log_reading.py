"""Reading the log: kind about form, strict about meaning, and every row accounted for."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from log_rows import hold, session, three_holds

from hipbook.progress import log
from hipbook.progress.canonical import NotCanonicalError, parse
from hipbook.progress.rows import LogRowError, check_row, row_line
from hipbook.progress.tables import HOLDS, MEASUREMENTS, TABLES

READ = {"holds": log.read_holds, "sessions": log.read_sessions, "measurements": log.read_measurements}


def text_of(*rows, table=HOLDS):
    return ",".join(table.names) + "\n" + "".join(row_line(table, check_row(table, row)) for row in rows)


@pytest.fixture
def three(tmp_path):
    log.append_holds(tmp_path, three_holds())
    return tmp_path


@pytest.mark.parametrize("name", TABLES)
def test_a_missing_file_is_an_empty_table_with_typed_columns(tmp_path, name):
    table = READ[name](tmp_path)
    assert list(table.rows.columns) == list(TABLES[name].names)
    assert len(table.rows) == 0
    assert str(table.rows[TABLES[name].instant].dt.tz) == "UTC"
    assert table.rows["local_date"].dt.year.tolist() == []
    assert (table.rejected, table.assumed, table.voided) == ([], [], 0)


def test_columns_come_back_in_their_types(three):
    table = log.read_holds(three, strict=True)
    assert table.rows["held_s"].tolist() == [30.0, 22.5, 30.0]
    assert table.rows["repetition"].dtype == "int64"
    assert table.rows["schema"].dtype == "int64"
    assert table.rows["started_at"].tolist()[1] == pd.Timestamp("2026-04-25T05:15:00.250Z")
    assert table.rows["local_date"].tolist()[1] == pd.Timestamp("2026-04-25")
    assert table.rows["side"].tolist() == ["left", "left", "right"]
    assert table.rows["reason"].tolist() == ["", "", "knee"]


def test_reading_writes_nothing(three):
    (three / "holds.csv").write_bytes((three / "holds.csv").read_bytes() + b"torn")
    before = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in three.iterdir()}
    log.read_holds(three)
    log.read_sessions(three)
    assert before == {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in three.iterdir()}


@pytest.mark.parametrize(
    ("started_at", "local_date", "utc"),
    [
        ("2026-03-28T23:59:00+01:00", "2026-03-28", "2026-03-28T22:59Z"),
        ("2026-03-29T01:59:00+01:00", "2026-03-29", "2026-03-29T00:59Z"),  # the minute before clocks change
        ("2026-03-29T03:00:00+02:00", "2026-03-29", "2026-03-29T01:00Z"),  # the minute after
        ("2026-06-01T23:59:00-09:00", "2026-06-01", "2026-06-02T08:59Z"),
        ("2026-06-03T00:30:00+13:00", "2026-06-03", "2026-06-02T11:30Z"),  # after the flight west to east
        ("2026-06-03T11:30:00Z", "2026-06-04", "2026-06-03T11:30Z"),
    ],
)
def test_the_local_date_is_the_day_that_was_lived(tmp_path, started_at, local_date, utc):
    log.append_holds(tmp_path, [hold("a", started_at=started_at, local_date=local_date)])
    row = log.read_holds(tmp_path, strict=True).rows.iloc[0]
    assert row["local_date"] == pd.Timestamp(local_date)
    assert row["started_at"] == pd.Timestamp(utc)


def test_an_undone_row_and_its_undo_row_do_not_count(three):
    log.void(three, HOLDS, "b")
    table = log.read_holds(three, strict=True)
    assert table.rows["id"].tolist() == ["a", "c"]
    assert table.voided == 2


def test_an_edit_counts_in_place_of_what_it_voids_also_when_edited_again(three):
    log.append_holds(three, [hold("a2", voids="a", held_s=10), hold("a3", voids="a2", held_s=12)])
    table = log.read_holds(three, strict=True)
    assert table.rows.set_index("id")["held_s"].to_dict() == {"b": 22.5, "c": 30.0, "a3": 12.0}
    assert table.voided == 2
    log.void(three, "holds", "a3")
    assert log.read_holds(three).rows["id"].tolist() == ["b", "c"]


def test_an_undo_row_is_told_from_an_edit_in_every_table(tmp_path):
    log.append_sessions(tmp_path, [session("a", note="x"), session("b")])
    log.void(tmp_path, "sessions", "a")
    assert log.read_sessions(tmp_path, strict=True).rows["id"].tolist() == ["b"]


BAD_CELLS = [
    ("side", "up", "must be left or right"),
    ("held_s", "long", "must be a number between 0 and 3600"),
    ("held_s", "1,000.5", "must be a number between 0 and 3600"),
    ("started_at", "yesterday", "must be a date, time and offset"),
    ("local_date", "2026-02-30", "must be a date"),
    ("local_date", "2026-05-29", "must be the day of started_at"),
    ("outcome", "", "must not be blank"),
    ("id", "a", "must not be that of an earlier row"),
    ("schema", "9", "a newer hipbook"),
    ("voids", "bad", "must name another row"),
    ("repetition", "1.5", "whole number"),
]


@pytest.mark.parametrize(("column", "value", "rule"), BAD_CELLS)
def test_a_bad_row_is_named_beside_the_good_ones(three, column, value, rule):
    row = check_row(HOLDS, hold("bad")) | {column: value}
    with (three / "holds.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(row_line(HOLDS, row))
    log.append_holds(three, [hold("z")])
    table = log.read_holds(three)
    assert table.rows["id"].tolist() == ["a", "b", "c", "z"]
    (bad,) = table.rejected
    assert (bad.file, bad.line, bad.column, bad.value) == ("holds.csv", 5, column, value)
    assert rule in bad.rule
    with pytest.raises(log.LogReadError, match=f"line 5: {column} "):
        log.read_holds(three, strict=True)


def test_a_stray_quote_costs_only_its_own_line(three):
    row = row_line(HOLDS, check_row(HOLDS, hold("q"))).replace("full", '"full')
    with (three / "holds.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(row + "".join(row_line(HOLDS, check_row(HOLDS, hold(f"r{n}"))) for n in range(50)))
    table = log.read_holds(three)
    assert len(table.rows) == 53
    assert [(bad.line, bad.column) for bad in table.rejected] == [(5, "row")]


def test_the_line_of_a_bad_row_is_right_after_notes_of_several_lines(tmp_path):
    log.append_sessions(tmp_path, [session("a", note="one\ntwo\r\nthree"), session("b")])
    with (tmp_path / "sessions.csv").open("a", encoding="utf-8", newline="") as file:
        file.write("c,s1,never,2026-03-29,,,,1\n")
    (bad,) = log.read_sessions(tmp_path).rejected
    text = (tmp_path / "sessions.csv").read_bytes().decode()
    assert text.split("\n")[bad.line - 1].startswith("c,")


def test_a_file_without_a_needed_column_gives_no_rows_and_says_why(tmp_path):
    (tmp_path / "holds.csv").write_text("when,what\ntoday,hips\n", encoding="utf-8")
    table = log.read_holds(tmp_path)
    assert len(table.rows) == 0
    assert [(bad.line, bad.column) for bad in table.rejected] == [(2, "id")]
    assert any("local_date" in sentence for sentence in table.assumed)


def test_a_file_that_cannot_be_opened_is_one_line(tmp_path):
    (tmp_path / "holds.csv").mkdir()
    with pytest.raises(log.LogReadError, match=r"holds\.csv must be readable"):
        log.read_holds(tmp_path)


def test_measurements_keep_their_inputs(tmp_path):
    row = {
        "id": "m1",
        "measured_at": "2026-03-29T07:15:00+02:00",
        "local_date": "2026-03-29",
        "person": "-7",
        "test": "thomas_trig",
        "side": "left",
        "trial": 1,
        "quantity": "hip_extension",
        "value_deg": -2.5,
        "inputs": '{"thigh_length_cm": 41.5}',
    }
    log.append_measurements(tmp_path, [row])
    assert ",'-7," in (tmp_path / "measurements.csv").read_text(encoding="utf-8")
    read = log.read_measurements(tmp_path, strict=True).rows.iloc[0]
    assert (read["person"], read["value_deg"], read["inputs"]) == ("-7", -2.5, row["inputs"])
    with pytest.raises(LogRowError, match="inputs must be a JSON object"):
        check_row(MEASUREMENTS, row | {"inputs": "[1]"})


CELL = st.one_of(
    st.sampled_from(
        ["", "a", "left", "done", "stopped", "knee", "1", "0", "30.5", "-1", "nan", "inf", "1e3", "x y"]
    ),
    st.sampled_from(["2026-03-29", "2026-02-29", "2026-03-29T07:15:00+02:00", "2026-03-29T24:15:00+02:00"]),
    st.sampled_from(
        ["2026-03-29T07:15:00", "2026-03-29T07:15:00.5Z", "2026-03-29T07:15:00.1234567Z", "2026-03-30"]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6),
)


@pytest.mark.parametrize("word", ["TRUE", "false", "tRuE"])
@pytest.mark.parametrize("column", ["repetition", "schema", "held_s"])
def test_a_column_of_truths_is_no_column_of_numbers(word, column):
    rows = [{name: str(value) for name, value in hold(id).items()} for id in ("b", "c")]
    lines = [
        row_line(HOLDS, row | {"reason": "", "voids": "", "schema": "1"} | {column: word}) for row in rows
    ]
    with pytest.raises(NotCanonicalError):
        parse(HOLDS, (",".join(HOLDS.names) + "\n" + "".join(lines)).encode())


@pytest.mark.parametrize("begin", [0, 2**16, 2**17], ids=["first", "middle", "last"])
def test_a_chunk_of_truths_is_found_in_a_long_file(begin):
    """Pandas judges 2**16 rows of this table at once, and takes those that are all truths for numbers."""
    row = {name: str(value) for name, value in hold("{}").items()} | {
        "reason": "",
        "voids": "",
        "schema": "1",
    }
    number = row_line(HOLDS, row | {"id": "id~"}).replace("id~", "{}")
    truth = row_line(HOLDS, row | {"id": "id~", "held_s": "TRUE"}).replace("id~", "{}")
    count, end = 2**17 + 5, begin + 2**16
    lines = [(truth if begin <= at < end else number).format(f"r{at:06}") for at in range(count)]
    header = ",".join(HOLDS.names) + "\n"
    with pytest.raises(NotCanonicalError):
        parse(HOLDS, (header + "".join(lines)).encode())
    assert len(parse(HOLDS, (header + "".join(lines).replace("TRUE", "1")).encode())[0]) == count


@settings(max_examples=300, deadline=None)
@example(changes={"repetition": "TrUE"})
@example(changes={"held_s": "TrUE"})
@example(changes={"repetition": "01"})
@example(changes={"schema": "2"})
@given(changes=st.dictionaries(st.sampled_from(HOLDS.names), CELL, max_size=3))
def test_whole_columns_and_single_rows_are_judged_alike(changes):
    row = (
        {name: str(value) for name, value in hold("b").items()}
        | {"reason": "", "voids": "", "schema": "1"}
        | changes
    )
    try:
        check_row(HOLDS, row)
        fine = bool(row["schema"])
    except LogRowError:
        fine = False
    text = ",".join(HOLDS.names) + "\n" + row_line(HOLDS, row)
    try:
        parse(HOLDS, text.encode())
        passes = True
    except NotCanonicalError:
        passes = False
    # Whole columns also take numbers such as 1e3, and leave whole numbers such as 01 to single rows.
    other_form = "1e3" in changes.values() if passes else changes.get("repetition", "").startswith("0")
    assert passes == fine or other_form


def test_codes_that_look_like_numbers_stay_as_they_are(tmp_path):
    log.append_holds(
        tmp_path, [hold("01", session_id="007", routine="01"), hold("1", session_id="7", routine="1")]
    )
    rows = log.read_holds(tmp_path, strict=True).rows
    assert rows[["id", "session_id", "routine"]].to_numpy().tolist() == [["01", "007", "01"], ["1", "7", "1"]]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 3600).map(lambda value: round(value, 3)), min_size=1, max_size=30))
def test_numbers_come_back_to_the_last_digit(values):
    rows = [hold(f"h{place}", held_s=value) for place, value in enumerate(values)]
    frame, _ = parse(HOLDS, text_of(*rows).encode())
    assert frame["held_s"].tolist() == values


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_at_all_are_read_without_an_exception(tmp_path_factory, content, with_header):
    folder = tmp_path_factory.mktemp("log")
    header = (",".join(HOLDS.names) + "\n").encode() if with_header else b""
    (folder / "holds.csv").write_bytes(header + content)
    table = log.read_holds(folder)
    assert len(table.rows) == 0
