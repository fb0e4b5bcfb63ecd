"""What a panel that measures needs from Python: its data, the check of readings, and the person's error."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from hipbook.motion.from_measurement import READING_DEG
from hipbook.motion.lying import POSES, TABLE
from hipbook.progress import log
from hipbook.progress.change import BASELINE_DAYS, baseline_rows, baseline_span, first_stretch
from hipbook.progress.measure import (
    HEIGHT_CM,
    METHODS,
    THIGH_CM,
    TOOLS_DIFFER_DEG,
    MeasureError,
    thomas_trig_deg,
    tool_deg,
)
from hipbook.progress.scatter import ASSUMED_MDC_DEG, LEAST_DAYS, scatter
from hipbook.progress.tables import QUANTITY, SIDES
from hipbook.strings import languages, spoken, text
from hipbook.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

__all__ = ["TESTS", "check_readings", "measure_data", "readings_so_far", "value_deg"]

TESTS = ("thomas_trig", "thomas_goniometer", "thomas_phone", "prone_phone")
"""The tests that a panel offers, of `hipbook.progress.measure.METHODS`; the first is where it begins."""

KNEE = ("below", "above")
ROUNDING_DEG = 0.051  # a panel writes tenths
LANGUAGE = "en"


def value_deg(test: str, inputs: Mapping[str, Any]) -> float:
    """Return the hip extension that follows from what was read off.

    Parameters
    ----------
    test : str
        One of `TESTS`; it fixes what zero means.
    inputs : mapping
        For the tape ``hip_height_cm, knee_height_cm, thigh_length_cm``. For a sensor ``raw_deg`` and
        ``level_deg``: how far the end of the phone that points to the knee is above its other end, now and on
        the level thigh [°]. For a tool whose number was typed ``angle_deg`` (0–60) and ``knee``: ``below`` or
        ``above`` the hip. Other entries do not matter.

    Returns
    -------
    float
        Degrees in the test's own zero, −60…60, extension positive. On the back the knee extends downwards,
        face down it extends upwards.

    Raises
    ------
    MeasureError
        Names the input, its rule and the value.
    """
    if test not in TESTS:
        raise MeasureError(f"test must be one of {', '.join(TESTS)}, got {test!r}")
    if METHODS[test].tool == "tape":
        return thomas_trig_deg(
            *(_given(inputs, f"{name}_cm") for name in ("hip_height", "knee_height", "thigh_length"))
        )
    down = METHODS[test].position == "thomas"
    if "angle_deg" not in inputs:
        return tool_deg(
            _given(inputs, "raw_deg"), level_deg=_given(inputs, "level_deg"), flexion_positive=down
        )
    if inputs.get("knee") not in KNEE:
        raise MeasureError(f"knee must be one of {', '.join(KNEE)}, got {inputs.get('knee')!r}")
    angle = _given(inputs, "angle_deg")
    if not isinstance(angle, int | float) or not 0 <= angle <= READING_DEG[1]:
        raise MeasureError(f"angle_deg must be between 0 and {READING_DEG[1]:g}, got {angle!r}")
    return tool_deg(angle, flexion_positive=(inputs["knee"] == "above") == down)


def check_readings(rows: Iterable[Mapping[str, Any]]) -> tuple[list[Mapping[str, Any]], list[str]]:
    """Part the readings whose value follows from their inputs from those where it does not.

    Parameters
    ----------
    rows : iterable of mapping
        Rows for the log of measurements that follow the rules of its table; undo rows pass.

    Returns
    -------
    good : list of mapping
    why : list of str
        One line for each other row.
    """
    good, why = [], []
    for row in rows:
        try:
            if row.get("test"):
                _check(row)
            good.append(row)
        except MeasureError as error:
            why.append(f"measurements: {error}")
    return good, why


def _check(row: Mapping[str, Any]) -> None:
    meant = value_deg(row["test"], json.loads(row.get("inputs") or "{}"))
    if abs(float(row["value_deg"]) - meant) > ROUNDING_DEG:
        raise MeasureError(f"value_deg must follow from inputs, {meant:.1f}, got {row['value_deg']}")


def measure_data(workspace: Workspace | None, test: str = TESTS[0], side: str = SIDES[0]) -> dict[str, Any]:
    """Return all that a panel in a browser needs, as plain JSON data.

    Parameters
    ----------
    workspace : Workspace or None
        Whose log; None for practice, of which nothing is saved.
    test : str
        One of `TESTS` to begin with.
    side : {"left", "right"}

    Raises
    ------
    MeasureError
        For an unknown test or side.
    """
    for name, value, known in (("test", test, TESTS), ("side", side, SIDES)):
        if value not in known:
            raise MeasureError(f"{name} must be one of {', '.join(known)}, got {value!r}")
    return {
        "tests": [
            {"name": name, "position": METHODS[name].position, "tool": METHODS[name].tool} for name in TESTS
        ],
        "limits": {"height_cm": HEIGHT_CM, "thigh_cm": THIGH_CM, "reading_deg": READING_DEG},
        "numbers": {
            "assumed_mdc_deg": ASSUMED_MDC_DEG,
            "least_days": LEAST_DAYS,
            "tools_differ_deg": TOOLS_DIFFER_DEG,
            "baseline_weeks": BASELINE_DAYS[1] // 7,
        },
        "lying": {"poses": POSES, "tables": TABLE},
        "name": text("measuring.title"),
        "test": test,
        "side": side,
        **readings_so_far(workspace),
        "strings": spoken(LANGUAGE),
        "language": LANGUAGE,
        "languages": [{"code": code, "name": name} for code, name in languages().items()],
        "workspace_id": workspace.id if workspace else "",
        "saves": workspace is not None,
    }


def readings_so_far(
    workspace: Workspace | None, today: dt.date | None = None
) -> dict[str, list[dict[str, Any]]]:
    """Return what a panel shows of readings that the log has.

    Parameters
    ----------
    workspace : Workspace or None
    today : date, optional
        Today by the local calendar if left out.

    Returns
    -------
    dict
        ``errors``: per test and side the days of the baseline, SEM and MDC [°], whether they are assumed, and
        whether the baseline is still ``open`` for another day. ``recent``: yesterday's and later readings,
        in the order in which they were written, for a panel that is opened again on the same day.
    """
    today = today or dt.date.today()
    rows = _rows(workspace, "measurements")
    if rows is None or rows.empty:
        return {"errors": [], "recent": []}
    rows = rows[(rows["person"] == "") & (rows["quantity"] == QUANTITY)]
    holds = _rows(workspace, "holds")
    start = None if holds is None else first_stretch(holds)
    groups = rows.groupby(["test", "side"], observed=True)
    errors = [_own_error(test, side, group, start, today) for (test, side), group in groups]
    late = rows[rows["local_date"].dt.date >= today - dt.timedelta(days=1)]
    recent = [
        {
            "id": row.id,
            "test": str(row.test),
            "side": str(row.side),
            "trial": int(row.trial),
            "value_deg": float(row.value_deg),
            "local_date": row.local_date.date().isoformat(),
        }
        for row in late.itertuples()
    ]
    return {"errors": errors, "recent": recent}


def _own_error(
    test: str, side: str, rows: pd.DataFrame, start: dt.date | None, today: dt.date
) -> dict[str, Any]:
    """Return SEM and MDC from the baseline of the change verdict: later days may hold a real change."""
    found = scatter(baseline_rows(rows, start=start))
    _, end = baseline_span(rows["local_date"].min().date(), start)
    return {
        "test": str(test),
        "side": str(side),
        "days": found.days,
        "sem_deg": found.sem_deg,
        "mdc_deg": found.mdc_deg,
        "assumed": found.assumed,
        "open": today < end,
    }


def _rows(workspace: Workspace | None, table: str) -> pd.DataFrame | None:
    """Return the rows of a table that count; None when there is no log that can be read."""
    if workspace is None:
        return None
    folder: Path = workspace.log_folder
    if not (folder / f"{table}.csv").exists():
        return None
    try:
        return {"measurements": log.read_measurements, "holds": log.read_holds}[table](folder).rows
    except log.LogReadError:
        return None


def _given(inputs: Mapping[str, Any], name: str) -> Any:
    if name not in inputs:
        raise MeasureError(f"inputs must have {name}, got {', '.join(inputs) or 'nothing'}")
    return inputs[name]
