"""Texts become somebody's language, and typed words become ours."""

import logging
import shutil
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from babel.messages import Catalog

from bot.locale_folder import REVIEWED, offered_locales, reviewed_locales
from bot.translating import BETWEEN, LONGEST_MESSAGE, CatalogueMissing, Reader, Translator, fold
from bot.typesetting import END_ISOLATE, ISOLATE
from dialogs import languages
from dialogs.text import Message, _, _n, plain, stacked
from dialogs.words import LABELS, SPELLINGS, Word
from tests.bot.town import NOW, compile_catalogue

HELLO, ONLY_SWEDISH, NOWHERE = _("t", "Hello"), _("t", "Bye"), _("t", "Nowhere")
DAYS = ("{count} day", "{count} days")
ARABIC_FORMS = (
    "zero {count}",
    "one {count}",
    "two {count}",
    "few {count}",
    "hundreds {count}",
    "many {count}",
)
"""In the order of Babel's rule for Arabic."""


def reader(locale: str, zone: str = "Europe/Stockholm", now: datetime = NOW) -> Reader:
    return Reader(locale, zone, now)


@pytest.fixture
def translator(tmp_path: Path) -> Translator:
    """Arabic and Swedish with a handful of texts, Swedish the default."""
    arabic, swedish = Catalog(locale="ar"), Catalog(locale="sv")
    arabic.add("Hello", "مرحبا", context="t")
    arabic.add("Hello {name}", "مرحبا {name}", context="t")
    arabic.add(DAYS, ARABIC_FORMS, context="t")
    arabic.add(SPELLINGS[Word.PAUSE].source, "إيقاف|استراحة", context="word")
    swedish.add("Hello", "Hej", context="t")
    swedish.add("Bye", "Hej då", context="t")
    swedish.add(DAYS, ("{count} dag", "{count} dagar"), context="t")
    swedish.add(SPELLINGS[Word.PAUSE].source, "paus|vila", context="word")
    swedish.add(LABELS[Word.HIDE].source, "Göm", context="menu")
    for number in range(20):  # as many in both, so that neither passes for one that is still being made
        arabic.add(f"Text {number}", "نص", context="many")
        swedish.add(f"Text {number}", "Text", context="many")
    compile_catalogue(tmp_path, "ar", "bot", arabic)
    compile_catalogue(tmp_path, "sv", "bot", swedish)
    guides = Catalog(locale="sv")
    guides.add("Hello", "Hej", context="guide")
    compile_catalogue(tmp_path, "sv", "guides", guides)
    return Translator(("ar", "en", "sv"), "sv", {"emergency": "112"}, tmp_path)


# --- which language ---


def test_her_language_comes_first_then_the_default_then_the_source(translator: Translator) -> None:
    """A text that is missing in hers is still a text, never a hole."""
    said = [translator.message(each, reader("ar")) for each in (HELLO, ONLY_SWEDISH, NOWHERE)]
    assert said == ["مرحبا", "Hej då", "Nowhere"]


def test_english_is_the_source_and_never_falls_to_the_default(translator: Translator) -> None:
    """Whoever chose English must not meet Swedish because the default knows the text."""
    assert translator.message(ONLY_SWEDISH, reader("en")) == "Bye"
    assert translator.message(_n("t", *DAYS, 2), reader("en")) == "2 days"


def test_an_unknown_language_gets_the_default(translator: Translator) -> None:
    """A person stored with a language we no longer have is still spoken to."""
    assert translator.message(HELLO, reader("tlh")) == "Hej"
    assert "24" in translator.message(plain(date(2026, 11, 24)), reader("tlh"))


def test_a_language_that_is_gone_gets_the_defaults_side_and_dates_too(tmp_path: Path) -> None:
    """Swedish words set as if they ran from the right would be torn apart."""
    swedish = Catalog(locale="sv")
    swedish.add("About {name}, {time}.", "Om {name}, {time}.", context="t")
    compile_catalogue(tmp_path, "sv", "bot", swedish)
    without_arabic = Translator(("en", "sv"), "sv", folder=tmp_path)
    text = (_("t", "About {name}, {time}.", name="Linden", time=NOW - timedelta(days=1)),)
    for gone in ("ar", "xx-nonsense", "", "sv_XX@\n"):
        assert without_arabic.offered(gone) == "sv"
        assert without_arabic.text(text, reader(gone)) == "Om Linden, måndag 23 november 19:00."
        assert without_arabic.label(_("t", "Hello"), reader(gone)) == ("Hello", "hello")
    assert without_arabic.offered("en") == "en"


