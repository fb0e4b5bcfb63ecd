"""The stretches as frozen data; `catalog_file` reads them from data/stretches.toml."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from hipbook.shipped import data_folder

__all__ = [
    "Catalog",
    "Dose",
    "Felt",
    "Keyframe",
    "Limits",
    "Range",
    "Routine",
    "Step",
    "Stretch",
    "UnknownIdError",
    "catalog",
]


@dataclass(frozen=True)
class Range:
    """What set-up accepts, both ends included."""

    min: float
    max: float
    start: float | None = None
    origin: str | None = None


@dataclass(frozen=True)
class Dose:
    """What the source says (min … max) and what set-up begins with (start)."""

    min: int
    max: int
    start: int
    origin: str


@dataclass(frozen=True)
class Limits:
    """Set-up's limits for every stretch; seconds, except repetitions."""

    hold_s: Range
    repetitions: Range
    rest_s: Range
    ready_s: Range
    switch_s: Range


@dataclass(frozen=True)
class Step:
    """One instruction; its sentence is ``stretch.<id>.step.<key>``."""

    key: str
    origin: str


@dataclass(frozen=True)
class Felt:
    """What to do when something is felt; its sentence is ``felt.<key>``.

    Attributes
    ----------
    reason : str
        What the log calls it.
    action : str
        ``ease`` (by half) and ``adjust`` go on; ``substitute`` goes on with another form; ``end_stretch`` and
        ``end_session`` end.
    see : str or None
        ``"someone"`` who knows the hip, or ``"emergency"`` help when one of its signs is there.
    """

    key: str
    reason: str
    action: str
    origin: str
    substitute: str | None = None
    see: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class Keyframe:
    """One pose of a stretch: name, and what :mod:`hipbook.motion.skeleton` draws."""

    name: str
    pose: Mapping[str, Any]


@dataclass(frozen=True)
class Stretch:
    """One stretch with its dose, its sides, its stop rules, its poses and its sources.

    ``pull_s`` and ``release_s`` [s] belong to mode ``"cycles"`` only; there ``hold_s`` is the length of one
    set, pulls and releases together, and ``repetitions`` counts sets.
    """

    id: str
    muscle_group: str
    mode: str
    position: str
    side_is: str
    sensation: str
    sensation_origin: str
    hold_s: Dose
    repetitions: Dose
    steps: tuple[Step, ...]
    felt: tuple[Felt, ...]
    keyframes: tuple[Keyframe, ...]
    claims: tuple[str, ...]
    evidence: str
    sources: tuple[str, ...]
    pair: str | None = None
    alternate: str | None = None
    pull_s: int | None = None
    release_s: int | None = None
    stance_cm: Mapping[str, Any] | None = None
    as_able: bool = False

    def pose(self, name: str) -> Mapping[str, Any]:
        """Return the pose of the keyframe ``name``."""
        return next(keyframe.pose for keyframe in self.keyframes if keyframe.name == name)


@dataclass(frozen=True)
class Routine:
    """A ready-made order of stretches; ``repetitions`` overrides each stretch's own start."""

    id: str
    stretches: tuple[str, ...]
    repetitions: int | None = None


@dataclass(frozen=True)
class Catalog:
    """All stretches and ready-made routines, in the order of the file."""

    limits: Limits
    stretches: tuple[Stretch, ...]
    routines: tuple[Routine, ...] = field(default=())

    def stretch(self, stretch_id: str) -> Stretch:
        """Return one stretch, or raise a KeyError that lists the ids there are."""
        return _by_id("stretch", self.stretches, stretch_id)

    def routine(self, routine_id: str) -> Routine:
        """Return one ready-made routine, or raise a KeyError that lists the ids there are."""
        return _by_id("routine", self.routines, routine_id)

    def as_data(self) -> dict[str, Any]:
        """Return plain JSON data for the browser, same field names."""
        return dataclasses.asdict(self)


class UnknownIdError(KeyError):
    """An id that the catalogue does not have."""

    def __str__(self) -> str:
        """Return the message without KeyError's quotes."""
        return str(self.args[0])


def _by_id(what: str, entries: tuple[Any, ...], wanted: str) -> Any:
    for entry in entries:
        if entry.id == wanted:
            return entry
    known = ", ".join(entry.id for entry in entries)
    raise UnknownIdError(f"{what} must be one of {known}, got {wanted!r}")


@cache
def catalog() -> Catalog:
    """Return the shipped catalogue."""
    from hipbook.stretching.catalog_file import read_catalog

    return read_catalog(data_folder() / "stretches.toml")
