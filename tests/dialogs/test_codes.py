"""What can be a code, and that both are compared whatever came of the first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs import codes
from dialogs.codes import NO_CODE, Code, Derived


@pytest.mark.parametrize(
    ("text", "plain", "digits"),
    [
        ("4711", "4711", True),
        (" 47 11 ", "4711", True),
        ("٤٧١١", "4711", True),
        ("۴۷۱۱", "4711", True),
        ("४७११", "4711", True),
        ("471100", "471100", True),
        ("  Blue   Tulip ", "blue tulip", False),
        ("Ｔｕｌｉｐ", "tulip", False),
        ("لالة", "لالة", False),
    ],
)
def test_a_code_is_read_as_it_is_compared(text: str, plain: str, digits: bool) -> None:
    """The phone may write the digits of another script today than the day she chose them."""
    assert codes.read(text) == Code(plain, digits)


@pytest.mark.parametrize("text", ["", "471", "4711001", "ab", "x" * 41, "/start", "½¾½¾"])
def test_what_is_none_is_none(text: str) -> None:
    """Too short, too long, or a command: then it is read as what else it may be."""
    found = codes.read(text)
    assert found is None or not found.digits


@pytest.mark.parametrize(
    ("text", "easy"), [("0000", True), ("1234", True), ("987654", True), ("4711", False), ("tulip", False)]
)
def test_what_is_tried_first_is_refused(text: str, easy: bool) -> None:
    """Five guesses are enough for those."""
    code = codes.read(text)
    assert code is not None
    assert codes.is_easy(code) is easy


@given(st.text(max_size=60))
def test_reading_never_raises_and_reads_its_own_again(text: str) -> None:
    """Whatever is typed; and twice the same is the same."""
    code = codes.read(text)
    if code is not None:
        assert codes.read(code.plain) == code


def test_only_the_kept_one_is_the_same_and_none_never_is() -> None:
    """What stands where there is none is no digest of anything."""
    derived = Derived(b"salt", b"x" * codes.DIGEST_BYTES)
    assert codes.same(b"x" * codes.DIGEST_BYTES, derived)
    assert not codes.same(NO_CODE, derived)


def test_a_code_is_not_printed() -> None:
    """Errors and logs may print what they hold."""
    assert "4711" not in repr(codes.read("4711"))
    assert "xx" not in repr(Derived(b"xx", b"xx"))
