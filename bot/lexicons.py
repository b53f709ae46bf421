"""
The risk lexicons on disk, `locales/*/risk.tsv`, made into a reader. The only I/O of the risk reader.

Reading the tables takes seconds and much memory, so what they were compiled to is kept beside them (`risk.index`) and
used as long as neither a table nor the code that compiles has changed a letter. It is a cache: whoever deletes it
loses nothing, and where it cannot be written the tables are read at every start.
"""

import hashlib
import sys
from pathlib import Path

import dialogs.risk
from bot import kept_file
from dialogs.risk.compiling import compile_index
from dialogs.risk.lexicon import Lexicon, LexiconFaults, read_lexicon
from dialogs.risk.reader import Reader

LOCALES = Path(__file__).resolve().parent.parent / "locales"
_CODE = Path(dialogs.risk.__file__).parent


def load_lexicons(folder: Path = LOCALES) -> list[Lexicon]:
    """Read every lexicon, in the order of the locales' names; raise with the faults of all files at once."""
    lexicons, faults = [], []
    for path in _tables(folder):
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
    """A reader for all languages that have a lexicon; raise LexiconFaults where a table cannot be used."""
    index = folder / "risk.index"
    made_of = _made_of(folder)
    kept = kept_file.kept(index, made_of)
    if kept is not None:
        return Reader(compiled=kept)
    compiled = compile_index(load_lexicons(folder))
    kept_file.keep(index, made_of, compiled)
    return Reader(compiled=compiled)


def _tables(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/risk.tsv"))


def _made_of(folder: Path) -> bytes:
    """A digest of all that decides what the index holds: the tables, the code, and how this machine writes numbers."""
    digest = hashlib.sha256(f"{sys.byteorder} {sys.version}".encode())
    for path in (*_tables(folder), *sorted(_CODE.glob("*.py"))):
        content = path.read_bytes()
        digest.update(f"\0{path.parent.name}/{path.name} {len(content)}\0".encode() + content)
    return digest.digest()
