"""File positions: each version sealed, committed to, chained in the party's chain, and receipted."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel import Session

from budgetproto.accounts.domain import Party
from budgetproto.database import Database, now
from budgetproto.disputes import document, sealing, storage
from budgetproto.disputes.domain import (
    SECOND_TERM_STAGES,
    JumpUnconfirmed,
    Line,
    Position,
    TooLate,
    check_filing,
    jumps,
    sides_heard,
    told,
)
from budgetproto.disputes.events import DeclaredFinal, FinalWithdrawn, PositionFiled
from budgetproto.disputes.sealing import Place, SealBroken, Sealed, SealKey, Unsealed
from budgetproto.disputes.storage import DraftRow, PositionRow
from budgetproto.errors import Stale, Unknown
from budgetproto.i18n import Words
from budgetproto.journal import append, party_chain
from budgetproto.journal.domain import Entry
from budgetproto.journal.storage import entries
from budgetproto.money import Som
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Stage, Standing
from budgetproto.sittings.storage import InvitedRow

#: The version a draft is sealed as: it opens in no other place.
_DRAFT = 0
#: What the access chain calls a position somebody may not see.
_POSITION = "disputes.position"


class PositionMoved(Stale):
    """Somebody else of the party filed or saved this position first."""

    message_key = "disputes.position_moved"


@dataclass(frozen=True)
class Receipt:
    """What a party gets for a filed position: enough to prove later, against us, what it filed and when."""

    sitting: str
    line: str
    line_number: int
    party: str
    version: int
    filed_at: str
    position: str
    nonce: str
    commitment: str
    chain: str
    sequence: int
    head: str


@dataclass(frozen=True)
class OwnPosition:
    """What a party sees of its own position: the filed version and the draft, each with its number."""

    line: Line
    party: Party
    version: int
    filed: Position | None
    filed_at: datetime | None
    draft: Position | None
    draft_version: int


@dataclass(frozen=True)
class _Desk:
    """A party's place at one line in one transaction; what is sealed there passes through it."""

    session: Session
    key: SealKey
    sitting: Sitting
    line: Line
    party: Party
    person: str

    def seal(self, version: int, position: Position) -> tuple[str, Sealed]:
        """Return the canonical document of a position and its sealed form."""
        written = document.written(position)
        return written, sealing.seal(self._data_key(), self._place(version), written)

    def unseal(self, version: int, ciphertext: bytes) -> Position:
        """Return one of the party's own positions."""
        return document.read(self.unsealed(version, ciphertext).document)

    def unsealed(self, version: int, ciphertext: bytes) -> Unsealed:
        """Return one of the party's own positions as its document and nonce."""
        return sealing.unseal(self._data_key(), self._place(version), ciphertext)

    def last(self) -> PositionRow | None:
        """Return the last filed version."""
        return storage.latest_position(self.session, self.line.id, self.party.id)

    def draft(self) -> DraftRow | None:
        """Return the author's own draft."""
        return self.session.get(DraftRow, (self.line.id, self.party.id, self.person))

    def _data_key(self) -> bytes:
        return data_key(self.session, self.key, self.sitting.id)

    def _place(self, version: int) -> Place:
        return Place(self.sitting.id, self.line.id, self.party.id, version)


def file_position(
    database: Database,
    key: SealKey,
    person_id: str,
    line_id: str,
    *,
    party_id: str,
    position: Position,
    seen: int,
    confirmed: bool = False,
) -> Receipt:
    """File a version of a party's position; `seen` is the number of the version its author had before him.

    Raises TooLate (the text is kept as its author's draft), PositionMoved with both texts, JumpUnconfirmed,
    FigureMissing, FigureOfAnotherKind, OnlyLeadStatesFigure, and Unknown to whoever has no mandate of the
    party.
    """
    try:
        with database.writing() as session:
            desk = _desk(session, key, person_id, line_id, party_id, lock=True)
            # One instant for the judgement and the record, so that no position is both on time and late.
            at = now(session)
            _check(desk, position, at=at, seen=seen, confirmed=confirmed)
            return _store(desk, position, at=at)
    except TooLate:
        with database.aside() as session:
            _store_draft(_desk(session, key, person_id, line_id, party_id, lock=True), position)
        raise


