"""Studies that agree and studies that do not, side by side: three pictures, each with words and table."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from statistics import NormalDist

import pandas as pd
from matplotlib.figure import Figure

from hipbook import reference
from hipbook.figures import display, style
from hipbook.figures.dot_rows import Block, Row, draw_blocks, sheet_of
from hipbook.figures.explorable_words import number
from hipbook.strings import text

__all__ = [
    "describe_compensation",
    "describe_laboratory_peaks",
    "describe_stretching",
    "figure_compensation",
    "figure_laboratory_peaks",
    "figure_stretching",
    "peak_hip_extension_by_laboratory",
    "studies_of_compensation",
    "studies_of_stretching",
]

Z95 = NormalDist().inv_cdf(0.975)
CLAIMS = ("pelvic_tilt", "lumbar_extension")
VERDICTS = ("fits", "not_clear", "does_not_fit")

# block → (id of the words, study and outcome in interventions.csv, verdict on "stretching makes more of it")
TRIALS: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "table": (
        ("godges_right", "Godges 1993 right", "hip extension ROM right", "fits"),
        ("godges_left", "Godges 1993 left", "hip extension ROM left", "fits"),
        ("preece", "Preece 2021", "passive hip extension", "fits"),
        ("kerrigan_static", "Kerrigan 2003", "static hip extension", "fits"),
        ("watt_healthy", "Watt 2011 healthy", "passive hip extension ROM", "fits"),
        ("watt_frail", "Watt 2011 frail", "passive hip extension ROM", "fits"),
        ("mettler_passive", "Mettler 2019", "passive hip extension", "fits"),
        ("moreside_passive", "Moreside & McGill 2012", "passive hip ROM", "fits"),
        ("hatefi", "Hatefi 2021", "passive hip extension ROM", "does_not_fit"),
    ),
    "moving": (
        ("kerrigan_walk", "Kerrigan 2003", "peak hip extension comfortable walking", "not_clear"),
        ("kerrigan_control", "Kerrigan 2003 control", "peak hip extension comfortable walking", "plain"),
        ("watt_limited_walk", "Watt 2011 healthy", "passive hip extension ROM", "fits"),
        ("watt_frail_walk", "Watt 2011 frail", "passive hip extension ROM", "does_not_fit"),
        ("mettler_run", "Mettler 2019", "passive hip extension", "does_not_fit"),
        ("moreside_tasks", "Moreside & McGill 2013", "hip ROM used in functional movement", "does_not_fit"),
    ),
}
IN_DEGREES = {
    "godges_right", "godges_left", "preece", "kerrigan_static", "kerrigan_walk", "kerrigan_control",
}  # fmt: skip


def studies_of_compensation() -> display.ShownFigure:
    """Show what studies found on less hip extension and more movement of pelvis or low back."""
    blocks = _compensation()
    return display.show(
        figure_compensation(),
        describe_compensation(),
        title=text("figure.studies.compensation.title"),
        table=_table(blocks, "r", "link"),
    )


def studies_of_stretching() -> display.ShownFigure:
    """Show what trials of hip stretching changed, on the table and in movement."""
    blocks = _stretching()
    return display.show(
        figure_stretching(),
        describe_stretching(),
        title=text("figure.studies.stretching.title"),
        table=_table(blocks, "change", "gain"),
    )


def peak_hip_extension_by_laboratory() -> display.ShownFigure:
    """Show how much peak hip extension in walking differs between laboratories, with their spread."""
    blocks = _peaks()
    return display.show(
        figure_laboratory_peaks(),
        describe_laboratory_peaks(),
        title=text("figure.studies.peaks.title"),
        table=_table(blocks, "peak", ""),
    )


def figure_compensation() -> Figure:
    """Draw the size of each correlation with its interval, or that it was not seen."""
    blocks = _compensation()
    with style.house_style():
        figure = sheet_of(
            blocks,
            text("figure.studies.compensation.title"),
            text("figure.studies.compensation.unit"),
            idea="link",
        )
        ticks = (0, 0.25, 0.5, 0.75, 1)
        draw_blocks(figure, blocks, xlim=(0, 1), ticks=ticks, xlabel=text("figure.studies.compensation.axis"))
    return figure


def figure_stretching() -> Figure:
    """Draw the change that each trial found, with an interval where one can be computed."""
    blocks = _stretching()
    with style.house_style():
        figure = sheet_of(
            blocks,
            text("figure.studies.stretching.title"),
            text("figure.studies.stretching.unit"),
            idea="gain",
        )
        ticks = (-4, 0, 4, 8, 12)
        draw_blocks(figure, blocks, xlim=(-4, 14), ticks=ticks, xlabel=text("figure.studies.stretching.axis"))
    return figure


def figure_laboratory_peaks() -> Figure:
    """Draw mean and spread of peak hip extension by laboratory, and the thigh where the pelvis is known."""
    blocks = _peaks()
    with style.house_style():
        figure = sheet_of(blocks, text("figure.studies.peaks.title"), text("figure.studies.peaks.unit"))
        ticks = (-5, 0, 5, 10, 15, 20, 25)
        draw_blocks(figure, blocks, xlim=(-6, 27), ticks=ticks, xlabel=text("figure.studies.peaks.axis"))
    return figure


def correlation_interval(r: float, n: float) -> tuple[float, float]:
    """Return the 95 % interval of a correlation of ``n`` people (Fisher's z)."""
    half = Z95 / math.sqrt(n - 3)
    return math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)


