"""The `hipbook` command: what is asked goes to `commands`, and any mistake comes back as one line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import metadata

from hipbook.workspace import WorkspaceError

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    arguments : sequence of str, optional
        What follows `hipbook`; the process's own unless given.

    Returns
    -------
    int
        The exit code: 0; 1 when a check failed; 2 with one line on stderr when it could not be done; 130
        when it was interrupted.
    """
    _never_fail_to_print()
    asked = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(asked)
    except ImportError as error:
        return _fail(_without(error))
    except (WorkspaceError, OSError) as error:
        return _fail(str(error))


def _run(asked: list[str]) -> int:
    import typer

    from hipbook.commands import UsageError, app

    try:
        return app(_with_command(asked, app), standalone_mode=False) or 0
    except UsageError as error:
        return _fail(f"{error.format_message().rstrip('.')}: see `hipbook --help`")
    except (typer.Abort, KeyboardInterrupt):
        return 130


def _with_command(asked: list[str], app: object) -> list[str]:
    """Put `open` before anything that is neither a command nor an option of the whole."""
    known = {command.name for command in [*app.registered_commands, *app.registered_groups]}
    if asked and (asked[0] in known or asked[0] in ("--help", "-h", "--version")):
        return asked
    return ["open", *asked]


def _fail(message: str) -> int:
    print(f"hipbook: {' '.join(message.split())}", file=sys.stderr)
    return 2


def _without(error: ImportError) -> str:
    """Return what to install when a package is not there, or is broken."""
    module = (error.name or "").partition(".")[0] or "hipbook"
    package = module.replace("_", "-")
    try:
        needed = [line.partition(";")[0].strip() for line in metadata.requires("hipbook") or []]
    except metadata.PackageNotFoundError:
        needed = []
    wanted = next((line for line in needed if line.startswith(package)), package)
    return (
        f'package {package} must be installed, got: {error}: run {sys.executable} -m pip install "{wanted}"'
    )


def _never_fail_to_print() -> None:
    # A folder's name may hold a letter that an old Windows code page lacks.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
