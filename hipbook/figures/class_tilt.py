"""Does hip extension go with pelvic tilt? A made-up class beside a published one: picture, words, table."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hipbook import reference
from hipbook.classroom.tilt import MadeUpClass
from hipbook.figures import style
from hipbook.figures.display import Chart
from hipbook.figures.explorable_words import number
from hipbook.figures.studies import correlation_interval
from hipbook.strings import text

__all__ = ["chart", "describe_class_tilt", "figure_class_tilt", "published"]

STUDY = "tilt_standing"
TOP_PX, HIGH_PX, FOOT_PX = 92, 264, 58
CLOUD_PX, LINKS_PX = (64, 284), (506, 226)
WHO_PX = 376


def published() -> tuple[str, int, float, float, float]:
    """Return who asked it of people in standing: citation, people, r and its 95 % interval (Fisher's z)."""
    table = reference.associations()
    (row,) = table[table["id"] == STUDY].itertuples()
    return reference.citation(row.source_key), int(row.n), row.r, *correlation_interval(row.r, row.n)


def chart(made: MadeUpClass) -> Chart:
    """Return picture, words and table of one made-up class beside the published one."""
    return Chart(
        text("figure.class_tilt.title"),
        lambda: figure_class_tilt(made),
        lambda: describe_class_tilt(made),
        lambda: _table(made),
    )


def describe_class_tilt(made: MadeUpClass) -> str:
    """Say what was put in, what this class would find, and what people in standing showed."""
    who, n, r, low, high = published()
    holds = made.low <= 0 <= made.high
    lines = [
        text("figure.class_tilt.put_in", people=len(made.tilt_deg), link=number(made.link, 2)),
        text(
            "figure.class_tilt.found", r=number(made.r, 2), low=number(made.low, 2), high=number(made.high, 2)
        ),
        text("figure.class_tilt.holds" if holds else "figure.class_tilt.holds_not"),
        text(
            "figure.class_tilt.published",
            who=who,
            n=n,
            r=number(r, 2),
            low=number(low, 2),
            high=number(high, 2),
        ),
    ]
    return "\n".join(lines)


def figure_class_tilt(made: MadeUpClass) -> Figure:
    """Draw the class as a cloud of dots, and both correlations with their intervals beside the true one."""
    with style.house_style():
        unit = text("figure.class_tilt.unit")
        figure = style.sheet(TOP_PX + HIGH_PX + FOOT_PX, text("figure.class_tilt.title"), unit)
        cloud = style.plot_area(figure, CLOUD_PX[0], TOP_PX, CLOUD_PX[1], HIGH_PX)
        cloud.set(xlabel=text("figure.class_tilt.extension"), ylabel=text("figure.class_tilt.tilt"))
        look = {"markersize": 8, "mfc": style.PELVIS, "mec": style.PAPER, "mew": 0.8, "linestyle": ""}
        cloud.plot(made.extension_deg, made.tilt_deg, "o", **look)
        for axis in (cloud.xaxis, cloud.yaxis):
            axis.set_major_formatter(lambda deg, _: f"{deg:.0f}°".replace("-", "−"))
        _draw_links(figure, made)
    return figure


def _draw_links(figure: Figure, made: MadeUpClass) -> None:
    who, n, r, low, high = published()
    axes: Axes = style.plot_area(figure, LINKS_PX[0], TOP_PX, LINKS_PX[1], HIGH_PX)
    axes.set(xlim=(-1, 1), ylim=(1.6, -0.6), xlabel=text("figure.class_tilt.r"))
    axes.set_yticks([])
    axes.set_xticks((-1, -0.5, 0, 0.5, 1), ("−1", "−0.5", "0", "0.5", "1"))
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.axvline(0, color=style.NEUTRAL, linewidth=1.2, zorder=1)
    axes.axvline(made.link, color=style.ACCENT, linewidth=1.8, dashes=(5, 3), zorder=2)
    axes.annotate(
        text("figure.class_tilt.true", link=number(made.link, 2)), (made.link, 1), xytext=(0, 5), ha="center",
        xycoords=axes.get_xaxis_transform(), textcoords="offset points", color=style.ACCENT,
        annotation_clip=False,
    )  # fmt: skip
    rows = (
        (text("figure.class_tilt.this"), len(made.tilt_deg), made.r, made.low, made.high, style.PELVIS, "o"),
        (who, n, r, low, high, style.INK, "D"),
    )
    for place, (name, people, value, least, most, color, marker) in enumerate(rows):
        axes.plot([least, most], [place] * 2, color=color, linewidth=2, zorder=2)
        axes.plot(value, place, marker, ms=9, mfc=color, mec=style.PAPER, zorder=3)
        axes.annotate(
            number(value, 2), (value, place), xytext=(0, 9), textcoords="offset points", ha="center",
            color=color,
            bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 1},
        )  # fmt: skip
        y_px = TOP_PX + HIGH_PX * (place + 0.6) / 2.2
        style.write(figure, WHO_PX, y_px, name, weight="bold")
        style.write(figure, WHO_PX, y_px + 17, text("figure.studies.n", n=people), color=style.MUTED)


def _table(made: MadeUpClass) -> pd.DataFrame:
    who, n, r, low, high = published()
    rows = [
        (
            text("figure.class_tilt.this"),
            len(made.tilt_deg),
            *(number(v, 2) for v in (made.r, made.low, made.high)),
        ),
        (who, n, *(number(value, 2) for value in (r, low, high))),
    ]
    columns = [
        text("figure.class_tilt.table.who"),
        text("figure.class_tilt.table.people"),
        text("figure.class_tilt.table.r"),
        text("figure.class_tilt.table.low"),
        text("figure.class_tilt.table.high"),
    ]
    return pd.DataFrame(rows, columns=columns)
