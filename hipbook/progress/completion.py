"""What a spreadsheet of past sessions leaves out and its own rows can give: ids, numbering, the day."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from datetime import UTC, datetime

from hipbook.progress.rows import is_undo
from hipbook.progress.tables import Table

__all__ = ["Completion"]

IMPORTED = "imported"
"""The routine of rows that name none, and the beginning of ids that no clock can begin."""

COUNTED = {
    "repetition": ("session_id", "stretch", "side"),
    "trial": ("local_date", "person", "rater", "test", "side", "quantity"),
}
"""Columns that number the rows which are alike in other columns, in the file's order."""


class Completion:
    """Fills in the blanks of one file's rows, one after the other; the same file always gives the same rows.

    The measured and lived is never made up: a row without an instant, a side or a duration stays without.
    """

    def __init__(self, table: Table):
        self._table = table
        self._alike: Counter[str] = Counter()
        self._numbered: Counter[tuple[str, ...]] = Counter()

    def __call__(self, row: dict[str, str], assumed: Counter[str]) -> dict[str, str]:
        """Return the row with its blanks filled in where that is possible.

        Parameters
        ----------
        row : dict of str to str
            Canonical cells, not yet judged.
        assumed : Counter
            Counts ``made_id`` and ``made_cell`` up.
        """
        made = {} if is_undo(self._table, row) else self._made(row)
        assumed["made_cell"] += len(made)
        if not row["id"]:
            made["id"] = self._id(row)
            assumed["made_id"] += 1
        return row | made

    def _made(self, row: dict[str, str]) -> dict[str, str]:
        made = {}
        if not row["local_date"] and row[self._table.instant]:
            made["local_date"] = row[self._table.instant][:10]
        day = row["local_date"] or made.get("local_date", "")
        if row.get("session_id") == "" and day:
            made["session_id"] = f"{IMPORTED}-{day}"
        if row.get("routine") == "":
            made["routine"] = IMPORTED
        for name, alike in COUNTED.items():
            if name in row:
                key = tuple((row | made)[column] for column in alike)
                self._numbered[key] += 1
                if not row[name]:
                    made[name] = str(self._numbered[key])
        return made

    def _id(self, row: dict[str, str]) -> str:
        """Return an id that says when and what, and sorts by time."""
        instant = row[self._table.instant]
        when = datetime.fromisoformat(instant).astimezone(UTC) if instant else None
        said = {name: cell for name, cell in row.items() if cell and name not in ("id", "schema")}
        if when:
            said[self._table.instant] = when.isoformat()
        content = json.dumps([self._table.name, said], sort_keys=True)
        digest = hashlib.sha256(content.encode()).hexdigest()[:12]
        self._alike[digest] += 1
        again = f"-{self._alike[digest]}" if self._alike[digest] > 1 else ""
        return f"{f'{when:%Y%m%dT%H%M%SZ}' if when else IMPORTED}-{digest}{again}"
