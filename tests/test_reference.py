"""Published figures: each number has a source that exists, tables are typed, sources can be named."""

from __future__ import annotations

import re
import subprocess
import sys

import pandas as pd
import pytest

from hipbook import reference
from hipbook.motion.gait import WALKING_SPEEDS
from hipbook.shipped import data_folder

TABLES = {
    "gait_harmonics": reference.gait_harmonics,
    "norms": reference.norms,
    "interventions": reference.interventions,
}
BIB = (data_folder() / "reference" / "references.bib").read_text(encoding="utf-8")


def rows_without_source(table: pd.DataFrame) -> list[int]:
    """Return the rows whose numbers come from nowhere that references.bib knows."""
    return table.index[~table["source_key"].isin(reference.source_keys())].tolist()


@pytest.mark.parametrize("name", TABLES)
def test_every_row_of_numbers_has_a_source_that_exists(name):
    table = TABLES[name]()
    assert len(table) > 20
    assert rows_without_source(table) == []


@pytest.mark.parametrize("key", [None, "", "nobody1900"])
def test_a_number_without_a_source_is_noticed(key):
    table = reference.norms()
    table.loc[3, "source_key"] = key
    assert rows_without_source(table) == [3]


def test_numbers_are_numbers_and_what_was_not_seen_is_missing():
    norms, trials = reference.norms(), reference.interventions()
    assert norms["mean_deg"].notna().all()
    roach = norms[norms["source_key"] == "roach2015"]
    assert roach["mean_deg"].tolist() == [6.8, -4.2]
    assert roach["sd_deg"].isna().all()
    godges = trials[trials["source_key"] == "godges1993"]
    assert godges["change_deg"].tolist() == [12.1, 9.8]
    for table in (norms, trials):
        numbers = [column for column in table.columns if column.endswith(("_deg", "_s")) or column == "n"]
        assert all(pd.api.types.is_float_dtype(table[column]) for column in numbers)


def test_a_change_is_the_difference_of_what_it_was_before_and_after():
    trials = reference.interventions().dropna(subset=["pre_deg", "post_deg", "change_deg"])
    assert len(trials) >= 5
    assert (trials["post_deg"] - trials["pre_deg"]).round(1).tolist() == trials["change_deg"].tolist()


def test_the_harmonics_cover_every_speed_and_name_each_angle_once():
    table = reference.gait_harmonics()
    speeds = table[table["task"] == "walk"].groupby("condition")["nondimensional_speed"].unique()
    assert {name: found.tolist() for name, found in speeds.items()} == {
        name: [speed] for name, speed in WALKING_SPEEDS.items()
    }
    assert not table.duplicated(["condition", "quantity"]).any()
    assert table[table["task"] == "run"]["nondimensional_speed"].isna().all()


def test_plain_rows_say_what_the_table_says():
    rows, table = reference.gait_rows(), reference.gait_harmonics()
    assert [float(row["a0_deg"]) for row in rows] == table["a0_deg"].tolist()


@pytest.mark.parametrize(
    ("key", "named"),
    [
        ("lee2005", "Lee 2005"),
        ("moreside2012", "Moreside & McGill 2012"),
        ("watt2011a", "Watt 2011a"),
        ("delaflor2024", "González-de-la-Flor 2024"),
        ("mettlerthesis", "Mettler n.d."),
        ("soldiers2018", "BMC Musculoskelet Disord 2018"),
    ],
)
def test_a_source_is_named_in_short(key, named):
    assert reference.citation(key) == named


def test_two_sources_never_have_the_same_short_name():
    named = [reference.citation(key) for key in reference.source_keys()]
    assert len(set(named)) == len(named)


def test_every_entry_of_the_bibliography_is_read():
    assert len(reference.source_keys()) == BIB.count("\n@") + BIB.startswith("@") > 80


@pytest.mark.parametrize("key", reference.source_keys())
def test_a_full_reference_is_one_plain_line(key):
    line = reference.reference(key)
    assert not re.search(r"[{}\\\n]|  |\?\.|\.\. |others", line)
    doi = re.search(rf"\{{{key},.*?doi = \{{(.*?)\}}", BIB.replace("\n@", "\0"), re.DOTALL)
    own = doi and "\0" not in doi[0]
    assert line.endswith(f"https://doi.org/{doi[1]}" if own else ".")


def test_a_full_reference_names_authors_year_title_and_place():
    assert reference.reference("heino1990") == (
        "Heino, J. G., Godges, J. J., Carter, C. L. (1990). Relationship between hip extension range of "
        "motion and postural alignment. J Orthop Sports Phys Ther 12(6):243–247. "
        "https://doi.org/10.2519/jospt.1990.12.6.243"
    )


@pytest.mark.parametrize("ask", [reference.citation, reference.reference])
def test_an_unknown_source_is_refused_by_name(ask):
    with pytest.raises(
        reference.UnknownSourceError, match=r"^key must be one of .*references.bib, got 'lee205'"
    ):
        ask("lee205")


def test_the_coefficients_and_citations_need_no_pandas():
    code = (
        "import sys; from hipbook import reference as r; r.gait_rows(); r.citation('lee2005');"
        "sys.exit('pandas' in sys.modules or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