@pytest.mark.parametrize("zone", ["", "Nowhere/Land", "../etc/passwd"])
def test_a_time_is_said_also_where_the_zone_is_unknown(translator: Translator, zone: str) -> None:
    """One bad setting must not keep a text from being said."""
    assert translator.value(NOW, reader("sv", zone)) == "19:00"


@pytest.mark.usefixtures("translator")
def test_a_folder_that_is_no_language_is_not_offered(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A copy somebody made beside the catalogues must not keep the bot from starting."""
    for name in ("sv-old", "sv_backup_1", "xx"):
        shutil.copytree(tmp_path / "sv", tmp_path / name)
    assert offered_locales(tmp_path) == ("ar", "en", "sv")
    assert "not named after a language" in caplog.text
    chosen = Translator(("en", "xx"), "xx", folder=tmp_path)
    assert chosen.value(date(2026, 11, 24), reader("xx")) == "24 November 2026"


@pytest.mark.parametrize(
    ("phone", "locale"),
    [("sv-SE", "sv"), ("ar", "ar"), ("en-GB", "en"), ("tlh", "sv"), (None, "sv"), ("", "sv")],
)
def test_a_phones_language_is_spoken_where_we_can(
    translator: Translator, phone: str | None, locale: str
) -> None:
    """Of somebody whose page does not open, nothing else is known."""
    assert translator.of_phone(phone) == locale


def test_both_catalogues_are_looked_into(translator: Translator) -> None:
    """Guides have a catalogue of their own; and the same words in another context are another text."""
    assert translator.message(_("guide", "Hello"), reader("sv")) == "Hej"
    assert translator.message(_("other", "Hello"), reader("sv")) == "Hello"


def test_paragraphs_are_set_apart(translator: Translator) -> None:
    """One empty line between two."""
    assert translator.text((HELLO, ONLY_SWEDISH), reader("sv")) == "Hej\n\nHej då"


@pytest.mark.parametrize(
    ("count", "form"),
    [
        (0, "zero"),
        (1, "one"),
        (2, "two"),
        (3, "few"),
        (10, "few"),
        (11, "many"),
        (99, "many"),
        (100, "hundreds"),
    ],
)
def test_arabic_counts_in_six_forms(translator: Translator, count: int, form: str) -> None:
    """“2 days” is one word there; a wrong form reads like a machine."""
    said = translator.message(_n("t", *DAYS, count), reader("ar"))
    assert said.replace(ISOLATE, "").replace(END_ISOLATE, "") == f"{form} {count}"


def test_a_missing_plural_falls_back_in_the_right_number(translator: Translator) -> None:
    """English has two forms."""
    said = [translator.message(_n("t", "{count} cat", "{count} cats", n), reader("sv")) for n in (1, 2)]
    assert said == ["1 cat", "2 cats"]


def test_a_catalogue_that_is_not_compiled_is_named(tmp_path: Path) -> None:
    """The operator learns what to do before anybody meets half a language."""
    with pytest.raises(CatalogueMissing, match=r"catalogue bot of locale ps .*`make catalogues`"):
        Translator(("ps",), "en", folder=tmp_path)


def test_only_compiled_languages_are_offered(translator: Translator, tmp_path: Path) -> None:
    """And our source language, which needs no catalogue."""
    (tmp_path / "ku" / "LC_MESSAGES").mkdir(parents=True)
    assert offered_locales(tmp_path) == translator.locales == ("ar", "en", "sv")


def test_a_language_is_called_by_its_own_name(translator: Translator) -> None:
    """Whoever looks for hers does not read ours."""
    assert [translator.own_name(locale) for locale in translator.locales] == ["العربية", "English", "Svenska"]


# --- values ---


def test_values_are_isolated_where_the_script_runs_right_to_left(translator: Translator) -> None:
    """A Latin name would tear an Arabic sentence apart."""
    hello = _("t", "Hello {name}", name="Mina")
    assert translator.message(hello, reader("ar")) == f"مرحبا {ISOLATE}Mina{END_ISOLATE}"
    assert translator.message(hello, reader("en")) == "Hello Mina"


def test_an_empty_value_needs_no_isolation(translator: Translator) -> None:
    """Two invisible signs around nothing are two signs too many."""
    assert translator.message(_("t", "Hello {name}", name=""), reader("ar")) == "مرحبا "


def test_what_a_person_typed_is_never_taken_for_a_placeholder(translator: Translator) -> None:
    """A name like “{emergency}” stays what she typed."""
    hello = _("t", "Hello {name}", name="{emergency}")
    assert translator.message(hello, reader("en")) == "Hello {emergency}"


def test_values_for_every_text_are_filled_everywhere(translator: Translator) -> None:
    """Phone numbers come from one file, so no text holds an old one."""
    assert translator.message(_("t", "Call {emergency}"), reader("en")) == "Call 112"


def test_a_value_may_be_a_text_to_translate_itself(translator: Translator) -> None:
    """“Take {what}” with the reader's word for it, not with ours."""
    assert translator.message(_("t", "Say {what}", what=HELLO), reader("sv")) == "Say Hej"


def test_a_list_is_joined_as_the_language_joins(translator: Translator) -> None:
    """“and” is a word of hers too."""
    both = plain((HELLO, ONLY_SWEDISH))
    assert translator.message(both, reader("sv")) == "Hej och Hej då"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(7, "7"), (time(18, 5), "18:05"), (date(2026, 11, 24), "24 November 2026")],
    ids=str,
)
def test_numbers_times_and_days(translator: Translator, value: int | time | date, expected: str) -> None:
    """As English writes them; another language would order them its way."""
    assert translator.message(plain(value), reader("en")) == expected


