"""The desk of a delegate: his parties and their questions, what is filed, what is missing, until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from budgetproto.accounts.domain import Party
from budgetproto.database import now
from budgetproto.disputes import storage
from budgetproto.disputes.domain import COMPUTED, Line
from budgetproto.disputes.options import storage as option_storage
from budgetproto.disputes.positions import own_storage
from budgetproto.disputes.positions.seat import filing_ends
from budgetproto.disputes.responses import storage as responses
from budgetproto.i18n import Sentence
from budgetproto.sittings import service as sittings
from budgetproto.sittings import storage as sitting_storage
from budgetproto.sittings import terms_storage
from budgetproto.sittings.domain import Act, MandatePart, Sitting, Stage, Standing, may
from budgetproto.web.paging import Paging


@dataclass(frozen=True)
class Row:
    """One question for one party: `until` is when filing ends for it, None once it has ended."""

    line: Line
    version: int
    filed_at: datetime | None
    drafted_at: datetime | None
    waiting_since: datetime | None
    until: datetime | None

    @property
    def missing(self) -> bool:
        """Tell whether a position can be filed and none is."""
        return self.until is not None and not self.version


@dataclass(frozen=True)
class PartyDesk:
    """One party of the reader's in one sitting; nothing of any other party stands here."""

    sitting: Sitting
    party: Party
    rows: tuple[Row, ...]
    final: bool
    acknowledges: bool
    part: MandatePart
    four_eyes: bool
    #: How many questions of the newest option wait for the party's answer; None where nobody may answer now.
    unanswered: int | None = None

    @property
    def due(self) -> datetime | None:
        """The first instant at which something can no longer be filed, None when nothing can."""
        return min((row.until for row in self.rows if row.until), default=None)

    def shown(self, *, only_missing: bool) -> tuple[Row, ...]:
        """Return the rows to show, all of them or only what is missing."""
        return tuple(row for row in self.rows if row.missing or not only_missing)

    def counts(self) -> Sentence:
        """Tell in words how many questions there are and what has become of them."""
        counted = {
            "lines": len(self.rows),
            "filed": sum(bool(row.version) for row in self.rows),
            "drafts": sum(row.drafted_at is not None for row in self.rows),
            "waiting": sum(row.waiting_since is not None for row in self.rows),
            "missing": sum(row.missing for row in self.rows),
        }
        return Sentence("disputes.desk.counts", tuple(counted.items()))


def desk(session: Session, person_id: str) -> list[PartyDesk]:
    """Return the desk of a person: a part for each party he speaks for today, what is due first on top."""
    found = [
        part
        for sitting in sitting_storage.sittings(session)
        if sitting.stage is not Stage.ARCHIVED
        for part in _parts(session, sittings.standing(session, person_id, sitting.id), sitting)
    ]
    return sorted(found, key=lambda part: (part.due is None, part.due or part.sitting.deadline))


def on_page(
    parts: Sequence[PartyDesk], paging: Paging, *, only_missing: bool
) -> list[tuple[PartyDesk, tuple[Row, ...]]]:
    """Return the parties of a page, each with its rows there; those without any stand on the first."""
    found, before = [], 0
    for part in parts:
        rows = part.shown(only_missing=only_missing)
        first = max(0, paging.first - before)
        here = rows[first : max(0, paging.first + paging.size - before)]
        if here or (not rows and paging.number == 1):
            found.append((part, here))
        before += len(rows)
    return found


def _parts(session: Session, place: Standing, sitting: Sitting) -> list[PartyDesk]:
    return [_part(session, place, sitting, party) for party in place.parties]


def _part(session: Session, place: Standing, sitting: Sitting, party: Party) -> PartyDesk:
    final = dict(sitting_storage.invited(session, sitting.id))[party]
    return PartyDesk(
        sitting=sitting,
        party=party,
        rows=tuple(_rows(session, place, sitting, party)),
        final=final,
        acknowledges=_acknowledges(session, place, sitting, party),
        part=place.part(party.id),
        four_eyes=party.id in sitting_storage.four_eyes(session, sitting.id),
        unanswered=_unanswered(session, place, sitting, party),
    )


def _unanswered(session: Session, place: Standing, sitting: Sitting, party: Party) -> int | None:
    """Count the questions of the newest option that the party's own side waits with; texts have no option."""
    option = option_storage.latest_option(session, sitting.id)
    if option is None or not may(place, Act.RESPOND, sitting.stage) or not place.approves_for(party.id):
        return None
    last = responses.last_numbers(session, sitting.id, party.id)
    asked = (line for line in storage.lines(session, sitting.id) if line.text.measure in COMPUTED)
    return sum(_leads(line, party) and last.get(line.id, (0, 0))[1] != option.number for line in asked)


def _leads(line: Line, party: Party) -> bool:
    """Tell whether the party's answer on a question counts for its side, as far as leads say."""
    lead = line.text.lead_government if party.side == "government" else line.text.lead_lsg
    return lead in {None, party.id}


def _rows(session: Session, place: Standing, sitting: Sitting, party: Party) -> list[Row]:
    filed = own_storage.filed_by(session, sitting.id, party.id)
    drafted = own_storage.drafts_of(session, sitting.id, party.id, place.person)
    waiting = own_storage.waiting(session, sitting.id, party.id)
    at = now(session)
    rows = []
    for line in storage.lines(session, sitting.id):
        (version, filed_at), until = filed.get(line.id, (0, None)), filing_ends(session, sitting, line, party)
        rows.append(
            Row(
                line=line,
                version=version,
                filed_at=filed_at,
                drafted_at=drafted.get(line.id),
                waiting_since=waiting[line.id].at if line.id in waiting else None,
                until=until if until and at < until else None,
            )
        )
    return rows


def _acknowledges(session: Session, place: Standing, sitting: Sitting, party: Party) -> bool:
    """Tell whether the newest terms wait for this party's acknowledgement."""
    latest = terms_storage.latest_terms(session, sitting.id)
    if latest is None or not may(place, Act.ACKNOWLEDGE_TERMS, sitting.stage):
        return False
    seen = terms_storage.acknowledgements(session, sitting.id, latest.version)
    return party.id not in {each.party for each in seen}
