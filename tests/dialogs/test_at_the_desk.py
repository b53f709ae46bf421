"""What coordinators see, and that she is told exactly that."""

from dialogs.at_the_desk import explained, sees_sign, sees_silence
from dialogs.people import Consent, Place
from dialogs.words import Word
from tests.dialogs.cast import YES, Talk, english, leyla, newcomer


def test_her_last_sign_is_seen_while_somebody_may_see_it() -> None:
    """Her switches hold at the desk too; a case is a reason to look for her."""
    assert sees_sign(leyla(), has_case=False)
    hidden = leyla(sight=((2, ("talk",)), (3, ())))
    assert not sees_sign(hidden, has_case=False)
    assert sees_sign(hidden, has_case=True)
    assert not sees_sign(leyla(contacts=()), has_case=False)


def test_her_silence_is_seen_where_she_wants_it_told() -> None:
    """Two consents, and both are needed."""
    assert sees_silence(leyla())
    for consent in (
        Consent(check_ins=False, reading=True, telling=True),
        Consent(check_ins=True, reading=True, telling=None),
    ):
        assert not sees_silence(leyla(consent=consent))


def test_she_hears_it_while_joining_and_whenever_she_asks() -> None:
    """With contact persons named, and without."""
    for talk in (
        Talk(newcomer(place=Place.PHONE_HIDE, consent=YES)).presses("ph:skip"),
        Talk(newcomer(place=Place.PHONE_HIDE, consent=YES, proposed=())).presses("ph:skip"),
        Talk(leyla()).writes("/privacy", Word.PRIVACY),
    ):
        assert english(explained()) in talk.words
