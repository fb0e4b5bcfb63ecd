"""The table of ``bench/timing.py``: sizes of errors, ours beside the rival's; what is promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

__all__ = ["Line", "table"]


def p99(values: Sequence[float]) -> float:
    """Return the 99th percentile of the sizes, by nearest rank."""
    sizes = sorted(map(abs, values))
    return sizes[-(-99 * len(sizes) // 100) - 1]


@dataclass(frozen=True)
class Line:
    """One line of the table: a condition, the errors of both [ms], and the most that the p99 may be."""

    condition: str
    ours: Sequence[float]
    theirs: Sequence[float] | None
    promise_ms: float

    @property
    def kept(self) -> bool:
        """Whether the promise is kept."""
        return p99(self.ours) <= self.promise_ms

    def cells(self) -> list[str]:
        """Return what the table shows."""
        theirs = ["–"] * 3 if self.theirs is None else figures(self.theirs)
        ratio = "–" if self.theirs is None else f"× {p99(self.theirs) / max(p99(self.ours), 0.1):.0f}"
        promised = f"≤ {self.promise_ms:g}: {'ok' if self.kept else 'FAIL'}"
        return [self.condition, str(len(self.ours)), *figures(self.ours), *theirs, ratio, promised]


def figures(values: Sequence[float]) -> list[str]:
    """Return median, p99 and maximum of the sizes as the table shows them."""
    sizes = list(map(abs, values))
    return [f"{value:,.1f}" for value in (median(sizes), p99(sizes), max(sizes))]


def table(lines: Sequence[Line]) -> str:
    """Return the lines as a Markdown table."""
    head = ["error of a phase change [ms]", "n", "hipbook median", "p99", "max"]
    head += ["ipywidgets timer median", "p99", "max", "ratio of p99", "promise, p99"]
    rows = [head, ["---", *["---:"] * 8, "---"], *(line.cells() for line in lines)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
