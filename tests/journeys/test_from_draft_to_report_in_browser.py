"""From a draft act to next year's annual report in browsers, in Kyrgyz, by the people whose acts they are.

Nothing but accounts, bodies and who acts for each is there beforehand, with a sitting that has invited them:
every step is taken on a page. Each page is scanned for accessibility when somebody comes to it first, wide
and narrow.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import pytest
from playwright.sync_api import Browser

from budgetproto.accounts.domain import Person, Role
from budgetproto.coordination.shipped import load_procedures
from budgetproto.database import Database, now
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.sittings.domain import Stage
from budgetproto.transfers.reference import read_reference
from budgetproto.transfers.storage import put_territories
from tests.bodies import stand_all
from tests.browser import opened
from tests.counts import by_make_long
from tests.factories import Scene, make_person, make_scene
from tests.journeys import acts
from tests.journeys.eyes import Looking
from tests.journeys.visitor import said

pytestmark = pytest.mark.browser

BISHKEK: Final = "41711000000000"
REMARK: Final = "Коэффициент сакталсын"
REFUSAL: Final = "Каражат жок"
RULING: Final = "Даттануу негизсиз"
#: What each of the four figures is in the end, in thousands of soms.
ASKED, RECOMMENDED, ADOPTED, EXECUTED = "150,0", "130,0", "120,0", "110,0"


@dataclass(frozen=True)
class House:
    """The service with everybody at a window of his own; some parties are spoken for by two."""

    scene: Scene
    secretary: Looking
    chair: Looking
    analyst: Looking
    minister: Looking
    deputy: Looking
    doctor: Looking
    unionist: Looking
    assistant: Looking
    mayor: Looking
    stranger: Looking

    @property
    def delegates(self) -> tuple[Looking, ...]:
        """Who speaks first for each party of the sitting."""
        return self.minister, self.doctor, self.unionist, self.mayor


@pytest.fixture
def scene(sqlite_database: Database, seal_key: SealKey) -> Scene:
    """Make a sitting in preparation without a question, in a country with its places and procedures."""
    load_procedures(sqlite_database)
    with sqlite_database.writing() as session:
        put_territories(session, read_reference().territories)
    made = make_scene(sqlite_database, key=seal_key, lines=0, terms=False, stage=Stage.PREPARING)
    stand_all(made)
    return made


@pytest.fixture
def house(browser: Browser, address: str, scene: Scene) -> Iterator[House]:
    """Have everybody log in."""
    analyst = make_person(scene.database, name="Гүлзат Ибраева", roles=frozenset({Role.ANALYST}))
    committee = (scene.secretary, scene.chair, analyst)
    government = (scene.minister, scene.deputy, scene.doctor)
    people = (*committee, *government, scene.unionist, scene.assistant, scene.mayor)
    seen: set[str] = set()
    with ExitStack() as windows:

        def window(person: Person | None) -> Looking:
            page = windows.enter_context(opened(browser, f"{address}/log-in", language="ky", scanning=True))
            page.set_default_timeout(15_000)
            hands = Looking(page, address, seen)
            if person:
                acts.log_in(hands, person.login)
            return hands

        yield House(scene, *(window(each) for each in (*people, None)))


@by_make_long
def test_ten_people_follow_one_point_from_the_draft_to_the_report(house: House) -> None:
    with house.scene.database.reading() as session:
        today = bishkek_day(now(session))
    act = entered(house)
    contested(house, act)
    line = referred(house, act)
    settled(house)
    opened_together(house, line)
    decided(house, line)
    participated(house, today)
    signed(house)
    followed(house, line, today)
    assert not found(house.stranger, "/published-acts/1")
    published(house, act, today)
    reported(house)
    told_to_everybody(house)
    journal_is_whole(house)


def entered(house: House) -> str:
    """Enter the ministry's draft, note how things stand, screen it; return its id."""
    keeper = house.secretary
    keeper.go("/acts")
    keeper.press('main a[href="/acts/new"]')
    keeper.write("title_ky", "Бюджет кодексине өзгөртүүлөр")
    keeper.write("title_ru", "Изменения в Бюджетный кодекс")
    keeper.pick("level", "ministry")
    keeper.pick("answers_for", house.scene.ministry.id)
    keeper.write("initiator_ky", "Финансы министрлиги")
    sent(keeper)
    act = keeper.here().rpartition("/")[2]
    assert said("coordination.not_studied") in keeper.reads()
    step(keeper, act, "noted", territories="Бишкек", situation="Коэффициент беш жыл өзгөргөн эмес")
    answers = {"answer_finance": "yes", "answer_carried_out": "no", "answer_organisation": "no"}
    reasons = {f"reason_{touch}": "Себеби" for touch in ("finance", "carried_out", "organisation")}
    step(keeper, act, "screened", **answers, **reasons)
    assert said("coordination.mandatory") in keeper.reads()
    return act


