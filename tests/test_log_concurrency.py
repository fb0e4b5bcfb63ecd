"""Several writers at once, and writers killed at any moment: nothing lost, doubled or torn."""

from __future__ import annotations

import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from log_rows import hold

from hipbook.progress import log

WRITER = """
import sys
from hipbook.progress import log
folder, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
row = {"started_at": "2026-03-29T07:15:00+02:00", "local_date": "2026-03-29", "session_id": "s1",
       "routine": "full", "stretch": "hip_rotator_crossed", "side": "left", "repetition": 1,
       "planned_s": 30, "held_s": 30, "outcome": "done"}
for number in range(count):
    for id in log.append_holds(folder, [row | {"id": f"{name}-{number}"}]).written:
        print(id, flush=True)
"""


def writer(folder, name, count):
    command = [sys.executable, "-c", WRITER, str(folder), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_four_processes_lose_and_double_nothing(tmp_path):
    writers = [writer(tmp_path, f"w{number}", 100) for number in range(4)]
    said = [id for process in writers for id in process.communicate(timeout=50)[0].split()]
    table = log.read_holds(tmp_path, strict=True)
    expected = {f"w{number}-{row}" for number in range(4) for row in range(100)}
    assert len(said) == 400
    assert set(said) == set(table.rows["id"]) == expected
    assert len(table.rows) == 400


def test_four_processes_with_the_same_rows_write_each_once(tmp_path):
    writers = [writer(tmp_path, "same", 40) for _ in range(4)]
    said = [id for process in writers for id in process.communicate(timeout=50)[0].split()]
    assert sorted(said) == sorted(f"same-{row}" for row in range(40))
    assert len(log.read_holds(tmp_path, strict=True).rows) == 40


def test_threads_of_one_kernel_write_each_row_once(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: log.append_holds(tmp_path, [hold(f"r{number % 40}")]), range(120)))
    assert sorted(log.read_holds(tmp_path, strict=True).rows["id"]) == sorted(f"r{n}" for n in range(40))


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is Unix's")
def test_a_writer_killed_at_any_moment_loses_no_acknowledged_row(tmp_path):
    chance = random.Random(7)
    acknowledged = []
    for attempt in range(20):
        process = writer(tmp_path, f"k{attempt}", 10_000)
        heard = [process.stdout.readline() for _ in range(chance.randrange(0, 25))]
        process.kill()
        heard += process.communicate()[0].splitlines(keepends=True)
        acknowledged += [line.strip() for line in heard if line.endswith("\n")]
    assert log.append_holds(tmp_path, [hold("after")]).written == ["after"]
    table = log.read_holds(tmp_path)
    assert set(acknowledged) <= set(table.rows["id"])
    assert table.rows["id"].is_unique
    # A row that nobody was told of may be torn by the kill; then it stands apart.
    assert len(table.rejected) <= 20
    assert len(acknowledged) > 100
