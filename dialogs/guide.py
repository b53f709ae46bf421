"""
A guide: help a resident walks through in small steps, forward, back, and along branches.

This module knows where a resident is and what the page there says. It reads no file (`guide_file.py` checks
one guide's text, `bot/library.py` fetches it) and keeps nothing: a `Walk` goes in, a `Walk` or a `Page` comes
out. The promise it keeps: a button of an old page never moves a newer one, and a guide that was edited
meanwhile leaves nobody without a page.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from dialogs.glossary import Term
from dialogs.lines import Lines, values
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, Text, _, plain

SHORT_WORD = 14
"""Letters; two longer words side by side are cut off on a phone."""
LIST = "g:list"
"""Data of the button that leads back to the list of guides."""


class Confidence(StrEnum):
    """How sure the fact sheet is of a fact; the words are the sheet's own."""

    VERIFIED = "verified-in-source"
    UNCERTAIN = "uncertain"
    NOT_FOUND = "known-but-not-found"


class Group(StrEnum):
    """The shelves of the menu, in its order: twenty titles on one screen are a wall."""

    START = "start"
    MONEY = "money"
    HOME = "home"
    WORK = "work"
    LIFE = "life"
    SAFETY = "safety"
    AUTHORITIES = "authorities"


class Remind(StrEnum):
    """How often the thing of a step comes again."""

    ONCE = "once"
    MONTHLY = "monthly"
    YEARLY = "yearly"


class End(StrEnum):
    """How a way through a guide ends: with something to do, or with somebody to talk to."""

    ACTION = "action"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the fact sheet that a guide's steps rest on; `figures` are the numbers it vouches for."""

    number: str
    confidence: Confidence
    authority: str
    link: str
    checked: date
    good_until: date
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One branch: the label of its button, and the step it leads to."""

    label: Message
    to: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """What to say in Swedish at a counter or on the phone; the Swedish is data and never translated."""

    swedish: str
    meaning: Message


@dataclass(frozen=True, slots=True)
class Step:
    """One page. It leads on by exactly one of `choices`, `next` and `end`; `ask` marks what is uncertain."""

    id: str
    text: Message
    choices: tuple[Choice, ...] = ()
    next: str | None = None
    end: End | None = None
    say: tuple[Sentence, ...] = ()
    terms: tuple[Term, ...] = ()
    lines: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    ask: bool = False
    icon: str = ""
    picture: str | None = None
    remind: Remind | None = None

    @property
    def targets(self) -> tuple[str, ...]:
        """The steps that can come after this one."""
        onward = () if self.next is None else (self.next,)
        return tuple(choice.to for choice in self.choices) + onward


@dataclass(frozen=True, slots=True)
class Before:
    """What to know before the first step; `bring` is a list to tick off."""

    bring: tuple[Message, ...]
    takes: Message
    costs: Message
    wrong: Message
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide that was checked whole. `place` is where it stands in the menu, `checked` its oldest check."""

    id: str
    title: Message
    summary: Message
    first: str
    steps: Mapping[str, Step]
    facts: Mapping[str, Fact]
    place: int
    checked: date
    expires: date
    protected_identity: str
    group: Group
    icon: str
    before: Before


Guides: TypeAlias = Mapping[str, Guide]
"""All guides by id, in the order of the menu."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a resident is in a guide; `trail` holds the steps behind, the nearest last."""

    guide: str
    step: str
    trail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Press:
    """A button of a guide's page that was pressed: which page it stood on, and what it does."""

    guide: str
    step: str
    action: str


@dataclass(frozen=True, slots=True)
class Page:
    """What the resident sees; `number` of `of` pages, counted along the longest way from here."""

    text: Text
    keyboard: Keyboard
    number: int
    of: int
    last: bool


def start(guide: Guide) -> Walk:
    """Begin at the first step."""
    return Walk(guide.id, guide.first)


