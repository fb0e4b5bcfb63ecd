"""Hip extension over time, left and right, and the what-if: what is drawn is what was computed."""

from __future__ import annotations

import datetime as dt
import re

import numpy as np
import pytest
from made_holds import FLEXOR, made_holds
from made_log import CASES, MadeLog, made_log, made_readings, span
from matplotlib.colors import to_hex

import hipbook as hb
from hipbook import reference
from hipbook.figures import extension, left_right, style, trials, views, what_if
from hipbook.figures.extension_shown import shown_extension
from hipbook.figures.shapes import points_of
from hipbook.figures.what_if_shown import what_if_shown
from hipbook.motion.compensation import summary, walk
from hipbook.motion.from_measurement import FINDINGS, TUCK_DEG, hip_band
from hipbook.motion.gait import WALKING_SPEEDS
from hipbook.progress.change import change
from hipbook.progress.choice import Choice, ChoiceError
from hipbook.progress.measure import MeasureError
from hipbook.progress.scatter import ASSUMED_MDC_DEG
from hipbook.progress.trend import trend
from hipbook.reporting.first_page import first_page
from hipbook.strings import text

LOG = CASES["a_months_gap"].measurements
UNTIL = dt.date(2026, 6, 1)


def gaining(deg: float, side: str = "left"):
    """Return steady readings whose second month is higher by so many degrees."""
    days = span("2026-03-02", 60, 2)
    wobble = [0.4, -0.4, 0.1, -0.1, 0.6]
    return made_readings(
        (day, side, wobble[number % 5] + (deg if number >= 12 else 0)) for number, day in enumerate(days)
    )


def dots(figure, row, side):
    (patch,) = [patch for patch in figure.axes[row].patches if patch.get_label() == side]
    return points_of(patch)


def band(axes):
    (patch,) = [patch for patch in axes.patches if patch.get_label() == "error"]
    assert to_hex(patch.get_facecolor()) == style.GRID
    return patch.get_y(), patch.get_y() + patch.get_height()


def test_every_reading_is_a_mark_on_its_day():
    figure = extension.figure_extension(LOG)
    for row, side in enumerate(("left", "right")):
        rows = LOG[LOG["side"] == side]
        points = dots(figure, row, side)
        assert np.allclose(points[:, 1], rows["value_deg"])
        assert [dt.date.fromordinal(round(x)) for x in points[:, 0]] == [
            day.date() for day in rows["local_date"]
        ]


def test_sides_have_panels_of_their_own_on_one_scale_and_marks_of_their_own():
    figure = extension.figure_extension(LOG)
    assert figure.axes[0].get_ylim() == figure.axes[1].get_ylim()
    assert extension.LOOKS["left"]["corners"] != extension.LOOKS["right"]["corners"]


def test_the_band_is_the_error_of_measurement_round_the_first_weeks():
    shown = shown_extension(LOG)
    for row, side in enumerate(("left", "right")):
        one = shown.sides[side]
        expected = one.baseline_deg - one.scatter.mdc_deg, one.baseline_deg + one.scatter.mdc_deg
        assert band(extension.figure_extension(LOG).axes[row]) == pytest.approx(expected)
    few = made_readings([("2026-03-02", "left", 0), ("2026-03-04", "left", 2)])
    assert band(extension.figure_extension(few).axes[0]) == pytest.approx(
        (1 - ASSUMED_MDC_DEG, 1 + ASSUMED_MDC_DEG)
    )
    assert "±5.0°, our assumption until there are 5 days" in extension.describe_extension(few)


def test_the_degrees_along_the_side_reach_up_to_the_marks():
    for log in (hb.samples().measurements, LOG, gaining(20)):
        for axes in extension.figure_extension(log).axes[: log["side"].nunique()]:
            low, high = axes.get_ylim()
            ticks = [tick for tick in axes.get_yticks() if low <= tick <= high]
            assert 4 <= len(ticks) <= 10


def test_the_looks_are_drawn_as_the_legend_calls_them():
    (look,) = {line._unscaled_dash_pattern[1] for line in extension.figure_extension(LOG).axes[0].lines
               if line.get_linestyle() == "--"}  # fmt: skip
    assert "dashed: the looks" in text("figure.extension.key")
    assert look[0] > look[1]


def test_the_line_is_theil_and_sens_with_its_interval():
    found = trend(LOG[LOG["side"] == "left"])
    (line,) = [line for line in extension.figure_extension(LOG).axes[0].lines if line.get_label() == "line"]
    x, y = line.get_data()
    assert (y[-1] - y[0]) / ((x[-1] - x[0]) / 7) == pytest.approx(found.deg_per_week)
    (interval,) = extension.figure_extension(LOG).axes[0].collections
    edges = interval.get_paths()[0].vertices
    ends = {round(day): edges[edges[:, 0] == day][:, 1] for day in set(edges[:, 0])}
    wide = [np.ptp(ends[day]) for day in sorted(ends)]
    span_weeks = (x[-1] - x[1]) / 7
    assert wide[1] == pytest.approx(0, abs=1e-9)
    assert wide[2] == pytest.approx(span_weeks * (found.high_deg_per_week - found.low_deg_per_week))
    words = extension.describe_extension(LOG)
    assert f"left {found.deg_per_week:+.2f}° a week".replace("-", "−") in words
    assert "It is there to be seen, and is no verdict." in words


