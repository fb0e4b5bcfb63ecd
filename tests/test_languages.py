"""What the player says in Spanish, German and French: all of it, with its gaps and sides, in good print."""

from __future__ import annotations

import re

import pytest

from hipbook.strings import MissingSentenceError, languages, sentences, spoken

OTHERS = sorted(set(languages()) - {"en"})

SAME = {
    "de": {
        "page.title": "only a name",
        "player.cue.vibration": "the same word",
        "player.more_time": "only its unit",
    },
    "es": {
        "page.title": "only a name",
        "player.more_time": "only its unit",
        "player.no": "the same word",
    },
    "fr": {
        "page.title": "only a name",
        "player.cue.vibration": "the same word",
        "player.more_time": "only its unit",
        "player.pause": "the same word",
    },
}
"""What may equal the English, and why."""

ENGLISH = re.compile(
    r"\b(the|and|your?|with|when|this|that|these|not|of|to|for|from|is|are|it|knee|side|hold|next|rest)\b",
    re.IGNORECASE,
)
FORMAL = {
    "de": r"\b(Ihr|Ihre[mnrs]?|Ihnen)\b|\w+en Sie\b",  # the learner is "du"
    "es": r"(?i)\b(ustedes|usted|vosotros|vuestr[oa]s?)\b",  # tú
    "fr": r"(?i)\b(tu|ton|ta|tes|toi|te)\b|\bt’",  # vous
}
"""How the person is never addressed."""
MISREAD = {
    "de": r"\bFeld\b|\{deg\} von null\.",  # a field of a form; an angle is away from zero
    "es": r"\bparejo\b|Bien mantenido",
    "fr": r"\bsommet\b|\bÉclat\b|Bien tenu|sentir un poids",  # a phone has no summit
}
"""Words that were taken over too literally, and mean something else."""
SIDES = {"de": ("link", "recht"), "es": ("izquierd", "derech"), "fr": ("gauche", "droit")}
NNBSP = "\u202f"
GAP = re.compile(r"\{(\w+)\}")


def gaps(words: str) -> list[str]:
    return sorted(GAP.findall(words))


def sides(words: str, left: str, right: str) -> list[str]:
    """Return which sides are named, in order, as "left" and "right"."""
    found = re.findall(rf"\b({left}|{right})", words, re.IGNORECASE)
    return ["left" if side.lower() == left else "right" for side in found]


def poor_print(language: str, words: str) -> list[str]:
    """Return what is against the language's rules of print."""
    rules = {
        "straight quotation mark or apostrophe": r"[\"']",
        "two spaces, or one at an end": r"\s\s|^\s|\s$",
        "three dots instead of …": r"\.\.\.",
        "% without a narrow no-break space": rf"(?<!{NNBSP})%",
    }
    own = {
        "de": {"quotation marks not „so“": r"[”«»]|“(?!\W|$)|„[^“]*$"},
        "es": {
            "? without ¿": r"^[^¿]*\?|¿[^?]*$",
            "! without ¡": r"^[^¡]*!|¡[^!]*$",
            "quotation marks not «so»": r"[„“”]",
        },
        "fr": {
            ": ; ? ! or » without a narrow no-break space": rf"(?<!{NNBSP})[:;?!»]",
            "« without a narrow no-break space": rf"«(?!{NNBSP})",
            "quotation marks not « so »": r"[„“”]",
        },
    }
    return [rule for rule, against in (rules | own[language]).items() if re.search(against, words)]


def test_there_are_four_languages_by_their_own_names():
    assert languages() == {"de": "Deutsch", "en": "English", "es": "Español", "fr": "Français"}


@pytest.mark.parametrize("language", ["xx", "../strings/de", "", "EN"])
def test_a_language_without_a_file_is_an_error_that_names_it(language):
    with pytest.raises(MissingSentenceError, match=re.escape(repr(language))):
        spoken(language)


def test_what_only_python_shows_is_not_spoken():
    silent = {key for key in sentences() if re.match(r"player\.static|stretch\.\w+\.(evidence|step)\b", key)}
    assert silent
    assert silent.isdisjoint(spoken())


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_what_the_player_says_and_nothing_else(language):
    assert set(sentences(language)) == set(spoken())


@pytest.mark.parametrize("language", OTHERS)
def test_a_sentence_has_the_gaps_of_the_english(language):
    for key, words in spoken(language).items():
        assert gaps(words) == gaps(spoken()[key]), key


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_in_english(language):
    said = {key: GAP.sub("", words) for key, words in spoken(language).items()}
    same = {key for key, words in said.items() if words and words == GAP.sub("", spoken()[key])}
    assert same == set(SAME[language])
    assert {key: words for key, words in said.items() if ENGLISH.search(words)} == {}


@pytest.mark.parametrize("language", OTHERS)
def test_the_person_is_addressed_in_one_way(language):
    assert {key: words for key, words in spoken(language).items() if re.search(FORMAL[language], words)} == {}


@pytest.mark.parametrize("language", OTHERS)
def test_no_word_reads_as_another_thing(language):
    misread = {key: words for key, words in spoken(language).items() if re.search(MISREAD[language], words)}
    assert misread == {}


@pytest.mark.parametrize("language", OTHERS)
def test_a_sentence_of_a_side_names_the_sides_that_the_english_names(language):
    pairs = [key.removesuffix(".left") for key in spoken() if key.endswith(".left")]
    keys = [f"{key}.{side}" for key in pairs if f"{key}.right" in spoken() for side in ("left", "right")]
    assert keys
    wanted = {key: sides(spoken()[key], "left", "right") for key in keys}
    assert {key: sides(spoken(language)[key], *SIDES[language]) for key in keys} == wanted


@pytest.mark.parametrize("language", OTHERS)
def test_only_the_side_differs_between_the_sentences_of_two_sides(language):
    side = re.compile("({}|{})e?".format(*SIDES[language]), re.IGNORECASE)  # gauche, droit, droite
    said = {key: side.sub("*", words) for key, words in spoken(language).items()}
    for key, words in said.items():
        assert said.get(re.sub(r"\.left$", ".right", key), words) == words, key


@pytest.mark.parametrize("language", OTHERS)
def test_sentences_follow_the_rules_of_print(language):
    broken = {key: poor_print(language, words) for key, words in spoken(language).items()}
    assert {key: rules for key, rules in broken.items() if rules} == {}


@pytest.mark.parametrize("language", OTHERS)
def test_a_sentence_ends_and_begins_as_the_english_does(language):
    def ends(words: str) -> tuple[bool, str]:
        return words.lstrip("¿¡«„")[:1].islower(), words[-1:] if words[-1:] in ".?!:" else ""

    unlike = {key for key, words in spoken(language).items() if ends(words) != ends(spoken()[key])}
    assert unlike == set()


@pytest.mark.parametrize("language", OTHERS)
def test_a_sentence_is_not_empty_and_fits_where_the_english_fits(language):
    for key, words in spoken(language).items():
        assert 0 < len(words) <= 1.8 * len(spoken()[key]) + 20, key
