"""
What of the bot's profile was given to Telegram, so that it is not given again at each start.

It is a chore that is done once for each content: a row of `chores` whose name holds the part and a digest of it.
"""

import sqlite3
from datetime import datetime
from typing import Final

from storage.database import load_queries
from storage.moments import to_integer

PREFIX: Final = "profile "
_queries = load_queries("profile")


def given(db: sqlite3.Connection) -> dict[str, str]:
    """Return the digest of each part that Telegram has."""
    rows = (name.removeprefix(PREFIX).rpartition(" ") for (name,) in _queries.given(db, prefix=PREFIX))
    return {part: digest for part, _space, digest in rows}


def note(db: sqlite3.Connection, part: str, digest: str, now: datetime) -> None:
    """Telegram has this content of a part now, and no other."""
    forget(db, part)
    _queries.note(db, name=f"{PREFIX}{part} {digest}", now=to_integer(now))


def forget(db: sqlite3.Connection, part: str) -> None:
    """Telegram has the part no longer, or nobody knows."""
    _queries.forget(db, prefix=f"{PREFIX}{part} ")
