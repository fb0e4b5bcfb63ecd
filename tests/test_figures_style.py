"""The house style: legible in both themes, told apart without colour, and gone when the drawing is done."""

import re
from itertools import pairwise

import matplotlib
import pytest

from hipbook.figures import style

SHAPES = ("left", "right", "accent", "evidence", "neutral", "hip", "pelvis", "lumbar", "band")
SHAPES += ("body", "body_near", "felt")
PERSON = ("body", "body_near", "body_far", "felt", "floor", "prop", "prop_line")
ON_DOSE = (("ink", "dose_1"), ("ink", "dose_2"), ("on_dose_3", "dose_3"), ("paper", "dose_4"))


def luminance(color):
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other, theme):
    light, dark = sorted((luminance(style.PALETTE[name][theme]) for name in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "rest"])
@pytest.mark.parametrize("name", ["ink", "muted"])
def test_text_has_aa_contrast_on_paper_and_on_rest(name, ground, theme):
    assert contrast(name, ground, theme) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["accent", "evidence"])
def test_labels_of_lines_have_aa_contrast(name, theme):
    assert contrast(name, "paper", theme) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", SHAPES)
def test_shapes_have_aa_contrast_with_paper(name, theme):
    assert contrast(name, "paper", theme) >= 3


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("number", "shade"), ON_DOSE)
def test_numbers_have_aa_contrast_on_every_shade(number, shade, theme):
    assert contrast(number, shade, theme) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_shades_step_evenly_away_from_the_paper(theme):
    names = ["paper", "dose_1", "dose_2", "dose_3", "dose_4"]
    steps = [contrast(later, earlier, theme) for earlier, later in pairwise(names)]
    assert min(steps) >= 1.2
    from_paper = [contrast(name, "paper", theme) for name in names]
    assert from_paper == sorted(from_paper)


def test_each_light_colour_has_one_meaning():
    light = [color for color, _ in style.PALETTE.values()]
    assert len(set(light)) == len(light)
    assert all(
        color == color.lower() and len(color) == 7 for pair in style.PALETTE.values() for color in pair
    )


def test_the_person_of_a_still_has_the_colours_of_the_one_that_moves(root):
    source = root / "frontend" / "src"
    light = (source / "figure.view.js").read_text(encoding="utf-8")
    dark = (source / "common" / "tokens.css").read_text(encoding="utf-8").partition('[data-theme="dark"]')[2]
    for name in PERSON:
        color = "--hipbook-" + {"felt": "accent"}.get(name, name).replace("_", "-")
        found = (re.search(rf"var\({color}, (#\w+)\)", light)[1], re.search(rf"{color}: (#\w+);", dark)[1])
        assert found == style.PALETTE[name], name


def test_each_angle_has_one_colour_in_stills_and_in_what_moves(root):
    css = (root / "frontend" / "src" / "common" / "angles.css").read_text(encoding="utf-8")
    for name in ("hip", "pelvis", "lumbar"):
        assert tuple(re.findall(rf"--of-{name}: (#\w+);", css)) == style.PALETTE[name], name


def test_the_style_is_gone_after_drawing_and_ignores_what_was_set_before():
    with matplotlib.rc_context({"font.size": 31.0, "axes.facecolor": "red", "lines.linewidth": 9.0}):
        with style.house_style():
            assert matplotlib.rcParams["axes.facecolor"] == "none"
            assert matplotlib.rcParams["font.size"] == style.LABEL_PX * style.PX
            assert matplotlib.rcParams["lines.linewidth"] == matplotlib.rcParamsDefault["lines.linewidth"]
        assert matplotlib.rcParams["font.size"] == 31.0
        assert matplotlib.rcParams["axes.facecolor"] == "red"


def test_words_are_never_read_as_mathematics():
    with style.house_style():
        figure = style.sheet(200, "cost $5 and $6", "unit")
    assert not figure.texts[0].get_parse_math()
