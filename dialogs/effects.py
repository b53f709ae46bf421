"""
What may be ordered: the only things a decision can cause. `bot/handling.py` carries them out, all of them in
the transaction that saves the person, so none is lost and none happens twice.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Final, TypeAlias

from dialogs.activity import Draft, Then
from dialogs.alert import AlertEvent, ContactAnswer, Track
from dialogs.events import Event, Timer
from dialogs.internal_notes import InternalNote
from dialogs.letters import Letter
from dialogs.notices import NoticeKind
from dialogs.plan_entry import PlanChange
from dialogs.screen import Keyboard
from dialogs.text import Message, Text


class Priority(IntEnum):
    """design.md 4: what overtakes what, lowest number first."""

    URGENT = 0
    REPLY = 1
    ROUTINE = 2


class Purpose(StrEnum):
    """What a message is for; decides what happens when it is unclear whether it arrived (design.md 4)."""

    ALERT = "alert"  # to a contact person: at least once, a repeat says so
    EMERGENCY = "emergency"  # emergency text to the resident: at least once
    REPLY = "reply"  # an answer to what she just did: never again, and not when it is old
    NOTE = "note"  # news somebody waits for ("a human has seen this"): at least once
    ROUTINE = "routine"  # reminder and the like: never twice
    CHECK_IN = "check-in"  # the question of a check-in: never twice, and it matters whether it arrived
    RELAY = "relay"  # words of one person for another: never twice, never too old, and the writer hears if it failed


UNASKED: Final = (Purpose.ROUTINE, Purpose.CHECK_IN)
"""Comes by itself: never a second time, and last of all."""


@dataclass(frozen=True, slots=True)
class Say:
    """
    Send `text` to the person who is decided about, or to person `to`.

    `in_place` edits the message whose button was pressed, where there is one. `menu` shows the reply keyboard.
    A message about an alert names it, so that acknowledging can stop it; one that carries a letter names that
    (`relay`). `quietly` makes no sound. `until`: it means nothing later than that. `stays`: it tells nothing, so it
    need not delete itself (`dialogs/vanishing.py`).
    """

    text: Text
    keyboard: Keyboard = ()
    to: int | None = None
    purpose: Purpose = Purpose.REPLY
    in_place: bool = False
    menu: bool = False
    alert: int | None = None
    step: int = 0
    relay: int | None = None
    quietly: bool = False
    until: datetime | None = None  # not to be sent later than this
    stays: bool = False

    @property
    def priority(self) -> Priority:
        """Follows from the purpose."""
        if self.purpose in (Purpose.ALERT, Purpose.EMERGENCY):
            return Priority.URGENT
        return Priority.ROUTINE if self.purpose in UNASKED else Priority.REPLY


@dataclass(frozen=True, slots=True)
class Toast:
    """Answer a press with a short line that vanishes; a typed press gets it as a message."""

    text: Text


@dataclass(frozen=True, slots=True)
class ShowPicture:
    """Draw the picture `name` with labels in the person's language, and send it with `caption` below."""

    name: str
    caption: Message


class StepCount(StrEnum):
    """What is counted about a step of a guide, without saying whose."""

    HELPED = "helped"
    NOT_HELPED = "not-helped"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class CountStep:
    """One more of `count` for a step; the table knows no person."""

    guide: str
    step: str
    count: StepCount


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Look at the person again at `at`; replaces her timer of the same kind."""

    timer: Timer
    at: datetime


@dataclass(frozen=True, slots=True)
class StopTimer:
    """Forget the timer; nothing happens where there is none."""

    timer: Timer


@dataclass(frozen=True, slots=True)
class RecordCheckIn:
    """Write what became of the check-in of `day` and `slot`: asked, answered, skipped or missed."""

    day: date
    slot: str
    state: str
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class RaiseAlert:
    """
    Tell the contact persons. `reasons` are language-free codes (`dialogs/alert_texts.py` says them).

    Where the resident has an open alert on the same track, that one is made worse or repeated instead.
    """

    track: Track
    level: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TellAlert:
    """Hand `event` to alert `alert`; it refuses kindly when it comes from the wrong person or too late."""

    alert: int
    event: AlertEvent


@dataclass(frozen=True, slots=True)
class TellAlertOnTrack:
    """Hand `event` to the resident's open alert on `track`, if there is one."""

    track: Track
    event: AlertEvent


@dataclass(frozen=True, slots=True)
class TellOwnAlert:
    """
    A contact person typed a word without naming the alert: it is meant where exactly one is possible.

    Where none is, a `NoCaseFits` follows.
    """

    event: ContactAnswer


