"""Languages by their own names, at any moment; a second one below; and a draft says that it is one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs import joining, language_choice
from dialogs.effects import Say, ShowCommands, Toast
from dialogs.guide import Walk
from dialogs.knowledge import Knowledge
from dialogs.people import Place, Question, Resident
from dialogs.words import Word
from tests.dialogs.cast import LOCALES, NOW, Talk, knowledge, leyla, only


@pytest.mark.parametrize("code", [code for code, _own in LOCALES])
def test_every_language_is_chosen_by_its_own_name(code: str) -> None:
    """Who cannot read the others finds hers (R14)."""
    talk = Talk(leyla()).writes("language", Word.LANGUAGE)
    own = dict(LOCALES)[code]
    shown = [dict(button.label.values).get("value") for row in talk.says[0].keyboard for button in row]
    assert own in shown
    talk.presses(f"l:{code}")
    assert talk.resident.locale == code
    assert ShowCommands() in talk.effects


STATES = [
    leyla(question=Question("TV", NOW)),
    leyla(walks=(Walk("bills", "find", ("what",)),)),
    leyla(place=Place.TIME),
    leyla(place=Place.ANSWER),
    leyla(paused_until=NOW + timedelta(days=1)),
    leyla(asking="bills:find"),
    *(leyla(place=place) for place in Place),
    *(leyla(place=place, joined=False) for place in Place if place not in (Place.LANGUAGE, Place.NOBODY)),
]
"""But for the first question, which choosing answers, and for "nobody is there", where each sign looks again."""


@pytest.mark.parametrize("resident", STATES)
def test_a_new_language_changes_nothing_else(resident: Resident) -> None:
    """Guide, question, pause, and whatever she was about to write go on where they were (R14)."""
    assert Talk(resident).presses("l:ar").resident == replace(resident, locale="ar")


def test_a_language_we_do_not_speak_is_refused() -> None:
    """An old button of an older program."""
    for data in ("l:xx", "l:", "l:below:xx", "l:below:", "l:a:b:c"):
        talk = Talk(leyla()).presses(data)
        assert only(Toast, talk.effects)
        assert talk.resident == leyla()
    assert not language_choice.knows(knowledge(), "xx")


# --- what was open ---


def offers(talk: Talk) -> set[str]:
    return {each.data for said in talk.says for row in said.keyboard for each in row if each.data}


def test_what_was_open_is_one_tap_away() -> None:
    """In the middle of a guide and of a check-in."""
    in_a_guide = leyla(walks=(Walk("bills", "find", ("what",)),))
    assert "g:go-on:bills" in offers(Talk(in_a_guide).presses("l:ar"))
    assert "ci:now" in offers(Talk(leyla()).presses("ci:now").presses("l:ar"))
    assert len(Talk(leyla()).presses("l:ar").says) == 1, "and nothing is said of it where nothing was"


def test_what_was_open_is_not_named() -> None:
    """Whoever chooses a language has shown no code, so the title of a guide does not stand there."""
    talk = Talk(leyla(walks=(Walk("bills", "find", ("what",)),))).presses("l:ar")
    labels = [button.label for said in talk.says for row in said.keyboard for button in row]
    assert all(not label.values for label in labels)


# --- drafts ---


def with_drafts() -> Knowledge:
    return replace(knowledge(), drafts=frozenset({"ar", "sv"}))


def sources(said: tuple[Say, ...] | list[Say]) -> str:
    return " ".join(message.source for each in said for message in each.text)


def test_a_draft_says_so_once() -> None:
    """When it is chosen; choosing the same again says nothing new."""
    first = language_choice.choose(leyla(), "ar", with_drafts())
    assert "checked" in sources([each for each in first.effects if isinstance(each, Say)])
    again = language_choice.choose(first.person, "ar", with_drafts())
    assert "checked" not in sources([each for each in again.effects if isinstance(each, Say)])


@pytest.mark.parametrize(("code", "lines"), [("ar", 2), ("sv", 1), ("en", 0)])
def test_a_draft_names_what_stands_below_it(code: str, lines: int) -> None:
    """Our default has nothing below it, and a reviewed language says nothing at all."""
    assert len(language_choice.draft_notice(code, with_drafts())) == lines


def test_a_draft_says_so_at_joining_too() -> None:
    """Before the first question whose answer matters."""
    new = leyla(joined=False, place=Place.LANGUAGE)
    said = [
        each for each in joining.language_chosen(new, "ar", with_drafts()).effects if isinstance(each, Say)
    ]
    assert "checked" in sources(said[:1])
    assert len(said) == 2


# --- a second language ---


def test_a_second_language_is_chosen_and_left_again() -> None:
    """Two taps there, one back."""
    talk = Talk(leyla(locale="ar")).writes("language", Word.LANGUAGE).presses("l:below").presses("l:below:sv")
    assert talk.resident.below == "sv"
    assert talk.presses("l:below:-").resident.below == ""


def test_the_second_is_never_the_first() -> None:
    """The same twice helps nobody learn."""
    assert Talk(leyla(locale="ar")).presses("l:below:ar").resident.below == ""
    assert Talk(leyla(locale="ar", below="sv")).presses("l:sv").resident.below == ""
    assert Talk(leyla(locale="ar", below="sv")).presses("l:en").resident.below == "sv"


def test_at_joining_there_is_one_choice_at_a_time() -> None:
    """The second language is found in the settings, later."""
    asked = language_choice.ask(leyla(joined=False), knowledge())
    (said,) = [each for each in asked.effects if isinstance(each, Say)]
    assert "l:below" not in {each.data for row in said.keyboard for each in row}
