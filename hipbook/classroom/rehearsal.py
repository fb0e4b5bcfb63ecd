"""A class that does not exist, handed in as real ones are: a sheet per trio, with slips put in."""

from __future__ import annotations

import csv
import io

from hipbook.classroom.trio import TAPE
from hipbook.progress.records import record_line
from hipbook.shipped import data_folder

__all__ = ["SLIPS", "rehearsal_sheets"]

SLIPS = ("semicolons", "point_lost", "length_left_out", "rater_is_person", "handed_in_twice")
"""What is wrong with the first sheets, one each; all others are as they should be."""


def rehearsal_sheets() -> list[tuple[str, bytes]]:
    """Return the sheets of the synthetic class by file name, slips put in."""
    text = (data_folder() / "sample_class.csv").read_text(encoding="utf-8")
    trios: dict[str, list[dict[str, str]]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        trios.setdefault(row["trio"], []).append(row)
    slips = dict(zip(trios, SLIPS, strict=False))
    made: list[tuple[str, bytes]] = []
    for trio, rows in trios.items():
        slip = slips.get(trio, "")
        content = _sheet(rows, slip)
        made.append((f"trio-{trio}.csv", content))
        if slip == "handed_in_twice":
            made.append((f"trio-{trio} (1).csv", content))
    return sorted(made)


def _sheet(rows: list[dict[str, str]], slip: str) -> bytes:
    rows = [dict(row) for row in rows]
    match slip:
        case "point_lost":
            length = rows[2]["hip_height_cm"]
            rows[2]["hip_height_cm"] = length.replace(".", "") if "." in length else f"{length}0"
        case "length_left_out":
            rows[5]["thigh_length_cm"] = ""
        case "rater_is_person":
            rows[8]["rater"] = rows[8]["person"]
        case "semicolons":
            return _as_a_spreadsheet(rows)
    return "".join(
        [record_line(TAPE.names), *(record_line([row[name] for name in TAPE.names]) for row in rows)]
    ).encode()


def _as_a_spreadsheet(rows: list[dict[str, str]]) -> bytes:
    """Return rows as a program saves them that has decimal commas."""
    lines = [";".join(TAPE.names)]
    lines += [";".join(row[name].replace(".", ",") for name in TAPE.names) for row in rows]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")
