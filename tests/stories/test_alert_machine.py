"""
Alerts under random events, restarts and clock moves: what no order of things may break (R26).

The machine plays residents, contact persons, Telegram and the clock at once, on a real database file that is closed
and opened again in between. It knows nothing of the table of transitions: it looks at rows and at what was said.
"""

import sqlite3
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.carrying import Carrier
from bot.handling import Delivered, Handler
from bot.ordering import Ordered
from bot.outgoing import Failure
from dialogs.alert import Alert, AlertState, Track
from dialogs.alert_texts import ACTIONS
from dialogs.duty import Away
from dialogs.effects import Purpose
from dialogs.events import Event, Pressed, Wrote
from dialogs.hand_over import NOTES
from dialogs.people import Agreed, Consent, Contact, Person, Place, Resident, Role
from dialogs.risk.reader import Reading, Signal
from dialogs.words import Word
from storage import alerts, links, outbox, people
from storage.database import MIGRATIONS
from storage.sealing import Keyring, unlock
from tests.bot.town import MASTER_KEY, NOW, make_house

WORDS = (
    Word.HAVE_IT,
    Word.CANNOT,
    Word.REACHED,
    Word.SAFE,
    Word.NEEDS_MORE,
    Word.NOT_REACHED,
    Word.MISTAKE,
    Word.TAKE_OVER,
)
OUTCOMES = st.sampled_from(["sent", "sent", "sent", "lost", "blocked", "invalid", "later", "crash"])
BY_A_PERSON = {"safe", "mistaken", "answered", "left"}


class Hears:
    """A reader for whom a digit is a level."""

    def read(self, text: str) -> Reading:
        """ "2" is a threat."""
        level = int(text) if text in ("2", "3") else 0
        return Reading(level, (Signal("TV", level, "x", "said", 0, 1),) if level else (), "hears")


