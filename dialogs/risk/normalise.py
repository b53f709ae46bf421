"""
Writing made comparable: what people type in many scripts becomes words that can be looked up.

Two keys (risk.md 3.2). The faithful key, `normalise`, undoes only what keyboards and habits add: invisible signs,
vowel marks, letter twins, stretched letters. The folded key, `fold`, also drops every diacritic; it mistakes words for
each other, so it is used only where `carries_marks` is false, and what it finds is capped.
Patterns and messages pass through the same functions, so neither can drift from the other.
"""

import re
import unicodedata
from collections.abc import Iterator

_INVISIBLE = [0xAD, 0x34F, 0x61C, 0x640, 0x670, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0xFEFF]
_INVISIBLE_RANGES = [
    (0x300, 0x36F),  # accents no letter took up: stress marks, decoration
    (0x64B, 0x65F),  # harakat
    (0x6D6, 0x6DC),
    (0x6DF, 0x6E8),
    (0x6EA, 0x6ED),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0xFE00, 0xFE0F),  # variation selectors
    (0x1F3FB, 0x1F3FF),  # skin tones
]
_TWINS = {
    "ي": "ی",
    "ى": "ی",
    "ك": "ک",
    "ھ": "ه",
    "ہ": "ه",
    "ۀ": "ه",
    "ۂ": "ه",
    "ۃ": "ه",
    "ة": "ه",
    "ە": "ه",  # Sorani writes with either; one letter for all
    "ڕ": "ر",
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ı": "i",  # a Turkish capital I is either
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "ʻ": "'",
    "ʾ": "'",
    "ʿ": "'",
    "`": "'",
    "´": "'",
    "′": "'",
    **{chr(0x660 + n): str(n) for n in range(10)},
    **{chr(0x6F0 + n): str(n) for n in range(10)},
}
_SAME: dict[int, str | None] = {
    **{ord(letter): twin for letter, twin in _TWINS.items()},
    **dict.fromkeys(_INVISIBLE, None),
    **{code: None for first, last in _INVISIBLE_RANGES for code in range(first, last + 1)},
}
_NEEDS_SAME = re.compile("[" + "".join(re.escape(chr(code)) for code in _SAME) + "]")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_INNER_APOSTROPHE = re.compile(r"(?<=[^\W_])'+(?=[^\W_])")
_SPLIT_PREFIX = re.compile(r"(?<!\w)(ن?م[یيى]) +(?=[^\W\d_])")
_EMOJI = "\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_TOKEN = re.compile(rf"[^\W_]+(?:[*@$][^\W_]+)*|[{_EMOJI}]")
_EMOJI_ONLY = re.compile(rf"[{_EMOJI}]")

_FOLDED = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ɓ": "b",
        "ɗ": "d",
        "ؤ": "و",
        "ئ": "ی",
        "ي": "ی",
        "ء": None,
        "ۆ": "و",
        "ێ": "ی",
        "ې": "ی",
        "ۍ": "ی",
        "ے": "ی",
        "ں": "ن",
        "ڵ": "ل",
        "ړ": "ر",
        "ھ": "ه",
        **{chr(0x1210 + n): chr(0x1200 + n) for n in range(7)},  # ሐ to ሀ
        **{chr(0x1280 + n): chr(0x1200 + n) for n in range(7)},  # ኀ to ሀ
        **{chr(0x1220 + n): chr(0x1230 + n) for n in range(8)},  # ሠ to ሰ
        **{chr(0x12D0 + n): chr(0x12A0 + n) for n in range(7)},  # ዐ to አ
        **{chr(0x1338 + n): chr(0x1340 + n) for n in range(7)},  # ጸ to ፀ
        "æ": "ae",
    }
)
_MARKED = re.compile("[" + "".join(re.escape(chr(code)) for code in _FOLDED) + "]")
_LATIN_OR_ARABIC_MARK = re.compile("[\u0300-\u036f\u0653-\u0655]")


def normalise(text: str) -> str:
    """The faithful key. Doing it twice changes nothing; composed and decomposed writing come out the same."""
    return squeeze(prepare(text))


