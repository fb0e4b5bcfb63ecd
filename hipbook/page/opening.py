"""The player's page from its start to its end: which address, for whom, and only once per workspace."""

from __future__ import annotations

import asyncio
import errno
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from hipbook import ports
from hipbook.guide import player_data
from hipbook.page import certificate, network, running
from hipbook.stretching.routine import RoutineError
from hipbook.workspace import Workspace, WorkspaceError

__all__ = ["Site", "serve", "site", "usual_port"]

HERE = ("127.0.0.1", "localhost")


@dataclass
class Site:
    """One page to be served.

    Attributes
    ----------
    workspace : Workspace
    what : str
        The routine or stretch that it opens with; at the path of measuring, the test.
    port : int
    path : str
        ``""`` is the player, ``running.MEASURE`` the page that measures; either serves both.
    host : str
        What its address says.
    names : tuple of str
        All that this computer may be called in an address of the page.
    identity : Identity or None
        For an encrypted page that the whole network may open; None for this computer only.
    address : str
        With the token; known while it is served.
    """

    workspace: Workspace
    what: str
    port: int
    path: str = ""
    host: str = ports.HOST
    names: tuple[str, ...] = HERE
    identity: certificate.Identity | None = None
    address: str = field(default="", init=False)

    @property
    def scheme(self) -> str:
        """How a browser talks to it."""
        return "https" if self.identity else "http"

    @property
    def explanation(self) -> tuple[str, ...]:
        """What has to be said about a page for the whole network, in lines."""
        if not self.identity:
            return ()
        return (
            "Open this whole address on a tablet or phone in the same network. Its last part is a key: "
            "whoever has it can read your routines and write into your log. Keep it to yourself.",
            "The browser there will warn, since only this computer itself vouches for the page. Here that is "
            "all right, and what is sent is encrypted. To be sure, let the browser show the certificate and "
            "compare its SHA-256 fingerprint with this one. Then go on to the page.",
            self.identity.fingerprint,
        )


def usual_port(workspace: Workspace) -> int:
    """Return the port of a workspace's page: always the same, since a browser keeps things by address."""
    return ports.of_page(workspace.port)


def site(
    workspace: Workspace,
    what: str,
    port: int,
    *,
    path: str = "",
    lan: bool = False,
    name: str | None = None,
) -> Site:
    """Return what is to be served, checked.

    Parameters
    ----------
    workspace : Workspace
    what : str
        A routine or stretch; at the path of measuring, a test.
    port : int
    path : str
        As in `Site`.
    lan : bool
        For the whole network, encrypted.
    name : str, optional
        Another name by which this computer is known there.

    Raises
    ------
    WorkspaceError
        When there is no such routine or test, no network, or the name is none.
    ModuleNotFoundError
        When a page for the network lacks the package that makes its certificate.
    """
    _check(what, workspace, path)
    if not lan:
        if name:
            raise WorkspaceError(f"--name must come with --lan, got --name {name} alone: add --lan")
        return Site(workspace, what, port, path)
    if name and not network.NAME.fullmatch(name.lower()):
        raise WorkspaceError(f"--name must be a host name such as kitchen.home, got {name!r}")
    addresses = network.addresses()
    if not addresses and not name:
        raise WorkspaceError("--lan needs a network, and this computer is in none: connect it, and try again")
    names = [*([name.lower()] if name else []), *network.names()]
    identity = certificate.prepared(
        workspace.folder, list(dict.fromkeys([*names, HERE[1]])), [*addresses, HERE[0]]
    )
    return Site(
        workspace,
        what,
        port,
        path,
        host=name.lower() if name else addresses[0],
        names=(*names, *addresses, *HERE),
        identity=identity,
    )


def _check(what: str, workspace: Workspace, path: str) -> None:
    if path == running.MEASURE:
        from hipbook.measuring import TESTS  # here, because it loads numpy, which stretching does without

        if what not in TESTS:
            raise WorkspaceError(f"TEST must be one of {', '.join(TESTS)}, got {what}")
        return
    try:
        player_data(what, workspace)
    except RoutineError as error:
        raise WorkspaceError(f"WHAT: {error}") from None


def serve(site: Site, ready: Callable[[], None]) -> str | None:
    """Serve a page until Ctrl-C, or a polite kill; return None then.

    Parameters
    ----------
    site : Site
        Its ``address`` is filled in.
    ready : callable
        Called once the page answers.

    Returns
    -------
    str or None
        Where another process of the same person serves this workspace's page already.

    Raises
    ------
    WorkspaceError
        When the port is taken by another program, or the page is open already but not for the network.
    """
    with running.claimed(site.workspace.folder) as claim:
        if claim is None:
            return _elsewhere(site)
        here = running.Running(site.scheme, site.host, site.port, claim.token)
        site.address = here.address(site.what, site.path)

        def announce() -> None:
            claim.announce(here)
            ready()

        asyncio.run(_serve(site, claim.token, announce))
    return None


def _elsewhere(site: Site) -> str:
    found = running.other(site.workspace.folder)
    if found is None:
        raise WorkspaceError("another hipbook just opens or ends this player: try again in a moment")
    if site.identity and found.scheme != site.scheme:
        raise WorkspaceError(
            "--lan must come when the player is opened, and it is open already for this computer only: "
            "stop it with Ctrl-C in its window, and try again"
        )
    return found.address(site.what, site.path)


async def _serve(site: Site, token: str, announce: Callable[[], None]) -> None:
    from hipbook.page import server

    app = server.application(site.workspace, site.what, token, frozenset(site.names), site.scheme)
    tls = site.identity.context() if site.identity else None
    host = "0.0.0.0" if site.identity else ports.HOST
    with _ending_on_signals() as ended:
        try:
            await server.run(app, site.port, host, tls=tls, ready=announce, ended=ended)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise WorkspaceError(
                f"port must be free, got {site.port}, which another program uses: stop that program, or "
                "choose another with --port N (rows that wait unsaved in the browser stay with the usual "
                "address)"
            ) from None


@contextmanager
def _ending_on_signals() -> Iterator[asyncio.Event]:
    """Set the event on Ctrl-C, on the end of the terminal, and on a polite kill."""
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    former = {
        number: signal.signal(number, lambda *_: loop.call_soon_threadsafe(ended.set))
        for number in (getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"))
        if number is not None
    }
    try:
        yield ended
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
