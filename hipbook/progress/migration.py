"""Rows of older tables, brought step by step to the present version before they are judged.

Version 0 is a row without a version: made by hand, or saved by a program that left out the columns `voids`
and `schema`. All its other columns mean what they mean in version 1. A row of a newer version than ours is
left as it is, and refused by its table's rules. Reading changes no file; where a file is changed, a backup
is kept first (`hipbook.progress.conversion`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

__all__ = ["migrated"]


def _number_the_version(row: dict[str, str]) -> dict[str, str]:
    return row | {"schema": "1"}


STEPS: dict[str, Callable[[dict[str, str]], dict[str, str]]] = {"0": _number_the_version}
"""What makes of a row of one version a row of the next, by the older version."""


def migrated(row: dict[str, str], assumed: Counter[str]) -> dict[str, str]:
    """Return a row of any older version as one of the present version.

    Parameters
    ----------
    row : dict of str to str
        Canonical cells; a blank ``schema`` is version 0.
    assumed : Counter
        Counts ``older`` up if the row was of an older version.
    """
    version = row["schema"] or "0"
    assumed["older"] += version in STEPS
    while version in STEPS:
        row = STEPS[version](row)
        version = row["schema"]
    return row
