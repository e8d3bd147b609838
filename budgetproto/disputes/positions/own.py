"""What a party sees of its own position on a line: what is filed, drafted, and waits for approval."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from budgetproto.accounts.domain import Party
from budgetproto.database import now
from budgetproto.disputes.domain import Line, Position
from budgetproto.disputes.positions import approving
from budgetproto.disputes.positions.approving import GivenBack, Submission
from budgetproto.disputes.positions.attachments import service as attachments
from budgetproto.disputes.positions.attachments.values import Attachment, list_digest
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.disputes.positions.seat import filing_ends, take_seat
from budgetproto.sittings.domain import MandatePart


@dataclass(frozen=True)
class OwnPosition:
    """What a party sees of its own position: the filed version and the draft, each with its number.

    `until` is when filing ends for the party at this line, None once it has ended.
    """

    line: Line
    party: Party
    version: int
    filed: Position | None
    filed_at: datetime | None
    draft: Position | None
    draft_version: int
    drafted_at: datetime | None
    attachments: tuple[Attachment, ...]
    files_changed: bool
    until: datetime | None
    part: MandatePart
    files_alone: bool
    waiting: Submission | None
    given_back: GivenBack | None
    #: The number of the last submission, decided or not.
    submission: int

    @property
    def files_seen(self) -> str:
        """Say which files the author has before him."""
        return list_digest(each.id for each in self.attachments)

    @property
    def sent(self) -> bool:
        """Tell whether the text the author has before him is the one that is filed, its files included."""
        return self.filed is not None and self.draft in (None, self.filed) and not self.files_changed


def own_position(session: Session, key: SealKey, person_id: str, line_id: str, party_id: str) -> OwnPosition:
    """Return a party's filed version and the asking delegate's draft to that delegate, and to nobody else."""
    seat = take_seat(session, key, person_id, line_id, party_id)
    filed, draft, until = seat.last, seat.draft(), filing_ends(session, seat.sitting, seat.line, seat.party)
    return OwnPosition(
        line=seat.line,
        party=seat.party,
        version=filed.number if filed else 0,
        filed=seat.filed,
        filed_at=filed.at if filed else None,
        draft=seat.drafted(),
        draft_version=(draft.version or 0) if draft else 0,
        drafted_at=draft.saved_at if draft else None,
        attachments=attachments.working_set(seat),
        files_changed=attachments.changed(seat),
        until=until if until and now(session) < until else None,
        part=seat.part,
        files_alone=seat.files_alone,
        waiting=approving.waiting(seat),
        given_back=approving.given_back(seat),
        submission=approving.last_number(seat),
    )