def save_draft(
    database: Database,
    key: SealKey,
    person_id: str,
    line_id: str,
    *,
    party_id: str,
    position: Position,
    seen: int,
) -> int:
    """Keep its author's unfinished text, sealed; return its new number.

    `seen` is the number it had before; PositionMoved with both texts when it was saved elsewhere meanwhile.
    """
    with database.writing() as session:
        desk = _desk(session, key, person_id, line_id, party_id, lock=True)
        draft = desk.draft()
        if draft is not None and draft.version != seen:
            raise PositionMoved(yours=position, theirs=desk.unseal(_DRAFT, draft.ciphertext))
        return _store_draft(desk, position)


def own_position(session: Session, key: SealKey, person_id: str, line_id: str, party_id: str) -> OwnPosition:
    """Return a party's filed version and the asking delegate's draft to that delegate, and to nobody else."""
    desk = _desk(session, key, person_id, line_id, party_id)
    filed, draft = desk.last(), desk.draft()
    return OwnPosition(
        line=desk.line,
        party=desk.party,
        version=filed.number if filed else 0,
        filed=desk.unseal(filed.number, filed.ciphertext) if filed else None,
        filed_at=filed.at if filed else None,
        draft=desk.unseal(_DRAFT, draft.ciphertext) if draft else None,
        draft_version=(draft.version or 0) if draft else 0,
    )


def receipt(session: Session, key: SealKey, person_id: str, line_id: str, party_id: str) -> Receipt:
    """Return the receipt of a party's last filed version once more; Unknown when nothing is filed."""
    desk = _desk(session, key, person_id, line_id, party_id)
    last = desk.last()
    if last is None:
        raise Unknown
    unsealed = desk.unsealed(last.number, last.ciphertext)
    chain = entries(session, party_chain(desk.sitting.id, party_id))
    entry = next((each for each in chain if each.values().get("commitment") == last.commitment), None)
    if entry is None:
        raise SealBroken
    return _receipt(last, desk.line, unsealed.document, unsealed.nonce, entry)


def filed_lines(session: Session, person_id: str, sitting_id: str, party_id: str) -> dict[str, int]:
    """Return, to a delegate of the party, the lines it has filed on with the number of the last version."""
    _, place = sittings.admitted(session, person_id, sitting_id)
    if not place.speaks_for(party_id):
        raise Unknown(denied=_POSITION)
    return {line: row.number for line, row in storage.filed_by(session, sitting_id, party_id).items()}


def filed_yes_no(session: Session, person_id: str, sitting_id: str) -> frozenset[tuple[str, str]]:
    """Return, to the secretary alone, which party has filed on which line: (line, party)."""
    sittings.admitted(session, person_id, sitting_id, Act.START_COLLECTING)
    return frozenset((row.line, row.party) for row in storage.latest_positions(session, sitting_id))


def declare_final(
    database: Database, person_id: str, sitting_id: str, *, party_id: str, final: bool = True
) -> None:
    """Declare a party's positions final, so that they may open before the deadline, or take it back."""
    with database.writing() as session:
        _, _, place = sittings.locked(session, person_id, sitting_id, Act.DECLARE_FINAL, shared=True)
        if not place.speaks_for(party_id):
            raise Unknown(denied="disputes.declare_final")
        _set_final(session, person_id, sitting_id, party_id, final=final)


def receipt_values(receipt: Receipt) -> dict[str, object]:
    """Return a receipt as the values of the file a party keeps."""
    return asdict(receipt)


def data_key(session: Session, key: SealKey, sitting_id: str) -> bytes:
    """Return the data key of a sitting; Unknown before collecting has begun."""
    wrapped = storage.wrapped_key(session, sitting_id)
    if wrapped is None:
        raise Unknown
    return key.data_key(sitting_id, wrapped)


def _desk(
    session: Session, key: SealKey, person_id: str, line_id: str, party_id: str, *, lock: bool = False
) -> _Desk:
    """Return a party's place at a line, or the one Unknown for wrong ids, strangers and other parties."""
    try:
        sitting, place, line = _line_seen(session, person_id, line_id, lock=lock)
    except Unknown:
        raise Unknown(denied=_POSITION) from None
    party = next((party for party in place.parties if party.id == party_id), None)
    if party is None or sitting.stage is Stage.PREPARING:
        raise Unknown(denied=_POSITION)
    if lock:
        # The party's own lock: its authors queue, the other side's filings never wait for them.
        session.get(InvitedRow, (sitting.id, party_id), with_for_update=True)
    return _Desk(session, key, sitting, line, party, person_id)


