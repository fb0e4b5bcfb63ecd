"""How long a chart of ten years takes, and how long it takes to draw it anew when a filter changes.

``python bench/charts.py`` takes about half a minute and prints a table: medians and largest times of every
picture of one's progress, for a made-up log of 3,650 days × 12 holds. It exits 1 when a promise is not kept.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import numpy as np
import pandas as pd

from hipbook.figures import views
from hipbook.widgets.progress import ProgressPanel

DAYS, HOLDS_A_DAY = 3650, 12
FIRST = dt.date(2016, 9, 5)
CHART_PROMISE_MS, REDRAW_PROMISE_MS = 300, 100
TIMES = 7
STRETCHES = ("hip_flexor_half_kneeling", "hip_rotator_figure_four", "hip_mobilization_towel")
REASONS = ("let_go", "too_strong", "pinch_front_hip", "knee", "")


@dataclass(frozen=True)
class TenYears:
    """A made-up log of ten years, as the reader of the log would give it."""

    holds: pd.DataFrame
    sessions: pd.DataFrame
    measurements: pd.DataFrame
    until: dt.date
    synthetic: bool = True

    def part(self, table: str) -> TenYears:
        """Return itself."""
        return self


def ten_years() -> TenYears:
    """Return 43,800 holds, 3,650 sessions, and readings of both hips every week, three trials each."""
    chance = np.random.default_rng(20260302)
    days = pd.date_range(FIRST, periods=DAYS, unit="us")
    n = DAYS * HOLDS_A_DAY
    planned = np.where(np.arange(n) < n // 2, 30.0, 40.0)
    draw = chance.random(n)
    outcome = np.where(draw < 0.03, "skipped", np.where(draw < 0.08, "stopped", "done"))
    held = np.where(
        outcome == "skipped", 0, np.where(outcome == "stopped", planned * chance.random(n), planned)
    )
    reason = np.where(outcome == "stopped", chance.choice(REASONS, n), "")
    holds = pd.DataFrame(
        {
            "local_date": np.repeat(days, HOLDS_A_DAY),
            "session_id": np.repeat([f"s{day:%Y%m%d}" for day in days], HOLDS_A_DAY),
            "stretch": pd.Categorical(np.tile(np.repeat(STRETCHES, HOLDS_A_DAY // len(STRETCHES)), DAYS)),
            "side": pd.Categorical(np.tile(["left", "right"], n // 2)),
            "planned_s": planned,
            "held_s": held,
            "outcome": pd.Categorical(outcome),
            "reason": pd.Categorical(reason),
        }
    )
    sessions = pd.DataFrame(
        {
            "local_date": days,
            "session_id": [f"s{day:%Y%m%d}" for day in days],
            "discomfort_0_10": np.where(chance.random(DAYS) < 0.85, chance.integers(0, 6, DAYS), np.nan),
        }
    )
    weekly = days[::7]
    rows = len(weekly) * 6
    measurements = pd.DataFrame(
        {
            "local_date": np.repeat(weekly, 6),
            "person": "",
            "test": pd.Categorical(["thomas_trig"] * rows),
            "side": pd.Categorical(np.tile(np.repeat(["left", "right"], 3), len(weekly))),
            "trial": np.tile([1, 2, 3], rows // 3),
            "quantity": "hip_extension",
            "value_deg": np.round(
                np.repeat(chance.normal(0, 2, rows // 3), 3) + chance.normal(0, 0.8, rows), 1
            ),
        }
    )
    return TenYears(holds, sessions, measurements, days[-1].date())


@dataclass(frozen=True)
class Timed:
    """Times of one thing [ms]: on the clock, and of this process alone."""

    clock_ms: list[float]
    own_ms: list[float]


def timed(act: Callable[[int], object], times: int) -> Timed:
    """Do it once unmeasured, then so many times; ``act`` gets the number of the turn."""
    act(-1)
    clock, own = [], []
    for turn in range(times):
        began, used = time.perf_counter(), time.process_time()
        act(turn)
        clock.append(1000 * (time.perf_counter() - began))
        own.append(1000 * (time.process_time() - used))
    return Timed(clock, own)


def redraws(source: TenYears, name: str) -> Timed:
    """Time every value of every control of a picture, one after the other, from the first view of it on."""
    panel = ProgressPanel(source, name, {})
    turns = [(control, value) for control in panel.controls.values() for _, value in control.options[1:]]

    def turn(number: int) -> None:
        control, value = turns[number]
        control.value = value

    # Each value is set once more than it is measured, so that nothing is measured that changes nothing.
    for control in panel.controls.values():
        control.value = control.options[0][1]
    return timed(turn, len(turns))


def main() -> int:
    """Time all, print the table, and return the exit code."""
    source, kept = ten_years(), True
    print(
        f"{DAYS:,} days × {HOLDS_A_DAY} holds; load of the machine {os.getloadavg()[0]:.1f}; ms: clock (own)"
    )
    print(f"{'':<12} {'chart: median':>16} {'largest':>14} {'redraw: median':>18} {'largest':>14}")
    for name in views.VIEWS:
        chart = timed(lambda _, name=name: views.shown(source, name), TIMES)
        again = redraws(source, name)
        cells = [
            f"{of(one.clock_ms):.0f} ({of(one.own_ms):.0f})" for one in (chart, again) for of in (median, max)
        ]
        print(f"{name:<12} {cells[0]:>16} {cells[1]:>14} {cells[2]:>18} {cells[3]:>14}")
        kept &= median(chart.own_ms) <= CHART_PROMISE_MS and median(again.own_ms) <= REDRAW_PROMISE_MS
    print(f"chart ≤ {CHART_PROMISE_MS} ms, redraw ≤ {REDRAW_PROMISE_MS} ms (medians, own time): "
          f"{'kept' if kept else 'NOT KEPT'}")  # fmt: skip
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
