"""What a hub starts for a learner: their own workbook first, and one line when that cannot be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hipbook import singleuser, workspace

ROOT = Path(__file__).parents[1]


class StartedError(Exception):
    """Instead of becoming another program."""


@pytest.fixture
def started(monkeypatch, tmp_path):
    """Return a function that starts in an empty home, and gives the server's command and environment."""
    monkeypatch.delenv(workspace.VARIABLE, raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(os, "environ", dict(os.environ))

    def become(_program, command):
        raise StartedError(command)

    monkeypatch.setattr(os, "execv", become)

    def start() -> tuple[list[str], dict[str, str]]:
        with pytest.raises(StartedError) as caught:
            singleuser.main()
        return caught.value.args[0], dict(os.environ)

    return start


def test_a_learner_gets_a_workbook_of_their_own_with_the_hubs_server_on_it(started, tmp_path):
    command, environment = started()
    own = tmp_path / "hipbook-workbook"
    assert workspace.read(own).folder == own
    assert (own / "03_guided_stretches.ipynb").is_file()
    assert command[1:4] == ["-P", "-m", "jupyterhub.singleuser"]
    assert f"--ServerApp.root_dir={own}" in command
    assert "--ServerApp.default_url=/lab/tree/00_start_here.ipynb" in command
    assert environment[workspace.VARIABLE] == str(own)


def test_the_hub_says_where_and_for_whom_it_listens_and_not_we(started):
    command, environment = started()
    words = " ".join(command)
    assert not any(
        name in words for name in ("token", "base_url", "ServerApp.ip", "ServerApp.port=", "allow_root")
    )
    assert "JUPYTER_TOKEN" not in environment


def test_coming_back_keeps_what_was_written(started, tmp_path):
    started()
    (tmp_path / "hipbook-workbook" / "log" / "holds.csv").write_text("mine", encoding="utf-8")
    started()
    assert (tmp_path / "hipbook-workbook" / "log" / "holds.csv").read_text(encoding="utf-8") == "mine"


def test_a_home_that_cannot_be_a_workbook_is_one_line(tmp_path):
    (tmp_path / "full").write_text("a file", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "hipbook.singleuser"],
        cwd=ROOT,
        env=os.environ | {workspace.VARIABLE: str(tmp_path / "full")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("hipbook: the workspace ")


def test_on_a_hub_nobody_is_told_that_rows_stay_on_this_computer(tmp_path, monkeypatch):
    made, _ = workspace.create(tmp_path / "w")
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    assert "on this computer only" in workspace.describe_workspace(made)
    monkeypatch.setenv("JUPYTERHUB_USER", "kiwi-1")
    said = workspace.describe_workspace(made)
    assert "this computer" not in said
    assert "home on the hub" in said
