"""Who is let in, what every answer carries, and how those who are not let in are told."""

from __future__ import annotations

import hashlib
import hmac
import html
from pathlib import Path
from string import Template
from typing import Any

from tornado.httputil import split_host_and_port
from tornado.web import RequestHandler

from hipbook.guide import LANGUAGE
from hipbook.page.accepted import accepted
from hipbook.strings import languages, text

__all__ = ["Guarded", "Nothing", "same", "template"]

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


class Guarded(RequestHandler):
    """Lets only those in who came by our own name and know the token."""

    def set_default_headers(self) -> None:
        """Give every answer the headers that keep strangers out."""
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        """Refuse, before anything is done."""
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
        """Return whether the key, or the cookie that it gave, came along."""
        given = self.request.headers.get("Authorization", "").removeprefix("token ")
        cookie = self.get_cookie(self.cookie_name, "") or ""
        return same(given, self.settings["token"]) or same(cookie, self.cookie_value)

    @property
    def cookie_name(self) -> str:
        """One of this workspace's own: cookies know no ports, and another's page must not take ours away."""
        return f"hipbook-{self.settings['workspace'].id}"

    @property
    def cookie_value(self) -> str:
        """What the key becomes, so that a cookie does not give it away."""
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
        self.finish(template("refused.html").substitute(language=language, title=title, said=said))

    def write_error(self, status_code: int, **_: Any) -> None:
        """Answer what went wrong like any other refusal."""
        self.refuse(status_code, "page.nothing")


class Nothing(Guarded):
    """Any other address."""

    def refusal(self) -> tuple[int, str]:
        """Return that there is nothing here, to those who may know."""
        return super().refusal() or (404, "page.nothing")


def same(given: str, wanted: str) -> bool:
    """Return whether two secrets are the same; how long it takes tells nothing."""
    return hmac.compare_digest(given.encode(errors="replace"), wanted.encode())


def template(name: str) -> Template:
    """Return a page's frame, which lies beside this file."""
    return Template((Path(__file__).parent / name).read_text(encoding="utf-8"))
