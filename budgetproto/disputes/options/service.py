"""The balanced option of a sitting: computed from opened positions and fixed terms, kept as published."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from sqlmodel import Session

from budgetproto import balancing
from budgetproto.balancing.sharing.rules import PER_RESIDENT
from budgetproto.database import Database, now
from budgetproto.disputes.domain import COMPUTED, Figure, Measure, is_points
from budgetproto.disputes.events import OptionPublished
from budgetproto.disputes.figures.stands import LineView, as_stated_by
from budgetproto.disputes.lines.needs import need_of
from budgetproto.disputes.options import caps as option_caps
from budgetproto.disputes.options import storage as option_storage
from budgetproto.disputes.options.caps import capped
from budgetproto.disputes.options.document import PublishedOption, line_name, read, written
from budgetproto.disputes.options.explanation.computing import counted_beside, explained
from budgetproto.disputes.options.priorities import with_priorities
from budgetproto.disputes.options.storage import OptionRow
from budgetproto.disputes.options.voted import VotedTrial
from budgetproto.disputes.parameters.prices import Prices
from budgetproto.disputes.service import views
from budgetproto.disputes.terms.groups import group_names, limits_of
from budgetproto.disputes.terms.pinning import Known, known, known_or_newest
from budgetproto.errors import Refused
from budgetproto.i18n import Named, Sentence
from budgetproto.journal import append, sitting_chain
from budgetproto.money import Som
from budgetproto.sittings import service as sittings
from budgetproto.sittings import settling
from budgetproto.sittings.domain import Act, Limit, Sitting, Standing, Terms, TermsVersion
from budgetproto.transfers import storage as territories

_HUNDREDTHS = 10_000


class LinesStillClosed(Refused):
    """The option is computed when every line is open."""

    message_key = "disputes.lines_still_closed"


class OptionImpossible(Refused):
    """The figures and the terms allow no computation; the details say why."""

    message_key = "disputes.option_impossible"


@dataclass(frozen=True)
class Inputs:
    """Everything an option and its explanation are computed from; equal inputs give the same document."""

    sitting: str
    terms: TermsVersion
    lines: tuple[LineView, ...]
    associations: tuple[str, ...]
    indicators: Known
    territories: Mapping[str, Named]
    #: What the committee voted on in place of the terms' rule and envelope; None under the terms.
    vote: VotedTrial | None = None

    @property
    def counted_terms(self) -> Terms:
        """The terms that count: those that are fixed, or with what was voted in their place."""
        return self.vote.terms(self.terms.terms) if self.vote else self.terms.terms


def publish_option(database: Database, person_id: str, sitting_id: str) -> int:
    """Compute the option under the fixed terms and publish it as the next version; return its number.

    It is computed before anything is locked, so that nobody waits for it, and once more only where its inputs
    have moved in between.
    """
    with database.reading() as session:
        sitting, _ = sittings.admitted(session, person_id, sitting_id, Act.PUBLISH_OPTION)
        seen = inputs_of(session, sitting)
    document = computed(seen)
    with database.writing() as session:
        _, sitting, _ = sittings.locked(session, person_id, sitting_id, Act.PUBLISH_OPTION)
        inputs = inputs_of(session, sitting)
        document = document if inputs == seen else computed(inputs)
        return publish(session, person_id, sitting_id, document=document, rule=inputs.terms.terms.rule)


def publish(session: Session, person_id: str, sitting_id: str, *, document: str, rule: str) -> int:
    """Keep a document as the next version of the option in the caller's transaction, which judged the act."""
    latest = option_storage.latest_option(session, sitting_id)
    number = latest.number + 1 if latest else 1
    digest = hashlib.sha256(document.encode()).hexdigest()
    row = OptionRow(
        sitting=sitting_id, number=number, document=document, digest=digest, person=person_id, at=now(session)
    )
    session.add(row)
    session.flush()
    append(session, sitting_chain(sitting_id), OptionPublished(person_id, number, rule, digest))
    return number


