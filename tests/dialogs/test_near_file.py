"""A municipality's file: what is good is read, whatever is wrong is refused with its line, and nothing else happens."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.marked_yaml import Fault, GuideFaults
from dialogs.near_file import (
    DAY_NAMES,
    GOOD_FOR,
    KIND_NAMES,
    EntryKind,
    NearPlace,
    Words,
    bare,
    holds_a_number,
    is_link,
    parse_place,
)
from tests.dialogs.near_examples import PLACE, TODAY, exempelstad

EXAMPLE = Path(__file__).parents[2] / "docs" / "near-example" / "exempelstad.yaml"


def test_a_good_file_is_read_whole() -> None:
    """What the operator wrote is what a resident sees."""
    place = exempelstad()
    office, queue = place.entries
    assert (place.id, place.name.to("sv"), place.checked) == ("exempelstad", "Exempelstad", date(2026, 9, 1))
    assert (office.kind, office.phone) == (EntryKind.SOCIAL_SERVICES, "08-465 004 10")
    assert office.link == "https://www.exempelstad.example/stod"
    assert (queue.phone, queue.hours, queue.name.to("en")) == (None, None, "The housing queue")
    (cafe,) = place.activities
    assert (cafe.day, cafe.at, cafe.where.to("sv")) == (2, time(17, 30), "Biblioteket")


@pytest.mark.parametrize(
    ("locale", "shown"),
    [("ar", "ar"), ("fa_AF", "fa"), ("sv@easy", "sv"), ("tr", "sv"), ("sv", "sv"), ("", "sv")],
)
def test_a_reader_is_shown_her_language_or_swedish(locale: str, shown: str) -> None:
    """Swedish is what stands on the door and what she says at the desk."""
    words = Words((("ar", "ar"), ("fa", "fa"), ("sv", "sv")))
    assert words.to(locale) == shown


BROKEN = [
    ("name: {sv: Exempelstad, ar: مدينة}", "name: {en: Exempelstad}", 1, "no Swedish text"),
    ("name: {sv: Exempelstad, ar: مدينة}", "name: {sv: Exempelstad, se: Stad}", 1, "no language here"),
    ("name: {sv: Exempelstad, ar: مدينة}", "name: ''", 1, "missing its text"),
    ("name: {sv: Exempelstad, ar: مدينة}", "name: [a]", 1, "missing its text"),
    ("name: {sv: Exempelstad, ar: مدينة}", "nam: Exempelstad", 1, "unknown key"),
    ("name: {sv: Exempelstad, ar: مدينة}", f"name: {'x' * 61}", 1, "at most 60"),
    ("checked: 2026-09-01", "checked: last week", 2, "a date such as"),
    ("checked: 2026-09-01", "checked: 2026-11-25", 2, "has not come yet"),
    ("checked: 2026-09-01", "name: twice", 2, "twice"),
    ("kind: social-services", "kind: police", 4, "no kind of entry"),
    ("name: Socialtjänsten", "name: Ring 08-465 004 10", 5, "stands under 'phone'"),
    ("phone: 08-465 004 10", "phone: 116 016", 6, "no Swedish number"),
    ("phone: 08-465 004 10", "phone: 08-465 0O4 10", 6, "no Swedish number"),
    ("phone: 08-465 004 10", "phone: ٠٨٤٦٥٠٠٤١٠", 6, "no Swedish number"),
    ("phone: 08-465 004 10", "phone: +47 22 00 00 00", 6, "no Swedish number"),
    ("phone: 08-465 004 10", "phone: [08-465 004 10]", 6, "missing its text"),
    ("hours: {sv: Vardagar 9-15, en: Weekdays 9-15}", "hours: Ring 0846500410", 7, "stands under 'phone'"),
    ("hours: {sv: Vardagar 9-15, en: Weekdays 9-15}", f"hours: {'x' * 81}", 7, "at most 80"),
    ("https://www.exempelstad.example/stod", "http://www.exempelstad.example", 8, "https://"),
    ("https://www.exempelstad.example/stod", "https://user@exempelstad.example", 8, "https://"),
    ("https://www.exempelstad.example/stod", "https://exempelstad.example:8443/x", 8, "https://"),
    ("note: Be om tolk.", "nota: Be om tolk.", 9, "unknown key"),
    ("note: Be om tolk.", "note: &x Be om tolk.\n    hours: *x", 10, "no aliases"),
    ("kind: housing-queue", "kind: housing-queue\n    phone: +46 8 465 004 10", 11, "on line 6 already"),
    ("day: tuesday", "day: tisdag", 14, "is no day"),
    ('time: "17:30"', 'time: "25:30"', 15, "is no time"),
    ('time: "17:30"', "time: 17.30", 15, "is no time"),
    ("who: Föreningen Exempel", "by: Föreningen Exempel", 16, "unknown key"),
    ("where: {sv: Biblioteket, en: The library}", "where: {sv: [a]}", 17, "missing its text"),
    ("activities:", "activities: none", 13, "not YAML"),
]


@pytest.mark.parametrize(("good", "bad", "line", "sentence"), BROKEN)
def test_a_broken_edit_is_refused_with_its_line(good: str, bad: str, line: int, sentence: str) -> None:
    """Whoever keeps the file does not program: one line says where, one sentence says what."""
    assert good in PLACE
    with pytest.raises(GuideFaults) as raised:
        exempelstad(PLACE.replace(good, bad, 1))
    found = [(fault.line, fault.sentence) for fault in raised.value.faults]
    assert any(at == line and sentence in said for at, said in found), found
    assert all(fault.file == "exempelstad.yaml" for fault in raised.value.faults)


@pytest.mark.parametrize("name", ["Exempelstad", "exempel_stad", "göteborg", "a:b", "x" * 31, ""])
def test_a_file_name_must_fit_into_a_button(name: str) -> None:
    """The name is the id; a colon or a long one would break every button of the place."""
    with pytest.raises(GuideFaults, match="no name for a file"):
        parse_place(f"{name}.yaml", PLACE, TODAY)


def test_a_number_for_all_of_sweden_is_not_written_down_again() -> None:
    """It stands in lines.yaml; a second place would be forgotten when it changes."""
    with pytest.raises(GuideFaults, match=r"lines\.yaml already"):
        parse_place("exempelstad.yaml", PLACE, TODAY, {"08 465 00 410"})


def test_too_many_entries_would_not_fit_into_a_message() -> None:
    """Telegram cuts nothing: it refuses the whole page."""
    entry = "  - kind: duty-line\n    name: Jour\n"
    with pytest.raises(GuideFaults, match="one to 8 entries"):
        exempelstad(PLACE.replace("activities:", entry * 7 + "activities:"))
    with pytest.raises(GuideFaults, match="one to 8 entries"):
        exempelstad("name: Stad\nchecked: 2026-09-01\n")


def test_a_number_is_the_same_however_it_is_written() -> None:
    """Twice the same number is twice a number to change."""
    assert {bare(each) for each in ("08-465 004 10", "+46 8 465 004 10", "084650-0410")} == {"0846500410"}


@pytest.mark.parametrize("text", ["Vardagar 9-15", "2026-11-24 18:00", "17:30-19:00", "Plan 2, rum 214"])
def test_hours_and_dates_are_no_numbers_to_call(text: str) -> None:
    """Or no operator could write when an office is open."""
    assert not holds_a_number(text)


@pytest.mark.parametrize(
    "text", ["08-465 004 10", "ring 0846500410", "+46 8 465 004 10", "116 016", "٠٨٤٦٥٠"]
)
def test_numbers_to_call_are_seen_in_any_writing(text: str) -> None:
    """A wrong number in a text is found by nobody."""
    assert holds_a_number(text)


@pytest.mark.parametrize("link", ["https://", "javascript:alert(1)", "https://a b.se", "https://[::1", "x"])
def test_what_is_no_plain_link_is_none(link: str) -> None:
    """A tap leads where it says."""
    assert not is_link(link)


def test_a_page_is_old_after_half_a_year() -> None:
    """Not a day earlier: a warning that is always there is read by nobody."""
    place = exempelstad()
    assert not place.is_old(place.checked + GOOD_FOR)
    assert place.is_old(place.checked + GOOD_FOR + timedelta(days=1))


def test_every_kind_and_day_has_a_name() -> None:
    """One that has none would tear the page."""
    assert set(KIND_NAMES) == set(EntryKind)
    assert set(DAY_NAMES) == set(range(1, 8))


def test_the_file_in_the_manual_is_good() -> None:
    """It is what an operator copies lines from."""
    manual = EXAMPLE.parents[1] / "near.md"
    text = manual.read_text("utf-8").partition("```yaml\n")[2].partition("```")[0]
    assert len(exempelstad(text).entries) == 1


def test_the_example_in_the_docs_is_good_and_reaches_nobody() -> None:
    """It is copied as it stands; its numbers are those kept free for fiction."""
    place = parse_place(EXAMPLE.name, EXAMPLE.read_text("utf-8"), TODAY)
    numbers = [bare(entry.phone) for entry in place.entries if entry.phone]
    assert {entry.kind for entry in place.entries} == set(EntryKind)
    assert numbers
    assert all(number.startswith("08465004") and len(number) == 10 for number in numbers)
    assert "påhittad" in place.name.to("sv")
    assert EXAMPLE.read_text("utf-8").startswith("# EXAMPLE")


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing but `GuideFaults` ever comes out: a file cannot stop the bot."""
    _read_or_refused(text)


@given(st.integers(0, len(PLACE)), st.integers(0, 40), st.text(max_size=20))
def test_any_edit_is_read_or_refused(at: int, cut: int, put: str) -> None:
    """The slips of an editor, at any place."""
    _read_or_refused(PLACE[:at] + put + PLACE[at + cut :])


def _read_or_refused(text: str) -> None:
    place, faults = _outcome(text)
    assert (place is None) == bool(faults)
    assert all(fault.line >= 1 and fault.sentence for fault in faults)
    if place is not None:
        numbers = [bare(entry.phone) for entry in place.entries if entry.phone]
        assert place.name.to("sv")
        assert len(numbers) == len(set(numbers))


def _outcome(text: str) -> tuple[NearPlace | None, tuple[Fault, ...]]:
    try:
        return exempelstad(text), ()
    except GuideFaults as found:
        return None, found.faults
