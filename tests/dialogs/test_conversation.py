"""The one door: whatever happens is answered, saved whole, and someone can always be asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeAlias

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs import conversation
from dialogs.activity import ActivityState, Then
from dialogs.alert import ResidentAnswered, ResidentLeft, Track
from dialogs.effects import (
    AskPlan,
    CheckChain,
    CheckHours,
    Effect,
    EndTalk,
    FindActivities,
    FindActivitiesIn,
    FindMyActivities,
    ForgetPerson,
    GatherColleagues,
    GatherData,
    GatherDay,
    GatherInternalNotes,
    GatherPlan,
    GatherPlans,
    GatherResidents,
    OpenLetters,
    OpenResident,
    OpenTalk,
    PassEdit,
    PassOn,
    PromiseCall,
    Purpose,
    RaiseAlert,
    RenameHelper,
    Say,
    SendMyFile,
    SetTimer,
    ShowTrend,
    StopTimer,
    TellAlert,
    TellAlertOnTrack,
    TellCoordinators,
    TellOwnAlert,
    Toast,
    WriteInternalNote,
)
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
    ContactPersonLeft,
    ContactRenamed,
    DataGathered,
    Event,
    HeavyCaseClosed,
    Joined,
    Kind,
    PlanChangeAsked,
    Pressed,
    Sent,
    Started,
    Timer,
    TimerFell,
    Wrote,
)
from dialogs.guide import Walk
from dialogs.people import CheckIn, Consent, Contact, Place, Question, Resident
from dialogs.plan_entry import Helper, MarkDone, PlanEntry, SayNo, SayYes, Suggest, TakeBack
from dialogs.words import Word
from tests.dialogs import cast
from tests.dialogs.cast import (
    JOSEF,
    MINA,
    NOW,
    YES,
    MustNotRead,
    Talk,
    approved,
    knowledge,
    leyla,
    neutral,
    newcomer,
    offered,
    only,
    tells,
    unprompted,
    words,
)
from tests.dialogs.near_examples import described, dinner

EVERYWHERE = [
    leyla(place=place, joined=joined) if joined else newcomer(place=place)
    for place in Place
    for joined in (True, False)
]
BUSY = [
    leyla(question=Question("TV", NOW)),
    leyla(paused_until=NOW + timedelta(days=3)),
    leyla(stopped=True),
    leyla(consent=Consent()),
    leyla(contacts=(), proposed=()),
    leyla(check_in=CheckIn(NOW.date(), "d", NOW, stage="weight")),
    leyla(walks=(Walk("bills", "find", ("what",)),)),
]


# --- what works everywhere ---


@pytest.mark.parametrize("resident", EVERYWHERE + BUSY)
@pytest.mark.parametrize(
    "event", [Wrote("x", Word.SOMEONE), Pressed("someone"), Pressed("someone", typed=True)]
)
def test_someone_works_in_every_place(resident: Resident, event: Event) -> None:
    """No question, no consent, no "are you sure": a person is asked (R24)."""
    outcome = conversation.decide(resident, event, NOW, knowledge(MustNotRead()))
    assert only(RaiseAlert, outcome.effects) == [RaiseAlert(Track.URGENT, 2, ("someone",))]
    assert only(Say, outcome.effects)[0].purpose is Purpose.EMERGENCY
    assert resident.joined or outcome.person.place is resident.place


@pytest.mark.parametrize("resident", EVERYWHERE + BUSY)
@pytest.mark.parametrize(
    "word",
    [Word.HIDE, Word.STOP, Word.FORGET, Word.PRIVACY, Word.MY_DATA, Word.LANGUAGE, Word.HELP, Word.GUIDES],
)
def test_a_way_out_is_open_in_every_place(resident: Resident, word: Word) -> None:
    """Hiding, stopping and erasing need no end of joining, and are not read for danger."""
    outcome = conversation.decide(resident, Wrote("x", word), NOW, knowledge(MustNotRead()))
    assert any(isinstance(effect, Say | GatherData) for effect in outcome.effects)
    assert only(RaiseAlert, outcome.effects) == []


@pytest.mark.parametrize(
    "word", [Word.CHECK_IN, Word.SETTINGS, Word.PAUSE, Word.RESUME, Word.MENU, Word.START]
)
def test_while_joining_other_words_show_the_open_question(word: Word) -> None:
    """She is led on, not thrown out."""
    talk = Talk(newcomer(place=Place.CONSENT_READING)).writes("x", word)
    assert "j:reading:yes" in talk.offers


# --- what comes first ---


def test_a_known_word_comes_before_reading() -> None:
    """A button of the menu must not be taken for a cry."""
    assert "g:shelf:money" in Talk(leyla(), MustNotRead()).writes("guides", Word.GUIDES).offers


def test_danger_comes_before_the_open_question() -> None:
    """Whatever the bot wanted to know can wait."""
    for resident in (leyla(place=Place.TIME), newcomer(place=Place.NAME, consent=YES)):
        talk = Talk(resident).writes("TV3")
        assert talk.words.startswith("If you are in danger")
        assert talk.resident.place is resident.place


def test_an_edited_message_is_read_for_danger_and_is_no_answer() -> None:
    """What she changed afterwards may be what matters; but it sets no time and presses no word."""
    edited = Talk(leyla(place=Place.TIME))
    assert edited.happens(Wrote("TV2", None, edited=True)).alarms
    edited = Talk(leyla(place=Place.TIME)).happens(Wrote("stop", Word.STOP, edited=True))
    assert not edited.resident.stopped
    assert "write it again" in edited.words


def test_without_reading_nothing_of_a_newcomer_is_read() -> None:
    """The first words come before any yes."""
    assert Talk(newcomer(place=Place.WHAT), MustNotRead()).writes("TV3").offers == ["j:what"]


def test_a_time_is_taken_where_a_time_was_asked() -> None:
    """Typing does what the buttons do."""
    talk = Talk(leyla(place=Place.TIME)).writes("20.30")
    assert (talk.resident.rhythm.at.hour, talk.resident.rhythm.at.minute) == (20, 30)
    assert "18:30" in Talk(leyla(place=Place.TIME)).writes("in the evening").words


def test_what_she_writes_after_asking_for_somebody_answers_no_older_question() -> None:
    """The bot says "you can write more here meanwhile", and must not answer that it is no time of day."""
    talk = Talk(leyla(place=Place.TIME)).writes("someone", Word.SOMEONE).writes("he is here")
    assert "did not understand the time" not in talk.words


def test_an_unknown_command_is_answered_in_plain_words() -> None:
    """Never silent, never technical."""
    assert "do not know that word" in Talk(leyla()).writes("/frobnicate").words


def test_free_text_is_answered_honestly_with_a_human_at_hand() -> None:
    """It does not play a person."""
    talk = Talk(leyla()).writes("how are you")
    assert "I am a program" in talk.words
    assert "someone" in talk.offers


@pytest.mark.parametrize("kind", Kind)
def test_what_is_not_text_is_answered(kind: Kind) -> None:
    """She sent something; silence would be an answer too, and a bad one."""
    assert Talk(leyla()).happens(Sent(kind)).says


def test_start_shows_the_menu_or_the_open_question() -> None:
    """The way back in, from a cleared chat or a new phone."""
    assert "g:list" in Talk(leyla(place=Place.TIME)).happens(Started()).offers
    assert "j:what" in Talk(newcomer(place=Place.WHAT)).happens(Started()).offers


# --- the phone, the clock, other people ---


def test_blocking_is_undelivered_and_not_unanswered() -> None:
    """Nothing is counted as her silence, and somebody who may know is told (R5)."""
    talk = Talk(leyla(missed=1)).asks().happens(BotBlocked())
    assert (talk.resident.missed, talk.resident.check_in) == (0, None)
    assert talk.alarms == [RaiseAlert(Track.QUIET, 1, ("blocked",))]
    assert talk.timers == {}
    assert talk.says == []


@pytest.mark.parametrize(
    "resident", [leyla(stopped=True), leyla(contacts=()), leyla(consent=replace(YES, telling=False))]
)
def test_blocking_tells_nobody_where_nobody_may_be_told(resident: Resident) -> None:
    """Leaving is safe (S23)."""
    assert Talk(resident).happens(BotBlocked()).alarms == []


def test_unblocking_brings_the_check_ins_back() -> None:
    """Nobody is left without a future timer (R4)."""
    talk = Talk(leyla()).happens(BotBlocked()).happens(BotUnblocked())
    assert talk.timers == {Timer.CHECK_IN: NOW + timedelta(days=1)}


def test_a_contact_person_who_left_is_named_after_a_neutral_beginning() -> None:
    """She should know, and a lock screen should not."""
    talk = Talk(leyla()).happens(ContactPersonLeft(2))
    assert (talk.resident.contacts, talk.resident.proposed) == ((JOSEF,), (JOSEF,))
    (say,) = talk.says
    assert neutral(say)
    assert "Mina" in talk.words


def test_somebody_she_did_not_choose_leaves_without_a_word() -> None:
    """It does not concern her."""
    talk = Talk(leyla(contacts=(MINA,))).happens(ContactPersonLeft(3))
    assert talk.effects == ()
    assert talk.resident.proposed == (MINA,)
    assert Talk(leyla()).happens(ContactPersonLeft(99)).effects == ()


def test_contact_persons_are_switched_in_the_settings() -> None:
    """Yes to no in one tap on that person's page, and the alerts know at once."""
    talk = Talk(leyla()).presses("set:contact:2").presses("set:see:2:told:no")
    assert talk.resident.contacts == (JOSEF,)
    assert [effect for effect in talk.effects if getattr(effect, "contacts", None) == (3,)]
    assert "set:see:2:told:yes" in talk.offers