def contested(house: House, act: str) -> None:
    """Serve it, disagree, refuse, insist, meet, appeal, dismiss: each by whose act it is."""
    scene, keeper = house.scene, house.secretary
    for party in (scene.union, scene.cities):
        step(keeper, act, "served", target=party.id, proof="№ 12-3/45")
    step(keeper, act, "consulted", whom="Ош шаары", said="Каржы жетпейт", taken_up="Эсепке алынды")
    words = {"opinion": "Каршыбыз", "place_1": "3-пункт", "text_1": REMARK}
    step(house.unionist, act, "opined", stance="disagrees", **words)
    step(house.mayor, act, "opined", stance="agrees")
    house.minister.go("/desk")
    assert said("coordination.title") in house.minister.reads()
    step(house.minister, act, "answered", verdict="rejected", reason=REFUSAL)
    step(house.unionist, act, "stood", stand="insists", reason="Убада берилген")
    step(keeper, act, "met", present="Эки тарап", said="Макулдашылган жок")
    step(house.unionist, act, "appealed", to="Премьер-министр", against="1-эскертүү")
    step(keeper, act, "ruled", ruling="dismissed", reason=RULING)
    house.chair.go(f"/acts/{act}")
    for told in (REMARK, REFUSAL, RULING):
        assert told in house.chair.reads()


def referred(house: House, act: str) -> str:
    """Make the point a contested line with its history, from the page of the draft; return its id."""
    scene, keeper = house.scene, house.secretary
    keeper.go(f"/acts/{act}")
    keeper.follow(said("referral.title"))
    assert said("referral.old_line") in keeper.reads()
    keeper.pick("sitting", scene.sitting)
    keeper.mark("measure", "amount")
    keeper.send()
    keeper.pick("kind", "stimulating_grant")
    keeper.write("territory", BISHKEK)
    for side, figure in ("government", "90"), ("lsg", "150"):
        keeper.write(f"base_{side}", figure)
        keeper.write(f"base_{side}_source", "Долбоор")
    # The initiator leads for the Government, the author of the remark for local self-government.
    leads = {name: keeper.page.input_value(f"#{name}") for name in ("lead_government", "lead_lsg")}
    assert leads == {"lead_government": scene.ministry.id, "lead_lsg": scene.union.id}
    keeper.send()
    line = keeper.here().rpartition("/")[2]
    house.unionist.go(f"/lines/{line}")
    assert said("referral.origin") in house.unionist.reads()
    assert RULING in house.unionist.reads()
    return line


def settled(house: House) -> None:
    """Propose terms with a source of money, have both sides see them, fix them, collect."""
    secretary, sitting = house.secretary, house.scene.sitting
    secretary.go(f"/sittings/{sitting}/terms")
    secretary.mark("rule", "A")
    secretary.mark("lsg_figure", "lead")
    typed = {"quantum": "0,1", "name_ky_1": "Кошумча киреше", "amount_1": "40", "year_1": "2020"}
    for name, value in typed.items():
        secretary.write(name, value)
    secretary.send()
    for hands in (house.minister, house.unionist):
        acts.act_on(hands, sitting, "terms/acknowledge")
    secretary.go(f"/sittings/{sitting}/terms/fix")
    secretary.send()
    assert said("sittings.terms.fixed") in secretary.reads()
    acts.act_on(secretary, sitting, "collect")