def test_a_moment_of_today_is_a_time_and_of_another_day_a_day_with_it(translator: Translator) -> None:
    """“18:00” alone would be read as today."""
    today, tomorrow = plain(NOW), plain(NOW + timedelta(days=1))
    assert translator.message(today, reader("en")) == "19:00"
    assert translator.message(tomorrow, reader("en")) == "Wednesday 25 November 19:00"


def test_today_is_the_readers_own_day(translator: Translator) -> None:
    """At eleven in the evening in Stockholm it is tomorrow already in Tehran."""
    night = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
    moment = plain(datetime(2026, 11, 24, 18, 0, tzinfo=UTC))
    assert translator.message(moment, reader("en", "Europe/Stockholm", night)) == "19:00"
    assert translator.message(moment, reader("en", "Asia/Tehran", night)) == "Tuesday 24 November 21:30"


def test_a_missing_value_tears_a_hole_and_not_the_answer(
    translator: Translator, caplog: pytest.LogCaptureFixture
) -> None:
    """She gets her answer with an “…” in it; the log names the place and nothing she wrote."""
    torn = _("t", "{name} said {what}", name="a secret")
    with caplog.at_level(logging.ERROR):
        assert translator.message(torn, reader("en")) == "a secret said …"
    assert [getattr(each, "placeholder", None) for each in caplog.records] == ["what"]
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    ("locale", "seven", "clock"),
    [
        ("fa", "۷", "۱۸:۰۵"),
        ("ckb", "٧", "١٨:٠٥"),
        ("ar", "7", "18:05"),
        ("ur", "7", "18:05"),
        ("sv", "7", "18:05"),
    ],
)
def test_counts_and_clocks_have_the_digits_of_the_language(
    tmp_path: Path, locale: str, seven: str, clock: str
) -> None:
    """As Babel knows them; what is dialled comes as text and stays as it is."""
    compile_catalogue(tmp_path, locale, "bot", Catalog(locale=locale))
    speaking = Translator((locale,), locale, folder=tmp_path)
    said = [
        speaking.value(value, reader(locale)).strip(ISOLATE + END_ISOLATE)
        for value in (7, time(18, 5), "020-50 50 50")
    ]
    assert said == [seven, clock, "020-50 50 50"]


# --- two languages in one message ---

DANGER = _("risk", "Call {emergency} now.")
CALM = _("t", "Hello")


