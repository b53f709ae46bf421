"""The menu: always a way home, always a human, and nothing that gives her away."""

import pytest

from dialogs import menu
from dialogs.effects import Purpose, RaiseAlert, Say
from dialogs.events import Kind, Started
from dialogs.people import Agreed
from dialogs.screen import rows
from dialogs.words import LABELS, Word
from tests.dialogs.cast import Talk, english, leyla, neutral, newcomer, offered, only, words


def test_asking_for_somebody_says_who_is_asked_and_what_this_is_not() -> None:
    """No promise of speed, and the number for danger (R24, S1)."""
    outcome = menu.someone(leyla())
    said = words(outcome.effects)
    assert "Mina or Josef" in said
    assert english((menu.what_i_am(),)) in said
    assert only(Say, outcome.effects)[0].purpose is Purpose.EMERGENCY
    assert only(RaiseAlert, outcome.effects)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], "the people at <organisation>"),
        (["Mina"], "Mina"),
        (["Mina", "Josef"], "Mina or Josef"),
        (["Mina", "Josef", "Anna"], "Mina or Josef, Anna"),
    ],
)
def test_contact_persons_are_named_as_she_knows_them(names: list[str], said: str) -> None:
    """And where there is none, who it is then."""
    assert english((menu.names(tuple(Agreed(n, name) for n, name in enumerate(names))),)) == said


def test_the_same_words_about_what_this_is_stand_in_start_help_and_request() -> None:
    """One truth everywhere (R24)."""
    what = english((menu.what_i_am(),))
    assert what in words(menu.help_page(leyla()).effects)
    assert what in words(menu.someone(leyla()).effects)
    assert what in Talk(newcomer()).presses("l:en").words


def test_every_kind_of_thing_she_may_send_has_its_answer() -> None:
    """With a human at hand; a place or a number is not kept."""
    answers = {kind: english((menu.cannot_use(kind),)) for kind in Kind}
    assert all(answers.values())
    assert "not kept" in answers[Kind.LOCATION]
    assert "not kept" in answers[Kind.CONTACT]
    for kind in Kind:
        assert offered(menu.not_text(leyla(), kind).effects) == ["someone"]


@pytest.mark.parametrize("page", [menu.home, menu.help_page, menu.free_text, menu.unknown_command])
def test_every_page_leads_to_a_human(page: object) -> None:
    """One tap to a person, from wherever she is."""
    assert callable(page)
    (say,) = page(leyla()).effects
    assert "someone" in offered([say])


def test_the_keyboard_below_comes_back_by_starting_anew() -> None:
    """Who cleared the chat herself has lost it, and sees "Start"."""
    hello, home = only(Say, Talk(leyla()).happens(Started()).effects)
    assert (hello.menu, hello.stays, hello.keyboard) == (True, True, ())
    assert "someone" in offered([home])


def test_the_command_menu_and_the_keyboard_say_nothing_of_danger() -> None:
    """Anybody who holds the phone may see them."""
    for _word, text in menu.COMMANDS:
        assert neutral(Say((text,)))
    for row in menu.REPLY_KEYBOARD:
        assert all(neutral(Say((LABELS[word],))) for word in row)


def test_every_command_and_key_does_something() -> None:
    """A key that only shows the menu would be a dead one."""
    home = words(menu.home(leyla()).effects)
    pressed = {word for row in menu.REPLY_KEYBOARD for word in row} | {word for word, _text in menu.COMMANDS}
    for word in pressed:
        assert Talk(leyla()).writes("x", word).words != home, word


def test_the_buttons_of_the_menu_do_what_the_keyboard_does() -> None:
    """By button or by word, it is the same."""
    words_of = {
        "g:list": Word.GUIDES,
        "ci:now": Word.CHECK_IN,
        "someone": Word.SOMEONE,
        "talk": Word.TALK,
        "set": Word.SETTINGS,
    }
    assert set(offered([Say((), menu.main_menu())])) == set(words_of)
    for data, word in words_of.items():
        assert Talk(leyla()).presses(data).words == Talk(leyla()).writes("x", word).words


def test_someone_stands_under_what_is_hard_to_read() -> None:
    """The button and the word carry the same label."""
    assert menu.SOMEONE.label == LABELS[Word.SOMEONE]
    assert rows(menu.SOMEONE) == ((menu.SOMEONE,),)


def test_an_old_button_is_told_kindly_that_nothing_was_changed() -> None:
    """She did nothing wrong."""
    assert "Nothing was changed" in english((menu.old_button(),))
