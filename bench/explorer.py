"""What a hand feels: slider to picture, and pictures a second, of the gait explorer and of its rivals.

``python bench/explorer.py`` takes about two minutes and prints a table: the explorer, ipympl with updated
artists, and ``interact`` with inline matplotlib, each in its own JupyterLab notebook in headless Chromium,
all in one run. It exits 1 when a promise is not kept. It needs ipympl beside what the tests need.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import nbformat
from playwright.sync_api import Browser, Page, expect, sync_playwright

BENCH = Path(__file__).parent
sys.path.insert(0, str(BENCH.parent / "tests" / "browser"))

from lab_driver import FLAGS, Lab, find_chromium, open_and_run, running_lab, scroll_to  # noqa: E402

MOVES = 15  # there, and as many back
WATCH_MS = 5000
LATENCY_PROMISE_MS = 16.7
FPS_PROMISE = 58
SLOW_MS, SLOW_PROMISE = 33.4, 0.02

WATCH = "\nwindow.watched = watchPicture(`%s`, %s);"
START = f"import sys; sys.path.insert(0, {str(BENCH)!r})\n"
MOMENT = "widgets.FloatSlider(value=0.5, min=0, max=1, step=0.005)"
LIMIT = "widgets.FloatSlider(value=14, min=-10, max=30, step=1)"
PLAY = "widgets.Play(min=0, max=100000, interval=16)"


@dataclass(frozen=True)
class Rival:
    """One way to make the picture: its cell, where its slider and picture are, how it plays."""

    name: str
    cell: str
    slider: str
    picture: str
    sign: str
    play: str


RIVALS = [
    Rival(
        "hipbook's gait explorer",
        "import hipbook as hb\nhb.gait_explorer(hip_extension_limit_deg=14)",
        '.hb-field-hip_extension_limit_deg input',
        ".hipbook-explorer .hipbook-body .hipbook-figure-trunk, .hipbook-explorer .hb-line.hb-of-thigh",
        "all => all.map(one => one.getAttribute('d')).join()",
        ".hipbook-explorer .hb-primary",
    ),
    Rival(
        "ipympl, updated artists",
        f"""{START}%matplotlib widget
import ipywidgets as widgets, rival_walker, matplotlib.pyplot as plt
plt.ioff(); walker = rival_walker.Walker(); plt.ion()
limit, play = {LIMIT}, {PLAY}
def update(change=None):
    walker.move(limit.value, 0.5 + play.value / 260); walker.figure.canvas.draw_idle()
limit.observe(update, "value"); play.observe(update, "value"); update()
widgets.VBox([limit, play, walker.figure.canvas])""",
        ".noUi-handle",
        ".jupyter-matplotlib-canvas-div canvas",
        "pixels",
        ".jupyter-widgets.widget-play button",
    ),
    Rival(
        "interact, inline matplotlib",
        f"""{START}%matplotlib inline
