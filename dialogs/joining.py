"""
The first minutes: language, what this is, what she agrees to, who is told, when she is asked, and a trial.

One thing at a time, every step with buttons and with words. Consent is asked per purpose and refusing leaves
the guides usable; "I need someone" works from the first message on.
"""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from dialogs import (
    at_the_desk,
    check_in,
    choosing_code,
    language_choice,
    menu,
    neutral,
    preferences,
    safer_phone,
)
from dialogs.effects import (
    CheckChain,
    Effect,
    Purpose,
    Say,
    SetContacts,
    SetState,
    SetTimer,
    ShowCommands,
    StopTimer,
    Toast,
)
from dialogs.events import ChainChecked, Timer
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome, say
from dialogs.people import Place, Resident
from dialogs.schedule import local_day, moment_on
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, Text, _
from dialogs.words import LABELS, Word

LONGEST_NAME = 30
MOST_WORDS_OF_A_NAME = 2
LOOK_AGAIN_AT: Final = time(10, 0)
"""An hour at which an unasked "everything is ready" disturbs nobody's night."""


def welcome(resident: Resident, locale: str, knowledge: Knowledge) -> Outcome[Resident]:
    """The first message of all: only the languages, in her app's language as far as we speak it."""
    known = locale if language_choice.knows(knowledge, locale) else resident.locale
    here = replace(resident, locale=known, place=Place.LANGUAGE)
    return show(here, knowledge).after(SetState("joining"))


def show(resident: Resident, knowledge: Knowledge) -> Outcome[Resident]:
    """Ask the question of the place she is at; where only a person is missing, look whether there is one now."""
    if resident.place is Place.NOBODY:
        return finish(resident)
    text, keyboard = _question(resident, knowledge)
    return Outcome(resident, (say(*text, keyboard=keyboard),))


def _question(resident: Resident, knowledge: Knowledge) -> tuple[Text, Keyboard]:
    match resident.place:
        case Place.LANGUAGE:
            return (_("joining", "Hello. Choose your language."),), language_choice.languages(knowledge)
        case Place.WHAT:
            return _what(knowledge), rows(Button(_("joining", "Go on"), "j:what"))
        case Place.CONSENT_CHECK_INS:
            return (_ask_check_ins(),), _yes_no("check-ins")
        case Place.CONSENT_READING:
            return _ask_reading(), _yes_no("reading")
        case Place.CONSENT_TELLING:
            return _ask_telling(), _yes_no("telling")
        case Place.NAME:
            text = _("joining", "What may I call you? A made-up name is fine.")
            return (text,), rows(_no_name())
        case Place.PHONE_HIDE | Place.PHONE_LOCK | Place.PHONE_DISAPPEAR:
            return safer_phone.question(resident)
        case Place.CONTACTS:
            return _contacts(resident)
        case Place.ZONE:
            return _zone()
        case Place.TIME:
            return preferences.time_question(), preferences.times()
        case Place.DAYS:
            return (preferences.days_question(),), preferences.days_buttons("j:days")
        case Place.MISSED:
            return (preferences.missed_question(),), preferences.missed_buttons("j:missed")
        case _:
            return (_("menu", "What would you like to do?"),), menu.main_menu()


def _what(knowledge: Knowledge) -> Text:
    return (
        _(
            "joining",
            "I am {bot}. I can ask how you are, show you how practical things are done, "
            "and ask a person to get in touch.",
            bot=knowledge.bot_name,
        ),
        menu.what_i_am(),
        _(
            "joining",
            "{organisation} runs me. Telegram can technically read this chat.",
            organisation=knowledge.organisation,
        ),
        _("joining", "You decide what I may do. You can change it at any time, and stop at any time."),
    )


def _ask_check_ins() -> Message:
    return _("consent", "May I ask how you are, at times you choose? You can skip any day.")


