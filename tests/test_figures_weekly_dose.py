"""The weekly picture: bars are the minutes, lines stand where they belong, and the words say the same."""

import datetime as dt
import sys
from itertools import pairwise

import pytest
from made_holds import FLEXOR, ROTATOR, STRETCHES, TOWEL, every_day, made_holds
from matplotlib.colors import to_hex

from hipbook.figures import style
from hipbook.figures import weekly_dose as weekly
from hipbook.figures.shapes import boxes_of
from hipbook.progress.choice import Choice
from hipbook.progress.tables import SIDES

CASES = {
    "empty": [],
    "one row": [("2026-03-04", FLEXOR, "left", 35)],
    "one side": every_day("2026-03-02", 40, sides=["right"]),
    "single day": [("2026-03-04", name, side, 60) for name in (FLEXOR, TOWEL) for side in ("left", "right")],
    "six months": every_day("2026-03-02", 182),
    "ten years": every_day("2016-03-02", 3650),
    "a month's gap": every_day("2026-01-12", 20) + every_day("2026-03-14", 20),
    "only the mobilization": [("2026-03-04", TOWEL, "left", 60)],
    "an unknown stretch": [("2026-03-04", "calf_at_the_wall", "left", 60)],
    "only skipped": [("2026-03-04", FLEXOR, "left", 0)],
}


def draw(rows, **options):
    return weekly.figure_weekly_dose(made_holds(rows), stretches=STRETCHES, **options)


def say(rows, **options):
    return weekly.describe_weekly_dose(made_holds(rows), stretches=STRETCHES, **options)


def bars(axes):
    """Return the patch of each side's bars."""
    return {patch.get_label(): patch for patch in axes.artists + axes.patches if patch.get_label() in SIDES}


def heights(axes):
    return {side: boxes_of(patch)[:, 3].tolist() for side, patch in bars(axes).items()}


def lines(axes, color):
    return [line.get_ydata()[0] for line in axes.lines if to_hex(line.get_color()) == color]


@pytest.mark.parametrize("rows", CASES.values(), ids=CASES.keys())
def test_every_log_gives_a_picture_and_sentences(rows):
    figure, words = draw(rows, until=dt.date(2026, 6, 1)), say(rows, until=dt.date(2026, 6, 1))
    assert figure.get_size_inches()[1] * style.DPI < 700
    assert words.endswith(".")
    assert "nan" not in words
    assert "{" not in words


def test_bars_are_the_minutes_of_each_side():
    rows = [("2026-03-02", FLEXOR, "left", 120), ("2026-03-04", FLEXOR, "right", 90)]
    rows += [("2026-03-10", FLEXOR, "left", 60), ("2026-03-10", ROTATOR, "right", 30)]
    flexors, rotators = draw(rows).axes
    assert heights(flexors) == {"left": [2, 1], "right": [1.5]}
    assert heights(rotators) == {"left": [], "right": [0.5]}


def test_sides_differ_without_colour():
    (axes,) = draw(every_day("2026-03-02", 14)).axes
    sides = bars(axes)
    assert sides["left"].get_hatch() is None
    assert sides["right"].get_hatch() == style.RIGHT_HATCH


def test_panels_share_one_scale_that_holds_every_bar_and_line():
    rows = [*every_day("2026-03-02", 7, held_s=600), ("2026-03-03", TOWEL, "left", 30)]
    for plan, highest in ((90, 90), (8, 70)):
        tops = [axes.get_ylim()[1] for axes in draw(rows, plan_min_per_week=plan).axes]
        assert tops[0] == tops[1] > highest


def test_evidence_lines_stand_on_static_stretches_only():
    flexors, towel = draw([("2026-03-02", name, "left", 60) for name in (FLEXOR, TOWEL)]).axes
    assert lines(flexors, style.EVIDENCE) == [5, 10]
    assert lines(towel, style.EVIDENCE) == []
    labels = [label.get_text() for label in flexors.texts]
    assert any("5" in label and "Thomas 2018" in label for label in labels)
    assert any("10" in label and "Ingram 2025" in label for label in labels)


