"""
The bot, started again and again without reading its texts again: `python -m faults.forked`.

What takes two seconds of a start is reading: modules, lexicons, catalogues. This process does that once and forks
for each start; the child then does what `vidare run` does, from its settings on. It is a process of its own, so
it can be killed as one. An order is a line of JSON, the child's environment; the answers are its number and, in
the end, how it ended. When the one who orders is gone, the child goes too.
"""

import asyncio
import contextlib
import gc
import json
import os
import select
import signal
import sys
from pathlib import Path
from time import sleep
from typing import Final, TextIO

from pydantic import SecretStr

from bench.processes import NO_TOKEN
from bot.clock import Clock
from bot.commands.run import until_told_to_stop
from bot.settings import SettingsFaulty, load_settings
from bot.wiring import Texts, read_texts
from faults import set_clock
from storage.database import StorageError

LOOK_EVERY: Final = 0.01


def main() -> None:
    """Fork at every line of standard input, one child at a time."""
    texts = read_texts(load_settings(telegram_token=SecretStr(NO_TOKEN), data_dir=Path("unused")))
    gc.freeze()
    _say("ready")
    while order := sys.stdin.readline():
        child = os.fork()
        if child == 0:
            _be(texts, json.loads(order))
        _say(str(child))
        _say(str(_outcome(child, sys.stdin)))


def _say(word: str) -> None:
    print(word, flush=True)


def _be(texts: Texts, environment: dict[str, str]) -> None:
    """Be the bot until the end of the process."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    os.environ.update(environment)
    code = 2
    try:
        set_clock.if_asked(os.environ)
        code = asyncio.run(until_told_to_stop(load_settings(), Clock(), texts))
    except (SettingsFaulty, StorageError) as error:
        print(f"vidare: {error}", flush=True)
    finally:
        os._exit(code)


def _outcome(child: int, orders: TextIO) -> int:
    """Return the exit code, or the signal below zero; whoever orders says nothing meanwhile, unless it is gone."""
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if select.select([orders], [], [], 0)[0]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        sleep(LOOK_EVERY)


if __name__ == "__main__":
    main()
