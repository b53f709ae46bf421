"""
A check-in: one neutral question at the time she chose, five faces, and what follows.

Only an explicit answer counts as one (R7); whatever else she does makes a silent check-in a seen one. A press
names the day and slot it belongs to, so yesterday's faces cannot answer today (R8). An unanswered day is not
an alarm: one soft reminder, and after as many days as she chose a contact person is told calmly.
"""

from dataclasses import replace
from datetime import datetime, time, timedelta

from dialogs import menu, neutral
from dialogs.alert import ResidentAnswered, Track
from dialogs.effects import (
    Effect,
    Purpose,
    RaiseAlert,
    RecordCheckIn,
    Say,
    SetTimer,
    StopTimer,
    TellAlertOnTrack,
    Toast,
)
from dialogs.events import Timer
from dialogs.outcome import Outcome, say
from dialogs.people import CheckIn, Place, Resident
from dialogs.risk import behaviour
from dialogs.schedule import latest_moment, local_day, moment_on, next_moment
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, Text, _, _n

REMIND_AFTER = timedelta(hours=3)
NOT_NOW = timedelta(hours=2)
LATE_WINDOW = timedelta(hours=6)
"""A check-in that the bot could not ask in time is asked this much later at the most, else not at all."""
WAITS_AT_LEAST = timedelta(hours=1)
"""What is said unasked may wait so long to be sent, also over midnight: a full queue is no reason to skip it."""
LONGEST_APOLOGY = timedelta(days=60)
DOWN_TOO_LONG = timedelta(hours=3)
"""When the bot was down for longer than this since it asked, an unanswered day is its own and not hers (R4)."""
LOW = 2
"""This face and the one below it lead to "what weighs most"."""

DAILY, TRIAL, EXTRA = "d", "t", "x"


def faces(check_in: CheckIn) -> Keyboard:
    """Five faces, best first, then the ways around them."""
    key = _key(check_in)
    labels = (
        _("face", "😀 Very good"),
        _("face", "🙂 Good"),
        _("face", "😐 So-so"),
        _("face", "😟 Not good"),
        _("face", "😢 Bad"),
    )
    marks = tuple(Button(label, f"ci:{key}:{5 - place}") for place, label in enumerate(labels))
    around = (
        Button(_("check-in", "✏️ Write instead"), f"ci:{key}:write"),
        Button(_("check-in", "Not now"), f"ci:{key}:later"),
        Button(_("check-in", "Skip today"), f"ci:{key}:skip"),
    )
    return (marks[:2], marks[2:3], marks[3:], around[:1], around[1:])


def _key(check_in: CheckIn) -> str:
    return f"{check_in.day:%Y%m%d}:{check_in.slot}"


def plan_next(resident: Resident, now: datetime) -> list[Effect]:
    """Set the moment of the next check-in, or none where she wants none."""
    if not _wants_any(resident):
        return [StopTimer(Timer.CHECK_IN), StopTimer(Timer.REMINDER), StopTimer(Timer.SNOOZE)]
    return [SetTimer(Timer.CHECK_IN, _next(resident, now))]


def _wants_any(resident: Resident) -> bool:
    return resident.joined and resident.consent.check_ins is True and not resident.stopped


def _next(resident: Resident, now: datetime) -> datetime:
    """The next moment after a pause, and never a second one on a date she was asked on."""
    after = max(now, resident.paused_until) if resident.paused_until else now
    moment = next_moment(resident.rhythm, after)
    if local_day(moment, resident.rhythm.zone) == resident.asked_on:
        moment = next_moment(resident.rhythm, moment)
    return moment


def ask(
    resident: Resident, slot: str, now: datetime, purpose: Purpose, *, softly: bool = False
) -> Outcome[Resident]:
    """Ask; the first line is all a lock screen may show (R35). `softly` on the eve of a day that is hard for her."""
    check_in = CheckIn(local_day(now, resident.rhythm.zone), slot, now)
    asked = replace(resident, check_in=check_in, place=Place.MENU)
    text: Text = (neutral.how_is_today(resident.name), *_softer(softly))
    if slot == DAILY:
        asked = replace(asked, asked_on=check_in.day, not_asked_since=None)
        text = (*text, *_apology(resident))
    return Outcome(
        asked,
        (
            RecordCheckIn(check_in.day, slot, "asked"),
            Say(text, faces(check_in), purpose=purpose, menu=False),
            SetTimer(Timer.REMINDER, now + REMIND_AFTER),
        ),
    )


def _softer(softly: bool) -> Text:
    """Nothing about why: whoever else reads it learns nothing."""
    if not softly:
        return ()
    return (
        _("check-in", "Take it slowly this evening. You need not answer much, and nothing has to be well."),
    )


