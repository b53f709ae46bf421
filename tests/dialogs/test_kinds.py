"""Kinds of contact person: what each sees unless she chose otherwise."""

from dialogs.kinds import DEFAULTS, ContactKind, Sight


def test_every_kind_has_its_default() -> None:
    """A kind without one would see nothing, or be looked up and fail."""
    assert set(DEFAULTS) == set(ContactKind)


def test_the_trend_of_her_faces_is_nobodys_default() -> None:
    """It needs her own yes."""
    assert not [kind for kind, seen in DEFAULTS.items() if Sight.TREND in seen]
