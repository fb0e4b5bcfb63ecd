"""Appending to the log: exactly once, whole or not at all, in the log's own form."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from log_rows import hold, session

from hipbook.progress import durable, log
from hipbook.progress.rows import GUARDED, LogRowError, check_row, guard, unguard
from hipbook.progress.tables import HOLDS, SESSIONS


def lines(folder: Path, table: str = "holds") -> list[str]:
    return (folder / f"{table}.csv").read_text(encoding="utf-8").splitlines()


def test_a_row_is_written_below_the_header_in_the_order_of_the_columns(tmp_path):
    done = log.append_holds(tmp_path / "log", [hold("a", held_s=29.1234)])
    assert (done.ids, done.written, done.notes) == (["a"], ["a"], [])
    header, row = lines(tmp_path / "log")
    assert header.split(",") == list(HOLDS.names)
    expected = (
        "a,2026-03-29T07:15:00+02:00,2026-03-29,s1,full,hip_flexor_half_kneeling,left,1,30,29.123,done,,,1"
    )
    assert row == expected


def test_an_id_that_the_log_has_is_acknowledged_and_not_written_again(tmp_path):
    log.append_holds(tmp_path, [hold("a"), hold("b"), hold("a", held_s=3)])
    again = log.append_holds(tmp_path, [hold("b"), hold("c")])
    assert (again.ids, again.written) == (["b", "c"], ["c"])
    assert [line[0] for line in lines(tmp_path)[1:]] == ["a", "b", "c"]


def test_rows_that_another_program_appended_are_known(tmp_path):
    log.append_holds(tmp_path, [hold("a")])
    elsewhere = f"""
