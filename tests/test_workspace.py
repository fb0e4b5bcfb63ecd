"""A learner's folder: made once, found everywhere inside, and never overwritten."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbook_double import GUIDED, PROGRESS, START, executed, notebook, ship

from hipbook import ports, workspace
from hipbook.atomic import write_atomically
from hipbook.copies import fingerprint
from hipbook.workspace import UnknownNotebookError, WorkspaceError

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _no_workspace_around(monkeypatch):
    monkeypatch.delenv(workspace.VARIABLE, raising=False)


@pytest.fixture
def learner(tmp_path, monkeypatch):
    ship(tmp_path / "shipped", monkeypatch)
    made, _ = workspace.create(tmp_path / "Übungen mit Abstand")
    return made


def learners_bytes(folder: Path) -> set[bytes]:
    return {path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# -- making one


def test_a_new_workspace_holds_notebooks_samples_and_an_empty_log(learner):
    names = {path.relative_to(learner.folder).as_posix() for path in learner.folder.rglob("*")}
    assert names - {".hipbook.lock"} == {
        ".hipbook",
        START,
        GUIDED,
        PROGRESS,
        "data",
        "data/README.txt",
        "data/datapackage.json",
        "data/sample_holds.csv",
        "log",
    }
    assert "synthetic" in (learner.data_folder / "README.txt").read_text(encoding="utf-8")


def test_the_description_beside_the_samples_names_only_what_is_there(learner):
    described = json.loads((learner.data_folder / "datapackage.json").read_bytes())
    assert [resource["path"] for resource in described["resources"]] == ["sample_holds.csv"]


def test_making_it_again_keeps_id_and_port(learner):
    again, changes = workspace.create(learner.folder)
    assert again == learner
    assert changes == []


def test_two_workspaces_differ_in_id(learner, tmp_path):
    other, _ = workspace.create(tmp_path / "other")
    assert other.id != learner.id


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_files_have_the_permissions_of_any_new_file(learner):
    plain = learner.folder / "plain"
    plain.touch()
    for name in (workspace.MARKER, START, "data/sample_holds.csv"):
        assert (learner.folder / name).stat().st_mode == plain.stat().st_mode


def test_a_file_that_stood_there_before_is_not_overwritten(tmp_path, monkeypatch):
    ship(tmp_path / "shipped", monkeypatch)
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / START).write_bytes(notebook("my own"))
    _, changes = workspace.create(folder)
    assert (folder / START).read_bytes() == notebook("my own")
    assert [(c.what, c.beside) for c in changes if c.name == START] == [
        ("beside", "00_start_here.new-0.1.0.ipynb")
    ]


def test_several_at_once_make_one_workspace(tmp_path):
    """Each process copies under the lock, so the marker has one id and no file is torn."""
    script = (
        "import sys; from hipbook import workspace; w, _ = workspace.create(sys.argv[1]); print(w.id, w.port)"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", script, str(tmp_path / "w")]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) for _ in range(4)]
    said = {process.communicate(timeout=60)[0] for process in running}
    assert [process.returncode for process in running] == [0] * 4
    assert len(said) == 1
    assert not list((tmp_path / "w").rglob("*.tmp"))
    assert not list((tmp_path / "w").rglob("*.new-*"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0o555)
    for folder in (tmp_path, *list(tmp_path.parents)[:2]):
        folder.chmod(0o755)
    script = (
        "import os, sys\n"
        "from hipbook import workspace\n"
        "import filelock\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "try: workspace.create(sys.argv[1])\n"
        "except workspace.WorkspaceError as error: print(error)\n"
    )
    for folder in (closed, closed / "below"):
        done = subprocess.run(
            [sys.executable, "-c", script, str(folder)],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        assert "must be a folder you can write to, got: Permission denied" in done.stdout
        assert done.stdout.count("\n") == 1
        assert "--workspace DIR" in done.stdout


# -- finding it


def test_it_is_found_from_any_folder_inside(learner):
    assert workspace.find(learner.folder) == learner
    assert workspace.find(learner.folder / "data") == learner
    assert workspace.find(learner.folder / "not" / "there") == learner


def test_outside_there_is_none(tmp_path):
    assert workspace.find(tmp_path) is None


def test_the_nearest_one_counts(learner):
    inner, _ = workspace.create(learner.folder / "inner")
    assert workspace.find(inner.folder / "log") == inner


def test_the_variable_goes_first(learner, tmp_path, monkeypatch):
    other, _ = workspace.create(tmp_path / "other")
    monkeypatch.setenv(workspace.VARIABLE, str(other.folder))
    assert workspace.find(learner.folder) == other


def test_a_variable_that_names_no_workspace_is_an_error_with_its_cure(tmp_path, monkeypatch):
    monkeypatch.setenv(workspace.VARIABLE, str(tmp_path))
    with pytest.raises(
        WorkspaceError, match=r"HIPBOOK_WORKSPACE must name a workspace, got .*hipbook --work"
    ):
        workspace.find()


@pytest.mark.parametrize(
    "marker", [b"", b"[]", b"{}", b'{"schema": "x", "given": {}}', b"\xff", b'{"schema": 1, "given": 3}']
)
def test_a_marker_that_cannot_be_understood_is_an_error_with_its_cure(learner, marker):
    (learner.folder / workspace.MARKER).write_bytes(marker)
    with pytest.raises(WorkspaceError, match=r"must be the JSON that hipbook wrote, .* rename it"):
        workspace.find(learner.folder)


def test_a_marker_of_a_newer_hipbook_is_refused(learner):
    path = learner.folder / workspace.MARKER
    path.write_text(json.dumps(json.loads(path.read_text()) | {"schema": 2}))
    with pytest.raises(WorkspaceError, match="schema 1 or less, got 2"):
        workspace.find(learner.folder)


def test_the_sentence_for_the_learner_says_where_or_that_nothing_is_saved(learner):
    assert f"{learner.folder.name}/log" in workspace.describe_workspace(learner)
    assert "nothing you do here is saved" in workspace.describe_workspace(None)


def test_finding_it_imports_nothing_heavy():
    script = "import sys, hipbook.workspace as w; w.find(); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    heavy = {"numpy", "pandas", "matplotlib", "ipywidgets", "filelock", "typer", "jupyter_core"}
    assert not heavy & set(done.stdout.split())


# -- keeping it up to date


def test_a_new_version_replaces_a_copy_that_was_only_run(learner, tmp_path, monkeypatch):
    """Running a notebook rewrites it; that is not a change of the learner's."""
    path = learner.folder / GUIDED
    path.write_bytes(executed(path.read_bytes()))
    ship(tmp_path / "shipped", monkeypatch, guided=notebook("new"))
    assert [(c.name, c.what) for c in workspace.update(learner)] == [(GUIDED, "updated")]
    assert path.read_bytes() == notebook("new")


