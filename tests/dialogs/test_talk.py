"""The talk on her side: to one person only, veiled where she may not be looking, and never a silence of hers."""

from datetime import timedelta
from typing import Any

import pytest

from dialogs import talk
from dialogs.effects import (
    CheckHours,
    EndTalk,
    KeepLetter,
    OpenLetters,
    PassEdit,
    PassOn,
    Purpose,
    RaiseAlert,
    Say,
    SendFile,
)
from dialogs.events import (
    BotBlocked,
    ContactPersonLeft,
    HoursChecked,
    Kind,
    LetterCame,
    LetterLost,
    LetterPassed,
    LettersOpened,
    Sent,
    TalkBegun,
    TalkOver,
    Timer,
    Wrote,
)
from dialogs.letters import Letter, TalkNow
from dialogs.people import Place
from dialogs.words import Word
from tests.dialogs.cast import NOW, Talk, english, leyla, neutral, newcomer, only, unprompted

BEGUN = TalkBegun(5, 1, 2, "Linden", "Mina", 3)


def _talking(**changes: Any) -> Talk:
    return Talk(leyla(**changes)).happens(BEGUN)


def _letter(text: str = "I am here") -> LetterCame:
    return LetterCame(5, 8, Letter(text, NOW, "Mina"))


def test_it_begins_with_words_that_tell_a_stranger_nothing() -> None:
    """It comes unasked (R35), and can be ended with one tap."""
    begun = _talking()
    (said,) = unprompted(begun.effects)
    assert neutral(said)
    assert "tk:end" in begun.offers


def test_what_she_writes_goes_to_the_talk() -> None:
    """And nothing of the bot's own comes between."""
    passed = _talking().writes("can we talk tomorrow")
    assert [(each.talk, each.letter.words) for each in only(PassOn, passed.effects)] == [
        (5, "can we talk tomorrow")
    ]
    assert passed.says == []


def test_what_she_wrote_before_is_not_passed_on() -> None:
    """It was meant for the bot, or for another who wrote with her; she hears so, and can write it again."""
    talk = _talking()
    talk.now += timedelta(seconds=30)
    early = talk.happens(Wrote("only for Josef", at=NOW - timedelta(seconds=1)))
    assert only(PassOn, early.effects) == []
    assert "did not pass that on" in early.words
    assert only(PassOn, talk.happens(Wrote("for Mina", at=NOW + timedelta(seconds=9))).effects)


def test_danger_in_what_she_wrote_before_is_heard() -> None:
    """Whoever it was meant for."""
    talk = _talking()
    talk.now += timedelta(seconds=30)
    early = talk.happens(Wrote("TV3", at=NOW - timedelta(seconds=1)))
    assert only(RaiseAlert, early.effects)
    assert only(PassOn, early.effects) == []


def test_a_talk_of_a_former_version_goes_on() -> None:
    """Nothing says when it began."""
    former = Talk(leyla(talk=TalkNow(5, 2, "Mina", NOW)))
    former.now += timedelta(minutes=1)
    assert only(PassOn, former.happens(Wrote("still there?", at=NOW - timedelta(hours=1))).effects)


def test_without_a_talk_nothing_is_passed_on() -> None:
    """The bot is alone with her then."""
    assert only(PassOn, Talk(leyla()).writes("hello").effects) == []


@pytest.mark.parametrize("word", [Word.STOP, Word.RESUME, Word.MENU, Word.HELP, Word.FORGET, Word.PAUSE])
def test_everyday_words_are_meant_for_the_human(word: Word) -> None:
    """ "Stop" or "go on" said to Mina is no order to the bot."""
    assert only(PassOn, _talking().writes(word.value, word).effects)


@pytest.mark.parametrize("word", [Word.HIDE, Word.SOMEONE, Word.SETTINGS, Word.GUIDES])
def test_what_stands_on_her_keyboard_still_works(word: Word) -> None:
    """Above all hiding, and asking for somebody."""
    assert only(PassOn, _talking().writes(word.value, word).effects) == []


def test_a_command_still_works() -> None:
    """It begins with a stroke, so it is for the bot."""
    assert _talking().writes("/stop", Word.STOP).resident.stopped


