"""Write the golden vectors that the log's tables and their twin log.core.js are both held to.

Run ``python tools/write_golden_log.py`` after a change of the tables or of the rules of their cells.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hipbook.progress.exporting import exported
from hipbook.progress.records import record_line
from hipbook.progress.rows import LogRowError, check_row, row_line
from hipbook.progress.standing import Standing
from hipbook.progress.tables import HOLDS, TABLES
from hipbook.site.panels import tables_data

GOLDEN = Path(__file__).parent.parent / "frontend" / "golden" / "log.json"

GOOD: dict[str, dict[str, Any]] = {
    "holds": {
        "id": "20260329T051500000Z-0a1b2c3d4e-001",
        "started_at": "2026-03-29T07:15:00+02:00",
        "local_date": "2026-03-29",
        "session_id": "20260329T051500000Z-0a1b2c3d4e",
        "routine": "own:my-evening",
        "stretch": "hip_flexor_standing",
        "side": "left",
        "repetition": 1,
        "planned_s": 40,
        "held_s": 39.9,
        "outcome": "done",
        "reason": "",
        "voids": "",
        "schema": 1,
    },
    "sessions": {
        "id": "s-end",
        "session_id": "s",
        "ended_at": "2026-03-29T07:35:00.5Z",
        "local_date": "2026-03-28",
        "discomfort_0_10": "",
        "note": "calm",
        "voids": "",
        "schema": 1,
    },
    "measurements": {
        "id": "m",
        "measured_at": "2026-03-29T07:35:00-11:30",
        "local_date": "2026-03-29",
        "person": "",
        "rater": "",
        "test": "thomas_trig",
        "side": "right",
        "trial": 2,
        "quantity": "hip_extension",
        "value_deg": -3.25,
        "inputs": '{"height_cm": 4}',
        "note": "",
        "voids": "",
        "schema": 1,
    },
}

CHANGES: dict[str, list[dict[str, Any]]] = {
    "holds": [
        *(
            {"held_s": value}
            for value in (0, 0.0004, -0.0001, 1.23456, 3600, "40.0", 3600.5, -1, "4e1", "", "x")
        ),
        *({"repetition": value} for value in (100, 0, 101, "1.5", "")),
        *({"side": value} for value in ("right", "both", "Left", "")),
        *({"id": value} for value in ("a" * 120, "a" * 121, "-a", "a b", "ä", "")),
        *(
            {"local_date": value}
            for value in ("2026-03-30", "2026-03-31", "2026-02-30", "29.03.2026", "", "2026-3-29")
        ),
        *(
            {"started_at": value}
            for value in (
                *("2026-03-29T07:15:00Z", "2026-03-29T07:15:00.123456+00:00", "2026-03-29T07:15:00"),
                *(
                    "2026-03-29T25:15:00Z",
                    "2026-03-29T07:60:00Z",
                    "2026-03-29 07:15:00Z",
                    "2026-02-29T07:15:00Z",
                ),
                *("2026-03-28T23:30:00-05:00", "2026-03-27T23:30:00+05:00", "1899-03-29T07:15:00Z"),
            )
        ),
        {"outcome": "stopped", "reason": "knee"},
        {"outcome": "done", "reason": "knee"},
        {"outcome": "stopped", "reason": "tired"},
        {"voids": "20260329T051500000Z-0a1b2c3d4e-001"},
        {"voids": "another"},
        {"schema": 2},
        {"schema": ""},
        {"schema": "0"},
    ],
    "sessions": [
        *(
            {"note": value}
            for value in (
                *(
                    "=1+1",
                    "+1",
                    "-1",
                    "@x",
                    "\tx",
                    "\rx",
                    "\nx",
                    "'x",
                    "''x",
                    "'=x",
                    " =x",
                    "",
                    "a,b",
                    'say "so"',
                ),
                *("two\nlines", "two\r\nlines", "lone\rreturn", "größer 🙂 שלום", "x" * 10_000, "x" * 10_001),
                *("🙂" * 5_001, "with\0nul"),
            )
        ),
        *({"discomfort_0_10": value} for value in (0, 10, 3.5, 11, -1, "none")),
    ],
    "measurements": [
        *({"inputs": value} for value in ("", "{}", "[]", "{", '"=x"', "null")),
        *({"value_deg": value} for value in (180, -180, 180.5, "")),
        {"person": "=A1"},
    ],
}


def undone(table: str) -> dict[str, Any]:
    """Return a row that only voids another."""
    kept = TABLES[table].kept_by_undo
    row = {name: value if name in kept else "" for name, value in GOOD[table].items()}
    return row | {"id": "undo", "voids": "another"}


def vectors() -> list[dict[str, Any]]:
    """Return each row with its line of CSV, or with the column that breaks its rule."""
    found = []
    for name, good in GOOD.items():
        rows = [
            good,
            undone(name),
            undone(name) | {"voids": ""},
            *(good | change for change in CHANGES[name]),
        ]
        for row in rows:
            vector: dict[str, Any] = {"table": name, "row": row}
            try:
                vector["line"] = row_line(TABLES[name], check_row(TABLES[name], row))
            except LogRowError as error:
                vector["column"] = error.column
            found.append(vector)
    return found


def handed_in() -> dict[str, Any]:
    """Return a log of holds with what is private, edited and undone, and the file that is handed in of it."""
    good = GOOD["holds"]
    rows = [
        good | {"id": "a", "outcome": "stopped", "reason": "pinch_front_hip", "held_s": 12.5},
        good | {"id": "b", "side": "right"},
        good | {"id": "c", "outcome": "skipped", "reason": "unwell", "held_s": 0},
        good | {"id": "d", "side": "right", "held_s": 20, "voids": "b"},
        good | {"id": "e"},
        undone("holds") | {"id": "f", "voids": "e"},
    ]
    lines = [row_line(HOLDS, check_row(HOLDS, row)) for row in rows]
    kept = Standing(HOLDS, record_line(HOLDS.names) + "".join(lines), [], [], True)
    return {"rows": rows, "text": exported(HOLDS, kept.counting())}


def rendered() -> str:
    """Return the file's text, a vector per line."""
    heads = {name: record_line(table.names) for name, table in TABLES.items()}
    lines = ",\n".join(json.dumps(vector, ensure_ascii=False) for vector in vectors())
    head = json.dumps(
        {"tables": tables_data(), "heads": heads, "handed_in": handed_in()}, indent=1
    ).removesuffix("\n}")
    return f'{head},\n "vectors": [\n{lines}\n]}}\n'


if __name__ == "__main__":
    GOLDEN.write_text(rendered(), encoding="utf-8")
