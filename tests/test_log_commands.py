"""`hipbook log`: what it shows and changes, what it leaves alone, and one line for every mistake."""

from __future__ import annotations

import csv
import io

import pytest
from log_rows import hold, session, three_holds
from workbook_double import ship

from hipbook import cli, workspace
from hipbook.progress import log

OLD = (
    "started_at;stretch;side;planned_s;held_s;outcome\n"
    "01/02/2026 07:00;hip_flexor_half_kneeling;left;30;22,5;done\n"
    "13/02/2026 07:00;hip_flexor_half_kneeling;LEFT;30;30;done\n"
    "14/02/2026 07:00;hip_flexor_half_kneeling;up;30;30;done\n"
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return the log's folder of a workspace around the current folder, with three holds."""
    ship(tmp_path / "shipped", monkeypatch)
    monkeypatch.delenv(workspace.VARIABLE, raising=False)
    learner, _ = workspace.create(tmp_path / "mine")
    monkeypatch.chdir(learner.folder)
    log.append_holds(learner.log_folder, three_holds())
    return learner.log_folder


@pytest.fixture
def ask(capsys):
    """Return a function that runs a command and returns its exit code and what it said."""

    def run(*arguments: object) -> tuple[int, str]:
        capsys.readouterr()
        code = cli.main(["log", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


@pytest.fixture
def refused(ask):
    def run(*arguments: object) -> str:
        code, said = ask(*arguments)
        assert code == 2
        assert said.count("\n") == 1
        assert said.startswith("hipbook: ")
        return said

    return run


def contents(folder):
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def read(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_with_no_command_it_says_which_there_are(ask):
    code, said = ask()
    assert code == 0
    assert all(name in said for name in ("show", "undo", "import", "export", "check"))


def test_without_a_workspace_it_is_one_line_and_nothing_is_made(refused, tmp_path, monkeypatch):
    monkeypatch.delenv(workspace.VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    assert "log needs a workspace" in refused("show")
    assert list(tmp_path.iterdir()) == []


# --- show -------------------------------------------------------------------


def test_show_has_the_last_rows_that_count(folder, ask):
    log.void(folder, "holds", "b")
    code, said = ask("show", "--last", "1")
    assert code == 0
    head, row, count = said.splitlines()
    assert row.startswith("c ")
    assert row.rindex("knee") == head.index("reason")
    assert count == "2 rows in holds.csv."


def test_show_takes_the_table_and_says_when_it_is_empty(folder, ask):
    assert ask("show", "--table", "measurements") == (0, "No rows in measurements.csv.\n")


def test_a_note_cannot_steer_the_terminal_or_break_the_lines(folder, ask):
    log.append_sessions(folder, [session("a", note="one\n\x1b[31mtwo\u202e" + "x" * 500)])
    _, said = ask("show", "--table", "sessions")
    assert said.count("\n") == 3
    assert "one  [31mtwo x" in said
    assert max(map(len, said.splitlines())) < 150


def test_show_tells_of_rows_that_cannot_be_used(folder, ask):
    with (folder / "holds.csv").open("a") as file:
        file.write("torn")
    assert "1 row of the file cannot be used: see `hipbook log check`." in ask("show")[1]


# --- undo -------------------------------------------------------------------


def test_undo_says_what_it_undid_and_keeps_the_row(folder, ask):
    before = (folder / "holds.csv").read_bytes()
    code, said = ask("undo", "b")
    assert code == 0
    assert "Undone: 2026-04-25T07:15:00.250+02:00  2026-04-25  full  hip_flexor_half_kneeling  left" in said
    assert (folder / "holds.csv").read_bytes().startswith(before)
    assert log.read_holds(folder).rows["id"].tolist() == ["a", "c"]


def test_the_longest_id_can_be_undone(folder, ask):
    log.append_holds(folder, [hold("d" * 120)])
    assert ask("undo", "d" * 120)[0] == 0
    assert log.read_holds(folder, strict=True).rows["id"].tolist() == ["a", "b", "c"]


def test_undoing_twice_writes_nothing_more_and_says_so(folder, ask):
    ask("undo", "b")
    before = (folder / "holds.csv").read_bytes()
    assert "It was undone before" in ask("undo", "b")[1]
    assert (folder / "holds.csv").read_bytes() == before


def test_undo_finds_the_table_by_itself(folder, ask):
    log.append_sessions(folder, [session("s")])
    assert "sessions.csv" in ask("undo", "s")[1]
    assert len(log.read_sessions(folder).rows) == 0


def test_an_id_of_two_tables_wants_the_table(folder, ask, refused):
    log.append_sessions(folder, [session("a")])
    assert "in holds and sessions: say --table" in refused("undo", "a")
    assert ask("undo", "a", "--table", "sessions")[0] == 0
    assert "a" in log.read_holds(folder).rows["id"].tolist()


@pytest.mark.parametrize(("id", "why"), [("z", "must name a row"), ("b.void", "which undoes another")])
def test_what_cannot_be_undone_is_one_line_and_changes_nothing(folder, refused, id, why):
    log.void(folder, "holds", "b")
    before = contents(folder)
    assert why in refused("undo", id)
    assert contents(folder) == before


# --- import -----------------------------------------------------------------


@pytest.fixture
def old(folder):
    path = folder.parent / "old.csv"
    path.write_text(OLD, encoding="utf-8")
    return path


def test_import_shows_good_and_bad_rows_and_changes_nothing_unless_agreed(folder, old, ask, monkeypatch):
    before = contents(folder.parent)
    for answer in ("n\n", ""):
        monkeypatch.setattr("sys.stdin", io.StringIO(answer))
        code, said = ask("import", old)
        assert code == 0
        assert "  2 rows to add\n" in said
        assert "2026-02-01T07:00:00+00:00" in said
        assert "old.csv line 4: side must be left or right, got 'up'" in said
        assert "1 date that could be read two ways was read day first." in said
        assert said.endswith("Nothing was changed.\n")
        assert contents(folder.parent) == before


def test_import_adds_the_good_rows_and_keeps_the_bad_ones_in_a_file(folder, old, ask, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    code, said = ask("import", old)
    assert code == 0
    assert "Added 2 rows to holds.csv." in said
    table = log.read_holds(folder, strict=True)
    assert table.rows["held_s"].tolist()[-2:] == [22.5, 30]
    (rejected,) = read((folder / "old.rejected.csv").read_text(encoding="utf-8"))
    assert rejected["rejected_file"] == "old.csv"
    assert rejected["rejected_line"] == "4"
    assert rejected["rejected_rule"] == "must be left or right"
    assert rejected["rejected_text"] == OLD.splitlines()[3]
    assert rejected["held_s"] == "30"


def test_importing_twice_adds_nothing(folder, old, ask):
    ask("import", old, "--yes")
    before = contents(folder)
    code, said = ask("import", old, "--yes")
    assert code == 0
    assert "  2 rows that the log has already" in said
    assert "Added 0 rows" in said
    assert {path: content for path, (content, _) in contents(folder).items()} == {
        path: content for path, (content, _) in before.items()
    }


def test_rejected_rows_can_be_mended_and_imported(folder, old, ask):
    ask("import", old, "--yes")
    file = folder / "old.rejected.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",up,", ",right,"), encoding="utf-8")
    assert "Added 1 row to holds.csv." in ask("import", file, "--yes")[1]
    assert log.read_holds(folder, strict=True).rows["side"].tolist()[-1] == "right"


def test_import_asks_for_the_order_of_an_unclear_date(folder, old, ask):
    old.write_text("\n".join(OLD.splitlines()[:2]), encoding="utf-8")
    said = ask("import", old, "--yes")[1]
    assert "can be read day first or month first, got '01/02/2026 07:00'" in said
    assert "say which it is with --dayfirst or --monthfirst." in said
    assert "dayfirst=" not in said
    assert "Added 0 rows" in said
    assert "dayfirst=" not in (folder / "old.rejected.csv").read_text(encoding="utf-8")
    assert "say which" not in ask("import", old, "--dayfirst")[1]
    ask("import", old, "--yes", "--monthfirst")
    assert log.read_holds(folder).rows["local_date"].dt.month.tolist()[-1] == 1


def test_a_row_that_the_log_has_otherwise_is_rejected_with_what_differs(folder, ask):
    other = folder.parent / "other"
    log.append_holds(other, [hold("a", held_s=7), hold("c", side="right", outcome="stopped"), hold("d")])
    _, said = ask("import", other / "holds.csv", "--yes")
    assert "line 2: held_s must be '30' as in the log, which has the row a, got '7'" in said
    assert "  1 row that the log has already" in said  # c: without its reason it says nothing else
    assert "Added 1 row to holds.csv." in said


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "got an empty file"),
        (b"PK\x03\x04rest", "got a spreadsheet file: open it and save it as CSV"),
        (b"%PDF-1.7", "got a PDF"),
        (b"when,what\ntoday,hips\n", "must begin with the column names of holds or sessions"),
        (b"id,side,local_date\n", ""),
        (b"id,local_date\n", "those of holds or sessions or measurements: say --table"),
    ],
)
def test_a_file_that_is_no_table_is_one_line(folder, ask, refused, content, why):
    path = folder.parent / "some.csv"
    path.write_bytes(content)
    before = contents(folder)
    if why:
        assert why in refused("import", path, "--yes")
    else:
        assert ask("import", path, "--yes", "--table", "holds")[1].endswith("There is nothing to add.\n")
    assert contents(folder) == before


def test_a_file_that_is_not_there_is_one_line(folder, refused):
    assert "No such file" in refused("import", "nowhere.csv")


# --- export -----------------------------------------------------------------


def test_export_leaves_out_what_is_private_and_what_was_undone(folder, ask):
    log.void(folder, "holds", "b")
    out = folder.parent / "out.csv"
    code, said = ask("export", "--out", out)
    assert code == 0
    assert "Left out as private: reason." in said
    rows = read(out.read_text(encoding="utf-8"))
    assert [row["id"] for row in rows] == ["a", "c"]
    assert "reason" not in rows[0]
    assert ",knee," not in out.read_text(encoding="utf-8")


def test_an_export_is_safe_in_a_spreadsheet_and_comes_back_unchanged(folder, ask):
    notes = ["=1+1", "'quoted'", "@x", 'a "b"; c\nd']
    rows = [session(f"n{place}", note=note, discomfort_0_10=3) for place, note in enumerate(notes)]
    log.append_sessions(folder, rows)
    out = folder.parent / "out.csv"
    ask("export", "--table", "sessions", "--private", "--out", out)
    assert not any(row["note"].startswith(("=", "@")) for row in read(out.read_text(encoding="utf-8")))
    (folder / "sessions.csv").unlink()
    assert "Added 4 rows" in ask("import", out, "--yes")[1]
    back = log.read_sessions(folder, strict=True).rows
    assert back["note"].tolist() == notes
    assert back["discomfort_0_10"].tolist() == [3, 3, 3, 3]


def test_an_export_never_replaces_a_file(folder, refused):
    before = contents(folder)
    assert "must name a new file" in refused("export", "--out", folder / "holds.csv")
    assert contents(folder) == before
    assert "make the folder first" in refused("export", "--out", folder / "no" / "out.csv")


# --- check ------------------------------------------------------------------


def test_check_finds_nothing_in_a_good_log_and_writes_nothing(folder, ask):
    before = contents(folder)
    code, said = ask("check")
    assert code == 0
    assert "holds.csv: 3 rows, 3 of them count; 0 cannot be used" in said
    assert "measurements.csv: no rows yet" in said
    ask("show")
    assert contents(folder) == before


def spoil(folder):
    with (folder / "holds.csv").open("a", encoding="utf-8") as file:
        file.write('bad,2026\n=cmd,"torn')
    return (folder / "holds.csv").read_bytes()


def test_check_lists_rows_that_cannot_be_used_and_leaves_them(folder, ask):
    spoil(folder)
    before = contents(folder)
    code, said = ask("check")
    assert code == 1
    assert "holds.csv line 5: row must have 14 cells" in said
    assert "holds.csv line 6: row must have 14 cells and closed quotes" in said
    assert "hipbook log check --repair" in said
    assert contents(folder) == before


def test_an_unclear_date_in_the_log_is_set_aside_and_taken_in_by_what_check_advises(folder, ask):
    file = folder / "holds.csv"
    unclear = hold("u", started_at="01/02/2026 07:00", local_date="01/02/2026")
    with file.open("a", encoding="utf-8") as end:
        end.write(",".join(str(unclear.get(name, "")) for name in log.HOLDS.names[:-1]) + ",1\n")
    assert "dayfirst=" not in ask("check")[1]
    said = ask("check", "--repair")[1]
    assert "Dates that can be read two ways: import that file with --dayfirst or --monthfirst." in said
    assert "Added 1 row" in ask("import", folder / "holds.rejected.csv", "--yes", "--dayfirst")[1]
    assert log.read_holds(folder, strict=True).rows["local_date"].dt.month.tolist()[-1] == 2


def test_repair_keeps_a_backup_sets_rows_aside_and_leaves_a_log_in_order(folder, ask):
    spoilt = spoil(folder)
    code, said = ask("check", "--repair")
    assert code == 0
    (backup,) = folder.glob("holds.backup-*.csv")
    assert backup.read_bytes() == spoilt
    assert backup.name in said
    rejected = read((folder / "holds.rejected.csv").read_text(encoding="utf-8"))
    assert [row["rejected_text"] for row in rejected] == ["bad,2026", "'=cmd,\"torn"]
    assert log.read_holds(folder, strict=True).rows["id"].tolist() == ["a", "b", "c"]
    assert ask("check")[0] == 0
    assert log.append_holds(folder, [hold("d")]).notes == []


def test_repairing_a_good_log_changes_nothing(folder, ask):
    before = contents(folder)
    assert ask("check", "--repair")[0] == 0
    assert contents(folder) == before


def test_repair_brings_an_older_log_to_the_present_version_with_a_backup(folder, ask):
    file = folder / "holds.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    older = "".join(f"{line.rsplit(',', 2)[0]}\n" for line in lines)  # without voids and schema
    file.write_text(older, encoding="utf-8", newline="")
    code, said = ask("check", "--repair")
    assert code == 0
    assert "3 rows had no version and were read as rows of the present version." in said
    assert file.read_text(encoding="utf-8").splitlines() == lines
    assert [backup.read_text(encoding="utf-8") for backup in folder.glob("holds.backup-*.csv")] == [older]


def test_a_file_that_is_no_log_is_left_alone_by_a_repair(folder, refused):
    (folder / "sessions.csv").write_text("when,what\ntoday,hips\n", encoding="utf-8")
    code = (folder / "sessions.csv").read_bytes()
    assert cli.main(["log", "check", "--repair"]) == 2
    assert (folder / "sessions.csv").read_bytes() == code


def test_a_table_that_cannot_be_opened_is_one_line(folder, refused):
    (folder / "holds.csv").unlink()
    (folder / "holds.csv").mkdir()
    assert "holds.csv must be readable" in refused("show")
