"""How datapackage.json describes a CSV file of data/: the file, and its columns by the log's own rules."""

from __future__ import annotations

from hipbook.progress.tables import CODE, Column

TYPES = {"integer": "integer", "number": "number", "instant": "datetime", "day": "date", "json": "object"}


def csv_resource(name: str, title: str, description: str, schema: dict[str, object]) -> dict[str, object]:
    """Return the entry of ``<name>.csv``."""
    return {
        "name": name,
        "title": title,
        "description": description,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "doubleQuote": True, "lineTerminator": "\n"},
        "schema": schema,
    }


def field(column: Column, *, required: bool, note: str = "") -> dict[str, object]:
    """Return a column's entry; ``required`` says whether each row has it, ``note`` what to add in words."""
    constraints: dict[str, object] = {"required": True} if required else {}
    if column.name == "id":
        constraints["unique"] = True
    if column.kind == "code":
        constraints["pattern"] = CODE.pattern
    if column.choices:
        constraints["enum"] = list(column.choices)
    for bound in ("minimum", "maximum"):
        if getattr(column, bound) is not None:
            constraints[bound] = getattr(column, bound)
    described: dict[str, object] = {
        "name": column.name,
        "type": TYPES.get(column.kind, "string"),
        "description": f"{column.meaning}.{note}",
    }
    if column.unit:
        described["unit"] = column.unit
    return described | ({"constraints": constraints} if constraints else {})
