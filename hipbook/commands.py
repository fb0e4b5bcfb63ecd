"""What `hipbook` does when it is asked: open the workbook or the player, check, put things back."""

from __future__ import annotations

import os
import secrets
import subprocess
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from hipbook import check, log_commands, report_command, server, shipped, shortcut, workspace
from hipbook.page import opening, running
from hipbook.place import Folder, existing, needed, place_of

__all__ = ["UsageError", "app"]

START = "00_start_here.ipynb"

UsageError = typer.BadParameter.__base__
"""What typer raises, as the error class or a kind of it, for a command line that it cannot read."""

app = typer.Typer(
    name="hipbook",
    help="An interactive workbook about hips and backs. With no command it opens the workbook.",
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Only show the address.")]
_Port = Annotated[
    int | None,
    typer.Option(
        min=1024, max=65535, help="Another address, this time only: what waits unsaved stays at the usual."
    ),
]
_What = Annotated[
    str, typer.Argument(help="A routine or stretch, or a routine of your own by its name: no_floor, full.")
]


app.add_typer(log_commands.app, name="log")
app.command("report")(report_command.make_report)


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
    no_browser: _NoBrowser = False,
    port: _Port = None,
) -> None:
    """Open the workbook in JupyterLab; make your own copy of it first, when there is none."""
    _require_packages()
    place = place_of(folder)
    name = _notebook(place, notebook)
    learner = _ready(place)
    _tell_port(port, learner.port)
    _serve(learner, port or learner.port, name, browser=not no_browser)


@app.command("stretch")
def stretch(what: _What = "five_minutes", folder: Folder = None, no_browser: _NoBrowser = False) -> None:
    """Stretch now: open the player in the browser, with the five-minute routine."""
    open_player(what, folder, no_browser)


@app.command("player")
def open_player(
    what: _What = "five_minutes",
    folder: Folder = None,
    no_browser: _NoBrowser = False,
    port: _Port = None,
    lan: Annotated[
        bool, typer.Option("--lan", help="For a tablet: encrypted, to all in your network who have the key.")
    ] = False,
    name: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="With --lan: another name of this computer.", show_default=False),
    ] = None,
) -> None:
    """Open the player on a page of its own, without JupyterLab; what you hold goes to the same log."""
    _open_page(what, folder, no_browser, port, lan, name)


@app.command("measure")
def open_measure(
    test: Annotated[
        str | None,
        typer.Argument(
            help="thomas_trig, thomas_goniometer, thomas_phone or prone_phone; with --lan thomas_phone.",
            show_default=False,
        ),
    ] = None,
    folder: Folder = None,
    no_browser: _NoBrowser = False,
    port: _Port = None,
    lan: Annotated[
        bool, typer.Option("--lan", help="For a phone on the thigh: its motion sensor takes this page.")
    ] = False,
    name: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="With --lan: another name of this computer.", show_default=False),
    ] = None,
) -> None:
    """Measure hip extension on a page of its own; readings go to the same log."""
    usual = "thomas_phone" if lan else "thomas_trig"
    _open_page(test or usual, folder, no_browser, port, lan, name, path=running.MEASURE)


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
        return _say(
            f"The shortcut {was} is gone." if was else f"There is no shortcut of hipbook's in {where}."
        )
    learner = _ready(place_of(folder))
    _say(f"The shortcut is {shortcut.place(where, learner.folder)}: a double click opens your stretch.")
    if os.name == "posix":
        _say("If your desktop asks whether it may run, allow it.")
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
        _say(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.name:{width}}  {finding.found}")
        if finding.cure:
            _say(f"      {'':{width}}  cure: {finding.cure}")
    failed = sum(not finding.ok for finding in findings)
    _say(f"{failed} of {len(findings)} failed." if failed else f"All {len(findings)} are in order.")
    raise typer.Exit(1 if failed else 0)


@app.command("reset")
def reset_notebook(
    notebook: Annotated[str, typer.Argument(help="A number, a part of a name, or a name: 03, guided.")],
    folder: Folder = None,
) -> None:
    """Put one notebook back as it came; what you changed is kept beside it."""
    learner = needed(folder, "reset")
    name, backup = workspace.reset(learner, notebook)
    _say(f"{name} is as it came." + (f" What you had is in {backup.name}." if backup else ""))
    _say("If it is open in JupyterLab, close its tab without saving, and open it again.")


def _open_page(
    what: str,
    folder: Path | None,
    no_browser: bool,
    port: int | None,
    lan: bool,
    name: str | None,
    path: str = "",
) -> None:
    """Serve a page of the workspace: the player, or at ``path`` the one that measures."""
    _require_packages()
    learner = _ready(place_of(folder))
    usual = opening.usual_port(learner)
    _tell_port(port, usual)
    site = opening.site(learner, what, port or usual, path=path, lan=lan, name=name)
    _serve_page(site, browser=not (no_browser or lan))


def _ready(place: Path) -> workspace.Workspace:
    """Return the workspace in a folder, made or brought up to date, and say what was done."""
    is_new = not (place / workspace.MARKER).exists()
    learner, changes = workspace.create(place)
    _tell_workspace(learner, changes, is_new)
    return learner


def _require_packages() -> None:
    missing = check.missing_packages()
    if missing:
        first = missing[0]
        raise workspace.WorkspaceError(
            f"{first.name} must be installed, it is {first.found}: run {first.cure}"
        )


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


def _tell_port(port: int | None, usual: int) -> None:
    if port not in (None, usual):
        _say(
            f"Port {port} is another address than the usual {usual}, for this time only. "
            "Rows that wait unsaved in your browser stay with the address where they were made."
        )


def _serve_page(site: opening.Site, *, browser: bool) -> None:
    """Serve the player's page until it is stopped; when another hipbook does, only show it there."""

    def ready() -> None:
        _show(site.address, "is open at", browser=browser)
        for line in site.explanation:
            _say(line)
        _say("Stop it with Ctrl-C in this window.")

    elsewhere = opening.serve(site, ready)
    if elsewhere:
        _show(elsewhere, "is already open at", browser=browser)
    else:
        _say("Stopping.")


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
