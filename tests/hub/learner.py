"""A simulated learner: what a browser asks of the hub, from the password to a hold in the log."""

from __future__ import annotations

import asyncio
import json
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

LESSON = "03_guided_stretches.ipynb"
PATIENCE_S = 120


@dataclass
class Learner:
    """One person with a browser of their own.

    Attributes
    ----------
    hub : str
        Address of the hub, without a slash at its end.
    name, password : str
    """

    hub: str
    name: str
    password: str = field(default_factory=lambda: uuid.uuid4().hex)

    def __post_init__(self):
        self.browser = httpx.AsyncClient(
            base_url=self.hub, follow_redirects=True, timeout=PATIENCE_S, trust_env=False
        )
        self.channels: WebSocketClientConnection | None = None
        self.session = uuid.uuid4().hex
        self.comms: dict[str, dict[str, Any]] = {}

    async def close(self) -> None:
        if self.channels:
            self.channels.close()
        await self.browser.aclose()

    def xsrf(self, path: str) -> str:
        """Return the token of the cookie that belongs to the longest part of a path."""
        cookies = [cookie for cookie in self.browser.cookies.jar if cookie.name == "_xsrf"]
        fitting = [cookie for cookie in cookies if path.startswith(cookie.path)]
        return max(fitting, key=lambda cookie: len(cookie.path)).value

    # -- the hub

    async def log_in(self) -> httpx.Response:
        """Type name and password; return the page that follows: the home of one's own in the hub."""
        await self.browser.get("/hub/login")
        form = {"username": self.name, "password": self.password, "_xsrf": self.xsrf("/hub/login")}
        return await self.browser.post("/hub/login", params={"next": "/hub/home"}, data=form)

    async def ask_hub(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Ask the API of the hub."""
        headers = {"X-XSRFToken": self.xsrf("/hub/api")}
        return await self.browser.request(method, f"/hub/api/{path}", headers=headers, **more)

    async def open(self, notebook: str = LESSON) -> httpx.Response:
        """Start the server if need be, and return the page of JupyterLab with a notebook."""
        started = await self.ask_hub("POST", f"users/{self.name}/server")
        assert started.status_code in (201, 202), started.text
        await self._until_ready()
        return await self.browser.get(f"/user/{self.name}/lab/tree/{notebook}")

    async def _until_ready(self) -> None:
        path = f"/hub/api/users/{self.name}/server/progress"
        async with self.browser.stream("GET", path) as progress:
            async for line in progress.aiter_lines():
                event = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
                assert not event.get("failed"), event
                if event.get("ready"):
                    return
        raise AssertionError(f"the server of {self.name} did not say that it is ready")

    # -- their server

    async def ask(self, method: str, path: str, owner: str | None = None, **more: Any) -> httpx.Response:
        """Ask the API of a server: one's own, or that of another learner."""
        path = f"/user/{owner or self.name}/api/{path}"
        headers = {} if method == "GET" else {"X-XSRFToken": self.xsrf(path)}
        return await self.browser.request(method, path, headers=headers, **more)

    async def start_kernel(self, notebook: str = LESSON) -> None:
        """Start a notebook's kernel, and connect to it as JupyterLab does."""
        wanted = {"path": notebook, "name": notebook, "type": "notebook", "kernel": {"name": "python3"}}
        answer = await self.ask("POST", "sessions", json=wanted)
        assert answer.status_code == 201, answer.text
        kernel = answer.json()["kernel"]["id"]
        path = f"/user/{self.name}/api/kernels/{kernel}/channels"
        cookies = self.browser.build_request("GET", path).headers["cookie"]
        address = f"ws://{urlsplit(self.hub).netloc}{path}?session_id={self.session}"
        headers = {"Cookie": cookies, "Origin": self.hub}
        self.channels = await websocket_connect(
            HTTPRequest(address + f"&_xsrf={quote(self.xsrf(path))}", headers=headers),
            max_message_size=2**26,
        )

    async def cells(self, notebook: str = LESSON) -> list[str]:
        """Return the code of a notebook in one's own folder."""
        answer = await self.ask("GET", f"contents/{notebook}")
        assert answer.status_code == 200, answer.text
        found = answer.json()["content"]["cells"]
        return ["".join(cell["source"]) for cell in found if cell["cell_type"] == "code"]

    async def run(self, code: str) -> str:
        """Run code in the kernel; return what it printed, or its error as ``Name: message``."""
        request = {"code": code, "silent": False, "store_history": False, "allow_stdin": False}
        said = ""
        async for message in self._talk("execute_request", request):
            if message["msg_type"] == "stream":
                said += message["content"]["text"]
            if message["msg_type"] == "comm_open":
                self.comms[message["content"]["comm_id"]] = message["content"]["data"]
            if message["msg_type"] == "error":
                said += "{ename}: {evalue}".format(**message["content"])
        return said

    async def hold(self, row: dict[str, Any]) -> dict[str, Any]:
        """Hand a finished hold to a player of the lesson, as its browser side does; return the reply."""
        state = {"method": "custom", "content": {"kind": "rows", "rows": [{"table": "holds", "row": row}]}}
        player = next(comm for comm, data in self.comms.items() if "catalog" in str(data)[:100_000])
        replies = [
            message["content"]["data"]["content"]
            async for message in self._talk("comm_msg", {"comm_id": player, "data": state})
            if message["msg_type"] == "comm_msg"
        ]
        return replies[0]

    async def _talk(self, kind: str, content: dict[str, Any]):
        """Send a message on the shell channel, and yield what comes back until the kernel is idle again."""
        id = uuid.uuid4().hex
        header = {"msg_id": id, "msg_type": kind, "session": self.session, "username": "", "version": "5.3"}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        await self.channels.write_message(json.dumps(message | {"channel": "shell", "buffers": []}))
        while True:
            got = await asyncio.wait_for(self.channels.read_message(), PATIENCE_S)
            assert got is not None, "the kernel's channels were closed"
            if isinstance(got, bytes):  # with binary buffers
                continue
            answer = json.loads(got)
            if answer["parent_header"].get("msg_id") != id:
                continue
            yield answer
            if answer["msg_type"] == "status" and answer["content"]["execution_state"] == "idle":
                return
