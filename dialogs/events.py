"""
What may happen to a person: she does something, a moment comes, or something that concerns her was done.

An event is past tense and complete: whoever decides needs nothing but the person, the event and the time.
Telegram's own words stay at the door (`bot/telegram_in.py`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from dialogs.activity import Activity, Then
from dialogs.alert import ContactAnswer
from dialogs.codes import Derived
from dialogs.internal_notes import InternalNote
from dialogs.letters import Letter
from dialogs.people import Agreed
from dialogs.plan_entry import PlanChange, PlanEntry
from dialogs.words import Word


class Kind(StrEnum):
    """What a person may send besides text."""

    PHOTO = "photo"
    VOICE = "voice"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"
    DOCUMENT = "document"
    FORWARD = "forward"
    OTHER = "other"


class Timer(StrEnum):
    """What a due row is about; a person has at most one of each."""

    CHECK_IN = "check-in"  # the next check-in is to be asked
    SNOOZE = "snooze"  # "not now" is over
    REMINDER = "reminder"  # a check-in was not answered for three hours
    QUESTION = "question"  # a follow-up question was not answered
    PAUSE = "pause"  # a pause ends
    TEST = "test"  # a test alert is to be sent, or was not answered
    ERRAND = "errand"  # something she wanted to be reminded of is due
    CHAIN = "chain"  # look again whether somebody could be told about her
    TALK = "talk"  # a talk was silent for a day
    ACTIVITY = "activity"  # activities waited for the morning, or for the end of a pause
    PLAN = "plan"  # there is news of the shared plan, or a day of it has come
    CALL = "call"  # a promised call comes near, or is to be asked about
    DEBRIEF = "debrief"  # a contact person had an emergency yesterday
    WEEK = "week"  # a contact person's summary
    NEWS = "news"  # small news for her waited for the day
    CODE = "code"  # a moment after a code was written: what it has led to is told now


WAITING_FOR_HER = (Timer.REMINDER, Timer.QUESTION, Timer.TEST)
"""Timers that measure somebody's silence; an outage of the bot moves them (R4)."""


@dataclass(frozen=True, slots=True)
class Started:
    """`/start`, by a person we know already."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A person came through her invitation: the first event of her life here."""

    locale: str


@dataclass(frozen=True, slots=True)
class Wrote:
    """
    A text. `word` is the known word it is, in any of our languages; None where it is free text.

    `message` and `at` are Telegram's number and time of it. `answers` is the talk whose letter it is a reply to; 0: it
    replies to something else, so that nobody can say for whom it is.
    `label` is the data of the button whose words these are, where a contact person is in a talk and may mean either.
    `derived` is what scrypt makes of it, where it may be a code of hers.
    """

    text: str
    word: Word | None = None
    edited: bool = False
    message: int = 0
    at: datetime | None = None
    answers: int | None = None
    label: str = ""
    derived: Derived | None = None


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button, pressed or typed. `typed` presses carry no Telegram message that could be edited."""

    data: str
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that is not text. `file` is Telegram's id of what can be passed on, `size` is in bytes."""

    kind: Kind
    caption: str = ""
    file: str = ""
    size: int = 0
    ending: str = ""
    message: int = 0
    at: datetime | None = None
    answers: int | None = None


@dataclass(frozen=True, slots=True)
class BotBlocked:
    """Nothing reaches her any more; she alone can undo it."""


@dataclass(frozen=True, slots=True)
class BotUnblocked:
    """She can be reached again."""


@dataclass(frozen=True, slots=True)
class TimerFell:
    """A moment came; `due_at` is when it was to come, which may be long ago after an outage."""

    timer: Timer
    due_at: datetime
    down: timedelta = timedelta(0)  # for CHECK_IN: how long the bot was down since the last one was asked


@dataclass(frozen=True, slots=True)
class DataGathered:
    """What the tables hold about her, as counts, for `/mydata`."""

    check_ins: int
    alerts: int
    messages: int
    notes: int = 0


@dataclass(frozen=True, slots=True)
class ContactPersonLeft:
    """One of her contact persons is no longer here."""

    contact: int


@dataclass(frozen=True, slots=True)
class CheckInUndelivered:
    """The question did not reach her, or nobody knows whether it did: no answer to it is no silence (R5)."""


@dataclass(frozen=True, slots=True)
class ChainChecked:
    """Whether anybody could be told about her now; `again`: looked at by the clock, not because she did something."""

    empty: bool
    again: bool


