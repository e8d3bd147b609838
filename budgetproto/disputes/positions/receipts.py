"""Receipts: what a party gets for a filed version, and can have printed again as long as it likes."""

from dataclasses import asdict, dataclass

from sqlmodel import Session

from budgetproto.disputes.domain import Position
from budgetproto.disputes.events import FILED
from budgetproto.disputes.positions import document as documents
from budgetproto.disputes.positions.attachments.service import Proof, proofs
from budgetproto.disputes.positions.sealing import SealBroken, SealKey
from budgetproto.disputes.positions.seat import Seat, take_seat
from budgetproto.disputes.positions.storage import PositionRow
from budgetproto.errors import Unknown
from budgetproto.journal import party_chain
from budgetproto.journal.domain import Entry
from budgetproto.journal.storage import entries


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
    files: tuple[Proof, ...] = ()

    def stated(self) -> Position:
        """Return the position the receipt is about."""
        return documents.read(self.position)


def receipt(
    session: Session, key: SealKey, person_id: str, line_id: str, party_id: str, *, number: int | None = None
) -> Receipt:
    """Return the receipt of a party's version once more, of the last unless said otherwise.

    Unknown when nothing is filed under the number.
    """
    seat = take_seat(session, key, person_id, line_id, party_id)
    return receipt_of(seat, number)


def receipt_of(seat: Seat, number: int | None) -> Receipt:
    """Return the receipt of a version with its entry in the party's chain, in the caller's transaction."""
    row = seat.last if number is None else seat.version(number)
    if row is None:
        raise Unknown
    chain = entries(seat.session, party_chain(seat.sitting.id, seat.party.id))
    filed = (each for each in chain if each.kind in FILED)
    entry = next((each for each in filed if each.values().get("commitment") == row.commitment), None)
    if entry is None:
        raise SealBroken
    unsealed = seat.unsealed(row.number, row.ciphertext)
    return written_out(seat, row, unsealed.document, unsealed.nonce, entry)


def written_out(seat: Seat, row: PositionRow, document: str, nonce: str, entry: Entry) -> Receipt:
    """Return the receipt of a version whose document, nonce and entry are at hand."""
    return Receipt(
        sitting=seat.sitting.id,
        line=seat.line.id,
        line_number=seat.line.number,
        party=row.party,
        version=row.number,
        filed_at=row.at.isoformat(timespec="microseconds"),
        position=document,
        nonce=nonce,
        commitment=row.commitment,
        chain=entry.chain,
        sequence=entry.sequence,
        head=entry.hash,
        files=proofs(seat, documents.read(document)),
    )


def receipt_values(receipt: Receipt) -> dict[str, object]:
    """Return a receipt as the values of the file a party keeps."""
    return asdict(receipt)
