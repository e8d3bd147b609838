"""The other side, another association and strangers get nothing of a sealed position, by any address."""

import re

import pytest
from werkzeug.test import TestResponse

from budgetproto.database import Database
from budgetproto.i18n import Sentence
from budgetproto.journal import ACCESS
from budgetproto.journal.storage import entries
from budgetproto.money import Som
from tests.factories import Scene, end_second_term, file, make_person, open_all, reach_deadline
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor, said, shown

SECRET = Som(61_234_567_890_000)
WRITTEN = "612 345 678,9"
WHY = "Сыр бойдон калуучу негиздеме"
NOWHERE = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def sealed(scene: Scene) -> Scene:
    """Make a sitting in which the union has filed on the first line."""
    file(scene, scene.union, figure=SECRET, rationale=WHY)
    return scene


def addresses(scene: Scene, line: str) -> list[str]:
    party = scene.union.id
    return [f"/lines/{line}/{page}?party={party}" for page in ("position", "receipt", "receipt.json")]


def without_token(page: TestResponse) -> str:
    return re.sub(r'value="[^"]*"', "", page.text)


def denials(database: Database, person: str) -> list[object]:
    with database.reading() as session:
        told = [
            entry.values() for entry in entries(session, ACCESS) if entry.kind == "accounts.access_denied"
        ]
    return [each["asked"] for each in told if each["person"] == person]


def test_the_author_sees_his_own_position(visit: Visit, sealed: Scene) -> None:
    page = shown(visit(sealed.unionist).get(f"/lines/{sealed.lines[0]}"))
    assert WRITTEN in page
    assert WHY in page


@pytest.mark.parametrize("who", ["minister", "doctor", "mayor", "secretary", "chair", "outsider"])
def test_a_guessed_address_answers_like_one_that_does_not_exist(
    visit: Visit, sealed: Scene, who: str
) -> None:
    visitor = visit(getattr(sealed, who))
    visitor.get("/")  # the first page of a browser gets its token
    for guessed, unknown in zip(addresses(sealed, sealed.lines[0]), addresses(sealed, NOWHERE), strict=True):
        found, missing = visitor.get(guessed), visitor.get(unknown)
        assert (found.status_code, missing.status_code) == (404, 404)
        assert without_token(found) == without_token(missing)
        assert set(found.headers.keys()) == set(missing.headers.keys())


@pytest.mark.parametrize("who", ["minister", "mayor", "outsider"])
def test_filing_for_another_party_is_unknown(visit: Visit, sealed: Scene, who: str) -> None:
    answer = visit(getattr(sealed, who)).send(
        f"/lines/{sealed.lines[0]}/position?party={sealed.union.id}",
        act="file",
        figure="1",
        vulnerable="none",
    )
    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["minister", "mayor", "outsider"])
def test_the_attempt_is_in_the_access_chain(
    visit: Visit, sealed: Scene, who: str, sqlite_database: Database
) -> None:
    person = getattr(sealed, who)
    visit(person).get(addresses(sealed, sealed.lines[0])[0])
    asked = denials(sqlite_database, person.id)
    assert asked == (["sittings.sitting"] if who == "outsider" else ["disputes.position"])


def test_the_secretary_reads_the_attempt_as_a_sentence(visit: Visit, sealed: Scene) -> None:
    visit(sealed.minister).get(addresses(sealed, sealed.lines[0])[0])
    told = shown(visit(sealed.secretary).get("/journal/access?verify=yes"))
    asked = Sentence("accounts.asked.disputes.position")
    name = sealed.minister.name
    assert said("accounts.event.access_denied", person=name, asked=asked, times=0) in told


@pytest.mark.parametrize("who", ["minister", "doctor", "mayor", "secretary", "chair"])
def test_no_page_holds_anything_of_a_sealed_position(visit: Visit, sealed: Scene, who: str) -> None:
    visitor = visit(getattr(sealed, who))
    for address in (
        f"/sittings/{sealed.sitting}",
        f"/lines/{sealed.lines[0]}",
        f"/sittings/{sealed.sitting}/journal",
    ):
        page = visitor.get(address)
        assert page.status_code == 200
        assert WHY not in page.text
        assert WRITTEN not in shown(page)


