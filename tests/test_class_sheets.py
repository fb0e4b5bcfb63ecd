"""A class's sheets: codes and no names, kind reading, each row that cannot be used named, no other lost."""

from __future__ import annotations

import re

import pytest

from hipbook import cli
from hipbook.classroom.collect import CollectError, collect, joined_csv, sheets_in
from hipbook.classroom.rehearsal import SLIPS, rehearsal_sheets
from hipbook.classroom.shown import LISTED, class_sheets, said_of
from hipbook.classroom.trio import TAPE, TrioError, blank_sheets, new_codes, read_sheet
from hipbook.shipped import data_folder

HEAD = ",".join(TAPE.names)
SAMPLE = (data_folder() / "sample_class.csv").read_bytes()
ROW = "T4A,A2B,C3D,1,1,left,thomas_trig,84,80,41.5"


def rows(*changes: dict[str, str]) -> bytes:
    """Return a sheet with a row per change to the plain row."""
    plain = dict(zip(TAPE.names, ROW.split(","), strict=True))
    lines = [",".join((plain | change)[name] for name in TAPE.names) for change in changes]
    return "\n".join([HEAD, *lines, ""]).encode()


def other_trial(number: int) -> dict[str, str]:
    return {"trial": str(number)}


# --- blank sheets ---------------------------------------------------------


def test_a_blank_sheet_asks_each_of_three_to_be_measured_by_both_others_twice():
    [(name, text)] = blank_sheets(1).items()
    table = [dict(zip(TAPE.names, line.split(","), strict=True)) for line in text.splitlines()[1:]]
    people = {row["person"] for row in table}
    assert name == f"trio-{table[0]['trio']}.csv"
    assert (len(table), len(people)) == (12, 3)
    for person in people:
        own = [(row["rater"], row["turn"], row["trial"]) for row in table if row["person"] == person]
        assert {rater for rater, _, _ in own} == people - {person}
        assert sorted((turn, trial) for _, turn, trial in own) == [
            ("1", "1"),
            ("1", "2"),
            ("2", "1"),
            ("2", "2"),
        ]
        assert len({(rater, turn) for rater, turn, _ in own}) == 2
    firsts = [row["rater"] for row in table if row["turn"] == "1"]
    assert {firsts.count(person) for person in people} == {2}  # each reads first once, for two trials


def test_a_blank_sheet_reads_back_as_twelve_rows_that_nobody_measured():
    for test in ("thomas_trig", "thomas_phone"):
        [(name, text)] = blank_sheets(1, test=test, side="right").items()
        read = read_sheet(name, text.encode())
        assert (read.readings, read.rejected, read.blank, read.assumed) == ([], [], 12, [])


def test_the_codes_of_a_class_are_random_all_different_and_hard_to_misread():
    codes = new_codes(400)
    assert len(set(codes)) == 400
    assert codes != new_codes(400)
    assert all(re.fullmatch(r"[A-Z]\d[A-Z]", code) for code in codes)
    assert not set("".join(codes)) & set("BILOSZ0158")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"trios": 0}, "trios must be a whole number between 1 and 200, got 0"),
        ({"trios": 3, "side": "up"}, "side must be left or right, got 'up'"),
        ({"trios": 3, "test": "guess"}, "test must be one of thomas_trig, "),
    ],
)
def test_sheets_that_cannot_be_made_say_why(asked, said):
    with pytest.raises(TrioError, match=f"^{re.escape(said)}"):
        blank_sheets(**asked)


# --- one sheet ------------------------------------------------------------


def test_an_angle_comes_from_the_three_lengths():
    [reading] = read_sheet("a.csv", rows({})).readings
    assert reading.value_deg == pytest.approx(5.531, abs=0.001)  # asin(4 / 41.5)
    assert (reading.person, reading.rater, reading.turn, reading.trial, reading.line) == (
        "A2B",
        "C3D",
        1,
        1,
        2,
    )


def test_a_code_is_the_same_in_small_letters():
    read = read_sheet("a.csv", rows({"rater": "a2b"}, {"trio": "t4a", "person": "a2b", "rater": "c3d"}))
    assert [bad.column for bad in read.rejected] == ["rater"]
    [reading] = read.readings
    assert (reading.trio, reading.person, reading.rater, reading.test) == (
        "T4A",
        "A2B",
        "C3D",
        "thomas_trig",
    )
    assert collect([("a.csv", rows({}, {"person": "a2b", "trial": "2"}))]).people == 1


def test_a_tools_angle_is_taken_as_it_is():
    text = "trio,person,rater,turn,trial,side,test,angle_deg\nT4A,A2B,C3D,1,1,left,thomas_phone,-7.5\n"
    [reading] = read_sheet("a.csv", text.encode()).readings
    assert (reading.value_deg, reading.test) == (-7.5, "thomas_phone")


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_sheet_is_read_as_any_spreadsheet_saves_it(coding, separator):
    text = rows({}, other_trial(2)).decode().replace(",", separator)
    text = text.replace(".", ",") if separator != "," else text
    read = read_sheet("a.csv", text.replace("\n", "\r\n").encode(coding))
    assert read.rejected == []
    assert [round(reading.value_deg, 3) for reading in read.readings] == [5.531, 5.531]


