"""The search on questions nobody had seen who wrote the phrases: the right guide first, small talk left alone."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from bot.library import load
from bot.locale_folder import SOURCE_LOCALE, offered_locales
from bot.searching import Search
from bot.translating import Translator
from dialogs.lines import values

QUESTIONS = Path(__file__).parents[1] / "dialogs" / "questions"
BOOKS = load()
SEARCH = Search(BOOKS, Translator(offered_locales(), SOURCE_LOCALE, values(BOOKS.lines)))
ENGLISH = Translator([SOURCE_LOCALE], SOURCE_LOCALE, values(BOOKS.lines))
FIRST, AMONG_THREE = 0.85, 0.95
"""What the search must reach; it reached .94 and .96 (sv), .87 and .96 (en), .87 and .95 (ar)."""
ELSEWHERE: Final = dict.fromkeys(
    ("fa", "fa_AF", "ckb", "ku", "so", "ti", "tr", "ur", "ps", "uk"), (0.8, 0.92)
)
"""The same where we wrote the questions too, forty each, without having seen the phrases: reached were .80 (uk) to 1.0
(ku) and .93 to 1.0. They are plainer than a resident's own, so expect less."""
OFFERED_FOR_SMALL_TALK = 0.10


def asked(name: str) -> list[dict[str, object]]:
    """The lines of one file."""
    lines = (QUESTIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("locale", ["sv", "en", "ar", *ELSEWHERE])
def test_a_question_leads_to_its_guide(locale: str) -> None:
    """Questions as people type them, a hundred or forty in each language."""
    wanted_first, wanted_three = ELSEWHERE.get(locale, (FIRST, AMONG_THREE))
    questions = asked(locale)
    first = three = 0
    for question in questions:
        right = {question["guide"], *question.get("also", [])}  # type: ignore[misc]
        found = SEARCH.find(str(question["text"]))
        first += found[0] in right if found else 0
        three += bool(right.intersection(found[:3]))
    assert first >= wanted_first * len(questions), first
    assert three >= wanted_three * len(questions), three


def test_small_talk_is_offered_no_guide() -> None:
    """A greeting is answered with a greeting."""
    small = asked("small_talk")
    offered = [each["text"] for each in small if SEARCH.asked_for(str(each["text"]))]
    assert len(offered) <= OFFERED_FOR_SMALL_TALK * len(small), offered


def test_a_search_that_was_begun_answers_like_one_that_waited(tmp_path: Path) -> None:
    """A start waits for nothing, and a question that comes early is answered all the same."""
    early = Search(BOOKS, ENGLISH, tmp_path / "search.index")
    early.begin()
    assert early.find("how do I pay a bill")[0] == "bills"


def test_what_was_made_is_used_again_while_no_text_has_changed(tmp_path: Path) -> None:
    """A start that reads it is quick and small; a text that was mended is learnt anew."""
    file = tmp_path / "search.index"
    asked_once = Search(BOOKS, ENGLISH, file).find("how do I pay a bill")
    before = file.read_bytes()
    assert Search(BOOKS, ENGLISH, file).find("how do I pay a bill") == asked_once
    assert file.read_bytes() == before
    phrases = {**BOOKS.phrases, "housing": (*BOOKS.phrases["housing"], "flurble")}
    assert Search(replace(BOOKS, phrases=phrases), ENGLISH, file).find("flurble")[0] == "housing"
    assert file.read_bytes() != before
