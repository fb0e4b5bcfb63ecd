"""`hipbook class analyse`: thousands of logs to a few tables in which nobody stands out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hipbook.place import new_folder
from hipbook.starting import say
from hipbook.workspace import WorkspaceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hipbook.classroom.cohort import Cohort

__all__ = ["analyse_logs"]

NEEDED = ("distributed", "fsspec", "pyarrow", "cryptography")
LISTED = 10
"""How many files and rows that could not be used are shown."""


def analyse_logs(
    places: Annotated[
        list[str],
        typer.Argument(metavar="FOLDER_OR_URL...", help="Where the logs are: GROUP/CODE/holds.csv."),
    ],
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="A Dask scheduler, if not this machine.", show_default=False),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="A new or empty folder for tables and figures.", show_default=False),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="DAY",
            help="When the logs were handed in, such as 2026-06-30; today if not said.",
            show_default=False,
        ),
    ] = None,
    weeks: Annotated[int, typer.Option(min=1, help="Weeks of each learner, from the first hold on.")] = 52,
) -> None:
    """Analyse the logs of many learners by group; groups of fewer than five are left out."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise WorkspaceError(
            f"class analyse needs the packages {', '.join(NEEDED)}, missing {', '.join(missing)}: "
            f'run {sys.executable} -m pip install "hipbook[class]"'
        )
    folder = new_folder(out) if out else None
    from hipbook.classroom.cohort import CohortError, analyse

    with _progress() as progress:
        try:
            day = until.date() if until else None
            found = analyse(places, scheduler=scheduler, until=day, weeks=weeks, progress=progress)
        except CohortError as error:
            raise WorkspaceError(str(error)) from error
    _tell(found)
    if not folder:
        _tell_charts(found)
    else:
        from hipbook.classroom.cohort_written import NOT_USED, PAGE, write_cohort

        files = write_cohort(found, folder)
        say(f"{len(files)} files are in {folder}. Open {folder / PAGE} in a browser.")
        if found.not_used:
            say(f"{folder / NOT_USED.parent} names single files: keep it to yourself.")


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Give what is called with logs done and all logs: a bar in a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    with typer.progressbar(length=1, label="Logs", file=sys.stderr, show_pos=True) as bar:

        def show(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield show


def _tell(found: Cohort) -> None:
    from hipbook.classroom.cohort_written import said_of

    say(f"{found.logs} logs were found. About {found.without_hold} of them have no hold that can be used.")
    if found.small_groups:
        say(f"Left out, with fewer than five learners: {', '.join(found.small_groups)}.")
    if found.not_used:
        say(f"{len(found.not_used)} files or rows could not be used:")
        for row in found.not_used[:LISTED]:
            say(f"  {row}")
        if len(found.not_used) > LISTED:
            say(f"  … and {len(found.not_used) - LISTED} more")
    for line in said_of(found):
        say(line)
    for row in found.groups.itertuples():
        say(f"{row.group}: about {row.learners} learners, {row.days_per_week} days a week with a hold")


def _tell_charts(found: Cohort) -> None:
    from hipbook.figures.cohort import charts

    for chart in charts(found).values():
        say(f"{chart.title} {chart.words()}")
