"""Gathers the lines of a snapshot: positions of the parties, the option's figures, the decisions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import cast

from sqlmodel import Session

from budgetproto.accounts.domain import Party, Side
from budgetproto.disputes.domain import Base, Instrument, Line, Opened, Vulnerable
from budgetproto.disputes.figures.stands import LineView
from budgetproto.disputes.lines.history import HistoryEntry, HistoryKind
from budgetproto.disputes.options.document import OptionLine, PublishedOption
from budgetproto.disputes.parameters.views import parameter_words
from budgetproto.disputes.responses import overview as responses
from budgetproto.disputes.responses.rounds import Answered, PartyAnswer
from budgetproto.disputes.service import views
from budgetproto.i18n import LANGUAGES, NO_NAME, Named, Sentence, Words, every_language
from budgetproto.money import Som
from budgetproto.proceedings import storage as proceedings
from budgetproto.proceedings.domain import Decision
from budgetproto.proceedings.settled import settled
from budgetproto.protocol import snapshot as paper
from budgetproto.protocol.answers import Answer
from budgetproto.sittings.domain import Sitting
from budgetproto.transfers import storage as transfers
from budgetproto.transfers.domain import oblast_code

_Values = tuple[tuple[str, paper.Value], ...]


def gathered_lines(
    session: Session, sitting: Sitting, parties: list[Party], option: PublishedOption | None
) -> tuple[paper.Line, ...]:
    """Return every line of an opened sitting with what was stated, computed and decided on it."""
    kinds = {kind.code: kind.name for kind in transfers.find_kinds(session)}
    every = views(session, sitting.id)
    codes = [code for view in every if (code := view.line.text.territory)]
    names = transfers.names_of(session, [*codes, *map(oblast_code, codes)])
    decisions = proceedings.decisions(session, sitting.id)
    answers = _answered(session, sitting, every, option)
    return tuple(
        _line(
            view,
            parties=parties,
            kind=kinds.get(view.line.text.kind, same(view.line.text.kind)),
            territory=names.get(view.line.text.territory or "", view.line.text.group),
            region=names.get(oblast_code(view.line.text.territory or ""), NO_NAME),
            option=option,
            decision=decisions.get(view.line.id),
            illustrative=sitting.illustrative,
            parameter=parameter_words(session, view.line.text.parameter),
            answered=answers.get(view.line.number),
        )
        for view in every
    )


def _answered(
    session: Session, sitting: Sitting, lines: list[LineView], option: PublishedOption | None
) -> dict[int, Answered]:
    """Return the answers by number of question; before its session nobody can have given any."""
    if option is None or sitting.started_at is None:
        return {}
    return responses.answered(session, sitting, lines, option, settled(session, sitting.id))


def _line(
    view: LineView,
    *,
    parties: list[Party],
    kind: Named,
    territory: Named,
    region: Named,
    option: PublishedOption | None,
    decision: Decision | None,
    illustrative: bool,
    parameter: Named,
    answered: Answered | None,
) -> paper.Line:
    text = view.line.text
    keys = {party.id: party.key for party in parties}
    award = option.awards.get(view.line.number) if option else None
    return paper.Line(
        number=view.line.number,
        title=text.title,
        kind=kind,
        legal_basis=text.legal_basis,
        territory=territory,
        year=text.year,
        measure=text.measure.value,
        recurring=text.recurring,
        history=tuple(_attempt(entry, parties) for entry in text.history),
        bases=_bases(view.line),
        approved_last_year=_known(text.approved_last_year),
        executed=_known(text.executed),
        documented_need=_known(text.documented_need),
        money_base=text.money_base,
        cost_sign=text.cost_sign,
        floor=text.floor,
        cap=text.cap,
        protected=text.protected,
        lead_government=keys.get(_counting(view, "government", parties), ""),
        lead_lsg=keys.get(_counting(view, "lsg", parties), ""),
        lsg_divided=view.stand.lsg_divided,
        positions=tuple(
            stated_position(keys[party], view.positions[party]) for party in keys if party in view.positions
        ),
        option=line_option(award) if award else None,
        divided_options=tuple(_divided(option, view.line.number, keys)) if option else (),
        decision=_decision(decision, illustrative) if decision else None,
        region=region,
        territory_code=text.territory or "",
        budget_code=text.budget_code,
        limit_basis=text.limit_basis,
        parameter=parameter,
        answers=_answers(answered, keys, illustrative) if answered else (),
        prices=text.prices,
    )


def _counting(view: LineView, side: Side, parties: list[Party]) -> str:
    """Return the id of the party whose figure counts for a side, empty when none does.

    That is the lead party. Without one it is the first party that states the figure which counts, since the
    side's parties state the same figure or only one of them states any.
    """
    text, stand = view.line.text, view.stand
    lead, figure = (
        (text.lead_government, stand.government) if side == "government" else (text.lead_lsg, stand.lsg)
    )
    if lead is not None or (side == "lsg" and stand.lsg_divided):
        return lead or ""
    own = [party.id for party in parties if party.side == side and party.id in view.positions]
    return next((party for party in own if view.positions[party].position.figure == figure), "")


def _attempt(entry: HistoryEntry, parties: list[Party]) -> paper.Attempt:
    """Return a step before the sitting: the secretary's own text in each language, nobody's translation."""
    kind = "" if entry.kind is HistoryKind.OTHER else f"disputes.history.kind.{entry.kind.value}"
    return paper.Attempt(
        on=entry.on,
        words=Words(entry.text, entry.text.in_("ky")[1], LANGUAGES),
        source=same(entry.source),
        kind=kind,
        by=_acting(entry, parties),
        figure=entry.figure,
    )


def _acting(entry: HistoryEntry, parties: list[Party]) -> Named:
    """Name the body that acted, else its side or both; nobody when that is not known."""
    if entry.side is None:
        return NO_NAME
    side = "disputes.history.by.both" if entry.side == "both" else f"accounts.side.{entry.side}"
    return next((party.name for party in parties if party.id == entry.party), every_language(side))


def _known(base: Base) -> paper.Known | None:
    if base.figure is None:
        return None
    return paper.Known(base.figure, same(base.source), base.illustrative, base.as_of)


def _bases(line: Line) -> tuple[paper.Base, ...]:
    bases: tuple[tuple[paper.Side, Base], ...] = (
        ("government", line.text.base_government),
        ("lsg", line.text.base_lsg),
    )
    return tuple(
        paper.Base(side, base.figure, same(base.source), base.illustrative, base.as_of)
        for side, base in bases
        if base.figure is not None
    )


def stated_position(party: str, opened: Opened) -> paper.Position:
    """Return an opened position as the paper states it; `party` is the code of its party."""
    position = opened.position
    return paper.Position(
        party=party,
        figure=position.figure,
        instrument=instrument_key(position.instrument),
        timing=Words(same(position.timing)) if position.timing else None,
        rationale=position.rationale,
        speaker=position.speaker,
        priority=position.priority,
        legal_basis=same(position.legal_basis),
        source=same(position.source),
        source_date=position.source_date,
        vulnerable_groups=_vulnerable(position.vulnerable, position.vulnerable_text),
        illustrative=position.illustrative,
        late_round=opened.late_round,
    )


def _vulnerable(answer: Vulnerable, text: str) -> Words | None:
    """Return what a party answered on vulnerable groups; *not studied* is left out of the table."""
    if answer is Vulnerable.NOT_STUDIED:
        return None
    said = same(text) if text else every_language(f"disputes.vulnerable.{answer.value}")
    return Words(said, "ky", LANGUAGES)


def _divided(option: PublishedOption, number: int, keys: Mapping[str, str]) -> Iterator[paper.LineOption]:
    """Yield the option of a line on which the associations are divided, for the figure of each of them."""
    for party, key in keys.items():
        award = option.divided.get(party, {}).get(number)
        if award:
            yield replace(line_option(award), party=key)


def line_option(award: OptionLine) -> paper.LineOption:
    """Return what the option says of a line as the paper has it."""
    return paper.LineOption(
        figure=award.figure,
        claim=award.claim,
        granted=award.granted,
        rate=award.rate,
        reason=award.reason,
        sentences=sentences(award.sentences),
        midpoint=award.midpoint,
    )


def _answers(answered: Answered, keys: Mapping[str, str], illustrative: bool) -> tuple[Answer, ...]:
    """Return the answers to the version that is printed, the missing ones of those that count included."""
    return tuple(
        _answer(each, keys[each.party.id], illustrative)
        for each in answered.answers
        if each.counts or each.answer
    )


def _answer(said: PartyAnswer, party: str, illustrative: bool) -> Answer:
    if said.answer is None:
        return Answer(party, "none", said.counts)
    response = said.answer.response
    figure = response.figure
    return Answer(
        party=party,
        kind=response.kind.value,
        counts=said.counts,
        figure=figure if isinstance(figure, Som | int) else None,
        reason=response.reason,
        confirmer=response.confirmer,
        until=response.until,
        lines=response.lines,
        condition=said.condition.value if said.condition else "",
        illustrative=illustrative,
    )


def _decision(decision: Decision, illustrative: bool) -> paper.Decision:
    votes = decision.votes
    return paper.Decision(
        proposed=decision.proposed,
        proposed_reason=decision.proposed_reason,
        decided=decision.decided,
        instrument=instrument_key(decision.instrument),
        votes=paper.Votes(votes.for_, votes.against, votes.abstained) if votes else None,
        outcome=decision.outcome.value if decision.outcome else None,
        note=decision.note,
        illustrative=illustrative,
    )


def sentences(told: Iterable[Sentence]) -> tuple[paper.Sentence, ...]:
    """Return sentences in the form the snapshot stores: only values that can be written down."""
    return tuple(paper.Sentence(each.key, cast(_Values, each.values)) for each in told)


def same(text: str) -> Named:
    """Return a text that reads the same in every language, such as a citation."""
    return Named(text, text, text) if text else NO_NAME


def instrument_key(instrument: Instrument | None) -> str:
    """Return the message key of an instrument's name."""
    return f"disputes.instrument.{instrument.value}" if instrument else ""
