"""
The one door: `decide(person, event, now, knowledge)` returns the person as she now is, and what shall be done.

For a resident the order is always the same: a word that works everywhere ("someone", "hide", "stop"); then,
if she agreed, what her words say about danger; then the question that is open; then an honest "I do not
understand, but here is a human". Nothing here sends, stores, waits or draws lots.
"""

from dataclasses import replace
from datetime import datetime, time
from functools import partial
from typing import TypeAlias, assert_never

from dialogs import (
    check_in,
    choosing_code,
    coming,
    contact_person,
    covert,
    errands,
    first_year,
    freezing,
    guidance,
    guide_help,
    hard_days,
    helper_texts,
    her_calls,
    joining,
    language_choice,
    menu,
    my_chat,
    my_contacts,
    my_plan,
    near,
    neutral,
    plan_reminders,
    preferences,
    privacy,
    safer_phone,
    sight,
    small_news,
    talk,
    who_reads,
    word_pages,
)
from dialogs.alert import Track
from dialogs.effects import CheckChain, EndTalk, Purpose, RaiseAlert, Say, SetTimer, StopTimer, Toast
from dialogs.events import (
    ActivitiesFound,
    ActivityComes,
    BotBlocked,
    BotUnblocked,
    CallAnswered,
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
from dialogs.outcome import Outcome, say
from dialogs.people import Contact, Place, Resident
from dialogs.risk import behaviour, policy
from dialogs.schedule import local_day
from dialogs.screen import Button, rows
from dialogs.text import _
from dialogs.words import Word


def decide_contact(contact: Contact, event: Event, now: datetime, knowledge: Knowledge) -> Outcome[Contact]:
    """Contact persons and coordinators."""
    return contact_person.decide(contact, event, now, knowledge)


def decide(resident: Resident, event: Event, now: datetime, knowledge: Knowledge) -> Outcome[Resident]:
    """Take one event of a resident's life; whoever promised her a call hears what it means for that."""
    if isinstance(event, Removed):  # by the organisation: neither a code nor a frozen chat stands in the way
        return her_calls.followed(resident, event, privacy.forget(resident), now)
    onward = partial(_onward, now=now)
    if resident.frozen is not None and freezing.is_from_the_chat(event):
        ordinary = who_reads.guarded(resident, event, now, knowledge, onward)
        return freezing.unseen(resident, who_reads.with_calls(ordinary))
    signed = _signed(resident, event, now)
    outcome = who_reads.guarded(signed, event, now, knowledge, onward)
    return who_reads.last_look(signed, event, her_calls.followed(signed, event, outcome, now))


def _onward(resident: Resident, event: Event, knowledge: Knowledge, now: datetime) -> Outcome[Resident]:
    """As for somebody who has shown that it is her, or chose not to be asked."""
    return _decided(resident, event, now, knowledge)


def _decided(  # noqa: C901 -- one case for each event
    resident: Resident, event: Event, now: datetime, knowledge: Knowledge
) -> Outcome[Resident]:
    match event:
        case Joined(locale):
            return joining.welcome(resident, locale, knowledge)
        case Started():
            return _home(resident, knowledge)
        case Wrote():
            return _wrote(check_in.touched(resident), event, now, knowledge)
        case Pressed(data, _typed):
            return _pressed(check_in.touched(resident), data, now, knowledge)
        case Sent():
            return _sent(check_in.touched(resident), event, now, knowledge)
        case TimerFell() if resident.frozen is not None:
            return freezing.timer_fell(resident, event, now)
        case TimerFell():
            return _timer(resident, event, now, knowledge)
        case Frozen() | Unfrozen():
            return freezing.happened(resident, event, now)
        case BotBlocked():
            return _blocked(resident, now)
        case BotUnblocked():
            return Outcome(resident, tuple(check_in.plan_next(resident, now)))
        case DataGathered():
            return privacy.gathered(resident, event, now, near.kept(resident, knowledge))
        case MessagesRemain():
            return privacy.remain(resident, now)
        case ContactPersonLeft() | ContactRenamed() | PlanChangeAsked():
            return _by_her_contacts(resident, event, now)
        case ContactProposed():
            return small_news.proposed(resident, event, now)
        case ContactsReordered():
            return small_news.reordered(resident, event)
        case CheckInUndelivered():
            return check_in.undelivered(resident)
        case ChainChecked():
            return joining.chain_checked(resident, event, now)
        case ActivityComes() | ActivitiesFound():
            return coming.happens(resident, event, knowledge, now)
        case CallPromised() | CallTakenBack() | CallUncertain() | CallOver():
            return her_calls.happened(resident, event, now)
        case (
            NoCaseFits()
            | ColleaguesGathered()
            | DayGathered()
            | ResidentsGathered()
            | ResidentOpened()
            | WeekGathered()
            | CallNoted()
            | CallRefused()
            | CallAnswered()
            | CallChanged()
            | HeavyCaseClosed()
            | CoordinatorsTold()
            | Removed()
        ):  # only contact persons have these
            return Outcome(resident)
        case TalkRefused() | InternalNotesGathered():
            return Outcome(resident)
        case NameKept() | NameTaken() | PlansGathered() | PlanGathered() | PlanClosed():  # and these
            return Outcome(resident)
        case _:
            return _talk_event(resident, event, now)


TalkEvent: TypeAlias = (
    TalkBegun | LetterCame | LetterPassed | LettersOpened | LetterLost | TalkOver | HoursChecked
)


def _talk_event(resident: Resident, event: TalkEvent, now: datetime) -> Outcome[Resident]:
    match event:
        case TalkBegun():
            return talk.begun(resident, event, now)
        case LetterCame():
            return talk.came(resident, event, now)
        case LetterPassed():
            return talk.passed(resident, event, now)
        case LettersOpened():
            return talk.opened(resident, event, now)
        case LetterLost():
            return talk.failed(resident, event)
        case TalkOver():
            return talk.over(resident, event)
        case HoursChecked():
            return talk.hours_checked(resident, event, now)
        case _:
            assert_never(event)


def _signed(resident: Resident, event: Event, now: datetime) -> Resident:
    """What she does herself is a sign of life."""
    return sight.signed(resident, now) if isinstance(event, Wrote | Pressed | Sent) else resident


def _by_her_contacts(
    resident: Resident, event: ContactPersonLeft | ContactRenamed | PlanChangeAsked, now: datetime
) -> Outcome[Resident]:
    match event:
        case ContactPersonLeft(contact):
            return _contact_left(resident, contact)
        case ContactRenamed():
            return my_contacts.renamed(resident, event)
        case PlanChangeAsked():
            return my_plan.asked(resident, event, now)
        case _:
            assert_never(event)


def _home(resident: Resident, knowledge: Knowledge) -> Outcome[Resident]:
    if not resident.joined:
        return joining.show(resident, knowledge)
    return menu.home(replace(resident, place=Place.MENU)).after(menu.hello())


def _wrote(resident: Resident, event: Wrote, now: datetime, knowledge: Knowledge) -> Outcome[Resident]:
    text, word = event.text, event.word
    if word is not None and not talk.is_for_the_bot(resident, word, text):
        word = None
    if covert.is_hers(resident, text):
        return covert.call(_ordinary(resident, event, None, now, knowledge), now)
    if word is Word.ALL_FINE and not event.edited:
        return policy.said_fine(_ordinary(covert.left(resident), event, None, now, knowledge), text, now)
    if word is not None and not event.edited:
        return _word(_set_down(covert.left(resident)), word, now, knowledge)
    if not covert.waits(resident, now):
        resident = covert.left(resident)
    resident, risky = policy.heard(resident, text, now, knowledge)
    if risky is not None:
        risky = replace(risky, person=covert.left(risky.person))
    return _ordinary(resident, event, risky, now, knowledge)


def _ordinary(
    resident: Resident, event: Wrote, risky: Outcome[Resident] | None, now: datetime, knowledge: Knowledge
) -> Outcome[Resident]:
    """Free text, once it was read: what was heard, then the question that is open, then an honest answer."""
    text = event.text
    if event.edited:
        return _changed(resident, event, risky, now)
    if resident.place is Place.ANSWER:
        return _written_answer(resident, text, risky)
    if talk.takes(resident):
        return talk.wrote(resident, Letter(text, event.at or now, message=event.message), risky, now)
    if risky is not None:
        return replace(risky, person=_set_down(risky.person))
    if not resident.joined:
        return joining.wrote(resident, text, knowledge)
    if resident.place is Place.WORD:
        return covert.chosen(resident, text)
    if resident.place in choosing_code.PLACES:
        return choosing_code.wrote(resident, event, now)
    return _free_text(resident, text, now, knowledge)


def _changed(
    resident: Resident, event: Wrote, risky: Outcome[Resident] | None, now: datetime
) -> Outcome[Resident]:
    """In a talk a change is passed on; elsewhere what counts is what was read first."""
    told = talk.edited(resident, event.message, event.text, event.at or now)
    if risky is not None:
        return risky.after(*told)
    return Outcome(resident, told or (say(menu.changed()),))


def _free_text(resident: Resident, text: str, now: datetime, knowledge: Knowledge) -> Outcome[Resident]:
    if text.startswith("/"):
        return menu.unknown_command(resident)
    match resident.place:
        case Place.STEP if guide_help.waits(resident, now):
            return guide_help.wrote(resident, text, knowledge)
        case Place.STEP:
            return _open_question(_set_down(resident), text, now, knowledge)
        case Place.ERRAND:
            return errands.wrote(resident, text, now)
        case Place.HARD_DAY:
            return hard_days.wrote(resident, text, now)
        case Place.PLAN_DAY:
            return my_plan.wrote(resident, text, now)
        case _:
            return _open_question(resident, text, now, knowledge)


def _written_answer(resident: Resident, text: str, risky: Outcome[Resident] | None) -> Outcome[Resident]:
    """Her own words are an answer, whatever else they say."""
    answered = check_in.write_answer(resident, text)
    if risky is None:
        return _with_offer(resident, answered)
    settled = answered.person
    after = replace(risky.person, place=settled.place, check_in=settled.check_in, missed=settled.missed)
    kept = [effect for effect in answered.effects if not isinstance(effect, Say)]
    return Outcome(after, (*kept, *risky.effects))


def _open_question(resident: Resident, text: str, now: datetime, knowledge: Knowledge) -> Outcome[Resident]:
    if resident.place is Place.TIME:
        at = preferences.read_time(text)
        return preferences.set_time(resident, at, now) if at else preferences.not_a_time(resident)
    found = knowledge.finder.asked_for(text) if knowledge.finder else ()
    if found:
        return guidance.offer_found(resident, found, knowledge)
    if resident.check_in is not None and resident.check_in.stage == "face":
        return check_in.still_open(resident)
    return menu.free_text(resident)


def _set_down(resident: Resident) -> Resident:
    """She went on: her next words are not the answer to what was asked before."""
    if resident.joined and resident.place in (
        Place.STEP,
        Place.ERRAND,
        Place.HARD_DAY,
        Place.PLAN_DAY,
        *choosing_code.PLACES,
    ):
        return replace(resident, place=Place.MENU, asking="")
    return resident


def _word(resident: Resident, word: Word, now: datetime, knowledge: Knowledge) -> Outcome[Resident]:
    match word:
        case Word.SOMEONE:
            return menu.someone(resident)
        case Word.HIDE:
            return privacy.hide(resident, now)
        case Word.STOP:
            return privacy.stop(resident)
        case Word.FORGET:
            return privacy.ask_forget(resident)
        case Word.PRIVACY:
            return privacy.explain(resident, knowledge)
        case Word.MY_DATA | Word.MY_FILE:
            return privacy.my_data(resident, as_file=word is Word.MY_FILE)
        case Word.LANGUAGE:
            return language_choice.ask(resident, knowledge)
        case Word.HELP:
            return menu.help_page(resident)
        case Word.GUIDES:
            return guidance.show_list(resident, knowledge)
        case Word.TALK:
            return talk.ask(resident)
        case Word.END_TALK:
            return talk.end(resident)
        case Word.SHOW:
            return talk.show(resident)
        case Word.NEAR if resident.joined:
            return near.begin(replace(resident, place=Place.MENU), knowledge, now)
        case _ if not resident.joined:
            return joining.show(resident, knowledge)
        case _:
            return _settled_word(replace(resident, place=Place.MENU), word, now)


def _settled_word(resident: Resident, word: Word, now: datetime) -> Outcome[Resident]:
    match word:
        case Word.CHECK_IN:
            return check_in.now_please(resident, now)
        case Word.SETTINGS:
            return preferences.show(resident, now)
        case Word.PAUSE:
            return preferences.ask_pause(resident)
        case Word.RESUME:
            return preferences.end_pause(resident, now)
        case Word.PLAN:
            return my_plan.show(resident, now)
        case Word.PHONE:
            return safer_phone.show(resident)
        case Word.LOCK:
            return choosing_code.lock_it(resident)
        case _:
            return menu.home(resident)


def _pressed(resident: Resident, data: str, now: datetime, knowledge: Knowledge) -> Outcome[Resident]:
    topic = data.partition(":")[0]
    resident = resident if topic in ("cw-word", "l") else covert.left(resident)
    resident = resident if topic in ("e", "l") else _set_down(resident)
    match topic:
        case "someone":
            return menu.someone(resident)
        case "l":
            code = data.partition(":")[2]
            if not resident.joined and language_choice.knows(knowledge, code):
                return joining.language_chosen(resident, code, knowledge)
            return language_choice.press(resident, data, knowledge)
        case "g":
            return guidance.press(resident, data, knowledge, now)
        case "words":
            return word_pages.press(resident, data, knowledge)
        case "q":
            return policy.press(resident, data, now)
        case "q-open":
            return policy.reopen(resident, data)
        case "p":
            return privacy.press(resident, data, now) or _old(resident)
        case "tk":
            return talk.press(resident, data)
        case "talk":
            return talk.ask(resident)
        case "ph":
            return _phone(resident, data, knowledge)
        case "ca":
            return her_calls.press(resident, data, now) or _old(resident)
        case _ if not resident.joined:
            return _joining_press(resident, data, knowledge)
        case _:
            return _settled_press(resident, topic, data, now, knowledge)


def _phone(resident: Resident, data: str, knowledge: Knowledge) -> Outcome[Resident]:
    if not resident.joined:
        return joining.phone_press(resident, data, knowledge)
    return safer_phone.press(resident, data) or _old(resident)


def _joining_press(resident: Resident, data: str, knowledge: Knowledge) -> Outcome[Resident]:
    at = _time_of(data)
    if at is not None and resident.place is Place.TIME:
        return joining.time_chosen(replace(resident, rhythm=replace(resident.rhythm, at=at)), knowledge)
    return joining.press(resident, data, knowledge)


def _time_of(data: str) -> time | None:
    return preferences.read_time(f"{data[2:4]}:{data[4:]}") if data.startswith("t:") else None


def _settled_press(
    resident: Resident, topic: str, data: str, now: datetime, knowledge: Knowledge
) -> Outcome[Resident]:
    match topic:
        case "menu":
            return menu.home(replace(resident, place=Place.MENU))
        case "ci":
            return _check_in_press(resident, data, now)
        case "cw":
            return _weight(resident, data, now, knowledge)
        case "t":
            at = _time_of(data)
            return preferences.set_time(resident, at, now) if at else _old(resident)
        case "company":
            return policy.offer_accepted(resident)
        case "told":
            return policy.what_was_told(resident)
        case "cw-word" | "who":
            return _hers_alone(resident, topic, data, now)
        case "e":
            return errands.press(resident, data, knowledge, now) or _old(resident)
        case "plan":
            return first_year.press(resident, data, knowledge, now) or _old(resident)
        case "hd":
            return hard_days.press(resident, data) or _old(resident)
        case "near":
            return near.press(resident, data, knowledge, now) or _old(resident)
        case "act":
            return coming.press(resident, data) or _old(resident)
        case "sp":
            return my_plan.press(resident, data, now) or _old(resident)
        case "set" | "chat":
            return _settings(resident, data, now, knowledge)
        case _:
            return _old(resident)


def _with_offer(before: Resident, outcome: Outcome[Resident]) -> Outcome[Resident]:
    """After the trial, once: a check of who is reading. Not where something weighs: that comes first."""
    trial, after = before.check_in, outcome.person.check_in
    if trial is None or (trial.slot, trial.stage) != (check_in.TRIAL, "face") or before.lock is not None:
        return outcome
    settled = after is None or after.stage == "done"
    return choosing_code.offered(outcome) if settled else outcome


def _hers_alone(resident: Resident, topic: str, data: str, now: datetime) -> Outcome[Resident]:
    """What she has agreed with the bot to write."""
    if topic == "cw-word":
        return covert.press(resident, data, now)
    return choosing_code.press(resident, data, now) or _old(resident)


def _check_in_press(resident: Resident, data: str, now: datetime) -> Outcome[Resident]:
    """An answered check-in is a good moment for one soft question that stayed open."""
    outcome = _with_offer(resident, check_in.press(resident, data, now))
    answered = outcome.person.check_in is not None and outcome.person.check_in.stage == "done"
    if not answered or (resident.check_in is not None and resident.check_in.stage != "face"):
        return outcome
    soft = policy.at_check_in(outcome.person, now)
    return soft.after(*outcome.effects) if soft is not None else outcome


def _settings(resident: Resident, data: str, now: datetime, knowledge: Knowledge) -> Outcome[Resident]:
    match data.split(":")[1:]:
        case _ if data.startswith("chat"):
            return my_chat.press(resident, data) or _old(resident)
        case ["contacts"]:
            return my_contacts.show(resident)
        case ["contact" | "see", *_rest] as page:
            return my_contacts.press(resident, page) or _old(resident)
        case ["privacy"]:
            return privacy.explain(resident, knowledge)
        case ["more"]:
            return preferences.show(resident, now)
        case ["pause-over"]:
            return preferences.end_pause(resident, now)
        case _:
            return preferences.press(resident, data, knowledge, now) or _old(resident)


def _weight(resident: Resident, data: str, now: datetime, knowledge: Knowledge) -> Outcome[Resident]:
    """What weighs most leads to the fitting guide or to a human."""
    code = check_in.weight_of(resident, data)
    if code is None or resident.check_in is None:
        return _old(resident)
    if code == "more":
        return check_in.weigh(resident)
    named = replace(resident, check_in=replace(resident.check_in, stage="done"))
    match code:
        case "money":
            return _offer_guides(named, knowledge, ("bills", "money-support", "debts", "bank-account"))
        case "home":
            return _offer_guides(named, knowledge, ("housing", "home-care"))
        case "threat":
            return policy.ask_about(named, "TV", now)
        case "else":
            waiting = replace(named, place=Place.MENU)
            text = _("check-in", "You can write it here, or ask for a person.")
            return Outcome(waiting, (say(text, keyboard=rows(menu.SOMEONE)),))
        case _:
            return _offer_company(named, code)


def _offer_guides(resident: Resident, knowledge: Knowledge, guides: tuple[str, ...]) -> Outcome[Resident]:
    text = _("check-in", "That can weigh a lot. We can take it step by step, or I ask a person.")
    buttons = [guidance.offer(knowledge.guides[guide]) for guide in guides if guide in knowledge.guides]
    return Outcome(resident, (say(text, keyboard=rows(*buttons, menu.SOMEONE), in_place=True),))


def _offer_company(resident: Resident, code: str) -> Outcome[Resident]:
    contact = menu.names(resident.contacts[:1])
    if code == "health":
        text = _(
            "check-in",
            "For advice about health, call {health_advice}. Shall I also ask {contact} to get in touch today?",
            contact=contact,
        )
    else:
        text = _(
            "check-in",
            "You do not have to carry that alone. Shall I ask {contact} to get in touch today?",
            contact=contact,
        )
    buttons = rows(
        Button(_("check-in", "Yes, please"), "company"),
        Button(_("check-in", "No, thank you"), "menu"),
        width=2,
    )
    return Outcome(resident, (say(text, keyboard=buttons, in_place=True),))


def _sent(resident: Resident, event: Sent, now: datetime, knowledge: Knowledge) -> Outcome[Resident]:
    risky = None
    if event.caption:
        resident, risky = policy.heard(resident, event.caption, now, knowledge)
    if talk.takes(resident):
        return talk.sent(resident, event, risky, now)
    return risky or menu.not_text(resident, event.kind)


def _old(resident: Resident) -> Outcome[Resident]:
    return Outcome(resident, (Toast((menu.old_button(),)),))


def _eve(resident: Resident, now: datetime, knowledge: Knowledge) -> bool:
    return hard_days.eve(resident, local_day(now, resident.rhythm.zone), knowledge)


def _timer(resident: Resident, fell: TimerFell, now: datetime, knowledge: Knowledge) -> Outcome[Resident]:
    if fell.timer in ASKED_BY_ITSELF and talk.is_lively(resident, now):
        return _not_now(resident, fell.timer, now)
    match fell.timer:
        case Timer.CHECK_IN:
            softly = _eve(resident, now, knowledge)
            return check_in.due(resident, fell.due_at, now, fell.down, softly=softly)
        case Timer.REMINDER:
            return check_in.remind(resident)
        case Timer.SNOOZE:
            return check_in.ask_again(resident, fell.due_at, now)
        case Timer.QUESTION:
            return policy.silence(resident, now)
        case Timer.PAUSE:
            return _pause_over(resident, now)
        case Timer.ERRAND:
            return errands.due(resident, now)
        case Timer.CHAIN:
            return Outcome(resident, (CheckChain(again=True),))
        case Timer.TALK:
            return talk.timer_fell(resident, now)
        case Timer.ACTIVITY:
            return coming.due(resident, now)
        case Timer.PLAN:
            return plan_reminders.due(resident, now)
        case Timer.CALL:
            return her_calls.due(resident, now)
        case Timer.NEWS:
            return small_news.tell(resident, now)
        case Timer.CODE | Timer.TEST | Timer.DEBRIEF | Timer.WEEK:
            # what a code led to was told on the way here; only contact persons have the others
            return Outcome(resident)
        case _:
            assert_never(fell.timer)


ASKED_BY_ITSELF = (Timer.CHECK_IN, Timer.REMINDER, Timer.SNOOZE, Timer.ERRAND)
"""What the bot does not say into a talk."""


def _not_now(resident: Resident, timer: Timer, now: datetime) -> Outcome[Resident]:
    """In an hour, or where it is too late for that on the next day; a day that was spent talking is no silence."""
    later = talk.later_today(resident, now)
    if later is not None:
        return Outcome(resident, (SetTimer(timer, later),))
    match timer:
        case Timer.CHECK_IN:
            return Outcome(resident, tuple(check_in.plan_next(resident, now)))
        case Timer.ERRAND:
            return Outcome(
                resident, (SetTimer(timer, now + talk.SILENT_FOR),)
            )  # it waits for the day by itself
        case _:
            return Outcome(resident)


def _pause_over(resident: Resident, now: datetime) -> Outcome[Resident]:
    """A pause ends by itself, with a gentle word (R6)."""
    if resident.paused_until is None or now < resident.paused_until:
        return Outcome(resident)
    back = replace(resident, paused_until=None)
    text = (neutral.quiet_time_over(), check_in.next_is(back, now))
    return Outcome(back, (*check_in.plan_next(back, now), Say(text, purpose=Purpose.ROUTINE)))


def _blocked(resident: Resident, now: datetime) -> Outcome[Resident]:
    """Undelivered is not unanswered (R5): nothing is counted, and somebody who may know is told."""
    quiet = replace(resident, check_in=None, missed=0, question=None)
    timers = (
        *(StopTimer(timer) for timer in (Timer.REMINDER, Timer.SNOOZE, Timer.QUESTION, Timer.CHECK_IN)),
        *((EndTalk(resident.talk.id, "blocked"),) if resident.talk else ()),
    )
    if not resident.can_be_told() or resident.stopped:
        return Outcome(quiet, timers)
    if behaviour.lately(resident.heard, now) is not None:
        return Outcome(quiet, (*timers, RaiseAlert(Track.URGENT, 2, (behaviour.GONE_AFTER, "blocked"))))
    return Outcome(quiet, (*timers, RaiseAlert(Track.QUIET, 1, ("blocked",))))


def _contact_left(resident: Resident, contact: int) -> Outcome[Resident]:
    if resident.talk is not None and resident.talk.contact == contact:
        left = talk.over(resident, TalkOver(resident.talk.id, "gone"))
        return _contact_left(left.person, contact).after(*left.effects)
    gone = next((each for each in (*resident.contacts, *resident.proposed) if each.id == contact), None)
    if gone is None:
        return Outcome(resident)
    fewer = replace(
        resident,
        contacts=tuple(each for each in resident.contacts if each.id != contact),
        proposed=tuple(each for each in resident.proposed if each.id != contact),
    )
    fewer = sight.without(fewer, contact)
    if gone not in resident.contacts:
        return Outcome(fewer)
    return Outcome(fewer, (Say(helper_texts.contact_left(gone.name), purpose=Purpose.ROUTINE),))
