"""Make the sample log in data/: half a year of one invented learner, the same bytes each time.

Run ``python tools/make_samples.py`` after a change here or in ``hipbook/progress/tables.py``. It rewrites the
three sample files and their entries in ``data/datapackage.json``; other entries there stay as they are.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hipbook.progress.rows import check_row, row_line
from hipbook.progress.tables import HOLDS, MEASUREMENTS, SESSIONS, Column, Table

sys.path.insert(0, str(Path(__file__).parent))

from csv_resource import csv_resource, field

SEED = 20260302
START, END = date(2026, 3, 2), date(2026, 8, 30)
HOME, AWAY = ZoneInfo("Europe/Vienna"), ZoneInfo("America/New_York")
TRIP = (date(2026, 6, 8), date(2026, 6, 14))
HOLIDAY = (date(2026, 7, 13), date(2026, 7, 26))
PINCH = date(2026, 5, 6)
LEFT_OUT_UNTIL = date(2026, 5, 12)
CLOCKS_CHANGE = date(2026, 3, 29)
SURE_DAYS = (START, CLOCKS_CHANGE, PINCH, END)
NOTE = "synthetic sample"

ROUTINES = {
    "five_minutes": (("hip_flexor_half_kneeling", "hip_rotator_crossed", "hip_mobilization_towel"), 1),
    "full": (("hip_flexor_half_kneeling", "hip_rotator_figure_four", "hip_mobilization_towel"), 2),
    "hip_flexor": (("hip_flexor_half_kneeling",), 2),
    "no_floor": (("hip_flexor_standing",), 2),
}
TOWEL = "hip_mobilization_towel"
PULLS_S = 28  # seven pulls of 4 s in a set of 42 s
CHANGE_SIDES_S, REST_S = 15, 10

THIGH_CM, HIP_CM = 41.5, 84.0
EXTENSION_DEG = {"left": -2.0, "right": -5.0}
CHANGE_DEG = 3.0  # invented, like all of this: people differ
DAY_SD_DEG, TRIAL_SD_DEG = 2.0, 0.8


class Learner:
    """One invented learner: when they stretch, how it goes, and what they measure."""

    def __init__(self) -> None:
        self.chance = random.Random(SEED)
        self.holds: list[dict[str, object]] = []
        self.sessions: list[dict[str, object]] = []
        self.measurements: list[dict[str, object]] = []

    def live(self) -> None:
        """Go through the half year, day by day."""
        for week in range(26):
            monday = START + timedelta(weeks=week)
            for day in self._days(week, monday):
                self._session(day, week)
        self._correct()
        for number, day in enumerate(_measuring_days()):
            self._measure(day, trials=3 if number % 5 == 0 else 1)

    def _days(self, week: int, monday: date) -> list[date]:
        if _within(monday, HOLIDAY):
            return []
        times = self._pick((2, 3) if week < 6 else (3, 4) if week < 12 else (4, 5))
        times = 2 if _within(monday, TRIP) else times
        days = [monday + timedelta(days=day) for day in self._shuffled(range(7))]
        return sorted(sorted(days, key=lambda day: day not in SURE_DAYS)[:times])

    def _session(self, day: date, week: int) -> None:
        zone = AWAY if _within(day, TRIP) else HOME
        morning = self.chance.random() < 0.6
        minutes = int(self.chance.random() * 50) + (6 * 60 + 40 if morning else 20 * 60 + 30)
        now = datetime.combine(day, time(minutes // 60, minutes % 60, int(self.chance.random() * 60)), zone)
        session_id = f"sample-{day:%Y%m%d}-{'am' if morning else 'pm'}"
        routine = self._routine(day, week)
        for row in self._rows(session_id, routine, day, week):
            row["started_at"], now = now.isoformat(), _later(now, row["held_s"] + row.pop("pause_s"))
            self.holds.append(row)
        self._ending(session_id, now, day, week)

    def _routine(self, day: date, week: int) -> str:
        if _within(day, TRIP):
            return "no_floor"
        draw = self.chance.random()
        if day == PINCH:
            return "full"
        if week < 6:
            return "five_minutes" if draw < 0.7 else "full"
        return "full" if draw < 0.6 else "five_minutes" if draw < 0.85 else "hip_flexor"

    def _rows(self, session_id: str, routine: str, day: date, week: int) -> Iterator[dict[str, object]]:
        stretches, repetitions = ROUTINES[routine]
        phase = 0
        for stretch in stretches:
            flexor = stretch == "hip_flexor_half_kneeling"
            if flexor and PINCH < day < LEFT_OUT_UNTIL:
                continue
            sets = 1 if stretch == TOWEL else repetitions
            for side in ("left", "right"):
                pinches = flexor and day == PINCH and side == "right"
                for repetition in range(1, 2 if pinches else sets + 1):  # a pinch ends the stretch
                    phase += 1
                    row = self._hold(stretch, side, week)
                    if pinches:
                        row |= {"held_s": 12.4, "outcome": "stopped", "reason": "pinch_front_hip"}
                    yield {
                        "id": f"{session_id}-{phase:02d}-1",
                        "local_date": day.isoformat(),
                        "session_id": session_id,
                        "routine": routine,
                        "stretch": stretch,
                        "side": side,
                        "repetition": repetition,
                        "pause_s": REST_S if repetition < sets else CHANGE_SIDES_S,
                    } | row

    def _hold(self, stretch: str, side: str, week: int) -> dict[str, object]:
        planned = PULLS_S if stretch == TOWEL else 30 if week < 14 else 40
        row = {"planned_s": planned, "held_s": planned, "outcome": "done", "reason": ""}
        early_right = 0.09 if side == "right" and week < 8 else 0.0
        draw = self.chance.random()
        if draw < 0.02 + early_right / 3:
            return row | {"held_s": 0, "outcome": "skipped"}
        if draw < 0.05 + early_right:
            held = round(planned * (0.35 + 0.5 * self.chance.random()), 1)
            reason = self._pick(("let_go", "let_go", "too_strong", ""))
            return row | {"held_s": held, "outcome": "stopped", "reason": reason}
        return row

    def _ending(self, session_id: str, now: datetime, day: date, week: int) -> None:
        level = max(0, round(2.6 - week / 12 + 1.1 * (self.chance.random() + self.chance.random() - 1)))
        answered = self.chance.random() < 0.85
        note = NOTE
        if day == PINCH:
            level, answered, note = 5, True, f"{NOTE}: pinch in front of the right hip, stopped"
        elif _within(day, TRIP):
            note = f"{NOTE}: away from home, standing only"
        self.sessions.append(
            {
                "id": f"{session_id}-end",
                "session_id": session_id,
                "ended_at": now.isoformat(),
                "local_date": day.isoformat(),
                "discomfort_0_10": level if answered else None,
                "note": note,
            }
        )

    def _correct(self) -> None:
        """Add one edit (a hold let go early) and one undo (a row by mistake), as a learner would."""
        early, mistaken = self.holds[40], self.holds[90]
        edit = {"id": f"{early['id']}.edit", "voids": early["id"], "outcome": "stopped", "reason": "let_go"}
        self.holds.append(early | edit | {"held_s": 18})
        undo = {name: mistaken[name] for name in ("started_at", "local_date")}
        self.holds.append(undo | {"id": f"{mistaken['id']}.void", "voids": mistaken["id"]})

    def _measure(self, day: date, trials: int) -> None:
        gone = (day - START).days / (END - START).days
        for minute, (side, start) in enumerate(EXTENSION_DEG.items()):
            today = start + CHANGE_DEG * gone + DAY_SD_DEG * self._normal()
            for trial in range(1, trials + 1):
                now = datetime.combine(day, time(18, 4 * minute + trial), HOME)
                inputs = _heights(today + TRIAL_SD_DEG * self._normal())
                self.measurements.append(
                    {
                        "id": f"sample-{day:%Y%m%d}-{side}-{trial}",
                        "measured_at": now.isoformat(),
                        "local_date": day.isoformat(),
                        "test": "thomas_trig",
                        "side": side,
                        "trial": trial,
                        "quantity": "hip_extension",
                        "value_deg": round(extension_deg(inputs), 1),
                        "inputs": json.dumps(inputs),
                        "note": NOTE,
                    }
                )

    # Only random() is used: Python promises its sequence for a seed, and not that of the other methods.
    def _pick(self, choices: tuple) -> object:
        return choices[int(self.chance.random() * len(choices))]

    def _shuffled(self, choices: range) -> list[int]:
        return sorted(choices, key=lambda _: self.chance.random())

    def _normal(self) -> float:
        return sum(self.chance.random() for _ in range(12)) - 6


def extension_deg(inputs: dict[str, float]) -> float:
    """Return hip extension [deg] from heights above the floor: positive when the knee is below the hip."""
    drop = inputs["hip_height_cm"] - inputs["knee_height_cm"]
    return math.degrees(math.asin(drop / inputs["thigh_length_cm"]))


def _heights(angle_deg: float) -> dict[str, float]:
    knee = round(HIP_CM - THIGH_CM * math.sin(math.radians(angle_deg)), 1)
    return {"hip_height_cm": HIP_CM, "knee_height_cm": knee, "thigh_length_cm": THIGH_CM}


def _measuring_days() -> list[date]:
    baseline = [START + timedelta(days=days) for days in (0, 2, 4, 7, 9, 11)]
    weekly = [START + timedelta(days=19 + 7 * week) for week in range(24)]
    return [
        *baseline,
        *(day for day in weekly if day <= END and not _within(day, HOLIDAY) and not _within(day, TRIP)),
    ]


def _within(day: date, span: tuple[date, date]) -> bool:
    return span[0] <= day <= span[1]


def _later(now: datetime, seconds: float) -> datetime:
    # Through UTC, so that a clock change within a session moves the offset and not the time that passed.
    moment = now.astimezone(ZoneInfo("UTC")) + timedelta(seconds=seconds)
    return moment.astimezone(now.tzinfo).replace(microsecond=0)


SAMPLES = {
    "sample_holds": (HOLDS, "holds"),
    "sample_sessions": (SESSIONS, "sessions"),
    "sample_measurements": (MEASUREMENTS, "measurements"),
}


def sample_texts() -> dict[str, str]:
    """Return the sample files' text by resource name."""
    learner = Learner()
    learner.live()
    return {
        name: row_line(table, dict(zip(table.names, table.names, strict=True)))
        + "".join(row_line(table, check_row(table, row)) for row in getattr(learner, rows))
        for name, (table, rows) in SAMPLES.items()
    }


