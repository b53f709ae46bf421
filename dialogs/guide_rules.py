"""
What a guide's words and paths must keep to, as rules on plain values.

Each rule takes a text or a graph and yields sentences on what is wrong; `guide_file.py` adds file and line.
The word rules are about the English source, which authors write. They are a net and no proof: a person still
reads every guide before it goes out.
"""

import re
from collections.abc import Iterator, Mapping, Set

from dialogs.fact_sheet import NUMBER_WORDS, ungrouped
from dialogs.guide import Step, pages_after, press_data
from dialogs.lines import Directory, placeholder

MOST_WORDS = 60
MOST_CHARACTERS = 700
MOST_WORDS_IN_A_SENTENCE = 20
MOST_CHARACTERS_ON_A_BUTTON = 40
MOST_CHARACTERS_TO_COPY = 256
"""Telegram's limit for a button that copies text."""
MOST_BYTES_OF_DATA = 64
"""Telegram's limit for the data of a button."""
FEWEST_STEPS = 6
PAGES_TO_AN_OUTCOME = 7
"""R15: no longer than this until there is something to do: a sentence to say, a number to call, or an end."""

_UNITS = "seconds?|minutes?|hours?|days?|weeks?|months?|years?|percent|kronor|kr|times"
_WORD_FIGURE = re.compile(rf"\b({'|'.join(NUMBER_WORDS)})\b(?=(?:[ -]\w+)?[ -](?:{_UNITS})\b)", re.IGNORECASE)
_MONEY = re.compile(r"(?<!\d)(?:\d{1,3}(?: \d{3})+|\d+)(?= ?(?:kr|kronor|percent|%))")
_PHONE = re.compile(r"(?<!\d)(?:\+\d|0\d)[\d -]{3,}\d|(?<!\d)\d(?:[ -]?\d){5,}")
_HOST = re.compile(r"\b(?:[\w-]+\.)+(?:se|nu|com|org|net|eu|info|stockholm)\b(?!\.\w)", re.IGNORECASE)
_URL = re.compile(r"https?://|www\.", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+")
_PRIVATE = (
    r"(?:address|personal (?:identity )?number|personnummer|social security number|postcode|postal code)"
)
_ASKS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bwhat(?:'s| is| are) your \w*\s?{_PRIVATE}",
        rf"\b(?:send|write|type|enter|give|tell|text|share)(?: to)? (?:me|us|here)\b[^.?!]*\b{_PRIVATE}",
        rf"\b(?:send|write|type|enter|share) your \w*\s?{_PRIVATE}[^.?!]*\b(?:here|below|in this chat)\b",
        rf"\byour \w*\s?{_PRIVATE}\s*\?",
        r"\bwhere (?:do|are) you (?:now )?(?:live|living|stay|staying|sleep|sleeping)\b",
        r"\b(?:which|what) (?:street|town|city|shelter|district|municipality) (?:do|are) you\b",
        rf"\b(?:vad är|skriv|ange|skicka) (?:din|ditt) (?:adress|{_PRIVATE})",
        r"\bvar bor du\b",
    )
]


def faults_in_text(text: str, directory: Directory, shown: Set[str]) -> Iterator[str]:
    """Yield what no text of a guide may hold; `shown` are the ids of the lines its step shows."""
    if any(pattern.search(text) for pattern in _ASKS):
        yield "a text asks for an address or a personal number"
    if holds_phone_digits(text, directory):
        yield "a text holds the digits of a phone number; write {line_id} and list the line"
    if _URL.search(text):
        yield "a text holds a link; links belong to facts"
    for host in _HOST.findall(text):
        if not directory.allows_domain(host.lower()):
            yield f"a text names {host}, which is outside the allowed domains"
    for name in _PLACEHOLDER.findall(text):
        if name not in {placeholder(line) for line in shown}:
            yield f"a text has the placeholder {{{name}}}, but its step does not list that line"
    if text.count("{") != text.count("}") or len(_PLACEHOLDER.findall(text)) != text.count("{"):
        yield "a text has a brace that belongs to no placeholder"


def faults_in_length(text: str) -> Iterator[str]:
    """Yield where a text is too long for one page or one breath."""
    words = len(text.split())
    if words > MOST_WORDS or len(text) > MOST_CHARACTERS:
        yield f"a text of {words} words is too long; at most {MOST_WORDS}, and {MOST_CHARACTERS} characters"
    for sentence in _SENTENCE_END.split(text):
        if len(sentence.split()) > MOST_WORDS_IN_A_SENTENCE:
            yield f"a sentence has {len(sentence.split())} words; {MOST_WORDS_IN_A_SENTENCE} at most"


