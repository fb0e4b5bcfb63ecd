"""Who has a workspace's page open: one at a time, and where it answers."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from filelock import FileLock, Timeout

from hipbook.page.private import write_privately

__all__ = ["FILE", "MEASURE", "Claim", "Running", "claimed", "other"]

FILE = ".hipbook.player.json"
"""In the workspace; readable by its owner only, since it holds the token. An open page says where it is."""

MEASURE = "measure"
"""The path of the page that measures; the player's is the root."""

LOCK = ".hipbook.player.lock"
"""Held while the page is open; a process that dies lets it go."""

_WAIT_S = 5
"""How long another process may need between its start and its first answer."""


@dataclass(frozen=True)
class Running:
    """Where a page answers.

    Attributes
    ----------
    scheme : {"http", "https"}
    host : str
    port : int
    token : str
        What a browser must know.
    """

    scheme: str
    host: str
    port: int
    token: str

    def address(self, what: str, path: str = "") -> str:
        """Return the address that lets a browser in and opens a routine or stretch, or at ``path`` a test."""
        asked = urlencode({"what": what, "token": self.token})
        return f"{self.scheme}://{self.host}:{self.port}/{path}?{asked}"


class Claim:
    """The right to open the page of one workspace.

    Attributes
    ----------
    token : str
        Random; the same each time, so that a page which was left open in a browser goes on. Who deletes the
        file gets another.
    """

    def __init__(self, folder: Path):
        self._path = folder / FILE
        known = _token(_content(self._path))
        self.token = known or secrets.token_urlsafe(24)
        if known:
            # After a crash it still says where the page was.
            self.withdraw()

    def announce(self, here: Running) -> None:
        """Let other processes of the same person find it."""
        self._write(asdict(here))

    def withdraw(self) -> None:
        """Say no more where it is; the token stays."""
        with suppress(OSError):
            self._write({"token": self.token})

    def _write(self, content: dict[str, Any]) -> None:
        write_privately(self._path, json.dumps(content).encode())


@contextmanager
def claimed(folder: Path) -> Iterator[Claim | None]:
    """Claim a workspace's page for as long as the block runs; None when another process has it."""
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield None
        return
    try:
        claim = Claim(folder)
        yield claim
        claim.withdraw()
    finally:
        lock.release()


def other(folder: Path) -> Running | None:
    """Return where the process that has the claim answers; None when it does not say so within seconds."""
    limit = time.monotonic() + _WAIT_S
    while (found := _read(folder / FILE)) is None and time.monotonic() < limit:
        time.sleep(0.1)
    return found


def _read(path: Path) -> Running | None:
    """Return where a page answers; None while it says nothing of that."""
    content = _content(path)
    if _token(content) is None or not isinstance(content.get("port"), int):
        return None
    try:
        return Running(**content)
    except TypeError:
        return None


def _content(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _token(content: dict[str, Any]) -> str | None:
    token = content.get("token")
    return token if isinstance(token, str) and len(token) >= 32 else None
