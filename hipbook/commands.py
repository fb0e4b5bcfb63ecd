"""What `hipbook` does when it is asked: open the workbook or the player, check, put things back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from hipbook import (
    check,
    log_commands,
    page_commands,
    report_command,
    server,
    shipped,
    shortcut,
    showing,
    starting,
    workspace,
)
from hipbook.classroom import commands as class_commands
from hipbook.place import Folder, existing, needed, place_of
from hipbook.starting import NoBrowser, Port, ready, require_packages, run, say, show, tell_port

__all__ = ["UsageError", "app"]

UsageError = typer.BadParameter.__base__
"""What typer raises, as the error class or a kind of it, for a command line that it cannot read."""

app = typer.Typer(
    name="hipbook",
    help="An interactive workbook about hips and backs. With no command it opens the workbook.",
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"hipbook {shipped.version()}")
        raise typer.Exit


@app.callback()
def _hipbook(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Take the options that belong to no command."""


@app.command("open")
def open_workbook(
    notebook: Annotated[
        str | None,
        typer.Argument(help="A number, a part of a name, or a name: 03, guided.", show_default=False),
    ] = None,
    folder: Folder = None,
    no_browser: NoBrowser = False,
    port: Port = None,
) -> None:
    """Open the workbook in JupyterLab; make your own copy of it first, when there is none."""
    require_packages()
    place = place_of(folder)
    name = starting.notebook_named(place, notebook)
    learner = ready(place)
    tell_port(port, learner.port)
    _serve(learner, port or learner.port, name, browser=not no_browser)


app.command("stretch")(page_commands.stretch)
app.command("player")(page_commands.open_player)
app.command("measure")(page_commands.open_measure)
app.command("report")(report_command.make_report)
app.add_typer(log_commands.app, name="log")
app.add_typer(class_commands.app, name="class")


@app.command("show")
def show_lesson(
    notebook: Annotated[str, typer.Argument(help="A number, a part of a name, or a name: 03, guided.")],
    folder: Folder = None,
    no_browser: NoBrowser = False,
    port: Port = None,
) -> None:
    """Show a lesson without its code, for a projector; it runs afresh for each who opens it."""
    showing.require_voila()
    require_packages()
    place = place_of(folder)
    name = starting.notebook_named(place, notebook)
    learner = ready(place)
    usual = showing.usual_port(learner)
    tell_port(port, usual)
    run(showing.VOILA, learner, port or usual, name, browser=not no_browser)


@app.command("site")
def build_site(
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="A new or empty folder, or that of an earlier site.")
    ],
) -> None:
    """Build the lessons as web pages that need neither Python nor a network."""
    from hipbook.site.builder import build

    folder = out.expanduser().absolute()
    files = build(folder)
    say(f"{len(files)} files are in {folder}. Open {folder / 'index.html'} in a browser.")
    say("Copy the whole folder to a USB stick or a web space: the pages work from there, too.")


@app.command("shortcut")
def make_shortcut(
    folder: Folder = None,
    to: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where to, if not the desktop.", show_default=False)
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take it away again.")] = False,
) -> None:
    """Put a shortcut on the desktop that opens your stretch with a double click."""
    where = to.expanduser().absolute() if to else shortcut.desktop()
    if remove:
        was = shortcut.remove(where)
        return say(
            f"The shortcut {was} is gone." if was else f"There is no shortcut of hipbook's in {where}."
        )
    learner = ready(place_of(folder))
    say(f"The shortcut is {shortcut.place(where, learner.folder)}: a double click opens your stretch.")
    if os.name == "posix":
        say("If your desktop asks whether it may run, allow it.")
    return None


@app.command("check")
def check_machine(
    folder: Folder = None,
    start_kernel: Annotated[
        bool, typer.Option("--start-kernel", help="Also start a kernel, which takes some seconds.")
    ] = False,
) -> None:
    """Look at Python, packages, kernel, widgets and your folder; say how to cure what is wrong."""
    findings = check.diagnose(existing(place_of(folder)), start_kernel=start_kernel)
    width = max(len(finding.name) for finding in findings)
    for finding in findings:
        say(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.name:{width}}  {finding.found}")
        if finding.cure:
            say(f"      {'':{width}}  cure: {finding.cure}")
    failed = sum(not finding.ok for finding in findings)
    say(f"{failed} of {len(findings)} failed." if failed else f"All {len(findings)} are in order.")
    raise typer.Exit(1 if failed else 0)


@app.command("reset")
def reset_notebook(
    notebook: Annotated[str, typer.Argument(help="A number, a part of a name, or a name: 03, guided.")],
    folder: Folder = None,
) -> None:
    """Put one notebook back as it came; what you changed is kept beside it."""
    learner = needed(folder, "reset")
    name, backup = workspace.reset(learner, notebook)
    say(f"{name} is as it came." + (f" What you had is in {backup.name}." if backup else ""))
    say("If it is open in JupyterLab, close its tab without saving, and open it again.")


def _serve(learner: workspace.Workspace, port: int, name: str, *, browser: bool) -> None:
    """Run JupyterLab until it is stopped; when it already runs, only show the notebook there."""
    if _shown_where_it_runs(learner, name, browser=browser):
        return
    try:
        run(server.LAB, learner, port, name, browser=browser)
    except server.ServerError:
        # Another hipbook may have been quicker by a moment.
        if not _shown_where_it_runs(learner, name, browser=browser):
            raise


def _shown_where_it_runs(learner: workspace.Workspace, name: str, *, browser: bool) -> bool:
    other = server.running(learner)
    if other is not None:
        show(server.address(other[0], name, other[1]), "is already open at", browser=browser)
    return other is not None
