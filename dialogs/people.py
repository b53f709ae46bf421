"""
Who we know, as they are between two events. Everything here is sealed before it is stored.

Fields have defaults so that a state written by an older program still opens. Days are ISO weekdays, Monday 1.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeAlias

from dialogs.activity import Draft
from dialogs.duty import Away, Duty
from dialogs.escalation_policy import Policy
from dialogs.guide import Remind, Walk
from dialogs.kinds import ContactKind
from dialogs.letters import Held, TalkNow, Thread
from dialogs.lock import Lock
from dialogs.plan_entry import PlanEntry


class Role(StrEnum):
    """What an invitation was for."""

    RESIDENT = "resident"
    CONTACT = "contact"
    COORDINATOR = "coordinator"


class Place(StrEnum):
    """What the next free text means. `MENU` is everything after joining that has no question open."""

    LANGUAGE = "language"
    WHAT = "what"
    CONSENT_CHECK_INS = "consent-check-ins"
    CONSENT_READING = "consent-reading"
    CONSENT_TELLING = "consent-telling"
    NAME = "name"
    CONTACTS = "contacts"
    ZONE = "zone"
    TIME = "time"
    DAYS = "days"
    MISSED = "missed"
    WORD = "word"  # she chooses a word of her own
    MENU = "menu"
    ANSWER = "answer"  # her own words to a check-in
    INTRODUCTION = "introduction"  # a contact person reads how it works
    TEST = "test"  # a contact person is to answer the test alert
    AWAY = "away"  # a contact person says until when she is away
    STAND_IN = "stand-in"  # ... and who is asked instead
    STEP = "step"  # she says in her own words what is difficult about a step of a guide
    ERRAND = "errand"  # she says on which day she wants to be reminded
    HARD_DAY = "hard-day"  # she names a day that is hard for her
    NOTE = "note"  # a contact person writes an internal note
    NOBODY = "nobody"  # a resident has answered everything, but nobody could be told about her yet
    ACTIVITY = "activity"  # a contact person says what she announces
    PLAN_DAY = "plan-day"  # she or a contact person says on which day a step of the shared plan is
    OWN_NAME = "own-name"  # a contact person writes the name she is shown by
    CALL = "call"  # a contact person says when she will call
    PRACTICE = "practice"  # a contact person tries out a case that is none
    PHONE_HIDE = "phone-hide"  # a resident is offered to make her phone safer, in three steps
    PHONE_LOCK = "phone-lock"
    PHONE_DISAPPEAR = "phone-disappear"
    CODE = "code"  # she chooses what shows that it is her
    SECOND_CODE = "second-code"  # ... and what shows that somebody else is there


@dataclass(frozen=True, slots=True)
class Consent:
    """Yes, no, or not yet asked (None), per purpose. Only a yes is a yes."""

    check_ins: bool | None = None
    reading: bool | None = None
    telling: bool | None = None
    counting: bool | None = None  # which steps of guides help, without her name; asked where it first matters


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When she wants to be asked, on her own clock."""

    at: time = time(18, 0)
    days: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)
    zone: str = "Europe/Stockholm"
    missed_days: int = 2  # after so many unanswered days in a row a contact person is told


@dataclass(frozen=True, slots=True)
class CheckIn:
    """
    The check-in that is open. `slot` tells those of one day apart: `d` the daily one, `t` the trial, `x1830` an extra.

    `seen`: she did something since, but did not answer (R7). `stage`: what was asked last.
    """

    day: date
    slot: str
    asked_at: datetime
    stage: str = "face"  # face: open; weight: answered low, asked what weighs; done
    seen: bool = False
    reminded: bool = False
    arrived: bool = True  # False: the question was refused, came too late, or nobody knows


@dataclass(frozen=True, slots=True)
class Question:
    """A follow-up question about a sign of risk that is still open; asked again once, then silence counts."""

    category: str
    asked_at: datetime
    again: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """One message that was worth a question or more: its gravest category and level, and the script it came in."""

    at: datetime
    category: str
    level: int
    script: str = ""


@dataclass(frozen=True, slots=True)
class Errand:
    """Something out of a guide that she wants to be reminded of: the step, how often, and the next day of it."""

    guide: str
    step: str
    every: Remind
    on: date
    day: int  # of the month, as she chose it: the 31st comes back after a short month


