"""Whether the record is what was written: every chain, what it speaks of, the keys of sealed sittings."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session

from budgetproto.coordination.verifying import altered as altered_acts
from budgetproto.disputes.journal.verifying import altered
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.disputes.positions.storage import wrapped_key
from budgetproto.errors import SetUp
from budgetproto.i18n import Sentence
from budgetproto.journal.domain import Break
from budgetproto.journal.storage import Head, chains, check, head
from budgetproto.protocol.storage import issued_in
from budgetproto.reporting.annual.verifying import altered as altered_reports
from budgetproto.sittings.storage import sittings


@dataclass(frozen=True)
class Checked:
    """A chain with its end, and where it is broken, if it is."""

    end: Head
    broken: Break | None

    def sentence(self) -> Sentence:
        """Tell what was found."""
        if self.broken is None:
            values = (("chain", self.end.chain), ("length", self.end.length), ("head", self.end.hash))
            return Sentence("commands.chain_whole", values)
        number, why = self.broken.sequence, Sentence(self.broken.key)
        return Sentence(
            "commands.chain_broken", (("chain", self.end.chain), ("number", number), ("why", why))
        )


def checked_chains(session: Session) -> Iterator[Checked]:
    """Recompute every chain from its first entry."""
    for chain in chains(session):
        yield Checked(head(session, chain), check(session, chain))


def altered_records(session: Session, key: SealKey | None = None) -> Iterator[Sentence]:
    """Tell of each record that is not what the journal says of it; with the key, of each opened file too."""
    for sitting in sittings(session):
        for sentence in altered(session, sitting.id, key):
            values = (("sitting", sitting.number), ("what", sentence))
            yield Sentence("commands.record_altered", values)
    yield from altered_acts(session)
    yield from altered_reports(session)


def unopenable(session: Session, key: SealKey | None) -> tuple[str, ...]:
    """Return the numbers of the sittings whose sealed positions the seal key does not open.

    Once its protocol is issued a sitting needs its key no more: then a new one may take its place.
    """
    return tuple(
        sitting.number
        for sitting in sittings(session)
        if not issued_in(session, [sitting.id])
        and (wrapped := wrapped_key(session, sitting.id))
        and not _opens(key, sitting.id, wrapped)
    )


def _opens(key: SealKey | None, sitting: str, wrapped: bytes) -> bool:
    try:
        return key is not None and bool(key.data_key(sitting, wrapped))
    except SetUp:
        return False
