"""Put a trial to the vote: adopted it becomes the next version of the option, rejected it stays on record."""

import json
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from budgetproto.database import Database, now
from budgetproto.disputes import option_storage, options
from budgetproto.disputes.document import words_written
from budgetproto.disputes.options import Tried
from budgetproto.errors import Refused, Stale
from budgetproto.i18n import NO_NAME, Named, Words
from budgetproto.journal import append, sitting_chain
from budgetproto.money import Som
from budgetproto.proceedings import storage
from budgetproto.proceedings.domain import Outcome, Votes, check_votes, members_present
from budgetproto.proceedings.events import TrialVoted
from budgetproto.proceedings.trial_vote_storage import TrialVoteRow, trial_votes
from budgetproto.sittings import service as sittings
from budgetproto.sittings import settling
from budgetproto.sittings.domain import Act, Sitting, Stage
from budgetproto.sittings.procedure import procedure_of


class NotInSession(Refused):
    """The committee votes while it sits."""

    message_key = "proceedings.not_in_session"


class GroundMissing(Refused):
    """Another envelope than that of the terms needs the ground of its money."""

    message_key = "proceedings.ground_missing"


class NothingTried(Refused):
    """Rule and envelope are those of the terms: there is nothing to vote on."""

    message_key = "proceedings.nothing_tried"


class OptionMoved(Stale):
    """Another version of the option was published since the form was opened."""

    message_key = "proceedings.option_moved"


@dataclass(frozen=True)
class PutToVote:
    """What the secretary records: the trial, the question as it was put, the votes, and what came of it."""

    rule: str
    envelope: Som
    ground: Named
    question: Words
    votes: Votes
    adopted: bool
    reason: Words | None = None


def record_trial_vote(
    database: Database, person_id: str, sitting_id: str, put: PutToVote, *, seen: int
) -> int | None:
    """Record a vote on a trial; return the version of the option it published, None when it was rejected.

    The trial is computed again from what is open now. `seen` is the newest version the author had before him.
    """
    with database.writing() as session:
        _, sitting, _ = sittings.locked(session, person_id, sitting_id, Act.PUBLISH_OPTION)
        present, quorum = _checked(session, sitting, put, seen)
        number = len(trial_votes(session, sitting_id)) + 1
        tried = Tried(put.rule, put.envelope, put.ground, number)
        document = options.computed_as_tried(session, sitting, tried)
        version = None
        if put.adopted:
            version = options.publish(session, person_id, sitting_id, document=document, rule=put.rule)
        row = TrialVoteRow(
            sitting=sitting_id,
            number=number,
            **_stated(put),
            members_present=present,
            quorum=quorum,
            version=version,
            document=document,
            person=person_id,
            at=now(session),
        )
        session.add(row)
        session.flush()
        append(session, sitting_chain(sitting_id), _event(row))
        return version


def _checked(session: Session, sitting: Sitting, put: PutToVote, seen: int) -> tuple[int, int]:
    """Return the members present and the quorum, once the vote can be recorded."""
    if sitting.stage is not Stage.IN_SESSION:
        raise NotInSession
    latest = option_storage.latest_option(session, sitting.id)
    if (latest.number if latest else 0) != seen:
        raise OptionMoved(number=latest.number if latest else 0)
    terms = settling.fixed_terms(session, sitting)
    envelope = terms.terms.envelope if terms else None
    if terms and put.rule == terms.terms.rule and put.envelope == envelope:
        raise NothingTried
    if put.envelope != envelope and put.ground == NO_NAME:
        raise GroundMissing
    rules = procedure_of(session, sitting.id)
    present = members_present(storage.attendees(session, sitting.id))
    check_votes(
        put.votes,
        Outcome.AGREED if put.adopted else Outcome.NOT_AGREED,
        present=present,
        quorum=rules.quorum,
        members=rules.members_total,
        majority_of=rules.settings["majority_of"].value,
    )
    return present, rules.quorum


def _stated(put: PutToVote) -> dict[str, Any]:
    """Return what was put to the vote as the columns that hold it."""
    return {
        "rule": put.rule,
        "envelope": put.envelope,
        "ground_ky": put.ground.ky,
        "ground_ru": put.ground.ru,
        "ground_en": put.ground.en,
        "question": _json(words_written(put.question)),
        "votes_for": put.votes.for_,
        "votes_against": put.votes.against,
        "votes_abstained": put.votes.abstained,
        "reason": _json(words_written(put.reason)) if put.reason else None,
    }


def _event(row: TrialVoteRow) -> TrialVoted:
    return TrialVoted(
        person=row.person,
        number=row.number,
        rule=row.rule,
        envelope=row.envelope.to_json(),
        votes_for=row.votes_for,
        votes_against=row.votes_against,
        votes_abstained=row.votes_abstained,
        present=row.members_present,
        quorum=row.quorum,
        outcome="rejected" if row.version is None else "adopted",
    )


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
