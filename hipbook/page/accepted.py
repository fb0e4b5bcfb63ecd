"""The language in which a browser is answered: of those there are, the one that its person likes best."""

from __future__ import annotations

import re
from collections.abc import Collection

__all__ = ["accepted"]

_PART = re.compile(r"([a-z]{1,8})(?:-[a-z0-9]{1,8})*(?:\s*;\s*q\s*=\s*([01](?:\.\d{0,3})?))?", re.IGNORECASE)


def accepted(header: str, known: Collection[str], otherwise: str) -> str:
    """Return one of the known languages.

    Parameters
    ----------
    header : str
        What the browser says, as in ``"fr-CH, fr;q=0.9, en;q=0.8"``; a part that is none is passed over.
    known : collection of str
        Two-letter codes.
    otherwise : str
        For a browser that asks for none of them.
    """
    parts = filter(None, (_PART.fullmatch(part.strip()) for part in header.split(",")))
    wanted = [(part[1].lower(), float(part[2] or 1)) for part in parts]
    liked = [(code, liking) for code, liking in wanted if code in known and liking > 0]
    return max(liked, key=lambda one: one[1], default=(otherwise, 1))[0]
