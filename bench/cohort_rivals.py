"""One analysis of a cohort in a process of its own: ``cohort_rivals.py NAME FOLDER`` prints its rows."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pandas as pd

from hipbook.progress.tables import HOLDS
from hipbook.stretching.catalog import catalog

UNTIL = pd.Timestamp("2026-01-04")
MUSCLES = {stretch.id: stretch.muscle_group for stretch in catalog().stretches}
KEYS = ["group", "week", "muscle", "side"]


def hipbook(folder: Path) -> int:
    """Analyse the cohort as `hipbook class analyse` does; count the rows by lines of the files afterwards."""
    from hipbook.classroom.cohort import analyse

    found = analyse([str(folder)], until=UNTIL.date())
    if found.not_used:
        raise ValueError(f"not_used must be empty, got {found.not_used[:1]}")
    return sum(path.read_bytes().count(b"\n") - 1 for path in files(folder))


def pandas(folder: Path) -> int:
    """Read file after file, add up weeks, and take the means of all."""
    frames, rows = [], 0
    for path in files(folder):
        holds = pd.read_csv(path, parse_dates=["started_at", "local_date"])
        rows += len(holds)
        holds = holds[holds["held_s"] > 0]
        day = holds["local_date"]
        monday = day.min() - pd.Timedelta(days=day.min().day_of_week)
        week, muscle = (day - monday).dt.days // 7 + 1, holds["stretch"].map(MUSCLES)
        sums = holds["held_s"].groupby([week.rename("week"), muscle.rename("muscle"), holds["side"]]).sum()
        frames.append(sums.reset_index().assign(group=path.parent.parent.name))
    pd.concat(frames).groupby(KEYS)["held_s"].agg(["sum", "count"])
    return rows


def duckdb(folder: Path) -> int:
    """Do all of it in one query."""
    import duckdb as library

    connection = library.connect()
    muscles = pd.DataFrame(MUSCLES.items(), columns=["stretch", "muscle"])
    connection.register("muscles", muscles)
    pattern = str(folder / "*" / "*" / HOLDS.file)
    query = f"""
        WITH weeks AS (
            SELECT filename, date_trunc('week', local_date) AS monday, muscle, side, sum(held_s) AS held_s,
                   count(*) AS rows
            FROM read_csv('{pattern}', filename = true, header = true, all_varchar = false,
                          types = {{'local_date': 'DATE', 'held_s': 'DOUBLE', 'started_at': 'TIMESTAMPTZ'}})
            JOIN muscles USING (stretch) GROUP BY ALL),
        counted AS (
            SELECT *, datediff('day', min(monday) OVER (PARTITION BY filename), monday) // 7 + 1 AS week
            FROM weeks)
        SELECT regexp_extract(filename, '([^/]+)/[^/]+/[^/]+$', 1) AS grp, week, muscle, side, sum(held_s),
               count(*), sum(rows)
        FROM counted GROUP BY ALL"""
    return sum(int(row[-1]) for row in connection.sql(query).fetchall())


def files(folder: Path) -> list[Path]:
    """Return the holds of all learners."""
    return sorted(folder.glob(f"*/*/{HOLDS.file}"))


if __name__ == "__main__":
    readings = {reading.__name__: reading for reading in (hipbook, pandas, duckdb)}
    print(json.dumps({"rows": readings[sys.argv[1]](Path(sys.argv[2]))}))
