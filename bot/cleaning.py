"""
Pictures without what cameras and programs write into them: place, time, device, names, thumbnails.

Only the picture's own points and colours are kept: of a JPEG the segments that are needed to show it, of a PNG and a
WebP the chunks. Which way up a JPEG is belongs to the picture and stays, alone in a tag block of our own. Nothing is
decoded, so nothing large is built. A picture of another kind is refused rather than passed on as it is.
"""

import struct
from collections.abc import Iterator
from typing import Final

PNG: Final = b"\x89PNG\r\n\x1a\n"
JPEG: Final = b"\xff\xd8"
KEPT_PNG: Final = frozenset(
    {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"}
    | {b"acTL", b"fcTL", b"fdAT"}
)
KEPT_WEBP: Final = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"})
_WEBP_FLAGS: Final = (
    0b0010_1100  # ICC profile, EXIF and XMP: they are taken out, so nothing may announce them
)
_ADOBE: Final = 0xEE  # without it the colours of some pictures are wrong; it names a program, never a person
_SCAN, _END, _EXIF, _FILL = 0xDA, 0xD9, 0xE1, 0xFF
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
OTHER_PICTURES: Final = (b"II*\x00", b"MM\x00*", b"BM", b"GIF8", b"\x00\x00\x01\x00", b"8BPS")
_BOXED: Final = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis", b"heim", b"heis")


class NotCleanable(Exception):
    """A picture of a kind that we cannot clean, or a broken one."""


def cleaned(data: bytes, kind: str, ending: str) -> tuple[bytes, str]:
    """Return the file as it may be passed on, and its ending. Raises NotCleanable for pictures only."""
    if data.startswith(JPEG):
        return jpeg(data), "jpg"
    if data.startswith(PNG):
        return png(data), "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return webp(data), "webp"
    if kind == "photo" or data.startswith(OTHER_PICTURES) or (data[4:8] == b"ftyp" and data[8:12] in _BOXED):
        raise NotCleanable("a picture of a kind that cannot be cleaned")
    return data, ("oga" if kind == "voice" else ending or "bin")


def png(data: bytes) -> bytes:
    """Keep the chunks that make the picture, each as it is; what stands behind the end is dropped."""
    return PNG + b"".join(chunk for name, chunk in _png_chunks(data) if name in KEPT_PNG)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(PNG)
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        name, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data):
            raise NotCleanable("a broken PNG")
        yield name, data[at:end]
        if name == b"IEND":
            return
        at = end
    raise NotCleanable("a PNG without an end")


def webp(data: bytes) -> bytes:
    """Keep the chunks that make the picture, and announce no others."""
    body = b"".join(_webp_chunks(data))
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def _webp_chunks(data: bytes) -> Iterator[bytes]:
    at = 12
    while at + 8 <= len(data):
        name, (length,) = data[at : at + 4], struct.unpack_from("<I", data, at + 4)
        end = at + 8 + length + length % 2
        if at + 8 + length > len(data):
            raise NotCleanable("a broken WebP")
        if name in KEPT_WEBP:
            chunk = data[at:end].ljust(end - at, b"\x00")
            yield (
                chunk if name != b"VP8X" else chunk[:8] + bytes([chunk[8] & ~_WEBP_FLAGS & 0xFF]) + chunk[9:]
            )
        at = end


def jpeg(data: bytes) -> bytes:
    """Keep what is needed to show it: tables, frames, scans; of the tags only which way up it is."""
    parts = [JPEG]
    turned = _orientation(data)
    if turned is not None:
        parts.append(_only_orientation(turned))
    for marker, segment in _jpeg_segments(data):
        if marker == _ADOBE or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            parts.append(segment)
    return b"".join(parts)


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker with its segment, a scan with the points that follow it; ends with the end of the first picture."""
    at = len(JPEG)
    while at + 2 <= len(data):
        if data[at] != _FILL:
            raise NotCleanable("a broken JPEG")
        marker = data[at + 1]
        if marker == _FILL:
            at += 1
            continue
        if marker == _END:
            yield marker, data[at : at + 2]
            return
        end = at + 2 if marker in _ALONE else _segment_end(data, at)
        if marker == _SCAN:
            end = _scan_end(data, end)
        yield marker, data[at:end]
        at = end
    raise NotCleanable("a JPEG without an end")


def _segment_end(data: bytes, at: int) -> int:
    if at + 4 > len(data):
        raise NotCleanable("a broken JPEG")
    end: int = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
    if end > len(data) or end < at + 4:
        raise NotCleanable("a broken JPEG")
    return end


def _scan_end(data: bytes, at: int) -> int:
    """Return where the next marker stands; in the points FF is followed by 00 or by a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise NotCleanable("a JPEG without an end")
        if data[at + 1] not in (0x00, *range(0xD0, 0xD8)):
            return at
        at += 2


def _orientation(data: bytes) -> int | None:
    """Return the tag 0x0112 of the first block of tags, 2 to 8; 1 and anything strange is None."""
    for marker, segment in _jpeg_segments(data):
        if marker == _EXIF and segment[4:10] == b"Exif\x00\x00":
            return _tag(segment[10:])
    return None


def _tag(tiff: bytes) -> int | None:
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return None
    (first,) = struct.unpack_from(f"{order}I", tiff, 4)
    if first + 2 > len(tiff):
        return None
    (count,) = struct.unpack_from(f"{order}H", tiff, first)
    for place in range(first + 2, min(first + 2 + 12 * count, len(tiff) - 11), 12):
        name, _kind, _number, value = struct.unpack_from(f"{order}HHIH", tiff, place)
        if name == 0x0112:
            return int(value) if 2 <= value <= 8 else None
    return None


def _only_orientation(turned: int) -> bytes:
    tiff = b"II*\x00" + struct.pack("<IH", 8, 1) + struct.pack("<HHIHH", 0x0112, 3, 1, turned, 0) + bytes(4)
    body = b"Exif\x00\x00" + tiff
    return b"\xff\xe1" + struct.pack(">H", 2 + len(body)) + body