def _apology(resident: Resident) -> Text:
    if resident.not_asked_since is None:
        return ()
    return (
        _(
            "check-in",
            "I was not working for a while, and asked nothing since {day}. That was my fault, not yours.",
            day=resident.not_asked_since,
        ),
    )


def due(
    resident: Resident,
    due_at: datetime,
    now: datetime,
    down: timedelta = timedelta(0),
    *,
    softly: bool = False,
) -> Outcome[Resident]:
    """The chosen time came: settle the last check-in, ask the new one, set the next."""
    if resident.asked_on == local_day(now, resident.rhythm.zone):
        return Outcome(
            resident, tuple(plan_next(resident, now))
        )  # she moved the time: today's question stays open
    settled = _settle(_not_asked(resident, due_at, now), down)
    resident = settled.person
    effects = [*settled.effects, *plan_next(resident, now)]
    latest = max(due_at, latest_moment(resident.rhythm, now))  # the row knows only the first that was missed
    if not _may_ask(resident, latest, now):
        return Outcome(resident, tuple(effects))
    asked = ask(resident, DAILY, now, Purpose.CHECK_IN, softly=softly)
    return asked.after(*effects)


def _not_asked(resident: Resident, due_at: datetime, now: datetime) -> Resident:
    """The bot was late by its own fault: the next question says so once, for all the days together (R4)."""
    paused = resident.paused_until is not None and due_at < resident.paused_until
    long_ago = now - due_at > LONGEST_APOLOGY  # a damaged row rather than an outage
    if not _wants_any(resident) or paused or long_ago or _in_time(resident, due_at, now):
        return resident
    first = resident.not_asked_since or local_day(due_at, resident.rhythm.zone)
    return replace(resident, not_asked_since=first)


def _in_time(resident: Resident, due_at: datetime, now: datetime) -> bool:
    zone = resident.rhythm.zone
    return now - due_at <= LATE_WINDOW and local_day(now, zone) == local_day(due_at, zone)


def _may_ask(resident: Resident, due_at: datetime, now: datetime) -> bool:
    paused = resident.paused_until is not None and now < resident.paused_until
    return _wants_any(resident) and not paused and _in_time(resident, due_at, now)


def unasked_until(resident: Resident, now: datetime) -> datetime:
    """How long what is said unasked may wait to be sent: a question of yesterday is none for the night."""
    zone = resident.rhythm.zone
    midnight = moment_on(local_day(now, zone) + timedelta(days=1), time(0), zone)
    return min(now + LATE_WINDOW, max(midnight, now + WAITS_AT_LEAST))


def _settle(resident: Resident, down: timedelta) -> Outcome[Resident]:
    """Count yesterday's check-in as missed where it is still open; tell a contact person when it is time."""
    last = resident.check_in
    if last is None or last.stage != "face":
        return Outcome(replace(resident, check_in=None))
    if not last.arrived:
        return Outcome(replace(resident, check_in=None), (StopTimer(Timer.SNOOZE),))
    effects: list[Effect] = [RecordCheckIn(last.day, last.slot, "missed"), StopTimer(Timer.SNOOZE)]
    if last.slot != DAILY or down > DOWN_TOO_LONG:  # a trial, one she asked for herself, or our own silence
        return Outcome(replace(resident, check_in=None), tuple(effects))
    missed = resident.missed + 1
    resident = replace(resident, check_in=None, missed=missed)
    if missed % resident.rhythm.missed_days == 0 and resident.can_be_told():
        code = f"seen:{missed}" if last.seen else f"silence:{missed}"
        effects += [RaiseAlert(Track.QUIET, 1, (code,)), _told_about_silence(resident)]
    return Outcome(resident, tuple(effects))


def _told_about_silence(resident: Resident) -> Say:
    text = (
        neutral.not_talked(),
        _(
            "check-in",
            "As we agreed, I have told {contact} that I have not heard from you.",
            contact=menu.names(resident.contacts[:1]),
        ),
    )
    return Say(text, purpose=Purpose.ROUTINE)


def undelivered(resident: Resident) -> Outcome[Resident]:
    """The question may not have reached her: no reminder, and no day counted as missed (R5)."""
    check_in = resident.check_in
    if check_in is None or check_in.stage != "face" or check_in.seen:
        return Outcome(resident)
    lost = replace(resident, check_in=replace(check_in, arrived=False))
    return Outcome(
        lost, (RecordCheckIn(check_in.day, check_in.slot, "undelivered"), StopTimer(Timer.REMINDER))
    )


