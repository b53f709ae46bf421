"""`vidare policy`: printed, set, refused, reset."""

from tests.bot.commands.conftest import Operator

FASTER = "emergency:\n  steps:\n    - tell: all contact persons at once\n      wait: 1 min\n"


async def test_the_usual_policy_needs_no_settings_and_is_a_template(operator: Operator) -> None:
    """Whoever plans a rota can read it before anything is installed."""
    code, out, _err = await operator.types("policy", "show")
    assert code == 0
    assert "contact persons one after the other" in out
    (operator.folder / "same.yaml").write_text(out)
    await operator.types("invite", "resident", "--name", "Linden")
    code, out, _err = await operator.types("policy", "set", "1", "same.yaml")
    assert (code, out) == (0, "resident 1: a policy of her own, from now on\n")


async def test_a_policy_is_kept_for_one_resident_and_taken_back(operator: Operator) -> None:
    """Hers alone: others keep what they were told."""
    await operator.types("invite", "resident", "--name", "Linden")
    await operator.types("invite", "resident", "--name", "Birch")
    (operator.folder / "faster.yaml").write_text(FASTER)
    assert (await operator.types("policy", "set", "1", "faster.yaml"))[0] == 0
    assert "all contact persons at once" in (await operator.types("policy", "show", "1"))[1]
    assert "all contact persons at once" not in (await operator.types("policy", "show", "2"))[1]
    assert (await operator.types("policy", "reset", "1"))[0] == 0
    assert "all contact persons at once" not in (await operator.types("policy", "show", "1"))[1]


async def test_a_faulty_policy_changes_nothing_and_says_what_to_do(operator: Operator) -> None:
    """The old one goes on."""
    await operator.types("invite", "resident", "--name", "Linden")
    (operator.folder / "faulty.yaml").write_text("emergency: {outcome: 20 h}")
    code, _out, err = await operator.types("policy", "set", "1", "faulty.yaml")
    assert code == 2
    assert "emergency: an outcome is asked for after" in err
    assert (await operator.types("policy", "set", "1", "missing.yaml"))[0] == 2


async def test_only_a_resident_has_a_policy(operator: Operator) -> None:
    """A slip in the number is answered."""
    await operator.types("invite", "contact", "--name", "Mina")
    for person in ("1", "99"):
        for words in (("show", person), ("reset", person)):
            code, _out, err = await operator.types("policy", *words)
            assert code == 2
            assert f"no resident {person}" in err