@pytest.mark.parametrize(
    ("change", "column", "rule"),
    [
        ({"hip_height_cm": "840"}, "hip_height_cm", "must be a number between 5 and 150"),
        ({"hip_height_cm": "about 84"}, "hip_height_cm", "must be a number between 5 and 150"),
        ({"knee_height_cm": ""}, "knee_height_cm", "must be filled in, or the row left without any number"),
        ({"knee_height_cm": "40"}, "knee_height_cm", "must be nearer to the height of the hip"),
        ({"rater": "A2B"}, "rater", "must be somebody else than the one who is measured"),
        ({"person": ""}, "person", "must be 1 to 120 letters"),
        ({"trial": "3"}, "trial", "must be a whole number between 1 and 2"),
        ({"side": "both"}, "side", "must be left or right"),
        ({"test": "thomas_phone"}, "test", "must fit the columns"),
    ],
)
def test_a_row_that_cannot_be_used_names_line_column_and_rule(change, column, rule):
    read = read_sheet("a.csv", rows({}, other_trial(2) | change))
    assert len(read.readings) == 1
    [bad] = read.rejected
    assert (bad.file, bad.line, bad.column) == ("a.csv", 3, column)
    assert bad.rule.startswith(rule)


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02", b"name,age\nx,3\n", "trio;person\n1;2\n".encode("utf-16")]
)
def test_a_file_that_is_no_sheet_is_listed_and_never_fatal(data):
    found = collect([("b.csv", data), ("a.csv", rows({}))])
    assert len(found.readings) == 1
    assert [(bad.file, bad.column) for bad in found.rejected] == [("b.csv", "file")]


# --- a class --------------------------------------------------------------


def test_every_row_of_the_rehearsal_is_counted_once():
    sheets = rehearsal_sheets()
    lines = sum(data.decode("utf-8-sig").count("\n") - 1 for _, data in sheets)
    found = collect(sheets)
    assert lines == len(found.readings) + len(found.rejected) + found.blank + found.again


def test_the_rehearsal_has_the_slips_that_it_names_and_no_other():
    found = collect(rehearsal_sheets())
    assert [bad.column for bad in found.rejected] == ["thigh_length_cm", "hip_height_cm", "rater"]
    assert (found.again, found.blank, len(found.assumed)) == (12, 4, 2)
    assert len(SLIPS) == 5
    whole = collect([("sample_class.csv", SAMPLE)])
    assert (len(whole.readings), whole.people, whole.rejected) == (116, 29, [])


def test_whoever_changed_their_mind_is_left_out_as_measured_and_as_rater():
    all_of_it = collect([("sample_class.csv", SAMPLE)])
    code = all_of_it.readings["person"].iloc[0]
    found = collect([("sample_class.csv", SAMPLE)], without=[f" {code.lower()} "])
    assert code not in set(found.readings["person"]) | set(found.readings["rater"])
    assert found.withdrawn == 8
    assert len(found.readings) == len(all_of_it.readings) - 8


def test_a_code_that_no_row_has_is_named_and_one_of_a_row_without_numbers_is_not():
    empty = {"person": "G7H", "hip_height_cm": "", "knee_height_cm": "", "thigh_length_cm": ""}
    slip = {"person": "J3K", "hip_height_cm": "840"}
    found = collect([("a.csv", rows({}, empty, slip))], without=["a2c", "G7H", "J3K", "c3d ", "X9X"])
    assert (found.unknown, found.withdrawn) == (("A2C", "X9X"), 1)
    [said] = [line for line in said_of(found) if "X9X" in line]
    assert said.startswith("To be left out, but in no row: A2C, X9X.")
    assert not collect([("a.csv", rows({}))], without=["A2B"]).unknown
    assert "X9X" in str(class_sheets(without=["X9X"]))


def test_a_second_value_for_one_reading_is_not_taken():
    found = collect([("a.csv", rows({})), ("b.csv", rows({"knee_height_cm": "79"}))])
    assert len(found.readings) == 1
    assert str(found.rejected[0]) == (
        "b.csv line 2: trial must be read once by each rater, a.csv line 2 has another value, got '1'"
    )


@pytest.mark.parametrize(
    ("change", "column", "rule"),
    [
        ({"trio": "X2X"}, "person", "must be of one trio, and is of T4A"),
        ({"rater": "E4F"}, "rater", "must be one in each turn, and turn 1 has C3D"),
        ({"turn": "2"}, "turn", "must be another rater's, C3D has turn 1"),
        ({"side": "right"}, "side", "must be left as in most rows"),
    ],
)
def test_rows_that_do_not_fit_together_are_named(change, column, rule):
    found = collect([("a.csv", rows({}, other_trial(2), other_trial(2) | change))])
    assert len(found.readings) == 2
    assert [(bad.line, bad.column) for bad in found.rejected] == [(4, column)]
    assert found.rejected[0].rule.startswith(rule)


