"""Lay a protocol out for signature, withdraw it, and record what its signatories say."""

import json
from dataclasses import dataclass

from sqlmodel import Session

from budgetproto.accounts.domain import Role
from budgetproto.accounts.storage import people_names
from budgetproto.database import Database, new_id, now
from budgetproto.errors import Refused, Unknown
from budgetproto.i18n import NO_NAME, Language, Named, Words
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import head
from budgetproto.protocol.composition import compose, fingerprint, snapshot_document
from budgetproto.protocol.correcting import gathered
from budgetproto.protocol.document import canonical_bytes, to_document
from budgetproto.protocol.events import LayOutWithdrawn, PlaceAnswered, ProtocolLaidOut
from budgetproto.protocol.numbering import numbered
from budgetproto.protocol.participation import check_participation
from budgetproto.protocol.service import SittingMoved, check_all_open, paper_of
from budgetproto.protocol.signing.domain import check
from budgetproto.protocol.signing.laid import LaidOut, laid_out, still_missing
from budgetproto.protocol.signing.storage import AnswerRow, LayOutEndRow, LayOutRow
from budgetproto.protocol.snapshot import Signatory, Signing, SigningWay, Snapshot
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, NotYours, Sitting, Standing


class NothingLaidOut(Refused):
    """Nothing is laid out that could be signed or withdrawn."""

    message_key = "protocol.signing.nothing"


class AlreadyLaidOut(Refused):
    """One text at a time is laid out."""

    message_key = "protocol.signing.laid_already"


class ReasonMissing(Refused):
    """A withdrawal says why."""

    message_key = "protocol.signing.reason_missing"


@dataclass(frozen=True)
class Block:
    """The signature block for one reader; `own` are the places that he may answer now."""

    sitting: Sitting
    standing: Standing
    laid: LaidOut | None
    places: tuple[Signatory, ...]
    own: tuple[int, ...]
    #: The numbers of the places that issue waits for.
    missing: str = ""


def block_of(session: Session, person_id: str, sitting_id: str) -> Block:
    """Return the signature block of a sitting to whoever may read its protocol."""
    paper = paper_of(session, person_id, sitting_id)
    laid = laid_out(session, paper.sitting)
    places = laid.places if laid else paper.protocol.facts.signatories
    return Block(
        sitting=paper.sitting,
        standing=paper.place,
        laid=laid,
        places=places,
        own=_own(session, paper.place, places) if laid else (),
        missing=still_missing(session, laid),
    )


def turn(session: Session, standing: Standing, sitting: Sitting) -> bool:
    """Tell whether somebody holds a place of the laid-out text that he has not signed yet."""
    laid = laid_out(session, sitting)
    return laid is not None and bool(_own(session, standing, laid.places))


def lay_out(database: Database, person_id: str, sitting_id: str) -> str:
    """Freeze the protocol under its number for signature; return F, the fingerprint of its text.

    Composing happens with no transaction open; raises SittingMoved when the journal has grown meanwhile.
    """
    number = numbered(database, person_id, sitting_id, Act.LAY_OUT)
    with database.reading() as session:
        sitting, _ = sittings.admitted(session, person_id, sitting_id, Act.LAY_OUT)
        check_all_open(session, sitting_id)
        snapshot = gathered(session, sitting, number=number)
        check_participation(snapshot.participation)
    digest = fingerprint(compose(snapshot))
    with database.writing() as session:
        _, sitting, _ = sittings.locked(session, person_id, sitting_id, Act.LAY_OUT)
        if laid_out(session, sitting):
            raise AlreadyLaidOut
        if head(session, sitting_chain(sitting_id)).hash != snapshot.head.digest:
            raise SittingMoved
        session.add(_row(session, snapshot, digest, person_id=person_id, sitting_id=sitting_id))
        session.flush()
        sittings.record(session, sitting_id, ProtocolLaidOut(person_id, number, digest))
    return digest


def withdraw(database: Database, person_id: str, sitting_id: str, *, reason: str) -> None:
    """Withdraw the laid-out text; what was said of it stays on record and counts no more."""
    with database.writing() as session:
        _, sitting, _ = sittings.locked(session, person_id, sitting_id, Act.LAY_OUT)
        laid = _standing(session, sitting)
        if not reason.strip():
            raise ReasonMissing
        session.add(LayOutEndRow(lay_out=laid.id, reason=reason.strip(), person=person_id, at=now(session)))
        session.flush()
        number = laid.snapshot.number or ""
        event = LayOutWithdrawn(person_id, number, laid.fingerprint, reason.strip())
        sittings.record(session, sitting_id, event)


