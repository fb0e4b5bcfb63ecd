"""The shortcut on the desktop, for the three systems: it runs what it says, and spares what is not ours."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from hipbook import shortcut
from hipbook.workspace import WorkspaceError

SYSTEMS = ("linux", "darwin", "win32")
STRETCH = ["-P", "-m", "hipbook", "stretch", "--workspace"]
ODD = 'my "hüft"\\buch $HOME `ls` 100% \'s'
WINDOWS_ODD = "my hüft-buch & 100% (2) ^ 's"


def command_of_linux(text: str) -> list[str]:
    """Read a desktop entry as its specification says: the value first, then the Exec line in it."""
    entry = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    value = re.sub(r"\\(.)", r"\1", entry["Exec"])
    parts = re.findall(r'"((?:[^"\\]|\\.)*)"', value)
    return [re.sub(r"\\(.)", r"\1", part).replace("%%", "%") for part in parts]


@pytest.mark.parametrize("system", SYSTEMS)
def test_it_stretches_in_this_workspace_with_this_python(tmp_path, system):
    path = shortcut.place(tmp_path / "Desktop", tmp_path / "book", system)
    text = path.read_text(encoding="utf-8")
    assert path.parent == tmp_path / "Desktop"
    for part in (sys.executable, *STRETCH, str(tmp_path / "book")):
        assert part in text


def test_on_linux_odd_folders_arrive_letter_by_letter(tmp_path):
    path = shortcut.place(tmp_path, tmp_path / ODD, "linux")
    text = path.read_text(encoding="utf-8")
    assert command_of_linux(text) == [sys.executable, *STRETCH, str(tmp_path / ODD)]
    assert "100%% " in text.partition("Exec=")[2].partition("Path=")[0]
    assert text.startswith("[Desktop Entry]\n")
    assert "\nTerminal=true\n" in text
    assert path.name == "Stretch.desktop"


@pytest.mark.skipif(os.name == "nt", reason="needs a Unix shell")
def test_on_macos_odd_folders_arrive_letter_by_letter(tmp_path, monkeypatch):
    said = tmp_path / "say.py"
    said.write_text("#!/bin/sh\npwd\nprintf '%s\\n' \"$@\"\n")
    said.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(said))
    (tmp_path / ODD).mkdir()
    path = shortcut.place(tmp_path, tmp_path / ODD, "darwin")
    done = subprocess.run([path], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [str(tmp_path / ODD), *STRETCH, str(tmp_path / ODD)]
    assert path.name == "Stretch.command"


def test_on_windows_odd_folders_are_quoted_and_percent_signs_stay(tmp_path):
    path = shortcut.place(tmp_path, tmp_path / WINDOWS_ODD, "win32")
    lines = path.read_bytes().decode("utf-8").split("\r\n")
    expected = [sys.executable, *STRETCH, str(tmp_path / WINDOWS_ODD)]
    [line] = [line for line in lines if "hipbook" in line and not line.startswith("rem")]
    assert shlex.split(line.replace("\\", "\\\\").replace("%%", "%")) == expected
    assert "100%% " in line
    assert lines.index("chcp 65001 >nul") < lines.index(line)
    assert path.name == "Stretch.cmd"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bit")
@pytest.mark.parametrize("system", SYSTEMS[:2])
def test_it_may_be_run(tmp_path, system):
    assert os.access(shortcut.place(tmp_path, tmp_path / "book", system), os.X_OK)


@pytest.mark.parametrize("system", SYSTEMS)
def test_an_earlier_shortcut_is_replaced_and_then_removed(tmp_path, system):
    shortcut.place(tmp_path, tmp_path / "old", system)
    path = shortcut.place(tmp_path, tmp_path / "new", system)
    assert str(tmp_path / "new") in path.read_text(encoding="utf-8")
    assert shortcut.remove(tmp_path, system) == path
    assert shortcut.remove(tmp_path, system) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_somebody_elses_file_of_that_name_stays(tmp_path, system):
    path = tmp_path / shortcut.NAMES[system]
    path.write_text("mine")
    with pytest.raises(WorkspaceError, match="hipbook did not make"):
        shortcut.place(tmp_path, tmp_path / "book", system)
    with pytest.raises(WorkspaceError, match="it stays"):
        shortcut.remove(tmp_path, system)
    assert path.read_text() == "mine"


def test_a_folder_of_two_lines_is_refused(tmp_path):
    with pytest.raises(WorkspaceError, match="a name of one line"):
        shortcut.place(tmp_path, tmp_path / "a\nExec=rm", "linux")


# --- where the desktop is


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    (tmp_path / ".config").mkdir()
    return tmp_path


def settings(home: Path, line: str) -> None:
    (home / ".config" / "user-dirs.dirs").write_text(f"# a comment\n{line}\n", encoding="utf-8")


@pytest.mark.parametrize(
    "named", ["$HOME/Área de Trabalho", "{home}/elsewhere/desk top", '$HOME/a \\"desk\\"']
)
def test_on_linux_it_is_what_the_settings_call_so(home, named):
    folder = Path(named.replace("$HOME", str(home)).replace("\\", "").format(home=home))
    folder.mkdir(parents=True)
    settings(home, f'XDG_DESKTOP_DIR="{named.format(home=home)}"')
    assert shortcut.desktop("linux") == folder


def test_the_settings_may_be_elsewhere(home, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    monkeypatch.setattr(Path, "home", lambda: home / "me")
    settings(home, f'XDG_DESKTOP_DIR="{home}"')
    assert shortcut.desktop("linux") == home


@pytest.mark.parametrize("line", [None, "", 'XDG_DESKTOP_DIR="$HOME/"', 'XDG_DESKTOP_DIR="relative"'])
@pytest.mark.parametrize("system", ["linux", "darwin"])
def test_otherwise_it_is_the_folder_desktop(home, line, system):
    if line is not None:
        settings(home, line)
    (home / "Desktop").mkdir()
    assert shortcut.desktop(system) == home / "Desktop"


def test_without_a_desktop_one_line_says_how_to_name_a_folder(home):
    with pytest.raises(WorkspaceError, match=r"found none at .* --to DIR"):
        shortcut.desktop("linux")
