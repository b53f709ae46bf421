"""What a contact person may see: her choice beats the default, and without her agreement there is nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs import sight
from dialogs.kinds import DEFAULTS, ContactKind, Sight
from dialogs.people import Agreed
from tests.dialogs.cast import NOW, leyla

KINDS = pytest.mark.parametrize("kind", ContactKind)
SWITCHES = st.lists(
    st.tuples(st.sampled_from([2, 3]), st.sampled_from(["told", *Sight]), st.booleans()), max_size=20
)


@KINDS
def test_what_she_has_not_chosen_is_as_usual_for_the_kind(kind: ContactKind) -> None:
    """Nobody has to go through a list before anything works."""
    seen = {each for each in Sight if sight.may_see(leyla(), 2, kind, each)}
    assert seen == DEFAULTS[kind]


@KINDS
@pytest.mark.parametrize("what", Sight)
@pytest.mark.parametrize("yes", [True, False])
def test_her_own_choice_beats_the_default(kind: ContactKind, what: Sight, yes: bool) -> None:
    """It is changed only by her, and changes only what she switched (S7)."""
    mina = Agreed(2, "Mina", kind)
    her = sight.with_sight(leyla(contacts=(mina,), proposed=(mina,)), mina, what, yes)
    assert sight.may_see(her, 2, kind, what) is yes
    for other in set(Sight) - {what}:
        assert sight.may_see(her, 2, kind, other) is (other in DEFAULTS[kind])


@KINDS
def test_whom_she_has_not_agreed_to_sees_nothing(kind: ContactKind) -> None:
    """Whatever she chose for that person before."""
    her = leyla(contacts=(), sight=((2, tuple(Sight)),))
    assert not [each for each in Sight if sight.may_see(her, 2, kind, each)]
    assert not [each for each in Sight if sight.may_see(her, 99, kind, each)]


def test_a_later_yes_opens_no_more_than_the_usual_and_nothing_she_refused() -> None:
    """She may not remember, months later, what she once allowed."""
    mina = leyla().contacts[0]
    her = sight.with_sight(leyla(), mina, Sight.TREND, True)
    her = sight.with_sight(her, mina, Sight.SIGNS, False)
    back = sight.with_agreement(sight.with_agreement(her, 2, False), 2, True)
    assert sight.chosen(back, 2, mina.kind) == {Sight.TALK}


def test_the_order_of_those_agreed_to_stays_the_operators() -> None:
    """Who is asked first does not depend on who was switched last."""
    her = sight.with_agreement(sight.with_agreement(leyla(), 2, False), 2, True)
    assert [each.id for each in her.contacts] == [2, 3]
    assert sight.with_agreement(her, 99, True).contacts == her.contacts, "only who was proposed"


@given(switches=SWITCHES)
def test_nobody_sees_what_she_did_not_switch_on_or_leave_as_usual(
    switches: list[tuple[int, str | Sight, bool]],
) -> None:
    """Whatever she taps in whatever order: the last tap about a thing holds, and never without agreement."""
    her = leyla()
    last: dict[tuple[int, str], bool] = {}
    for contact_id, what, yes in switches:
        contact = next(each for each in her.proposed if each.id == contact_id)
        if what == "told":
            her = sight.with_agreement(her, contact_id, yes)
            last = {key: on for key, on in last.items() if yes or not (key[0] == contact_id and on)}
        else:
            her = sight.with_sight(her, contact, Sight(what), yes)
            last[contact_id, what] = yes
    agreed = {each.id for each in her.contacts}
    for contact in her.proposed:
        for each in Sight:
            seen = sight.may_see(her, contact.id, contact.kind, each)
            assert not (seen and contact.id not in agreed)
            if seen:
                assert last.get((contact.id, each), each in DEFAULTS[contact.kind])
            if last.get((contact.id, each)) is False:
                assert not seen


def test_saying_no_again_forgets_what_was_allowed_in_between() -> None:
    """An old button may be pressed while somebody is switched off: a later yes opens nothing of it."""
    mina = leyla().proposed[0]
    her = sight.with_agreement(leyla(), mina.id, False)
    her = sight.with_agreement(sight.with_sight(her, mina, Sight.TREND, True), mina.id, False)
    assert not sight.may_see(sight.with_agreement(her, mina.id, True), mina.id, mina.kind, Sight.TREND)


def test_a_sign_of_life_is_kept_by_the_hour() -> None:
    """Nearer is nobody's business, and so that not every word saves her anew."""
    her = sight.signed(leyla(), NOW + timedelta(minutes=7))
    assert her == leyla()
    assert her is not sight.signed(her, NOW + timedelta(hours=1))
    kabul = datetime(2026, 11, 24, 23, 45, tzinfo=timezone(timedelta(hours=4, minutes=30)))
    assert sight.signed(leyla(), kabul).last_sign == datetime(2026, 11, 24, 19, 0, tzinfo=UTC)


def test_a_choice_about_somebody_who_left_goes() -> None:
    """An id is never used again, but nothing is kept for its own sake."""
    her = leyla(sight=((2, ("plan",)), (3, ())))
    assert sight.without(her, 2) == replace(her, sight=((3, ()),))
