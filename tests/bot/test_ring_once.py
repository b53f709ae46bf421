"""The process that rings: one request, one answer, and an end."""

import asyncio
import json
import subprocess
import sys
from typing import Any

from bot.channels import PROGRAM
from tests.bot.gateway import opened


def _run(request: Any, within: float = 60.0) -> subprocess.CompletedProcess[bytes]:
    given = json.dumps(request).encode() if isinstance(request, dict) else request
    return subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-P", str(PROGRAM)], input=given, capture_output=True, timeout=within
    )


def _request(address: str, within: float = 30.0) -> dict[str, Any]:
    return {"address": address, "title": "Vidare", "body": "Case 12: please open the app.", "within": within}


def test_it_knows_nothing_of_ours() -> None:
    """What rings runs libraries of others: it shall not be able to open a database, even by mistake."""
    program = (
        "import runpy, sys; runpy.run_path(sys.argv[1]);"
        "print(sorted({'bot', 'storage', 'dialogs', 'cryptography', 'sqlite3'} & set(sys.modules)))"
    )
    done = subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-P", "-c", program, str(PROGRAM)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_the_answer_is_one_line_and_holds_no_address() -> None:
    """Whatever Apprise logs or prints over there stays there."""
    done = _run(_request("json://bot:door-secret@127.0.0.1:9"))
    assert json.loads(done.stdout) == {"became": "refused", "status": None}
    assert done.stderr == b""


def test_a_request_that_is_none_ends_it() -> None:
    """Whoever started it has gone before saying what for."""
    assert _run(b"").returncode == 1


async def test_it_ends_by_itself() -> None:
    """Where whoever started it was killed, a server that hangs must not keep it for ever."""
    async with opened() as gateway:
        gateway.answer = None
        done = await asyncio.to_thread(_run, _request(gateway.address, within=2.0))
    assert (done.returncode, done.stdout) == (1, b"")


class Mailbox:
    """A mail server as small as it can be."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Say yes to everything."""
        writer.write(b"220 here\r\n")
        in_letter = False
        while line := await reader.readline():
            text = line.decode().rstrip("\r\n")
            self.heard.append(text)
            in_letter = (in_letter and text != ".") or text.lower() == "data"
            if in_letter and text.lower() != "data":
                continue
            writer.write(b"354 go on\r\n" if in_letter else b"250 yes\r\n")
            if text.lower() == "quit":
                break
        writer.close()
        await writer.wait_closed()


async def test_an_e_mail_says_case_and_app_and_nothing_else() -> None:
    """The kind most will choose: subject and sender show on a lock screen too."""
    mailbox = Mailbox()
    server = await asyncio.start_server(mailbox.talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    address = f"mailto://127.0.0.1:{port}?from=bot@example.org&to=mina@example.org"
    done = await asyncio.to_thread(_run, _request(address))
    server.close()
    assert json.loads(done.stdout) == {"became": "fine"}
    letter = mailbox.heard[mailbox.heard.index("data") + 1 : mailbox.heard.index(".")]
    headers = dict(line.split(": ", 1) for line in letter[: letter.index("")])
    assert (headers["Subject"], headers["From"]) == ("Vidare", "bot@example.org")
    assert set(headers) == {
        "Content-Type",
        "MIME-Version",
        "Content-Transfer-Encoding",
        "X-Application",
        "Subject",
        "From",
        "To",
        "Message-ID",
        "Date",
    }
    assert letter[letter.index("") + 1 :] == ["Case 12: please open the app."]
