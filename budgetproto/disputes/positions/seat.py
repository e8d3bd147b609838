"""A party's seat at one line: what a delegate may see, seal and file there in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlmodel import Session

from budgetproto.accounts.domain import Party
from budgetproto.database import now
from budgetproto.disputes import storage
from budgetproto.disputes.domain import (
    SECOND_TERM_STAGES,
    JumpUnconfirmed,
    Line,
    Position,
    check_filing,
    told,
)
from budgetproto.disputes.figures.jumps import jumps
from budgetproto.disputes.figures.stands import sides_heard
from budgetproto.disputes.positions import document, sealing
from budgetproto.disputes.positions import storage as position_storage
from budgetproto.disputes.positions.bounds import check_versions
from budgetproto.disputes.positions.own_storage import DraftRow
from budgetproto.disputes.positions.sealing import Place, Sealed, SealKey, Unsealed
from budgetproto.disputes.positions.storage import PositionRow
from budgetproto.errors import NotPermitted, Stale, Unknown
from budgetproto.i18n import Words
from budgetproto.money import Som
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, MandatePart, Sitting, Stage, Standing
from budgetproto.sittings.storage import InvitedRow

#: What the access chain calls a position somebody may not see.
POSITION = "disputes.position"
#: The version a draft is sealed as: it opens in no other place.
_DRAFT = 0


class PositionMoved(Stale):
    """Somebody else of the party filed or saved this position first."""

    message_key = "disputes.position_moved"


class NotAuthor(NotPermitted):
    """The person's mandate is for approving only."""

    message_key = "disputes.not_author"


@dataclass(frozen=True)
class Seat:
    """A party's place at one line in one transaction; what is sealed there passes through it.

    What was filed last is read once: under the party's lock or in one picture of the data nobody else files.
    """

    session: Session
    key: SealKey
    sitting: Sitting
    line: Line
    party: Party
    person: str
    part: MandatePart
    four_eyes: bool

    @property
    def files_alone(self) -> bool:
        """Tell whether this person may file without another one."""
        return self.part is MandatePart.BOTH and not self.four_eyes

    def require_author(self) -> None:
        """Let somebody who writes positions pass, or raise NotAuthor."""
        if not self.part.writes:
            raise NotAuthor

    def seal(self, version: int, position: Position) -> tuple[str, Sealed]:
        """Return the canonical document of a position and its sealed form."""
        written = document.written(position)
        return written, sealing.seal(self.data_key, self.place(version), written)

    def unseal(self, version: int, ciphertext: bytes) -> Position:
        """Return one of the party's own positions."""
        return document.read(self.unsealed(version, ciphertext).document)

    def unsealed(self, version: int, ciphertext: bytes) -> Unsealed:
        """Return one of the party's own positions as its document and nonce."""
        return sealing.unseal(self.data_key, self.place(version), ciphertext)

    @cached_property
    def last(self) -> PositionRow | None:
        """The last filed version."""
        return position_storage.latest_position(self.session, self.line.id, self.party.id)

    def version(self, number: int) -> PositionRow | None:
        """Return one filed version."""
        return position_storage.filed_version(self.session, self.line.id, self.party.id, number)

    @cached_property
    def filed(self) -> Position | None:
        """What the last filed version says."""
        return self.unseal(self.last.number, self.last.ciphertext) if self.last else None

    def draft(self) -> DraftRow | None:
        """Return the author's own draft."""
        return self.session.get(DraftRow, (self.line.id, self.party.id, self.person))

    def drafted(self) -> Position | None:
        """Return what the author's own draft says."""
        draft = self.draft()
        return self.unseal(_DRAFT, draft.ciphertext) if draft else None

    def keep_draft(self, position: Position) -> int:
        """Keep the author's unfinished text, sealed, instead of what he kept before; return its number."""
        _, sealed = self.seal(_DRAFT, position)
        at = now(self.session)
        row = self.draft() or DraftRow(
            line=self.line.id, party=self.party.id, person=self.person, ciphertext=b"", saved_at=at
        )
        row.ciphertext, row.saved_at = sealed.ciphertext, at
        self.session.add(row)
        self.session.flush()
        return row.version or 0

    def drop_draft(self) -> None:
        """Drop the author's draft, which has become a position."""
        if draft := self.draft():
            self.session.delete(draft)

    @cached_property
    def data_key(self) -> bytes:
        """The key that everything of this sitting is sealed with."""
        return data_key(self.session, self.key, self.sitting.id)

    def place(self, version: int, kind: str = "") -> Place:
        """Return where something of this party's is sealed."""
        return Place(self.sitting.id, self.line.id, self.party.id, version, kind)


