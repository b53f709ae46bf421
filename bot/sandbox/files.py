"""Files the bot and the people send each other, and a small picture for people who send a photo."""

import secrets
import struct
import zlib
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"


@dataclass(slots=True, frozen=True)
class StoredFile:
    """One file; `path` is where the bot finds it behind `/file/bot<TOKEN>/`."""

    file_id: str
    file_unique_id: str
    path: str
    name: str
    mime: str
    data: bytes

    def json(self) -> Json:
        """Return what every kind of file has in common."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.file_unique_id,
            "file_size": len(self.data),
        }

    def document_json(self) -> Json:
        """Return Telegram's Document."""
        return {**self.json(), "file_name": self.name, "mime_type": self.mime}

    def photo_json(self) -> list[Json]:
        """Return Telegram's sizes of a photo; the sandbox has one."""
        width, height = picture_size(self.data)
        return [{**self.json(), "width": width, "height": height}]


class Files:
    """All files, found by their id, their unique id or their path."""

    def __init__(self) -> None:
        self._by_key: dict[str, StoredFile] = {}

    def add(self, folder: str, name: str, mime: str, data: bytes) -> StoredFile:
        """Keep a file and give it ids."""
        unique = secrets.token_urlsafe(12)
        ending = name.rpartition(".")[2] if "." in name else "bin"
        stored = StoredFile(
            f"AgAC{secrets.token_urlsafe(30)}", unique, f"{folder}/{unique}.{ending}", name, mime, data
        )
        for key in (stored.file_id, unique, stored.path):
            self._by_key[key] = stored
        return stored

    def get(self, key: str) -> StoredFile | None:
        """Return the file with this id, unique id or path."""
        return self._by_key.get(key)


def picture_size(data: bytes) -> tuple[int, int]:
    """Return width and height of a PNG; other formats are not read and count as 800 by 600."""
    if data.startswith(_PNG) and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    return 800, 600


def media_type(data: bytes) -> str:
    """Return what the bytes are; libraries often upload pictures without saying so."""
    if data.startswith(_PNG):
        return "image/png"
    return "image/jpeg" if data.startswith(_JPEG) else "application/octet-stream"


def small_png(width: int = 32, height: int = 32, colour: tuple[int, int, int] = (120, 160, 140)) -> bytes:
    """Return a picture of one colour."""
    row = b"\x00" + bytes(colour) * width
    return (
        _PNG
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(row * height))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
