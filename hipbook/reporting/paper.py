"""A report as a PDF on A4, set by Typst: tagged for screen readers, its fonts inside, no system library."""

from __future__ import annotations

import dataclasses
import json
import shutil
import sys
import tempfile
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import matplotlib

from hipbook.figures import phrases, style
from hipbook.figures.display import plain_svg
from hipbook.reporting.blocks import Block, Report
from hipbook.strings import text

__all__ = ["PdfError", "pdf_of"]


# Those that the figures are laid out in. Not their whole folder: it has one with a box for every letter there
# is, which would be taken for the letters of other scripts.
FONTS = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")


class PdfError(RuntimeError):
    """A PDF that cannot be made; one line with what to do."""


def pdf_of(report: Report) -> bytes:
    """Return the whole document.

    Parameters
    ----------
    report : Report
        As `hipbook.reporting.content.report_of` gives it.

    Returns
    -------
    bytes
        The same for the same report. It follows PDF/UA-1, unless a note has a letter for which there is no
        font: then the letter is missing, and the mark of the standard too.

    Raises
    ------
    PdfError
        When Typst is not installed.
    """
    typst = _typst()
    with tempfile.TemporaryDirectory() as fonts:
        for font in FONTS:
            shutil.copy(Path(matplotlib.get_data_path(), "fonts", "ttf", font), fonts)
        asked: dict[str, Any] = {
            "input": (files(__package__) / "report.typ").read_bytes(),
            # All words come in as data, never as markup.
            "sys_inputs": {"report": json.dumps(_data(report))},
            "font_paths": [fonts],
        }
        try:
            return typst.compile(**asked, pdf_standards=["ua-1"])
        except typst.TypstError:
            return typst.compile(**asked)


def _typst() -> ModuleType:
    try:
        import typst
    except ImportError as error:
        raise PdfError(
            f"package typst must be installed to make a PDF, got: {error}: run {sys.executable} -m pip "
            'install "typst>=0.14"; the HTML report needs nothing more'
        ) from error
    return typst


def _data(report: Report) -> dict[str, Any]:
    blocks = ("first_page", "sections", "closing")
    plain = {name: getattr(report, name) for name in ("title", "lead", "facts", "synthetic")}
    return plain | {
        **{name: [_block(block) for block in getattr(report, name)] for name in blocks},
        "day": [report.made_on.year, report.made_on.month, report.made_on.day],
        "said": {
            "about": f"{text('report.about')} {text('safety.education')}",
            "footer": text("report.footer", title=report.title, day=phrases.day(report.made_on)),
            "numbers": text("report.numbers"),
            "numbers_said": text("report.numbers.said"),
            "page": text("report.page", page="{page}", pages="{pages}"),
            "synthetic": text("report.synthetic"),
        },
        "color": {name: light for name, (light, _) in style.PALETTE.items()},
    }


def _block(block: Block) -> dict[str, Any]:
    table = dataclasses.asdict(block.table) if block.table else None
    picture = block.picture and {"svg": plain_svg(block.picture.figure), "alt": block.picture.alt}
    return {"title": block.title, "words": block.words, "table": table, "picture": picture}
