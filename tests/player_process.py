"""A `hipbook player` process, or one of its kin, started and ended as a learner does it, or worse."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).parents[1]


class PlayerProcess:
    """A `hipbook player` process whose lines are read as they come."""

    def __init__(self, *arguments: str, command: str = "player"):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "hipbook", command, "--no-browser", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put("its end")

    def address(self, words: str = "It is open at") -> str:
        while words not in (line := self.lines.get(timeout=60)):
            assert line != "its end", self.process.stderr.read()
        return line.split()[-1]

    def end(self, number: int | None = None) -> tuple[int, str]:
        """Send a signal, and return the exit code and what stood on stderr."""
        if number is not None:
            self.process.send_signal(number)
        error = self.process.stderr.read()
        code = self.process.wait(60)
        self.reader.join(60)
        return code, error
