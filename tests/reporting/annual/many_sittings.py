"""Further finished sittings with the people and parties of a scene, for a report that has many behind it."""

from dataclasses import replace

from budgetproto.disputes import service as disputes
from budgetproto.disputes.lines import entering
from budgetproto.i18n import Named
from budgetproto.proceedings import service as proceedings
from budgetproto.proceedings.domain import Outcome
from budgetproto.sittings import mandates
from budgetproto.sittings import service as sittings
from tests.factories import Scene, file_all, open_all, record_parts, settle_terms, start_session
from tests.proceedings.test_cloning import decide
from tests.sessions import seat_members
from tests.stated import GRANTS, line_text, new_sitting

_PAPER = Named("ишеним кат", "доверенность", "power of attorney")


def held_again(scene: Scene, *, year: int, lines: int = 1) -> Scene:
    """Hold another sitting of a budget year whole: its first question is agreed, of the others nothing is."""
    again = _invited(scene, year)
    again = replace(again, lines=tuple(_line(again, number) for number in range(1, lines + 1)))
    settle_terms(again)
    disputes.start_collecting(again.database, again.key, again.secretary.id, again.sitting)
    file_all(again)
    open_all(again)
    item = Named("Бюджет аралык мамилелер", "Межбюджетные отношения")
    proceedings.add_agenda_item(again.database, again.secretary.id, again.sitting, item)
    start_session(again)
    seat_members(again)
    record_parts(again)
    decide(again, 0, Outcome.AGREED, GRANTS)
    for place in range(1, lines):
        decide(again, place, Outcome.NOT_AGREED, None)
    proceedings.close_session(again.database, again.secretary.id, again.sitting)
    return again


def _invited(scene: Scene, year: int) -> Scene:
    database, secretary = scene.database, scene.secretary.id
    sitting = sittings.prepare_sitting(database, secretary, replace(new_sitting(), budget_year=year))
    for party in scene.parties:
        sittings.invite_party(database, secretary, sitting, party.id)
        mandates.enter_mandate(
            database,
            secretary,
            sitting,
            delegate=scene.speaker(party).id,
            party_id=party.id,
            capacity=_PAPER,
            paper=_PAPER,
        )
    return replace(scene, sitting=sitting, lines=())


def _line(scene: Scene, number: int) -> str:
    title = Named(f"Грант, {number}-сап", f"Грант, строка {number}", f"Grant, line {number}")
    text = replace(
        line_text(title=title, government=None, lsg=None),
        lead_government=scene.ministry.id,
        lead_lsg=scene.union.id,
    )
    return entering.add_line(scene.database, scene.secretary.id, scene.sitting, text)
