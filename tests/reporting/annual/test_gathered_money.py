"""The soms of a report: what was asked is counted on every line of a finished session, promised or not."""

import pytest

from budgetproto.database import Database
from budgetproto.money import Som
from budgetproto.proceedings import service as proceedings
from budgetproto.proceedings.domain import Outcome
from budgetproto.reporting.annual.gathering import gathered
from budgetproto.reporting.annual.report import YearOfMoney
from budgetproto.reporting.annual.storage import ReportRow
from budgetproto.reporting.follow_up import report as follow_up
from tests.factories import Scene
from tests.proceedings.test_cloning import attend, decide
from tests.reporting.annual.writing import Desk, begun
from tests.sessions import in_session

GRANTED = Som(30_000_000_000)


@pytest.fixture
def scene(database: Database) -> Scene:
    """Hold a sitting without an option: one question is agreed, of the other nothing is decided."""
    scene = in_session(database)
    attend(scene)
    decide(scene, 0, Outcome.AGREED, GRANTED)
    decide(scene, 1, Outcome.NOT_AGREED, None)
    proceedings.close_session(database, scene.secretary.id, scene.sitting)
    return scene


def money_of(desk: Desk) -> YearOfMoney:
    """Return the soms of the year of the sitting as the record has them now."""
    with desk.database.reading() as session:
        found = gathered(session, session.get_one(ReportRow, desk.report), [desk.author])
    return found.money[-1]


def test_what_was_asked_counts_also_where_nothing_was_decided_or_computed(scene: Scene) -> None:
    money = money_of(begun(scene))
    first, second = money.traces
    assert first.recommended == GRANTED
    assert (second.line, second.recommended, second.adopted, second.executed) == (2, None, None, None)
    assert first.asked
    assert second.asked
    assert first.asked != second.asked
    assert money.recorded("asked") == Som.total([first.asked, second.asked])
    assert money.recorded("recommended") == GRANTED


def test_the_page_of_promises_goes_on_without_it(scene: Scene) -> None:
    with scene.database.reading() as session:
        found = follow_up(session, scene.unionist.id, scene.sitting)
    assert [row.promise.number for row in found.rows] == [1]
