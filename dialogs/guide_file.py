"""
One guide's file, read and checked: text in, `Guide` out, or `GuideFaults` that name file and line.

A file holds `id`, `menu` (its place), `group`, `icon`, `title`, `summary`, `expires`, `protected_identity`
(`branch`, or `not-needed because …`), `before` (`bring`, `takes`, `costs`, `wrong`, `cites`), `first`, `steps` and
`facts`. A step holds `icon`, `text` and exactly one of `choices` (label: step), `next` and `end` (`action` or
`person`); beside them `say`, `terms` (keys of the glossary), `lines`, `cites`, `picture`, `remind` (`once`,
`monthly`, `yearly`), and `ask: true` where the text only tells what to ask about. A step with `branch` asks what
the way on depends on; `protected-identity` offers yes, no and not sure.

The promise: every figure rests on a cited fact that was read in its source; the unknown is never stated.
"""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from dialogs.fact_sheet import Sheet, disagreements
from dialogs.glossary import Glossary, Term
from dialogs.guide import Before, Choice, Confidence, End, Fact, Group, Guide, Remind, Sentence, Step
from dialogs.guide_rules import (
    MOST_CHARACTERS_TO_COPY,
    faults_in_label,
    faults_in_length,
    faults_in_paths,
    faults_in_text,
    figures,
)
from dialogs.lines import Directory
from dialogs.marked_yaml import Marked, Notes, Section, opened
from dialogs.text import _

FRESH = timedelta(days=366)
"""How long after its oldest check a guide may at most be shown without a warning."""

_ID = re.compile(r"[a-z]+(-[a-z0-9]+)*")
_NOT_NEEDED = re.compile(r"not-needed because \S.{9,}")
_ASKING = re.compile(r"\b(?:ask|check)\b", re.IGNORECASE)
_BRANCH = "protected-identity"
BRANCHES = (_BRANCH, "under-18", "children", "no-bankid", "no-personal-number")
"""What a way may depend on; everybody else goes on along the common one."""
MOST_WORDS_TO_BRING = 10
MOST_TO_BRING = 6
MOST_WORDS_BEFORE = 30
"""Four texts share the page before the start."""
MOST_CHARACTERS_OF_ICON = 2


def guide_context(guide: str) -> str:
    """Return the message context of a guide's texts."""
    return f"guide {guide}"


@dataclass(frozen=True)
class _Bench:
    """What the parts of one file are checked against."""

    guide: str
    notes: Notes
    directory: Directory
    sheet: Sheet
    glossary: Glossary
    pictures: Set[str]
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def context(self) -> str:
        return guide_context(self.guide)


def parse_guide(
    file: str,
    text: str,
    directory: Directory,
    glossary: Glossary,
    pictures: Set[str] = frozenset(),
    sheet: Sheet | None = None,
) -> Guide:
    """Read one guide and check all of it; raise `GuideFaults` where it is not fit to be shown."""
    notes = Notes(file)
    top = opened(text, notes, "the guide")
    bench = _Bench(top.text("id").text, notes, directory, sheet or {}, glossary, pictures)
    bench = replace(bench, facts=_facts(top, bench))
    sections = top.named("steps", "step")
    steps = {name: _step(name, section, bench) for name, section in sections.items()}
    guide = _guide(top, steps, bench)
    _check_head(file, top, guide, notes)
    _check_protected_branch(top, sections, guide, notes)
    _check_facts_are_used(top, guide, notes)
    for step, key, sentence in faults_in_paths(guide.id, guide.first, steps):
        notes.add(sections.get(step, top).line_of(key), sentence)
    for part in (top, *sections.values()):
        part.close()
    notes.settle()
    return guide


def _guide(top: Section, steps: Mapping[str, Step], bench: _Bench) -> Guide:
    title, summary = top.text("title"), top.text("summary")
    for words in (title, summary):
        _check_words(words, bench, frozenset(), ())
    return Guide(
        id=bench.guide,
        title=_(bench.context, title.text),
        summary=_(bench.context, summary.text),
        first=top.text("first").text,
        steps=steps,
        facts=bench.facts,
        place=top.number("menu"),
        checked=min((fact.checked for fact in bench.facts.values()), default=date.min),
        expires=top.day("expires"),
        protected_identity=top.text("protected_identity").text,
        group=_one_of(Group, top.text("group"), "group", bench.notes) or Group.START,
        icon=_icon(top, bench.notes),
        before=_before(top, bench),
    )