@pytest.mark.parametrize(
    "data",
    [
        "",
        ":",
        "nothing",
        "set:odd",
        "set:pause:99",
        "t:9999",
        "t:",
        "q:",
        "p:odd",
        "l:xx",
        "company:",
        "j:what",
        "g:",
        "g:a:b:c",
        "ci:",
        "menu:x",
        "\x00",
    ],
)
def test_an_old_or_forged_button_is_answered_and_alarms_nobody(data: str) -> None:
    """A phone that waits for an answer gets one."""
    for resident in (leyla(), newcomer(place=Place.DAYS)):
        talk = Talk(resident).presses(data)
        assert only(Toast, talk.effects) or talk.says
        if data != "company:":
            assert talk.alarms == []


# --- unprompted words on a lock screen (R35) ---

LOW = leyla(missed=1, check_in=CheckIn((NOW - timedelta(days=1)).date(), "d", NOW - timedelta(days=1)))
UNPROMPTED: dict[str, tuple[Resident, Event]] = {
    "check-in": (leyla(name="L"), TimerFell(Timer.CHECK_IN, NOW)),
    "silence": (LOW, TimerFell(Timer.CHECK_IN, NOW)),
    "reminder": (LOW, TimerFell(Timer.REMINDER, NOW)),
    "asked again": (LOW, TimerFell(Timer.SNOOZE, NOW)),
    "question": (leyla(question=Question("SU", NOW)), TimerFell(Timer.QUESTION, NOW)),
    "no answer": (leyla(question=Question("SU", NOW, again=True)), TimerFell(Timer.QUESTION, NOW)),
    "pause over": (leyla(paused_until=NOW), TimerFell(Timer.PAUSE, NOW)),
    "contact left": (leyla(), ContactPersonLeft(2)),
}