import sys; sys.path.insert(0, {str(Path.cwd())!r})
from hipbook.progress import log
log.append_holds({str(tmp_path)!r}, [{hold("b")!r}])
"""
    subprocess.run([sys.executable, "-c", elsewhere], check=True)
    assert log.append_holds(tmp_path, [hold("b"), hold("c")]).written == ["c"]


def test_a_row_that_was_deleted_by_hand_can_be_written_again(tmp_path):
    log.append_holds(tmp_path, [hold("a"), hold("b")])
    kept = lines(tmp_path)
    (tmp_path / "holds.csv").write_text("\n".join([kept[0], kept[2]]) + "\n", encoding="utf-8", newline="")
    assert log.append_holds(tmp_path, [hold("a"), hold("b")]).written == ["a"]


def test_a_row_that_was_replaced_by_longer_ones_can_be_written_again(tmp_path):
    log.append_sessions(tmp_path, [session("a"), session("b")])
    file = tmp_path / "sessions.csv"
    text = file.read_text(encoding="utf-8").replace("\na,", "\nlonger-than-before,") + "c,s1,2026,1,,,,1\n"
    file.write_text(text, encoding="utf-8", newline="")  # in place: the same file, grown
    assert log.append_sessions(tmp_path, [session("a"), session("b")]).written == ["a"]


def test_one_bad_row_keeps_all_from_being_written_and_says_which(tmp_path):
    with pytest.raises(
        LogRowError, match=r"holds: held_s must be a number between 0 and 3600, got 9999"
    ) as raised:
        log.append_holds(tmp_path, [hold("a"), hold("b", held_s=9999)])
    assert (raised.value.row, raised.value.id, raised.value.column) == (1, "b", "held_s")
    assert not (tmp_path / "holds.csv").exists()


def test_good_rows_can_be_parted_from_bad_ones_before_writing():
    good, bad = log.sift(HOLDS, [hold("a"), hold("b", side="up"), hold("c")])
    assert [row["id"] for row in good] == ["a", "c"]
    assert [(error.row, error.id, error.column) for error in bad] == [(1, "b", "side")]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"id": ""}, "id"),
        ({"id": "=1"}, "id"),
        ({"id": "a,b"}, "id"),
        ({"started_at": "2026-03-29T07:15:00"}, "started_at"),
        ({"started_at": "2026-02-30T07:15:00Z"}, "started_at"),
        ({"local_date": "2026-04-01"}, "local_date"),
        ({"side": "Left"}, "side"),
        ({"repetition": 1.5}, "repetition"),
        ({"repetition": 0}, "repetition"),
        ({"planned_s": None}, "planned_s"),
        ({"held_s": float("nan")}, "held_s"),
        ({"held_s": float("inf")}, "held_s"),
        ({"held_s": True}, "held_s"),
        ({"held_s": -1}, "held_s"),
        ({"outcome": "finished"}, "outcome"),
        ({"reason": "knee"}, "reason"),
        ({"outcome": "stopped", "reason": "tired"}, "reason"),
        ({"voids": "b"}, "voids"),
        ({"schema": 2}, "schema"),
        ({"colour": "red"}, "column"),
    ],
)
def test_every_rule_names_its_column(change, column):
    with pytest.raises(LogRowError) as raised:
        check_row(HOLDS, hold("b") | change)
    assert raised.value.column == column


@given(st.text().filter(lambda text: "\0" not in text))
def test_a_guarded_text_comes_back_and_never_begins_a_formula(text):
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    assert unguard(guard(text)) == text
    assert not guard(text).startswith(tuple(mark for mark in GUARDED if mark != "'"))


@pytest.mark.parametrize("note", ["a\0b", "\ud800", "x" * 10_001])
def test_text_that_no_file_can_carry_is_refused(note):
    with pytest.raises(LogRowError, match="note must be text"):
        check_row(SESSIONS, session("a", note=note))


SAFE_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    notes=st.lists(
        SAFE_TEXT | st.sampled_from(['"', "'=1", "''", "\r", "a\r\nb", '=","\n', " x "]), max_size=5
    )
)
def test_any_text_comes_back_unchanged(tmp_path_factory, notes):
    folder = tmp_path_factory.mktemp("log")
    log.append_sessions(folder, [session(f"n{place}", note=note) for place, note in enumerate(notes)])
    table = log.read_sessions(folder, strict=True)
    assert table.rows["note"].tolist() == notes


def test_voiding_appends_a_row_and_destroys_nothing(tmp_path):
    log.append_holds(tmp_path, [hold("a"), hold("b")])
    assert log.void(tmp_path, "holds", "a").written == ["a.void"]
    assert log.void(tmp_path, "holds", "a").written == []
    assert len(lines(tmp_path)) == 4
    with pytest.raises(LogRowError, match=r"holds: id must name a row of holds\.csv, got 'z'"):
        log.void(tmp_path, "holds", "z")


def test_ids_up_to_the_longest_can_be_undone_each_by_a_row_of_its_own(tmp_path):
    long = ["a" * length for length in range(113, 121)]
    log.append_holds(tmp_path, [hold(id) for id in [*long, "a" * 119 + "b"]])
    voids = [log.void(tmp_path, "holds", id).written[0] for id in long]
    assert len(set(voids)) == len(long)
    assert voids[2] == f"{long[2]}.void"  # 115: the last that leaves room
    assert all(log.void(tmp_path, "holds", id).written == [] for id in long)
    assert log.read_holds(tmp_path, strict=True).rows["id"].tolist() == ["a" * 119 + "b"]


SESSION_START = "b,s1,2026-03-29T07:25:00+02:00,2026-03-29,3,"


@pytest.mark.parametrize(
    "torn",
    [
        "b,2026-03-2",
        SESSION_START + '"hurt, and ""th',
        SESSION_START + '"two\nlines',
        SESSION_START + '"end\n',
    ],
)
def test_a_torn_last_line_stays_apart_from_the_next_row(tmp_path, torn):
    log.append_sessions(tmp_path, [session("a", note="one")])
    file = tmp_path / "sessions.csv"
    with file.open("a", encoding="utf-8", newline="") as end:
        end.write(torn)
    assert log.append_sessions(tmp_path, [session("a"), session("b", note='said "no"')]).written == ["b"]
    assert log.append_sessions(tmp_path, [session("c", note="last")]).written == ["c"]
    table = log.read_sessions(tmp_path)
    assert table.rows["id"].tolist() == ["a", "b", "c"]
    assert table.rows["note"].tolist() == ["one", 'said "no"', "last"]
    assert table.rejected
    assert {rejected.line for rejected in table.rejected} <= {3, 4, 5}
    assert torn.splitlines()[0] in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(("clean", "stray"), [("hurt,,1", '"hurt,,1'), ("hurt,,1", 'hurt,,"1')])
def test_a_stray_quote_between_rows_does_not_swallow_the_next(tmp_path, clean, stray):
    log.append_sessions(tmp_path, [session("a"), session("b", note="hurt"), session("c")])
    file = tmp_path / "sessions.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(clean, stray), encoding="utf-8", newline="")
    done = log.append_sessions(tmp_path, [session("d", note='a "b"')])
    assert log.read_sessions(tmp_path, strict=True).rows["id"].tolist() == ["a", "c", "d"]
    assert "sessions.csv line 3" in done.notes[-1]
    (backup,) = tmp_path.glob("sessions.backup-*.csv")
    assert stray in backup.read_text(encoding="utf-8")


def test_a_disk_that_fills_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    log.append_holds(tmp_path, [hold("a")])
    before = (tmp_path / "holds.csv").read_bytes()
    write = os.write
    monkeypatch.setattr(durable.os, "write", lambda file, content: write(file, content[:20]))
    with pytest.raises(log.LogWriteError, match=r"free some disk space; nothing was saved"):
        log.append_holds(tmp_path, [hold("b")])
    monkeypatch.undo()
    assert (tmp_path / "holds.csv").read_bytes() == before
    assert log.append_holds(tmp_path, [hold("b")]).written == ["b"]


def test_a_failed_sync_acknowledges_nothing(tmp_path, monkeypatch):
    log.append_holds(tmp_path, [hold("a")])
    before = (tmp_path / "holds.csv").read_bytes()

    def fails(file):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(durable.os, "fsync", fails)
    with pytest.raises(log.LogWriteError):
        log.append_holds(tmp_path, [hold("b")])
    monkeypatch.undo()
    assert (tmp_path / "holds.csv").read_bytes() == before
    assert log.append_holds(tmp_path, [hold("b")]).written == ["b"]


def test_a_lock_held_elsewhere_is_one_clear_line(tmp_path, monkeypatch):
    monkeypatch.setattr(durable, "LOCK_TIMEOUT_S", 0.02)
    with (
        FileLock(tmp_path / ".holds.csv.lock"),
        pytest.raises(log.LogBusyError, match=r"locked for 0\.02 s\): close"),
    ):
        log.append_holds(tmp_path, [hold("a")])


def test_a_folder_whose_parent_is_missing_is_not_made_up(tmp_path):
    with pytest.raises(log.LogWriteError, match="make the folder first"):
        log.append_holds(tmp_path / "no" / "log", [hold("a")])


@pytest.mark.skipif(sys.platform == "win32", reason="file modes and uids are Unix's")
def test_a_read_only_log_is_one_clear_line(tmp_path):
    log.append_holds(tmp_path, [hold("a")])
    before = (tmp_path / "holds.csv").read_bytes()
    for file in tmp_path.iterdir():
        file.chmod(0o444)
    tmp_path.chmod(0o555)
    for parent in tmp_path.parents:  # pytest's own folders are closed to others
        if parent != Path("/tmp") and "pytest" in str(parent):
            parent.chmod(0o755)
    # root writes where others may not, so the attempt is made as somebody else.
    attempt = f"""
import os
from hipbook.progress import log
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
try:
    log.append_holds({str(tmp_path)!r}, [{hold("b")!r}])
except log.LogWriteError as error:
    print(error)
"""
    said = subprocess.run([sys.executable, "-c", attempt], capture_output=True, text=True, cwd=Path.cwd())
    tmp_path.chmod(0o755)
    assert said.returncode == 0, said.stderr
    assert "holds.csv must be writable" in said.stdout
    assert said.stdout.count("\n") == 1
    assert (tmp_path / "holds.csv").read_bytes() == before


def test_writing_imports_nothing_heavy(tmp_path):
    code = f"""
import sys
from hipbook.progress import log
log.append_holds({str(tmp_path)!r}, [{hold("a")!r}])
log.void({str(tmp_path)!r}, "holds", "a")
print(sorted({{"numpy", "pandas", "matplotlib", "ipywidgets"}} & set(sys.modules)))
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"
