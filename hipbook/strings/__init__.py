"""Every sentence shown or spoken, by key: `text("player.start")`; what the player says, in every language."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

__all__ = [
    "SPOKEN",
    "MissingSentenceError",
    "Sentence",
    "languages",
    "sentences",
    "spoken",
    "starting",
    "text",
]

SPOKEN = (
    *("checklist", "felt", "hurts", "language", "measuring", "outcome", "page", "phase"),
    *("player", "reason", "routine", "safety", "say", "side", "stretch"),
)
"""First parts of the keys that the player, the panel that measures, and their page show or say."""
UNSPOKEN = re.compile(r"stretch\.\w+\.(evidence|step\.\w+)|(player|measuring)\.static")
"""Keys among them that only Python shows, in English."""


class MissingSentenceError(KeyError):
    """A key that has no sentence in the language asked for."""

    def __str__(self) -> str:
        """Return the message without KeyError's quotes."""
        return str(self.args[0])


@cache
def sentences(language: str = "en") -> dict[str, str]:
    """Return all sentences of one language by key.

    Parameters
    ----------
    language : str
        Two-letter code; the file is ``hipbook/strings/<language>.json``. English has them all, the others
        what :func:`spoken` names.

    Raises
    ------
    MissingSentenceError
        When there is no file for that language; the message names it.
    """
    # The code may come from a browser: it is looked up, and never becomes part of a path unseen.
    if language not in _codes():
        raise MissingSentenceError(f"language must have a file in hipbook/strings, got {language!r}")
    return json.loads((files(__name__) / f"{language}.json").read_text(encoding="utf-8"))


@cache
def _codes() -> tuple[str, ...]:
    names = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


@cache
def languages() -> dict[str, str]:
    """Return the languages of the player, each by its own name: ``{"de": "Deutsch", "en": "English", …}``."""
    return {code: sentences(code)["language.name"] for code in _codes()}


@cache
def spoken(language: str = "en") -> dict[str, str]:
    """Return what the player shows or says, by key.

    Parameters
    ----------
    language : str
        One of :func:`languages`.

    Raises
    ------
    MissingSentenceError
        When there is no file for that language; the message names it.
    """
    said = sentences(language).items()
    return {key: words for key, words in said if key.split(".")[0] in SPOKEN and not UNSPOKEN.fullmatch(key)}


@cache
def starting(prefix: str) -> dict[str, str]:
    """Return the English sentences whose keys begin with ``prefix``, by key."""
    return {key: words for key, words in sentences().items() if key.startswith(prefix)}


class Sentence(str):
    """An English sentence that still knows its key and values: a panel says it in its own language."""

    key: str
    values: dict[str, object]

    def __new__(cls, key: str, **values: object) -> Sentence:
        """Fill the gaps of the sentence of ``key``."""
        self = super().__new__(cls, text(key, **values))
        self.key, self.values = key, values
        return self


def text(key: str, /, *, language: str = "en", **values: object) -> str:
    """Return the sentence of ``key`` with ``{names}`` filled in.

    Parameters
    ----------
    key : str
    language : str
        One of :func:`languages`; another than English for what :func:`spoken` names.
    **values
        What is put into the gaps.

    Raises
    ------
    MissingSentenceError
        When the key has no sentence, or the sentence asks for a value that was not given.
    """
    try:
        return sentences(language)[key].format(**values)
    except KeyError as missing:
        raise MissingSentenceError(
            f"key must be one of strings/{language}.json with all its values given, "
            f"got {key!r} without {missing}"
        ) from None
