"""Showing a figure: a name for every picture, words in sight, escaped text, both themes, the same bytes."""

import base64
import datetime as dt
import re
import subprocess
import sys
from html.parser import HTMLParser
from xml.etree import ElementTree

import pandas as pd
import pytest

from hipbook.figures import style
from hipbook.figures.display import show, themed_svg

NASTY = "<script>alert('x')</script> & \"quotes\""


@pytest.fixture
def figure():
    with style.house_style():
        drawn = style.sheet(200, "A question <b>&</b>?", "minutes")
        axes = style.plot_area(drawn, 40, 80, 600, 80)
        axes.bar([0, 1], [1, 2.123456789], facecolor=style.LEFT)
        axes.bar([2], [1], facecolor=style.PAPER, edgecolor=style.RIGHT, hatch=style.RIGHT_HATCH)
    return drawn


class Tags(HTMLParser):
    """Collects the tags with their attributes, and the text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def test_the_picture_is_named_by_its_words_and_the_words_are_in_sight(figure):
    page = Tags(show(figure, "Left and right are alike.")._repr_html_())
    (image,) = page.all("img")
    assert image["alt"] == "Left and right are alike."
    assert image["src"].startswith("data:image/svg+xml;base64,")
    assert [name for name, _ in page.tags].count("figcaption") == 1
    assert "Left and right are alike." in page.text


def test_with_a_title_the_alt_text_names_the_chart_and_the_words_are_read_once(figure):
    page = Tags(show(figure, "Left and right are alike.", title="Am I even?").html)
    assert page.all("img")[0]["alt"] == "Am I even? A chart; the text below says what it shows."
    assert page.text.count("Left and right are alike.") == 1


def test_the_plain_form_is_the_words(figure):
    assert repr(show(figure, "Left and right are alike.")) == "Left and right are alike."


def test_all_text_is_escaped(figure):
    table = pd.DataFrame({NASTY: [NASTY], "n": [NASTY]})
    shown = show(figure, NASTY, title=NASTY, table=table)
    page = Tags(shown.html)
    assert not page.all("script")
    assert NASTY in page.all("img")[0]["alt"]
    assert page.text.count(NASTY) == 5  # title, caption, two heads or cells of the table and one more cell


def test_the_numbers_are_a_table_with_scoped_heads(figure):
    table = pd.DataFrame(
        {"Day": [dt.date(2026, 3, 2), pd.Timestamp("2026-03-03")], "min": [1.0, float("nan")], "n": [3, 4]}
    )
    page = Tags(show(figure, "Words.", title="Days", table=table).html)
    assert len(page.all("details")) == len(page.all("summary")) == 1
    assert [head["scope"] for head in page.all("th")] == ["col"] * 3 + ["row"] * 2
    assert len(page.all("td")) == 4
    assert "2026-03-02" in page.text
    assert "2026-03-03" in page.text
    assert "1.0" in page.text
    assert "nan" not in page.text


def test_an_empty_table_is_not_offered(figure):
    assert "<details" not in show(figure, "Words.", table=pd.DataFrame({"Day": []})).html


def test_what_scrolls_sideways_can_be_reached_and_has_a_name(figure):
    page = Tags(show(figure, "Words.", title="Days", table=pd.DataFrame({"Day": [1]})).html)
    boxes = [box for box in page.all("div") if "overflow-x:auto" in box["style"]]
    assert len(boxes) == 2
    assert all(box["tabindex"] == "0" and "Days" in box["aria-label"] for box in boxes)


def test_the_svg_is_well_formed_and_asks_for_nothing_from_outside(figure):
    svg = themed_svg(figure)
    ElementTree.fromstring(svg)
    outside = re.findall(r"https?://[^\"]+", svg)
    assert set(outside) <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert "DOCTYPE" not in svg


def test_every_colour_follows_the_theme(figure):
    svg = themed_svg(figure)
    sheet = re.search(r"<style>(.*?)</style>", svg)[1]
    assert not re.search(r"#[0-9a-f]{6}", svg.replace(sheet, ""))
    for name in set(re.findall(r"var\(--([a-z_0-9]+)\)", svg)):
        light, dark = style.PALETTE[name]
        assert sheet.index(f"--{name}:{light}") < sheet.index("prefers-color-scheme:dark")
        assert sheet.index(f"--{name}:{dark}") > sheet.index("prefers-color-scheme:dark")
    assert {"left", "right", "paper", "ink"} <= set(re.findall(r"var\(--([a-z_0-9]+)\)", svg))


def test_variables_are_used_only_where_css_reads_them(figure):
    assert not re.search(r'\b(fill|stroke)="var', themed_svg(figure))


def test_text_stays_text_in_the_house_fonts(figure):
    svg = themed_svg(figure)
    words = [node.text for node in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
    assert "A question <b>&</b>?" in words
    assert "DejaVu" not in svg
    assert f"font-family:{style.FONT_STACK}" in svg
    bold = next(line for line in svg.split("<text") if "A question" in line)
    assert "font-weight: 700" in bold or "font: 700" in bold


def test_coordinates_carry_no_digits_that_nobody_sees(figure):
    assert not re.search(r"\d\.\d{3,}", themed_svg(figure))


def test_the_bytes_are_the_same_each_time_and_in_each_process(figure):
    assert themed_svg(figure) == themed_svg(figure)
    script = (
        "import hashlib;from hipbook.figures import style\n"
        "from hipbook.figures.display import themed_svg\n"
        "with style.house_style():\n"
        "    f = style.sheet(120, 'Q', 'u'); a = style.plot_area(f, 40, 60, 300, 40)\n"
        "    a.bar([0, 1], [1, 2], facecolor=style.PAPER, edgecolor=style.RIGHT, hatch='////')\n"
        "print(hashlib.sha256(themed_svg(f).encode()).hexdigest())"
    )
    digests = {
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert len(digests) == 1


def test_the_picture_in_the_page_is_the_svg_given_for_reports(figure):
    shown = show(figure, "Words.")
    source = Tags(shown.html).all("img")[0]["src"]
    assert base64.b64decode(source.split(",")[1]).decode() == shown.svg
