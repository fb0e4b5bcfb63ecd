"""Published figures, each with its source: the tables of data/reference and the works they come from."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from hipbook.shipped import data_folder

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "UnknownSourceError",
    "associations",
    "citation",
    "gait_harmonics",
    "gait_rows",
    "interventions",
    "norms",
    "reference",
    "source_keys",
]

_TEXT = {
    "gait_harmonics": ("source_key", "task", "condition", "quantity"),
    "norms": ("population", "sex", "measure", "task_or_test", "source_key"),
    "interventions": ("study", "population", "protocol", "outcome", "ci_or_sd", "source_key"),
    "associations": ("id", "claim", "verdict", "p_is_below", "source_key"),
}
"""Columns that hold words; all others are numbers."""

_ACCENTS = {"'": "\u0301", "`": "\u0300", "~": "\u0303", '"': "\u0308", "^": "\u0302"}


class UnknownSourceError(KeyError):
    """A source key that data/reference/references.bib does not have."""

    def __str__(self) -> str:
        """Return the message without KeyError's quotes."""
        return str(self.args[0])


def _folder() -> Path:
    return data_folder() / "reference"


def gait_rows() -> list[dict[str, str]]:
    """Return the rows of gait_harmonics.csv as they stand there, without loading pandas.

    Returns
    -------
    list of dict
        One per task, speed and quantity; every value a text.
    """
    with (_folder() / "gait_harmonics.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _table(name: str) -> pd.DataFrame:
    import pandas as pd

    words = dict.fromkeys(_TEXT[name], "string")
    table = pd.read_csv(_folder() / f"{name}.csv", dtype=words, na_values=["NA"], keep_default_na=True)
    return table.astype({column: "float64" for column in table.columns if column not in words})


def gait_harmonics() -> pd.DataFrame:
    """Return the mean gait curves as Fourier coefficients, in each laboratory's own zero.

    Returns
    -------
    DataFrame
        Per row one curve, ``a0 + Σ a_k cos(2πkp) + b_k sin(2πkp)`` [degrees], p the share of the gait cycle
        from foot strike; ``nondimensional_speed`` is missing for running; ``rmse_deg`` and ``max_error_deg``
        say how far the series is from the published curve; ``sd_deg`` is the spread between people.
    """
    return _table("gait_harmonics")


def norms() -> pd.DataFrame:
    """Return measured ranges and peaks: population, measure, mean and standard deviation [degrees], source.

    Returns
    -------
    DataFrame
        Missing values are what was not seen in the source. Each row keeps its own test and zero.
    """
    return _table("norms")


def interventions() -> pd.DataFrame:
    """Return trials of stretching and mobilization: dose, outcome, values before and after, source.

    Returns
    -------
    DataFrame
        ``pre_deg``, ``post_deg``, ``change_deg`` in degrees of ``outcome``; missing values are what was not
        seen in the source, or what is not an angle (then ``ci_or_sd`` says it).
    """
    return _table("interventions")


def associations() -> pd.DataFrame:
    """Return findings on hip extension beside pelvis and low back: those that fit and those that do not.

    Returns
    -------
    DataFrame
        ``claim`` (pelvic_tilt, lumbar_extension), ``verdict`` (fits, not_clear, does_not_fit), ``n`` people,
        ``r`` in the study's own signs, ``p`` and whether P is below it; missing values are what was not seen.
    """
    return _table("associations")


def source_keys() -> tuple[str, ...]:
    """Return every source key, in the order of references.bib."""
    return tuple(_works())


def citation(key: str) -> str:
    """Return how a source is named in a sentence or a figure: ``Lee 2005``, ``Moreside & McGill 2012``.

    One or two authors are named, of more the first; the journal where the authors were not seen.

    Parameters
    ----------
    key : str
        As in the ``source_key`` columns.

    Raises
    ------
    UnknownSourceError
        When references.bib has no such key.
    """
    work = _work(key)
    families = [work["journal"]] if _unknown(work) else [name.partition(",")[0] for name in _authors(work)]
    who = " & ".join(families) if len(families) == 2 and "others" not in families else families[0]
    letter = match[1] if (match := re.search(r"\d{4}([a-z])$", key)) else ""
    return f"{who} {work['year']}{letter}"


def reference(key: str) -> str:
    """Return the full line of a source for a list of references, with its DOI when there is one.

    Parameters
    ----------
    key : str
        As in the ``source_key`` columns.

    Raises
    ------
    UnknownSourceError
        When references.bib has no such key.
    """
    work = _work(key)
    year, title = f"({work['year']})", work["title"]
    where = next(work[field] for field in ("journal", "booktitle", "school", "publisher") if field in work)
    volume = work.get("volume", "") + (f"({work['number']})" if "number" in work else "")
    pages = f"{':' if volume else 'pp. '}{work['pages']}" if "pages" in work else ""
    begin = [f"{title} {year}"] if _unknown(work) else [f"{_named(work)} {year}", title]
    line = " ".join(map(_ended, [*begin, f"{where} {volume}{pages}".strip()]))
    return f"{line} https://doi.org/{work['doi']}" if "doi" in work else line


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(("?", ".")) else f"{sentence}."


def _named(work: Mapping[str, str]) -> str:
    """Return the authors in a row; ``others`` stands for those that are left out, also in the middle."""
    names = _authors(work)
    if names[-1] == "others":
        return f"{', '.join(names[:-1])}, et al."
    return ", ".join("…" if name == "others" else name for name in names)


def _unknown(work: Mapping[str, str]) -> bool:
    return work["author"] == "Authors not shown"


def _authors(work: Mapping[str, str]) -> list[str]:
    return [name.strip() for name in work["author"].split(" and ")]


def _work(key: str) -> Mapping[str, str]:
    if key not in _works():
        raise UnknownSourceError(f"key must be one of data/reference/references.bib, got {key!r}")
    return _works()[key]


@cache
def _works() -> Mapping[str, Mapping[str, str]]:
    text = (_folder() / "references.bib").read_text(encoding="utf-8")
    works = {}
    for kind, key, body in re.findall(r"^@(\w+)\{([^,\s]+),\n(.*?)^\}", text, re.MULTILINE | re.DOTALL):
        fields = re.findall(r"^  (\w+) = \{(.*)\},?$", body, re.MULTILINE)
        works[key] = MappingProxyType({"kind": kind} | {name: _plain(value) for name, value in fields})
    return MappingProxyType(works)


def _plain(value: str) -> str:
    """Return a BibTeX value as readers see it: accents put together, braces and escapes gone."""
    accented = re.sub(
        r"\{\\(['`~\"^])\{?\\?(\w)\}?\}",
        lambda found: found[2] + _ACCENTS[found[1]],
        value.replace("--", "–"),
    )
    return unicodedata.normalize("NFC", re.sub(r"[{}]|\\(?=[&_%])", "", accented))
