"""What is installed: pip and conda get the same, the tested versions fit, the wheel is complete."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

CONDA_NAMES = {
    "build": "python-build",
    "lazy-loader": "lazy_loader",
    "matplotlib": "matplotlib-base",
    "playwright": "playwright-python",
    "typst": "typst-py",
    "tzdata": "python-tzdata",
}
"""conda-forge's name where it differs from the index's; all others are the same."""

HELD_BACK = ("textstat",)
"""Packages with an upper bound: from 0.7.4 on, textstat wants a download at run time and fails offline."""


def required() -> list[Requirement]:
    lines = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"]
    return [Requirement(line) for line in lines]


def asked_for() -> list[Requirement]:
    """Return what is needed to use and to test hipbook, and what each of its extras needs."""
    lines = itertools.chain(PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())
    return [Requirement(line) for line in lines]


def pinned() -> dict[str, Version]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if not line.startswith("#")]
    return {canonicalize_name(name): Version(version) for name, version in pairs}


def is_pinned(name: str, version: str) -> bool:
    return pinned().get(canonicalize_name(name)) == Version(version)


def conda() -> dict:
    return yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


def test_conda_and_pip_ask_for_the_same_packages_with_the_same_bounds():
    asked = {CONDA_NAMES.get(r.name, r.name): r.specifier for r in required()}
    asked |= {"python": SpecifierSet(PROJECT["requires-python"]), "pip": SpecifierSet()}
    listed = [
        re.fullmatch(r"([\w-]+)(.*)", line) for line in conda()["dependencies"] if isinstance(line, str)
    ]
    assert {match[1]: SpecifierSet(match[2]) for match in listed} == asked


def test_conda_takes_everything_from_conda_forge_and_hipbook_from_here():
    assert conda()["name"] == "hipbook"
    assert conda()["channels"] == ["conda-forge"]
    assert [part for part in conda()["dependencies"] if isinstance(part, dict)] == [{"pip": ["-e ."]}]


def test_each_dependency_has_a_tested_version_within_its_bounds():
    versions = pinned()
    assert {canonicalize_name(r.name) for r in asked_for()} <= set(versions)
    wrong = [r for r in asked_for() if not r.specifier.contains(versions[canonicalize_name(r.name)])]
    assert wrong == []


def test_each_dependency_has_a_lower_bound_and_no_upper_one_without_a_reason():
    operators = {r.name: {part.operator for part in r.specifier} for r in asked_for()}
    assert {name for name, found in operators.items() if found != {">="}} == set(HELD_BACK)


def test_the_tested_versions_install_on_every_python_that_hipbook_asks_for():
    oldest = "3.11.0"
    installed = [one for one in metadata.distributions() if is_pinned(one.name, one.version)]
    assert len(installed) > 20
    too_new = {
        f"{one.name} {one.version} wants Python {one.metadata['Requires-Python']}"
        for one in installed
        if oldest not in SpecifierSet(one.metadata.get("Requires-Python") or "")
    }
    assert too_new == set()


def test_the_constraints_hold_names_and_versions_and_no_addresses():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert [line for line in lines[1:] if not re.fullmatch(r"[\w.-]+==[\w.!+]+", line)] == []
    assert "hipbook" not in pinned()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    [file] = folder.glob("*.whl")
    return file


def tracked(folder: str, pattern: str) -> set[str]:
    """Return the files of one kind below a folder of the checkout, relative to it."""
    found = (path.relative_to(ROOT / folder) for path in (ROOT / folder).rglob(pattern))
    return {path.as_posix() for path in found if not any(part.startswith(".") for part in path.parts)}


def test_the_wheel_carries_notebooks_data_sentences_bundles_and_tested_versions(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, target, pattern in (
        ("notebooks", "hipbook/_shipped/notebooks/", "*.ipynb"),
        ("data", "hipbook/_shipped/data/", "*.*"),
        ("hipbook/strings", "hipbook/strings/", "*.json"),
        ("hipbook/widgets/static", "hipbook/widgets/static/", "*.*"),
        ("hipbook/page", "hipbook/page/", "*.html"),
        ("hipbook/reporting", "hipbook/reporting/", "report.*"),
        ("hipbook/site", "hipbook/site/", "*.jinja"),
        ("hipbook/site", "hipbook/site/", "*.toml"),
        ("hipbook", "hipbook/", "*.py"),
    ):
        expected = {target + name for name in tracked(folder, pattern)}
        assert expected, f"nothing to carry in {folder}"
        assert expected <= names
    assert any(name.endswith(".dist-info/extra_metadata/constraints.txt") for name in names)


def test_the_wheel_carries_nothing_that_only_maintainers_use(wheel):
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"hipbook"}
    names = zipfile.ZipFile(wheel).namelist()
    assert [
        name for name in names if re.search(r"node_modules|__pycache__|\.ipynb_checkpoints|\.hipbook$", name)
    ] == []


def test_the_wheel_works_outside_the_checkout(wheel, tmp_path):
    """A fresh environment with only the wheel; what it needs is read from the environment of the tests."""
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=False, symlinks=os.name != "nt")
    paths = sysconfig.get_paths(vars={"base": str(environment), "platbase": str(environment)})
    python = Path(paths["scripts"]) / ("python.exe" if os.name == "nt" else "python")
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index"]
    subprocess.run([*install, "--quiet", str(wheel)], check=True, capture_output=True)
    # Read last, so that the wheel's own hipbook goes first.
    Path(paths["purelib"], "needed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")

    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "HIPBOOK"))}
    script = (
        "import hipbook, pathlib; from hipbook import check, shipped, workspace\n"
        "print(pathlib.Path(hipbook.__file__ or next(iter(hipbook.__path__))).as_posix())\n"
        "print(shipped.checkout(), len(check.tested_versions()))\n"
        "made, changes = workspace.create('workbook')\n"
        "print(*sorted(change.name for change in changes))\n"
    )

    def run(*command: str) -> str:
        done = subprocess.run(command, cwd=tmp_path, env=clean, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    command = Path(paths["scripts"]) / ("hipbook.exe" if os.name == "nt" else "hipbook")
    assert run(str(command), "--version") == f"hipbook {PROJECT['version']}\n"
    place, checkout, copied = run(str(python), "-c", script).splitlines()
    assert Path(place).is_relative_to(environment)
    assert checkout == f"None {len(pinned())}"
    assert tracked("notebooks", "*.ipynb") | {"data/README.txt"} <= set(copied.split())
    assert (tmp_path / "workbook" / ".hipbook").is_file()
