"""`hipbook check`: each thing that can be missing is found, and comes with the command that cures it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import namedtuple
from importlib import metadata
from pathlib import Path

import pytest
from workbook_double import ship

from hipbook import check, kernels, shipped, workspace

ROOT = Path(__file__).parents[1]


@pytest.fixture
def learner(tmp_path, monkeypatch):
    monkeypatch.delenv(workspace.VARIABLE, raising=False)
    ship(tmp_path / "shipped", monkeypatch)
    return workspace.create(tmp_path / "w")[0]


def finding(name: str, *given, **named) -> check.Finding:
    """Return the only finding of that name."""
    [one] = [found for found in check.diagnose(*given, **named) if found.name == name]
    assert one.ok == (one.cure is None)
    return one


def pretend_version(monkeypatch, package: str, version: str | None) -> None:
    real = metadata.version

    def pretended(name: str) -> str:
        if name != package:
            return real(name)
        if version is None:
            raise metadata.PackageNotFoundError(name)
        return version

    monkeypatch.setattr(metadata, "version", pretended)


def test_every_finding_of_this_machine_has_words_and_failures_have_a_cure(learner):
    findings = check.diagnose(learner)
    names = [found.name for found in findings]
    assert len(names) == len(set(names))
    assert {"Python", "Environment", "Package jupyterlab", "Player", "Workspace", "Log", "Disk"} <= set(names)
    assert all(found.found for found in findings)
    assert all(found.ok == (found.cure is None) for found in findings)


def test_python_is_named_with_its_version_and_place():
    found = finding("Python")
    assert found.ok
    assert sys.executable in found.found
    assert sys.version.split()[0] in found.found


def test_an_old_python_fails(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 12))
    assert "-m venv" in finding("Python").cure


def test_a_missing_package_fails_and_the_cure_names_the_bound(monkeypatch):
    pretend_version(monkeypatch, "anywidget", None)
    found = finding("Package anywidget")
    assert found.found == "not installed"
    assert re.search(r'-m pip install --upgrade "anywidget>=[\d.]+"$', found.cure)
    assert [missing.name for missing in check.missing_packages()] == ["Package anywidget"]


def test_a_package_below_the_bound_fails(monkeypatch):
    pretend_version(monkeypatch, "jupyterlab", "3.6.1")
    found = finding("Package jupyterlab")
    assert not found.ok
    assert re.fullmatch(r"3\.6\.1, but hipbook needs >=[\d.]+", found.found)


def test_a_version_that_was_not_tested_passes_and_says_so(monkeypatch):
    pretend_version(monkeypatch, "jupyterlab", "99.1")
    found = finding("Package jupyterlab")
    assert found.ok
    assert found.found == f"99.1 (hipbook was tested with {check.tested_versions()['jupyterlab']})"


def test_a_package_that_only_another_system_needs_is_not_asked_for():
    names = {needed.name for needed in check.requirements()}
    assert ("tzdata" in names) == (sys.platform == "win32")
    assert "pytest" not in names


@pytest.mark.parametrize(("managed", "ok"), [(True, False), (False, True)])
def test_outside_a_virtual_environment_only_a_managed_python_fails(managed, ok, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    monkeypatch.setattr(check.sysconfig, "get_path", lambda _: str(tmp_path))
    if managed:
        (tmp_path / "EXTERNALLY-MANAGED").touch()
    assert finding("Environment").ok is ok


def test_a_conda_environment_is_an_environment(monkeypatch, tmp_path):
    (tmp_path / "conda-meta").mkdir()
    (tmp_path / "EXTERNALLY-MANAGED").touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    monkeypatch.setattr(check.sysconfig, "get_path", lambda _: str(tmp_path))
    assert str(tmp_path) in finding("Environment").found


def test_the_kernel_is_this_python_even_when_another_one_comes_first(monkeypatch, tmp_path):
    other = tmp_path / "kernels" / "python3"
    other.mkdir(parents=True)
    (other / "kernel.json").write_text(json.dumps({"argv": ["/bin/false"], "display_name": "Wrong"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    listed = kernels.ThisPythonFirst().get_all_specs()
    assert listed["python3"]["spec"]["argv"][0] == sys.executable
    assert finding("Kernel").found.endswith(sys.executable)


def test_other_kernels_stay_on_the_list(monkeypatch, tmp_path):
    other = tmp_path / "kernels" / "ir"
    other.mkdir(parents=True)
    (other / "kernel.json").write_text(
        json.dumps({"argv": ["R", "{connection_file}"], "display_name": "R", "language": "R"})
    )
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    assert kernels.ThisPythonFirst().get_kernel_spec("ir").argv[0] == "R"
    assert "ir" in kernels.ThisPythonFirst().find_kernel_specs()


def test_a_kernel_really_starts_and_imports_hipbook(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    found = finding("Kernel", start_kernel=True)
    assert (found.ok, found.found) == (True, f"started, with {sys.executable}")


def test_a_kernel_that_cannot_import_hipbook_fails(monkeypatch, tmp_path):
    (tmp_path / "hipbook.py").write_text("raise RuntimeError('not this one')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    found = finding("Kernel", start_kernel=True)
    assert not found.ok
    assert found.found == "the kernel started but could not import hipbook: not this one"


def test_missing_widgets_fail_and_are_named(monkeypatch, tmp_path):
    from jupyter_core import paths

    (tmp_path / "@jupyter-widgets" / "jupyterlab-manager").mkdir(parents=True)
    monkeypatch.setattr(paths, "jupyter_path", lambda *_: [str(tmp_path)])
    found = finding("Widgets")
    assert not found.ok
    assert found.found == "JupyterLab lacks anywidget"


@pytest.mark.parametrize(("content", "ok"), [(None, False), ("", False), (" \n", False), ("export {}", True)])
def test_a_missing_or_empty_player_fails(content, ok, monkeypatch, tmp_path):
    folder = tmp_path / "widgets" / "static"
    folder.mkdir(parents=True)
    if content is not None:
        (folder / "player.js").write_text(content)
    monkeypatch.setattr(check.resources, "files", lambda _: tmp_path)
    assert finding("Player").ok is ok


def test_the_player_of_a_checkout_is_brought_back_by_git_and_of_a_wheel_by_pip(monkeypatch, tmp_path):
    monkeypatch.setattr(check.resources, "files", lambda _: tmp_path)
    assert finding("Player").cure == f'git -C "{ROOT}" checkout HEAD -- hipbook/widgets/static'
    monkeypatch.setattr(shipped, "checkout", lambda: None)
    assert finding("Player").cure.endswith("-m pip install --force-reinstall --no-deps hipbook")


def test_no_workspace_is_no_failure():
    assert finding("Workspace").ok
    assert not any(found.name == "Log" for found in check.diagnose())


def test_a_healthy_workspace_passes_and_is_left_as_it_was(learner):
    before = sorted(learner.folder.rglob("*"))
    assert finding("Workspace", learner).ok
    assert finding("Log", learner).found == "empty so far; the first finished stretch begins it"
    assert sorted(learner.folder.rglob("*")) == before


def test_the_log_is_counted_and_not_changed(learner):
    (learner.log_folder / "holds.csv").write_bytes(b"id\n1\n")
    assert finding("Log", learner).found == f"CSV files in {learner.log_folder}: 1"
    assert (learner.log_folder / "holds.csv").read_bytes() == b"id\n1\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_closed_workspace_and_log_fail_with_their_cures(learner, tmp_path):
    log = learner.log_folder / "holds.csv"
    log.write_bytes(b"id\n")
    log.chmod(0o400)
    learner.folder.chmod(0o555)
    for folder in (tmp_path, *tmp_path.parents):  # pytest closes its own folders to others
        if folder.stat().st_uid == os.geteuid() and folder.is_relative_to(tempfile.gettempdir()):
            folder.chmod(folder.stat().st_mode | 0o055)
    script = (
        "import os, sys, pathlib, json, dataclasses\n"
        "from hipbook import check, workspace\n"
        "list(check._places(None))  # loads what a user without rights could not load\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "found = check._places(workspace.read(pathlib.Path(sys.argv[1])))\n"
        "print(json.dumps([dataclasses.asdict(one) for one in found]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(learner.folder)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    place, table, _ = json.loads(done.stdout)
    assert (place["ok"], place["cure"]) == (False, f'chmod u+rwx "{learner.folder}"')
    assert (table["ok"], table["cure"]) == (False, f'chmod u+rw "{log}"')
    assert "Permission denied" in place["found"]


@pytest.mark.parametrize(
    ("free_mb", "ok"), [(check.NEEDED_SPACE_MB - 1, False), (check.NEEDED_SPACE_MB, True)]
)
def test_a_full_disk_fails(free_mb, ok, monkeypatch):
    usage = namedtuple("usage", "free")(free_mb * 1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    assert finding("Disk").ok is ok


def test_a_missing_package_stops_what_would_need_it(monkeypatch):
    """Without Jupyter nothing can be asked about kernels, and asking would end in a traceback."""
    pretend_version(monkeypatch, "jupyterlab", None)
    assert not any(found.name in ("Kernel", "Widgets") for found in check.diagnose())
