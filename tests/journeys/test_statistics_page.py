"""The statistics of coordination read the same to both sides, on the page and in the files."""

import pytest

from budgetproto.coordination import happenings as h
from budgetproto.coordination.happenings import Stance
from budgetproto.database import Database
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.sittings.domain import Stage
from tests.coordination.held import Register, make_register, opinion
from tests.factories import make_scene
from tests.journeys.conftest import Visit
from tests.journeys.visitor import said, shown


@pytest.fixture
def register(sqlite_database: Database, seal_key: SealKey) -> Register:
    scene = make_scene(sqlite_database, key=seal_key, lines=1, terms=False, stage=Stage.PREPARING)
    return make_register(scene)


def test_before_the_first_draft_the_page_says_so(visit: Visit, sqlite_database: Database) -> None:
    scene = make_scene(sqlite_database, lines=1, terms=False)
    assert said("statistics.none") in shown(visit(scene.secretary).get("/acts/statistics"))


def test_both_sides_see_who_bypassed_and_why(visit: Visit, register: Register) -> None:
    scene = register.served().scene
    register.record(scene.unionist, opinion(scene.union))
    register.record(scene.secretary, h.Bypassed("Үч окуу бир күндө өттү"))
    pages = [visit(person).get("/acts/statistics") for person in (scene.minister, scene.unionist)]
    for page in pages:
        assert "Үч окуу бир күндө өттү" in shown(page)
        assert f'href="/acts/{register.act}"' in page.text
    csv = visit(scene.unionist).get("/acts/statistics.csv").text
    assert "bypassed" in csv or said("statistics.column.bypassed") in csv
    assert visit(scene.unionist).get("/acts/statistics.xlsx").status_code == 200
    assert visit(scene.outsider).get("/acts/statistics").status_code == 404
    assert visit(scene.outsider).get("/acts/statistics.csv").status_code == 404


def test_an_act_coordinated_after_its_bypass_stays_in_the_register_with_the_day_of_the_close(
    visit: Visit, register: Register
) -> None:
    scene = register.served().scene
    register.record(scene.secretary, h.Bypassed("Үч окуу бир күндө өттү"))
    reader = visit(scene.minister)
    marked = said("statistics.coordinated_afterwards", day="").strip()
    assert marked not in shown(reader.get("/acts/statistics"))
    for party in (scene.union, scene.cities):
        register.record(scene.secretary, opinion(party, Stance.AGREES))
    closed = register.record(scene.secretary, h.Closed()).course.happenings[-1].on
    page = shown(reader.get("/acts/statistics"))
    assert "Үч окуу бир күндө өттү" in page
    assert said("statistics.coordinated_afterwards", day=closed) in page
