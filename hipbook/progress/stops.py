"""How often holds were stopped, by reason: what a third stop for one reason is counted from."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from hipbook.progress.records import record_line, records
from hipbook.progress.tables import HOLDS

__all__ = ["stops_by_reason"]


def stops_by_reason(folder: str | Path) -> dict[str, int]:
    """Return how many holds of a log were stopped for each reason that was kept.

    Parameters
    ----------
    folder : path
        Folder of the log.

    Returns
    -------
    dict of str to int
        Only reasons that occur. Voided rows do not count, and rows without a reason neither; a log that is
        not there, or cannot be read, has none.

    Notes
    -----
    Reading needs neither numpy nor pandas, since every player asks this before it opens.
    """
    try:
        text = _canonical_text((Path(folder) / HOLDS.file).read_bytes())
    except OSError:
        return {}
    found = [dict(zip(HOLDS.names, record.cells, strict=True)) for record in _whole(text)]
    voided = {row["voids"] for row in found}
    # By id, so that a row that somebody copied within the file counts once.
    standing = {row["id"]: row for row in found if row["id"] not in voided}
    stopped = (row["reason"] for row in standing.values() if row["outcome"] == "stopped")
    return dict(Counter(reason for reason in stopped if reason))


def _whole(text: str) -> list:
    return [record for record in records(text, len(HOLDS.names)) if record.whole]


def _canonical_text(data: bytes) -> str:
    """Return the rows, without the header, also of a file that a spreadsheet saved in its own form."""
    header = record_line(HOLDS.names)
    if not data.startswith(header.encode()):
        from hipbook.progress.sheets import canonical

        return canonical(HOLDS, data).text.removeprefix(header)
    return data.decode("utf-8", errors="replace").removeprefix(header)
