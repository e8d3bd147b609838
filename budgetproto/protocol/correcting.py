"""Correct an issued protocol: its sitting is taken up again, and what is issued then replaces it.

The protocol that was issued stays as it is, with its number, its files and its signatures.
"""

import json
from dataclasses import replace

from sqlmodel import Session

from budgetproto.database import Database
from budgetproto.errors import Refused
from budgetproto.i18n import LANGUAGES, Language, Named, Words
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import entries
from budgetproto.protocol import storage
from budgetproto.protocol.composition import stored_snapshot
from budgetproto.protocol.correction import Correction
from budgetproto.protocol.events import CorrectionBegun, CorrectionDropped, ProtocolReplaced
from budgetproto.protocol.gathering import gather
from budgetproto.protocol.snapshot import Snapshot
from budgetproto.protocol.storage import ProtocolRow
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Stage
from budgetproto.sittings.events import StageReached


class CorrectionReasonMissing(Refused):
    """The new protocol says why it replaces the old one."""

    message_key = "protocol.correction.reason_missing"


class NotDropped(Refused):
    """A correction is dropped only while nothing in the sitting can have changed."""

    message_key = "protocol.correction.not_dropped"


def begin_correction(
    database: Database, person_id: str, sitting_id: str, *, reason: str, language: Language = "ky"
) -> None:
    """Take an issued sitting back to its decision, for a new protocol; the reason is printed on it."""
    with database.writing() as session:
        row, _, _ = sittings.locked(session, person_id, sitting_id, Act.CORRECT)
        if not reason.strip():
            raise CorrectionReasonMissing
        old = storage.issued(session, sitting_id)
        assert old is not None  # noqa: S101 - a sitting is issued by its protocol
        event = CorrectionBegun(person_id, old.number, old.fingerprint, reason.strip(), language)
        sittings.record(session, sitting_id, event)
        sittings.move(session, row, person_id, Stage.DECIDED, reason=reason)


def drop_correction(database: Database, person_id: str, sitting_id: str, *, reason: str) -> None:
    """Let the issued protocol stand after all, while the session was not taken up again."""
    with database.writing() as session:
        row, sitting, _ = sittings.locked(session, person_id, sitting_id, Act.DROP_CORRECTION)
        old = storage.issued(session, sitting_id)
        if old is None or not may_be_dropped(session, sitting):
            raise NotDropped
        if not reason.strip():
            raise CorrectionReasonMissing
        event = CorrectionDropped(person_id, old.number, old.fingerprint, reason.strip())
        sittings.record(session, sitting_id, event)
        sittings.move(session, row, person_id, Stage.ISSUED, reason=reason)


def may_be_dropped(session: Session, sitting: Sitting) -> bool:
    """Tell whether a correction is going on that has not been taken further than the decision."""
    if sitting.stage is not Stage.DECIDED or storage.issued(session, sitting.id) is None:
        return False
    begun = entries(session, sitting_chain(sitting.id), kind=CorrectionBegun.kind)[-1]
    # beginning it is itself a step: the first and, as yet, only one
    steps = entries(session, sitting_chain(sitting.id), after=begun.sequence, kind=StageReached.kind)
    return len(steps) == 1


def being_corrected(session: Session, sitting: Sitting) -> ProtocolRow | None:
    """Return the issued protocol that a sitting stands to replace, None where it does not."""
    return None if sitting.stage in storage.ISSUED else storage.issued(session, sitting.id)


def number_being_corrected(session: Session, sitting: Sitting) -> str | None:
    """Return the number of that protocol without reading its text."""
    issued = [] if sitting.stage in storage.ISSUED else storage.issued_in(session, [sitting.id])
    return issued[-1][2] if issued else None


def gathered(session: Session, sitting: Sitting, *, number: str | None = None) -> Snapshot:
    """Return what the coming protocol of a sitting is made of; a correcting one says what it replaces."""
    snapshot, old = gather(session, sitting, number=number), being_corrected(session, sitting)
    if old is None:
        return snapshot
    begun = entries(session, sitting_chain(sitting.id), kind=CorrectionBegun.kind)[-1].values()
    language = next(code for code in LANGUAGES if code == begun["language"])
    words = Words(Named(**{language: str(begun["reason"])}), language)
    # the sitting was held when it was held, whenever its protocol is corrected
    ended = stored_snapshot(json.loads(old.snapshot)).sitting.ended
    return replace(
        snapshot,
        sitting=replace(snapshot.sitting, ended=ended),
        replaces=old.number,
        correction=Correction(old.at, old.fingerprint, words),
    )


def replaced(person_id: str, issued: Snapshot, fingerprint: str) -> ProtocolReplaced | None:
    """Return what the journal is told where a protocol replaces another: the hashes of both, and why."""
    if issued.replaces is None or issued.correction is None:
        return None
    why, said = issued.correction, issued.correction.reason
    return ProtocolReplaced(
        person=person_id,
        number=issued.number or "",
        fingerprint=fingerprint,
        replaces=issued.replaces,
        replaced_fingerprint=why.fingerprint,
        reason=said.text.in_(said.language)[0],
    )
