"""Begin to collect positions on the lines of a sitting; read what one person may see of them."""

from sqlmodel import Session

from budgetproto.accounts.domain import Party
from budgetproto.database import Database
from budgetproto.disputes import storage
from budgetproto.disputes.domain import Line, Opened
from budgetproto.disputes.figures.stands import LineView, difference, stand
from budgetproto.disputes.positions import storage as position_storage
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.disputes.positions.storage import DataKeyRow
from budgetproto.errors import Refused, Unknown
from budgetproto.sittings import preparing
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Stage, Standing


class PartyLeads(Refused):
    """The party leads lines: another one has to lead them before it leaves the list."""

    message_key = "disputes.party_leads"


class NoLines(Refused):
    """A sitting needs at least one contested line before positions are collected."""

    message_key = "disputes.no_lines"


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
    sitting, place = sittings.admitted(session, person_id, sitting_of(session, line_id))
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


def _view(line: Line, positions: dict[str, Opened], parties: tuple[Party, ...]) -> LineView:
    stated = {party: each.position for party, each in positions.items()}
    counted = stand(line.text, stated, parties)
    return LineView(line, positions, counted, difference(counted.government, counted.lsg))


def sitting_of(session: Session, line_id: str) -> str:
    """Return the sitting a line stands in; raise Unknown when there is no such line."""
    sitting = storage.sitting_of(session, line_id)
    if sitting is None:
        raise Unknown(denied="sittings.sitting")
    return sitting
