"""Write the golden vectors that routine.py and its twin plan.core.js are both held to.

Run ``python tools/write_golden_plan.py`` after a change of the catalogue or the routine.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hipbook.stretching.catalog import catalog
from hipbook.stretching.routine import RoutineError, choices_of, compile_plan

GOLDEN = Path(__file__).parent.parent / "frontend" / "golden" / "plan.json"


def cases() -> list[dict[str, Any]]:
    """Return choices of every kind, good and bad."""
    names = [entry.id for entry in (*catalog().routines, *catalog().stretches)]
    found = [choices_of(name) for name in names]
    base, towel = choices_of("full"), choices_of("hip_mobilization_towel")
    item = base["items"][0]
    changes: list[dict[str, Any]] = [
        {"first_side": "right"},
        {"wait_for_me": True},
        {"ready_s": 0, "switch_s": 0, "rest_s": 0},
        {"items": [item | {"sides": "left", "repetitions": 10, "hold_s": 120}]},
        {"items": [item | {"sides": "right", "repetitions": 1, "hold_s": 5}]},
        {"items": [towel["items"][0] | {"hold_s": seconds, "repetitions": 2} for seconds in (5,)]},
        {"items": [towel["items"][0] | {"hold_s": 60}]},
        {"items": [towel["items"][0] | {"hold_s": 41, "sides": "right"}]},
        # choices that break a rule
        {"items": []},
        {"first_side": "up"},
        {"ready_s": -1},
        {"rest_s": 0.5},
        {"items": [item | {"hold_s": 900}]},
        {"items": [item | {"hold_s": 4}]},
        {"items": [item | {"repetitions": 11}]},
        {"items": [item | {"sides": "none"}]},
        {"items": [item | {"stretch": "splits"}]},
        {"items": [item, item | {"stretch": "hip_flexor_standing"}]},
    ]
    return found + [base | change for change in changes]


def golden() -> dict[str, Any]:
    """Return the whole file as data."""
    vectors = []
    for choices in cases():
        try:
            vectors.append({"choices": choices, "plan": compile_plan(choices).as_data()})
        except RoutineError as error:
            vectors.append({"choices": choices, "error": str(error)})
    names = [entry.id for entry in (*catalog().routines, *catalog().stretches)]
    starts = {name: choices_of(name) for name in names}
    return json.loads(json.dumps({"catalog": catalog().as_data(), "choices_of": starts, "vectors": vectors}))


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps(golden(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
