"""The list of associations that the committee has bound itself to invite, with its whole history."""

from datetime import datetime

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.accounts.domain import Party
from budgetproto.database import Database, new_id, now
from budgetproto.errors import NotPermitted, Refused, Unknown
from budgetproto.i18n import Named
from budgetproto.journal import SYSTEM, append
from budgetproto.proceedings.participation import storage
from budgetproto.proceedings.participation.domain import Listed
from budgetproto.proceedings.participation.events import InvitationBound
from budgetproto.proceedings.participation.storage import MustInviteRow
from budgetproto.sittings.procedure import KEEPERS


class BasisMissing(Refused):
    """Who is put on the list, or taken off it, is so by an act that is named."""

    message_key = "proceedings.must_invite.basis_missing"


class AsItStands(Refused):
    """The list says so already."""

    message_key = "proceedings.must_invite.as_it_stands"


def in_force(session: Session, *, at: datetime | None = None) -> tuple[Listed, ...]:
    """Return the list as it stood at an instant, or as it stands now."""
    parties = {each.id: each for each in accounts.parties(session)}
    rows = [row for row in storage.must_invite(session) if at is None or row.at <= at]
    return tuple(row.entry(parties) for row in _last(rows).values() if row.listed)


def bind(
    database: Database, person_id: str, *, party: str, beside: str | None, listed: bool, basis: Named
) -> None:
    """Put an association on the list or take it off, by a named act; keepers of the settings only.

    A sitting whose terms were proposed before goes by the list of that day.
    """
    if not (basis.ky.strip() and basis.ru.strip()):
        raise BasisMissing
    with database.writing() as session:
        require_keeper(session, person_id)
        accounts.lock_party(session, party)
        sides = {each.id: each.side for each in accounts.parties(session)}
        if sides.get(party) != "lsg" or (beside is not None and sides.get(beside) != "government"):
            raise Unknown
        before = _last(storage.must_invite(session)).get((party, beside))
        if (before is not None and before.listed) is listed:
            raise AsItStands
        row = MustInviteRow(
            id=new_id(),
            party=party,
            beside=beside,
            listed=listed,
            basis_ky=basis.ky.strip(),
            basis_ru=basis.ru.strip(),
            basis_en=basis.en.strip(),
            person=person_id,
            at=now(session),
        )
        session.add(row)
        session.flush()
        event = InvitationBound(person_id, party, beside, "yes" if listed else "no", row.basis.text("ky"))
        append(session, SYSTEM, event)


def require_keeper(session: Session, person_id: str) -> None:
    """Raise NotPermitted unless a person keeps the settings of the procedure."""
    person = accounts.person(session, person_id)
    if person is None or person.roles.isdisjoint(KEEPERS):
        raise NotPermitted(denied="proceedings.must_invite")


def offered(session: Session) -> tuple[list[Party], list[Party]]:
    """Return the associations that can be put on the list, and the bodies whose sittings it can be about."""
    every = list(accounts.parties(session))
    return [each for each in every if each.side == "lsg"], [each for each in every if each.side != "lsg"]


def _last(rows: list[MustInviteRow]) -> dict[tuple[str, str | None], MustInviteRow]:
    """Return what stands: the last row on each association and each body."""
    return {(row.party, row.beside): row for row in rows}
