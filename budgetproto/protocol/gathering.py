"""Gathers one snapshot for a protocol from the rooms, inside one read transaction."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Final

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.accounts.domain import Party, Role
from budgetproto.disputes.domain import Figure, Line
from budgetproto.disputes.lines.lineage_storage import withdrawn_lines
from budgetproto.disputes.options import service as options
from budgetproto.disputes.options.caps import NeedShare
from budgetproto.disputes.options.document import PerResident, PublishedOption
from budgetproto.disputes.options.explanation.telling import sections_on_paper
from budgetproto.disputes.options.voted import VotedTrial
from budgetproto.disputes.options.voted_storage import voted_trials
from budgetproto.i18n import NO_NAME, Named, every_language
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import sitting_chain
from budgetproto.journal.domain import Entry
from budgetproto.journal.storage import entries
from budgetproto.journal.storage import head as journal_head
from budgetproto.money import Som
from budgetproto.proceedings import storage as proceedings
from budgetproto.proceedings.domain import AgendaItem, Attendee, Group, members_present
from budgetproto.proceedings.events import AttendanceRecorded
from budgetproto.protocol import fixed_terms, option_parts
from budgetproto.protocol import snapshot as paper
from budgetproto.protocol.gathered_lines import gathered_lines, same, sentences
from budgetproto.protocol.gathered_participation import gathered_participation
from budgetproto.protocol.group_limits import GroupLimit, GroupShare
from budgetproto.protocol.need_caps import NeedCap
from budgetproto.protocol.trial_votes import TrialVote, UnderTerms
from budgetproto.sittings import service as sittings
from budgetproto.sittings import settling, terms_storage
from budgetproto.sittings import storage as sitting_storage
from budgetproto.sittings.domain import Mandate, Sitting, TermsVersion
from budgetproto.sittings.events import TermsFixed
from budgetproto.sittings.procedure import Procedure, Setting, decided_by, procedure_of

#: The hours of a log-in are nobody's procedure, and the terms state the step they round to themselves.
#: What is watched after the sitting came after it.
_NOT_PRINTED: Final = frozenset(
    {"log_in_hours", "rounding_step", "token_days", "token_requests", "readings", "follow_up_days"}
)


def gather(session: Session, sitting: Sitting, *, number: str | None = None) -> paper.Snapshot:
    """Return everything a protocol of an opened sitting is made of, as it stands now."""
    rules = procedure_of(session, sitting.id)
    parties = sittings.invited_parties(session, sitting.id)
    option = options.latest(session, sitting.id)
    attendees = proceedings.attendees(session, sitting.id)
    journal = entries(session, sitting_chain(sitting.id))
    chairs, keeper = accounts.ids_of_role(session, Role.CHAIR), _keeper(journal)
    chair = _chair(chairs, attendees)
    secretary = accounts.people_names(session, [keeper]).get(keeper, NO_NAME).ky
    return paper.Snapshot(
        sitting=_sitting(sitting, rules, _withdrawn(session, sitting)),
        parties=_parties(session, sitting, parties),
        attendance=_attendance(
            attendees, rules, sitting, chair=chair.name if chair else "", secretary=secretary
        ),
        terms=_terms(session, sitting, journal),
        lines=gathered_lines(session, sitting, parties, option),
        head=_head(session, sitting),
        number=number,
        agenda=tuple(_agenda_item(item) for item in proceedings.agenda(session, sitting.id)),
        option=_option(option),
        opinions=_opinions(session, sitting),
        signatories=(
            _chairing(chair, chairs, rules),
            *_delegations(session, sitting, parties, attendees),
            paper.Signatory("secretary", secretary, NO_NAME, rules.name("committee_name"), person=keeper),
        ),
        state_language_source=rules.source("state_language_note"),
        trial_votes=tuple(_trial_vote(each) for each in voted_trials(session, sitting.id)),
        legal_basis=_rule(rules.settings["legal_basis"]),
        appeal=_rule(rules.settings["appeal_note"]),
        settings=tuple(_rule(each) for key, each in rules.settings.items() if key not in _NOT_PRINTED),
        verify_at=rules.verify_at,
        participation=gathered_participation(session, sitting),
    )


def _withdrawn(session: Session, sitting: Sitting) -> tuple[Named, ...]:
    """Explain each number that is missing among the questions."""
    return tuple(
        every_language("protocol.withdrawn", **_told_withdrawn(line))
        for line in withdrawn_lines(session, sitting.id)
    )


def _told_withdrawn(line: Line) -> dict[str, object]:
    reason = line.withdrawn.reason if line.withdrawn else ""
    return {"number": line.number, "title": line.text.title, "reason": reason}


def _sitting(sitting: Sitting, rules: Procedure, withdrawn: tuple[Named, ...]) -> paper.Sitting:
    return paper.Sitting(
        code=sitting.number,
        title=sitting.title,
        budget_year=sitting.budget_year,
        parliament=_body(rules, "parliament_name"),
        committee=_body(rules, "committee_name"),
        place=sitting.place,
        held_on=_held_on(sitting),
        started=sitting.started_at,
        ended=sitting.ended_at,
        draft_budget=paper.DraftBudget(
            sitting.draft_budget, sitting.draft_reference, sitting.draft_submitted
        ),
        unit=sitting.unit,
        currency=sitting.currency,
        illustrative=sitting.illustrative,
        notes=(*((sitting.note,) if sitting.note != NO_NAME else ()), *withdrawn),
        kind=sitting.kind.value,
    )


def _held_on(sitting: Sitting) -> date | None:
    """Return the day of the sitting, that of its beginning in Bishkek when none was entered."""
    began = sitting.started_at
    return sitting.held_on or (bishkek_day(began) if began else None)


def _body(rules: Procedure, key: str) -> paper.Body:
    return paper.Body(rules.name(key), rules.source(key))


def _parties(session: Session, sitting: Sitting, parties: list[Party]) -> tuple[paper.Party, ...]:
    mandates = sitting_storage.mandates(session, sitting.id)
    return tuple(
        paper.Party(
            code=party.key,
            side=party.side,
            name=party.name,
            mandates=tuple(_mandate(each) for each in mandates if each.party == party.id),
        )
        for party in parties
    )


def _mandate(mandate: Mandate) -> paper.Mandate:
    return paper.Mandate(
        mandate.person_name, mandate.capacity, mandate.document, mandate.valid_from, mandate.valid_to
    )


def _attendance(
    attendees: list[Attendee], rules: Procedure, sitting: Sitting, *, chair: str, secretary: str
) -> paper.Attendance:
    return paper.Attendance(
        members_total=rules.members_total,
        members_present=members_present(attendees),
        quorum=rules.quorum,
        quorum_source=rules.source("quorum_share"),
        people=tuple(
            paper.Attendee(
                each.group.value, each.name, each.role, each.body, each.mandate, each.present, each.reason
            )
            for each in attendees
        ),
        chair=chair,
        secretary=secretary,
        illustrative=sitting.illustrative,
    )


def _chair(chairs: Mapping[str, list[str]], attendees: list[Attendee]) -> Attendee | None:
    """Return the member present whose account has the chair's role; nobody else is taken for the chair."""
    members = (each for each in attendees if each.group is Group.MEMBER and each.present)
    return next((each for each in members if each.name in chairs), None)