def faults_in_label(label: str) -> Iterator[str]:
    """Yield where the label of a button is too long for a phone."""
    if len(label) > MOST_CHARACTERS_ON_A_BUTTON:
        yield f"a button of {len(label)} characters is too long; {MOST_CHARACTERS_ON_A_BUTTON} at most"


def figures(text: str) -> tuple[str, ...]:
    """Name the figures of a text: numbers in digits, and number words before a unit ("ten bank days")."""
    money = [amount.replace(" ", "") for amount in _MONEY.findall(text)]
    digits = re.findall(r"\d+", _MONEY.sub("", text))
    words = [NUMBER_WORDS[word.lower()] for word in _WORD_FIGURE.findall(text)]
    return tuple(dict.fromkeys((*money, *digits, *words)))


def holds_phone_digits(text: str, directory: Directory) -> bool:
    """Tell whether a text holds a number of ours, or anything else that looks like one."""
    known = {ungrouped(line.number) for line in directory.lines.values()}
    runs = set(re.findall(r"\+?\d+", ungrouped(text))) | set(re.findall(r"\d+", text))
    return bool(runs & known) or _PHONE.search(_MONEY.sub("", text)) is not None


def faults_in_paths(guide: str, first: str, steps: Mapping[str, Step]) -> Iterator[tuple[str, str, str]]:
    """Yield (step, key, sentence) for all that is wrong with the ways through a guide; "" where it is the whole."""
    broken = list(_broken_steps(guide, steps))
    if first not in steps:
        broken.append(("", "first", f"the first step '{first}' does not exist"))
    yield from broken
    if broken:
        return  # the rules below need every target to exist
    circle = _circle(first, steps)
    if circle is not None:
        yield circle, "", f"step '{circle}' leads back to itself, so a way never ends"
        return
    for step in steps.keys() - _reachable(first, steps):
        yield step, "", f"no way leads to step '{step}'"
    if len(steps) < FEWEST_STEPS or 1 + pages_after(steps, first) < FEWEST_STEPS:
        yield "", "first", f"the longest way has fewer than {FEWEST_STEPS} steps"
    if (late := _late_outcome(first, steps)) is not None:
        yield late, "", f"more than {PAGES_TO_AN_OUTCOME} pages before '{late}' without anything to do"


def _broken_steps(guide: str, steps: Mapping[str, Step]) -> Iterator[tuple[str, str, str]]:
    for name, step in steps.items():
        ways = bool(step.choices) + (step.next is not None) + (step.end is not None)
        if ways == 0:
            yield name, "", f"step '{name}' is a dead end: it has no choices, no next and no end"
        if ways > 1:
            yield name, "", f"step '{name}' has more than one of choices, next and end"
        for target in step.targets:
            if target not in steps:
                yield (
                    name,
                    "next" if target == step.next else "choices",
                    f"step '{name}' leads to '{target}', which does not exist",
                )
        longest = max(("no-help", "picture", *(f"term.{n}" for n in range(len(step.terms)))), key=len)
        if len(press_data(guide, name, longest).encode()) > MOST_BYTES_OF_DATA:
            yield name, "", f"step '{name}': its buttons would carry more than {MOST_BYTES_OF_DATA} bytes"


def _reachable(first: str, steps: Mapping[str, Step]) -> set[str]:
    found, ahead = set[str](), [first]
    while ahead:
        step = ahead.pop()
        if step not in found:
            found.add(step)
            ahead.extend(steps[step].targets)
    return found


def _circle(first: str, steps: Mapping[str, Step]) -> str | None:
    """Return a step of a circle, if any: what is left when ends are taken away, layer by layer."""
    left = _reachable(first, steps)
    while ends := {step for step in left if not left.intersection(steps[step].targets)}:
        left -= ends
    return next((step for step in steps if step in left), None)


def _late_outcome(first: str, steps: Mapping[str, Step]) -> str | None:
    """Return the first step on some way that comes too late without anything to do before it or on it."""
    ahead = {first}
    for _page in range(PAGES_TO_AN_OUTCOME):
        waiting = {name for name in ahead if not _has_outcome(steps[name])}
        ahead = {target for name in waiting for target in steps[name].targets}
    return min(ahead, default=None)


def _has_outcome(step: Step) -> bool:
    return bool(step.say or step.lines or step.end)