def answer(
    database: Database,
    person_id: str,
    sitting_id: str,
    place: int,
    state: Signing,
    *,
    seen: str,
    way: SigningWay,
    words: str = "",
    language: Language = "ky",
) -> None:
    """Record what the holder of a place says of exactly the text he has `seen`, by its fingerprint F."""
    with database.writing() as session:
        _, sitting, standing = sittings.locked(session, person_id, sitting_id, Act.READ_OPENED)
        laid = _standing(session, sitting, seen)
        if place not in held(session, standing, laid.places):
            raise NotYours(denied="protocol.signing")
        _append(session, sitting, laid, place, state, person=person_id, way=way, said=_words(words, language))


def enter_absence(
    database: Database,
    person_id: str,
    sitting_id: str,
    place: int,
    *,
    reason: str,
    seen: str,
    language: Language = "ky",
) -> None:
    """Record that nobody signs a place, and why; it may still be signed before issue."""
    with database.writing() as session:
        _, sitting, _ = sittings.locked(session, person_id, sitting_id, Act.LAY_OUT)
        laid = _standing(session, sitting, seen)
        if not 0 <= place < len(laid.snapshot.signatories):
            raise Unknown
        said = _words(reason, language)
        _append(session, sitting, laid, place, "absent", person=person_id, way="", said=said)


def _standing(session: Session, sitting: Sitting, seen: str | None = None) -> LaidOut:
    """Return what is laid out; raise NothingLaidOut where that is nothing, or not what was seen."""
    laid = laid_out(session, sitting)
    if laid is None or seen not in (None, laid.fingerprint):
        raise NothingLaidOut
    return laid


def _append(
    session: Session,
    sitting: Sitting,
    laid: LaidOut,
    place: int,
    state: Signing,
    *,
    person: str,
    way: SigningWay,
    said: Words | None,
) -> None:
    plain = said.text.in_(said.language)[0] if said else ""
    check(laid.places[place].state, state, plain)
    said = None if state == "signed" else said
    row = AnswerRow(
        lay_out=laid.id,
        sequence=len(laid.answers) + 1,
        place=place,
        state=state,
        words=canonical_bytes(to_document(said)).decode() if said else "",
        person=person,
        way=way,
        at=now(session),
    )
    session.add(row)
    session.flush()
    told = plain if said else ""
    sittings.record(session, sitting.id, PlaceAnswered(person, place + 1, state, told, way, laid.fingerprint))


def _own(session: Session, standing: Standing, places: tuple[Signatory, ...]) -> tuple[int, ...]:
    done = {"signed", "signed_with_remarks"}
    return tuple(at for at in held(session, standing, places) if places[at].state not in done)


def held(session: Session, standing: Standing, places: tuple[Signatory, ...]) -> tuple[int, ...]:
    """Return the places that somebody holds at this moment: his own, by role or standing mandate.

    A place is of an account; where it is of none (in older texts too) the name tells whose it is.
    """
    name = people_names(session, [standing.person]).get(standing.person, NO_NAME).ky

    def his(place: Signatory) -> bool:
        return place.person == standing.person if place.person else place.name == name

    return tuple(at for at, each in enumerate(places) if his(each) and _entitled(standing, each))


def _entitled(standing: Standing, place: Signatory) -> bool:
    if place.role in ("chair", "secretary"):
        return (Role.CHAIR if place.role == "chair" else Role.SECRETARY) in standing.roles
    return any(party.name == place.body for party in standing.parties)


def _words(said: str, language: Language) -> Words | None:
    return Words(Named(**{language: said.strip()}), language) if said.strip() else None


def _row(session: Session, snapshot: Snapshot, digest: str, *, person_id: str, sitting_id: str) -> LayOutRow:
    return LayOutRow(
        id=new_id(),
        sitting=sitting_id,
        number=snapshot.number or "",
        snapshot=json.dumps(snapshot_document(snapshot), ensure_ascii=False, sort_keys=True),
        fingerprint=digest,
        head=snapshot.head.sequence,
        person=person_id,
        at=now(session),
    )