def _keeper(journal: list[Entry]) -> str:
    """Return who keeps this sitting's record: the last one who recorded the attendance."""
    kept = [entry for entry in journal if entry.kind == AttendanceRecorded.kind]
    return str(json.loads(kept[-1].payload)["person"]) if kept else ""


def _terms(session: Session, sitting: Sitting, journal: list[Entry]) -> fixed_terms.Terms:
    fixed = settling.fixed_terms(session, sitting)
    assert fixed is not None, "positions open only after the terms are fixed"  # noqa: S101
    return fixed_terms.Terms(
        rule=fixed.terms.rule,
        quantum=fixed.terms.quantum,
        envelope=tuple(
            fixed_terms.Source(
                source.name, source.amount, source.year, source.document, source.side, source.illustrative
            )
            for source in fixed.terms.sources
        ),
        lsg_figure=fixed.terms.lsg_figure.value,
        digest=fixed.digest,
        fixed_at=next((entry.at for entry in journal if entry.kind == TermsFixed.kind), None),
        acknowledged=_acknowledged(session, sitting, fixed),
        indicators=tuple(fixed_terms.Indicator(**vars(each)) for each in fixed.terms.indicators),
        procedure=tuple(_rule(each) for each in decided_by(session, sitting)),
        extensions=tuple(
            fixed_terms.Extension(each.before, each.after, each.reason, each.at)
            for each in sitting_storage.extensions(session, sitting.id)
        ),
        groups=tuple(
            GroupLimit(group.scope.value, group.name, group.floor, group.cap, group.basis)
            for group in fixed.terms.groups
        ),
        growth=fixed.terms.growth,
        kappa=fixed.terms.kappa,
    )


def _rule(setting: Setting) -> fixed_terms.Rule:
    return fixed_terms.Rule(every_language(f"sittings.setting.{setting.key}"), setting.stated, setting.source)


def _acknowledged(
    session: Session, sitting: Sitting, fixed: TermsVersion
) -> tuple[fixed_terms.Acknowledgement, ...]:
    seen = terms_storage.acknowledgements(session, sitting.id, fixed.version)
    names = accounts.people_names(session, [each.person for each in seen])
    keys = {party.id: party.key for party in sittings.invited_parties(session, sitting.id)}
    return tuple(
        fixed_terms.Acknowledgement(keys[each.party], names.get(each.person, NO_NAME).ky, each.at)
        for each in seen
    )


