"""What waits in the outbox, and how long texts are cut."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outgoing import (
    TEXT_LIMIT,
    AnswerPress,
    Delete,
    DeliveryFailed,
    Edit,
    Failure,
    Out,
    Outgoing,
    Photo,
    Send,
    SetCommands,
    Trend,
    Unbutton,
    decode,
    encode,
    split,
)

BUTTONS = ((Out("Jag är trygg", "c:1:ok"), Out("112", copy="112")), (Out("مشترك", "x"),))
ALL: list[Outgoing] = [
    Send(7, "سلام", BUTTONS, (("Meny", "Guider"),), silent=True, protect=True),
    Send(7, "Hej", reply_keyboard=()),
    Edit(7, 8, "Nytt", BUTTONS),
    Unbutton(7, 8),
    Delete(7, (1, 2, 3)),
    AnswerPress("17", "Sparat", alert=True),
    SetCommands(7, (("menu", "Meny"),)),
    Trend(7, ((date(2026, 11, 24), 4),), date(2026, 11, 25), "ar", "Bild"),
    Photo(7, b"\x89PNG\x00\xff", "QR", BUTTONS),
]


@pytest.mark.parametrize("outgoing", ALL)
def test_what_waits_in_the_outbox_comes_out_as_it_went_in(outgoing: Outgoing) -> None:
    """A restart lies between the two."""
    assert decode(encode(outgoing)) == outgoing


@pytest.mark.parametrize("kind", list(Failure))
def test_only_what_repeating_cannot_help_is_permanent(kind: Failure) -> None:
    """Permanent means: the next contact person now."""
    assert DeliveryFailed(kind).permanent is (kind in (Failure.BLOCKED, Failure.INVALID))


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(st.text(alphabet=st.sampled_from("aå. \n!۔ش\u200d👩🏽🇸🇪\u0301"), max_size=60), st.integers(1, 400))
def test_pieces_fit_and_lose_nothing(part: str, times: int) -> None:
    """Only white space may go, where a cut is."""
    text = part * times
    pieces = split(text)
    assert all(piece and units(piece) <= TEXT_LIMIT for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_short_text_stays_whole_and_an_empty_one_is_no_message() -> None:
    """The usual case changes nothing but the ends."""
    assert split(" Hej.\n\nJag finns här. ") == ["Hej.\n\nJag finns här."]
    assert split(" \n") == []


def test_cuts_prefer_paragraphs_then_sentences_then_words() -> None:
    """A cut is read as a pause, so it must be where one is."""
    paragraph, sentence, word = "a" * 3000, "Så är det. " * 350, "ord " * 1100
    assert split(f"{paragraph}\n\n{paragraph}") == [paragraph, paragraph]
    assert all(piece.endswith(".") for piece in split(sentence * 2))
    assert all(piece.endswith("ord") and piece.startswith("ord") for piece in split(word))


@pytest.mark.parametrize("cluster", ["👩🏽", "🇸🇪", "e\u0301", "👨‍👩‍👧"])
def test_a_cut_never_falls_inside_what_is_seen_as_one_sign(cluster: str) -> None:
    """Half a flag or a letter without its mark reads as damage."""
    for shift in range(4):
        for piece in split("x" * shift + cluster * 3000):
            assert piece.replace(cluster, "").strip("x") == ""
