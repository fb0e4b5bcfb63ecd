"""From choices to a plan: a flat list of phases that the player walks through.

A plan is plain data. ``frontend/src/plan.core.js`` is its twin in the browser; both are held to the golden
vectors in ``frontend/golden/plan.json``.

Order: stretch by stretch; within a stretch all repetitions of the first side, then a ``switch``, then the
other side, so that the person changes position once per stretch. Both sides get the same full holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from hipbook.stretching.catalog import Catalog, Limits, Stretch, catalog

__all__ = ["Phase", "Plan", "RoutineError", "choices_of", "compile_plan"]

SIDES = {"both": ("left", "right"), "left": ("left",), "right": ("right",)}
TIMES = ("ready_s", "switch_s", "rest_s")


class RoutineError(ValueError):
    """A choice that cannot be planned; the message gives name, rule and value."""


@dataclass(frozen=True)
class Phase:
    """One stretch of time with one thing to do.

    Attributes
    ----------
    id : str
        ``p001``, ``p002``, … in order.
    kind : str
        ``ready``, ``hold``, ``pull``, ``release``, ``switch``, ``rest`` or ``wait``.
    side : str
        The side this phase is for; in ``ready`` and ``switch`` the side that comes next.
    repetition, of : int
        The repetition (for cycles: the set) on this side, and how many there are.
    cycle, cycles : int or None
        The pull within its set, and how many there are; None outside cycles.
    duration_s : int or None
        Seconds; None waits for the person.
    cue : str
        Key of what is said when the phase begins.
    pose : str
        Keyframe of the stretch to move to.
    row : int or None
        Number of the log row that this phase counts for; None when it counts for none. Pulls and releases of
        one set share a row; only holds and pulls add to ``held_s``.
    """

    id: str
    kind: str
    stretch: str
    side: str
    repetition: int
    of: int
    cycle: int | None
    cycles: int | None
    duration_s: int | None
    cue: str
    pose: str
    row: int | None


@dataclass(frozen=True)
class Plan:
    """A routine's phases in order, and their length in all [s] (waiting for the person not counted)."""

    routine: str
    phases: tuple[Phase, ...]
    total_s: int

    def as_data(self) -> dict[str, Any]:
        """Return plain JSON data, the same that the browser's twin makes."""
        return asdict(self) | {"phases": [asdict(phase) for phase in self.phases]}


def choices_of(routine_id: str, source: Catalog | None = None) -> dict[str, Any]:
    """Return the choices that a ready-made routine, or a single stretch, begins with.

    Parameters
    ----------
    routine_id : str
        A routine's or a stretch's id.

    Raises
    ------
    RoutineError
        When it is neither.
    """
    source = source or catalog()
    routine = next((r for r in source.routines if r.id == routine_id), None)
    known = {stretch.id: stretch for stretch in source.stretches}
    if routine is None and routine_id not in known:
        names = ", ".join([r.id for r in source.routines] + list(known))
        raise RoutineError(f"routine must be one of {names}, got {routine_id}")
    repetitions = routine.repetitions if routine else None
    return {
        "routine": routine_id,
        "items": [
            {
                "stretch": name,
                "sides": "both",
                "hold_s": known[name].hold_s.start,
                "repetitions": repetitions or known[name].repetitions.start,
            }
            for name in (routine.stretches if routine else (routine_id,))
        ],
        "first_side": "left",
        "wait_for_me": False,
        **{time: getattr(source.limits, time).start for time in TIMES},
    }


