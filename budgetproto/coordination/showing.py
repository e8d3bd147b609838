"""One draft as its page shows it: course, remarks with answers, terms as they run, what may be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.coordination import storage
from budgetproto.coordination.completing import COMPLETING, arrivals, standing
from budgetproto.coordination.course import Course, Remark
from budgetproto.coordination.deadlines import Deadlines
from budgetproto.coordination.document import kind_of
from budgetproto.coordination.domain import GroundNote
from budgetproto.coordination.happenings import Answered, Attached, Noted, Referred, Screened, Stood
from budgetproto.coordination.offered import Offer
from budgetproto.coordination.procedure_values import WORDED, Procedure, Rule, in_force
from budgetproto.coordination.service import Act, act_of, deadlines_of, offered, reader
from budgetproto.coordination.storage import ActRow
from budgetproto.coordination.telling import Fact, facts, note_facts
from budgetproto.coordination.terms import Term, terms_of
from budgetproto.coordination.texts.domain import TextCard, cards, lacking
from budgetproto.coordination.undone import last_day
from budgetproto.database import now
from budgetproto.disputes.storage import line_names
from budgetproto.i18n import NO_NAME, Named
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act as SittingAct

#: The part of the page that offers a step, where it is not the list of what can be done now.
_OFFERED_AT: Final[Mapping[type[Any], str]] = {
    **dict.fromkeys(COMPLETING, "entry"),
    **dict.fromkeys((Answered, Stood, Referred), "remarks"),
    Attached: "texts",
}


@dataclass(frozen=True)
class Step:
    """One thing that happened: `until` is its last day where it came after it.

    `by_keeper` tells that it is a body's word which the keeper recorded for it.
    """

    number: int
    kind: str
    on: date
    recorded: date
    facts: tuple[Fact, ...]
    until: date | None
    by_keeper: bool


@dataclass(frozen=True)
class Answering:
    """An answer to a remark, with its day."""

    on: date
    answer: Answered


@dataclass(frozen=True)
class Told:
    """A remark with every answer, the body's word on the last one, and what became of it.

    `line` is the contested line it was referred as, to a reader who sees the sitting; `by_keeper` and
    `stand_by_keeper` tell that the keeper recorded the opinion, or the word on the answer, for the body.
    """

    remark: Remark
    by: Named
    by_keeper: bool
    answers: tuple[Answering, ...]
    stand: Stood | None
    stand_by_keeper: bool
    settled: bool
    referred: bool
    line: str | None
    line_name: Named | None


@dataclass(frozen=True)
class ActPage:
    """Everything on the page of a draft; `procedure` is the version it goes by, None where none holds."""

    act: Act
    initiator: Named
    note: tuple[Fact, ...]
    steps: tuple[Step, ...]
    remarks: tuple[Told, ...]
    terms: tuple[Term, ...]
    procedure: Procedure | None
    offers: tuple[Offer, ...]
    names: Mapping[str, Named]
    entered_on: date
    #: When each companion arrived after the entry, by its number in the bundle.
    arrived: Mapping[int, date]
    texts: tuple[TextCard, ...]
    #: Whether the reader keeps the register.
    keeps: bool

    @property
    def set_later(self) -> bool:
        """Tell whether the draft was screened on a day before the version it goes by came into force."""
        screened = self.act.course.last(Screened)
        return screened is not None and self.procedure is not None and screened[1] < self.procedure.since

    @cached_property
    def offers_on(self) -> Mapping[tuple[str, int], Offer]:
        """What can be done with one remark or appeal, by the step and its number."""
        return {(each.step, each.number): each for each in self.offers if each.number}

    @cached_property
    def offers_at(self) -> Mapping[str, tuple[Offer, ...]]:
        """What can be done, by where the page offers it: `now`, `entry`, `texts` or `remarks`."""
        found: dict[str, list[Offer]] = {"now": [], "entry": [], "texts": [], "remarks": []}
        for each in self.offers:
            found[_OFFERED_AT.get(each.kind, "now")].append(each)
        return {part: tuple(offers) for part, offers in found.items()}

    @property
    def lacking(self) -> tuple[int, ...]:
        """The rounds in which no text of the draft itself was attached."""
        return tuple(lacking(self.act.course))

    @property
    def worded(self) -> tuple[tuple[str, Rule], ...]:
        """The rules that are said in words."""
        rules = self.procedure.rules if self.procedure else {}
        return tuple((key, rules[key]) for key in WORDED if key in rules)


def act_page(session: Session, person_id: str, act_id: str) -> ActPage:
    """Return what the page of a draft shows to a reader; raise Unknown to whom the register is not open."""
    act = act_of(session, person_id, act_id)
    course, row = act.course, storage.act_row(session, act_id)
    today, running = bishkek_day(now(session)), deadlines_of(session, act)
    procedure = procedure_of(session, act, today)
    names = accounts.party_names(session, parties_of(act))
    initiator = names.get(act.initiator or "") or act.draft.initiator
    noted = course.last(Noted)
    lines = _lines(session, person_id, course)
    kept = storage.kept_places(session, act_id)
    return ActPage(
        act=act,
        initiator=initiator,
        note=note_facts(noted[2].note if noted else GroundNote()),
        steps=_steps(act, running, names, kept, procedure),
        remarks=tuple(_told(course, remark, names, lines, kept) for remark in course.remarks),
        terms=tuple(terms_of(running, procedure, initiator, names, today)) if running and procedure else (),
        procedure=procedure,
        offers=offered(session, person_id, act),
        names=names,
        entered_on=row.entered_on if row else today,
        arrived=arrivals(act.entered, course),
        texts=cards(course, act.draft, initiator, names),
        keeps=reader(session, person_id).keeper,
    )


def act_card(session: Session, person_id: str, act_id: str) -> tuple[ActRow, ActPage]:
    """Return a draft's row with what its page shows to a reader; raise Unknown as the page does."""
    page = act_page(session, person_id, act_id)
    return session.get_one(ActRow, act_id), page


