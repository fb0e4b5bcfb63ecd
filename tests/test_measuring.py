"""What a panel that measures gets from Python, which readings Python writes, and the person's own error."""

from __future__ import annotations

import csv
import datetime as dt
import json
import subprocess
import sys

import log_rows
import pytest

from hipbook import measuring, workspace
from hipbook.guide import Recorder
from hipbook.measuring import TESTS, check_readings, measure_data, readings_so_far, value_deg
from hipbook.progress import log
from hipbook.progress.measure import MeasureError
from hipbook.progress.scatter import ASSUMED_MDC_DEG, LEAST_DAYS, t_quantile
from hipbook.strings import spoken, text
from hipbook.widgets.measure import Measure, measure

DAY = dt.date(2026, 11, 2)
TAPE = {"hip_height_cm": 84, "knee_height_cm": 80, "thigh_length_cm": 41.5}


@pytest.fixture
def learner(tmp_path, monkeypatch):
    made, _ = workspace.create(tmp_path / "workbook")
    monkeypatch.setenv(workspace.VARIABLE, str(made.folder))
    return made


def reading(number: int, value: float = 5.5, day: dt.date = DAY, **changes):
    """Return a row as a panel sends it."""
    row = {
        "id": f"m{number:03d}",
        "measured_at": f"{day}T07:20:00+01:00",
        "local_date": f"{day}",
        "person": "",
        "rater": "",
        "test": "thomas_phone",
        "side": "left",
        "trial": 1,
        "quantity": "hip_extension",
        "value_deg": value,
        "inputs": json.dumps({"raw_deg": -value, "level_deg": 0, "pelvis": "watched"}),
        "note": "",
        "voids": "",
        "schema": 1,
    }
    return {"table": "measurements", "row": row | changes}


def send(learner, *entries):
    return Recorder(learner).answer({"kind": "rows", "rows": list(entries)})


def written(learner) -> list[dict[str, str]]:
    path = learner.log_folder / "measurements.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- from what was read off to degrees ------------------------------------


@pytest.mark.parametrize(
    ("test", "inputs", "deg"),
    [
        ("thomas_trig", TAPE, 5.53),
        ("thomas_trig", TAPE | {"knee_height_cm": 84}, 0.0),
        ("thomas_goniometer", {"angle_deg": 12, "knee": "below"}, 12.0),
        ("thomas_goniometer", {"angle_deg": 12, "knee": "above"}, -12.0),
        ("prone_phone", {"angle_deg": 12, "knee": "above"}, 12.0),
        ("prone_phone", {"angle_deg": 12, "knee": "below"}, -12.0),
        ("thomas_phone", {"raw_deg": -6, "level_deg": 2}, 8.0),
        ("prone_phone", {"raw_deg": 14, "level_deg": 2}, 12.0),
    ],
)
def test_extension_is_positive_and_zero_is_the_level_thigh_in_every_test(test, inputs, deg):
    assert value_deg(test, inputs | {"pelvis": "watched"}) == pytest.approx(deg, abs=0.01)


