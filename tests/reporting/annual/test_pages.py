"""A report goes its whole way over the pages: begun, written, closed, approved, filed, heard."""

import io
import re

import pytest
from flask import Flask

from budgetproto.coordination.storage import ActRow
from budgetproto.database import now
from budgetproto.i18n import LANGUAGES, Language
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import report_chain
from budgetproto.journal.domain import sha256_of
from budgetproto.journal.storage import entries
from budgetproto.reporting.annual import storage
from budgetproto.reporting.annual.domain import Value
from budgetproto.transfers.domain import Territory
from budgetproto.transfers.reference import read_reference
from budgetproto.transfers.storage import put_territories
from tests.bodies import stand_all
from tests.coordination.held import make_register
from tests.factories import Scene
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor, said, shown
from tests.reporting.annual.writing import PLACE, Desk, begun, filed, written

#: A raw key on a page.
_KEY = re.compile(r"\bannual\.[a-z_.]+\b")
SESSIONS = "council.sessions"


@pytest.fixture
def places(app: Flask, scene: Scene) -> tuple[Territory, ...]:
    found = tuple(
        each for each in read_reference().territories if each.soate.startswith("41702") and each.level < 4
    )
    with scene.database.writing() as session:
        put_territories(session, found)
    return found


@pytest.fixture
def author(scene: Scene, visit: Visit) -> Visitor:
    stand_all(scene)
    return visit(scene.unionist)


