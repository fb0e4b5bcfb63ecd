"""The player's page on a real server in a thread, and a client that sends just what it is told."""

from __future__ import annotations

import asyncio
import http.client
import json
import socket
import threading
from contextlib import contextmanager

import log_rows

from hipbook.page import server

TOKEN = "t0ken-of-a-test-that-is-long-enough"
NAMES = frozenset({"127.0.0.1", "localhost"})


def hold(number: int, **changes):
    return {"table": "holds", "row": log_rows.hold(f"s1-{number:03d}") | changes}


class Served:
    """A running page, and a client that sends what it is told and nothing else."""

    def __init__(self, learner, port: int):
        self.learner, self.port = learner, port

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str | None):
        given = {"Host": f"127.0.0.1:{self.port}"} | {
            name.replace("_", "-"): v for name, v in headers.items()
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        for name, value in given.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        content = answer.read().decode()
        connection.close()
        return answer, content

    def visit(self, path: str = "/", **headers: str):
        return self.ask("GET", path, Cookie=self.cookie(), **headers)

    def cookie(self) -> str:
        answer, _ = self.ask("GET", f"/?token={TOKEN}")
        return answer.headers["Set-Cookie"].partition(";")[0]

    def send(self, message: object, **headers: str | None):
        whole = {
            "Cookie": self.cookie(),
            "Origin": f"http://127.0.0.1:{self.port}",
            "Content_Type": "application/json",
            "Hipbook_Workspace": self.learner.id,
        }
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        return self.ask("POST", "/messages", body, **(whole | headers))

    def rows(self) -> list[str]:
        path = self.learner.log_folder / "holds.csv"
        return [line.split(",")[0] for line in path.read_text().splitlines()[1:]] if path.exists() else []


@contextmanager
def serving(app, host: str = "127.0.0.1", tls=None):
    """Run the server in a thread; yield its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    is_ready, ending = threading.Event(), {}

    async def run() -> None:
        ending["loop"], ending["event"] = asyncio.get_running_loop(), asyncio.Event()
        await server.run(app, port, host, tls=tls, ready=is_ready.set, ended=ending["event"])

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    try:
        assert is_ready.wait(30)
        yield port
    finally:
        ending["loop"].call_soon_threadsafe(ending["event"].set)
        thread.join(30)
