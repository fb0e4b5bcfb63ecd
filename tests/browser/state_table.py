"""The table of docs/player.md, read as a reader does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lab_driver import ROOT


@dataclass(frozen=True)
class State:
    """One line of the table."""

    name: str
    word: str
    digits: str
    pitches_hz: list[int]
    spoken: str
    written: str


def table() -> dict[str, State]:
    document = (ROOT / "docs" / "player.md").read_text(encoding="utf-8")
    lines = document.partition("<!-- states -->")[2].partition("<!-- /states -->")[0].strip().splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
    return {name.strip("`"): state(name.strip("`"), *others) for name, *others in cells}


def state(name: str, shown: str, heard: str, spoken: str, written: str) -> State:
    word, digits = re.fullmatch(r"\*\*(.+)\*\* \((.+)\)", shown).groups()
    pitches = [pitch_hz(note) for note in heard.split()]
    return State(name, word, digits, pitches, spoken.strip("“”"), written)


def pitch_hz(note: str) -> int:
    """Return the pitch of a note of equal temperament, A4 being 440 Hz."""
    semitones_from_a4 = "C D EF G A".index(note[0]) - "C D EF G A".index("A") + 12 * (int(note[1]) - 4)
    return round(440 * 2 ** (semitones_from_a4 / 12))


STATES = table()
