"""The server of the player's page: one page, its files, and one address for what the page sends.

Nothing is served without the token: the first visit brings it in the address and leaves with a cookie.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import html
import json
import logging
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlencode

from tornado.httpserver import HTTPServer
from tornado.httputil import split_host_and_port
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from hipbook.guide import LANGUAGE, Recorder, player_data
from hipbook.page.accepted import accepted
from hipbook.stretching.routine import RoutineError
from hipbook.strings import languages, text
from hipbook.workspace import Workspace

__all__ = ["BODY_MAX", "application", "run"]

BODY_MAX = 1_000_000
"""Longest message that is read [bytes]; a long day's rows are a tenth of it."""

SLOWEST_S = 30
"""How long a browser may take to send a message."""

STATIC = Path(__file__).parent.parent / "widgets" / "static"
FILES = {
    "player.js": "text/javascript",
    "player.page.js": "text/javascript",
    "player.style.css": "text/css",
    "player.page.style.css": "text/css",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    # The figure sets colours by style attributes; style sheets still come from here only.
    "style-src-attr": "'unsafe-inline'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    # The clock's Worker is made in the page.
    "worker-src": "blob:",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{what} {whence}" for what, whence in POLICY.items()),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
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
        [(r"/", _Page), (r"/messages", _Messages), (rf"/({'|'.join(FILES)})", _File)],
        default_handler_class=_Nothing,
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


class _Guarded(RequestHandler):
    """Lets only those in who came by our own name and know the token."""

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        refusal = self.refusal()
        if refusal:
            self.refuse(*refusal)

    def refusal(self) -> tuple[int, str] | None:
        """Return status and sentence for those who are not let in."""
        host = split_host_and_port(self.request.headers.get("Host", "").lower())[0]
        if host not in self.settings["hosts"]:
            return 403, "page.wrong_host"
        return None if self.is_let_in() else (403, "page.locked")

    def is_let_in(self) -> bool:
        given = self.request.headers.get("Authorization", "").removeprefix("token ")
        cookie = self.get_cookie(self.cookie_name, "") or ""
        return _same(given, self.settings["token"]) or _same(cookie, self.cookie_value)

    @property
    def cookie_name(self) -> str:
        # Cookies know no ports: another workspace's page on this computer must not take ours away.
        return f"hipbook-{self.settings['workspace'].id}"

    @property
    def cookie_value(self) -> str:
        return hmac.new(self.settings["token"].encode(), b"cookie", hashlib.sha256).hexdigest()

    @property
    def language(self) -> str:
        """In which we refuse."""
        return accepted(self.request.headers.get("Accept-Language", ""), languages(), LANGUAGE)

    def refuse(self, status: int, key: str, **values: str) -> None:
        """Answer with one sentence, and do nothing else."""
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        language = self.language
        said = html.escape(text(key, language=language, **values))
        title = html.escape(text("page.refused", language=language))
        self.finish(_template("refused.html").substitute(language=language, title=title, said=said))

    def write_error(self, status_code: int, **_: Any) -> None:
        self.refuse(status_code, "page.nothing")


class _Nothing(_Guarded):
    """Any other address."""

    def refusal(self) -> tuple[int, str]:
        return super().refusal() or (404, "page.nothing")


class _Page(_Guarded):
    """The page itself."""

    def is_let_in(self) -> bool:
        token = self.get_query_argument("token", None)
        return super().is_let_in() if token is None else _same(token, self.settings["token"])

    async def get(self) -> None:
        what = self.get_query_argument("what", self.settings["what"])
        if self.get_query_argument("token", None) is not None:
            return self._let_in(what)
        loop = asyncio.get_running_loop()
        workspace = self.settings["workspace"]
        try:
            data = await loop.run_in_executor(self.settings["disk"], lambda: player_data(what, workspace))
        except RoutineError as error:
            return self.refuse(404, "page.unknown", why=str(error))
        self.finish(_page(data | {"place": "page"}))
        return None

    def _let_in(self, what: str) -> None:
        https = self.settings["scheme"] == "https"
        self.set_cookie(
            self.cookie_name, self.cookie_value, httponly=True, samesite="Strict", secure=https, path="/"
        )
        self.redirect("/" if what == self.settings["what"] else f"/?{urlencode({'what': what})}")


class _File(_Guarded):
    """A script or a style sheet of the page."""

    def get(self, name: str) -> None:
        self.set_header("Content-Type", f"{FILES[name]}; charset=utf-8")
        self.finish((STATIC / name).read_bytes())


class _Messages(_Guarded):
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
        self._reply([{"kind": "not_saved", "why": text(key, language=self.language, **values)}])

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


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(errors="replace"), wanted.encode())


def _template(name: str) -> Template:
    return Template((Path(__file__).parent / name).read_text(encoding="utf-8"))


def _page(data: dict[str, Any]) -> str:
    return _template("page.html").substitute(
        language=data["language"],
        title=html.escape(text("page.title", name=data["name"])),
        heading=html.escape(text("page.heading")),
        no_script=html.escape(text("page.no_script")),
        education=html.escape(text("safety.education")),
        # Within a script element only "<" could end it.
        data=json.dumps(data).replace("<", "\\u003c"),
    )