def test_a_copy_that_was_only_run_is_left_alone_without_a_new_version(learner):
    path = learner.folder / GUIDED
    path.write_bytes(executed(path.read_bytes()))
    assert workspace.update(learner) == []
    assert path.read_bytes() == executed(notebook("import hipbook  # guided"))


def test_a_new_version_is_put_once_beside_a_changed_copy(learner, tmp_path, monkeypatch):
    path = learner.folder / GUIDED
    path.write_bytes(notebook("mine"))
    assert [(c.name, c.what) for c in workspace.update(learner)] == [(GUIDED, "kept")]

    ship(tmp_path / "shipped", monkeypatch, version="0.2.0", guided=notebook("new"))
    beside = "03_guided_stretches.new-0.2.0.ipynb"
    assert workspace.update(learner) == [workspace.Change(GUIDED, "beside", beside)]
    assert path.read_bytes() == notebook("mine")
    assert (learner.folder / beside).read_bytes() == notebook("new")

    (learner.folder / beside).unlink()
    assert [(c.name, c.what) for c in workspace.update(learner)] == [(GUIDED, "kept")]
    assert not (learner.folder / beside).exists()


def test_a_sample_in_a_subfolder_gets_its_new_version_beside_it_there(learner, monkeypatch, tmp_path):
    (learner.data_folder / "sample_holds.csv").write_text("mine")
    (tmp_path / "shipped" / "data" / "sample_holds.csv").write_text("new")
    assert workspace.update(learner) == [
        workspace.Change("data/sample_holds.csv", "beside", "data/sample_holds.new-0.1.0.csv")
    ]
    assert (learner.data_folder / "sample_holds.new-0.1.0.csv").read_text() == "new"


def test_a_deleted_copy_comes_back(learner):
    (learner.folder / START).unlink()
    assert [(c.name, c.what) for c in workspace.update(learner)] == [(START, "copied")]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.sampled_from(["learner", "shipped", "run"]), st.text(max_size=8)), max_size=6)
)
def test_whatever_happens_a_learners_text_is_never_lost(steps, tmp_path_factory, monkeypatch):
    base = tmp_path_factory.mktemp("lost")
    ship(base / "shipped", monkeypatch)
    made, _ = workspace.create(base / "w")
    path = made.folder / GUIDED
    for number, (who, words) in enumerate(steps):
        if who == "shipped":
            ship(base / "shipped", monkeypatch, version=f"0.{number}", guided=notebook(words))
        elif who == "run":
            path.write_bytes(executed(path.read_bytes()))
        else:
            path.write_bytes(notebook("mine: " + words))
        before = path.read_bytes()
        workspace.update(made)
        if b"mine: " in before:
            assert path.read_bytes() == before


