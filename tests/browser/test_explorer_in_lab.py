"""The gait explorer for hands, eyes and ears: names, keys, two views, words as Python's, small and dark."""

from __future__ import annotations

import re

import nbformat
import pytest
from lab_driver import ROOT, SCREENSHOTS, open_and_run, scroll_to
from playwright.sync_api import Page, expect

from hipbook.widgets.explorer import gait_explorer

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
NOTEBOOK = "explorer.ipynb"
CELLS = ["import hipbook as hb", "explorer = hb.gait_explorer()\nexplorer", "print(explorer.sentence)"]


@pytest.fixture(scope="module")
def notebook(lab) -> str:
    """Return the name of a notebook with an explorer in the learner's folder."""
    cells = [nbformat.v4.new_code_cell(source) for source in [*CELLS, *["None"] * 9]]
    made = nbformat.v4.new_notebook(cells=cells)
    made.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(made, lab.workspace / NOTEBOOK)
    return NOTEBOOK


def opened(page: Page, lab, notebook: str, *, narrow: bool = False):
    open_and_run(page, lab.url(notebook, narrow=narrow))
    scroll_to(page, "hb.gait_explorer()")
    panel = page.get_by_role("group", name="Gait explorer")
    expect(panel).to_be_visible()
    return panel


@pytest.fixture
def panel(lab, notebook, page: Page):
    return opened(page, lab, notebook)


def set_range(panel, label: str, value: float) -> None:
    panel.get_by_label(label).fill(str(value))


def test_every_control_has_a_name_a_unit_and_a_value_in_words(panel):
    panel.get_by_text("What the model assumes").click()
    words = {
        "Hip extension this walker uses": "20°",
        "Walking speed": re.compile(r"comfortable · 1\.27.m/s · 4\.6.km/h"),
        "Share that pelvis and low back take up": "75 %",
        "Leg length": "90 cm",
    }
    for name, value in words.items():
        slider = panel.get_by_role("slider", name=name, exact=True)
        expect(slider).to_have_attribute("aria-valuetext", value)
    for name in ("Which hip", "Gait", "Pelvis", "Slow motion"):
        expect(panel.get_by_role("combobox", name=name, exact=True)).to_be_visible()
    for name in ("Pause", "One frame back", "One frame on", "Full screen"):
        expect(panel.get_by_role("button", name=name)).to_be_visible()
    expect(panel.get_by_role("img", name=re.compile("nothing holds this walker back"))).to_be_visible()
    expect(
        panel.get_by_text(re.compile("A choice, not a measurement.*77 %.*−5 %, 42 % and 126 %"))
    ).to_be_visible()


def test_keys_play_step_and_never_reach_jupyterlab(panel, page: Page):
    cells = count_cells(page)
    moment = panel.get_by_role("slider", name="Moment in the stride")
    panel.focus()
    page.keyboard.press("Space")
    expect(panel.get_by_role("button", name="Play")).to_be_visible()
    # The picture that was under way when it was paused is drawn with the next frame.
    frame = "new Promise(requestAnimationFrame)"
    settled = f"async one => {{ await {frame}; await {frame}; return one.value; }}"
    begun = int(moment.evaluate(settled))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    # From between two frames, two steps on are 1.5 to 2.5 frames; a frame is 4 of the handle's 200 steps.
    two_on = "|".join(str((begun + k) % 200) for k in range(6, 11))
    expect(moment).to_have_value(re.compile(f"^({two_on})$"))
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("d")
    page.keyboard.press("d")
    page.keyboard.press("Tab")
    expect(panel.get_by_role("button", name="Play")).to_be_focused()
    page.keyboard.press("Space")
    expect(panel.get_by_role("button", name="Pause")).to_be_focused()
    hip = panel.get_by_label("Hip extension this walker uses")
    hip.focus()
    page.keyboard.press("Home")
    expect(hip).to_have_value("-10")
    expect(panel.locator(".hb-said")).to_contain_text("both hips stay bent by 10° or more")
    assert count_cells(page) == cells


def count_cells(page: Page) -> str:
    return re.search(r"Cell \d+/(\d+)", page.locator("#jp-main-statusbar").inner_text())[1]