def remind(resident: Resident) -> Outcome[Resident]:
    """One soft reminder, never a second."""
    check_in = resident.check_in
    if check_in is None or check_in.stage != "face" or check_in.reminded or resident.stopped:
        return Outcome(resident)
    reminded = replace(resident, check_in=replace(check_in, reminded=True))
    return Outcome(reminded, (Say((neutral.one_tap(),), faces(check_in), purpose=Purpose.ROUTINE),))


def ask_again(resident: Resident, due_at: datetime, now: datetime) -> Outcome[Resident]:
    """The two hours of "not now" are over; where the bot was down meanwhile, that may be long ago."""
    check_in = resident.check_in
    if check_in is None or check_in.stage != "face" or not _in_time(resident, due_at, now):
        return Outcome(resident)
    say_again = Say((neutral.how_is_today(resident.name),), faces(check_in), purpose=Purpose.ROUTINE)
    return Outcome(resident, (say_again, SetTimer(Timer.REMINDER, now + REMIND_AFTER)))


def press(resident: Resident, data: str, now: datetime) -> Outcome[Resident]:
    """Take `ci:DAY:SLOT:ANSWER`; anything but today's open check-in is kindly refused."""
    if data == "ci:now":
        return now_please(resident, now)
    _topic, day, slot, answer = (*data.split(":"), "", "", "")[:4]
    check_in = resident.check_in
    if check_in is None or _key(check_in) != f"{day}:{slot}":
        return Outcome(resident, (Toast((menu.old_button(),)),))
    if check_in.stage != "face":
        already = _("check-in", "You have answered this already. Thank you.")
        return Outcome(resident, (Toast((already,)),))
    return _answer(resident, check_in, answer, now)


def _answer(resident: Resident, check_in: CheckIn, answer: str, now: datetime) -> Outcome[Resident]:
    match answer:
        case "1" | "2" | "3" | "4" | "5":
            return _face(resident, check_in, int(answer))
        case "write":
            waiting = replace(resident, place=Place.ANSWER)
            text = _("check-in", "Write as much or as little as you like.")
            return Outcome(waiting, (say(text, keyboard=rows(_skip(check_in))),))
        case "later":
            text = _("check-in", "All right. I ask again in two hours.")
            rested = replace(resident, check_in=replace(check_in, seen=True))
            return Outcome(
                rested,
                (say(text, in_place=True), SetTimer(Timer.SNOOZE, now + NOT_NOW), StopTimer(Timer.REMINDER)),
            )
        case "skip":
            text = _("check-in", "All right, not today. See you next time.")
            done = _answered(resident, check_in, "skipped", None)
            closed = replace(done.person, check_in=None)
            return Outcome(closed, (*done.effects, say(text, in_place=True)))
        case _:
            return Outcome(resident, (Toast((menu.old_button(),)),))


def _skip(check_in: CheckIn) -> Button:
    return Button(_("check-in", "Skip today"), f"ci:{_key(check_in)}:skip")


def _answered(resident: Resident, check_in: CheckIn, state: str, answer: str | None) -> Outcome[Resident]:
    """An explicit answer: the day is settled, silence is over, whoever was alarmed gets the all-clear."""
    answered = replace(resident, missed=0, place=Place.MENU, check_in=replace(check_in, stage="done"))
    return Outcome(
        answered,
        (
            RecordCheckIn(check_in.day, check_in.slot, state, answer),
            StopTimer(Timer.REMINDER),
            StopTimer(Timer.SNOOZE),
            TellAlertOnTrack(Track.QUIET, ResidentAnswered()),
        ),
    )


def _face(resident: Resident, check_in: CheckIn, value: int) -> Outcome[Resident]:
    done = _answered(_with_face(resident, check_in, value), check_in, "answered", f"face:{value}")
    if value <= LOW or behaviour.fell(resident.faces, check_in.day, value):
        asked = replace(done.person, check_in=replace(check_in, stage="weight"))
        thanks = (
            _("check-in", "Thank you for telling me. I am sorry it is like this.")
            if value <= LOW
            else _("check-in", "Thank you. So-so is also an answer.")
        )
        question = (thanks, _("check-in", "What weighs most today?"))
        return Outcome(asked, (*done.effects, say(*question, keyboard=weights(check_in), in_place=True)))
    text: Text
    if value == LOW + 1:
        text = (_("check-in", "Thank you. So-so is also an answer."),)
    else:
        text = (_("check-in", "Good to hear. Thank you for answering."),)
    trial = check_in.slot == TRIAL
    more = _after_trial(resident) if trial else ()
    return Outcome(done.person, (*done.effects, say(*text, *more, in_place=True), *_menu_if(trial)))


