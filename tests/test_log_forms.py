"""Logs that other programs saved: understood, converted with a backup, and never guessed at."""

from __future__ import annotations

from io import StringIO

import pandas as pd
import pytest
from log_rows import hold, session, three_holds

from hipbook.progress import log
from hipbook.progress.tables import HOLDS


@pytest.fixture
def three(tmp_path):
    log.append_holds(tmp_path, three_holds())
    return tmp_path


def spreadsheet(three, change, encoding="utf-8", name="holds.csv"):
    text = (three / "holds.csv").read_text(encoding="utf-8")
    (three / name).write_bytes(change(text).encode(encoding))
    return three / name


def as_table(text, **options):
    frame = pd.read_csv(StringIO(text), dtype=str, keep_default_na=False)
    return frame, lambda frame: frame.to_csv(index=False, lineterminator="\r\n", **options)


def with_dates(form, zone=""):
    def change(text):
        frame, save = as_table(text)
        frame["local_date"] = pd.to_datetime(frame["local_date"]).dt.strftime(form)
        return save(frame)

    return change


def columns_turned_round(text):
    frame, save = as_table(text)
    return save(frame[frame.columns[::-1]].assign(colour="red"))


def european(text):
    frame, save = as_table(text, sep=";")
    frame["held_s"] = frame["held_s"].str.replace(".", ",")
    frame["local_date"] = pd.to_datetime(frame["local_date"]).dt.strftime("%d.%m.%Y")
    return save(frame)