import ipywidgets as widgets, rival_walker
play, limit = {PLAY}, {LIMIT}
def show(limit_deg, frame): rival_walker.draw(limit_deg, 0.5 + frame / 260)
widgets.interact(show, limit_deg=limit, frame=play);""",
        ".noUi-handle",
        ".jp-OutputArea-output img",
        "all => all.map(one => one.src).join()",
        ".jupyter-widgets.widget-play button",
    ),
]  # fmt: skip


@dataclass(frozen=True)
class Result:
    """What was measured of one rival."""

    name: str
    moves_ms: list[float]
    pictures_ms: list[float]

    @property
    def gaps_ms(self) -> list[float]:
        """Times between one new picture and the next."""
        return [b - a for a, b in zip(self.pictures_ms, self.pictures_ms[1:], strict=False)]

    @property
    def fps(self) -> float:
        """Pictures a second, by the median gap."""
        return 1000 / median(self.gaps_ms)

    @property
    def slow(self) -> float:
        """Share of gaps that are longer than two frames."""
        return sum(gap > SLOW_MS for gap in self.gaps_ms) / len(self.gaps_ms)


def p95(values: list[float]) -> float:
    """Return the 95th percentile, by nearest rank."""
    return sorted(values)[min(len(values) - 1, -(-95 * len(values) // 100) - 1)]


def measure(rival: Rival, lab: Lab, browser: Browser) -> Result:
    """Run one rival in its own notebook and page."""
    name = f"rival-{RIVALS.index(rival)}.ipynb"
    cells = [nbformat.v4.new_code_cell(rival.cell)]
    notebook = nbformat.v4.new_notebook(cells=cells + [nbformat.v4.new_code_cell("None") for _ in range(10)])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, lab.workspace / name)
    page = browser.new_page(viewport={"width": 1300, "height": 1100})
    page.set_default_timeout(60_000)
    try:
        open_and_run(page, lab.url(name))
        scroll_to(page, rival.cell.splitlines()[-1][:24])
        page.locator(rival.picture).first.wait_for()
        return Result(rival.name, *_measured(page, rival))
    finally:
        page.close()


def _measured(page: Page, rival: Rival) -> tuple[list[float], list[float]]:
    own = rival is RIVALS[0]
    page.evaluate(
        (BENCH / "explorer_watch.js").read_text(encoding="utf-8") + WATCH % (rival.picture, rival.sign)
    )
    if own:  # a walker that walks changes its picture by itself
        page.locator(rival.play).click()
        expect(page.locator(rival.play)).to_have_text("Play")
    page.wait_for_timeout(1000)
    page.locator(rival.slider).first.focus()
    moves = []
    for key in ["ArrowLeft"] * MOVES + ["ArrowRight"] * MOVES:
        page.evaluate("watched.awaitKey()")
        page.keyboard.press(key)
        page.wait_for_function("watched.movedMs !== null")
        moves.append(page.evaluate("watched.movedMs"))
        page.wait_for_timeout(60 + 7 * (len(moves) % 5))  # moves fall anywhere within a frame
    if min(moves) < 0:
        raise RuntimeError(f"{rival.name} must answer each move within 5 s, got {json.dumps(moves)}")
    page.locator(rival.play).first.click()
    page.wait_for_timeout(500)
    return moves, page.evaluate("forMs => watched.newPictures(forMs)", WATCH_MS)


def table(results: list[Result]) -> str:
    """Return the results as a table, each rival beside the first."""
    ours = results[0]
    rows = [("", "slider to picture", "", "", "new pictures", "", "")]
    rows.append(("", "median", "p95", "ratio", "median", "over 33 ms", "ratio"))
    rows += [
        (
            one.name,
            f"{median(one.moves_ms):.1f} ms",
            f"{p95(one.moves_ms):.1f} ms",
            f"× {median(one.moves_ms) / median(ours.moves_ms):.1f}",
            f"{one.fps:.1f} a second",
            f"{100 * one.slow:.1f} %",
            f"× {one.fps / ours.fps:.2f}",
        )
        for one in results
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def main() -> int:
    """Measure all, print the table and the promises, and return the exit code."""
    with (
        tempfile.TemporaryDirectory() as temporary,
        running_lab(Path(temporary)) as lab,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        results = [measure(rival, lab, browser) for rival in RIVALS]
        browser.close()
    print(table(results))
    ours = results[0]
    promises = {
        f"slider to picture, p95 at most {LATENCY_PROMISE_MS} ms": p95(ours.moves_ms) <= LATENCY_PROMISE_MS,
        f"at least {FPS_PROMISE} pictures a second": ours.fps >= FPS_PROMISE,
        f"fewer than {100 * SLOW_PROMISE:g} % of pictures later than 33 ms": ours.slow < SLOW_PROMISE,
    }
    for promise, kept in promises.items():
        print(f"{promise}: {'kept' if kept else 'NOT KEPT'}")
    return 0 if all(promises.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
