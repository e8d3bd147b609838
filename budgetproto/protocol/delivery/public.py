"""PURE: what of a protocol the public may read: no person by name, but who signs by office where set so.

The value is built anew from what is meant to be public: a fact that is added to a protocol later stays out
until somebody names it here. What people wrote in free text is gone over for every name the protocol knows.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, TypeVar

from budgetproto.i18n.languages import NO_NAME, Words
from budgetproto.protocol.delivery.steps import Scope
from budgetproto.protocol.fixed_terms import Acknowledgement
from budgetproto.protocol.participation import Participation, Question
from budgetproto.protocol.snapshot import (
    AgendaItem,
    Attendance,
    Line,
    LineOption,
    OptionVersion,
    Party,
    Position,
    Signatory,
    Snapshot,
)

#: What stands in the place of a name.
WITHHELD: Final = "[…]"
#: A part of a name that is shorter would be found in the middle of everything.
_SHORTEST: Final = 3

_Value = TypeVar("_Value")


def for_the_public(snapshot: Snapshot, scope: Scope, *, chair: bool = False) -> Snapshot:
    """Return the snapshot that the published protocol is composed from; `chair` keeps who signs by office.

    Of the scope `totals` only what the sums are made of is left; of `nothing` there is no such value.
    """
    if scope == "nothing":
        raise ValueError("nothing is published")
    kept = snapshot.attendance.chair if chair else ""
    hidden = sorted(names(snapshot) - {kept}, key=len, reverse=True)
    whole = scope == "all"
    bare = Snapshot(
        sitting=snapshot.sitting if whole else replace(snapshot.sitting, notes=()),
        parties=tuple(Party(each.code, each.side, each.name) for each in snapshot.parties),
        attendance=_attendance(snapshot.attendance, kept),
        terms=replace(snapshot.terms, acknowledged=_acknowledged(snapshot)),
        lines=tuple(map(_line if whole else _figures, snapshot.lines)),
        head=snapshot.head,
        number=snapshot.number,
        replaces=snapshot.replaces,
        correction=snapshot.correction,
        agenda=tuple(AgendaItem(each.number, each.title) for each in snapshot.agenda) if whole else (),
        option=_option(snapshot.option, whole=whole),
        opinions=tuple(replace(each, person="") for each in snapshot.opinions) if whole else (),
        signatories=tuple(_signatory(each, kept) for each in snapshot.signatories),
        state_language_source=snapshot.state_language_source,
        trial_votes=snapshot.trial_votes,
        legal_basis=snapshot.legal_basis,
        appeal=snapshot.appeal,
        settings=snapshot.settings,
        participation=_participation(snapshot.participation, kept) if whole else None,
    )
    return _without(hidden, bare)


def without_names(hidden: Iterable[str], value: _Value) -> _Value:
    """Return any value with these names of persons withheld, in any of its texts and however written."""
    found = (name.strip() for name in hidden)
    return _without(sorted({each for each in found if len(each) >= _SHORTEST}, key=len, reverse=True), value)


def names(snapshot: Snapshot) -> frozenset[str]:
    """Return every person's name that the protocol holds as one; a place that speaks is no person."""
    attendance = snapshot.attendance
    found: set[str] = {attendance.chair, attendance.secretary}
    found |= {person.name for person in attendance.people}
    found |= {mandate.person for party in snapshot.parties for mandate in party.mandates}
    found |= {opinion.person for opinion in snapshot.opinions}
    found |= {each.person for each in snapshot.terms.acknowledged}
    found |= {speech.speaker for item in snapshot.agenda for speech in (*item.heard, *item.spoke)}
    found |= {position.speaker for line in snapshot.lines for position in line.positions}
    found |= {each.waiver.by for each in (snapshot.participation,) if each and each.waiver}
    found |= _experts(snapshot.participation)
    found |= {signatory.name for signatory in snapshot.signatories}
    return frozenset(each.strip() for each in found if len(each.strip()) >= _SHORTEST) - _no_persons(snapshot)


def _experts(participation: Participation | None) -> set[str]:
    questions = participation.questions if participation else ()
    reviews = (review for each in questions if each.expertise for review in each.expertise.reviews)
    return {expert.name for review in reviews for expert in review.experts}


def _no_persons(snapshot: Snapshot) -> frozenset[str]:
    """Return the names of the places and bodies that a position can be stated for."""
    sitting = snapshot.sitting
    named = [sitting.place, sitting.committee.name, sitting.parliament.name]
    named += [each.name for each in snapshot.parties] + [line.territory for line in snapshot.lines]
    return frozenset(text for each in named for text in (each.ky, each.ru, each.en))


