"""Draw the stretches' cards: data/figures/<stretch>.svg, from the poses in data/stretches.toml."""

from __future__ import annotations

from pathlib import Path

from hipbook.figures.body import figure_stretch
from hipbook.figures.display import themed_svg
from hipbook.stretching.catalog import catalog

FIGURES = Path(__file__).parent.parent / "data" / "figures"


def drawn() -> dict[str, str]:
    """Return the SVG text of each stretch's picture, by file name."""
    pictures = {}
    for stretch in catalog().stretches:
        poses = [(keyframe.name, keyframe.pose) for keyframe in stretch.keyframes]
        pictures[f"{stretch.id}.svg"] = themed_svg(figure_stretch(poses, sensation=stretch.sensation)) + "\n"
    return pictures


if __name__ == "__main__":
    FIGURES.mkdir(exist_ok=True)
    for name, svg in drawn().items():
        (FIGURES / name).write_text(svg, encoding="utf-8")
