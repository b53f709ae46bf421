"""Finding a home and living in it."""

from dialogs.pictures.drawing import AMBER, BLUE, GREEN, GREY, INK, MARGIN, PALE, PAPER, RED, WIDTH, Sheet
from dialogs.text import Message, _


def housing_queue(sheet: Sheet) -> str:
    """The way through a housing queue, from the first day to the keys."""
    top = sheet.title(_("picture", "The housing queue, step by step"))
    steps = (
        (_("picture", "You register. Your days in the queue begin to count."), BLUE),
        (_("picture", "You pay the fee in time each year, or you lose your days."), AMBER),
        (_("picture", "You look at homes and say which ones you want."), BLUE),
        (_("picture", "Those who have waited longest are asked first."), GREY),
        (_("picture", "You are invited to see the home. Bring your papers."), BLUE),
        (_("picture", "You get a contract to read and sign."), GREEN),
        (_("picture", "You get the keys."), GREEN),
    )
    return _path(sheet, top, steps)


def _path(sheet: Sheet, top: float, steps: tuple[tuple[Message, str], ...]) -> str:
    """Stations below each other on one line."""
    x = WIDTH - MARGIN - 40 if sheet.mirrored else MARGIN + 40
    start = MARGIN if sheet.mirrored else MARGIN + 120
    line_at = len(sheet.parts)
    y = top + 40
    first = last = y
    for number, (message, colour) in enumerate(steps, start=1):
        last = y
        sheet.mark(number, x, y, colour)
        y = max(sheet.words(start, y + 14, PAPER - 120, message), y + 60) + 46
    sheet.line(x, first, x, last, GREY, 8, under=line_at)
    return sheet.finished(y)


def rubbish(sheet: Sheet) -> str:
    """What goes into which bin."""
    top = sheet.title(_("picture", "Sorting rubbish: look for these words on the bins"))
    bins = (
        ("Matavfall", _("picture", "Food: peel, leftovers, coffee"), GREEN),
        ("Plastförpackningar", _("picture", "Plastic: bottles, bags, trays"), BLUE),
        ("Pappersförpackningar", _("picture", "Paper and cardboard boxes"), AMBER),
        ("Glasförpackningar", _("picture", "Glass: jars and bottles"), GREEN),
        ("Metallförpackningar", _("picture", "Metal: cans and tins"), GREY),
        ("Restavfall", _("picture", "The rest: nappies, dirty paper"), INK),
        ("Farligt avfall", _("picture", "Dangerous: batteries, lamps, paint. Never in the bin."), RED),
        ("Pant", _("picture", "Cans and bottles with a deposit: you get money back in the shop"), AMBER),
    )
    return _rows(sheet, top, bins)


def _rows(sheet: Sheet, top: float, rows: tuple[tuple[str, Message, str], ...]) -> str:
    """A Swedish word in a coloured box, and below it what it means."""
    y = top + 4
    for word, message, colour in rows:
        sheet.box(MARGIN, y, PAPER, 70, colour, colour, 14)
        sheet.swedish(WIDTH / 2, y + 50, word, 42, "white", bold=True, anchor="middle")
        y = sheet.words(MARGIN + 10, y + 122, PAPER - 20, message, 38) + 6
    return sheet.finished(y + 10)


def laundry(sheet: Sheet) -> str:
    """The signs on a label in clothes."""
    top = sheet.title(_("picture", "Washing: the signs in your clothes"))
    signs = (
        ("tub40", _("picture", "Wash at 40 degrees or colder")),
        ("hand", _("picture", "Wash by hand, in cool water")),
        ("no-wash", _("picture", "Do not wash in water")),
        ("bleach", _("picture", "No bleach")),
        ("dryer", _("picture", "May go into the dryer")),
        ("no-dryer", _("picture", "Not into the dryer: hang it up")),
        ("iron", _("picture", "May be ironed")),
    )
    y = top + 10
    for name, message in signs:
        x = WIDTH - MARGIN - 150 if sheet.mirrored else MARGIN
        _laundry_sign(sheet, name, x, y)
        start = MARGIN if sheet.mirrored else MARGIN + 190
        sheet.words(start, y + 74, PAPER - 190, message, 42)
        y += 150
    return sheet.finished(y + 10)


def _laundry_sign(sheet: Sheet, name: str, x: float, y: float) -> None:
    tub = f"M{x} {y + 20} l20 90 h110 l20 -90 M{x} {y + 30} q18 18 37 0 q18 -18 37 0 q18 18 37 0 q18 -18 37 0"
    if name in ("tub40", "hand", "no-wash"):
        sheet.shape(tub)
    if name == "tub40":
        sheet.swedish(x + 75, y + 96, "40", 48, bold=True, anchor="middle")
    if name == "hand":
        sheet.shape(f"M{x + 45} {y + 92} q-6 -30 16 -26 l34 12 q14 8 2 22 l-20 14")
    if name == "bleach":
        sheet.shape(f"M{x + 75} {y + 8} l68 104 h-136 z")
    if name in ("dryer", "no-dryer"):
        sheet.box(x + 20, y + 4, 110, 110, "white", INK, 6)
        sheet.circle(x + 75, y + 59, 44)
    if name == "iron":
        sheet.shape(
            f"M{x + 8} {y + 104} h134 v-30 q0 -20 -20 -20 h-52 q-50 0 -62 50 M{x + 60} {y + 54} v-24 h66 v24"
        )
    if name in ("no-wash", "bleach", "no-dryer"):
        sheet.line(x + 8, y + 4, x + 142, y + 118, RED, 9)
        sheet.line(x + 142, y + 4, x + 8, y + 118, RED, 9)


def rent_ad(sheet: Sheet) -> str:
    """An advertisement for a flat with the signs of a lie."""
    top = sheet.title(_("picture", "An advertisement that may be a lie"))
    sheet.box(MARGIN, top, PAPER, 560)
    sheet.box(MARGIN + 40, top + 40, 320, 220, PALE, PALE)
    sheet.shape(f"M{MARGIN + 80} {top + 220} v-80 l120 -70 l120 70 v80 z", edge=GREY)
    sheet.swedish(MARGIN + 400, top + 90, "Fin 3:a mitt i stan!", 44, bold=True)
    sheet.swedish(MARGIN + 460, top + 170, "3 500 kr/mån", 42, GREEN, bold=True)
    sheet.swedish(MARGIN + 460, top + 246, "Jag är utomlands just nu", 34)
    sheet.swedish(MARGIN + 130, top + 340, "Skicka 7 000 kr i deposition först", 34)
    sheet.swedish(MARGIN + 130, top + 420, "och en kopia på ditt pass.", 34)
    sheet.swedish(MARGIN + 130, top + 500, "Svara i dag, många är intresserade!", 34)
    for number, (x, y) in enumerate(
        (
            (MARGIN + 412, top + 156),
            (MARGIN + 412, top + 234),
            (MARGIN + 80, top + 328),
            (MARGIN + 80, top + 408),
            (MARGIN + 80, top + 488),
        ),
        start=1,
    ):
        sheet.mark(number, x, y, RED)
    end = sheet.legend(
        top + 630,
        (
            _("picture", "The price is far too low."),
            _("picture", "You cannot meet the owner or see the home."),
            _("picture", "They want money before you have seen it."),
            _("picture", "They want a copy of your ID."),
            _("picture", "They hurry you. Stop, and ask somebody you trust."),
        ),
        RED,
    )
    return sheet.finished(end + 20)
