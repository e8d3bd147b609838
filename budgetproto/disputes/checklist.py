"""What the questions need before the next step; what other parties do is for the secretary only."""

from collections.abc import Callable, Sequence

from sqlmodel import Session

from budgetproto.disputes import storage
from budgetproto.disputes.domain import SECOND_TERM_STAGES, Line, Measure
from budgetproto.disputes.overview import Board
from budgetproto.disputes.positions import filing
from budgetproto.i18n import Sentence
from budgetproto.sittings.domain import Act, Stage, may
from budgetproto.sittings.page import Check, Where

_NUMBERS = frozenset({Measure.AMOUNT, Measure.PERCENTAGE})


def checks(session: Session, view: Board) -> tuple[Check, ...]:
    """Return what is there and what is missing in this stage."""
    if view.sitting.stage is Stage.PREPARING:
        return (_lines(view), *(_preparing(session, view) if view.lines else ()))
    if view.sitting.stage is Stage.COLLECTING:
        return (*_own(view), *_of_parties(session, view))
    if view.sitting.stage in SECOND_TERM_STAGES:
        return (Check(Sentence("disputes.check.all_open"), not view.closed, False),)
    return ()


def _lines(view: Board) -> Check:
    where = Where("entering.new_line", {"sitting_id": view.sitting.id}) if _prepares(view) else None
    return Check(Sentence("disputes.check.lines", (("lines", view.lines),)), bool(view.lines), where=where)


def _preparing(session: Session, view: Board) -> tuple[Check, ...]:
    """Tell on how many questions something is missing, and lead to the first of them."""
    asked: dict[str, Callable[[Line], bool]] = {
        "disputes.check.bases": _lacks_base,
        "disputes.check.leads": _lacks_lead,
        "disputes.check.money_base": _lacks_money_base,
    }
    lines = storage.lines(session, view.sitting.id)
    return tuple(_missing(view, lines, key, lacks) for key, lacks in asked.items())


def _missing(view: Board, lines: Sequence[Line], key: str, lacks: Callable[[Line], bool]) -> Check:
    found = [line for line in lines if lacks(line)]
    where = Where("entering.edit_line", {"line_id": found[0].id}) if found and _prepares(view) else None
    return Check(Sentence(key, (("lines", len(found)),)), not found, False, where)


def _lacks_base(line: Line) -> bool:
    return line.text.measure in _NUMBERS and line.text.base_government.figure is None


def _lacks_lead(line: Line) -> bool:
    return line.text.lead_government is None or line.text.lead_lsg is None


def _lacks_money_base(line: Line) -> bool:
    return (
        line.text.measure is Measure.PERCENTAGE and line.text.money_base is None and line.text.prices is None
    )


def _own(view: Board) -> list[Check]:
    """Tell each of the reader's parties on how many lines it has filed, and whether that is final."""
    told = []
    for party in view.place.parties:
        filed = view.own[party.id]
        values = (("party", party.name), ("filed", filed), ("lines", view.lines))
        told.append(Check(Sentence("disputes.check.own_filed", values), filed == view.lines))
        final = view.finals.get(party.id, False)
        told.append(Check(Sentence("disputes.check.own_final", (("party", party.name),)), final))
    return told


def _of_parties(session: Session, view: Board) -> list[Check]:
    """Tell the secretary on how many lines each party has filed, yes or no alone, and whether it is time."""
    if not may(view.place, Act.START_COLLECTING, view.sitting.stage):
        return []
    every = filing.filed_yes_no(session, view.place.person, view.sitting.id)
    told = []
    for party in view.parties:
        filed = sum(of == party.id for _, of in every)
        values = (("party", party.name), ("filed", filed), ("lines", view.lines))
        told.append(Check(Sentence("disputes.check.filed_by", values), filed == view.lines, False))
    return [*told, Check(Sentence("disputes.check.due"), view.due or all(view.finals.values()))]


def _prepares(view: Board) -> bool:
    return may(view.place, Act.PREPARE, view.sitting.stage)
