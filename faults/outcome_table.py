"""
What each answer of Telegram means for each kind of message: one word for each cell (design.md 4, platform.md 2.7).

The table is what is asked for; `outcomes.py` tries every cell on the real bot, and `docs/outcomes.md` is made from
it (`python -m faults.outcome_table > docs/outcomes.md`).
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.sandbox import FaultKind

PAUSE_ASKED: Final = 20
"""Seconds that a 429 names here."""
SLOW: Final = 0.5
"""Seconds the bot waits for an answer here, instead of the usual 25; what hangs takes longer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What Telegram does with one call. `delivered`: it carried the call out, although it did not say so.

    `loud`: only the operator can put it right, so it is an error in the log, if not for each message anew.
    """

    name: str
    fault: FaultKind | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    delivered: bool = False
    loud: bool = False


def _refused(
    name: str, code: int, description: str | None = None, *, loud: bool = False, **more: Any
) -> Answer:
    return Answer(name, FaultKind.REFUSE, {"code": code, "description": description, **more}, loud=loud)


ANSWERS: Final = {
    answer.name: answer
    for answer in (
        Answer("ok"),
        _refused("400 chat not found", 400, "Bad Request: chat not found"),
        _refused("400 other", 400, "Bad Request: something nobody has seen before"),
        _refused("401", 401, loud=True),
        _refused("403 blocked", 403, "Forbidden: bot was blocked by the user"),
        _refused("403 deactivated", 403, "Forbidden: user is deactivated"),
        _refused("409", 409, "Conflict: terminated by other getUpdates request", loud=True),
        _refused("429", 429, retry_after=PAUSE_ASKED),
        _refused("500", 500),
        Answer("502 after delivery", FaultKind.BAD_GATEWAY, delivered=True),
        Answer("timeout before delivery", FaultKind.HANG, {"seconds": 1.2 * SLOW}),
        Answer("timeout after delivery", FaultKind.DELAY_AFTER, {"seconds": 1.2 * SLOW}, delivered=True),
        Answer("reset before delivery", FaultKind.DROP_BEFORE),
        Answer("reset after delivery", FaultKind.DROP_AFTER, delivered=True),
        Answer("garbage after delivery", FaultKind.GARBAGE, delivered=True),
    )
}


@dataclass(frozen=True, slots=True)
class Kind:
    """
    A kind of message. `purposes`: what the outbox may call it. `anyway`: who is told in this scene in any case.
    """

    name: str
    means: str
    method: str
    purposes: tuple[str, ...]
    anyway: tuple[str, ...] = ()


KINDS: Final = {
    kind.name: kind
    for kind in (
        Kind("alert", "to a contact person", "sendMessage", ("alert",)),
        Kind("emergency", "the emergency text to a resident", "sendMessage", ("emergency",), ("Mina",)),
        Kind("note", "“a human has seen it”, to a resident", "sendMessage", ("note",), ("Mina",)),
        Kind("reply", "to what a resident just did", "sendMessage", ("reply",)),
        Kind("check-in", "the day’s question to a resident, unasked", "sendMessage", ("check-in", "routine")),
        Kind("reminder", "the one after it, unasked", "sendMessage", ("routine",)),
        Kind("edit", "other words in a known message", "editMessageText", ("edit",)),
        Kind("press", "what ends the waiting circle on a button", "answerCallbackQuery", ("press",)),
        Kind("delete", "messages that a resident hides", "deleteMessages", ("edit",)),
        Kind("letter", "words of a resident to a contact person, in a talk", "sendMessage", ("relay",)),
    )
}


@dataclass(frozen=True, slots=True)
class Fate:
    """
    What becomes of a message. `row`: how it ends in the outbox; `again`: whether it is sent a second time.

    `told`: who is messaged because of it, before any clock of an alert runs out. `log`: what the operator hears.
    """

    means: str
    row: str
    again: bool = False
    marked: bool = False
    told: tuple[str, ...] = ()
    log: str = ""


FATES: Final = {
    "arrives": Fate("Arrives, once.", "sent"),
    "waits": Fate(
        "Is kept, and tried again after a pause; then it arrives, once, unmarked. "
        "429 holds everything for the time it names; what is urgent goes first then. "
        "A wrong token (401) and a second bot (409) are errors in the log, the others warnings.",
        "sent",
        again=True,
        log="warning",
    ),
    "repeats": Fate(
        "Nobody knows whether it arrived: it goes again, and says that it is a repeat. "
        "It may stand there twice, never not at all. A warning in the log.",
        "sent",
        again=True,
        marked=True,
        log="warning",
    ),
    "freely": Fate(
        "Nobody knows whether it was done: it is done again, which changes nothing the second time.",
        "sent",
        again=True,
    ),
    "flagged": Fate(
        "Nobody knows whether it arrived: never again. Flagged unclear, and a warning in the log.",
        "unclear",
        log="warning",
    ),
    "next": Fate(
        "Will never arrive: the next contact person is told at once. A warning in the log.",
        "refused",
        told=("Josef",),
        log="warning",
    ),
    "tells": Fate(
        "She cannot be reached: her contact person is told calmly, and her silence is not counted. "
        "A warning in the log.",
        "refused",
        told=("Mina, calmly",),
        log="warning",
    ),
    "adds": Fate(
        "She cannot be reached, right after words of danger: whoever has her open case is told of a further sign. "
        "A warning in the log.",
        "refused",
        told=("Mina, a further sign",),
        log="warning",
    ),
    "doubted": Fate(
        "Nobody knows whether it arrived: never again, and its writer is told just that. A warning in the log.",
        "unclear",
        told=("the writer",),
        log="warning",
    ),
    "returned": Fate(
        "Will never arrive: its writer is told, and asked to write in another way. A warning in the log.",
        "refused",
        told=("the writer",),
        log="warning",
    ),
    "refused": Fate(
        "Telegram will never take it: not tried again, nobody is told. A warning in the log.",
        "refused",
        log="warning",
    ),
}

EXPECTED: Final = """
                         alert   emergency note    reply   check-in reminder edit    press   delete  letter
