"""Notices name ids, never people."""

from dialogs import notices
from dialogs.notices import NoticeKind


def test_a_subject_is_a_kind_and_a_number() -> None:
    """What stands in the clear in the database says nothing about anybody."""
    assert notices.person(7) == "person:7"
    assert notices.alert(8) == "alert:8"
    assert notices.channel(9) == "channel:9"
    assert notices.chore("audit") == "chore:audit"


def test_what_can_be_mended_does_not_end_by_itself() -> None:
    """An empty chain or a failing backup stays in sight until it is put right."""
    lasting = set(NoticeKind) - notices.ABOUT_ONE_EVENT
    assert {NoticeKind.NOBODY_TO_TELL, NoticeKind.BACKUP_FAILED, NoticeKind.CHANNEL_FAILING} <= lasting
    assert NoticeKind.PERSON_UNREADABLE in lasting, "the row is opened again and again until it opens"
    assert NoticeKind.RECORD_FAILED not in lasting, "a failure that does not come again is over"
