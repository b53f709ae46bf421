"""What is kept and how it goes away: true words, one question before erasing, none before stopping."""

import pytest

from dialogs.alert import ResidentLeft, Track
from dialogs.effects import (
    ClearChat,
    ForgetPerson,
    GatherData,
    KeepLetter,
    Say,
    ShowPicture,
    TellAlertOnTrack,
)
from dialogs.events import DataGathered, LetterCame, MessagesRemain, Timer
from dialogs.guide import Walk
from dialogs.kinds import ContactKind
from dialogs.letters import Letter, TalkNow
from dialogs.people import Agreed, Consent, Resident
from dialogs.plan_entry import Helper, PlanEntry
from dialogs.words import Word
from tests.dialogs.cast import JOSEF, NOW, Talk, leyla, neutral, newcomer, only

TOO_MUCH = ("anonymous", "without a trace", "no trace", "end-to-end", "nobody can read", "100 %", "guarantee")


def test_the_page_about_privacy_promises_no_more_than_is_true() -> None:
    """Telegram can read along, the phone can be unlocked, old messages stay (S2)."""
    said = Talk(leyla()).writes("privacy", Word.PRIVACY).words
    assert "can technically read it" in said
    assert "unlocked phone" in said
    assert "last two days" in said
    assert not [phrase for phrase in TOO_MUCH if phrase in said.casefold()]


def test_the_page_leads_to_everything_she_can_do_about_it() -> None:
    """Each in one tap."""
    assert Talk(leyla()).presses("set:privacy").offers == ["p:mydata", "p:hide", "p:stop", "p:forget"]


def test_her_data_is_counted_first_and_then_shown() -> None:
    """Everything that is kept, in plain words (R39)."""
    talk = Talk(leyla(name="L", walks=(Walk("bills", "find"),)))
    assert GatherData() in talk.writes("my data", Word.MY_DATA).effects
    said = talk.happens(DataGathered(check_ins=1, alerts=2, messages=3)).words
    for line in (
        "L",
        "Linden",
        "Mina, Josef",
        "1 check-in",
        "2 times",
        "3 messages",
        "1 guide",
        "number of this chat",
    ):
        assert line in said


def test_who_said_yes_to_nothing_reads_that() -> None:
    """Empty lists would look like a fault."""
    talk = Talk(leyla(consent=Consent(), contacts=())).happens(DataGathered(0, 0, 0))
    assert "You said yes to: nothing" in talk.words
    assert "Your contact persons: nobody" in talk.words
    assert "What I call you: –" in talk.words


@pytest.mark.parametrize("resident", [leyla(), newcomer()])
def test_hiding_empties_the_chat_and_leaves_one_harmless_message(resident: Resident) -> None:
    """What is left behind must not explain what was hidden (R36)."""
    talk = Talk(resident).writes("hide", Word.HIDE)
    assert isinstance(talk.effects[0], ClearChat)
    assert isinstance(talk.effects[1], Say)
    assert neutral(talk.effects[1])
    assert (talk.words, talk.effects[1].stays) == ("OK.", True)
    assert talk.effects[1].menu is resident.joined


def test_what_remains_is_said_where_it_is_known() -> None:
    """She must not believe a chat empty that is not; and what nobody asked about is not said by itself."""
    talk = Talk(leyla()).happens(MessagesRemain())
    assert talk.effects == ()
    assert "Only you can remove them" in talk.writes("hide", Word.HIDE).words
    assert talk.happens(MessagesRemain()).effects == (), "once is enough"
    assert talk.presses("p:cleared").words == "OK."
    assert talk.writes("hide", Word.HIDE).words == "OK."


def test_what_telegram_refused_just_now_is_an_answer_and_later_it_is_none() -> None:
    """In the night nothing lights up because of it."""
    hidden = Talk(leyla()).writes("hide", Word.HIDE)
    assert "Clear history" in Talk(hidden.resident).happens(MessagesRemain()).words
    assert hidden.passes(minutes=3).happens(MessagesRemain()).effects == ()
    assert hidden.resident.remains


def test_where_to_tap_is_shown_as_a_picture() -> None:
    """Words alone are hard to follow in somebody else's app."""
    (shown,) = Talk(leyla()).presses("p:where").effects
    assert isinstance(shown, ShowPicture)
    assert shown.name == "clear-chat"


