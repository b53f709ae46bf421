"""
All pages of the desk and where they are. Which of them need what stands in each page's own module.
"""

from typing import Final

from aiohttp import web

from bot.desk import cases, door, folk, inviting, reports, residents, week
from bot.desk.visit import Desk, Page

LOOKS: Final[dict[str, Page]] = {
    "/": cases.overview,
    "/cases/{case}": cases.one,
    "/who": folk.who_now,
    "/calendar": week.calendar,
    "/calendar/{person}": week.one,
    "/people": folk.everybody,
    "/people/{person}": residents.one,
    "/people/{person}/remove": folk.confirm_removal,
    "/people/{resident}/freeze": residents.confirm_freezing,
    "/invitations": inviting.page,
    "/guides": reports.guides,
    "/figures": reports.figures,
    "/audit": reports.audit_list,
    "/static/{name}": door.static,
}
CHANGES: Final[dict[str, Page]] = {
    "/cases/{case}": cases.answer,
    "/calendar/{person}/hours": week.set_hours,
    "/calendar/{person}/away": week.set_away,
    "/calendar/{person}/back": week.set_back,
    "/people/{person}/limit": folk.set_limit,
    "/people/{person}/remove": folk.remove,
    "/people/{resident}/freeze": residents.freeze,
    "/people/{resident}/unfreeze": residents.unfreeze,
    "/people/{resident}/propose": residents.propose,
    "/people/{resident}/order": residents.move_up,
    "/people/{resident}/notes": residents.write_note,
    "/invitations": inviting.make,
    "/invitations/{person}/renew": inviting.make_anew,
    "/invitations/{person}/revoke": inviting.take_back,
    "/sign-out": door.sign_out,
}


def application(desk: Desk) -> web.Application:
    """Return the desk, to be served on this machine."""
    served = web.Application(middlewares=[door.guard], client_max_size=door.BIGGEST_FORM)
    served[door.DESK] = desk
    for path, page in LOOKS.items():
        served.router.add_get(path, door.inside(page))
    for path, page in CHANGES.items():
        served.router.add_post(path, door.inside(page))
    return served
