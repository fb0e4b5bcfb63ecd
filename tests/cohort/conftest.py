"""A synthetic school, a cluster in this process, and what the one makes of the other."""

from __future__ import annotations

import shutil

import pytest
from distributed import Client
from school import LEARNERS, UNTIL, WEEKS

from hipbook.classroom.cohort import analyse


@pytest.fixture(scope="module")
def folder(tmp_path_factory, load_tool):
    made = tmp_path_factory.mktemp("cohort") / "school"
    load_tool("make_cohort").write_cohort(made, LEARNERS, weeks=WEEKS)
    return made


@pytest.fixture
def spoilt(folder, tmp_path):
    """Return a copy of the school, to be spoilt."""
    shutil.copytree(folder, tmp_path / "school")
    return tmp_path / "school"


@pytest.fixture(scope="module")
def client():
    with Client(processes=False, n_workers=1, threads_per_worker=2, dashboard_address="127.0.0.1:0") as found:
        yield found


@pytest.fixture(scope="module")
def found(folder, client):
    return analyse([str(folder)], scheduler=client, until=UNTIL, weeks=WEEKS)
