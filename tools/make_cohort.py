"""Make a synthetic cohort: a folder of logs of learners who do not exist, the same bytes for the same seed.

``python tools/make_cohort.py FOLDER --learners 1000`` writes ``FOLDER/GROUP/CODE/holds.csv``,
``measurements.csv`` and ``sessions.csv``. Codes and notes say that they are synthetic. A year of a learner is
about 3,600 holds; 10,000 learners take about 6 GB.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hipbook.progress.records import record_line
from hipbook.progress.tables import HOLDS, MEASUREMENTS, SESSIONS

SEED = 20260105
START = date(2025, 1, 6)  # a Monday
ZONE = ZoneInfo("Europe/Vienna")  # its clocks change twice a year
GROUPS = ("synthetic-a", "synthetic-b", "synthetic-c", "synthetic-d")
SHARE_OF_DAYS = {"synthetic-a": 0.75, "synthetic-b": 0.65, "synthetic-c": 0.6, "synthetic-d": 0.5}
STRETCHES = (
    *("hip_flexor_half_kneeling", "hip_flexor_standing"),
    *("hip_rotator_crossed", "hip_rotator_figure_four", "hip_mobilization_towel"),
)
HOLDS_A_DAY = 16
HOLD_S, APART_S = 30, 40
BASELINE_DAYS = (0, 2, 4, 7, 9, 11)
DAY_SD_DEG = 2.0
NOTE = "synthetic: a program made this up"
SAID = "Everything in this folder is synthetic: tools/make_cohort.py made it up. It is nobody's log.\n"


def write_cohort(folder: Path, learners: int, *, weeks: int = 52, processes: int = 1) -> None:
    """Write the logs of a cohort into a folder, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "SYNTHETIC.txt").write_text(SAID, encoding="utf-8")
    places = [(folder, number, weeks) for number in range(learners)]
    if processes == 1:
        for place in places:
            write_learner(place)
        return
    with ProcessPoolExecutor(processes) as pool:
        for _ in pool.map(write_learner, places, chunksize=20):
            pass


def write_learner(place: tuple[Path, int, int]) -> None:
    """Write the three tables of one learner; what stands in them follows from the learner's number."""
    folder, number, weeks = place
    group = GROUPS[number % len(GROUPS)]
    chance = random.Random(f"{SEED} {number}")
    days = list(days_of(chance, SHARE_OF_DAYS[group], weeks))
    here = folder / group / f"synthetic-{number:05d}"
    here.mkdir(parents=True, exist_ok=True)
    rows: dict[str, list[str]] = {"holds": [], "sessions": []}
    for day in days:
        add_session(chance, day, rows)
    rows["measurements"] = list(readings(chance, weeks))
    for table in (HOLDS, SESSIONS, MEASUREMENTS):
        text = record_line(table.names) + "".join(rows[table.name])
        (here / table.file).write_text(text, encoding="utf-8", newline="")


def days_of(chance: random.Random, share: float, weeks: int) -> Iterator[date]:
    """Yield the days on which one stretches: the first, then some; a few learners give up half-way."""
    own = min(0.98, max(0.05, share + 0.15 * (chance.random() - 0.5)))
    last = weeks * 7 if chance.random() < 0.85 else int(weeks * 7 * (0.1 + 0.8 * chance.random()))
    for day in range(max(last, 1)):
        if day == 0 or chance.random() < own:
            yield START + timedelta(days=day)


def add_session(chance: random.Random, day: date, rows: dict[str, list[str]]) -> None:
    """Add the holds of one session, and how it ended."""
    at = datetime(day.year, day.month, day.day, 6, int(chance.random() * 60), tzinfo=UTC)
    session = f"{at:%Y%m%dT%H%M%S}000Z-{int(chance.random() * 2**40):010x}"
    first = int(chance.random() * len(STRETCHES))
    for number in range(HOLDS_A_DAY):
        lived = (at + timedelta(seconds=APART_S * number)).astimezone(ZONE)
        stretch = STRETCHES[(first + number // 4) % len(STRETCHES)]
        draw = chance.random()
        held, outcome, reason = f"{HOLD_S}", "done", ""
        if draw < 0.03:
            held, outcome = "0", "skipped"
        elif draw < 0.06:
            held, outcome, reason = f"{HOLD_S * chance.random():.1f}", "stopped", "knee"
        rows["holds"].append(
            f"{session}-{number:03d},{lived.isoformat()},{day},{session},full,{stretch},"
            f"{('left', 'right')[number % 2]},{number // 2 % 2 + 1},{HOLD_S},{held},{outcome},{reason},,1\n"
        )
    ended = (at + timedelta(seconds=APART_S * HOLDS_A_DAY)).astimezone(ZONE).isoformat()
    discomfort = int(chance.random() * 4)
    rows["sessions"].append(f"{session}-end,{session},{ended},{day},{discomfort},{NOTE},,1\n")


def readings(chance: random.Random, weeks: int) -> Iterator[str]:
    """Yield readings of both hips: six days in the first two weeks, then one day a week."""
    gain = 4 * chance.random() - 1  # invented, like all of this: people differ
    start = {side: -4 + 3 * chance.gauss(0, 1) for side in ("left", "right")}
    for days in (*BASELINE_DAYS, *(7 * week + 2 for week in range(2, weeks))):
        day = START + timedelta(days=days)
        for side in ("left", "right"):
            value = start[side] + gain * days / (weeks * 7) + DAY_SD_DEG * chance.gauss(0, 1)
            yield (
                f"synthetic-{day:%Y%m%d}-{side},{day}T18:00:00+01:00,{day},,,thomas_trig,{side},1,"
                f"hip_extension,{value:.1f},,{NOTE},,1\n"
            )


def main() -> None:
    """Write what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--learners", type=int, default=100)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--processes", type=int, default=1)
    asked = parser.parse_args()
    write_cohort(asked.folder, asked.learners, weeks=asked.weeks, processes=asked.processes)


if __name__ == "__main__":
    main()
