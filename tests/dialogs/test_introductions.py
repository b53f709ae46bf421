"""What each role sees and does: true to what the program shows, short, one page after the other."""

from dataclasses import replace

import pytest

from dialogs import contact_person, helper_texts, notice_texts, storage_trouble
from dialogs.effects import Say
from dialogs.events import Event, Pressed, Wrote
from dialogs.kinds import DEFAULTS, ContactKind, Sight
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome
from dialogs.people import Contact, Role
from dialogs.words import Word
from tests.dialogs.cast import NOW, english, offered, only, words


def happens(contact: Contact, event: Event, knowledge: Knowledge) -> Outcome[Contact]:
    """Let something happen to her now."""
    return contact_person.decide(contact, event, NOW, knowledge)


@pytest.mark.parametrize("kind", ContactKind)
def test_each_kind_reads_what_it_sees_and_who_changes_it(
    mina: Contact, knowledge: Knowledge, kind: ContactKind
) -> None:
    """What the page says and what is shown come from one table."""
    said = words(happens(replace(mina, kind=kind), Wrote("role", Word.ROLE), knowledge).effects)
    sees_signs = "You see when she last did something" in said
    assert sees_signs is (Sight.SIGNS in DEFAULTS[kind])
    assert ("plan" in said) is (Sight.PLAN in DEFAULTS[kind])
    assert "Only she can" in said
    assert len(said) < 500


def test_the_kinds_have_pages_of_their_own(mina: Contact, knowledge: Knowledge) -> None:
    """Nobody reads that she is somebody else."""
    pages = {
        words(happens(replace(mina, kind=kind), Pressed("ro:0"), knowledge).effects) for kind in ContactKind
    }
    assert len(pages) == len(ContactKind)


def test_a_coordinator_reads_four_pages_and_may_practise(mina: Contact, knowledge: Knowledge) -> None:
    """Last in every chain, notices, desk, invitations."""
    karin = replace(mina, role=Role.COORDINATOR)
    said, data = "", "ro:0"
    for number in range(4):
        shown = happens(karin, Pressed(data), knowledge)
        assert words(shown.effects).startswith(f"{number + 1}/4.")
        said += words(shown.effects)
        (data,) = offered(shown.effects)
    assert data == "pr:begin"
    for what in ("last in every chain", "desk", "invitations", "how a resident is"):
        assert what in said


def test_a_page_that_is_none_shows_the_last(mina: Contact, knowledge: Knowledge) -> None:
    """A button of an older program."""
    assert only(Say, happens(mina, Pressed("ro:9"), knowledge).effects)


def test_what_is_about_the_bot_begins_as_coordinators_were_told(mina: Contact, knowledge: Knowledge) -> None:
    """A sign that means one thing in the introduction and another on the phone teaches nothing."""
    karin = replace(mina, role=Role.COORDINATOR)
    assert "begins with 🔧" in words(happens(karin, Pressed("ro:1"), knowledge).effects)
    for text in (
        notice_texts.news({"outage": 1}),
        helper_texts.cannot_be_reached("Mina"),
        helper_texts.was_down(NOW, NOW),
        storage_trouble.began(),
        storage_trouble.over(),
    ):
        assert english(text).startswith("🔧")
