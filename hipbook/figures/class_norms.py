"""A class beside published means of the same test, and what may not be beside it: picture, words, table."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from hipbook import reference
from hipbook.figures.change_words import signed
from hipbook.figures.display import Chart
from hipbook.figures.dot_rows import Block, Row, draw_blocks, sheet_of
from hipbook.figures.explorable_words import number
from hipbook.figures.style import house_style
from hipbook.progress.measure import METHODS, name_of_test
from hipbook.strings import text

__all__ = ["chart", "describe_class_norms", "figure_class_norms", "same_test"]

# how one lies → source and test in norms.csv of published means in that very test
SAME_TEST = {"thomas": (("harvey1998", "thigh angle"),), "prone": ()}
OTHER_TESTS = (
    ("jung2016", "hip extension ROM", "figure.class_norms.what.jung"),
    ("roach2015", "passive hip extension", "figure.class_norms.what.roach"),
    ("kerrigan2003", "static hip extension", "figure.class_norms.what.kerrigan"),
)
AXIS_DEG, TICKS_DEG = (-6.0, 26.0), (-5, 0, 5, 10, 15, 20, 25)


def same_test(test: str) -> pd.DataFrame:
    """Return the rows of norms.csv that were measured in the same test; none when we have none."""
    norms = reference.norms()
    wanted = SAME_TEST[METHODS[test].position]
    is_same = [(row.source_key, row.measure) in wanted for row in norms.itertuples()]
    return norms[is_same]


def chart(means_deg: pd.Series, test: str) -> Chart:
    """Return picture, words and table of a class beside published means; no dot is one person.

    Parameters
    ----------
    means_deg : Series
        Mean of each person's readings [°], extension positive.
    test : str
        One of `hipbook.progress.measure.METHODS`.
    """
    blocks = _blocks(means_deg, test)
    return Chart(
        text("figure.class_norms.title"),
        lambda: figure_class_norms(means_deg, test),
        lambda: describe_class_norms(means_deg, test),
        lambda: _table(blocks),
    )


def figure_class_norms(means_deg: pd.Series, test: str) -> Figure:
    """Draw the class's mean and spread, the published means of its test, and name those of other tests."""
    blocks = _blocks(means_deg, test)
    with house_style():
        figure = sheet_of(blocks, text("figure.class_norms.title"), text("figure.class_norms.unit"))
        draw_blocks(figure, blocks, xlim=AXIS_DEG, ticks=TICKS_DEG, xlabel=text("figure.class_norms.axis"))
    return figure


def describe_class_norms(means_deg: pd.Series, test: str) -> str:
    """Say mean and spread of the class, the published means of the same test, and why no other is there."""
    mean, spread = means_deg.mean(), means_deg.std(ddof=1)
    lines = [
        text(
            "figure.class_norms.said", n=len(means_deg), mean=signed(mean), sd=number(spread),
            low=signed(mean - spread), high=signed(mean + spread),
        )
    ]  # fmt: skip
    published = same_test(test)
    for row in published.itertuples():
        lines.append(
            text(
                "figure.class_norms.said.published", who=reference.citation(row.source_key), n=f"{row.n:g}",
                mean=signed(row.mean_deg), difference=number(abs(mean - row.mean_deg)),
                way=text("figure.class_norms.less" if mean < row.mean_deg else "figure.class_norms.more"),
            )
        )  # fmt: skip
    lines.append(text("figure.class_norms.said.none" if published.empty else "figure.class_norms.said.care"))
    lines.append(text("figure.class_norms.said.others"))
    return "\n".join(lines)


def _blocks(means_deg: pd.Series, test: str) -> list[Block]:
    mean, spread = float(means_deg.mean()), float(means_deg.std(ddof=1))
    who, what = text("figure.class_norms.class"), name_of_test(test)
    same = [Row(who, what, len(means_deg), mean, mean - spread, mean + spread)]
    same += [
        Row(reference.citation(row.source_key), text("figure.class_norms.what.harvey"), row.n, row.mean_deg)
        for row in same_test(test).itertuples()
    ]
    norms = reference.norms()
    others = []
    for key, measure, words in OTHER_TESTS:
        row = norms[(norms["source_key"] == key) & (norms["measure"] == measure)].iloc[0]
        instead = text("figure.class_norms.instead")
        others.append(Row(reference.citation(key), text(words), row["n"], instead=instead))
    return [Block(text("figure.class_norms.same"), same), Block(text("figure.class_norms.other"), others)]


def _table(blocks: list[Block]) -> pd.DataFrame:
    columns = [
        text("figure.class_norms.table.who"),
        text("figure.class_norms.table.what"),
        text("figure.class_norms.table.people"),
        text("figure.class_norms.table.mean"),
        text("figure.class_norms.table.low"),
        text("figure.class_norms.table.high"),
    ]
    rows = [
        [
            row.who,
            row.what,
            f"{row.n:g}",
            *("" if part is None else signed(part) for part in (row.value, row.low, row.high)),
        ]
        for row in blocks[0].rows
    ]
    return pd.DataFrame(rows, columns=columns)
