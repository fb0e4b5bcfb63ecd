"""data/stretches.toml → the catalogue, checked: a mistake names stretch, field, value and rule."""

from __future__ import annotations

import dataclasses
import math
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hipbook.motion.pose import PoseError, check_pose
from hipbook.stretching.catalog import Catalog, Dose, Felt, Keyframe, Limits, Range, Routine, Step, Stretch

__all__ = ["CatalogError", "read_catalog"]

ORIGINS = ("article", "ours")
MODES = ("hold", "cycles")
ACTIONS = ("ease", "adjust", "substitute", "end_stretch", "end_session")
SEE = ("someone", "emergency")
SENSATIONS = ("front_of_hip", "buttock", "hip_opening")
EVIDENCE_GRADES = ("supported", "partly", "association", "not_shown")
KEYFRAMES = {"hold": ("ready", "hold"), "cycles": ("ready", "pull", "release")}


class CatalogError(ValueError):
    """A mistake in stretches.toml: which stretch, which field, which value, which rule."""

    def __init__(self, stretch: str, name: str, value: object, rule: str):
        super().__init__(f"stretches.toml: {stretch}: {name} must be {rule}, got {value!r}")
        self.stretch, self.field, self.value, self.rule = stretch, name, value, rule


def read_catalog(path: Path) -> Catalog:
    """Read and check a catalogue file.

    Raises
    ------
    CatalogError
        Names the stretch (or ``limits`` / routine), the field, the value and the rule it breaks.
    """
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    _require("file", "schema", data.get("schema"), data.get("schema") == 1, "1")
    limits = _build(Limits, "limits", {k: _build(Range, f"limits.{k}", v) for k, v in data["limits"].items()})
    stretches = tuple(_stretch(entry, limits) for entry in data["stretch"])
    ids = [stretch.id for stretch in stretches]
    for stretch in stretches:
        _require(stretch.id, "id", stretch.id, ids.count(stretch.id) == 1, "unique")
        _check_references(stretch, ids)
    routines = tuple(_routine(entry, stretches) for entry in data["routine"])
    return Catalog(limits, stretches, routines)


def _stretch(entry: Mapping[str, Any], limits: Limits) -> Stretch:
    name = entry.get("id", "a stretch without id")
    raw = dict(entry)
    raw["keyframes"] = tuple(_keyframe(name, pose) for pose in raw.pop("pose", ()))
    for dose in ("hold_s", "repetitions"):
        raw[dose] = _dose(name, dose, raw.get(dose), getattr(limits, dose))
    raw["steps"] = tuple(_build(Step, name, step) for step in raw.get("steps", ()))
    raw["felt"] = tuple(_build(Felt, name, rule) for rule in raw.get("felt", ()))
    raw["claims"], raw["sources"] = tuple(raw.get("claims", ())), tuple(raw.get("sources", ()))
    stretch = _build(Stretch, name, raw)
    _check_choices(stretch)
    return stretch


def _check_choices(stretch: Stretch) -> None:
    _one_of(stretch.id, "mode", stretch.mode, MODES)
    _one_of(stretch.id, "sensation", stretch.sensation, SENSATIONS)
    _one_of(stretch.id, "sensation_origin", stretch.sensation_origin, ORIGINS)
    _one_of(stretch.id, "evidence", stretch.evidence, EVIDENCE_GRADES)
    for step in stretch.steps:
        _one_of(stretch.id, f"steps.{step.key}.origin", step.origin, ORIGINS)
    for rule in stretch.felt:
        _one_of(stretch.id, f"felt.{rule.key}.action", rule.action, ACTIONS)
        _one_of(stretch.id, f"felt.{rule.key}.origin", rule.origin, ORIGINS)
        if rule.see is not None:
            _one_of(stretch.id, f"felt.{rule.key}.see", rule.see, SEE)
    keys = tuple(rule.key for rule in stretch.felt)
    _require(stretch.id, "felt", keys, len(set(keys)) == len(keys), "each thing felt once")
    names = tuple(keyframe.name for keyframe in stretch.keyframes)
    _require(stretch.id, "pose", names, names == KEYFRAMES[stretch.mode], f"{KEYFRAMES[stretch.mode]}")
    for part in ("pull_s", "release_s"):
        value = getattr(stretch, part)
        if stretch.mode == "cycles":
            ok = isinstance(value, int) and value > 0
            _require(stretch.id, part, value, ok, "a whole number of seconds above 0")
        else:
            _require(stretch.id, part, value, value is None, 'left out unless mode is "cycles"')


