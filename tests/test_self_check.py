"""The self-check in Python: what the browser gets, what stands where there is none; nothing is kept."""

from __future__ import annotations

import subprocess
import sys
from html.parser import HTMLParser

import pytest

from hipbook.questions import UnknownQuestionError, questions
from hipbook.strings import text
from hipbook.widgets.self_check import SelfCheck, check_yourself

ALL = questions()
IDS = [entry.id for entry in ALL]


@pytest.fixture(params=ALL, ids=IDS)
def entry(request):
    return request.param


def test_the_browser_gets_the_question_with_its_numbers_filled_in(entry):
    asked = check_yourself(entry.id).question
    assert asked["title"] == text("self_check.title", number=entry.number)
    assert "{" not in str(list(walk(asked)))
    assert [option["key"] for option in asked["options"]] == list(entry.options)
    answer = asked["answer"]
    assert (tuple(answer) if isinstance(answer, list) else answer) == entry.answer


def walk(value):
    """Yield every text within a question."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from walk(part)
    elif isinstance(value, str):
        yield value


def test_every_option_of_a_single_choice_has_a_reason(entry):
    asked = check_yourself(entry.id).question
    if entry.kind == "single":
        assert all(option["why"] for option in asked["options"])
    else:
        assert asked["why"]
        assert asked["hint"]
        assert asked["hint"] != asked["why"]


def test_a_number_says_its_unit_in_words():
    numbers = [check_yourself(entry.id).question for entry in ALL if entry.kind == "number"]
    assert {asked["label"] for asked in numbers} == {"Your answer (degrees)"}


def test_the_hint_of_a_number_does_not_give_the_answer_away(entry):
    if entry.kind == "number":
        asked = check_yourself(entry.id).question
        assert f"{entry.answer}" not in asked["hint"] + "".join(slip["why"] for slip in asked["slips"])


def test_the_browser_gets_all_sentences_of_the_panel_and_no_other():
    assert {key.split(".")[0] for key in check_yourself("01.1").strings} == {"self_check"}


def test_nothing_comes_back_from_the_browser():
    panel = check_yourself("01.1")
    before = panel.question
    panel._handle_custom_msg({"kind": "answer", "right": False}, [])
    assert panel.question is before
    own = set(SelfCheck.class_own_traits())
    assert {name for name in own if not name.startswith("_")} == {"question", "strings"}


# --- where there is no browser side ---------------------------------------


def test_plain_text_asks_the_whole_question_and_says_where_the_answer_is(entry):
    said = repr(check_yourself(entry.id))
    asked = check_yourself(entry.id).question
    assert asked["ask"] in said
    assert all(option["label"] in said for option in asked["options"])
    assert f'hb.check_yourself("{entry.id}").answer' in said
    assert asked["reason"] not in said


def test_the_answer_in_plain_text_gives_the_right_one_and_its_reason(entry):
    panel = check_yourself(entry.id)
    shown, reason = panel.answer.splitlines()
    labels = {option["key"]: option["label"] for option in panel.question["options"]}
    if entry.kind == "number":
        assert shown == f"Here it is: {entry.answer} degrees"
        assert reason == panel.question["why"]
    elif entry.kind == "single":
        assert shown == f"Here it is: {labels[entry.answer]}"
        assert reason == next(o["why"] for o in panel.question["options"] if o["key"] == entry.answer)
    else:
        assert [shown.index(f"{n}. {labels[key]}") for n, key in enumerate(entry.answer, 1)] == sorted(
            shown.index(labels[key]) - 3 for key in entry.answer
        )
        assert reason == panel.question["why"]


class Folds(HTMLParser):
    """Collects what stands inside and outside ``<details>``."""

    def __init__(self, html: str):
        super().__init__()
        self.inside = False
        self.said = {True: "", False: ""}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.inside = self.inside or tag == "details"

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "details"

    def handle_data(self, data):
        self.said[self.inside] += data


def test_html_asks_and_folds_the_answer_away(entry):
    panel = check_yourself(entry.id)
    said = Folds(panel._repr_html_()).said
    assert panel.question["ask"] in said[False]
    assert panel.question["reason"] in said[True]
    assert panel.question["reason"] not in said[False]


def test_what_is_shown_holds_the_panel_and_its_whole_text_uncut(entry):
    data, _ = check_yourself(entry.id)._repr_mimebundle_()
    assert set(data) == {"text/plain", "text/html", "application/vnd.jupyter.widget-view+json"}
    assert data["text/plain"] == repr(check_yourself(entry.id))


def test_an_unknown_question_is_one_line_that_lists_the_known_ones():
    with pytest.raises(UnknownQuestionError, match=r"^question must be one of 01\.1, .*, got '09\.9'$"):
        check_yourself("09.9")


def test_asking_needs_neither_pandas_nor_matplotlib():
    heavy = (
        "import sys, hipbook as hb; hb.check_yourself('01.1')\n"
        "print(*sorted({'pandas', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