def _ask_reading() -> Text:
    return (
        _("consent", "May I look for signs of danger in what you write? A program reads it, not a person."),
        _("consent", "I do not understand everything. If it is important, ask for a person."),
    )


def _ask_telling() -> Text:
    return (
        _(
            "consent",
            "May I tell your contact person when something is wrong: when your words say danger, "
            "or when you do not answer for some days?",
        ),
        _("consent", "I say what kind of worry it is, never your words. And I tell you that I did it."),
        _("consent", "If you say no, I tell somebody only when you ask me to."),
    )


def _yes_no(purpose: str) -> Keyboard:
    return rows(
        Button(_("consent", "Yes"), f"j:{purpose}:yes"),
        Button(_("consent", "No"), f"j:{purpose}:no"),
        width=2,
    )


def _contacts(resident: Resident) -> tuple[Text, Keyboard]:
    if not resident.proposed:
        text = _(
            "joining",
            "No contact person has been named for you yet. When you ask for somebody, I ask {contact}.",
            contact=menu.names(()),
        )
        return (text, *at_the_desk.explained()), rows(Button(_("joining", "Go on"), "j:contacts"))
    chosen = {contact.id for contact in resident.contacts}
    buttons = [
        Button(preferences.ticked(menu.names((contact,)), contact.id in chosen), f"j:contact:{contact.id}")
        for contact in resident.proposed
    ]
    text = _("joining", "Who may I ask to get in touch with you? Tap a name to say yes or no, then “Done”.")
    order = _("joining", "The first name is asked first.")
    besides = _(
        "joining",
        "Some of them may see a little more, such as when you were last here. "
        "You see and change that at any time in the settings.",
    )
    return (text, order, besides, *at_the_desk.explained()), rows(
        *buttons, Button(_("joining", "Done"), "j:contacts")
    )


def _zone() -> tuple[Text, Keyboard]:
    text = (
        _("joining", "Where is your clock? I ask so that I write at the right hour."),
        _("joining", "If it is not Sweden, write the name of the time zone, for example Europe/London."),
    )
    return text, rows(Button(_("joining", "Sweden"), "j:zone"))


def press(resident: Resident, data: str, knowledge: Knowledge) -> Outcome[Resident]:
    """Take `j:…` and, while joining, a language; a button of an earlier question shows the open one again."""
    _topic, what, choice = (*data.split(":"), "", "")[:3]
    match resident.place, what:
        case Place.WHAT, "what":
            return _go(resident, Place.CONSENT_CHECK_INS, knowledge)
        case ((Place.CONSENT_CHECK_INS | Place.CONSENT_READING | Place.CONSENT_TELLING), _) if choice in (
            "yes",
            "no",
        ):
            return _consented(resident, what, choice == "yes", knowledge)
        case Place.NAME, "no-name":
            return _go(replace(resident, name=""), Place.PHONE_HIDE, knowledge)
        case Place.CONTACTS, "contact":
            return toggle_contact(resident, choice)
        case Place.CONTACTS, "contacts":
            return _contacts_chosen(resident, knowledge)
        case Place.ZONE, "zone":
            return _go(_with_zone(resident, "Europe/Stockholm"), Place.TIME, knowledge)
        case Place.DAYS, "days" if choice in preferences.DAYS:
            rhythm = replace(resident.rhythm, days=preferences.DAYS[choice])
            return _after_days(replace(resident, rhythm=rhythm), knowledge)
        case Place.MISSED, "missed" if choice in ("1", "2", "3"):
            rhythm = replace(resident.rhythm, missed_days=int(choice))
            return finish(replace(resident, rhythm=rhythm))
        case _:
            return show(resident, knowledge).after(Toast((menu.old_button(),)))


_AFTER_CONSENT = {
    "check-ins": (Place.CONSENT_CHECK_INS, Place.CONSENT_READING),
    "reading": (Place.CONSENT_READING, Place.CONSENT_TELLING),
    "telling": (Place.CONSENT_TELLING, Place.NAME),
}