def _before(top: Section, bench: _Bench) -> Before:
    section = top.section("before")
    cites = section.texts("cites")
    stated = _stated(cites, False, bench)
    bring = section.texts("bring")
    texts = {key: section.text(key) for key in ("takes", "costs", "wrong")}
    for words in (*bring, *texts.values()):
        _check_words(words, bench, frozenset(), stated)
    for words in texts.values():
        if len(words.text.split()) > MOST_WORDS_BEFORE:
            bench.notes.add(words.line, f"a text before the start has at most {MOST_WORDS_BEFORE} words")
    for item in bring:
        if len(item.text.split()) > MOST_WORDS_TO_BRING:
            bench.notes.add(item.line, f"a thing to bring has at most {MOST_WORDS_TO_BRING} words")
    if not 1 <= len(bring) <= MOST_TO_BRING:
        bench.notes.add(section.line_of("bring"), f"one to {MOST_TO_BRING} things to bring")
    section.close()
    said = {key: _(bench.context, words.text) for key, words in texts.items()}
    return Before(
        bring=tuple(_(bench.context, item.text) for item in bring),
        takes=said["takes"],
        costs=said["costs"],
        wrong=said["wrong"],
        cites=tuple(fact.text for fact in cites),
    )


def _icon(section: Section, notes: Notes) -> str:
    """One picture sign, perhaps with the sign that makes it coloured."""
    icon = section.text("icon")
    if len(icon.text) > MOST_CHARACTERS_OF_ICON or any(sign.isalnum() for sign in icon.text):
        notes.add(icon.line, f"'{icon.text}' is no icon; use one emoji")
    return icon.text


AnyWord = TypeVar("AnyWord", bound=StrEnum)


def _one_of(words: type[AnyWord], found: Marked, what: str, notes: Notes) -> AnyWord | None:
    if found.text in set(words):
        return words(found.text)
    notes.add(found.line, f"'{found.text}' is no {what}; there are {', '.join(words)}")
    return None


def _facts(top: Section, bench: _Bench) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for section in top.sections("facts"):
        fact = _fact(section, bench)
        if fact.number in facts:
            bench.notes.add(section.line, f"fact {fact.number} stands here twice")
        facts[fact.number] = fact
        section.close()
    return facts


def _fact(section: Section, bench: _Bench) -> Fact:
    number, word, link = section.text("number"), section.text("confidence"), section.text("link")
    authority, checked = section.text("authority"), section.day("checked")
    known = word.text in set(Confidence)
    if not known:
        bench.notes.add(word.line, f"'{word.text}' is no word for confidence")
    if link.text and not bench.directory.allows(link.text):
        bench.notes.add(link.line, f"{number.text} has a link outside the allowed domains")
    stated = tuple(figure.text for figure in section.texts("figures"))
    confidence = Confidence(word.text) if known else Confidence.NOT_FOUND
    if bench.sheet:
        for sentence in disagreements(bench.sheet, number.text, word.text, link.text, stated):
            bench.notes.add(section.line, sentence)
    good_until = section.day("expires") if "expires" in section else _latest_expiry(checked)
    if not checked < good_until <= _latest_expiry(checked):
        bench.notes.add(section.line_of("expires"), f"{number.text} expires within a year of its check")
    return Fact(number.text, confidence, authority.text, link.text, checked, good_until, stated)


def _step(id: str, section: Section, bench: _Bench) -> Step:  # noqa: A002
    text, ends, onward = section.text("text"), section.text_if_any("end"), section.text_if_any("next")
    lines = tuple(line.text for line in section.texts("lines"))
    cites = section.texts("cites")
    ask = section.flag("ask")
    stated = _stated(cites, ask, bench)
    _check_words(text, bench, frozenset(lines), stated)
    if ask and not _ASKING.search(text.text):
        bench.notes.add(section.line_of("ask"), f"step '{id}' has ask: true, but its text asks nothing")
    for line in lines:
        if line not in bench.directory.lines:
            bench.notes.add(
                section.line_of("lines"), f"step '{id}' lists the line '{line}', which does not exist"
            )
    if not _ID.fullmatch(id):
        bench.notes.add(section.line, f"'{id}' is not a name of small letters, digits and hyphens")
    picture = section.text_if_any("picture")
    if picture is not None and picture.text not in bench.pictures:
        bench.notes.add(picture.line, f"there is no picture '{picture.text}'")
    remind = section.text_if_any("remind")
    return Step(
        id=id,
        icon=_icon(section, bench.notes),
        picture=picture.text if picture else None,
        remind=_one_of(Remind, remind, "remind", bench.notes) if remind else None,
        text=_(bench.context, text.text),
        choices=tuple(_choices(section, bench, stated)),
        next=onward.text if onward else None,
        end=_end(ends, bench.notes) if ends else None,
        say=tuple(_sentences(section, bench, stated)),
        terms=tuple(_terms(section, bench)),
        lines=lines,
        cites=tuple(fact.text for fact in cites),
        ask=ask,
    )


