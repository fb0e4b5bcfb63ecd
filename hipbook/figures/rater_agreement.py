"""Do two raters agree? Each person's two means against each other (Bland–Altman): picture, words, table."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from hipbook.classroom.agreement import Agreement
from hipbook.figures import style
from hipbook.figures.change_words import signed
from hipbook.figures.display import Chart
from hipbook.figures.explorable_words import number
from hipbook.figures.phrases import counted
from hipbook.progress.measure import name_of_test
from hipbook.strings import text

__all__ = ["chart", "describe_agreement", "figure_agreement", "table_agreement"]

LEFT_PX, TOP_PX, PLOT_PX, PANEL_PX, FOOT_PX = 64, 82, 500, 270, 62
LEAST_SPAN_DEG = 10.0  # of the y axis, so that a degree does not look like a gap


def chart(found: Agreement, test: str) -> Chart:
    """Return picture, words and table of how well a class's raters agree; no row is about one person.

    Parameters
    ----------
    found : Agreement
        As `hipbook.classroom.agreement.agreement` gives it.
    test : str
        The test that was measured.
    """
    return Chart(
        text("figure.agreement.title"),
        lambda: figure_agreement(found, test),
        lambda: describe_agreement(found),
        lambda: table_agreement(found),
    )


def describe_agreement(found: Agreement) -> str:
    """Say how well raters agree, in five short paragraphs."""
    raters = found.raters
    order = found.bias_low_deg > 0 or found.bias_high_deg < 0
    left = counted("figure.agreement.left_out", found.left_out) if found.left_out else ""
    lines = [
        f"{text('figure.agreement.people', n=found.people)} {left}".strip(),
        text(
            "figure.agreement.icc", icc=number(raters.icc, 2), low=number(raters.icc_low, 2),
            high=number(raters.icc_high, 2), between=number(100 * raters.icc, 0),
        ),
        text("figure.agreement.raters", sem=number(raters.sem_deg), mdc=number(raters.mdc_deg)),
        text("figure.agreement.trials", sem=number(found.trial_sem_deg), mdc=number(found.trial_mdc_deg)),
        text("figure.agreement.limits", low=signed(found.low_deg), high=signed(found.high_deg)),
        text(
            "figure.agreement.order" if order else "figure.agreement.no_order", bias=signed(found.bias_deg),
            low=signed(found.bias_low_deg), high=signed(found.bias_high_deg),
        ),
    ]  # fmt: skip
    return "\n".join(lines)


def table_agreement(found: Agreement) -> pd.DataFrame:
    """Return the numbers of the class, a row each; none is about one person."""
    raters = found.raters
    rows = [
        (text("figure.agreement.table.people"), str(found.people)),
        (text("figure.agreement.table.icc"), number(raters.icc, 2)),
        (text("figure.agreement.table.icc_interval"), _span(raters.icc_low, raters.icc_high, 2)),
        (text("figure.agreement.table.sem_raters"), f"{number(raters.sem_deg)}°"),
        (text("figure.agreement.table.mdc_raters"), f"{number(raters.mdc_deg)}°"),
        (text("figure.agreement.table.sem_trials"), f"{number(found.trial_sem_deg)}°"),
        (text("figure.agreement.table.mdc_trials"), f"{number(found.trial_mdc_deg)}°"),
        (text("figure.agreement.table.bias"), signed(found.bias_deg)),
        (text("figure.agreement.table.limits"), f"{signed(found.low_deg)} … {signed(found.high_deg)}"),
    ]
    return pd.DataFrame(
        rows, columns=[text("figure.agreement.table.what"), text("figure.agreement.table.class")]
    )


def figure_agreement(found: Agreement, test: str) -> Figure:
    """Draw a dot per person: both raters' mean across, second less first up, with the limits of agreement."""
    with style.house_style():
        unit = text("figure.agreement.unit", test=name_of_test(test))
        figure = style.sheet(TOP_PX + PANEL_PX + FOOT_PX, text("figure.agreement.title"), unit)
        axes = style.plot_area(figure, LEFT_PX, TOP_PX, PLOT_PX, PANEL_PX)
        most = max(
            np.abs(found.difference_deg).max(), abs(found.low_deg), abs(found.high_deg), LEAST_SPAN_DEG / 2
        )
        low, high = found.mean_deg.min(), found.mean_deg.max()
        axes.set(ylim=(-1.15 * most, 1.15 * most), xlim=(low - 1.5, high + 1.5))
        axes.set(xlabel=text("figure.agreement.across"), ylabel=text("figure.agreement.up"))
        for axis in (axes.xaxis, axes.yaxis):
            style.signed_degrees(axis, 8)
        axes.axhspan(found.low_deg, found.high_deg, facecolor=style.GRID, alpha=0.75, linewidth=0, zorder=0.5)
        axes.axhline(0, color=style.NEUTRAL, linewidth=1.2, zorder=1)
        axes.axhline(found.bias_deg, color=style.INK, linewidth=1.8, dashes=(6, 3), zorder=2)
        look = {
            "markersize": 8,
            "mfc": style.HIP,
            "mec": style.PAPER,
            "mew": 0.8,
            "linestyle": "",
            "zorder": 3,
        }
        axes.plot(found.mean_deg, found.difference_deg, "o", clip_on=False, **look)
        labels = (
            (found.high_deg, text("figure.agreement.upper", deg=signed(found.high_deg)), style.MUTED),
            (found.bias_deg, text("figure.agreement.mean", deg=signed(found.bias_deg)), style.INK),
            (found.low_deg, text("figure.agreement.lower", deg=signed(found.low_deg)), style.MUTED),
        )
        for at, words, color in labels:
            axes.annotate(
                words, (1, at), xycoords=axes.get_yaxis_transform(), xytext=(8, -3), color=color,
                textcoords="offset points", annotation_clip=False,
            )  # fmt: skip
    return figure


def _span(low: float, high: float, digits: int) -> str:
    return f"{number(low, digits)} … {number(high, digits)}"
