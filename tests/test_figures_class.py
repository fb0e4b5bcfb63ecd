"""The pictures of a class: one set of numbers in picture, words and table; nobody is named."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from hipbook import reference
from hipbook.classroom import shown, tilt
from hipbook.classroom.agreement import agreement
from hipbook.figures import class_norms, class_power, class_tilt, rater_agreement

ROOT = Path(__file__).parents[1]
LESSON = json.loads((ROOT / "notebooks" / "06_class_lab.ipynb").read_text(encoding="utf-8"))
TEXT = "\n".join("".join(cell["source"]) for cell in LESSON["cells"])


@pytest.fixture(scope="module")
def sheets():
    return shown.class_sheets()


@pytest.fixture(scope="module")
def found(sheets):
    return agreement(sheets.collected.readings)


def test_the_synthetic_class_is_byte_for_byte_what_its_maker_writes(load_tool):
    maker = load_tool("make_class")
    assert (ROOT / "data" / "sample_class.csv").read_bytes() == maker.class_text().encode()
    present = (ROOT / "data" / "datapackage.json").read_text(encoding="utf-8")
    assert present == maker.package_text(present), "run python tools/make_class.py"
    assert "not real people" in maker.class_resource()["description"]


def test_each_dot_is_a_person_between_the_limits_that_are_drawn(found):
    figure = rater_agreement.figure_agreement(found, "thomas_trig")
    [axes] = figure.axes
    dots = next(line for line in axes.lines if line.get_marker() == "o")
    assert np.array_equal(dots.get_ydata(), found.difference_deg)
    assert np.array_equal(dots.get_xdata(), found.mean_deg)
    low, high = axes.get_ylim()
    assert low < min(found.low_deg, dots.get_ydata().min())
    assert high > max(found.high_deg, dots.get_ydata().max())
    ticks = axes.get_yticks()
    assert np.array_equal(ticks, np.round(ticks))  # whole degrees, as they are written


def test_words_and_table_of_the_raters_say_the_same(found):
    words, table = rater_agreement.describe_agreement(found), rater_agreement.table_agreement(found)
    assert f"ICC(1,1) = {found.raters.icc:.2f}" in words
    assert f"MDC {found.raters.mdc_deg:.1f}°" in words
    values = dict(zip(*(table[column] for column in table.columns), strict=True))
    assert values["MDC, two raters"] == f"{found.raters.mdc_deg:.1f}°"
    assert values["ICC(1,1) of two raters"] == f"{found.raters.icc:.2f}"


def test_an_order_that_matters_is_said(found):
    from dataclasses import replace

    late = replace(found, bias_deg=2.0, bias_low_deg=0.5, bias_high_deg=3.5)
    assert "the order made a difference" in rater_agreement.describe_agreement(late)
    assert "no clear sign" in rater_agreement.describe_agreement(found)


def test_no_picture_or_table_names_anybody(sheets):
    codes = set(sheets.collected.readings["person"]) | set(sheets.collected.readings["trio"])
    for made in (shown.rater_agreement(sheets), shown.class_beside_norms(sheets)):
        assert not {code for code in codes if re.search(rf"\b{code}\b", made.html + made.svg + made.words)}


def test_a_made_up_class_is_called_so_and_a_real_one_is_not(sheets):
    assert shown.rater_agreement(sheets).words.startswith("Synthetic: a program made this class up")
    real = shown.ClassSheets(sheets.collected, synthetic=False)
    assert "ynthetic" not in shown.rater_agreement(real).words + shown.rater_agreement(real).svg


def test_below_five_people_a_sentence_stands_for_the_picture(sheets):
    from dataclasses import replace

    few = set(sorted(set(sheets.collected.readings["person"]))[:4])
    readings = sheets.collected.readings
    small = replace(sheets.collected, readings=readings[readings["person"].isin(few)])
    for made in (shown.rater_agreement, shown.class_beside_norms):
        assert str(made(shown.ClassSheets(small, synthetic=False))).startswith("At least 5 people")


def test_only_a_mean_of_the_same_test_is_drawn_beside_a_class():
    means = pd.Series([4.0, 6.0, 8.0, 10.0, 12.0])
    same, other = class_norms.figure_class_norms(means, "thomas_trig").axes
    drawn = [line.get_xdata()[0] for line in same.lines if line.get_marker() == "o"]
    [harvey] = class_norms.same_test("thomas_phone").to_dict("records")
    assert drawn == [8.0, harvey["mean_deg"]]
    assert harvey["source_key"] == "harvey1998"
    assert [line for line in other.lines if line.get_marker() == "o"] == []


def test_a_class_in_a_test_without_published_means_is_told_so():
    words = class_norms.describe_class_norms(pd.Series([4.0, 6.0, 8.0, 10.0, 12.0]), "prone_phone")
    assert "no published mean of this test" in words
    assert "Harvey" not in words
    assert "standard deviation of 3.2°" in words


def test_the_published_link_is_that_of_the_table_with_its_own_interval():
    who, n, r, low, high = class_tilt.published()
    row = reference.associations().set_index("id").loc["tilt_standing"]
    assert (who, n, r) == ("Heino 1990", row["n"], row["r"])
    assert low < 0 < high
    figure = class_tilt.figure_class_tilt(tilt.made_up_class())
    dots = [line for line in figure.axes[1].lines if line.get_marker() == "D"]
    assert [line.get_xdata()[0] for line in dots] == [r]


@pytest.mark.parametrize(("draw", "words"), [(1, "The interval holds zero"), (2, "does not hold zero")])
def test_it_is_said_whether_a_class_could_tell_the_link_from_none(draw, words):
    made = tilt.made_up_class(draw=draw)
    assert (made.low <= 0 <= made.high) == (words == "The interval holds zero")
    assert words in class_tilt.describe_class_tilt(made)


def test_the_curve_is_the_simulated_one_and_its_mark_the_link_that_is_said():
    found = tilt.power(30)
    [axes] = class_power.figure_power([found]).axes
    assert any(np.array_equal(line.get_ydata(), found.shares) for line in axes.lines)
    said = class_power.describe_power([found])
    assert f"r = {tilt.least_link(found):.2f}" in said
    assert class_power.table_power([found]).iloc[0, 1] == f"{100 * found.shares[0]:.0f} %"


def test_a_class_too_small_for_any_link_is_told_so():
    assert "5 people find none of these links" in class_power.describe_power([tilt.power(5)])


# --- what the lesson says -------------------------------------------------


def test_the_lesson_gives_the_published_mean_and_calls_one_who_is_in_the_class(sheets):
    [harvey] = class_norms.same_test("thomas_trig").to_dict("records")
    assert (
        f"Among {harvey['n']:.0f} elite athletes, the thigh hung {harvey['mean_deg']}° below the level"
        in TEXT
    )
    [code] = re.findall(r'without=\["(\w+)"\]', TEXT)
    assert code in set(sheets.collected.readings["person"])


def test_other_hands_need_about_twice_the_change(found):
    assert "about twice as large" in TEXT
    assert found.raters.mdc_deg / found.trial_mdc_deg == pytest.approx(2, abs=0.25)


@pytest.mark.parametrize(
    "promise",
    ["give no reasons", "same marks", "synthetic class", "choose your own trio", "Shorts or leggings",
     "over your clothes", "No photographs", "No ranking", "No questions about health aloud", "random code",
     "school's rules", "parents"],
)  # fmt: skip
def test_the_lesson_says_what_makes_measuring_each_other_decent(promise):
    assert promise in TEXT