def test_a_letter_is_veiled_while_she_may_not_look() -> None:
    """Its words wait, sealed; what shows tells a stranger nothing (R35)."""
    came = _talking().happens(_letter("your brother called us"))
    assert [each.letter.words for each in only(KeepLetter, came.effects)] == ["your brother called us"]
    (said,) = came.says
    assert neutral(said)
    assert "brother" not in english(said.text)
    assert came.offers == ["tk:show"]


def test_a_second_letter_makes_no_second_sound() -> None:
    """An extra notification is itself a risk."""
    came = _talking().happens(_letter()).happens(_letter("more"))
    assert came.says == []
    assert only(KeepLetter, came.effects)


def test_while_she_writes_letters_are_shown_at_once() -> None:
    """She holds the phone and reads."""
    came = _talking().writes("hello").happens(_letter())
    assert "I am here" in came.words
    assert only(KeepLetter, came.effects) == []


def test_a_while_after_her_last_word_letters_are_veiled_again() -> None:
    """The phone may lie on a table."""
    conversation = _talking().writes("hello")
    conversation.now += talk.LOOKS_FOR
    assert only(KeepLetter, conversation.happens(_letter()).effects)


@pytest.mark.parametrize("how", ["press", "word", "writing"])
def test_what_waits_is_opened_by_tap_by_word_and_by_writing(how: str) -> None:
    """A press is lost after 150 seconds; and who writes on wants to see what came."""
    conversation = _talking().happens(_letter())
    match how:
        case "press":
            conversation.presses("tk:show")
        case "word":
            conversation.writes("show", Word.SHOW)
        case _:
            conversation.writes("are you there?")
    assert only(OpenLetters, conversation.effects)


def test_opened_letters_come_in_order_and_the_first_takes_the_place_of_the_veil() -> None:
    """One message fewer that stays."""
    opened = (
        _talking()
        .happens(_letter())
        .happens(LettersOpened(((8, Letter("one", NOW, "Mina")), (9, Letter("two", NOW, "Mina")))))
    )
    assert [said.in_place for said in opened.says] == [True, False]
    assert opened.words.index("one") < opened.words.index("two")


def test_opening_nothing_says_so() -> None:
    """She pressed twice."""
    assert "nothing new" in _talking().happens(LettersOpened(())).words


def test_a_letter_can_be_opened_after_the_talk() -> None:
    """It was written to her; and she hears that nobody is there now."""
    opened = Talk(leyla()).happens(LettersOpened(((8, Letter("one", NOW, "Mina")),)))
    assert "one" in opened.words
    assert "over" in opened.words


def test_a_letter_of_another_talk_is_not_shown() -> None:
    """It ended, and a new one began with somebody else."""
    assert _talking().happens(LetterCame(4, 1, Letter("old", NOW, "Josef"))).effects == ()


def test_a_veiled_file_is_sent_when_she_opens_it() -> None:
    """A picture shows on a lock screen too."""
    file = Letter("", NOW, "Mina", kind="photo", file="id")
    came = _talking().happens(LetterCame(5, 8, file))
    assert only(SendFile, came.effects) == []
    assert only(SendFile, came.happens(LettersOpened(((8, file),))).effects)


def test_reading_for_danger_goes_on() -> None:
    """Somebody is told and the emergency number is said, but no question of the bot's comes between."""
    alarmed = _talking().writes("TV2")
    assert only(RaiseAlert, alarmed.effects)
    assert only(PassOn, alarmed.effects)
    assert {said.purpose for said in alarmed.says} == {Purpose.EMERGENCY}
    assert alarmed.resident.question is None
    assert Timer.QUESTION not in alarmed.timers


def test_a_weak_sign_is_left_to_the_human_who_reads_it() -> None:
    """It is remembered like any other, and nothing is asked."""
    heard = _talking().writes("TV1")
    assert heard.says == []
    assert heard.resident.heard


def test_without_her_yes_nothing_is_read() -> None:
    """A talk changes no consent."""
    from dialogs.people import Consent
    from tests.dialogs.cast import MustNotRead

    silent = Talk(leyla(consent=Consent(True, False, True)), MustNotRead()).happens(BEGUN)
    assert only(PassOn, silent.writes("TV3").effects)


