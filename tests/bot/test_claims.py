"""Pages beside the bot promise nothing untrue either."""

from pathlib import Path

import pytest

from bot import claims


def test_our_own_pages_claim_nothing_that_is_untrue() -> None:
    """The README, the documents and the desk are read before anybody decides to trust this."""
    found = list(claims.in_pages())
    assert not found, "\n".join(map(str, found))


@pytest.mark.parametrize("page", ["README.md", "docs/x.md", "docs/privacy/x.md", "bot/desk/templates/x.html"])
def test_a_claim_is_found_wherever_it_stands(tmp_path: Path, page: str) -> None:
    """With its page and its words, so that it can be put right."""
    path = tmp_path / page
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("# Why\n\nGood.\n\nResidents are anonymous, and leave no\ntrace.\n", "utf-8")
    (claim,) = claims.in_pages(tmp_path)
    assert str(claim).startswith(f"{page}: promises what cannot be kept (anonym, no trace): 'Residents")


@pytest.mark.parametrize(
    "sentence",
    [
        "It does not promise anonymity.",
        "Nobody is completely safe.",
        "Ingen är helt säker.",
        "Texts that say “anonymous” fail the build.",
        "The word `anonymous` fails.",
        "It isn't 100 % sure.",
    ],
)
def test_a_denial_and_a_quotation_are_no_claim(sentence: str) -> None:
    """Else no page could say what is not promised."""
    assert list(claims.in_text(sentence)) == []


def test_a_no_in_another_sentence_denies_nothing() -> None:
    """And "no trace" is not its own denial."""
    assert list(claims.in_text("We do not lie. You are completely safe.")) != []
    assert list(claims.in_text("It leaves no trace.")) != []
