"""The small explorables for hands, eyes and ears: names, keys, words as Python's, small and dark, axe."""

from __future__ import annotations

import re

import nbformat
import pytest
from lab_driver import ROOT, SCREENSHOTS, open_and_run, scroll_to
from playwright.sync_api import Locator, Page, expect

from hipbook.figures import explorable_words as words
from hipbook.motion.gait import STANDING_TILT_DEG
from hipbook.motion.zeros import laboratories
from hipbook.strings import text

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
NOTEBOOK = "explorables.ipynb"
CALLS = {
    "laboratories": "hb.why_labs_disagree()",
    "ball_and_socket": "hb.ball_and_socket()",
    "speed_costs": "hb.speed_costs()",
}
RANGES = {
    "laboratories": ("Walking speed (metres per second, for a leg of 90 cm)", "comfortable walking"),
    "ball_and_socket": ("Push on the ball (newtons)", "178 newtons"),
    "speed_costs": ("Leg length (centimetres; sets the metres per second)", "90 centimetres"),
}


@pytest.fixture(scope="module")
def notebook(lab) -> str:
    """Return the name of a notebook with the three in the learner's folder."""
    sources = ["import hipbook as hb", *CALLS.values(), *["None"] * 9]
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    made = nbformat.v4.new_notebook(cells=cells)
    made.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(made, lab.workspace / NOTEBOOK)
    return NOTEBOOK


@pytest.fixture
def show(lab, notebook, page: Page):
    """Return a function that scrolls to one explorable and gives its panel."""
    opened = False

    def to(kind: str, *, narrow: bool = False) -> Locator:
        nonlocal opened
        if not opened:
            open_and_run(page, lab.url(notebook, narrow=narrow))
            opened = True
        scroll_to(page, CALLS[kind])
        panel = page.get_by_role("group", name=text(f"explorable.{kind}.title"))
        expect(panel).to_be_visible()
        return panel

    return to


def slide(panel: Locator, label: str, value: float) -> None:
    panel.get_by_label(label, exact=True).fill(str(value))


def label(kind: str, name: str, **values: object) -> str:
    return text(f"explorable.{kind}.control.{name}", **values)


@pytest.mark.parametrize("kind", CALLS)
def test_controls_have_a_name_with_a_unit_and_their_value_in_words(show, kind):
    panel = show(kind)
    assert 1 <= panel.locator("input, select").count() <= 3
    name, value = RANGES[kind]
    slider = panel.get_by_role("slider", name=name, exact=True)
    expect(slider).to_have_attribute("aria-valuetext", re.compile(value))
    for picture in panel.locator("svg[role=img], div[role=img]").all():
        assert picture.get_attribute("aria-label")
        assert panel.locator(f"#{picture.get_attribute('aria-describedby')}").inner_text()


def test_the_sentences_are_those_of_python(show):
    panel = show("laboratories")
    slide(panel, label("laboratories", "standing_tilt_deg"), 14)
    slide(panel, label("laboratories", "your_zero_deg"), 2.5)
    at = words.furthest(0.429)
    tilt = at.anterior_pelvic_tilt_deg + STANDING_TILT_DEG
    labs = laboratories(at.thigh_behind_vertical_deg, tilt, standing_tilt_deg=14, your_zero_deg=2.5)
    said = words.laboratories_sentence(labs, at.thigh_behind_vertical_deg)
    expect(panel.locator(".hb-said")).to_have_text(said)
    expect(panel.locator("[aria-live=polite]")).to_have_text(said)

    panel = show("ball_and_socket")
    slide(panel, label("ball_and_socket", "hip_extension_deg"), 20)
    slide(panel, label("ball_and_socket", "force_n"), 40)
    panel.get_by_label(label("ball_and_socket", "direction")).select_option("down")
    expect(panel.locator(".hb-said")).to_have_text(words.socket_sentence(20, 40, "down"))
    expect(panel.locator("text.hb-big")).to_have_text("0.26\u00a0mm")
    expect(panel.get_by_text("We found no study that measured it")).to_be_visible()

    panel = show("speed_costs")
    slide(panel, label("speed_costs", "slower"), 0.56)
    expect(panel.locator(".hb-said")).to_have_text(words.speed_sentence(0.56, 0.694))
    slide(panel, label("speed_costs", "slower"), 0.694)
    expect(panel.locator(".hb-said")).to_have_text(text("explorable.speed_costs.said.same"))


