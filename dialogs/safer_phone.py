"""
Three things that make her own phone safer: hide, lock, let messages disappear.

They are offered before she says who may be told about her, each with a drawing of where to tap, and each may wait.
What is not done stays a suggestion in the settings. We never know whether it was done but by her word for it, and the
app's own words differ with its language: so no word of a menu is promised to be there (facts F12.12, F12.15, F12.18,
F12.20).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from dialogs import menu
from dialogs.effects import Effect, ShowPicture, Toast
from dialogs.outcome import Outcome, say
from dialogs.people import Place, Resident
from dialogs.pictures.gallery import caption
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, Text, _

GUIDE: Final = "phone-safety"


@dataclass(frozen=True, slots=True)
class Thing:
    """One of the three. `place` is where she is while it is offered in joining."""

    place: Place
    picture: str
    label: Message
    how: Text
    why: Text


def _elsewhere() -> Message:
    return _("safer phone", "In your app these words may be a little different. Look for what comes closest.")


THINGS: Final[Mapping[str, Thing]] = {
    "hide": Thing(
        Place.PHONE_HIDE,
        "phone-hide",
        _("safer phone", "Hide my number and previews"),
        (
            _("safer phone", "Hide your number, when you were last there, and what messages say."),
            _(
                "safer phone",
                "In Telegram, open Settings, then Privacy and Security. For your phone number and for when you were "
                "last there, choose Nobody. Then look in the settings for notifications, and switch the preview off.",
            ),
            _elsewhere(),
        ),
        (
            _(
                "safer phone",
                "Who has your number can find you in Telegram and see when you were there. "
                "Who has already saved your number still sees it.",
            ),
            _(
                "safer phone",
                "With the preview off, your locked phone shows that a message came, and not what it says.",
            ),
        ),
    ),
    "lock": Thing(
        Place.PHONE_LOCK,
        "phone-lock",
        _("safer phone", "Lock Telegram with a code"),
        (
            _("safer phone", "Lock Telegram with a code of its own."),
            _(
                "safer phone",
                "In Telegram, open Settings, then Privacy and Security, then Passcode. Choose a code that nobody "
                "knows or can guess, and let it lock by itself after a short time.",
            ),
            _("safer phone", "Look also at Settings, then Devices, and end every device that is not yours."),
            _elsewhere(),
        ),
        (
            _(
                "safer phone",
                "Somebody may hold your phone when it is open. With a code, this chat stays closed. "
                "It counts for this phone only.",
            ),
            _(
                "safer phone",
                "Who is logged in to your account on another phone or computer reads along there. "
                "That is why you look at the devices.",
            ),
        ),
    ),
    "disappear": Thing(
        Place.PHONE_DISAPPEAR,
        "phone-disappear",
        _("safer phone", "Let messages disappear"),
        (
            _("safer phone", "Let the messages of this chat disappear by themselves."),
            _(
                "safer phone",
                "Tap my name at the top of this chat, open the menu of that page, "
                "and look for auto-delete. Choose one day.",
            ),
            _elsewhere(),
        ),
        (
            _(
                "safer phone",
                "Telegram then removes what we write here after the time you choose, on your side and on mine. "
                "What somebody has copied or photographed before stays.",
            ),
            _(
                "safer phone",
                "What I keep about you is another matter: write “privacy” and I say what it is.",
            ),
        ),
    ),
}
ORDER: Final = tuple(THINGS)


def _angry() -> Message:
    return _(
        "safer phone",
        "Does somebody look at this phone who could become angry if you change things? "
        "Then choose “Later”, and talk with a person first.",
    )


# --- while joining ---

PLACES: Final = {thing.place: name for name, thing in THINGS.items()}


def question(resident: Resident) -> tuple[Text, Keyboard]:
    """What she is offered at her place in joining."""
    name = PLACES[resident.place]
    first = (_("safer phone", "Three small things first, for your own phone. Each of them can wait."),)
    return (*(first if name == ORDER[0] else ()), *THINGS[name].how, _angry()), _choices(name, joining=True)


def picture(resident: Resident) -> tuple[Effect, ...]:
    """Where to tap; it comes before the words."""
    name = PLACES.get(resident.place)
    return (_picture(name),) if name is not None else ()


def chosen(resident: Resident, data: str) -> tuple[Resident, Place | None] | None:
    """
    Take `ph:…` while it is offered in joining: her, and the place that comes next (None: after the last one).

    None where it is another thing than the one that is open, or a question about it.
    """
    open_one = PLACES.get(resident.place)
    match data.split(":"):
        case ["ph", "skip"] if open_one is not None:
            return resident, None
        case ["ph", name, "done"] if name == open_one:
            return done(resident, name), _next(name)
        case ["ph", name, "later"] if name == open_one:
            return resident, _next(name)
        case _:
            return None


def _next(name: str) -> Place | None:
    later = ORDER[ORDER.index(name) + 1 :]
    return THINGS[later[0]].place if later else None


def why(resident: Resident, data: str) -> Outcome[Resident] | None:
    """She asks what it is; None where `data` asks no such thing."""
    match data.split(":"):
        case ["ph", name, "what"] if name in THINGS:
            joining = not resident.joined
            return Outcome(resident, (say(*THINGS[name].why, keyboard=_choices(name, joining=joining)),))
        case _:
            return None


# --- later, from the settings ---


def is_done(resident: Resident) -> bool:
    """Whether nothing is left to suggest."""
    return all(name in resident.safer for name in ORDER)


def done(resident: Resident, name: str) -> Resident:
    """She says so."""
    return replace(resident, safer=tuple(each for each in ORDER if each == name or each in resident.safer))


def suggestion() -> Button:
    """For the settings, until all of it is done."""
    return Button(_("safer phone", "Make this phone safer"), "ph")


def show(resident: Resident) -> Outcome[Resident]:
    """The three, and which of them she has done."""
    text = (
        _("safer phone", "Three small things make this phone safer. Take one when it suits you."),
        _angry(),
    )
    buttons = [Button(_ticked(THINGS[name].label, name in resident.safer), f"ph:{name}") for name in ORDER]
    more = Button(_("safer phone", "More about phones"), f"g:open:{GUIDE}")
    back = Button(_("settings", "Back"), "set")
    return Outcome(resident, (say(*text, keyboard=rows(*buttons, more, back)),))


def _ticked(label: Message, on: bool) -> Message:
    return _("settings", "✅ {what}", what=label) if on else _("settings", "⬜ {what}", what=label)


def press(resident: Resident, data: str) -> Outcome[Resident] | None:
    """Take `ph…` of somebody who has joined; None where it fits nothing."""
    match data.split(":"):
        case ["ph"]:
            return show(resident)
        case ["ph", name] if name in THINGS:
            text = say(*THINGS[name].how, _angry(), keyboard=_choices(name, joining=False))
            return Outcome(resident, (_picture(name), text))
        case ["ph", name, "done"] if name in THINGS:
            noted = Toast((_("safer phone", "Good. I have noted it."),))
            return show(done(resident, name)).after(noted)
        case ["ph", name, "later"] if name in THINGS:
            return show(resident)
        case ["ph", "skip"]:
            return menu.home(resident)
        case _:
            return why(resident, data)


def _picture(name: str) -> ShowPicture:
    return ShowPicture(THINGS[name].picture, caption())


def _choices(name: str, *, joining: bool) -> Keyboard:
    buttons = rows(
        Button(_("safer phone", "Done"), f"ph:{name}:done"),
        Button(_("safer phone", "Later"), f"ph:{name}:later"),
        Button(_("safer phone", "What is this?"), f"ph:{name}:what"),
        width=2,
    )
    skip = rows(Button(_("safer phone", "Skip all three"), "ph:skip"))
    return (*buttons, *skip) if joining else buttons
