"""docs/model.md says what the model computes now, and names only sources that exist."""

from __future__ import annotations

import re

import pytest
import textstat
from notebook_story import frightening

from hipbook import reference


@pytest.fixture(scope="module")
def tool(load_tool):
    return load_tool("write_model_tables")


@pytest.fixture(scope="module")
def document(tool) -> str:
    return tool.DOCUMENT.read_text(encoding="utf-8")


def test_the_tables_are_what_the_model_gives_now(tool, document):
    assert document == tool.rendered(document), "run `python tools/write_model_tables.py`"


def test_a_stale_number_is_noticed(tool, document):
    stale = document.replace("32.1°", "31.2°")
    assert stale != document
    assert tool.rendered(stale) == document


def test_every_source_in_the_text_exists_and_is_listed(document):
    body, _, listed = document.partition("<!-- references -->")
    named = set(re.findall(r"\[([a-z]+\d{4}[a-z]?)\]", body))
    assert len(named) > 8
    assert named <= set(reference.source_keys())
    assert named == set(re.findall(r"^- \[(\w+)\]", listed, re.MULTILINE))


def test_a_document_that_lost_a_part_is_refused(tool, document):
    with pytest.raises(ValueError, match=r"must have one part steps, got 0"):
        tool.rendered(document.replace("<!-- steps -->", ""))


def test_a_teacher_reads_it_without_code_or_fright(document):
    prose = re.sub(r"^[|#<-].*$|\[\w+\]", "", document.partition("## References")[0], flags=re.MULTILINE)
    assert "`" not in prose
    assert frightening(prose) == []
    assert textstat.flesch_kincaid_grade(prose) <= 8
