"""Letters go where the tables allow it, and nowhere else."""

from datetime import timedelta

import pytest

from bot.outgoing import Edit, Forwarded, Send
from bot.sender import REPEATED
from dialogs.effects import Purpose
from dialogs.events import Kind, Pressed, Sent, Wrote
from dialogs.people import Role
from dialogs.words import Word
from storage import links, talks
from tests.bot.town import NOW, Town

LATER = NOW + timedelta(seconds=5)


async def _write(town: Town, person: int, text: str, message: int = 7) -> None:
    await town.happen(person, Wrote(text, message=message, at=LATER), LATER)


async def _pair(town: Town) -> tuple[int, int]:
    """Leyla and Mina, who writes to her."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await town.happen(mina, Pressed(f"tk:with:{leyla}"))
    return leyla, mina


async def _talks(town: Town, person: int) -> list[tuple[int, int]]:
    found = await town.run(talks.open_of, person)
    return [(talk.resident_id, talk.contact_id) for talk in found]


async def test_words_go_both_ways_under_agreed_names(town: Town) -> None:
    """Alias and chosen name, and no account."""
    leyla, mina = await _pair(town)
    await _write(town, leyla, "are you there?")
    await _write(town, mina, "I am")
    assert "💬 Leyla" in (await town.texts(mina))[-1]
    assert "💬 Mina" in (await town.texts(leyla))[-1]
    assert (await town.texts(leyla))[-1].endswith("I am")


async def test_who_is_not_agreed_to_cannot_begin(town: Town) -> None:
    """Whatever number is sent."""
    josef = await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(await town.contact(),))
    await town.happen(josef, Pressed(f"tk:with:{leyla}"))
    assert await _talks(town, leyla) == []
    assert "agreed to" in (await town.texts(josef))[-1]


async def test_whoever_has_the_case_may_write(town: Town) -> None:
    """A coordinator she never named, while the case is hers to see to."""
    karin = await town.contact("Karin", 23, Role.COORDINATOR)
    leyla = await town.resident()
    await town.happen(leyla, Wrote("someone", Word.SOMEONE))
    await town.happen(karin, Pressed("tk:open:1"))
    assert await _talks(town, leyla) == [], "not before it is taken on"
    await town.happen(karin, Pressed("al:1:1:have"))
    await town.happen(karin, Pressed("tk:open:1"))
    assert await _talks(town, leyla) == [(leyla, karin)]
    await town.happen(karin, Pressed("al:1:1:safe"))
    await _write(town, leyla, "thank you")
    assert "thank you" in (await town.texts(karin))[-1], "and for the last words after it"


async def test_where_somebody_else_may_read_nobody_writes(town: Town) -> None:
    """She called with her word: a letter on that phone would give her away."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,), covert="bluebird")
    await town.happen(leyla, Wrote("bluebird"))
    for data in (f"tk:with:{leyla}", "tk:open:1"):
        await town.happen(mina, Pressed(data))
        assert "Do not write" in (await town.texts(mina))[-1]
    assert await _talks(town, leyla) == []


@pytest.mark.parametrize("data", ["tk:open:99", "tk:with:99"])
async def test_nobody_is_there_to_write_to(town: Town, data: str) -> None:
    """A case that is gone, a made-up number."""
    mina = await town.contact()
    await town.happen(mina, Pressed(data))
    assert "another way" in (await town.texts(mina))[-1]


async def test_taking_the_yes_back_ends_the_talk(town: Town) -> None:
    """In the same moment, for both."""
    leyla, mina = await _pair(town)
    await town.happen(leyla, Pressed(f"set:see:{mina}:told:no"))
    assert await _talks(town, leyla) == []
    assert (await town.person(leyla)).talk is None
    assert (await town.person(mina)).threads == ()
    await _write(town, mina, "still there?")
    assert all("still there?" not in text for text in await town.texts(leyla))


async def test_a_yes_taken_back_elsewhere_stops_the_next_letter(town: Town) -> None:
    """Each letter asks the tables anew."""
    leyla, mina = await _pair(town)
    await town.run(links.agree, leyla, ())
    await _write(town, mina, "secret")
    assert all("secret" not in text for text in await town.texts(leyla))
    assert await _talks(town, leyla) == []


async def test_a_second_contact_person_takes_the_place_of_the_first(town: Town) -> None:
    """The first hears so; what she writes then goes to nobody."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(mina, josef))
    await town.happen(mina, Pressed(f"tk:with:{leyla}"))
    await town.happen(josef, Pressed(f"tk:with:{leyla}"))
    assert await _talks(town, leyla) == [(leyla, josef)]
    assert "Somebody else writes" in (await town.texts(mina))[-1]
    await _write(town, leyla, "who is there?")
    assert "who is there?" in (await town.texts(josef))[-1]
    assert all("who is there?" not in text for text in await town.texts(mina))


async def test_beginning_twice_is_one_talk(town: Town) -> None:
    """Two taps."""
    leyla, mina = await _pair(town)
    await town.happen(mina, Pressed(f"tk:with:{leyla}"))
    assert await _talks(town, leyla) == [(leyla, mina)]
    assert len((await town.person(mina)).threads) == 1


async def test_ending_is_for_those_in_it(town: Town) -> None:
    """A made-up number ends nobody's talk."""
    leyla, _mina = await _pair(town)
    josef = await town.contact("Josef", 22)
    await town.happen(josef, Pressed("tk:end:1"))
    assert await _talks(town, leyla) != []
    await town.happen(leyla, Pressed("tk:end"))
    assert await _talks(town, leyla) == []


