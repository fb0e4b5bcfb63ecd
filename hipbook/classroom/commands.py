"""`hipbook class …`: what a teacher does with a class's sheets and logs, without a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hipbook.classroom import analyse_command
from hipbook.place import new_folder
from hipbook.starting import say
from hipbook.workspace import WorkspaceError

__all__ = ["app"]

app = typer.Typer(
    help="A class: sheets for measuring in threes, and what was handed in.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command("analyse")(analyse_command.analyse_logs)

_Out = Annotated[
    Path, typer.Option("--out", metavar="DIR", help="A new or empty folder.", show_default=False)
]


@app.command("sheets")
def make_sheets(
    out: _Out,
    trios: Annotated[int, typer.Option(help="How many groups of three.")] = 10,
    side: Annotated[str, typer.Option(help="The leg that all measure: left or right.")] = "left",
    test: Annotated[str, typer.Option(help="The test, as in lesson 04.")] = "thomas_trig",
) -> None:
    """Make a blank sheet for each trio, with random codes instead of names."""
    from hipbook.classroom.trio import TrioError, blank_sheets

    try:
        made = blank_sheets(trios, side=side, test=test)
    except TrioError as error:
        raise WorkspaceError(str(error)) from error
    folder = _written(out, {name: text.encode() for name, text in made.items()})
    say(f"{len(made)} sheets are in {folder}: one file for each trio, to be opened in any spreadsheet.")
    say("Each trio draws a file and deals out its three codes. Write no names: a code is its owner's alone.")


@app.command("rehearse")
def make_rehearsal(out: _Out) -> None:
    """Write the sheets of a class that does not exist, slips and all, to rehearse with."""
    from hipbook.classroom.rehearsal import rehearsal_sheets

    made = dict(rehearsal_sheets())
    folder = _written(out, made)
    say(f"{len(made)} sheets of a synthetic class are in {folder}: a program made them up, slips too.")


@app.command("collect")
def collect_sheets(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the trios' files are.")],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Also write what counts into a new CSV file.")
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="Leave out who changed their mind; repeat it for more."),
    ] = None,
) -> None:
    """Join the sheets of a class, show the rows that cannot be used, and say how well the raters agree."""
    from hipbook.classroom.agreement import AgreementError, agreement
    from hipbook.classroom.collect import CollectError, collect_folder, joined_csv
    from hipbook.classroom.shown import said_of
    from hipbook.figures.rater_agreement import describe_agreement

    if out is not None and out.exists():
        raise WorkspaceError(f"--out must name a new file, got '{out}', which is there: name another")
    try:
        found = collect_folder(folder, without=without or ())
    except CollectError as error:
        raise WorkspaceError(str(error)) from error
    for line in said_of(found, most=None):
        say(line)
    try:
        say(describe_agreement(agreement(found.readings)))
    except AgreementError as error:
        say(f"No agreement yet: {error}.")
    if out is not None:
        out.write_text(joined_csv(found), encoding="utf-8", newline="")
        say(f"{len(found.readings)} readings are in {out}.")


def _written(out: Path, files: dict[str, bytes]) -> Path:
    folder = new_folder(out)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder
