"""What one only reads: guides, figures, the audit."""

from storage import guide_counts
from tests.bot.desk.conftest import Office


async def test_steps_that_fail_come_first(inside: Office) -> None:
    """Also of a guide that is not here any more."""
    for what in ("not-helped", "stuck", "helped"):
        await inside.town.run(guide_counts.add, "bills", "pay", what)
    await inside.town.run(guide_counts.add, "bills", "fine", "helped")
    status, page = await inside.get("/guides")
    assert status == 200
    assert "pay" in page
    assert "fine" not in page
    assert "draft" in page or "Reviewed" in page


async def test_small_figures_are_not_told(inside: Office) -> None:
    """One case says whose it was."""
    case = await inside.raise_case()
    await inside.press(case, "have")
    _status, page = await inside.get("/figures")
    assert "fewer than 5" in page
    assert 'class="count"' not in page


async def test_the_audit_says_who_did_what_and_whether_it_is_whole(inside: Office) -> None:
    """By name where there still is one; the operator has none."""
    _status, page = await inside.get("/audit")
    for words in ("Karin", "operator", "signed in", "made a link to this desk", "Every row follows"):
        assert words in page, words
    await inside.town.write("UPDATE audit SET about = 'person:9' WHERE id = 1")
    assert "From row 1 on" in (await inside.get("/audit"))[1]


async def test_a_long_audit_has_pages(inside: Office) -> None:
    """A hundred at a time."""
    for _time in range(120):
        await inside.get(f"/people/{inside.mina}")
    _status, page = await inside.get("/audit")
    assert 'href="/audit?before=' in page
    before = page.split("/audit?before=")[1].split('"')[0]
    assert 'href="/audit?before=' not in (await inside.get(f"/audit?before={before}"))[1]
