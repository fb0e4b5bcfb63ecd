"""What it costs to begin: importing hipbook, a kernel that guides stretches, the command until it answers.

``python bench/startup.py`` takes about a minute and prints a table: medians, each beside what one would take
instead, and the ratio. It exits 1 when a promise is not kept.
"""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import nbformat
import psutil
from jupyter_client.manager import KernelManager

from hipbook import ports, shipped, workspace
from hipbook.kernels import ThisPythonFirst

IMPORT_PAIRS = 9
ROUNDS = 3
"""Of kernels and of servers, which vary less than a short import does."""

IMPORT_PROMISE_MS = 60
KERNEL_PROMISE_MB = 75
LIMIT_S = 60
TOKEN = "bench"


@dataclass(frozen=True)
class Line:
    """One line of the table: hipbook's figure, what one would take instead, and the most that is promised."""

    what: str
    unit: str
    ours: float
    instead: str
    theirs: float
    promise: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the promise is kept; true without one."""
        return self.promise is None or self.ours <= self.promise

    def cells(self) -> tuple[str, ...]:
        """Return what the table shows."""
        promised = ""
        if self.promise is not None:
            promised = f"≤ {self.promise:g} {self.unit}: {'kept' if self.kept else 'NOT KEPT'}"
        return (
            self.what,
            f"{self.ours:.1f} {self.unit}",
            f"{self.instead}: {self.theirs:.1f} {self.unit}",
            f"× {self.ours / self.theirs:.2f}",
            promised,
        )


# --- import ---------------------------------------------------------------


def run_ms(code: str) -> float:
    """Return how long a fresh Python takes to run a line of code [ms]."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return (time.perf_counter() - start) * 1000


def measure_import() -> Line:
    """Compare imports, each less the bare Python that ran just before it."""
    run_ms("import hipbook, pandas")  # what is on the disk is in its cache then, for both
    ours, theirs = [], []
    for _ in range(IMPORT_PAIRS):
        for code, found in (("import hipbook", ours), ("import pandas", theirs)):
            bare = run_ms("pass")
            found.append(run_ms(code) - bare)
    what = "import hipbook, over bare Python"
    return Line(what, "ms", median(ours), "import pandas", median(theirs), IMPORT_PROMISE_MS)


# --- kernel ---------------------------------------------------------------


def kernel_mb(learner: workspace.Workspace, cells: Sequence[str]) -> float:
    """Return a kernel's resident memory [MB] after running cells in a workspace."""
    manager = KernelManager(kernel_name="python3", kernel_spec_manager=ThisPythonFirst())
    environment = os.environ | {workspace.VARIABLE: str(learner.folder)}
    manager.start_kernel(cwd=str(learner.folder), env=environment, stderr=subprocess.DEVNULL)
    client = manager.client()
    try:
        client.start_channels()
        client.wait_for_ready(timeout=LIMIT_S)
        for cell in cells:
            content = client.execute_interactive(cell, timeout=LIMIT_S, output_hook=lambda _: None)["content"]
            if content["status"] != "ok":
                raise RuntimeError(f"cell must run, got {content['evalue']}: {cell}")
        return psutil.Process(manager.provisioner.pid).memory_info().rss / 1e6
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def measure_kernel(learner: workspace.Workspace) -> list[Line]:
    """Compare a kernel that ran all of 03 with a bare one, and with one that has the usual imports."""
    notebook = nbformat.read(shipped.notebooks_folder() / "03_guided_stretches.ipynb", as_version=4)
    guided = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    kinds = {"ours": guided, "bare": ["None"], "usual": ["import pandas, matplotlib.pyplot"]}
    found = {kind: [] for kind in kinds}
    for _ in range(ROUNDS):
        for kind, cells in kinds.items():
            found[kind].append(kernel_mb(learner, cells))
    ours, bare, usual = (median(found[kind]) for kind in kinds)
    what = "kernel memory, all of 03 shown"
    return [
        Line(what, "MB", ours, "bare kernel", bare, KERNEL_PROMISE_MB),
        Line(what, "MB", ours, "with pandas and pyplot", usual),
    ]


# --- server ---------------------------------------------------------------


@contextmanager
def running(command: Sequence[str], folder: Path, **variables: str) -> Iterator[subprocess.Popen[str]]:
    """Run a command in a folder, without the settings of whoever measures, and end it like Ctrl-C."""
    inherited = {key: value for key, value in os.environ.items() if key != workspace.VARIABLE}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=inherited | {"JUPYTER_CONFIG_DIR": str(folder / ".jupyter")} | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:  # bare JupyterLab asks whether one is sure; only one more ends it
            process.terminate()
            process.wait()


def hipbook_s(folder: Path) -> float:
    """Return how long ``hipbook --no-browser`` takes in an empty folder until it says where it is [s]."""
    start = time.perf_counter()
    with running([sys.executable, "-m", "hipbook", "--no-browser"], folder) as process:
        if not any("http://" in line for line in process.stdout):
            raise RuntimeError("hipbook must say where it answers, and ended without")
        return time.perf_counter() - start


def jupyterlab_s(folder: Path) -> float:
    """Return how long JupyterLab alone takes in an empty folder until it answers [s]."""
    port = ports.choose()
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--ServerApp.port={port}"]
    start = time.perf_counter()
    with running(command, folder, JUPYTER_TOKEN=TOKEN) as process:
        while not answers(port):
            if process.poll() is not None or time.perf_counter() - start > LIMIT_S:
                raise RuntimeError(f"JupyterLab must answer within {LIMIT_S} s at port {port}, and did not")
            time.sleep(0.02)
        return time.perf_counter() - start


def answers(port: int) -> bool:
    """Return whether a server at a port takes our token."""
    connection = http.client.HTTPConnection(ports.HOST, port, timeout=5)
    try:
        connection.request("GET", "/api/status", headers={"Authorization": f"token {TOKEN}"})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def measure_server(folder: Path) -> Line:
    """Compare the command with JupyterLab alone, each time in a new empty folder."""

    def fresh(measure: Callable[[Path], float]) -> float:
        return measure(Path(tempfile.mkdtemp(dir=folder)))

    ours, theirs = zip(*((fresh(hipbook_s), fresh(jupyterlab_s)) for _ in range(ROUNDS)), strict=True)
    return Line("hipbook, until its server answers", "s", median(ours), "jupyter lab", median(theirs))


def table(lines: Sequence[Line]) -> str:
    """Return the lines as a table."""
    rows = [("measured", "hipbook", "instead", "ratio", "promise"), *(line.cells() for line in lines)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def main() -> int:
    """Measure all, print the table, and return the exit code."""
    with tempfile.TemporaryDirectory() as temporary:
        learner, _ = workspace.create(Path(temporary) / "hipbook-workbook")
        lines = [measure_import(), *measure_kernel(learner), measure_server(Path(temporary))]
    print(table(lines))
    return 0 if all(line.kept for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
