"""A contact person with several residents never writes to the wrong one."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from dialogs import contact_person, threads
from dialogs.effects import Effect, EndTalk, OpenTalk, PassEdit, PassOn
from dialogs.events import (
    Event,
    Kind,
    LetterCame,
    LetterLost,
    Pressed,
    Sent,
    TalkBegun,
    TalkOver,
    TalkRefused,
    Wrote,
)
from dialogs.letters import LARGEST_FILE, Letter
from dialogs.outcome import Outcome
from dialogs.people import Contact, Place
from dialogs.words import Word
from tests.dialogs.cast import NOW, knowledge, mina, offered, only, words

LINDEN, BIRCH, ASPEN = (11, "Linden"), (12, "Birch"), (13, "Aspen")
SOON: Final = timedelta(seconds=5)


class Desk:
    """Mina, her talks, and a clock."""

    def __init__(self, contact: Contact | None = None) -> None:
        self.contact, self.now = contact or mina(), NOW
        self.effects: tuple[Effect, ...] = ()

    def happens(self, event: Event, after: timedelta = SOON) -> "Desk":
        """Something happens, a few seconds after what was before."""
        self.now += after
        outcome: Outcome[Contact] = contact_person.decide(self.contact, event, self.now, knowledge())
        self.contact, self.effects = outcome.person, outcome.effects
        return self

    def begins(self, talk: int, alias: str) -> "Desk":
        """A talk begins; she writes to that one from now on."""
        return self.happens(TalkBegun(talk, talk + 100, 2, alias, "Mina", talk + 200))

    def writes(self, text: str, **how: object) -> "Desk":
        """She writes; it is heard at once unless `late` says otherwise."""
        late = how.pop("late", timedelta(0))
        assert isinstance(late, timedelta)
        self.now += SOON
        how = {"message": 7, **how}
        return self.happens(Wrote(text, at=self.now - late, **how), timedelta(0))  # type: ignore[arg-type]

    def hears(self, talk: int, text: str = "hej") -> "Desk":
        """A resident wrote."""
        return self.happens(LetterCame(talk, 1, Letter(text, self.now, "somebody")))

    @property
    def passed(self) -> list[tuple[int, str]]:
        """To whom went what, after the last event."""
        return [(each.talk, each.letter.words) for each in only(PassOn, self.effects)]


def _two() -> Desk:
    return Desk().begins(*LINDEN).begins(*BIRCH)


def test_words_go_to_the_one_she_writes_to() -> None:
    """With one talk open there is nothing to ask."""
    assert Desk().begins(*LINDEN).writes("I am here").passed == [(11, "I am here")]


def test_a_reply_goes_to_the_talk_it_answers() -> None:
    """Telegram's own reply says to whom, whatever was chosen."""
    desk = _two()
    assert desk.writes("to you", answers=11).passed == [(11, "to you")]
    assert desk.contact.writing_to == 11, "and it is the one she writes to from then on"


def test_words_after_another_one_wrote_are_held() -> None:
    """She may be answering the one who wrote last; a guess would show one resident's matter to another."""
    desk = _two().hears(11).writes("yes, come at three")
    assert desk.passed == []
    assert {"tk:send:11:7", "tk:send:12:7", "tk:drop:7"} <= set(offered(desk.effects))
    assert "yes, come at three" in words(desk.effects)
    assert desk.happens(Pressed("tk:send:11:7")).passed == [(11, "yes, come at three")]
    assert desk.contact.held == ()


def test_words_after_a_long_pause_are_held() -> None:
    """With several talks, half an hour later nobody remembers which was chosen."""
    desk = _two()
    desk.now += threads.ASK_AFTER
    assert desk.writes("hello again").passed == []


def test_words_that_were_heard_late_are_held() -> None:
    """After an outage they were written to a screen that looked otherwise, and a press may be lost."""
    assert Desk().begins(*LINDEN).writes("for colleagues only", late=timedelta(minutes=3)).passed == []


