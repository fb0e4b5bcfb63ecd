"""What a cohort costs: a year of a thousand learners, and of ten thousand, read and put together.

``python bench/cohort.py`` makes both, about 6 GB, and takes about half an hour (``--learners``, ``--folder``
and ``--only`` change that). It prints hipbook beside what one would take instead on the same files, in the
same run, each a process of its own; ``cohort_rivals.py`` has what they do. It exits 1 when a promise is not
kept.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

MOST_MB = 2048 * 1.048576  # 2 GiB
FLAT, LINEAR = 1.25, 1.25
"""At most so much more memory, and time for each learner, with ten times the learners."""

SAMPLE_S = 0.2
RIVALS = Path(__file__).with_name("cohort_rivals.py")
TOOL = Path(__file__).parents[1] / "tools" / "make_cohort.py"
READINGS = {
    "hipbook": "hipbook: every rule of every cell, weeks, days, change; Dask on this machine",
    "pandas": "pandas, one process: weekly sums only, nothing checked",
    "duckdb": "DuckDB, all cores: weekly sums only, nothing checked",
}


def make(folder: Path, learners: int) -> None:
    """Make a cohort unless it is there already, whole."""
    if folder.exists():
        return
    spec = importlib.util.spec_from_file_location("make_cohort", TOOL)
    tool = importlib.util.module_from_spec(spec)
    sys.modules["make_cohort"] = tool
    spec.loader.exec_module(tool)
    part = folder.with_name(f"{folder.name}-part")
    shutil.rmtree(part, ignore_errors=True)
    tool.write_cohort(part, learners)
    part.rename(folder)


def measure(name: str, folder: Path) -> dict[str, float]:
    """Return rows, and of all processes of one reading together the time and the peak of memory [MB].

    Time is by the clock and of the processors. The peak is that of the sum of the processes' resident memory,
    so what they share is counted for each.
    """
    process = subprocess.Popen(
        [sys.executable, str(RIVALS), name, str(folder)], stdout=subprocess.PIPE, text=True
    )
    peak, cpu_s, over = [0.0], {}, threading.Event()

    def watch() -> None:
        whole = psutil.Process(process.pid)
        while not over.wait(SAMPLE_S):
            total = 0
            for one in [whole, *whole.children(recursive=True)]:
                try:
                    total += one.memory_info().rss
                    cpu_s[one.pid] = sum(one.cpu_times()[:2])
                except psutil.NoSuchProcess:
                    continue
            peak[0] = max(peak[0], total / 1e6)

    watcher = threading.Thread(target=watch)
    watcher.start()
    began = time.perf_counter()
    said, _ = process.communicate()
    seconds = time.perf_counter() - began
    over.set()
    watcher.join()
    if process.returncode:
        raise RuntimeError(f"{name} must end well, got exit code {process.returncode}")
    return {"s": seconds, "cpu_s": sum(cpu_s.values()), "mb": peak[0], **json.loads(said.splitlines()[-1])}


def main() -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--learners", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--folder", type=Path, help="where cohorts are kept from run to run")
    parser.add_argument("--only", nargs="+", default=list(READINGS), choices=list(READINGS))
    asked = parser.parse_args()
    head = ["learners", "what", "by the clock [s]", "rows/s", "processor time [s]", "rows/s of it"]
    print(
        f"| {' | '.join([*head, '× hipbook', 'peak memory [MB]'])} |\n| ---: | --- {'| ---: ' * 6}|",
        flush=True,
    )
    ours: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(prefix="hipbook-bench-") as temporary:
        for learners in asked.learners:
            folder = (asked.folder or Path(temporary)) / f"cohort-{learners}"
            make(folder, learners)
            for name in asked.only:
                found = measure(name, folder)
                rate, each = found["rows"] / found["s"], found["rows"] / found["cpu_s"]
                if name == "hipbook":
                    ours[learners] = found | {"each": each}
                beside = f"{each / ours[learners]['each']:.1f}" if learners in ours else ""
                figures = [
                    f"{found['s']:.0f}",
                    f"{rate:,.0f}",
                    f"{found['cpu_s']:.0f}",
                    f"{each:,.0f}",
                    beside,
                ]
                line = [f"{learners:,}", READINGS[name], *figures, f"{found['mb']:.0f}"]
                print(f"| {' | '.join(line)} |", flush=True)
    few, many = min(ours), max(ours)
    larger = ours[many]["mb"] / ours[few]["mb"]
    slower = ours[many]["cpu_s"] / ours[few]["cpu_s"] / (many / few)
    most = max(found["mb"] for found in ours.values())
    promises = {
        f"peak memory {most:.0f} MB, at most {MOST_MB:.0f}": most <= MOST_MB,
        f"memory of {many:,} learners × {larger:.2f} that of {few:,}, at most {FLAT:g}": larger <= FLAT,
        f"processor time for each of {many:,} × {slower:.2f} that of {few:,}, at most {LINEAR:g}": slower
        <= LINEAR,
    }
    print()
    for said, kept in promises.items():
        print(f"- {said}: {'kept' if kept else 'NOT KEPT'}")
    print(f"- load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return 0 if all(promises.values()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