def test_the_words_say_that_the_reviews_disagree_and_only_for_static_stretches():
    words = say(every_day("2026-03-02", 14))
    assert all(name in words for name in ("Thomas 2018", "Ingram 2025", "Konrad 2024", "disagree"))
    assert "Thomas" not in say(CASES["only the mobilization"])


def test_one_plan_stands_for_static_stretches_and_a_mapping_for_those_it_names():
    rows = [("2026-03-02", name, "left", 60) for name in (FLEXOR, ROTATOR, TOWEL)]
    planned = [lines(axes, style.ACCENT) for axes in draw(rows, plan_min_per_week=7).axes]
    assert planned == [[7], [7], []]
    named = draw(rows, plan_min_per_week={"hip_mobilization": 3, "hip_rotators": 4}).axes
    assert [lines(axes, style.ACCENT) for axes in named] == [[], [4], [3]]


def test_reached_plans_are_counted_on_both_sides_together():
    rows = every_day("2026-03-02", 7) + every_day("2026-03-09", 7, sides=["left"])
    words = say(rows, plan_min_per_week=7)
    reached = "both sides reached your plan in 1 for the hip flexors (7 minutes a side)."
    assert f"Of 2 weeks with stretching, {reached}" in words


def test_a_plan_not_reached_is_no_reproach():
    words = say(every_day("2026-03-02", 3), plan_min_per_week=7)
    assert "a plan can be made smaller" in words
    assert not any(word in words.lower() for word in ("fail", "miss", "only ", "should", "streak"))


@pytest.mark.parametrize("plan", [0, -2, float("nan"), float("inf"), {"hip_flexors": 0}])
@pytest.mark.parametrize("act", [draw, say])
def test_a_plan_that_is_no_number_of_minutes_is_refused(plan, act):
    with pytest.raises(
        weekly.PlanError, match=r"plan_min_per_week \(hip_flexors\) must be above 0 minutes, got"
    ):
        act(every_day("2026-03-02", 3), plan_min_per_week=plan)


def test_labels_of_lines_do_not_overlap():
    (axes,) = draw(every_day("2026-03-02", 7), plan_min_per_week=5).axes
    at = sorted(label.xy[1] for label in axes.texts if hasattr(label, "xy"))
    assert len(at) == 3
    least = axes.get_ylim()[1] * 15 / weekly.PANEL_PX
    assert all(later - earlier >= least - 1e-9 for earlier, later in pairwise(at))


def test_rest_weeks_are_shaded_and_named_as_rest():
    rows = every_day("2026-03-02", 7) + every_day("2026-03-30", 7)
    (axes,) = draw(rows).axes
    (shade,) = [patch for patch in axes.patches if to_hex(patch.get_facecolor()) == style.REST]
    assert (shade.get_x(), shade.get_width()) == (0.5, 3)
    assert "The 3 shaded weeks were rest weeks." in say(rows)


def test_a_week_with_days_to_come_is_not_called_rest():
    rows, wednesday = every_day("2026-03-02", 7), dt.date(2026, 3, 11)
    (axes,) = draw(rows, until=wednesday).axes
    assert not [patch for patch in axes.patches if to_hex(patch.get_facecolor()) == style.REST]
    assert "rest" not in say(rows, until=wednesday)
    assert "Of 1 week with stretching" in say(rows, until=wednesday, plan_min_per_week=7)


def test_a_long_log_shows_its_last_year_and_says_so():
    rows = every_day("2016-03-02", 3650)
    (axes,) = draw(rows).axes
    assert len(heights(axes)["left"]) == 52
    words = say(rows)
    assert "Of 522 weeks the picture shows the last 52 (3 March 2025 to 1 March 2026)" in words
    assert "362 minutes on the left and 362 minutes on the right" in words
    assert len(weekly.table_weekly_dose(made_holds(rows), stretches=STRETCHES)) == 52


