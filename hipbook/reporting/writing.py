"""Where a report goes: one HTML file, a PDF beside it if asked, and never over a file that is there."""

from __future__ import annotations

import datetime as dt
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from hipbook import workspace as workspaces
from hipbook.atomic import write_atomically
from hipbook.figures.weekly_window import Plan
from hipbook.notebook import Log, OwnOrSample, Words, my_log
from hipbook.strings import text

if TYPE_CHECKING:
    from hipbook.figures.views import Source

__all__ = ["ReportError", "report", "say_written", "write"]

PAGES, PAPER = (".html", ".htm"), ".pdf"


class ReportError(ValueError):
    """A report that cannot be written; one line with name, rule and value."""


def report(
    source: Log | None = None,
    *,
    out: str | Path | None = None,
    pdf: bool = False,
    private: bool = False,
    plan_min_per_week: Plan = None,
) -> Words:
    """Write a report on a log for a clinician or teacher, and say where it is.

    Parameters
    ----------
    source : Log, optional
        ``hb.my_log()``, which is also taken when it is left out, or ``hb.samples()``.
    out : path, optional
        A new file, ``.html`` or ``.pdf``; ``report-2026-11-23.html`` in the workbook's folder when left out.
    pdf : bool
        Whether to write a PDF of the same name beside it; needs the package typst.
    private : bool
        Whether reasons for stopping, discomfort and notes are in it.
    plan_min_per_week : float or mapping, optional
        The person's own plan [min a week, for each side]: one number, or one per muscle group.

    Raises
    ------
    ReportError
        When the file is there, its folder is not, or the log is a mix of a sample and somebody's own rows.
    PdfError
        When a PDF is asked for and typst is not installed; nothing is written then.
    PlanError
        When a planned number of minutes is not above 0.
    """
    found = workspaces.find()
    folder = found.folder if found else Path.cwd()
    written = write(
        my_log() if source is None else source,
        folder,
        out=None if out is None else Path(out),
        pdf=pdf,
        private=private,
        plan_min_per_week=plan_min_per_week,
    )
    return Words(say_written(written, private))


def write(
    source: Source,
    folder: Path,
    *,
    out: Path | None = None,
    pdf: bool = False,
    private: bool = False,
    plan_min_per_week: Plan = None,
    today: dt.date | None = None,
) -> list[Path]:
    """Write a report and return its files; see :func:`report`.

    Parameters
    ----------
    source : Source
        Whose log.
    folder : Path
        Where it goes when ``out`` is left out.
    out, pdf, private, plan_min_per_week
        As in :func:`report`.
    today : date, optional
        The day it is made on.
    """
    from hipbook.reporting.content import report_of
    from hipbook.reporting.page import html_of
    from hipbook.reporting.paper import pdf_of

    if isinstance(source, OwnOrSample):
        raise ReportError(
            "source must be one log, hb.my_log() or hb.samples(), got one that a sample fills up: "
            "a report never mixes made-up rows with somebody's own"
        )
    today = today or dt.date.today()
    files = _files(folder, out, pdf, today)
    made = report_of(
        source,
        made_on=today,
        private=private,
        plan_min_per_week=plan_min_per_week,
        unusable=getattr(source, "unusable", 0),
    )
    contents = [
        pdf_of(made) if file.suffix.lower() == PAPER else html_of(made).encode("utf-8") for file in files
    ]
    for file, content in zip(files, contents, strict=True):
        write_atomically(file, content)
    return files


def say_written(files: list[Path], private: bool) -> list[str]:
    """Return what to tell a person who asked for a report, line by line."""
    lines = [text("report.written", path=file) for file in files]
    if files[0].suffix.lower() != PAPER:
        lines.append(text("report.written.open"))
    return [*lines, text("report.written.private" if private else "report.written.not_private")]


def _files(folder: Path, out: Path | None, pdf: bool, today: dt.date) -> list[Path]:
    """Return the files to write, none of which is there yet."""
    endings = (".html", PAPER) if pdf else (".html",)
    if out is None:
        stems = (folder / f"report-{today}{'' if n == 1 else f'-{n}'}" for n in count(1))
        tried = ([stem.with_name(stem.name + ending) for ending in endings] for stem in stems)
        return next(files for files in tried if not any(file.exists() for file in files))
    out = out.expanduser().absolute()
    if out.suffix.lower() not in (*PAGES, PAPER):
        raise ReportError(f"out must end in .html or .pdf, got '{out}'")
    if not out.parent.is_dir():
        raise ReportError(f"out must be in a folder that is there, got '{out}': make the folder first")
    beside = pdf and out.suffix.lower() != PAPER
    files = [out, out.with_suffix(PAPER)] if beside else [out]
    for file in files:
        if file.exists():
            raise ReportError(f"out must name a new file, got '{file}', which is there: name another")
    return files
