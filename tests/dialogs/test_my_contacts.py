"""Her contact persons: one page each, one tap a change, one sentence that says what holds."""

from dataclasses import replace

import pytest

from dialogs import my_contacts
from dialogs.effects import EndTalk, SetContacts, Toast
from dialogs.events import ContactRenamed
from dialogs.kinds import NAMES, ContactKind, Sight
from dialogs.letters import TalkNow
from dialogs.people import Agreed
from dialogs.sight import may_see
from tests.dialogs.cast import JOSEF, MINA, NOW, YES, Talk, leyla, only

SOCIAL = Agreed(4, "Sara", ContactKind.SOCIAL_SERVICES)


def test_every_proposed_person_has_a_page() -> None:
    """Also whom she has not agreed to."""
    talk = Talk(leyla(contacts=(MINA,))).presses("set:contacts")
    assert talk.offers == ["set:contact:2", "set:contact:3", "set"]
    assert "No contact person" in Talk(leyla(proposed=(), contacts=())).presses("set:contacts").words


@pytest.mark.parametrize("kind", ContactKind)
def test_a_page_says_who_it_is(kind: ContactKind) -> None:
    """Role and name, as she was told them (R32)."""
    who = Agreed(4, "Sara", kind)
    talk = Talk(leyla(proposed=(who,), contacts=(who,))).presses("set:contact:4")
    assert talk.words.startswith(f"Sara, {NAMES[kind].source}.")


@pytest.mark.parametrize("what", Sight)
def test_a_tap_changes_one_thing_at_once_and_says_what_holds(what: Sight) -> None:
    """No second question, no "save" (S7, S9); a second tap of the same button changes nothing."""
    talk = Talk(leyla()).presses(f"set:see:2:{what}:yes")
    assert may_see(talk.resident, 2, MINA.kind, what)
    assert f"set:see:2:{what}:no" in talk.offers
    once = talk.resident
    assert talk.presses(f"set:see:2:{what}:yes").resident == once
    talk.presses(f"set:see:2:{what}:no")
    assert not may_see(talk.resident, 2, MINA.kind, what)
    assert may_see(talk.resident, 3, JOSEF.kind, what) == may_see(leyla(), 3, JOSEF.kind, what)


def test_the_sentences_name_all_that_is_seen() -> None:
    """She need not read switches to know."""
    talk = Talk(leyla(proposed=(SOCIAL,), contacts=(SOCIAL,))).presses("set:contact:4")
    assert "Sara sees: your shared plan." in talk.words
    assert "nothing else" in talk.presses("set:see:4:plan:no").words
    assert "a small picture" in talk.presses("set:see:4:trend:yes").words


def test_the_agreement_is_a_switch_of_its_own() -> None:
    """Off: nothing is told, nothing is seen, and the alerts know at once."""
    talk = Talk(leyla()).presses("set:see:2:told:no")
    assert only(SetContacts, talk.effects) == [SetContacts((3,))]
    assert "Mina is not asked about you, and sees nothing of you here." in talk.words
    assert talk.offers == ["set:see:2:told:yes", "set:contacts"]
    assert only(SetContacts, talk.presses("set:see:2:told:yes").effects) == [SetContacts((2, 3))]


def test_whoever_is_told_only_on_demand_is_shown_so() -> None:
    """Without her yes to telling, agreement means: when she asks herself."""
    talk = Talk(leyla(consent=replace(YES, telling=False))).presses("set:contact:2")
    assert "only when you ask for a person yourself" in talk.words


def test_the_last_one_off_is_said_plainly() -> None:
    """She must know that nobody of them is asked, and who is when she calls."""
    talk = Talk(leyla(contacts=(MINA,)))
    assert "I tell none of them" in talk.presses("set:see:2:told:no").words
    assert "I tell none of them" not in talk.presses("set:see:2:told:yes").words


@pytest.mark.parametrize(
    "data",
    [
        "set:contact:99",
        "set:contact:",
        "set:see:99:told:yes",
        "set:see:2:odd:yes",
        "set:see:2:plan:odd",
        "set:see:2:plan",
        "set:see",
    ],
)
def test_what_is_not_hers_to_switch_changes_nothing(data: str) -> None:
    """Ids are checked: nobody is added by a made-up button."""
    talk = Talk(leyla()).presses(data)
    assert only(Toast, talk.effects)
    assert talk.resident == leyla()


def test_who_is_not_agreed_to_cannot_be_shown_anything() -> None:
    """An old button of the page from before."""
    talk = Talk(leyla(contacts=(JOSEF,))).presses("set:see:2:plan:yes")
    assert only(Toast, talk.effects)
    assert talk.resident.sight == ()


def test_a_new_name_is_shown_without_a_message() -> None:
    """No phone lights up for it."""
    talk = Talk(leyla()).happens(ContactRenamed(2, "Elsa"))
    assert talk.effects == ()
    assert [each.name for each in talk.resident.contacts] == ["Elsa", "Josef"]
    assert talk.resident.proposed[0] == replace(MINA, name="Elsa")
    assert talk.happens(ContactRenamed(99, "Elsa")).resident.contacts[1] == JOSEF


def test_who_may_not_write_any_more_is_out_of_the_talk_at_once() -> None:
    """One tap, for both of them (S7)."""
    talking = leyla(talk=TalkNow(5, MINA.id, "Mina", NOW))
    switched = my_contacts.press(talking, ["see", str(MINA.id), "talk", "no"])
    assert switched is not None
    assert EndTalk(5, "resident") in switched.effects
    other = my_contacts.press(talking, ["see", str(JOSEF.id), "talk", "no"])
    assert other is not None
    assert not only(EndTalk, other.effects)
