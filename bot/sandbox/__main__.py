"""Run the sandbox alone: `python -m bot.sandbox --port 8081 --token 700000001:sandbox`."""

import argparse
import asyncio
import contextlib
import signal
import sys

from bot.clock import Clock
from bot.sandbox.limits import Limits
from bot.sandbox.server import PortTaken, Sandbox


def main(arguments: list[str] | None = None) -> int:
    """Serve until a signal comes; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default="700000001:sandbox", help="any number, a colon and a word")
    parser.add_argument(
        "--person", action="append", default=[], metavar="NAME[:LANGUAGE]", help="may be repeated"
    )
    parser.add_argument("--no-limits", action="store_true", help="never answer 429 on its own account")
    parser.add_argument("--no-log", action="store_true", help="keep no log of calls, for benchmarks")
    chosen = parser.parse_args(arguments)
    if not chosen.token.partition(":")[0].isdecimal():
        parser.error("a token begins with a number and a colon")
    try:
        asyncio.run(_serve(chosen))
    except PortTaken as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


async def _serve(chosen: argparse.Namespace) -> None:
    limits = None if chosen.no_limits else Limits()
    sandbox = Sandbox(chosen.token, Clock(), limits, port=chosen.port, log_calls=not chosen.no_log)
    for person in chosen.person:
        name, _, language = person.partition(":")
        sandbox.add_person(name, language or None)
    await sandbox.start()
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C ends the loop instead
            loop.add_signal_handler(number, stopped.set)
    sys.stdout.write(f"{sandbox.url}\n")
    sys.stdout.flush()
    try:
        await stopped.wait()
    finally:
        await sandbox.stop()


if __name__ == "__main__":
    raise SystemExit(main())