@pytest.mark.parametrize("case", UNPROMPTED)
def test_what_comes_unasked_tells_a_lock_screen_nothing(case: str) -> None:
    """A long neutral beginning, or neutral altogether."""
    resident, event = UNPROMPTED[case]
    says = unprompted(Talk(resident).happens(event).effects)
    assert says
    assert all(approved(say) for say in says), words(says)


def test_the_net_for_lock_screens_can_catch_something() -> None:
    """A list of words that never strikes would prove nothing."""
    assert tells(Talk(leyla()).writes("TV3").says[0])


# --- stopped ---


@pytest.mark.parametrize("doing", ["checks in", "is asked"])
def test_who_stopped_hears_nothing_unasked_whatever_she_does_later(doing: str) -> None:
    """ "I send nothing more by myself": also when she writes once more (S23)."""
    talk = Talk(leyla()).writes("stop", Word.STOP)
    talk.presses("ci:now") if doing == "checks in" else talk.writes("HO1")
    assert talk.passes(hours=12).says == []


# --- whatever happens: residents ---


@dataclass(frozen=True)
class Again:
    """Press a button that was shown some time, the `number`th."""

    number: int


Move: TypeAlias = tuple[int, Event | Again]
Play: TypeAlias = Sequence[Move]

_DATA = """
someone menu company l:sv l:xx g:list g:open:bills g:again:bills g:go-on:housing g:bills:what:next
g:bills:what:to.0 g:bills:find:back g:bills:what:stuck g:bills:what:tell g:bills:gone:stuck
g:bills:what:copy.0 q:TV:yes q:TV:no q:SU:yes q:SU.now:skip q:TV:odd q-open:TV q-open: p:mydata
p:hide p:stop p:forget p:erase p:resume p:odd j:what j:check-ins:yes j:check-ins:no j:reading:yes
j:telling:yes j:telling:no j:no-name j:contact:2 j:contacts j:zone j:days:all j:days:one j:missed:1
j:odd ci:now ci:20261124:d:1 ci:20261124:d:5 ci:20261124:t:2 ci:20261124:d:write ci:20261124:d:later
ci:20261124:d:skip cw:20261124:d:threat cw:20261124:d:money t:0800 t:2561 set set:language set:time
set:days set:days:work set:missed set:missed:3 set:consent set:check-ins:yes set:check-ins:no
set:reading:no set:reading:yes set:telling:no set:telling:yes set:contacts set:contact:3 set:privacy
set:see:2:told:no set:see:2:told:yes set:see:3:plan:yes set:see:2:trend:yes sp sp:new sp:a:home sp:s:home-visit
sp:w:home-visit:care sp:d:home-visit:care:3:none sp:d:home-visit:partner:3:20261201 sp:yes:1 sp:no:1 sp:when:1
sp:on:1:20261202 sp:done:1 sp:del:1 sp:e:1 sp:1 sp:1:new sp:1:d:home-visit:partner sp:1:yes:1 nm nm:stay
set:pause set:pause:7 set:pause-over in:0 in:3 in:99 test:have al:7:1:have al:7:1:cannot
al:7:2:reached al:7:0:missed al:7:1:odd al:x:y:have ch:language ch:help ch:leave-yes near:begin
near:open:bergby near:keep:bergby near:news:bergby near:quiet:bergby near:drop near:open:gone act:see:7
act:come:7 act:back:7 act:quiet:7 act:see:x an:new an:list an:place:bergby an:skip an:send an:cancel:7
al:7:2:reached al:7:0:missed al:7:1:odd al:x:y:have ch:language ch:help ch:leave-yes
ph ph:skip ph:hide ph:hide:done ph:hide:later ph:lock:later ph:lock:what ph:disappear:done ph:odd ph:odd:done
td rs rd:1 rd:1:trend rd:x td:case:7:1:1 td:case:7 cl:for:1 cl:in:1:30 cl:in:1:31 cl:at:1:1500 cl:at:1:0300
cl:am:1 cl:none cl:did:1:1 cl:odd ca:ok:2:1 ca:odd db:fine:7 db:talk:7 db:no:7 db:odd:7 pr:begin pr:have pr:safe
ro:0 ro:9 hn:7:called
"""
DATA = _DATA.split()
presses = st.sampled_from(DATA) | st.text(max_size=64).filter(lambda text: len(text.encode()) <= 64)
texts = st.sampled_from(
    [
        "TV1",
        "TV2",
        "SU3",
        "DI1",
        "HU1",
        "reader1",
        "SU1 DI1",
        "18:30",
        "25:00",
        "London",
        "Mars",
        "/odd",
        "",
        " ",
    ]
) | st.text(max_size=60)
dinners = st.builds(
    dinner,
    id=st.integers(7, 9),
    place=st.sampled_from(["bergby", "exempelstad", "gone"]),
    state=st.sampled_from(ActivityState),
    by=st.sampled_from([2, 3, None]),
)
changes = st.one_of(
    st.builds(
        Suggest, st.sampled_from(["home-visit", "odd"]), st.sampled_from(Helper), st.none() | st.dates()
    ),
    *(st.builds(change, st.integers(1, 6)) for change in (SayYes, SayNo, MarkDone, TakeBack)),
)
whenever = st.timedeltas(timedelta(days=-3), timedelta(days=3)).map(lambda offset: NOW + offset)
events: st.SearchStrategy[Event | Again] = st.one_of(
    st.builds(Again, st.integers(0, 500)),
    st.builds(Pressed, presses, st.booleans()),
    st.builds(Wrote, texts, st.none() | st.sampled_from(Word), st.booleans()),
    st.builds(Wrote, texts),
    st.builds(TimerFell, st.sampled_from(Timer), whenever),
    st.builds(Sent, st.sampled_from(Kind), texts),
    st.builds(Joined, st.sampled_from(["sv", "ar", "xx", ""])),
    st.builds(ContactPersonLeft, st.integers(2, 4)),
    st.builds(ContactRenamed, st.integers(2, 4), st.just("Elsa")),
    st.builds(PlanChangeAsked, st.integers(2, 4), changes),
    st.builds(DataGathered, st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)),
    st.builds(ActivityComes, dinners),
    st.builds(ActivitiesFound, st.lists(dinners, max_size=3).map(tuple), st.sampled_from(Then)),
    st.sampled_from([Started(), BotBlocked(), BotUnblocked()]),
    st.builds(CallPromised, st.integers(2, 3), st.just("Mina"), whenever),
    st.builds(CallOver, st.integers(2, 3), st.booleans()),
    st.builds(CallNoted, st.just(1), st.just("Linden"), whenever, st.none() | whenever),
    st.builds(CallAnswered, st.just(1), whenever, st.booleans()),
    st.builds(CallChanged, st.just(1), st.sampled_from(CallChange), st.none() | whenever),
    st.sampled_from([CallTakenBack(2), CallUncertain(2), CallRefused("Linden"), HeavyCaseClosed(7)]),
)
plays = st.lists(st.tuples(st.integers(-600, 2000), events), max_size=25)
yes_or_no = st.sampled_from([True, False, None])
residents = st.one_of(
    st.builds(
        newcomer, place=st.sampled_from(Place), consent=st.builds(Consent, yes_or_no, yes_or_no, yes_or_no)
    ),
    st.builds(
        leyla,
        place=st.sampled_from([Place.MENU, Place.TIME, Place.ANSWER]),
        consent=st.builds(Consent, yes_or_no, yes_or_no, yes_or_no),
        contacts=st.sampled_from([(), (MINA,), (MINA, JOSEF)]),
        question=st.none() | st.sampled_from(["TV", "SU.now", "DI"]).map(lambda key: Question(key, NOW)),
        unsure=st.sampled_from([(), ("HO", "TV"), ("reader",)]),
        stopped=st.booleans(),
        news_from=st.sampled_from([(), ("bergby",), ("bergby", "exempelstad")]),
        coming=st.sampled_from([(), (7, 8)]),
        activities_waiting=st.sampled_from([(), (7,), (8, 9)]),
        check_in=st.none()
        | st.sampled_from(["face", "weight", "done"]).map(lambda stage: CheckIn(NOW.date(), "d", NOW, stage)),
    ),
)
LOOKS = GatherData | GatherColleagues | GatherDay | GatherResidents | OpenResident | ShowTrend | PromiseCall
TALKS = CheckHours | PassOn | PassEdit | OpenLetters | OpenTalk | EndTalk
NOTES = WriteInternalNote | GatherInternalNotes
OTHERS = (
    FindActivities | FindActivitiesIn | FindMyActivities | GatherPlans | GatherPlan | AskPlan | RenameHelper
)
ORDERS = CheckChain | TellAlert | TellOwnAlert | TellCoordinators
ANSWERS = Say | Toast | LOOKS | TALKS | NOTES | OTHERS | ORDERS | SendMyFile
"""Counting, looking something up and asking an alert are answered by what follows from them."""
BY_HAND = Joined | Started | Wrote | Pressed | Sent