def _consented(resident: Resident, purpose: str, agreed: bool, knowledge: Knowledge) -> Outcome[Resident]:
    here, onward = _AFTER_CONSENT.get(purpose, (None, None))
    if onward is None or here is not resident.place:
        return show(resident, knowledge).after(Toast((menu.old_button(),)))
    consent = preferences.with_consent(resident.consent, purpose, agreed)
    return _go(replace(resident, consent=consent), onward, knowledge)


def _go(resident: Resident, place: Place, knowledge: Knowledge) -> Outcome[Resident]:
    there = replace(resident, place=place)
    return show(there, knowledge).after(*safer_phone.picture(there))


def phone_press(resident: Resident, data: str, knowledge: Knowledge) -> Outcome[Resident]:
    """Take `ph:…` while it is offered; a button of an earlier one shows the open question again."""
    chosen = safer_phone.chosen(resident, data)
    if chosen is not None:
        person, place = chosen
        return _go(person, place or Place.CONTACTS, knowledge)
    explained = safer_phone.why(resident, data) if resident.place in safer_phone.PLACES else None
    return explained or show(resident, knowledge).after(Toast((menu.old_button(),)))


def _with_zone(resident: Resident, zone: str) -> Resident:
    return replace(resident, rhythm=replace(resident.rhythm, zone=zone))


def language_chosen(resident: Resident, code: str, knowledge: Knowledge) -> Outcome[Resident]:
    """The first answer; changing it later during joining shows the open question in the new language."""
    chosen = replace(resident, locale=code)
    asked = (
        _go(chosen, Place.WHAT, knowledge) if resident.place is Place.LANGUAGE else show(chosen, knowledge)
    )
    notice = language_choice.draft_notice(code, knowledge)
    return asked.after(ShowCommands(), *((say(*notice),) if notice else ()))


def toggle_contact(resident: Resident, number: str) -> Outcome[Resident]:
    """Yes to no and back; the order stays the operator's."""
    chosen = {contact.id for contact in resident.contacts}
    chosen ^= {contact.id for contact in resident.proposed if str(contact.id) == number}
    changed = replace(resident, contacts=tuple(each for each in resident.proposed if each.id in chosen))
    text, keyboard = _contacts(changed)
    return Outcome(changed, (say(*text, keyboard=keyboard, in_place=True),))


def contacts_chosen(resident: Resident) -> tuple[Effect, ...]:
    """Keep the agreement where the alerts look it up."""
    return (SetContacts(tuple(contact.id for contact in resident.contacts)),)


def _contacts_chosen(resident: Resident, knowledge: Knowledge) -> Outcome[Resident]:
    if resident.consent.check_ins:
        return _go(resident, Place.ZONE, knowledge).after(*contacts_chosen(resident))
    return finish(resident).after(*contacts_chosen(resident))


def wrote(resident: Resident, text: str, knowledge: Knowledge) -> Outcome[Resident]:
    """Free text while joining: a name, a time zone, a time; otherwise the open question comes again."""
    match resident.place:
        case Place.NAME:
            name = " ".join(text.split())
            if not is_name(name):
                sorry = _("joining", "Please write only a short name, or press “No name”.")
                return Outcome(resident, (say(sorry, keyboard=rows(_no_name())),))
            return _go(replace(resident, name=name), Place.PHONE_HIDE, knowledge)
        case Place.ZONE:
            return _zone_written(resident, text, knowledge)
        case Place.TIME:
            at = preferences.read_time(text)
            if at is None:
                return preferences.not_a_time(resident)
            return time_chosen(replace(resident, rhythm=replace(resident.rhythm, at=at)), knowledge)
        case _:
            return show(resident, knowledge)


def _no_name() -> Button:
    return Button(_("joining", "No name"), "j:no-name")


def is_name(text: str) -> bool:
    """A sentence is none: it may be a cry, and a name shows on the lock screen with every check-in."""
    words = text.split()
    return 0 < len(words) <= MOST_WORDS_OF_A_NAME and len(text) <= LONGEST_NAME and not text.startswith("/")


