"""What can a class find at all? How often a class, and four together, find a link: picture, words, table."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.figure import Figure

from hipbook.classroom.tilt import CLASSES, LINKS, USUAL_POWER, Power, least_link
from hipbook.figures import style
from hipbook.figures.display import Chart
from hipbook.figures.explorable_words import number
from hipbook.strings import text

__all__ = ["chart", "describe_power", "figure_power", "table_power"]

LEFT_PX, TOP_PX, PLOT_PX, PANEL_PX, FOOT_PX = 64, 82, 520, 260, 58
LOOKS = ({"color": style.HIP, "linewidth": 2.6}, {"color": style.ACCENT, "linewidth": 2.2, "dashes": (6, 3)})
SHOWN_LINKS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def chart(found: Sequence[Power]) -> Chart:
    """Return picture, words and table of how often classes of one or two sizes find a link."""
    return Chart(
        text("figure.power.title"),
        lambda: figure_power(found),
        lambda: describe_power(found),
        lambda: table_power(found),
    )


def describe_power(found: Sequence[Power]) -> str:
    """Say which link each size finds four times in five, and how often it is found where there is none."""
    lines = [text("figure.power.how", classes=f"{CLASSES:,}")]
    for one in found:
        least = least_link(one)
        key = "figure.power.none" if least is None else "figure.power.least"
        lines.append(text(key, people=one.people, link="" if least is None else number(least, 2)))
    lines.append(text("figure.power.chance", percent=number(100 * found[0].shares[0], 0)))
    return "\n".join(lines)


def table_power(found: Sequence[Power]) -> pd.DataFrame:
    """Return the percentage of classes that find a link, a row per true link."""
    rows = [LINKS.index(link) for link in SHOWN_LINKS]
    columns = {text("figure.power.table.link"): [number(link, 1) for link in SHOWN_LINKS]}
    for one in found:
        name = text("figure.power.table.people", people=one.people)
        columns[name] = [f"{number(100 * one.shares[row], 0)} %" for row in rows]
    return pd.DataFrame(columns)


def figure_power(found: Sequence[Power]) -> Figure:
    """Draw the share of classes that find a link over how strong it truly is."""
    with style.house_style():
        figure = style.sheet(
            TOP_PX + PANEL_PX + FOOT_PX, text("figure.power.title"), text("figure.power.unit")
        )
        axes = style.plot_area(figure, LEFT_PX, TOP_PX, PLOT_PX, PANEL_PX)
        axes.set(xlim=(0, LINKS[-1]), ylim=(0, 1.02), xlabel=text("figure.power.across"))
        axes.set_yticks((0, 0.2, 0.4, 0.6, 0.8, 1), ("0 %", "20 %", "40 %", "60 %", "80 %", "100 %"))
        axes.set_xticks(SHOWN_LINKS, [f"{link:g}" for link in SHOWN_LINKS])
        axes.axhline(USUAL_POWER, color=style.NEUTRAL, linewidth=1.4, zorder=1)
        axes.annotate(
            text("figure.power.usual"), (1, USUAL_POWER), xycoords=axes.get_yaxis_transform(), xytext=(8, -3),
            textcoords="offset points", color=style.MUTED, annotation_clip=False,
        )  # fmt: skip
        for one, look in zip(found, LOOKS, strict=False):
            axes.plot(LINKS, one.shares, zorder=3, **look)
            least = least_link(one)
            if least is None:
                continue
            axes.plot([least] * 2, [0, USUAL_POWER], color=look["color"], linewidth=1.2, zorder=2)
            axes.plot(least, USUAL_POWER, "o", ms=8, mfc=look["color"], mec=style.PAPER, zorder=4)
            axes.annotate(
                text("figure.power.label", people=one.people, link=number(least, 2)), (least, 0.06),
                xytext=(6, 0), textcoords="offset points", color=look["color"], weight="bold",
                bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 1.5}, zorder=5,
            )  # fmt: skip
    return figure