class Alerts(RuleBasedStateMachine):
    """Two residents, three helpers, and everything that can go wrong between them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="vidare-machine-")
        self.now: datetime = NOW
        self.db: sqlite3.Connection
        self._next_message = 1000
        self._opened()
        self.house: Any = None

    def teardown(self) -> None:
        """Nothing is kept."""
        self.db.close()
        self.folder.cleanup()

    def _opened(self) -> None:
        path = Path(self.folder.name) / "vidare.db"
        fresh = not path.exists()
        self.db = sqlite3.connect(path, isolation_level=None)
        if fresh:
            for migration in sorted(MIGRATIONS.glob("*.sql")):
                self.db.executescript(migration.read_text())
        self.db.execute("PRAGMA foreign_keys = ON")
        self.db.execute("PRAGMA synchronous = OFF")  # the machine pulls no plug

    @initialize()
    def everybody_is_there(self) -> None:
        """Leyla and Reza, Mina and Josef, Karin at the desk."""
        keyring = Keyring([MASTER_KEY])
        self._begin()
        self.house = make_house(Path(self.folder.name), keyring, unlock(self.db, keyring), Hears())
        self.handler = Handler(self.house)
        self.helpers = [
            self._person(Role.CONTACT, "Mina", 21),
            self._person(Role.CONTACT, "Josef", 22),
            self._person(Role.COORDINATOR, "Karin", 23),
        ]
        self.residents = [self._person(Role.RESIDENT, "Leyla", 11), self._person(Role.RESIDENT, "Reza", 12)]
        for resident in self.residents:
            for turn, contact in enumerate(self.helpers[:2]):
                links.propose(self.db, resident, contact, turn)
            links.agree(self.db, resident, self.helpers[:2])
        self._commit()

    def _person(self, role: Role, name: str, chat: int) -> int:
        agreed = (Agreed(1, "Mina"), Agreed(2, "Josef"))

        def build(number: int) -> Person:
            if role is Role.RESIDENT:
                return Resident(
                    number,
                    name,
                    place=Place.MENU,
                    joined=True,
                    consent=Consent(True, True, True),
                    contacts=agreed,
                    proposed=agreed,
                )
            return Contact(number, name, role, "en", Place.MENU, joined=True, tested_at=NOW)

        known = people.create_person(self.db, self.house.keyring, role, build, NOW)
        people.bind_chat(self.db, self.house.doors, known.box, known.id, chat, NOW)
        people.set_state(self.db, known.id, "active", NOW)
        return known.id

    # --- what may happen ---

    def _begin(self) -> None:
        self.db.execute("BEGIN IMMEDIATE")

    def _commit(self) -> None:
        self.db.execute("COMMIT")

    def _happens(self, person: int, event: Event) -> None:
        self._begin()
        if people.exists(self.db, person):
            known = people.get(self.db, self.house.keyring, person)
            Carrier(self.db, self.house, self.now, Ordered()).happen(known, event)
        self._commit()

    @rule(who=st.integers(0, 1), level=st.sampled_from(["2", "3"]))
    def she_writes_of_danger(self, who: int, level: str) -> None:
        """Told once, twice, worse, in the middle of everything."""
        self._happens(self.residents[who], Wrote(level))

    @rule(
        who=st.integers(0, 1),
        data=st.sampled_from(
            ["someone", "company", "p:stop", "set:see:1:told:no", "set:see:1:told:yes", "menu"]
        ),
    )
    def she_presses(self, who: int, data: str) -> None:
        """She asks, she takes a yes back, she does something else."""
        self._happens(self.residents[who], Pressed(data))

    @rule(
        who=st.integers(0, 2),
        alert=st.integers(1, 6),
        step=st.integers(0, 12),
        action=st.sampled_from(sorted(ACTIONS)),
    )
    def a_helper_presses(self, who: int, alert: int, step: int, action: str) -> None:
        """Old, foreign, repeated and right ones."""
        self._happens(self.helpers[who], Pressed(f"al:{alert}:{step}:{action}"))

    @rule(who=st.integers(0, 2), alert=st.integers(1, 6), what=st.sampled_from([*NOTES, "odd"]))
    def a_helper_leaves_a_note(self, who: int, alert: int, what: str) -> None:
        """Whether it was hers or not."""
        self._happens(self.helpers[who], Pressed(f"hn:{alert}:{what}"))

    @rule(who=st.integers(0, 2), whom=st.integers(0, 1), when=st.sampled_from(["in:{}:30", "am:{}"]))
    def a_helper_promises_a_call(self, who: int, whom: int, when: str) -> None:
        """In the middle of all that, to whoever is hers or not."""
        resident = self.residents[whom]
        self._happens(self.helpers[who], Pressed(f"cl:for:{resident}"))
        self._happens(self.helpers[who], Pressed(f"cl:{when.format(resident)}"))

    @rule(who=st.integers(0, 2), word=st.sampled_from(WORDS))
    def a_helper_types(self, who: int, word: Word) -> None:
        """Without naming a case."""
        self._happens(self.helpers[who], Wrote("x", word))

    @rule(who=st.integers(0, 2), hours=st.integers(0, 72))
    def a_helper_goes_away(self, who: int, hours: int) -> None:
        """Away for so long, or here again."""
        self._begin()
        known = people.get(self.db, self.house.keyring, self.helpers[who])
        assert isinstance(known.person, Contact)
        away = Away(self.now + timedelta(hours=hours)) if hours else None
        people.save_person(self.db, known.box, replace(known.person, away=away), self.now)
        self._commit()

    @rule(seconds=st.sampled_from([1, 31, 121, 901, 1801, 8 * 3600, 25 * 3600, -7200]))
    def time_passes(self, seconds: int) -> None:
        """Forward mostly, and sometimes back."""
        self.now += timedelta(seconds=seconds)
        for _look in range(20):
            self._begin()
            handled = self.handler.due(self.db, self.now, 50)
            self._commit()
            assert handled.failed == 0
            if not handled.done:
                return

    @rule(outcomes=st.lists(OUTCOMES, min_size=1, max_size=6))
    def telegram_answers(self, outcomes: list[str]) -> None:
        """Some messages leave; each meets its fate."""
        self._begin()
        waiting = outbox.waiting(self.db, len(outcomes), due_by=self.now)
        claimed = outbox.claim(self.db, [each.id for each in waiting])
        self._commit()
        for message, outcome in zip([each for each in waiting if each.id in claimed], outcomes, strict=False):
            if outcome == "crash":
                return self.the_bot_is_killed()
            self._meets(message, outcome)
        return None

    def _meets(self, message: outbox.Waiting, outcome: str) -> None:
        failure = {"lost": Failure.UNCLEAR, "blocked": Failure.BLOCKED, "invalid": Failure.INVALID}.get(
            outcome
        )
        self._begin()
        if outcome == "later" or (outcome == "lost" and message.purpose in ("alert", "emergency", "note")):
            outbox.put_back(self.db, message.id, self.now, repeat=outcome == "lost", attempts=1)
            outbox.drop_answered(self.db)
        else:
            self._next_message += 1
            result = Delivered(
                message.id,
                message.person_id,
                message.purpose,
                message.alert_id,
                message.step,
                None if failure else self._next_message,
                failure,
            )
            self.handler.settle(self.db, [result], self.now)
        self._commit()

    @rule()
    def the_bot_is_killed(self) -> None:
        """Everything that is not in the file is gone."""
        self.db.close()
        self._opened()
        self._begin()
        self.handler.started(self.db, self.now)
        self.handler.recover(self.db, self.now)
        self._commit()

    @rule(who=st.integers(0, 2))
    def a_helper_is_back_in_telegram(self, who: int) -> None:
        """She blocked the bot, and unblocked it."""
        self._begin()
        people.set_reachable(self.db, self.helpers[who], True, self.now)
        self._commit()

    @precondition(lambda self: self.house is not None and len(self.residents) == 2)
    @rule()
    def reza_erases_himself(self) -> None:
        """His cases go with him; hers go on."""
        self._happens(self.residents[1], Pressed("p:erase"))

    # --- what must hold ---

    def _alerts(self) -> list[Alert]:
        found = []
        for alert_id, resident in self.db.execute("SELECT id, resident_id FROM alerts").fetchall():
            box = people.get(self.db, self.house.keyring, resident).box
            found.append(alerts.get(self.db, box, alert_id))
        return found

    @precondition(lambda self: self.house is not None)
    @invariant()
    def no_open_alert_is_without_a_next_time(self) -> None:
        """In the clear, where the clock looks, and inside, where it was decided."""
        columns = dict(self.db.execute("SELECT id, next_step_at FROM alerts").fetchall())
        for alert in self._alerts():
            assert (alert.state is AlertState.CLOSED) is (alert.next_step_at is None)
            assert (columns[alert.id] is None) is (alert.next_step_at is None)

    @precondition(lambda self: self.house is not None)
    @invariant()
    def none_is_closed_without_a_person(self) -> None:
        """Time, failures and further signs end nothing."""
        for alert in self._alerts():
            if alert.state is AlertState.CLOSED:
                assert alert.outcome in BY_A_PERSON
                assert (alert.outcome in ("safe", "mistaken")) is (alert.closed_by in self.helpers)
                assert alert.outcome != "answered" or alert.track is Track.QUIET

    @precondition(lambda self: self.house is not None)
    @invariant()
    def whoever_has_it_was_told_of_it_and_notes_are_of_those_who_had_it(self) -> None:
        """Also where it was taken over: the next word of the new one must count, and of nobody else."""
        for alert in self._alerts():
            assert (alert.holder is not None) >= (alert.state is AlertState.ACKNOWLEDGED)
            if alert.holder is not None:
                assert alert.was_told(alert.holder)
                assert alert.held_by[-1] == alert.holder
            assert {note.rpartition(":")[2] for note in alert.notes} <= {str(each) for each in alert.held_by}

    @precondition(lambda self: self.house is not None)
    @invariant()
    def a_call_is_known_to_both_or_to_whoever_promised_it(self) -> None:
        """Nobody waits for a call that nobody knows of."""
        promised = {
            (call.resident, helper, call.at)
            for helper in self.helpers
            if people.exists(self.db, helper)
            for call in self._person_of(helper).calls
        }
        for resident in self.residents:
            if people.exists(self.db, resident):
                expected = {(resident, call.contact, call.at) for call in self._person_of(resident).calls}
                assert expected <= promised

    def _person_of(self, person: int) -> Any:
        return people.get(self.db, self.house.keyring, person).person

    @precondition(lambda self: self.house is not None)
    @invariant()
    def who_has_it_is_asked_no_more_and_nobody_else_is_rung(self) -> None:
        """Acknowledging stops every ping in the same transaction, so none can leave a second later (R30)."""
        for alert in self._alerts():
            if alert.state in (AlertState.ACKNOWLEDGED, AlertState.CLOSED):
                rows = self.db.execute(
                    "SELECT count(*) FROM outbox WHERE alert_id = ? AND purpose = ? AND state = 'pending'",
                    (alert.id, Purpose.ALERT.value),
                ).fetchone()
                assert rows == (0,)
                ringing = self.db.execute(
                    "SELECT count(*) FROM rings WHERE alert_id = ? AND state = 'pending'", (alert.id,)
                ).fetchone()
                assert ringing == (0,)


TestAlerts = Alerts.TestCase
TestAlerts.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)
