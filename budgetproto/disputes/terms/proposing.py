"""Propose the terms of a sitting over its lines, and keep them true to the lines while these are changed."""

from dataclasses import dataclass, replace

from sqlmodel import Session

from budgetproto.balancing.rule import LARGEST_KAPPA
from budgetproto.database import Database
from budgetproto.disputes import storage
from budgetproto.disputes.domain import Line, LineText
from budgetproto.disputes.lines.needs import check_growth
from budgetproto.disputes.lines.plain import plain
from budgetproto.disputes.storage import raw
from budgetproto.disputes.terms.groups import check_groups, grouped, named
from budgetproto.disputes.terms.pinning import pinned
from budgetproto.errors import Refused
from budgetproto.i18n import Named
from budgetproto.journal.domain import digest_of
from budgetproto.money import Som
from budgetproto.sittings import service as sittings
from budgetproto.sittings import settling
from budgetproto.sittings.domain import Act, Limit, LsgFigure, Sitting, Source, Terms, TermsVersion
from budgetproto.sittings.groups import GroupLimit, Scope
from budgetproto.transfers import storage as reference

#: What of a line decides its result; the terms fix it by hash.
_DECIDING = (
    "kind",
    "territory",
    "year",
    "measure",
    "recurring",
    "base_government",
    "base_lsg",
    "money_base",
    "cost_sign",
    "step",
    "floor",
    "cap",
    "protected",
    "limit_basis",
    "lead_government",
    "lead_lsg",
)


class QuantumNotPositive(Refused):
    """Figures are rounded to a step; fixed at zero it would block the option for good."""

    message_key = "disputes.quantum_not_positive"


class KappaOutOfRange(Refused):
    """Priorities move a share by ten percentage points at most."""

    message_key = "sittings.kappa_out_of_range"


@dataclass(frozen=True)
class NewTerms:
    """What the secretary proposes besides the limits, which stand on the lines."""

    rule: str
    sources: tuple[Source, ...]
    quantum: Som
    kappa: int
    lsg_figure: LsgFigure
    groups: tuple[GroupLimit, ...] = ()
    growth: int | None = None


def propose_terms(database: Database, person_id: str, sitting_id: str, new: NewTerms) -> TermsVersion:
    """Propose a version of the terms: what the secretary entered and the limits of all lines.

    A rule that counts residents fixes with them the newest indicators of the lines' territories.
    """
    if new.quantum <= Som(0):
        raise QuantumNotPositive
    if not 0 <= new.kappa <= LARGEST_KAPPA:
        raise KappaOutOfRange
    check_growth(new.growth)
    with database.writing() as session:
        _, sitting, _ = sittings.locked(session, person_id, sitting_id, Act.FIX_TERMS)
        if sitting.terms_version is not None:
            raise settling.TermsAlreadyFixed
        terms = Terms(
            rule=new.rule,
            sources=new.sources,
            quantum=new.quantum,
            kappa=new.kappa,
            lsg_figure=new.lsg_figure,
            limits=_limits(session, sitting_id),
            deadline=sitting.deadline,
            lines=_lines_digest(session, sitting_id, new.growth),
            growth=new.growth,
            groups=named(new.groups, group_choices(session, sitting_id)),
        )
        terms = _whole(session, sitting_id, terms)
        return settling.propose_terms(session, person_id, sitting_id, terms)


def keep_terms(session: Session, person_id: str, sitting: Sitting) -> None:
    """Propose the terms anew when the lines moved on; refuse that once they are fixed.

    Refused as well is a line for which the rule of the terms could not be computed.
    """
    latest = settling.latest_terms(session, sitting.id)
    if latest is None:
        return
    lines = _lines_digest(session, sitting.id, latest.terms.growth)
    if latest.terms.lines == lines:
        return
    if sitting.terms_version is not None:
        raise settling.TermsAlreadyFixed
    terms = replace(
        latest.terms,
        limits=_limits(session, sitting.id),
        lines=lines,
    )
    terms = _whole(session, sitting.id, terms)
    settling.propose_terms(session, person_id, sitting.id, terms)


def group_choices(session: Session, sitting_id: str) -> dict[str, Named]:
    """Return the groups that the lines of a sitting belong to, by the key of a limit, with their names."""
    found = grouped(line.text for line in storage.lines(session, sitting_id))
    names = {
        Scope.REGION: reference.names_of(session, [code for _, code in found.values()]),
        Scope.KIND: reference.kind_names(session),
    }
    return {key: names[scope].get(code, Named(code, code, code)) for key, (scope, code) in found.items()}


def terms_of_source(session: Session, sitting: Sitting) -> Terms | None:
    """Return the terms of the sitting this one was made from as a draft: rule, rounding, whose figure counts.

    Sources of money, limits of groups and the growth of last year's figures are another year's and are not
    taken over.
    """
    if sitting.cloned_from is None:
        return None
    latest = settling.latest_terms(session, sitting.cloned_from)
    if latest is None:
        return None
    return replace(latest.terms, sources=(), groups=(), indicators=(), growth=None, deadline=sitting.deadline)


def _check_groups(session: Session, sitting_id: str, terms: Terms) -> None:
    """Refuse limits of groups that the lines, as they stand now, or the rule do not allow."""
    texts = [line.text for line in storage.lines(session, sitting_id)]
    check_groups(terms.groups, texts, rule=terms.rule, envelope=terms.envelope)


def _whole(session: Session, sitting_id: str, terms: Terms) -> Terms:
    """Return terms whose limits of groups hold together, with the indicators that their rule goes by."""
    _check_groups(session, sitting_id, terms)
    return replace(terms, indicators=pinned(session, terms.rule, storage.lines(session, sitting_id)))


def _lines_digest(session: Session, sitting_id: str, growth: int | None) -> str:
    """Return the hash of everything on the lines that decides the result; titles and notes do not."""
    deciding = {
        str(line.number): {name: plain(getattr(line.text, name)) for name in _deciding(line.text, growth)}
        for line in storage.lines(session, sitting_id)
    }
    return digest_of(deciding)


def _deciding(text: LineText, growth: int | None) -> tuple[str, ...]:
    """Return what of a line decides: its need where there is one, last year's figure where the terms use it.

    What is not there is left out, so that the hash of older terms stays what it was.
    """
    need = ("documented_need",) if text.documented_need.figure is not None else ()
    parameter = ("parameter",) if text.parameter else ()
    prices = ("prices",) if text.prices else ()
    return (*_DECIDING, *need, *parameter, *prices, *(("approved_last_year",) if growth is not None else ()))


def _limits(session: Session, sitting_id: str) -> tuple[Limit, ...]:
    limits = (_limit(line) for line in storage.lines(session, sitting_id))
    return tuple(limit for limit in limits if limit is not None)


def _limit(line: Line) -> Limit | None:
    text = line.text
    if text.floor is None and text.cap is None and not text.protected:
        return None
    floor, cap = (None if each is None else str(raw(each)) for each in (text.floor, text.cap))
    return Limit(line.number, floor, cap, text.protected, text.limit_basis)
