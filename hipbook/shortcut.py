"""A double click that opens today's stretch: a small file on the desktop that runs `hipbook stretch`."""

from __future__ import annotations

import os
import re
import shlex
import sys
from pathlib import Path

from hipbook.atomic import write_atomically
from hipbook.workspace import WorkspaceError

__all__ = ["desktop", "place", "remove"]

MARK = "made by `hipbook shortcut`"
"""Stands in every shortcut of ours; a file without it is somebody else's."""

NAMES = {"linux": "Stretch.desktop", "darwin": "Stretch.command", "win32": "Stretch.cmd"}


def place(folder: Path, workspace: Path, system: str = sys.platform) -> Path:
    """Put the shortcut of a workspace into a folder, in place of an earlier one of ours.

    Parameters
    ----------
    folder : Path
        Mostly `desktop`; made if need be.
    workspace : Path
        Absolute.
    system : {"linux", "darwin", "win32"}

    Returns
    -------
    Path
        The shortcut.

    Raises
    ------
    WorkspaceError
        When a file of that name is not ours, or a path cannot be written into one.
    """
    command = [sys.executable, "-P", "-m", "hipbook", "stretch", "--workspace", str(workspace)]
    if any(re.search(r"[\x00-\x1f]", part) for part in command):
        raise WorkspaceError(f"the folder must have a name of one line, got {str(workspace)!r}: rename it")
    path = folder / _name(system)
    if path.exists() and not _is_ours(path):
        raise WorkspaceError(f"{path} must be free, and is a file that hipbook did not make: rename it")
    write = {"darwin": _for_macos, "win32": _for_windows}.get(system, _for_linux)
    write_atomically(path, write(command, str(workspace)).encode())
    path.chmod(0o755)
    return path


def remove(folder: Path, system: str = sys.platform) -> Path | None:
    """Remove our shortcut from a folder; return where it was, or None when there was none.

    Raises
    ------
    WorkspaceError
        When the file of that name is not ours.
    """
    path = folder / _name(system)
    if not path.exists():
        return None
    if not _is_ours(path):
        raise WorkspaceError(f"{path} must be a shortcut of hipbook's, and is another file: it stays")
    path.unlink()
    return path


def desktop(system: str = sys.platform) -> Path:
    """Return the folder of the person's desktop.

    Raises
    ------
    WorkspaceError
        When this computer shows none.
    """
    named = {"win32": _named_by_windows, "darwin": lambda: None}.get(system, _named_by_xdg)()
    folder = named or Path.home() / "Desktop"
    if not folder.is_dir():
        raise WorkspaceError(f"the desktop must be a folder, found none at {folder}: name one with --to DIR")
    return folder


def _name(system: str) -> str:
    return NAMES.get(system, NAMES["linux"])


def _is_ours(path: Path) -> bool:
    return path.is_file() and MARK.encode() in path.read_bytes()


def _for_linux(command: list[str], workspace: str) -> str:
    """Return a desktop entry; the file is quoted twice, as its specification asks (Exec, then any value)."""

    def quoted(part: str) -> str:
        return '"' + re.sub(r'(["`$\\])', r"\\\1", part).replace("%", "%%") + '"'

    def value(words: str) -> str:
        return words.replace("\\", "\\\\")

    lines = (
        "[Desktop Entry]",
        f"# {MARK}",
        "Type=Application",
        "Version=1.0",
        "Name=Stretch",
        "Comment=A guided five-minute stretch, with hipbook",
        f"Exec={value(' '.join(map(quoted, command)))}",
        f"Path={value(workspace)}",
        "Terminal=true",
    )
    return "\n".join(lines) + "\n"


def _for_macos(command: list[str], workspace: str) -> str:
    return f"#!/bin/sh\n# {MARK}\ncd {shlex.quote(workspace)} || exit 1\nexec {shlex.join(command)}\n"


def _for_windows(command: list[str], _workspace: str) -> str:
    # Quotes cannot be part of a path there; a percent sign would begin a variable.
    line = " ".join(f'"{part}"' for part in command).replace("%", "%%")
    lines = ("@echo off", f"rem {MARK}", "chcp 65001 >nul", line, "if errorlevel 1 pause")
    return "\r\n".join(lines) + "\r\n"


def _named_by_xdg() -> Path | None:
    """Return what the person's settings call their desktop."""
    settings = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "user-dirs.dirs"
    try:
        found = re.findall(r'^XDG_DESKTOP_DIR="(.*)"\s*$', settings.read_text(encoding="utf-8"), re.MULTILINE)
    except (OSError, ValueError):
        return None
    named = Path(re.sub(r"\\(.)", r"\1", found[-1]).replace("$HOME", str(Path.home()), 1)) if found else None
    # The home folder itself stands for: no desktop.
    return named if named and named.is_absolute() and named != Path.home() else None


def _named_by_windows() -> Path | None:
    """Return the desktop of the registry, which may be in a synchronised folder."""
    import winreg

    folders = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, folders) as key:
            return Path(os.path.expandvars(winreg.QueryValueEx(key, "Desktop")[0]))
    except OSError:
        return None