def take_seat(
    session: Session, key: SealKey, person_id: str, line_id: str, party_id: str, *, lock: bool = False
) -> Seat:
    """Return a party's seat at a line, or the one Unknown for wrong ids, strangers and other parties."""
    try:
        sitting, place, line = _line_seen(session, person_id, line_id, lock=lock)
    except Unknown:
        raise Unknown(denied=POSITION) from None
    party = next((party for party in place.parties if party.id == party_id), None)
    if party is None or sitting.stage is Stage.PREPARING:
        raise Unknown(denied=POSITION)
    # The party's own lock: its authors queue, the other side's filings never wait for them.
    invited = session.get_one(InvitedRow, (sitting.id, party_id), with_for_update=lock)
    return Seat(session, key, sitting, line, party, person_id, place.part(party_id), invited.four_eyes)


def check(seat: Seat, position: Position, *, at: datetime, seen: int, confirmed: bool) -> None:
    """Raise unless the party may file this at the instant `at`, its author having seen the version `seen`."""
    until = filing_ends(seat.session, seat.sitting, seat.line, seat.party)
    deadline = seat.sitting.deadline
    check_filing(seat.line, seat.party, position, at=at, until=until, deadline=deadline)
    last, previous = seat.last, seat.filed
    if last is not None and last.number != seen:
        raise PositionMoved(yours=position, theirs=previous)
    check_versions(last.number if last else 0)
    base = _own_base(seat, previous)
    if not confirmed and jumps(position.figure, base):
        raise JumpUnconfirmed(figure=told(position.figure), base=told(base))


def filing_ends(session: Session, sitting: Sitting, line: Line, party: Party) -> datetime | None:
    """Return until when a party may file: the deadline, or the end of a silent side's second term."""
    if sitting.stage is Stage.COLLECTING:
        return sitting.deadline
    if sitting.stage not in SECOND_TERM_STAGES or line.opened_at or not line.second_term_until:
        return None
    on_time = position_storage.filed_before(session, line.id, sitting.deadline)
    heard = sides_heard(line.text, on_time, sittings.invited_parties(session, sitting.id))
    return None if party.side in heard else line.second_term_until


def data_key(session: Session, key: SealKey, sitting_id: str) -> bytes:
    """Return the data key of a sitting; Unknown before collecting has begun."""
    wrapped = position_storage.wrapped_key(session, sitting_id)
    if wrapped is None:
        raise Unknown
    return key.data_key(sitting_id, wrapped)


def _line_seen(
    session: Session, person_id: str, line_id: str, *, lock: bool
) -> tuple[Sitting, Standing, Line]:
    sitting_id = storage.sitting_of(session, line_id)
    if sitting_id is None:
        raise Unknown
    if lock:
        _, sitting, place = sittings.locked(session, person_id, sitting_id, Act.SEE, shared=True)
    else:
        sitting, place = sittings.admitted(session, person_id, sitting_id)
    # Read behind the lock: an opening may have passed while we waited for it.
    row = storage.line_row(session, line_id)
    if row is None or row.withdrawn_at is not None:
        raise Unknown
    return sitting, place, row.line()


def _own_base(seat: Seat, previous: Position | None) -> Som | int | None:
    """Return what a figure may jump against: the party's own base, else its own last version, never more."""
    text = seat.line.text
    base = text.base_government if seat.party.side == "government" else text.base_lsg
    before = previous.figure if previous else None
    return base.figure if base.figure is not None or isinstance(before, Words) else before