def test_her_word_is_passed_on_and_calls_unseen() -> None:
    """Whoever looks over her shoulder sees the ordinary thing: what she writes goes on (R25)."""
    called = _talking(covert="bluebird").writes("bluebird")
    assert only(PassOn, called.effects)
    assert only(RaiseAlert, called.effects)
    assert called.says == []


def test_the_bot_asks_nothing_while_they_talk() -> None:
    """A check-in waits an hour."""
    asked = _talking().asks()
    assert asked.says == []
    assert asked.timers[Timer.CHECK_IN] == NOW + timedelta(hours=1)


def test_a_check_in_that_would_come_at_night_comes_the_next_day() -> None:
    """And the day counts as no silence."""
    conversation = _talking()
    conversation.now += timedelta(hours=2, minutes=30)
    conversation.writes("hello").asks()
    assert conversation.timers[Timer.CHECK_IN].date() == (NOW + timedelta(days=1)).date()
    assert conversation.resident.missed == 0


def test_after_two_quiet_hours_the_bot_asks_as_always() -> None:
    """A talk that was forgotten must not end the check-ins."""
    conversation = _talking()
    conversation.now += talk.SILENT_FOR
    assert conversation.asks().says


def test_a_day_without_a_letter_ends_it() -> None:
    """Each letter begins the day anew."""
    conversation = _talking()
    conversation.passes(hours=23).writes("still here").passes(hours=23)
    assert only(EndTalk, conversation.effects) == []
    assert only(EndTalk, conversation.passes(hours=2).effects) == [EndTalk(5, "time")]


@pytest.mark.parametrize("how", ["press", "word"])
def test_she_can_end_it(how: str) -> None:
    """With a tap or a word."""
    conversation = _talking()
    ended = conversation.presses("tk:end") if how == "press" else conversation.writes("end", Word.END_TALK)
    assert only(EndTalk, ended.effects) == [EndTalk(5, "resident")]


def test_outside_a_talk_ending_words_are_read_like_all_others() -> None:
    """ "I want to end this" must not be taken for a button."""
    assert only(EndTalk, Talk(leyla()).writes("end", Word.END_TALK).effects) == []
    assert only(RaiseAlert, Talk(leyla()).writes("SU2", Word.END_TALK).effects)


@pytest.mark.parametrize("why", ["contact", "time", "gone"])
def test_an_end_she_did_not_make_is_told_neutrally(why: str) -> None:
    """It may show on a lock screen."""
    ended = _talking().happens(TalkOver(5, why))
    assert ended.resident.talk is None
    assert all(neutral(said) for said in unprompted(ended.effects))
    assert unprompted(ended.effects)


@pytest.mark.parametrize("why", ["replaced", "stopped"])
def test_an_end_that_is_told_otherwise_is_not_told_twice(why: str) -> None:
    """The next talk is announced; a stop was answered."""
    assert _talking().happens(TalkOver(5, why)).says == []


def test_words_to_a_talk_that_is_gone_are_said_to_be_lost() -> None:
    """She must not believe that they were read."""
    lost = _talking().happens(TalkOver(5, "lost"))
    assert "not passed on" in lost.words
    assert "someone" in lost.offers


def test_outside_hours_she_hears_when_it_is_read_and_what_is_always_open() -> None:
    """R24, S16: hours are said, and what is open at any hour."""
    conversation = _talking().writes("hello").happens(LetterPassed(5, NOW + timedelta(hours=14)))
    assert "from" in conversation.words
    assert "violence_line" in conversation.words
    assert conversation.writes("again").happens(LetterPassed(5, NOW)).says == [], "not after each word"


def test_who_is_away_is_said_to_be_away() -> None:
    """Nobody knows when it is read."""
    assert "away" in _talking().writes("hello").happens(LetterPassed(5, None)).words


def test_a_document_may_tell_who_wrote_it() -> None:
    """Its name is not passed on, but what is inside is not looked at."""
    conversation = _talking().writes("hello").happens(LetterPassed(5, NOW))
    assert "may still say who wrote it" in conversation.happens(LetterPassed(5, NOW, document=True)).words


@pytest.mark.parametrize("how", ["blocked", "unclear", "refused"])
def test_a_letter_that_is_lost_leads_to_another_person(how: str) -> None:
    """One tap away."""
    lost = _talking().happens(LetterLost(5, "Mina", how))
    assert "Mina" in lost.words
    assert "someone" in lost.offers


