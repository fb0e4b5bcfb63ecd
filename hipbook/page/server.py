"""The server of the player's page and of the one that measures, their files, and what they send.

Nothing is served without the token: the first visit brings it in the address and leaves with a cookie.
"""

from __future__ import annotations

import asyncio
import html
import json
import logging
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlencode

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from hipbook.guide import Recorder, player_data
from hipbook.page.guarded import Guarded, Nothing, same, template
from hipbook.page.running import MEASURE
from hipbook.strings import text
from hipbook.workspace import Workspace

__all__ = ["BODY_MAX", "application", "run"]

BODY_MAX = 1_000_000
"""Longest message that is read [bytes]; a long day's rows are a tenth of it."""

SLOWEST_S = 30
"""How long a browser may take to send a message."""

STATIC = Path(__file__).parent.parent / "widgets" / "static"
FILES = {
    "measure.js": "text/javascript",
    "measure.style.css": "text/css",
    "player.js": "text/javascript",
    "player.page.js": "text/javascript",
    "player.style.css": "text/css",
    "player.page.style.css": "text/css",
}


def application(
    workspace: Workspace, what: str, token: str, hosts: frozenset[str], scheme: str = "http"
) -> Application:
    """Return what answers a browser.

    Parameters
    ----------
    workspace : Workspace
        Whose log is written.
    what : str
        The routine or stretch that the page opens with, unless its address names another.
    token : str
        What a browser must know.
    hosts : frozenset of str
        Host names and addresses that this server goes by, in lower case. A request for any other name is
        refused: it comes from a page that borrowed our address.
    scheme : {"http", "https"}
    """
    return Application(
        [
            (r"/", _Page),
            (rf"/{MEASURE}", _MeasurePage),
            (r"/messages", _Messages),
            (rf"/({'|'.join(FILES)})", _File),
        ],
        default_handler_class=Nothing,
        log_function=lambda _: None,
        workspace=workspace,
        what=what,
        token=token,
        hosts=hosts,
        scheme=scheme,
        recorder=Recorder(workspace),
        # One thread: the disk is never waited for by the server itself, and messages keep their order.
        disk=ThreadPoolExecutor(1, thread_name_prefix="hipbook-disk"),
    )


async def run(
    app: Application,
    port: int,
    host: str,
    *,
    tls: ssl.SSLContext | None = None,
    ready: Callable[[], None],
    ended: asyncio.Event,
) -> None:
    """Serve until ``ended`` is set; what had arrived by then is written.

    Raises
    ------
    OSError
        When the port is taken.
    """
    # What strangers send wrong is no news for the person at this computer.
    logging.getLogger("tornado.general").setLevel(logging.CRITICAL)
    sockets = bind_sockets(port, host)
    server = HTTPServer(app, ssl_options=tls, max_body_size=BODY_MAX, body_timeout=SLOWEST_S)
    server.add_sockets(sockets)
    try:
        ready()
        await ended.wait()
    finally:
        server.stop()
        await asyncio.get_running_loop().run_in_executor(None, app.settings["disk"].shutdown)
        await server.close_all_connections()


class _Page(Guarded):
    """The player's page."""

    path = ""
    widget = "player"
    heading = "page.heading"
    unknown = "page.unknown"

    @property
    def usual(self) -> str:
        """What the page opens with, unless its address names another."""
        return self.settings["what"]

    def data(self, what: str) -> dict[str, Any]:
        """Return what the browser needs; raise a ValueError for what there is not."""
        return player_data(what, self.settings["workspace"])

    def is_let_in(self) -> bool:
        token = self.get_query_argument("token", None)
        return super().is_let_in() if token is None else same(token, self.settings["token"])

    async def get(self) -> None:
        what = self.get_query_argument("what", self.usual)
        if self.get_query_argument("token", None) is not None:
            return self._let_in(what)
        loop = asyncio.get_running_loop()
        try:
            data = await loop.run_in_executor(self.settings["disk"], self.data, what)
        except ValueError as error:
            return self.refuse(404, self.unknown, why=str(error))
        self.finish(_page(data | {"place": "page"}, self.widget, self.heading))
        return None

    def _let_in(self, what: str) -> None:
        https = self.settings["scheme"] == "https"
        self.set_cookie(
            self.cookie_name, self.cookie_value, httponly=True, samesite="Strict", secure=https, path="/"
        )
        self.redirect(f"/{self.path}" + ("" if what == self.usual else f"?{urlencode({'what': what})}"))


class _MeasurePage(_Page):
    """The page that measures."""

    path = MEASURE
    widget = "measure"
    heading = "measuring.title"
    unknown = "measuring.unknown"

    @property
    def usual(self) -> str:
        return _measuring().TESTS[0]

    def data(self, what: str) -> dict[str, Any]:
        return _measuring().measure_data(self.settings["workspace"], what)


class _File(Guarded):
    """A script or a style sheet of the page."""

    def get(self, name: str) -> None:
        self.set_header("Content-Type", f"{FILES[name]}; charset=utf-8")
        self.finish((STATIC / name).read_bytes())


class _Messages(Guarded):
    """What the page sends: rows, above all."""

    def refusal(self) -> tuple[int, str] | None:
        refusal = super().refusal()
        if refusal:
            return refusal
        ours = f"{self.settings['scheme']}://{self.request.headers['Host']}".lower()
        if self.request.headers.get("Origin", "").lower() != ours:
            return 403, "page.wrong_host"
        # A page that was left open may find another workspace served at its address, and the browser sends
        # that one's cookie along: cookies know no ports.
        if self.request.headers.get("Hipbook-Workspace", "") != self.settings["workspace"].id:
            return 409, "page.other_workspace"
        kind = self.request.headers.get("Content-Type", "").partition(";")[0].strip()
        return None if kind == "application/json" else (415, "page.nothing")

    def refuse(self, status: int, key: str, **values: str) -> None:
        self.set_status(status)
        self._reply([{"kind": "not_saved", "key": key, "why": text(key, language=self.language, **values)}])

    async def post(self) -> None:
        try:
            message = json.loads(self.request.body)
        except (ValueError, RecursionError):
            return self.refuse(400, "page.no_message")
        answer = self.settings["recorder"].answer
        loop = asyncio.get_running_loop()
        self._reply(await loop.run_in_executor(self.settings["disk"], answer, message))
        return None

    def _reply(self, replies: list[dict[str, Any]]) -> None:
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(replies))


def _measuring() -> ModuleType:
    from hipbook import measuring  # here, because it loads numpy, which stretching does without

    return measuring


def _page(data: dict[str, Any], widget: str, heading: str) -> str:
    return template("page.html").substitute(
        widget=widget,
        language=data["language"],
        title=html.escape(text("page.title", name=data["name"])),
        heading=html.escape(text(heading)),
        no_script=html.escape(text("page.no_script")),
        education=html.escape(text("safety.education")),
        # Within a script element only "<" could end it.
        data=json.dumps(data).replace("<", "\\u003c"),
    )