def opened_together(house: House, line: str) -> None:
    """File both positions, declare everything final, open, compute the balanced option."""
    sitting = house.scene.sitting
    acts.file_position(house.minister, line, "90,0")
    acts.file_position(house.unionist, line, ASKED)
    for hands in house.delegates:
        acts.declare_final(hands, sitting)
    acts.act_on(house.secretary, sitting, "open")
    assert "+60,0" in house.secretary.reads()
    acts.publish_option(house.secretary, sitting)
    house.unionist.go(f"/sittings/{sitting}/option")
    assert RECOMMENDED in house.unionist.reads()


def decided(house: House, line: str) -> None:
    """Hold the session: agenda, delegates, members, the vote on the figure, the end."""
    secretary, sitting = house.secretary, house.scene.sitting
    acts.act_on(secretary, sitting, "session")
    secretary.go(f"/sittings/{sitting}/agenda")
    secretary.write("title_ky", "Бюджет аралык мамилелер")
    secretary.send()
    secretary.go(f"/sittings/{sitting}/attendance")
    secretary.do("/attendance/delegates")
    for name in (house.scene.chair.name, *(f"Мүчө {number}" for number in range(2, 7))):
        secretary.go(f"/sittings/{sitting}/attendance/add")
        secretary.pick("group", "member")
        secretary.write("name", name)
        secretary.write("role_ky", "комитеттин мүчөсү")
        secretary.send()
    acts.decide(secretary, line)
    acts.act_on(secretary, sitting, "close")
    assert said("sittings.next.decided") in secretary.reads()


def participated(house: House, today: date) -> None:
    """Enter that the union was invited in time; the chair says why the rest may stay unknown."""
    secretary, page = house.secretary, f"/sittings/{house.scene.sitting}/participation"
    secretary.go(f"{page}/enter")
    secretary.pick("party", house.scene.union.id)
    secretary.mark("question", "invited")
    secretary.mark("answer", "yes")
    secretary.write("on", (today - timedelta(30)).isoformat())
    secretary.write("why", "Чакыруу каты № 7")
    secretary.send()
    house.chair.go(page)
    house.chair.press(f'main a[href="{page}/reason"]')
    house.chair.write("reason_ky", "Калган чакыруулар оозеки берилген.")
    house.chair.send()
    assert said("proceedings.told.waiver") in house.chair.reads()


def signed(house: House) -> None:
    """Lay the protocol out, have everybody whose place it has sign, issue it."""
    secretary, page = house.secretary, f"/sittings/{house.scene.sitting}/protocol"
    secretary.go(f"{page}/signing")
    secretary.do("/signing/lay-out")
    signatures = 0
    for hands in (house.chair, secretary, *house.delegates, house.deputy, house.assistant):
        hands.go(f"{page}/signing")
        while hands.page.locator('main a[href*="/signing/answer/"]').count():
            hands.press('main a[href*="/signing/answer/"] >> nth=0')
            hands.mark("state", "signed")
            hands.send()
            signatures += 1
    secretary.go(f"{page}/signing")
    assert signatures == secretary.page.locator("#places tbody tr").count()
    acts.issue(secretary, house.scene.sitting)
    assert said("protocol.page.issued") in secretary.reads()


def followed(house: House, line: str, today: date) -> None:
    """Name who sees to it, enter what the law adopted, correct that, enter what the treasury executed."""
    secretary, analyst = house.secretary, house.analyst
    secretary.go(f"/lines/{line}/assignment")
    secretary.write("owner_ky", "Финансы министрлиги")
    secretary.pick("party", house.scene.ministry.id)
    secretary.write("due", (today - timedelta(1)).isoformat())
    secretary.pick("reading", "2")
    secretary.send()
    house.minister.go("/desk")
    assert said("following.duty.overdue") in house.minister.reads()
    became(secretary, line, "adopted", "125", today, source="Мыйзам", article="5")
    became(secretary, line, "adopted", ADOPTED, today, source="Мыйзам", article="5", reason="Тиркеме")
    became(analyst, line, "executed", EXECUTED, today, source="Казына")
    house.chair.go("/promises")
    for figure in (RECOMMENDED, ADOPTED, EXECUTED, "−20,0"):
        assert figure in house.chair.reads()
    house.unionist.go(f"/sittings/{house.scene.sitting}/promises")
    for difference in ("−10,0", "−20,0"):
        assert difference in house.unionist.reads()


