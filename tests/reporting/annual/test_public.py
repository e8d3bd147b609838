"""A filed report is public when its own association says so; nobody else decides, and no draft is told of."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from budgetproto.accounts.storage import people_names
from budgetproto.coordination.public.domain import Scope
from budgetproto.coordination.public.service import PublicationInThePast, PublicationUnexplained
from budgetproto.database import Database, now
from budgetproto.demonstration.annual import stage_annual
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n import LANGUAGES
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import report_chain
from budgetproto.journal.domain import sha256_of
from budgetproto.journal.storage import entries
from budgetproto.reporting.annual import filing, service
from budgetproto.reporting.annual.public import service as public
from budgetproto.reporting.annual.public.storage import ReportPublicationRow
from budgetproto.reporting.annual.steps import Step
from budgetproto.reporting.annual.verifying import altered
from budgetproto.sittings.domain import Stage
from tests.bodies import stand_all
from tests.factories import Scene, make_scene
from tests.journeys.conftest import Visit
from tests.reporting.annual.writing import Desk, filed, written
from tests.staged import Staged

#: A raw key on a page.
_KEY = re.compile(r"\b(?:annual|delivery)\.[a-z_.]+\b")
SESSIONS = "council.sessions"


@pytest.fixture
def desk(database: Database) -> Desk:
    """Make a filed report, on both databases."""
    return filed(make_scene(database, lines=1, stage=Stage.IN_SESSION))


def decide(desk: Desk, scope: Scope, *, days: int = 0, reason: str = "Чечим", by: str = "") -> None:
    with desk.database.reading() as session:
        since = bishkek_day(now(session)) + timedelta(days)
    public.publish(desk.database, by or desk.author, desk.report, scope, since=since, reason=reason)


def is_public(desk: Desk) -> bool:
    with desk.database.reading() as session:
        listed = desk.report in {each.id for each in public.public_reports(session)}
        try:
            public.public_report(session, desk.report)
        except Unknown:
            assert not listed
            return False
    assert listed
    return True


def test_nothing_is_public_until_the_association_says_so_and_nothing_after_it_withdraws(desk: Desk) -> None:
    assert not is_public(desk)
    decide(desk, "all")
    assert is_public(desk)
    decide(desk, "nothing")
    assert not is_public(desk)


def test_a_report_is_public_from_the_day_that_was_decided(desk: Desk) -> None:
    decide(desk, "all", days=1)
    assert not is_public(desk)


def test_neither_secretariat_nor_chair_nor_government_decides(database: Database) -> None:
    scene = make_scene(database, lines=1, stage=Stage.IN_SESSION)
    desk = filed(scene)
    for person in (scene.secretary, scene.chair, scene.minister, scene.outsider):
        with pytest.raises(NotPermitted):
            decide(desk, "all", by=person.id)
    assert not is_public(desk)


def test_a_decision_says_why_and_is_not_about_the_past(desk: Desk) -> None:
    with pytest.raises(PublicationUnexplained):
        decide(desk, "all", reason=" ")
    with pytest.raises(PublicationInThePast):
        decide(desk, "all", days=-1)


def test_a_report_that_is_not_filed_can_not_be_published(database: Database) -> None:
    scene = make_scene(database, lines=1, stage=Stage.IN_SESSION)
    desk = written(scene)
    with pytest.raises(NotPermitted):
        decide(desk, "all")
    with pytest.raises(Unknown):
        decide(desk, "all", by=scene.secretary.id)


def test_each_decision_stays_is_told_in_the_chain_and_a_change_behind_it_is_found(desk: Desk) -> None:
    decide(desk, "all", reason="Угууга чейин")
    decide(desk, "nothing", reason="Кат келди")
    with desk.database.reading() as session:
        _, decisions = public.decided(session, desk.second, desk.report)
        told = [
            each.values()["reason"]
            for each in entries(session, report_chain(desk.report), kind="annual.publication_set")
        ]
        assert list(altered(session)) == []
    assert [each.reason for each in decisions] == told == ["Угууга чейин", "Кат келди"]
    table = "annual_publication"
    for statement in (f"UPDATE {table} SET scope = 'all'", f"DELETE FROM {table}"):
        with pytest.raises(sa.exc.DBAPIError), desk.database.writing() as session:
            session.connection().exec_driver_sql(statement)


def test_a_row_that_was_put_in_past_the_service_is_found(desk: Desk) -> None:
    with desk.database.writing() as session:
        session.add(
            ReportPublicationRow(
                report=desk.report,
                number=1,
                scope="all",
                since=bishkek_day(now(session)),
                reason="—",
                party="",
                person="",
                at=now(session),
            )
        )
    with desk.database.reading() as session:
        assert [each.key for each in altered(session)] == ["annual.altered"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_reads_a_public_report_whole(app: Flask, scene: Scene, language: str) -> None:
    desk = filed(scene)
    decide(desk, "all")
    reader = app.test_client()
    reader.set_cookie("language", language)
    root = f"/published-reports/{desk.report}"
    assert root in reader.get("/published-reports").text
    for address in ("/published-reports", root, f"{root}/by-indicator/{SESSIONS}"):
        page = reader.get(address)
        assert page.status_code == 200, address
        words = re.sub(r"<[^>]+>", " ", page.text.partition("<main")[2])
        assert _KEY.findall(words) == [], address
        assert "/annual-reports/" not in page.text.partition("<main")[2], address
    assert reader.get(f"{root}/{language}.pdf").data.startswith(b"%PDF-1.7")
    assert reader.get(f"{root}/verdicts.svg").data.startswith(b"<?xml")
    text = reader.get(f"{root}/report.json").get_data(as_text=True)
    assert sha256_of(text) in reader.get(root).text


def test_what_is_not_public_is_answered_like_what_there_is_not(app: Flask, scene: Scene) -> None:
    stand_all(scene)
    draft = service.open_report(scene.database, scene.unionist.id, party_id=scene.union.id, year=2019)
    closed = filed(scene).report
    reader = app.test_client()
    for part in ("", f"/by-indicator/{SESSIONS}", "/ky.pdf", "/report.json", "/verdicts.svg"):
        answers = {
            (page.status_code, page.text.replace(report, ""))
            for report in (draft, closed, "nowhere")
            for page in (reader.get(f"/published-reports/{report}{part}"),)
        }
        assert {status for status, _ in answers} == {404}, part
        assert len({re.sub(r'value="[^"]*"|nonce="[^"]*"', "", text) for _, text in answers}) == 1, part
    assert draft not in reader.get("/published-reports").text


def test_the_association_publishes_on_a_page_and_is_told_of_an_empty_reason(
    scene: Scene, visit: Visit
) -> None:
    desk = filed(scene)
    author = visit(scene.unionist)
    address = f"/annual-reports/{desk.report}/publication"
    assert address in author.get(f"/annual-reports/{desk.report}").text
    with scene.database.reading() as session:
        today = bishkek_day(now(session)).isoformat()
    refused = author.send(address, scope="all", since=today, reason="")
    assert refused.status_code == 422
    assert f'value="{today}"' in refused.text
    assert not is_public(desk)
    assert author.send(address, scope="all", since=today, reason="Баарына").status_code == 303
    assert is_public(desk)
    assert "Баарына" in author.get(address).text
    assert address not in visit(scene.secretary).get(f"/annual-reports/{desk.report}").text


def test_the_name_of_who_recorded_a_step_is_not_told_to_the_public(desk: Desk, database: Database) -> None:
    with database.reading() as session:
        today = bishkek_day(now(session))
        name = people_names(session, [desk.author])[desk.author].ky
    step = Step("submitted", today, body="Комитет", words=f"Тапшырган: {name}")
    filing.record_step(database, desk.author, desk.report, step)
    decide(desk, "all")
    with database.reading() as session:
        found = public.public_report(session, desk.report)
    assert found.steps[0].body == "Комитет"
    assert name not in found.steps[0].words


def test_questions_of_the_record_are_named_to_the_public_and_lead_to_no_sitting(kept: Staged) -> None:
    report = stage_annual(kept.database, kept.collecting)
    reader = kept.app.test_client()
    page = reader.get(f"/published-reports/{report}").text.partition("<main")[2]
    assert 'id="traces"' in page
    assert "/sittings/" not in page
