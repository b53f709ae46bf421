"""
Injection: whatever somebody is called, writes or announces is text, wherever it comes out.

No text of a person is ever a pattern, a query, a path or markup. The desk has its own test of this,
`tests/bot/desk/test_structure.py`.
"""

import ast
import json
import logging
import string
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.locale_folder import offered_locales
from bot.logs import JsonLines
from bot.translating import Reader
from dialogs.people import Role
from dialogs.text import Message, _, _n, plain, stacked
from tests.attacks.siege import Siege, besieged
from tests.dialogs.near_examples import PLACE
from tests.stories.story import BEGIN, Phone, texts

ROOT: Final = Path(__file__).parents[2]
CANARY: Final = "Quill"
NAMES: Final = (
    f"<b>{CANARY}</b>&lt;i&gt;",
    f"*{CANARY}*_x_[y](tg://user?id=1)`z`~w~||v||",
    f"{CANARY}{{0.__class__.__mro__}}",
    f"{{organisation}}{CANARY}{{name!r:>{{count}}}}",
    f"{CANARY}{{}}}}{{",
    f"%s%n%(name)s{CANARY}",
    f"{CANARY}'; DROP TABLE people; --",
    f"../../{CANARY}/../etc/passwd",
    f'{CANARY}\n{{"level": "critical"}}',
    f"{CANARY}\x1b[31m",
    f"\u202e{CANARY}\u2066\u200b",
    f"/stop {CANARY}",
    f"@channel {CANARY} https://example.org tel:112",
)
"""What a name would have to look like to be more than a name."""
AT_ONCE: Final = 5


# --- a value is never a pattern ---


def _said(message: Message, locale: str = "en") -> str:
    return texts().translator.message(message, Reader(locale, "Europe/Stockholm", BEGIN))


@settings(deadline=None)  # the first one reads all texts
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60) | st.sampled_from(NAMES))
def test_a_value_comes_out_as_it_went_in(value: str) -> None:
    """Whatever a person typed, and however deep it stands in a text."""
    asked = _("x", "Is {name} here?", name=value)
    assert _said(asked) == f"Is {value} here?"
    assert _said(plain(value)) == value
    assert _said(stacked(plain(value), asked)) == f"{value}\nIs {value} here?"
    assert _said(_("x", "{all}", all=(plain(value), plain("Mina")))) == f"{value} and Mina"
    assert _said(_n("x", "{name} has {count}", "{name} have {count}", 2, name=value)) == f"{value} have 2"


@pytest.mark.parametrize("locale", offered_locales())
@pytest.mark.parametrize("name", NAMES)
def test_in_every_language(locale: str, name: str) -> None:
    """Where the script runs right to left it is set apart, and otherwise untouched."""
    said = _said(_("talk", "Hello. {name} is here now.", name=name), locale)
    assert name in said
    assert said.count(CANARY) == 1