async def test_a_letter_to_who_cannot_be_reached_is_said_to_be_lost(town: Town) -> None:
    """At once, not when somebody looks."""
    leyla, mina = await _pair(town)
    await town.write("UPDATE people SET reachable = 0 WHERE id = ?", mina)
    await _write(town, leyla, "are you there?")
    assert "did not reach Mina" in (await town.texts(leyla))[-1]


async def test_a_letter_to_a_damaged_row_is_said_to_be_lost(town: Town) -> None:
    """It stops nobody else (R9)."""
    leyla, mina = await _pair(town)
    await town.damage(mina)
    await _write(town, leyla, "are you there?")
    assert "did not reach" in (await town.texts(leyla))[-1]


async def test_files_are_passed_on_by_what_they_are(town: Town) -> None:
    """Fetched anew when they leave; the name stays here."""
    leyla, mina = await _pair(town)
    await town.happen(leyla, Sent(Kind.DOCUMENT, "", "file-id", 10, "pdf", 8, LATER), LATER)
    (file,) = [each for each in await town.outbox(mina) if isinstance(each, Forwarded)]
    assert (file.kind, file.file_id, file.ending) == ("document", "file-id", "pdf")


async def test_a_change_follows_its_letter(town: Town) -> None:
    """To the one who got it, and to nobody where there was none."""
    leyla, mina = await _pair(town)
    await _write(town, leyla, "at three", 41)
    await town.happen(leyla, Wrote("at four", edited=True, message=41, at=LATER), LATER)
    assert "changed" in (await town.texts(mina))[-1]
    assert (await town.texts(mina))[-1].endswith("at four")
    before = len(await town.texts(mina))
    await town.happen(leyla, Wrote("other", edited=True, message=99, at=LATER), LATER)
    assert len(await town.texts(mina)) == before


async def test_what_waits_for_her_is_opened_in_order(town: Town) -> None:
    """The first in place of what announced it."""
    leyla, mina = await _pair(town)
    await _write(town, mina, "alpha")
    await _write(town, mina, "beta")
    veils = [text for text in await town.texts(leyla) if "something new" in text]
    assert len(veils) == 1
    assert all("alpha" not in text for text in await town.texts(leyla))
    await town.take(town.press(11, "tk:show", 55), now=LATER)
    shown = [each.text for each in await town.outbox(leyla) if isinstance(each, Send | Edit)]
    assert [text.rsplit("\n", 1)[-1] for text in shown[-2:]] == ["alpha", "beta"]


async def test_a_long_letter_comes_in_pieces(town: Town) -> None:
    """Telegram takes 4096 characters; nothing of it is lost."""
    leyla, mina = await _pair(town)
    words = " ".join(f"word{number}" for number in range(900))
    await _write(town, leyla, words)
    pieces = [each for each in await town.outbox(mina) if isinstance(each, Send) and "word" in each.text]
    assert len(pieces) == 2
    assert " ".join(piece.text for piece in pieces).count("word") == 900


async def test_outside_her_hours_a_letter_makes_no_sound(town: Town) -> None:
    """A contact person sleeps; what says danger raises an alert besides."""
    leyla, mina = await _pair(town)
    await town.happen(mina, Pressed("hr:office"))  # it is Tuesday evening
    await _write(town, leyla, "hello")
    letters = [each for each in await town.outbox(mina) if isinstance(each, Send) and "💬" in each.text]
    assert [each.silent for each in letters] == [True]
    assert "reads again" in (await town.texts(leyla))[-1]


async def test_a_reply_leads_to_its_talk(town: Town) -> None:
    """Through HTTP's own words: the message she replies to."""
    leyla, mina = await _pair(town)
    samira = await town.resident("Samira", 12, contacts=(mina,))
    await town.happen(mina, Pressed(f"tk:with:{samira}"))
    await _write(town, leyla, "from Leyla")
    await town.write(
        "UPDATE outbox SET state = 'sent', message_id = id + 1000, sent_at = 1 WHERE purpose = 'relay'"
    )
    number = await town.cell("SELECT message_id FROM outbox WHERE person_id = ? AND purpose = 'relay'", mina)
    raw = town.update(
        message={
            "message_id": 4321,
            "date": int(LATER.timestamp()),
            "chat": {"id": 21, "type": "private"},
            "from": {"id": 21},
            "text": "to Leyla",
            "reply_to_message": {"message_id": number},
        }
    )
    await town.take(raw, now=LATER)
    assert any("something new" in text or "to Leyla" in text for text in await town.texts(leyla))
    assert all("to Leyla" not in text for text in await town.texts(samira))
    assert (
        await town.cell("SELECT count(*) FROM relays WHERE writer_id = ? AND reader_id = ?", mina, leyla) == 1
    )


async def test_a_case_that_does_not_open_leads_to_no_talk(town: Town) -> None:
    """She who has it hears that it cannot be done here."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await town.happen(leyla, Wrote("someone", Word.SOMEONE))
    await town.damage_alert(1)
    await town.happen(mina, Pressed("tk:open:1"))
    assert "another way" in (await town.texts(mina))[-1]


async def test_a_relay_never_goes_twice(town: Town) -> None:
    """Its purpose is one of those that are not repeated (design.md 4)."""
    leyla, mina = await _pair(town)
    await _write(town, leyla, "once")
    newest = "SELECT purpose FROM outbox WHERE person_id = ? ORDER BY id DESC LIMIT 1"
    assert await town.cell(newest, mina) == Purpose.RELAY.value
    assert Purpose.RELAY.value not in REPEATED


async def test_where_a_case_does_not_open_nobody_writes(town: Town) -> None:
    """It may be the one that says that another holds her phone."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await town.happen(leyla, Wrote("someone", Word.SOMEONE))
    await town.damage_alert(1)
    await town.happen(mina, Pressed(f"tk:with:{leyla}"))
    assert await _talks(town, leyla) == []
