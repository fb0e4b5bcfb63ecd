"""What a player gets from Python and what Python answers it, in a notebook and on a page alike."""

from __future__ import annotations

import errno
import json
import os

import log_rows
import pytest

from hipbook import guide, workspace
from hipbook.guide import Recorder, player_data
from hipbook.progress import durable, log
from hipbook.stretching import own_routines
from hipbook.stretching.routine import RoutineError, choices_of
from hipbook.strings import spoken, text

ENGINE_ASKS_FOR = {
    *("catalog", "choices", "key", "language", "languages", "name", "precautions", "routines"),
    *("saves", "stops", "strings", "workspace_id"),
}


@pytest.fixture
def learner(tmp_path):
    made, _ = workspace.create(tmp_path / "workbook")
    return made


def hold(number: int, **changes):
    return {"table": "holds", "row": log_rows.hold(f"s1-{number:03d}") | changes}


def written(learner) -> list[str]:
    path = learner.log_folder / "holds.csv"
    return [line.split(",")[0] for line in path.read_text().splitlines()[1:]] if path.exists() else []


# --- data


def test_the_data_are_json_and_complete(learner):
    data = player_data("no_floor", learner)
    assert set(data) == ENGINE_ASKS_FOR
    assert json.loads(json.dumps(data, allow_nan=False))["key"] == "no_floor"
    assert data["workspace_id"] == learner.id
    assert data["saves"] is True
    assert {"code": "en", "name": "English"} in data["languages"]


def test_without_a_workspace_it_is_practice(learner):
    data = player_data("hip_flexor_standing", None)
    assert (data["saves"], data["workspace_id"], data["routines"], data["stops"]) == (False, "", [], {})
    assert data["name"] == text("stretch.hip_flexor_standing.name")


def test_own_routines_are_listed_and_opened_by_name_or_id(learner):
    own = own_routines.save(learner.folder, "My evening", choices_of("no_floor") | {"ready_s": 4})
    for what in ("My evening", own.id):
        data = player_data(what, learner, switch_s=5)
        assert (data["key"], data["name"]) == (own.id, "My evening")
        assert (data["choices"]["ready_s"], data["choices"]["switch_s"]) == (4, 5)
        assert data["routines"] == [own.as_data()]


def test_an_own_routine_that_an_older_hipbook_saved_under_a_name_of_the_catalogue_does_not_take_its_place(
    learner,
):
    own = own_routines.save(learner.folder, "Mine", choices_of("no_floor"))
    path = learner.folder / own_routines.FILE
    path.write_text(path.read_text().replace('"Mine"', '"five_minutes"'))
    assert player_data("five_minutes", learner)["key"] == "five_minutes"
    assert player_data(own.id, learner)["name"] == "five_minutes"


def test_a_name_that_nothing_has_is_refused(learner):
    with pytest.raises(RoutineError, match=r"routine must be one of five_minutes, .*, got My evening"):
        player_data("My evening", learner)


def test_a_broken_file_of_routines_is_said_only_to_who_asks_for_one(learner):
    (learner.folder / own_routines.FILE).write_text("{")
    assert player_data("no_floor", learner)["routines"] == []
    with pytest.raises(RoutineError, match=r"routines\.json must be the JSON that hipbook wrote"):
        player_data("My evening", learner)


def test_earlier_stops_are_told(learner):
    log.append_holds(learner.log_folder, [hold(1, outcome="stopped", reason="knee")["row"]])
    assert player_data("no_floor", learner)["stops"] == {"s1-001": "knee"}


# --- answers


def test_rows_are_saved_and_a_row_that_comes_twice_is_written_once(learner):
    recorder = Recorder(learner)
    for _ in range(2):
        replies = recorder.answer({"kind": "rows", "rows": [hold(1), hold(2)]})
        assert replies == [
            {"kind": "saved", "table": "holds", "ids": ["s1-001", "s1-002"], "notes": [], "stops": {}}
        ]
    assert written(learner) == ["s1-001", "s1-002"]


@pytest.mark.parametrize(
    "entry",
    [
        None,
        "row",
        {"table": "holds"},
        {"table": "measurements", "row": {}},
        {"table": ["holds"], "row": {}},
        {"table": "holds", "row": [1]},
        hold(9, side="up"),
        hold(9, held_s={"a": 1}),
        hold(9, held_s=float("nan")),
        hold(9, id=None),
        hold(9, **{"\ud800": 1}),
        hold(9, local_date="9999-99-99"),
    ],
)
def test_what_is_not_understood_is_named_in_one_line_and_the_rest_is_saved(learner, entry):
    saved, refused = Recorder(learner).answer({"kind": "rows", "rows": [entry, hold(1)]})
    assert saved == {"kind": "saved", "table": "holds", "ids": ["s1-001"], "notes": [], "stops": {}}
    assert refused["kind"] == "not_saved"
    assert refused["why"].isprintable()
    assert len(refused["why"]) < 400
    assert written(learner) == ["s1-001"]


def test_what_stopped_earlier_holds_is_told_with_each_hold_that_is_saved_and_when_asked_for(learner):
    recorder = Recorder(learner)
    stopped = {"outcome": "stopped", "reason": "knee"}
    recorder.answer({"kind": "rows", "rows": [hold(1, **stopped)]})
    [saved] = recorder.answer({"kind": "rows", "rows": [hold(2, **stopped)]})
    assert saved["stops"] == {"s1-001": "knee", "s1-002": "knee"}
    assert recorder.answer({"kind": "stops"}) == [{"kind": "stops", "stops": saved["stops"]}]
    assert Recorder(None).answer({"kind": "stops"}) == []