def test_words_from_before_the_choice_are_held() -> None:
    """A press can overtake the words before it."""
    desk = Desk().begins(*LINDEN).begins(*BIRCH)
    assert desk.writes("for Linden", late=timedelta(seconds=6)).passed == []


def test_held_words_pile_up_and_go_together() -> None:
    """Whoever writes on before answering loses nothing."""
    desk = _two().hears(11).writes("one", message=7).writes("two", message=8)
    assert desk.passed == []
    assert desk.happens(Pressed("tk:send:12:8")).passed == [(12, "one"), (12, "two")]
    assert desk.happens(Pressed("tk:send:12:8")).passed == [], "a second tap sends nothing again"


def test_an_answer_is_about_what_was_asked_and_not_about_what_came_after() -> None:
    """She taps below the first question, and has written to another one meanwhile."""
    desk = _two().hears(11).writes("for Birch", message=7).writes("for Linden", message=8)
    assert desk.happens(Pressed("tk:send:12:7")).passed == [(12, "for Birch")]
    assert "tk:send:11:8" in offered(desk.effects), "and is asked about the other"
    assert desk.happens(Pressed("tk:send:11:8")).passed == [(11, "for Linden")]


def test_an_old_question_answers_nothing() -> None:
    """Its buttons stand in the chat for ever; what is held now is another matter, and so is what comes next."""
    desk = _two().hears(11).writes("for nobody", message=7).happens(Pressed("tk:drop:7")).hears(11)
    desk.writes("for Linden", message=8)
    for old in ("tk:send:12:7", "tk:drop:7", "tk:send:12", "tk:drop", "tk:me"):
        assert desk.happens(Pressed(old)).passed == []
        assert [each.letter.words for each in desk.contact.held] == ["for Linden"]
    assert desk.happens(Pressed("tk:drop:8")).happens(Pressed("tk:send:12:8")).writes("to whom?").passed == []


def test_a_press_that_overtook_words_does_not_let_them_through() -> None:
    """“To nobody” was said about what was asked; the words before it come after it, and are asked about too."""
    desk = _two().hears(11).writes("one", message=7)
    before = desk.now
    desk.happens(Pressed("tk:drop:7"))
    desk.happens(Wrote("two", at=before, message=8), timedelta(0))
    assert desk.passed == []


def test_what_is_held_can_be_thrown_away() -> None:
    """To nobody is an answer."""
    desk = _two().hears(11).writes("one").happens(Pressed("tk:drop:7"))
    assert desk.contact.held == ()
    assert desk.passed == []


def test_held_words_wait_when_their_talk_has_ended() -> None:
    """It was sent to nobody, and she hears so."""
    desk = _two().hears(11).writes("one").happens(TalkOver(11, "resident")).happens(Pressed("tk:send:11:7"))
    assert desk.passed == []
    assert "nobody" in words(desk.effects)
    assert len(desk.contact.held) == 1


def test_after_a_talk_has_ended_words_go_to_nobody_by_themselves() -> None:
    """The other talk was not chosen."""
    desk = _two().happens(TalkOver(12, "resident")).writes("still there?")
    assert desk.passed == []
    assert "tk:send:11:7" in offered(desk.effects)


def test_after_one_who_wrote_last_has_ended_words_go_to_nobody_by_themselves() -> None:
    """She may be typing an answer to that one at this moment."""
    desk = _two().hears(11).happens(TalkOver(11, "resident")).writes("how good to hear")
    assert desk.passed == []
    assert "tk:send:12:7" in offered(desk.effects)


def test_who_asked_for_somebody_who_is_gone_writes_to_nobody() -> None:
    """She goes on typing before she reads that it was in vain."""
    assert _two().happens(Pressed("tk:to:99")).writes("for 99").passed == []
    assert _two().happens(TalkRefused("gone")).writes("for somebody else").passed == []


