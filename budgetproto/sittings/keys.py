"""The keys to the seal: who holds a mandate while something is sealed, and who reads what befell one."""

from sqlmodel import Session

from budgetproto.accounts import keys
from budgetproto.accounts import storage as accounts
from budgetproto.accounts.domain import COMMITTEE, Party, Person
from budgetproto.accounts.keys import Key, Touch
from budgetproto.database import now
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import sitting_chain
from budgetproto.journal.domain import Entry
from budgetproto.journal.storage import entries
from budgetproto.sittings import events, storage
from budgetproto.sittings.domain import Act, Sitting, Stage, Standing, possible
from budgetproto.sittings.service import record, standing

#: The stages in which something of a party's is sealed: earlier versions of a position stay so for ever.
SEALED = frozenset(Stage) - {Stage.PREPARING}
#: The stages in which a party speaks, or may again: from the decision a sitting can go back.
SPEAKING = SEALED - {Stage.ISSUED, Stage.ARCHIVED}


class Mandates:
    """What mandates open: a mandate of days to come counts, one that is over does not."""

    def sealed(self, session: Session, person_id: str) -> tuple[Key, ...]:
        """Return the keys a person holds now."""
        # Taken back and entered again a mandate of a sitting that is prepared would be none for a moment.
        held = _held(session, person_id) + storage.revoked_in(session, person_id, Stage.PREPARING)
        return tuple(
            Key(
                each.id,
                each.title,
                party,
                filing=possible(Act.FILE_POSITION, each.stage),
                prepared=each.stage not in SEALED,
            )
            for each, party in held
        )

    def speaking(self, session: Session, person_id: str) -> tuple[Party, ...]:
        """Return the parties a person speaks for in sittings that are prepared or go on."""
        held = _held(session, person_id)
        return tuple(party for each, party in held if each.stage in SPEAKING | {Stage.PREPARING})

    def shares(self, session: Session, person_id: str, key: Key) -> bool:
        """Tell whether a person speaks for the party of a key."""
        if accounts.person(session, person_id) is None:
            return False
        return standing(session, person_id, key.sitting).speaks_for(key.party.id)

    def needs_name(self, session: Session, person: Person) -> tuple[str, ...]:
        """Return the sittings, not issued yet, in which a person has or had a mandate, or serves."""
        served = bool(person.roles & COMMITTEE)
        held = {row.sitting for row in storage.mandate_rows(session, person.id)}
        return tuple(
            sitting.number
            for sitting in storage.sittings_before(session, Stage.ISSUED)
            if sitting.id in held or (served and sitting.stage is not Stage.PREPARING)
        )

    def tell(self, session: Session, key: Key, touch: Touch) -> None:
        """Write it to the sitting's chain: the party reads it there and on the sitting's page."""
        told = events.KeyTouched(touch.person, touch.holder, key.party.id, touch.agreed, touch.deed)
        record(session, key.sitting, told)


def touches(session: Session, sitting_id: str, place: Standing) -> list[Entry]:
    """Return what was done to accounts of the reader's party in a sitting, the newest first."""
    own = {party.id for party in place.parties}
    told = entries(session, sitting_chain(sitting_id), kind=events.KeyTouched.kind) if own else []
    return [entry for entry in reversed(told) if entry.values()["party"] in own]


def _held(session: Session, person_id: str) -> list[tuple[Sitting, Party]]:
    """Return the sittings and parties of a person's mandates that have not ended."""
    today = bishkek_day(now(session))
    mandates = storage.mandates_of(session, person_id)
    return [(sitting, party) for sitting, party, until in mandates if (until or today) >= today]


keys.kept_by(Mandates())
