"""Tests of files and pictures."""

from bot.sandbox.files import Files, media_type, picture_size, small_png


def test_the_small_picture_is_a_real_one() -> None:
    """Its size can be read from its own header."""
    assert picture_size(small_png(40, 30)) == (40, 30)


def test_other_pictures_count_as_ordinary() -> None:
    """No decoder is needed in a sandbox."""
    assert picture_size(b"\xff\xd8") == (800, 600)


def test_pictures_are_known_by_their_bytes() -> None:
    """A bot that uploads bytes names no type, and the page must show the picture all the same."""
    assert media_type(small_png()) == "image/png"
    assert media_type(b"\xff\xd8\xff\xe0") == "image/jpeg"
    assert media_type(b"<svg>") == "application/octet-stream"


def test_a_file_is_found_by_each_of_its_names() -> None:
    """By id for the bot, by path for the download."""
    files = Files()
    stored = files.add("photos", "a.png", "image/png", b"x")
    assert files.get(stored.file_id) is files.get(stored.path) is stored
    assert files.get("none") is None