def test_what_another_wrote_before_we_heard_of_her_words_counts() -> None:
    """We were slow: she wrote, then read the other one's letter, then answered that."""
    desk = _two()
    desk.now += timedelta(seconds=20)
    desk.hears(11)
    desk.happens(Wrote("to Birch", at=desk.now - timedelta(seconds=10), message=7, answers=12))
    assert desk.passed == [(12, "to Birch")]
    assert desk.writes("an answer to Linden").passed == []


def test_what_came_while_she_typed_a_reply_counts() -> None:
    """It stands above her reply, and she reads it after she has sent that."""
    desk = _two().hears(11)
    assert desk.writes("to Birch", answers=12).passed == [(12, "to Birch")]
    assert desk.writes("an answer to Linden").passed == []


def test_words_right_after_a_reply_to_another_are_held() -> None:
    """Until she reads to whom she writes now, her screen names the one before."""
    desk = _two()
    at = desk.now + SOON
    desk.happens(Wrote("to Linden", at=at, message=7, answers=11), after=timedelta(seconds=20))
    assert desk.passed == [(11, "to Linden")]
    assert desk.happens(Wrote("to Birch", at=at + SOON, message=8), after=timedelta(0)).passed == []


def test_a_reply_to_something_else_is_held() -> None:
    """To a note about a case, to words of her own: it may be about anybody."""
    assert _two().writes("on my way", answers=0).passed == []


@pytest.mark.parametrize("word", [Word.SAFE, Word.CANNOT, Word.REACHED, Word.STOP, Word.MENU])
def test_a_word_the_bot_knows_may_be_meant_for_a_resident(word: Word) -> None:
    """“Safe” closes a case, or is the answer to a question: she is asked which."""
    desk = Desk().begins(*LINDEN).writes(word.value, word=word)
    assert desk.passed == []
    assert {"tk:send:11:7", "tk:me:7"} <= set(offered(desk.effects))


def test_a_word_that_was_for_the_bot_is_taken_as_one() -> None:
    """The same as if no talk were open."""
    desk = Desk().begins(*LINDEN).writes("hours", word=Word.HOURS).happens(Pressed("tk:me:7"))
    assert desk.contact.held == ()
    assert "hr:always" in offered(desk.effects)


def test_a_label_that_was_for_the_bot_is_pressed() -> None:
    """What stands on a button may be said to a human as well."""
    desk = Desk().begins(*LINDEN).writes("My hours", label="ch:hours")
    assert desk.passed == []
    assert "hr:always" in offered(desk.happens(Pressed("tk:me:7")).effects)


def test_a_command_is_never_passed_on() -> None:
    """Not even one that does not exist."""
    desk = Desk().begins(*LINDEN)
    assert desk.writes("/hours", word=Word.HOURS).passed == []
    assert desk.writes("/nonsense").passed == []
    assert desk.contact.held == ()


def test_a_note_for_colleagues_is_never_passed_on() -> None:
    """While she writes a note nothing else is open, however long it takes."""
    desk = Desk().begins(*LINDEN).happens(Pressed("no:write:111"))
    assert desk.contact.place is Place.NOTE
    desk.now += timedelta(hours=5)
    assert desk.writes("she must not read this").passed == []


def test_a_file_goes_where_words_would_go() -> None:
    """And is held where they would be held."""
    desk = _two().happens(Sent(Kind.PHOTO, "look", "file-1", 100, "", 8, NOW + 3 * SOON))
    assert desk.passed == [(12, "look")]
    desk.hears(11)
    desk.happens(Sent(Kind.VOICE, "", "file-2", 100, "", 9, desk.now + SOON))
    assert desk.passed == []
    assert desk.happens(Pressed("tk:send:11:9")).passed == [(11, "")]


def test_what_cannot_be_passed_on_is_said_to_be_so() -> None:
    """A sticker, a place; and what is too large."""
    desk = Desk().begins(*LINDEN)
    assert "cannot pass" in words(desk.happens(Sent(Kind.LOCATION)).effects)
    assert "too large" in words(desk.happens(Sent(Kind.PHOTO, "", "f", LARGEST_FILE + 1)).effects)


