"""Make data/sample_class.csv: the readings of a class that does not exist, the same bytes each time.

``python tools/make_class.py`` rewrites that file and its entry in ``data/datapackage.json``.
"""

from __future__ import annotations

import json
import math
import random
import sys
from pathlib import Path

from hipbook.classroom.trio import DIGITS, LETTERS, TAPE, rows_of
from hipbook.progress.records import record_line

sys.path.insert(0, str(Path(__file__).parent))

from csv_resource import csv_resource, field

SEED = 20261103
NAME = "sample_class"
TRIOS = 10
SIDE, TEST = "left", "thomas_trig"
CHANGED_THEIR_MIND = (6, 1)  # trio and place of one person whose rows are blank

# all invented; only the order of size is meant to be lifelike
MEAN_DEG, PEOPLE_SD_DEG = 8.0, 6.0
HABIT_SD_DEG, PAIR_SD_DEG, TRIAL_SD_DEG = 1.4, 1.6, 1.1
ORDER_DEG = 0.4  # the second rater reads a warmer hip
HIP_CM, THIGH_CM = (78.0, 88.0), (37.0, 46.0)
TAPE_STEP_CM = 0.5


class Chance:
    """Random numbers of which Python promises that they stay the same: only random() is used."""

    def __init__(self, seed: int):
        self._source = random.Random(seed)

    def pick(self, choices: str) -> str:
        """Return one of some letters."""
        return choices[int(self._source.random() * len(choices))]

    def between(self, low: float, high: float) -> float:
        """Return a number between two others."""
        return low + (high - low) * self._source.random()

    def normal(self, sd: float) -> float:
        """Return a number round 0."""
        return sd * (sum(self._source.random() for _ in range(12)) - 6)


def class_text() -> str:
    """Return the readings of all trios as CSV text."""
    chance = Chance(SEED)
    codes = iter(_codes(chance, TRIOS * 4))
    lines = [record_line(TAPE.names)]
    for number in range(1, TRIOS + 1):
        trio, *people = (next(codes) for _ in range(4))
        lines += _trio(chance, number, trio, people)
    return "".join(lines)


def _codes(chance: Chance, count: int) -> list[str]:
    codes: dict[str, None] = {}
    while len(codes) < count:
        codes[chance.pick(LETTERS) + chance.pick(DIGITS) + chance.pick(LETTERS)] = None
    return list(codes)


def _trio(chance: Chance, number: int, trio: str, people: list[str]) -> list[str]:
    habit = {code: chance.normal(HABIT_SD_DEG) for code in people}
    true = {code: MEAN_DEG + chance.normal(PEOPLE_SD_DEG) for code in people}
    hip = {code: _taped(chance.between(*HIP_CM)) for code in people}
    thigh = {code: chance.between(*THIGH_CM) for code in people}
    pair: dict[tuple[str, str], float] = {}
    lines = []
    for row in rows_of(trio, people):
        person, rater = row["person"], row["rater"]
        off = pair.setdefault((person, rater), chance.normal(PAIR_SD_DEG))
        angle = (
            true[person]
            + habit[rater]
            + off
            + chance.normal(TRIAL_SD_DEG)
            + ORDER_DEG * (int(row["turn"]) - 1)
        )
        length = _taped(thigh[person] + chance.normal(0.3))
        knee = _taped(hip[person] - length * math.sin(math.radians(angle)))
        read = {"hip_height_cm": hip[person], "knee_height_cm": knee, "thigh_length_cm": length}
        if (number, people.index(person)) == CHANGED_THEIR_MIND:
            read = {}
        cells = row | {"side": SIDE, "test": TEST} | {name: f"{value:g}" for name, value in read.items()}
        lines.append(record_line([cells.get(name, "") for name in TAPE.names]))
    return lines


def _taped(length_cm: float) -> float:
    return round(length_cm / TAPE_STEP_CM) * TAPE_STEP_CM


def class_resource() -> dict[str, object]:
    """Return the datapackage entry of the file."""
    fields = [
        field(
            column,
            required=column.required,
            note="" if column.required else " Blank when it was not measured.",
        )
        for column in TAPE.columns
    ]
    return csv_resource(
        NAME,
        "Synthetic class: trios that measured each other",
        "Synthetic class: made by tools/make_class.py, not real people; no size in it is evidence of "
        "anything. Ten trios, one side, two raters of each person, two trials of each rater. One person "
        "changed their mind: those rows have no lengths. A trio's own sheet has the same schema.",
        {"fields": fields, "missingValues": [""], "primaryKey": ["person", "rater", "trial"]},
    )


def package_text(present: str) -> str:
    """Return datapackage.json with this file's entry as it should be, and the others as they are."""
    package = json.loads(present)
    names = [resource["name"] for resource in package["resources"]]
    place = names.index(NAME) if NAME in names else 3
    package["resources"][place : place + (NAME in names)] = [class_resource()]
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def main(folder: Path) -> None:
    """Write the class and its description into a data folder."""
    (folder / f"{NAME}.csv").write_text(class_text(), encoding="utf-8", newline="")
    package = folder / "datapackage.json"
    package.write_text(package_text(package.read_text(encoding="utf-8")), encoding="utf-8", newline="")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "data")
