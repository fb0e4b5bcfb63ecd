"""What if my hips walked so? Each reading as a band in the walking model, and why that is no forecast."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hipbook.figures import phrases, style
from hipbook.figures.body import LIT, draw_body
from hipbook.figures.change_words import signed
from hipbook.figures.choice_words import empty_sheet, noting, of_part, say_choice, say_empty, unit_of
from hipbook.figures.display import Chart
from hipbook.figures.what_if_shown import End, SideWalks, WhatIfShown, what_if_shown
from hipbook.motion.from_measurement import FINDINGS, TUCK_DEG
from hipbook.motion.skeleton import skeleton_points
from hipbook.motion.walker import walker_pose
from hipbook.progress.choice import EVERYTHING, Choice, up_to
from hipbook.progress.measure import name_of_test
from hipbook.reference import citation
from hipbook.strings import text
from hipbook.widgets.gait_words import rounded

__all__ = ["chart", "describe_what_if", "figure_what_if"]

SIDE_PX, WIDE_PX, TOP_PX, STAGE_PX = (24, 396), 340, 92, 300
VIEW_Y = (-0.02, 1.04)  # statures
ROWS_PX, ROW_PX, LABEL_PX, VALUE_PX = 56, 27, 106, 96
NOTE_PX, FOOT_PX = 104, 8
AXIS_DEG, AXIS_PERCENT = (-12.0, 32.0), (60.0, 105.0)
NEEDLE = 0.34  # length of a thigh line, in statures
COLOR = {"hip": style.HIP, "pelvis": style.PELVIS, "lumbar": style.LUMBAR, "step": style.INK}


def chart(measurements: pd.DataFrame, **options: Any) -> Chart:
    """Return picture, words and table of the what-if; parameters as of `what_if_shown`."""
    choice = options.get("choice", EVERYTHING)
    rows = up_to(measurements, options.get("until"))
    shown = what_if_shown(rows, **options)
    made = Chart(
        text("figure.what_if.title"),
        lambda: _figure(shown, choice),
        lambda: _words(shown, choice),
        lambda: _table(shown),
    )
    return noting(made, len(measurements) - len(rows))


def figure_what_if(measurements: pd.DataFrame, **options: Any) -> Figure:
    """Draw the what-if; parameters as of `what_if_shown`."""
    return chart(measurements, **options).figure()


def describe_what_if(measurements: pd.DataFrame, **options: Any) -> str:
    """Say what :func:`figure_what_if` shows, from the same numbers; parameters as of `what_if_shown`."""
    return chart(measurements, **options).words()


def _values(end: End, side: str) -> dict[str, float]:
    """Return the peaks that the rows show [°], and the share of the step that is left [%]."""
    return {
        "hip": end.summary.peak_hip_extension_deg[side],
        "pelvis": end.summary.peak_anterior_pelvic_tilt_deg,
        "lumbar": end.summary.peak_lumbar_extension_deg,
        "step": end.summary.step_length_percent,
    }


def _table(shown: WhatIfShown | None) -> pd.DataFrame:
    names = [text(f"figure.what_if.table.{name}") for name in ("what", "low", "high", "usual")]
    rows = []
    for side, one in (shown.sides if shown else {}).items():
        low, high, usual = (_values(end, side) for end in (one.low, one.high, shown.usual))
        said = text(f"figure.side.{side}")
        rows += [
            [
                f"{text(f'figure.what_if.row.{name}')}, {said}",
                *(round(end[name], 1) for end in (low, high, usual)),
            ]
            for name in COLOR
        ]
    return pd.DataFrame(rows, columns=names)


# --- the picture ------------------------------------------------------------


def _figure(shown: WhatIfShown | None, choice: Choice) -> Figure:
    with style.house_style():
        title = text("figure.what_if.title")
        if shown is None:
            hint = text("figure.what_if.none.hint")
            return empty_sheet(title, choice, text("figure.what_if.none"), hint)
        return _draw(
            shown, unit_of(text("figure.what_if.unit", pace=text(f"explorer.pace.{shown.speed}")), choice)
        )


def _draw(shown: WhatIfShown, unit: str) -> Figure:
    height = TOP_PX + STAGE_PX + ROWS_PX + ROW_PX * len(COLOR) + NOTE_PX + FOOT_PX
    figure = style.sheet(height, text("figure.what_if.title"), unit)
    stage, rows = _areas(figure)
    for left_px, side in zip(SIDE_PX, ("left", "right"), strict=True):
        style.write(
            figure, left_px, TOP_PX, text(f"figure.what_if.{side}"), size_px=style.TEXT_PX, weight="bold"
        )
        one = shown.sides.get(side)
        if one is None:
            style.swatch(figure, left_px, TOP_PX + 20 + STAGE_PX, WIDE_PX, STAGE_PX, facecolor=style.REST)
            middle = left_px + WIDE_PX / 2, TOP_PX + 20 + STAGE_PX / 2
            style.write(figure, *middle, text(f"figure.what_if.no_{side}"), color=style.MUTED, ha="center")
            continue
        said = phrases.counted("figure.what_if.reading", one.days, deg=signed(one.reading_deg))
        style.write(figure, left_px + WIDE_PX, TOP_PX, said, color=style.MUTED, ha="right")
        for place, (name, limit_deg) in enumerate(zip(("low", "high"), one.band.limits_deg, strict=True)):
            middle_px = left_px + WIDE_PX * (place + 0.5) / 2
            _draw_walker(stage, middle_px, side, getattr(one, name))
            words = text(f"figure.what_if.end.{name}", deg=signed(limit_deg))
            style.write(figure, middle_px, TOP_PX + STAGE_PX + 32, words, ha="center")
        _draw_rows(figure, rows, left_px, side, one, shown.usual)
    style.write(figure, 24, height - FOOT_PX - NOTE_PX + 18, text("figure.what_if.key"), color=style.MUTED)
    _draw_note(figure, height - FOOT_PX - NOTE_PX + 52)
    return figure


def _areas(figure: Figure) -> tuple[Axes, Axes]:
    """Return the axes of the four walkers, in statures, and of the rows, in px from the sheet's left."""
    wide_px = SIDE_PX[1] + WIDE_PX - SIDE_PX[0]
    stage = style.plot_area(figure, SIDE_PX[0], TOP_PX + 16, wide_px, STAGE_PX)
    px = STAGE_PX / (VIEW_Y[1] - VIEW_Y[0])
    stage.set(xlim=(SIDE_PX[0] / px, (SIDE_PX[0] + wide_px) / px), ylim=VIEW_Y)
    top_px = TOP_PX + STAGE_PX + ROWS_PX
    rows = style.plot_area(figure, SIDE_PX[0], top_px, wide_px, ROW_PX * len(COLOR))
    rows.set(xlim=(SIDE_PX[0], SIDE_PX[0] + wide_px), ylim=(len(COLOR) - 0.5, -0.5))
    for axes in (stage, rows):
        axes.set_axis_off()
    return stage, rows