def addresses(desk: Desk) -> list[str]:
    """Return every page of a report that its people may open while they write it."""
    root = f"/annual-reports/{desk.report}"
    return [
        *("/annual-reports", root, f"{root}/by-indicator/{SESSIONS}", f"{root}/people"),
        *(f"{root}/journal", f"{root}/journal?verify=yes"),
        *(
            f"{root}/{part}"
            for part in ("indicators", "indicators/new", "indicators/record", f"indicators/{SESSIONS}")
        ),
        *(
            f"{root}/{part}"
            for part in (f"yardsticks/{SESSIONS}", "sections/summary", "failing/0", "failing/1")
        ),
        *(f"{root}/{part}" for part in ("sums/0", "sums/1", "values", f"values/{PLACE}/2020")),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_whole_in_every_language(
    scene: Scene, places: object, visit: Visit, language: Language
) -> None:
    desk = written(scene)
    visitor = visit(scene.unionist, language=language)
    for address in addresses(desk):
        page = visitor.get(address)
        assert page.status_code == 200, address
        words = re.sub(r"<[^>]+>", " ", page.text.partition("<main")[2])
        assert address != f"/annual-reports/{desk.report}" or (
            said("annual.money.recommended.what", language) in shown(page)
        )
        assert _KEY.findall(words) == [], address
        assert f'<html lang="{language}"' in page.text


def test_a_report_goes_its_whole_way(scene: Scene, places: object, author: Visitor, visit: Visit) -> None:
    begun_at = author.send("/annual-reports", year="2020", party=scene.union.id)
    root = begun_at.headers["Location"]
    author.fill(f"{root}/indicators")
    for key in re.findall(r"/yardsticks/([a-z_.]+)", author.get(f"{root}/indicators").text):
        fixed = author.fill(f"{root}/yardsticks/{key}", base_year="2019", threshold="1", target="10")
        assert fixed.status_code == 303, fixed.text
    for section in ("summary", "legislation", "finance", "vulnerable", "councils", "proposals"):
        author.fill(f"{root}/sections/{section}", words_ky="Сөз", words_ru="Слово")
    author.fill(f"{root}/values/{PLACE}/2019", value_0="3", source="Протоколдор")
    author.fill(f"{root}/values/{PLACE}/2020", value_0="5", value_2="87,5", source="Протоколдор")
    second = {"whom": f"{scene.assistant.id}:{scene.union.id}"}
    assert author.fill(f"{root}/people", **second).status_code == 303
    version = re.search(r'name="seen" value="(\d+)"', author.get(root).text)
    assert version
    assert author.send(f"{root}/close", seen=version[1]).status_code == 303
    other = visit(scene.assistant)
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', other.get(root).text)
    assert digest
    assert other.send(f"{root}/approve", digest=digest[1]).status_code == 303
    assert author.send(f"{root}/file").status_code == 303
    secretary = visit(scene.secretary)
    page = secretary.get(root).text
    assert digest[1] in page
    assert "87,5" in secretary.get(f"{root}/by-indicator/council.published").text


def test_a_file_is_taken_whole_or_told_row_by_row(scene: Scene, places: object, author: Visitor) -> None:
    desk = written(scene)
    root = f"/annual-reports/{desk.report}/values"
    head = "indicator,territory,year,value,source\n"
    good = f"{head}{SESSIONS},{PLACE},2018,4,Протокол\n{SESSIONS},41702205807000,2018,2,Протокол\n"
    bad = f"{head}{SESSIONS},{PLACE},2018,4,x\nno.such,{PLACE},2018,4,x\n{SESSIONS},417,2031,four,x\n"
    seen = desk.version
    refused = author.client.post(f"{root}/import", data=_file(author, root, bad, seen))
    assert refused.status_code == 422
    assert "no.such" in refused.text
    assert "417" in refused.text
    assert desk.version == seen
    assert author.client.post(f"{root}/import", data=_file(author, root, good, seen)).status_code == 303
    assert desk.version == seen + 1
    handed = author.get(f"{root}/template.csv").get_data(as_text=True)
    assert f"{SESSIONS},41702205807000,2018,2,Протокол" in handed
    book = author.get(f"{root}/template.xlsx").data
    again = _file(author, root, "", desk.version) | {"file": (io.BytesIO(book), "values.xlsx")}
    assert author.client.post(f"{root}/import", data=again).status_code == 303


def stands(desk: Desk) -> dict[tuple[str, int], Value]:
    """Return the values of the report by indicator and year."""
    with desk.database.reading() as session:
        return {(row[0], row[2]): storage.value_of(row) for row in storage.values(session, desk.report)}


def happened(desk: Desk) -> list[str]:
    """Return the kinds of events in the report's chain."""
    with desk.database.reading() as session:
        return [each.kind for each in entries(session, report_chain(desk.report))]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_sent_back_as_it_was_handed_out_leaves_every_value_as_it_is(
    scene: Scene, places: object, author: Visitor, ending: str
) -> None:
    desk = written(scene)
    root, before = f"/annual-reports/{desk.report}/values", stands(desk)
    assert {value.origin for value in before.values()} == {"typed", "file"}
    handed = author.get(f"{root}/template.{ending}").data
    sent = _file(author, root, "", desk.version) | {"file": (io.BytesIO(handed), f"values.{ending}")}
    version, told = desk.version, happened(desk)
    again = author.client.post(f"{root}/import", data=sent | {"illustrative": "y"})
    assert again.status_code == 303
    assert stands(desk) == before
    assert (desk.version, happened(desk)) == (version, told)
    assert said("annual.values_unchanged") in shown(author.get(root))


def test_what_a_file_changes_is_of_the_file_and_a_number_that_stays_keeps_its_hand(
    scene: Scene, places: object, author: Visitor
) -> None:
    desk = written(scene)
    root = f"/annual-reports/{desk.report}/values"
    head = "indicator,territory,year,value,source\n"
    rows = f"{SESSIONS},{PLACE},2019,4,Протоколы\n{SESSIONS},{PLACE},2020,5,Реестр\n"
    sent = _file(author, root, head + rows, desk.version)
    assert author.client.post(f"{root}/import", data=sent).status_code == 303
    assert said("annual.values_imported", rows=2) in shown(author.get(root))
    now = stands(desk)
    assert now[SESSIONS, 2019] == Value(4, "file", "Протоколы")
    assert now[SESSIONS, 2020] == Value(5, "typed", "Реестр")


def test_a_source_that_is_changed_alone_is_kept_and_else_is_that_of_the_changed_numbers(
    scene: Scene, places: object, author: Visitor
) -> None:
    desk = written(scene)
    address = f"/annual-reports/{desk.report}/values/{PLACE}/2020"
    assert author.fill(address, source="Реестр").status_code == 303
    now = {key[0]: value for key, value in stands(desk).items() if key[1] == 2020}
    assert {(value.number, value.origin, value.source) for value in now.values()} == {
        (5, "typed", "Реестр"),
        (11, "file", "Реестр"),
    }
    assert author.fill(address, source="Сурам", value_0="6").status_code == 303
    then = {key[0]: value for key, value in stands(desk).items() if key[1] == 2020}
    assert then.pop(SESSIONS) == Value(6, "typed", "Сурам")
    assert list(then.values()) == [Value(11, "file", "Реестр")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_kept_as_it_came_changes_nothing_and_says_so(
    scene: Scene, places: object, visit: Visit, language: Language
) -> None:
    desk = written(scene)
    root, before = f"/annual-reports/{desk.report}/values", (desk.version, happened(desk), stands(desk))
    visitor = visit(scene.unionist, language=language)
    assert visitor.fill(f"{root}/{PLACE}/2019").status_code == 303
    assert (desk.version, happened(desk), stands(desk)) == before
    assert said("annual.values_unchanged", language) in shown(visitor.get(root))


def test_a_form_changes_and_takes_out_in_one_version_and_the_journal_tells_both(
    scene: Scene, places: object, author: Visitor
) -> None:
    desk = written(scene)
    version, before = desk.version, happened(desk)
    root = f"/annual-reports/{desk.report}/values"
    assert author.fill(f"{root}/{PLACE}/2020", value_0="6", value_1="").status_code == 303
    assert {key[0]: value.number for key, value in stands(desk).items() if key[1] == 2020} == {SESSIONS: 6}
    assert desk.version == version + 1
    assert happened(desk)[len(before) :] == ["annual.values_entered", "annual.values_removed"]


def test_a_refused_form_comes_back_filled_in(scene: Scene, places: object, author: Visitor) -> None:
    desk = begun(scene)
    answer = author.fill(
        f"/annual-reports/{desk.report}/indicators/new", key="own one", name_ky="Аталыш", measure="count"
    )
    assert answer.status_code == 422
    assert 'value="own one"' in answer.text
    assert "Аталыш" in answer.text


def test_what_the_service_computes_is_chosen_and_shows_its_rows(
    scene: Scene, places: object, visit: Visit
) -> None:
    make_register(scene).served()
    with scene.database.reading() as session:
        year = bishkek_day(now(session)).year
    author = visit(scene.unionist)
    begun_at = author.send("/annual-reports", year=str(year), party=scene.union.id)
    root = begun_at.headers["Location"]
    assert author.fill(f"{root}/indicators/record", keys=[]).status_code == 422
    kept = author.fill(f"{root}/indicators/record", keys=["record.drafts_touching", "record.acts_bypassed"])
    assert kept.status_code == 303
    page = author.get(root)
    assert "record-drafts" in page.text
    assert said("annual.record.open") in shown(page)
    assert "record.acts_bypassed" not in author.get(f"{root}/indicators/record").text
    refused = author.fill(f"{root}/indicators/record.acts_bypassed", better="more")
    assert refused.status_code == 422
    assert said("annual.defined_by_service") in shown(refused)


def test_rows_name_a_draft_by_its_number_since_a_report_may_be_public_before_the_draft(
    scene: Scene, places: object, visit: Visit
) -> None:
    register = make_register(scene).served()
    with scene.database.reading() as session:
        year = bishkek_day(now(session)).year
        title = session.get_one(ActRow, register.act).draft().title
    author = visit(scene.unionist)
    begun_at = author.send("/annual-reports", year=str(year), party=scene.union.id)
    root = begun_at.headers["Location"]
    author.fill(f"{root}/indicators/record", keys=["record.drafts_touching"])
    page = author.get(root).text
    assert "№ 1</a>" in page
    assert title.ky not in page
    assert title.ru not in page


def test_a_late_threshold_says_so_on_the_page(scene: Scene, places: object, author: Visitor) -> None:
    desk = written(scene)
    address = f"/annual-reports/{desk.report}/yardsticks/{SESSIONS}"
    assert author.fill(address, threshold="2").status_code == 422
    assert author.fill(address, threshold="2", late="Мөөнөт өзгөрдү").status_code == 303
    assert "Мөөнөт өзгөрдү" in author.get(f"/annual-reports/{desk.report}").text


def test_paper_picture_and_text_are_handed_out(scene: Scene, places: object, visit: Visit) -> None:
    desk = filed(scene)
    reader = visit(scene.minister)
    for language in LANGUAGES:
        assert reader.get(f"/annual-reports/{desk.report}/{language}.pdf").data.startswith(b"%PDF-1.7")
    for drawing in ("money", "verdicts"):
        picture = reader.get(f"/annual-reports/{desk.report}/{drawing}.svg")
        assert b"<svg" in picture.data
    with scene.database.reading() as session:
        digest = storage.closed_digest(session, desk.report, 1)
    text = reader.get(f"/annual-reports/{desk.report}/report.json").get_data(as_text=True)
    assert sha256_of(text) == digest


def test_what_became_of_it_is_recorded_on_its_page(scene: Scene, places: object, visit: Visit) -> None:
    desk = filed(scene)
    secretary = visit(scene.secretary)
    steps = f"/annual-reports/{desk.report}/steps"
    early = secretary.fill(steps, kind="heard", on="2020-01-01", body="Комитет")
    assert early.status_code == 422
    with scene.database.reading() as session:
        row = storage.report_row(session, desk.report)
        assert row is not None
        assert row.filed_on is not None
        on = row.filed_on.isoformat()
    assert secretary.fill(steps, kind="submitted", on=on, body="Жогорку Кеңеш").status_code == 303
    asked = secretary.fill(steps, kind="instructed", on=on, body="Министрлик", words="Эсептөө", until=on)
    assert asked.status_code == 303
    assert "Эсептөө" in secretary.get(f"/annual-reports/{desk.report}").text


def test_the_duty_stands_on_the_desk(scene: Scene, places: object, author: Visitor) -> None:
    assert "жылдык доклад" in author.get("/desk").text
    assert "/annual-reports" in author.get("/desk").text


def _file(author: Visitor, root: str, content: str, seen: int) -> dict[str, object]:
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', author.get(root).text)
    assert token
    return {
        "csrf_token": token[1],
        "seen": str(seen),
        "file": (io.BytesIO(content.encode()), "values.csv"),
    }


def test_the_source_of_the_day_has_a_line_of_its_own(places: object, author: Visitor) -> None:
    page = author.get("/annual-reports").text
    assert f'<br><span class="bp-mark">{said("annual.duty.source")}: ' in page


def test_its_own_people_read_its_journal_whole_and_nobody_else_does(scene: Scene, visit: Visit) -> None:
    desk = filed(scene)
    address = f"/annual-reports/{desk.report}/journal"
    author = visit(scene.unionist)
    page = shown(author.get(f"{address}?verify=yes"))
    assert said("journal.whole") in page
    assert (
        said("annual.event.filed", person=scene.unionist.name, year="2020", digest="").split(",")[0] in page
    )
    assert address in author.get(f"/annual-reports/{desk.report}").text
    for person in (scene.secretary, scene.chair, scene.minister, scene.mayor):
        assert visit(person).get(address).status_code == 403
