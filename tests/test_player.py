"""The player's Python side: what it tells the browser, what it writes, and when it says saved."""

from __future__ import annotations

import csv
import subprocess
import sys

import log_rows
import pytest

from hipbook import workspace
from hipbook.stretching.routine import RoutineError
from hipbook.strings import text
from hipbook.widgets.player import Player, player


@pytest.fixture
def learner(tmp_path, monkeypatch):
    made, _ = workspace.create(tmp_path / "workbook")
    monkeypatch.setenv(workspace.VARIABLE, str(made.folder))
    return made


@pytest.fixture
def heard(monkeypatch):
    """Collect what a player sends to the browser."""
    sent = []
    monkeypatch.setattr(Player, "send", lambda self, content, buffers=None: sent.append(content))
    return sent


def hold(number: int, **changes):
    return {"table": "holds", "row": log_rows.hold(f"s1-{number:03d}") | changes}


def arrive(panel, *entries):
    panel._handle_custom_msg({"kind": "rows", "rows": list(entries)}, [])


def logged(learner, table="holds"):
    path = learner.log_folder / f"{table}.csv"
    return list(csv.DictReader(path.open(encoding="utf-8", newline=""))) if path.exists() else []


def test_rows_are_written_then_acknowledged(learner, heard):
    arrive(player("no_floor"), hold(1), hold(2))
    assert [row["id"] for row in logged(learner)] == ["s1-001", "s1-002"]
    assert heard == [
        {"kind": "saved", "table": "holds", "ids": ["s1-001", "s1-002"], "notes": [], "stops": {}}
    ]


def test_a_row_that_comes_twice_is_acknowledged_twice_and_written_once(learner, heard):
    panel = player("no_floor")
    arrive(panel, hold(1))
    arrive(panel, hold(1))
    assert len(logged(learner)) == 1
    assert [message["ids"] for message in heard] == [["s1-001"], ["s1-001"]]


def test_a_bad_row_is_named_and_the_good_ones_are_saved(learner, heard):
    arrive(player("no_floor"), hold(1, side="up"), hold(2))
    assert [row["id"] for row in logged(learner)] == ["s1-002"]
    assert heard[0]["ids"] == ["s1-002"]
    assert heard[1]["kind"] == "not_saved"
    assert "side must be left or right, got 'up'" in heard[1]["why"]


def test_a_log_that_cannot_be_written_is_never_called_saved(learner, heard):
    (learner.log_folder / "holds.csv").mkdir()
    arrive(player("no_floor"), hold(1))
    assert [message["kind"] for message in heard] == ["not_saved"]


def test_a_session_row_goes_to_its_own_table(learner, heard):
    when = {"ended_at": "2026-11-23T07:20:00+01:00", "local_date": "2026-11-23"}
    row = {"id": "s1-end", "session_id": "s1", "schema": 1} | when
    arrive(player("no_floor"), {"table": "sessions", "row": row})
    assert [line["session_id"] for line in logged(learner, "sessions")] == ["s1"]
    assert heard[0]["ids"] == ["s1-end"]


def test_without_a_workspace_it_is_practice_and_nothing_is_written(tmp_path, monkeypatch, heard):
    monkeypatch.delenv(workspace.VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    panel = player("no_floor")
    arrive(panel, hold(1))
    assert (panel.data["saves"], panel.data["workspace_id"], heard) == (False, "", [])
    assert list(tmp_path.iterdir()) == []


def test_the_browser_gets_the_workspaces_id_and_the_choices(learner):
    panel = player("full", first_side="right", hold_s=40)
    assert (panel.data["workspace_id"], panel.data["place"]) == (learner.id, "notebook")
    assert panel.data["choices"]["first_side"] == "right"
    assert {item["hold_s"] for item in panel.data["choices"]["items"]} == {40}
    assert panel.data["name"] == text("routine.full")


@pytest.mark.parametrize(
    ("what", "change", "message"),
    [
        ("splits", {}, "routine must be one of five_minutes, .*, got splits"),
        ("full", {"hold_s": 900}, "hold_s must be a whole number between 5 and 120, got 900"),
        ("full", {"speed": 2}, "choice must be one of first_side, .*, got speed"),
    ],
)
def test_a_wrong_word_is_answered_in_one_line(learner, what, change, message):
    with pytest.raises(RoutineError, match=message):
        player(what, **change)


def test_guiding_and_writing_need_neither_numpy_pandas_nor_matplotlib(learner):
    code = (
        "import sys, hipbook as hb\n"
        "panel = hb.player('five_minutes')\n"
        "hb.stretch_card('hip_flexor_standing'), hb.safety(), hb.where_saved()\n"
        f"panel._handle_custom_msg({{'kind': 'rows', 'rows': [{hold(1)!r}]}}, [])\n"
        "print(*({'numpy', 'pandas', 'matplotlib'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
    assert len(logged(learner)) == 1
