"""
What the risk reader listens for in one language, as its table (risk.tsv) says it.

The table is data that people of that language write and review; nothing about any language stands in code. Reading
one reports every fault with its line, so that a reviewer mends a file in one go. Whether the examples hold is tested
by `dialogs.risk.check`, which needs a reader; here only the table itself is judged.

A pattern is words with spaces between: `a|b` alternatives, `x*` a beginning, `<kin>` a class of the same language,
`_` up to three words of anything, `(x)` a word that may be missing, `^` and `$` the start and the end of a sentence.
A *scene* names what must come together in one sentence, in whatever order people put it: `a & b` with up to three words
between neighbours, `a && b` with up to eight.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dialogs.risk.categories import CATEGORIES
from dialogs.risk.normalise import normalise, words

COLUMNS = (
    "id",
    "category",
    "level",
    "pattern",
    "dialect",
    "key",
    "person",
    "blocks",
    "example",
    "example_not",
    "author",
    "reviewer",
    "date",
)
REQUIRED_CLASSES = (
    "<neg>",
    "<pseudo>",
    "<but>",
    "<now>",
    "<recent>",
    "<old>",
    "<safe>",
    "<other>",
    "<quote>",
    "<hyp>",
    "<kin>",
    "<they>",
    "<partner>",
    "<child>",
    "<me>",
)
OPTIONAL_CLASSES = (
    "<negnear>",  # says no only to the word right after it
    "<negafter>",  # says no to what stands right before it
    "<deny>",  # "I do not think that": says no to a whole sentence with its own subject
    "<over>",  # words that make an act something that is over, or a state: "now" does not make it an emergency
    "<grave>",  # words of the always-2 list (risk.md 2.3, step 6)
    "<laugh>",  # "haha"
    "<homograph>",  # words never taken for a misspelling of another
)
SPREADS = {"&": 3, "&&": 8}
"""How many words of anything may stand between two neighbours of a scene, by the sign that joins them."""
_PART = re.compile(r"\([^()]*\)|\S+")
_CLASS = re.compile(r"<\w+>")
ZWNJ = "\u200c"
_INNER_SPACE = "\ue000"  # a space within an alternative, while spaces still part the steps
_HALF_SPACED = re.compile(rf"[^\s|()]*{ZWNJ}[^\s|()]*")

Alternative = tuple[str, ...]
"""Words one after the other. One that ends in `*` is a beginning, one in `<>` a class."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One step of a pattern: any of these. `optional` means that it may be missing."""

    alternatives: frozenset[Alternative]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `size` words of anything."""

    size: int


Step = Choice | Gap


@dataclass(frozen=True, slots=True)
class Pattern:
    """
    One row that is looked for: a danger, or (category `block`) a text that is none.

    `spread` is None where the order of the steps counts; for a scene the words that may stand between neighbours.
    """

    id: str
    category: str
    level: int
    steps: tuple[Step, ...]
    locale: str
    from_start: bool
    to_end: bool
    spread: int | None
    folds_safely: bool
    person: str
    blocks: frozenset[str]
    reviewed: bool
    line: int
    example: str
    example_not: str

    @property
    def is_block(self) -> bool:
        """Whether it quietens others instead of speaking itself."""
        return self.category == "block"

    @property
    def length(self) -> int:
        """How many words it asks for at least."""
        return sum(1 for step in self.steps if isinstance(step, Choice) and not step.optional)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All patterns and classes of one locale."""

    locale: str
    file: str
    patterns: tuple[Pattern, ...]
    classes: Mapping[str, frozenset[Alternative]]
    digest: str

    @property
    def reviewed(self) -> int:
        """How many patterns a native speaker has reviewed."""
        return sum(pattern.reviewed for pattern in self.patterns)