def move(guide: Guide, walk: Walk, action: str) -> Walk | None:
    """Follow `next`, `back` or `to.<n>`; None where that is not possible, and the page stays as it is."""
    walk = resumed(guide, walk)
    if action == "back":
        return replace(walk, step=walk.trail[-1], trail=walk.trail[:-1]) if walk.trail else None
    target = _target(guide.steps[walk.step], action)
    return replace(walk, step=target, trail=(*walk.trail, walk.step)) if target else None


def follow(guide: Guide, walk: Walk, press: Press) -> Walk | None:
    """Move as `move` does, but only when the button stood on the page the resident is on."""
    here = resumed(guide, walk)
    return move(guide, here, press.action) if (press.guide, press.step) == (here.guide, here.step) else None


def resumed(guide: Guide, walk: Walk) -> Walk:
    """Pick up an old walk: where an edit took its step away, begin again; forget steps that are gone."""
    if walk.guide != guide.id or walk.step not in guide.steps:
        return start(guide)
    return replace(walk, trail=tuple(step for step in walk.trail if step in guide.steps))


def parse_press(data: str) -> Press | None:
    """Read a button's data `g:<guide>:<step>:<action>`; None for any other button, `g:list` included."""
    parts = data.split(":")
    if len(parts) != 4 or parts[0] != "g" or not all(parts):
        return None
    return Press(*parts[1:])


def press_data(guide: str, step: str, action: str) -> str:
    """Write what `parse_press` reads; the check of guides keeps it within Telegram's 64 bytes."""
    return f"g:{guide}:{step}:{action}"


def overdue(guides: Guides, today: date) -> tuple[str, ...]:
    """Name the guides whose facts, all or one of them, somebody should check again."""
    return tuple(
        guide.id
        for guide in guides.values()
        if today > min((guide.expires, *(fact.good_until for fact in guide.facts.values())))
    )


def page(guide: Guide, walk: Walk, lines: Lines, today: date) -> Page:
    """Lay out the page a walk stands on."""
    walk = resumed(guide, walk)
    step = guide.steps[walk.step]
    number = len(walk.trail) + 1
    of = number + pages_after(guide.steps, step.id)
    position = _(
        "guide", "{icon} {title} · {number}/{of}", icon=guide.icon, title=guide.title, number=number, of=of
    )
    text = (position, *_warning(guide, walk, today), *_body(step, lines), *_sources(guide, walk))
    return Page(text, _keyboard(guide, walk), number, of, last=step.end is not None)


def before_page(guide: Guide, ticked: Collection[int], today: date) -> tuple[Text, Keyboard]:
    """Lay out what to bring, as a list to tick, how long it takes, what it costs, and what can go wrong."""
    before = guide.before
    text = (
        _("guide", "{icon} {title} · before you start", icon=guide.icon, title=guide.title),
        *_expired(guide, before.cites, today),
        _("guide", "⏳ {takes}", takes=before.takes),
        _("guide", "💰 {costs}", costs=before.costs),
        _("guide", "⚠️ {wrong}", wrong=before.wrong),
        _("guide", "🎒 Bring this. Tap what you have."),
    )
    items = [
        Button(
            _("guide", "✅ {item}", item=item) if n in ticked else _("guide", "⬜ {item}", item=item),
            f"g:tick:{guide.id}:{n}",
        )
        for n, item in enumerate(before.bring)
    ]
    return text, rows(*items, Button(_("guide", "To the guide"), f"g:go-on:{guide.id}"))


def pages_after(steps: Mapping[str, Step], step: str) -> int:
    """Count the pages of the longest way on from `step`; a checked guide has no circle."""
    count, ahead = 0, set(steps[step].targets)
    while ahead:
        count, ahead = count + 1, {target for name in ahead for target in steps[name].targets}
    return count