def inputs_of(session: Session, sitting: Sitting) -> Inputs:
    """Return what an option would be computed from now; LinesStillClosed while anything is sealed."""
    terms = settling.fixed_terms(session, sitting)
    lines = views(session, sitting.id)
    if terms is None or any(view.line.opened_at is None for view in lines):
        raise LinesStillClosed
    balanced = with_figures(lines)
    divided = any(view.stand.lsg_divided for view in balanced)
    parties = sittings.invited_parties(session, sitting.id)
    return Inputs(
        sitting=sitting.number,
        terms=terms,
        lines=tuple(balanced),
        associations=tuple(party.id for party in parties if divided and party.side == "lsg"),
        indicators=known_or_newest(session, terms.terms.indicators),
        territories=territories.names_of(
            session, sorted({code for view in balanced if (code := view.line.text.territory)})
        ),
    )


def option_of(
    session: Session, person_id: str, sitting_id: str
) -> tuple[Sitting, list[LineView], PublishedOption | None]:
    """Return the newest option beside the opened lines, for whoever may read them."""
    sitting, _ = sittings.admitted(session, person_id, sitting_id, Act.READ_OPENED)
    return sitting, views(session, sitting_id), latest(session, sitting_id)


def latest(session: Session, sitting_id: str) -> PublishedOption | None:
    """Return the newest published version of the option; None before the first."""
    row = option_storage.latest_option(session, sitting_id)
    return opened(row) if row else None


def published(session: Session, sitting_id: str) -> list[PublishedOption]:
    """Return every published version of the option, the oldest first, for somebody who has been admitted."""
    return [opened(row) for row in option_storage.options(session, sitting_id)]


def published_to(
    session: Session, person_id: str, sitting_id: str
) -> tuple[Sitting, Standing, list[PublishedOption]]:
    """Return the same to whoever may read the opened positions."""
    sitting, place = sittings.admitted(session, person_id, sitting_id, Act.READ_OPENED)
    return sitting, place, published(session, sitting_id)


def opened(row: OptionRow) -> PublishedOption:
    """Return a stored version of the option; nothing of it is computed again."""
    return read(row.document, number=row.number, digest=row.digest, published_at=row.at)


def computed(inputs: Inputs) -> str:
    """Compute option, midpoint and explanation from what counts on each line, and write them down.

    Where the associations are divided the option is computed for the figures of each of them as well. With a
    `vote` it is computed under what was voted, and beside it what the terms give.
    """
    lines, terms = inputs.lines, inputs.counted_terms
    needs = {
        line_name(view): need for view in lines if (need := need_of(view.line.text, terms.growth)) is not None
    }
    claims = claims_of(lines, terms)
    caps = capped(claims)
    try:
        without = balanced_under(lines, terms, needs=False) if caps else None
        option, *apart = (
            balanced_under(stated, terms)
            for stated in (lines, *(as_stated_by(lines, party) for party in inputs.associations))
        )
        middle = balancing.midpoint(claims, quantum=terms.quantum.tyiyn, on_conflict="hold_at_floor")
        explanation = _explained(inputs, option)
    except balancing.Unbalanceable as fault:
        raise OptionImpossible(why=told_fault(fault, terms)) from fault
    return written(
        sitting=inputs.sitting,
        terms=inputs.terms.digest,
        lines=list(lines),
        option=option,
        middle=middle,
        groups=terms.groups,
        without_caps=option_caps.written(caps, needs, without) if without else None,
        apart=dict(zip(inputs.associations, apart, strict=True)),
        territories={each.territory: each.name for each in terms.indicators},
        explanation=explanation,
        vote=inputs.vote,
        under_terms=_under_terms(lines, inputs.terms.terms) if inputs.vote else None,
    )


def _under_terms(lines: Sequence[LineView], terms: Terms) -> balancing.Option | None:
    """Return the option under the terms, to stand beside what was voted; None where they give none."""
    try:
        return balanced_under(lines, terms)
    except balancing.Unbalanceable:
        return None


def _explained(inputs: Inputs, option: balancing.Option) -> dict[str, Any]:
    terms = inputs.counted_terms
    claims = claims_of(inputs.lines, terms)
    found = explained(
        option,
        claims,
        plain_lines=claims_of(inputs.lines, replace(terms, rule="A")),
        counted=counted(claims, inputs.indicators),
        limits=limits_of(terms.groups),
        envelope=None if terms.envelope is None else terms.envelope.tyiyn,
    )
    return found | counted_beside(claims, inputs.indicators, inputs.territories)


