"""Every sentence shown or spoken, by key: `text("player.start")`."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

__all__ = ["MissingSentenceError", "sentences", "text"]


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
        Two-letter code; the file is ``hipbook/strings/<language>.json``.

    Raises
    ------
    MissingSentenceError
        When there is no file for that language; the message names it.
    """
    source = files(__name__) / f"{language}.json"
    if not source.is_file():
        raise MissingSentenceError(f"language must have a file in hipbook/strings, got {language!r}")
    return json.loads(source.read_text(encoding="utf-8"))


def text(key: str, /, **values: object) -> str:
    """Return the sentence of ``key`` with ``{names}`` filled in.

    Raises
    ------
    MissingSentenceError
        When the key has no sentence, or the sentence asks for a value that was not given.
    """
    try:
        return sentences()[key].format(**values)
    except KeyError as missing:
        raise MissingSentenceError(
            f"key must be one of strings/en.json with all its values given, got {key!r} without {missing}"
        ) from None
