"""
The contact person's side: how it works in four short messages, a test alert that must be answered, ready.

Buttons name the case; typed words are taken for the one case they can mean (`TellOwnAlert`). Nothing a contact
person presses can touch a resident who is not hers: the alert itself refuses.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias, assert_never

from dialogs import (
    absence,
    announcing,
    calls,
    day,
    debrief,
    helper_joining,
    helper_screens,
    helper_texts,
    introductions,
    menu,
    notes_page,
    own_name,
    practice,
    shared_plan,
    threads,
    week,
)
from dialogs.alert import (
    Acknowledged,
    ContactAnswer,
    Declined,
    Mistaken,
    NoteHanded,
    NotReached,
    Reached,
    ReachedNeedsMore,
    ReachedSafe,
    TakenOver,
)
from dialogs.alert_texts import ACTIONS
from dialogs.effects import (
    Effect,
    EndTalk,
    OpenDesk,
    SetState,
    ShowCommands,
    TellAlert,
    TellOwnAlert,
    Toast,
)
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
from dialogs.language_choice import draft_notice, knows
from dialogs.outcome import Outcome, say
from dialogs.people import Contact, Place, Role
from dialogs.text import _
from dialogs.words import Word


def decide(  # noqa: C901 -- one case for each event
    contact: Contact, event: Event, now: datetime, knowledge: Knowledge
) -> Outcome[Contact]:
    """Take one event of a contact person or coordinator."""
    match event:
        case Joined(locale):
            known = locale if knows(knowledge, locale) else contact.locale
            here = replace(contact, locale=known, place=Place.LANGUAGE)
            return helper_screens.ask_language(here, knowledge).after(SetState("joining"))
        case Started():
            return _here(contact, now, knowledge).then(*_weekly(contact, now))
        case Pressed(data):
            return _pressed(contact, data, now, knowledge)
        case Wrote():
            return _wrote(contact, event, now, knowledge)
        case Sent() if contact.place is Place.NOTE:
            return notes_page.only_words(contact)
        case Sent():
            passed = threads.sent(contact, event, now)
            if passed is not None:
                return passed
            sorry = _("contact", "I can only use words and buttons here.")
            return Outcome(contact, (say(sorry, keyboard=helper_screens.help_button()),))
        case TimerFell(timer):
            return _timer(contact, timer, now)
        case NoCaseFits(answer):
            return _no_case_fits(contact, answer, now)
        case ColleaguesGathered(colleagues):
            return absence.ask_stand_in(contact, colleagues)
        case BotBlocked() | BotUnblocked():
            return _reachable(contact, isinstance(event, BotUnblocked), now)
        case ActivitiesFound():
            return announcing.found(contact, event, now)
        case NameKept() | NameTaken() | PlansGathered() | PlanGathered() | PlanClosed():
            return _found(contact, event, now)
        case DayGathered() | ResidentsGathered() | ResidentOpened():
            return day.gathered(contact, event, now)
        case CallNoted() | CallRefused() | CallAnswered() | CallChanged():
            return calls.happened(contact, event, now)
        case WeekGathered():
            return week.show(contact, event, now)
        case Removed():
            return helper_screens.removed(contact, knowledge)
        case HeavyCaseClosed() | CoordinatorsTold():
            return debrief.happened(contact, event, now)
        case TalkBegun() | TalkRefused() | LetterCame() | LetterLost() | TalkOver() | InternalNotesGathered():
            return _talk_event(contact, event, now)
        case (
            DataGathered()
            | ContactPersonLeft()
            | CheckInUndelivered()
            | ChainChecked()
            | ActivityComes()
            | ContactRenamed()
            | PlanChangeAsked()
            | LetterPassed()
            | LettersOpened()
            | HoursChecked()
            | CallPromised()
            | CallTakenBack()
            | CallUncertain()
            | CallOver()
            | ContactProposed()
            | ContactsReordered()
            | Frozen()
            | Unfrozen()
            | MessagesRemain()
        ):  # only residents have these
            return Outcome(contact)
        case _:
            assert_never(event)


TalkEvent: TypeAlias = TalkBegun | TalkRefused | LetterCame | LetterLost | TalkOver | InternalNotesGathered


def _talk_event(contact: Contact, event: TalkEvent, now: datetime) -> Outcome[Contact]:
    match event:
        case TalkBegun():
            return threads.begun(contact, event, now)
        case TalkRefused():
            return threads.refused(contact, event)
        case LetterCame():
            return threads.came(contact, event, now)
        case LetterLost():
            return threads.failed(contact, event)
        case TalkOver():
            return threads.over(contact, event)
        case InternalNotesGathered():
            return notes_page.gathered(contact, event)
        case _:
            assert_never(event)


ANSWERS_IN = (Place.AWAY, Place.ACTIVITY, Place.PLAN_DAY, Place.OWN_NAME, Place.CALL)
"""Where free words answer the question that is open."""


def _wrote(contact: Contact, event: Wrote, now: datetime, knowledge: Knowledge) -> Outcome[Contact]:
    """An open question comes first, then the talks she is in, then the words the bot knows."""
    if contact.place is Place.NOTE and not event.edited and not event.text.startswith("/"):
        return notes_page.wrote(contact, event.text, now)
    answers_a_question = event.word is None and not event.edited and not event.answers
    if answers_a_question and contact.place in ANSWERS_IN:
        return _answered(contact, event.text, now, knowledge)
    passed = threads.wrote(contact, event, now)
    if passed is not None:
        return passed
    if event.label:
        return _pressed(contact, event.label, now, knowledge)
    return _said(_at_rest(contact, event.word), event.word, now, knowledge)


def _for_the_bot(contact: Contact, message: int, now: datetime, knowledge: Knowledge) -> Outcome[Contact]:
    """What was held was meant for the bot after all."""
    here, held = threads.for_the_bot(contact, message)
    if held is None:
        return _old(contact)
    if held.label:
        return _pressed(here, held.label, now, knowledge)
    word = Word(held.word) if held.word else None
    return _said(_at_rest(here, word), word, now, knowledge)


def _answered(contact: Contact, text: str, now: datetime, knowledge: Knowledge) -> Outcome[Contact]:
    """Free text that answers the question which is open."""
    match contact.place:
        case Place.ACTIVITY:
            return announcing.wrote(contact, text, now, knowledge)
        case Place.PLAN_DAY:
            return shared_plan.wrote(contact, text, now)
        case Place.OWN_NAME:
            return own_name.wrote(contact, text)
        case Place.CALL if contact.calling is not None:
            return calls.time_written(contact, contact.calling, text, now)
        case _:
            return absence.day_written(contact, text, now)


def _found(
    contact: Contact,
    event: NameKept | NameTaken | PlansGathered | PlanGathered | PlanClosed,
    now: datetime,
) -> Outcome[Contact]:
    """What was looked up for her."""
    match event:
        case NameKept(name):
            return own_name.kept(contact, name)
        case NameTaken():
            return own_name.taken(contact)
        case PlansGathered():
            return shared_plan.all_gathered(contact, event)
        case PlanGathered():
            return shared_plan.gathered(contact, event, now)
        case PlanClosed():
            return shared_plan.closed(contact)
        case _:
            assert_never(event)


def _reachable(contact: Contact, again: bool, now: datetime) -> Outcome[Contact]:
    """Whoever blocks the bot is gone from her talks, and those she promised a call hear that it is uncertain."""
    ends = () if again else tuple(EndTalk(each.talk, "gone") for each in contact.threads)
    return calls.reachable(contact, again, now).after(*ends)


def _at_rest(contact: Contact, word: Word | None) -> Contact:
    """Another word ends the question that is open, or a practice case."""
    asked = contact.place in (*ANSWERS_IN, Place.STAND_IN, Place.NOTE)
    if asked or (practice.is_practising(contact) and word not in _ANSWERS):
        return replace(contact, place=Place.MENU, draft=None, noting=0, calling=None, page=0)
    return contact


def _weekly(contact: Contact, now: datetime) -> tuple[Effect, ...]:
    """Whoever joined before there were summaries gets them from now on."""
    return (week.plan(now),) if contact.joined else ()


def _timer(contact: Contact, timer: Timer, now: datetime) -> Outcome[Contact]:
    match timer:
        case Timer.TEST:
            return helper_joining.due(contact, now)
        case Timer.CALL:
            return calls.due(contact, now)
        case Timer.DEBRIEF:
            return debrief.due(contact, now)
        case Timer.WEEK:
            return week.due(contact, now)
        case _:  # only residents have the others
            return Outcome(contact)


def _no_case_fits(contact: Contact, answer: ContactAnswer, now: datetime) -> Outcome[Contact]:
    """No real case waits for this answer: it may be about the test, or about a practice case."""
    if isinstance(answer, Acknowledged) and helper_joining.is_being_tested(contact):
        return helper_joining.answered(contact, now)
    if practice.is_practising(contact):
        return practice.answered(contact, type(answer))
    return Outcome(contact, (say(*helper_texts.no_case()),))


def _here(contact: Contact, now: datetime, knowledge: Knowledge) -> Outcome[Contact]:
    """Show what is open for her: a question of the introduction, the test, or what she can do."""
    match contact.place:
        case Place.LANGUAGE:
            return helper_screens.ask_language(contact, knowledge)
        case Place.INTRODUCTION:
            return helper_joining.page(contact, contact.page)
        case Place.TEST:
            return helper_joining.send(contact, now, again=True)
        case _:
            return helper_screens.help_page(contact)


def _pressed(  # noqa: C901 -- one case for each topic
    contact: Contact, data: str, now: datetime, knowledge: Knowledge
) -> Outcome[Contact]:
    topic, *rest = data.split(":")
    match topic, rest:
        case "l", [code] if knows(knowledge, code):
            return _language(replace(contact, locale=code), knowledge)
        case "in", [page] if page.isdecimal() and contact.place is Place.INTRODUCTION:
            onward = int(page) + 1
            return (
                helper_joining.page(contact, onward)
                if onward < len(helper_joining.introduction())
                else helper_joining.send(contact, now)
            )
        case "test", ["have"]:
            return (
                helper_joining.answered(contact, now)
                if helper_joining.is_being_tested(contact)
                else _old(contact)
            )
        case "al", [alert, step, action] if alert.isdecimal() and step.isdecimal():
            return _about_alert(contact, int(alert), int(step), action)
        case "aw", choice if contact.joined:
            return _absence(contact, choice, now)
        case "hr", [key] if contact.joined:
            return absence.hours_chosen(contact, key) or _old(contact)
        case "an", choice if announcing.may(contact):
            return announcing.press(contact, choice, now, knowledge) or _old(contact)
        case "sp", page if contact.joined:
            return shared_plan.press(contact, page) or _old(contact)
        case "nm", choice if contact.joined:
            return own_name.press(contact, choice) or _old(contact)
        case "ch", ["away"] if contact.joined:
            return absence.ask_until(contact)
        case "ch", ["hours"] if contact.joined:
            return absence.show_hours(contact)
        case "ch", ["language"]:
            return helper_screens.ask_language(contact, knowledge)
        case "ch", ["help"]:
            return helper_screens.help_page(contact)
        case "ch", ["leave-yes"]:
            return helper_screens.left(contact)
        case "tk", ["me", message] if message.isdecimal():
            return _for_the_bot(contact, int(message), now, knowledge)
        case "tk", _:
            return threads.press(contact, data, now)
        case "no", _:
            return notes_page.press(contact, data)
        case "hn", [alert, what] if alert.isdecimal():
            return Outcome(contact, (TellAlert(int(alert), NoteHanded(contact.id, what)),))
        case _ if contact.joined:
            return _of_her_day(contact, topic, data, now) or _old(contact)
        case _:
            return _old(contact)


def _of_her_day(contact: Contact, topic: str, data: str, now: datetime) -> Outcome[Contact] | None:
    match topic:
        case "td" | "rs" | "rd":
            return day.press(contact, data)
        case "cl":
            return calls.press(contact, data, now)
        case "db":
            return debrief.press(contact, data)
        case "pr":
            return practice.press(contact, data)
        case "ro":
            return introductions.press(contact, data)
        case _:
            return None


def _language(contact: Contact, knowledge: Knowledge) -> Outcome[Contact]:
    notice = draft_notice(contact.locale, knowledge)
    if contact.place is Place.LANGUAGE:
        return helper_joining.page(contact, 0).after(*((say(*notice),) if notice else ()))
    text = (_("settings", "I now write in this language."), *notice)
    return Outcome(contact, (ShowCommands(), say(*text, keyboard=helper_screens.help_button())))


def _old(contact: Contact) -> Outcome[Contact]:
    return Outcome(contact, (Toast((menu.old_button(),)),))


def _absence(contact: Contact, choice: list[str], now: datetime) -> Outcome[Contact]:
    match choice:
        case ["back"]:
            return absence.back(contact)
        case ["for", person] if person.isdecimal():
            return absence.stand_in_chosen(contact, int(person))
        case [days] if days in {str(count) for count, _label in absence.CHOICES}:
            return absence.days_chosen(contact, int(days), now)
        case _:
            return _old(contact)


def _about_alert(contact: Contact, alert: int, step: int, action: str) -> Outcome[Contact]:
    answer = ACTIONS.get(action)
    if answer is None:
        return _old(contact)
    return Outcome(contact, (TellAlert(alert, answer(contact.id, step)),))


_ANSWERS: Mapping[Word, type[ContactAnswer]] = {
    Word.HAVE_IT: Acknowledged,
    Word.CANNOT: Declined,
    Word.REACHED: Reached,
    Word.SAFE: ReachedSafe,
    Word.NEEDS_MORE: ReachedNeedsMore,
    Word.NOT_REACHED: NotReached,
    Word.MISTAKE: Mistaken,
    Word.TAKE_OVER: TakenOver,
}
"""What a typed word says about the case it can be meant for."""


_SCREENS: Mapping[Word, Callable[[Contact], Outcome[Contact]]] = {
    Word.AWAY: absence.ask_until,
    Word.PRESENT: absence.back,
    Word.HOURS: absence.show_hours,
    Word.PLAN: shared_plan.show_all,
    Word.NAME: own_name.ask,
    Word.TODAY: day.ask_today,
    Word.RESIDENTS: day.ask_residents,
    Word.NOTES: day.ask_residents,
    Word.PRACTICE: practice.begin,
    Word.ROLE: introductions.show,
}
"""What a word opens for whoever has joined."""


def _said(contact: Contact, word: Word | None, now: datetime, knowledge: Knowledge) -> Outcome[Contact]:
    match word:
        case None:
            pass
        case _ if word in _ANSWERS:
            return Outcome(contact, (TellOwnAlert(_ANSWERS[word](contact.id)),))
        case Word.NOTES if contact.joined and contact.role is Role.COORDINATOR:
            return notes_page.at_the_desk(contact)
        case _ if word in _SCREENS and contact.joined:
            return _SCREENS[word](contact)
        case Word.TALK:
            return threads.show(contact)
        case Word.END_TALK:
            return threads.end(contact)
        case Word.ACTIVITY if announcing.may(contact):
            return announcing.begin(contact, knowledge)
        case Word.ACTIVITIES if announcing.may(contact):
            return announcing.mine(contact)
        case Word.DESK if contact.role is Role.COORDINATOR:
            return Outcome(contact, (OpenDesk(),))
        case Word.LANGUAGE:
            return helper_screens.ask_language(contact, knowledge)
        case Word.STOP | Word.FORGET:
            return helper_screens.ask_leave(contact)
        case Word.PRIVACY:
            return helper_screens.privacy(contact, knowledge)
        case Word.HIDE:
            return helper_screens.cleared(contact)
        case _:
            pass
    return _here(contact, now, knowledge) if not contact.joined else helper_screens.help_page(contact)