def compile_plan(choices: Mapping[str, Any], source: Catalog | None = None) -> Plan:
    """Turn choices into the flat plan that the player runs.

    Parameters
    ----------
    choices : mapping
        As :func:`choices_of` returns: ``routine`` (a name for the log), ``items`` (per stretch ``stretch``,
        ``sides`` both|left|right, ``hold_s``, ``repetitions``), ``first_side``, ``ready_s``, ``switch_s``,
        ``rest_s`` and ``wait_for_me`` (position changes wait for the person instead of counting down).

    Returns
    -------
    Plan

    Raises
    ------
    RoutineError
        Name, rule and value of the first choice that breaks a rule.
    """
    source = source or catalog()
    _check_choices(choices, source)
    known = {stretch.id: stretch for stretch in source.stretches}
    phases: list[Phase] = []
    row = 0
    for item in choices["items"]:
        for part in _stretch_parts(item, choices, known[item["stretch"]]):
            counts = part["kind"] in ("hold", "pull", "release")
            if part["kind"] == "hold" or (part["kind"] == "pull" and part["cycle"] == 1):
                row += 1
            if part["duration_s"] == 0:
                continue
            phases.append(Phase(id=f"p{len(phases) + 1:03d}", **part, row=row if counts else None))
    return Plan(choices["routine"], tuple(phases), sum(phase.duration_s or 0 for phase in phases))


def _stretch_parts(item: Mapping[str, Any], choices: Mapping[str, Any], stretch: Stretch) -> Iterator[dict]:
    sides = SIDES[item["sides"]]
    if choices["first_side"] == "right":
        sides = sides[::-1]

    for place, side in enumerate(sides):
        for repetition in range(1, item["repetitions"] + 1):
            here = {"stretch": stretch.id, "side": side, "repetition": repetition, "of": item["repetitions"]}
            if repetition > 1:
                yield here | _part("rest", choices["rest_s"], "ready")
            elif choices["wait_for_me"]:
                yield here | _part("wait", None, "ready")
            else:
                kind = "ready" if place == 0 else "switch"
                yield here | _part(kind, choices[f"{kind}_s"], "ready")
            if stretch.mode == "hold":
                yield here | _part("hold", item["hold_s"], "hold")
                continue
            # Whole cycles only: a set never ends in the middle of a pull, nor runs over what was asked.
            cycles = max(1, item["hold_s"] // (stretch.pull_s + stretch.release_s))
            for cycle in range(1, cycles + 1):
                yield here | _part("pull", stretch.pull_s, "pull", cycle, cycles)
                yield here | _part("release", stretch.release_s, "release", cycle, cycles)


def _part(
    kind: str, duration_s: int | None, pose: str, cycle: int | None = None, cycles: int | None = None
) -> dict[str, Any]:
    return {
        "kind": kind,
        "cycle": cycle,
        "cycles": cycles,
        "duration_s": duration_s,
        "cue": f"cue.{kind}",
        "pose": pose,
    }


def _check_choices(choices: Mapping[str, Any], source: Catalog) -> None:
    known = {stretch.id: stretch for stretch in source.stretches}
    for name in TIMES:
        _whole_number(name, choices.get(name), getattr(source.limits, name))
    _one_of("first_side", choices.get("first_side"), ("left", "right"))
    if not choices.get("items"):
        raise RoutineError("items must hold at least one stretch, got none")
    pairs: dict[str, str] = {}
    for item in choices["items"]:
        _check_item(item, known, source.limits)
        pair = known[item["stretch"]].pair or item["stretch"]
        if pair in pairs:
            both = f"{pairs[pair]} and {item['stretch']}"
            raise RoutineError(f"items must hold one form of each pair, got {both}")
        pairs[pair] = item["stretch"]


def _check_item(item: Mapping[str, Any], known: Mapping[str, Stretch], limits: Limits) -> None:
    _one_of("stretch", item.get("stretch"), tuple(known))
    _one_of("sides", item.get("sides"), tuple(SIDES))
    _whole_number("hold_s", item.get("hold_s"), limits.hold_s)
    _whole_number("repetitions", item.get("repetitions"), limits.repetitions)


def _whole_number(name: str, value: Any, limit: Any) -> None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    whole = number and float(value).is_integer()
    if not whole or not limit.min <= value <= limit.max:
        rule = f"must be a whole number between {limit.min} and {limit.max}"
        raise RoutineError(f"{name} {rule}, got {value}")


def _one_of(name: str, value: Any, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise RoutineError(f"{name} must be one of {', '.join(allowed)}, got {value}")
