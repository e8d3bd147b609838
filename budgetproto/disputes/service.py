"""Enter lines, propose terms over them, and start collecting; read what one person may see of them."""

import hashlib
from dataclasses import dataclass, replace

from sqlmodel import Session

from budgetproto.accounts.domain import Party
from budgetproto.balancing.rule import LARGEST_KAPPA
from budgetproto.database import Database, new_id
from budgetproto.disputes import document, position_storage, storage
from budgetproto.disputes.domain import Base, Line, LineText, Measure, Opened, check_limits
from budgetproto.disputes.events import LineChanged, LineEntered
from budgetproto.disputes.groups import check_groups, grouped, named
from budgetproto.disputes.needs import NeedWithoutSource, check_growth
from budgetproto.disputes.parameter_lines import with_parameter
from budgetproto.disputes.pinning import pinned
from budgetproto.disputes.position_storage import DataKeyRow
from budgetproto.disputes.prices import Prices, to_plain
from budgetproto.disputes.sealing import SealKey
from budgetproto.disputes.stands import LineView, difference, stand
from budgetproto.disputes.storage import LineRow, raw
from budgetproto.errors import Refused, Stale, Unknown
from budgetproto.i18n import Named
from budgetproto.journal import append, sitting_chain
from budgetproto.journal.domain import canonical_json
from budgetproto.money import Som
from budgetproto.sittings import preparing, settling
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import (
    Act,
    Limit,
    LsgFigure,
    Sitting,
    Source,
    Stage,
    Standing,
    Terms,
    TermsVersion,
)
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


class LineMoved(Stale):
    """Somebody else saved this line first."""

    message_key = "disputes.line_moved"


class LineWithdrawn(Refused):
    """The line was withdrawn: nothing is entered on it any more."""

    message_key = "disputes.line_withdrawn"


class QuantumNotPositive(Refused):
    """Figures are rounded to a step; fixed at zero it would block the option for good."""

    message_key = "disputes.quantum_not_positive"


class KappaOutOfRange(Refused):
    """Priorities move a share by ten percentage points at most."""

    message_key = "sittings.kappa_out_of_range"


class PartyLeads(Refused):
    """The party leads lines: another one has to lead them before it leaves the list."""

    message_key = "disputes.party_leads"


class NoLines(Refused):
    """A sitting needs at least one contested line before positions are collected."""

    message_key = "disputes.no_lines"


class BaseNotWhole(Refused):
    """The base of a percentage must make every hundredth of a point a whole number of tyiyn."""

    message_key = "disputes.base_not_whole"


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


def add_line(database: Database, person_id: str, sitting_id: str, text: LineText) -> str:
    """Enter a contested line at the end of the list; return its id."""
    check_text(text)
    with database.writing() as session:
        _, sitting, _ = sittings.locked(session, person_id, sitting_id, Act.PREPARE)
        text = with_parameter(session, text)
        row = line_row(sitting_id, storage.next_number(session, sitting_id), text)
        session.add(row)
        session.flush()
        append(session, sitting_chain(sitting_id), LineEntered(person_id, row.id, digest(text)))
        keep_terms(session, person_id, sitting)
        return row.id


def edit_line(database: Database, person_id: str, line_id: str, text: LineText, *, version: int) -> None:
    """Change a line of a sitting in preparation; raise LineMoved with both texts if it changed.

    What decides the result is part of the terms: changed, it is a new version of them, and refused once they
    are fixed; a title or a note may be mended.
    """
    check_text(text)
    with database.writing() as session:
        _, sitting, _ = sittings.locked(session, person_id, _sitting_of(session, line_id), Act.PREPARE)
        row = storage.line_row(session, line_id, lock=True)
        if row is None:
            raise Unknown
        before = row.line()
        if before.withdrawn is not None:
            raise LineWithdrawn(number=before.number)
        if before.version != version:
            raise LineMoved(yours=text, theirs=before.text)
        text = with_parameter(session, text)
        row.enter(text)
        session.add(row)
        session.flush()
        changed = LineChanged(person_id, line_id, digest(before.text), digest(text))
        append(session, sitting_chain(sitting.id), changed)
        keep_terms(session, person_id, sitting)


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


def remove_party(database: Database, person_id: str, sitting_id: str, party_id: str) -> None:
    """Take a party off the list of a sitting in preparation; refused while it leads a line."""
    with database.writing() as session:
        sittings.locked(session, person_id, sitting_id, Act.PREPARE)
        lines = storage.lines(session, sitting_id)
        led = [each for each in lines if party_id in {each.text.lead_government, each.text.lead_lsg}]
        if led:
            raise PartyLeads(lines=", ".join(str(each.number) for each in led))
        preparing.drop_invitation(session, person_id, sitting_id, party_id)


