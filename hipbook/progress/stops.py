"""Which holds were stopped, and why: what a third stop for one reason is counted from."""

from __future__ import annotations

from pathlib import Path

from hipbook.progress.records import record_line, records
from hipbook.progress.tables import HOLDS

__all__ = ["standing_stops"]


def standing_stops(folder: str | Path) -> dict[str, str]:
    """Return why holds of a log were stopped, as far as that was kept, by the id of the row.

    Parameters
    ----------
    folder : path
        Folder of the log.

    Returns
    -------
    dict of str to str
        Without voided rows and rows without a reason; a log that is not there, or cannot be read, has none.

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
    stopped = (row for row in standing.values() if row["outcome"] == "stopped" and row["reason"])
    return {row["id"]: row["reason"] for row in stopped}


def _whole(text: str) -> list:
    return [record for record in records(text, len(HOLDS.names)) if record.whole]


def _canonical_text(data: bytes) -> str:
    """Return the rows, without the header, also of a file that a spreadsheet saved in its own form."""
    header = record_line(HOLDS.names)
    if not data.startswith(header.encode()):
        from hipbook.progress.sheets import canonical

        return canonical(HOLDS, data).text.removeprefix(header)
    return data.decode("utf-8", errors="replace").removeprefix(header)