def test_the_verdict_is_that_of_the_rule():
    made = change(gaining(10), test="thomas_trig", side="left", until=UNTIL)
    assert made.verdict == "more"
    words = extension.describe_extension(gaining(10), until=UNTIL)
    assert "That is more than measurement error" in words
    assert "does not mean that stretching caused it" in words
    heads = [text.get_text() for text in extension.figure_extension(gaining(10), until=UNTIL).texts]
    assert "change: more than measurement error" in heads


@pytest.mark.parametrize("chosen", [{"first": dt.date(2026, 4, 1)}, {"last": dt.date(2026, 3, 20)}])
def test_a_choice_of_dates_draws_less_and_leaves_the_verdict_alone(chosen):
    readings = gaining(10)
    whole, part = (
        shown_extension(readings, until=UNTIL, choice=Choice(**dates)).sides["left"] for dates in ({}, chosen)
    )
    assert len(part.days) < len(whole.days)
    assert (part.change, part.scatter) == (whole.change, whole.scatter)
    words = extension.describe_extension(readings, until=UNTIL, choice=Choice(**chosen))
    assert "The verdict takes all readings, whatever is shown." in words


def test_weeks_count_from_the_first_stretch_that_was_held():
    def said(*held):
        holds = made_holds((day, FLEXOR, "left", held_s) for day, held_s in held)
        log = MadeLog(holds, CASES["empty"].sessions, gaining(0), UNTIL)
        hips = next(block for block in first_page(log, private=False) if block.title == text("report.hips"))
        return views.view("extension").chart(log, Choice()).words(), hips

    begun = ("2026-03-12", 30)
    assert said(begun) == said(("2026-03-01", 0), begun)
    assert said(begun)[0] != said(("2026-03-01", 30), begun)[0]


def test_tests_are_never_in_one_picture_and_the_other_is_named():
    import pandas as pd

    other = made_readings([("2026-03-02", "left", 30)], test="thomas_goniometer")
    both = pd.concat([LOG, other])
    assert len(dots(extension.figure_extension(both), 0, "left")) == (LOG["side"] == "left").sum()
    assert "another test (Thomas test with a goniometer)" in extension.describe_extension(both)
    chosen = Choice(test="thomas_goniometer")
    assert len(dots(extension.figure_extension(both, choice=chosen), 0, "left")) == 1


def test_readings_of_another_person_are_left_out():
    mine = LOG.assign(person=["anna" if day.month == 5 else "" for day in LOG["local_date"]])
    assert len(shown_extension(mine).readings) < len(LOG)
    assert shown_extension(mine, person="anna").first.month == 5


def test_what_both_sides_share_is_said_once():
    words = extension.describe_extension(CASES["single_day"].measurements, until=UNTIL)
    assert "The same holds for the right hip." in words
    assert words.count("Verdicts are made when weeks") == 1
    assert extension.describe_extension(LOG, until=UNTIL).count("Verdicts are made when weeks") == 1


def test_a_table_that_is_no_measurements_log_is_refused():
    with pytest.raises(MeasureError, match="missing value_deg"):
        extension.figure_extension(LOG.drop(columns="value_deg"))


def test_many_days_give_a_line_through_weeks():
    long = made_log(span("2025-01-01", 400)).measurements
    assert shown_extension(long).sides["left"].weekly
    assert "goes through the means of weeks" in extension.describe_extension(long)


# --- published trials -----------------------------------------------------


def test_trials_are_dots_with_their_n_from_no_difference_to_twelve_degrees():
    found = [(trial.who, trial.n, trial.weeks, trial.change_deg) for trial in trials.trials()]
    assert found == [
        ("Hatefi 2021", 30, 8, None),
        ("Kerrigan 2003", 47, 10, 1.6),
        ("Godges 1993, left hip", 9, 3, 9.8),
        ("Godges 1993, right hip", 9, 3, 12.1),
    ]
    assert all(reference.citation(key) for key in ("hatefi2021", "kerrigan2003", "godges1993"))
    axes = extension.figure_extension(LOG).axes[-1]
    marked = [line.get_xdata()[0] for line in axes.lines if line.get_marker() == "o"]
    assert marked == [1.6, 9.8, 12.1]
    words = trials.say_trials()
    assert "many people gain less" in words
    assert "no curve is drawn ahead of you" in words


# --- left and right -------------------------------------------------------


def pair(difference: float):
    import pandas as pd

    left = gaining(0)
    return pd.concat([left, left.assign(side="right", value_deg=left["value_deg"] + difference)])


