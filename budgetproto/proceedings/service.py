"""Keep the agenda, the attendance, proposals, votes, decisions and opinions of a sitting."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlmodel import Session

from budgetproto.database import Database, new_id, now
from budgetproto.disputes import storage as disputes
from budgetproto.disputes.domain import Figure, FigureOfAnotherKind, Instrument, fits
from budgetproto.disputes.positions.document import figure_written, words_written
from budgetproto.errors import Stale, Unknown
from budgetproto.i18n import Named, Words
from budgetproto.journal import Event, append, sitting_chain
from budgetproto.journal.domain import canonical_json, digest_of
from budgetproto.proceedings import storage
from budgetproto.proceedings.domain import (
    MOST_OPINIONS,
    Attendee,
    Decision,
    LineStillClosed,
    LinesUndecided,
    OpinionKind,
    Outcome,
    ReasonNeeded,
    Speech,
    TooManyOpinions,
    Votes,
    check_votes,
    mark_of,
    members_present,
)
from budgetproto.proceedings.events import (
    AgendaItemEntered,
    AttendanceRecorded,
    DecisionRecorded,
    OpinionGiven,
    ProposalMade,
    SpeechRecorded,
)
from budgetproto.proceedings.storage import (
    AgendaRow,
    AttendeeRow,
    DecisionRow,
    OpinionRow,
    SpeechRow,
)
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Stage
from budgetproto.sittings.procedure import procedure_of


class DecisionMoved(Stale):
    """Somebody else recorded on this line first."""

    message_key = "proceedings.decision_moved"


class AttendanceMoved(Stale):
    """Somebody else changed the attendance list first."""

    message_key = "proceedings.attendance_moved"


@dataclass(frozen=True)
class Recorded:
    """What the secretary records of a line: the decided figure, the votes and the outcome."""

    decided: Figure
    votes: Votes
    outcome: Outcome
    instrument: Instrument | None = None
    note: Words | None = None

    def decision(self) -> Decision:
        """Return what is to be recorded as the decision it would be."""
        return Decision(
            decided=self.decided,
            instrument=self.instrument,
            votes=self.votes,
            outcome=self.outcome,
            note=self.note,
        )


def add_agenda_item(database: Database, person_id: str, sitting_id: str, title: Named) -> int:
    """Put a question at the end of the agenda; return its number."""
    with database.writing() as session:
        sittings.locked(session, person_id, sitting_id, Act.SET_AGENDA)
        number = len(storage.agenda(session, sitting_id)) + 1
        row = AgendaRow(
            sitting=sitting_id, number=number, title_ky=title.ky, title_ru=title.ru, title_en=title.en
        )
        session.add(row)
        session.flush()
        _record(session, sitting_id, AgendaItemEntered(person_id, number, digest_of(asdict(title))))
        return number


def add_speech(database: Database, person_id: str, sitting_id: str, number: int, speech: Speech) -> None:
    """Record who was heard or spoke on a question of the agenda."""
    with database.writing() as session:
        sittings.locked(session, person_id, sitting_id, Act.RECORD)
        items = {item.number: item for item in storage.agenda(session, sitting_id)}
        if number not in items:
            raise Unknown
        row = SpeechRow(
            sitting=sitting_id,
            number=number,
            ordinal=len(items[number].speeches) + 1,
            heard=speech.heard,
            speaker=speech.speaker,
            role_ky=speech.role.ky,
            role_ru=speech.role.ru,
            role_en=speech.role.en,
            words=canonical_json(words_written(speech.words)),
            party=_party(session, sitting_id, speech.party),
        )
        session.add(row)
        session.flush()
        _record(session, sitting_id, SpeechRecorded(person_id, number, digest_of(_speech_written(speech))))


def record_attendance(
    database: Database,
    person_id: str,
    sitting_id: str,
    people: Sequence[Attendee],
    *,
    seen: str | None = None,
) -> None:
    """Record who was expected and who is there, in place of the list before.

    `seen` is the mark of the list the author had before him; AttendanceMoved shows both lists when it has
    changed since.
    """
    with database.writing() as session:
        sittings.locked(session, person_id, sitting_id, Act.RECORD)
        listed = storage.attendees(session, sitting_id)
        if seen is not None and mark_of(listed) != seen:
            raise AttendanceMoved(theirs=_named(listed), yours=_named(people))
        for each in people:
            _party(session, sitting_id, each.party)
        rows = [_attendee_row(sitting_id, place, each) for place, each in enumerate(people, start=1)]
        storage.replace_attendees(session, sitting_id, rows)
        present = sum(each.present for each in people)
        digest = digest_of([asdict(each) for each in people])
        event = AttendanceRecorded(person_id, len(people), present, members_present(people), digest)
        _record(session, sitting_id, event)


def propose(
    database: Database, person_id: str, line_id: str, *, figure: Figure, reason: Words | None, version: int
) -> None:
    """Record a figure the chair proposes instead of the computed one, with the reason."""
    if reason is None:
        raise ReasonNeeded
    with database.writing() as session:
        yours = Decision(proposed=figure, proposed_reason=reason)
        row = _decision_row(session, person_id, line_id, Act.PROPOSE, figure, version=version, yours=yours)
        row.proposed, row.proposed_reason = (
            canonical_json(figure_written(figure)),
            canonical_json(words_written(reason)),
        )
        session.add(row)
        session.flush()
        _record(session, row.sitting, ProposalMade(person_id, line_id, row.proposed))


def record_decision(
    database: Database, person_id: str, line_id: str, recorded: Recorded, *, version: int
) -> None:
    """Record votes and decision on a line; refused without quorum, and *agreed* without a majority."""
    with database.writing() as session:
        decided = recorded.decided
        row = _decision_row(
            session, person_id, line_id, Act.RECORD, decided, version=version, yours=recorded.decision()
        )
        rules = procedure_of(session, row.sitting)
        present = members_present(storage.attendees(session, row.sitting))
        check_votes(
            recorded.votes,
            recorded.outcome,
            present=present,
            quorum=rules.quorum,
            members=rules.members_total,
            majority_of=rules.settings["majority_of"].value,
        )
        _enter(row, recorded)
        row.members_present, row.quorum = present, rules.quorum
        session.add(row)
        session.flush()
        _record(
            session, row.sitting, _told(person_id, line_id, recorded, present=present, quorum=rules.quorum)
        )


def give_opinion(
    database: Database,
    person_id: str,
    sitting_id: str,
    *,
    kind: OpinionKind,
    author: Named,
    words: Words,
    line: int | None = None,
    party: str = "",
) -> None:
    """Attach an opinion or a dissent to the protocol, before the session ends.

    Delegates, the chair and the members give one, in the name of a `party` only who speaks for it; what
    came later would not be in the protocol they decided.
    """
    with database.writing() as session:
        _, _, place = sittings.locked(session, person_id, sitting_id, Act.GIVE_OPINION)
        if party and not place.speaks_for(party):
            raise Unknown(denied="sittings.give_opinion")
        if storage.opinions_by(session, sitting_id, person_id) >= MOST_OPINIONS:
            raise TooManyOpinions(most=MOST_OPINIONS)
        written = words_written(words)
        row = OpinionRow(
            id=new_id(),
            sitting=sitting_id,
            kind=kind,
            author_ky=author.ky,
            author_ru=author.ru,
            author_en=author.en,
            person=person_id,
            line=line,
            words=canonical_json(written),
            at=now(session),
            party=party,
        )
        session.add(row)
        session.flush()
        _record(session, sitting_id, OpinionGiven(person_id, digest_of(written)))


def close_session(database: Database, person_id: str, sitting_id: str) -> None:
    """End the session when every line has its decision."""
    with database.writing() as session:
        row, _, _ = sittings.locked(session, person_id, sitting_id, Act.CLOSE_SESSION)
        decided = storage.decisions(session, sitting_id)
        lines = disputes.lines(session, sitting_id)
        undecided = [line.number for line in lines if not _settled(decided.get(line.id))]
        if undecided:
            raise LinesUndecided(lines=", ".join(map(str, undecided)))
        sittings.move(session, row, person_id, Stage.DECIDED)


def decisions(session: Session, person_id: str, sitting_id: str) -> Mapping[str, Decision]:
    """Return the decisions by line to whoever may read the opened positions."""
    sittings.admitted(session, person_id, sitting_id, Act.READ_OPENED)
    return storage.decisions(session, sitting_id)


def _decision_row(
    session: Session, person_id: str, line_id: str, act: Act, figure: Figure, *, version: int, yours: Decision
) -> DecisionRow:
    """Lock sitting and decision for an act on a line; raise DecisionMoved when it changed meanwhile.

    `yours` is what was to be recorded, shown beside theirs; `figure` must be of the line's kind.
    """
    line = disputes.line_row(session, line_id)
    if line is None:
        raise Unknown(denied="sittings.sitting")
    sittings.locked(session, person_id, line.sitting, act)
    if line.opened_at is None:
        raise LineStillClosed(number=line.number)
    text = line.text()
    if not fits(figure, text.measure):
        raise FigureOfAnotherKind
    if text.prices:
        text.prices.check(figure)
    row = session.get(DecisionRow, line_id, with_for_update=True)
    if row is not None and row.version != version:
        raise DecisionMoved(theirs=row.decision(), yours=yours)
    return row or DecisionRow(line=line_id, sitting=line.sitting)


def _enter(row: DecisionRow, recorded: Recorded) -> None:
    row.decided = canonical_json(figure_written(recorded.decided))
    row.instrument = recorded.instrument.value if recorded.instrument else None
    votes = recorded.votes
    row.votes_for, row.votes_against, row.votes_abstained = votes.for_, votes.against, votes.abstained
    row.outcome = recorded.outcome.value
    row.note = canonical_json(words_written(recorded.note)) if recorded.note else None


def _told(person_id: str, line_id: str, recorded: Recorded, *, present: int, quorum: int) -> DecisionRecorded:
    votes = recorded.votes
    return DecisionRecorded(
        person=person_id,
        line=line_id,
        outcome=recorded.outcome.value,
        figure=canonical_json(figure_written(recorded.decided)),
        votes_for=votes.for_,
        votes_against=votes.against,
        votes_abstained=votes.abstained,
        present=present,
        quorum=quorum,
    )


def _settled(decision: Decision | None) -> bool:
    return decision is not None and decision.outcome is not None


def _attendee_row(sitting_id: str, ordinal: int, each: Attendee) -> AttendeeRow:
    named = {"role": each.role, "body": each.body, "mandate": each.mandate, "reason": each.reason}
    spread = {f"{name}_{code}": text for name, one in named.items() for code, text in vars(one).items()}
    return AttendeeRow(
        sitting=sitting_id,
        ordinal=ordinal,
        group=each.group.value,
        name=each.name,
        present=each.present,
        party=each.party,
        **spread,
    )


def _party(session: Session, sitting_id: str, party: str) -> str:
    """Return the id of a party of the sitting, or none; raise Unknown for any other."""
    if party and party not in {each.id for each in sittings.invited_parties(session, sitting_id)}:
        raise Unknown
    return party


def _speech_written(speech: Speech) -> dict[str, object]:
    return {
        "heard": speech.heard,
        "speaker": speech.speaker,
        "role": asdict(speech.role),
        "words": words_written(speech.words),
        **({"party": speech.party} if speech.party else {}),
    }


def _record(session: Session, sitting_id: str, event: Event) -> None:
    append(session, sitting_chain(sitting_id), event)


def _named(people: Sequence[Attendee]) -> str:
    """Return an attendance list as lines of text, to be compared."""
    return "\n".join(f"{'+' if each.present else '−'} {each.name}" for each in people)
