"""
What took long to make and is kept on disk: used as long as it was made of the same, and as it was written whole.

It is a cache and nothing else. Whoever deletes such a file loses nothing; where none can be written, what it would hold
is made at every start, and the log says so.
"""

import hashlib
import logging
import os
from contextlib import suppress
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Final

HEAD: Final = 64
"""Bytes: the digest of what it was made of, and that of the rest."""

log = logging.getLogger(__name__)


def kept(path: Path, made_of: bytes) -> memoryview | None:
    """
    Return what was kept; None where there is none, it was made of something else (SHA-256), or is not whole.

    It is mapped and not read, so that only what is asked for takes room. A newer one is written beside it and takes its
    name (`keep`), which leaves this one whole as long as it is used.
    """
    try:
        with path.open("rb") as file:
            known, whole = file.read(HEAD // 2), file.read(HEAD // 2)
            if known != made_of or whole != hashlib.file_digest(file, "sha256").digest():
                return None
            return memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))[HEAD:]
    except (OSError, ValueError):  # an empty file cannot be mapped
        return None


def keep(path: Path, made_of: bytes, content: bytes) -> None:
    """Write it under another name first, so that another process finds either the old one or the new."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        new.write_bytes(made_of + hashlib.sha256(content).digest() + content)
        new.replace(path)
    except OSError as error:
        with suppress(OSError):
            new.unlink()
        log.info("%s is not kept", path.name, extra={"error": type(error).__name__})
