"""What every command that opens something does: the folder made ready, the server run, the person told."""

from __future__ import annotations

import secrets
import subprocess
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from hipbook import check, server, shipped, workspace

__all__ = [
    "NoBrowser",
    "Port",
    "notebook_named",
    "ready",
    "require_packages",
    "run",
    "say",
    "show",
    "tell_port",
]

START = "00_start_here.ipynb"

NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Only show the address.")]
Port = Annotated[
    int | None,
    typer.Option(
        min=1024, max=65535, help="Another address, this time only: what waits unsaved stays at the usual."
    ),
]


def ready(place: Path) -> workspace.Workspace:
    """Return the workspace in a folder, made or brought up to date, and say what was done."""
    is_new = not (place / workspace.MARKER).exists()
    learner, changes = workspace.create(place)
    _tell_workspace(learner, changes, is_new)
    return learner


def require_packages() -> None:
    """Refuse in one line, with its cure, when a package is missing."""
    missing = check.missing_packages()
    if missing:
        first = missing[0]
        raise workspace.WorkspaceError(
            f"{first.name} must be installed, it is {first.found}: run {first.cure}"
        )


def notebook_named(place: Path, wanted: str | None) -> str:
    """Return the notebook that is meant: one of the workbook's, or the learner's own by its exact name."""
    names = [name for name in shipped.workspace_files() if name.endswith(".ipynb")]
    if wanted is None:
        return START if START in names else workspace.notebook_named("0", names)
    for own in (place / wanted, place / f"{wanted}.ipynb"):
        if own.suffix == ".ipynb" and own.is_file() and own.resolve().is_relative_to(place.resolve()):
            return own.resolve().relative_to(place.resolve()).as_posix()
    return workspace.notebook_named(wanted, names)


def _tell_workspace(learner: workspace.Workspace, changes: list[workspace.Change], is_new: bool) -> None:
    say(f"Your {'new ' if is_new else ''}workbook is in {learner.folder}")
    if not is_new:
        for what, names in (("Updated", "updated"), ("Added", "copied")):
            files = [change.name for change in changes if change.what == names]
            if files:
                say(f"{what}: {', '.join(files)}")
    for change in changes:
        if change.what == "beside":
            say(f"You changed {change.name}, so its new version is beside it: {change.beside}")


def tell_port(port: int | None, usual: int) -> None:
    """Say what another address than the usual one means."""
    if port not in (None, usual):
        say(
            f"Port {port} is another address than the usual {usual}, for this time only. "
            "Rows that wait unsaved in your browser stay with the address where they were made."
        )


def run(app: server.App, learner: workspace.Workspace, port: int, name: str, *, browser: bool) -> None:
    """Run a server until it is stopped."""
    server.end_on_signals()
    token = secrets.token_urlsafe(24)
    process: subprocess.Popen[bytes] | None = None
    try:
        process = server.start(app, learner, port, name, token)
        server.wait_until_ready(app, process, port, token)
        show(app.address(port, name, token), "is open at", browser=browser)
        say("Stop it with Ctrl-C in this window.")
        server.wait_until_ended(app, process)
    except KeyboardInterrupt:
        say("Stopping.")
    finally:
        if process is not None:
            server.stop(app, process, port, token)


def show(address: str, how: str, *, browser: bool) -> None:
    """Say where something is open, and open a browser there."""
    say(f"It {how} {address}")
    if browser and not webbrowser.open(address):
        say("No browser opened by itself: copy this address into one.")


def say(line: str) -> None:
    """Print a line; what stands in a file cannot steer the terminal."""
    typer.echo("".join(mark if mark.isprintable() else " " for mark in line))
