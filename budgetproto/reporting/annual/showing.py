"""An annual report as its page shows it to one reader, and the lists of reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.database import now
from budgetproto.errors import Unknown
from budgetproto.i18n import Named, Sentence
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.reporting.annual import filing, storage
from budgetproto.reporting.annual.approvals import Approval, approval_of
from budgetproto.reporting.annual.people import Seat, seat
from budgetproto.reporting.annual.report import Report
from budgetproto.reporting.annual.steps import Instruction, Step, instructions
from budgetproto.reporting.annual.storage import ReportRow

#: Filed reports that were read lately, by their hash; everybody may read them and they never change.
_KEPT: Final = 3
_known: Final[dict[str, Report]] = {}


@dataclass(frozen=True)
class Association:
    """One of those whose report it is: who stands by the closed text, and since when it is approved."""

    party: str
    name: Named
    approval: Approval


@dataclass(frozen=True)
class Shown:
    """A report for one reader: what he may do with it follows from his seat."""

    seat: Seat
    report: Report
    associations: tuple[Association, ...]
    digest: str
    steps: tuple[Step, ...]
    missing: Sequence[Sentence]
    today: date

    @property
    def row(self) -> ReportRow:
        """The report's row."""
        return self.seat.row

    @property
    def state(self) -> str:
        """Where it stands: "draft", "closed" or "filed"."""
        if self.row.filed_on is not None:
            return "filed"
        return "closed" if self.row.closed else "draft"

    @property
    def approved(self) -> bool:
        """Whether every association has approved the closed text."""
        return all(each.approval.approved_on for each in self.associations)

    def stands_by(self, person: str) -> bool:
        """Tell whether a person has closed or approved the text that stands."""
        return any(person in each.approval.people for each in self.associations)

    @property
    def instructions(self) -> tuple[Instruction, ...]:
        """What was asked of somebody after the report was heard, and whether it was answered."""
        return instructions(self.steps)


@dataclass(frozen=True)
class Listed:
    """A report in a list."""

    id: str
    year: int
    associations: tuple[Named, ...]
    filed_on: date | None


def shown(session: Session, person_id: str, report_id: str) -> Shown:
    """Return a report to whoever may read it; Unknown to all others."""
    held = seat(session, person_id, report_id)
    row = held.row
    digest = storage.closed_digest(session, row.id, row.closed)
    return Shown(
        held,
        filed_report(session, row, digest) if row.filed_on else filing.report_of(session, row),
        tuple(associations_of(session, row)),
        digest,
        tuple(each.step() for each in storage.steps(session, row.id)),
        () if row.closed else filing.lacking(row),
        bishkek_day(now(session)),
    )


def shown_filed(session: Session, person_id: str, report_id: str) -> Shown | None:
    """Return a filed report; None for one that is not, to its own people too, and Unknown to all others."""
    held = seat(session, person_id, report_id)
    return shown(session, person_id, report_id) if held.row.filed_on is not None else None


def own(session: Session, person_id: str) -> list[Listed]:
    """Return the reports that this person writes; those he may not read any more are left out."""
    found = [row for row in storage.reports_of(session, person_id) if _still_in(session, person_id, row)]
    return [listed(session, row) for row in found]


def every_filed(session: Session) -> list[Listed]:
    """Return the filed reports, the newest year first."""
    return [listed(session, row) for row in storage.filed(session)]


def listed(session: Session, row: ReportRow) -> Listed:
    """Return a report as it stands in a list."""
    names = tuple(each.name for each in associations_of(session, row))
    return Listed(row.id, row.year, names, row.filed_on)


def associations_of(session: Session, row: ReportRow) -> list[Association]:
    """Return the associations of a report, each with how it stands by the closed text."""
    rows = storage.associations(session, row.id)
    names = accounts.party_names(session, [each.party for each in rows])
    said = storage.approvals(session, row.id, row.closed)
    return [Association(each.party, names[each.party], approval_of(said, each.party)) for each in rows]


def filed_report(session: Session, row: ReportRow, digest: str) -> Report:
    """Return a filed report of this hash, from those kept while it is among them."""
    found = _known.pop(digest, None) or filing.report_of(session, row)
    while len(_known) >= _KEPT:
        _known.pop(next(iter(_known)), None)
    _known[digest] = found
    return found


def _still_in(session: Session, person_id: str, row: ReportRow) -> bool:
    try:
        return bool(seat(session, person_id, row.id).party)
    except Unknown:
        return False
