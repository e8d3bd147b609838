"""What people are called in sentences, the service itself and strangers included."""

from collections.abc import Iterable
from typing import Final

from sqlmodel import Session

from budgetproto.accounts import storage
from budgetproto.accounts.access import NOBODY
from budgetproto.i18n import Named, every_language

#: Who acts when nobody does: the service, at a deadline.
SYSTEM: Final = "system"


def people_names(session: Session, ids: Iterable[str]) -> dict[str, Named]:
    """Return the names behind the ids that events keep; whose name was erased is told to be so."""
    asked = list(ids)
    erased = dict.fromkeys(asked, every_language("accounts.erased"))
    nameless = {SYSTEM: every_language("accounts.system"), NOBODY: every_language("accounts.stranger")}
    return erased | storage.people_names(session, asked) | nameless
