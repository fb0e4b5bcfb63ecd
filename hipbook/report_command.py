"""`hipbook report`: the log as one HTML page, and as a PDF, for a clinician or teacher."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hipbook.place import Folder, needed
from hipbook.workspace import WorkspaceError

if TYPE_CHECKING:
    from hipbook.notebook import Log

__all__ = ["make_report"]


def make_report(
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A new file, .html or .pdf.", show_default=False),
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="A PDF beside it; needs the package typst.")] = False,
    private: Annotated[
        bool | None,
        typer.Option(
            "--private/--no-private",
            help="With reasons, discomfort and notes, or without; you are asked if you say neither.",
            show_default=False,
        ),
    ] = None,
    plan: Annotated[
        float | None,
        typer.Option(metavar="MIN", help="Your plan: minutes a week, each side.", show_default=False),
    ] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Of the synthetic sample, to see one.")] = False,
    folder: Folder = None,
) -> None:
    """Write a report for a clinician or teacher: one HTML file that needs no network."""
    from hipbook.figures.weekly_window import PlanError
    from hipbook.notebook import Log, samples
    from hipbook.progress.reading import LogReadError
    from hipbook.reporting.paper import PdfError
    from hipbook.reporting.writing import ReportError, say_written, write

    learner = None if sample else needed(folder, "report")
    place = learner.folder if learner else Path.cwd()
    try:
        log = Log(learner.log_folder) if learner else samples()
        told = _told(log, private)
        files = write(log, place, out=out, pdf=pdf, private=told, plan_min_per_week=plan)
    except (LogReadError, PdfError, PlanError, ReportError) as error:
        raise WorkspaceError(str(error)) from error
    for line in say_written(files, told):
        typer.echo(line)


def _told(log: Log, private: bool | None) -> bool:
    """Return whether what is private goes in: as asked for, else as the person answers; no without one.

    A sample's is nobody's.
    """
    from hipbook.reporting.private import has_private

    if private is not None or log.synthetic or not has_private(log):
        return log.synthetic if private is None else private
    try:
        return typer.confirm("The log has reasons, discomfort or notes. Put them into the report?")
    except typer.Abort:  # nobody is there to answer
        typer.echo("")
        return False