def test_tests_are_never_mixed():
    tool = b"trio,person,rater,turn,trial,side,test,angle_deg\nX2X,Y3Y,W4W,1,1,left,thomas_phone,3\n"
    found = collect([("a.csv", tool), ("b.csv", SAMPLE)])
    assert found.test == "thomas_trig"
    assert [(bad.file, bad.column) for bad in found.rejected] == [("a.csv", "test")]


def test_the_joined_table_is_the_same_readings_and_names_no_file():
    text = joined_csv(collect(rehearsal_sheets()))
    assert text.splitlines()[0] == "trio,person,rater,turn,trial,side,test,value_deg"
    assert len(text.splitlines()) == 114
    assert "trio-" not in text


def test_what_was_read_is_said_and_a_long_list_is_cut():
    said = said_of(collect([("a.csv", rows({}, *({"rater": "A2B"} for _ in range(LISTED + 3))))]))
    assert said[0] == "Files: 1. Readings that count: 1. People measured: 1."
    assert sum(line.startswith("✗ ") for line in said) == LISTED
    assert said[-1] == "… and 3 more"


def test_without_a_folder_a_synthetic_class_is_read_and_says_so():
    assert str(class_sheets()).startswith("This is a synthetic class: a program made it up")


def test_a_folder_that_is_not_there_is_said_in_a_sentence(tmp_path):
    said = str(class_sheets(tmp_path / "class"))
    assert said.startswith("The folder of the class must be there, got ")
    with pytest.raises(CollectError, match="must have CSV files, got none"):
        sheets_in(tmp_path)


def test_files_that_programs_hide_are_passed_over(tmp_path):
    for name in ("trio-A.csv", ".~lock.trio-A.csv", "~$trio-A.csv", "notes.txt"):
        (tmp_path / name).write_bytes(rows({}))
    assert [name for name, _ in sheets_in(tmp_path)] == ["trio-A.csv"]


def test_what_is_no_csv_file_is_named_with_what_to_do(tmp_path, capsys):
    (tmp_path / "handed").mkdir()
    for name in ("trio-A.csv", "~$trio-A.csv", ".hidden.txt", "B.xlsx", "C.txt", "handed/D.csv"):
        (tmp_path / name).write_bytes(rows({}))
    said = (
        "Not read: B.xlsx, C.txt, the folder handed. "
        "Save each sheet as CSV, put it beside the others, and run this again."
    )
    assert said in str(class_sheets(tmp_path))
    assert cli.main(["class", "collect", str(tmp_path)]) == 0
    assert said in capsys.readouterr().out
    (tmp_path / "trio-A.csv").unlink()
    assert "save each sheet as CSV" in str(class_sheets(tmp_path))
    assert "Not read" not in str(class_sheets())


def test_a_notebook_names_a_dozen_bad_rows_and_files_and_a_terminal_all(tmp_path, capsys):
    (tmp_path / "trio-A.csv").write_bytes(rows({}, *({"rater": "A2B"} for _ in range(LISTED + 3))))
    for number in range(LISTED + 3):
        (tmp_path / f"{number:02}.xlsx").touch()
    shown = str(class_sheets(tmp_path))
    assert (shown.count("✗ "), shown.count(".xlsx")) == (LISTED, LISTED)
    assert "11.xlsx, …. Save" in shown
    cli.main(["class", "collect", str(tmp_path)])
    said = capsys.readouterr().out
    assert (said.count("✗ "), said.count(".xlsx")) == (LISTED + 3, LISTED + 3)
    assert "more" not in said


# --- without a notebook ---------------------------------------------------


def test_a_teacher_makes_sheets_and_never_over_others(tmp_path, capsys):
    out = tmp_path / "sheets"
    assert cli.main(["class", "sheets", "--trios", "3", "--out", str(out)]) == 0
    assert len(list(out.glob("trio-*.csv"))) == 3
    assert cli.main(["class", "sheets", "--out", str(out)]) == 2
    assert "--out must be a new or empty folder" in capsys.readouterr().err
    assert len(list(out.glob("*"))) == 3


def test_a_teacher_rehearses_and_collects(tmp_path, capsys):
    folder, joined = tmp_path / "class", tmp_path / "class.csv"
    assert cli.main(["class", "rehearse", "--out", str(folder)]) == 0
    assert cli.main(["class", "collect", str(folder), "--out", str(joined)]) == 0
    said = capsys.readouterr().out
    assert "Files: 11. Readings that count: 113. People measured: 29." in said
    assert "ICC(1,1) = " in said
    assert len(joined.read_text(encoding="utf-8").splitlines()) == 114
    assert cli.main(["class", "collect", str(folder), "--out", str(joined)]) == 2


def test_a_folder_without_sheets_is_one_line(tmp_path, capsys):
    assert cli.main(["class", "collect", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_too_few_people_get_no_number(tmp_path, capsys):
    (tmp_path / "a.csv").write_bytes(rows({}, other_trial(2)))
    assert cli.main(["class", "collect", str(tmp_path)]) == 0
    assert "No agreement yet" in capsys.readouterr().out