def test_a_changed_message_is_passed_on_as_changed() -> None:
    """To whom the first one went, the tables know."""
    desk = Desk().begins(*LINDEN).writes("at four", edited=True)
    assert [each.message for each in only(PassEdit, desk.effects)] == [7]


def test_a_letter_names_alias_and_case() -> None:
    """Two talks are never taken for one; another one's letter says how to answer it."""
    desk = Desk().begins(*LINDEN).happens(LetterCame(11, 1, Letter("hej", NOW, "Linden")))
    assert "Linden, case 211" in words(desk.effects)
    assert offered(desk.effects) == []
    assert offered(desk.begins(*BIRCH).hears(11).effects) == ["tk:to:11"]


def test_a_letter_of_a_talk_she_is_not_in_shows_nothing() -> None:
    """It ended a moment ago."""
    assert Desk().hears(11).effects == ()


def test_her_keyboard_shows_to_whom_she_writes() -> None:
    """Always in view, below the input line."""
    labels = [button.label.source for row in threads.keyboard(_two().contact) for button in row]
    assert labels == ["→ {alias}", "✍️ {alias}", "End a talk"]
    assert threads.keyboard(mina()) == ()


def test_ending_asks_which_where_there_are_several() -> None:
    """The wrong one would be gone without a word."""
    desk = _two().happens(Pressed("tk:end"))
    assert {"tk:end:11", "tk:end:12"} <= set(offered(desk.effects))
    assert only(EndTalk, desk.happens(Pressed("tk:end:11")).effects) == [EndTalk(11, "contact")]
    assert only(EndTalk, Desk().begins(*LINDEN).happens(Pressed("tk:end")).effects) == [
        EndTalk(11, "contact")
    ]


def test_a_talk_is_begun_from_a_case_or_a_resident() -> None:
    """Whether she may is asked where the tables are."""
    assert only(OpenTalk, Desk().happens(Pressed("tk:open:5")).effects) == [OpenTalk(alert=5)]
    assert only(OpenTalk, Desk().happens(Pressed("tk:with:9")).effects) == [OpenTalk(resident=9)]


@pytest.mark.parametrize("why", ["not-yours", "not-safe", "gone"])
def test_a_no_says_why(why: str) -> None:
    """And what else she can do."""
    assert words(Desk().happens(TalkRefused(why)).effects)


@pytest.mark.parametrize("how", ["blocked", "unclear", "refused"])
def test_she_hears_what_did_not_arrive(how: str) -> None:
    """A letter that reached nobody must not be believed to be read."""
    assert "Linden" in words(Desk().happens(LetterLost(11, "Linden", how)).effects)


@pytest.mark.parametrize("why", ["contact", "time", "replaced", "blocked", "gone", "resident"])
def test_each_end_is_told(why: str) -> None:
    """She must not go on writing to somebody who is gone."""
    desk = Desk().begins(*LINDEN).happens(TalkOver(11, why))
    assert "Linden" in words(desk.effects)
    assert desk.contact.threads == ()
    assert desk.contact.writing_to == 0


def test_the_list_says_to_whom_she_writes() -> None:
    """By word, because a press is lost after 150 seconds."""
    assert "You write to Birch." in words(_two().writes("/talk", word=Word.TALK).effects)


def test_an_old_button_changes_nothing() -> None:
    """Whatever it was."""
    desk = _two()
    before = desk.contact
    assert desk.happens(Pressed("tk:what")).contact == before


