"""A cohort goes on: whatever files, workers and schedulers do, it loses nothing or says what."""

from __future__ import annotations

import os
import signal
import urllib.error
import urllib.request

import dask
import pytest
from distributed import Client, LocalCluster
from school import LEARNERS, UNTIL, WEEKS, log_of, same

from hipbook.classroom import cohort, cohort_logs, cohort_reading, cohort_sums
from hipbook.classroom.cohort import CohortError, analyse
from hipbook.classroom.cohort_logs import NotUsed, find_logs
from hipbook.classroom.cohort_reading import Batch, batches


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(cohort_reading, "BATCH_LEARNERS", 2)


def test_a_worker_that_is_killed_in_the_middle_loses_nothing(folder, found, small_batches):
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": ":0", "silence_logs": 50}
    with LocalCluster(**options) as cluster, Client(cluster) as client:
        victim = next(iter(client.run(os.getpid).values()))
        killed_at = []

        def kill(done, total):
            if 0 < done < total and not killed_at:
                os.kill(victim, signal.SIGKILL)
                killed_at.append(done)

        result = analyse([str(folder)], scheduler=client, until=UNTIL, weeks=WEEKS, progress=kill)
        alive = set(client.run(os.getpid).values())
    assert killed_at
    assert victim not in alive
    assert result.logs == LEARNERS
    assert result.not_used == []
    assert same(result, found)


def test_a_log_that_ends_every_program_that_reads_it_is_listed_and_the_others_count(folder, small_batches):
    place = find_logs(str(folder))
    deadly = place.logs[3].files[0][1]

    def act(batch):
        if any(path == deadly for log in batch.logs for _, path in log.files):
            os._exit(1)
        return cohort_sums.sums_of_batch(batch, UNTIL, WEEKS)

    total = cohort_sums.Sums()
    options = {"n_workers": 1, "threads_per_worker": 1, "dashboard_address": ":0", "silence_logs": 50}
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(**options) as cluster,
        Client(cluster) as client,
    ):
        work = [batch for batch in batches(place.fs, place.logs[:6])]
        for part in cohort._done(client, work, act, lambda done, logs: None):
            total.add(part)
    assert {row.file for row in total.not_used} == {path for _, path in place.logs[3].files}
    assert sum(learners for learners, *_ in total.people.values()) == 5


def test_bad_files_and_rows_are_listed_with_reasons_and_the_good_ones_count(spoilt, client):
    names = ("garbage", "columns", "row", "private")
    files = dict(zip(names, (log_of(spoilt, number) / "holds.csv" for number in (0, 4, 8, 12)), strict=True))
    files["garbage"].write_bytes(bytes(range(256)) * 40)
    files["columns"].write_text("id,local_date,minutes\na,2025-01-06,3\n")
    lines = files["row"].read_text().splitlines(keepends=True)
    lines[5] = lines[5].replace(",left,", ",sideways,").replace(",right,", ",sideways,")
    files["row"].write_text("".join(lines))
    cells = files["private"].read_text().splitlines()
    cells[3] = ",".join([*cells[3].split(",")[:-4], "stopped", "my-secret-words", "", "1"])
    files["private"].write_text("\n".join(cells) + "\n")
    result = analyse([str(spoilt)], scheduler=client, until=UNTIL, weeks=WEEKS)
    listed = {row.file: row for row in result.not_used}
    assert set(listed) == {str(path) for path in files.values()}
    assert (listed[str(files["row"])].line, listed[str(files["row"])].column) == (6, "side")
    assert listed[str(files["row"])].rule == "must be left or right"
    assert "stretch, side, held_s missing" in listed[str(files["columns"])].rule
    assert "missing" in listed[str(files["garbage"])].rule
    assert (listed[str(files["private"])].line, listed[str(files["private"])].column) == (4, "private cell")
    assert "secret" not in str(result.not_used)
    assert len(result.groups) == 4