def test_pictures_and_files_go_along() -> None:
    """With the words below them."""
    sent = _talking().happens(Sent(Kind.PHOTO, "look", "id", 100, "", 4, NOW))
    (order,) = only(PassOn, sent.effects)
    assert (order.letter.kind, order.letter.file, order.letter.words) == ("photo", "id", "look")


def test_a_forwarded_text_is_passed_on_without_its_sender() -> None:
    """A threat she got elsewhere is often the first thing to show."""
    (order,) = only(PassOn, _talking().happens(Sent(Kind.FORWARD, "a threat")).effects)
    assert order.letter.forwarded


def test_what_cannot_go_along_is_said_to_be_so() -> None:
    """A place above all: it must not be believed to be known."""
    assert "cannot pass" in _talking().happens(Sent(Kind.LOCATION)).words
    assert "too large" in _talking().happens(Sent(Kind.DOCUMENT, "", "id", 11 * 1024 * 1024)).words


def test_danger_in_a_caption_is_heard() -> None:
    """A picture of a threat comes with words."""
    assert only(RaiseAlert, _talking().happens(Sent(Kind.PHOTO, "TV2", "id", 9)).effects)


def test_a_change_is_passed_on_as_one() -> None:
    """And read for danger like before."""
    changed = _talking().happens(Wrote("TV2", edited=True, message=4))
    assert [each.message for each in only(PassEdit, changed.effects)] == [4]
    assert only(RaiseAlert, changed.effects)
    assert only(PassEdit, Talk(leyla()).happens(Wrote("x", edited=True)).effects) == []


def test_an_answer_she_was_asked_for_is_an_answer() -> None:
    """She pressed "write instead" during the talk."""
    conversation = _talking()
    conversation.resident = leyla(talk=conversation.resident.talk, place=Place.WORD, asked_at=NOW)
    assert only(PassOn, conversation.writes("bluebird").effects) == []


def test_during_joining_words_go_to_the_human() -> None:
    """She asked for somebody before she had answered anything."""
    joining = Talk(newcomer(place=Place.NAME)).happens(BEGUN)
    assert only(PassOn, joining.writes("please help me").effects)
    assert joining.resident.place is Place.NAME


def test_who_blocks_the_bot_ends_it() -> None:
    """The other must not write into the void."""
    assert EndTalk(5, "blocked") in _talking().happens(BotBlocked()).effects


def test_a_contact_person_who_leaves_is_gone_from_the_talk() -> None:
    """With a word to her."""
    left = _talking().happens(ContactPersonLeft(2))
    assert left.resident.talk is None
    assert left.says


def test_she_can_ask_for_a_talk() -> None:
    """A quiet word to a contact person; then she hears when somebody reads it."""
    asked = Talk(leyla()).writes("talk", Word.TALK)
    assert [alarm.reasons for alarm in asked.alarms] == [("talk",)]
    assert only(CheckHours, asked.effects)
    assert "from" in asked.happens(HoursChecked(NOW + timedelta(hours=14))).words
    assert "from" not in asked.happens(HoursChecked(None)).words


def test_in_a_talk_she_hears_who_is_there() -> None:
    """Asking again raises nothing."""
    asked = _talking().presses("talk")
    assert asked.alarms == []
    assert "Mina" in asked.words


def test_who_is_that_is_answered_in_full() -> None:
    """What the other sees of her, and what not (S9)."""
    assert "Linden" in _talking().presses("tk:who").words
    assert "Nobody" in Talk(leyla()).presses("tk:who").words
    assert Talk(leyla()).presses("tk:what").effects


def test_an_old_document_knows_no_talk() -> None:
    """A resident stored before there were talks still opens."""
    assert leyla().talk is None
    assert TalkNow(1, 2, "Mina", NOW).veiled is False


def test_files_opened_first_leave_the_veil_where_it_is() -> None:
    """A file cannot take the place of a text."""
    opened = talk.opened(
        _talking().resident, LettersOpened(((8, Letter("", NOW, "Mina", kind="voice", file="id")),)), NOW
    )
    assert only(Say, opened.effects) == []
    assert only(SendFile, opened.effects)