def _attendance(attendance: Attendance, chair: str) -> Attendance:
    return Attendance(
        members_total=attendance.members_total,
        members_present=attendance.members_present,
        quorum=attendance.quorum,
        quorum_source=attendance.quorum_source,
        chair=chair,
        illustrative=attendance.illustrative,
    )


def _participation(participation: Participation | None, chair: str) -> Participation | None:
    """Return the associations' part; the reason to issue without is the chair's by office, not by name."""
    if participation is None:
        return None
    questions, waiver = tuple(map(_unnamed, participation.questions)), participation.waiver
    if waiver is not None:
        waiver = replace(waiver, by=chair if waiver.by == chair else "")
    return replace(participation, questions=questions, waiver=waiver)


def _unnamed(question: Question) -> Question:
    """Return a question with its experts' interests, without their names."""
    found = question.expertise
    if found is None:
        return question
    reviews = tuple(
        replace(review, experts=tuple(replace(each, name="") for each in review.experts))
        for review in found.reviews
    )
    return replace(question, expertise=replace(found, reviews=reviews))


def _acknowledged(snapshot: Snapshot) -> tuple[Acknowledgement, ...]:
    return tuple(replace(each, person="") for each in snapshot.terms.acknowledged)


def _line(line: Line) -> Line:
    return replace(
        line,
        positions=tuple(replace(each, speaker="") for each in line.positions),
        answers=tuple(replace(each, confirmer="") for each in line.answers),
    )


def _figures(line: Line) -> Line:
    """Return a line with nothing but what the sums are made of."""
    option, decision = line.option, line.decision
    return Line(
        number=line.number,
        title=NO_NAME,
        kind=NO_NAME,
        legal_basis=NO_NAME,
        territory=NO_NAME,
        year=line.year,
        measure=line.measure,
        money_base=line.money_base,
        prices=line.prices,
        cost_sign=line.cost_sign,
        lead_government=line.lead_government,
        lead_lsg=line.lead_lsg,
        lsg_divided=line.lsg_divided,
        positions=tuple(
            Position(each.party, each.figure, illustrative=each.illustrative) for each in line.positions
        ),
        option=LineOption(option.figure) if option else None,
        decision=replace(decision, proposed_reason=None, note=None, votes=None) if decision else None,
    )


def _option(option: OptionVersion | None, *, whole: bool) -> OptionVersion | None:
    if option is None or whole:
        return option
    return OptionVersion(option.version, option.rule, option.engine, vote=option.vote)


def _signatory(signatory: Signatory, chair: str) -> Signatory:
    """Return the place of an office among the signatures, and what became of it; no name but the chair's."""
    name = chair if signatory.role == "chair" and signatory.name == chair else ""
    return Signatory(signatory.role, name, signatory.position, signatory.body, signatory.state)


def _without(hidden: Iterable[str], value: _Value) -> _Value:
    """Return the value with every hidden name in any of its texts withheld, and nobody as translator."""
    patterns = [pattern for name in hidden for pattern in _patterns(name)]
    found = re.compile("|".join(patterns) or r"(?!)", re.IGNORECASE)
    replaced: _Value = _replaced(found, value)
    return replaced


def _patterns(name: str) -> Iterator[str]:
    """Yield how a name is written: whole in either order, with initials before or after the surname."""
    parts = name.split()
    yield r"\s+".join(map(re.escape, parts))
    if len(parts) > 1:
        yield r"\s+".join(map(re.escape, reversed(parts[:2])))
        yield r"\s+".join(map(re.escape, parts[:2]))
        for surname, given in ((parts[0], parts[1]), (parts[1], parts[0])):
            if len(surname) >= _SHORTEST:
                initial = rf"{re.escape(given[0])}\."
                yield rf"(?<!\w){initial}\s*{re.escape(surname)}"
                yield rf"{re.escape(surname)}\s+{initial}"


def _replaced(found: "re.Pattern[str]", value: Any) -> Any:
    if isinstance(value, str):
        return found.sub(WITHHELD, value)
    if isinstance(value, tuple):
        return tuple(_replaced(found, item) for item in value)
    if isinstance(value, Words):
        value = replace(value, translator="")
    if is_dataclass(value) and not isinstance(value, type):
        changed = {field.name: _replaced(found, getattr(value, field.name)) for field in fields(value)}
        return replace(value, **changed) if any(_differs(value, changed)) else value
    return value


def _differs(value: Any, changed: dict[str, Any]) -> Iterator[bool]:
    return (
        getattr(value, name) is not item and getattr(value, name) != item for name, item in changed.items()
    )