cells = st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=20), max_size=4)


@given(sources=cells)
def test_a_run_does_not_change_the_fingerprint(sources):
    assert fingerprint("a.ipynb", notebook(*sources)) == fingerprint("a.ipynb", executed(notebook(*sources)))


@given(one=cells, other=cells)
def test_other_words_change_the_fingerprint(one, other):
    same = fingerprint("a.ipynb", notebook(*one)) == fingerprint("a.ipynb", notebook(*other))
    assert same == (one == other)


@pytest.mark.parametrize("broken", [b"", b"\xff\xfe", b"[]", b"3", b'{"cells": 3}', b'{"cells": [{}]}'])
def test_a_notebook_that_is_none_counts_byte_by_byte(broken):
    assert fingerprint("a.ipynb", broken) == fingerprint("a.txt", broken)
    assert fingerprint("a.ipynb", broken) != fingerprint("a.ipynb", broken + b" ")


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, b"new")
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("a.txt", "old")]


# -- putting back


def test_reset_brings_the_shipped_one_and_keeps_what_was_there(learner):
    path = learner.folder / GUIDED
    path.write_bytes(notebook("mine"))
    name, backup = workspace.reset(learner, "03")
    assert name == GUIDED
    assert path.read_bytes() == notebook("import hipbook  # guided")
    assert backup.parent == learner.folder
    assert backup.name.startswith("03_guided_stretches.backup-")
    assert backup.read_bytes() == notebook("mine")


def test_two_resets_in_one_second_keep_two_backups(learner):
    backups = set()
    for words in ("mine", "mine too"):
        (learner.folder / GUIDED).write_bytes(notebook(words))
        backups.add(workspace.reset(learner, "03")[1])
    assert {notebook("mine"), notebook("mine too")} <= learners_bytes(learner.folder)
    assert len(backups) == 2


def test_reset_of_an_untouched_copy_makes_no_backup(learner):
    assert workspace.reset(learner, "03") == (GUIDED, None)


def test_after_a_reset_new_versions_arrive_in_place(learner, tmp_path, monkeypatch):
    (learner.folder / GUIDED).write_bytes(notebook("mine"))
    ship(tmp_path / "shipped", monkeypatch, guided=notebook("new"))
    workspace.reset(learner, "03")
    ship(tmp_path / "shipped", monkeypatch, guided=notebook("newer"))
    assert [(c.name, c.what) for c in workspace.update(learner)] == [(GUIDED, "updated")]


# -- names and ports

NAMES = [START, GUIDED, "03b_more.ipynb", "exercises/03_guided.ipynb"]


@pytest.mark.parametrize(
    "wanted", ["03", "3", "003", "guided", "GUIDED", "03_guided_stretches", GUIDED, f"./{GUIDED}"]
)
def test_a_notebook_has_a_number_a_part_of_its_name_and_its_name(wanted):
    assert workspace.notebook_named(wanted, NAMES) == GUIDED


def test_an_exercise_is_named_with_its_folder():
    assert workspace.notebook_named("exercises/03", NAMES) == "exercises/03_guided.ipynb"
    assert workspace.notebook_named("exercises\\03_guided.ipynb", NAMES) == "exercises/03_guided.ipynb"


@pytest.mark.parametrize("wanted", ["4", "progress", "", "²"])
def test_an_unknown_notebook_is_answered_with_what_there_is(wanted):
    with pytest.raises(UnknownNotebookError, match=f"got {wanted!r}; there is: {', '.join(NAMES)}$"):
        workspace.notebook_named(wanted, NAMES)


def test_an_ambiguous_notebook_is_answered_with_what_it_fits():
    with pytest.raises(
        UnknownNotebookError, match=f"only one notebook, got 't'; there is: {START}, {GUIDED}$"
    ):
        workspace.notebook_named("t", [START, GUIDED, "x.md"])


def test_a_port_that_is_taken_is_not_chosen(monkeypatch):
    with socket.create_server((ports.HOST, 0)) as taken:
        port = taken.getsockname()[1]
        assert not ports.is_free(port)
        monkeypatch.setattr(ports, "PORTS", range(port, port + 1))
        assert ports.choose() is None
    assert ports.is_free(port)
    assert ports.choose() == port


def test_no_port_is_one_that_browsers_refuse():
    """Chromium and Firefox refuse a list of well-known ports; all of them are below 20,000."""
    assert ports.PORTS.start >= 20_000
    assert ports.PORTS.stop < 32_768