def _check_words(effects: Sequence[Effect]) -> None:
    for effect in effects:
        if isinstance(effect, Say | Toast):
            assert words([effect]).strip()
    assert all(0 < len(data.encode()) <= 64 for data in offered(effects))


def _check_resident(before: Resident, event: Event, after: Resident, effects: Sequence[Effect]) -> None:
    _check_words(effects)
    assert msgspec.json.decode(msgspec.json.encode(after), type=Resident) == after
    assert all(approved(say) for say in unprompted(effects))
    if isinstance(event, BY_HAND):
        assert any(isinstance(effect, ANSWERS) for effect in effects), event
    for told in only(TellAlertOnTrack, effects):
        assert told.event == ResidentLeft() or (told.track, told.event) == (Track.QUIET, ResidentAnswered())
    if only(RaiseAlert, effects) and not isinstance(event, BY_HAND):
        assert before.can_be_told()
        assert not (before.stopped and isinstance(event, BotBlocked))
    for timer in only(SetTimer, effects):
        assert timer.at.tzinfo is not None


@settings(max_examples=300, deadline=None)
@given(resident=residents, play=plays)
def test_whatever_happens_a_resident_is_answered_and_saved_whole(resident: Resident, play: Play) -> None:
    """No press, word, late timer or turned clock leaves her without an answer or breaks what is kept."""
    now, known = NOW, replace(knowledge(), near=described())
    shown: list[str] = ["menu"]
    for minutes, move in play:
        now += timedelta(minutes=minutes)
        event = Pressed(shown[move.number % len(shown)]) if isinstance(move, Again) else move
        outcome = conversation.decide(resident, event, now, known)
        _check_resident(resident, event, outcome.person, outcome.effects)
        if only(ForgetPerson, outcome.effects):
            assert isinstance(outcome.effects[-1], ForgetPerson)
            return
        resident = outcome.person
        shown += offered(outcome.effects)


