"""A cohort's tables are those of plain pandas, wherever the logs lie; what is private does not come along."""

from __future__ import annotations

import datetime as dt
import pickle
import random
import shutil

import fsspec
import numpy as np
import pandas as pd
import pytest
from school import LEARNERS, UNTIL, WEEKS, log_of, same
from scipy import stats

from hipbook.classroom import cohort_logs, cohort_reading, cohort_sums
from hipbook.classroom.cohort import CohortError, analyse
from hipbook.classroom.cohort_logs import NotUsed, find_logs
from hipbook.classroom.cohort_reading import Batch, batches, fetch, read_batch
from hipbook.progress.tables import TABLES
from hipbook.stretching.catalog import catalog

LATER = dt.date(2025, 6, 1)


def plain(folder, group):
    """Return what pandas alone makes of a group: a table (learner, week, muscle group, side) of minutes."""
    muscles = {stretch.id: stretch.muscle_group for stretch in catalog().stretches}
    frames = [pd.read_csv(path).assign(who=path.parent.name) for path in (folder / group).glob("*/holds.csv")]
    rows = pd.concat(frames)
    rows = rows[rows["held_s"] > 0]
    rows["day"] = pd.to_datetime(rows["local_date"])
    first = rows.groupby("who")["day"].transform("min")
    monday = first - pd.to_timedelta(first.dt.day_of_week, unit="D")
    rows["week"] = (rows["day"] - monday).dt.days // 7 + 1
    rows["muscle"] = rows["stretch"].map(muscles)
    return rows


# --- the numbers ------------------------------------------------------------


def test_the_weekly_dose_is_that_of_plain_pandas(folder, found):
    for group in ("synthetic-a", "synthetic-d"):
        rows = plain(folder, group)
        learners = rows["who"].nunique()
        keys = ["week", "muscle", "side"]
        minutes = rows.groupby(keys)["held_s"].sum() / 60 / learners
        holding = rows.groupby(keys)["who"].nunique()
        ours = found.weekly_dose[found.weekly_dose["group"] == group].set_index(
            ["week", "muscle_group", "side"]
        )
        assert len(ours) == WEEKS * 6
        for key, row in ours.iterrows():
            if holding.get(key, 0) < 5:
                assert row["held_min"] is pd.NA
            else:
                assert row["held_min"] == pytest.approx(minutes[key], abs=0.051)


def test_days_a_week_and_who_still_holds_are_those_of_plain_pandas(folder, found):
    rows = plain(folder, "synthetic-b")
    days = rows.groupby("who")["day"].nunique() / WEEKS
    row = found.groups.set_index("group").loc["synthetic-b"]
    assert row["days_per_week"] == pytest.approx(days.mean(), abs=0.051)
    active = rows.groupby("week")["who"].nunique()
    ours = found.adherence[found.adherence["group"] == "synthetic-b"].set_index("week")["active"]
    assert list(ours.index) == list(range(1, WEEKS + 1))
    assert all(abs(ours[week] - active.get(week, 0)) <= 2 for week in ours.index)


def test_the_change_is_that_of_plain_pandas(folder, found):
    moved = []
    for path in (folder / "synthetic-c").glob("*/measurements.csv"):
        rows = pd.read_csv(path, parse_dates=["local_date"])
        rows = rows[rows["side"] == "left"]
        day = (rows["local_date"] - rows["local_date"].min()).dt.days
        recent = rows["value_deg"][(day >= 84 - 14) & (day < 84)]
        moved.append(recent.mean() - rows["value_deg"][day < 14].mean())
    low, high = stats.t.interval(0.95, len(moved) - 1, np.mean(moved), stats.sem(moved))
    rows = found.change.set_index(["group", "test", "side", "week"])
    row = rows.loc["synthetic-c", "thomas_trig", "left", 12]
    assert row["mean_change_deg"] == pytest.approx(np.mean(moved), abs=0.06)
    assert (row["low_deg"], row["high_deg"]) == (pytest.approx(low, abs=0.06), pytest.approx(high, abs=0.06))
    assert row["learners"] == 5


def test_weeks_after_somebody_gave_up_count_as_nothing_held(folder, client, found):
    later = analyse([str(folder)], scheduler=client, until=LATER, weeks=20)
    last = later.adherence[later.adherence["week"] == 20]
    assert set(last["learners"]) == {5}
    assert set(last["active"]) == {0}
    assert later.weekly_dose[later.weekly_dose["week"] == 20]["held_min"].isna().all()


def test_rows_after_the_logs_were_handed_in_do_not_count(folder, client):
    early = analyse([str(folder)], scheduler=client, until=dt.date(2025, 2, 4), weeks=WEEKS)
    assert early.adherence["week"].max() == 4  # the fifth is not over
    assert set(early.change["week"]) == {4}