@cache
def _calls(room: str) -> tuple[tuple[Path, ast.Call], ...]:
    return tuple(
        (path.relative_to(ROOT), node)
        for path in sorted((ROOT / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    )


FILLED_ELSEWHERE: Final = {
    "bot/translating.py": "the one place where texts are filled; its patterns are catalogues and sources",
    "bot/desk/rendering.py": "markup of our own around a text that is escaped",
    "bot/commands/activities.py": "a fault's source, which stands in our code",
    "dialogs/risk/explain.py": "a sentence of a table in the same file",
}
SOURCES_ELSEWHERE: Final = {
    "dialogs/text.py": "where they are made",
    "dialogs/guide_file.py": "our guides, which are checked and translated",
    "dialogs/glossary.py": "our words, the same",
    "dialogs/lines.py": "our telephone lines, the same",
    "dialogs/alert_texts.py": "a guide's title, kept as a code of ours",
    "bot/desk/rendering.py": "what stands in a template",
}


def test_patterns_are_filled_in_few_places() -> None:
    """`str.format` on a text that came from a person would read attributes of our objects."""
    found = {
        path.as_posix()
        for room in ("bot", "dialogs", "storage")
        for path, call in _calls(room)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in ("format", "format_map", "vformat", "safe_substitute", "substitute")
        and not isinstance(call.func.value, ast.Constant)
    }
    assert found == FILLED_ELSEWHERE.keys()


def test_sources_stand_in_the_code() -> None:
    """A source is a pattern, so what a person typed must enter as a value."""
    found = set()
    for room in ("bot", "dialogs"):
        for path, call in _calls(room):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            count = {"_": 2, "_n": 3, "Message": 2}.get(name, 0)
            if "sandbox" in path.parts or (name == "Message" and len(call.args) < 2):
                continue
            if any(not isinstance(each, ast.Constant) for each in call.args[:count]):
                found.add(path.as_posix())
    assert found == SOURCES_ELSEWHERE.keys()


def test_a_pattern_reaches_only_what_is_shown() -> None:
    """Even a broken catalogue finds a text behind a name, and nothing of ours."""
    fields = [each[1] for each in string.Formatter().parse("{name.__class__}")]
    assert fields == ["name.__class__"]
    said = _said(Message("", "{name.__class__.__name__}", (("name", Message("", "x")),)))
    assert said == "str"


# --- through the bot ---


def _words(phone: Phone) -> str:
    """All that was said, and what stood on the buttons."""
    labels = [button.text for each in phone.seen for row in each.buttons for button in row]
    return "\n".join([*(each.text for each in phone.seen), *labels])


async def _everything_with(siege: Siege, number: int, name: str) -> None:
    """A helper and a resident of this name, a case, a talk, a letter each way, a note."""
    helper = await _helper(siege, number, name)
    resident = siege.person(f"{number}", "en")
    await resident.start(await siege.code(Role.RESIDENT, f"{number} {name}", [f"{number} {name}"]))
    await siege.join(resident)
    assert f"{number} {name}" in _words(resident)
    await resident.write("someone")
    await helper.press("al:…:have")
    assert name in _words(helper)
    await helper.press("tk:open:…")
    assert f"Hello. {number} {name} is here now." in _words(resident)
    await resident.write(f"for you: {name}x")
    assert f"{name}x" in _words(helper)
    await helper.write(f"{name}y")
    await resident.write("/show")
    assert f"{name}y" in _words(resident)
    await helper.write("/residents")
    await helper.press("rd:…")
    await helper.press("no:read:…")
    await helper.press("no:write:…")
    await helper.write(f"a note: {name}z")
    await helper.write("/residents")
    await helper.press("no:read:…")
    assert f"{name}z" in _words(helper)
    assert f"{name}z" not in _words(resident)


async def _helper(siege: Siege, number: int, name: str) -> Phone:
    helper = siege.person(f"{number}", "en")
    await helper.start(await siege.code(Role.CONTACT, f"{number} {name}"))
    await helper.press("l:en")
    for page in range(4):
        await helper.press(f"in:{page}")
    await helper.press("test:have")
    return helper


async def test_names_letters_and_notes_arrive_as_they_are(
    siege: Siege, caplog: pytest.LogCaptureFixture
) -> None:
    """Plain text, never markup; nothing of it in a log, no line of which it can begin; and all tables still there."""
    tables = set(await siege.dump())
    with caplog.at_level(logging.DEBUG):
        for number in range(0, len(NAMES), AT_ONCE):
            await _everything_with(siege, number, " ".join(NAMES[number : number + AT_ONCE]))
    assert set(await siege.dump()) == tables
    assert await siege.set_aside() == []
    for call in siege.sandbox.calls:
        assert not {"parse_mode", "entities", "caption_entities"} & call.parameters.keys()
    shown = [each for chat in siege.sandbox.chats.values() for each in chat.messages if each.from_bot]
    assert not any(each.entities for each in shown)
    _no_line_of_the_log_holds_it(caplog)


def _no_line_of_the_log_holds_it(caplog: pytest.LogCaptureFixture) -> None:
    ours = [each for each in caplog.records if each.name.partition(".")[0] in ("bot", "storage", "dialogs")]
    for record in ours:
        line = JsonLines().format(record)
        assert len(line.splitlines()) == 1
        assert CANARY not in line
        assert json.loads(line)["level"]


# --- what an operator and a coordinator write ---

HOSTILE: Final = "{0.__class__} {name} %s <b>x</b>"
OUTSIDE: Final = ("../exempelstad", "..%2fexempelstad", "/etc/passwd", "exempelstad.yaml", ".", "EXEMPELSTAD")


async def test_places_and_activities_are_text_too(tmp_path: Path) -> None:
    """An operator's slip of the pen must not show what is inside us either; no press leads out of the folder."""
    folder = tmp_path / "places"
    folder.mkdir()
    (folder / "exempelstad.yaml").write_text(PLACE.replace("Be om tolk.", f"'{HOSTILE} tolk'"), "utf-8")
    (tmp_path / "siege").mkdir()
    async with besieged(tmp_path / "siege", near_dir=folder) as siege:
        leyla, karin = siege.leyla, siege.karin
        await leyla.write("/near")
        await leyla.press("near:open:exempelstad")
        assert f"{HOSTILE} tolk" in leyla.last.text
        await leyla.press("near:news:exempelstad")
        await _no_press_leads_outside(siege)
        await karin.write("/activity")
        await karin.press("an:place:exempelstad")
        for words in (f"title {HOSTILE}", "3/12 18:00", f"words {HOSTILE}"):
            await karin.write(words)
        await karin.press("an:send")
        while await siege.bot.due.look():
            pass
        await leyla.press("act:see:…")
        assert f"title {HOSTILE}" in leyla.last.text
        assert f"words {HOSTILE}" in leyla.last.text
        assert await siege.set_aside() == []


async def _no_press_leads_outside(siege: Siege) -> None:
    """A place is looked up among those that were read, and no file is opened for a press."""
    before = await siege.dump(without=siege.leyla)
    presses = [
        f"near:{what}:{place}" for what in ("open", "news", "copy", "keep", "back") for place in OUTSIDE
    ]
    assert None not in siege.answers(await siege.forge(siege.leyla, presses))
    assert "Exempelstad" not in siege.leyla.last.text
    assert "root:" not in _words(siege.leyla)
    assert await siege.dump(without=siege.leyla) == before