def test_hiding_keeps_a_talk_and_what_comes_then_waits_sealed() -> None:
    """Somebody came in: the next letter must not open by itself."""
    writing = TalkNow(1, 2, "Mina", NOW, active_at=NOW)
    talk = Talk(leyla(talk=writing)).writes("hide", Word.HIDE)
    assert talk.resident.talk is not None
    talk.happens(LetterCame(1, 5, Letter("hej", NOW, "Mina")))
    assert only(KeepLetter, talk.effects)
    assert "hej" not in talk.words


def test_hiding_changes_nothing_else() -> None:
    """Somebody came in; she goes on where she was when he is gone."""
    talk = Talk(leyla()).asks()
    before = talk.resident.check_in
    assert before is not None
    after = talk.presses("p:hide").resident.check_in
    assert after is not None
    assert after.stage == before.stage


def test_stopping_needs_no_reason_and_stops_every_timer() -> None:
    """No "are you sure", nobody is told, nothing comes any more (S23)."""
    talk = Talk(leyla(missed=1)).asks().writes("stop", Word.STOP)
    assert talk.timers == {}
    assert talk.alarms == []
    assert talk.resident.stopped
    assert (talk.resident.check_in, talk.resident.missed, talk.resident.question) == (None, 0, None)
    assert talk.passes(days=30).effects == ()


def test_stopping_keeps_the_guides_and_a_human_at_hand() -> None:
    """She stopped being asked, not being helped."""
    talk = Talk(leyla()).writes("stop", Word.STOP)
    assert talk.writes("guides", Word.GUIDES).says
    assert talk.writes("someone", Word.SOMEONE).alarms


@pytest.mark.parametrize("back", ["p:resume", "word", "set:check-ins:yes"])
def test_beginning_again_is_one_tap(back: str) -> None:
    """Every choice is undone as easily as it was made (S6)."""
    talk = Talk(leyla()).writes("stop", Word.STOP)
    talk = talk.writes("resume", Word.RESUME) if back == "word" else talk.presses(back)
    assert not talk.resident.stopped
    assert Timer.CHECK_IN in talk.timers


def test_erasing_asks_once() -> None:
    """It cannot be undone, so one question; only one."""
    talk = Talk(leyla()).writes("forget me", Word.FORGET)
    assert only(ForgetPerson, talk.effects) == []
    assert talk.offers == ["p:erase", "menu"]
    talk.presses("p:erase")
    assert isinstance(talk.effects[-1], ForgetPerson)
    assert only(ClearChat, talk.effects)
    assert talk.says


def test_erasing_can_be_declined() -> None:
    """Nothing was changed."""
    talk = Talk(leyla()).writes("forget me", Word.FORGET).presses("menu")
    assert talk.resident == leyla()


def test_erasing_tells_only_who_was_asked_to_help() -> None:
    """A hand on her phone could do this; without an open alert nobody hears anything."""
    talk = Talk(leyla()).presses("p:erase")
    assert only(TellAlertOnTrack, talk.effects) == [
        TellAlertOnTrack(track, ResidentLeft()) for track in Track
    ]
    assert talk.alarms == []


def test_what_is_said_about_planning_is_true_on_her_page() -> None:
    """Stopped means that nothing comes."""
    talk = Talk(leyla(stopped=True), now=NOW).happens(DataGathered(0, 0, 0))
    assert "nothing by myself" in talk.words


def test_her_data_names_who_sees_what_and_counts_the_plan() -> None:
    """Everything that others may see of her, in the same place as what is kept (R39)."""
    mina = Agreed(2, "Mina", ContactKind.SOCIAL_SERVICES)
    entry = PlanEntry(1, "home-visit", Helper.CARE, 2, 1)
    said = Talk(leyla(contacts=(mina, JOSEF), sip=(entry,))).happens(DataGathered(0, 0, 0)).words
    assert "Mina sees: your shared plan." in said
    assert "Josef sees: when you were last here" in said
    assert "1 line of your shared plan" in said
    assert "The hour when you were last here" in said
    assert "last here:" not in Talk(leyla(last_sign=None)).happens(DataGathered(0, 0, 0)).words
