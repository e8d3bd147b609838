"""What the sitting itself needs before its next step, each with the page on which it is done."""

from budgetproto.i18n import Sentence
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.sittings.domain import Act, Stage, may
from budgetproto.sittings.overview import Overview
from budgetproto.sittings.page import Check, Where


def checks(view: Overview) -> tuple[Check, ...]:
    """Return what is there and what is missing in this stage."""
    match view.sitting.stage:
        case Stage.PREPARING:
            return (*_identity(view), *_parties(view), *_mandates(view), *_terms(view))
        case Stage.COLLECTING:
            return (*_mandates(view), *_terms(view))
        case Stage.OPENED | Stage.IN_SESSION:
            return _mandates(view)
    return ()


def _identity(view: Overview) -> tuple[Check, ...]:
    sitting, edit = view.sitting, _where(view, Act.PREPARE, "preparing.edit")
    return (
        Check(Sentence("sittings.check.deadline"), sitting.deadline > view.at, where=edit),
        Check(Sentence("sittings.check.draft_submitted"), sitting.draft_submitted is not None, False, edit),
        Check(Sentence("sittings.check.held_on"), sitting.held_on is not None, False, edit),
    )


def _parties(view: Overview) -> tuple[Check, ...]:
    today = bishkek_day(view.at)
    mandated = {mandate.party for mandate in view.mandates if not mandate.ends_before(today)}
    sides = {party.side for party in view.parties if party.id in mandated}
    invited = {party.side for party in view.parties}
    both = {"government", "lsg"}
    page = "preparing.mandate" if invited == both else "preparing.invite"
    silent = sum(party.id not in mandated for party in view.parties)
    mandate = _where(view, Act.ENTER_MANDATE, "preparing.mandate")
    return (
        Check(Sentence("sittings.check.parties"), sides == both, where=_where(view, Act.PREPARE, page)),
        Check(Sentence("sittings.check.each_mandated", (("without", silent),)), not silent, False, mandate),
    )


def _mandates(view: Overview) -> tuple[Check, ...]:
    """Tell of mandates that end soon; nothing when none does, since then there is nothing to do."""
    if not view.expiring:
        return ()
    told = Sentence("sittings.check.mandates_end", (("mandates", len(view.expiring)),))
    preparing = view.sitting.stage is Stage.PREPARING
    where = _where(view, Act.ENTER_MANDATE, "preparing.mandate") if preparing else None
    return (Check(told, False, False, where),)


def _terms(view: Overview) -> tuple[Check, ...]:
    """Tell what the terms lack: positions are collected without, but never opened."""
    collecting = view.sitting.stage is Stage.COLLECTING
    propose = None if view.fixed else _where(view, Act.FIX_TERMS, "lines.terms")
    fix = None if view.fixed else _where(view, Act.FIX_TERMS, "sittings.fix_terms")
    sources = view.terms is not None and bool(view.terms.terms.sources)
    agreed = view.terms is not None and not view.sides_not_acknowledged
    return (
        Check(Sentence("sittings.check.terms_proposed"), view.terms is not None, collecting, propose),
        Check(Sentence("sittings.check.sources"), sources, False, propose),
        Check(Sentence("sittings.check.terms_acknowledged"), agreed, False),
        Check(Sentence("sittings.check.terms_fixed"), view.fixed, collecting, fix if view.terms else None),
    )


def _where(view: Overview, act: Act, endpoint: str) -> Where | None:
    """Return a page of this sitting to whoever does `act` there now."""
    if not may(view.place, act, view.sitting.stage):
        return None
    return Where(endpoint, {"sitting_id": view.sitting.id})
