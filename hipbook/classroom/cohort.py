"""A cohort: thousands of learners' logs to a few tables, each log by the functions of lesson 05, on Dask."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from hipbook.classroom import cohort_tables
from hipbook.classroom.cohort_logs import CohortError, Found, NotUsed, find_logs
from hipbook.classroom.cohort_reading import Batch, batches
from hipbook.classroom.cohort_small import nearest_five
from hipbook.classroom.cohort_sums import Sums, sums_of_batch

if TYPE_CHECKING:
    import pandas as pd
    from distributed import Client
    from fsspec import AbstractFileSystem

__all__ = ["WEEKS", "Cohort", "CohortError", "NotUsed", "analyse"]

TABLES = ("groups", "adherence", "weekly_dose", "change")
"""What a cohort is shown as; `hipbook.classroom.cohort_tables` has a function of each name."""

WEEKS = 52
"""How many weeks of each learner count, from the first hold on."""

SETTINGS = {
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.worker.profile.enabled": False,
}
"""Of this computer's own cluster: no pages on its work for others, and no profile, which grows for hours."""

CONNECT_S = 20
"""How long a scheduler may take to answer."""


@dataclass(frozen=True)
class Cohort:
    """What is known of a cohort; nothing in the tables is about fewer than five learners.

    Attributes
    ----------
    groups, adherence, weekly_dose, change : DataFrame
        See the functions of these names in `hipbook.classroom.cohort_tables`.
    until : date
        The day on which the logs were handed in.
    weeks : int
        How many weeks of each learner counted.
    logs : int
        How many logs were found. For whoever has the logs: beside the tables it would let one subtract.
    without_hold : int
        How many of these have no hold that can be used, to the nearest five.
    small_groups : tuple of str
        Groups with fewer than five learners. For whoever has the logs.
    not_used : list of NotUsed
        Files and rows that could not be used. For whoever has the logs.
    synthetic : bool
        Whether a place says that its logs are made up.
    """

    groups: pd.DataFrame
    adherence: pd.DataFrame
    weekly_dose: pd.DataFrame
    change: pd.DataFrame
    until: dt.date
    weeks: int
    logs: int
    without_hold: int
    small_groups: tuple[str, ...]
    not_used: list[NotUsed]
    synthetic: bool

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by name."""
        return {name: getattr(self, name) for name in TABLES}


def analyse(
    places: Sequence[str],
    *,
    scheduler: str | Client | None = None,
    until: dt.date | None = None,
    weeks: int = WEEKS,
    progress: Callable[[int, int], object] = lambda done, total: None,
) -> Cohort:
    """Analyse the logs in some places together.

    Parameters
    ----------
    places : sequence of str
        Folders, or addresses that fsspec knows; see `hipbook.classroom.cohort_logs.find_logs`.
    scheduler : str or Client, optional
        Address of a Dask scheduler, or a client of one. This machine's own processes when left out.
    until : date, optional
        The day on which the logs were handed in: a learner's weeks without a row count up to it. Today when
        left out. Rows after it are left aside.
    weeks : int
        How many weeks of each learner count, at least 1.
    progress : callable
        Called with the numbers of logs that are done and of all.

    Raises
    ------
    CohortError
        When a place has no log or cannot be read, or the scheduler does not answer.
    """
    if weeks < 1:
        raise CohortError(f"weeks must be at least 1, got {weeks}")
    until = until or dt.date.today()
    known: dict[AbstractFileSystem, Found] = {}
    for place in places:
        find_logs(place, known)
    found = list(known.values())
    work = [batch for place in found for batch in batches(place.fs, place.logs)]
    total = Sums(not_used=[row for place in found for row in place.not_used])
    with _client(scheduler) as client:
        act = partial(sums_of_batch, until=until, weeks=weeks)
        try:
            for part in _done(client, work, act, progress):
                total.add(part)
        except CancelledError as error:
            raise CohortError("--scheduler must stay until the end, and went away: start again") from error
    logs = sum(len(place.people) for place in found)
    return Cohort(
        **{name: getattr(cohort_tables, name)(total) for name in TABLES},
        until=until,
        weeks=weeks,
        logs=logs,
        without_hold=nearest_five(logs - total.begun),
        small_groups=cohort_tables.small_groups(total),
        not_used=sorted(total.not_used, key=lambda row: (row.file, row.line or 0)),
        synthetic=any(place.synthetic for place in found),
    )


def _done(
    client: Client, work: list[Batch], act: Callable[[Batch], Sums], progress: Callable[[int, int], object]
) -> Iterator[Sums]:
    """Yield each batch's sums once, in the order in which they are ready.

    A worker that ends half-way costs nothing: the scheduler gives its batches to others. When worker after
    worker ends over a batch, it is tried again with nothing beside it, and halved, until the log that does it
    is alone and can be listed.
    """
    from distributed import KilledWorker, as_completed

    logs, done = sum(len(batch.logs) for batch in work), 0
    futures = client.map(act, work, pure=False)
    batch_of = {future.key: batch for future, batch in zip(futures, work, strict=True)}
    ready = as_completed(futures)
    futures.clear()  # so that the cluster may forget each as soon as it is added up
    suspects = []
    progress(done, logs)
    for future in ready:
        batch = batch_of.pop(future.key)
        try:
            part = future.result()
        except KilledWorker:
            suspects.append(batch)
            continue
        done += len(batch.logs)
        progress(done, logs)
        yield part
    while suspects:
        batch = suspects.pop()
        try:
            part = client.submit(act, batch, pure=False).result()
        except KilledWorker:
            if len(batch.logs) > 1:
                suspects += batch.halves()
                continue
            rule = "must not end the program that reads it"
            part = Sums(not_used=[NotUsed(path, None, "", rule) for _, path in batch.logs[0].files])
        done += len(batch.logs)
        progress(done, logs)
        yield part


@contextmanager
def _client(scheduler: str | Client | None) -> Iterator[Client]:
    """Return a client of the scheduler that is asked for, or of a cluster that lasts as long as this."""
    import dask
    from distributed import Client, LocalCluster

    if isinstance(scheduler, Client):
        yield scheduler
    elif scheduler:
        try:
            client = Client(scheduler, timeout=CONNECT_S)
        except (OSError, ValueError) as error:
            rule = "must be the address of a Dask scheduler that answers, such as tcp://host:8786"
            raise CohortError(f"--scheduler {rule}, got {scheduler!r}: {error}") from error
        with client:
            yield client
    else:
        with dask.config.set(SETTINGS):
            # Encrypted, with keys made for this run: on a shared computer others can reach this one's ports.
            cluster = LocalCluster(
                threads_per_worker=1,
                dashboard_address=None,
                scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
                security=True,
                silence_logs=logging.ERROR,
            )
        with cluster, Client(cluster) as client:
            yield client
