"""What groups gained in published trials of weeks of hip stretching: from no difference to the most."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pandas as pd
from matplotlib.figure import Figure

from hipbook import reference
from hipbook.figures import style
from hipbook.figures.explorable_words import number
from hipbook.strings import text

__all__ = ["TRIALS_PX", "Trial", "draw_trials", "say_trials", "trials"]

NO_DIFFERENCE = ("Hatefi 2021", "passive hip extension ROM")  # no degrees seen, and no group × time effect
IN_DEGREES = (
    ("Kerrigan 2003", "static hip extension"),
    ("Godges 1993 left", "hip extension ROM left"),
    ("Godges 1993 right", "hip extension ROM right"),
)
ROW_PX, TOP_PX, AXIS_PX = 26, 36, 36
WHO_PX, N_PX, WEEKS_PX, PLOT_PX = 24, 262, 348, (384, 328)
AXIS_DEG, TICKS_DEG = (-1.0, 14.0), (0, 2, 4, 6, 8, 10, 12)
TRIALS_PX = TOP_PX + ROW_PX * (1 + len(IN_DEGREES)) + AXIS_PX


@dataclass(frozen=True)
class Trial:
    """One group's mean change of hip extension, in its own test.

    Attributes
    ----------
    who : str
        Author, year, and the side where both were reported.
    n : int
        People: in the treated group, or in both where the finding compares them.
    weeks : float
        How long it went on.
    change_deg : float or None
        Mean after less mean before [°]; None where no difference from controls was found.
    source_key : str
        Where it is from.
    """

    who: str
    n: int
    weeks: float
    change_deg: float | None
    source_key: str


@cache
def trials() -> tuple[Trial, ...]:
    """Return the trials of data/reference/interventions.csv that are shown, the smallest gain first."""
    table = reference.interventions()
    gains = sorted((_trial(table, *key) for key in IN_DEGREES), key=_gain)
    return _trial(table, *NO_DIFFERENCE), *gains


def _gain(trial: Trial) -> float:
    return trial.change_deg


def _trial(table: pd.DataFrame, study: str, outcome: str) -> Trial:
    (row,) = table[(table["study"] == study) & (table["outcome"] == outcome)].itertuples()
    side = study.rpartition(" ")[2]
    who = reference.citation(row.source_key)
    if side in ("left", "right"):
        who = text("figure.trials.side", who=who, side=text(f"side.{side}"))
    change = None if pd.isna(row.change_deg) else row.change_deg
    return Trial(who, int(row.n), row.weeks, change, str(row.source_key))


def say_trials() -> str:
    """Say from where to where group averages went, and that no curve is predicted."""
    none, *gains = trials()
    least, most = gains[0], gains[-1]
    return text(
        "figure.trials.said",
        none=none.who, none_n=none.n,
        least=f"+{number(least.change_deg)}", least_who=least.who, least_n=least.n,
        least_weeks=f"{least.weeks:g}",
        most=f"+{number(most.change_deg)}", most_who=most.who, most_n=most.n, most_weeks=f"{most.weeks:g}",
    )  # fmt: skip


def draw_trials(figure: Figure, top_px: float) -> None:
    """Draw a row per trial below ``top_px``: who, how many, how long, and a dot at the change."""
    style.write(figure, WHO_PX, top_px, text("figure.trials.title"), size_px=style.TEXT_PX, weight="bold")
    style.write(figure, sum(PLOT_PX), top_px, text("figure.trials.note"), color=style.MUTED, ha="right")
    rows = trials()
    axes = style.plot_area(figure, PLOT_PX[0], top_px + 20, PLOT_PX[1], ROW_PX * len(rows))
    axes.set(xlim=AXIS_DEG, ylim=(len(rows) - 0.5, -0.5))
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.set_yticks([])
    axes.set_xticks(TICKS_DEG, [f"+{tick}°" if tick else "0°" for tick in TICKS_DEG])
    axes.axvline(0, color=style.NEUTRAL, linewidth=1.2, zorder=1)
    for place, trial in enumerate(rows):
        y_px = top_px + 20 + ROW_PX * (place + 0.5) + 4
        style.write(figure, WHO_PX, y_px, trial.who, weight="bold")
        style.write(figure, N_PX, y_px, text("figure.studies.n", n=trial.n), color=style.MUTED, ha="right")
        weeks = text("figure.trials.weeks", n=f"{trial.weeks:g}")
        style.write(figure, WEEKS_PX, y_px, weeks, color=style.MUTED, ha="right")
        if trial.change_deg is None:  # in words: nobody shall read a number off the scale
            words = text("figure.trials.no_difference")
            box = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 1.5}
            axes.text(0.25, place, words, color=style.EVIDENCE, va="center", bbox=box, weight="bold")
            continue
        axes.plot(trial.change_deg, place, "o", ms=8, color=style.EVIDENCE, zorder=3)
        words = f"+{number(trial.change_deg)}°"
        left = trial.change_deg > sum(AXIS_DEG) * 0.75
        axes.annotate(
            words, (trial.change_deg, place), xytext=(-8 if left else 8, 0), textcoords="offset points",
            ha="right" if left else "left", va="center_baseline", color=style.EVIDENCE, weight="bold",
        )  # fmt: skip
