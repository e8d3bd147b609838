"""From a draft act to what everybody reads a year later: one point, followed through every mechanism.

A ministry's draft is screened, an association disagrees, appeals and is dismissed; the point becomes a
contested line of a sitting, with its history; the sides file, the committee decides, the protocol is issued
and published; the law and the treasury follow, late and in part; pages and files tell the same of it.
"""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from budgetproto.accounts.domain import Role
from budgetproto.coordination import happenings as h
from budgetproto.coordination.happenings import Ruling, Stance, Verdict
from budgetproto.database import Database, now
from budgetproto.disputes import service as disputes
from budgetproto.disputes.lines import entering
from budgetproto.disputes.options import service as options
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.i18n import Named
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import act_chain, sitting_chain
from budgetproto.journal.storage import check
from budgetproto.money import Som
from budgetproto.operations.verification import altered_records
from budgetproto.proceedings import service as proceedings
from budgetproto.proceedings.domain import Outcome
from budgetproto.protocol import service as protocol
from budgetproto.sittings.domain import Stage
from budgetproto.transfers.reference import read_reference
from budgetproto.transfers.storage import put_territories
from tests.coordination.held import Register, make_register
from tests.factories import Scene, file, make_person, make_scene, open_all, settle_terms, start_session
from tests.journeys.conftest import Visit
from tests.journeys.visitor import said, shown
from tests.proceedings.test_cloning import attend, decide
from tests.stated import line_text

REMARK = (("3-пункт", "Коэффициент сакталсын"),)
#: A thousand soms, in tyiyn.
THOUSAND = 100_000
BISHKEK = "41711000000000"
ANALYST = frozenset({Role.ANALYST})


@pytest.fixture
def scene(sqlite_database: Database, seal_key: SealKey) -> Scene:
    """Make a sitting in preparation, with one question of its own, in a country with its places."""
    with sqlite_database.writing() as session:
        put_territories(session, read_reference().territories)
    return make_scene(sqlite_database, key=seal_key, lines=1, terms=False, stage=Stage.PREPARING)


@pytest.fixture
def register(scene: Scene) -> Register:
    """Bring a draft up to an appeal that was dismissed."""
    made = make_register(scene).served()
    made.record(scene.unionist, h.Opined(scene.union.id, Stance.DISAGREES, "Каршыбыз", REMARK))
    made.record(scene.minister, h.Answered(1, Verdict.REJECTED, "Каражат жок"))
    made.record(scene.unionist, h.Stood(scene.union.id, 1, insists=True, why="Убада берилген"))
    made.record(scene.secretary, h.Met("Эки тарап", "Макулдашылган жок"))
    made.record(scene.unionist, h.Appealed(scene.union.id, "Премьер-министр", "1-эскертүү"))
    made.record(scene.secretary, h.Ruled(1, Ruling.DISMISSED, "Негизсиз"))
    return made


def referred(register: Register) -> str:
    """Enter the point as a contested line of the sitting, and say so in the register; return its id."""
    scene = register.scene
    text = line_text(
        title=Named("Теңдөө коэффициенти", "Коэффициент выравнивания"),
        government=Som(90 * THOUSAND),
        lsg=Som(150 * THOUSAND),
        lead_government=scene.ministry.id,
        lead_lsg=scene.union.id,
    )
    line = entering.add_line(
        scene.database, scene.secretary.id, scene.sitting, replace(text, territory=BISHKEK)
    )
    register.record(scene.secretary, h.Referred(1, scene.sitting, line))
    return line


