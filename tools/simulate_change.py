"""How often is the change verdict wrong, and how often does it see a change? Simulated people, known truth.

Run ``python tools/simulate_change.py`` after a change of ``hipbook/progress/change.py`` or of which sources
docs/measuring.md names; it takes about a minute and rewrites what stands there between ``<!-- name -->`` and
``<!-- end -->``. With ``--check`` it writes nothing and says whether the document is up to date.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from hipbook.progress.change import Change, looks, t_of_look
from hipbook.progress.evenness import evenness
from hipbook.progress.measure import thomas_trig_deg
from hipbook.progress.scatter import t_quantile

sys.path.insert(0, str(Path(__file__).parent))

from computed_parts import table, with_parts

DOCUMENT = Path(__file__).parent.parent / "docs" / "measuring.md"
SEED, PEOPLE = 20261105, 10_000
DAY_0 = 740_000  # any day
ENDS = (28, 56, 84)  # days after which weeks 4, 8 and 12 are over
BASELINE = {5: (0, 3, 6, 9, 12), 8: (0, 2, 3, 5, 7, 9, 11, 13)}
RECENT = {2: (5, 12), 3: (2, 7, 12), 6: (1, 3, 5, 8, 10, 12)}
WEEKLY = tuple(range(0, 85, 7))
ASKED = range(3, 13)  # weeks: ten times
ASKING = "the second row, asked every week, ten times"
CHANGES_DEG = (5, 10, 15)
CHANGED_BY_DAY = 56
THIGH_CM = 41.5


class Plan(NamedTuple):
    """How simulated people measure, and how their readings scatter; degrees, and days from day 0."""

    name: str
    baseline: tuple[int, ...] = BASELINE[5]
    recent: tuple[int, ...] = RECENT[3]
    trials: tuple[int, int] = (1, 1)
    day_sd: float = 2.0
    trial_sd: float = 2.0
    missed: float = 0.0
    misread: float = 0.0
    rounded_to_deg: float = 0.0
    later_scatter: float = 1.0
    alike_days: float = 0.0
    step_deg: float = 0.0
    creep_deg_per_week: float = 0.0
    equal_hips: bool = False
    days: tuple[int, ...] = ()

    @property
    def all_days(self) -> tuple[int, ...]:
        """Every planned day, in order."""
        later = [end - 14 + day for end in ENDS for day in self.recent]
        return self.days or (*self.baseline, *later)


USUAL = Plan("days differ as much as trials")
STEADY = {"day_sd": 1.0, "trial_sd": 1.0}
OFTEN = USUAL._replace(baseline=BASELINE[8], recent=RECENT[6])
MOST = USUAL._replace(baseline=tuple(range(14)), recent=RECENT[2])
NULL = (
    USUAL._replace(name="only trials differ (2°), days do not", day_sd=0.0),
    USUAL._replace(name="days differ as much as trials (2° each)"),
    USUAL._replace(name="the same, with five days and then two", recent=RECENT[2]),
    OFTEN._replace(name="the same, with eight days and then six"),
    MOST._replace(name="the same, daily for two weeks and then two"),
    USUAL._replace(name="large errors: 5° each", day_sd=5.0, trial_sd=5.0),
    USUAL._replace(name="three in ten days are missed", baseline=BASELINE[8], missed=0.3),
    USUAL._replace(name="three readings a day at first, one later", trials=(3, 1)),
    USUAL._replace(name="one reading a day at first, three later", trials=(1, 3)),
    USUAL._replace(name="a steady hand and whole degrees", day_sd=0.3, trial_sd=0.3, rounded_to_deg=1.0),
    USUAL._replace(name="one reading in twenty is 8° off", misread=0.05),
    OFTEN._replace(name="eight days and then six, whole degrees", rounded_to_deg=1.0),
    OFTEN._replace(name="the same, rounded to five degrees", rounded_to_deg=5.0),
    OFTEN._replace(name="eight days and then six, with twice the scatter later", later_scatter=2.0),
    USUAL._replace(name="the zero creeps by 0.1° a week", creep_deg_per_week=0.1),
    USUAL._replace(name="once a week only: two baseline days", days=WEEKLY),
)
"""People whose hips stay as they are: the rule must hold 5 % for each."""

BEYOND = (
    OFTEN._replace(name="eight days and then six; the zero creeps by 0.2° a week", creep_deg_per_week=0.2),
    USUAL._replace(name="the zero jumps by 2° after the baseline", step_deg=2.0),
    USUAL._replace(name="the zero jumps by 5° after the baseline", step_deg=5.0),
    USUAL._replace(name="good and bad spells of about a week", alike_days=7.0),
    OFTEN._replace(name="the same spells, with eight days and then six", alike_days=7.0),
    OFTEN._replace(name="spells of about two days, with eight days and then six", alike_days=2.0),
    MOST._replace(name="daily for two weeks, then two with twice the scatter", later_scatter=2.0),
)
"""What this rule takes for a change too often, or almost; some of it no rule can tell from one."""

PEEKING = MOST._replace(
    name="measures daily, and stops as soon as it looks like a change", recent=tuple(range(14))
)

PLANS = (
    USUAL._replace(name="5 days, then 2", recent=RECENT[2]),
    USUAL._replace(name="5 days, then 3"),
    OFTEN._replace(name="8 days, then 6"),
    OFTEN._replace(name="8 days, then 6", trials=(3, 3)),
    OFTEN._replace(name="8 days, then 6", **STEADY),
    OFTEN._replace(name="8 days, then 6", day_sd=4.0, trial_sd=4.0),
)
EVEN = (("5 days, then 2", PLANS[0]), ("8 days, then 6", OFTEN))


def hips(plan: Plan, people: int, chance: np.random.Generator, change_deg: float = 0.0) -> Iterator[dict]:
    """Yield the readings of each hip, person after person, left and right, as `looks` takes them."""
    days = np.array(plan.all_days)
    most = max(plan.trials)
    shape = (people, 2, days.size)
    first = chance.uniform(-10, 10, (people, 2, 1))
    first = first[:, :1] if plan.equal_hips else first
    truth = first + change_deg * np.clip(days / CHANGED_BY_DAY, 0, 1)
    later = np.where(days < 14, 1.0, plan.later_scatter)
    zero = plan.creep_deg_per_week * days / 7 + np.where(days >= 14, plan.step_deg, 0.0)
    day = chance.normal(0, 1, shape)
    if plan.alike_days:
        kept = np.exp(-np.diff(days) / plan.alike_days)
        for at, share in enumerate(kept, 1):
            day[..., at] = share * day[..., at - 1] + math.sqrt(1 - share**2) * day[..., at]
    trial = chance.normal(0, plan.trial_sd, (*shape, most))
    read = (truth + zero)[..., None] + later[:, None] * (plan.day_sd * day[..., None] + trial)
    read = np.where(chance.random(read.shape) < plan.misread, read + 8, read)
    if plan.rounded_to_deg:
        read = plan.rounded_to_deg * np.round(read / plan.rounded_to_deg)
    there = chance.random((people, days.size)) >= plan.missed  # who misses a day misses it for both hips
    counts = [plan.trials[0] if each < 14 else plan.trials[1] for each in days]
    for person, present in zip(read.tolist(), there.tolist(), strict=True):
        for hip in person:
            found = zip(days.tolist(), hip, counts, present, strict=True)
            yield {DAY_0 + at: values[:count] for at, values, count, here in found if here}


def told_of_change(trials: dict, until: int = ENDS[-1]) -> int:
    """Return +1 or −1 when any look says "more than measurement error" (the first that does), else 0."""
    if not trials:
        return 0
    made = looks(trials, min(trials), DAY_0 + until)
    return next((int(math.copysign(1, look.change_deg)) for look in made if look.verdict == "more"), 0)


def told_by_peeking(trials: dict) -> bool:
    """Return whether somebody is told who measures daily and stops for this look when the sum says "more"."""
    for end in ENDS:
        for last in range(end - 14, end):
            if told_of_change({day: read for day, read in trials.items() if day <= DAY_0 + last}, end):
                return True
    return False


def told_in_ten_weeks(trials: dict) -> bool:
    """Return whether somebody is told who asks ten times, week after week."""
    return any(told_of_change(trials, 7 * week) for week in ASKED)


def false_alarms(
    plan: Plan, people: int, seed: int, told: Callable[[dict], object] = told_of_change
) -> tuple[float, float]:
    """Return the share of hips, and of people with either hip, who are told of a change that is not there."""
    alarms = [bool(told(trials)) for trials in hips(plan, people, np.random.default_rng(seed))]
    pairs = np.array(alarms).reshape(-1, 2)
    return float(pairs.mean()), float(pairs.any(axis=1).mean())


def uneven(plan: Plan, people: int, seed: int) -> float:
    """Return the share of people with equal hips who are told at any look that left and right differ."""
    measured = hips(plan._replace(equal_hips=True), people, np.random.default_rng(seed))
    told = []
    for hip in zip(measured, measured, strict=True):  # left and right of one person follow each other
        sides = [
            [Change("", side, "", "", looks=looks(trials, DAY_0, DAY_0 + end)) for end in ENDS]
            for side, trials in zip(("left", "right"), hip, strict=True)
        ]
        told.append(any(evenness(*pair).verdict == "larger" for pair in zip(*sides, strict=True)))
    return float(np.mean(told))


def power(plan: Plan, change_deg: float, people: int, seed: int) -> float:
    """Return the share of hips whose true gain is seen by the last look, in the right direction."""
    measured = hips(plan, people, np.random.default_rng(seed), change_deg)
    return float(np.mean([told_of_change(trials) == 1 for trials in measured]))


def naive(plan: Plan, people: int, seed: int, asked: int) -> float:
    """Return the false alarms of the hasty rule in one hip.

    Five readings of the first day give SD. One more of that day is compared with one reading in each later
    week, and it counts as a change when they differ by more than 1.96 · √2 · SD.
    """
    chance = np.random.default_rng(seed)
    day = plan.day_sd * chance.normal(size=(people, 1 + asked))
    first = day[:, :1] + chance.normal(0, plan.trial_sd, (people, 6))
    later = day[:, 1:] + chance.normal(0, plan.trial_sd, (people, asked))
    most = 1.96 * math.sqrt(2) * first[:, :5].std(axis=1, ddof=1)
    return float((np.abs(later - first[:, 5:]) > most[:, None]).any(axis=1).mean())


def percent(share: float) -> str:
    """Return "3.2 %"."""
    return f"{100 * share:.1f} %"


def t_table() -> str:
    """Return Student's t of MDC, and of one hip at one look, by the number of baseline days."""
    days = (5, 6, 8, 10, 20)
    mdc = (f"{t_quantile(0.975, each - 1):.2f}" for each in days)
    look = (f"{t_of_look(each - 1):.2f}" for each in days)
    return table(("days", *map(str, days)), [("t of MDC", *mdc), ("t of a look (see below)", *look)])


