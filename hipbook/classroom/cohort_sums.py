"""From one learner's log to whole numbers that can be added up in any order, and nobody's rows.

Each learner's figure is rounded to a thousandth of its unit before it is added. Sums of whole numbers do not
depend on the order, so that one machine and a hundred give the same result to the last digit.
"""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import dataclass, field

import pandas as pd

from hipbook.classroom.cohort_logs import NotUsed
from hipbook.classroom.cohort_reading import Batch, Person, fetch, read_batch
from hipbook.progress.analysis import monday_of, weekly_dose
from hipbook.progress.change import change, first_stretch
from hipbook.progress.measure import METHODS
from hipbook.progress.tables import QUANTITY

__all__ = ["THOUSAND", "Sums", "sums_of", "sums_of_batch"]

THOUSAND = 1000

_one_at_a_time = threading.Lock()  # reading turns warnings into errors, and that for all threads of a worker


@dataclass
class Sums:
    """Sums over learners: by table and key a list of whole numbers.

    Attributes
    ----------
    people : dict
        (group) → learners, those with a week that is over, days with a hold a week [1/1000].
    weeks : dict
        (group, week) → learners whose week it was, learners who held something.
    dose : dict
        (group, week, muscle group, mode, side) → learners who held something, time [min/1000].
    looks : dict
        (group, test, side, week) → learners judged, change [°/1000], its square, and how many changed by more
        than their own error: towards more extension, towards less.
    begun : int
        How many learners held something.
    not_used : list of NotUsed
        Files and rows that could not be used.
    """

    people: dict[tuple, list[int]] = field(default_factory=dict)
    weeks: dict[tuple, list[int]] = field(default_factory=dict)
    dose: dict[tuple, list[int]] = field(default_factory=dict)
    looks: dict[tuple, list[int]] = field(default_factory=dict)
    begun: int = 0
    not_used: list[NotUsed] = field(default_factory=list)

    def add(self, other: Sums) -> None:
        """Add another's sums to these."""
        for name in ("people", "weeks", "dose", "looks"):
            own = getattr(self, name)
            for key, values in getattr(other, name).items():
                _add(own, key, values)
        self.begun += other.begun
        self.not_used += other.not_used


def sums_of_batch(batch: Batch, until: dt.date, weeks: int) -> Sums:
    """Return the sums of a batch of logs: what a worker does.

    Parameters
    ----------
    batch : Batch
        Which logs.
    until : date
        The day on which the logs were handed in.
    weeks : int
        How many weeks of each learner count, from the first hold on.
    """
    total = Sums()
    contents = fetch(batch)
    # Of so few rows at a time, plain strings are quicker than Arrow's, which pandas would take.
    with _one_at_a_time, pd.option_context("mode.string_storage", "python"):
        for person in read_batch(batch, contents, total.not_used):
            try:
                total.add(sums_of(person, until, weeks))
            except Exception as error:  # whatever one log may cause, the others count
                rule = f"must be of a log that can be added up ({type(error).__name__})"
                total.not_used.append(NotUsed(person.file, None, "", rule))
    return total


def sums_of(person: Person, until: dt.date, weeks: int) -> Sums:
    """Return one learner's figures, made by the functions that lesson 05 calls."""
    sums = Sums()
    last = pd.Timestamp(until)
    held = person.holds[(person.holds["held_s"] > 0) & (person.holds["local_date"] <= last)]
    readings = person.readings[person.readings["local_date"] <= last]
    if held.empty and readings.empty:
        return sums
    sums.begun = int(len(held) > 0)
    over, days = _add_weeks(sums, person.group, held, until, weeks) if len(held) else (0, 0)
    sums.people[(person.group,)] = [1, int(over > 0), round(days / over * THOUSAND) if over else 0]
    _add_looks(sums, person.group, readings, held, until)
    return sums


def _add_weeks(sums: Sums, group: str, held: pd.DataFrame, until: dt.date, weeks: int) -> tuple[int, int]:
    """Add the weeks that are over; return how many these are, and the days with a hold in them."""
    first = monday_of(pd.Series([held["local_date"].min()])).iloc[0]
    over = min(weeks, ((until - first.date()).days + 1) // 7)
    if over < 1:
        return 0, 0
    held = held[held["local_date"] < first + pd.Timedelta(weeks=over)]
    sunday = first.date() + dt.timedelta(days=7 * over - 1)
    dose = weekly_dose(held, until=sunday)
    dose = dose[dose["holds"] > 0]
    number = ((dose["week_start"] - first).dt.days // 7 + 1).tolist()
    keys = zip(
        number,
        *(dose[name].tolist() for name in ("muscle_group", "mode", "side", "held_min")),
        strict=True,
    )
    for week, muscle, mode, side, minutes in keys:
        _add(sums.dose, (group, week, muscle, mode, side), [1, round(minutes * THOUSAND)])
    active = set(number)
    for week in range(1, over + 1):
        sums.weeks[group, week] = [1, int(week in active)]
    return over, held["local_date"].nunique()


def _add_looks(sums: Sums, group: str, readings: pd.DataFrame, held: pd.DataFrame, until: dt.date) -> None:
    readings = readings[(readings["quantity"] == QUANTITY) & readings["test"].isin(list(METHODS))]
    start = first_stretch(held)
    for (test, side), rows in readings.groupby(["test", "side"], observed=True):
        for look in change(rows, test=test, side=side, until=until, start=start).looks:
            if look.threshold_deg is not None:
                moved, is_more = round(look.change_deg * THOUSAND), look.verdict == "more"
                gained, lost = int(is_more and moved > 0), int(is_more and moved < 0)
                sums.looks[group, str(test), str(side), look.week] = [1, moved, moved**2, gained, lost]


def _add(sums: dict[tuple, list[int]], key: tuple, values: list[int]) -> None:
    have = sums.get(key)
    sums[key] = values if have is None else [one + other for one, other in zip(have, values, strict=True)]
