"""What the log costs: reading a million rows and adding up weeks; appending a row until the disk has it.

``python bench/log.py`` takes about two minutes (``--rows``, ``--rounds`` change that) and prints two tables:
hipbook beside what one would take instead, in the same run. It exits 1 when a promise is not kept. Each
reading is a process of its own, taken in turn; ``log_rivals.py`` has what they do.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from hipbook.progress import log
from hipbook.progress.tables import HOLDS
from hipbook.stretching.catalog import catalog

READ_PROMISE, MEMORY_PROMISE, APPEND_PROMISE = 1.5, 2.0, 2.0
"""At most so many times what the bare way takes."""

ZONE = ZoneInfo("Europe/Berlin")  # clocks change twice a year: two offsets in one file
START = datetime(2010, 1, 1, 6, tzinfo=UTC)
HOLDS_A_SESSION = 16
APPENDS = 300
RIVALS = Path(__file__).with_name("log_rivals.py")

BARE = "pandas: read_csv with parse_dates, UTC stamps, nothing checked, no sums"
OURS = "hipbook: read, every rule of every cell, weekly dose"
READINGS = {
    "bare": BARE,
    "hipbook": OURS,
    "hipbook_bad": "the same, with one bad row in the middle",
    "pandas_local": "pandas: the local stamps to UTC, weekly dose, nothing checked",
    "pandera": "pandas and pandera: UTC stamps, the rules that pandera has, weekly dose",
    "duckdb": "DuckDB: weekly sums from the CSV, local stamps, nothing checked, all cores",
    "bare_arrow": "with pyarrow: read_csv, as above",
    "hipbook_arrow": "with pyarrow: hipbook, as above",
}


def rows(count: int) -> Iterator[tuple[str, datetime, str]]:
    """Yield synthetic holds as id, start in UTC, and the cells after local_date."""
    chance = random.Random(5)
    stretches = [stretch.id for stretch in catalog().stretches]
    routines = [routine.id for routine in catalog().routines]
    at, made = START, 0
    while True:
        at += timedelta(minutes=chance.randrange(60, 280))
        session = f"{at:%Y%m%dT%H%M%S}{chance.randrange(1000):03d}Z-{chance.getrandbits(40):010x}"
        routine = chance.choice(routines)
        for number in range(HOLDS_A_SESSION):
            if made == count:
                return
            made += 1
            outcome = chance.choices(("done", "skipped", "stopped"), (93, 4, 3))[0]
            held_s = 30 if outcome == "done" else round(chance.uniform(0, 29), 1)
            reason = chance.choice(("", "knee", "pinch_front_hip", "let_go")) if outcome == "stopped" else ""
            side = ("left", "right")[number % 2]
            cells = f"{session},{routine},{chance.choice(stretches)},{side},{number // 2 + 1}"
            start = at + timedelta(seconds=40 * number)
            yield f"{session}-{number:03d}", start, f"{cells},30,{held_s},{outcome},{reason},,1"


def write_logs(folder: Path, count: int) -> None:
    """Write the same holds as the log has them, with UTC stamps, and with one bad row."""
    header = ",".join(HOLDS.names) + "\n"
    names = ("holds.csv", "utc.csv", "bad.csv")
    local, utc, bad = (open(folder / name, "w", encoding="utf-8", newline="") for name in names)  # noqa: SIM115, PTH123
    with local, utc, bad:
        for file in (local, utc, bad):
            file.write(header)
        for number, (id, start, cells) in enumerate(rows(count)):
            lived = start.astimezone(ZONE)
            line = f"{id},{lived.isoformat(timespec='seconds')},{lived:%Y-%m-%d},{cells}\n"
            local.write(line)
            bad.write(line.replace(",30,", ",-30,", 1) if number == count // 2 else line)
            utc.write(f"{id},{start:%Y-%m-%dT%H:%M:%SZ},{lived:%Y-%m-%d},{cells}\n")


def measure_reading(folder: Path, rounds: int) -> dict[str, dict[str, float]]:
    """Return the least times [s] and the least peak memory [MB] of each reading, of all rounds."""
    best: dict[str, dict[str, float]] = {}
    for _ in range(rounds):
        for name in READINGS:
            command = [sys.executable, str(RIVALS), name, str(folder)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            found = json.loads(done.stdout)
            had = best.setdefault(name, found)
            best[name] = {key: min(had[key], found[key]) for key in found}
    return best


def measure_appending(folder: Path) -> tuple[float, float, float]:
    """Return the median times [ms] of appending a row, hipbook's and bare, and the median ratio of pairs."""
    chance, ours, bare = random.Random(6), [], []
    with (folder / "bare.csv").open("ab", buffering=0) as file:
        for id, start, cells in rows(APPENDS):
            values = f"{id},{start.isoformat()},{start:%Y-%m-%d},{cells}".split(",")
            row, line = dict(zip(HOLDS.names, values, strict=True)), (",".join(values) + "\n").encode()

            def append(row: Mapping[str, str] = row) -> None:
                log.append_holds(folder / "log", [row])

            def write(line: bytes = line) -> None:
                file.write(line)
                os.fsync(file.fileno())

            # In no fixed order: whoever comes second finds the disk awake.
            for act, found in chance.sample([(append, ours), (write, bare)], 2):
                began = time.perf_counter()
                act()
                found.append((time.perf_counter() - began) * 1000)
    ratio = median(one / other for one, other in zip(ours, bare, strict=True))
    return median(ours), median(bare), ratio