@dataclass(frozen=True, slots=True)
class HardDay:
    """A day of the year that is hard for her, by the name that she gave it."""

    month: int
    day: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Her first year: since when, and which suggestions she put aside."""

    since: date | None = None
    later: tuple[str, ...] = ()
    not_for_me: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreed:
    """A contact person she said yes to, by the name that was shown to her."""

    id: int
    name: str
    kind: ContactKind = ContactKind.ORDINARY


@dataclass(frozen=True, slots=True)
class ExpectedCall:
    """A call that a contact person has promised her. `told`: she has heard of it; in the night it waits."""

    contact: int
    name: str
    at: datetime
    told: bool = True
    suits: bool | None = None  # what she answered
    reminded: bool = False


@dataclass(frozen=True, slots=True)
class PromisedCall:
    """The same for whoever promised it. `asked`: how often she was asked how it went, last at `asked_at`."""

    resident: int
    alias: str
    at: datetime
    suits: bool | None = None
    reminded: bool = False
    asked: int = 0
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Resident:
    """The person the bot accompanies. `alias` is what contact persons see, `name` is what she is called here."""

    id: int
    alias: str
    locale: str = "en"
    below: str = ""  # the language that is to stand below hers; none where it is empty
    name: str = ""
    place: Place = Place.LANGUAGE
    joined: bool = False
    consent: Consent = field(default_factory=Consent)
    proposed: tuple[Agreed, ...] = ()
    contacts: tuple[Agreed, ...] = ()
    rhythm: Rhythm = field(default_factory=Rhythm)
    paused_until: datetime | None = None
    stopped: bool = False
    check_in: CheckIn | None = None
    asked_on: date | None = (
        None  # her date of the last daily check-in, so that a moved time asks no second one
    )
    missed: int = 0  # unanswered days in a row
    walks: tuple[Walk, ...] = ()  # where she is in each guide, the latest last
    finished: tuple[str, ...] = ()  # guides whose last page she has seen
    ticks: tuple[str, ...] = ()  # things to bring that she has, as "guide:number"
    judged: tuple[str, ...] = ()  # last pages she has said "this helped" or "it did not" about
    asking: str = ""  # what her next words are about, as "guide:step"
    errands: tuple[Errand, ...] = ()  # what she wants to be reminded of
    plan: Plan = field(default_factory=Plan)
    traditions: tuple[str, ...] = ()  # whose holidays may be hard for her
    hard_days: tuple[HardDay, ...] = ()  # and days of her own
    question: Question | None = None
    policy: Policy | None = None  # None: the usual one; an operator's choice, and hers to see
    not_asked_since: date | None = None  # the first day on which the bot itself was too late to ask
    asked: tuple[tuple[str, datetime], ...] = ()  # risk questions of the last two days: category, when
    heard: tuple[Heard, ...] = ()  # of the last week, with her yes: what kind of sign and when, never words
    nights: tuple[datetime, ...] = ()  # when she wrote in the small hours, this week
    faces: tuple[tuple[date, int], ...] = ()  # of two weeks, with her yes: day and face, 5 is best
    told: tuple[str, ...] = ()  # the reasons a contact person was given last, for her to see (S9)
    told_at: datetime | None = None
    covert: str = ""  # a word of her own that calls for help unseen (R25)
    asked_at: datetime | None = None  # when she was last asked for her word, or for words about a step
    unsure: tuple[str, ...] = ()  # risk categories to be asked about softly at the next check-in
    offered: tuple[tuple[str, str], ...] = ()  # labels last shown, folded, and the data they stand for
    talk: TalkNow | None = None  # who she writes with through the bot
    near: str = ""  # the place whose page she wants to find again
    news_from: tuple[str, ...] = ()  # the places whose activities she hears about
    activities_told: tuple[int, ...] = ()  # the latest she heard of, so that none is told twice
    activities_waiting: tuple[int, ...] = ()  # those that wait for the morning
    coming: tuple[int, ...] = ()  # those she said yes to; the table only counts
    sight: tuple[tuple[int, tuple[str, ...]], ...] = ()  # what she chose that a contact person may see, by id
    last_sign: datetime | None = None  # the start of the hour, in UTC, in which she last did something
    sip: tuple[PlanEntry, ...] = ()  # the shared plan
    sip_count: int = 0  # how many entries there ever were: the last id that was given
    calls: tuple[ExpectedCall, ...] = ()  # what contact persons have promised her
    frozen: datetime | None = None  # since then nothing is said in her chat: it may be in other hands
    to_see: tuple[int, ...] = ()  # contact persons who were proposed, and whom she has not heard of yet
    thawed: bool = False  # she has not heard yet that her chat is hers again
    safer: tuple[str, ...] = ()  # what she says she has done to make her phone safer
    lock: Lock | None = None  # None: nobody is asked who is reading
    clears_after: int = 120  # minutes after which what tells something leaves her chat
    protected: bool = False  # what she is sent can be neither forwarded nor photographed
    silent: bool = False  # it comes without sound, but for words that may save her life
    bare: bool = False  # no buttons below the input line
    hidden_at: datetime | None = None  # when she last hid everything
    remains: bool = False  # some of it could not be deleted, and she has not said that it is gone

    @property
    def role(self) -> Role:
        """The same for all of them."""
        return Role.RESIDENT

    def can_be_told(self) -> bool:
        """Whether a quiet note may go out without her asking: she said yes, and to somebody."""
        return self.consent.telling is True and bool(self.contacts)


@dataclass(frozen=True, slots=True)
class Contact:
    """Someone who is told when a resident may need help; a coordinator is told last, and of technical trouble."""

    id: int
    name: str
    role: Role = Role.CONTACT
    locale: str = "sv"
    place: Place = Place.LANGUAGE
    page: int = 0  # of the introduction
    joined: bool = False  # answered the test alert
    tested_at: datetime | None = None  # when she last answered one
    test_sent_at: datetime | None = None  # the one she has not answered yet
    duty: Duty | None = None  # None: may be asked at any time
    away: Away | None = None
    most: int | None = None  # residents she can look after; None: as many as is usual
    offered: tuple[tuple[str, str], ...] = ()
    keyboard: tuple[tuple[str, str], ...] = ()  # the same of the keyboard below the input line
    threads: tuple[Thread, ...] = ()  # the talks she is in
    writing_to: int = 0  # the talk her free words go to; 0: none
    chosen_at: datetime | None = None  # when she chose that
    wrote_at: datetime | None = None  # when she last wrote there, or chose it
    held: tuple[Held, ...] = ()  # written, and not certain for whom
    noting: int = 0  # the resident her next words are a note about
    kind: ContactKind = ContactKind.ORDINARY
    draft: Draft | None = None  # an activity she is about to announce
    drafting: str = ""  # which entry of a shared plan the day she writes is for
    calls: tuple[PromisedCall, ...] = ()  # that she has not settled yet
    kept: tuple[tuple[datetime, bool], ...] = ()  # of a week: a call was settled, and whether they talked
    calling: int | None = None  # the resident whom she is just choosing a time for
    heavy: tuple[int, ...] = ()  # emergencies she had, to be asked about gently


Person: TypeAlias = Resident | Contact
