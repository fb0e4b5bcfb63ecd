"""A person's own routines: kept by name, replaced by name, and never at the cost of what was there."""

from __future__ import annotations

import json

import pytest
from filelock import FileLock, Timeout

from hipbook.progress.tables import HOLDS
from hipbook.stretching import own_routines
from hipbook.stretching.own_routines import FILE, delete, listed, save, trouble
from hipbook.stretching.routine import RoutineError, choices_of, compile_plan


def short(**changes):
    choices = choices_of("hip_flexor_standing")
    choices["items"][0].update({"hold_s": 5, "repetitions": 1})
    return choices | changes


def test_a_saved_routine_is_listed_with_its_choices_and_can_be_planned(tmp_path):
    saved = save(tmp_path, "  My   evening ", short(ready_s=3))
    assert listed(tmp_path) == [saved]
    assert (saved.id, saved.name) == ("own:my-evening", "My evening")
    assert compile_plan(saved.choices).routine == "own:my-evening"
    assert saved.choices == short(ready_s=3, routine="own:my-evening")


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Füße & Hüften", "own:fusse-huften"),
        ("夕方", "own:routine"),
        ("x" * 60, "own:" + "x" * 60),
        ("\N{LATIN SMALL LIGATURE FFI}" * 60, "own:" + "ffi" * 60),
    ],
)
def test_every_name_gets_an_id_that_the_log_takes(tmp_path, name, id):
    saved = save(tmp_path, name, short())
    assert saved.id == id[: len(saved.id)]
    column = next(column for column in HOLDS.columns if column.name == "routine")
    assert column.accepts(saved.id)


def test_names_that_look_alike_in_an_id_get_ids_of_their_own(tmp_path):
    ids = [save(tmp_path, name, short()).id for name in ("A b", "A-b", "A_b")]
    assert ids == ["own:a-b", "own:a-b-2", "own:a-b-3"]


def test_saving_a_name_again_replaces_it_and_keeps_its_id(tmp_path):
    first = save(tmp_path, "Evening", short())
    save(tmp_path, "Another", short())
    again = save(tmp_path, "evening", short(ready_s=7))
    assert again.id == first.id
    assert [(own.name, own.choices["ready_s"]) for own in listed(tmp_path)] == [
        ("Another", 15),
        ("evening", 7),
    ]


def test_a_deleted_routine_is_gone_and_deleting_it_twice_changes_nothing(tmp_path):
    own = save(tmp_path, "Evening", short())
    delete(tmp_path, own.id)
    delete(tmp_path, own.id)
    delete(tmp_path, ["no", "id"])
    assert listed(tmp_path) == []


def test_deleting_where_nothing_was_saved_makes_no_file(tmp_path):
    delete(tmp_path, "own:evening")
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, None, 5, "a\x07b", "a\u200eb"])
def test_a_name_that_cannot_be_shown_is_refused(tmp_path, name):
    with pytest.raises(RoutineError, match="name must be 1 to 60"):
        save(tmp_path, name, short())
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("name", ["five_minutes", " Five_Minutes", "HIP_FLEXOR_STANDING"])
def test_a_name_that_hipbook_itself_goes_by_is_refused_in_one_line(tmp_path, name):
    with pytest.raises(RoutineError, match="name must be another than those of hipbook's own") as refused:
        save(tmp_path, name, short())
    assert "\n" not in str(refused.value)
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        (None, "choices must hold items"),
        ({"items": "all"}, "choices must hold items"),
        ({"items": [3]}, "choices must hold items"),
        (short(items=[]), "items must hold at least one stretch"),
        (short(ready_s=900), "ready_s must be a whole number between 0 and 60, got 900"),
        (short(ready_s=float("nan")), "ready_s must be a whole number"),
        (short(first_side=["left"]), "first_side must be one of left, right"),
        (short(wait_for_me="yes"), "wait_for_me must be true or false, got yes"),
    ],
)
def test_choices_that_cannot_be_planned_are_refused_in_one_line(tmp_path, choices, message):
    with pytest.raises(RoutineError, match=message) as refused:
        save(tmp_path, "Evening", choices)
    assert "\n" not in str(refused.value)
    assert not (tmp_path / FILE).exists()


def test_what_a_plan_does_not_ask_for_is_not_kept(tmp_path):
    choices = short(answers=["pregnant"], ready_s=3.0)
    choices["items"][0]["note"] = "private"
    saved = save(tmp_path, "Evening", choices)
    assert "pregnant" not in (tmp_path / FILE).read_text()
    assert "private" not in (tmp_path / FILE).read_text()
    assert repr(saved.choices["ready_s"]) == "3"


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b'{"routines": [{"id": 1, "name": "x"}]}', b"\xff", b"[" * 9999]
)
def test_a_file_that_cannot_be_understood_says_so_and_stays_beside_the_new_one(tmp_path, content):
    (tmp_path / FILE).write_bytes(content)
    assert listed(tmp_path) == []
    assert "routines.json must be the JSON that hipbook wrote" in trouble(tmp_path)
    assert "\n" not in trouble(tmp_path)
    save(tmp_path, "Evening", short())
    assert (tmp_path / "routines.unreadable.json").read_bytes() == content
    assert [own.name for own in listed(tmp_path)] == ["Evening"]
    assert trouble(tmp_path) == ""


def test_an_entry_that_cannot_be_planned_any_more_is_not_listed_and_not_lost(tmp_path):
    save(tmp_path, "Evening", short())
    content = json.loads((tmp_path / FILE).read_bytes())
    content["routines"].append(
        {"id": "own:old", "name": "Old", "choices": {"items": [{"stretch": "splits"}]}}
    )
    content["routines"].append({"id": "own:not for the log", "name": "By hand", "choices": short()})
    (tmp_path / FILE).write_text(json.dumps(content))
    save(tmp_path, "Morning", short())
    assert [own.name for own in listed(tmp_path)] == ["Evening", "Morning"]
    assert "splits" in (tmp_path / FILE).read_text()


def test_nobody_else_can_save_between_reading_and_writing(tmp_path, monkeypatch):
    taken = []

    def with_a_look_at_the_lock(act):
        def looked(*arguments):
            try:
                with FileLock(tmp_path / f".{FILE}.lock", timeout=0):
                    taken.append(False)
            except Timeout:
                taken.append(True)
            return act(*arguments)

        return looked

    for name in ("_readable", "_write"):
        monkeypatch.setattr(own_routines, name, with_a_look_at_the_lock(getattr(own_routines, name)))
    delete(tmp_path, save(tmp_path, "Evening", short()).id)
    assert taken == [True, True, True, True]


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="must be writable"):
        save(tmp_path / "file", "Evening", short())