@pytest.fixture
def drafts(tmp_path: Path) -> Translator:
    """Arabic is a draft, Turkish is reviewed, easy Swedish is a kind of Swedish."""
    said = {
        "ar": {"risk": "اتصل على {emergency} الآن.", "t": "مرحبا"},
        "tr": {"risk": "Hemen {emergency} arayın.", "t": "Merhaba"},
        "sv": {"risk": "Ring {emergency} nu.", "t": "Hej"},
        "sv@easy": {"t": "Hej hej"},
    }
    for locale, texts in said.items():
        catalogue = Catalog(locale=locale)
        for message in (DANGER, CALM):
            if message.context in texts:
                catalogue.add(message.source, texts[message.context], context=message.context)
        catalogue.add(
            languages.not_in_yours().source, f"({locale})", context=languages.not_in_yours().context
        )
        compile_catalogue(tmp_path, locale, "bot", catalogue)
    (tmp_path / REVIEWED).write_text("# named people have read these\ntr\n", "utf-8")
    return Translator(("ar", "en", "sv", "sv@easy", "tr"), "sv", {"emergency": "112"}, tmp_path)


def test_who_is_not_named_is_a_draft(drafts: Translator, tmp_path: Path) -> None:
    """And the source is nobody's translation."""
    assert reviewed_locales(tmp_path) == {"en", "tr"}
    assert drafts.drafts == {"ar", "sv", "sv@easy"}
    (tmp_path / REVIEWED).unlink()
    assert reviewed_locales(tmp_path) == {"en"}


def test_a_draft_of_a_safety_text_has_the_default_below(drafts: Translator) -> None:
    """A wrong word about danger must not be the only word (R12)."""
    said = drafts.full_text((CALM, DANGER), reader("ar"))
    assert said.split(BETWEEN)[1] == "Ring 112 nu."
    assert "Hej" not in said, "what is no safety text stands alone"


@pytest.mark.parametrize("locale", ["tr", "sv", "en"])
def test_a_reviewed_language_stands_alone(drafts: Translator, locale: str) -> None:
    """And the default is not repeated below itself."""
    assert BETWEEN not in drafts.full_text((CALM, DANGER), reader(locale))


def test_a_stale_safety_text_is_never_said_and_the_reader_is_told(drafts: Translator) -> None:
    """Its source has changed, so it is in no catalogue: what is said is the source's, with a notice (R11)."""
    new = _("risk", "Call {emergency} and wait there.")
    assert drafts.full_text((new,), reader("tr")) == "Call 112 and wait there.\n\n(tr)"
    inside = stacked(CALM, new)
    assert drafts.full_text((inside,), reader("tr")).endswith("(tr)")
    assert drafts.full_text((NOWHERE,), reader("tr")) == "Nowhere", "what is no safety text needs no notice"


def test_a_kind_of_a_language_falls_back_to_it(drafts: Translator) -> None:
    """Easy Swedish need not repeat what Swedish says as simply."""
    assert drafts.text((CALM, DANGER), reader("sv@easy")) == "Hej hej\n\nRing 112 nu."
    assert BETWEEN not in drafts.full_text((CALM, DANGER), reader("sv@easy"))


def below(locale: str, second: str) -> Reader:
    return Reader(locale, "Europe/Stockholm", NOW, second)


def test_a_second_language_stands_below_all_of_it(drafts: Translator) -> None:
    """As a help for learning, where she wishes (R14)."""
    said = drafts.full_text((CALM, DANGER), below("tr", "sv"))
    assert said == f"Merhaba\n\nHemen 112 arayın.{BETWEEN}Hej\n\nRing 112 nu."


def test_a_learning_aid_takes_no_safety_away(drafts: Translator, tmp_path: Path) -> None:
    """A second language that is a draft itself is nothing to rely on, and a stale text is stale in two as well."""
    assert drafts.full_text((CALM, DANGER), below("ar", "tr")).count(BETWEEN) == 1, "one of the two was read"
    new = _("risk", "Call {emergency} and wait there.")
    assert "(tr)" in drafts.full_text((new,), below("tr", "sv"))
    long = Message("", "{value}", (("value", "a" * (LONGEST_MESSAGE - 20)),))
    assert "Ring 112 nu." in drafts.full_text((long, DANGER), below("ar", "tr"))
    (tmp_path / REVIEWED).unlink()
    unread = Translator(("ar", "sv", "tr"), "sv", {"emergency": "112"}, tmp_path)
    parts = unread.full_text((CALM, DANGER), below("ar", "tr")).split(BETWEEN)
    assert parts[1:] == ["Merhaba\n\nHemen 112 arayın.", "Ring 112 nu."]


