"""A Thomas reading enters the walking model only as a band, beside the studies that warn of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipbook import reference
from hipbook.motion.compensation import LIMIT_DEG
from hipbook.motion.from_measurement import FINDINGS, FromMeasurementError, HipBand, hip_band
from hipbook.strings import text


@settings(max_examples=40, deadline=None)
@given(st.floats(-60, 60))
def test_without_the_pelvis_the_band_runs_from_the_reading_to_fifteen_degrees_more(reading):
    assert hip_band(reading) == HipBand(reading, reading + 15, assumed=True)


@settings(max_examples=40, deadline=None)
@given(st.floats(-60, 60), st.floats(-15, 0))
def test_a_measured_tuck_of_up_to_fifteen_degrees_lies_inside_that_band(reading, tilt):
    known, band = hip_band(reading, pelvic_tilt_deg=tilt), hip_band(reading)
    assert band.low_deg <= known.low_deg == known.high_deg <= band.high_deg
    assert not known.assumed


@settings(max_examples=40, deadline=None)
@given(st.floats(-60, 60))
def test_the_model_is_only_given_limits_that_it_takes(reading):
    band = hip_band(reading)
    low, high = band.limits_deg
    assert LIMIT_DEG[0] <= low <= high <= LIMIT_DEG[1]
    assert band.cut == (reading < -10 or reading > 15)


def test_a_tilt_of_the_pelvis_that_was_measured_is_taken_off():
    assert hip_band(-3, pelvic_tilt_deg=-8) == HipBand(5, 5, assumed=False)
    assert hip_band(20, pelvic_tilt_deg=8) == HipBand(12, 12, assumed=False)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"reading_deg": 61}, "reading_deg must be between -60 and 60, got 61"),
        ({"reading_deg": float("nan")}, "reading_deg must be a finite number, got nan"),
        ({"reading_deg": "3"}, "reading_deg must be a finite number, got '3'"),
        ({"reading_deg": 3, "pelvic_tilt_deg": 50}, "pelvic_tilt_deg must be between -45 and 45, got 50"),
    ],
)
def test_an_impossible_reading_is_refused_in_one_line(asked, said):
    with pytest.raises(FromMeasurementError) as refused:
        hip_band(**asked)
    assert str(refused.value) == said


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: finding.source_key)
def test_each_study_beside_it_is_in_the_bibliography_and_says_how_many_people(finding):
    assert finding.source_key in reference.source_keys()
    assert f" {finding.n} " in text(finding.words)


def test_the_study_that_partly_disagrees_stands_beside_those_that_do_not():
    told = [finding.passive_range_told for finding in FINDINGS]
    assert told.count("no") >= 3
    assert told[-1] == "partly"
    assert {"schache2000", "mettler2019", "moreside2013"} <= {finding.source_key for finding in FINDINGS}
