"""The balanced option of a sitting: computed from opened positions and fixed terms, kept as published."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from sqlmodel import Session

from budgetproto import balancing
from budgetproto.accounts.domain import Party
from budgetproto.balancing.sharing.rules import PER_RESIDENT
from budgetproto.database import Database, now
from budgetproto.disputes import option_caps, option_storage
from budgetproto.disputes.domain import Figure, Measure, is_points
from budgetproto.disputes.events import OptionPublished
from budgetproto.disputes.groups import group_names, limits_of
from budgetproto.disputes.needs import need_of
from budgetproto.disputes.option_caps import capped
from budgetproto.disputes.option_document import PublishedOption, line_name, read, written
from budgetproto.disputes.option_storage import OptionRow
from budgetproto.disputes.pinning import Known, known
from budgetproto.disputes.service import views
from budgetproto.disputes.stands import LineView, as_stated_by
from budgetproto.errors import Refused
from budgetproto.i18n import Sentence
from budgetproto.journal import append, sitting_chain
from budgetproto.money import Som
from budgetproto.sittings import service as sittings
from budgetproto.sittings import settling
from budgetproto.sittings.domain import Act, Limit, Sitting, Terms, TermsVersion

_HUNDREDTHS = 10_000


class LinesStillClosed(Refused):
    """The option is computed when every line is open."""

    message_key = "disputes.lines_still_closed"


class OptionImpossible(Refused):
    """The figures and the terms allow no computation; the details say why."""

    message_key = "disputes.option_impossible"


def publish_option(database: Database, person_id: str, sitting_id: str) -> int:
    """Compute the option under the fixed terms and publish it as the next version; return its number."""
    with database.writing() as session:
        _, sitting, _ = sittings.locked(session, person_id, sitting_id, Act.PUBLISH_OPTION)
        terms = settling.fixed_terms(session, sitting)
        lines = views(session, sitting_id)
        if terms is None or any(view.line.opened_at is None for view in lines):
            raise LinesStillClosed
        document = _computed(sitting, terms, lines, sittings.invited_parties(session, sitting_id))
        latest = option_storage.latest_option(session, sitting_id)
        number = latest.number + 1 if latest else 1
        digest = hashlib.sha256(document.encode()).hexdigest()
        row = OptionRow(
            sitting=sitting_id,
            number=number,
            document=document,
            digest=digest,
            person=person_id,
            at=now(session),
        )
        session.add(row)
        session.flush()
        published = OptionPublished(person_id, number, terms.terms.rule, digest)
        append(session, sitting_chain(sitting_id), published)
        return number


def option_of(
    session: Session, person_id: str, sitting_id: str
) -> tuple[Sitting, list[LineView], PublishedOption | None]:
    """Return the newest option beside the opened lines, for whoever may read them."""
    sitting, _ = sittings.admitted(session, person_id, sitting_id, Act.READ_OPENED)
    return sitting, views(session, sitting_id), latest(session, sitting_id)


def latest(session: Session, sitting_id: str) -> PublishedOption | None:
    """Return the newest published version of the option; None before the first."""
    row = option_storage.latest_option(session, sitting_id)
    return _read(row) if row else None


def _read(row: OptionRow) -> PublishedOption:
    return read(row.document, number=row.number, digest=row.digest, published_at=row.at)


def _computed(sitting: Sitting, terms: TermsVersion, lines: list[LineView], parties: Sequence[Party]) -> str:
    """Compute option and midpoint from what counts on each line, and write them down.

    Where the associations are divided the option is computed for the figures of each of them as well.
    """
    balanced = with_figures(lines)
    divided = any(view.stand.lsg_divided for view in balanced)
    associations = [party.id for party in parties if divided and party.side == "lsg"]
    try:
        without_caps = _without_caps(balanced, terms.terms)
        option, *apart = (
            balanced_under(stated, terms.terms)
            for stated in (balanced, *(as_stated_by(balanced, party) for party in associations))
        )
        middle = balancing.midpoint(
            claims_of(balanced, terms.terms),
            quantum=terms.terms.quantum.tyiyn,
            on_conflict="hold_at_floor",
        )
    except balancing.Unbalanceable as fault:
        raise OptionImpossible(why=told_fault(fault, terms.terms)) from fault
    return written(
        sitting=sitting.number,
        terms=terms.digest,
        lines=balanced,
        option=option,
        middle=middle,
        groups=terms.terms.groups,
        without_caps=without_caps,
        apart=dict(zip(associations, apart, strict=True)),
        territories={each.territory: each.name for each in terms.terms.indicators},
    )


def _without_caps(lines: Sequence[LineView], terms: Terms) -> dict[str, object] | None:
    """Write down the option as if no claim were capped by its need; None where none is."""
    caps = capped(claims_of(lines, terms))
    if not caps:
        return None
    needs = {line_name(view): need_of(view.line.text, terms.growth) for view in lines}
    grounds = {line: need for line, need in needs.items() if need is not None}
    return option_caps.written(caps, grounds, balanced_under(lines, terms, needs=False))


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
    return [view for view in lines if view.line.text.measure in {Measure.AMOUNT, Measure.PERCENTAGE}]


def claims_of(lines: Sequence[LineView], terms: Terms) -> list[balancing.Line]:
    """Return the lines as the balancing sees them, with the limits that the terms put on each.

    Only a rule that counts residents is told of them, and of those alone that were fixed with the terms: so
    nothing that is entered later moves an option, and equal keys under the others are served as ever.
    """
    limits = {limit.line: limit for limit in terms.limits}
    claims = [_claim(view, limits.get(view.line.number), terms.growth) for view in lines]
    return counted(claims, known(terms.indicators)) if terms.rule in PER_RESIDENT else claims


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


def _raw(figure: Figure) -> int | None:
    if isinstance(figure, Som):
        return figure.tyiyn
    return figure if is_points(figure) else None


def _limit(written: str | None) -> int | None:
    return None if written is None else int(written)