def steps_since(session: Session, act: Act, seen: int) -> tuple[Step, ...]:
    """Return what was recorded of a draft after the first `seen` steps."""
    names, running = accounts.party_names(session, parties_of(act)), deadlines_of(session, act)
    return _steps(act, running, names, storage.kept_places(session, act.id), None)[seen:]


def _lines(session: Session, person_id: str, course: Course) -> dict[str, Named]:
    """Return the lines that remarks became, of the sittings that the reader may see."""
    seen = [
        each.line
        for each in course.referred.values()
        if SittingAct.SEE in sittings.standing(session, person_id, each.sitting).acts
    ]
    return line_names(session, seen)


def procedure_of(session: Session, act: Act, today: date) -> Procedure | None:
    """Return the version a draft goes by, before its screening the one in force; None where none holds."""
    versions = storage.procedures(session, act.draft.level)
    screened = act.course.screened
    return versions[screened.procedure] if screened else in_force(versions, today)


def parties_of(act: Act) -> set[str]:
    """Return the parties that have to do with a draft (ids)."""
    return {*act.course.parties, *([act.initiator] if act.initiator else [])}


def _steps(
    act: Act,
    running: Deadlines | None,
    names: Mapping[str, Named],
    kept: frozenset[int],
    procedure: Procedure | None,
) -> tuple[Step, ...]:
    drafts, addressee = standing(act.entered, act.course), procedure.addressee if procedure else None
    told = (facts(act.course, place, names, before, addressee) for place, before in enumerate(drafts[:-1]))
    return tuple(_step(act.course, running, place, said, place in kept) for place, said in enumerate(told))


def _step(
    course: Course, running: Deadlines | None, place: int, said: tuple[Fact, ...], by_keeper: bool
) -> Step:
    happening = course.happenings[place]
    until = last_day(running, place) if running else None
    return Step(
        number=place + 1,
        kind=kind_of(happening.what),
        on=happening.on,
        recorded=happening.recorded,
        facts=said,
        until=until if until is not None and happening.on > until else None,
        by_keeper=by_keeper,
    )


def _told(
    course: Course,
    remark: Remark,
    names: Mapping[str, Named],
    lines: Mapping[str, Named],
    kept: frozenset[int],
) -> Told:
    stand, referred = course.stands.get(remark.number), course.referred.get(remark.number)
    return Told(
        remark=remark,
        by=names.get(remark.body, NO_NAME),
        by_keeper=course.opined_at[remark.round, remark.body] in kept,
        answers=tuple(Answering(on, what) for _, on, what in course.answers.get(remark.number, ())),
        stand=stand[2] if stand else None,
        stand_by_keeper=stand is not None and stand[0] in kept,
        settled=not course.against(remark.number),
        referred=referred is not None,
        line=referred.line if referred and referred.line in lines else None,
        line_name=lines.get(referred.line) if referred else None,
    )
