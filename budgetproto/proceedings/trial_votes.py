"""Put a trial to the committee: adopted it becomes the next version of the option, rejected it is kept."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from budgetproto.balancing.sharing.rules import COUNTED
from budgetproto.database import Database, now
from budgetproto.disputes.options import service as options
from budgetproto.disputes.options import storage as option_storage
from budgetproto.disputes.options import trials, voted_storage
from budgetproto.disputes.options.service import Inputs, LinesStillClosed
from budgetproto.disputes.options.trials import Bench
from budgetproto.disputes.options.voted import Basis, VotedTrial, mark_of, read
from budgetproto.disputes.options.voted_storage import TrialVoteRow
from budgetproto.disputes.terms import pinning
from budgetproto.errors import Refused, Stale
from budgetproto.i18n import NO_NAME, Named, Sentence, Words
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import append, sitting_chain
from budgetproto.money import Som
from budgetproto.proceedings import storage
from budgetproto.proceedings.domain import (
    MajorityFor,
    Outcome,
    Votes,
    check_votes,
    majority_base,
    members_present,
)
from budgetproto.proceedings.events import TrialVoted
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Stage, Terms
from budgetproto.sittings.pinned import Pinned
from budgetproto.sittings.procedure import Procedure, procedure_of


class SessionNeeded(Refused):
    """The committee votes while it is in session, not before."""

    message_key = "proceedings.trial.session_needed"


class NothingTried(Refused):
    """What is put to the vote is what the terms say already."""

    message_key = "proceedings.trial.nothing_tried"


class GroundMissing(Refused):
    """Money that the terms do not name needs its source."""

    message_key = "proceedings.trial.ground_missing"


class DayOutside(Refused):
    """The day of the vote lies before the opening or after today."""

    message_key = "proceedings.trial.day_outside"


class TrialMoved(Stale):
    """What the vote rests on changed since the form was made; `changed` says what."""

    message_key = "proceedings.trial.moved"

    def __init__(self, changed: tuple[Sentence, ...]) -> None:
        super().__init__()
        self.changed = changed


@dataclass(frozen=True)
class Motion:
    """What was voted on and how; an `envelope` of None is that of the terms."""

    rule: str
    envelope: Som | None
    ground: Named
    question: Words
    votes: Votes
    on: date
    adopted: bool
    reason: Words


@dataclass(frozen=True)
class Ballot:
    """What a vote rests on: the opened figures with their terms, and the state they are in."""

    sitting: Sitting
    bench: Bench
    basis: Basis


def ballot(session: Session, person_id: str, sitting_id: str) -> Ballot:
    """Return what a vote would rest on now, to whoever may publish the option."""
    sitting, _ = sittings.admitted(session, person_id, sitting_id, Act.PUBLISH_OPTION)
    return _ballot(session, sitting)


def record_vote(
    database: Database, person_id: str, sitting_id: str, motion: Motion, *, seen: str
) -> VotedTrial:
    """Record the vote on a trial; publish the trial as the next version of the option when it was adopted.

    `seen` is what the author had before him; TrialMoved says what changed since. The trial is computed before
    anything is locked, and once more only where its inputs have moved in between.
    """
    with database.reading() as session:
        sitting, _ = sittings.admitted(session, person_id, sitting_id, Act.PUBLISH_OPTION)
        before = _inputs(session, sitting, motion, seen)
    document = options.computed(before)
    with database.writing() as session:
        _, sitting, _ = sittings.locked(session, person_id, sitting_id, Act.PUBLISH_OPTION)
        inputs = _inputs(session, sitting, motion, seen)
        document = document if inputs == before else options.computed(inputs)
        return _keep(session, person_id, sitting, document)


def _inputs(session: Session, sitting: Sitting, motion: Motion, seen: str) -> Inputs:
    """Return what the trial is computed from, with the vote on it."""
    found = _ballot(session, sitting)
    if changed := found.basis.moved(seen):
        raise TrialMoved(changed)
    return replace(options.inputs_of(session, sitting), vote=_vote(session, found, motion))


def _ballot(session: Session, sitting: Sitting) -> Ballot:
    if sitting.stage is not Stage.IN_SESSION:
        raise SessionNeeded
    bench = trials.bench(session, sitting)
    if bench is None:
        raise LinesStillClosed
    return Ballot(sitting, bench, _basis(session, sitting, bench))


def _basis(session: Session, sitting: Sitting, bench: Bench) -> Basis:
    latest = option_storage.latest_option(session, sitting.id)
    stated = [
        (view.line.id, party, each.version)
        for view in bench.lines
        for party, each in sorted(view.positions.items())
    ]
    places = sorted({view.line.text.territory or "" for view in bench.lines})
    return Basis(
        version=latest.number if latest else 0,
        votes=len(voted_storage.voted_trials(session, sitting.id)),
        positions=mark_of(stated),
        indicators=mark_of([(code, bench.indicators.get(code)) for code in places]),
    )


def _vote(session: Session, found: Ballot, motion: Motion) -> VotedTrial:
    """Return the vote when it can be recorded; refuse it otherwise."""
    terms, rules = found.bench.terms, procedure_of(session, found.sitting.id)
    envelope = terms.envelope if motion.envelope is None else motion.envelope
    _check_motion(session, found, motion, envelope)
    present = members_present(storage.attendees(session, found.sitting.id))
    _check_votes(motion, rules, present)
    return VotedTrial(
        number=found.basis.votes + 1,
        rule=motion.rule,
        envelope=envelope,
        ground=NO_NAME if envelope == terms.envelope else motion.ground,
        indicators=tuple(_indicators(session, found.bench, motion.rule)),
        question=motion.question,
        for_=motion.votes.for_,
        against=motion.votes.against,
        abstained=motion.votes.abstained,
        present=present,
        quorum=rules.quorum,
        on=motion.on,
        adopted=motion.adopted,
        reason=motion.reason,
        version=found.basis.version + 1 if motion.adopted else None,
    )


def _check_motion(session: Session, found: Ballot, motion: Motion, envelope: Som | None) -> None:
    terms: Terms = found.bench.terms
    if motion.rule == terms.rule and envelope == terms.envelope:
        raise NothingTried
    if envelope != terms.envelope and motion.ground == NO_NAME:
        raise GroundMissing
    today = bishkek_day(now(session))
    opened = bishkek_day(found.sitting.opened_at) if found.sitting.opened_at else today
    if not opened <= motion.on <= today:
        raise DayOutside(opened=opened, today=today)


def _check_votes(motion: Motion, rules: Procedure, present: int) -> None:
    """Refuse what the votes contradict: adopted without a majority, rejected with one."""
    majority_of = rules.settings["majority_of"].value
    members = rules.members_total
    outcome = Outcome.AGREED if motion.adopted else Outcome.NOT_AGREED
    check_votes(
        motion.votes,
        outcome,
        present=present,
        quorum=rules.quorum,
        members=members,
        majority_of=majority_of,
    )
    base = majority_base(present=present, members=members, majority_of=majority_of)
    if not motion.adopted and 2 * motion.votes.for_ > base:
        raise MajorityFor(votes=motion.votes.for_, base=base)


def _indicators(session: Session, bench: Bench, rule: str) -> Iterator[Pinned]:
    """Yield what the rule counts: what is fixed with the terms, for the rest the newest."""
    if rule not in COUNTED:
        return
    fixed = {(each.territory, each.indicator): each for each in bench.terms.indicators}
    for each in pinning.pinned(session, rule, [view.line for view in bench.lines]):
        yield fixed.get((each.territory, each.indicator), each)


def _keep(session: Session, person_id: str, sitting: Sitting, document: str) -> VotedTrial:
    """Keep a trial with its vote, and publish it when it was adopted."""
    vote = read(json.loads(document)["vote"])
    digest = hashlib.sha256(document.encode()).hexdigest()
    row = TrialVoteRow(
        sitting=sitting.id,
        number=vote.number,
        document=document,
        digest=digest,
        person=person_id,
        at=now(session),
    )
    session.add(row)
    session.flush()
    append(session, sitting_chain(sitting.id), _told(person_id, vote, digest))
    if vote.adopted:
        options.publish(session, person_id, sitting.id, document=document, rule=vote.rule)
    return vote


def _told(person_id: str, vote: VotedTrial, digest: str) -> TrialVoted:
    return TrialVoted(
        person=person_id,
        number=vote.number,
        rule=vote.rule,
        adopted="adopted" if vote.adopted else "rejected",
        votes_for=vote.for_,
        votes_against=vote.against,
        votes_abstained=vote.abstained,
        present=vote.present,
        quorum=vote.quorum,
        digest=digest,
    )
