"""A report with many sittings behind it asks the database no more than one with a single sitting."""

from sqlmodel import col, select

from budgetproto.database import Database
from budgetproto.reporting.annual.recording import recorded
from budgetproto.sittings.storage import SittingRow
from tests.factories import Scene, make_scene
from tests.reporting.annual.many_sittings import held_again
from tests.statements import counted


def asked(scene: Scene, held: list[Scene]) -> tuple[int, list[int]]:
    """Read the record of some sittings; return how many statements it took, and the parts in each sitting."""
    parties = [scene.union.id, scene.cities.id]
    with scene.database.reading() as session:
        wanted = col(SittingRow.id).in_([each.sitting for each in held])
        sittings = [row.sitting() for row in session.exec(select(SittingRow).where(wanted))]
        with counted() as statements:
            found = recorded(session, parties, (2020,), sittings)
    return len(statements), [each.parts for each in found.sittings]


def test_four_finished_sittings_are_read_in_as_many_statements_as_one(database: Database) -> None:
    scene = make_scene(database, lines=1)
    held = [held_again(scene, year=2020) for _ in range(4)]
    one, four = asked(scene, held[:1]), asked(scene, held)
    assert one[0] == four[0] > 0
    assert one[1] == [2], "two associations in one question"
    assert four[1] == [2, 2, 2, 2]