@settings(max_examples=100, deadline=None)
@given(play=plays, asked=st.booleans())
def test_whatever_happens_nothing_is_read_without_a_yes(play: Play, *, asked: bool) -> None:
    """A reader that raises when called; every other consent may be given meanwhile."""
    resident, now, known = (
        leyla(consent=Consent(True, False if asked else None, True)),
        NOW,
        knowledge(MustNotRead()),
    )
    for minutes, move in play:
        now += timedelta(minutes=minutes)
        event = Pressed("menu") if isinstance(move, Again) else move
        outcome = conversation.decide(resident, event, now, known)
        if outcome.person.consent.reading:
            return
        resident = outcome.person


# --- whatever happens: contact persons ---

contacts = st.builds(cast.mina, place=st.sampled_from(Place), joined=st.booleans(), page=st.integers(0, 9))


@settings(max_examples=200, deadline=None)
@given(contact=contacts, play=plays)
def test_whatever_happens_a_contact_person_is_answered_and_saved_whole(contact: Contact, play: Play) -> None:
    """She too writes at night and presses old buttons."""
    now, known = NOW, replace(knowledge(MustNotRead()), near=described())
    shown: list[str] = ["ch:help"]
    for minutes, move in play:
        now += timedelta(minutes=minutes)
        event = Pressed(shown[move.number % len(shown)]) if isinstance(move, Again) else move
        outcome = conversation.decide_contact(contact, event, now, known)
        _check_words(outcome.effects)
        assert msgspec.json.decode(msgspec.json.encode(outcome.person), type=Contact) == outcome.person
        if isinstance(event, BY_HAND) and not (isinstance(event, Wrote) and event.edited):
            assert any(isinstance(effect, ANSWERS) for effect in outcome.effects), event
        assert not only(RaiseAlert, outcome.effects)
        if only(ForgetPerson, outcome.effects):
            return
        contact = outcome.person
        shown += offered(outcome.effects)


