"""
Formatted text: from HTML, MarkdownV2 or given entities to plain text with entities, or a refusal.

Offsets count UTF-16 units, as Telegram's do. HTML is complete enough for what a bot writes; MarkdownV2 knows its
markers, its escapes and its reserved characters. Links and commands are not detected in what the bot sends, and
the old "Markdown" mode is refused.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from bot.sandbox.names import ENTITY_TYPES
from bot.sandbox.refusals import Refused, bad

Entity = dict[str, Any]
Formatted = tuple[str, list[Entity]]

HTML_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
MARKERS = {
    "*": "bold",
    "_": "italic",
    "__": "underline",
    "~": "strikethrough",
    "||": "spoiler",
    "`": "code",
    "```": "pre",
}
RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
_HTML = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)>|&(#\d+|#[xX][0-9a-fA-F]+|lt|gt|amp|quot);|(<)")
_MARKDOWN = re.compile(r"\\(.)|(```|\|\||__|[*_~`])|\[|\]\(([^)]*)\)|(.)", re.DOTALL)
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def utf16_length(text: str) -> int:
    """Return the length as Telegram counts offsets."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def format_text(text: str, mode: str | None, given: list[Entity] | None) -> Formatted:
    """Return the text people see, trimmed, and its entities."""
    if mode:
        parse = {"html": _parse_html, "markdownv2": _parse_markdown}.get(mode.lower())
        if parse is None:
            raise bad("unsupported parse_mode")
        text, entities = parse(text)
    else:
        entities = [_checked_entity(each, text) for each in given] if given else []
    return _trimmed(text, entities)


def _cannot_parse(reason: str) -> Refused:
    return bad(f"can't parse entities: {reason}")


def _checked_entity(entity: Entity, text: str) -> Entity:
    kind, offset, length = entity.get("type"), entity.get("offset"), entity.get("length")
    if type(offset) is not int or type(length) is not int:
        raise bad("can't parse MessageEntity: offset and length must be Integers")
    if kind not in ENTITY_TYPES:
        raise bad(f'can\'t parse MessageEntity: unsupported type "{kind}"')
    if kind == "text_link" and not entity.get("url"):
        raise bad('can\'t parse MessageEntity: field "url" is required')
    end = utf16_length(text)
    if offset < 0 or length < 0 or offset + length > end:
        raise bad(
            f"entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {end}"
        )
    return entity


def _trimmed(text: str, entities: list[Entity]) -> Formatted:
    """Cut white space at both ends, as Telegram does, and move the entities along."""
    plain = text.strip()
    if len(plain) == len(text) or not entities:
        return plain, entities
    cut = utf16_length(text[: len(text) - len(text.lstrip())])
    end = utf16_length(plain)
    moved = []
    for entity in entities:
        start = max(entity["offset"] - cut, 0)
        stop = min(entity["offset"] + entity["length"] - cut, end)
        if stop > start:
            moved.append({**entity, "offset": start, "length": stop - start})
    return plain, moved


@dataclass(slots=True)
class _Writer:
    """The text so far, its length in UTF-16 units, and what is still open."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    entities: list[Entity] = field(default_factory=list)
    open: list[tuple[str, Entity, int]] = field(default_factory=list)  # tag, entity, byte offset

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.length += utf16_length(text)

    def begin(self, tag: str, entity: Entity, at: int) -> None:
        self.open.append((tag, {**entity, "offset": self.length}, at))

    def end(self, **more: Any) -> None:
        _, entity, _ = self.open.pop()
        length = self.length - entity["offset"]
        if length > 0:
            self.entities.append({**entity, "length": length, **more})

    def finish(self) -> Formatted:
        ordered = sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.parts), ordered


def _parse_html(text: str) -> Formatted:
    writer, position = _Writer(), 0
    for match in _HTML.finditer(text):
        writer.write(text[position : match.start()])
        position = match.end()
        closing, tag, attributes, named, stray = match.groups()
        at = len(text[: match.start()].encode())
        if stray:
            raise _cannot_parse(f'Unsupported start tag "" at byte offset {at}')
        if named:
            writer.write(unescape(f"&{named};"))
        elif closing:
            _close_tag(writer, tag.lower(), at)
        else:
            writer.begin(tag.lower(), _html_entity(tag.lower(), attributes, at, writer), at)
    writer.write(text[position:])
    if writer.open:
        raise _cannot_parse(f'Can\'t find end tag corresponding to start tag "{writer.open[-1][0]}"')
    return writer.finish()


def _close_tag(writer: _Writer, tag: str, at: int) -> None:
    if not writer.open:
        raise _cannot_parse(f"Unexpected end tag at byte offset {at}")
    expected = writer.open[-1][0]
    if tag != expected:
        raise _cannot_parse(
            f'Unmatched end tag at byte offset {at}, expected "</{expected}>", found "</{tag}>"'
        )
    writer.end()


def _html_entity(tag: str, attributes: str, at: int, writer: _Writer) -> Entity:
    kind = HTML_TAGS.get(tag)
    if kind is None:
        raise _cannot_parse(f'Unsupported start tag "{tag}" at byte offset {at}')
    inside = [entity["type"] for _, entity, _ in writer.open]
    if kind == "blockquote" and ("blockquote" in inside or "expandable_blockquote" in inside):
        raise _cannot_parse(f'Unsupported nested tag "{tag}" at byte offset {at}')
    found = {name.lower(): unescape(one or two) for name, one, two in _ATTRIBUTE.findall(attributes)}
    return _entity_of_tag(tag, kind, attributes, found, at)


def _entity_of_tag(tag: str, kind: str, attributes: str, found: dict[str, str], at: int) -> Entity:
    if tag == "span" and found.get("class") != "tg-spoiler":
        raise _cannot_parse(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
    if tag == "a":
        return {"type": kind, "url": found.get("href", "")}
    if tag == "tg-emoji":
        return {"type": kind, "custom_emoji_id": found.get("emoji-id", "")}
    if tag == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    return {"type": kind}


def _parse_markdown(text: str) -> Formatted:
    writer = _Writer()
    for match in _MARKDOWN.finditer(text):
        escaped, marker, url, other = match.groups()
        at = len(text[: match.start()].encode())
        in_code = bool(writer.open) and writer.open[-1][0] in ("`", "```")
        if escaped is not None:
            writer.write(escaped)
        elif in_code and marker != writer.open[-1][0]:
            writer.write(match.group())
        elif marker:
            _mark(writer, marker, at)
        elif other is not None:
            _plain(writer, other)
        else:
            _link(writer, url, at)
    if writer.open:
        _, entity, at = writer.open[-1]
        name = entity["type"].replace("_", " ").title().replace(" ", "")
        raise _cannot_parse(f"Can't find end of {name} entity at byte offset {at}")
    return writer.finish()


def _mark(writer: _Writer, marker: str, at: int) -> None:
    if writer.open and writer.open[-1][0] == marker:
        writer.end()
    else:
        writer.begin(marker, {"type": MARKERS[marker]}, at)


def _link(writer: _Writer, url: str | None, at: int) -> None:
    if url is None:
        writer.begin("[", {"type": "text_link"}, at)
    elif writer.open and writer.open[-1][0] == "[":
        writer.end(url=re.sub(r"\\(.)", r"\1", url))
    else:
        _plain(writer, "]")


def _plain(writer: _Writer, character: str) -> None:
    if character in RESERVED:
        raise _cannot_parse(
            f"Character '{character}' is reserved and must be escaped with the preceding '\\'"
        )
    writer.write(character)
