"""Write the golden vectors that precautions.py and its twin precautions.core.js are both held to.

Run ``python tools/write_golden_precautions.py`` after a change of the catalogue or the checklist.
"""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

from hipbook.stretching.catalog import catalog
from hipbook.stretching.precautions import PrecautionError, apply, precautions, verdict
from hipbook.stretching.routine import choices_of

GOLDEN = Path(__file__).parent.parent / "frontend" / "golden" / "precautions.json"


def cases() -> list[tuple[list[str], list[str]]]:
    """Return (answers, agreed): every answer and every pair, with nothing, something and all agreed."""
    keys = [answer.key for answer in precautions().answers]
    ids = [stretch.id for stretch in catalog().stretches]
    given = [[], *([key] for key in keys), *(list(pair) for pair in combinations(keys, 2)), keys]
    found = [(answers, agreed) for answers in given for agreed in ([], ids)]
    found += [([key], [stretch]) for key in keys for stretch in ids]
    return [*found, (["bones", "belly", "bones"], []), (["splits"], []), ([], ["splits"])]


def brief(applied: dict[str, Any]) -> dict[str, Any]:
    """Return what is left and what was changed, by id; the rest of a change stands in the verdict."""
    changes = [[change["stretch"], change["what"], change["by"]] for change in applied["changes"]]
    return {"items": [item["stretch"] for item in applied["choices"]["items"]], "changes": changes}


def golden() -> dict[str, Any]:
    """Return the whole file as data."""
    forms = choices_of("full")
    other = [{**item, "stretch": catalog().stretch(item["stretch"]).alternate} for item in forms["items"][:2]]
    routines = {"full": forms, "other_forms": {**forms, "items": other}}
    vectors = []
    for answers, agreed in cases():
        vector: dict[str, Any] = {"answers": answers, "agreed": agreed}
        try:
            judged = verdict(answers, agreed)
            vector["verdict"] = judged.as_data()
            vector["applied"] = {name: brief(apply(choices, judged)) for name, choices in routines.items()}
        except PrecautionError as error:
            vector["error"] = str(error)
        vectors.append(vector)
    return json.loads(
        json.dumps({"precautions": precautions().as_data(), "choices": routines, "vectors": vectors})
    )


def rendered() -> str:
    """Return the file's text, a vector per line."""
    data = golden()
    lines = ",\n".join(
        json.dumps(vector, ensure_ascii=False, separators=(",", ":")) for vector in data.pop("vectors")
    )
    head = json.dumps(data, indent=1, ensure_ascii=False).removesuffix("\n}")
    return f'{head},\n "vectors": [\n{lines}\n]}}\n'


if __name__ == "__main__":
    GOLDEN.write_text(rendered(), encoding="utf-8")
