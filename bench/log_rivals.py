"""One reading of a log in a process of its own: ``log_rivals.py NAME FOLDER`` prints its time and its memory.

The time is from the file to the result, without imports. The memory is the most that the process ever had.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from hipbook.progress import log
from hipbook.progress.analysis import weekly_dose
from hipbook.progress.canonical import parse
from hipbook.progress.tables import CODE, HOLDS, OUTCOMES, REASONS, SIDES
from hipbook.stretching.catalog import catalog

DATES = ["started_at", "local_date"]
ARROW = "_arrow"
"""Ends the name of a reading whose texts pandas keeps in pyarrow."""

LIMITS = {"repetition": (1, 100), "planned_s": (0, 3600), "held_s": (0, 3600), "schema": (1, 1)}


def bare(folder: Path) -> object:
    """Read, with dates, and do nothing more."""
    return pd.read_csv(folder / "utc.csv", parse_dates=DATES)


def hipbook(folder: Path, name: str = "holds.csv", rejected: int = 0) -> object:
    """Read with every check, and add up weeks."""
    table = log.read_holds(folder / name)
    if len(table.rejected) != rejected:
        raise ValueError(f"rejected must be {rejected}, got {len(table.rejected)}: {table.rejected[:1]}")
    return weekly_dose(table.rows)


def hipbook_bad(folder: Path) -> object:
    """Do so with a file that has a bad row, which takes the way through single rows."""
    return hipbook(folder, "bad.csv", 1)


def pandas_local(folder: Path) -> object:
    """Read the file as the log has it, with offsets that change, and add up weeks."""
    rows = pd.read_csv(folder / "holds.csv", parse_dates=["local_date"])
    rows["started_at"] = pd.to_datetime(rows["started_at"], utc=True, format="ISO8601")
    return weekly_dose(rows)


def pandera(folder: Path) -> object:
    """Read, validate and add up weeks."""
    rows = pd.read_csv(folder / "utc.csv", parse_dates=DATES)
    schema.validate(rows)
    return weekly_dose(rows)


def rules() -> object:
    """Return what pandera can say of the table, column by column, and of two columns together."""
    from pandera import pandas as pa

    def code(**more: object) -> pa.Column:
        return pa.Column(checks=pa.Check.str_matches(f"^{CODE.pattern}$"), **more)

    def choice(values: tuple[str, ...], **more: object) -> pa.Column:
        return pa.Column(checks=pa.Check.isin(values), **more)

    numbers = {name: pa.Column(checks=pa.Check.in_range(*limits)) for name, limits in LIMITS.items()}
    codes = {name: code() for name in ("session_id", "routine", "stretch")}
    days = pa.Check(
        lambda rows: (rows["local_date"] - rows["started_at"].dt.tz_localize(None)).dt.days.abs() <= 1
    )
    reasons = pa.Check(lambda rows: (rows["outcome"] != "done") | rows["reason"].isna())
    return pa.DataFrameSchema(
        {"id": code(unique=True), "started_at": pa.Column("datetime64[us, UTC]"), "local_date": pa.Column()}
        | codes
        | numbers
        | {"side": choice(SIDES), "outcome": choice(OUTCOMES), "reason": choice(REASONS, nullable=True)},
        checks=[days, reasons],
    )


def duckdb(folder: Path) -> object:
    """Add up weeks straight from the file."""
    return connection.sql(f"""
        SELECT date_trunc('week', local_date) AS week, stretch, side, sum(held_s) AS held_s,
               count(*) FILTER (held_s > 0) AS holds, epoch(max(started_at)) AS last
        FROM read_csv('{folder / "holds.csv"}', header = true, types = {{'started_at': 'TIMESTAMPTZ',
             'local_date': 'DATE', 'held_s': 'DOUBLE'}})
        GROUP BY ALL ORDER BY ALL""").fetchall()


if __name__ == "__main__":
    name, folder = sys.argv[1].removesuffix(ARROW), Path(sys.argv[2])
    # As a learner's installation has it, which is without pyarrow; see the README.
    pd.set_option("mode.string_storage", "pyarrow" if sys.argv[1].endswith(ARROW) else "python")
    readings: dict[str, Callable[[Path], object]] = {
        reading.__name__: reading for reading in (bare, hipbook, hipbook_bad, pandas_local, pandera, duckdb)
    }
    weekly_dose(parse(HOLDS, (",".join(HOLDS.names) + "\n").encode())[0])
    catalog()  # so that what is loaded at the first use is not counted
    if name == "pandera":
        schema = rules()
    if name == "duckdb":
        import duckdb as library

        connection = library.connect()
    began, cpu = time.perf_counter(), time.process_time()
    readings[name](folder)
    seconds, cpu_s = time.perf_counter() - began, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(json.dumps({"s": seconds, "cpu_s": cpu_s, "mb": peak / 1e6}))
