"""
Whether the examples of a lexicon hold: each is read alone, with nothing but its own language.

A danger's `example` must be heard by its pattern at its level or higher; its `example_not` must not. A block's
`example` must hold the block. What breaks here would otherwise be believed by whoever reads the table.
"""

from dialogs.risk.lexicon import Lexicon, Pattern
from dialogs.risk.reader import Reader


def faults(lexicon: Lexicon) -> list[str]:
    """One sentence for each example that does not hold, with file and line."""
    reader = Reader([lexicon])
    found = []
    for pattern in lexicon.patterns:
        found += [
            f"{lexicon.file}:{pattern.line}: {sentence}" for sentence in _pattern_faults(pattern, reader)
        ]
    return found


def _pattern_faults(pattern: Pattern, reader: Reader) -> list[str]:
    held = reader.patterns_in(pattern.example)
    if pattern.id not in held:
        return [f"{pattern.id} does not match its example"]
    if pattern.is_block:
        return []
    found = []
    judged = [signal for signal in reader.judged(pattern.example) if signal.category == pattern.category]
    if max((signal.level for signal in judged), default=0) < pattern.level:
        rules = ", ".join(f"{signal.pattern} {signal.level} by {signal.rule}" for signal in judged)
        found.append(f"{pattern.id} matches its example but is heard below level {pattern.level} ({rules})")
    mistaken = [signal.level for signal in reader.judged(pattern.example_not) if signal.pattern == pattern.id]
    if max(mistaken, default=0) >= pattern.level:
        found.append(f"{pattern.id} matches its example_not")
    return found