@dataclass(frozen=True, slots=True)
class UnbuttonAlert:
    """Take the buttons off every message about `alert`, and drop what is not sent yet (R30)."""

    alert: int


@dataclass(frozen=True, slots=True)
class RingChannels:
    """Ring the second channels of `person` about `alert`: a number, and "open the app" (R29)."""

    person: int
    alert: int


@dataclass(frozen=True, slots=True)
class ReportNotice:
    """Something is wrong with the bot itself, and whoever runs it shall look (`dialogs/notices.py`)."""

    kind: NoticeKind
    subject: str


@dataclass(frozen=True, slots=True)
class SetContacts:
    """These contact persons, in this order, are told about her."""

    contacts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SetState:
    """joining, active or left: the only thing about a person that stands in the clear."""

    state: str


@dataclass(frozen=True, slots=True)
class ShowCommands:
    """Set the command menu of this chat, in the person's language."""


@dataclass(frozen=True, slots=True)
class ClearChat:
    """Delete every message of this chat that Telegram still lets us delete, and take back what waits to be sent."""


@dataclass(frozen=True, slots=True)
class GatherData:
    """Count what the tables hold about her; a `DataGathered` follows."""


@dataclass(frozen=True, slots=True)
class CheckChain:
    """Look whether anybody could be told about her now; a `ChainChecked` follows (R28)."""

    again: bool = False


@dataclass(frozen=True, slots=True)
class GatherColleagues:
    """Look who else is here; a `ColleaguesGathered` follows."""


@dataclass(frozen=True, slots=True)
class ForgetPerson:
    """Destroy her key and rows; leaves a tombstone. Comes last: later messages to her are not stored."""


@dataclass(frozen=True, slots=True)
class OpenTalk:
    """Let this contact person and a resident write with each other: her of case `alert`, or `resident`."""

    alert: int | None = None
    resident: int | None = None


@dataclass(frozen=True, slots=True)
class PassOn:
    """
    Give `letter` to the other one of a talk.

    A resident who wrote it gets a `LetterPassed`; where it cannot go, its writer a `LetterLost` or `TalkOver`.
    """

    talk: int
    letter: Letter


@dataclass(frozen=True, slots=True)
class PassEdit:
    """Her message number `message` says something else now; nothing happens where it was never passed on."""

    message: int
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class GatherDay:
    """Look what is open for her today; a `DayGathered` follows."""


@dataclass(frozen=True, slots=True)
class GatherResidents:
    """Look who has agreed to her; a `ResidentsGathered` follows."""


@dataclass(frozen=True, slots=True)
class OpenResident:
    """Look at one resident who has agreed to her; a `ResidentOpened` follows."""

    resident: int


@dataclass(frozen=True, slots=True)
class NoteOpening:
    """Write down that she looked at a resident's page (S10)."""

    resident: int


@dataclass(frozen=True, slots=True)
class ShowTrend:
    """Send her the picture of a resident's last two weeks, if that resident lets her see it at this moment."""

    resident: int


@dataclass(frozen=True, slots=True)
class GatherWeek:
    """Count her last seven days; a `WeekGathered` follows."""


@dataclass(frozen=True, slots=True)
class PromiseCall:
    """Pass on that she calls a resident at `at`; a `CallNoted` or `CallRefused` follows."""

    resident: int
    at: datetime


@dataclass(frozen=True, slots=True)
class KeepLetter:
    """Seal a letter until she opens it."""

    relay: int
    letter: Letter


@dataclass(frozen=True, slots=True)
class OpenLetters:
    """Take out what was kept for her; a `LettersOpened` follows."""


@dataclass(frozen=True, slots=True)
class SendFile:
    """Pass on a photo, a voice message or a document, cleaned of what tells where it comes from."""

    kind: str
    file: str
    ending: str
    caption: Message
    relay: int
    quietly: bool = False


@dataclass(frozen=True, slots=True)
class EndTalk:
    """End a talk for both; a `TalkOver` follows to this person too."""

    talk: int
    why: str


@dataclass(frozen=True, slots=True)
class CheckHours:
    """Look when somebody would read a quiet word about her; a `HoursChecked` follows."""


@dataclass(frozen=True, slots=True)
class WriteInternalNote:
    """Keep a note about a resident for her helpers."""

    resident: int
    note: InternalNote


@dataclass(frozen=True, slots=True)
class GatherInternalNotes:
    """Open the notes about a resident; an `InternalNotesGathered` follows."""

    resident: int