def texts_of(guide: Guide) -> Iterator[Message]:
    """All that a guide says, for whoever looks for words in it."""
    yield from (guide.title, guide.summary, *guide.before.bring)
    for step in guide.steps.values():
        yield from (step.text, *(choice.label for choice in step.choices))
        for sentence in step.say:
            yield from (plain(sentence.swedish), sentence.meaning)
        for term in step.terms:
            yield from (plain(term.word), term.meaning)


def _target(step: Step, action: str) -> str | None:
    if action == "next":
        return step.next
    return {f"to.{n}": choice.to for n, choice in enumerate(step.choices)}.get(action)


def _warning(guide: Guide, walk: Walk, today: date) -> Text:
    return _expired(guide, guide.steps[walk.step].cites, today)


def _expired(guide: Guide, cites: tuple[str, ...], today: date) -> Text:
    """Warn where the guide, or a fact that this page rests on, is past its date (R16)."""
    late = [guide.facts[fact] for fact in cites if today > guide.facts[fact].good_until]
    if today <= guide.expires and not late:
        return ()
    checked = min((fact.checked for fact in late), default=guide.checked)
    return (_("guide", "This was last checked on {date}. Ask before you rely on it.", date=checked),)


def _body(step: Step, lines: Lines) -> Iterator[Message]:
    text = replace(step.text, values=tuple(values(lines).items())) if step.lines else step.text
    yield _("guide", "{icon} {text}", icon=step.icon, text=text) if step.icon else text
    for sentence in step.say:
        yield _(
            "guide",
            "In Swedish you can say or write:\n{swedish}\nThis means: {meaning}",
            swedish=sentence.swedish,
            meaning=sentence.meaning,
        )
    for line in step.lines:
        yield lines[line].shown()


def _sources(guide: Guide, walk: Walk) -> Iterator[Message]:
    """Name what this walk rested on, once for each source, on its last page."""
    if guide.steps[walk.step].end is None:
        return
    cited = [guide.facts[fact] for step in (*walk.trail, walk.step) for fact in guide.steps[step].cites]
    checked = min((fact.checked for fact in cited), default=guide.checked)
    yield _("guide", "Where this comes from, checked on {date}:", date=checked)
    for authority, link in dict.fromkeys((fact.authority, fact.link) for fact in cited):
        yield _("guide", "{authority}: {link}", authority=authority, link=link)


def _keyboard(guide: Guide, walk: Walk) -> Keyboard:
    """Put branches below each other: their labels are sentences, and side by side they would be cut."""
    step = guide.steps[walk.step]

    def button(label: Message, action: str, copy: str | None = None) -> Button:
        return Button(label, press_data(guide.id, step.id, action), copy)

    choices = [button(choice.label, f"to.{n}") for n, choice in enumerate(step.choices)]
    copies = [
        button(_("guide", "Copy the Swedish sentence"), f"copy.{n}", sentence.swedish)
        for n, sentence in enumerate(step.say)
    ]
    words = [
        button(_("guide", "📖 {word}", word=term.word), f"term.{n}") for n, term in enumerate(step.terms)
    ]
    picture = [button(_("guide", "🖼 See a picture"), "picture")] if step.picture else []
    remind = [button(_("guide", "⏰ Remind me"), "remind")] if step.remind else []
    before = [Button(_("guide", "Before you start"), f"g:before:{guide.id}")] if not walk.trail else []
    helped = [
        button(_("guide", "👍 This helped"), "helped"),
        button(_("guide", "👎 It did not"), "no-help"),
    ]
    onward = [button(_("guide", "Next"), "next")] if step.next else []
    back = [button(_("guide", "Back"), "back")] if walk.trail else []
    stuck = button(_("guide", "Help me with this"), "stuck")
    everything = Button(_("guide", "All guides"), LIST)
    return (
        rows(*picture, *copies)
        + rows(*words, width=1 if any(len(term.word) > SHORT_WORD for term in step.terms) else 2)
        + rows(*remind, *before, *choices, *onward)
        + (rows(*helped, width=2) if step.end else ())
        + rows(*back, stuck, width=2)
        + rows(everything)
    )
