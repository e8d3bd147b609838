"""A secretary prepares a sitting with nothing but the browser."""

import re
from datetime import UTC, datetime, timedelta

from flask import Flask

from budgetproto.accounts.domain import Person
from budgetproto.accounts.storage import parties
from budgetproto.disputes import storage as disputes
from budgetproto.i18n.formatting import BISHKEK
from budgetproto.sittings import storage, terms_storage
from budgetproto.sittings.domain import Stage
from tests.factories import Scene, make_person, make_scene
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor, shown, started
from tests.staged import Staged

LATER = (datetime.now(UTC) + timedelta(days=5)).astimezone(BISHKEK)


def preparing(scene: Scene) -> Scene:
    return make_scene(scene.database, key=scene.key, stage=Stage.PREPARING, terms=False)


def test_a_body_is_entered_invited_put_first_and_taken_off(visit: Visit, scene: Scene) -> None:
    mine = preparing(scene)
    visitor = visit(mine.secretary)
    body = {"side": "lsg", "name_ky": "Айыл өкмөттөрүнүн биримдиги", "name_ru": "", "name_en": ""}
    assert visitor.fill("/parties/new", **body, key="Айыл").status_code == 422
    assert visitor.fill("/parties/new", **body, key="aiyl-union").status_code == 303
    with mine.database.reading() as session:
        made = next(party.id for party in parties(session) if party.key == "aiyl-union")
    page = f"/sittings/{mine.sitting}/parties"
    assert visitor.fill(page, party=made).status_code == 303
    for _ in range(4):
        visitor.send(f"{page}/move", party=made, where="up")
    first = re.search(r"<tbody.*?</tr>", visitor.get(page).text, re.DOTALL)
    assert first
    assert "Айыл өкмөттөрүнүн биримдиги" in first[0]
    assert visitor.send(f"{page}/remove", party=made).status_code == 303
    assert visitor.send(f"{page}/remove", party=mine.union.id).status_code == 422


def test_a_later_deadline_is_told_to_both_sides(visit: Visit, scene: Scene) -> None:
    visitor = visit(scene.secretary)
    page = f"/sittings/{scene.sitting}/deadline"
    later = {"deadline_day": LATER.date().isoformat(), "deadline_time": "18:00"}
    assert visitor.fill(page, **later, reason="").status_code == 422
    assert visitor.fill(page, **later, reason="Долбоор кечикти").status_code == 303
    for person in (scene.minister, scene.unionist):
        assert "Долбоор кечикти" in shown(visit(person).get(f"/sittings/{scene.sitting}"))
    assert visit(scene.unionist).get(page).status_code == 403


def test_the_identity_form_starts_with_what_stands(visit: Visit, scene: Scene) -> None:
    mine = preparing(scene)
    visitor = visit(mine.secretary)
    page = visitor.get(f"/sittings/{mine.sitting}/edit")
    assert visitor.fill(f"/sittings/{mine.sitting}/edit", place_ru="г. Ош").status_code == 303
    with mine.database.reading() as session:
        row = storage.sitting_row(session, mine.sitting)
        assert row is not None
        assert (row.place_ru, row.draft_reference) == ("г. Ош", "6-7123/20")
    stale = visitor.fill_stale(page, f"/sittings/{mine.sitting}/edit", place_ru="г. Талас")
    assert stale.status_code == 409


def test_a_question_is_withdrawn_with_a_reason_and_restored(visit: Visit, scene: Scene) -> None:
    mine = preparing(scene)
    visitor = visit(mine.secretary)
    assert visitor.fill(f"/lines/{mine.lines[0]}/withdraw", reason="Макулдашылды").status_code == 303
    page = shown(visitor.get(f"/sittings/{mine.sitting}"))
    assert "Макулдашылды" in page
    assert "Макулдашылды" in shown(visit(mine.unionist).get(f"/lines/{mine.lines[0]}"))
    assert visitor.get(f"/lines/{mine.lines[0]}/edit").status_code in {403, 404, 422}
    sent = visitor.send(f"/sittings/{mine.sitting}/lines/restore", line=mine.lines[0])
    assert sent.status_code == 303


