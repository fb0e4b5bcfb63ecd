"""What README and CONTRIBUTING say is so: commands, paths, packages, versions; no file says an address."""

from __future__ import annotations

import functools
import itertools
import json
import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import mistune
import pytest
import typer
import yaml
from packaging.requirements import Requirement

from hipbook import cli, commands, shipped, workspace

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DOCUMENTS = ("README.md", "CONTRIBUTING.md")
PLACEHOLDERS = {"DIR": "somewhere", "N": "8899", "NOTEBOOK": "03"}
"""What a reader puts in for a word of a command in capitals."""

LEARNERS = ("hipbook-workbook", "log/holds.csv", ".venv/")
"""Paths that the documents name and that are made on the reader's machine."""

PATH = re.compile(r"[\w.*-]+(?:/[\w.*-]+)*/?")
SUFFIX = re.compile(r"\.(?:cff|csv|ipynb|m?js|json|md|png|py|svg|toml|txt|yml)$")

# Not written out here, or this file would break its own rule.
MACHINE = re.compile(r"(?<![\w.])/(?:root\b|work\b|home/\w|Users/\w|tmp/\w)|\b[A-Z]:\\Users|\.\./shared\b")
REGISTRY = re.compile(
    r"\b(?:pypi\.(?:org|python)|pythonhosted\.org|npm(?:js\.(?:org|com)|mirror)|yarnpkg\.com|anaconda\.(?:org|com)"
    r"|jsdelivr\.net|unpkg\.com|cdnjs\.|esm\.sh|skypack\.dev|proxy\.golang)"
)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def tokens(markdown: str) -> Iterator[dict]:
    """Yield every token of a markdown text, outer ones first."""

    def walk(token: dict) -> Iterator[dict]:
        yield token
        for child in token.get("children", ()):
            yield from walk(child)

    for token in mistune.create_markdown(renderer=None, plugins=["table"])(markdown):
        yield from walk(token)


def code(markdown: str) -> list[str]:
    """Return what stands as code: inline, and each command of each block."""
    found = []
    for token in tokens(markdown):
        if token["type"] == "codespan":
            found.append(token["raw"])
        elif token["type"] == "block_code":
            found += re.split(r"&&|;|\n", token["raw"])
    return [" ".join(part.partition(" #")[0].split()) for part in found]


def hipbook_commands(markdown: str) -> list[list[str]]:
    """Return the arguments of each ``hipbook …`` in a text, placeholders put in."""
    lines = (line.replace("\\", "/") for line in code(markdown))
    split = (shlex.split(line) for line in lines if re.match(r"(?:\S+/)?hipbook(?: |$)", line))
    return [[PLACEHOLDERS.get(word, word) for word in words[1:]] for words in split]


def named_paths(markdown: str) -> set[str]:
    """Return the paths of this repository that a text links to or names as code."""
    links = [token["attrs"]["url"] for token in tokens(markdown) if token["type"] in ("link", "image")]
    found = {link.partition("#")[0] for link in links if "://" not in link}
    for words in code(markdown):
        for word in re.split(r"[\s`,\"]+", words):
            if PATH.fullmatch(word) and ("/" in word or SUFFIX.search(word)):
                found.add(word)
    return {path for path in found if path and not path.startswith(LEARNERS)}


def exists(path: str) -> bool:
    """Return whether a path is there: from the root, the package or the data; a pattern in the sources."""
    if "*" in path:
        return any((ROOT / "frontend" / "src").rglob(path))
    return any((base / path).exists() for base in (ROOT, ROOT / "hipbook", ROOT / "data"))


# --- commands -------------------------------------------------------------


@pytest.fixture
def given(monkeypatch) -> list[tuple[str, dict]]:
    """Return what the command line asks for, which only is noted."""
    asked: list[tuple[str, dict]] = []

    def noting(name, info):
        @functools.wraps(info.callback)
        def note(**values):
            asked.append((name, values))

        return note

    for name, info in every_command().items():
        monkeypatch.setattr(info, "callback", noting(name, info))
    return asked


def every_command() -> dict[str, typer.models.CommandInfo]:
    """Return the commands, those of a group with its name before theirs."""
    found = {info.name: info for info in commands.app.registered_commands}
    for group in commands.app.registered_groups:
        found |= {f"{group.name} {info.name}": info for info in group.typer_instance.registered_commands}
    return found


def accepts(arguments: list[str], given: list[tuple[str, dict]]) -> bool:
    """Return whether the command line takes the arguments, and knows the notebook that they name."""
    notebooks = [name for name in shipped.workspace_files() if name.endswith(".ipynb")]
    if cli.main(arguments) != 0 or not given:
        return False
    wanted = given[-1][1].get("notebook")
    try:
        return wanted is None or bool(workspace.notebook_named(wanted, notebooks))
    except workspace.UnknownNotebookError:
        return False