def promise(ratio: float, most: float) -> str:
    """Return what the table says of a promise."""
    return f"≤ {most:g}: {'kept' if ratio <= most else 'NOT KEPT'}"


def reading_table(found: Mapping[str, Mapping[str, float]]) -> tuple[str, bool]:
    """Return the table, and whether both promises are kept."""
    head = ["reading", "by the clock [s]", "processor time [s]", "× bare", "promise"]
    head += ["peak memory [MB]", "× bare", "promise"]
    lines, kept = [head, ["---", *["---:"] * 3, "---", *["---:"] * 2, "---"]], True
    for name, what in READINGS.items():
        clock_s, cpu_s, memory = (found[name][key] for key in ("s", "cpu_s", "mb"))
        slower, larger = cpu_s / found["bare"]["cpu_s"], memory / found["bare"]["mb"]
        promises = ["", ""]
        if name == "hipbook":
            promises = [promise(slower, READ_PROMISE), promise(larger, MEMORY_PROMISE)]
            kept = slower <= READ_PROMISE and larger <= MEMORY_PROMISE
        figures = [f"{clock_s:.2f}", f"{cpu_s:.2f}", f"{slower:.2f}", promises[0]]
        lines.append([what, *figures, f"{memory:.0f}", f"{larger:.2f}", promises[1]])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines), kept


def main() -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hipbook-bench-") as name:
        folder = Path(name)
        write_logs(folder, asked.rows)
        size_mb = (folder / "holds.csv").stat().st_size / 1e6
        print(f"{asked.rows:,} rows, {size_mb:.0f} MB; {asked.rounds} rounds\n", flush=True)
        table, kept = reading_table(measure_reading(folder, asked.rounds))
        print(table, end="\n\n", flush=True)
        ours_ms, bare_ms, ratio = measure_appending(folder)
    print(
        "| appending a row | median [ms] | × bare, median of pairs | promise |\n| --- | ---: | ---: | --- |"
    )
    promised = promise(ratio, APPEND_PROMISE)
    print(f"| bare: write and fsync, the file kept open | {bare_ms:.2f} | 1.00 | |")
    print(f"| hipbook: checked, locked, once, synced | {ours_ms:.2f} | {ratio:.2f} | {promised} |")
    return 0 if kept and ratio <= APPEND_PROMISE else 1


if __name__ == "__main__":
    raise SystemExit(main())