def change_interval(change_deg: float, p: float) -> tuple[float, float]:
    """Return the 95 % interval [°] of a mean change from its two-sided P (normal approximation)."""
    error = abs(change_deg) / NormalDist().inv_cdf(1 - p / 2)
    return change_deg - Z95 * error, change_deg + Z95 * error


def _compensation() -> list[Block]:
    table = reference.associations()
    blocks = []
    for claim in CLAIMS:
        of_claim = table[table["claim"] == claim]
        rows = [
            _association(row)
            for verdict in VERDICTS
            for row in of_claim[of_claim["verdict"] == verdict].itertuples()
        ]
        blocks.append(Block(text(f"figure.studies.compensation.{claim}"), rows))
    return blocks


def _association(row: object) -> Row:
    shown = {"who": reference.citation(row.source_key), "what": text(f"figure.studies.row.{row.id}")}
    shown |= {"n": _known(row.n), "look": row.verdict}
    if pd.isna(row.r):
        p = "" if pd.isna(row.p) else f"{row.p:g}".lstrip("0")
        return Row(**shown, instead=text(f"figure.studies.r_not_seen{'_p' if p else ''}", p=p))
    low, high = correlation_interval(row.r, row.n)
    sizes = sorted((abs(low), abs(high)))
    return Row(**shown, value=abs(row.r), low=0.0 if low < 0 < high else sizes[0], high=sizes[1])


def _stretching() -> list[Block]:
    table = reference.interventions()
    return [
        Block(text(f"figure.studies.stretching.{block}"), [_trial(table, *trial) for trial in trials])
        for block, trials in TRIALS.items()
    ]


def _trial(table: pd.DataFrame, words: str, study: str, outcome: str, verdict: str) -> Row:
    (row,) = table[(table["study"] == study) & (table["outcome"] == outcome)].itertuples()
    shown = {"who": reference.citation(row.source_key), "what": text(f"figure.studies.row.{words}")}
    shown |= {"n": _known(row.n), "look": verdict}
    if words not in IN_DEGREES:
        return Row(**shown, instead=text(f"figure.studies.instead.{words}"))
    exact = re.search(r"\bP=(0?\.\d+)", row.ci_or_sd) if not pd.isna(row.ci_or_sd) else None
    low, high = change_interval(row.change_deg, float(exact[1])) if exact else (None, None)
    return Row(**shown, value=row.change_deg, low=low, high=high)


def shown_peaks() -> pd.DataFrame:
    """Return the rows of norms.csv with peak hip extension in comfortable walking, the largest first."""
    norms = reference.norms()
    comfortable = norms["task_or_test"].str.contains("comfortable|free", regex=True)
    return norms[(norms["measure"] == "peak hip extension") & comfortable].sort_values(
        "mean_deg", ascending=False
    )


