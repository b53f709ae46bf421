"""
What coordinators see of a resident at their desk, and the words that tell her so: side by side, so that they agree.

Coordinators are the organisation's own staff, who answer when nobody else does; she does not choose them. So they see
what they need for that, and only while she lets it be seen by somebody.
"""

from dialogs import sight
from dialogs.kinds import Sight
from dialogs.people import Resident
from dialogs.text import Text, _


def sees_sign(resident: Resident, *, has_case: bool) -> bool:
    """Whether the desk shows when she was last here: while a contact person may see it, or people look for her."""
    return has_case or any(
        sight.may_see(resident, each.id, each.kind, Sight.SIGNS) for each in resident.contacts
    )


def sees_silence(resident: Resident) -> bool:
    """Whether it shows her unanswered check-ins: where she wants to be asked, and that somebody is told."""
    return resident.consent.check_ins is True and resident.consent.telling is True


def explained() -> Text:
    """While she joins, and whenever she asks who can read what."""
    return (
        _(
            "at the desk",
            "{organisation} also has coordinators. They answer when nobody else does, and you do not choose them.",
        ),
        _(
            "at the desk",
            "They see the agreed name, your contact persons, whether you are here, paused or stopped, open cases, "
            "and notes that your helpers write.",
        ),
        _(
            "at the desk",
            "When you were last here they see only while one of your contact persons may see it, or a case is open. "
            "Which check-ins you did not answer, only while I may ask you and may tell somebody.",
        ),
    )
