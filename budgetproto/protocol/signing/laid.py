"""Reads the text that stands laid out for signature, with what was said of its places."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

from sqlmodel import Session

from budgetproto.i18n import Words
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import entries
from budgetproto.protocol.composition import stored_snapshot
from budgetproto.protocol.document import from_document
from budgetproto.protocol.signing import storage
from budgetproto.protocol.signing.domain import Answer, answered, block, missing
from budgetproto.protocol.signing.storage import AnswerRow
from budgetproto.protocol.snapshot import Signatory, Signing, SigningWay, Snapshot
from budgetproto.sittings.domain import Sitting, Stage
from budgetproto.sittings.events import StageReached
from budgetproto.sittings.procedure import procedure


@dataclass(frozen=True)
class LaidOut:
    """A frozen text, its fingerprint F, and the answers to it."""

    id: str
    snapshot: Snapshot
    fingerprint: str
    answers: tuple[Answer, ...]

    @cached_property
    def places(self) -> tuple[Signatory, ...]:
        """The signature block as it stands."""
        return block(self.snapshot, self.answers)

    @property
    def answered(self) -> Snapshot:
        """The text with the answers of its places, and its fingerprint F."""
        return answered(self.snapshot, self.answers)


def laid_out(session: Session, sitting: Sitting) -> LaidOut | None:
    """Return the text that stands laid out; a step back of the sitting has withdrawn what was before it."""
    row = storage.latest(session, sitting.id) if sitting.stage is Stage.DECIDED else None
    if row is None or entries(session, sitting_chain(sitting.id), after=row.head, kind=StageReached.kind):
        return None
    snapshot = stored_snapshot(json.loads(row.snapshot))
    given = tuple(_answer(each) for each in storage.answers(session, row.id))
    return LaidOut(row.id, snapshot, row.fingerprint, given)


def still_missing(session: Session, laid: LaidOut | None) -> str:
    """Return the numbers of places that issue waits for under today's setting, empty for none."""
    must = procedure(session).settings["must_sign"].value
    return ", ".join(map(str, missing(laid.places, must))) if laid else ""


def _answer(row: AnswerRow) -> Answer:
    state: Signing = next(each for each in get_args(Signing) if each == row.state)
    way: SigningWay = next(each for each in get_args(SigningWay) if each == row.way)
    words = from_document(Words, json.loads(row.words)) if row.words else None
    return Answer(row.place, state, words, row.person, row.at, way)
