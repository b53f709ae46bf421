"""A local Bot API server that behaves as Telegram does: the demo, and what tests and benchmarks talk to."""

from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.limits import Limits
from bot.sandbox.people import Button, Chat, Message, Person
from bot.sandbox.server import Call, PortTaken, Sandbox

__all__ = [
    "Button",
    "Call",
    "Chat",
    "Fault",
    "FaultKind",
    "Limits",
    "Message",
    "Person",
    "PortTaken",
    "Sandbox",
]
