"""Stops and their reasons: what stands in the log counts, and a log that cannot be read stops nobody."""

from __future__ import annotations

import subprocess
import sys

import pytest

from hipbook.progress import log
from hipbook.progress.stops import standing_stops


def hold(number: int, reason: str = "knee", **changes):
    return {
        "id": f"s1-{number:03d}",
        "started_at": "2026-11-23T07:15:00+01:00",
        "local_date": "2026-11-23",
        "session_id": "s1",
        "routine": "five_minutes",
        "stretch": "hip_flexor_standing",
        "side": "left",
        "repetition": 1,
        "planned_s": 30,
        "held_s": 12,
        "outcome": "stopped",
        "reason": reason,
    } | changes


def test_stopped_holds_are_named_with_the_reason_that_was_kept(tmp_path):
    rows = [hold(1), hold(2), hold(3, "pinch_front_hip"), hold(4, ""), hold(5, "", outcome="done")]
    log.append_holds(tmp_path, [*rows, hold(6, outcome="skipped")])
    assert standing_stops(tmp_path) == {"s1-001": "knee", "s1-002": "knee", "s1-003": "pinch_front_hip"}


def test_a_voided_stop_does_not_count_and_its_new_version_does(tmp_path):
    log.append_holds(tmp_path, [hold(1), hold(2), hold(3, "let_go", voids="s1-002")])
    log.void(tmp_path, "holds", "s1-001")
    assert standing_stops(tmp_path) == {"s1-003": "let_go"}


def test_a_row_that_was_copied_within_the_file_counts_once(tmp_path):
    log.append_holds(tmp_path, [hold(1)])
    path = tmp_path / "holds.csv"
    path.write_bytes(path.read_bytes() + path.read_bytes().splitlines(keepends=True)[-1])
    assert standing_stops(tmp_path) == {"s1-001": "knee"}


def test_a_torn_line_costs_only_itself(tmp_path):
    log.append_holds(tmp_path, [hold(1)])
    with (tmp_path / "holds.csv").open("a") as file:
        file.write('s1-002,2026-11-23T07:15:00+01:00,"2026')
    assert standing_stops(tmp_path) == {"s1-001": "knee"}


def test_a_file_that_a_spreadsheet_saved_is_understood(tmp_path):
    log.append_holds(tmp_path, [hold(1), hold(2)])
    path = tmp_path / "holds.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8-sig")
    assert standing_stops(tmp_path) == {"s1-001": "knee", "s1-002": "knee"}


@pytest.mark.parametrize("content", [None, b"", b"\xff\x00\x01", b"a,b\n1,2\n"])
def test_a_log_that_is_not_there_or_none_of_ours_has_no_stops(tmp_path, content):
    if content is not None:
        (tmp_path / "holds.csv").write_bytes(content)
    assert standing_stops(tmp_path) == {}


def test_a_log_that_cannot_be_opened_has_no_stops(tmp_path):
    (tmp_path / "holds.csv").mkdir()
    assert standing_stops(tmp_path) == {}


def test_counting_needs_neither_numpy_nor_pandas(tmp_path):
    (tmp_path / "holds.csv").write_text("id;side\n1;left\n")
    code = (
        "import sys; from hipbook.progress.stops import standing_stops\n"
        f"standing_stops({str(tmp_path)!r}); print(*({{'numpy', 'pandas'}} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