def _check_references(stretch: Stretch, ids: list[str]) -> None:
    if stretch.alternate is not None:
        _one_of(stretch.id, "alternate", stretch.alternate, tuple(i for i in ids if i != stretch.id))
    for rule in stretch.felt:
        needed = rule.action == "substitute"
        pinch = needed and rule.reason == "pinch_front_hip"
        _require(stretch.id, f"felt.{rule.key}.action", rule.action, not pinch, "end_stretch for a pinch")
        ok = rule.substitute in ids if needed else rule.substitute is None
        rule_text = "the id of a stretch" if needed else 'left out unless action is "substitute"'
        _require(stretch.id, f"felt.{rule.key}.substitute", rule.substitute, ok, rule_text)


def _keyframe(stretch: str, entry: Mapping[str, Any]) -> Keyframe:
    pose = {key: value for key, value in entry.items() if key != "name"}
    try:
        check_pose(pose)
    except PoseError as error:
        raise CatalogError(stretch, f"pose {entry.get('name')!r}", str(error), "drawable") from None
    return Keyframe(entry.get("name", ""), pose)


def _dose(stretch: str, name: str, entry: Any, limit: Range) -> Dose:
    _require(stretch, name, entry, isinstance(entry, Mapping), "a table with min, max, start and origin")
    dose = _build(Dose, stretch, entry, name)
    for part in ("min", "max", "start"):
        value = getattr(dose, part)
        ok = isinstance(value, int) and limit.min <= value <= limit.max
        _require(stretch, f"{name}.{part}", value, ok, f"a whole number from {limit.min} to {limit.max}")
    _require(stretch, f"{name}.start", dose.start, dose.min <= dose.start <= dose.max, "from min to max")
    _one_of(stretch, f"{name}.origin", dose.origin, ORIGINS)
    return dose


def _routine(entry: Mapping[str, Any], stretches: tuple[Stretch, ...]) -> Routine:
    routine = _build(Routine, entry.get("id", "a routine without id"), entry)
    known = {stretch.id: stretch for stretch in stretches}
    pairs = []
    for stretch_id in routine.stretches:
        _one_of(routine.id, "stretches", stretch_id, tuple(known))
        pairs.append(known[stretch_id].pair or stretch_id)
    one_each = len(set(pairs)) == len(pairs)
    _require(routine.id, "stretches", routine.stretches, one_each, "one form of each pair")
    return dataclasses.replace(routine, stretches=tuple(routine.stretches))


def _build(kind: type, owner: str, entry: Mapping[str, Any], prefix: str = "") -> Any:
    """Make a dataclass from a table; unknown or missing fields are a CatalogError."""
    fields = {f.name: f for f in dataclasses.fields(kind)}
    dot = f"{prefix}." if prefix else ""
    for name, value in entry.items():
        known = f"left out (known fields: {', '.join(fields)})"
        _require(owner, f"{dot}{name}", value, name in fields, known)
    for name, definition in fields.items():
        optional = definition.default is not dataclasses.MISSING
        _require(owner, f"{dot}{name}", None, optional or name in entry, "given")
    for name, value in entry.items():
        finite = not isinstance(value, float) or math.isfinite(value)
        _require(owner, f"{dot}{name}", value, finite, "a finite number")
    return kind(**entry)


def _one_of(owner: str, name: str, value: Any, allowed: tuple[str, ...]) -> None:
    _require(owner, name, value, value in allowed, f"one of {', '.join(allowed)}")


def _require(owner: str, name: str, value: object, ok: bool, rule: str) -> None:
    if not ok:
        raise CatalogError(owner, name, value, rule)