@dataclass(frozen=True, slots=True)
class ShowInternalNotes:
    """Show notes to a helper. The only way they leave, and it knows no way to a resident (R33)."""

    heading: Message
    notes: tuple[InternalNote, ...]
    keyboard: Keyboard = ()


@dataclass(frozen=True, slots=True)
class FindActivities:
    """Look up these activities, in this order; an `ActivitiesFound` follows."""

    ids: tuple[int, ...]
    then: Then


@dataclass(frozen=True, slots=True)
class FindMyActivities:
    """Look up what is still to come: of one contact person, or all; an `ActivitiesFound` follows."""

    by: int | None


@dataclass(frozen=True, slots=True)
class FindActivitiesIn:
    """Look up what is announced in a place and still to come; an `ActivitiesFound` follows."""

    place: str


@dataclass(frozen=True, slots=True)
class CountComing:
    """One more comes, or one fewer (-1); the table knows no person."""

    activity: int
    change: int


@dataclass(frozen=True, slots=True)
class AnnounceActivity:
    """Keep the activity, and begin to tell those who want to hear of it."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class CancelActivity:
    """Take it back, and begin to tell those who said that they come."""

    activity: int


@dataclass(frozen=True, slots=True)
class RenameHelper:
    """Show this contact person by `name` to all her residents; `NameKept` or `NameTaken` follows."""

    name: str


@dataclass(frozen=True, slots=True)
class GatherPlans:
    """Look whose shared plan this contact person may see; a `PlansGathered` follows."""


@dataclass(frozen=True, slots=True)
class GatherPlan:
    """Open a resident's shared plan for this contact person; `PlanGathered` or `PlanClosed` follows."""

    resident: int
    page: str = ""


@dataclass(frozen=True, slots=True)
class AskPlan:
    """Ask a resident's plan for `change`; then the plan as it is follows, or a `PlanClosed`."""

    resident: int
    change: PlanChange


@dataclass(frozen=True, slots=True)
class LetHappen:
    """Let `event` happen to `person`, once all that is decided now is saved; nothing where there is nobody."""

    person: int
    event: Event


@dataclass(frozen=True, slots=True)
class TellCoordinators:
    """Say something to every coordinator who is there, but not to herself; a `CoordinatorsTold` follows."""

    text: Text


@dataclass(frozen=True, slots=True)
class DeleteWritten:
    """Take a message of hers out of the chat at once: `message` is Telegram's number of it."""

    message: int


@dataclass(frozen=True, slots=True)
class SendMyFile:
    """
    Send her all that is kept about her as a file, made when it leaves.

    `to_keep`: it may be saved and passed on; otherwise Telegram lets it be read in this chat only.
    """

    caption: Message
    to_keep: bool = False


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """Make a one-time link to the desk for this coordinator, and say it."""


@dataclass(frozen=True, slots=True)
class AnswerAsStranger:
    """Say in this chat what anybody hears who has no invitation, and keep nothing of it."""


@dataclass(frozen=True, slots=True)
class ShortenStay:
    """Let no message of this chat stand longer than `lasts` from now on, those that stand there included."""

    lasts: timedelta


Effect: TypeAlias = (
    Say
    | Toast
    | ShowPicture
    | CountStep
    | SetTimer
    | StopTimer
    | RecordCheckIn
    | RaiseAlert
    | TellAlert
    | TellAlertOnTrack
    | TellOwnAlert
    | UnbuttonAlert
    | RingChannels
    | ReportNotice
    | SetContacts
    | SetState
    | ShowCommands
    | ClearChat
    | GatherData
    | CheckChain
    | GatherColleagues
    | ForgetPerson
    | OpenTalk
    | PassOn
    | PassEdit
    | KeepLetter
    | OpenLetters
    | SendFile
    | EndTalk
    | CheckHours
    | WriteInternalNote
    | GatherInternalNotes
    | ShowInternalNotes
    | FindActivities
    | FindMyActivities
    | FindActivitiesIn
    | CountComing
    | AnnounceActivity
    | CancelActivity
    | RenameHelper
    | GatherPlans
    | GatherPlan
    | AskPlan
    | GatherDay
    | GatherResidents
    | OpenResident
    | NoteOpening
    | ShowTrend
    | GatherWeek
    | PromiseCall
    | LetHappen
    | TellCoordinators
    | OpenDesk
    | AnswerAsStranger
    | DeleteWritten
    | ShortenStay
    | SendMyFile
)
