"""What translators get is what residents are told."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS
from babel.messages.extract import extract as babel_extract

from bot.guide_extraction import extract
from bot.library import FOLDER, load
from dialogs.marked_yaml import GuideFaults
from dialogs.text import Message
from tests.dialogs.guide_examples import GLOSSARY, GUIDE, LINES

FILES = sorted(FOLDER.glob("*.yaml"))


def test_every_text_a_resident_may_see_is_extracted_and_no_other() -> None:
    """A text that translators never saw would appear in English; one nobody sees would cost them work."""
    extracted = {found for path in FILES for found in _extracted(path)}
    assert extracted == {(message.context, message.source) for message in _shown()}


def test_a_text_comes_with_its_line_context_and_comment() -> None:
    """A translator sees where it stands and what it is."""
    found = list(extract(BytesIO(GUIDE.encode()), ["_", "pgettext"], [], {}))
    assert (3, "pgettext", ("guide example", "An example"), ["title"]) in found
    assert ("guide example", "No, I do not") in [messages for _line, _name, messages, _comments in found]
    words = list(extract(BytesIO(GLOSSARY.encode()), ["_", "pgettext"], [], {}))
    assert (4, "pgettext", ("glossary", "yelp"), ["how 'hjälp' sounds, in your letters"]) in words


def test_babel_takes_the_context() -> None:
    """Two guides may use the same words and need different translations."""
    found = list(babel_extract("bot.guide_extraction:extract", BytesIO(LINES.encode()), DEFAULT_KEYWORDS))
    assert [(text, context) for _line, text, _comments, context in found] == [
        ("Help line", "line"),
        ("Day and night.", "line"),
    ]
    own = list(babel_extract("bot.guide_extraction:extract", BytesIO(LINES.encode()), {"_": ((1, "c"), 2)}))
    assert [context for _line, _text, _comments, context in own] == ["line", "line"]


def test_swedish_words_are_not_translated() -> None:
    """They are what is printed on the letter."""
    found = list(extract(BytesIO(GUIDE.encode()), ["pgettext"], [], {}))
    assert not {"hjälp", "Jag har skyddade personuppgifter."} & {
        messages[1] for _l, _n, messages, _c in found
    }


def test_a_broken_file_is_not_extracted() -> None:
    """Half a guide in the catalogue would look like a whole one."""
    with pytest.raises(GuideFaults):
        list(
            extract(BytesIO(GUIDE.replace("text: Then ask your contact person.", "").encode()), ["_"], [], {})
        )


def _extracted(path: Path) -> set[tuple[str, str]]:
    with path.open("rb") as file:
        return {messages for _line, _name, messages, _comments in extract(file, ["pgettext"], [], {})}


def _shown() -> Iterator[Message]:
    library = load()
    for line in library.lines.values():
        yield line.name
        if line.hours:
            yield line.hours
    for term in library.glossary.values():
        yield from (term.sounds, term.meaning)
    for guide in library.guides.values():
        yield from (guide.title, guide.summary)
        yield from (*guide.before.bring, guide.before.takes, guide.before.costs, guide.before.wrong)
        for step in guide.steps.values():
            yield from (step.text, *(choice.label for choice in step.choices))
            yield from (sentence.meaning for sentence in step.say)