@pytest.mark.parametrize(
    ("document", "line"),
    [(name, line) for name in DOCUMENTS for line in hipbook_commands(read(name))],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_a_command_that_a_document_shows_is_accepted(document, line, given):
    assert accepts(line, given), f"{document}: hipbook {' '.join(line)}"


@pytest.mark.parametrize(
    "line", ["certify", "open 99", "open --wokspace x", "open --port 80", "reset", "check 03"]
)
def test_a_command_that_does_not_exist_is_noticed(line, given):
    assert not accepts(line.split(), given)


def test_every_command_is_shown_in_the_readme(given):
    for line in hipbook_commands(read("README.md")):
        cli.main(line)
    assert {name for name, _ in given} == set(every_command())


def test_the_commands_of_the_browser_side_exist():
    scripts = set(json.loads(read("frontend/package.json"))["scripts"])
    lines = [line for name in DOCUMENTS for line in code(read(name)) if line.startswith(("npm ", "… "))]
    asked = {words[-1] for words in map(str.split, lines) if "ci" not in words}
    assert asked
    assert asked <= scripts


# --- paths, packages, versions --------------------------------------------


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_paths_that_a_document_names_are_there(name):
    named = named_paths(read(name))
    assert named
    assert {path for path in named if not exists(path)} == set()


def test_a_path_that_is_not_there_is_noticed():
    made = (
        "See [it](docs/none.md#a) and `python tools/none.py`, `gone/` or ![p](none.png); not `a, b` or `x.y`."
    )
    assert named_paths(made) == {"docs/none.md", "tools/none.py", "gone/", "none.png"}
    assert not any(map(exists, named_paths(made)))


def test_the_notebooks_that_a_document_or_a_sentence_names_are_there():
    notebooks = {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")}
    texts = {name: read(name) for name in (*DOCUMENTS, "CHANGELOG.md", "hipbook/strings/en.json")}
    named = {(name, found) for name, said in texts.items() for found in re.findall(r"\b\d\d_[a-z_]+\b", said)}
    assert named
    assert {pair for pair in named if pair[1] not in notebooks} == set()


def test_the_readme_says_of_each_dependency_what_it_is_for():
    table = read("README.md").partition("| package |")[2].partition("\n\n")[0].splitlines()[2:]
    said = [name.strip() for row in table for name in row.split("|")[1].rpartition("*")[2].split(",")]
    needed = itertools.chain(PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())
    assert set(said) == {Requirement(line).name for line in needed}
    assert len(said) == len(set(said))


def test_the_changelog_tells_of_this_version():
    heads = re.findall(r"^## (\S+) \(\d{4}-\d\d-\d\d\)$", read("CHANGELOG.md"), re.MULTILINE)
    assert PROJECT["version"] in heads


def test_the_citation_is_of_this_version():
    assert yaml.safe_load(read("CITATION.cff"))["version"] == PROJECT["version"]


# --- no addresses ---------------------------------------------------------


@pytest.fixture(scope="module")
def kept_files(skip_or_fail) -> dict[str, str]:
    """Return the text of each file that git keeps, or would keep, in whatever encoding."""
    if not (ROOT / ".git").exists():
        skip_or_fail("a git checkout", "clone the repository to test what it keeps")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    contents = {path: path.read_bytes() for path in paths if path.is_file()}
    return {
        path.relative_to(ROOT).as_posix(): content.decode("utf-8", errors="replace")
        for path, content in contents.items()
        if b"\0" not in content
    }


@pytest.mark.parametrize("rule", [MACHINE, REGISTRY], ids=["machine", "registry"])
def test_no_file_names_a_place_of_one_machine_or_a_registry(rule, kept_files):
    assert len(kept_files) > 50
    found = {name: hit[0] for name, content in kept_files.items() if (hit := rule.search(content))}
    assert found == {}


@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        (MACHINE, ("see /ro", "ot/notes")),
        (MACHINE, ("'/ho", "me/ann/x'")),
        (MACHINE, ("C:", "\\Users\\ann")),
        (MACHINE, ("in ..", "/shared")),
        (REGISTRY, ("https://py", "pi.org/simple")),
        (REGISTRY, ("registry.npm", "js.org")),
        (REGISTRY, ("cdn.js", "delivr.net/npm")),
    ],
)
def test_an_address_is_noticed(rule, parts):
    assert rule.search("".join(parts))


def test_git_keeps_no_link_to_a_place_of_one_machine():
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [name for name in listed.split("\0") if name and (ROOT / name).is_symlink()] == []
