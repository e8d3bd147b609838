"""Reads the rows that computed indicators are made of, where the rooms they belong to count them already."""

from collections.abc import Collection, Iterable, Sequence

from sqlmodel import Session

from budgetproto.coordination.counting import by_draft
from budgetproto.coordination.statistics import OfDraft
from budgetproto.proceedings.participation.domain import Answer, Part, Question
from budgetproto.proceedings.participation.reading import parts_in
from budgetproto.reporting.annual.report import DraftFact, Record, SittingFact
from budgetproto.sittings.domain import Sitting


def recorded(
    session: Session, parties: Collection[str], years: Sequence[int], sittings: Sequence[Sitting]
) -> Record:
    """Return what the record has of these years: of drafts, and of sittings that are over.

    Opinions, remarks and participation are those of `parties`, the report's associations. All of it both
    sides see: the register is open to them, and a sitting that is over has nothing sealed.
    """
    entered, drafts = by_draft(session, years, parties)
    parts = parts_in(session, sittings)
    facts = (_sitting(each, parts[each.id], parties) for each in sittings if each.id in parts)
    return Record(tuple(sorted(entered.items())), tuple(map(_draft, drafts)), tuple(facts))


def _draft(each: OfDraft) -> DraftFact:
    return DraftFact(
        year=each.year,
        number=each.number,
        act_id=each.id,
        coordinated=bool(each.drafts.coordinated),
        bypassed=bool(each.drafts.bypassed),
        words=each.words,
        illustrative=each.illustrative,
    )


def _sitting(sitting: Sitting, found: Iterable[Part], parties: Collection[str]) -> SittingFact:
    """Return the associations' part in a sitting in which the committee had that duty."""
    parts = [each for each in found if each.association.id in parties]
    invited, came, spoke, opinion = (_known(parts, each) for each in Question)
    return SittingFact(
        year=sitting.budget_year,
        number=sitting.number,
        sitting_id=sitting.id,
        parts=len(parts),
        invited=invited,
        came=came,
        spoke=spoke,
        opinion=opinion,
        illustrative=sitting.illustrative,
    )


def _known(parts: Iterable[Part], question: Question) -> int:
    """Count the parts in which the answer is known to be yes."""
    return sum(each.known[question].answer is Answer.YES for each in parts)
