"""`vidare run`: the bot itself, until SIGTERM or Ctrl-C."""

import argparse
import asyncio
import gc
import logging
import os
import signal

from bot import fault_points
from bot.clock import Clock
from bot.logs import setup_logs
from bot.settings import Settings, load_settings
from bot.wiring import Texts, read_texts, running

log = logging.getLogger(__name__)


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`vidare run` takes everything from the settings."""
    parser = subparsers.add_parser("run", help="run the bot (settings: VIDARE_…, see docs/operating.md)")
    parser.set_defaults(run=lambda _arguments: asyncio.run(until_told_to_stop(load_settings(), Clock())))


async def until_told_to_stop(settings: Settings, clock: Clock, texts: Texts | None = None) -> int:
    """
    Run the bot; returns 1 where a part of it ended by itself, so that whoever started us starts us again.

    `texts`: where they were read already, as by a program that starts many bots.
    """
    setup_logs(settings.log_level)
    probe = fault_points.from_environment(os.environ)
    texts = texts or read_texts(settings)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with running(settings, clock, texts, probe=probe) as bot:
        gc.collect()
        gc.freeze()  # lexicons and guides stay: looking through them anew holds the event loop for a tenth of a second
        log.info("running", extra={"locales": len(texts.translator.locales)})
        ends = [asyncio.ensure_future(event.wait()) for event in (stop, bot.broken)]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for end in ends:
            end.cancel()
        log.info("stopping")
    log.info("stopped")
    return 1 if bot.broken.is_set() else 0
