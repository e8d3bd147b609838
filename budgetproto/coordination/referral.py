"""Hand a disputed point of a draft on to a sitting: a contested line in one step, with its whole history."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.coordination import happenings as h
from budgetproto.coordination import refusals as no
from budgetproto.coordination import service, storage
from budgetproto.coordination.point import Point
from budgetproto.coordination.service import Act
from budgetproto.database import Database
from budgetproto.disputes.domain import LineText
from budgetproto.disputes.lines.entering import enter_within
from budgetproto.disputes.lines.history import HistoryEntry
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act as Deed
from budgetproto.sittings.domain import Sitting, may


@dataclass(frozen=True)
class Origin:
    """Where a contested line comes from: the draft (id) and the point of it."""

    act: str
    point: Point


def refer(
    database: Database,
    person_id: str,
    act_id: str,
    remark: int,
    *,
    sitting_id: str,
    text: LineText,
    seen: int,
) -> str:
    """Make a contested line of a remark in a sitting that is prepared, and record that; return its id.

    The line gets the whole history of the point, whatever `text` has, and the draft as its source where no
    other is stated. The register's keeper does it who may prepare the sitting. Raises as `service.record`
    and `add_line` do: nothing of either is done then.
    """
    with database.writing() as session:
        _keeper(session, person_id)
        # The sitting is locked before the draft: whoever locks both does it in this order.
        sittings.locked(session, person_id, sitting_id, Deed.PREPARE)
        row = service.locked_row(session, act_id, seen)
        found = point_of(session, act_id, remark)
        invited = frozenset(party.id for party in sittings.invited_parties(session, sitting_id))
        line = enter_within(session, person_id, sitting_id, _with_point(text, found, invited))
        service.recorded(session, person_id, row, h.Referred(remark, sitting_id, line), None)
        return line


def referable(session: Session, person_id: str, act_id: str, remark: int) -> tuple[Act, Point]:
    """Return the draft and the point for the keeper who hands it on; raise when it was, or is settled."""
    _keeper(session, person_id)
    act = service.act_of(session, person_id, act_id)
    found = point_of(session, act_id, remark)
    if remark in act.course.referred:
        raise no.ReferredAlready(number=remark)
    if not act.course.against(found.remark.number):
        raise no.SettledAlready(number=remark)
    return act, found


def sittings_prepared(session: Session, person_id: str) -> list[Sitting]:
    """Return the sittings in preparation in which a person may enter questions."""
    person = accounts.person(session, person_id)
    found = sittings.sittings_of(session, person) if person else []
    return [
        sitting
        for sitting in found
        if may(sittings.standing(session, person_id, sitting.id), Deed.PREPARE, sitting.stage)
    ]


def point_of(session: Session, act_id: str, remark: int) -> Point:
    """Return a remark with its draft and course; raise Unknown or NoSuchRemark."""
    row = storage.act_row(session, act_id)
    if row is None:
        raise Unknown
    course = storage.course(session, act_id)
    if not 1 <= remark <= len(course.remarks):
        raise no.NoSuchRemark(number=remark)
    return Point(row.number, row.draft(), row.entered_on, row.initiator, course, course.remarks[remark - 1])


def origins_of(session: Session, person_id: str, line_id: str) -> tuple[Origin, ...]:
    """Return the points that a line comes from, to whoever may read the register; none for other lines."""
    rows = storage.referrals(session, line_id)
    if not rows or service.standing_of(session, person_id) is None:
        return ()
    return tuple(Origin(row.act, point_of(session, row.act, row.remark)) for row in rows)


def _with_point(text: LineText, point: Point, invited: frozenset[str]) -> LineText:
    basis = text.legal_basis if text.legal_basis.text("ky") else point.source
    illustrative = text.illustrative or point.draft.illustrative
    history = _known(point.history, invited)
    return replace(text, history=history, legal_basis=basis, illustrative=illustrative)


def _known(history: Sequence[HistoryEntry], invited: frozenset[str]) -> tuple[HistoryEntry, ...]:
    """Return the entries with the bodies that the sitting has invited; of others the side is told alone."""
    return tuple(each if each.party in invited else replace(each, party=None) for each in history)


def _keeper(session: Session, person_id: str) -> None:
    if not service.reader(session, person_id).keeper:
        raise NotPermitted(denied="coordination.keep")
