"""What do groups of learners do, week by week, and does hip extension change? Pictures, words and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from hipbook.figures import phrases, style
from hipbook.figures.change_words import signed
from hipbook.figures.display import Chart
from hipbook.figures.dot_rows import Block, Row, draw_blocks, sheet_of
from hipbook.progress.measure import name_of_test
from hipbook.strings import text

if TYPE_CHECKING:
    from hipbook.classroom.cohort import Cohort

__all__ = ["adherence_chart", "change_chart", "charts", "dose_chart"]

TOP_PX, HEAD_PX, PANEL_PX, FOOT_PX, LEFT_PX = 66, 40, 96, 54, 56
PLOT_PX = style.WIDTH_PX - LEFT_PX - 28
NAME_LETTERS = 20  # of a group's name beside its row
LEAST_SPAN_DEG = 5.0  # to each side of zero, so that half a degree does not look like a leap
SIDE_LOOKS = {
    "left": {"color": style.LEFT, "linestyle": "solid"},
    "right": {"color": style.RIGHT, "linestyle": (0, (4, 2))},
}
ALL_LOOK = {"color": style.NEUTRAL, "linestyle": (0, (4, 2))}
ACTIVE_LOOK = {"color": style.EVIDENCE, "linestyle": "solid"}


@dataclass(frozen=True)
class _Panel:
    """Lines over the weeks under one head: per line its look, its weeks and its values (blank: a gap)."""

    head: str
    lines: Sequence[tuple[dict[str, object], Sequence[int], Sequence[float]]]


def charts(cohort: Cohort) -> dict[str, Chart]:
    """Return all charts of a cohort by a short name: adherence, change, then the dose of each group."""
    shown = {}
    if len(cohort.adherence):
        shown["adherence"] = adherence_chart(cohort.adherence)
    if len(cohort.change):
        shown["change"] = change_chart(cohort.change)
    for number, (group, dose) in enumerate(cohort.weekly_dose.groupby("group", sort=True), 1):
        shown[f"dose-{number:02d}"] = dose_chart(str(group), dose)
    return shown


def adherence_chart(adherence: pd.DataFrame) -> Chart:
    """Return how many learners held something, by week and group.

    Parameters
    ----------
    adherence : DataFrame
        As `hipbook.classroom.cohort_tables.adherence` makes it.
    """
    title = text("cohort.adherence.title")
    by_group = list(adherence.groupby("group", sort=True))
    panels = [
        _Panel(
            str(group),
            [
                (look, rows["week"].tolist(), rows[count].tolist())
                for look, count in ((ALL_LOOK, "learners"), (ACTIVE_LOOK, "active"))
            ],
        )
        for group, rows in by_group
    ]
    legend = {text("cohort.adherence.all"): ALL_LOOK, text("cohort.adherence.active"): ACTIVE_LOOK}

    def words() -> str:
        said = [text("cohort.adherence.what")]
        for group, rows in by_group:
            first, last = rows.iloc[0], rows.iloc[-1]
            said.append(
                text(
                    "cohort.adherence.group",
                    group=group,
                    first=_say_active(first),
                    first_week=first["week"],
                    last=_say_active(last),
                    last_week=last["week"],
                )
            )
        return " ".join(said)

    return Chart(
        title,
        lambda: _draw(title, text("cohort.adherence.unit"), panels, legend),
        words,
        lambda: adherence.reset_index(drop=True),
    )


def dose_chart(group: str, dose: pd.DataFrame) -> Chart:
    """Return the mean minutes a week of one group, by muscle group and side.

    Parameters
    ----------
    group : str
        Its name.
    dose : DataFrame
        Its rows of what `hipbook.classroom.cohort_tables.weekly_dose` makes.
    """
    title = text("cohort.dose.title", group=group)
    by_muscle = list(dose.groupby("muscle_group", sort=True))
    panels = [
        _Panel(
            phrases.capital(phrases.muscle(str(muscle))),
            [
                (SIDE_LOOKS[str(side)], one["week"].tolist(), one["held_min"].astype("float").tolist())
                for side, one in rows.groupby("side", sort=True)
            ],
        )
        for muscle, rows in by_muscle
    ]
    legend = {text(f"figure.side.{side}"): look for side, look in SIDE_LOOKS.items()}

    def words() -> str:
        said = []
        for muscle, rows in by_muscle:
            for side, one in rows.groupby("side", sort=True):
                where = {"muscle": phrases.muscle(str(muscle)), "side": text(f"figure.side.{side}")}
                minutes = phrases.minutes(float(one["held_min"].median()))
                said.append(text("cohort.dose.typical", minutes=minutes, **where))
        return text("cohort.dose.what", groups="; ".join(said))

    return Chart(
        title,
        lambda: _draw(title, text("cohort.dose.unit"), panels, legend, dose["held_min"].max() or 1),
        words,
        lambda: dose.reset_index(drop=True),
    )


def change_chart(change: pd.DataFrame) -> Chart:
    """Return the mean change of hip extension by group, side and look, each test by itself.

    Parameters
    ----------
    change : DataFrame
        As `hipbook.classroom.cohort_tables.change` makes it.
    """
    title = text("cohort.change.title")
    blocks = [
        Block(phrases.capital(name_of_test(str(test))), [_row(row) for row in rows.itertuples()])
        for test, rows in change.groupby("test", sort=True)
    ]

    def figure() -> Figure:
        ends = [abs(float(end)) for name in ("low_deg", "high_deg") for end in change[name]]
        reach = max(LEAST_SPAN_DEG, *ends) * 1.05
        ticks = [tick for tick in MaxNLocator(nbins=5, integer=True).tick_values(-reach, reach)]
        with style.house_style():
            drawn = sheet_of(blocks, title, text("cohort.change.unit"))
            draw_blocks(
                drawn,
                blocks,
                xlim=(-reach, reach),
                ticks=[tick for tick in ticks if abs(tick) <= reach],
                xlabel=text("cohort.change.axis"),
            )
        return drawn

    def words() -> str:
        last = change.groupby(["group", "test", "side"], sort=True).tail(1)
        said = [text("cohort.change.what"), *(_say_change(row) for row in last.itertuples())]
        return "\n".join([*said, text("cohort.change.limits")])

    return Chart(title, figure, words, lambda: change.reset_index(drop=True))


def _say_active(row: pd.Series) -> str:
    counts = {"active": row["active"], "learners": row["learners"]}
    if pd.isna(row["active_share"]):
        return text("cohort.adherence.count", **counts)
    return text("cohort.adherence.share", share=f"{row['active_share']:.0%}", **counts)


def _row(row: object) -> Row:
    what = text("cohort.change.row", side=text(f"figure.side.{row.side}"), week=row.week)
    who = row.group if len(row.group) <= NAME_LETTERS else f"{row.group[: NAME_LETTERS - 1]}…"
    return Row(who, what, row.learners, row.mean_change_deg, row.low_deg, row.high_deg)


def _say_change(row: object) -> str:
    angles = {name: signed(getattr(row, f"{name}_deg")) for name in ("mean_change", "low", "high")}
    counts = {"gained": row.more_extension, "lost": row.less_extension, "learners": row.learners}
    where = {"side": text(f"figure.side.{row.side}"), "test": name_of_test(row.test), "week": row.week}
    return text("cohort.change.group", group=row.group, **where, **angles, **counts)


def _draw(
    title: str,
    unit: str,
    panels: Sequence[_Panel],
    legend: dict[str, dict[str, object]],
    highest: float | None = None,
) -> Figure:
    """Draw the panels below each other, with one scale for all, or each with its own."""
    weeks = [week for panel in panels for _, line, _ in panel.lines for week in line]
    with style.house_style():
        figure = style.sheet(TOP_PX + len(panels) * (HEAD_PX + PANEL_PX) + FOOT_PX, title, unit)
        for number, (name, look) in enumerate(legend.items()):
            x_px = style.WIDTH_PX - 24 - 82 * (len(legend) - number)
            key = style.plot_area(figure, x_px, 46, 26, 12)
            key.set(xlim=(0, 1), ylim=(-1, 1))
            key.set_axis_off()
            key.plot([0, 1], [0, 0], linewidth=2, **look)
            style.write(figure, x_px + 32, 57, name)
        for number, panel in enumerate(panels):
            top = TOP_PX + number * (HEAD_PX + PANEL_PX) + HEAD_PX
            style.write(figure, 24, top - 10, panel.head, size_px=style.TEXT_PX, weight="bold")
            axes = style.plot_area(figure, LEFT_PX, top, PLOT_PX, PANEL_PX)
            most = highest or max(value for _, _, values in panel.lines for value in values)
            axes.set(xlim=(min(weeks) - 0.5, max(weeks) + 0.5), ylim=(0, most * 1.06))
            axes.xaxis.set_major_locator(MaxNLocator(nbins=13, integer=True))
            steps = [1, 2, 5, 10] if highest else [1, 5, 10]  # counts are to the nearest five
            axes.yaxis.set_major_locator(MaxNLocator(nbins=4, steps=steps))
            if number < len(panels) - 1:
                axes.tick_params(labelbottom=False)
            else:
                axes.set_xlabel(text("cohort.week"))
            for look, line, values in panel.lines:
                marker = "o" if len(line) == 1 else ""
                axes.plot(line, values, linewidth=2, marker=marker, clip_on=False, zorder=2, **look)
    return figure
