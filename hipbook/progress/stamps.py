"""Many instants at once: ISO 8601 stamps with their own offsets, as bytes, to UTC."""

from __future__ import annotations

import numpy as np

__all__ = ["STAMP_BYTES", "to_utc"]

STAMP_BYTES = 33
"""One more than the longest stamp has, so that a longer one is noticed."""

CLOCK_BYTES = 19
"""Length of ``2026-03-29T07:15:00``."""

MARKS = {4: "-", 7: "-", 10: "T", 13: ":", 16: ":"}


def to_utc(stamps: np.ndarray) -> np.ndarray:
    """Return the instants of stamps such as ``2026-03-29T07:15:00.250+02:00``.

    Pandas parses stamps of one offset at this speed, but a year of local stamps has two.

    Parameters
    ----------
    stamps : ndarray of bytes, shape (n,)
        Of type ``S33``.

    Returns
    -------
    ndarray of datetime64[us], shape (n,)
        In UTC.

    Raises
    ------
    ValueError
        When any stamp has another form, names no calendar day or time, or has no offset.
    """
    letters = np.ascontiguousarray(stamps).view(np.uint8).reshape(len(stamps), STAMP_BYTES)
    if shared := _shared_kind(letters):
        return _alike(letters, abs(shared), shared < 0)
    instants = np.empty(len(stamps), "datetime64[us]")
    kinds = _kinds(letters)
    for kind in np.unique(kinds):
        alike = kinds == kind
        instants[alike] = _alike(letters[alike], abs(kind), kind < 0)
    return instants


def _shared_kind(letters: np.ndarray) -> int:
    """Return the kind of the first stamp if all others have it too, as mostly they have, or else 0."""
    kind = int(_kinds(letters[:1])[0]) if len(letters) else STAMP_BYTES
    length = abs(kind)
    if length == STAMP_BYTES or letters[:, length].any():
        return 0
    last = letters[:, length - 1]
    return kind if (last != 0).all() and ((last == ord("Z")) == (kind < 0)).all() else 0


def _kinds(letters: np.ndarray) -> np.ndarray:
    """Return the length of each stamp, negative where it ends in Z."""
    lengths = (STAMP_BYTES - np.argmax(letters[:, ::-1] != 0, axis=1)).astype(np.int8)
    last = letters[np.arange(len(letters)), lengths - 1]
    return np.where(last == ord("Z"), -lengths, lengths)


def _alike(letters: np.ndarray, length: int, is_utc: bool) -> np.ndarray:
    _ask(CLOCK_BYTES < length < STAMP_BYTES)
    places = np.ascontiguousarray(letters[:, :length].T)  # place by place, which is much faster to read
    zone = length - (1 if is_utc else 6)
    for place, mark in MARKS.items():
        _ask((places[place] == ord(mark)).all())
    _ask(zone >= CLOCK_BYTES)
    instants = _clock(places)
    if zone > CLOCK_BYTES:
        instants += _fraction(places[CLOCK_BYTES:zone])
    return instants if is_utc else instants - _offset(places[zone:])


def _clock(places: np.ndarray) -> np.ndarray:
    year, month, day = (_number(places[a:b]) for a, b in ((0, 4), (5, 7), (8, 10)))
    hour, minute, second = (_number(places[a:b]) for a, b in ((11, 13), (14, 16), (17, 19)))
    _ask(((month >= 1) & (month <= 12) & (day >= 1) & (hour < 24) & (minute < 60) & (second < 60)).all())
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1).astype("timedelta64[D]")
    _ask((days.astype("datetime64[M]") == months).all())
    return days.astype("datetime64[us]") + ((hour * 60 + minute) * 60 + second).astype("timedelta64[s]")


def _fraction(places: np.ndarray) -> np.ndarray:
    digits = len(places) - 1
    _ask(1 <= digits <= 6 and (places[0] == ord(".")).all())
    return (_number(places[1:]) * 10 ** (6 - digits)).astype("timedelta64[us]")


def _offset(places: np.ndarray) -> np.ndarray:
    west = places[0] == ord("-")
    hour, minute = _number(places[1:3]), _number(places[4:6])
    _ask((west | (places[0] == ord("+"))).all() and (places[3] == ord(":")).all())
    _ask(((hour < 24) & (minute < 60)).all())
    minutes = hour * 60 + minute
    return np.where(west, -minutes, minutes).astype("timedelta64[m]")


def _number(places: np.ndarray) -> np.ndarray:
    number = np.zeros(places.shape[1], np.int32)
    for letters in places:
        digits = letters - np.uint8(ord("0"))
        _ask((digits <= 9).all())
        number = number * 10 + digits
    return number


def _ask(holds: object) -> None:
    if not holds:
        raise ValueError("stamps must be like 2026-03-29T07:15:00+02:00, got another form")
