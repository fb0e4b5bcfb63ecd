"""Make README's pictures from the running product: the player, the gait explorer and a chart.

Each picture carries a fingerprint of what it shows, so that a test sees when it has gone stale.
Needs Chromium; see tests/browser/lab_driver.py, whose ways of starting and opening the workbook it shares.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import tempfile
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import expect, sync_playwright

from hipbook.motion.gait import reference_data
from hipbook.stretching.catalog import catalog
from hipbook.widgets.explorer import GaitExplorer
from hipbook.widgets.player import Player

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
MARK = "shows"
LATE_STANCE = "100"
EXPLORER = "hb.gait_explorer(hip_extension_limit_deg=5)"
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from lab_driver import FLAGS, find_chromium, open_and_run, running_lab, scroll_to  # noqa: E402


def main() -> None:
    """Take the pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1300, "height": 1300}, device_scale_factor=2)
        with running_lab(Path(temporary)) as lab:
            open_and_run(page, lab.url("03_guided_stretches.ipynb"))
            scroll_to(page, 'hb.player("hip_flexor_half_kneeling")')
            panel = page.get_by_role("group", name="Guided stretch: Hip flexor stretch, half kneeling")
            panel.get_by_role("button", name="Show the questions").click()
            panel.get_by_role("button", name="I have read this").click()
            panel.get_by_text("More: order and pauses").click()
            panel.get_by_label("Get ready (seconds)").fill("0")
            panel.get_by_role("button", name="Start").click()
            expect(panel.get_by_role("timer")).to_have_text("24", timeout=15_000)
            panel.screenshot(path=PICTURES / "player.png")
            open_and_run(page, lab.url("02_when_the_back_does_the_work.ipynb"))
            scroll_to(page, EXPLORER)
            panel = page.get_by_role("group", name="Gait explorer")
            panel.get_by_role("button", name="Pause").click()
            panel.get_by_label("Moment in the stride").fill(LATE_STANCE)
            panel.screenshot(path=PICTURES / "explorer.png")
        page.set_content(f'<img src="data:image/svg+xml;base64,{weekly_dose_source()}">')
        page.locator("img").screenshot(path=PICTURES / "weekly-dose.png")
        browser.close()
    for name, fingerprint in fingerprints().items():
        mark = PngInfo()
        mark.add_text(MARK, fingerprint)
        with Image.open(PICTURES / name) as picture:
            picture.load()
            picture.save(PICTURES / name, pnginfo=mark, optimize=True)


def fingerprints() -> dict[str, str]:
    """Return, by picture, a digest of what it shows as the product is now."""
    stretch = json.dumps(catalog().stretch("hip_flexor_half_kneeling").keyframes, default=vars)
    walk = json.dumps(reference_data(), default=str)
    shown = {
        "player.png": Player._esm + Player._css + stretch,
        "explorer.png": GaitExplorer._esm + GaitExplorer._css + walk + EXPLORER,
        "weekly-dose.png": weekly_dose_source(),
    }
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in shown.items()}


def weekly_dose_source() -> str:
    """Return the SVG, in base64, of the sample's weekly dose as the committed notebook shows it."""
    cells = json.loads((ROOT / "notebooks" / "05_my_progress.ipynb").read_text(encoding="utf-8"))["cells"]
    cell = next(cell for cell in cells if 'hb.my_progress(mine, "weekly_dose")' in "".join(cell["source"]))
    html = "".join(cell["outputs"][0]["data"]["text/html"])
    svg = html.split("base64,")[1].split('"')[0]
    assert base64.b64decode(svg).startswith(b"<svg")
    return svg


if __name__ == "__main__":
    main()