def balanced_under(lines: Sequence[LineView], terms: Terms, *, needs: bool = True) -> balancing.Option:
    """Compute the option of the lines under the terms; raise Unbalanceable where nothing can be computed.

    Without `needs` claims count as they were filed.
    """
    claims = claims_of(lines, terms)
    return balancing.balance(
        claims if needs else [replace(claim, need=None) for claim in claims],
        None if terms.envelope is None else terms.envelope.tyiyn,
        rule=terms.rule,
        quantum=terms.quantum.tyiyn,
        kappa=terms.kappa,
        limits=limits_of(terms.groups),
        on_conflict="hold_at_floor",
    )


def with_figures(lines: Sequence[LineView]) -> list[LineView]:
    """Return the lines an option can be computed for: those whose positions are figures."""
    return [view for view in lines if view.line.text.measure in COMPUTED]


def claims_of(lines: Sequence[LineView], terms: Terms) -> list[balancing.Line]:
    """Return the lines as the balancing sees them, with the limits that the terms put on each.

    Only a rule that counts residents is told of them, and of those alone that were fixed with the terms: so
    nothing that is entered later moves an option, and equal keys under the others are served as ever.
    """
    limits = {limit.line: limit for limit in terms.limits}
    claims = [_claim(view, limits.get(view.line.number), terms.growth) for view in lines]
    if terms.rule in PER_RESIDENT:
        return counted(claims, known(terms.indicators))
    # Without a weight priorities decide nothing, not even between equals.
    return with_priorities(claims, lines) if terms.kappa or terms.rule == "F" else claims


def counted(claims: Sequence[balancing.Line], indicators: Known) -> list[balancing.Line]:
    """Return the claims with residents and revenue of their territories."""
    return [_counted(claim, *indicators.get(claim.region or "", (None, None))) for claim in claims]


def _counted(claim: balancing.Line, population: int | None, revenue: int | None) -> balancing.Line:
    return replace(claim, territory=claim.region, population=population, own_revenue=revenue)


def told_fault(fault: balancing.Unbalanceable, terms: Terms) -> Sentence:
    """Return why nothing can be computed; a line goes by its number on paper, a group by its name."""
    names = group_names(terms.groups)
    details = {
        name: int(str(value)) if name == "line" else names.get(str(value), value)
        for name, value in sorted(fault.details.items())
    }
    return Sentence(fault.key, tuple(details.items()))


def _claim(view: LineView, limit: Limit | None, growth: int | None) -> balancing.Line:
    if view.line.text.prices:
        return _priced_claim(view, view.line.text.prices, limit, growth)
    text, counted, need = view.line.text, view.stand, need_of(view.line.text, growth)
    percentage = text.measure is Measure.PERCENTAGE
    base = text.money_base.tyiyn if text.money_base else 0
    return balancing.Line(
        line_name(view),
        _raw(counted.government),
        _raw(counted.lsg),
        floor=_limit(limit.floor) if limit else None,
        cap=_limit(limit.cap) if limit else None,
        protected=limit.protected if limit else False,
        cost_sign=text.cost_sign,
        money_per_unit=Fraction(base, _HUNDREDTHS) if percentage else 1,
        step=(text.step or 1) if percentage else None,
        region=text.territory,
        kind=text.kind,
        need=None if need is None else _raw(need.figure),
    )


def _priced_claim(view: LineView, prices: Prices, limit: Limit | None, growth: int | None) -> balancing.Line:
    """Return a line as its money: what the values of both sides cost by the list that the terms fix.

    Its floor and cap are the ends of the list, beyond which nobody can state a value.
    """
    ends = prices.money[0].tyiyn, prices.money[-1].tyiyn
    text, need = view.line.text, need_of(view.line.text, growth)
    return balancing.Line(
        line_name(view),
        _raw(prices.of(view.stand.government)),
        _raw(prices.of(view.stand.lsg)),
        floor=min(ends),
        cap=max(ends),
        protected=limit.protected if limit else False,
        region=text.territory,
        kind=text.kind,
        need=None if need is None else _raw(prices.of(need.figure)),
    )


def _raw(figure: Figure) -> int | None:
    if isinstance(figure, Som):
        return figure.tyiyn
    return figure if is_points(figure) else None


def _limit(written: str | None) -> int | None:
    return None if written is None else int(written)
