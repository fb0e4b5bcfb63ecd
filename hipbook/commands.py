"""What `hipbook` does when it is asked: open the workbook, check the machine, put a notebook back."""

from __future__ import annotations

import os
import secrets
import subprocess
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from hipbook import check, server, shipped, workspace

__all__ = ["UsageError", "app"]

START = "00_start_here.ipynb"
DEFAULT_FOLDER = "hipbook-workbook"

UsageError = typer.BadParameter.__base__
"""What typer raises, as the error class or a kind of it, for a command line that it cannot read."""

app = typer.Typer(
    name="hipbook",
    help="An interactive workbook about hips and backs. With no command it opens the workbook.",
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_Folder = Annotated[
    Path | None,
    typer.Option("--workspace", metavar="DIR", help="Your workbook's folder.", show_default=False),
]


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
    folder: _Folder = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only show the address.")] = False,
    port: Annotated[
        int | None,
        typer.Option(
            min=1024,
            max=65535,
            help="Another address, this time only: what waits unsaved stays at the usual.",
        ),
    ] = None,
) -> None:
    """Open the workbook in JupyterLab; make your own copy of it first, when there is none."""
    _require_packages()
    place = _place(folder)
    name = _notebook(place, notebook)
    is_new = not (place / workspace.MARKER).exists()
    learner, changes = workspace.create(place)
    _tell_workspace(learner, changes, is_new)
    if port not in (None, learner.port):
        _say(
            f"Port {port} is another address than the usual {learner.port}, for this time only. "
            "Rows that wait unsaved in your browser stay with the address where they were made."
        )
    _serve(learner, port or learner.port, name, browser=not no_browser)


@app.command("check")
def check_machine(
    folder: _Folder = None,
    start_kernel: Annotated[
        bool, typer.Option("--start-kernel", help="Also start a kernel, which takes some seconds.")
    ] = False,
) -> None:
    """Look at Python, packages, kernel, widgets and your folder; say how to cure what is wrong."""
    findings = check.diagnose(_existing(_place(folder)), start_kernel=start_kernel)
    width = max(len(finding.name) for finding in findings)
    for finding in findings:
        _say(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.name:{width}}  {finding.found}")
        if finding.cure:
            _say(f"      {'':{width}}  cure: {finding.cure}")
    failed = sum(not finding.ok for finding in findings)
    _say(f"{failed} of {len(findings)} failed." if failed else f"All {len(findings)} are in order.")
    raise typer.Exit(1 if failed else 0)


@app.command("reset")
def reset_notebook(
    notebook: Annotated[str, typer.Argument(help="A number, a part of a name, or a name: 03, guided.")],
    folder: _Folder = None,
) -> None:
    """Put one notebook back as it came; what you changed is kept beside it."""
    place = _place(folder)
    learner = _existing(place)
    if learner is None:
        raise workspace.WorkspaceError(
            f"reset needs a workspace, {place} is none: run `hipbook` first, or name it with --workspace DIR"
        )
    name, backup = workspace.reset(learner, notebook)
    _say(f"{name} is as it came." + (f" What you had is in {backup.name}." if backup else ""))
    _say("If it is open in JupyterLab, close its tab without saving, and open it again.")


def _require_packages() -> None:
    missing = check.missing_packages()
    if missing:
        first = missing[0]
        raise workspace.WorkspaceError(
            f"{first.name} must be installed, it is {first.found}: run {first.cure}"
        )


def _place(folder: Path | None) -> Path:
    """Return the folder that is meant, which may not be a workspace yet."""
    named = folder or os.environ.get(workspace.VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    around = workspace.find()
    return around.folder if around else Path.cwd() / DEFAULT_FOLDER


def _existing(place: Path) -> workspace.Workspace | None:
    return workspace.read(place) if (place / workspace.MARKER).is_file() else None


def _notebook(place: Path, wanted: str | None) -> str:
    """Return the notebook that is meant: one of the workbook's, or the learner's own by its exact name."""
    names = [name for name in shipped.workspace_files() if name.endswith(".ipynb")]
    if wanted is None:
        return START if START in names else workspace.notebook_named("0", names)
    for own in (place / wanted, place / f"{wanted}.ipynb"):
        if own.suffix == ".ipynb" and own.is_file() and own.resolve().is_relative_to(place.resolve()):
            return own.resolve().relative_to(place.resolve()).as_posix()
    return workspace.notebook_named(wanted, names)


def _tell_workspace(learner: workspace.Workspace, changes: list[workspace.Change], is_new: bool) -> None:
    _say(f"Your {'new ' if is_new else ''}workbook is in {learner.folder}")
    if not is_new:
        for what, names in (("Updated", "updated"), ("Added", "copied")):
            files = [change.name for change in changes if change.what == names]
            if files:
                _say(f"{what}: {', '.join(files)}")
    for change in changes:
        if change.what == "beside":
            _say(f"You changed {change.name}, so its new version is beside it: {change.beside}")


def _serve(learner: workspace.Workspace, port: int, name: str, *, browser: bool) -> None:
    """Run JupyterLab until it is stopped; when it already runs, only show the notebook there."""
    server.end_on_signals()
    token = secrets.token_urlsafe(24)
    process: subprocess.Popen[bytes] | None = None
    if _shown_where_it_runs(learner, name, browser=browser):
        return
    try:
        process = server.start(learner, port, name, token)
        server.wait_until_ready(process, port, token)
        _show(server.address(port, name, token), "is open at", browser=browser)
        _say("Stop it with Ctrl-C in this window.")
        server.wait_until_ended(process)
    except server.ServerError:
        # Another hipbook may have been quicker by a moment.
        if not _shown_where_it_runs(learner, name, browser=browser):
            raise
    except KeyboardInterrupt:
        _say("Stopping.")
    finally:
        if process is not None:
            server.stop(process, port, token)


def _shown_where_it_runs(learner: workspace.Workspace, name: str, *, browser: bool) -> bool:
    other = server.running(learner)
    if other is not None:
        _show(server.address(other[0], name, other[1]), "is already open at", browser=browser)
    return other is not None


def _show(address: str, how: str, *, browser: bool) -> None:
    _say(f"It {how} {address}")
    if browser and not webbrowser.open(address):
        _say("No browser opened by itself: copy this address into one.")


def _say(line: str) -> None:
    typer.echo(line)
