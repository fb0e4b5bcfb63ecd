"""The teacher's guide: plans that add up, and references that are there."""

from __future__ import annotations

import re
from pathlib import Path

import lesson_story
import nbformat
import notebook_story as story
import pytest
from test_docs import named_paths

from hipbook.questions import questions
from hipbook.strings import text

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "teaching"
NOTEBOOKS = {path.stem[:2]: path for path in sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))}
LESSONS = ("01", "02", "03", "04", "05", "06")
PLANS = {part[:2]: part for part in (GUIDE / "plans.md").read_text(encoding="utf-8").split("\n## ")[1:]}
DOCUMENTS = ("README.md", "plans.md")


def read(name: str) -> str:
    return (GUIDE / name).read_text(encoding="utf-8")


def rows(markdown: str, head: str) -> list[list[str]]:
    """Return the cells of a table that begins with a heading cell."""
    lines = markdown.partition(f"| {head} |")[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


# --- the plans ------------------------------------------------------------


def test_the_guide_and_the_plans_have_the_same_lessons_and_minutes():
    listed = {row[0][:2]: int(row[1]) for row in rows(read("README.md"), "lesson")}
    assert tuple(listed) == tuple(PLANS) == LESSONS
    planned = {lesson: sum(int(row[0]) for row in rows(plan, "minutes")) for lesson, plan in PLANS.items()}
    assert planned == listed
    assert max(planned.values()) <= 50


def test_the_class_lab_is_timed_as_its_lesson_says():
    minutes = [int(row[0]) for row in rows(PLANS["06"], "minutes")]
    said = nbformat.read(NOTEBOOKS["06"], as_version=4).cells[0].source
    assert list(map(int, re.findall(r"(\d+) (?:to|for)\b", said))) == minutes == [5, 10, 15, 12, 8]


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_plan_names_aims_materials_wrong_ideas_and_parts_that_are_there(lesson):
    plan = PLANS[lesson]
    assert "**Aims.**" in plan
    assert "**Materials.**" in plan
    notebook = nbformat.read(NOTEBOOKS[lesson], as_version=4)
    titles = [title for title, _ in lesson_story.parts(notebook)]
    numbers = {found[1] for title in titles if (found := re.match(r"(\d+)\. ", title))}
    places = [row[-1] for row in rows(plan, "minutes")] + [row[1] for row in rows(plan, "common wrong idea")]
    assert len(rows(plan, "common wrong idea")) >= 3
    for place in places:
        if place in ("all", "Safety in class") or place.strip("*") in titles:
            continue
        named = re.findall(r"\d+", re.sub(r"checks? \d+|part\w*", "", place))
        assert named, place
        assert set(named) <= numbers, place


@pytest.mark.parametrize("lesson", [lesson for lesson in LESSONS if lesson != "03"])
def test_the_checks_of_a_plan_are_all_of_its_lesson_in_order(lesson):
    asked = [entry.number for entry in questions() if entry.lesson == lesson]
    planned = []
    for _, what, _ in rows(PLANS[lesson], "minutes"):
        for first, joint, last in re.findall(r"checks? (\d+)(?: (to|and) (\d+))?", what):
            planned += (
                range(int(first), int(last or first) + 1) if joint != "and" else [int(first), int(last)]
            )
    assert planned == asked
    for _, where in rows(PLANS[lesson], "common wrong idea"):
        part, check = re.search(r"part\w* (\d)", where), re.search(r"check (\d)", where)
        assert part
        if check:
            assert check_stands_in(lesson, int(check[1]), where), where


def check_stands_in(lesson: str, check: int, where: str) -> bool:
    """Return whether the lesson asks a check in one of the parts that are named beside it."""
    notebook = nbformat.read(NOTEBOOKS[lesson], as_version=4)
    call = f'check_yourself("{lesson}.{check}")'
    [title] = [title for title, held in lesson_story.parts(notebook) if any(call in c.source for c in held)]
    return title.split(".")[0] in re.findall(r"\d+", where.partition("check")[0])


# --- the guide ------------------------------------------------------------


def test_the_guide_puts_no_install_first_one_screen_second_and_installation_last():
    heads = re.findall(r"^## (\d)\. (.+)$", read("README.md"), re.MULTILINE)
    assert heads == [("1", "Nothing to install"), ("2", "One screen for all"), ("3", "Installed")]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_a_document_links_to_is_there(name):
    lost = set()
    for link in re.findall(r"\]\(([^)]+)\)", read(name)):
        path, _, anchor = link.partition("#")
        target = (GUIDE / path).resolve() if path else GUIDE / name
        headings = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE) if anchor else []
        anchors = {re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in headings}
        if not target.exists() or (anchor and anchor not in anchors):
            lost.add(link)
    assert lost == set()
    assert named_paths(read(name)) or name == "plans.md"


def test_the_guide_names_every_sign_to_stop_that_the_product_names():
    guide = " ".join(read("README.md").lower().split())
    for sign in ("pinch in the front of the hip or", "groin", "knee pain", "numbness", "tingling", "catches"):
        assert sign in text("safety.stop").lower(), sign
        assert sign in guide, sign
    for who in ("hip or knee replacement", "osteoporosis", "pregnant", "surgery on the belly", "hernia"):
        assert who in text("safety.ask_first").lower(), who
        assert who in guide, who
    assert story.DISCLAIMER.lower() in guide


@pytest.mark.parametrize("lesson", ["04", "06"])
def test_a_lesson_that_measures_says_what_the_safety_note_and_the_guide_say(lesson):
    opening = nbformat.read(NOTEBOOKS[lesson], as_version=4).cells[:3]
    [note] = [cell.source for cell in opening if "**Before you measure**" in cell.source]
    for key in ("stop", "ask_first", "under_18"):
        assert text(f"safety.{key}") in note, key
    for sign in ("low back", "ache", "hip dysplasia", "labral tear", "very loose joints"):
        assert sign in note.lower(), sign
        assert sign in " ".join(read("README.md").split()), sign
    assert "(00_start_here.ipynb)" in note


@pytest.mark.parametrize("name", [*DOCUMENTS, "answers.md"])
def test_no_document_frightens(name):
    assert story.frightening(read(name)) == []
