"""data/: every file described, every description true, the samples reproducible and marked as synthetic."""

from __future__ import annotations

import importlib.util
import json
import sys
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from frictionless import Package, Resource, system

from hipbook.progress import log
from hipbook.progress.tables import TABLES

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
READ = {"holds": log.read_holds, "sessions": log.read_sessions, "measurements": log.read_measurements}
TABULAR = sorted(name for name, resource in RESOURCES.items() if resource["path"].endswith(".csv"))


@pytest.fixture(scope="module")
def maker():
    spec = importlib.util.spec_from_file_location("make_samples", ROOT / "tools" / "make_samples.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_samples"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def holds():
    return log.read_holds(DATA / "sample_holds.csv", strict=True)


def test_the_package_is_valid():
    with system.use_context(trusted=True):
        report = Package(str(DATA / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])


def test_a_false_cell_makes_the_package_invalid(tmp_path):
    resource = RESOURCES["sample_holds"]
    text = (DATA / resource["path"]).read_text(encoding="utf-8").replace(",left,", ",up,", 1)
    (tmp_path / resource["path"]).write_text(text, encoding="utf-8", newline="")
    report = Resource.from_descriptor(resource, basepath=str(tmp_path)).validate()
    assert report.flatten(["fieldName", "rowNumber"]) == [["side", 2]]


def test_every_file_is_described_and_every_description_has_its_file():
    files = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.is_file()}
    assert files - {"datapackage.json"} == {resource["path"] for resource in PACKAGE["resources"]}


@pytest.mark.parametrize("name", TABULAR)
def test_every_column_is_explained(name):
    resource = RESOURCES[name]
    header = pd.read_csv(DATA / resource["path"], nrows=0).columns.tolist()
    fields = resource["schema"]["fields"]
    assert [field["name"] for field in fields] == header
    assert all(field["type"] and len(field["description"]) > 5 for field in fields)


@pytest.mark.parametrize("name", TABLES)
def test_the_package_says_of_a_table_what_the_code_says(name):
    fields = RESOURCES[f"sample_{name}"]["schema"]["fields"]
    columns = TABLES[name].columns
    assert [field["name"] for field in fields] == [column.name for column in columns]
    for field, column in zip(fields, columns, strict=True):
        rules = field.get("constraints", {})
        assert tuple(rules.get("enum", ())) == column.choices
        assert (rules.get("minimum"), rules.get("maximum")) == (column.minimum, column.maximum)
        assert field.get("unit", "") == column.unit


def test_the_maker_writes_the_same_bytes_again(maker):
    texts = maker.sample_texts()
    assert texts == maker.sample_texts()
    for name, text in texts.items():
        assert (DATA / f"{name}.csv").read_bytes() == text.encode(), "run python tools/make_samples.py"
    present = (DATA / "datapackage.json").read_text(encoding="utf-8")
    assert present == maker.package_text(present), "run python tools/make_samples.py"


@pytest.mark.parametrize("name", TABLES)
def test_the_samples_read_back_without_a_rejected_row(name):
    table = READ[name](DATA / f"sample_{name}.csv", strict=True)
    assert table.rejected == []
    assert table.assumed == []
    lines = (DATA / f"sample_{name}.csv").read_text(encoding="utf-8").count("\n") - 1
    assert len(table.rows) + table.voided == lines


def test_the_samples_say_that_they_are_synthetic(holds):
    for name in TABLES:
        assert "not a real person" in RESOURCES[f"sample_{name}"]["description"]
    assert (
        log.read_sessions(DATA / "sample_sessions.csv").rows["note"].str.startswith("synthetic sample").all()
    )
    assert log.read_measurements(DATA / "sample_measurements.csv").rows["note"].eq("synthetic sample").all()
    assert holds.rows["id"].str.startswith("sample-").all()


def test_the_sample_tells_the_story_that_lessons_use(holds):
    rows = holds.rows
    assert rows["local_date"].min() == pd.Timestamp("2026-03-02")
    assert rows["local_date"].max() == pd.Timestamp("2026-08-30")
    assert holds.voided == 3  # an edit replaces one row; an undo removes one and itself
    days = rows.groupby("local_date").size()
    assert len(days["2026-07-13":"2026-07-26"]) == 0
    weekly = days.resample("W").count()
    assert 2 <= weekly.iloc[:6].mean() <= 3.2
    assert 4 <= weekly.iloc[-4:].mean() <= 5
    pinch = rows[rows["reason"] == "pinch_front_hip"]
    assert pinch[["stretch", "side"]].to_numpy().tolist() == [["hip_flexor_half_kneeling", "right"]]
    after = rows[rows["local_date"].between("2026-05-07", "2026-05-11")]
    assert len(after) > 0
    assert "hip_flexor_half_kneeling" not in set(after["stretch"])
    early = rows[rows["local_date"] < "2026-04-27"].groupby("side", observed=True)["held_s"].sum()
    assert 0.8 < early["right"] / early["left"] < 1
    assert set(rows["outcome"]) == {"done", "skipped", "stopped"}
    lines = (DATA / "sample_holds.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert {line.split(",")[1][-6:] for line in lines} == {"+01:00", "+02:00", "-04:00"}


def test_the_sample_names_only_stretches_and_routines_that_exist(holds):
    with (DATA / "stretches.toml").open("rb") as file:
        catalog = tomllib.load(file)
    assert set(holds.rows["stretch"]) == {stretch["id"] for stretch in catalog["stretch"]}
    assert set(holds.rows["routine"]) == {"five_minutes", "full", "hip_flexor", "no_floor"}
    assert set(holds.rows["routine"]) <= {routine["id"] for routine in catalog["routine"]}


def test_every_angle_of_the_sample_follows_from_what_was_measured(maker):
    rows = log.read_measurements(DATA / "sample_measurements.csv").rows
    assert set(rows["test"]) == {"thomas_trig"}
    for _, row in rows.iterrows():
        assert row["value_deg"] == pytest.approx(maker.extension_deg(json.loads(row["inputs"])), abs=0.051)
    lower_knee = maker.extension_deg({"hip_height_cm": 84, "knee_height_cm": 63.25, "thigh_length_cm": 41.5})
    assert lower_knee == pytest.approx(30)
    first_fortnight = rows[rows["local_date"] <= "2026-03-14"]
    assert first_fortnight.groupby("side", observed=True)["local_date"].nunique().tolist() == [6, 6]
    assert rows.groupby("side", observed=True)["trial"].max().tolist() == [3, 3]
