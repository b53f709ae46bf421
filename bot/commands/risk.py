"""
`vidare risk`: read messages from standard input with the risk reader, explain it, or check its lexicons.

Each line is a message: plain text, or a JSON object with `text`. A `lang` beside it changes nothing: people mix
languages within a sentence, so every message is held against all of them. Each gives one line of JSON (`read`) or
sentences (`explain`), so the command can be piped a hundred thousand lines as well as typed into.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter_ns
from typing import Any, Final, TextIO

from bot import risk_corpus
from bot.lexicons import LOCALES, load_reader
from dialogs.risk.check import faults
from dialogs.risk.explain import explain
from dialogs.risk.lexicon import LexiconFaults, read_what_holds
from dialogs.risk.reader import Reader
from dialogs.risk.score import Labelled, Share, missed, score

CORPUS: Final = LOCALES.parent / "tests" / "risk"


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `risk` and its three subcommands."""
    parser = subparsers.add_parser("risk", help="read messages with the risk reader, or check its lexicons")
    _fill(parser)


def _fill(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(required=True, metavar="read|explain|check")
    read = kinds.add_parser("read", help="lines in, one line of JSON each out")
    explained = kinds.add_parser("explain", help="lines in, sentences out")
    explained.add_argument("--locale", choices=("sv", "en"), default="en")
    scored = kinds.add_parser("score", help="measure the reader on labelled messages")
    scored.add_argument("locales", nargs="*", metavar="LOCALE", help="only these")
    scored.add_argument("--corpus", type=Path, default=CORPUS, help="the folder of <locale>.jsonl files")
    scored.add_argument(
        "--misses", action="store_true", help="list what was misheard, never of the held-out part"
    )
    scored.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    check = kinds.add_parser("check", help="find the faults of all lexicons")
    check.add_argument("locales", nargs="*", metavar="LOCALE", help="only these")
    for kind, run in ((read, _read), (explained, _explain), (scored, _score), (check, _check)):
        kind.add_argument("--folder", type=Path, default=LOCALES, help=argparse.SUPPRESS)
        kind.set_defaults(run=partial(_until_nobody_reads, run))


def _until_nobody_reads(run: Callable[[argparse.Namespace], int], args: argparse.Namespace) -> int:
    """Run, and end quietly when the reader of a pipe has seen enough (`vidare risk read | head`)."""
    try:
        code = run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # else Python complains when it closes it
        return 1
    return code


def _read(args: argparse.Namespace) -> int:
    return _each_line(args, _as_json)


def _explain(args: argparse.Namespace) -> int:
    def sentences(reader: Reader, text: str) -> str:
        return "\n".join(explain(reader.read(text), args.locale))

    return _each_line(args, sentences)


def _each_line(args: argparse.Namespace, answer: Callable[[Reader, str], str]) -> int:
    try:
        reader = load_reader(args.folder)
    except LexiconFaults as found:
        print(found, file=sys.stderr)
        return 1
    source, out = sys.stdin, sys.stdout
    _speak_utf8(source)
    _speak_utf8(out)
    # A person who types wants the answer at once; a pipe of many lines is faster in blocks.
    prompt = source.isatty() or out.isatty()
    for line in source:
        print(answer(reader, message_of(line)), file=out, flush=prompt)
    out.flush()
    return 0


def _speak_utf8(stream: TextIO) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace", newline="\n")


def message_of(line: str) -> str:
    """The message a line stands for."""
    line = line.rstrip("\r\n")
    if line.startswith("{"):
        try:
            parsed: Any = json.loads(line)
        except (ValueError, RecursionError):
            return line
        if isinstance(parsed, dict) and isinstance(parsed.get("text"), str):
            return str(parsed["text"])
    return line


def _as_json(reader: Reader, text: str) -> str:
    started = perf_counter_ns()
    reading = reader.read(text)
    spent = (perf_counter_ns() - started) / 1000
    signals = [
        {"category": signal.category, "level": signal.level, "pattern": signal.pattern, "rule": signal.rule}
        for signal in reading.signals
    ]
    return json.dumps({"level": reading.level, "signals": signals, "us": round(spent, 1)}, ensure_ascii=False)


def _check(args: argparse.Namespace) -> int:
    found = 0
    for path in sorted(args.folder.glob("*/risk.tsv")):
        locale = path.parent.name
        if args.locales and locale not in args.locales:
            continue
        for sentence in _faults_of(path, locale):
            print(sentence)
            found += 1
    print(f"{found} faults" if found else "no faults")
    return 1 if found else 0


def _faults_of(path: Path, locale: str) -> list[str]:
    file = f"{locale}/{path.name}"
    try:
        lexicon, found = read_what_holds(path.read_text("utf-8"), file, locale)
    except UnicodeDecodeError:
        return [f"{file}:1: the file is not UTF-8"]
    return found + faults(lexicon)


def _score(args: argparse.Namespace) -> int:
    try:
        reader = load_reader(args.folder)
        corpora = risk_corpus.load(args.corpus, args.locales)
    except (LexiconFaults, risk_corpus.CorpusFaults) as found:
        print(found, file=sys.stderr)
        return 1
    _speak_utf8(sys.stdout)
    if args.misses:
        return _misses(reader, corpora)
    figures = {
        locale: {part: score(chosen, reader.read) for part, chosen in _parts(messages)}
        for locale, messages in corpora.items()
    }
    print(json.dumps(_plain(figures)) if args.json else "\n".join(_table(figures)))
    return 0


def _parts(messages: Sequence[Labelled]) -> list[tuple[str, list[Labelled]]]:
    """The part whose misses may be read, and the part that only counts."""
    return [
        (name, [each for each in messages if each.held_out is held])
        for name, held in (("seen", False), ("held out", True))
    ]


def _table(figures: Mapping[str, Mapping[str, Mapping[str, Share]]]) -> Iterable[str]:
    for locale, parts in figures.items():
        yield f"{locale:<8}{'':<22}" + "".join(f"{part:>26}" for part in parts)
        for name in next(iter(parts.values())):
            yield f"{'':<8}{name:<28}" + "".join(_cell(parts[part][name]) for part in parts)


def _cell(share: Share) -> str:
    low, high = share.interval
    return f"{share.value:>8.3f} ({low:.2f}-{high:.2f}) {share.of:>4} "


def _plain(figures: Mapping[str, Mapping[str, Mapping[str, Share]]]) -> dict[str, Any]:
    return {
        locale: {
            part: {name: {"hits": share.hits, "of": share.of} for name, share in shares.items()}
            for part, shares in parts.items()
        }
        for locale, parts in figures.items()
    }


def _misses(reader: Reader, corpora: Mapping[str, Sequence[Labelled]]) -> int:
    """One JSON line each; the held-out part stays unread, or it would measure nothing any more."""
    for locale, messages in corpora.items():
        for message, reading in missed([each for each in messages if not each.held_out], reader.read):
            heard = {signal.category: signal.level for signal in reversed(reading.signals)}
            line = {
                "id": message.id,
                "lang": locale,
                "level": message.level,
                "meant": dict(message.categories),
            }
            print(
                json.dumps(
                    {**line, "kind": message.kind, "heard": heard, "text": message.text}, ensure_ascii=False
                )
            )
    return 0


def _main() -> int:
    parser = argparse.ArgumentParser(prog="vidare risk")
    _fill(parser)
    args = parser.parse_args()
    return int(args.run(args))


if __name__ == "__main__":
    sys.exit(_main())