@pytest.mark.parametrize("rows", [None, "many", {"a": 1}, 7])
def test_rows_that_are_no_list_are_not_saved(learner, rows):
    [reply] = Recorder(learner).answer({"kind": "rows", "rows": rows})
    assert reply["kind"] == "not_saved"
    assert "rows must be a list" in reply["why"]


def test_a_disk_that_refuses_is_never_called_saved(learner, monkeypatch):
    def refuse(*_):
        raise OSError("disk gone")

    monkeypatch.setitem(guide.APPEND, "holds", refuse)
    assert Recorder(learner).answer({"kind": "rows", "rows": [hold(1)]}) == [
        {"kind": "not_saved", "table": "holds", "key": "player.trouble.other", "why": "disk gone"}
    ]


def told(learner, **changes):
    [reply] = Recorder(learner).answer({"kind": "rows", "rows": [hold(1, **changes)]})
    return reply["table"], reply["key"], reply.get("values")


def test_why_a_log_could_not_be_written_is_told_by_a_key_for_every_language(learner, monkeypatch):
    path = learner.log_folder / "holds.csv"
    assert told(learner, side="up") == ("holds", "player.trouble.row", None)
    path.mkdir()
    assert told(learner) == ("holds", "player.trouble.not_writable", {"file": "holds.csv"})
    path.rmdir()
    for number, key in ((errno.ENOSPC, "full"), (errno.EROFS, "other")):

        def refuse(*_, number=number):
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(durable, "append", refuse)
        assert told(learner)[1] == f"player.trouble.{key}"
    monkeypatch.setattr(durable, "LOCK_TIMEOUT_S", 0.0)
    with durable.locked(path):
        assert told(learner)[1] == "player.trouble.busy"


def test_that_a_log_was_converted_is_told_by_keys_and_the_rest_as_it_is(learner):
    log.append_holds(learner.log_folder, [hold(1)["row"], hold(2)["row"]])
    path = learner.log_folder / "holds.csv"
    header, good, bad = path.read_text().splitlines()
    path.write_text("\n".join((header, good, bad.replace("left", "lft"))).replace(",", ";"))
    [reply] = Recorder(learner).answer({"kind": "rows", "rows": [hold(3)]})
    converted, assumed, rejected = reply["notes"]
    assert (converted["key"], converted["values"]["file"]) == ("player.converted", "holds.csv")
    assert assumed == {"why": text("log.assumed.semicolon")}
    assert rejected["key"] == "player.converted.rejected.one"
    assert rejected["why"] == text(rejected["key"], **rejected["values"])


@pytest.mark.parametrize("message", [None, [], "rows", 5, {}, {"kind": "dance"}, {"kind": ["rows"]}])
def test_what_is_no_message_has_no_answer(learner, message):
    assert Recorder(learner).answer(message) == []


def test_another_language_is_sent_whole(learner):
    [reply] = Recorder(learner).answer({"kind": "language", "language": "de"})
    assert reply == {"kind": "strings", "language": "de", "strings": spoken("de")}
    assert reply["strings"] != spoken("en")


@pytest.mark.parametrize("language", ["tlh", "../en", None, ["de"], {}])
def test_a_language_that_there_is_not_is_english(learner, language):
    [reply] = Recorder(None).answer({"kind": "language", "language": language})
    assert (reply["language"], reply["strings"]) == ("en", spoken("en"))


def test_a_routine_is_kept_then_forgotten(learner):
    recorder = Recorder(learner)
    saving = {"kind": "save_routine", "name": "Evening", "choices": choices_of("no_floor")}
    [reply] = recorder.answer(saving)
    assert [(own["id"], own["name"]) for own in reply["routines"]] == [("own:evening", "Evening")]
    assert reply["saved"] == "own:evening"
    assert recorder.answer({"kind": "delete_routine", "id": "own:evening"}) == [
        {"kind": "routines", "routines": [], "saved": None}
    ]


@pytest.mark.parametrize(
    ("message", "why"),
    [
        ({"name": "", "choices": choices_of("no_floor")}, "name must be 1 to 60"),
        ({"name": "Evening"}, "choices must hold items"),
    ],
)
def test_a_routine_that_cannot_be_kept_says_why(learner, message, why):
    [reply] = Recorder(learner).answer({"kind": "save_routine"} | message)
    assert (reply["kind"], reply["key"]) == ("not_saved_routine", "player.trouble.other")
    assert why in reply["why"]


def test_a_routine_that_cannot_be_written_says_so_by_a_key(learner):
    (learner.folder / own_routines.FILE).mkdir()
    saving = {"kind": "save_routine", "name": "Evening", "choices": choices_of("no_floor")}
    [reply] = Recorder(learner).answer(saving)
    assert (reply["key"], reply["values"]) == ("player.trouble.not_writable", {"file": "routines.json"})


def test_without_a_workspace_routines_are_not_kept_and_rows_have_no_answer():
    recorder = Recorder(None)
    [reply] = recorder.answer({"kind": "save_routine", "name": "Evening", "choices": choices_of("no_floor")})
    assert reply == {"kind": "not_saved_routine", "why": text("workspace.no_routines")}
    assert recorder.answer({"kind": "rows", "rows": [hold(1)]}) == []