def test_a_file_that_cannot_be_read_or_is_far_too_large_is_listed(folder, client, monkeypatch, tmp_path):
    place = find_logs(str(folder))
    gone = cohort_logs.PersonLog("a", (("holds", str(tmp_path / "gone.csv")),), 1)
    sums = cohort_sums.sums_of_batch(Batch(place.fs, (gone, *place.logs[:2])), UNTIL, WEEKS)
    assert sums.not_used == [
        NotUsed(str(tmp_path / "gone.csv"), None, "", "must be readable (FileNotFoundError)")
    ]
    assert sums.people["synthetic-a",][0] == 2
    monkeypatch.setattr(cohort_logs, "MOST_BYTES", 10_000_000)
    big = tmp_path / "a" / "big" / "holds.csv"
    big.parent.mkdir(parents=True)
    with big.open("wb") as file:
        file.truncate(10_000_001)
    (tmp_path / "a" / "b").mkdir()
    (tmp_path / "a" / "b" / "holds.csv").write_text("")
    [row] = find_logs(str(tmp_path)).not_used
    assert (row.file, row.line) == (str(big), None)


def test_many_bad_rows_of_one_file_are_listed_up_to_a_number(spoilt, client):
    path = log_of(spoilt, 1) / "holds.csv"
    path.write_text(path.read_text().replace(",full,", ",,"))
    result = analyse([str(spoilt)], scheduler=client, until=UNTIL, weeks=WEEKS)
    assert len(result.not_used) == cohort_logs.MOST_LISTED + 1
    assert "more rows" in str(result.not_used)


def test_a_log_that_cannot_be_added_up_is_listed_and_the_others_count(folder, monkeypatch):
    place = find_logs(str(folder))
    real, calls = cohort_sums.weekly_dose, []

    def failing(holds, **options):
        calls.append(len(holds))
        if len(calls) == 2:
            raise OverflowError("my-secret-words")
        return real(holds, **options)

    monkeypatch.setattr(cohort_sums, "weekly_dose", failing)
    sums = cohort_sums.sums_of_batch(Batch(place.fs, tuple(place.logs[:3])), UNTIL, WEEKS)
    rule = "must be of a log that can be added up (OverflowError)"
    assert sums.not_used == [NotUsed(place.logs[1].files[0][1], None, "", rule)]
    assert sums.people["synthetic-a",][0] == 2


def test_a_scheduler_that_goes_away_is_told(folder, small_batches):
    options = {"n_workers": 1, "threads_per_worker": 1, "dashboard_address": ":0", "silence_logs": 50}
    with LocalCluster(processes=False, **options) as cluster:
        address = cluster.scheduler_address

        def leave(done, total):
            if 0 < done < total:
                cluster.close()

        with pytest.raises(CohortError, match="--scheduler must stay until the end"):
            analyse([str(folder)], scheduler=address, until=UNTIL, weeks=WEEKS, progress=leave)


def test_a_scheduler_that_does_not_answer_is_named(folder, monkeypatch):
    monkeypatch.setattr(cohort, "CONNECT_S", 0.2)
    with pytest.raises(CohortError, match=r"--scheduler must be .*127\.0\.0\.1:9"):
        analyse([str(folder)], scheduler="tcp://127.0.0.1:9")


def test_the_cluster_of_this_machine_is_encrypted_and_shows_nothing_to_others():
    with cohort._client(None) as client:
        info = client.scheduler_info(n_workers=-1)
        ports = [info["services"]["dashboard"]]
        ports += [worker["services"]["dashboard"] for worker in info["workers"].values()]
        assert client.scheduler.address.startswith("tls://127.0.0.1:")
        profiled = client.run(lambda: dask.config.get("distributed.worker.profile.enabled"))
        assert set(profiled.values()) == {False}  # each worker would keep an hour of it in memory
        for port in ports:
            for page in ("", "info/main/workers.html", "json/counts.json", "metrics", "status"):
                with pytest.raises(urllib.error.HTTPError, match="404"):
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/{page}")
