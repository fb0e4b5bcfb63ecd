"""The results of a cohort as files: each table as CSV and Parquet, the figures, and one page to read."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from hipbook.progress.records import record_line
from hipbook.progress.rows import guard
from hipbook.strings import text

if TYPE_CHECKING:
    from hipbook.classroom.cohort import Cohort

__all__ = ["NOT_USED", "PAGE", "said_of", "write_cohort"]

PAGE = "cohort.html"
NOT_USED = Path("not_to_share", "not_used.csv")
LOOK = (
    "body{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif;max-width:800px;margin:24px auto;"
    "padding:0 16px}table{border-collapse:collapse;font-size:14px}td,th{padding:2px 8px;text-align:left}"
)
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def write_cohort(cohort: Cohort, folder: Path) -> list[Path]:
    """Write tables, figures and page into a folder, and return the files.

    What names single files or learners goes into a folder of its own, ``not_to_share``.

    Parameters
    ----------
    cohort : Cohort
    folder : Path
        New or empty.

    Raises
    ------
    OSError
        When a file cannot be written.
    """
    from hipbook.figures.cohort import charts
    from hipbook.figures.display import show

    # All is made before anything is written, so that what goes wrong leaves the folder empty.
    made: dict[Path, str | bytes] = {}
    for name, table in cohort.tables.items():
        made[Path(f"{name}.csv")] = _guarded(table).to_csv(index=False, lineterminator="\n")
        made[Path(f"{name}.parquet")] = _with_note(table, cohort).to_parquet(index=False, engine="pyarrow")
    shown = {
        name: show(
            chart.drawn(synthetic=cohort.synthetic), chart.words(), title=chart.title, table=chart.table()
        )
        for name, chart in charts(cohort).items()
    }
    made |= {Path("figures", f"{name}.svg"): figure.svg for name, figure in shown.items()}
    made[Path(PAGE)] = _page(cohort, [figure.html for figure in shown.values()])
    if cohort.not_used:
        rows = [(row.file, str(row.line or ""), row.column, row.rule) for row in cohort.not_used]
        lines = [record_line(list(map(guard, row))) for row in rows]
        made[NOT_USED] = record_line(["file", "line", "column", "rule"]) + "".join(lines)
    for name, content in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return [folder / name for name in made]


def said_of(cohort: Cohort) -> list[str]:
    """Return what must stand beside the results, in sentences."""
    said = [text("cohort.synthetic")] if cohort.synthetic else []
    said.append(text("cohort.until", until=cohort.until.isoformat(), weeks=cohort.weeks))
    said += [text("cohort.small"), text("cohort.subtract")]
    return said if len(cohort.groups) else [*said, text("cohort.empty")]


def _page(cohort: Cohort, figures: list[str]) -> str:
    notes = "".join(f"<p>{escape(line)}</p>" for line in said_of(cohort))
    groups = cohort.groups.to_html(index=False, border=0, na_rep="", escape=True)
    title = escape(text("cohort.title"))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{LOOK}</style>'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}"></head>'
        f"<body><h1>{title}</h1>{notes}{groups}{''.join(figures)}</body></html>\n"
    )


def _guarded(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with texts that a spreadsheet will not run: a group has the name of a folder."""
    return table.assign(group=table["group"].map(guard))


def _with_note(table: pd.DataFrame, cohort: Cohort) -> pd.DataFrame:
    """Return the table with what must stand beside it, as metadata that Parquet keeps."""
    noted = table.copy()
    noted.attrs["notes"] = said_of(cohort)
    return noted
