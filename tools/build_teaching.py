"""Print a handout and slides for each lesson as PDF, from the notebooks themselves.

``python tools/build_teaching.py`` writes ``docs/teaching/print/*.pdf`` with Chromium; with ``--check`` it
prints nothing, and exits 1 when the notebooks give another handout or other slides than the committed ones.
The PDFs are committed, since those who need them have neither Python nor this tool. Two Chromiums never print
the same bytes, so ``printed_from.json`` keeps what each PDF was printed from, and only that is compared.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import jinja2
from markupsafe import Markup

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent / "teaching"
sys.path[:0] = [str(FOLDER), str(ROOT / "tests" / "browser")]

from sheets import sheet, slides  # noqa: E402

from hipbook.strings import text  # noqa: E402

NOTEBOOKS = ROOT / "notebooks"
SOLUTIONS = ROOT / "docs" / "teaching" / "solutions"
PRINTED = ROOT / "docs" / "teaching" / "print"
FROM = PRINTED / "printed_from.json"
SMALLEST_PX = 19
"""The smallest letters of a slide, at 1209 px of width."""

FIT = """
smallest => {
  const tight = [];
  for (const slide of document.querySelectorAll(".slides section")) {
    const fit = slide.querySelector(".fit");
    if (!fit) continue;
    const padded = parseFloat(getComputedStyle(slide).paddingBottom);
    const bounds = slide.getBoundingClientRect();
    const high = () => {
      const { top, bottom } = fit.getBoundingClientRect();
      return top < bounds.top + padded - 1 || bottom > bounds.bottom - padded + 1;
    };
    let px = parseFloat(getComputedStyle(fit).fontSize);
    while (px > smallest && high()) fit.style.fontSize = `${--px}px`;
    if (high() || fit.scrollWidth > fit.clientWidth + 1) tight.push(slide.innerText.slice(0, 60));
  }
  return tight;
}
"""
"""Make the letters of a full slide smaller, and name the slides that do not fit even so."""

FOOT = "() => document.querySelector('template#foot')?.innerHTML ?? ''"
"""What stands at the foot of each page, which a page itself cannot number."""


def pages() -> dict[str, str]:
    """Return the HTML of each handout and deck by the name of its PDF, without its suffix."""
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    style = Markup((FOLDER / "print.css").read_text(encoding="utf-8"))
    headings = {key: text(f"card.{key}") for key in ("how", "dose", "feel", "stop")}
    templates.globals |= {"lines": _lines, "style": style, "headings": headings}
    found = {}
    for notebook in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")):
        number = notebook.stem[:2]
        if not _is_lesson(notebook):
            continue
        solution = SOLUTIONS / f"exercise_{number}.ipynb"
        of = sheet(notebook, solution if solution.exists() else None)
        found[f"handout_{number}"] = templates.get_template("handout.html.jinja").render(of=of)
        deck = templates.get_template("slides.html.jinja").render(of=of, slides=slides(of))
        found[f"slides_{number}"] = deck
    return found


def _is_lesson(notebook: Path) -> bool:
    """Return whether a notebook has aims: the start and the glossary have none."""
    return "**Aims.**" in "".join(json.loads(notebook.read_text(encoding="utf-8"))["cells"][0]["source"])


def _lines(count: int) -> Markup:
    return Markup('<div class="line"></div>') * count


def fingerprint(html: str) -> str:
    """Return a hash of what is printed."""
    return hashlib.sha256(html.encode()).hexdigest()


def print_pdfs(html_by_name: dict[str, str], folder: Path) -> dict[str, list[str]]:
    """Print each page, and return the beginnings of the slides that are too full, by deck."""
    from lab_driver import FLAGS, find_chromium
    from playwright.sync_api import sync_playwright

    too_full = {}
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1209, "height": 680})
        for name, html in html_by_name.items():
            page.set_content(html, wait_until="load")
            page.emulate_media(media="print", color_scheme="light")
            tight = page.evaluate(FIT, SMALLEST_PX)
            if tight:
                too_full[name] = tight
            foot = page.evaluate(FOOT)
            page.pdf(
                path=folder / f"{name}.pdf",
                prefer_css_page_size=True,
                print_background=True,
                tagged=True,
                display_header_footer=bool(foot),
                header_template="<span></span>",
                footer_template=foot,
            )
        browser.close()
    return too_full


def main(check: bool) -> int:
    """Print what is stale; return the exit code."""
    html = pages()
    now = {name: fingerprint(page) for name, page in html.items()}
    before = json.loads(FROM.read_text(encoding="utf-8")) if FROM.exists() else {}
    stale = [name for name in now if before.get(name) != now[name] or not (PRINTED / f"{name}.pdf").exists()]
    left_over = [path for path in sorted(PRINTED.glob("*.pdf")) if path.stem not in now]
    verb = "is not what its lesson gives: run python tools/build_teaching.py" if check else "printed"
    for name in stale + [path.stem for path in left_over]:
        print(f"docs/teaching/print/{name}.pdf: {verb}")
    if check:
        return 1 if stale or left_over else 0
    too_full = print_pdfs({name: html[name] for name in stale}, PRINTED)
    for path in left_over:
        path.unlink()
    for name, tight in too_full.items():
        print(f"{name}: too full: {tight}")
    FROM.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
    return 1 if too_full else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
