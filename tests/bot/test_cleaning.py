"""Pictures leave without what a camera wrote into them, and still are the same picture."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cleaning import JPEG, NotCleanable, cleaned, jpeg, png, webp
from bot.sandbox.files import small_png

PLACE = b"GPS 59.33 18.07 Leyla's phone"


def exif(orientation: int = 1, order: str = "<") -> bytes:
    """A block of tags with a place in it."""
    tags = struct.pack(f"{order}HHIHH", 0x010F, 2, 4, 0, 0) + struct.pack(
        f"{order}HHIHH", 0x0112, 3, 1, orientation, 0
    )
    head = (b"II*\x00" if order == "<" else b"MM\x00*") + struct.pack(f"{order}IH", 8, 2)
    return b"Exif\x00\x00" + head + tags + bytes(4) + PLACE


def segment(marker: int, body: bytes) -> bytes:
    """One segment of a JPEG."""
    return bytes([0xFF, marker]) + struct.pack(">H", 2 + len(body)) + body


TABLES = segment(0xDB, bytes(65)) + segment(0xC0, bytes(15))
SCAN = segment(0xDA, bytes(10)) + b"\x12\xff\x00\x34\xff\xd0\x56"
END = b"\xff\xd9"


def picture(*extra: bytes) -> bytes:
    """A JPEG whose parts are right, though nobody could see anything on it."""
    return JPEG + b"".join(extra) + TABLES + SCAN + END


def test_a_jpeg_loses_its_tags_and_comments() -> None:
    """Place, device, names, thumbnails, what programs leave behind, and what hangs on behind the end."""
    dirty = picture(
        segment(0xE0, b"JFIF\x00" + bytes(9)),
        segment(0xE1, exif()),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + PLACE),
        segment(0xED, PLACE),
        segment(0xFE, PLACE),
    )
    clean = jpeg(dirty + PLACE)
    assert PLACE not in clean
    assert clean == JPEG + TABLES + SCAN + END


@pytest.mark.parametrize("order", ["<", ">"])
def test_which_way_up_it_is_stays(order: str) -> None:
    """A letter from an authority, photographed sideways, must stay readable."""
    clean = jpeg(picture(segment(0xE1, exif(6, order))))
    assert PLACE not in clean
    assert b"Exif" in clean
    assert jpeg(clean) == clean
    assert clean.count(b"\xff\xe1") == 1


def test_what_colours_need_stays() -> None:
    """Without it some pictures are green."""
    adobe = segment(0xEE, b"Adobe" + bytes(7))
    assert adobe in jpeg(picture(adobe))


def test_scans_of_a_picture_that_comes_in_rounds_all_stay() -> None:
    """Phones make such."""
    assert jpeg(JPEG + TABLES + SCAN + TABLES + SCAN + END) == JPEG + TABLES + SCAN + TABLES + SCAN + END


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def test_a_png_loses_its_texts_and_times() -> None:
    """The points stay byte by byte."""
    whole = small_png()
    dirty = (
        whole[:33] + _chunk(b"tEXt", PLACE) + _chunk(b"eXIf", PLACE) + _chunk(b"tIME", bytes(7)) + whole[33:]
    )
    assert png(dirty + PLACE) == whole


def test_a_webp_loses_its_tags_and_announces_none() -> None:
    """The flags that say "tags follow" go with them."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return name + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)

    points, head = chunk(b"VP8 ", b"points!"), chunk(b"VP8X", bytes([0b0011_1100]) + bytes(9))
    body = b"WEBP" + head + points + chunk(b"EXIF", PLACE) + chunk(b"XMP ", PLACE)
    clean = webp(b"RIFF" + struct.pack("<I", len(body)) + body)
    assert PLACE not in clean
    assert points in clean
    assert clean[20] == 0b0001_0000, "a transparent picture stays one"
    assert struct.unpack("<I", clean[4:8])[0] == len(clean) - 8


@pytest.mark.parametrize("start", [b"II*\x00", b"MM\x00*", b"GIF89a", b"\x00\x00\x00\x18ftypheic"])
def test_a_picture_that_cannot_be_cleaned_is_refused(start: bytes) -> None:
    """Also where it is sent as a file: better not at all than with a place in it."""
    with pytest.raises(NotCleanable):
        cleaned(start + bytes(40), "document", "heic")


def test_a_photo_of_no_known_kind_is_refused() -> None:
    """Telegram sends photos as JPEG; what is something else is not looked into."""
    with pytest.raises(NotCleanable):
        cleaned(b"???", "photo", "")


def test_other_files_go_as_they_are() -> None:
    """With their ending, and without their name."""
    assert cleaned(b"%PDF-1.7", "document", "pdf") == (b"%PDF-1.7", "pdf")
    assert cleaned(b"OggS", "voice", "") == (b"OggS", "oga")
    assert cleaned(b"zzzz", "document", "") == (b"zzzz", "bin")


def test_a_picture_sent_as_a_file_is_cleaned_too() -> None:
    """Whatever its ending says."""
    assert cleaned(picture(segment(0xE1, exif())), "document", "txt") == (JPEG + TABLES + SCAN + END, "jpg")


@given(st.binary(max_size=200), st.sampled_from([JPEG, b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x00\x00\x00WEBP"]))
def test_whatever_comes_it_is_cleaned_or_refused(rest: bytes, start: bytes) -> None:
    """A broken picture ends nothing else."""
    try:
        data, _ending = cleaned(start + rest, "photo", "")
    except NotCleanable:
        return
    assert len(data) <= len(start + rest) + 40


@given(st.integers(0, 400))
def test_a_cut_off_jpeg_is_refused(length: int) -> None:
    """Half a picture may end within its tags."""
    whole = picture(segment(0xE1, exif(6)))
    if length >= len(whole):
        return
    with pytest.raises(NotCleanable):
        cleaned(whole[:length], "photo", "")