def _stated(cites: tuple[Marked, ...], ask: bool, bench: _Bench) -> tuple[str, ...]:
    """Return the figures the cited facts vouch for; note each fact that may not be cited here."""
    stated: list[str] = []
    for cited in cites:
        fact = bench.facts.get(cited.text)
        if fact is None:
            bench.notes.add(cited.line, f"{cited.text} is cited but not listed under facts")
        elif fact.confidence is Confidence.NOT_FOUND:
            bench.notes.add(cited.line, f"{cited.text} was not found in any source; leave it out")
        elif fact.confidence is Confidence.UNCERTAIN and not ask:
            bench.notes.add(
                cited.line, f"{cited.text} is uncertain; ask about it (ask: true) or leave it out"
            )
        else:
            stated.extend(fact.figures)
    return tuple(stated)


def _choices(section: Section, bench: _Bench, stated: tuple[str, ...]) -> Iterator[Choice]:
    for label, target in section.pairs("choices"):
        _check_words(label, bench, frozenset(), stated)
        for sentence in faults_in_label(label.text):
            bench.notes.add(label.line, sentence)
        yield Choice(_(bench.context, label.text), target.text)


def _sentences(section: Section, bench: _Bench, stated: tuple[str, ...]) -> Iterator[Sentence]:
    for entry in section.sections("say"):
        swedish, meaning = entry.text("swedish"), entry.text("meaning")
        for words in (swedish, meaning):
            _check_words(words, bench, frozenset(), stated)
        if len(swedish.text) > MOST_CHARACTERS_TO_COPY:
            bench.notes.add(
                swedish.line, f"a sentence to copy has at most {MOST_CHARACTERS_TO_COPY} characters"
            )
        entry.close()
        yield Sentence(swedish.text, _(bench.context, meaning.text))


def _terms(section: Section, bench: _Bench) -> Iterator[Term]:
    for key in section.texts("terms"):
        if key.text in bench.glossary:
            yield bench.glossary[key.text]
        else:
            bench.notes.add(key.line, f"'{key.text}' is not in the glossary")


def _end(end: Marked, notes: Notes) -> End | None:
    if end.text in set(End):
        return End(end.text)
    notes.add(end.line, f"a way ends in 'action' or 'person', not in '{end.text}'")
    return None


def _check_words(words: Marked, bench: _Bench, shown: frozenset[str], stated: tuple[str, ...]) -> None:
    uncited = [figure for figure in figures(words.text) if figure not in stated]
    for sentence in (
        *faults_in_text(words.text, bench.directory, shown),
        *faults_in_length(words.text),
        *(f"the figure {figure} stands in no fact cited here" for figure in uncited),
    ):
        bench.notes.add(words.line, sentence)


def _check_head(file: str, top: Section, guide: Guide, notes: Notes) -> None:
    stem = file.rsplit("/", 1)[-1].removesuffix(".yaml")
    if not _ID.fullmatch(guide.id) or guide.id != stem:
        notes.add(top.line_of("id"), f"the id '{guide.id}' is not the name of the file, '{stem}'")
    if guide.facts and not guide.checked < guide.expires <= _latest_expiry(guide.checked):
        notes.add(top.line_of("expires"), "a guide expires within a year of the oldest check of its facts")


def _latest_expiry(checked: date) -> date:
    return checked + FRESH if checked <= date.max - FRESH else date.max


def _check_protected_branch(
    top: Section, sections: Mapping[str, Section], guide: Guide, notes: Notes
) -> None:
    declared = guide.protected_identity
    branches = [step for step, section in sections.items() if _is_branch(section, notes)]
    if declared == "branch" and not branches:
        notes.add(top.line_of("protected_identity"), f"no step has 'branch: {_BRANCH}'")
    if declared and declared != "branch" and not _NOT_NEEDED.fullmatch(declared):
        notes.add(top.line_of("protected_identity"), "say 'branch', or 'not-needed because' and why")
    for step in branches:
        if len({choice.to for choice in guide.steps[step].choices}) < 3:
            notes.add(sections[step].line_of("branch"), f"step '{step}' must offer yes, no and not sure")


def _is_branch(section: Section, notes: Notes) -> bool:
    found = section.text_if_any("branch")
    if found is not None and found.text not in BRANCHES:
        notes.add(found.line, f"a branch is one of {', '.join(BRANCHES)}, not '{found.text}'")
    return found is not None and found.text == _BRANCH


def _check_facts_are_used(top: Section, guide: Guide, notes: Notes) -> None:
    if not guide.facts:
        notes.add(top.line_of("facts"), "the guide lists no facts")
    cited = {fact for step in guide.steps.values() for fact in step.cites}.union(guide.before.cites)
    for number in guide.facts.keys() - cited:
        notes.add(top.line_of("facts"), f"{number} is listed under facts but no step cites it")
