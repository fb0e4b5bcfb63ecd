"""What a class costs a hub's machine: seconds until the first notebook, memory for each learner.

``python bench/hub.py``, as root, like a hub, takes one to three minutes: one learner alone, then ten at the
same moment (``--learners N`` for another number), on a real JupyterHub as deploy/jupyterhub configures it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "hub")]

import log_rows  # noqa: E402
from learner import LESSON, Learner  # noqa: E402
from running_hub import PROXY, Hub, running_hub  # noqa: E402


@dataclass
class Times:
    """When a learner had what, after their password was typed [s]."""

    inside: float
    page: float
    kernel: float
    lesson: float
    saved: float


async def take_part(learner: Learner) -> Times:
    """Log in, open 03, run it, hold once; return how long each took."""
    start = time.perf_counter()
    stamps = []

    def stamp() -> None:
        stamps.append(time.perf_counter() - start)

    await learner.log_in()
    stamp()
    (await learner.open(LESSON)).raise_for_status()
    stamp()
    await learner.start_kernel()
    await learner.run("None")
    stamp()
    for cell in await learner.cells():
        await learner.run(cell)
    stamp()
    reply = await learner.hold(log_rows.hold(f"{learner.name}-001"))
    if reply["kind"] != "saved":
        raise RuntimeError(f"a hold must be saved, got {reply}")
    stamp()
    return Times(*stamps)


def memory_mb(processes: list[psutil.Process]) -> float:
    """Return what processes hold, shared pages counted in parts: proportional set size [MB of 10⁶ bytes]."""
    return sum(process.memory_full_info().pss for process in processes) / 1e6


def learners_mb(hub: Hub, names: list[str]) -> tuple[float, float]:
    """Return the median memory of a learner's server, and of their kernel [MB]."""
    servers, kernels = [], []
    for name in names:
        for process in hub.processes([hub.home(name).stat().st_uid]):
            kind = kernels if "ipykernel_launcher" in process.cmdline() else servers
            kind.append(memory_mb([process]))
    return median(servers), median(kernels)


def work_s(hub: Hub, names: list[str]) -> float:
    """Return the median processor time of a learner's server and kernel so far [s of one core]."""

    def total(name: str) -> float:
        times = [one.cpu_times() for one in hub.processes([hub.home(name).stat().st_uid])]
        return sum(one.user + one.system for one in times)

    return median(map(total, names))


def own_mb(hub: Hub) -> float:
    """Return what the hub itself holds: JupyterHub, its proxy, its culler [MB]."""
    ours = psutil.Process().children(recursive=True)
    return memory_mb([process for process in ours if process.uids().real not in hub.uids])


def rows(title: str, times: list[Times]) -> Iterator[str]:
    """Yield a line for each stage: median and last of several learners [s]."""
    told = {
        "inside": "password taken",
        "page": f"page of {LESSON[:2]} answered",
        "kernel": "its kernel runs code",
        "lesson": "every cell was run",
        "saved": "a hold is on the disk",
    }
    for stage, words in told.items():
        found = [getattr(one, stage) for one in times]
        yield f"{title:28} {words:28} {median(found):7.1f} s {max(found):7.1f} s"


def main() -> int:
    """Measure, and print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--learners", type=int, default=10, help="how many at the same moment")
    wanted = options.parse_args().learners
    if os.geteuid() != 0:
        sys.exit("a hub starts processes of other users: run this as root")
    if not PROXY.exists():
        sys.exit("the hub's proxy is missing: npm ci --prefix deploy/jupyterhub")
    names = ["alone", *(f"kiwi-{number}" for number in range(1, wanted + 1))]
    load = os.getloadavg()[0]
    with running_hub(names) as hub, asyncio.Runner() as runner:

        async def all_at_once(names: list[str]) -> list[Times]:
            return await asyncio.gather(*(take_part(Learner(hub.address, name)) for name in names))

        print(f"{'after the password was typed':57} {'median':>9} {'last':>9}")
        print(*rows("one learner alone", runner.run(all_at_once(names[:1]))), sep="\n")
        print(*rows(f"{wanted} at the same moment", runner.run(all_at_once(names[1:]))), sep="\n")
        server, kernel = learners_mb(hub, names)
        parts = f"server {server:.0f}, kernel {kernel:.0f}"
        print(f"\nmemory of a learner (median)  {server + kernel:.0f} MB: {parts}")
        print(f"work of a learner (median)    {work_s(hub, names):.1f} s of one core")
        print(f"memory of the hub itself      {own_mb(hub):.0f} MB")
    print(f"load of this machine before   {load:.1f} on {os.cpu_count()} cores")
    return 0


if __name__ == "__main__":
    sys.exit(main())
