"""What lesson 06 asks for in one call each: the sheets of a class with what was wrong, and four pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hipbook.classroom.agreement import FEWEST_PEOPLE, AgreementError, agreement
from hipbook.classroom.collect import Collected, CollectError, collect, collect_folder
from hipbook.classroom.rehearsal import rehearsal_sheets
from hipbook.figures.phrases import capital, counted
from hipbook.notebook import Words
from hipbook.strings import text

if TYPE_CHECKING:
    from hipbook.figures.display import Chart, ShownFigure

__all__ = [
    "ClassSheets",
    "class_beside_norms",
    "class_sheets",
    "pelvic_tilt_class",
    "rater_agreement",
    "said_of",
    "what_a_class_finds",
]

LISTED = 12  # in a notebook, rows that cannot be used and files not read are named up to here
CLASSES_TOGETHER = 4


@dataclass(frozen=True)
class ClassSheets:
    """The sheets of a class; shown, it says what was read and what could not be.

    Attributes
    ----------
    collected : Collected
        What was handed in.
    synthetic : bool
        Whether it is the class that does not exist.
    missing : str
        Why there is nothing to read; blank when there is.
    """

    collected: Collected
    synthetic: bool
    missing: str = ""

    def __repr__(self) -> str:
        """Say what was read, what was assumed, and each row that cannot be used with its reason."""
        return str(self._words())

    def _repr_html_(self) -> str:
        return self._words()._repr_html_()

    def _words(self) -> Words:
        if self.missing:
            return Words([self.missing, text("class.no_folder.cure")])
        return Words([*([text("class.synthetic")] if self.synthetic else []), *said_of(self.collected)])


def said_of(collected: Collected, most: int | None = LISTED) -> list[str]:
    """Return what was read from a class's sheets, in sentences, the rows that cannot be used one by one.

    At most ``most`` rows and files are named, or all of them.
    """
    rows = len(collected.readings)
    said = [
        text("class.read", files=len(collected.files), rows=rows, people=collected.people)
        if rows
        else text("class.nothing", files=len(collected.files))
    ]
    others = collected.passed_over
    if others:
        more = ["…"] if len(others) > len(others[:most]) else []
        said.append(text("class.passed_over", files=", ".join([*others[:most], *more])))
    said += [text("class.unknown", codes=", ".join(collected.unknown))] if collected.unknown else []
    said += [counted("class.blank", collected.blank)] if collected.blank else []
    said += [counted("class.again", collected.again)] if collected.again else []
    said += [counted("class.withdrawn", collected.withdrawn)] if collected.withdrawn else []
    said += collected.assumed
    rejected = collected.rejected
    said += [counted("class.rejected", len(rejected))] if rejected else [text("class.all_good")]
    said += [f"✗ {row}" for row in rejected[:most]]
    left = len(rejected) - len(rejected[:most])
    said += [counted("class.more_rejected", left)] if left else []
    return said


def class_sheets(folder: str | Path | None = None, *, without: Sequence[str] = ()) -> ClassSheets:
    """Read the sheets of a class, and write nothing.

    Parameters
    ----------
    folder : path, optional
        Where the trios' CSV files are, seen from the notebook's folder. Without it a synthetic class is read,
        to rehearse with.
    without : sequence of str
        Codes of people who changed their mind: what was measured on them or by them is left out.
    """
    if folder is None:
        return ClassSheets(collect(rehearsal_sheets(), without=without), synthetic=True)
    try:
        return ClassSheets(collect_folder(folder, without=without), synthetic=False)
    except CollectError as error:
        return ClassSheets(collect([]), synthetic=False, missing=f"{capital(str(error))}.")


def rater_agreement(sheets: ClassSheets) -> ShownFigure | Words:
    """Show how well two raters agree, and one rater with itself; or say what is missing for it."""
    from hipbook.figures import rater_agreement as figure

    try:
        found = agreement(sheets.collected.readings)
    except AgreementError as error:
        return Words([text("class.too_few", least=FEWEST_PEOPLE), f"{capital(str(error))}."])
    return _shown(figure.chart(found, sheets.collected.test), synthetic=sheets.synthetic)


def class_beside_norms(sheets: ClassSheets) -> ShownFigure | Words:
    """Show the class's mean and spread beside published means of the same test; never a single person."""
    from hipbook.figures import class_norms as figure

    means = sheets.collected.readings.groupby("person")["value_deg"].mean()
    if len(means) < FEWEST_PEOPLE:
        return Words([text("class.too_few", least=FEWEST_PEOPLE)])
    return _shown(figure.chart(means, sheets.collected.test), synthetic=sheets.synthetic)


def pelvic_tilt_class(*, people: int = 30, link: float = 0.3, draw: int = 1) -> ShownFigure:
    """Show a made-up class in which hip extension and pelvic tilt go together as strongly as ``link`` says.

    Parameters
    ----------
    people : int
        5–500.
    link : float
        True correlation, −0.95 to 0.95; 0 is none.
    draw : int
        Which of the classes: 1 to 10,000.

    Raises
    ------
    TiltError
        Names what is out of its range.
    """
    from hipbook.classroom.tilt import made_up_class
    from hipbook.figures import class_tilt as figure

    return _shown(figure.chart(made_up_class(people, link=link, draw=draw)), synthetic=True)


def what_a_class_finds(people: int = 30) -> ShownFigure:
    """Show how often a class of this size, and four such classes together, find a link, by simulation.

    Raises
    ------
    TiltError
        When ``people`` is not between 5 and 125.
    """
    from hipbook.classroom.tilt import power
    from hipbook.figures import class_power as figure

    return _shown(figure.chart([power(people), power(CLASSES_TOGETHER * people)]), synthetic=True)


def _shown(chart: Chart, *, synthetic: bool) -> ShownFigure:
    """Return a chart ready to be seen; a made-up class is called so in the picture and in words."""
    from hipbook.figures.display import show

    words = f"{text('class.made_up')}\n{chart.words()}" if synthetic else chart.words()
    return show(chart.drawn(synthetic=synthetic), words, title=chart.title, table=chart.table())