ok                       arrives arrives   arrives arrives arrives  arrives  arrives arrives arrives arrives
400 chat not found       next    adds      tells   tells   tells    tells    tells   tells   tells   returned
400 other                next    refused   refused refused refused  refused  refused refused refused returned
401                      waits   waits     waits   waits   waits    waits    waits   waits   waits   waits
403 blocked              next    adds      tells   tells   tells    tells    tells   tells   tells   returned
403 deactivated          next    adds      tells   tells   tells    tells    tells   tells   tells   returned
409                      waits   waits     waits   waits   waits    waits    waits   waits   waits   waits
429                      waits   waits     waits   waits   waits    waits    waits   waits   waits   waits
500                      repeats repeats   repeats flagged flagged  flagged  freely  flagged freely  doubted
502 after delivery       repeats repeats   repeats flagged flagged  flagged  freely  flagged freely  doubted
timeout before delivery  repeats repeats   repeats flagged flagged  flagged  freely  flagged freely  doubted
timeout after delivery   repeats repeats   repeats flagged flagged  flagged  freely  flagged freely  doubted
reset before delivery    repeats repeats   repeats flagged flagged  flagged  freely  flagged freely  doubted
reset after delivery     repeats repeats   repeats flagged flagged  flagged  freely  flagged freely  doubted
garbage after delivery   repeats repeats   repeats flagged flagged  flagged  freely  flagged freely  doubted
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer to one kind of message, and the word for what becomes of it."""

    answer: Answer
    kind: Kind
    word: str

    @property
    def fate(self) -> Fate:
        """What the word stands for."""
        return FATES[self.word]


def cells() -> tuple[Cell, ...]:
    """The table, cell by cell, row by row."""
    return tuple(
        Cell(ANSWERS[answer], KINDS[kind], word)
        for answer, words in _rows()
        for kind, word in zip(KINDS, words, strict=True)
    )


def _rows() -> list[tuple[str, list[str]]]:
    _heading, *lines = EXPECTED.strip("\n").splitlines()
    split = [line.rsplit(maxsplit=len(KINDS)) for line in lines]
    return [(name, words) for name, *words in split]


def page() -> str:
    """Return the table for the docs."""
    rows = [f"| {answer} | {' | '.join(words)} |" for answer, words in _rows()]
    return "\n".join(
        [
            "# What becomes of a message",
            "",
            "Each answer Telegram can give to each kind of message, and what the bot then does. `python -m faults`",
            "tries every cell on the real bot against the sandbox. Made by `python -m faults.outcome_table`.",
            "",
            f"| Telegram's answer | {' | '.join(KINDS)} |",
            "|---" * (len(KINDS) + 1) + "|",
            *rows,
            "",
            *(f"- **{word}**: {fate.means}" for word, fate in FATES.items()),
            "",
            "The kinds:",
            "",
            *(f"- **{kind.name}**: {kind.means}" for kind in KINDS.values()),
            "",
            "“After delivery” and “before delivery” look the same to the bot; only the sandbox knows which it was.",
            "",
        ]
    )


if __name__ == "__main__":
    sys.stdout.write(page())
