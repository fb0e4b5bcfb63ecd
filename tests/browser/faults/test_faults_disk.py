"""A full disk, a log that may not be written, a log that others rewrite: each hold is written once."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest
from fault_driver import (
    DONE,
    HOLDS,
    ROWS,
    Learner,
    assert_written_once,
    start_without_root_rights,
)
from playwright.sync_api import expect

from hipbook.progress import log

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@pytest.fixture
def small_disk(learner, skip_or_fail) -> Iterator[Path]:
    """Put the learner's log on a disk of 64 kB."""
    mount = shutil.which("mount")
    if mount is None or not hasattr(os, "geteuid") or os.geteuid():
        pytest.skip("a disk of 64 kB has to be mounted, which only root may: run it as root")
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=64k", "tmpfs", learner.log], capture_output=True, text=True
    )
    if made.returncode:
        skip_or_fail("the right to mount", f"allow it ({made.stderr.strip()})")
    yield learner.log
    subprocess.run(["umount", "--lazy", learner.log], check=True)


def fill(disk: Path) -> Path:
    """Write until nothing more fits; return what takes up the space."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(PAGE_BYTES))
    assert shutil.disk_usage(disk).free == 0
    return filler


def nearly_fill_page(learner: Learner) -> bytes:
    """Write earlier holds until the next one needs a new page of the disk, and only its first part fits."""
    path = learner.log / "holds.csv"
    row = {
        "started_at": "2026-01-05T07:15:00+01:00",
        "local_date": "2026-01-05",
        "session_id": "earlier",
        "routine": "no_floor",
        "stretch": "hip_flexor_standing",
        "side": "left",
        "repetition": 1,
        "planned_s": 30,
        "held_s": 30,
        "outcome": "done",
    }
    number = 0
    while not path.exists() or not 20 < -path.stat().st_size % PAGE_BYTES < 110:
        number += 1
        log.append_holds(learner.log, [row | {"id": f"earlier-{number}"}])
    return path.read_bytes()


def test_rows_wait_while_the_disk_is_full_and_nothing_half_is_written(start, learner, small_disk, panel):
    before = nearly_fill_page(learner)
    earlier = learner.count()
    filler = fill(small_disk)
    panel.page.goto(start(learner).address())
    panel.begin()
    panel.shows("finish")
    panel.waits(ROWS, learner, finished=earlier + ROWS)
    expect(panel.claim).to_contain_text("free some disk space")
    assert (learner.log / "holds.csv").read_bytes() == before

    filler.unlink()
    panel.is_saved(learner, finished=earlier + ROWS)
    written = (learner.log / "holds.csv").read_bytes()
    assert written.startswith(before)
    (learner.log / "holds.csv").write_bytes(before.splitlines(keepends=True)[0] + written[len(before) :])
    assert_written_once(learner, panel.held())


@pytest.mark.skipif(os.name == "nt", reason="modes are not what keeps files on Windows")
def test_rows_wait_while_the_log_may_not_be_written(ending, learner, panel):
    path = learner.log / "holds.csv"
    panel.page.goto(ending(start_without_root_rights(learner)).address())
    panel.begin()
    panel.is_in("Right")
    panel.button("Pause").click()
    panel.is_saved(learner, finished=1)
    path.chmod(0o444)
    panel.button("Go on").click()
    panel.shows("finish")
    # The session's row goes to another file, which may be written: only the hold waits.
    panel.waits(1, learner, finished=ROWS)
    expect(panel.claim).to_contain_text("allow writing")
    path.chmod(0o644)
    panel.is_saved(learner)
    assert panel.held() == DONE
    assert_written_once(learner, DONE)


def test_rows_wait_while_no_new_file_may_be_made_in_the_logs_folder(ending, learner, panel):
    learner.log.chmod(0o555)
    panel.page.goto(ending(start_without_root_rights(learner)).address())
    panel.begin()
    panel.shows("finish")
    panel.waits(ROWS, learner, finished=ROWS)
    learner.log.chmod(0o755)
    panel.is_saved(learner)
    assert_written_once(learner, DONE)


def test_a_log_that_a_spreadsheet_saved_between_two_holds_goes_on(start, learner, panel):
    panel.page.goto(start(learner).address())
    panel.begin()
    panel.is_in("Right")
    panel.button("Pause").click()
    panel.is_saved(learner, finished=1)
    path = learner.log / "holds.csv"
    rows = pd.read_csv(path, dtype=str)
    rows[rows.columns[::-1]].to_csv(
        path, index=False, sep=";", quoting=1, lineterminator="\r\n", encoding="utf-8-sig"
    )
    panel.button("Go on").click()
    assert panel.held() == DONE
    panel.is_saved(learner)
    expect(panel.claim).to_contain_text("holds.backup-")
    assert_written_once(learner, DONE)
    assert len(list(learner.log.glob("holds.backup-*.csv"))) == 1
    assert len(learner.rows("holds")) == HOLDS
