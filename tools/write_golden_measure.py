"""Write the golden vectors that hipbook/measuring.py and its twin reading.core.js are both held to.

Run ``python tools/write_golden_measure.py`` after a change of the tests, their limits or their sums.
"""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

from hipbook.measuring import TESTS, measure_data, value_deg
from hipbook.progress.measure import MeasureError

GOLDEN = Path(__file__).parent.parent / "frontend" / "golden" / "measure.json"

HEIGHTS_CM = (4.9, 5, 41.3, 80, 84, 102.5, 150, 151)
THIGHS_CM = (19.9, 20, 41.5, 70, 70.1)
SLOPES_DEG = (-181, -170, -61, -12.34, 0, 8, 59, 120, 170, 180)
LEVELS_DEG = (-180, -2.5, 0, 3, 179)
ANGLES_DEG = (-1, 0, 0.5, 12, 60, 60.1)


def cases() -> list[tuple[str, dict[str, Any]]]:
    """Return tests with inputs of every kind, good and bad."""
    tape = [
        {"hip_height_cm": hip, "knee_height_cm": knee, "thigh_length_cm": thigh}
        for hip, knee, thigh in product(HEIGHTS_CM, HEIGHTS_CM, THIGHS_CM)
    ]
    tape += [{"hip_height_cm": None, "knee_height_cm": 80, "thigh_length_cm": 41.5}]
    sensor = [{"raw_deg": raw, "level_deg": level} for raw, level in product(SLOPES_DEG, LEVELS_DEG)]
    typed = [
        {"angle_deg": angle, "knee": knee}
        for angle, knee in product(ANGLES_DEG, ("below", "above", "beside"))
    ]
    tools = [(test, inputs) for test in TESTS[1:] for inputs in sensor + typed]
    return [(TESTS[0], inputs) for inputs in tape] + tools


def golden() -> dict[str, Any]:
    """Return the whole file as data; ``deg`` is null where the inputs are refused."""
    data = measure_data(None)
    vectors = []
    for test, inputs in cases():
        try:
            deg = value_deg(test, inputs)
        except MeasureError:
            deg = None
        vectors.append({"test": test, "inputs": inputs, "deg": deg})
    return json.loads(json.dumps({"tests": data["tests"], "limits": data["limits"], "vectors": vectors}))


if __name__ == "__main__":
    GOLDEN.write_text(
        json.dumps(golden(), indent=None, separators=(",", ":")).replace("},{", "},\n{") + "\n",
        encoding="utf-8",
    )
