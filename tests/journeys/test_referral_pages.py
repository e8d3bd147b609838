"""The keeper hands a disputed point on to a sitting; the line says where it came from, and leads back."""

import pytest

from budgetproto.coordination import happenings as h
from budgetproto.coordination import service
from budgetproto.coordination.happenings import Stance, Verdict
from budgetproto.coordination.shipped import load_procedures
from budgetproto.database import Database
from budgetproto.disputes import storage as lines
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.money import Som
from budgetproto.sittings.domain import Stage
from tests.coordination.going import MANDATORY
from tests.coordination.held import DRAFT
from tests.factories import Scene, make_scene
from tests.journeys.conftest import Visit
from tests.journeys.visitor import said, shown


@pytest.fixture
def scene(sqlite_database: Database, seal_key: SealKey) -> Scene:
    """Make a sitting in preparation."""
    return make_scene(sqlite_database, key=seal_key, lines=1, terms=False, stage=Stage.PREPARING)


@pytest.fixture
def act(scene: Scene, catalogue: None) -> str:
    """Enter a draft whose one remark was rejected."""
    database, keeper = scene.database, scene.secretary.id
    load_procedures(database)
    made = service.enter_act(database, keeper, DRAFT, initiator=scene.ministry.id)
    service.screen(database, keeper, made, MANDATORY, seen=0)
    remark = (("3-пункт", "Коэффициент сакталсын"),)
    steps: tuple[h.What, ...] = (
        h.Served(scene.union.id, "№ 1"),
        h.Opined(scene.union.id, Stance.DISAGREES, "Каршыбыз", remark),
        h.Answered(1, Verdict.REJECTED, "Каражат жок"),
    )
    for seen, step in enumerate(steps, start=1):
        service.record(database, keeper, made, step, seen=seen)
    return made


def address(act: str, scene: Scene) -> str:
    return f"/acts/{act}/remarks/1/refer?sitting={scene.sitting}&measure=amount"


TYPED = {
    "kind": "equalization",
    "recurring": "no",
    "base_government": "100",
    "base_lsg": "150,5",
    "base_lsg_source": "Пикир № 7",
}


def test_a_disputed_point_becomes_a_line_that_leads_back(visit: Visit, scene: Scene, act: str) -> None:
    visitor = visit(scene.secretary)
    asked = shown(visitor.get(f"/acts/{act}/remarks/1/refer"))
    assert "Коэффициент сакталсын" in asked
    assert scene.sitting in visitor.get(f"/acts/{act}/remarks/1/refer").text
    answer = visitor.fill(address(act, scene), **TYPED)
    assert answer.status_code == 303
    with scene.database.reading() as session:
        made = lines.lines(session, scene.sitting)[-1]
    assert answer.headers["Location"] == f"/lines/{made.id}"
    assert made.text.title == DRAFT.title
    assert made.text.base_government.figure == Som(100 * 100_000)
    for person in (scene.secretary, scene.unionist, scene.minister):
        page = visit(person).get(f"/lines/{made.id}")
        assert said("referral.origin") in shown(page)
        assert "Каражат жок" in shown(page)
        assert f'href="/acts/{act}#remark-1"' in page.text
    assert said("referral.origin") not in shown(visitor.get(f"/lines/{scene.lines[0]}"))


def test_a_refused_form_comes_back_filled_in_and_nothing_is_entered(
    visit: Visit, scene: Scene, act: str
) -> None:
    answer = visit(scene.secretary).fill(address(act, scene), **{**TYPED, "base_lsg": "сексен"})
    assert answer.status_code == 422
    assert "сексен" in shown(answer)
    with scene.database.reading() as session:
        assert len(lines.lines(session, scene.sitting)) == 1
        assert not service.act_of(session, scene.secretary.id, act).course.referred


def test_others_do_not_refer(visit: Visit, scene: Scene, act: str) -> None:
    for person in (scene.unionist, scene.minister, scene.chair):
        assert visit(person).get(address(act, scene)).status_code == 403
    assert visit(scene.outsider).get(address(act, scene)).status_code == 404
