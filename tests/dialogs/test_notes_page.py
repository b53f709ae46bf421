"""Internal notes: hers to write, never a resident's to read."""

from datetime import timedelta

from dialogs import contact_person, notes_page
from dialogs.effects import GatherInternalNotes, PassOn, Say, ShowInternalNotes, WriteInternalNote
from dialogs.events import InternalNotesGathered, Kind, Pressed, Sent, Wrote
from dialogs.internal_notes import LONGEST, InternalNote
from dialogs.people import Place
from tests.dialogs.cast import NOW, english, knowledge, mina, only, words

ASKING = mina(place=Place.NOTE, noting=9)


def test_the_next_words_are_the_note() -> None:
    """About the one she chose, in her own name."""
    outcome = contact_person.decide(ASKING, Wrote(" She prefers mornings. "), NOW, knowledge())
    (order,) = only(WriteInternalNote, outcome.effects)
    assert (order.resident, order.note.words, order.note.author) == (9, "She prefers mornings.", 2)
    assert outcome.person.place is Place.MENU
    assert only(PassOn, outcome.effects) == []


def test_it_waits_as_long_as_it_takes() -> None:
    """A time limit would turn a note into a letter."""
    later = contact_person.decide(ASKING, Wrote("late"), NOW + timedelta(days=2), knowledge())
    assert only(WriteInternalNote, later.effects)


def test_it_can_be_left() -> None:
    """By the button below it, or by a command."""
    assert contact_person.decide(ASKING, Pressed("no:cancel"), NOW, knowledge()).person.place is Place.MENU
    assert contact_person.decide(ASKING, Wrote("/menu"), NOW, knowledge()).person.place is Place.MENU


def test_what_is_too_long_is_not_kept_and_she_hears_so() -> None:
    """The question stays open."""
    outcome = notes_page.wrote(ASKING, "x" * (LONGEST + 1), NOW)
    assert outcome.person.place is Place.NOTE
    assert "nothing was kept" in words(outcome.effects)


def test_a_picture_is_no_note_and_goes_nowhere() -> None:
    """It was meant for colleagues; the talk that is open beside must not get it."""
    outcome = contact_person.decide(ASKING, Sent(Kind.PHOTO, "look", "file", 9), NOW, knowledge())
    assert only(PassOn, outcome.effects) == []
    assert "nothing was sent" in words(outcome.effects)


def test_notes_are_shown_by_their_own_order() -> None:
    """No `Say` can carry one."""
    note = InternalNote("prefers mornings", NOW, 2, "Mina")
    outcome = notes_page.gathered(mina(), InternalNotesGathered(9, "Linden", (note,)))
    (order,) = only(ShowInternalNotes, outcome.effects)
    assert order.notes == (note,)
    assert only(Say, outcome.effects) == []


def test_who_may_not_read_hears_so() -> None:
    """She took her yes back, or the number was made up."""
    outcome = notes_page.gathered(mina(), InternalNotesGathered(9, "", None))
    assert "not one of yours" in words(outcome.effects)
    assert english(notes_page.not_yours()) in words(outcome.effects)


def test_pressing_reads_and_writes() -> None:
    """Whether she may is asked where the tables are."""
    assert only(GatherInternalNotes, notes_page.press(mina(), "no:read:9").effects) == [
        GatherInternalNotes(9)
    ]
    assert notes_page.press(mina(), "no:write:9").person.noting == 9
    assert words(notes_page.press(mina(), "no:what").effects)
    assert english(notes_page.kept())
