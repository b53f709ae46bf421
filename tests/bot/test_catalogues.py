"""The check of translations finds what a machine can find."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import write_po

from bot import catalogues, reviews
from bot.catalogues import LONGEST, Fault, Status
from bot.locale_folder import DOMAINS, LOCALES, base
from bot.translating import BETWEEN, Reader
from bot.word_lists import FORBIDDEN
from dialogs.guide import Walk, page
from tests.bot.town import texts

MESSAGE = 4096
"""Characters Telegram takes in one message."""

SOURCE = """
from dialogs.text import _, _n

PLAIN = _("t", "Hello {name}")
COUNTED = _n("t", "{count} day", "{count} days", 2)
LABEL = _("face", "Good")
NUMBERS = _("t", "Three weeks, 21 days")
"""
HEAD = """msgid ""
msgstr ""
"Language: sv\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
HELLO = 'msgctxt "t"\nmsgid "Hello {name}"\nmsgstr "Hej {name}"\n'
DAYS = (
    'msgctxt "t"\nmsgid "{count} day"\nmsgid_plural "{count} days"\n'
    'msgstr[0] "en dag"\nmsgstr[1] "{count} dagar"\n'
)
GOOD = 'msgctxt "face"\nmsgid "Good"\nmsgstr "Bra"\n'
WEEKS = 'msgctxt "t"\nmsgid "Three weeks, 21 days"\nmsgstr "tre veckor, 21 dagar"\n'
WHOLE = (HELLO, DAYS, GOOD, WEEKS)
TERMS = "# term\tsay\tstems\nweek\tveckor\tveck\n"

sources = cache(catalogues.sources)
"""Read once for all tests that only look at them."""

