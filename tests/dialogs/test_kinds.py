"""Kinds of contact person: each has a name and a default, and none sees too much by default."""

from dialogs.kinds import DEFAULTS, NAMES, ContactKind, Sight


def test_each_kind_has_a_name_of_its_own_and_a_default() -> None:
    """She is shown what somebody is, and what holds before she has chosen."""
    assert set(NAMES) == set(DEFAULTS) == set(ContactKind)
    assert len({name.source for name in NAMES.values()}) == len(ContactKind)


def test_how_she_has_answered_is_nobodys_by_default() -> None:
    """That needs her own yes."""
    assert not [kind for kind, sights in DEFAULTS.items() if Sight.TREND in sights]


def test_social_services_see_the_plan_and_nothing_more() -> None:
    """An authority gets what was agreed, and no picture of her days."""
    assert DEFAULTS[ContactKind.SOCIAL_SERVICES] == {Sight.PLAN}
    assert Sight.SIGNS not in DEFAULTS[ContactKind.CIVIL]
