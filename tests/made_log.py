"""Whole logs made for tests: holds, sessions and readings of one person, from a single row to ten years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from made_holds import FLEXOR, ROTATOR, TOWEL, made_holds

TODAY = dt.date(2026, 6, 1)
SIDES = ("left", "right")


@dataclass(frozen=True)
class MadeLog:
    """One person's three tables, as a figure takes them."""

    holds: pd.DataFrame
    sessions: pd.DataFrame
    measurements: pd.DataFrame
    until: dt.date | None = TODAY
    synthetic: bool = False

    def part(self, table: str) -> MadeLog:
        return self


def made_sessions(answers: Iterable[tuple[dt.date | str, float | None]]) -> pd.DataFrame:
    """Return the rows of a sessions log from (day, discomfort) pairs."""
    rows = [
        {
            "id": f"e{number:06d}",
            "session_id": f"s{day}",
            "local_date": pd.Timestamp(day),
            "discomfort_0_10": np.nan if answer is None else float(answer),
            "note": "",
        }
        for number, (day, answer) in enumerate(answers)
    ]
    return pd.DataFrame(rows) if rows else made_sessions([("2026-03-02", 1)]).iloc[:0]


def made_readings(
    readings: Iterable[tuple[dt.date | str, str, float]], test: str = "thomas_trig"
) -> pd.DataFrame:
    """Return the rows of a measurements log from (day, side, degrees) triples."""
    rows = [
        {
            "id": f"m{number:06d}",
            "local_date": pd.Timestamp(day),
            "person": "",
            "test": test,
            "side": side,
            "trial": 1,
            "quantity": "hip_extension",
            "value_deg": float(deg),
        }
        for number, (day, side, deg) in enumerate(readings)
    ]
    return pd.DataFrame(rows) if rows else made_readings([("2026-03-02", "left", 1)]).iloc[:0]


def made_log(days: Iterable[dt.date], sides: Iterable[str] = SIDES, every: int = 1) -> MadeLog:
    """Return a log with holds, a session and readings on each of some days, readings on some."""
    days, sides = list(days), list(sides)
    chance = np.random.default_rng(5)
    holds = [(day, name, side, 40) for day in days for name in (FLEXOR, ROTATOR, TOWEL) for side in sides]
    frame = made_holds(holds)
    draw = chance.random(len(frame))
    frame.loc[draw < 0.2, ["held_s", "outcome", "reason"]] = [17.0, "stopped", "let_go"]
    frame.loc[draw < 0.1, ["held_s", "outcome", "reason"]] = [12.0, "stopped", "knee"]
    frame.loc[draw < 0.05, ["held_s", "outcome", "reason"]] = [0.0, "skipped", ""]
    sessions = made_sessions(
        (day, None if number % 7 == 3 else number % 4) for number, day in enumerate(days)
    )
    read = [(day, side, chance.normal(2 * len(side) - 10, 2)) for day in days[::every] for side in sides]
    return MadeLog(frame, sessions, made_readings(read))


def span(first: str, count: int, step: int = 1) -> list[dt.date]:
    """Return so many days from the first on."""
    start = dt.date.fromisoformat(first)
    return [start + dt.timedelta(days=day * step) for day in range(count)]


def one_row() -> MadeLog:
    """Return a log with one row in each table."""
    holds, readings = made_holds([("2026-03-04", FLEXOR, "left", 35)]), [("2026-03-04", "left", -3)]
    return MadeLog(holds, made_sessions([("2026-03-04", 2)]), made_readings(readings))


CASES = {
    "empty": MadeLog(made_holds([]), made_sessions([]), made_readings([])),
    "one_row": one_row(),
    "one_side": made_log(span("2026-03-02", 40, 2), sides=["right"]),
    "single_day": made_log(span("2026-03-04", 1)),
    "ten_years": made_log(span("2016-06-02", 3650), every=7),
    "a_months_gap": made_log(span("2026-01-12", 20) + span("2026-03-14", 70)),
}
"""What the issue of a chart may be: every figure is drawn for each."""