def start_collecting(database: Database, key: SealKey, person_id: str, sitting_id: str) -> None:
    """Begin to collect positions: make the sitting's data key, check that parties and lines are there."""
    with database.writing() as session:
        row, sitting, _ = sittings.locked(session, person_id, sitting_id, Act.START_COLLECTING)
        sittings.check_ready_to_collect(session, sitting)
        if not storage.lines(session, sitting_id):
            raise NoLines
        sittings.move(session, row, person_id, Stage.COLLECTING)
        session.add(DataKeyRow(sitting=sitting_id, wrapped=key.new_data_key(sitting_id)))


def lines_of(session: Session, person_id: str, sitting_id: str) -> tuple[Sitting, Standing, list[Line]]:
    """Return a sitting's lines without any position, for whoever may see the sitting."""
    sitting, place = sittings.admitted(session, person_id, sitting_id)
    return sitting, place, storage.lines(session, sitting_id)


def line_of(session: Session, person_id: str, line_id: str) -> tuple[Sitting, Standing, Line]:
    """Return one line without any position; Unknown to whoever may not see its sitting."""
    sitting, place = sittings.admitted(session, person_id, _sitting_of(session, line_id))
    row = storage.line_row(session, line_id)
    assert row is not None  # noqa: S101 - its sitting was just found by it
    return sitting, place, row.line()


def opened_lines(session: Session, person_id: str, sitting_id: str) -> tuple[Sitting, list[LineView]]:
    """Return every line with the positions that are open; refused while none are."""
    sitting, _ = sittings.admitted(session, person_id, sitting_id, Act.READ_OPENED)
    return sitting, views(session, sitting_id)


def views(session: Session, sitting_id: str) -> list[LineView]:
    """Return every line with its opened positions, the figures that count and their difference."""
    parties = tuple(sittings.invited_parties(session, sitting_id))
    by_line: dict[str, dict[str, Opened]] = {}
    for each in position_storage.opened(session, sitting_id):
        by_line.setdefault(each.line, {})[each.party] = each
    return [_view(line, by_line.get(line.id, {}), parties) for line in storage.lines(session, sitting_id)]


def view_of(session: Session, line: Line) -> LineView:
    """Return one line with its opened positions, as `views` gives all of them."""
    parties = tuple(sittings.invited_parties(session, line.sitting))
    return _view(line, {each.party: each for each in position_storage.opened_on(session, line.id)}, parties)


def line_row(sitting_id: str, number: int, text: LineText, *, cloned_from: str | None = None) -> LineRow:
    """Return a new row for a line; what it says is checked by `check_text`."""
    row = LineRow(
        id=new_id(),
        sitting=sitting_id,
        number=number,
        title_ky="",
        title_ru="",
        title_en="",
        kind=text.kind,
        year=text.year,
        measure=text.measure.value,
        cloned_from=cloned_from,
    )
    row.enter(text)
    return row


def _view(line: Line, positions: dict[str, Opened], parties: tuple[Party, ...]) -> LineView:
    stated = {party: each.position for party, each in positions.items()}
    counted = stand(line.text, stated, parties)
    return LineView(line, positions, counted, difference(counted.government, counted.lsg))


def _sitting_of(session: Session, line_id: str) -> str:
    sitting = storage.sitting_of(session, line_id)
    if sitting is None:
        raise Unknown(denied="sittings.sitting")
    return sitting


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
        str(line.number): {name: _plain(getattr(line.text, name)) for name in _deciding(line.text, growth)}
        for line in storage.lines(session, sitting_id)
    }
    return hashlib.sha256(canonical_json(deciding).encode()).hexdigest()


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


def check_text(text: LineText) -> None:
    """Raise when limits contradict each other, a need is not documented, or a base is not whole."""
    check_limits(text)
    if text.documented_need.figure is not None and not text.documented_need.source.strip():
        raise NeedWithoutSource
    if text.measure is Measure.PERCENTAGE and text.money_base and text.money_base.tyiyn % 10_000:
        raise BaseNotWhole(base=text.money_base)


def _limit(line: Line) -> Limit | None:
    text = line.text
    if text.floor is None and text.cap is None and not text.protected:
        return None
    floor, cap = (None if each is None else str(raw(each)) for each in (text.floor, text.cap))
    return Limit(line.number, floor, cap, text.protected, text.limit_basis)


def digest(text: LineText) -> str:
    """Return the hash of everything that was entered of a line."""
    values = {name: _plain(value) for name, value in vars(text).items()}
    if text.documented_need == Base():
        del values["documented_need"]
    if not text.parameter:
        del values["parameter"]
    if not text.prices:
        del values["prices"]
    return hashlib.sha256(canonical_json(values).encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Base):
        return document.base_written(value)
    if isinstance(value, tuple):
        return document.history_written(value)
    if isinstance(value, Som):
        return value.to_json()
    if isinstance(value, Prices):
        return to_plain(value)
    return vars(value) if hasattr(value, "__dict__") and not isinstance(value, str) else value