def _option(option: PublishedOption | None) -> paper.OptionVersion | None:
    if option is None:
        return None
    return paper.OptionVersion(
        version=option.number,
        rule=option.rule,
        engine=option.engine,
        rate=option.closing,
        computed_at=option.published_at,
        sentences=sentences(option.sentences),
        emergency=tuple(
            option_parts.Served(each.number, each.tier, each.need, each.granted) for each in option.emergency
        ),
        groups=tuple(
            GroupShare(each.name, each.granted, each.floor, each.cap, each.state, each.rate, each.common)
            for each in option.groups
        ),
        recipients=tuple(
            option_parts.Lifted(each.name, each.population, each.granted, each.before, each.after)
            for each in option.recipients
        ),
        per_resident=_per_resident(option.per_resident),
        caps=tuple(_cap(each) for each in option.caps.values()),
        explained=sections_on_paper(option.document),
        vote=option.vote.number if option.vote else None,
        under_terms=tuple(UnderTerms(*each) for each in _whole(option.under_terms)),
    )


def _whole(figures: Mapping[int, Figure]) -> Iterator[tuple[int, Som | int | None]]:
    """Yield what the option counts: money and percentages."""
    for number, figure in figures.items():
        if figure is None or isinstance(figure, Som | int):
            yield number, figure


def _trial_vote(vote: VotedTrial) -> TrialVote:
    return TrialVote(
        number=vote.number,
        rule=vote.rule,
        question=vote.question,
        for_=vote.for_,
        against=vote.against,
        abstained=vote.abstained,
        present=vote.present,
        quorum=vote.quorum,
        on=vote.on,
        adopted=vote.adopted,
        reason=vote.reason,
        envelope=vote.envelope,
        ground=vote.ground,
        version=vote.version,
    )


def _cap(cap: NeedShare) -> NeedCap:
    return NeedCap(
        line=cap.number,
        filed=cap.filed,
        capped=cap.capped,
        ground=cap.need.ground,
        known=cap.need.known,
        source=same(cap.need.source),
        growth=cap.need.growth,
        figure=cap.figure,
        without=cap.without,
    )


def _per_resident(common: PerResident | None) -> option_parts.PerResident | None:
    return option_parts.PerResident(common.what, common.money) if common else None


def _opinions(session: Session, sitting: Sitting) -> tuple[paper.Opinion, ...]:
    every = proceedings.opinions(session, sitting.id)
    names = accounts.people_names(session, [each.person for each in every])
    return tuple(
        paper.Opinion(
            each.kind,
            each.author,
            each.words,
            names.get(each.person, NO_NAME).ky,
            each.line,
        )
        for each in every
    )


def _chairing(chair: Attendee | None, chairs: Mapping[str, list[str]], rules: Procedure) -> paper.Signatory:
    """Return the chair's place in the signature block, of the one account of that name; else it is open."""
    committee = rules.name("committee_name")
    if chair is None:
        return paper.Signatory("chair", body=committee)
    ids = chairs.get(chair.name, [])
    return paper.Signatory("chair", chair.name, chair.role, committee, person=ids[0] if len(ids) == 1 else "")


def _delegations(
    session: Session, sitting: Sitting, parties: list[Party], attendees: list[Attendee]
) -> list[paper.Signatory]:
    """Return a place for each party: for the delegate whose mandate held on the day, one present first."""
    there = {each.name for each in attendees if each.present}
    day = _held_on(sitting)
    valid = [
        each for each in sitting_storage.mandates(session, sitting.id) if day is None or each.holds_on(day)
    ]
    block = []
    for party in parties:
        own = [each for each in valid if each.party == party.id]
        head = next((each for each in own if each.person_name in there), own[0] if own else None)
        block.append(_delegation(party, head))
    return block


def _delegation(party: Party, head: Mandate | None) -> paper.Signatory:
    if head is None:
        return paper.Signatory(party.side, body=party.name)
    return paper.Signatory(party.side, head.person_name, head.capacity, party.name, person=head.person)


def _agenda_item(item: AgendaItem) -> paper.AgendaItem:
    speeches = [(each.heard, paper.Speech(each.speaker, each.role, each.words)) for each in item.speeches]
    return paper.AgendaItem(
        item.number,
        item.title,
        heard=tuple(speech for heard, speech in speeches if heard),
        spoke=tuple(speech for heard, speech in speeches if not heard),
    )


def _head(session: Session, sitting: Sitting) -> paper.Head:
    end = journal_head(session, sitting_chain(sitting.id))
    last = entries(session, end.chain, after=end.length - 1)
    return paper.Head(end.hash, end.length, last[0].at if last else datetime.fromtimestamp(0, UTC))
