"""docs/claims.md: every claim and stretch of the article, each in a section that is there and grades it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import lesson_story as story
import nbformat
import notebook_story
import pytest

from hipbook.stretching.catalog import catalog
from hipbook.strings import text

ROOT = Path(__file__).parents[1]
DOCUMENT = (ROOT / "docs" / "claims.md").read_text(encoding="utf-8")
CLAIMS = ["A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A8b", "A9", "A10"]
NO_CLAIM = "A10"


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table below a heading, without its head."""
    table = DOCUMENT.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in table.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def notebook(link: str):
    target = re.search(r"\]\(\.\./(notebooks/\w+\.ipynb)\)", link)
    assert target, link
    return nbformat.read(ROOT / target[1], as_version=4)


def section(link: str, title: str) -> str:
    """Return what a section says and calls, or fail when it is not there."""
    found = {name: "\n".join(cell.source for cell in held) for name, held in story.parts(notebook(link))}
    assert title in found, f"{link} has no section {title!r}, only {sorted(found)}"
    return found[title]


def test_every_claim_of_the_article_is_in_the_table_once_and_in_order():
    assert [row[0] for row in rows("Claims")] == CLAIMS


@pytest.mark.parametrize("row", [row for row in rows("Claims") if row[0] != NO_CLAIM], ids=lambda row: row[0])
def test_a_claim_has_its_section_which_says_it_and_grades_it(row):
    _, _, link, title, grade = row
    said = section(link, title)
    assert grade in story.GRADED.findall(said)
    assert "The article says" in said
    if grade != text("evidence.not_shown"):
        graded = [part for part in said.split("**How sure?") if part.startswith(f" {grade}.**")]
        assert all("*For:*" in part and "*Against" in part for part in graded)


def test_two_claims_of_one_section_have_a_grade_each():
    graded: dict[tuple[str, str], list[str]] = {}
    for name, _, link, title, grade in rows("Claims"):
        if name != NO_CLAIM:
            graded.setdefault((link, title), []).append(grade)
    for (link, title), grades in graded.items():
        given = story.GRADED.findall(section(link, title))
        assert all(given.count(grade) >= grades.count(grade) for grade in grades), title


def test_the_disclaimer_has_its_section_and_stands_in_every_notebook():
    [(_, _, link, title, _)] = [row for row in rows("Claims") if row[0] == NO_CLAIM]
    assert "hb.safety()" in section(link, title)
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        assert list(notebook_story.disclaimer(nbformat.read(path, as_version=4))) == [], path.name


@pytest.mark.parametrize("row", rows("Stretches"), ids=lambda row: row[0])
def test_a_stretch_has_its_section_with_card_and_timer_and_the_catalogues_grade(row):
    name, link, title, grade = row
    stretch = catalog().stretch(name.strip("`"))
    said = section(link, title)
    assert f'hb.stretch_card("{stretch.id}")' in said
    assert f'hb.player("{stretch.id}")' in said
    assert grade == text(f"evidence.{stretch.evidence}")


def test_every_stretch_is_in_the_table():
    assert [row[0].strip("`") for row in rows("Stretches")] == [stretch.id for stretch in catalog().stretches]


@pytest.mark.parametrize("stretch", catalog().stretches, ids=lambda stretch: stretch.id)
def test_the_claims_of_a_stretch_are_in_the_table(stretch):
    assert set(stretch.claims) <= set(CLAIMS)


def test_the_lessons_own_page_of_grades_is_that_of_the_table():
    """The list that closes lesson 02 gives each claim its grade; parts of a claim on top are not shown."""
    [link] = {row[2] for row in rows("Claims") if row[0] == "A9"}
    [(_, held)] = [part for part in story.parts(notebook(link)) if part[0] == "7. What else matters?"]
    [table] = [cell.source for cell in held if "| how sure |" in cell.source]
    given = [line.rsplit("|", 2)[1].strip() for line in table.splitlines() if line.startswith("|")][2:]
    claimed = Counter(row[4] for row in rows("Claims") if row[0] != NO_CLAIM)
    assert claimed - Counter(given) == Counter()
    assert set(Counter(given) - claimed) == {"Not shown"}