class LexiconFaults(Exception):
    """A risk table breaks its own rules; `faults` says where, one sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class _Fault(Exception):
    """One row cannot be used."""


def read_lexicon(source: str, file: str, locale: str) -> Lexicon:
    """Read one table, or say everything that is wrong with it."""
    lexicon, faults = read_what_holds(source, file, locale)
    if faults:
        raise LexiconFaults(faults)
    return lexicon


def read_what_holds(source: str, file: str, locale: str) -> tuple[Lexicon, list[str]]:
    """Read the rows without fault, and say what is wrong with the others; for those who are still writing."""
    table = _Table(source, file, locale)
    table.read()
    digest = hashlib.sha256(f"{locale}\0{source}".encode(errors="replace")).hexdigest()
    return Lexicon(locale, file, tuple(table.patterns), table.classes, digest), table.faults


class _Table:
    """A table while it is being read."""

    def __init__(self, source: str, file: str, locale: str) -> None:
        self.source, self.file, self.locale = source.removeprefix("\ufeff"), file, locale
        self.faults: list[str] = []
        self.classes: dict[str, frozenset[Alternative]] = {}
        self.patterns: list[Pattern] = []
        self.seen: dict[str, int] = {}
        self.reading = _Reading()
        self.checked: set[Choice] = set()

    def read(self) -> None:
        rows = list(self._rows())
        for wants_classes in (True, False):  # patterns use classes, wherever those stand
            for line, row in rows:
                if (row["category"] == "class") is wants_classes:
                    self._read_row(line, row)
        for name in REQUIRED_CLASSES:
            if name not in self.classes:
                self._fault(1, f"the class {name} is missing; an empty one is allowed")

    def _fault(self, line: int, sentence: str) -> None:
        self.faults.append(f"{self.file}:{line}: {sentence}")

    def _read_row(self, line: int, row: Mapping[str, str]) -> None:
        try:
            if row["category"] == "class":
                self._read_class(row)
            else:
                self.patterns.append(self._pattern(line, row))
        except _Fault as fault:
            self._fault(line, str(fault))

    def _rows(self) -> Iterable[tuple[int, dict[str, str]]]:
        header_seen = False
        for line, text in enumerate(self.source.split("\n"), start=1):
            cells = [cell.strip(" \r") for cell in text.split("\t")]
            if not text.strip() or text.startswith("#"):
                continue
            if not header_seen:
                header_seen = True
                if tuple(cells) != COLUMNS:
                    self._fault(line, "the first row must name the columns: " + " ".join(COLUMNS))
                continue
            if len(cells) > len(COLUMNS):
                self._fault(line, f"{len(cells)} columns instead of {len(COLUMNS)}")
                continue
            row = dict(zip(COLUMNS, cells + [""] * (len(COLUMNS) - len(cells)), strict=True))
            self._note_id(line, row["id"])
            yield line, row

    def _note_id(self, line: int, name: str) -> None:
        if not name:
            self._fault(line, "the id is missing")
        elif name in self.seen:
            self._fault(line, f"the id {name} stands already in line {self.seen[name]}")
        self.seen.setdefault(name, line)

    def _read_class(self, row: Mapping[str, str]) -> None:
        name = row["id"] if row["id"].startswith("<") else f"<{row['id']}>"
        if not _CLASS.fullmatch(name):
            raise _Fault(f"{name} is no name for a class; it looks like <kin>")
        self.classes[name] = frozenset(_alternatives(_plain(row["pattern"])))

    def _pattern(self, line: int, row: Mapping[str, str]) -> Pattern:
        category, level = row["category"], row["level"]
        _check_row(row)
        written = row["pattern"].split()
        spread = _spread(written)
        steps = self.reading.steps(row["pattern"]) if spread is None else self.reading.scene(row["pattern"])
        self._check_classes(steps)
        return Pattern(
            id=row["id"],
            category=category,
            level=int(level or 0),
            steps=steps,
            locale=self.locale,
            from_start=written[0] == "^",
            to_end=written[-1] == "$",
            spread=spread,
            folds_safely=row["key"] == "K1safe",
            person=row["person"] or "any",
            blocks=frozenset(part.strip() for part in row["blocks"].split(",") if part.strip()),
            reviewed=bool(row["reviewer"]),
            line=line,
            example=row["example"],
            example_not=row["example_not"],
        )

    def _check_classes(self, steps: Iterable[Step]) -> None:
        for step in steps:
            if isinstance(step, Choice) and step not in self.checked:
                for word in (word for alternative in step.alternatives for word in alternative):
                    if word[0] == "<" and word not in self.classes:
                        raise _Fault(f"there is no class {word} in this file")
                self.checked.add(step)


def _spread(written: list[str]) -> int | None:
    """How far the parts of a scene may stand apart; None where the row is no scene."""
    joined_by = {part for part in written if part in SPREADS}
    if not joined_by:
        return None
    if len(joined_by) > 1 or any(part in ("^", "$") or not part.strip("_") for part in written):
        raise _Fault("a scene joins all its parts with & or all with &&, and has no _ or ^ or $")
    return SPREADS[joined_by.pop()]


def _check_row(row: Mapping[str, str]) -> None:
    """Raise on the first thing wrong with the cells of a row that is no class."""
    category = row["category"]
    is_block = category == "block"
    blocks = {part.strip() for part in row["blocks"].split(",") if part.strip()}
    rules = (
        (is_block or category in CATEGORIES, f"{category or 'nothing'} is no category"),
        (
            row["level"] in (("", "0", "1") if is_block else ("1", "2", "3")),
            f"{row['level'] or 'nothing'} is no level",
        ),
        (bool(row["pattern"]), "the pattern is missing"),
        (row["key"] in ("", "K0", "K1safe"), f"{row['key']} is no key; use K0 or K1safe"),
        (row["person"] in ("", "self", "kin", "any"), f"{row['person']} is no person; use self, kin or any"),
        (not is_block or bool(blocks), "a block row must say which categories it blocks, or *"),
        (is_block or not blocks, "only a block row has blocks"),
        (blocks <= {*CATEGORIES, "*"}, "blocks names something that is no category"),
        (bool(row["example"]), "the example is missing"),
        (is_block or bool(row["example_not"]), "the example_not is missing"),
    )
    for holds, sentence in rules:
        if not holds:
            raise _Fault(sentence)


class _Reading:
    """Reads patterns; parts and words come again and again within a table, and are read once."""

    def __init__(self) -> None:
        self.choices: dict[str, Choice] = {}

    def steps(self, pattern: str) -> tuple[Step, ...]:
        """The steps of a pattern; gaps side by side become one, gaps at its ends mean nothing."""
        steps: list[Step] = []
        must = False
        for part in _parts(pattern):
            if part in ("^", "$"):
                continue
            if part.strip("_"):
                choice = self.choices.get(part) or self._choice(part)
                steps.append(choice)
                must = must or not choice.optional
            elif steps and isinstance(steps[-1], Gap):
                steps[-1] = Gap(steps[-1].size + 3 * len(part))
            elif steps:
                steps.append(Gap(3 * len(part)))
        if not must:
            raise _Fault(
                "all words stand in brackets, so all may be missing; a choice is written a|b without brackets"
            )
        if isinstance(steps[-1], Gap):
            steps.pop()
        return tuple(steps)

    def scene(self, pattern: str) -> tuple[Choice, ...]:
        """The parts of a scene, each a choice that must be there."""
        parts = [part for part in _parts(pattern) if part not in SPREADS]
        steps = tuple(self.choices.get(part) or self._choice(part) for part in parts)
        if len(steps) < 2 or len(_parts(pattern)) != 2 * len(steps) - 1:
            raise _Fault("a scene has two or more parts with & or && between each two")
        if any(step.optional for step in steps):
            raise _Fault("all parts of a scene must be there; leave the one in brackets out")
        return steps

    def _choice(self, part: str) -> Choice:
        optional = part[0] == "(" and part[-1] == ")"
        inner = part[1:-1] if optional else part
        if "(" in inner or ")" in inner:
            raise _Fault(f"brackets do not fit in {part}")
        alternatives = frozenset(_alternatives(inner))
        if not alternatives:
            raise _Fault(f"nothing can be read in {part}")
        choice = self.choices[part] = Choice(alternatives, optional)
        return choice


def _parts(pattern: str) -> list[str]:
    pattern = _plain(pattern)
    return _PART.findall(pattern) if "(" in pattern else pattern.split()


def _plain(source: str) -> str:
    """Normalise a whole cell at once, which is much faster than word by word."""
    if ZWNJ in source:  # joined, as it is heard, and split, as a keyboard without the half space writes it
        source = _HALF_SPACED.sub(lambda found: f"{found[0]}|{found[0].replace(ZWNJ, _INNER_SPACE)}", source)
    return normalise(source)


def _alternatives(source: str) -> Iterable[Alternative]:
    for alternative in source.split("|"):
        if alternative.isalnum():
            yield (alternative,)
        elif alternative.strip():
            yield _alternative(alternative.replace(_INNER_SPACE, " "))


def _alternative(source: str) -> Alternative:
    read: list[str] = []
    for word in source.split():
        if word[0] == "<" and _CLASS.fullmatch(word):
            read.append(word)
            continue
        found = words(word.removesuffix("*"))
        if not found:
            raise _Fault(f"nothing can be read in {word}")
        read += [*found[:-1], found[-1] + "*" if word[-1] == "*" else found[-1]]
    return tuple(read)
