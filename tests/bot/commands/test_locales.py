"""`vidare locales`: whether every language is whole."""

import io
import json
from pathlib import Path

import pytest

from bot import catalogues
from bot.__main__ import main
from bot.catalogues import Fault, Status
from bot.commands import locales
from bot.locale_folder import DOMAINS, reviewed_locales
from bot.terms import TermsTorn


def test_a_fault_is_an_exit_code(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """So that a check in CI stops on it."""
    monkeypatch.setattr(catalogues, "faults", lambda: iter([Fault("sv", "bot", "Hello", "not translated")]))
    monkeypatch.setattr(catalogues, "locales", lambda: ["sv"])
    assert main(["locales", "check"]) == 1
    assert capsys.readouterr().out == (
        "locales/sv/LC_MESSAGES/bot.po: not translated: 'Hello'\n1 faults in 1 locales\n"
    )


def test_no_fault_is_none(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """And says how much was looked at."""
    monkeypatch.setattr(catalogues, "faults", lambda: iter([]))
    monkeypatch.setattr(catalogues, "locales", lambda: ["ar", "sv"])
    assert main(["locales", "check"]) == 0
    assert capsys.readouterr().out == "0 faults in 2 locales\n"


def test_the_status_counts_and_names_drafts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever offers a language should know whether somebody has read it; programs get the same as JSON."""
    status = Status("ar", "bot", of=4, translated=3, reviewed=2, for_safety=2, safety_reviewed=1)
    monkeypatch.setattr(catalogues, "statuses", lambda: [status])
    assert main(["locales", "status"]) == 0
    assert capsys.readouterr().out.splitlines()[1].split() == ["ar", "bot", "3/4", "2/4", "1/2", "draft"]
    assert main(["locales", "status", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["locale"], row["state"], row["safety_reviewed"]) == ("ar", "draft", 1)


def test_a_torn_list_of_terms_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A translator sees which line, and not a traceback."""

    def torn() -> list[Fault]:
        raise TermsTorn("locales/sv/terms.tsv line 3: write term")

    monkeypatch.setattr(catalogues, "faults", torn)
    assert main(["locales", "check"]) == 1
    assert "line 3" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["review", "tlh", "--by", "Amina Berg"], "there is no locale tlh"),
        (["review", "sv", "--by", "Berg, Amina"], "without a comma"),
        (["release", "tlh"], "there is no locale tlh"),
        (["release", "sv"], "still a draft"),
        (["new", "sv"], "is there already"),
        (["new", "nonsense"], "no language that Babel knows"),
    ],
)
def test_what_cannot_be_done_says_why(
    capsys: pytest.CaptureFixture[str], arguments: list[str], why: str
) -> None:
    """And changes nothing."""
    assert main(["locales", *arguments]) == 1
    assert why in capsys.readouterr().err


def test_a_language_whose_texts_are_all_read_is_released(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its name goes into the list that the bot reads at its start."""
    whole = [
        Status("tr", domain, of=4, translated=4, reviewed=4, for_safety=0, safety_reviewed=0)
        for domain in DOMAINS
    ]
    monkeypatch.setattr(catalogues, "statuses", lambda only: whole if only == "tr" else [])
    monkeypatch.setattr(catalogues, "locales", lambda: ["tr"])
    monkeypatch.setattr(locales, "LOCALES", tmp_path)
    assert main(["locales", "release", "tr"]) == 0
    assert "tr" in reviewed_locales(tmp_path)
    assert "no longer a draft" in capsys.readouterr().out


def test_a_reader_may_stop_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written then."""
    monkeypatch.setattr("sys.stdin", io.StringIO("q\n"))
    assert main(["locales", "review", "sv", "--by", "Amina Berg", "--only", "bot"]) == 0
    said = capsys.readouterr().out
    assert "wait for you" in said
    assert "(safety: two names)" in said


def test_the_lengths_are_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    """One line for each language."""
    assert main(["locales", "lengths"]) == 0
    assert "| sv |" in capsys.readouterr().out