def test_rows_of_sources_come_and_go_and_the_sum_is_shown_before_it_counts(
    visit: Visit, scene: Scene
) -> None:
    mine = preparing(scene)
    visitor = visit(mine.secretary, language="en")
    address = f"/sittings/{mine.sitting}/terms"
    typed = {
        **{"name_ky_1": "Резерв", "amount_1": "1 000,0", "year_1": "2020"},
        **{"name_ky_2": "Кошумча", "amount_2": "234,5", "year_2": "2020", "lsg_figure": "lead"},
    }
    page = visitor.fill(address, **typed, act="preview")
    assert "Sum of the sources: 1,234.5 thousand soms" in shown(page)
    page = visitor.fill_stale(page, address, act="drop-1")
    left = started(page)
    assert (left["name_ky_1"], left["amount_1"], left["rows"]) == ("Кошумча", "234,5", "2")
    with mine.database.reading() as session:
        assert terms_storage.latest_terms(session, mine.sitting) is None
    assert visitor.fill_stale(page, address).status_code == 303


def test_next_years_sitting_is_made_in_the_browser(staged: Staged) -> None:
    visitor = staged.visitor("secretary", "ru")
    address = f"/sittings/{staged.finished}/clone"
    page = visitor.get(address)
    start = started(page)
    assert start["budget_year"] == "2021"
    assert "2021" in start["number"]
    assert "347 538,5" in shown(page)
    ticked = re.findall(r'name="line" value="(\w+)" checked', page.text)
    fields = {name: value for name, value in start.items() if name != "line"}
    none = visitor.client.post(address, data={**fields, "line": ticked, "act": "none"})
    assert 'name="line" value' in none.text
    assert " checked" not in none.text.partition('id="offered"')[2].partition("</table>")[0]
    refused = visitor.client.post(address, data=fields)
    assert refused.status_code == 422
    made = visitor.client.post(address, data={**fields, "line": ticked[:2]})
    assert made.status_code == 303
    new = made.headers["Location"]
    assert "№ " in shown(visitor.get(new))
    with staged.database.reading() as session:
        first = disputes.lines(session, new.rpartition("/")[2])[0]
    card = visitor.get(f"/lines/{first.id}")
    assert f'href="/lines/{ticked[0]}"' in card.text
    assert "2020-1, № 1»" in shown(card)
    propose = visitor.get(f"{new}/mandates").text
    link = re.search(r'href="([^"]*/mandates\?person=[^"]+)"', propose)
    assert link
    form = started(visitor.get(link[1].replace("&amp;", "&")))
    assert form["login"]
    assert (form["paper_ky"], form["valid_from"]) == ("", "")
    assert "Форма заполнена по условиям прежнего заседания" in shown(visitor.get(f"{new}/terms"))


def test_what_became_of_a_question_is_entered_in_the_browser(staged: Staged) -> None:
    visitor = staged.visitor("secretary", "ru")
    with staged.database.reading() as session:
        line = disputes.lines(session, staged.finished)[0]
    address = f"/lines/{line.id}/follow-up"
    assert visitor.fill(address, kind="executed", figure="12,5", source="").status_code == 422
    told = {"kind": "executed", "figure": "12,5", "source": "Казначейство", "reason": "Отчёт исправлен"}
    assert visitor.fill(address, **told).status_code == 422
    assert visitor.fill(address, **told, on="2021-02-01").status_code == 303
    assert "12,5" in shown(visitor.get(f"/lines/{line.id}"))
    assert staged.visitor("union").get(address).status_code == 403


def test_a_delegate_is_revoked_in_the_browser(app: Flask, visit: Visit, scene: Scene) -> None:
    mine = preparing(scene)
    address = f"/sittings/{mine.sitting}/mandates/revoke?person={mine.mayor.id}&party={mine.cities.id}"
    assert Visitor(app, _administrator(mine)).get(address).status_code == 404
    assert visit(mine.secretary).fill(address, reason="Кызматтан кетти").status_code == 303
    assert visit(mine.mayor).get(f"/sittings/{mine.sitting}").status_code == 404
    assert visit(mine.secretary).get(address).status_code == 404


def _administrator(scene: Scene) -> Person:
    return make_person(scene.database)