def _peaks() -> list[Block]:
    norms = reference.norms()
    rows = [
        Row(
            who=reference.citation(row.source_key),
            what=text(f"figure.studies.people.{people_key(row.population)}"),
            n=_known(row.n),
            value=row.mean_deg,
            low=row.mean_deg - row.sd_deg,
            high=row.mean_deg + row.sd_deg,
            mark=_thigh(norms, row),
        )
        for row in shown_peaks().itertuples()
    ]
    return [Block(text("figure.studies.peaks.block"), rows)]


def people_key(population: str) -> str:
    """Return the last part of the key of a population's short name."""
    return re.sub(r"\W+", "_", re.sub(r"\(.*\)", "", population)).strip("_").lower()


def _thigh(norms: pd.DataFrame, row: object) -> float | None:
    """Return hip extension and pelvic tilt added up, where the same people's tilt in that walk is known."""
    tilt = norms[
        norms["measure"].str.startswith("anterior pelvic tilt")
        & (norms["source_key"] == row.source_key)
        & (norms["population"] == row.population)
        & (norms["task_or_test"] == row.task_or_test.partition(" (")[0])
    ]
    return None if tilt.empty else row.mean_deg + tilt["mean_deg"].iloc[0]


def _known(value: float) -> float | None:
    return None if pd.isna(value) else value


def describe_compensation() -> str:
    """Say how many findings fit, for pelvis and low back apart, with the largest and smallest links."""
    said = []
    for claim, block in zip(CLAIMS, _compensation(), strict=True):
        counts = {verdict: sum(row.look == verdict for row in block.rows) for verdict in VERDICTS}
        seen = sorted((row for row in block.rows if row.value is not None), key=lambda row: row.value)
        values = {
            "least": number(seen[0].value, 2), "least_who": seen[0].who,
            "most": number(seen[-1].value, 2), "most_who": seen[-1].who,
        }  # fmt: skip
        said.append(text(f"figure.studies.compensation.said.{claim}", **counts, **values))
    return " ".join([*said, text("figure.studies.compensation.said.why")])


def describe_stretching() -> str:
    """Say what the trials changed on the table and in movement, those against beside those for."""
    on_table, moving = _stretching()
    gains = sorted((row for row in on_table.rows if row.value is not None), key=lambda row: row.value)
    walked = next(row for row in moving.rows if row.look == "not_clear")
    return text(
        "figure.studies.stretching.said",
        least=number(gains[0].value), least_who=gains[0].who,
        most=number(gains[-1].value), most_who=gains[-1].who, most_n=f"{gains[-1].n:g}",
        against=" ".join(row.who for row in on_table.rows if row.look == "does_not_fit"),
        walked=number(walked.value), walked_who=walked.who,
        walked_low=number(walked.low), walked_high=number(walked.high),
        limited=" ".join(row.who for row in moving.rows if row.look == "fits"),
        unchanged=sum(row.look == "does_not_fit" for row in moving.rows),
        moving=sum(row.look != "plain" for row in moving.rows),
    )  # fmt: skip


def describe_laboratory_peaks() -> str:
    """Say from where to where peak hip extension goes, and the thigh where it can be computed."""
    rows: Sequence[Row] = _peaks()[0].rows
    thighs = sorted(row.mark for row in rows if row.mark is not None)
    return text(
        "figure.studies.peaks.said",
        groups=len(rows),
        least=number(rows[-1].value), least_who=rows[-1].who,
        most=number(rows[0].value), most_who=rows[0].who,
        thighs=len(thighs), low=number(thighs[0]), high=number(thighs[-1]),
    )  # fmt: skip


def _table(blocks: Sequence[Block], value: str, idea: str) -> pd.DataFrame:
    names = ("study", "what", "people", value, "low", "high", "finding")
    rows = [
        [
            row.who, row.what, "" if row.n is None else f"{row.n:g}",
            *(_cell(part, 2 if value == "r" else 1) for part in (row.value, row.low, row.high)),
            row.instead or (text(f"figure.studies.look.{idea}.{row.look}") if idea else ""),
        ]
        for block in blocks
        for row in block.rows
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=[text(f"figure.studies.table.{name}") for name in names])


def _cell(value: float | None, digits: int) -> str:
    return "" if value is None else number(value, digits)
