"""From a draft act to what everybody reads a year later: one point, followed through every mechanism.

A ministry's draft is screened, an association disagrees, appeals and is dismissed; the point becomes a
contested line of a sitting, with its history; the sides file, the committee decides, the protocol is issued
and published; the law and the treasury follow, late and in part; pages and files tell the same of it.
test_from_draft_to_report_in_browser.py goes the same way on pages alone.
"""

import csv
import io
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from budgetproto.accounts.domain import Role
from budgetproto.coordination import happenings as h
from budgetproto.coordination.happenings import Ruling, Stance, Verdict
from budgetproto.database import Database, now
from budgetproto.disputes import service as disputes
from budgetproto.disputes import storage as lines
from budgetproto.disputes.options import service as options
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import act_chain, sitting_chain
from budgetproto.journal.domain import sha256_of
from budgetproto.journal.storage import check
from budgetproto.money import Som
from budgetproto.operations.verification import altered_records
from budgetproto.proceedings import service as proceedings
from budgetproto.proceedings.domain import Outcome
from budgetproto.protocol import service as protocol
from budgetproto.reporting.annual import document, filing
from budgetproto.reporting.annual import service as annual
from budgetproto.reporting.annual.gathering import gathered
from budgetproto.reporting.annual.report import Report
from budgetproto.reporting.annual.storage import ReportRow
from budgetproto.sittings.domain import Stage
from budgetproto.transfers.reference import read_reference
from budgetproto.transfers.storage import put_territories
from tests.coordination.held import Register, make_register
from tests.factories import Scene, file, make_person, make_scene, open_all, settle_terms, start_session
from tests.journeys.conftest import Visit
from tests.journeys.visitor import said, shown
from tests.proceedings.test_cloning import attend, decide
from tests.protocol.reading import plain_text
from tests.reporting.annual.writing import Desk, written

REMARK = (("3-пункт", "Коэффициент сакталсын"),)
#: A thousand soms, in tyiyn.
THOUSAND = 100_000
#: What was asked, recommended, adopted and executed of the point, and the year of its budget.
FIGURES = tuple(Som(each * THOUSAND) for each in (150, 130, 120, 110))
YEAR = 2020
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


def referred(visit: Visit, register: Register) -> str:
    """Make the point a contested line of the sitting, on the page that does it in one step; return its id."""
    scene = register.scene
    typed = {
        "kind": "stimulating_grant",
        "territory": BISHKEK,
        "recurring": "no",
        "base_government": "90",
        "base_government_source": "Долбоор",
        "base_lsg": "150",
        "base_lsg_source": "Пикир",
        "lead_government": scene.ministry.id,
        "lead_lsg": scene.union.id,
    }
    address = f"/acts/{register.act}/remarks/1/refer?sitting={scene.sitting}&measure=amount"
    answer = visit(scene.secretary).fill(address, **typed)
    assert answer.status_code == 303, shown(answer)
    with scene.database.reading() as session:
        return lines.lines(session, scene.sitting)[-1].id


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


def traced(found: Report) -> list[tuple[Som | None, ...]]:
    """Return the four sums that a report has of the point."""
    traces = (trace for year in found.money for trace in year.traces if trace.line == 2)
    return [(each.asked, each.recommended, each.adopted, each.executed) for each in traces]


def in_the_report(visit: Visit, scene: Scene) -> str:
    """Begin the association's report of the point's year, which has the point; nobody else opens it."""
    report = annual.open_report(scene.database, scene.unionist.id, party_id=scene.union.id, year=YEAR)
    address = f"/annual-reports/{report}"
    assert visit(scene.minister).get(address).status_code == 404
    assert visit(scene.secretary).get(address).status_code == 404
    page = visit(scene.unionist).get(address)
    assert page.status_code == 200
    for figure in ("150,0", "130,0", "120,0", "110,0"):
        assert figure in shown(page)
    with scene.database.reading() as session:
        row = session.get_one(ReportRow, report)
        assert traced(gathered(session, row, [scene.unionist.id])) == [FIGURES]
    return report


def filed(visit: Visit, scene: Scene, report: str) -> str:
    """Write the report, close it, have the second person approve and the first file it; return its hash."""
    root = f"/annual-reports/{report}"
    of = (scene.database, scene.unionist.id, report)
    annual.admit(*of, whom=scene.assistant.id, party_id=scene.union.id)
    written(scene, Desk(scene.database, report, scene.unionist.id, scene.assistant.id), year=YEAR)
    author, second = visit(scene.unionist), visit(scene.assistant)
    seen = re.search(r'name="seen" value="(\d+)"', author.get(root).text)
    assert seen
    assert author.send(f"{root}/close", seen=seen[1]).status_code == 303
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', second.get(root).text)
    assert digest
    assert author.send(f"{root}/approve", digest=digest[1]).status_code != 303
    assert second.send(f"{root}/approve", digest=digest[1]).status_code == 303
    assert author.send(f"{root}/file").status_code == 303
    return digest[1]


def stands_filed(visit: Visit, scene: Scene, report: str, digest: str) -> None:
    """Find the point in the filed text, on its page and on paper, as one who had no part in it reads it."""
    root, reader = f"/annual-reports/{report}", visit(scene.minister)
    kept = reader.get(f"{root}/report.json").get_data(as_text=True)
    assert sha256_of(kept) == digest
    assert traced(document.read_report(kept)) == [FIGURES]
    page = reader.get(root)
    assert digest in page.text
    printed = plain_text(reader.get(f"{root}/ky.pdf").data)
    assert digest in printed.replace(" ", "")
    for said_of_it in (shown(page), printed):
        assert re.search(r"150,0\s+130,0\s+120,0\s+110,0", said_of_it)


def compared_the_year_after(visit: Visit, scene: Scene, report: str, digest: str) -> None:
    """Begin the next year's report: it compares itself with the one that was filed."""
    later = annual.open_report(scene.database, scene.unionist.id, party_id=scene.union.id, year=YEAR + 1)
    with scene.database.reading() as session:
        row = session.get_one(ReportRow, report)
        sums = filing.report_of(session, row).sums(YEAR)
        earlier = filing.report_of(session, session.get_one(ReportRow, later)).earlier
    assert earlier is not None
    assert (earlier.year, earlier.digest, earlier.sums) == (YEAR, digest, sums)
    assert sums[0] == Som(2 * 150 * THOUSAND), "both questions were asked the same"
    assert sums[2:] == FIGURES[2:]
    page = visit(scene.unionist).get(f"/annual-reports/{later}")
    assert digest in page.text


@pytest.mark.poppler
def test_a_disagreement_is_followed_from_the_draft_to_the_treasury(
    app: Flask, visit: Visit, register: Register
) -> None:
    scene = register.scene
    with scene.database.reading() as session:
        today = bishkek_day(now(session))
    line = referred(visit, register)
    assert said("referral.origin") in shown(visit(scene.unionist).get(f"/lines/{line}"))
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

    report = in_the_report(visit, scene)
    digest = filed(visit, scene, report)
    stands_filed(visit, scene, report, digest)
    compared_the_year_after(visit, scene, report, digest)

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
