"""Who we know: opens when it was written by an older program, and only a yes is a yes."""

from datetime import date

import msgspec
import pytest

from dialogs.guide import Walk
from dialogs.people import Agreed, CheckIn, Consent, Contact, Place, Question, Resident, Role
from tests.dialogs import cast
from tests.dialogs.cast import MINA, NOW


def test_a_resident_written_by_an_older_program_still_opens() -> None:
    """A new field must not lock anybody out."""
    old = msgspec.json.decode(b'{"id": 1, "alias": "Linden", "no_longer_known": 3}', type=Resident)
    assert old == Resident(1, "Linden")
    assert (old.joined, old.consent, old.contacts) == (False, Consent(), ())
    assert msgspec.json.decode(b'{"id": 2, "name": "Mina"}', type=Contact) == Contact(2, "Mina")


def test_everything_about_her_is_kept() -> None:
    """What is saved and opened again is the same, moments and days too."""
    full = cast.leyla(
        check_in=CheckIn(date(2026, 11, 24), "d", NOW, "weight", seen=True, reminded=True),
        question=Question("TV.near", NOW, again=True),
        asked=(("TV", NOW),),
        asked_on=date(2026, 11, 24),
        walks=(Walk("bills", "find", ("what",)),),
        offered=(("menu", "menu"),),
        paused_until=NOW,
        unsure=("HO",),
    )
    assert msgspec.json.decode(msgspec.json.encode(full), type=Resident) == full


@pytest.mark.parametrize(
    ("telling", "contacts", "may"),
    [
        (True, (MINA,), True),
        (True, (), False),
        (False, (MINA,), False),
        (None, (MINA,), False),
    ],
)
def test_nobody_is_told_without_a_yes_and_a_contact_person(
    telling: bool | None, contacts: tuple[Agreed, ...], *, may: bool
) -> None:
    """Not yet asked is no yes."""
    assert cast.leyla(consent=Consent(telling=telling), contacts=contacts).can_be_told() is may


def test_nothing_is_agreed_before_it_was_asked() -> None:
    """Whoever has just come has said yes to nothing."""
    fresh = Resident(1, "Linden")
    assert (fresh.consent, fresh.place, fresh.role) == (
        Consent(None, None, None),
        Place.LANGUAGE,
        Role.RESIDENT,
    )
    assert Contact(2, "Mina").role is Role.CONTACT