def became(hands: Looking, line: str, kind: str, figure: str, day: date, **typed: str) -> None:
    """Enter what the law or the treasury has made of the question."""
    hands.go(f"/lines/{line}/follow-up")
    hands.mark("kind", kind)
    for name, value in {"figure": figure, "on": day.isoformat(), **typed}.items():
        hands.write(name, value)
    hands.send()
    assert hands.here() == f"/lines/{line}", hands.reads()


def published(house: House, act: str, today: date) -> None:
    """Open the protocol and the draft to everybody."""
    secretary, sitting = house.secretary, house.scene.sitting
    for path, day in (
        (f"/sittings/{sitting}/protocol/publication", "on"),
        (f"/acts/{act}/publication", "since"),
    ):
        secretary.go(path)
        secretary.mark("scope", "all")
        secretary.write(day, today.isoformat())
        secretary.write("reason", "Токтом")
        secretary.send()


def reported(house: House) -> None:
    """Begin the union's report of the next year: the point stands in it, and the other side opens none."""
    unionist = house.unionist
    unionist.go("/annual-reports")
    unionist.write("year", "2021")
    unionist.pick("party", house.scene.union.id)
    unionist.send()
    report = unionist.here()
    row = unionist.page.locator("#traces tbody tr")
    assert row.count() == 1
    for figure in (ASKED, RECOMMENDED, ADOPTED, EXECUTED):
        assert figure in row.inner_text()
    for hands in (house.minister, house.secretary, house.chair, house.mayor, house.stranger):
        assert not found(hands, report)


def told_to_everybody(house: House) -> None:
    """Read, without an account, of the point where it began and what became of it."""
    stranger = house.stranger
    stranger.go("/published-acts")
    stranger.press('main a[href="/published-acts/1"]')
    ends = (said("coordination.public.referred"), said("coordination.ruling.dismissed"))
    for told in (REMARK, REFUSAL, *ends):
        assert told in stranger.reads()
    stranger.go("/places")
    stranger.go(f"/places/{BISHKEK}")
    for figure in (ASKED, RECOMMENDED, ADOPTED, EXECUTED):
        assert figure in stranger.reads()


def journal_is_whole(house: House) -> None:
    """Have the chains recomputed on the page of the journal."""
    house.chair.go(f"/sittings/{house.scene.sitting}/journal?verify=yes")
    assert said("journal.broken") not in house.chair.reads()
    assert said("journal.whole.what") in house.chair.reads()


def found(hands: Looking, path: str) -> bool:
    """Tell whether somebody gets a page, and is not told that there is none or asked who he is."""
    answer = hands.page.goto(hands.address + path)
    assert answer
    return answer.status == 200 and hands.here() == path


def step(hands: Looking, act: str, kind: str, *, target: str = "", **typed: str) -> None:
    """Follow the link of a step on the page of the draft, fill its form in and send it."""
    hands.go(f"/acts/{act}")
    chosen = f"?target={target}" if target else ""
    hands.press(f'main a[href^="/acts/{act}/record/{kind}{chosen}"] >> nth=0')
    for name, value in typed.items():
        if hands.page.locator(f'#form [name="{name}"][type="radio"]').count():
            hands.mark(name, value)
        else:
            hands.write(name, value)
    sent(hands)
    assert hands.here() == f"/acts/{act}", hands.reads()


def sent(hands: Looking) -> None:
    """Press the last button of a form, below its rows."""
    hands.press("#form > button.govuk-button >> nth=-1")