def prepare(text: str) -> str:
    """The faithful key but for stretched letters, which are left for `squeeze`: a word is squeezed once, and kept."""
    if text.isascii():
        return _without_apostrophes(text.lower().replace("`", "'"))
    for _round in range(4):
        text = _once(text)
        if unicodedata.is_normalized("NFKC", text) and text.casefold() == text:
            break
    return text


def _once(text: str) -> str:
    text = text.replace("´", "'").replace("İ", "i")
    text = unicodedata.normalize("NFKC", text).replace("İ", "i").casefold()
    if _NEEDS_SAME.search(text):
        text = text.translate(_SAME)
    text = _without_apostrophes(text)
    return join_prefixes(text) if "می " in text else text


def _without_apostrophes(text: str) -> str:
    return _INNER_APOSTROPHE.sub("", text) if "'" in text else text


def squeeze(text: str) -> str:
    """Stretched letters, three or more, become two: what is longer is emphasis."""
    return _STRETCHED.sub(r"\1\1", text)


def join_prefixes(text: str) -> str:
    """Write the Persian present mark on to its verb: it stands joined, half joined or apart, as the keyboard has it."""
    return _SPLIT_PREFIX.sub(r"\1", text)


def fold(word: str) -> str:
    """The folded key of something already normalised: no diacritics, one letter for each sound."""
    if word.isascii():
        return word
    bare = _LATIN_OR_ARABIC_MARK.sub("", unicodedata.normalize("NFD", word))
    return unicodedata.normalize("NFC", bare).translate(_FOLDED)


def carries_marks(text: str) -> bool:
    """Whether a normalised text uses letters that folding would lose: then its writer has the right keyboard."""
    if text.isascii():
        return False
    return _MARKED.search(text) is not None or not unicodedata.is_normalized("NFD", text)


def words(text: str) -> list[str]:
    """Only the words of a normalised text."""
    return _TOKEN.findall(text)


def spans(text: str) -> list[tuple[int, int]]:
    """Where the words of a normalised text stand."""
    return [found.span() for found in _TOKEN.finditer(text)]


def is_emoji(word: str) -> bool:
    """Whether a token is a picture."""
    return _EMOJI_ONLY.match(word) is not None


_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"})
_EVASIVE = re.compile(r"(?=.*[^\W\d_].*[^\W\d_])(?=.*[\d@$*])")
_DOUBLED = re.compile(r"([^\W\d_])\1")
_ARABIC_LETTER = re.compile("[\u0620-\u06ff]")
_SHORTEST_STEM = 3


def other_spellings(word: str) -> Iterator[str]:
    """Spellings a word may stand for when nobody knows it as it is: stretched, or written past a filter."""
    if _DOUBLED.search(word):
        yield _DOUBLED.sub(r"\1", word)
        for found in _DOUBLED.finditer(word):
            yield word[: found.start()] + word[found.start() + 1 :]
    if _EVASIVE.match(word):
        plain = word.translate(_LEET)
        yield plain
        yield plain.replace("*", "")


def stems(word: str) -> Iterator[tuple[str, bool]]:
    """
    What is left of a word in Arabic script without the small words written on to it, and whether one of them says no.

    Arabic: and, so, by, to, like, will, the. Persian می and Sorani ده mark the present; نمی and نا deny it.
    """
    if not _ARABIC_LETTER.match(word):
        return
    for prefix, denies in _PROCLITICS.get(word[0], ()):
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_STEM:
            yield word[len(prefix) :], denies


def _proclitics() -> dict[str, list[tuple[str, bool]]]:
    """By their first letter."""
    joined = {
        first + second + third
        for first in ("", "و", "ف")
        for second in ("", "ب", "ل", "ک", "س", "ح", "ه")
        for third in ("", "ال")
    }
    joined |= {first + "لل" for first in ("", "و", "ف")}
    plain = [(prefix, False) for prefix in joined - {"", "ح", "ه"}]
    by_letter: dict[str, list[tuple[str, bool]]] = {}
    for prefix, denies in sorted([*plain, ("می", False), ("ده", False), ("نمی", True), ("نا", True)]):
        by_letter.setdefault(prefix[0], []).append((prefix, denies))
    return by_letter


_PROCLITICS = _proclitics()