class WrongThread(RuleBasedStateMachine):
    """
    Random interleaving of three residents and one contact person.

    Each text says in itself for whom it is meant, and Mina means what a person means: the one she chose last on her
    screen, the letter she replies to, or, where another has written since, either of them. Nothing may arrive
    elsewhere.
    """

    @initialize()
    def morning(self) -> None:
        """Three talks are open."""
        self.desk = Desk().begins(*LINDEN).begins(*BIRCH).begins(*ASPEN)
        self.arrived: list[tuple[int, str]] = []

    def _keep(self) -> None:
        self.arrived += self.desk.passed
        for talk, text in self.desk.passed:
            assert text.startswith(f"for {talk}"), f"{text!r} went to {talk}"

    @rule(talk=st.sampled_from([11, 12, 13]), minutes=st.integers(0, 40))
    def a_resident_writes(self, talk: int, minutes: int) -> None:
        """Any of them, at any time."""
        self.desk.now += timedelta(minutes=minutes)
        self.desk.hears(talk)

    @rule(talk=st.sampled_from([11, 12, 13]), late=st.integers(0, 300))
    def she_replies(self, talk: int, late: int) -> None:
        """With Telegram's reply it is certain, however late it is heard."""
        self.desk.writes(f"for {talk}", answers=talk, late=timedelta(seconds=late))
        self._keep()

    @rule(talk=st.sampled_from([11, 12, 13]))
    def she_chooses(self, talk: int) -> None:
        """By the keyboard."""
        self.desk.happens(Pressed(f"tk:to:{talk}"))
        self._keep()

    @rule(meant=st.sampled_from([11, 12, 13]), late=st.integers(0, 300))
    def she_writes(self, meant: int, late: int) -> None:
        """
        Without a reply. What she means can differ from the chosen one exactly where her screen gave a reason to:
        somebody else wrote, she was away for long, or it was written before the choice.
        """
        contact, at = self.desk.contact, self.desk.now + SOON - timedelta(seconds=late)
        chosen = threads.thread_of(contact, contact.writing_to)
        distracted = any(
            each.heard_at and contact.wrote_at and each.heard_at > contact.wrote_at
            for each in contact.threads
            if chosen is None or each.talk != chosen.talk
        )
        paused = contact.wrote_at is None or self.desk.now + SOON - contact.wrote_at > threads.ASK_AFTER
        before = contact.chosen_at is not None and at <= contact.chosen_at
        if not (chosen is None or distracted or paused or before):
            meant = contact.writing_to
        self.desk.writes(f"for {meant}", late=timedelta(seconds=late))
        self._keep()
        if self.desk.contact.held:
            self._answer(meant)

    def _answer(self, meant: int) -> None:
        """She is asked, and answers what she meant."""
        self.desk.happens(Pressed(f"tk:send:{meant}:7"))
        self._keep()

    @rule(talk=st.sampled_from([11, 12, 13]))
    def one_ends_and_begins_anew(self, talk: int) -> None:
        """With the same number, so that a mistake would show."""
        alias = {11: "Linden", 12: "Birch", 13: "Aspen"}[talk]
        self.desk.happens(TalkOver(talk, "resident"))
        self.desk.begins(talk, alias)


TestWrongThread = WrongThread.TestCase


@given(
    st.lists(
        st.sampled_from(
            ["tk:to:11", "tk:to:12", "tk:send:11:7", "tk:drop:7", "tk:me:7", "tk:end", "tk:list"]
        ),
        max_size=12,
    )
)
def test_buttons_alone_send_nothing(presses: list[str]) -> None:
    """Only words that were written are ever passed on."""
    desk = _two()
    for data in presses:
        assert desk.happens(Pressed(data)).passed == []


def test_only_so_much_is_held() -> None:
    """She hears that it was not kept."""
    desk = Desk(replace(_two().contact, writing_to=0))
    for number in range(threads.MOST_HELD + 1):
        desk.writes(f"text {number}")
    assert len(desk.contact.held) == threads.MOST_HELD
    assert "not kept" in words(desk.effects)


def test_moments_are_compared_in_whole_seconds() -> None:
    """Telegram tells no smaller ones."""
    contact = replace(_two().contact, chosen_at=datetime(2026, 11, 24, 17, 0, 9, 700_000, tzinfo=NOW.tzinfo))
    at = contact.chosen_at
    assert at is not None
    assert threads.whom(contact, at.replace(microsecond=0), None, at) is None
