"""Tests of formatted text."""

import pytest

from bot.sandbox.entities import format_text
from bot.sandbox.refusals import Refused


@pytest.mark.parametrize(
    ("source", "text", "kinds"),
    [
        ("<b>a</b><strong>b</strong>", "ab", ["bold", "bold"]),
        ("<i>a</i><em>b</em>", "ab", ["italic", "italic"]),
        ("<u>a</u><s>b</s>", "ab", ["underline", "strikethrough"]),
        ("<code>x</code><pre>y</pre>", "xy", ["code", "pre"]),
        ('<tg-spoiler>x</tg-spoiler><span class="tg-spoiler">y</span>', "xy", ["spoiler", "spoiler"]),
        (
            "<blockquote>x</blockquote><blockquote expandable>y</blockquote>",
            "xy",
            ["blockquote", "expandable_blockquote"],
        ),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;&#233;&#xe9;", '1 < 2 && 3 > 2 "éé', []),
        ("&nbsp; stays", "&nbsp; stays", []),
    ],
)
def test_html_becomes_text_and_entities(source: str, text: str, kinds: list[str]) -> None:
    """Each tag a bot may write, and the four named escapes."""
    plain, entities = format_text(source, "HTML", None)
    assert plain == text
    assert [entity["type"] for entity in entities] == kinds


def test_offsets_count_utf16_units() -> None:
    """An emoji is two; a wrong count moves every entity after it."""
    _, entities = format_text('🌿 <a href="https://example.org/?a=1&amp;b=2">link</a>', "HTML", None)
    assert entities == [
        {"type": "text_link", "url": "https://example.org/?a=1&b=2", "offset": 3, "length": 4}
    ]


@pytest.mark.parametrize(
    ("source", "mode", "reason"),
    [
        ("<x>a</x>", "HTML", 'Unsupported start tag "x" at byte offset 0'),
        ("é <", "HTML", 'Unsupported start tag "" at byte offset 3'),
        ("<b>a", "HTML", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "HTML", "Unexpected end tag at byte offset 1"),
        ("<b><i>a</b></i>", "HTML", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<span>a</span>", "HTML", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        (
            "<blockquote><blockquote>a</blockquote></blockquote>",
            "HTML",
            'Unsupported nested tag "blockquote" at byte offset 12',
        ),
        ("Hi.", "MarkdownV2", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("*Hi", "MarkdownV2", "Can't find end of Bold entity at byte offset 0"),
    ],
)
def test_bad_markup_is_refused(source: str, mode: str, reason: str) -> None:
    """Telegram sends nothing at all then, so a bot's test must see it."""
    with pytest.raises(Refused) as refused:
        format_text(source, mode, None)
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


def test_markdown_knows_its_markers() -> None:
    """All of them, and escapes within and without."""
    source = r"*b* _i_ __u__ ~s~ ||p|| `c.` [l](https://example\.org) 1\.2 ```pre```"
    plain, entities = format_text(source, "MarkdownV2", None)
    assert plain == "b i u s p c. l 1.2 pre"
    kinds = ["bold", "italic", "underline", "strikethrough", "spoiler", "code", "text_link", "pre"]
    assert [entity["type"] for entity in entities] == kinds
    assert entities[6]["url"] == "https://example.org"


def test_an_unknown_mode_is_refused() -> None:
    """The old Markdown mode too, which nothing here uses."""
    with pytest.raises(Refused, match="unsupported parse_mode"):
        format_text("a", "Markdown", None)


def test_white_space_at_the_ends_goes_and_entities_follow() -> None:
    """As the text people see."""
    entity = {"type": "bold", "offset": 2, "length": 5}
    assert format_text("  abc  ", None, [entity]) == ("abc", [{"type": "bold", "offset": 0, "length": 3}])


@pytest.mark.parametrize(
    "entity",
    [
        {"type": "bold", "offset": 0, "length": 9},
        {"type": "bold", "offset": -1, "length": 1},
        {"type": "loud", "offset": 0, "length": 1},
        {"type": "text_link", "offset": 0, "length": 1},
        {"type": "bold", "offset": "0", "length": 1},
    ],
)
def test_wrong_entities_are_refused(entity: dict[str, object]) -> None:
    """Outside of the text, of an unknown type, or without what they need."""
    with pytest.raises(Refused):
        format_text("abc", None, [entity])