def _line_seen(
    session: Session, person_id: str, line_id: str, *, lock: bool
) -> tuple[Sitting, Standing, Line]:
    row = storage.line_row(session, line_id)
    if row is None:
        raise Unknown
    if not lock:
        return *sittings.admitted(session, person_id, row.sitting), row.line()
    _, sitting, place = sittings.locked(session, person_id, row.sitting, Act.SEE, shared=True)
    session.refresh(row)  # an opening may have passed while we waited for the lock
    return sitting, place, row.line()


def _check(desk: _Desk, position: Position, *, at: datetime, seen: int, confirmed: bool) -> None:
    until, deadline = _filing_ends(desk), desk.sitting.deadline
    check_filing(desk.line, desk.party, position, at=at, until=until, deadline=deadline)
    last = desk.last()
    previous = desk.unseal(last.number, last.ciphertext) if last else None
    if last is not None and last.number != seen:
        raise PositionMoved(yours=position, theirs=previous)
    base = _own_base(desk, previous)
    if not confirmed and jumps(position.figure, base):
        raise JumpUnconfirmed(figure=told(position.figure), base=told(base))


def _filing_ends(desk: _Desk) -> datetime | None:
    """Return until when a party may file: the deadline, or the end of a silent side's second term."""
    sitting, line = desk.sitting, desk.line
    if sitting.stage is Stage.COLLECTING:
        return sitting.deadline
    if sitting.stage not in SECOND_TERM_STAGES or line.opened_at or not line.second_term_until:
        return None
    on_time = storage.filed_before(desk.session, line.id, sitting.deadline)
    heard = sides_heard(line.text, on_time, sittings.invited_parties(desk.session, sitting.id))
    return None if desk.party.side in heard else line.second_term_until


def _own_base(desk: _Desk, previous: Position | None) -> Som | int | None:
    """Return what a figure may jump against: the party's own base, else its own last version, never more."""
    text = desk.line.text
    base = text.base_government if desk.party.side == "government" else text.base_lsg
    before = previous.figure if previous else None
    return base.figure if base.figure is not None or isinstance(before, Words) else before


def _store(desk: _Desk, position: Position, *, at: datetime) -> Receipt:
    """Seal the next version, chain it, drop the draft it grew from, and return the receipt."""
    last = desk.last()
    number = last.number + 1 if last else 1
    written, sealed = desk.seal(number, position)
    row = PositionRow(
        line=desk.line.id,
        party=desk.party.id,
        number=number,
        ciphertext=sealed.ciphertext,
        commitment=sealed.commitment,
        person=desk.person,
        at=at,
    )
    desk.session.add(row)
    if draft := desk.draft():
        desk.session.delete(draft)
    _set_final(desk.session, desk.person, desk.sitting.id, desk.party.id, final=False)
    event = PositionFiled(desk.person, desk.party.id, desk.line.id, number, sealed.commitment)
    entry = append(desk.session, party_chain(desk.sitting.id, desk.party.id), event)
    return _receipt(row, desk.line, written, sealed.nonce, entry)


def _receipt(row: PositionRow, line: Line, written: str, nonce: str, entry: Entry) -> Receipt:
    return Receipt(
        sitting=line.sitting,
        line=line.id,
        line_number=line.number,
        party=row.party,
        version=row.number,
        filed_at=row.at.isoformat(timespec="microseconds"),
        position=written,
        nonce=nonce,
        commitment=row.commitment,
        chain=entry.chain,
        sequence=entry.sequence,
        head=entry.hash,
    )


def _set_final(session: Session, person_id: str, sitting_id: str, party_id: str, *, final: bool) -> None:
    row = session.get_one(InvitedRow, (sitting_id, party_id), with_for_update=True)
    if row.final == final:
        return
    row.final = final
    session.add(row)
    session.flush()
    event = DeclaredFinal(person_id, party_id) if final else FinalWithdrawn(person_id, party_id)
    append(session, party_chain(sitting_id, party_id), event)


def _store_draft(desk: _Desk, position: Position) -> int:
    _, sealed = desk.seal(_DRAFT, position)
    at = now(desk.session)
    row = desk.draft() or DraftRow(
        line=desk.line.id, party=desk.party.id, person=desk.person, ciphertext=b"", saved_at=at
    )
    row.ciphertext, row.saved_at = sealed.ciphertext, at
    desk.session.add(row)
    desk.session.flush()
    return row.version or 0