def _with_face(resident: Resident, check_in: CheckIn, value: int) -> Resident:
    """Only with her yes to being read: what is usual for her is something known about her."""
    if resident.consent.reading is not True or check_in.slot == TRIAL:
        return resident
    return replace(resident, faces=behaviour.faces_with(resident.faces, check_in.day, value))


def _menu_if(trial: bool) -> tuple[Effect, ...]:
    if not trial:
        return ()
    return (say(_("menu", "What would you like to do?"), keyboard=menu.main_menu(), stays=True),)


def _after_trial(resident: Resident) -> Text:
    days = len(resident.rhythm.days)
    return (
        _n(
            "check-in",
            "That was a trial. The real one comes at {time}, {count} day a week.",
            "That was a trial. The real one comes at {time}, {count} days a week.",
            days,
            time=resident.rhythm.at,
        ),
    )


def weights(check_in: CheckIn) -> Keyboard:
    """What may weigh; the data names the day, so that yesterday's list is known as such."""
    key = _key(check_in)
    labels = (
        ("lonely", _("weight", "I am lonely")),
        ("money", _("weight", "Money or bills")),
        ("home", _("weight", "My home")),
        ("family", _("weight", "My family")),
        ("threat", _("weight", "Someone threatens me")),
        ("health", _("weight", "My health")),
        ("else", _("weight", "Something else")),
    )
    return rows(*(Button(label, f"cw:{key}:{code}") for code, label in labels), menu.SOMEONE, width=2)


def weigh(resident: Resident) -> Outcome[Resident]:
    """What weighs: asked after a low face, and again where somebody had to show first that it is her."""
    check_in = resident.check_in
    if check_in is None or check_in.stage != "weight":
        return Outcome(resident, (Toast((menu.old_button(),)),))
    text = _("check-in", "What weighs most today?")
    return Outcome(resident, (say(text, keyboard=weights(check_in)),))


def more_about(check_in: CheckIn) -> str:
    """The data of the button that leads to `weigh`."""
    return f"cw:{_key(check_in)}:more"


def weight_of(resident: Resident, data: str) -> str | None:
    """Return the weight in `cw:DAY:SLOT:CODE`, or None where the list is not the open one."""
    _topic, day, slot, code = (*data.split(":"), "", "", "")[:4]
    check_in = resident.check_in
    if check_in is None or check_in.stage != "weight" or _key(check_in) != f"{day}:{slot}":
        return None
    return code


def write_answer(resident: Resident, text: str) -> Outcome[Resident]:
    """Her own words to an open check-in; what they say about risk is read elsewhere."""
    if resident.check_in is None or resident.check_in.stage != "face":
        return menu.free_text(replace(resident, place=Place.MENU))
    trial = resident.check_in.slot == TRIAL
    done = _answered(resident, resident.check_in, "answered", f"words:{text}")
    thanks = _("check-in", "Thank you. That was your check-in for today.")
    more = _after_trial(resident) if trial else ()
    return Outcome(
        done.person, (*done.effects, say(thanks, *more, keyboard=rows(menu.SOMEONE)), *_menu_if(trial))
    )


def touched(resident: Resident) -> Resident:
    """She did something that is no answer: silent becomes "seen, unanswered" (R7)."""
    check_in = resident.check_in
    if check_in is None or check_in.seen or check_in.stage != "face":
        return resident
    return replace(resident, check_in=replace(check_in, seen=True))


def still_open(resident: Resident) -> Outcome[Resident]:
    """She wrote something while the faces wait: thank her, and keep the question where it is."""
    check_in = resident.check_in
    if check_in is None or check_in.stage != "face":
        return Outcome(resident)
    text = (
        _("check-in", "Thank you for writing. I am a program and cannot talk with you the way a person can."),
        _("check-in", "If you like, choose a face for today."),
    )
    return Outcome(resident, (say(*text, keyboard=faces(check_in)),))


def now_please(resident: Resident, now: datetime) -> Outcome[Resident]:
    """She wants to check in by herself: today's open one, or an extra one, known by its minute."""
    check_in = resident.check_in
    if check_in is not None and check_in.stage == "face":
        return Outcome(resident, (say(neutral.how_is_today(resident.name), keyboard=faces(check_in)),))
    return ask(resident, f"{EXTRA}{now:%H%M}", now, Purpose.REPLY)


def next_is(resident: Resident, now: datetime) -> Message:
    """When the next check-in comes, on her clock."""
    if not _wants_any(resident):
        return _("check-in", "I ask nothing by myself. You can check in whenever you like.")
    return _("check-in", "The next check-in: {moment}.", moment=_next(resident, now))
