"""Recomputes what the journal says of draft acts: they are still what was recorded."""

from collections.abc import Iterator, Mapping

from sqlmodel import Session

from budgetproto.coordination import keeping, storage
from budgetproto.coordination.completing import standing
from budgetproto.coordination.domain import Level
from budgetproto.coordination.events import ActEntered, ProcedureSet, ProcedureShipped, StepRecorded
from budgetproto.coordination.expertise import storage as expertise
from budgetproto.coordination.expertise.events import ExpertiseDisclosed, ExpertiseRecorded
from budgetproto.coordination.happenings import Submitted
from budgetproto.coordination.paper.storage import sheet_row
from budgetproto.coordination.procedure_values import Procedure
from budgetproto.coordination.public.events import ActPublicationSet
from budgetproto.coordination.public.storage import publication_rows
from budgetproto.coordination.storage import ActRow, HappeningRow
from budgetproto.coordination.summaries import as_reckoned
from budgetproto.coordination.texts.service import altered as texts_altered
from budgetproto.i18n import Sentence
from budgetproto.journal import SYSTEM, act_chain, expertise_chain
from budgetproto.journal.domain import Entry, sha256_of
from budgetproto.journal.storage import entries

#: A step as its chain has it: number, kind, day, person, hash, and whether the keeper recorded it for a body.
_Step = tuple[object, ...]


def altered(session: Session) -> Iterator[Sentence]:
    """Tell of each draft and version of the procedure that is not word for word what the journal says."""
    versions = {level: storage.procedures(session, level) for level in Level}
    for row in storage.act_rows(session):
        chain = entries(session, act_chain(row.id))
        if (
            not _as_entered(row, chain)
            or _steps_told(chain) != _steps_kept(session, row)
            or _published_told(chain) != _published_kept(session, row)
            or not _sheet_kept(session, row)
            or any(texts_altered(session, row))
        ):
            yield Sentence("coordination.altered", (("number", row.number),))
        elif not _sums_kept(session, row, versions):
            yield Sentence("coordination.sums_altered", (("number", row.number),))
        if _expertise_told(session, row, chain) != _expertise_kept(session, row):
            yield Sentence("expertise.altered", (("number", row.number),))
    yield from _procedures_altered(session)


def _sums_kept(session: Session, row: ActRow, versions: Mapping[Level, Mapping[int, Procedure]]) -> bool:
    course = storage.course(session, row.id)
    level = standing(row.entered(), course)[-1].level
    terms = versions[level][course.screened.procedure].terms if course.screened else None
    running = keeping.deadlines(session, course, terms) if terms else None
    return as_reckoned(session, row, course, running)


def _sheet_kept(session: Session, row: ActRow) -> bool:
    """Tell whether the sheet that was handed in is word for word the one whose hash its step has."""
    found, kept = storage.course(session, row.id).last(Submitted), sheet_row(session, row.id)
    told = found[2].sheet if found else ""
    return told == (sha256_of(kept.document) if kept else "")


def _procedures_altered(session: Session) -> Iterator[Sentence]:
    kinds = (ProcedureSet.kind, ProcedureShipped.kind)
    told = (entry.values() for kind in kinds for entry in entries(session, SYSTEM, kind=kind))
    said = {(each["initiators"], each["version"]): (each["since"], each["digest"]) for each in told}
    for level in Level:
        for row in storage.procedure_rows(session, level):
            kept = row.since.isoformat(), sha256_of(row.document)
            if said.pop((row.level, row.version), None) != kept:
                yield _procedure_altered(row.level, row.version)
    # What is left was set and is no longer there.
    yield from (_procedure_altered(*each) for each in said)


def _procedure_altered(level: object, version: object) -> Sentence:
    named = Sentence(f"coordination.level.{level}")
    return Sentence("procedures.altered", (("initiators", named), ("version", version)))


def _as_entered(row: ActRow, chain: list[Entry]) -> bool:
    first = next((entry.values() for entry in chain if entry.kind == ActEntered.kind), None)
    return first is not None and first["digest"] == sha256_of(row.document)


def _published_told(chain: list[Entry]) -> list[tuple[object, ...]]:
    told = (entry.values() for entry in chain if entry.kind == ActPublicationSet.kind)
    return [(said["part"], said["on"], said["reason"], said["person"]) for said in told]


def _published_kept(session: Session, row: ActRow) -> list[tuple[object, ...]]:
    return [
        (each.scope, each.since.isoformat(), each.reason, each.person)
        for each in publication_rows(session, row.id)
    ]


def _steps_told(chain: list[Entry]) -> list[_Step]:
    told = (entry.values() for entry in chain if entry.kind == StepRecorded.kind)
    names = ("number", "step", "on", "person", "digest")
    return [(*(said[name] for name in names), bool(said.get("by_keeper"))) for said in told]


def _steps_kept(session: Session, row: ActRow) -> list[_Step]:
    return [_kept(each) for each in storage.happening_rows(session, row.id)]


def _kept(row: HappeningRow) -> _Step:
    return row.number, row.kind, row.on.isoformat(), row.person, sha256_of(row.document), row.by_keeper


def _expertise_told(session: Session, row: ActRow, chain: list[Entry]) -> set[_Step]:
    """Return what the chain of each expertise tells, and what that of the draft tells of them."""
    own = [
        entry
        for each in expertise.of_act(session, row.id)
        for entry in entries(session, expertise_chain(each.id), kind=ExpertiseRecorded.kind)
    ]
    opened = [entry for entry in chain if entry.kind == ExpertiseDisclosed.kind]
    names = ("expertise", "party", "number", "step", "person", "digest")
    return {tuple(entry.values().get(name) for name in names) for entry in (*own, *opened)}


def _expertise_kept(session: Session, row: ActRow) -> set[_Step]:
    kept: set[_Step] = set()
    for each in expertise.of_act(session, row.id):
        rows, whose = expertise.entry_rows(session, each.id), (each.id, each.party)
        kept |= {(*whose, one.number, one.kind, one.person, sha256_of(one.document)) for one in rows}
        kept |= {(*whose, None, one.kind, one.person, shown) for one, shown in expertise.disclosed(rows)}
    return kept
