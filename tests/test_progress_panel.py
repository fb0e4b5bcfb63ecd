"""The panel of progress: labelled controls, at most three, and a picture that follows them."""

from __future__ import annotations

import pytest
from made_log import CASES, span

import hipbook as hb
from hipbook.figures import views
from hipbook.figures.time_axis import days_axis, period_starts
from hipbook.notebook import Log, OwnOrSample
from hipbook.strings import text
from hipbook.widgets.progress import my_progress


@pytest.mark.parametrize("name", views.VIEWS)
def test_a_panel_has_at_most_three_labelled_controls_that_all_redraw(name):
    panel = my_progress(CASES["a_months_gap"], name)
    assert 1 <= len(panel.controls) <= 3
    for control in panel.controls.values():
        assert control.description
        before = panel.shown
        for _, value in control.options[1:]:
            control.value = value
        assert (panel.shown is not before) == (len(control.options) > 1)
        assert panel.shown.html in panel.children[1].value


@pytest.mark.parametrize("name", views.VIEWS)
def test_an_empty_log_has_a_panel_too(name):
    assert my_progress(CASES["empty"], name).shown.words


def test_the_picture_follows_the_controls():
    panel = my_progress(CASES["a_months_gap"], "weekly_dose")
    panel.controls["side"].value = "left"
    assert panel.shown.words.startswith("Shown: left side.")
    panel.controls["stretch"].value = "hip_mobilization_towel"
    assert panel.shown.words.startswith("Shown: Hip mobilization with a towel, left side.")
    panel.controls["side"].value = "both"
    panel.controls["stretch"].value = "all"
    assert panel.shown.words == views.shown(CASES["a_months_gap"], "weekly_dose").words


def test_what_is_given_is_where_it_begins_and_other_options_stay():
    dates = ("2026-03-16", "2026-04-12")
    panel = my_progress(CASES["a_months_gap"], "weekly_dose", dates=dates, side="left", plan_min_per_week=2)
    assert panel.controls["dates"].value == dates
    assert panel.controls["dates"].options[0][0] == "The dates given"
    assert "16 March to 12 April 2026" in panel.shown.words
    assert "Your plan" in panel.shown.words or "reached your plan" in panel.shown.words
    panel.controls["side"].value = "right"
    assert "reached your plan" in panel.shown.words or "Your plan" in panel.shown.words


def test_without_a_widget_manager_the_still_picture_stands_in_its_place():
    panel = my_progress(CASES["one_row"], "calendar")
    bundle = panel._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert data["text/html"] == panel.shown.html
    assert data["text/html"].startswith("<figure")
    assert data["text/plain"] == repr(panel) == panel.shown.words


def test_the_names_of_a_notebook_call_are_there():
    assert hb.my_progress is my_progress
    shown = hb.progress_figure(hb.samples(), "held", side="left")
    assert "left side" in shown.words


# --- one's own log, or the sample -----------------------------------------


def test_the_sample_stands_in_for_each_table_without_rows_and_says_so(tmp_path):
    own, sample = Log(tmp_path), hb.samples()
    both = OwnOrSample(own, sample)
    assert both.part("holds") is sample
    assert both.part("measurements") is sample
    assert text("notebook.sample_for.holds") in str(both)
    assert text("notebook.sample_for.measurements") in str(both)
    assert views.shown(both, "weekly_dose").words.startswith("Synthetic sample")


def test_own_rows_take_the_place_of_the_samples_table_by_table(tmp_path):
    (tmp_path / "holds.csv").write_text(
        "id,started_at,local_date,session_id,routine,stretch,side,repetition,planned_s,held_s,outcome,reason,voids,"
        "schema\na,2026-03-02T07:00:00+01:00,2026-03-02,s,full,hip_flexor_half_kneeling,left,1,30,30,done,,,1\n",
        encoding="utf-8",
    )
    both = OwnOrSample(Log(tmp_path), hb.samples())
    assert both.part("holds").synthetic is False
    assert both.part("measurements").synthetic is True
    assert "ynthetic" not in views.shown(both, "weekly_dose").words
    assert views.shown(both, "extension").words.startswith("Synthetic sample")
    assert text("notebook.sample_for.holds") not in str(both)


# --- the axis of days -----------------------------------------------------


@pytest.mark.parametrize("days", [1, 2, 9, 30, 75, 120, 200, 366, 800, 1500, 3650, 9000])
def test_an_axis_of_any_length_has_a_few_labels_and_names_the_year(days):
    from matplotlib.figure import Figure

    axes = Figure().add_axes((0, 0, 1, 1))
    first = span("2016-02-28", days)
    days_axis(axes, first[0], first[-1], 500)
    labels = [label.get_text() for label in axes.get_xticklabels()]
    assert 2 <= len(labels) <= 9
    assert any("201" in label for label in labels)
    low, high = axes.get_xlim()
    assert low <= first[0].toordinal() <= first[-1].toordinal() <= high


def test_periods_are_weeks_then_months_and_cover_every_day():
    week, weeks = period_starts(span("2026-03-04", 1)[0], span("2026-03-04", 30)[-1])
    month, months = period_starts(span("2025-12-15", 1)[0], span("2025-12-15", 400)[-1])
    assert (week, month) == ("week", "month")
    assert all(day.weekday() == 0 for day in weeks)
    assert all(day.day == 1 for day in months)
    assert weeks[0] <= span("2026-03-04", 1)[0]
    assert weeks[-1] > span("2026-03-04", 30)[-1]
    assert months[0].isoformat() == "2025-12-01"