def held(scene: Scene, line: str) -> Scene:
    """Hold the sitting: terms, positions, opening, option, votes, decisions, protocol, publication in all."""
    whole = replace(scene, lines=(*scene.lines, line))
    settle_terms(whole)
    disputes.start_collecting(scene.database, scene.key, scene.secretary.id, scene.sitting)
    for place in range(2):
        file(whole, scene.ministry, line=place, figure=Som(90 * THOUSAND))
        file(whole, scene.union, line=place, figure=Som(150 * THOUSAND))
    open_all(whole)
    options.publish_option(scene.database, scene.secretary.id, scene.sitting)
    start_session(whole)
    attend(whole)
    decide(whole, 0, Outcome.NOT_AGREED, None)
    decide(whole, 1, Outcome.PARTLY_AGREED, Som(130 * THOUSAND))
    proceedings.close_session(scene.database, scene.secretary.id, scene.sitting)
    protocol.issue(scene.database, scene.secretary.id, scene.sitting)
    return whole


def followed(visit: Visit, scene: Scene, line: str, today: date) -> None:
    """Name the owner, enter the law, correct it, enter the treasury: each on its page, by whose it is."""
    secretary, analyst = visit(scene.secretary), visit(make_person(scene.database, roles=ANALYST))
    due = (today - timedelta(1)).isoformat()
    typed = {"owner_ky": "Финансы министрлиги", "due": due, "reading": "2", "party": scene.ministry.id}
    assert secretary.fill(f"/lines/{line}/assignment", **typed).status_code == 303
    assert said("following.duty.overdue") in shown(visit(scene.minister).get("/desk"))
    law = {"kind": "adopted", "figure": "125", "on": today.isoformat(), "source": "Мыйзам", "article": "5"}
    address = f"/lines/{line}/follow-up"
    assert secretary.fill(address, **law).status_code == 303
    assert secretary.fill(address, **law | {"figure": "120"}).status_code == 422
    assert secretary.fill(address, **law | {"figure": "120", "reason": "Тиркеме"}).status_code == 303
    paid = {"kind": "executed", "figure": "110", "on": today.isoformat(), "source": "Казына"}
    assert analyst.fill(address, **paid).status_code == 303


def opened_to_everybody(visit: Visit, register: Register, today: date) -> None:
    """Publish the protocol and the draft, each on its page."""
    scene, since = register.scene, today.isoformat()
    secretary = visit(scene.secretary)
    for address, day in (
        (f"/sittings/{scene.sitting}/protocol/publication", "on"),
        (f"/acts/{register.act}/publication", "since"),
    ):
        typed = {"scope": "all", day: since, "reason": "Токтом"}
        assert secretary.fill(address, **typed).status_code == 303


def test_a_disagreement_is_followed_from_the_draft_to_the_treasury(
    app: Flask, visit: Visit, register: Register
) -> None:
    scene = register.scene
    with scene.database.reading() as session:
        today = bishkek_day(now(session))
    line = referred(register)
    held(scene, line)
    followed(visit, scene, line, today)

    page = shown(visit(scene.chair).get(f"/sittings/{scene.sitting}/promises"))
    for figure in ("130,0", "120,0", "110,0", "−10,0", "−20,0"):
        assert figure in page
    rows = list(
        csv.DictReader(
            io.StringIO(visit(scene.chair, language="en").get("/promises.csv").data.decode("utf-8-sig"))
        )
    )
    mine = next(row for row in rows if row["Owner"] == "Финансы министрлиги")
    assert mine["State of the assignment"] == said("following.duty.late", "en")
    assert mine["Article or annex"] == "5"

    stranger = app.test_client()
    assert stranger.get("/published-acts/1").status_code == 404
    assert "150,0" not in shown(stranger.get(f"/places/{BISHKEK}"))
    opened_to_everybody(visit, register, today)
    place = shown(stranger.get(f"/places/{BISHKEK}"))
    for figure in ("150,0", "130,0", "120,0", "110,0"):
        assert figure in place
    told = shown(stranger.get("/published-acts/1"))
    assert said("coordination.public.referred") in told
    assert said("coordination.ruling.dismissed") in told
    with scene.database.reading() as session:
        assert check(session, act_chain(register.act)) is None
        assert check(session, sitting_chain(scene.sitting)) is None
        assert list(altered_records(session)) == []
