"""Holds tables made for tests: one line per hold, everything else filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from types import SimpleNamespace

import pandas as pd

FLEXOR, ROTATOR, TOWEL = "hip_flexor_half_kneeling", "hip_rotator_crossed", "hip_mobilization_towel"
STRETCHES = (
    SimpleNamespace(id=FLEXOR, muscle_group="hip_flexors", mode="hold"),
    SimpleNamespace(id="hip_flexor_standing", muscle_group="hip_flexors", mode="hold"),
    SimpleNamespace(id=ROTATOR, muscle_group="hip_rotators", mode="hold"),
    SimpleNamespace(id=TOWEL, muscle_group="hip_mobilization", mode="cycles"),
)

Hold = tuple[dt.date | str, str, str, float]


def made_holds(holds: Iterable[Hold], outcome: str = "done") -> pd.DataFrame:
    """Return the rows of a log from (day, stretch, side, held_s) tuples."""
    rows = [
        {
            "id": f"h{number:06d}",
            "started_at": pd.Timestamp(day, tz="UTC"),
            "local_date": pd.Timestamp(day),
            "session_id": f"s{day}",
            "routine": "full",
            "stretch": stretch,
            "side": side,
            "repetition": 1,
            "planned_s": 40.0,
            "held_s": float(held_s),
            "outcome": outcome,
            "reason": "",
            "voids": "",
            "schema": 1,
        }
        for number, (day, stretch, side, held_s) in enumerate(holds)
    ]
    if rows:
        return pd.DataFrame(rows)
    one = made_holds([("2026-03-02", FLEXOR, "left", 1)])
    return one.iloc[:0]


def every_day(
    first: str, days: int, held_s: float = 60, sides: Iterable[str] = ("left", "right")
) -> list[Hold]:
    """Return one flexor hold a side on each of ``days`` days."""
    start = dt.date.fromisoformat(first)
    return [(start + dt.timedelta(days=n), FLEXOR, side, held_s) for n in range(days) for side in sides]
