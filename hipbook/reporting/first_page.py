"""The one page that is read in a minute: period, dose, both hips with the verdict, discomfort and stops."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hipbook.figures import discomfort, phrases
from hipbook.figures.change_words import describe_evenness, signed
from hipbook.figures.extension_shown import ExtensionShown, SideShown, shown_extension
from hipbook.figures.weekly_window import Plan, ShownWeeks, plan_by_group, shown_weeks
from hipbook.figures.what_if_shown import RECENT
from hipbook.progress.change import Change, first_stretch
from hipbook.progress.evenness import evenness
from hipbook.progress.measure import PELVIS_WATCHED, name_of_test
from hipbook.progress.scatter import day_means
from hipbook.progress.tables import SIDES
from hipbook.reporting.blocks import Block, Table
from hipbook.reporting.private import has_private
from hipbook.strings import text

if TYPE_CHECKING:
    from hipbook.figures.views import Source

__all__ = ["first_page", "period"]


def first_page(source: Source, *, private: bool, plan_min_per_week: Plan = None) -> tuple[Block, ...]:
    """Return the blocks of the first page.

    Parameters
    ----------
    source : Source
        Whose log; without what is private if that shall not be told.
    private : bool
        Whether reasons and discomfort are told.
    plan_min_per_week : float or mapping, optional
        The person's own plan [min a week, for each side].
    """
    return _dose(source, plan_min_per_week), _hips(source), _felt(source, private)


def period(source: Source) -> str:
    """Return the first and the last day of a log in words; empty without a row."""
    days = [table["local_date"] for table in (source.holds, source.sessions, source.measurements)]
    days = [day for day in days if len(day)]
    if not days:
        return ""
    return phrases.span(min(day.min() for day in days).date(), max(day.max() for day in days).date())


# --- dose -------------------------------------------------------------------


def _dose(source: Source, plan: Plan) -> Block:
    title, shown = text("report.dose"), shown_weeks(source.holds, source.until)
    if shown is None:
        return Block(title, (text("report.dose.none"),))
    return Block(title, (_say_dose(source.holds, shown),), _dose_table(shown, plan_by_group(plan, shown)))


def _say_dose(holds: pd.DataFrame, shown: ShownWeeks) -> str:
    here = holds[(holds["local_date"] >= pd.Timestamp(shown.mondays[0])).to_numpy()]
    weeks = len(shown.mondays)
    said = [
        text(
            "report.dose.said",
            span=shown.span,
            days=phrases.counted("report.dose.days", here.loc[here["held_s"] > 0, "local_date"].nunique()),
            active=int(shown.active.sum()),
            weeks=weeks,
            minutes=phrases.minutes(shown.held_min.sum()),
        )
    ]
    if shown.all_weeks > weeks:
        said.insert(0, text("report.dose.last", n=weeks, total=f"{shown.all_weeks:,}"))
    counts = here["outcome"].astype(str).value_counts()
    shares = [
        text(f"figure.held.count.{name}", n=f"{counts[name]:,}")
        for name in ("done", "stopped", "skipped")
        if name in counts
    ]
    if len(here) > 1:
        said.append(phrases.counted("figure.held.counts", len(here), shares=phrases.listed(shares)))
    return " ".join(said)


def _dose_table(shown: ShownWeeks, plans: dict[str, float]) -> Table:
    sides = [text("report.dose.head.side", side=phrases.capital(text(f"figure.side.{s}"))) for s in SIDES]
    plan = [text("report.dose.head.plan")] if plans else []
    head = [text("report.dose.head.group"), text("report.dose.head.kind"), *sides]
    rows = []
    for column, (group, mode) in enumerate(shown.groups):
        held = shown.held_min[:, column]
        active = held.any(axis=1)
        kind = mode if mode in ("hold", "cycles") else "other"
        row = [phrases.capital(phrases.muscle(group)), text(f"report.dose.kind.{kind}")]
        row += [phrases.number(value) for value in np.median(held[active], axis=0)]
        row += [phrases.number(plans[group]) if group in plans else ""] if plans else []
        rows.append((*row, text("report.dose.weeks", n=int(active.sum()), weeks=len(held))))
    return Table(text("report.dose.table"), (*head, *plan, text("report.dose.head.weeks")), tuple(rows))


# --- hips -------------------------------------------------------------------


def _hips(source: Source) -> Block:
    title = text("report.hips")
    start = first_stretch(source.holds)
    shown = shown_extension(source.measurements, until=source.until, start=start)
    if shown is None:
        return Block(title, (text("report.hips.none"),))
    said = text(
        "report.hips.said",
        test=phrases.capital(name_of_test(shown.test)),
        first=phrases.day(shown.readings["local_date"].min().date()),
        last=phrases.day(shown.readings["local_date"].max().date()),
        pelvis=_say_pelvis(source.measurements.loc[shown.readings.index]),
    )
    changes = [shown.sides[side].change if side in shown.sides else _unread(shown, side) for side in SIDES]
    even = text("report.hips.even", said=describe_evenness(evenness(*changes)))
    columns = [_side_cells(shown, side) for side in SIDES]
    names = ("now", "baseline", "recent", "change", "threshold", "verdict", "error")
    rows = zip((text(f"report.hips.row.{name}") for name in names), *columns, strict=True)
    head = ("", *(phrases.capital(text(f"figure.side.{side}")) for side in SIDES))
    table = Table(text("report.hips.table"), head, tuple(rows))
    return Block(title, (said, f"{even} {text('report.hips.meaning')}"), table)


def _unread(shown: ExtensionShown, side: str) -> Change:
    return Change(shown.test, side, "", "no_readings")


def _side_cells(shown: ExtensionShown, side: str) -> list[str]:
    """Return the column of one side, in the order of the rows."""
    one, nothing = shown.sides.get(side), text("report.hips.nothing")
    if one is None:
        return [text("report.hips.no_side"), *[nothing] * 6]
    look = one.change.look
    last = day_means(shown.readings[(shown.readings["side"] == side).to_numpy()]).iloc[-RECENT:]
    now = text("report.hips.now", deg=signed(last.mean()), days=_days(len(last)), last=_day(last.index[-1]))
    if look is None or look.recent_deg is None:
        recent, moved = text("report.hips.no_look") if look is None else nothing, nothing
    else:
        recent = text(
            "report.hips.look", deg=signed(look.recent_deg), days=_days(look.recent_days), week=look.week
        )
        # the difference of the numbers that stand above it, as in the words of the figure
        moved = (
            nothing
            if look.change_deg is None
            else signed(round(look.recent_deg, 1) - round(look.baseline_deg, 1))
        )
    threshold = nothing if look is None or look.threshold_deg is None else f"{look.threshold_deg:.1f}°"
    verdict = text(f"report.hips.verdict.{one.change.verdict}")
    return [now, _baseline(one), recent, moved, threshold, verdict, _error(one)]


def _baseline(one: SideShown) -> str:
    look = one.change.look
    if look is not None and look.baseline_deg is not None:
        return text("report.hips.days", deg=signed(look.baseline_deg), days=_days(look.baseline_days))
    if one.change.baseline_days:
        return text("report.hips.days", deg=signed(one.baseline_deg), days=_days(one.change.baseline_days))
    return text("report.hips.nothing")


def _error(one: SideShown) -> str:
    key = "assumed" if one.scatter.assumed else "own"
    return text(f"report.hips.{key}", deg=f"{one.scatter.mdc_deg:.1f}", days=_days(one.scatter.days))


def _days(n: int) -> str:
    return phrases.counted("change.days", n)


def _day(stamp: pd.Timestamp) -> str:
    return phrases.day(stamp.date())


def _say_pelvis(rows: pd.DataFrame) -> str:
    """Say in how many readings the low back stayed flat, by the person's own account."""
    inputs = rows["inputs"].astype(str) if "inputs" in rows.columns else []
    flat = sum(json.loads(cell).get("pelvis") == PELVIS_WATCHED for cell in inputs if cell.startswith("{"))
    if not flat:
        return text("report.hips.pelvis.unknown")
    return text("report.hips.pelvis", flat=flat, n=len(rows), rest=len(rows) - flat)


# --- discomfort and stops ---------------------------------------------------


def _felt(source: Source, private: bool) -> Block:
    title = text("report.felt")
    if not private:
        return Block(title, (text("report.felt.left_out"),))
    if not has_private(source):
        return Block(title, (text("report.felt.none"),))
    words = discomfort.describe_discomfort(source.sessions, source.holds, until=source.until)
    return Block(title, tuple(words.split("\n")))
