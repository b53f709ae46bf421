"""Tests for the whole reader with a tiny lexicon: levels, context, caps, and what must never happen."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.risk import reader as reader_module
from dialogs.risk.lexicon import read_lexicon
from dialogs.risk.reader import Reader
from tests.dialogs.risk.lexicons import ROWS, line, table, tiny

READER = Reader([tiny()])
HARMLESS = [
    "tack",
    "i",
    "måndag",
    "köper",
    "vi",
    "mjölk",
    "och",
    "bröd",
    "vädret",
    "fint",
    "bussen",
    "kommer",
]
EMERGENCIES = [str(row[7]) for row in ROWS if row[2] == 3]


def level(text: str) -> int:
    """The level of a message."""
    return READER.read(text).level


@given(st.text())
def test_reading_never_fails(text: str) -> None:
    """Whatever a person types, it is read."""
    reading = READER.read(text)
    assert reading.level in (0, 1, 2, 3)
    assert all(signal.category != "reader" for signal in reading.signals)


@pytest.mark.parametrize(
    "text", ["", " ", "😭😭😭", "\ud800", "\x00\x1b\x07", "a" * 4096, "jag vill " * 455, "🔪" * 4096]
)
def test_odd_messages_are_read_like_others(text: str) -> None:
    """Empty, only pictures, broken halves of letters, as long as Telegram allows."""
    assert "reader" not in {signal.category for signal in READER.read(text).signals}


words_of_lexicon = st.lists(
    st.sampled_from(
        [word for row in ROWS for word in str(row[7]).split()] + HARMLESS + ["inte", ".", "men", "nu"]
    ),
    max_size=25,
).map(" ".join)


@given(words_of_lexicon)
def test_the_same_text_reads_the_same(text: str) -> None:
    """A reader that has met other messages reads as a new one does."""
    assert READER.read(text) == Reader([tiny()]).read(text)


@given(words_of_lexicon)
def test_composed_and_decomposed_text_read_the_same(text: str) -> None:
    """NFC = NFD."""
    assert READER.read(unicodedata.normalize("NFD", text)) == READER.read(unicodedata.normalize("NFC", text))


@given(st.sampled_from(EMERGENCIES), st.lists(st.sampled_from(HARMLESS), max_size=12))
def test_harmless_words_behind_an_emergency_never_hide_it(emergency: str, harmless: list[str]) -> None:
    """A cry for help in a long message is a cry for help."""
    assert level(" ".join([emergency, *harmless])) >= 2


@given(st.sampled_from(EMERGENCIES), st.sampled_from(["🙏", "😭😭", "!!!", "..."]), st.integers(2, 5))
def test_an_emergency_is_seen_through_emoji_and_stretched_letters(text: str, emoji: str, times: int) -> None:
    """Who writes in panic writes untidily."""
    stretched = text.replace("a", "a" * times, 1)
    assert level(f"{emoji} {stretched} {emoji}") >= 1


def test_a_failure_is_a_reason_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    """R22: an error of ours must never look like calm."""

    def broken(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(reader_module, "phrases_in", broken)
    reading = READER.read("hej")
    assert reading.level == 1
    assert [(signal.category, signal.rule) for signal in reading.signals] == [("reader", "reader failed")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # as it stands
        ("jag vill dö", 2),
        ("pappa ska döda mig", 2),
        ("jag har tagit alla tabletterna", 3),
        ("baba ska döda mig wallah", 2),
        ("🔪😭", 1),
        ("vi lagar mat", 0),
        # idioms
        ("jag vill dö av skratt", 0),
        ("jag vill dö av skratt men pappa ska döda mig", 2),
        ("pappa ska döda mig vänligt", 1),
        ("de ska skratta ihjäl sig", 0),
        ("de ska skratta ihjäl sig och mig", 2),
        # who
        ("filmen där pappa ska döda mig", 1),
        ("i låten sjunger han: jag vill dö", 0),
        ("jag såg en film. jag vill dö", 2),
        ("min kompis vill dö", 1),
        ("en granne vill dö", 1),
        ("min kompis är här men jag vill dö", 2),
        ("min väns pappa ska döda henne", 1),
        ("pappa sa: jag dödar dig", 2),
        # negation
        ("jag vill inte dö", 1),
        ("jag vill inte dö, jag vill leva", 0),
        ("jag har inte tagit alla tabletterna", 1),
        ("pappa slog mig inte", 1),
        ("pappa slog mig inte igår", 1),
        ("pappa slog mig inte någon hjälper", 2),
        ("pappa slog mig inte bara igår", 2),
        ("inte bara mamma utan pappa slog mig", 2),
        ("nej inte så, men jag vill dö", 2),
        ("jag kan inte sova. pappa slog mig", 2),
        ("jag kan inte gå hem pappa ska döda mig", 2),
        ("jag tror inte att pappa ska döda mig", 1),
        ("orkar inte mer vill dö", 2),
        ("نمی خواهم بمیرم", 1),
        # hypothetical, question
        ("vad händer om han hittar mig?", 1),
        ("om han hittar mig", 1),
        ("om jag går hem dödar de mig", 2),
        ("ska pappa döda mig?", 1),
        ("pappa slog mig, vad ska jag göra?", 2),
        ("jag vill dö?", 2),
        # sarcasm
        ("toppen, vill dö 😂", 1),
        ("vill dö hahaha", 1),
        # when
        ("jag tar livet av mig ikväll", 3),
        ("jag vill dö. ikväll.", 3),
        ("pappa ska döda mig ikväll", 3),
        ("pappa slog mig idag", 2),
        ("pappa slår mig nu", 3),
        ("han vet var jag bor nu", 2),
        ("förra året slog pappa mig", 1),
        ("förra året slog pappa mig men jag är trygg nu", 0),
        ("förra året slog pappa mig och igår slog han mig", 2),
        ("förra året strypte han mig", 2),
        ("som barn strypte han mig men det är över", 1),
        ("jag är trygg nu men pappa ska döda mig", 2),
        # caps
        ("jag vill do", 1),
        ("jag tar livet av mig", 2),
        ("sjlävmord", 1),
        ("tagit alla tablettrna", 3),
        # together
        ("jag ska träffa mamma", 2),
        ("jag ska träffa mamma ikväll", 2),
        ("jag ska träffa mamma ikväll, pappa ska döda mig", 3),
        ("kan jag prata med en människa", 1),
        ("kan jag prata med en människa, jag orkar inte mer", 2),
        ("jag vill inte prata med en människa", 0),
        ("de vet", 1),
        ("de vet att jag arbetar", 0),
    ],
)  # fmt: skip
def test_context_makes_the_level(text: str, expected: int) -> None:
    """risk.md 1 and 2.3, with one message for each turn of the decision path."""
    assert level(text) == expected, READER.judged(text)


def test_a_meeting_with_a_threat_within_a_day_is_an_emergency() -> None:
    """The row FP 3: going back alone is 2, going back tonight to a threat is 3."""
    reading = READER.read("jag ska träffa mamma ikväll. pappa slog mig")
    assert ("FP", 3) in {(signal.category, signal.level) for signal in reading.signals}


def test_the_rule_path_says_how_a_level_came_about() -> None:
    """Who mends the lexicon must see why."""
    (signal,) = READER.read("jag tar livet av mig ikväll").signals
    assert (signal.pattern, signal.rule) == ("t.su.2", "explicit>now")
    assert "jag tar livet av mig ikväll"[signal.start : signal.end] == "tar livet av mig"


def test_the_gravest_signal_comes_first() -> None:
    """Its level is the message's level."""
    reading = READER.read("jag orkar inte mer och har tagit alla tabletterna")
    assert reading.level == reading.signals[0].level == 3