@pytest.mark.parametrize("who", ["minister", "mayor"])
def test_no_page_moves_when_the_other_side_files(visit: Visit, scene: Scene, who: str) -> None:
    visitor = visit(getattr(scene, who))
    pages = [f"/sittings/{scene.sitting}", f"/lines/{scene.lines[0]}", f"/sittings/{scene.sitting}/journal"]
    before = [_still(visitor.get(page)) for page in pages]
    file(scene, scene.union, figure=SECRET, rationale=WHY)
    assert [_still(visitor.get(page)) for page in pages] == before


def test_only_the_secretary_sees_who_has_filed(visit: Visit, sealed: Scene) -> None:
    filed, address = f">{said('disputes.filed.yes')}<", f"/sittings/{sealed.sitting}"
    assert visit(sealed.secretary).get(address).text.count(filed) == 1
    for other in (sealed.minister, sealed.chair):
        assert filed not in visit(other).get(address).text


def test_a_delegate_reads_his_own_chain_and_no_other_before_the_opening(visit: Visit, sealed: Scene) -> None:
    own = shown(visit(sealed.unionist).get(f"/sittings/{sealed.sitting}/journal"))
    assert said("journal.of_party", party=sealed.union.name) in own
    for other in (sealed.ministry, sealed.health, sealed.cities):
        assert said("journal.of_party", party=other.name) not in own
    assert said("journal.of_party", party=sealed.union.name) not in shown(
        visit(sealed.chair).get(f"/sittings/{sealed.sitting}/journal")
    )


def test_after_the_opening_everybody_of_the_sitting_sees_both_sides(visit: Visit, sealed: Scene) -> None:
    file(sealed, sealed.ministry, figure=Som(0))
    open_all(sealed)
    for person in (sealed.minister, sealed.mayor, sealed.chair):
        page = shown(visit(person).get(f"/lines/{sealed.lines[0]}"))
        assert WRITTEN in page
        assert WHY in page
    assert visit(sealed.outsider).get(f"/lines/{sealed.lines[0]}").status_code == 404


def test_a_line_with_one_side_stays_closed_after_the_opening(visit: Visit, sealed: Scene) -> None:
    reach_deadline(sealed)
    secretary, minister = visit(sealed.secretary), visit(sealed.minister)
    assert secretary.send(f"/sittings/{sealed.sitting}/open").status_code == 303
    pages = {
        f"/sittings/{sealed.sitting}": "disputes.status.closed",
        f"/lines/{sealed.lines[0]}": "disputes.sealed",
    }
    for page, key in pages.items():
        assert WRITTEN not in shown(minister.get(page))
        assert said(key) in shown(minister.get(page))
    end_second_term(sealed)
    assert secretary.send(f"/sittings/{sealed.sitting}/open").status_code == 303
    page = shown(minister.get(f"/lines/{sealed.lines[0]}"))
    assert WRITTEN in page
    assert said("disputes.no_position") in page


def test_the_journal_tells_no_entries_of_another_party_while_a_line_is_closed(
    visit: Visit, sealed: Scene
) -> None:
    reach_deadline(sealed)
    visit(sealed.secretary).send(f"/sittings/{sealed.sitting}/open")
    address = f"/sittings/{sealed.sitting}/journal?verify=yes"
    assert said("journal.sealed") in shown(visit(sealed.minister).get(address))
    end_second_term(sealed)
    visit(sealed.secretary).send(f"/sittings/{sealed.sitting}/open")
    assert said("journal.sealed") not in shown(visit(sealed.minister).get(address))


def test_only_who_may_give_an_opinion_is_offered_the_form(visit: Visit, sealed: Scene) -> None:
    reach_deadline(sealed)
    visit(sealed.secretary).send(f"/sittings/{sealed.sitting}/open")
    address, asked = f"/sittings/{sealed.sitting}/opinions", 'name="opinion_ky"'
    assert asked in visit(sealed.unionist).get(address).text
    assert asked not in visit(sealed.secretary).get(address).text


def test_a_stranger_is_sent_to_the_log_in_page_and_back(visit: Visit, scene: Scene) -> None:
    visitor = visit(make_person(scene.database))
    visitor.client.post("/log-out", data={"csrf_token": _token(visitor)})
    answer = visitor.get(f"/lines/{scene.lines[0]}")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/log-in?next=/lines/{scene.lines[0]}"


def _token(visitor: Visitor) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', visitor.get("/").text)
    assert found
    return found[1]


def _still(page: TestResponse) -> str:
    """Return a page without its token and without the clock's minutes."""
    return re.sub(r'"bp-remaining">[^<]*', "", without_token(page))