def test_a_year_of_rest_is_said():
    words = say(every_day("2024-03-04", 7), until=dt.date(2026, 3, 1))
    assert "Of 104 weeks the picture shows the last 52" in words
    assert "all of them were rest weeks" in words


def test_a_missing_side_is_said():
    assert "no minutes for the left side" in say(CASES["one side"])
    assert "no minutes for the right side" in say(CASES["one row"])
    assert "no minutes for" not in say(CASES["six months"])


def test_one_short_hold_is_said_in_seconds_and_as_one_week():
    words = say(CASES["one row"])
    assert words.startswith("In the one week shown (2 to 8 March 2026) you held 35 seconds on the left.")


def test_a_week_that_is_not_over_is_said():
    rows = every_day("2026-03-02", 9)
    assert "not over yet" in say(rows, until=dt.date(2026, 3, 11))
    assert "not over yet" not in say(rows, until=dt.date(2026, 3, 15))


def test_the_table_has_a_row_a_week_and_a_column_a_side():
    rows = [("2026-03-04", FLEXOR, "left", 90), ("2026-03-18", TOWEL, "right", 61)]
    table = weekly.table_weekly_dose(made_holds(rows), stretches=STRETCHES)
    assert list(table.columns) == [
        "Week of",
        "Hip flexors, left (min)",
        "Hip flexors, right (min)",
        "Towel mobilization, left (min)",
        "Towel mobilization, right (min)",
    ]
    assert table["Week of"].tolist() == [dt.date(2026, 3, day) for day in (2, 9, 16)]
    assert table.iloc[0, 1:].tolist() == [1.5, 0, 0, 0]
    assert table.iloc[2, 1:].tolist() == [0, 0, 0, 1.0]


def test_an_empty_log_has_an_empty_table():
    assert weekly.table_weekly_dose(made_holds([]), stretches=STRETCHES).empty


def test_the_shipped_catalogue_is_used_when_none_is_given():
    assert len(weekly.figure_weekly_dose(made_holds(every_day("2026-03-02", 7))).axes) == 1


def test_one_chosen_side_stands_alone_and_is_not_called_missing():
    rows, left = every_day("2026-03-02", 7), Choice(side="left")
    (axes,) = draw(rows, choice=left).axes
    assert heights(axes) == {"left": [7]}
    words = say(rows, choice=left, plan_min_per_week=7)
    assert words.startswith("Shown: left side. In the one week shown")
    assert "yet" not in words.partition("The dashed")[0].replace("One week is too short", "")
    assert "Of 1 week with stretching, the left side reached your plan in 1" in words
    table = weekly.table_weekly_dose(made_holds(rows), stretches=STRETCHES, choice=left)
    assert list(table.columns) == ["Week of", "Hip flexors, left (min)"]


def test_chosen_dates_end_the_weeks_and_are_said():
    rows = every_day("2026-03-02", 60)
    chosen = Choice(first=dt.date(2026, 3, 9), last=dt.date(2026, 3, 29))
    (axes,) = draw(rows, choice=chosen, until=dt.date(2026, 6, 1)).axes
    assert heights(axes)["left"] == [7, 7, 7]
    words = say(rows, choice=chosen, until=dt.date(2026, 6, 1))
    assert words.startswith("Shown: 9 to 29 March 2026. In these 3 weeks")


def test_a_choice_that_nothing_fits_is_said_and_not_taken_for_an_empty_log():
    chosen = Choice(stretch=TOWEL, side="right")
    words = say(every_day("2026-03-02", 3), choice=chosen)
    assert words.startswith(
        "Nothing in the log fits this choice (Hip mobilization with a towel, right side)."
    )
    assert "Nothing fits this choice" in [
        word.get_text() for word in draw(every_day("2026-03-02", 3), choice=chosen).texts
    ]


def test_no_pyplot_and_no_global_figure():
    draw(every_day("2026-03-02", 7))
    assert "matplotlib.pyplot" not in sys.modules
