"""What the page of a sitting shows of the sitting itself: its terms, parties, mandates and next step."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from budgetproto.accounts.domain import Party, Person, Role, Side
from budgetproto.database import now
from budgetproto.errors import NotPermitted
from budgetproto.i18n import Sentence
from budgetproto.sittings import service, storage
from budgetproto.sittings.dates import Milestone, milestones
from budgetproto.sittings.domain import (
    Acknowledgement,
    Mandate,
    Sitting,
    Stage,
    Standing,
    TermsVersion,
    sides_missing,
)
from budgetproto.sittings.page import Check


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
    terms = service.fixed_terms(session, sitting) or storage.latest_terms(session, sitting_id)
    seen = storage.acknowledgements(session, sitting_id, terms.version) if terms else []
    return Overview(
        sitting=sitting,
        place=place,
        at=now(session),
        parties=tuple(service.invited_parties(session, sitting_id)),
        mandates=tuple(storage.mandates(session, sitting_id)),
        terms=terms,
        acknowledged=tuple(seen),
        dates=milestones(session, sitting),
    )


def checks(view: Overview) -> tuple[Check, ...]:
    """Return what the sitting itself needs before its next step."""
    if view.sitting.stage not in {Stage.PREPARING, Stage.COLLECTING}:
        return ()
    mandated = {mandate.party for mandate in view.mandates}
    sides = {party.side for party in view.parties if party.id in mandated}
    agreed = view.terms is not None and not view.sides_not_acknowledged
    asked = {
        "sittings.check.parties": sides == {"government", "lsg"},
        "sittings.check.deadline": view.sitting.deadline > view.at,
        "sittings.check.terms_proposed": view.terms is not None,
        "sittings.check.terms_acknowledged": agreed,
        "sittings.check.terms_fixed": view.fixed,
    }
    preparing = view.sitting.stage is Stage.PREPARING
    of_preparation = {"sittings.check.parties", "sittings.check.deadline"}
    return tuple(
        Check(Sentence(key), done) for key, done in asked.items() if preparing or key not in of_preparation
    )
