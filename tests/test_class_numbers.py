"""What a class computes: ICC, SEM, MDC and limits as published and by hand, and what a class can find."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipbook.classroom import tilt
from hipbook.classroom.agreement import FEWEST_PEOPLE, AgreementError, agreement, one_way
from hipbook.classroom.collect import collect
from hipbook.shipped import data_folder

# Shrout & Fleiss 1979, table 2: six targets, four judges; ICC(1,1) = .17
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
)

TENTHS = st.integers(-400, 400)  # of a degree


def class_readings() -> pd.DataFrame:
    return collect([("sample_class.csv", (data_folder() / "sample_class.csv").read_bytes())]).readings


def made(values: np.ndarray) -> pd.DataFrame:
    """Return readings of values, shape (people, 2 raters, 2 trials)."""
    places = np.ndindex(values.shape)
    rows = [
        (f"P{person}", rater + 1, trial + 1, values[person, rater, trial]) for person, rater, trial in places
    ]
    return pd.DataFrame(rows, columns=["person", "turn", "trial", "value_deg"])


def drawn(people: int, *, person=6.0, rater=2.0, trial=1.0, seed=1) -> np.ndarray:
    chance = np.random.RandomState(seed)
    of_person = chance.normal(0, person, (people, 1, 1))
    return of_person + chance.normal(0, rater, (people, 2, 1)) + chance.normal(0, trial, (people, 2, 2))


# --- agreement ------------------------------------------------------------


def test_the_icc_is_that_of_the_published_example():
    found = one_way(SHROUT_FLEISS)
    assert round(found.icc, 2) == 0.17
    assert found.icc == pytest.approx(0.165742, abs=1e-6)  # pingouin 0.7.0, ICC(1,1), interval −0.13 to 0.72
    assert (round(found.icc_low, 2), round(found.icc_high, 2)) == (-0.13, 0.72)


def test_the_icc_of_the_synthetic_class_is_what_another_library_gives():
    found = agreement(class_readings())
    assert found.raters.icc == pytest.approx(0.797826, abs=1e-6)  # pingouin 0.7.0, ICC(1,1), n = 29
    assert (round(found.raters.icc_low, 2), round(found.raters.icc_high, 2)) == (0.62, 0.90)


def test_sem_and_mdc_of_a_small_table_are_those_of_pen_and_paper():
    found = one_way(np.array([[0.0, 2.0], [10.0, 10.0], [5.0, 7.0]]))
    assert found.sem_deg == pytest.approx(math.sqrt((2 + 0 + 2) / 3))
    assert found.mdc_deg == pytest.approx(3.1824 * math.sqrt(2) * found.sem_deg, rel=1e-4)  # t of 3 degrees


def test_limits_of_agreement_are_those_of_pen_and_paper():
    second_less_first = np.array([1.0, -1.0, 3.0, 1.0, -1.0])
    values = np.arange(5.0)[:, None, None] + np.zeros((5, 2, 2))
    values[:, 1, :] += second_less_first[:, None]
    values[0, 0, 0] += 0.2
    values[0, 0, 1] -= 0.2
    found = agreement(made(values))
    sd = math.sqrt(sum((d - 0.6) ** 2 for d in second_less_first) / 4)
    assert found.bias_deg == pytest.approx(0.6)
    assert (found.low_deg, found.high_deg) == pytest.approx(
        (0.6 - 1.95996 * sd, 0.6 + 1.95996 * sd), abs=1e-4
    )
    assert found.bias_high_deg - found.bias_deg == pytest.approx(2.7764 * sd / math.sqrt(5), rel=1e-4)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(TENTHS, TENTHS), min_size=3, max_size=12), TENTHS)
def test_who_is_called_first_rater_and_where_zero_is_change_no_agreement(pairs, shift):
    values = np.array(pairs) / 10
    values[0, 1] = values[0, 0] + 1.0  # so that not all pairs are equal
    one, other = one_way(values), one_way(values[:, ::-1] + shift / 10)
    assert one.icc == pytest.approx(other.icc, abs=1e-6)
    assert one.sem_deg == pytest.approx(other.sem_deg, abs=1e-6)


def test_a_large_class_gives_back_what_was_put_in():
    found = agreement(made(drawn(4000)))
    error = 2.0**2 + 1.0**2 / 2  # the mean of two trials
    assert found.raters.sem_deg == pytest.approx(math.sqrt(error), rel=0.03)
    assert found.raters.icc == pytest.approx(36 / (36 + error), abs=0.01)
    assert found.trial_sem_deg == pytest.approx(1.0, rel=0.03)


def test_a_habit_of_a_rater_counts_as_error():
    values = drawn(400, rater=0.0)
    habit = np.random.RandomState(2).normal(0, 3.0, (400, 2, 1))  # other raters for everybody
    assert agreement(made(values + habit)).raters.icc < agreement(made(values)).raters.icc - 0.1


def test_people_with_a_reading_missing_are_left_out_and_counted():
    readings = made(drawn(8)).drop(index=[0, 5])
    found = agreement(readings)
    assert (found.people, found.left_out) == (6, 2)


def test_below_five_people_there_is_no_number():
    with pytest.raises(AgreementError, match=f"must be at least {FEWEST_PEOPLE}, got 4"):
        agreement(made(drawn(4)))
    with pytest.raises(AgreementError, match="got 0"):
        agreement(made(drawn(0)))


def test_copied_numbers_are_noticed():
    with pytest.raises(AgreementError, match="were they copied"):
        one_way(np.array([[1.0, 1.0], [2.0, 2.0]]))


# --- what a class can find ------------------------------------------------


def test_thirty_people_find_a_link_of_about_a_half_four_times_in_five():
    least = tilt.least_link(tilt.power(30))
    by_fisher = math.tanh((1.95996 + 0.84162) / math.sqrt(30 - 3))  # the usual approximation: 0.49
    assert least == pytest.approx(by_fisher, abs=0.01)
    assert round(least, 2) == 0.49


def test_where_there_is_no_link_one_class_in_twenty_finds_one():
    assert tilt.power(30).shares[0] == pytest.approx(0.05, abs=0.01)


def test_more_people_find_more():
    few, many = tilt.power(20), tilt.power(80)
    assert np.all(many.shares[2:] >= few.shares[2:])
    assert tilt.least_link(many) < tilt.least_link(few)


def test_five_people_find_none_of_the_links_often_enough():
    assert tilt.least_link(tilt.power(5)) is None


def test_the_same_number_draws_the_same_class_and_another_another():
    one, again, other = (tilt.made_up_class(draw=draw) for draw in (3, 3, 4))
    assert np.array_equal(one.tilt_deg, again.tilt_deg)
    assert one.r == again.r != other.r


def test_classes_scatter_round_the_link_that_was_put_in():
    found = [tilt.made_up_class(link=0.4, draw=draw) for draw in range(1, 301)]
    assert np.mean([one.r for one in found]) == pytest.approx(0.4, abs=0.03)
    assert np.mean([one.low <= 0.4 <= one.high for one in found]) == pytest.approx(0.95, abs=0.035)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"people": 4}, "people must be a whole number between 5 and 500, got 4"),
        ({"people": 30.0}, "people must be a whole number"),
        ({"link": 1}, "link must be a number between -0.95 and 0.95, got 1"),
        ({"draw": 0}, "draw must be a whole number between 1 and 10000, got 0"),
    ],
)
def test_a_class_that_cannot_be_drawn_says_why(asked, said):
    with pytest.raises(tilt.TiltError, match=said):
        tilt.made_up_class(**asked)
