"""
One ring, in a process of its own: the only file that knows Apprise.

`bot/channels.py` starts it, hands one request to its standard input, reads one line of answer and ends it. It
imports nothing of ours and is given nothing but an address and the words. Whatever Apprise logs or prints about
them goes nowhere; what leaves is one word, and the number a server answered with.
"""

import contextlib
import io
import json
import os
import re
import sys
import threading
from typing import Any, Final

STATUS: Final = re.compile(r"\berror=([1-5]\d\d)\b")
"""How Apprise's services name the answer of a server in what they log."""


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Ring, or only try the address where there are no words; returns what became of it."""
    from apprise import Apprise, AppriseAsset, NotificationManager

    asset = AppriseAsset(
        app_id=request["title"],
        app_desc=request["title"],
        app_url="",
        image_url_mask="",  # no picture of somebody else's server in the message
        image_url_logo="",
        async_mode=False,
        storage_mode="memory",
        http_redirects=False,  # a password goes where the address says, and nowhere else
        interpret_emojis=False,
        pgp_autogen=False,
        pem_autogen=False,
    )
    service = Apprise.instantiate(request["address"], asset=asset)
    if service is None:
        kind = request["address"].partition("://")[0].lower()
        kinds = NotificationManager()  # type: ignore[no-untyped-call]
        return {"became": "lacking" if kind in kinds and not kinds[kind].enabled else "not-understood"}
    if request["body"] is None:
        return {"became": "fine"}
    service.optional = False  # "?optional=yes" would call every failure a success
    lines = Apprise(service, asset=asset)
    result = lines.notify(request["body"], request["title"], body_format="text")
    if result:
        return {"became": "fine"}
    found = [STATUS.search(entry.message) for entry in result.logs()]
    return {"became": "refused", "status": next((int(each[1]) for each in found if each), None)}


def main() -> None:
    """Read, ring, answer, end; also where whoever started us has gone, or a service never returns."""
    request = json.load(sys.stdin.buffer)
    end = threading.Timer(request["within"], os._exit, (1,))
    end.daemon = True
    end.start()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        given = answer(request)
    print(json.dumps(given), flush=True)  # noqa: T201 -- this is the answer
    os._exit(0)  # threads of a service do not hold us


if __name__ == "__main__":
    main()
