"""
Babel's extractor for guides: what a translator gets to see of `dialogs/guides/*.yaml`.

It yields the same texts with the same contexts that `guide_file.py` and `lines.py` build at run time; a test
holds the two together. Swedish words, sentences to say and authorities are data and are not extracted. A file
that cannot be read whole raises `GuideFaults`; its rules are the business of `vidare guides check`.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO, TypeAlias

from dialogs import glossary
from dialogs.guide_file import guide_context
from dialogs.lines import CONTEXT
from dialogs.marked_yaml import Marked, Notes, Section, opened

Found: TypeAlias = tuple[int, str, tuple[str, str], list[str]]


def extract(
    fileobj: BinaryIO,
    keywords: Collection[str],
    comment_tags: Collection[str],  # noqa: ARG001  Babel names the arguments
    options: Mapping[str, Any],  # noqa: ARG001
) -> Iterator[Found]:
    """Yield (line, function, (context, text), comments) for every text of one file."""
    function = "pgettext" if "pgettext" in keywords else "_"
    file = str(getattr(fileobj, "name", "guide"))
    notes = Notes(file)
    top = opened(fileobj.read().decode("utf-8"), notes, "the file")
    found = list(_lines(top) if "lines" in top else _glossary(top) if "terms" in top else _guide(top))
    notes.settle()
    for context, text, comment in found:
        yield text.line, function, (context, text.text), [comment]


def _lines(top: Section) -> Iterator[tuple[str, Marked, str]]:
    for name, line in top.named("lines", "line").items():
        yield CONTEXT, line.text("name"), f"line {name}"
        if hours := line.text_if_any("hours"):
            yield CONTEXT, hours, f"when and for whom the line {name} is open"


def _glossary(top: Section) -> Iterator[tuple[str, Marked, str]]:
    for term in top.named("terms", "term").values():
        word = term.text("word").text
        yield glossary.CONTEXT, term.text("sounds"), f"how '{word}' sounds, in your letters"
        yield glossary.CONTEXT, term.text("meaning"), f"what '{word}' means; at most 140 characters"


def _guide(top: Section) -> Iterator[tuple[str, Marked, str]]:
    context = guide_context(top.text("id").text)
    yield context, top.text("title"), "title"
    yield context, top.text("summary"), "summary"
    before = top.section("before")
    for item in before.texts("bring"):
        yield context, item, "before: a thing to bring, on a button"
    for key in ("takes", "costs", "wrong"):
        yield context, before.text(key), f"before: what it {key}"
    for name, step in top.named("steps", "step").items():
        for text, comment in _step(step):
            yield context, text, f"step {name}: {comment}"


def _step(step: Section) -> Iterator[tuple[Marked, str]]:
    yield step.text("text"), "the page"
    for sentence in step.sections("say"):
        yield sentence.text("meaning"), f"what this means: {sentence.text('swedish').text}"
    for label, _target in step.pairs("choices"):
        yield label, "a button"