FORMS = {
    "crlf": (lambda text: text.replace("\n", "\r\n"), "utf-8"),
    "byte-order mark": (lambda text: text, "utf-8-sig"),
    "utf-16": (lambda text: text, "utf-16"),
    "utf-16 without mark": (lambda text: text.replace(",", "\t"), "utf-16-le"),
    "semicolons": (lambda text: text.replace(",", ";"), "utf-8"),
    "semicolons with sep line": (lambda text: "sep=;\n" + text.replace(",", ";"), "utf-8"),
    "tabs": (lambda text: text.replace(",", "\t"), "utf-8"),
    "european": (european, "utf-8-sig"),
    "american dates": (with_dates("%m/%d/%Y"), "utf-8"),
    "british dates": (with_dates("%d/%m/%Y"), "utf-8"),
    "short years": (with_dates("%d/%m/%y"), "utf-8"),
    "slashed iso": (with_dates("%Y/%m/%d"), "utf-8"),
    "columns turned round, one more": (columns_turned_round, "utf-8"),
    "capitals": (lambda text: text.replace("left", "LEFT ").replace("held_s", "Held s"), "utf-8"),
    "no optional columns": (
        lambda text: as_table(text)[0].drop(columns=["voids", "schema"]).to_csv(),
        "utf-8",
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_resaved_log_reads_as_before(three, form):
    expected = log.read_holds(three, strict=True).rows
    change, encoding = FORMS[form]
    table = log.read_holds(spreadsheet(three, change, encoding), strict=True)
    pd.testing.assert_frame_equal(table.rows, expected, check_categorical=False, check_dtype=False)
    assert table.rejected == []
    if form not in ("crlf", "byte-order mark", "short years"):
        assert table.assumed


@pytest.mark.parametrize("form", [form for form in FORMS if form != "capitals"])
def test_appending_to_a_resaved_log_converts_it_keeps_a_backup_and_says_so(three, form):
    expected = log.read_holds(three, strict=True).rows["id"].tolist()
    change, encoding = FORMS[form]
    file = spreadsheet(three, change, encoding)
    resaved = file.read_bytes()
    done = log.append_holds(three, [hold("a"), hold("d")])
    assert (done.ids, done.written) == (["a", "d"], ["d"])
    if form in ("american dates", "british dates"):
        assert "holds.backup-" in " ".join(done.notes)
    backups = list(three.glob("holds.backup-*.csv"))
    assert [backup.read_bytes() for backup in backups] == [resaved]
    assert backups[0].name in done.notes[0]
    assert file.read_text(encoding="utf-8").startswith(",".join(HOLDS.names) + "\n")
    assert log.read_holds(three, strict=True).rows["id"].tolist() == [*expected, "d"]
    assert log.append_holds(three, [hold("e")]).notes == []


def test_a_file_that_is_no_log_is_left_alone(tmp_path):
    alien = b"when;what\ntoday;hips\n"
    (tmp_path / "holds.csv").write_bytes(alien)
    with pytest.raises(log.LogWriteError, match=r"none of its 1 rows can be used.*move it out"):
        log.append_holds(tmp_path, [hold("a")])
    assert (tmp_path / "holds.csv").read_bytes() == alien


def test_guarded_texts_survive_a_spreadsheet(tmp_path):
    notes = ["=1+1", "'quoted'", "- better", 'a "b"; c']
    log.append_sessions(tmp_path, [session(f"n{n}", note=note) for n, note in enumerate(notes)])
    file = tmp_path / "sessions.csv"
    frame, save = as_table(file.read_text(encoding="utf-8"), sep=";")
    file.write_text(save(frame), encoding="utf-8", newline="")
    assert log.read_sessions(tmp_path, strict=True).rows["note"].tolist() == notes
    log.append_sessions(tmp_path, [session("z", note="+")])
    assert log.read_sessions(tmp_path, strict=True).rows["note"].tolist() == [*notes, "+"]


def test_a_row_that_conversion_cannot_use_stays_in_the_backup_and_is_told(three):
    file = spreadsheet(three, lambda text: text.replace(",", ";").replace("left", "lft", 1))
    done = log.append_holds(three, [hold("d")])
    assert "holds.csv line 2: side must be left or right, got 'lft'" in done.notes[-1]
    assert log.read_holds(file, strict=True).rows["id"].tolist() == ["b", "c", "d"]
    assert "lft" in next(three.glob("holds.backup-*.csv")).read_text(encoding="utf-8")


AMBIGUOUS = "local_date;ended_at;id;session_id\n03/04/2026;{};a;s\n05/04/2026;{};b;s\n"


def ambiguous(tmp_path, *stamps):
    (tmp_path / "sessions.csv").write_text(AMBIGUOUS.format(*stamps), encoding="utf-8")
    return tmp_path


def test_an_ambiguous_date_is_not_guessed(tmp_path):
    folder = ambiguous(tmp_path, "03/04/2026 07:15", "05/04/2026 19:00")
    table = log.read_sessions(folder)
    assert len(table.rows) == 0
    assert [(row.line, row.column) for row in table.rejected] == [(2, "ended_at"), (3, "ended_at")]
    assert "dayfirst=True or dayfirst=False" in table.rejected[0].rule
    why = r"sessions\.csv line 2: ended_at can be read day first .* with dayfirst=True or dayfirst=False, got"
    with pytest.raises(log.LogReadError, match=why):
        log.read_sessions(folder, strict=True)
    by_day = log.read_sessions(folder, dayfirst=True, strict=True)
    assert by_day.rows["local_date"].dt.month.tolist() == [4, 4]
    by_month = log.read_sessions(folder, dayfirst=False, strict=True)
    assert by_month.rows["local_date"].dt.month.tolist() == [3, 5]
    assert "4 dates that could be read two ways were read month first." in by_month.assumed
    assert any("no offset" in sentence for sentence in by_month.assumed)


def test_an_append_that_converts_says_nothing_of_python(tmp_path):
    folder = ambiguous(tmp_path, "2026-04-03T07:15:00+02:00", "2026-05-04T07:15:00+02:00")
    with (folder / "sessions.csv").open("a", encoding="utf-8") as file:
        file.write("2026-04-09;2026-04-09T07:15:00+02:00;c;s\n")
    done = log.append_sessions(folder, [session("d")])
    assert "can be read day first or month first, got" in done.notes[-1]


NAMED = {
    "2026-03-29": ["29-Mar-26", "29-Mar-2026", "29 Mar 2026", "29 March 2026", "29-MAR-26", "29/mar/2026"],
    "2026-03-30": ["30. Mrz 2026", "30. März 26", "30-mars-26", "30 Mär. 2026"],
    "2026-10-02": ["02-OCT-26", "2. Okt. 26", "2-oct-26", "2 October 2026"],
    "2026-08-01": ["1-Aug-26", "1 ago 2026", "1 août 2026"],
    "2026-07-09": ["9-Jul-26", "9-juil.-26"],
    "2026-12-31": ["31-Dec-26", "31-Dez-26", "31-déc.-26", "31 dic 26"],
}


@pytest.mark.parametrize(("day", "written"), [(day, cell) for day, cells in NAMED.items() for cell in cells])
def test_a_date_with_the_name_of_its_month_is_understood(tmp_path, day, written):
    row = f"{written};{written} 7:15 PM;a;s\n{written};{written}T19:15:00+02:00;b;s\n"
    (tmp_path / "sessions.csv").write_text(AMBIGUOUS.splitlines()[0] + "\n" + row, encoding="utf-8")
    table = log.read_sessions(tmp_path, strict=True)
    assert table.rows["local_date"].dt.strftime("%Y-%m-%d").tolist() == [day] * 2
    assert table.rows["ended_at"].dt.strftime("%Y-%m-%dT%H:%M").tolist() == [f"{day}T19:15", f"{day}T17:15"]
    assert "4 dates in a spreadsheet's form were read; each can mean only one day." in table.assumed


@pytest.mark.parametrize(
    "written",
    ["30-Feb-26", "29-Foo-26", "29-M-26", "29-Mar", "Mar-26", "29-Mar-026", "29-Mar-26x", "0-Mar-26"],
)
def test_a_date_with_another_name_or_no_such_day_is_rejected(tmp_path, written):
    row = f"{written};2026-03-29T07:15:00+02:00;a;s\n"
    (tmp_path / "sessions.csv").write_text(AMBIGUOUS.splitlines()[0] + "\n" + row, encoding="utf-8")
    assert [row.column for row in log.read_sessions(tmp_path).rejected] == ["local_date"]


def test_another_row_decides_an_ambiguous_date(tmp_path):
    folder = ambiguous(tmp_path, "03/04/2026 07:15", "05/04/2026 19:00")
    with (folder / "sessions.csv").open("a", encoding="utf-8") as file:
        file.write("25/04/2026;25/04/2026 7:15 PM;c;s\n")
    table = log.read_sessions(folder, strict=True)
    assert table.rows["local_date"].dt.month.tolist() == [4, 4, 4]
    assert table.rows["ended_at"].iloc[2] == pd.Timestamp("2026-04-25T19:15Z")


def test_the_rows_own_stamp_decides_an_ambiguous_date(tmp_path):
    folder = ambiguous(tmp_path, "2026-04-03T07:15:00+02:00", "2026-04-05T07:15:00+02:00")
    assert log.read_sessions(folder, strict=True).rows["local_date"].dt.month.tolist() == [4, 4]


def test_rows_that_disagree_about_the_order_decide_nothing(tmp_path):
    folder = ambiguous(tmp_path, "25/04/2026 07:15", "04/25/2026 07:15")
    assert {row.column for row in log.read_sessions(folder).rejected} == {"local_date"}
