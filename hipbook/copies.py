"""A learner's copies of shipped files: new versions arrive, what a learner changed is never overwritten."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hipbook.atomic import write_atomically

__all__ = ["Change", "bring_up_to_date", "fingerprint", "free_name"]


@dataclass(frozen=True)
class Change:
    """What happened to one copy.

    Attributes
    ----------
    name : str
        The copy, relative to the workspace, with forward slashes.
    what : {"copied", "updated", "kept", "beside"}
        ``copied``: it was not there. ``updated``: it was as shipped before, and is the new version now.
        ``kept``: the learner changed it, and there is no newer version. ``beside``: the learner changed it,
        and the new version was put beside it.
    beside : str or None
        The new version's name, for ``beside``.
    """

    name: str
    what: Literal["copied", "updated", "kept", "beside"]
    beside: str | None = None


def fingerprint(name: str, content: bytes) -> str:
    """Return a hash of what a learner can change in a file.

    Running a notebook rewrites its outputs, counts and metadata, so only the cells' types, texts and
    attachments count. Any other file, and a notebook that is not JSON, counts byte by byte.

    Parameters
    ----------
    name : str
        The file's name; ``.ipynb`` marks a notebook.
    content : bytes
        The whole file.
    """
    if name.endswith(".ipynb"):
        try:
            cells = json.loads(content)["cells"]
            essence = [[c["cell_type"], "".join(c["source"]), c.get("attachments") or {}] for c in cells]
            content = json.dumps(essence, sort_keys=True).encode()
        except (ValueError, KeyError, TypeError, AttributeError):
            pass
    return hashlib.sha256(content).hexdigest()


def free_name(path: Path, mark: str) -> Path:
    """Return ``stem.mark.suffix`` beside ``path``, with ``-2``, ``-3`` … after the mark while it is taken."""
    candidate = path.with_name(f"{path.stem}.{mark}{path.suffix}")
    count = 2
    while candidate.exists():
        candidate = path.with_name(f"{path.stem}.{mark}-{count}{path.suffix}")
        count += 1
    return candidate


def bring_up_to_date(
    folder: Path, shipped: Mapping[str, bytes], known: Mapping[str, str], version: str
) -> tuple[list[Change], dict[str, str]]:
    """Copy what is missing or newer into a folder; put beside what a learner's changes stand in the way of.

    Parameters
    ----------
    folder : Path
        Where the copies are.
    shipped : mapping of str to bytes
        Content by name relative to ``folder``.
    known : mapping of str to str
        Fingerprint, by name, of the version that the learner was last given.
    version : str
        Of hipbook, for the names of what is put beside.

    Returns
    -------
    changes : list of Change
        Copies that are as shipped, and stay so, are not mentioned.
    known : dict of str to str
        The fingerprints to remember; a version once put beside is not offered again.

    Raises
    ------
    OSError
        When the folder cannot be read or written.
    """
    changes: list[Change] = []
    for name, content in shipped.items():
        change = _bring_one(folder / name, name, content, known.get(name), version)
        if change is not None:
            changes.append(change)
    return changes, {**known, **{name: fingerprint(name, content) for name, content in shipped.items()}}


def _bring_one(path: Path, name: str, content: bytes, given: str | None, version: str) -> Change | None:
    new = fingerprint(name, content)
    if not path.exists():
        write_atomically(path, content)
        return Change(name, "copied")
    current = fingerprint(name, path.read_bytes())
    if current == new:
        return None
    if current == given:
        write_atomically(path, content)
        return Change(name, "updated")
    if given == new:
        return Change(name, "kept")
    beside = free_name(path, f"new-{version}")
    write_atomically(beside, content)
    return Change(name, "beside", beside.relative_to(path.parents[name.count("/")]).as_posix())