def sample_resource(name: str) -> dict[str, object]:
    """Return the datapackage entry of a sample file: where it is and what its columns mean."""
    table = SAMPLES[name][0]
    return csv_resource(
        name,
        f"Synthetic sample of {table.file}",
        "Synthetic sample: made by tools/make_samples.py, not a real person; no size in it is evidence of "
        f"anything. {table.meaning} A learner's own {table.file} has the same schema.",
        table_schema(table),
    )


def table_schema(table: Table) -> dict[str, object]:
    """Return the Table Schema of a table of the log."""
    return {
        "fields": [_field(table, column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": "id",
    }


def _field(table: Table, column: Column) -> dict[str, object]:
    always = column.required and column.name in table.kept_by_undo
    note = " Blank only in an undo row." if column.required and not always else ""
    if column.kind in ("text", "json"):
        note += " A text that a spreadsheet might run is written with a leading apostrophe."
    return field(column, required=always, note=note)


def package_text(present: str) -> str:
    """Return datapackage.json with the samples' entries as they should be, and the others as they are."""
    package = json.loads(present)
    others = [resource for resource in package["resources"] if resource["name"] not in SAMPLES]
    package["resources"] = [*map(sample_resource, SAMPLES), *others]
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def main(folder: Path) -> None:
    """Write the samples and their descriptions into a data folder."""
    for name, text in sample_texts().items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    package = folder / "datapackage.json"
    package.write_text(package_text(package.read_text(encoding="utf-8")), encoding="utf-8", newline="")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "data")