def test_differences_are_right_less_left_by_day():
    figure = left_right.figure_left_right(pair(3))
    points = dots(figure, 0, "days")
    assert len(points) == 60
    assert np.allclose(points[:, 1], 3)
    table = left_right.table_left_right(pair(3))
    assert set(table["Right less left (°)"]) == {3.0}


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (0.5, "There is no difference larger than your measurement error"),
        (8, "That is larger than your measurement error"),
    ],
)
def test_the_words_are_those_of_the_rule(difference, said):
    assert said in left_right.describe_left_right(pair(difference), until=UNTIL)


def test_a_day_with_one_hip_only_is_no_difference():
    import pandas as pd

    some = pd.concat([gaining(0), made_readings([("2026-03-03", "right", 1)])])
    assert "No day has readings of both hips" in left_right.describe_left_right(some)
    assert left_right.table_left_right(some).empty


# --- the what-if ----------------------------------------------------------


def test_the_band_goes_from_the_reading_to_fifteen_degrees_more():
    shown = what_if_shown(made_readings([("2026-03-02", "left", -4), ("2026-03-04", "left", -2)]))
    one = shown.sides["left"]
    assert (one.reading_deg, one.days) == (-3, 2)
    assert one.band == hip_band(-3)
    assert one.band.high_deg - one.band.low_deg == TUCK_DEG
    for end, limit_deg in ((one.low, -3), (one.high, 12)):
        limited = walk(WALKING_SPEEDS["free"], hip_extension_limit_deg=limit_deg, stiff_side="left")
        assert end.summary == summary(limited, 0.9)


def test_the_low_end_of_the_band_shortens_the_step_more_than_the_high_end():
    one = what_if_shown(made_readings([("2026-03-02", "left", -3)])).sides["left"]
    low, high = one.low.summary, one.high.summary
    assert low.step_length_percent < high.step_length_percent < 100
    assert low.peak_hip_extension_deg["left"] == pytest.approx(-3, abs=0.6)
    assert low.extra_lumbar_extension_deg > high.extra_lumbar_extension_deg


def test_a_supple_hip_changes_nothing_at_the_high_end():
    one = what_if_shown(made_readings([("2026-03-02", "right", 10)])).sides["right"]
    assert one.high.summary.step_length_percent == pytest.approx(100)


def test_the_last_five_days_count():
    readings = made_readings((day, "left", number) for number, day in enumerate(span("2026-03-02", 9)))
    assert what_if_shown(readings).sides["left"].reading_deg == 6


def test_it_says_that_it_is_no_forecast_and_names_every_finding():
    words = what_if.describe_what_if(LOG)
    assert words.startswith("This is a what-if, and no forecast")
    assert all(reference.citation(one.source_key) in words for one in FINDINGS)
    drawn = " ".join(text.get_text() for text in what_if.figure_what_if(LOG).texts)
    assert "This is no forecast of how you walk." in drawn
    assert all(reference.citation(one.source_key) in drawn for one in FINDINGS)


def test_a_hip_that_gives_enough_changes_nothing():
    words = what_if.describe_what_if(made_readings([("2026-03-02", "left", 25)]))
    assert "its whole band allows that: nothing would change" in words


def test_the_mean_says_of_which_days_it_is():
    readings = [(day, "left", number) for number, day in enumerate(span("2026-03-02", 9, 2))]
    words = what_if.describe_what_if(made_readings([*readings, ("2026-03-04", "right", 3)]))
    assert "Left +6.0° (mean of the last 5 days with readings, 10 to 18 March 2026)" in words
    assert "right +3.0° (the one day with readings, 4 March 2026)" in words


def test_picture_and_words_of_the_what_if_say_the_same_numbers():
    readings = made_readings([("2026-03-02", "left", 0.5), ("2026-03-02", "right", -1.5)])
    figure, words = what_if.figure_what_if(readings), what_if.describe_what_if(readings)
    drawn = [text.get_text() for text in figure.texts]
    for reading, low, high in (("+0.5", "+0.5", "+15.5"), ("−1.5", "−1.5", "+13.5")):
        assert f"stands for {low}° to {high}° of hip extension" in words
        assert f"low end: hip up to {low}°" in drawn
        assert f"high end: hip up to {high}°" in drawn
        assert any(word.startswith(f"{low.removeprefix('+')} to ") for word in drawn)
        assert any(reading in word for word in drawn if word.startswith("reading "))
    arched = [text.get_text() for text in figure.texts if text.get_color() == style.LUMBAR]
    assert len(arched) == 2
    said = re.findall(r"the low back would arch (\S+)°, .*? at the high end it is (\S+)°", words)
    assert arched == [f"{low} to {high}°" for low, high in said]


def test_the_model_takes_no_face_down_reading():
    prone = made_readings([("2026-03-02", "left", 5)], test="prone_phone")
    assert what_if_shown(prone) is None
    assert "the walking model takes no other" in what_if.describe_what_if(prone)


def test_an_unknown_speed_is_refused():
    with pytest.raises(ChoiceError, match=r"speed must be one of very_slow, .*, got 'gallop'"):
        what_if.figure_what_if(LOG, speed="gallop")
