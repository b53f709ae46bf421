"""Who has read what, and when it stops to count."""

from datetime import date

import pytest
from babel.messages import Catalog
from babel.messages.catalog import Message as Entry

from bot import reviews

DAY = date(2026, 11, 27)


@pytest.fixture
def catalogue() -> Catalog:
    made = Catalog(locale="sv")
    made.add("Menu", "Meny", context="menu")
    made.add("Call now.", "Ring nu.", context="risk")
    made.add(("{count} day", "{count} days"), ("en dag", "{count} dagar"), context="t")
    made.add("Empty", "", context="t")
    return made


def entry(catalogue: Catalog, source: str, context: str) -> Entry:
    found = catalogue.get(source, context)
    assert found is not None
    return found


def test_a_review_counts_as_long_as_nothing_changes(catalogue: Catalog) -> None:
    """Whoever mends a word afterwards has not had it read."""
    menu = entry(catalogue, "Menu", "menu")
    reviews.add(menu, "Amina Berg", DAY)
    assert [each.name for each in reviews.reviews(menu)] == ["Amina Berg"]
    assert reviews.is_reviewed(menu)
    menu.string = "Menyn"
    assert not reviews.is_reviewed(menu)


def test_a_fuzzy_text_has_no_review(catalogue: Catalog) -> None:
    """Its source has changed since."""
    menu = entry(catalogue, "Menu", "menu")
    reviews.add(menu, "Amina Berg", DAY)
    menu.flags.add("fuzzy")
    assert reviews.reviews(menu) == ()


def test_safety_needs_two_people_and_not_one_twice(catalogue: Catalog) -> None:
    """R12: in whatever letters she writes her name."""
    danger = entry(catalogue, "Call now.", "risk")
    reviews.add(danger, "Amina Berg", DAY)
    reviews.add(danger, "AMINA BERG", DAY)
    assert not reviews.is_reviewed(danger)
    reviews.add(danger, "Rojda Lind", DAY)
    assert reviews.is_reviewed(danger)
    assert len(danger.user_comments) == 2


def test_other_comments_of_translators_stay(catalogue: Catalog) -> None:
    """Poedit and Weblate keep their notes in the same place; a review that lapsed goes with the next one."""
    menu = entry(catalogue, "Menu", "menu")
    menu.user_comments = ["short, it is a button", "Reviewed: Old Name, 2025-01-01, 00000000"]
    reviews.add(menu, "Amina Berg", DAY)
    assert menu.user_comments == [
        "short, it is a button",
        f"Reviewed: Amina Berg, 2026-11-27, {reviews.sign(menu)}",
    ]


def test_safety_is_read_first_and_what_is_done_not_again(catalogue: Catalog) -> None:
    """An hour of a reader's time goes where a wrong word costs most; what is not translated is not shown."""
    waiting = [reviews.source(each) for each in reviews.waiting_for(catalogue, "Amina Berg")]
    assert waiting == ["Call now.", "Menu", "{count} day"], "and what belongs together stands together"
    for each in reviews.waiting_for(catalogue, "Amina Berg"):
        reviews.add(each, "Amina Berg", DAY)
    assert reviews.waiting_for(catalogue, "amina berg") == []
    assert [reviews.source(each) for each in reviews.waiting_for(catalogue, "Rojda Lind")] == ["Call now."]


@pytest.mark.parametrize("name", ["", " ", "A, B", "A\nB", " Amina", "x" * 61])
def test_a_name_that_would_tear_the_line_is_refused(catalogue: Catalog, name: str) -> None:
    """With a sentence that says what a name may be."""
    with pytest.raises(reviews.NameUnfit, match="without a comma"):
        reviews.add(entry(catalogue, "Menu", "menu"), name, DAY)


def test_a_made_up_sign_does_not_count(catalogue: Catalog) -> None:
    """A line that was copied from another entry reviews nothing."""
    menu, danger = entry(catalogue, "Menu", "menu"), entry(catalogue, "Call now.", "risk")
    reviews.add(menu, "Amina Berg", DAY)
    danger.user_comments = list(menu.user_comments)
    assert reviews.reviews(danger) == ()
