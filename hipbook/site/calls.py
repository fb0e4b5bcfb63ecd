"""Which call a code cell ends with: its name and what it is given, read without running it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any

__all__ = ["COMPUTED", "Call", "call_of"]

COMPUTED = ...
"""Stands for what a call is given when that is not written out in it."""


@dataclass(frozen=True)
class Call:
    """A call of hipbook's, such as ``hb.player("full", hold_s=40)``.

    Attributes
    ----------
    name : str
        Of the function: ``player``.
    arguments : tuple
        What it is given by place; `COMPUTED` where that is computed.
    named : dict
        What it is given by name, likewise.
    """

    name: str
    arguments: tuple[Any, ...]
    named: dict[str, Any]

    @property
    def is_known(self) -> bool:
        """Whether all that it is given is written out."""
        return COMPUTED not in (*self.arguments, *self.named.values())


def call_of(source: str) -> Call | None:
    """Return the call whose answer a cell shows; None when there is none.

    Parameters
    ----------
    source : str
        The cell's code. Its last line is the call, or the name that was given to the call's answer.
    """
    body = ast.parse(source).body
    if not body or not isinstance(body[-1], ast.Expr):
        return None
    shown = body[-1].value
    if isinstance(shown, ast.Name):
        shown = next((line.value for line in body if _gives_name(line, shown.id)), None)
    if not isinstance(shown, ast.Call) or not isinstance(shown.func, ast.Attribute):
        return None
    named = {keyword.arg or "": _given(keyword.value) for keyword in shown.keywords}
    return Call(shown.func.attr, tuple(map(_given, shown.args)), named)


def _given(value: ast.expr) -> Any:
    try:
        return ast.literal_eval(value)
    except ValueError:
        return COMPUTED


def _gives_name(line: ast.stmt, name: str) -> bool:
    return isinstance(line, ast.Assign) and any(
        isinstance(target, ast.Name) and target.id == name for target in line.targets
    )