@dataclass(frozen=True, slots=True)
class NoCaseFits:
    """A contact person typed "I have it" or the like, and no open case can be meant."""

    answer: ContactAnswer


@dataclass(frozen=True, slots=True)
class ColleaguesGathered:
    """Who else is here, by id and name: those who might stand in for a contact person."""

    colleagues: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class TalkBegun:
    """A resident and a contact person write with each other from now on. Both get this."""

    talk: int
    resident: int
    contact: int
    alias: str
    name: str
    case: int | None = None


@dataclass(frozen=True, slots=True)
class TalkRefused:
    """A contact person may not, or should not, write to this resident now. `why`: not-yours, not-safe, gone."""

    why: str


@dataclass(frozen=True, slots=True)
class LetterCame:
    """The other one wrote. `quietly`: outside the reader's hours."""

    talk: int
    relay: int
    letter: Letter
    quietly: bool = False


@dataclass(frozen=True, slots=True)
class LetterPassed:
    """What a resident wrote is on its way; `reads_at`: from when on it may be read, None: nobody knows."""

    talk: int
    reads_at: datetime | None
    document: bool = False


@dataclass(frozen=True, slots=True)
class LetterLost:
    """What a person wrote did not reach `who`, or nobody knows. `how`: blocked, refused, unclear, unopened."""

    talk: int
    who: str
    how: str


@dataclass(frozen=True, slots=True)
class LettersOpened:
    """The letters that waited for her, each with the number it was passed on under."""

    letters: tuple[tuple[int, Letter], ...]


@dataclass(frozen=True, slots=True)
class TalkOver:
    """
    A talk has ended. `why`: resident, stopped, contact, time, replaced, blocked, gone.

    lost: it had ended before, and a letter found that out.
    """

    talk: int
    why: str


@dataclass(frozen=True, slots=True)
class HoursChecked:
    """From when on somebody would read a quiet word about her; None: at once, as far as hours go."""

    reads_at: datetime | None


@dataclass(frozen=True, slots=True)
class InternalNotesGathered:
    """What helpers wrote for each other about a resident; None: she may not be opened by this person."""

    resident: int
    alias: str
    notes: tuple[InternalNote, ...] | None


@dataclass(frozen=True, slots=True)
class ActivityComes:
    """The wave of an announced or cancelled activity has reached a resident."""

    activity: Activity


@dataclass(frozen=True, slots=True)
class ActivitiesFound:
    """What a `FindActivities` asked for, as far as it is still there; `then`: what they were looked up for."""

    activities: tuple[Activity, ...]
    then: Then


@dataclass(frozen=True, slots=True)
class ContactRenamed:
    """One of her contact persons is shown by another name now."""

    contact: int
    name: str


@dataclass(frozen=True, slots=True)
class NameKept:
    """A contact person has her new name, and so have her residents."""

    name: str


@dataclass(frozen=True, slots=True)
class NameTaken:
    """Another helper here has that name; nothing was changed."""


@dataclass(frozen=True, slots=True)
class PlanChangeAsked:
    """Contact person `by`, who sees her plan, asks for a change of it."""

    by: int
    change: PlanChange


@dataclass(frozen=True, slots=True)
class PlansGathered:
    """Whose shared plan a contact person may see: id and agreed name."""

    residents: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class PlanGathered:
    """A plan as a contact person may see it now. `people` are all who see it, `page` is what she wanted to look at."""

    resident: int
    alias: str
    entries: tuple[PlanEntry, ...]
    people: tuple[Agreed, ...]
    page: str = ""