def time_chosen(resident: Resident, knowledge: Knowledge) -> Outcome[Resident]:
    """On to the days."""
    return _go(resident, Place.DAYS, knowledge)


def _zone_written(resident: Resident, text: str, knowledge: Knowledge) -> Outcome[Resident]:
    wanted = text.strip().replace(" ", "_").casefold()
    found = [
        zone
        for zone in knowledge.zones
        if zone.casefold() == wanted or zone.casefold().endswith("/" + wanted)
    ]
    if len(found) != 1:
        sorry = _(
            "joining", "I do not know that time zone. Please write it like Europe/London, or press “Sweden”."
        )
        return Outcome(resident, (say(sorry, keyboard=_zone()[1]),))
    return _go(_with_zone(resident, found[0]), Place.TIME, knowledge)


def _after_days(resident: Resident, knowledge: Knowledge) -> Outcome[Resident]:
    if resident.can_be_told():
        return _go(resident, Place.MISSED, knowledge)
    return finish(resident)


def finish(resident: Resident) -> Outcome[Resident]:
    """All questions are answered. Whether anybody could be told about her is looked up before it counts (R28)."""
    return Outcome(replace(resident, place=Place.NOBODY), (CheckChain(),))


def chain_checked(resident: Resident, checked: ChainChecked, now: datetime) -> Outcome[Resident]:
    """With nobody to tell, nothing is promised: she hears so, and it is looked at again."""
    if resident.place is not Place.NOBODY:
        return Outcome(resident)
    if not checked.empty:
        return _ready(resident, now, unasked=checked.again).after(StopTimer(Timer.CHAIN))
    look_again = SetTimer(Timer.CHAIN, _tomorrow_morning(resident, now))
    if checked.again:
        return Outcome(resident, (look_again,))
    text, keyboard = _nobody_yet()
    return Outcome(resident, (look_again, say(*text, keyboard=keyboard)))


def _tomorrow_morning(resident: Resident, now: datetime) -> datetime:
    zone = resident.rhythm.zone
    return moment_on(local_day(now, zone) + timedelta(days=1), LOOK_AGAIN_AT, zone)


def _nobody_yet() -> tuple[Text, Keyboard]:
    text = (
        _(
            "joining",
            "One thing is missing: I cannot ask a person yet, because nobody of {organisation} is here. "
            "They see that, and I look again every day.",
        ),
        _("joining", "Until then you can read the guides. In danger, call {emergency}."),
    )
    return text, rows(Button(LABELS[Word.GUIDES], "g:list"), menu.SOMEONE)


def _ready(resident: Resident, now: datetime, *, unasked: bool) -> Outcome[Resident]:
    """Show the menu, plan the rhythm, and play one check-in as a trial, unless she did not ask for it just now."""
    done = replace(resident, joined=True, stopped=False, place=Place.MENU)
    buttons = _("joining", "Done. The buttons below are always there.")
    someone = _(
        "joining", "With “I need someone” I ask a person to get in touch, at any time, without questions."
    )
    begin: tuple[Effect, ...] = (SetState("active"), ShowCommands())
    if unasked:
        ready = Say((neutral.ready(), buttons), purpose=Purpose.ROUTINE, menu=True, stays=True)
        more = Say((neutral.small_note(), someone), purpose=Purpose.ROUTINE)
        return Outcome(done, (*begin, ready, more, *check_in.plan_next(done, now)))
    ready = say(buttons, menu=True, stays=True)
    effects = (*begin, ready, say(someone), *check_in.plan_next(done, now))
    if not done.consent.check_ins:
        return choosing_code.offered(Outcome(done, effects))
    trial = check_in.ask(done, check_in.TRIAL, now, Purpose.REPLY)
    return trial.after(*effects, say(_("joining", "Let us try a check-in once.")))
