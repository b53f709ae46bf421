"""
What is said when a record does not open, or when something in the bot itself has failed.

Nothing here knows what the record holds. The promises: nobody is left without a word; whoever might help hears
that somebody may need them, though not what it is about; and no sentence claims more than is known.
"""

from collections.abc import Sequence
from datetime import timedelta

from dialogs.alert_texts import headline_of
from dialogs.escalation_policy import EMERGENCY, URGENT
from dialogs.text import Message, Text, _, plain, stacked


def again_after(level: int) -> timedelta:
    """How long after telling everybody about such a case they are told once more: nobody can take it on."""
    if level >= EMERGENCY:
        return timedelta(minutes=10)
    return timedelta(hours=1) if level == URGENT else timedelta(days=1)


def _what(*, opens: bool) -> Message:
    if opens:
        return _("damage", "I cannot say what this is about: something in me has failed.")
    return _("damage", "I cannot read what this is about: my record is damaged.")


def _and_then(level: int) -> Text:
    until = _("damage", "I say this again until the record is mended or {organisation} has ended the case.")
    if level >= EMERGENCY:
        return _("damage", "If somebody’s life is in danger, call {emergency}."), until
    return (until,)


def to_contact_persons(case: int, level: int, *, opens: bool) -> Text:
    """To everybody the resident agreed to. `opens`: the record can be read, but not be acted upon."""
    return (
        headline_of(case, level),
        stacked(
            _what(opens=opens),
            _("damage", "It is about somebody you are a contact person for."),
            _(
                "damage",
                "Please get in touch with everybody you have agreed to be there for. You need not answer me.",
            ),
        ),
        *_and_then(level),
    )


def to_coordinators(case: int, level: int, resident: int, contacts: Sequence[str], *, opens: bool) -> Text:
    """They can find out who it is: by number, and by who her contact persons are."""
    told = (
        _(
            "damage",
            "I have asked these contact persons to get in touch: {names}.",
            names=[plain(name) for name in contacts],
        )
        if contacts
        else _("damage", "I could not ask any contact person.")
    )
    return (
        headline_of(case, level),
        stacked(
            _what(opens=opens), _("damage", "It is about resident number {number}.", number=resident), told
        ),
        *_and_then(level),
    )


def readable_again(case: int) -> Text:
    """To everybody who was told; what follows is an ordinary telling."""
    return (_("damage", "Case {case}: I can read it again, and go on as usual.", case=case),)


def ended(case: int) -> Text:
    """To everybody who was told, where an operator ended it."""
    return (_("damage", "Case {case} was ended by {organisation}. Thank you for being there.", case=case),)


def answer_not_noted(case: int) -> Text:
    """A contact person answers, but the case does not open."""
    return (
        _(
            "damage",
            "I could not note your answer: my record of case {case} is damaged. Others are asked too.",
            case=case,
        ),
        _("damage", "Please get in touch with everybody you have agreed to be there for."),
    )


def _danger() -> Message:
    return _(
        "damage",
        "If you are in danger, call {emergency}. You can also talk to somebody at {violence_line}, at any hour.",
    )


def to_resident(*, opens: bool, told: bool) -> Text:
    """She wrote, and her page does not open or something failed. `told`: somebody hears that she wrote."""
    first = (
        _("damage", "That did not work: something in me has failed. Nothing was changed.")
        if opens
        else _("damage", "I cannot open your page right now.")
    )
    if told:
        return (
            first,
            _("damage", "I am telling people who are there for you that you have written."),
            _danger(),
        )
    if opens:
        return first, _("damage", "Please try again later. Write “someone” if you need a person."), _danger()
    return first, _danger()


def to_helper(*, opens: bool) -> Text:
    """A contact person or coordinator wrote or pressed, and it could not be taken in."""
    first = (
        _("damage", "That did not work: something in me has failed. What you answered does not count.")
        if opens
        else _("damage", "I cannot open your page right now. What you answered does not count.")
    )
    return (
        first,
        _("damage", "Whoever runs me is told."),
        _(
            "damage",
            "If I asked you about somebody, please get in touch with them all the same. "
            "If somebody’s life is in danger, call {emergency}.",
        ),
    )
