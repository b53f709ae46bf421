"""
A contact person's day: what is open, what waits, what she has promised; and her residents, one line each.

What she may see of a resident is decided here, in `may_see`, and looked up anew at each opening: an agreement that
was taken back, or a sight that was closed, counts at once. Names of residents never appear, only what was agreed.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from dialogs import calls, sight
from dialogs.alert import Acknowledged, TakenOver
from dialogs.alert_texts import data, outcome_of
from dialogs.effects import GatherDay, GatherResidents, NoteOpening, OpenResident, ShowTrend
from dialogs.escalation_policy import EMERGENCY, URGENT
from dialogs.events import (
    CaseLine,
    DayGathered,
    ResidentLine,
    ResidentOpened,
    ResidentsGathered,
    SilentLine,
)
from dialogs.kinds import Sight
from dialogs.outcome import Outcome, say
from dialogs.people import Contact, Resident
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, Text, _, _n, plain, stacked
from dialogs.words import LABELS, Word

UNANSWERED_AFTER: Final = timedelta(hours=3)
"""When the soft reminder has gone out: a question of a minute ago is not unanswered."""
TODAY: Final = Button(LABELS[Word.TODAY], "td")
RESIDENTS: Final = Button(LABELS[Word.RESIDENTS], "rs")


def may_see(resident: Resident, contact: Contact, wanted: Sight) -> bool:
    """Her choice for this person, else what is usual for the kind; the kind as she was told it."""
    known = sight.agreed_with(resident, contact.id)
    return known is not None and sight.may_see(resident, contact.id, known.kind, wanted)


def silent_line(resident: Resident, contact: Contact, now: datetime) -> SilentLine | None:
    """Her check-in, where it is unanswered and this contact person may know."""
    agreed = resident.consent.check_ins is True and resident.consent.telling is True
    if not agreed or not may_see(resident, contact, Sight.SIGNS) or _is_quiet(resident, now):
        return None
    check_in = resident.check_in
    if check_in is None or check_in.stage != "face" or not check_in.arrived:
        return None
    if now - check_in.asked_at < UNANSWERED_AFTER:
        return None
    return SilentLine(resident.alias, check_in.asked_at, resident.missed)


def _is_quiet(resident: Resident, now: datetime) -> bool:
    """Whoever has a pause or has stopped is not silent."""
    return resident.stopped or (resident.paused_until is not None and now < resident.paused_until)


def resident_line(resident: Resident, contact: Contact, now: datetime) -> ResidentLine:
    """A resident as this contact person may see her."""
    sees = may_see(resident, contact, Sight.SIGNS)
    return ResidentLine(
        resident.id,
        resident.alias,
        sees,
        resident.last_sign if sees else None,
        resident.paused_until if resident.paused_until is not None and now < resident.paused_until else None,
        may_see(resident, contact, Sight.TREND) and bool(resident.faces),
        may_see(resident, contact, Sight.PLAN),
        may_see(resident, contact, Sight.TALK),
    )


# --- today ---


def ask_today(contact: Contact) -> Outcome[Contact]:
    """Look first; the answer comes with `today`."""
    return Outcome(contact, (GatherDay(),))


def today(contact: Contact, gathered: DayGathered, now: datetime) -> Outcome[Contact]:
    """Open cases, unanswered check-ins, promised calls; or that nothing waits."""
    promised = [each for each in calls.of_today(contact, now) if each.resident in gathered.residents]
    parts = (
        _part(_("day", "Open cases:"), [_case(contact, each) for each in gathered.cases]),
        _part(_("day", "Unanswered check-ins:"), [_silent(each) for each in gathered.silent]),
        _part(_("day", "Calls you have promised:"), [calls.line(each, now) for each in promised]),
    )
    text = tuple(message for part in parts for message in part)
    if not text:
        text = (_("day", "Nothing waits for you today."),)
    case_buttons = [_case_button(contact, each) for each in gathered.cases]
    call_buttons = [calls.settle_button(each) for each in promised if each.at <= now]
    return Outcome(contact, (say(*text, keyboard=rows(*case_buttons, *call_buttons, RESIDENTS)),))


def _part(title: Message, lines: Sequence[Message]) -> Text:
    return (stacked(title, *lines),) if lines else ()


def _case(contact: Contact, line: CaseLine) -> Message:
    about: dict[str, str | int] = {"sign": _sign(line.level), "case": line.case, "alias": line.alias}
    if line.holder is None or line.until is None:
        return _("day", "{sign} Case {case}, {alias}: nobody has it yet", **about)
    if line.holder == contact.id:
        return _("day", "{sign} Case {case}, {alias}: you have it until {until}", until=line.until, **about)
    return _(
        "day",
        "{sign} Case {case}, {alias}: {name} has it until {until}",
        name=line.holder_name,
        until=line.until,
        **about,
    )


def _sign(level: int) -> str:
    return "🔴" if level >= EMERGENCY else "🟠" if level == URGENT else "🔵"


def _case_button(contact: Contact, line: CaseLine) -> Button:
    if line.holder == contact.id:
        label = _("day", "Case {case}: how it went", case=line.case)
        return Button(label, f"td:case:{line.case}:{line.step}:{line.resident}")
    if line.holder is None and line.told:
        label = _("day", "Case {case}: I have it", case=line.case)
        return Button(label, data(line.case, line.step, Acknowledged))
    label = _("day", "Case {case}: take it over", case=line.case)
    return Button(label, data(line.case, line.step, TakenOver))


def _silent(line: SilentLine) -> Message:
    if line.days == 0:
        return _("day", "{alias}: asked {time}", alias=line.alias, time=line.asked_at)
    return _n(
        "day",
        "{alias}: asked {time}, and {count} day before that",
        "{alias}: asked {time}, and {count} days before that",
        line.days,
        alias=line.alias,
        time=line.asked_at,
    )


# --- my residents ---


def ask_residents(contact: Contact) -> Outcome[Contact]:
    """Look first; the answer comes with `residents`."""
    return Outcome(contact, (GatherResidents(),))


def residents(contact: Contact, gathered: ResidentsGathered) -> Outcome[Contact]:
    """One line each, and a button to her page."""
    if not gathered.residents:
        text = _("day", "Nobody has agreed to you yet. I tell you nothing about anybody until then.")
        return Outcome(contact, (say(text, keyboard=rows(TODAY)),))
    lines = [stacked(_name(each), *_signs(each)) for each in gathered.residents]
    buttons = [Button(plain(each.alias), f"rd:{each.id}") for each in gathered.residents]
    return Outcome(contact, (say(*lines, keyboard=(*rows(*buttons, width=2), *rows(TODAY))),))


def _name(line: ResidentLine) -> Message:
    return _("day", "{alias}:", alias=line.alias)


def _signs(line: ResidentLine) -> tuple[Message, ...]:
    pause = () if line.paused_until is None else (_("day", "Pause until {until}", until=line.paused_until),)
    return (_last_sign(line), *pause)


def _last_sign(line: ResidentLine) -> Message:
    if not line.sees_signs:
        return _("day", "Last sign: may not be seen")
    if line.last_sign is None:
        return _("day", "Last sign: none yet")
    return _("day", "Last sign: {time}, to the hour", time=line.last_sign)


def opened(contact: Contact, gathered: ResidentOpened) -> Outcome[Contact]:
    """The page of one resident; that it was opened is written down (S10)."""
    line = gathered.resident
    if line is None:
        return Outcome(contact, (say(*not_shown(), keyboard=rows(RESIDENTS)),))
    text = (stacked(_name(line), *_signs(line)), _("day", "It is noted that you opened this page."))
    return Outcome(contact, (NoteOpening(line.id), say(*text, keyboard=_page(line))))


def not_shown() -> Text:
    """She has not agreed to that, or no longer."""
    return (_("day", "That is not yours to see, or no longer. Nothing was shown."),)


def _page(line: ResidentLine) -> Keyboard:
    trend = [Button(_("day", "Two weeks as a picture"), f"rd:{line.id}:trend")] if line.sees_trend else []
    plan = [Button(_("day", "Shared plan"), f"sp:{line.id}")] if line.sees_plan else []
    talk = (
        [Button(_("talk", "💬 Write to {alias}", alias=line.alias), f"tk:with:{line.id}")]
        if line.writes
        else []
    )
    notes = Button(_("day", "📝 Notes for colleagues"), f"no:read:{line.id}")
    return rows(*talk, calls.promise_button(line.id), *plan, *trend, notes, RESIDENTS)


def trend_caption() -> Message:
    """Below the picture; no name."""
    return _(
        "day", "Two weeks of check-ins. A day without a mark was not answered, and that alone means nothing."
    )


# --- buttons ---


def press(contact: Contact, pressed: str) -> Outcome[Contact] | None:
    """Take `td…`, `rs` and `rd:…`; None for what is not ours."""
    match pressed.split(":"):
        case ["td"]:
            return ask_today(contact)
        case ["rs"]:
            return ask_residents(contact)
        case ["td", "case", *numbers] if len(numbers) == 3 and all(each.isdecimal() for each in numbers):
            return _how_it_went(contact, *(int(each) for each in numbers))
        case ["rd", resident] if resident.isdecimal():
            return Outcome(contact, (OpenResident(int(resident)),))
        case ["rd", resident, "trend"] if resident.isdecimal():
            return Outcome(contact, (ShowTrend(int(resident)),))
        case _:
            return None


def _how_it_went(contact: Contact, case: int, step: int, resident: int) -> Outcome[Contact]:
    text = _("day", "Case {case}: how did it go?", case=case)
    return Outcome(contact, (say(text, keyboard=outcome_of(case, step, resident)),))


def gathered(
    contact: Contact, event: DayGathered | ResidentsGathered | ResidentOpened, now: datetime
) -> Outcome[Contact]:
    """What was looked up is here."""
    match event:
        case DayGathered():
            return today(contact, event, now)
        case ResidentsGathered():
            return residents(contact, event)
        case ResidentOpened():
            return opened(contact, event)
