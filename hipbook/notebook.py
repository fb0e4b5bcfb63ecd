"""What a notebook asks for in one call: the samples, the learner's own log, and figures with their words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hipbook import shipped
from hipbook import workspace as workspaces
from hipbook.check import diagnose
from hipbook.progress import log
from hipbook.strings import text

if TYPE_CHECKING:
    import pandas as pd

    from hipbook.figures.display import ShownFigure

__all__ = [
    "Log",
    "calendar",
    "check_installation",
    "my_log",
    "progress_figure",
    "safety",
    "samples",
    "weekly_dose",
    "where_saved",
]


class Words(str):
    """Lines of text that a notebook shows as paragraphs, or as one list."""

    def __new__(cls, lines: Iterable[str], *, as_list: bool = False) -> Words:
        """Make one text of several lines."""
        words = super().__new__(cls, "\n".join(lines))
        words.as_list = as_list
        return words

    def __repr__(self) -> str:
        """Return the text itself, without quotes."""
        return str(self)

    def _repr_html_(self) -> str:
        tag = "li" if self.as_list else "p"
        lines = "".join(f'<{tag} style="margin:4px 0">{escape(line)}</{tag}>' for line in self.splitlines())
        body = f'<ul style="margin:0;padding-left:1.4em">{lines}</ul>' if self.as_list else lines
        return f'<div style="max-width:46em;line-height:1.5">{body}</div>'


@dataclass(frozen=True)
class Log:
    """Three tables of one person, read when first asked for.

    Attributes
    ----------
    folder : Path or None
        Where they are; None when there is no workspace.
    prefix : str
        What stands before ``holds.csv`` in the files' names.
    """

    folder: Path | None
    prefix: str = ""

    @cached_property
    def _holds(self) -> log.LogTable:
        return log.read_holds(self._path("holds"))

    @cached_property
    def _sessions(self) -> log.LogTable:
        return log.read_sessions(self._path("sessions"))

    @cached_property
    def _measurements(self) -> log.LogTable:
        return log.read_measurements(self._path("measurements"))

    def _path(self, table: str) -> Path:
        return (self.folder or Path("no-workspace")) / f"{self.prefix}{table}.csv"

    @property
    def holds(self) -> pd.DataFrame:
        """The rows of ``holds.csv`` that count."""
        return self._holds.rows

    @property
    def sessions(self) -> pd.DataFrame:
        """The rows of ``sessions.csv`` that count."""
        return self._sessions.rows

    @property
    def measurements(self) -> pd.DataFrame:
        """The rows of ``measurements.csv`` that count."""
        return self._measurements.rows

    @property
    def unusable(self) -> int:
        """How many rows of the three files cannot be used."""
        return sum(len(table.rejected) for table in (self._holds, self._sessions, self._measurements))

    @property
    def synthetic(self) -> bool:
        """Whether a program made it up."""
        return bool(self.prefix)

    @property
    def until(self) -> dt.date | None:
        """The last day a figure covers: today for one's own log, the last row's day for a sample."""
        return None if self.synthetic else dt.date.today()

    def part(self, table: str) -> Log:
        """Return the log that a figure of one of the three tables draws from: this one."""
        return self

    def __repr__(self) -> str:
        """Say in a few sentences what is in it, what was assumed, and what could not be read."""
        return str(self._words())

    def _repr_html_(self) -> str:
        return self._words()._repr_html_()

    def _words(self) -> Words:
        if self.folder is None:
            return Words([text("notebook.no_workspace")])
        holds = self.holds
        held = holds[holds["held_s"] > 0]
        said = [] if held.empty else [_counts(held)]
        said += [text("notebook.empty")] if held.empty and not self._holds.rejected else []
        if self.prefix:
            said.insert(0, text("notebook.sample"))
        said += self._holds.assumed
        said += [text("notebook.rejected", n=len(self._holds.rejected))] if self._holds.rejected else []
        said += [f"{bad}" for bad in self._holds.rejected[:5]]
        return Words(said)


@dataclass(frozen=True)
class OwnOrSample:
    """A learner's own log, and for each table without a row in it the sample's, which says so.

    Attributes
    ----------
    own, sample : Log
        Where the rows come from.
    """

    own: Log
    sample: Log

    def part(self, table: str) -> Log:
        """Return the own log when that table has rows, else the sample."""
        return self.sample if getattr(self.own, table).empty else self.own

    def __repr__(self) -> str:
        """Say what is in one's own log, and for which tables the sample stands."""
        return str(self._words())

    def _repr_html_(self) -> str:
        return self._words()._repr_html_()

    def _words(self) -> Words:
        missing = [table for table in ("holds", "measurements") if self.part(table) is self.sample]
        said = str(self.own).splitlines()
        return Words(said + [text(f"notebook.sample_for.{table}") for table in missing])


def _counts(holds: pd.DataFrame) -> str:
    days = holds["local_date"].nunique()
    values = {
        "holds": len(holds),
        "days": days,
        "first": f"{holds['local_date'].min():%d %B %Y}".lstrip("0"),
        "last": f"{holds['local_date'].max():%d %B %Y}".lstrip("0"),
    }
    if len(holds) == 1:
        return text("notebook.counts_one", **values)
    return text("notebook.counts_one_day" if days == 1 else "notebook.counts", **values)


def samples() -> Log:
    """Return the synthetic sample: six months of a learner who does not exist."""
    return Log(shipped.data_folder(), "sample_")


def my_log(*, or_sample: bool = False) -> Log | OwnOrSample:
    """Return the learner's own log; empty when nothing is in it, or when there is no workspace.

    Parameters
    ----------
    or_sample : bool
        Whether the synthetic sample stands in for each table without rows; the figures then say so.
    """
    found = workspaces.find()
    own = Log(found.log_folder if found else None)
    return OwnOrSample(own, samples()) if or_sample else own


def where_saved() -> Words:
    """Say where what the learner does is saved, or that it is not."""
    return Words([workspaces.describe_workspace(workspaces.find())])


def check_installation() -> Words:
    """Say whether all that hipbook needs is here; for each thing that is not, the command that cures it."""
    failed = [finding for finding in diagnose(workspaces.find()) if not finding.ok]
    if not failed:
        return Words([text("notebook.check_passed")])
    lines = [
        line for finding in failed for line in (f"✗ {finding.name}: {finding.found}", finding.cure or "")
    ]
    return Words([text("notebook.check_failed", n=len(failed)), *lines])


def safety() -> Words:
    """Return the safety note."""
    keys = ("education", "ask_first", "under_18", "stop", "floor", "urgent", "emergency")
    return Words((text(f"safety.{key}") for key in keys), as_list=True)


def progress_figure(source: Log | OwnOrSample, figure: str, **chosen: Any) -> ShownFigure:
    """Show one picture of a log without controls, with words and table; see ``hb.my_progress``."""
    from hipbook.figures import views

    return views.shown(source, figure, **chosen)


def weekly_dose(source: Log | OwnOrSample, **chosen: Any) -> ShownFigure:
    """Show the minutes held per week, side and muscle group, with words and table.

    Parameters
    ----------
    source : Log
        `samples` or `my_log`.
    **chosen
        As of ``hb.my_progress``; ``plan_min_per_week`` is the person's own plan, in minutes a week for each
        side: one number, or one per muscle group.
    """
    return progress_figure(source, "weekly_dose", **chosen)


def calendar(source: Log | OwnOrSample, **chosen: Any) -> ShownFigure:
    """Show on which days how much was held, with words and table; takes what ``hb.my_progress`` takes."""
    return progress_figure(source, "calendar", **chosen)
