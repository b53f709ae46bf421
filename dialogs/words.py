"""
Words that mean something everywhere, in every language we speak.

Each word lists its spellings, separated by `|`; translators replace them with what people type in their
language. `bot/translating.py` compares folded text (case, marks and outer punctuation dropped) with the
spellings of all languages at once, because people mix them. Commands (`/pause`) are words too.
"""

from collections.abc import Mapping
from enum import StrEnum

from dialogs.text import Message, _


class Word(StrEnum):
    """The value is also the command: `/pause`."""

    START = "start"
    MENU = "menu"
    GUIDES = "guides"
    CHECK_IN = "checkin"
    SOMEONE = "someone"
    SETTINGS = "settings"
    HIDE = "hide"
    LANGUAGE = "language"
    PAUSE = "pause"
    RESUME = "resume"
    PRIVACY = "privacy"
    MY_DATA = "mydata"
    FORGET = "forget"
    STOP = "stop"
    HELP = "help"
    HAVE_IT = "have"
    CANNOT = "cannot"
    REACHED = "reached"
    NOT_REACHED = "notreached"
    SAFE = "reachedsafe"
    NEEDS_MORE = "needsmore"
    MISTAKE = "mistake"
    ALL_FINE = "allfine"
    AWAY = "away"
    PRESENT = "present"
    HOURS = "hours"
    TALK = "talk"
    END_TALK = "endtalk"
    SHOW = "show"
    NOTES = "notes"
    NEAR = "near"
    ACTIVITY = "activity"
    ACTIVITIES = "activities"
    PLAN = "plan"
    NAME = "name"
    TODAY = "today"
    RESIDENTS = "residents"
    TAKE_OVER = "takeover"
    PRACTICE = "practice"
    ROLE = "role"
    DESK = "desk"
    PHONE = "phone"
    LOCK = "lock"
    MY_FILE = "myfile"


SPELLINGS: Mapping[Word, Message] = {
    Word.MENU: _("word", "menu|back|start over"),
    Word.GUIDES: _("word", "guides|guide|how to"),
    Word.CHECK_IN: _("word", "check-in|check in|checkin"),
    Word.SOMEONE: _(
        "word",
        "someone|i need someone|i need help|need help|help me|human|a human|talk to someone|talk to a person",
    ),
    Word.SETTINGS: _("word", "settings|change"),
    Word.HIDE: _("word", "hide|clear|delete messages"),
    Word.LANGUAGE: _("word", "language|change language"),
    Word.PAUSE: _("word", "pause|take a break"),
    Word.RESUME: _("word", "resume|go on|continue"),
    Word.PRIVACY: _("word", "privacy"),
    Word.MY_DATA: _("word", "my data"),
    Word.FORGET: _("word", "forget me|forget|erase me"),
    Word.STOP: _("word", "stop"),
    Word.HELP: _("word", "what can you do|how does this work"),
    Word.HAVE_IT: _("word", "i have it|have it|mine|i take it"),
    Word.CANNOT: _("word", "cannot now|cannot|can't now|can't|not me|hand it on"),
    Word.REACHED: _("word", "reached|i reached her|reached her"),
    Word.NOT_REACHED: _("word", "not reached|no answer|could not reach her"),
    Word.SAFE: _("word", "reached and safe|she is safe|safe"),
    Word.NEEDS_MORE: _("word", "needs more|reached needs more|needs more help"),
    Word.MISTAKE: _("word", "mistake|a mistake|false alarm"),
    Word.ALL_FINE: _(
        "word",
        "everything is fine|all is fine|everything is fine stop|i am fine stop|nothing happened|forget it",
    ),
    Word.AWAY: _("word", "away|i am away|holiday"),
    Word.PRESENT: _("word", "i am back|here again|no longer away"),
    Word.HOURS: _("word", "hours|my hours"),
    Word.TALK: _("word", "talk|talks|i want to talk|write with somebody"),
    Word.END_TALK: _("word", "end|end this|end the talk"),
    Word.SHOW: _("word", "show|read it"),
    Word.NOTES: _("word", "notes|internal notes"),
    Word.NEAR: _("word", "near you|help near you|places"),
    Word.ACTIVITY: _("word", "activity|new activity|announce"),
    Word.ACTIVITIES: _("word", "activities|my activities"),
    Word.PLAN: _("word", "my plan|shared plan|plan"),
    Word.NAME: _("word", "name|my name|change name"),
    Word.TODAY: _("word", "today|my day"),
    Word.RESIDENTS: _("word", "my residents|residents"),
    Word.TAKE_OVER: _("word", "take over|take it over|i take over"),
    Word.PRACTICE: _("word", "practice|practise|try it out"),
    Word.ROLE: _("word", "role|my role|what i do"),
    Word.DESK: _("word", "desk|the desk"),
    Word.PHONE: _("word", "make this phone safer|my phone"),
    Word.LOCK: _("word", "lock|lock it|close it"),
    Word.MY_FILE: _("word", "my file|my data as a file"),
}
"""A bare "help" is no word here: it may be a cry, so the risk reader hears it.

`START` has no spelling: only Telegram's own `/start` means it."""

FOR_CONTACTS = frozenset(
    {
        Word.HAVE_IT,
        Word.CANNOT,
        Word.REACHED,
        Word.NOT_REACHED,
        Word.SAFE,
        Word.NEEDS_MORE,
        Word.MISTAKE,
        Word.AWAY,
        Word.PRESENT,
        Word.HOURS,
        Word.NOTES,
        Word.ACTIVITY,
        Word.ACTIVITIES,
        Word.NAME,
        Word.TODAY,
        Word.RESIDENTS,
        Word.TAKE_OVER,
        Word.PRACTICE,
        Word.ROLE,
        Word.DESK,
    }
)
"""These answer alerts or tell when somebody can be asked; from a resident they are ordinary text."""

LABELS: Mapping[Word, Message] = {
    Word.GUIDES: _("menu", "Guides"),
    Word.CHECK_IN: _("menu", "Check-in"),
    Word.SOMEONE: _("menu", "I need someone"),
    Word.SETTINGS: _("menu", "Settings"),
    Word.HIDE: _("menu", "Hide"),
    Word.TALK: _("menu", "Write with somebody"),
    Word.HAVE_IT: _("alert button", "I have it"),
    Word.CANNOT: _("alert button", "Cannot now"),
    Word.REACHED: _("alert button", "Reached"),
    Word.NOT_REACHED: _("alert button", "Not reached"),
    Word.SAFE: _("alert button", "Reached, and safe"),
    Word.NEEDS_MORE: _("alert button", "Reached, needs more"),
    Word.MISTAKE: _("alert button", "It was a mistake"),
    Word.TAKE_OVER: _("alert button", "Take it over"),
    Word.TODAY: _("day", "Today"),
    Word.RESIDENTS: _("day", "My residents"),
    Word.PRACTICE: _("practice", "Practise a case"),
    Word.ROLE: _("introduction", "What I see and do"),
}
"""What stands on the buttons of these words; typing a label is typing the word, without translators' help."""