# --- timers that come late ---


@pytest.mark.parametrize("timer", Timer)
@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=9)])
def test_a_timer_that_means_nothing_any_more_says_nothing(timer: Timer, late: timedelta) -> None:
    """A row that was overtaken is no reason to write to her."""
    quiet = leyla(consent=Consent())
    outcome = conversation.decide(quiet, TimerFell(timer, NOW), NOW + late, knowledge())
    assert only(Say, outcome.effects) == []
    assert only(SetTimer, outcome.effects) == []


def test_a_pause_ends_by_itself_once_with_a_gentle_word() -> None:
    """Also when the bot was off at its end (R6)."""
    talk = Talk(leyla()).presses("set:pause:3").passes(days=2.9)
    assert talk.says == []
    talk.passes(days=2)
    assert talk.words.startswith("Hello. The quiet time is over.")
    assert talk.resident.paused_until is None
    assert talk.happens(TimerFell(Timer.PAUSE, NOW)).says == []


def test_a_pause_that_was_made_longer_does_not_end_early() -> None:
    """An older row falls, and the pause goes on."""
    talk = Talk(leyla()).presses("set:pause:7").happens(TimerFell(Timer.PAUSE, NOW))
    assert talk.effects == ()
    assert talk.resident.paused_until == NOW + timedelta(days=7)