def test_sums_do_not_depend_on_their_order(folder):
    place = find_logs(str(folder))
    parts = [cohort_sums.sums_of_batch(Batch(place.fs, (log,)), UNTIL, WEEKS) for log in place.logs]
    totals = []
    for seed in (1, 2):
        total = cohort_sums.Sums()
        for part in random.Random(seed).sample(parts, len(parts)):
            total.add(part)
        totals.append(total)
    assert totals[0] == totals[1]


# --- where logs are ---------------------------------------------------------


def test_the_group_is_the_folder_that_a_learners_folder_is_in(tmp_path):
    files = ("a/x/holds.csv", "a/y/log/holds.csv", "b/z-holds.csv", "b/z-measurements.csv", "b/w_holds.csv")
    others = ("a/x/.holds.csv.1.tmp", "a/.old/holds.csv", "a/x/sessions.csv", "a/x/holds.rejected.csv")
    for name in (*files, *others):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    assert [log.group for log in find_logs(str(tmp_path)).logs] == ["a", "a", "b", "b"]
    assert [log.group for log in find_logs(str(tmp_path / "a")).logs] == ["a", "a"]
    assert sorted(len(log.files) for log in find_logs(str(tmp_path)).logs) == [1, 1, 1, 2]


def lay(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("")


@pytest.mark.parametrize(
    "name",
    [
        "K6-holds (1).csv",
        "K6-holds(1).csv",
        "K6_HOLDS.CSV",
        "K6.Holds.csv",
        "K6/Holds.CSV",
        "K6/holds (2).csv",
    ],
)
def test_a_file_is_found_as_browsers_and_people_name_it(name, tmp_path):
    lay(tmp_path, f"7a/{name}", "7a/k6-measurements.csv")
    found = find_logs(str(tmp_path))
    assert found.not_used == []
    assert {log.group for log in found.logs} == {"7a"}
    [tables] = {tuple(sorted(table for table, _ in log.files)) for log in found.logs}
    assert tables == ("holds", "measurements")


@pytest.mark.parametrize(
    ("read", "second"),
    [
        ("K1-holds.csv", "K1_holds.csv"),
        ("K1-holds.csv", "K1-holds (1).csv"),
        ("K1-holds.csv", "k1-holds.csv"),
        ("K1-holds.csv", "K1/holds.csv"),
        ("K1/holds.csv", "K1/log/holds.csv"),
    ],
)
def test_a_second_file_of_one_code_is_listed(read, second, tmp_path):
    lay(tmp_path, f"7a/{read}", f"7a/{second}")
    found = find_logs(str(tmp_path))
    assert [log.files for log in found.logs] == [(("holds", f"{tmp_path}/7a/{read}"),)]
    [row] = found.not_used
    assert row.file == f"{tmp_path}/7a/{second}"
    assert row.rule == f"must be the only holds of its code, read was {tmp_path}/7a/{read}"


def test_a_file_that_is_not_read_is_listed_unless_hipbook_made_it(tmp_path):
    lay(tmp_path, "7a/K1/holds.csv", "7a/K2.csv", "7a/K3-holds-2.CSV", "7a/K4/log/K4.csv")
    known = (
        "K1/sessions.csv",
        "K5-Sessions (1).csv",
        "K1/holds.backup-20250106T180000.csv",
        "K1/x.rejected-2.csv",
    )
    lay(
        tmp_path,
        *(f"7a/{name}" for name in known),
        "7a/K1/data/sample_holds.csv",
        "7a/.old/K9.csv",
        "7a/note.txt",
    )
    found = find_logs(str(tmp_path))
    assert [log.group for log in found.logs] == ["7a"]
    listed = {row.file.removeprefix(f"{tmp_path}/7a/"): row.rule for row in found.not_used}
    rule = "must have a name such as CODE-holds.csv or CODE-measurements.csv"
    assert listed == dict.fromkeys(("K2.csv", "K3-holds-2.CSV", "K4/log/K4.csv"), rule)


def test_many_files_that_are_not_read_are_listed_up_to_a_number(tmp_path):
    lay(tmp_path, "7a/K1/holds.csv", *(f"7a/{number}.csv" for number in range(50)))
    rows = find_logs(str(tmp_path)).not_used
    assert len(rows) == cohort_logs.MOST_LISTED + 1
    assert rows[-1] == NotUsed(str(tmp_path), None, "", "has 30 more files that are not read")


def test_logs_in_a_store_that_fsspec_knows_give_the_same(folder, client, found):
    store = fsspec.filesystem("memory")
    store.put(str(folder), "memory://store/school", recursive=True)
    assert same(analyse(["memory://store/school"], scheduler=client, until=UNTIL, weeks=WEEKS), found)


def test_a_place_in_a_store_that_is_spelled_twice_counts_once(folder, client):
    store = fsspec.filesystem("memory")
    three_of(folder, folder.parent / "three" / "g")
    store.put(str(folder.parent / "three"), "memory://spelled", recursive=True)
    places = ["memory://spelled", "memory://spelled/", "memory://spelled/g"]
    result = analyse(places, scheduler=client, until=UNTIL, weeks=WEEKS)
    assert (result.logs, result.small_groups) == (3, ("g",))


def test_a_log_that_lies_in_two_of_the_places_counts_once(folder, client, found):
    places = [str(folder), str(folder / "synthetic-a"), str(folder)]
    again = analyse(places, scheduler=client, until=UNTIL, weeks=WEEKS)
    assert again.logs == LEARNERS
    assert same(again, found)


def three_of(folder, group):
    """Make a group of three learners."""
    for path in sorted(folder.glob("synthetic-b/*"))[:3]:
        shutil.copytree(path, group / path.name)


SPELLED = ("{0}/.", "{0}/../{1}", "//{0}//", "{0}/synthetic-00001/..", "file://{0}", "link")
NESTED = ("{0}/synthetic-00001", "{0}/synthetic-00001/holds.csv", "link/synthetic-00001")


@pytest.mark.parametrize("again", [*SPELLED, *NESTED])
@pytest.mark.parametrize("is_first", [False, True])
def test_a_place_that_is_spelled_in_another_way_does_not_make_a_group_larger(
    again, is_first, folder, client, tmp_path, monkeypatch
):
    three_of(folder, tmp_path / "g")
    (tmp_path / "link").symlink_to("g", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    places = [str(tmp_path / "g"), again.format(tmp_path / "g", "g")]
    result = analyse(places[::-1] if is_first else places, scheduler=client, until=UNTIL, weeks=WEEKS)
    assert (result.logs, len(result.groups)) == (3, 0)
    assert result.small_groups == ("g",)


def test_files_of_one_learner_that_are_named_one_by_one_are_one_log(folder, client):
    files = [str(path) for path in sorted(folder.glob("synthetic-b/*/*.csv")) if "sessions" not in path.name]
    assert len(files) == 2 * LEARNERS // 4
    result = analyse(files[:6], scheduler=client, until=UNTIL, weeks=WEEKS)
    assert (result.logs, len(result.groups)) == (3, 0)


def test_a_link_to_a_learners_folder_or_file_is_no_learner(folder, client, tmp_path):
    three_of(folder, tmp_path / "g")
    (tmp_path / "g" / "linked").symlink_to("synthetic-00001", target_is_directory=True)
    (tmp_path / "g" / "K7-holds.csv").symlink_to("synthetic-00001/holds.csv")
    assert analyse([str(tmp_path)], scheduler=client, until=UNTIL).logs == 3


@pytest.mark.parametrize("place", ["{}/none", "nowhere-at-all://x"])
def test_a_place_without_logs_is_named(place, tmp_path, client):
    place = place.format(tmp_path)
    with pytest.raises(CohortError, match="FOLDER_OR_URL must") as raised:
        analyse([place], scheduler=client)
    assert place in str(raised.value)


def test_a_worker_reads_only_so_much_at_once(folder):
    place = find_logs(str(folder))
    size = max(log.size for log in place.logs)
    made = list(batches(place.fs, place.logs * 9))
    assert sum(len(batch.logs) for batch in made) == 9 * LEARNERS
    assert max(len(batch.logs) for batch in made) == cohort_reading.BATCH_LEARNERS
    large = [cohort_logs.PersonLog("g", (), cohort_reading.BATCH_BYTES) for _ in range(3)]
    assert [len(batch.logs) for batch in batches(place.fs, large)] == [1, 1, 1]
    assert size < cohort_reading.BATCH_BYTES


# --- what is private --------------------------------------------------------


def test_what_is_private_does_not_come_out_of_reading(spoilt):
    secret = "secretly"
    for path in spoilt.glob("*/*/*.csv"):
        path.write_text(path.read_text().replace("synthetic: a program made this up", secret))
    log = next(log for log in find_logs(str(spoilt)).logs)
    batch = Batch(fsspec.filesystem("file"), (log,))
    read = list(read_batch(batch, fetch(batch), []))
    assert len(read) == 1
    assert len(read[0].readings) > 0
    private = {column.name for table in TABLES.values() for column in table.columns if column.private}
    assert private
    assert private.isdisjoint({*read[0].holds.columns, *read[0].readings.columns})
    said = pickle.dumps(read)
    assert secret.encode() not in said
    assert b"knee" not in said.replace(b"half_kneeling", b"")


def test_readings_of_other_people_in_ones_log_do_not_count(spoilt):
    path = log_of(spoilt, 0) / "measurements.csv"
    path.write_text(path.read_text().replace(",,,thomas_trig,left", ",K7,,thomas_trig,left"))
    log = next(log for log in find_logs(str(spoilt)).logs if str(path) in str(log.files))
    batch = pickle.loads(pickle.dumps(Batch(fsspec.filesystem("file"), (log,))))  # as it reaches a worker
    [person] = read_batch(batch, fetch(batch), [])
    assert set(person.readings["side"]) == {"right"}
