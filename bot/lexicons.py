"""The risk lexicons on disk, `locales/*/risk.tsv`, made into a reader. The only I/O of the risk reader."""

from pathlib import Path

from dialogs.risk.lexicon import Lexicon, LexiconFaults, read_lexicon
from dialogs.risk.reader import Reader

LOCALES = Path(__file__).resolve().parent.parent / "locales"


def load_lexicons(folder: Path = LOCALES) -> list[Lexicon]:
    """Read every lexicon, in the order of the locales' names; raise with the faults of all files at once."""
    lexicons, faults = [], []
    for path in sorted(folder.glob("*/risk.tsv")):
        locale = path.parent.name
        try:
            lexicons.append(
                read_lexicon(path.read_text("utf-8", errors="replace"), f"{locale}/{path.name}", locale)
            )
        except LexiconFaults as found:
            faults += found.faults
    if faults:
        raise LexiconFaults(faults)
    return lexicons


def load_reader(folder: Path = LOCALES) -> Reader:
    """A reader for all languages that have a lexicon."""
    return Reader(load_lexicons(folder))
