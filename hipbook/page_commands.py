"""`hipbook stretch`, `player` and `measure`: one panel on a page of its own, without JupyterLab."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hipbook.place import Folder, place_of
from hipbook.starting import NoBrowser, Port, ready, require_packages, say, show, tell_port

if TYPE_CHECKING:
    from hipbook.page import opening

__all__ = ["open_measure", "open_player", "stretch"]

_What = Annotated[
    str, typer.Argument(help="A routine or stretch, or a routine of your own by its name: no_floor, full.")
]
_Name = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="With --lan: another name of this computer.", show_default=False),
]


def stretch(what: _What = "five_minutes", folder: Folder = None, no_browser: NoBrowser = False) -> None:
    """Stretch now: open the player in the browser, with the five-minute routine."""
    open_player(what, folder, no_browser)


def open_player(
    what: _What = "five_minutes",
    folder: Folder = None,
    no_browser: NoBrowser = False,
    port: Port = None,
    lan: Annotated[
        bool, typer.Option("--lan", help="For a tablet: encrypted, to all in your network who have the key.")
    ] = False,
    name: _Name = None,
) -> None:
    """Open the player on a page of its own, without JupyterLab; what you hold goes to the same log."""
    _open_page(what, folder, no_browser, port, lan, name)


def open_measure(
    test: Annotated[
        str | None,
        typer.Argument(
            help="thomas_trig, thomas_goniometer, thomas_phone or prone_phone; with --lan thomas_phone.",
            show_default=False,
        ),
    ] = None,
    folder: Folder = None,
    no_browser: NoBrowser = False,
    port: Port = None,
    lan: Annotated[
        bool, typer.Option("--lan", help="For a phone on the thigh: its motion sensor takes this page.")
    ] = False,
    name: _Name = None,
) -> None:
    """Measure hip extension on a page of its own; readings go to the same log."""
    from hipbook.page import running

    usual = "thomas_phone" if lan else "thomas_trig"
    _open_page(test or usual, folder, no_browser, port, lan, name, path=running.MEASURE)


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
    from hipbook.page import opening  # here, because every command's start would wait for it

    require_packages()
    learner = ready(place_of(folder))
    usual = opening.usual_port(learner)
    tell_port(port, usual)
    site = opening.site(learner, what, port or usual, path=path, lan=lan, name=name)
    _serve_page(site, browser=not (no_browser or lan))


def _serve_page(site: opening.Site, *, browser: bool) -> None:
    """Serve the player's page until it is stopped; when another hipbook does, only show it there."""
    from hipbook.page import opening

    def tell() -> None:
        show(site.address, "is open at", browser=browser)
        for line in site.explanation:
            say(line)
        say("Stop it with Ctrl-C in this window.")

    elsewhere = opening.serve(site, tell)
    if elsewhere:
        show(elsewhere, "is already open at", browser=browser)
    else:
        say("Stopping.")
