"""The keeper hands a disputed point on to a sitting; the line says where it came from, and leads back."""

import pytest

from budgetproto.accounts.domain import Role
from budgetproto.coordination import happenings as h
from budgetproto.coordination import service
from budgetproto.coordination.happenings import Stance, Verdict
from budgetproto.coordination.shipped import load_procedures
from budgetproto.database import Database, now
from budgetproto.disputes import storage as lines
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.money import Som
from budgetproto.sittings.domain import Stage
from budgetproto.sittings.storage import SittingRow
from tests.coordination.going import MANDATORY
from tests.coordination.held import DRAFT
from tests.factories import Scene, make_person, make_scene
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


def test_one_link_hands_a_remark_on_and_its_page_leads_both_ways(
    visit: Visit, scene: Scene, act: str
) -> None:
    visitor = visit(scene.secretary)
    refer = f"/acts/{act}/remarks/1/refer"
    assert visitor.get(f"/acts/{act}").text.count(f'href="{refer}"') == 1
    recorded = f"/acts/{act}/record/referred?target=1"
    assert f'href="{recorded}"' not in visitor.get(f"/acts/{act}").text
    asked = visitor.get(refer)
    assert f'href="{recorded}"' in asked.text
    assert f'value="{scene.sitting}"' in asked.text


@pytest.mark.parametrize("asked", ["sitting=&measure=", "sitting=nonsense&measure=xx", "measure=money"])
def test_whoever_goes_on_without_a_sitting_is_told_what_is_missing(
    visit: Visit, scene: Scene, act: str, asked: str
) -> None:
    page = visit(scene.secretary).get(f"/acts/{act}/remarks/1/refer?{asked}")
    assert page.status_code == 422
    assert page.text.count("govuk-error-summary__list") == 1


def test_a_remark_is_tied_to_a_line_that_the_sitting_already_has(
    visit: Visit, scene: Scene, act: str
) -> None:
    visitor = visit(scene.secretary)
    recorded = visitor.get(f"/acts/{act}/record/referred?target=1")
    assert f'value="{scene.sitting}"' in recorded.text
    with scene.database.reading() as session:
        day = bishkek_day(now(session)).isoformat()
    typed = {"target": "1", "sitting": scene.sitting, "question": "1", "on": day}
    assert visitor.fill(f"/acts/{act}/record/referred?target=1", **typed).status_code == 303
    with scene.database.reading() as session:
        assert len(lines.lines(session, scene.sitting)) == 1
        assert set(service.act_of(session, scene.secretary.id, act).course.referred) == {1}


def test_the_initiator_leads_the_new_line_for_the_government(visit: Visit, scene: Scene, act: str) -> None:
    visitor = visit(scene.secretary)
    chosen = f'<option value="{scene.ministry.id}" selected>'
    assert chosen in visitor.get(address(act, scene)).text.replace("selected value", "value")
    assert visitor.fill(address(act, scene), **TYPED).status_code == 303
    with scene.database.reading() as session:
        made = lines.lines(session, scene.sitting)[-1]
    assert (made.text.lead_government, made.text.lead_lsg) == (scene.ministry.id, scene.union.id)


def test_where_no_sitting_is_prepared_whoever_may_create_one_is_led_there(
    visit: Visit, scene: Scene, act: str
) -> None:
    with scene.database.writing() as session:
        session.get_one(SittingRow, scene.sitting).stage = Stage.OPENED.value
    administrator = make_person(scene.database, roles=frozenset({Role.ADMINISTRATOR}))
    pages = {
        person.id: visit(person).get(f"/acts/{act}/remarks/1/refer").text
        for person in (scene.secretary, administrator)
    }
    link, sentence = 'href="/sittings/new"', said("referral.no_sitting.others")
    assert link in pages[scene.secretary.id].partition("<main")[2]
    assert sentence not in pages[scene.secretary.id]
    assert link not in pages[administrator.id]
    assert sentence in pages[administrator.id]