def test_the_words_are_python_s_and_are_said_when_the_hand_lets_go(panel, page: Page):
    panel.get_by_text("What the model assumes").click()
    live = panel.locator("[aria-live=polite]")
    expect(live).to_have_text("")
    hip = panel.get_by_label("Hip extension this walker uses")
    hip.evaluate("one => { one.value = 4; one.dispatchEvent(new Event('input', {bubbles: true})); }")
    expect(panel.locator(".hb-said")).to_contain_text("4° at most")
    expect(live).to_have_text("")
    hip.evaluate("one => one.dispatchEvent(new Event('change', {bubbles: true}))")
    expect(live).to_contain_text("4° at most")
    set_range(panel, "Walking speed", 0.6)
    set_range(panel, "Share that pelvis and low back take up", 0.4)
    set_range(panel, "Leg length", 0.8)
    panel.get_by_label("Which hip").select_option("left hip")
    panel.get_by_label("Pelvis", exact=True).select_option("tilts only when needed")
    speed = float(panel.get_by_label("Walking speed").input_value())
    settings = {"speed": speed, "hip_extension_limit_deg": 4, "share": 0.4, "leg_length_m": 0.8}
    expected = gait_explorer(**settings, stiff_side="left", pelvis="when_needed").sentence
    expect(live).to_have_text(expected)
    expect(panel.locator(".hb-said")).to_have_text(expected)
    # and the kernel's widget has heard every setting
    scroll_to(page, "print(explorer.sentence)").locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".jp-OutputArea-output pre", has_text="the left hip extends 4°")).to_have_text(
        expected
    )


def test_running_is_a_gait_of_its_own_without_a_walking_speed(panel):
    panel.get_by_label("Gait", exact=True).select_option("Running")
    expect(panel.locator(".hb-said")).to_contain_text("When running, nothing holds this walker back")
    speed = panel.get_by_label("Walking speed")
    expect(speed).to_be_disabled()
    expect(speed).to_have_attribute("aria-valuetext", "one runner’s own speed")


def test_the_cursor_can_be_dragged_over_the_curves(panel, page: Page):
    panel.get_by_role("button", name="Pause").click()
    box = panel.locator(".hb-plot").first.bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.2, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.75, y, steps=4)
    page.mouse.up()
    moment = panel.get_by_role("slider", name="Moment in the stride")
    expect(moment).to_have_value(re.compile("^(149|150|151)$"))
    page.mouse.move(box["x"], y)
    expect(moment).to_have_value(re.compile("^(149|150|151)$"))


@pytest.mark.parametrize(("motion", "button"), [("reduce", "Play"), ("no-preference", "Pause")])
def test_who_asks_for_less_motion_begins_with_a_walker_that_stands(lab, notebook, page: Page, motion, button):
    page.emulate_media(reduced_motion=motion)
    panel = opened(page, lab, notebook)
    expect(panel.get_by_role("button", name=button)).to_be_visible()


def test_two_views_of_one_explorer_are_one_walker(panel, page: Page):
    panel.click(button="right", position={"x": 200, "y": 20})
    page.locator(".lm-Menu-itemLabel", has_text="Create New View for Cell Output").click()
    views = page.get_by_role("group", name="Gait explorer")
    expect(views).to_have_count(2)
    views.last.get_by_role("button", name="Pause").click()
    expect(views.first.get_by_role("button", name="Play")).to_be_visible()
    set_range(views.last, "Hip extension this walker uses", 2)
    expect(views.first.get_by_label("Hip extension this walker uses")).to_have_value("2")
    expect(views.first.locator(".hb-said")).to_contain_text("both hips extend 2° at most")
    moments = views.get_by_role("slider", name="Moment in the stride")
    expect(moments.first).to_have_value(moments.last.input_value())


def violations(page: Page, skip_or_fail) -> list[str]:
    """Return what axe finds serious or critical within the explorer."""
    if not AXE.exists():
        skip_or_fail("axe-core", "run `npm ci --prefix frontend`")
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run('.hipbook-explorer')")
    assert len(found["passes"]) > 5
    grave = [entry for entry in found["violations"] if entry["impact"] in ("serious", "critical")]
    return [f"{entry['id']}: {entry['nodes'][0]['html']}" for entry in grave]


def test_axe_finds_nothing_grave_light_and_dark(panel, page: Page, skip_or_fail):
    panel.get_by_text("What the model assumes").click()
    panel.get_by_role("button", name="Pause").click()
    set_range(panel, "Hip extension this walker uses", 0)
    assert violations(page, skip_or_fail) == []
    panel.screenshot(path=SCREENSHOTS / "explorer-light.png")
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Theme$")).hover()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile("^JupyterLab Dark$")).click()
    page.locator(".hipbook-explorer[data-theme=dark]").first.wait_for()
    assert violations(page, skip_or_fail) == []
    panel.screenshot(path=SCREENSHOTS / "explorer-dark.png")


def test_on_a_phone_nothing_is_cut_off_and_every_control_can_be_touched(lab, notebook, page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    panel = opened(page, lab, notebook, narrow=True)
    panel.screenshot(path=SCREENSHOTS / "explorer-narrow.png")
    box = panel.bounding_box()
    for control in panel.locator("button, select, input").all():
        if not control.is_visible():
            continue
        place = control.bounding_box()
        assert place["height"] >= 36
        assert place["x"] >= box["x"]
        assert place["x"] + place["width"] <= box["x"] + box["width"]
    stage = panel.locator(".hb-scene-box").bounding_box()
    hip = panel.get_by_label("Hip extension this walker uses").bounding_box()
    assert hip["y"] + hip["height"] - stage["y"] < 700  # figure and slider are seen together
