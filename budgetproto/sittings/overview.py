"""What the page of a sitting shows of the sitting itself: its terms, parties, mandates and next step."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlmodel import Session

from budgetproto.accounts.domain import Party, Person, Role, Side
from budgetproto.database import now
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.sittings import service, settling, storage, terms_storage
from budgetproto.sittings.dates import Milestone, milestones
from budgetproto.sittings.domain import (
    Acknowledgement,
    Act,
    Extension,
    Mandate,
    Sitting,
    Stage,
    Standing,
    TermsVersion,
    sides_missing,
)
from budgetproto.sittings.mandates import may_revoke
from budgetproto.sittings.procedure import Setting, moved_since, noted_with, procedure

#: The stages in which delegates still have something to do before the deadline, and those that need none.
_WAITING: Final = frozenset({Stage.PREPARING, Stage.COLLECTING})
_OVER: Final = frozenset({Stage.ISSUED, Stage.ARCHIVED})


@dataclass(frozen=True)
class Overview:
    """One sitting as somebody admitted to it sees it at the instant `at` of the database's clock."""

    sitting: Sitting
    place: Standing
    at: datetime
    parties: tuple[Party, ...]
    mandates: tuple[Mandate, ...]
    terms: TermsVersion | None
    acknowledged: tuple[Acknowledgement, ...]
    dates: tuple[Milestone, ...] = ()
    extensions: tuple[Extension, ...] = ()
    #: The settings that decide, as the terms found them, and those of them that say something else today.
    rules: tuple[Setting, ...] = ()
    rules_moved: tuple[Setting, ...] = ()
    source: Sitting | None = None
    #: The mandates that end within the days of the setting, or before the deadline.
    expiring: frozenset[tuple[str, str]] = frozenset()
    may_revoke: frozenset[str] = frozenset()

    @property
    def serves(self) -> bool:
        """Tell whether the reader leads the sitting through its stages."""
        return Act.START_COLLECTING in self.place.acts

    @property
    def fixed(self) -> bool:
        """Tell whether the terms are fixed."""
        return self.sitting.terms_version is not None

    @property
    def sides_not_acknowledged(self) -> frozenset[Side]:
        """The sides that have not acknowledged the newest terms."""
        return sides_missing(self.parties, [each.party for each in self.acknowledged])

    def to_acknowledge(self) -> tuple[Party, ...]:
        """Return the reader's parties that have not acknowledged the newest terms."""
        seen = {each.party for each in self.acknowledged}
        return tuple(party for party in self.place.parties if self.terms and party.id not in seen)


def sittings_seen_by(session: Session, person: Person) -> list[tuple[Sitting, Standing]]:
    """Return the sittings a person may see, each with what the person is in it."""
    seen = service.sittings_of(session, person)
    return [(sitting, service.standing(session, person.id, sitting.id)) for sitting in seen]


def may_prepare(person: Person) -> bool:
    """Tell whether a person may enter a new sitting."""
    return Role.SECRETARY in person.roles


def check_may_prepare(person: Person) -> None:
    """Raise NotPermitted to whoever may not enter a new sitting."""
    if not may_prepare(person):
        raise NotPermitted(denied="sittings.prepare")


def overview(session: Session, person_id: str, sitting_id: str) -> Overview:
    """Return a sitting to somebody admitted to it; raise Unknown to others."""
    sitting, place = service.admitted(session, person_id, sitting_id)
    terms = settling.fixed_terms(session, sitting) or terms_storage.latest_terms(session, sitting_id)
    seen = terms_storage.acknowledgements(session, sitting_id, terms.version) if terms else []
    rules = noted_with(session, sitting_id, terms.version) if terms else ()
    return Overview(
        sitting=sitting,
        place=place,
        at=now(session),
        parties=tuple(service.invited_parties(session, sitting_id)),
        mandates=tuple(storage.mandates(session, sitting_id)),
        terms=terms,
        acknowledged=tuple(seen),
        dates=milestones(session, sitting),
        extensions=tuple(storage.extensions(session, sitting_id)),
        rules=rules,
        rules_moved=() if sitting.terms_version else moved_since(session, rules),
        source=_source(session, person_id, sitting),
        expiring=_expiring(session, sitting),
        may_revoke=_revoking(session, sitting, place),
    )


def _source(session: Session, person_id: str, sitting: Sitting) -> Sitting | None:
    """Return the sitting this one was made from to whoever may see that one too."""
    if sitting.cloned_from is None:
        return None
    try:
        return service.admitted(session, person_id, sitting.cloned_from)[0]
    except Unknown:
        return None


def _expiring(session: Session, sitting: Sitting) -> frozenset[tuple[str, str]]:
    """Return (person, party) of the mandates that end soon: they would be missed at the deadline."""
    today = bishkek_day(now(session))
    soon = today + timedelta(days=procedure(session).number("mandate_warning_days"))
    last = max(soon, bishkek_day(sitting.deadline)) if sitting.stage in _WAITING else soon
    if sitting.stage in _OVER:
        return frozenset()
    every = storage.mandates(session, sitting.id)
    return frozenset((each.person, each.party) for each in every if _ends_within(each, today, last))


def _ends_within(mandate: Mandate, today: date, last: date) -> bool:
    """Tell whether a mandate ends from today on, but before the last day it is needed."""
    ends = mandate.valid_to
    return mandate.revoked_on is None and ends is not None and today <= ends < last


def _revoking(session: Session, sitting: Sitting, place: Standing) -> frozenset[str]:
    parties = service.invited_parties(session, sitting.id)
    return frozenset(party.id for party in parties if may_revoke(sitting, place, party.id))