def test_a_folded_word_counts_fully_in_a_long_or_safe_pattern() -> None:
    """Without ö on the keyboard a person must still be able to alert."""
    assert level("jag vill do") == 1
    assert level("pappa ska doda mig") == 2


def test_folding_is_off_where_the_writer_has_the_letters() -> None:
    """`do` in a message with å, ä or ö is not `dö`."""
    assert level("jag vill do något") == 0


def test_a_reading_names_its_lexicons() -> None:
    """The record says which tables heard it; an empty reader hears nothing."""
    assert READER.read("hej").lexicon == READER.lexicon != Reader([]).lexicon
    assert Reader([]).read("jag vill dö").level == 0


def test_a_cue_of_another_language_counts_only_when_it_is_clear() -> None:
    """Short words mean other things elsewhere: so `ma`, tr `ne`."""
    other = tiny()
    foreign = type(other)("x", "x", (), {**other.classes, "<neg>": frozenset({("ma",), ("değil",)})}, "x")
    reader = Reader([other, foreign])
    assert reader.read("ma vill dö").level == 2
    assert reader.read("değil vill dö").level == 1


@pytest.mark.parametrize("twist", [str.upper, str.title, lambda text: text.replace(" ", "  ")])
def test_case_and_spaces_do_not_matter(twist: Callable[[str], str]) -> None:
    """Shouting is still writing."""
    assert all(level(twist(text)) == 3 for text in EMERGENCIES)


def test_a_day_said_of_being_safe_is_not_said_of_the_blow() -> None:
    """Last year he hit me, today I am safe: that is old. Today he hit me again: that is not."""
    assert READER.read("pappa slog mig förra året, idag jag är trygg").level == 0
    assert READER.read("förra året slog pappa mig, idag slog pappa mig").level == 2


def test_one_word_that_two_languages_hear_is_no_two_signs() -> None:
    """ "Help" is a request to one and distress to another; only other words beside it make it urgent."""
    distress = line(id="t.y.1", category="DI", level=1, pattern="^ hjälp", example="hjälp", example_not="x")
    request = line(id="t.y.2", category="HU", level=1, pattern="hjälp", example="hjälp", example_not="x")
    reader = Reader([tiny(), read_lexicon(table(distress, request), "t/risk.tsv", "u")])
    assert reader.read("hjälp").level == 1
    assert reader.read("hjälp jag orkar inte mer").level == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pappa har tagit mitt pass", 2),
        ("mitt pass har alltså pappa tagit", 2),
        ("pappa har inte tagit mitt pass", 1),
        ("pappa orkar inte alls med att jag tagit passet, mitt pass", 2),
        ("inte pappa, mamma har tagit mitt pass", 2),
        ("i filmen har pappa tagit mitt pass", 1),
        ("min kompis pappa har tagit hennes pass", 1),
    ],
)
def test_a_scene_is_weighed_like_any_pattern(text: str, expected: int) -> None:
    """Its parts stand apart, so a "not" counts only right before one of them."""
    row = line(
        id="t.am.9", category="AM", level=2, pattern="pass && tagit && <kin>", example="x", example_not="y"
    )
    assert Reader([read_lexicon(table(row), "t/risk.tsv", "t")]).read(text).level == expected
