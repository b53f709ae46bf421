"""
Parameters of a Bot API call: read as any client library sends them, and checked by name and type.

The facts are in methods.json, taken from the official schema. Telegram ignores a parameter it does not know;
the sandbox refuses it, stricter on purpose: a misspelt `protect_content` must not go unnoticed.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import web
from aiohttp.web_request import FileField
from yarl import URL

from bot.sandbox.refusals import Refused, bad

Parameters = dict[str, Any]
Convert = Callable[[str, Any], Any]

SCHEMA: Mapping[str, Mapping[str, Mapping[str, Any]]] = msgspec.json.decode(
    Path(__file__).with_name("methods.json").read_bytes()
)
METHOD_NAMES = {name.lower(): name for name in SCHEMA}  # Telegram does not mind the case

ATTACH = "attach://"

# Telegram has a sentence of its own for these; for the others it names the parameter.
_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
}


class Upload(msgspec.Struct, frozen=True):
    """A file that came with the request."""

    name: str
    mime: str
    data: bytes


async def read_parameters(request: web.Request) -> Parameters:
    """Return query and body in one dictionary, values still as they were sent."""
    parameters: Parameters = dict(request.query) if request.rel_url.raw_query_string else {}
    if not request.can_read_body:
        return parameters
    kind = request.headers.get("Content-Type", "").lower()
    if kind.startswith("multipart/form-data"):
        parameters.update(await _read_multipart(request))
    elif kind.startswith("application/json"):
        parameters.update(_decode_object(await request.read()))
    else:
        body = (await request.read()).decode("utf-8", "replace")
        # A form is a query string, and yarl reads it three times faster than urllib does.
        parameters.update(URL.build(query_string=body, encoded=True).query)
    return parameters


def _decode_object(body: bytes) -> Parameters:
    try:
        value = msgspec.json.decode(body) if body else {}
    except msgspec.DecodeError as error:
        raise bad("can't parse the JSON body") from error
    if not isinstance(value, dict):
        raise bad("the JSON body must be an object")
    return value


async def _read_multipart(request: web.Request) -> Parameters:
    """Read fields and files; `attach://NAME` is replaced with the file of that name."""
    fields: Parameters = {}
    for name, value in (await request.post()).items():
        fields[name] = _upload(value) if isinstance(value, FileField) else value
    used: set[str] = set()
    attached = {name: _attached(value, fields, used) for name, value in fields.items()}
    return {name: value for name, value in attached.items() if name not in used}


def _attached(value: Any, fields: Parameters, used: set[str]) -> Any:
    """Put the file where it is named: in place of a parameter, or of one value of an object."""
    if not isinstance(value, str) or ATTACH not in value:
        return value
    if value.startswith(ATTACH):
        used.add(value[len(ATTACH) :])
        if not isinstance(file := fields.get(value[len(ATTACH) :]), Upload):
            raise bad("invalid file HTTP URL specified: attached file not found")
        return file
    try:
        inner = msgspec.json.decode(value)
    except msgspec.DecodeError:
        return value
    if not isinstance(inner, dict):
        return value
    return {name: _attached(each, fields, used) for name, each in inner.items()}


def _upload(field: FileField) -> Upload:
    with field.file as stream:
        return Upload(field.filename, field.content_type, stream.read())


def check(method: str, raw: Parameters) -> Parameters:
    """Return the parameters with their right types, or refuse."""
    converters, required = _CHECKS[method]
    checked = {}
    for name, value in raw.items():
        convert = converters.get(name)
        if convert is None:
            raise bad(f'unknown parameter "{name}"')
        if value is not None:
            checked[name] = convert(name, value)
    if not required <= checked.keys():
        name = min(required - checked.keys())
        raise bad(_MISSING.get(name, f'parameter "{name}" is required'))
    return checked


def _wrong(name: str, kind: str) -> Refused:
    return bad(f'parameter "{name}" must be of type {kind}')


def _integer(name: str, value: Any) -> int:
    if type(value) is int:
        return value
    try:
        return int(value) if isinstance(value, str) else int(_never(value))
    except ValueError as error:
        raise _wrong(name, "Integer") from error


def _never(value: object) -> str:
    raise ValueError(f"{type(value).__name__} is not accepted")


def _chat_id(name: str, value: Any) -> int | str:
    """Return the number, or the username of a channel, which the sandbox never has."""
    if type(value) is int:
        return value
    if not isinstance(value, str):
        raise _wrong(name, "Integer or String")
    try:
        return int(value)
    except ValueError:
        return value


def _string(name: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    raise _wrong(name, "String")


_BOOLEANS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False, "": False}


def _boolean(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    found = _BOOLEANS.get(str(value).lower())
    if found is None:
        raise _wrong(name, "Boolean")
    return found


def _file(name: str, value: Any) -> Upload | str:
    if isinstance(value, Upload | str):
        return value
    raise _wrong(name, "InputFile or String")


def _decoded(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return msgspec.json.decode(value)
    except msgspec.DecodeError as error:
        raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from error


def _object(name: str, value: Any) -> dict[str, Any]:
    decoded = _decoded(name, value)
    if isinstance(decoded, dict):
        return decoded
    raise bad(f"object expected as {name.replace('_', ' ')}")


def _array_of(item: type) -> Convert:
    def convert(name: str, value: Any) -> list[Any]:
        decoded = _decoded(name, value)
        if isinstance(decoded, list) and all(type(each) is item for each in decoded):
            return decoded
        raise bad(f'expected an Array of {item.__name__} in parameter "{name}"')

    return convert


_CONVERTERS: Mapping[tuple[str, ...], Convert] = {
    ("Integer",): _integer,
    ("Integer", "String"): _chat_id,
    ("String",): _string,
    ("Boolean",): _boolean,
    ("InputFile",): _file,
    ("InputFile", "String"): _file,
    ("Array of Integer",): _array_of(int),
    ("Array of String",): _array_of(str),
}


def _converter(types: list[str]) -> Convert:
    simple = _CONVERTERS.get(tuple(types))
    if simple is not None:
        return simple
    return _array_of(dict) if types[0].startswith("Array of ") else _object


_CHECKS: Mapping[str, tuple[Mapping[str, Convert], frozenset[str]]] = {
    method: (
        {name: _converter(facts["types"]) for name, facts in fields.items()},
        frozenset(name for name, facts in fields.items() if facts["required"]),
    )
    for method, fields in SCHEMA.items()
}