def parts(people: int = PEOPLE, seed: int = SEED) -> dict[str, str]:
    """Return every computed part of the document, by name."""
    told = [(plan.name, *false_alarms(plan, people, seed)) for plan in NULL]
    told.append((ASKING, *false_alarms(NULL[1], people, seed, told_in_ten_weeks)))
    fooled = [(plan.name, *false_alarms(plan, people, seed)) for plan in BEYOND]
    fooled.append((PEEKING.name, *false_alarms(PEEKING, people, seed, told_by_peeking)))
    null, beyond = ([(name, *map(percent, shares)) for name, *shares in rows] for rows in (told, fooled))
    seen = [
        (
            plan.name,
            str(plan.trials[0]),
            f"{plan.day_sd:g}°",
            *(f"{100 * power(plan, change, people // 2, seed):.0f} %" for change in CHANGES_DEG),
        )
        for plan in PLANS
    ]
    hasty = [
        (words, *(percent(naive(plan, people, seed, asked)) for plan in NULL[:2]))
        for words, asked in (("hasty rule, one look", 1), ("hasty rule, every week, ten times", len(ASKED)))
    ]
    ours = (percent(false_alarms(plan, people, seed, told_in_ten_weeks)[0]) for plan in NULL[:2])
    hasty.append(("the rule of this page, asked every week, ten times", *ours))
    who = ("who measures how", "one hip", "either hip")
    return {
        "false_alarms": table(who, null),
        "beyond": table(who, beyond),
        "hasty": table(("one hip, nothing changed", "days do not differ", "days differ as trials do"), hasty),
        "power": table(
            ("readings on", "a day", "scatter of days, and of trials", *(f"{c}°" for c in CHANGES_DEG)), seen
        ),
        "t": t_table(),
        "uneven": table(
            ("readings on", "told that equal hips differ"),
            [(words, percent(uneven(plan, people, seed))) for words, plan in EVEN],
        ),
        "people": f"Each line is {people:,} simulated people with two hips. They are made up, not measured.",
        "tape": f"With a thigh of {THIGH_CM:g} cm, 1 cm in one height is "
        f"{thomas_trig_deg(80, 79, THIGH_CM):.1f}°.",
    }


def rendered(document: str, computed: dict[str, str]) -> str:
    """Return the document with every computed part as it should be."""
    return with_parts(document, "docs/measuring.md", computed)


if __name__ == "__main__":
    present = DOCUMENT.read_text(encoding="utf-8")
    wanted = rendered(present, parts())
    if "--check" in sys.argv[1:]:
        sys.exit(
            0 if wanted == present else "docs/measuring.md is stale: run `python tools/simulate_change.py`"
        )
    DOCUMENT.write_text(wanted, encoding="utf-8", newline="")