def _draw_walker(axes: Axes, middle_px: float, side: str, end: End) -> None:
    """Draw the walker when the thigh is furthest back, with the low back and the thigh marked."""
    pose = walker_pose(end.walk, int(np.argmax(getattr(end.walk, side).thigh_behind_torso_deg)))
    pose["x"] = middle_px * (VIEW_Y[1] - VIEW_Y[0]) / STAGE_PX
    draw_body(axes, pose, colors=LIT)
    at = skeleton_points(pose)
    hip, knee = at["near_hip"], at["near_knee" if side == "right" else "far_knee"]
    spine = np.stack([at[f"lumbar_{k}"] for k in range(7)])
    axes.plot(*spine.T, color=style.LUMBAR, linewidth=5, solid_capstyle="round", zorder=201)
    down = [[hip[0]] * 2, [hip[1], hip[1] - NEEDLE]]
    axes.plot(*down, color=style.INK, linewidth=1, dashes=(1.5, 3), zorder=202)
    thigh = np.stack([hip, hip + NEEDLE / np.hypot(*(knee - hip)) * (knee - hip)])
    axes.plot(*thigh.T, color=style.INK, linewidth=3, solid_capstyle="round", zorder=202)
    axes.plot(*hip, "o", ms=7.5, mfc=style.PAPER, mec=style.INK, mew=2.2, zorder=203)


