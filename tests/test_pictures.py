"""The pictures that ship are those of the product as it is now."""

from __future__ import annotations

from PIL import Image

from hipbook.shipped import data_folder


def test_readme_pictures_are_not_stale(load_tool):
    tool = load_tool("make_pictures")
    for name, fingerprint in tool.fingerprints().items():
        with Image.open(tool.PICTURES / name) as picture:
            assert picture.text[tool.MARK] == fingerprint, f"{name} is stale: run tools/make_pictures.py"


def test_the_stretches_cards_are_drawn_from_the_poses_as_they_are(load_tool):
    for name, svg in load_tool("make_figures").drawn().items():
        shipped = (data_folder() / "figures" / name).read_text(encoding="utf-8")
        assert shipped == svg, f"{name} is stale: run tools/make_figures.py"