def test_arrows_move_a_range_and_no_key_reaches_jupyterlab(show, page: Page):
    panel = show("ball_and_socket")
    cells = count_cells(page)
    force = panel.get_by_label(label("ball_and_socket", "force_n"))
    force.focus()
    for key in ("ArrowRight", "ArrowRight", "d", "d", "ArrowLeft", "End"):
        page.keyboard.press(key)
    expect(force).to_have_value("356")
    expect(panel.locator("text.hb-big")).to_have_text("1.52\u00a0mm")
    page.keyboard.press("Tab")
    expect(panel.get_by_label(label("ball_and_socket", "direction"))).to_be_focused()
    assert count_cells(page) == cells


def count_cells(page: Page) -> str:
    return re.search(r"Cell \d+/(\d+)", page.locator("#jp-main-statusbar").inner_text())[1]


def test_the_ball_is_moved_to_the_scale_of_the_ten_millimetres(show):
    panel = show("ball_and_socket")
    slide(panel, label("ball_and_socket", "force_n"), 0)
    expect(panel.locator(".hb-said")).to_contain_text("Nobody pushes")
    ball = panel.locator(".hb-picture").first.locator("circle.hb-ball")
    rest = ball.bounding_box()
    slide(panel, label("ball_and_socket", "force_n"), 356)
    expect(panel.locator("text.hb-big")).to_have_text("1.52\u00a0mm")
    moved = ball.bounding_box()
    ten_px = panel.locator(".hb-scale").evaluate("path => path.getBBox().width * path.getScreenCTM().a")
    assert (moved["x"] - rest["x"]) / ten_px == pytest.approx(0.152, abs=0.003)
    assert moved["y"] == pytest.approx(rest["y"], abs=0.05)


def test_two_views_are_one_explorable(show, page: Page):
    panel = show("speed_costs")
    panel.click(button="right", position={"x": 300, "y": 20})
    page.locator(".lm-Menu-itemLabel", has_text="Create New View for Cell Output").click()
    views = page.get_by_role("group", name=text("explorable.speed_costs.title"))
    expect(views).to_have_count(2)
    slide(views.last, label("speed_costs", "leg_length_cm"), 70)
    expect(views.first.get_by_label(label("speed_costs", "leg_length_cm"))).to_have_value("70")
    expect(views.first.locator("svg").nth(1)).to_contain_text("1.82")


def test_axe_finds_nothing_grave_light_and_dark(show, page: Page, skip_or_fail):
    if not AXE.exists():
        skip_or_fail("axe-core", "run `npm ci --prefix frontend`")
    for theme in ("light", "dark"):
        if theme == "dark":
            page.get_by_role("menuitem", name="Settings", exact=True).click()
            page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Theme$")).hover()
            page.locator(".lm-Menu-itemLabel", has_text=re.compile("^JupyterLab Dark$")).click()
            page.locator(".hipbook-explorable[data-theme=dark]").first.wait_for()
        for kind in CALLS:
            panel = show(kind)
            panel.screenshot(path=SCREENSHOTS / f"explorable-{kind}-{theme}.png")
            page.add_script_tag(path=AXE)
            found = page.evaluate("axe.run('.hipbook-explorable')")
            assert len(found["passes"]) > 5
            grave = [entry for entry in found["violations"] if entry["impact"] in ("serious", "critical")]
            assert [f"{entry['id']}: {entry['nodes'][0]['html']}" for entry in grave] == []


def test_on_a_phone_the_picture_and_the_hand_are_seen_together(show, page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    for kind in CALLS:
        panel = show(kind, narrow=True)
        panel.screenshot(path=SCREENSHOTS / f"explorable-{kind}-narrow.png")
        box = panel.bounding_box()
        assert panel.evaluate("element => element.scrollWidth <= element.clientWidth")
        for control in panel.locator("input, select").all():
            place = control.bounding_box()
            assert place["height"] >= 44
            assert place["x"] >= box["x"]
            assert place["x"] + place["width"] <= box["x"] + box["width"]
        picture = panel.locator(".hb-picture").first.bounding_box()
        first = panel.locator("input").first.bounding_box()
        assert first["y"] > picture["y"]
        assert first["y"] + first["height"] - picture["y"] < 600
