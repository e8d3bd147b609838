"""Gathers what a protocol states of the associations' part, inside one read transaction."""

from collections.abc import Iterator
from typing import cast

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.i18n import NO_NAME
from budgetproto.proceedings.participation import record
from budgetproto.proceedings.participation.domain import Part, Review, Reviewed
from budgetproto.protocol import participation as paper
from budgetproto.sittings.domain import Sitting


def gathered_participation(session: Session, sitting: Sitting) -> paper.Participation | None:
    """Return the record of participation as it stands now; None where the sitting has no such duty."""
    found = record.participation_of(session, sitting)
    if found is None or not found.rows:
        return None
    return paper.Participation(
        days=int(found.term.value),
        source=found.term.source,
        questions=tuple(
            paper.Question(
                row.item.number,
                row.touches,
                row.why,
                tuple(paper.Association(part.association.name, tuple(_heard(part))) for part in row.parts),
                _expertise(row.reviewed),
                tuple(paper.Bound(each.association.name, each.basis) for each in row.missed),
            )
            for row in found.rows
        ),
        obligations=tuple(
            paper.Obligation(cast("paper.Obliged", each.question.value), each.article) for each in found.bases
        ),
        waiver=_waiver(session, found),
        bound=tuple(paper.Bound(each.association.name, each.basis) for each in found.bound),
    )


def _heard(part: Part) -> Iterator[paper.Heard]:
    for question, known in part.known.items():
        entered = None if known.recorded else known.entered
        yield paper.Heard(
            question.value,
            known.answer.value,
            recorded=known.recorded,
            on=entered.on if entered else None,
            why=entered.why if entered else "",
            open=question in part.open,
        )


def _expertise(reviewed: Reviewed | None) -> paper.Expertise | None:
    """Return the draft of a question with its reviews; None where the duty asks for none."""
    if reviewed is None:
        return None
    about, is_open = reviewed.about, bool(reviewed.open)
    if about is None:
        return paper.Expertise(None, open=is_open)
    return paper.Expertise(about.number, about.title, tuple(map(_review, about.reviews)), is_open)


def _review(found: Review) -> paper.Review:
    return paper.Review(
        on=found.on,
        by=found.by,
        verdict=cast("paper.Verdict", found.verdict),
        conclusion=found.conclusion,
        experts=tuple(paper.Expert(each.name.ky, each.interests) for each in found.experts),
        replies=tuple(
            paper.Reply(each.on, cast("paper.Stance", each.stance), each.text) for each in found.replies
        ),
    )


def _waiver(session: Session, found: record.Participation) -> paper.Waiver | None:
    """Return the chair's reason where something is open and it covers all of that."""
    given = found.waiver
    if given is None or not found.open or found.waiting:
        return None
    name = accounts.people_names(session, [given.person]).get(given.person, NO_NAME).ky
    return paper.Waiver(name, given.at, given.reason)