Check = Callable[..., list[Fault]]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Write a Swedish catalogue for `SOURCE` and return its faults."""
    (tmp_path / "dialogs" / "guides").mkdir(parents=True)
    (tmp_path / "bot").mkdir()
    (tmp_path / "dialogs" / "texts.py").write_text(SOURCE)

    def faults(*entries: str, head: str = HEAD) -> list[Fault]:
        folder = tmp_path / "locales" / "sv" / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "bot.po").write_text("\n".join((head, *entries)), encoding="utf-8")
        (folder / "guides.po").write_text(HEAD)
        (folder.parent / "terms.tsv").write_text(TERMS)
        return list(catalogues.faults(tmp_path / "locales", tmp_path))

    return faults


def test_a_whole_catalogue_has_no_fault(check: Check) -> None:
    """One form of a plural may say the number in a word."""
    assert check(*WHOLE) == []


@pytest.mark.parametrize(
    ("entry", "changed", "what"),
    [
        (HELLO, "", "missing"),
        (HELLO, HELLO.replace("msgctxt", "#, fuzzy\nmsgctxt"), "stale"),
        (HELLO, HELLO.replace("Hej {name}", ""), "not translated"),
        (HELLO, HELLO.replace("Hej {name}", "Hej"), "placeholders"),
        (HELLO, HELLO.replace("Hej {name}", "Hej {namn}"), "placeholders"),
        (HELLO, HELLO.replace("Hej {name}", "Hej {name} " + "å" * LONGEST), "too long"),
        (HELLO, HELLO.replace("Hej {name}", "Hej {name}, du är anonym"), "promises"),
        (HELLO, HELLO.replace("Hej {name}", "Hej \u2068{name}\u2069"), "direction mark"),
        (DAYS, DAYS.replace('msgstr[1] "{count} dagar"\n', ""), "not translated|plural forms"),
        (DAYS, DAYS.replace("{count} dagar", "{antal} dagar"), "placeholders"),
        (GOOD, GOOD.replace("Bra", "Bra" * 20), "too long"),
        (WEEKS, WEEKS.replace("21 dagar", "12 dagar"), "other numbers"),
        (WEEKS, WEEKS.replace("tre", "4"), "other numbers"),
        (WEEKS, WEEKS.replace("veckor", "månader"), "is not “veckor”"),
        (DAYS, DAYS.replace("{count} dagar", "många dagar"), "placeholders"),
    ],
    ids=lambda value: value[-30:].replace("\n", " ") if isinstance(value, str) else None,
)
def test_each_fault_is_found_and_named(check: Check, entry: str, changed: str, what: str) -> None:
    """The sentence says which file, which text and what; nothing else is accused."""
    (fault,) = check(*(changed if each == entry else each for each in WHOLE))
    assert any(part in fault.what for part in what.split("|")), fault.what
    assert str(fault).startswith("locales/sv/LC_MESSAGES/bot.po: ")


def test_a_plural_needs_every_form_of_its_language(check: Check) -> None:
    """Arabic has six; with two of them most numbers would be wrong."""
    six = HEAD.replace("nplurals=2; plural=(n != 1)", "nplurals=6; plural=(n % 6)")
    (fault,) = check(*WHOLE, head=six)
    assert fault.what == "not translated"


def test_a_line_may_say_of_itself_that_it_is_anonymous(check: Check, tmp_path: Path) -> None:
    """What a helpline promises is not what we promise."""
    (tmp_path / "dialogs" / "texts.py").write_text('from dialogs.text import _\n_("line", "Line")\n')
    assert check('msgctxt "line"\nmsgid "Line"\nmsgstr "Du är anonym"\n') == []


def test_the_status_counts_what_is_whole_and_who_reviewed(check: Check, tmp_path: Path) -> None:
    """Until a named person has read it, a translation is a draft."""
    check(HELLO, GOOD, WEEKS)
    status, _guides = catalogues.statuses(tmp_path / "locales", tmp_path)
    assert status == Status("sv", "bot", of=4, translated=3, reviewed=0, for_safety=0, safety_reviewed=0)


def test_digits_of_every_script_are_numbers(check: Check) -> None:
    """۲۱ is 21, and a small number may be a digit where the source has a word."""
    assert check(HELLO, DAYS, GOOD, WEEKS.replace("21 dagar", "۲۱ dagar").replace("tre", "3")) == []


def test_a_language_that_is_named_as_reviewed_must_be(check: Check, tmp_path: Path) -> None:
    """One review that no longer counts, and the language is not built (R12)."""
    check(*WHOLE)
    (tmp_path / "locales" / "reviewed.txt").write_text("sv\ntlh\n")
    found = list(catalogues.faults(tmp_path / "locales", tmp_path))
    assert {fault.what for fault in found} == {
        "named as reviewed, but has no catalogue",
        "reviewed by 0 of 1",
    }
    catalogue = catalogues.read("sv", "bot", tmp_path / "locales")
    for entry in catalogue:
        if entry.id:
            reviews.add(entry, "Amina Berg", date(2026, 11, 27))
    catalogues.write(catalogue, "sv", "bot", tmp_path / "locales")
    assert [fault.locale for fault in catalogues.faults(tmp_path / "locales", tmp_path)] == ["tlh"]
    (sv, _guides) = catalogues.statuses(tmp_path / "locales", tmp_path)
    assert sv.is_reviewed


def test_a_kind_of_a_language_may_leave_out_what_helpers_read(tmp_path: Path) -> None:
    """Easy Swedish is for residents; a contact person of that setting reads Swedish."""
    (tmp_path / "dialogs" / "guides").mkdir(parents=True)
    (tmp_path / "bot").mkdir()
    (tmp_path / "dialogs" / "texts.py").write_text(
        'from dialogs.text import _\n_("desk", "For helpers")\n_("t", "For her")\n'
    )
    for locale in ("sv", "sv@easy"):
        folder = tmp_path / "locales" / locale / "LC_MESSAGES"
        folder.mkdir(parents=True)
        for domain in ("bot", "guides"):
            (folder / f"{domain}.po").write_text(HEAD)
    missing = {(fault.locale, fault.source) for fault in catalogues.faults(tmp_path / "locales", tmp_path)}
    assert missing == {("sv", "For helpers"), ("sv", "For her"), ("sv@easy", "For her")}


@pytest.mark.parametrize("locale", catalogues.locales())
@pytest.mark.parametrize("domain", DOMAINS)
def test_one_string_or_placeholder_that_is_dropped_is_found(locale: str, domain: str) -> None:
    """In each language and each catalogue (R10): dropped, gone stale, torn, or without what it is to be filled with."""
    source = next(
        entry
        for entry in catalogues.wanted(sources(domain), locale)
        if isinstance(entry.id, str) and "{" in entry.id
    )
    catalogue = catalogues.read(locale, domain)
    entry = catalogue.get(source.id, source.context)
    assert entry is not None
    whole = str(entry.string)

    def found() -> list[str]:
        return list(catalogues.faults_of(source, catalogue, locale, domain))

    assert found() == []
    for torn in ("", whole.replace("{", "("), whole + " {more}", whole + " 4711", whole * LONGEST):
        entry.string = torn
        assert found(), torn[:40]
    entry.string = whole
    entry.flags.add("fuzzy")
    assert found() == ["stale: its source has changed"]
    catalogue.delete(source.id, source.context)
    assert found() == ["missing (run `make catalogues`)"]


def test_a_catalogue_is_written_as_it_was_read() -> None:
    """A review of one text must not change ten thousand lines."""
    for locale in catalogues.locales():
        path = LOCALES / locale / "LC_MESSAGES" / "bot.po"
        before = path.read_bytes()
        catalogue, written = catalogues.read(locale, "bot"), io.BytesIO()
        write_po(written, catalogue, width=0, ignore_obsolete=True, include_previous=True)
        assert written.getvalue() == before, locale


def test_our_own_catalogues_are_whole() -> None:
    """A language that is offered says everything."""
    found = list(catalogues.faults())
    assert not found, "\n".join(str(fault) for fault in found[:20])


def test_no_source_text_has_a_fault_itself() -> None:
    """English is what everybody falls back to: short enough, and without a promise that cannot be kept."""
    for domain in catalogues.SOURCES:
        for entry in catalogues.sources(domain):
            for source in [entry.id] if isinstance(entry.id, str) else entry.id:
                assert len(source) <= LONGEST, source
                limit = catalogues.LONGEST_LABEL if entry.context in catalogues.LABELS else LONGEST
                assert len(source) <= limit, source
                assert entry.context == "line" or not FORBIDDEN.found(source, "en"), source


@pytest.mark.parametrize("locale", texts().translator.locales)
def test_every_page_fits_a_message_in_two_languages(locale: str) -> None:
    """R14: another language may stand below her own, in one message of Telegram's."""
    translator, known = texts().translator, texts().knowledge
    second = "sv" if base(locale) != "sv" else "en"
    reader = Reader(locale, "Europe/Stockholm", datetime(2026, 11, 24, tzinfo=UTC), second)
    for guide in known.guides.values():
        late = guide.expires + timedelta(days=1)
        for step in guide.steps:
            text = page(guide, Walk(guide.id, step, tuple(guide.steps)[:12]), known.lines, late).text
            both = translator.full_text(text, reader)
            assert len(both) <= MESSAGE
            assert BETWEEN in both, "too long for two languages"