@pytest.mark.parametrize("second", ["tr", "xx", ""])
def test_no_second_language_where_it_is_the_same_or_not_offered(drafts: Translator, second: str) -> None:
    """One that an operator has switched off is left out, not answered with an error."""
    assert drafts.full_text((CALM,), below("tr", second)) == "Merhaba"


def test_what_reads_the_same_in_both_is_said_once(drafts: Translator) -> None:
    """Her own words, a name, a link."""
    assert drafts.full_text((plain("Linden"), CALM), below("tr", "sv")) == f"Linden\n\nMerhaba{BETWEEN}Hej"
    assert drafts.full_text((plain("Linden"),), below("ar", "sv")).count("Linden") == 1


def test_a_learning_aid_never_breaks_a_message_in_two(drafts: Translator) -> None:
    """Two languages of a very long page are too much for Telegram; then hers stands alone."""
    long = Message("", "{value}", (("value", "a" * (LONGEST_MESSAGE - 20)),))
    assert BETWEEN not in drafts.full_text((long, DANGER), below("tr", "sv"))


# --- typed words ---


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("pause", Word.PAUSE),
        ("Take a BREAK!", Word.PAUSE),
        ("vila", Word.PAUSE),
        ("إِيقَاف", Word.PAUSE),
        ("ايقاف", Word.PAUSE),
        ("göm", Word.HIDE),
        ("hide", Word.HIDE),
        ("🫥 Hide", Word.HIDE),
        ("I need someone", Word.SOMEONE),
        ("I have it", Word.HAVE_IT),
        ("can’t now", Word.CANNOT),
        ("hello", None),
        ("help", None),
        ("", None),
        ("🙂", None),
    ],
)
def test_a_word_is_known_in_every_language_at_once(
    translator: Translator, typed: str, word: Word | None
) -> None:
    """People mix languages, most of all when it is urgent; a bare “help” is left to the risk reader."""
    assert translator.word(typed) is word


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("/pause", Word.PAUSE),
        ("/PAUSE", Word.PAUSE),
        ("/pause@VidareBot", Word.PAUSE),
        ("/pause now please", Word.PAUSE),
        ("/someone@VidareBot hurry", Word.SOMEONE),
        ("/unknown", None),
        ("/", None),
        ("/ pause", Word.PAUSE),
    ],
)
def test_a_command_is_a_word(translator: Translator, typed: str, word: Word | None) -> None:
    """With the bot's name, as Telegram's menu writes it, and with words behind it."""
    assert translator.word(typed) is word


def test_a_long_text_is_no_word(translator: Translator) -> None:
    """Four thousand characters are read for danger, not compared with a list."""
    assert translator.word("pause " + "." * 200) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحتاج", "احتاج"),
        ("إيقاف", "ايقاف"),
        ("آخر", "اخر"),
        ("مُسَاعَدَة", "مساعده"),
        ("مـــساعدة", "مساعدة"),
        ("على", "علي"),
        ("کمک", "كمك"),
        ("یاری", "ياري"),
        ("HEJ", "hej"),
        ("ہے", "هی"),
        ("کورده", "كوردە"),
        ("ګرځم", "گرځم"),
        ("здоров’я", "здоровʼя"),
        ("ፀሓይ", "ጸሓይ"),
        ("İYİ", "iyi"),
        ("ILIK", "ılık"),
        ("Straße", "STRASSE"),
        ("😀 Very good", "very good!"),
        ("  two   words ", "Two words"),
        ("«guides»", "guides"),
        ("ＨＩＤＥ", "hide"),
        ("\u2068hide\u2069", "hide"),
    ],
)
def test_what_reads_the_same_folds_to_the_same(one: str, other: str) -> None:
    """Case, vowel marks, letter forms, emoji and quotes are how a phone writes, not what she means."""
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(("one", "other"), [("18:00", "1800"), ("göm", "gom"), ("can't", "cant")])
def test_what_reads_differently_stays_apart(one: str, other: str) -> None:
    """Swedish letters are letters of their own."""
    assert fold(one) != fold(other)
