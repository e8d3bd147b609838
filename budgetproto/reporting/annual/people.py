"""Who reads and writes an annual report: its associations' own people, until it is filed nobody else.

A mandate lets nobody in: the secretariat enters mandates, and ends them. Who acts for an association stands
on its list (`accounts.bodies`); he begins a report, and is admitted to one by somebody who is in it already.
He stays in until his own people let him out, so that nobody outside shuts an association out of its report;
but in its name he closes, approves, files and publishes only while he stands on the list. Whoever serves the
committee is out. Unknown and not admitted are answered alike.
"""

from dataclasses import dataclass

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.accounts.bodies.standing import people_of, stands_for
from budgetproto.accounts.domain import COMMITTEE, MANAGERS, Party
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.reporting.annual import storage
from budgetproto.reporting.annual.storage import ReportRow


@dataclass(frozen=True)
class Delegate:
    """A person who acts for an association."""

    person: str
    name: str
    party: Party


@dataclass(frozen=True)
class Seat:
    """What a person is to a report: in it for `party`, or a reader of what is filed (`party` is empty)."""

    row: ReportRow
    party: str = ""
    manages: bool = False

    @property
    def writes(self) -> bool:
        """Tell whether the person writes here: it is his report, and it is neither closed nor filed."""
        return bool(self.party) and not self.row.closed

    @property
    def records(self) -> bool:
        """Tell whether the person records what becomes of the filed report."""
        return self.row.filed_on is not None and bool(self.party or self.manages)


def spoken_for(session: Session, person_id: str) -> tuple[Party, ...]:
    """Return the associations a person acts for; who serves the committee acts for none."""
    return tuple(each for each in stands_for(session, person_id) if each.side == "lsg")


def delegates(session: Session) -> tuple[Delegate, ...]:
    """Return everybody who acts for an association now."""
    associations = [each for each in accounts.parties(session) if each.side == "lsg"]
    people = [(person, party) for party in associations for person in people_of(session, party.id)]
    names = accounts.people_names(session, {person for person, _ in people})
    return tuple(Delegate(person, names[person].ky, party) for person, party in people if person in names)


def seat(session: Session, person_id: str, report_id: str, *, lock: bool = False) -> Seat:
    """Return what a person is to a report; raise Unknown to whoever may not know that there is one."""
    row = storage.report_row(session, report_id, lock=lock)
    # Asked of a report that is not there too: how long an answer takes would tell that there is a draft.
    party = _admitted_for(session, person_id, report_id)
    if row is None or not (party or row.filed_on is not None):
        raise Unknown(denied="annual.report")
    person = accounts.person(session, person_id)
    return Seat(row, party, person is not None and bool(person.roles & MANAGERS))


def own_seat(session: Session, person_id: str, report_id: str, *, lock: bool = False) -> Seat:
    """Return the seat of one of the report's own people; others learn nothing of a draft.

    Of a filed report others know, and are told that it is not theirs to write in. Who writes locks the
    report; a page, which reads only, may not.
    """
    found = seat(session, person_id, report_id, lock=lock)
    if not found.party:
        raise NotPermitted(denied="annual.report")
    return found


def _admitted_for(session: Session, person_id: str, report_id: str) -> str:
    """Return the association a person is in the report for; nobody who serves the committee is in one."""
    row = session.get(storage.AdmittedRow, (report_id, person_id))
    person = accounts.person(session, person_id)
    present = {each.party for each in storage.associations(session, report_id)}
    if row is None or person is None or person.roles & COMMITTEE:
        return ""
    return row.party if row.party in present else ""
