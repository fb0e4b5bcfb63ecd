"""Where the files that come with hipbook lie: inside the package in a wheel, beside it in a checkout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hipbook.strings import text

__all__ = [
    "ShippedFileMissingError",
    "checkout",
    "constraints",
    "data_folder",
    "notebooks_folder",
    "project",
    "version",
    "workspace_files",
]

PERSONAL = "personal"
"""Tag of the notebooks' cells whose answer depends on whose machine and log they run on."""

_PACKAGE = Path(__file__).resolve().parent


class ShippedFileMissingError(FileNotFoundError):
    """A file or folder that every hipbook carries is not there."""


def _shipped(name: str) -> Path:
    for place in (_PACKAGE / "_shipped" / name, _PACKAGE.parent / name):
        if place.exists():
            return place
    raise ShippedFileMissingError(
        f"hipbook must carry {name}, found neither {_PACKAGE / '_shipped' / name} nor "
        f"{_PACKAGE.parent / name}: install hipbook again"
    )


def notebooks_folder() -> Path:
    """Return the folder of the workbook's notebooks as shipped; never write into it.

    Raises
    ------
    ShippedFileMissingError
        When the installation is incomplete; the message names both places looked at.
    """
    return _shipped("notebooks")


def data_folder() -> Path:
    """Return the folder of the stretches, the samples and their description as shipped; never write into it.

    Raises
    ------
    ShippedFileMissingError
        When the installation is incomplete; the message names both places looked at.
    """
    return _shipped("data")


def constraints() -> str:
    """Return the list of the package versions that hipbook was tested with, a line each.

    Raises
    ------
    ShippedFileMissingError
        When the installation is incomplete.
    """
    from importlib import metadata

    folder = checkout()
    if folder is not None:
        return (folder / "constraints.txt").read_text(encoding="utf-8")
    listed = metadata.distribution("hipbook").read_text("extra_metadata/constraints.txt")
    if listed is None:
        raise ShippedFileMissingError("hipbook must carry constraints.txt, found none: install hipbook again")
    return listed


def version() -> str:
    """Return the version of this hipbook, also in a checkout that was never installed."""
    from importlib import metadata

    try:
        return metadata.version("hipbook")
    except metadata.PackageNotFoundError:
        return project()["version"]


def checkout() -> Path | None:
    """Return the folder of the repository that this hipbook runs from, or None when it came as a wheel."""
    folder = _PACKAGE.parent
    return folder if (folder / "pyproject.toml").is_file() and not (_PACKAGE / "_shipped").exists() else None


def project() -> dict[str, Any]:
    """Return the `project` table of a checkout's `pyproject.toml`: what metadata say once it is installed.

    Raises
    ------
    ShippedFileMissingError
        When this hipbook does not run from a checkout.
    """
    import tomllib

    return tomllib.loads(_shipped("pyproject.toml").read_text(encoding="utf-8"))["project"]


def workspace_files() -> dict[str, bytes]:
    """Return what belongs into a workspace: content by name relative to its folder, with forward slashes.

    These are the notebooks, the samples with a description limited to them, and a note that they are
    synthetic.

    Raises
    ------
    ShippedFileMissingError
        When the installation is incomplete.
    """
    notebooks, data = notebooks_folder(), data_folder()
    files = {
        path.relative_to(notebooks).as_posix(): _unasked(path)
        for path in sorted(notebooks.rglob("*"))
        if path.is_file() and not _is_left_over(path.relative_to(notebooks))
    }
    samples = {path.name: path.read_bytes() for path in sorted(data.glob("sample_*.csv"))}
    if (data / "datapackage.json").is_file():
        samples["datapackage.json"] = _limited(data / "datapackage.json", set(samples))
    samples["README.txt"] = text("workspace.data_readme").encode()
    return files | {f"data/{name}": content for name, content in samples.items()}


def _unasked(path: Path) -> bytes:
    """Return a file, a notebook without what it said to somebody else: "all is well", "your log is empty"."""
    if path.suffix != ".ipynb":
        return path.read_bytes()
    notebook = json.loads(path.read_text(encoding="utf-8"))
    personal = [cell for cell in notebook["cells"] if PERSONAL in cell["metadata"].get("tags", ())]
    if not personal:
        return path.read_bytes()
    for cell in personal:
        cell.update(outputs=[], execution_count=None)
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()


def _is_left_over(path: Path) -> bool:
    return any(part.startswith((".", "__")) for part in path.parts)


def _limited(datapackage: Path, names: set[str]) -> bytes:
    """Return the description of only the files that go along, so that it stays true where it goes."""
    description = json.loads(datapackage.read_bytes())
    description["resources"] = [r for r in description["resources"] if r["path"] in names]
    return (json.dumps(description, indent=2, ensure_ascii=False) + "\n").encode()
