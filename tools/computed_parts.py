"""Documents with computed parts: what is between ``<!-- name -->`` and ``<!-- end -->`` is written anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from hipbook import reference


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a markdown table."""
    return "\n".join(f"| {' | '.join(line)} |" for line in [head, ["---"] * len(head), *rows])


def with_parts(document: str, name: str, parts: Mapping[str, str]) -> str:
    """Return the document with every part as it should be, and its references.

    Parameters
    ----------
    document : str
        Markdown; it names its sources in brackets, such as ``[lee2005]``.
    name : str
        Where it is, for the message.
    parts : mapping of str to str
        What stands under each name; ``references`` is added.

    Raises
    ------
    ValueError
        When a part has no place, or more than one.
    """
    body = document.partition("<!-- references -->")[0]
    for part, text in {**parts, "references": _references(body)}.items():
        pattern = rf"(<!-- {part} -->\n).*?(<!-- end -->)"
        document, found = re.subn(
            pattern, lambda kept, text=text: f"{kept[1]}{text}\n{kept[2]}", document, flags=re.DOTALL
        )
        if found != 1:
            raise ValueError(f"{name} must have one part {part}, got {found}")
    return document


def _references(document: str) -> str:
    """Return the full line of each source that the text names in brackets."""
    named = set(re.findall(r"\[([a-z]+\d{4}[a-z]?|mettlerthesis)\]", document))
    return "\n".join(f"- [{key}] {reference.reference(key)}" for key in sorted(named))
