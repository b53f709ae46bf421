"""
The edge cases that risk.md fixes by rule (sections 1 and 2.3), read with all real lexicons at once.

A case may stand here with the category it must be heard in, or only with the level of the whole message.
"""

import pytest

from bot.lexicons import LOCALES, load_reader
from dialogs.risk.reader import Reader

CASES = {
    "sv": [
        ("jag vill hem", 0, None),
        ("Mamma är sjuk, de vill att jag kommer", 1, "FP"),
        ("Min kusin kommer till Sverige", 0, None),
        ("Min kusin kommer till Sverige för att gifta sig med mig", 2, "AM"),
        ("De vet", 1, None),
        ("Han vet var jag bor", 2, "LF"),
        ("Hjälp", 1, None),
        ("hjääälp", 1, None),
        ("Jag dödar honom", 1, "TV"),
        ("Efter provet tar jag livet av mig 😂", 1, "SU"),
        ("3/10 idag", 0, None),
        ("Ok", 0, None),
        ("jag vill dö", 2, "SU"),
        ("jag vill inte dö", 1, "SU"),
        ("jag vill inte dö, jag vill leva", 0, None),
        ("toppen, vill dö 😂", 1, "SU"),
        ("min kompis vill dö", 1, "SU"),
        ("han slog mig inte bara igår", 2, "TV"),
        ("jag dör av hunger", 0, None),
        ("mobilen dog", 0, None),
        ("pappa sa: jag dödar dig", 2, "TV"),
        ("min väns bror slår henne", 1, None),
        ("förra året slog han mig", 1, None),
        ("han strypte mig förra året", 2, None),
        ("han strypte mig för länge sedan men jag är trygg nu", 1, None),
        ("vad händer om han hittar mig?", 1, None),
        ("Han har inte hittat mig än", 1, None),
        ("wallah baba ska döda mig", 2, "TV"),
        ("dom hittat mej", 2, "LF"),
        ("🔪😭", 1, None),
        ("💊💊💊", 1, None),
        ("om jag går hem dödar de mig", 2, "TV"),
        ("pappa ska döda mig ikväll", 3, "TV"),
        ("han slog mig idag", 2, "TV"),
        ("jag har tagit alla tabletterna", 3, "SU"),
        ("jag saknar min mamma", 0, None),
        ("jag tog en tablett mot huvudvärk", 0, None),
        ("vi såg en film där en man dödar sin fru", 0, None),
        ("kan jag få prata med en människa", 1, "HU"),
        ("jag har ingenstans att sova i natt", 2, "HO"),
        ("Min dotter är ensam hos min man hela helgen och han slår henne", 2, "CH"),
    ],
    "en": [
        ("I cut myself", 1, "SU"),
        ("I tried to kill myself two years ago", 1, "SU"),
        ("he choked me two years ago", 2, None),
        ("I cut myself again", 2, "SU"),
        ("Inshallah I die", 1, "SU"),
        ("I am not going to kill myself", 1, "SU"),
        ("I don't want to die, I want to live", 0, None),
        ("I want to die", 2, "SU"),
        ("help", 1, None),
        ("thanks for your help", 0, None),
        ("they will kill me if they find out", 2, "TV"),
        ("if I go home they will kill me", 2, "TV"),
        ("I can't go home he will kill me", 2, "TV"),
        ("I don't think he will kill me", 1, None),
        ("what happens if he finds me?", 1, None),
        ("last year he hit me", 1, None),
        ("he strangled me last year", 2, None),
        ("he strangled me years ago but I am safe now", 1, None),
        ("I watched a movie where a man kills his wife", 0, None),
        ("they took my passport", 2, "AM"),
        ("I took all the pills", 3, "SU"),
        ("he is outside my door now", 3, "LF"),
        ("I have nowhere to sleep tonight", 2, "HO"),
        ("I want to talk to a human", 1, "HU"),
        ("this homework is killing me", 0, None),
    ],
    "ar": [
        ("تقبرني", 0, None),
        ("بموت فيك", 0, None),
        ("ميت من الجوع", 0, None),
        ("بدي اموت", 2, "SU"),
        ("ما بدي اموت", 1, "SU"),
        ("سأقتل نفسي", 2, "SU"),
        ("a2tol 7ali", 2, "SU"),
        ("رح اقتل حالي الليلة", 3, "SU"),
        ("بلعت كل الحبوب", 3, "SU"),
        ("ابوي رح يقتلني", 2, "TV"),
        ("قال لي سأقتلك", 2, "TV"),
        ("أخي هددني بالقتل", 2, "TV"),
        ("شفت فيلم عن بنت قتلها اخوها", 0, None),
        ("بيعرفوا وين ساكنة", 2, "LF"),
        ("بدهم يزوجوني غصب عني", 2, "AM"),
        ("امي مريضة وبدها ارجع", 1, "FP"),
        ("ما عندي وين نام الليلة", 2, "HO"),
        ("بدي احكي مع حدا", 1, "HU"),
        ("اشتقت لامي", 0, None),
        ("انا بخير الحمد لله", 0, None),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> Reader:
    """All lexicons that there are."""
    return load_reader()


@pytest.mark.parametrize(
    ("locale", "text", "level", "category"),
    [
        (locale, *case)
        for locale, cases in CASES.items()
        if (LOCALES / locale / "risk.tsv").exists()
        for case in cases
    ],
)
def test_the_rules_hold_with_the_real_lexicons(
    reader: Reader, locale: str, text: str, level: int, category: str | None
) -> None:
    """Each of these was decided once, so that nobody has to decide it at night."""
    reading = reader.read(text)
    assert reading.level == level, (locale, reading.signals or reader.judged(text))
    if category:
        assert category in {signal.category for signal in reading.signals if signal.level == level}


@pytest.mark.parametrize(
    "text",
    [
        "min nya kille hotar att döda mig",
        "min dotter är hos min man och han slår henne",
        "lan abim beni öldürecek",
        "سنين وهو يضربني",
    ],
)
def test_no_language_hears_a_no_in_an_everyday_word_of_another(reader: Reader, text: str) -> None:
    """ "man" and "nya" were typed forms of "not" in Somali and Kurdish, "lan" in Arabic, and made threats calm."""
    assert [signal for signal in reader.read(text).signals if "negated" in signal.rule] == []


@pytest.mark.parametrize(
    ("text", "partner"),
    [
        ("my brother said he is going to kill me", False),
        ("min bror ska döda mig", False),
        ("my husband and my brother hit me", True),
        ("he is going to kill me", True),
    ],
)
def test_a_relative_is_not_told_of_as_a_partner(reader: Reader, text: str, partner: bool) -> None:
    """The contact person reads it at night; where nobody is named, both stay possible."""
    reading = reader.read(text)
    assert reading.level >= 2
    assert any(signal.category == "PV" for signal in reading.signals) is partner
