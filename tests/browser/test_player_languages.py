"""Another language: all that is shown, named and spoken is in it, and a reload remembers the choice."""

from __future__ import annotations

import re

import pytest
from player_page import PlayerPage
from player_walk import panels
from playwright.sync_api import expect

from hipbook.strings import languages, spoken

OTHERS = sorted(set(languages()) - {"en"})
OWN_WORDS = {*languages().values(), "Mine"}
"""What is never translated: the languages' own names, and what the learner typed."""

SHOWN = """(panel) => {
  const walker = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT);
  const words = [];
  while (walker.nextNode()) words.push(walker.currentNode.data.trim());
  for (const name of ["aria-label", "title", "placeholder", "alt"])
    for (const one of panel.querySelectorAll(`[${name}]`)) words.push(one.getAttribute(name));
  return [...words, panel.getAttribute("aria-label")].filter((one) => /\\p{L}{2}/u.test(one));
}"""


def pattern(sentence: str) -> str:
    """Return a pattern of a sentence whose gaps are filled in."""
    return re.sub(r"\\\{\w+\\\}", ".+", re.escape(sentence))


def sentences(code: str) -> re.Pattern[str]:
    """Return a pattern of all that is in a language, also of a few sentences in a row."""
    worded = [
        words for words in spoken(code).values() if re.search(r"[^\W\d_]{2}", re.sub(r"\{\w+\}", "", words))
    ]
    one = "|".join(pattern(words) for words in sorted(worded, key=len, reverse=True))
    return re.compile(rf"(?:(?:{one})[. ]*)+")


def choose(played: PlayerPage, code: str) -> None:
    played.panel.locator("select", has=played.page.locator(f"option[value={code}]")).select_option(code)
    expect(played.panel).to_have_attribute("lang", code)


@pytest.mark.parametrize("code", OTHERS)
def test_nothing_in_any_panel_is_left_in_another_language(played: PlayerPage, code: str):
    found = {}
    known = sentences(code)
    for name in panels(played, code):
        for words in set(played.panel.evaluate(SHOWN)) - OWN_WORDS:
            if not known.fullmatch(words):
                found.setdefault(name, []).append(words)
    assert found == {}


@pytest.mark.parametrize("code", OTHERS)
def test_a_choice_in_the_panel_changes_words_and_voice_and_a_reload_remembers(played: PlayerPage, code: str):
    played.save("Mine", "hip_rotator_crossed")
    played.open("Mine")
    played.button("I have read this").click()
    played.panel.get_by_text("Sound, speech, language").click()
    choose(played, code)
    words = spoken(code)
    played.button(words["player.start"]).click()
    expect(played.panel.locator(".hb-word")).to_have_text(words["phase.ready"])
    [said] = played.page.evaluate("spy.said()")
    assert said["words"] == played.panel.locator("[aria-live=polite]").inner_text()
    assert re.fullmatch(pattern(words["say.begin.ready.left"]), said["words"])
    assert said["voice"].startswith(code)
    assert said["lang"].startswith(code)
    played.button(words["player.stop"]).click()
    played.is_on("finish").wait_for()

    played.page.reload()
    expect(played.panel).to_have_attribute("lang", code)
    expect(played.button(words["safety.continue"])).to_be_visible()


@pytest.mark.parametrize("code", OTHERS)
def test_why_nothing_is_saved_is_in_the_language_too(played: PlayerPage, code: str):
    (played.learner.log_folder / "holds.csv").mkdir(parents=True)
    (played.learner.folder / "routines.json").mkdir()
    played.open("no_floor", code)
    words = spoken(code)
    played.button(words["safety.continue"]).click()
    played.panel.locator("summary", has_text=words["player.own"]).click()
    played.panel.get_by_label(words["player.own_name"], exact=True).fill("Mine")
    played.button(words["player.own_save"]).click()
    refused = words["player.trouble.not_writable"].format(file="routines.json")
    expect(played.panel.locator(".hb-own [role=status]")).to_have_text(
        words["player.own_refused"].format(why=refused)
    )
    played.button(words["player.start"]).click()
    played.pass_time(20)
    played.button(words["player.stop"]).click()
    refused = words["player.trouble.not_writable"].format(file="holds.csv")
    expect(played.panel.locator(".hb-saved")).to_have_text(
        f"{words['player.waiting_one']}. {words['player.trouble'].format(why=refused)}"
    )
