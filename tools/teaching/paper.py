"""What a lesson says on paper, where nothing runs: some cells and sentences left out or said differently."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

__all__ = ["CHANGED", "LEFT_OUT", "on_paper"]

_READ: dict[str, Any] = tomllib.loads((Path(__file__).parent / "paper.toml").read_text(encoding="utf-8"))
LEFT_OUT = frozenset(_READ["left_out"])
CHANGED = {change["text"]: change["instead"] for change in _READ["changed"]}
TIME = re.compile(r"^\*\*Time\.\*\* .*\n?", re.MULTILINE)
"""How long a lesson takes alone; a class has its plan."""


def on_paper(said: str) -> str:
    """Return what is said, Markdown, HTML or plain, as paper says it."""
    for words, instead in CHANGED.items():
        said = said.replace(words, instead)
    return TIME.sub("", said).strip()
