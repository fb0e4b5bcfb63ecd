"""What a page hands in is what ``hipbook log export`` hands out, and ``hipbook class analyse`` reads it."""

from __future__ import annotations

import json

import pytest

from hipbook.classroom.cohort_logs import find_logs
from hipbook.classroom.cohort_reading import batches, fetch, read_batch
from hipbook.progress.tables import HOLDS

pytest.importorskip("fsspec")


@pytest.fixture(scope="module")
def golden(root) -> dict:
    """Return a log, and the text that frontend/test/log.test.js holds the page's file to."""
    return json.loads((root / "frontend" / "golden" / "log.json").read_text(encoding="utf-8"))["handed_in"]


def test_what_is_handed_in_holds_no_reason(golden):
    head = golden["text"].splitlines()[0].split(",")
    assert head == [column.name for column in HOLDS.columns if not column.private]
    reasons = {row["reason"] for row in golden["rows"]} - {""}
    assert len(reasons) > 1
    assert not any(reason in golden["text"] for reason in reasons)


def test_an_undone_hold_is_not_handed_in(golden):
    handed_in = [line.split(",")[0] for line in golden["text"].splitlines()[1:]]
    assert handed_in == ["a", "c", "d"]


def test_a_class_finds_and_reads_the_file_under_its_code(golden, tmp_path):
    (tmp_path / "7a").mkdir()
    (tmp_path / "7a" / "K7M-holds.csv").write_text(golden["text"], encoding="utf-8")
    found = find_logs(str(tmp_path))
    assert [(log.group, [table for table, _ in log.files]) for log in found.logs] == [("7a", ["holds"])]
    [batch] = batches(found.fs, found.logs)
    not_used: list = []
    [person] = read_batch(batch, fetch(batch), not_used)
    assert [*found.not_used, *not_used] == []
    assert list(person.holds["side"]) == ["left", "left", "right"]
    assert list(person.holds["held_s"]) == [12.5, 0, 20]
