"""What may stand in a shared plan: fixed choices, and codes that fit a button."""

from datetime import date

import msgspec
import pytest

from dialogs.plan_entry import AREAS, HELPERS, STEPS, Helper, PlanEntry, area_of


def test_each_area_has_a_name_and_three_to_five_steps() -> None:
    """More would be a form, fewer no choice."""
    assert set(AREAS) == set(STEPS)
    assert all(3 <= len(steps) <= 5 for steps in STEPS.values())


def test_a_step_belongs_to_one_area() -> None:
    """The step alone says what an entry is about."""
    codes = [step for steps in STEPS.values() for step in steps]
    assert len(codes) == len(set(codes))
    assert {area_of(step) for step in codes} == set(AREAS)
    assert area_of("unheard-of") is None


def test_the_longest_choice_fits_a_button() -> None:
    """Telegram takes 64 bytes; ids may grow long."""
    longest = max((step for steps in STEPS.values() for step in steps), key=len)
    helper = max(Helper, key=len)
    for data in (
        f"sp:999999999:d:{longest}:{helper}:20261224",
        f"sp:d:{longest}:{helper}:999999999:20261224",
    ):
        assert len(data.encode()) <= 64


def test_only_she_and_her_contact_person_are_named_elsewhere() -> None:
    """Everybody else who may help is a role, never a person."""
    assert set(Helper) - set(HELPERS) == {Helper.PARTNER, Helper.HERSELF}


@pytest.mark.parametrize(
    ("hers", "theirs", "agreed"),
    [
        (False, None, False),
        (True, None, False),
        (False, True, False),
        (True, False, False),
        (True, True, True),
    ],
)
def test_only_two_yeses_are_an_agreement(hers: bool, theirs: bool | None, agreed: bool) -> None:
    """Silence is none, and neither is one side's wish."""
    assert PlanEntry(1, "home-visit", Helper.CARE, 2, 1, None, hers, theirs).agreed is agreed


def test_an_entry_is_kept_whole() -> None:
    """What is saved and opened again is the same."""
    entry = PlanEntry(1, "home-visit", Helper.PARTNER, 2, 1, date(2026, 12, 1), her_yes=True, news=True)
    assert msgspec.json.decode(msgspec.json.encode(entry), type=PlanEntry) == entry