def test_during_a_pause_no_check_in_comes() -> None:
    """Quiet is quiet; the first one after it comes at her time."""
    talk = Talk(leyla()).presses("set:pause:3")
    assert talk.passes(days=2.9).effects == ()
    assert talk.timers[Timer.CHECK_IN] > NOW + timedelta(days=3)
    assert StopTimer(Timer.CHECK_IN) not in talk.effects


def test_the_clock_is_an_argument() -> None:
    """The same event at the same time decides the same: any conversation can be replayed."""
    event: Event = Wrote("TV1 DI1")
    at: datetime = NOW
    first, second = (conversation.decide(leyla(), event, at, knowledge()) for _time in range(2))
    assert first == second


@pytest.mark.parametrize(
    "event", [Wrote("hello"), Pressed("menu"), Sent(Kind.PHOTO), Wrote("x", edited=True)]
)
def test_what_she_does_is_a_sign_of_life_by_the_hour(event: Event) -> None:
    """Whoever may see it learns the hour and no more."""
    later = NOW + timedelta(hours=2, minutes=41)
    assert conversation.decide(leyla(), event, later, knowledge()).person.last_sign == NOW + timedelta(
        hours=2
    )


@pytest.mark.parametrize("event", [BotUnblocked(), TimerFell(Timer.CHECK_IN, NOW), ContactRenamed(2, "Elsa")])
def test_what_happens_to_her_is_no_sign_of_life(event: Event) -> None:
    """A timer that falls says nothing about her."""
    later = NOW + timedelta(days=1)
    assert conversation.decide(leyla(), event, later, knowledge()).person.last_sign == NOW


def test_the_choice_about_somebody_who_left_goes_with_her() -> None:
    """And the plan they agreed on stays."""
    her = leyla(
        sight=((2, ("plan",)),), sip=(PlanEntry(1, "home-visit", Helper.PARTNER, 2, 1, None, True, True),)
    )
    talk = Talk(her).happens(ContactPersonLeft(2))
    assert (talk.resident.sight, talk.resident.sip) == ((), her.sip)
    assert "nobody at present" in talk.presses("sp").words
