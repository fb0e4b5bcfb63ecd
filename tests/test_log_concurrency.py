"""Several writers at once, and writers killed at any moment: nothing lost, doubled or torn."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
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


def test_eight_processes_lose_and_double_nothing(tmp_path):
    writers = [writer(tmp_path, f"w{number}", 500) for number in range(8)]
    said = [id for process in writers for id in process.communicate(timeout=300)[0].split()]
    table = log.read_holds(tmp_path, strict=True)
    expected = sorted(f"w{number}-{row}" for number in range(8) for row in range(500))
    assert sorted(said) == sorted(table.rows["id"]) == expected


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


KILLED = """
import os, random, signal, sys
from hipbook.progress import conversion, log  # no child spends its life on imports
folder, kills, chance = sys.argv[1], int(sys.argv[2]), random.Random(int(sys.argv[3]))
row = {"started_at": "2026-03-29T07:15:00+02:00", "local_date": "2026-03-29", "session_id": "s1",
       "routine": "full", "stretch": "hip_rotator_crossed", "side": "left", "repetition": 1,
       "planned_s": 30, "held_s": 30, "outcome": "done"}
ours = os.path.dirname(os.path.dirname(log.__file__))

def killed_at(left, *files):
    def trace(frame, event, argument):
        nonlocal left
        path = frame.f_code.co_filename
        if not path.startswith(ours) or not path.endswith(files or (".py",)):
            return None
        if event == "line":
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace
    sys.settrace(trace)

def resaved(folder):
    path = os.path.join(folder, "holds.csv")
    with open(path, newline="") as file:
        text = file.read()
    with open(path, "w", newline="") as file:
        file.write(text.replace(",", ";"))

for attempt in range(kills):
    place = os.path.join(folder, str(attempt // 10))
    is_resaved = attempt % 10 > 7 and os.path.exists(os.path.join(place, "holds.csv"))
    if is_resaved:
        resaved(place)  # so that the conversion is killed, too
    # Drawn before the fork: all children would draw the same.
    line = chance.randrange(1, 100) if is_resaved else chance.randrange(1, 2500)
    heard, tell = os.pipe()
    child = os.fork()
    if not child:
        if is_resaved:
            killed_at(line, "atomic.py", "conversion.py", "durable.py")  # what touches the disk
        for number in range(1000):
            if number == attempt % 10 % 2 and not is_resaved:
                killed_at(line)  # with the file unknown to it, or known
            (id,) = log.append_holds(place, [row | {"id": f"k{attempt}-{number}"}]).written
            os.write(tell, f"{id}\\n".encode())
    os.close(tell)
    with open(heard) as file:
        print(file.read(), end="", flush=True)
    status = os.waitpid(child, 0)[1]
    assert os.WTERMSIG(status) == signal.SIGKILL, status
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and fork are Unix's")
def test_a_writer_killed_at_any_line_of_its_code_loses_doubles_and_tears_no_row(tmp_path):
    command = [sys.executable, "-c", KILLED, str(tmp_path), "240", "11"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    acknowledged = done.stdout.split()
    kept = Counter()
    for folder in tmp_path.iterdir():
        assert log.append_holds(folder, [hold(f"after-{folder.name}")]).written
        table = log.read_holds(folder)
        assert table.rejected == []
        kept.update(table.rows["id"])
    assert set(acknowledged) <= set(kept)
    assert set(kept.values()) == {1}
    # The killer met all: attempts that saved nothing, few and more; rows that were written and not told of;
    # conversions that were done and that were not.
    saved = Counter(id.partition("-")[0] for id in acknowledged)
    assert 100 < len(saved) < 240
    assert len(set(saved.values())) > 3
    assert len(kept) - 24 > len(acknowledged)
    assert list(tmp_path.rglob("holds.backup-*.csv"))
    assert list(tmp_path.rglob(".holds*.tmp"))
