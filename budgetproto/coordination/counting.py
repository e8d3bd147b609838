"""The statistics of coordination and the register of bypassed acts, for whoever may read the register."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.coordination import service, storage, summary_storage
from budgetproto.coordination.course import Stage
from budgetproto.coordination.domain import Draft
from budgetproto.coordination.happenings import Bypassed
from budgetproto.coordination.statistics import OfAssociation, OfDraft, Statistics, in_order
from budgetproto.coordination.storage import ActRow
from budgetproto.database import now
from budgetproto.i18n import NO_NAME
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.web.paging import Paging, paged

_SHOWN = 25


@dataclass(frozen=True)
class BypassedAct:
    """A draft that went its way without coordination: when that was recorded, what is known of why.

    `coordinated_on` is the day of the close where coordination was closed after the bypass and no appeal has
    reopened it; the draft stays in the register all the same.
    """

    id: str
    number: int
    draft: Draft
    stage: Stage
    on: date
    why: str
    coordinated_on: date | None
    appealed: int
    upheld: int


def statistics(session: Session, person_id: str) -> Statistics:
    """Return the statistics of every year; raise Unknown to whom the register is not open."""
    service.reader(session, person_id)
    day = bishkek_day(now(session))
    names = {party.id: party.name for party in accounts.parties(session)}
    associations = (
        OfAssociation(year, body, names.get(body, NO_NAME), asked, words)
        for (year, body), (words, asked) in summary_storage.of_associations(session, day).items()
    )
    ordered = sorted(associations, key=lambda each: (-each.year, each.name.text("ky")))
    return Statistics(in_order(summary_storage.of_initiators(session, day)), tuple(ordered))


def by_draft(
    session: Session, years: Collection[int], bodies: Collection[str]
) -> tuple[Mapping[int, int], list[OfDraft]]:
    """Return of these years how many drafts were entered, and each that touches local communities.

    `bodies` are the associations whose opinions and remarks are counted: it is for these that it is asked,
    and the register is open to every association.
    """
    found = summary_storage.of_drafts(session, years, bodies, bishkek_day(now(session)))
    return summary_storage.entered_in(session, years), found


def bypassed_acts(
    session: Session, person_id: str, year: int, asked: str | None
) -> tuple[list[BypassedAct], Paging]:
    """Return a page of the drafts of a year whose bypass is on record, coordinated afterwards or not."""
    service.reader(session, person_id)
    paging = paged(asked, length=summary_storage.count_bypassed(session, year), size=_SHOWN)
    rows = summary_storage.bypassed_in(session, year, first=paging.first, most=paging.size)
    return [_bypassed(session, row) for row in rows], paging


def _bypassed(session: Session, row: ActRow) -> BypassedAct:
    course = storage.course(session, row.id)
    found = course.last(Bypassed)
    on, why = (found[1], found[2].why) if found else (row.entered_on, "")
    upheld = sum(ruled.ruling.value == "upheld" for _, ruled in course.rulings.values())
    closed = course.closed
    return BypassedAct(
        id=row.id,
        number=row.number,
        draft=row.draft(),
        stage=course.stage,
        on=on,
        why=why,
        # No bypass is recorded while coordination is closed, so that a close that holds came after it.
        coordinated_on=course.happenings[closed].on if closed is not None else None,
        appealed=len(course.appeals),
        upheld=upheld,
    )