@dataclass(frozen=True, slots=True)
class PlanClosed:
    """That plan is not, or no longer, open to this contact person."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """
    An open case in a contact person's day. `until`: when it opens again without an outcome; None: nobody has it.

    `told`: she was asked about it; a coordinator sees the others too.
    """

    case: int
    step: int
    level: int
    resident: int
    alias: str
    holder: int | None
    holder_name: str
    until: datetime | None
    told: bool = True


@dataclass(frozen=True, slots=True)
class SilentLine:
    """A resident whose check-in is unanswered; `days` before that one were too."""

    alias: str
    asked_at: datetime
    days: int


@dataclass(frozen=True, slots=True)
class ResidentLine:
    """A resident as a contact person may see her: only what she lets be seen is filled in."""

    id: int
    alias: str
    sees_signs: bool = False
    last_sign: datetime | None = None
    paused_until: datetime | None = None
    sees_trend: bool = False
    sees_plan: bool = False
    writes: bool = False


@dataclass(frozen=True, slots=True)
class LoadLine:
    """How many residents have agreed to a contact person, and how many she can look after; None: the usual number."""

    name: str
    residents: int
    most: int | None


@dataclass(frozen=True, slots=True)
class DayGathered:
    """What is open for a contact person; `residents` are those whom her calls may be about."""

    cases: tuple[CaseLine, ...]
    silent: tuple[SilentLine, ...]
    residents: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ResidentsGathered:
    """The residents who have agreed to a contact person."""

    residents: tuple[ResidentLine, ...]


@dataclass(frozen=True, slots=True)
class ResidentOpened:
    """One of them, for her page; None where that resident is not hers, or no longer."""

    resident: ResidentLine | None


@dataclass(frozen=True, slots=True)
class WeekGathered:
    """A contact person's last seven days in numbers; `load` for coordinators only."""

    taken: int
    closed: int
    open: int
    paused: int
    load: tuple[LoadLine, ...] = ()


@dataclass(frozen=True, slots=True)
class CallPromised:
    """A contact person promises her a call."""

    contact: int
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CallTakenBack:
    """A contact person cannot keep a promised call."""

    contact: int


@dataclass(frozen=True, slots=True)
class CallUncertain:
    """A contact person who has promised her a call cannot be reached."""

    contact: int


@dataclass(frozen=True, slots=True)
class CallOver:
    """The contact person says how a promised call went."""

    contact: int
    reached: bool


@dataclass(frozen=True, slots=True)
class CallNoted:
    """A promise was passed on; `told_at`: when the resident hears of it, where that is not at once."""

    resident: int
    alias: str
    at: datetime
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CallRefused:
    """A promise was not passed on: the resident is not hers, wants no messages, or is quiet until `paused_until`."""

    alias: str = ""
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class CallAnswered:
    """The resident says whether the time suits her."""

    resident: int
    at: datetime
    suits: bool


class CallChange(StrEnum):
    """What has become of a promised call on the resident's side."""

    OFF = "off"  # she stopped, left, or took her yes back: nobody is told which
    PAUSED = "paused"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class CallChanged:
    """Something about a promised call is different now. `until`: of a pause."""

    resident: int
    change: CallChange
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class HeavyCaseClosed:
    """An emergency that she had was closed by a person."""

    case: int


@dataclass(frozen=True, slots=True)
class CoordinatorsTold:
    """So many coordinators were told what she asked for."""

    count: int


@dataclass(frozen=True, slots=True)
class ContactProposed:
    """Somebody new may be there for a resident, if she says yes."""

    contact: Agreed


@dataclass(frozen=True, slots=True)
class ContactsReordered:
    """Her contact persons are asked in this order from now on; who agreed and who did not stays as it was."""

    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """Somebody was removed by the organisation."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """A resident's phone may be in other hands: from now on nothing is said there."""


@dataclass(frozen=True, slots=True)
class Unfrozen:
    """Her chat is hers again."""


@dataclass(frozen=True, slots=True)
class MessagesRemain:
    """Messages of this chat can no longer be deleted by us: they are too old, or Telegram refused."""


Event: TypeAlias = (
    Started
    | Joined
    | Wrote
    | Pressed
    | Sent
    | BotBlocked
    | BotUnblocked
    | TimerFell
    | DataGathered
    | ContactPersonLeft
    | CheckInUndelivered
    | ChainChecked
    | NoCaseFits
    | ColleaguesGathered
    | TalkBegun
    | TalkRefused
    | LetterCame
    | LetterPassed
    | LetterLost
    | LettersOpened
    | TalkOver
    | HoursChecked
    | InternalNotesGathered
    | ActivityComes
    | ActivitiesFound
    | ContactRenamed
    | NameKept
    | NameTaken
    | PlanChangeAsked
    | PlansGathered
    | PlanGathered
    | PlanClosed
    | DayGathered
    | ResidentsGathered
    | ResidentOpened
    | WeekGathered
    | CallPromised
    | CallTakenBack
    | CallUncertain
    | CallOver
    | CallNoted
    | CallRefused
    | CallAnswered
    | CallChanged
    | HeavyCaseClosed
    | CoordinatorsTold
    | ContactProposed
    | ContactsReordered
    | Removed
    | Frozen
    | Unfrozen
    | MessagesRemain
)