def _draw_rows(figure: Figure, axes: Axes, left_px: float, side: str, one: SideWalks, usual: End) -> None:
    ends, free = [_values(end, side) for end in (one.low, one.high)], _values(usual, side)
    first_px, last_px = left_px + LABEL_PX, left_px + WIDE_PX - VALUE_PX
    grid = np.array([first_px, last_px, np.nan] * len(COLOR))
    axes.plot(grid, np.repeat(np.arange(len(COLOR)), 3), color=style.GRID, linewidth=1, zorder=1)
    marks: list[float] = []
    for row, (name, color) in enumerate(COLOR.items()):
        first, last = AXIS_PERCENT if name == "step" else AXIS_DEG
        low, high, mark = (
            first_px + (last_px - first_px) * (value[name] - first) / (last - first)
            for value in (*ends, free)
        )
        marks += [mark, mark, np.nan]
        axes.plot([low, high], [row, row], "o-", ms=5.2, color=color, linewidth=7, zorder=2, label=name)
        y_px = TOP_PX + STAGE_PX + ROWS_PX + ROW_PX * (row + 0.5) + 4
        style.write(figure, left_px, y_px, text(f"figure.what_if.row.{name}"))
        look = {"color": color, "weight": "bold", "ha": "right"}
        style.write(figure, left_px + WIDE_PX, y_px, _span(name, *ends), **look)
    up = np.array([(row - 0.4, row + 0.4, np.nan) for row in range(len(COLOR))]).ravel()
    axes.plot(marks, up, color=style.MUTED, linewidth=2.2, zorder=3, label="usual")


def _span(name: str, low: dict[str, float], high: dict[str, float]) -> str:
    decimals = 1 if name == "hip" else 0  # as in the words
    first, last = rounded(low[name], decimals), rounded(high[name], decimals)
    unit = text("figure.what_if.percent" if name == "step" else "figure.what_if.deg", n=last)
    return unit if first == last else text("figure.span", first=first, last=unit)


def _draw_note(figure: Figure, y_px: float) -> None:
    style.swatch(figure, 24, y_px + 34, 5, 50, facecolor=style.ACCENT)
    style.write(figure, 40, y_px, text("figure.what_if.note"), size_px=style.TEXT_PX, weight="bold")
    against = phrases.listed([citation(one.source_key) for one in FINDINGS if one.passive_range_told == "no"])
    partly = phrases.listed([citation(one.source_key) for one in FINDINGS if one.passive_range_told != "no"])
    style.write(figure, 40, y_px + 20, text("figure.what_if.note.no", studies=against), color=style.MUTED)
    style.write(figure, 40, y_px + 37, text("figure.what_if.note.partly", studies=partly), color=style.MUTED)


# --- the words ------------------------------------------------------------


def _words(shown: WhatIfShown | None, choice: Choice) -> str:
    findings = " ".join([text("figure.what_if.findings"), *map(_say_finding, FINDINGS)])
    if shown is None:
        return f"{say_empty(text('figure.what_if.empty'), choice)}\n{findings}"
    said = [
        say_choice(choice),
        text("figure.what_if.not_forecast"),
        _say_readings(shown),
        _say_missing(shown),
    ]
    walks = [text("figure.what_if.walks", pace=text(f"explorer.pace.{shown.speed}"))]
    walks += [_say_walks(side, one, shown.usual) for side, one in shown.sides.items()]
    return "\n".join(" ".join(filter(None, part)) for part in (said, walks, [findings]))


def _say_finding(finding: Any) -> str:
    return f"{text(finding.words).rstrip('.')} ({citation(finding.source_key)})."


def _say_readings(shown: WhatIfShown) -> str:
    clauses = [
        text(
            "figure.what_if.band",
            side=text(f"side.{side}"),
            deg=signed(one.reading_deg),
            days=phrases.counted("figure.what_if.days", one.days, span=phrases.span(one.first, one.last)),
            low=signed(one.band.low_deg),
            high=signed(one.band.high_deg),
        )
        for side, one in shown.sides.items()
    ]
    values = {"test": name_of_test(shown.test), "tuck": f"{TUCK_DEG:g}"}
    return text("figure.what_if.readings", clauses=phrases.capital("; ".join(clauses)), **values)


def _say_missing(shown: WhatIfShown) -> str:
    gone = [side for side in ("left", "right") if side not in shown.sides]
    return of_part(f"figure.extension.no_{gone[0]}", shown.part) if gone else ""


def _say_walks(side: str, one: SideWalks, usual: End) -> str:
    low, high, free = (_values(end, side) for end in (one.low, one.high, usual))
    extra = [rounded(end.summary.extra_lumbar_extension_deg) for end in (one.low, one.high)]
    step = [rounded(end["step"]) for end in (low, high)]
    if set(extra) == {"0"} and set(step) == {"100"}:
        return text("figure.what_if.same", side=text(f"side.{side}"), usual=rounded(free["hip"]))
    cut = f" {text('figure.what_if.cut')}" if one.band.cut else ""
    return text(
        "figure.what_if.walk",
        side=text(f"side.{side}"),
        usual=rounded(free["hip"]),
        arch=rounded(free["lumbar"]),
        low=rounded(low["lumbar"]), high=rounded(high["lumbar"]), step_low=step[0], step_high=step[1],
    ) + cut  # fmt: skip
