"""An expertise as its page and its sheet show it: words, people, amounts by year."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.coordination.domain import Draft
from budgetproto.coordination.expertise import service
from budgetproto.coordination.expertise.domain import Course, Entry, Review, Written
from budgetproto.coordination.expertise.service import Expertise
from budgetproto.i18n import Named, every_language


@dataclass(frozen=True)
class Shown:
    """An expertise with the names on it; `versions` are those that the reader may read, the last one last."""

    expertise: Expertise
    draft: Draft
    by: Named
    initiator: Named
    names: Mapping[str, Named]
    versions: tuple[tuple[Entry, Review], ...]

    @property
    def course(self) -> Course:
        """As much of the course as the reader sees."""
        return self.expertise.course

    @property
    def review(self) -> Review | None:
        """The last version that the reader may read."""
        return self.course.latest


def shown(session: Session, person_id: str, expertise_id: str) -> Shown:
    """Return an expertise as a reader may see it; raise Unknown to whom it is not there."""
    return shown_of(session, service.expertise(session, person_id, expertise_id))


def expertises_of(session: Session, person_id: str, act_id: str) -> tuple[Shown, ...]:
    """Return those of a draft's expertises that a reader may know of."""
    return tuple(shown_of(session, each) for each in service.of_act(session, person_id, act_id))


def shown_of(session: Session, found: Expertise) -> Shown:
    """Return what is shown of an expertise with the names of people and bodies."""
    course, draft = found.course, found.act.draft()
    people = {*course.experts, *(each.person for each in course.entries)}
    return Shown(
        expertise=found,
        draft=draft,
        by=_party(session, found.party) or every_language("expertise.by_committee"),
        initiator=_party(session, found.act.initiator) or draft.initiator,
        names=accounts.people_names(session, sorted(people)),
        versions=tuple((each, each.what.review) for each in course.entries if isinstance(each.what, Written)),
    )


def _party(session: Session, party: str | None) -> Named | None:
    found = accounts.party(session, party) if party else None
    return found.name if found else None
