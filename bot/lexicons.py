"""
The risk lexicons on disk, `locales/*/risk.tsv`, made into a reader. The only I/O of the risk reader.

Reading the tables takes seconds and much memory, so what they were compiled to is kept beside them (`risk.index`) and
used as long as neither a table nor the code that compiles has changed a letter. It is a cache: whoever deletes it
loses nothing, and where it cannot be written the tables are read at every start.
"""

import hashlib
import logging
import os
import sys
from contextlib import suppress
from mmap import ACCESS_READ, mmap
from pathlib import Path

import dialogs.risk
from dialogs.risk.compiling import compile_index
from dialogs.risk.lexicon import Lexicon, LexiconFaults, read_lexicon
from dialogs.risk.reader import Reader

LOCALES = Path(__file__).resolve().parent.parent / "locales"
_CODE = Path(dialogs.risk.__file__).parent

HEAD = 64
"""Bytes: what it was made of, and the digest of the rest."""

log = logging.getLogger(__name__)


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
    kept = _kept(index, made_of)
    if kept is not None:
        return Reader(compiled=kept)
    compiled = compile_index(load_lexicons(folder))
    _keep(index, made_of, compiled)
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


def _kept(index: Path, made_of: bytes) -> memoryview | None:
    """
    The kept index; None where there is none, it was made of something else, or is not whole.

    It is mapped and not read, so that only what is asked for takes room. A newer one is written beside it and takes its
    name (`_keep`), which leaves this one whole as long as it is used.
    """
    try:
        with index.open("rb") as file:
            known, whole = file.read(HEAD // 2), file.read(HEAD // 2)
            if known != made_of or whole != hashlib.file_digest(file, "sha256").digest():
                return None
            return memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))[HEAD:]
    except (OSError, ValueError):  # an empty file cannot be mapped
        return None


def _keep(index: Path, made_of: bytes, compiled: bytes) -> None:
    """Write it under another name first, so that another process finds either the old one or the new."""
    new = index.with_name(f".{index.name}.{os.getpid()}")
    try:
        new.write_bytes(made_of + hashlib.sha256(compiled).digest() + compiled)
        new.replace(index)
    except OSError as error:
        with suppress(OSError):
            new.unlink()
        log.info("the risk index is not kept", extra={"error": type(error).__name__})
