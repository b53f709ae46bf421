"""What may happen: complete, unchangeable, and known to both sides."""

from dataclasses import FrozenInstanceError
from typing import get_args

import pytest

from dialogs import contact_person, conversation
from dialogs.activity import Then
from dialogs.alert import Acknowledged
from dialogs.events import (
    ActivitiesFound,
    ActivityComes,
    BotBlocked,
    BotUnblocked,
    CallAnswered,
    CallChange,
    CallChanged,
    CallNoted,
    CallOver,
    CallPromised,
    CallRefused,
    CallTakenBack,
    CallUncertain,
    ChainChecked,
    CheckInUndelivered,
    ColleaguesGathered,
    ContactPersonLeft,
    ContactProposed,
    ContactRenamed,
    ContactsReordered,
    CoordinatorsTold,
    DataGathered,
    DayGathered,
    Event,
    Frozen,
    HeavyCaseClosed,
    HoursChecked,
    InternalNotesGathered,
    Joined,
    Kind,
    LetterCame,
    LetterLost,
    LetterPassed,
    LettersOpened,
    MessagesRemain,
    NameKept,
    NameTaken,
    NoCaseFits,
    PlanChangeAsked,
    PlanClosed,
    PlanGathered,
    PlansGathered,
    Pressed,
    Removed,
    ResidentOpened,
    ResidentsGathered,
    Sent,
    Started,
    TalkBegun,
    TalkOver,
    TalkRefused,
    Timer,
    TimerFell,
    Unfrozen,
    WeekGathered,
    Wrote,
)
from dialogs.knowledge import Knowledge
from dialogs.letters import Letter
from dialogs.people import Agreed, Contact, Resident
from dialogs.plan_entry import SayYes
from tests.dialogs.cast import NOW
from tests.dialogs.near_examples import dinner

ONE_OF_EACH: list[Event] = [
    Started(),
    Joined("sv"),
    Wrote("hello"),
    Pressed("menu"),
    Sent(Kind.PHOTO),
    BotBlocked(),
    BotUnblocked(),
    TimerFell(Timer.TEST, NOW),
    DataGathered(0, 0, 0),
    ContactPersonLeft(2),
    CheckInUndelivered(),
    ChainChecked(empty=True, again=False),
    NoCaseFits(Acknowledged(2)),
    ColleaguesGathered(((3, "Josef"),)),
    TalkBegun(1, 2, 3, "Linden", "Mina"),
    TalkRefused("gone"),
    LetterCame(1, 1, Letter("hej", NOW, "Mina")),
    LetterPassed(1, None),
    LetterLost(1, "Mina", "unclear"),
    LettersOpened(()),
    TalkOver(1, "time"),
    HoursChecked(None),
    InternalNotesGathered(1, "Linden", None),
    ActivityComes(dinner()),
    ActivitiesFound((dinner(),), Then.SEE),
    ContactRenamed(2, "Elsa"),
    NameKept("Elsa"),
    NameTaken(),
    PlanChangeAsked(2, SayYes(1)),
    PlansGathered(((1, "Linden"),)),
    PlanGathered(1, "Linden", (), ()),
    PlanClosed(),
    DayGathered((), (), ()),
    ResidentsGathered(()),
    ResidentOpened(None),
    WeekGathered(0, 0, 0, 0),
    CallPromised(2, "Mina", NOW),
    CallTakenBack(2),
    CallUncertain(2),
    CallOver(2, reached=False),
    CallNoted(1, "Linden", NOW),
    CallRefused(),
    CallAnswered(1, NOW, suits=True),
    CallChanged(1, CallChange.OFF),
    HeavyCaseClosed(7),
    CoordinatorsTold(1),
    ContactProposed(Agreed(4, "Sara")),
    ContactsReordered((3, 2)),
    Removed(),
    Frozen(),
    Unfrozen(),
    MessagesRemain(),
]


def test_the_examples_are_all_there_are() -> None:
    """A new event gets its example here, and with it the tests below."""
    assert {type(event) for event in ONE_OF_EACH} == set(get_args(Event))


@pytest.mark.parametrize("event", ONE_OF_EACH)
def test_every_event_may_happen_to_everybody(
    event: Event, leyla: Resident, mina: Contact, knowledge: Knowledge
) -> None:
    """Nobody knows beforehand what a phone sends."""
    assert conversation.decide(leyla, event, NOW, knowledge).person.id == leyla.id
    assert contact_person.decide(mina, event, NOW, knowledge).person.id == mina.id


def test_an_event_cannot_be_changed_afterwards() -> None:
    """What happened, happened; a replay must see the same."""
    wrote = Wrote("hello")
    with pytest.raises(FrozenInstanceError):
        wrote.text = "something else"  # type: ignore[misc]


def test_what_is_written_is_free_text_unless_something_is_known_about_it() -> None:
    """No word, not edited, and a press is not typed."""
    assert (Wrote("x").word, Wrote("x").edited, Pressed("x").typed, Sent(Kind.OTHER).caption) == (
        None,
        False,
        False,
        "",
    )