@pytest.mark.parametrize(
    ("test", "inputs", "message"),
    [
        ("prone_inclinometer", {}, "test must be one of thomas_trig, .*, got 'prone_inclinometer'"),
        ("thomas_trig", {}, "inputs must have hip_height_cm, got nothing"),
        (
            "thomas_trig",
            TAPE | {"thigh_length_cm": None},
            "thigh_length_cm must be a finite number, got None",
        ),
        ("thomas_trig", TAPE | {"knee_height_cm": 20}, "must differ by at most 35.9"),
        ("thomas_phone", {"raw_deg": 3}, "inputs must have level_deg, got raw_deg"),
        ("thomas_phone", {"angle_deg": 12}, "knee must be one of below, above, got None"),
        ("thomas_phone", {"angle_deg": 61, "knee": "below"}, "angle_deg must be between 0 and 60, got 61"),
        ("thomas_phone", {"angle_deg": "1", "knee": "below"}, "angle_deg must be between 0 and 60, got '1'"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(test, inputs, message):
    with pytest.raises(MeasureError, match=message):
        value_deg(test, inputs)


def test_the_browsers_twin_is_held_to_these_numbers(root, load_tool):
    golden = load_tool("write_golden_measure").golden()
    path = root / "frontend" / "golden" / "measure.json"
    assert json.loads(path.read_text(encoding="utf-8")) == golden


# --- which readings are written -------------------------------------------


def test_a_reading_is_written_once_then_acknowledged_with_what_it_means(learner):
    replies = send(learner, reading(1))
    assert replies[0] == {"kind": "saved", "table": "measurements", "ids": ["m001"], "notes": []}
    assert [(one["test"], one["side"], one["days"]) for one in replies[1]["errors"]] == [
        ("thomas_phone", "left", 1)
    ]
    assert send(learner, reading(1))[0]["ids"] == ["m001"]
    assert [(row["id"], row["value_deg"]) for row in written(learner)] == [("m001", "5.5")]


def test_a_value_that_does_not_follow_from_its_inputs_is_not_written(learner):
    replies = send(learner, reading(1, value_deg=15.5), reading(2))
    assert [row["id"] for row in written(learner)] == ["m002"]
    assert replies[-1] == {
        "kind": "not_saved",
        "table": "measurements",
        "key": "player.trouble.row",
        "why": "measurements: value_deg must follow from inputs, 5.5, got 15.5",
    }


def test_a_reading_is_undone_by_a_row_that_names_it(learner):
    when = {name: reading(1)["row"][name] for name in ("measured_at", "local_date")}
    undo = {"table": "measurements", "row": {"id": "m001.void", "voids": "m001", "schema": 1} | when}
    replies = send(learner, reading(1), undo)
    assert replies[0]["ids"] == ["m001", "m001.void"]
    assert log.read_measurements(learner.log_folder).rows.empty
    assert replies[1]["errors"] == []


def test_the_player_brings_home_a_reading_that_waited(learner):
    """The browser keeps what waits by workspace: whichever panel is opened next sends it."""
    hold = {"table": "holds", "row": log_rows.hold("s1-001")}
    kinds = [reply["kind"] for reply in send(learner, hold, reading(1))]
    assert kinds == ["saved", "saved", "readings"]


@pytest.mark.parametrize("inputs", ["", "{}", "[]", "no json"])
def test_a_reading_without_its_inputs_is_not_written(learner, inputs):
    assert [reply["kind"] for reply in send(learner, reading(1, inputs=inputs))] == ["not_saved"]
    assert written(learner) == []


def test_half_a_tenth_of_rounding_is_no_contradiction():
    row = reading(1, 5.5)["row"] | {"test": "thomas_trig", "inputs": json.dumps(TAPE)}
    assert check_readings([row]) == ([row], [])
    assert check_readings([row | {"value_deg": 5.7}])[0] == []


# --- the person's own error -----------------------------------------------


def own(learner, today: dt.date, test: str = "thomas_phone") -> dict:
    found = readings_so_far(learner, today)["errors"]
    return next(one for one in found if (one["test"], one["side"]) == (test, "left"))


def test_five_separate_days_of_the_first_weeks_give_sem_and_mdc(learner):
    values = [5, 7, 6, 8, 4]
    send(learner, *(reading(n, value, DAY + dt.timedelta(n)) for n, value in enumerate(values)))
    found = own(learner, DAY + dt.timedelta(5))
    assert (found["days"], found["assumed"], found["open"]) == (5, False, True)
    assert found["sem_deg"] == pytest.approx(2.5**0.5)
    assert found["mdc_deg"] == pytest.approx(t_quantile(0.975, 4) * 5**0.5)


def test_three_trials_of_one_day_are_one_day_and_until_five_it_is_our_assumption(learner):
    send(learner, *(reading(n, 5 + n, trial=n) for n in (1, 2, 3)))
    found = own(learner, DAY)
    assert (found["days"], found["sem_deg"], found["mdc_deg"]) == (1, None, ASSUMED_MDC_DEG)
    assert found["assumed"]


def test_readings_after_the_first_weeks_hold_no_error_for_they_may_hold_a_change(learner):
    early = [reading(n, 5 + n % 2, DAY + dt.timedelta(n)) for n in range(4)]
    late = [reading(20 + n, 25, DAY + dt.timedelta(20 + n)) for n in range(9)]
    send(learner, *early, *late)
    found = own(learner, DAY + dt.timedelta(40))
    assert (found["days"], found["assumed"], found["open"]) == (4, True, False)


def test_weeks_count_from_the_first_stretch_when_measuring_began_before_it(learner):
    send(learner, *(reading(n, 5 + n % 2, DAY + dt.timedelta(3 * n)) for n in range(6)))
    assert own(learner, DAY)["days"] == 5
    start = DAY + dt.timedelta(16)
    held = log_rows.hold("s1-001") | {"local_date": f"{start}", "started_at": f"{start}T08:00:00+01:00"}
    log.append_holds(learner.log_folder, [held])
    assert own(learner, DAY)["days"] == 6
    skipped = log_rows.hold("s0-001", held_s=0, outcome="skipped")
    log.append_holds(learner.log_folder, [skipped])
    assert own(learner, DAY)["days"] == 6


def test_tests_sides_and_other_people_are_kept_apart(learner):
    typed = json.dumps({"angle_deg": 9, "knee": "below"})
    send(
        learner,
        reading(1),
        reading(2, side="right"),
        reading(3, 9, test="thomas_goniometer", inputs=typed),
        reading(4, person="K7"),
    )
    found = [(one["test"], one["side"], one["days"]) for one in readings_so_far(learner, DAY)["errors"]]
    assert sorted(found) == [
        ("thomas_goniometer", "left", 1),
        ("thomas_phone", "left", 1),
        ("thomas_phone", "right", 1),
    ]


def test_readings_of_today_and_yesterday_are_known_to_a_panel_that_is_opened_again(learner):
    send(learner, *(reading(n, day=DAY + dt.timedelta(n)) for n in range(3)))
    found = readings_so_far(learner, DAY + dt.timedelta(2))["recent"]
    assert [one["id"] for one in found] == ["m001", "m002"]
    assert found[0] == {
        "id": "m001", "test": "thomas_phone", "side": "left", "trial": 1, "value_deg": 5.5,
        "local_date": "2026-11-03",
    }  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"id;what\n1;2\n"])
def test_a_log_that_cannot_be_understood_keeps_no_panel_from_opening(learner, content):
    learner.log_folder.mkdir(exist_ok=True)
    (learner.log_folder / "measurements.csv").write_bytes(content)
    data = measure_data(learner)
    assert (data["errors"], data["recent"]) == ([], [])


def test_a_log_that_cannot_be_opened_keeps_no_panel_from_opening(learner):
    (learner.log_folder / "measurements.csv").mkdir(parents=True)
    assert measure_data(learner)["errors"] == []


# --- the panel ------------------------------------------------------------


def test_the_data_are_json_and_say_all_that_the_panel_asks_for(learner):
    data = json.loads(json.dumps(measure_data(learner, "prone_phone", "right"), allow_nan=False))
    assert (data["test"], data["side"], data["workspace_id"], data["saves"]) == (
        "prone_phone",
        "right",
        learner.id,
        True,
    )
    assert [one["name"] for one in data["tests"]] == list(TESTS)
    assert data["strings"] == spoken()
    assert data["numbers"]["least_days"] == LEAST_DAYS


def test_without_a_workspace_it_is_practice_and_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.delenv(workspace.VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    panel = measure()
    panel._handle_custom_msg({"kind": "rows", "rows": [reading(1)]}, [])
    assert (panel.data["saves"], panel.data["workspace_id"]) == (False, "")
    assert list(tmp_path.iterdir()) == []


def test_a_panel_answers_what_its_browser_side_sends(learner, monkeypatch):
    sent = []
    monkeypatch.setattr(Measure, "send", lambda self, content, buffers=None: sent.append(content))
    measure("thomas_phone")._handle_custom_msg({"kind": "rows", "rows": [reading(1)]}, [])
    assert [message["kind"] for message in sent] == ["saved", "readings"]
    assert len(written(learner)) == 1


def test_where_there_is_no_browser_it_says_what_it_is(learner):
    said = repr(measure("thomas_phone"))
    assert said == text("measuring.static", test=text("measure.test.thomas_phone"))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (("splits",), "test must be one of thomas_trig, .*, got 'splits'"),
        (("thomas_trig", "both"), "side must be one of left, right, got 'both'"),
    ],
)
def test_a_wrong_word_is_answered_in_one_line(learner, given, message):
    with pytest.raises(MeasureError, match=message):
        measure(*given)


def test_guiding_a_stretch_loads_nothing_of_measuring(learner):
    code = (
        "import sys, hipbook as hb\n"
        "hb.player('five_minutes')\n"
        "print(*({'hipbook.measuring', 'numpy'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_every_test_of_the_panel_is_one_that_the_log_knows():
    assert set(TESTS) <= set(measuring.METHODS)
