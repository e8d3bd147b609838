"""Public pages: from the day on, to anybody, without names; before it and for all else the one 404."""

import json
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from budgetproto.database import now
from budgetproto.i18n import LANGUAGES, text
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.protocol import service, storage
from budgetproto.protocol.composition import compose
from budgetproto.protocol.delivery.public import for_the_public, names
from budgetproto.protocol.delivery.public_drawing import draw_published
from budgetproto.protocol.delivery.recording import InThePast, ReasonNeeded, record
from budgetproto.protocol.delivery.steps import Publication, Scope
from budgetproto.sittings.domain import NotYours
from tests.journeys.visitor import shown
from tests.protocol.archival import verdicts
from tests.protocol.delivery_samples import issued_2020
from tests.protocol.reading import plain_text
from tests.staged import Staged

FILES = ("/ky.pdf", "/ru.pdf", "/en.pdf", ".json", ".csv")
PAGE = "/published/2020-1"


@pytest.fixture
def issued(staged: Staged) -> Staged:
    service.issue(staged.database, staged.person("secretary").id, staged.finished)
    return staged


def today(staged: Staged) -> date:
    with staged.database.reading() as session:
        return bishkek_day(now(session))


def publish(
    staged: Staged, scope: Scope, *, days: int = 0, login: str = "secretary", reason: str = "Токтом"
) -> None:
    facts = Publication(scope, today(staged) + timedelta(days))
    record(staged.database, staged.person(login).id, staged.finished, facts, reason=reason)


def anybody(staged: Staged, language: str = "en") -> FlaskClient:
    client = staged.app.test_client()
    client.set_cookie("language", language)
    return client


def told(answer: TestResponse) -> tuple[int, str, dict[str, str]]:
    """Return all that an answer tells but the number of the request and the token."""
    headers = {
        name: value for name, value in answer.headers.items() if name not in {"Set-Cookie", "X-Request-Id"}
    }
    return answer.status_code, shown(answer), headers


def test_anybody_reads_all_of_it_from_the_day_on(issued: Staged) -> None:
    publish(issued, "all")
    client = anybody(issued)
    page = client.get(PAGE)
    assert page.status_code == 200
    assert PAGE in client.get("/published").text
    for ending in FILES:
        assert client.get(PAGE + ending).status_code == 200, ending
    document = json.loads(client.get(f"{PAGE}.json").data)
    assert document["fingerprint_of_the_full_protocol"] in page.text


@pytest.mark.poppler
@pytest.mark.parametrize("scope", ["all", "totals"])
def test_no_persons_name_stands_in_any_public_answer(issued: Staged, scope: Scope) -> None:
    publish(issued, scope)
    people = names(issued.protocol().facts)
    assert len(people) > 5
    for language in LANGUAGES:
        client = anybody(issued, language)
        answers = [client.get(path).text for path in ("/published", PAGE)]
        if scope == "all":
            answers += [client.get(PAGE + ending).text for ending in (".json", ".csv")]
            answers.append(plain_text(client.get(f"{PAGE}/{language}.pdf").data))
        for answer in answers:
            assert [name for name in people if name.lower() in answer.lower()] == []


@pytest.mark.parametrize("path", ["", *FILES])
def test_what_is_not_public_is_answered_as_what_does_not_exist(issued: Staged, path: str) -> None:
    client = anybody(issued)
    nowhere = told(client.get(f"/published/2099-9{path}"))
    assert nowhere[0] == 404
    assert told(client.get(PAGE + path)) == nowhere, "never published"
    publish(issued, "all", days=3)
    assert told(client.get(PAGE + path)) == nowhere, "not yet"
    publish(issued, "all")
    publish(issued, "nothing")
    assert told(client.get(PAGE + path)) == nowhere, "withdrawn"
    assert PAGE not in client.get("/published").text


def test_of_totals_there_are_no_files_and_no_lines(issued: Staged) -> None:
    publish(issued, "totals")
    client = anybody(issued, "ru")
    page = client.get(PAGE).text
    for line in issued.protocol().facts.lines:
        assert line.title.ru not in page
    nowhere = told(client.get("/published/2099-9.json"))
    assert told(client.get(f"{PAGE}.json")) == nowhere
    assert [client.get(PAGE + ending).status_code for ending in FILES] == [404] * len(FILES)


@pytest.mark.parametrize("path", ["/published", PAGE, f"{PAGE}.json", f"{PAGE}.csv", f"{PAGE}/ky.pdf"])
def test_who_has_it_is_told_that_it_has_not_changed_until_it_has(issued: Staged, path: str) -> None:
    publish(issued, "all")
    client = anybody(issued)
    client.get(PAGE)
    mark = {"If-None-Match": client.get(path).headers["ETag"]}
    again = client.get(path, headers=mark)
    assert (again.status_code, again.data) == (304, b"")
    publish(issued, "nothing")
    assert client.get(path, headers=mark).status_code in {200, 404}


@pytest.mark.parametrize("path", ["/published", PAGE, f"{PAGE}.json", f"{PAGE}/ky.pdf", "/published/none"])
def test_public_answers_carry_the_security_headers(issued: Staged, path: str) -> None:
    publish(issued, "all")
    headers = anybody(issued).get(path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_decision_on_publication_says_why_and_is_not_made_for_a_day_gone(issued: Staged) -> None:
    with pytest.raises(ReasonNeeded):
        publish(issued, "all", reason=" ")
    with pytest.raises(InThePast):
        publish(issued, "all", days=-1)


@pytest.mark.parametrize("login", ["ministry", "union", "member_2", "analyst", "auditor"])
def test_only_the_secretary_and_the_chair_publish(issued: Staged, login: str) -> None:
    with pytest.raises(NotYours):
        publish(issued, "all", login=login)
    publish(issued, "all", login="chair")
    assert anybody(issued).get(PAGE).status_code == 200


def test_the_chair_publishes_in_the_browser(issued: Staged) -> None:
    chair = issued.visitor("chair", "ru")
    address = f"/sittings/{issued.finished}/protocol/publication"
    with issued.database.reading() as session:
        row = storage.issued(session, issued.finished)
    assert row is not None
    sent = {"protocol": row.id, "scope": "totals", "on": today(issued).isoformat()}
    refused = chair.send(address, **sent)
    assert refused.status_code == 422
    assert text("web.required", "ru") in shown(refused)
    assert chair.send(address, **sent, reason="Чечим № 4").status_code == 303
    assert "Чечим № 4" in shown(chair.get(address))
    assert anybody(issued).get(PAGE).status_code == 200


@pytest.mark.verapdf
def test_the_published_version_is_archival_and_accessible() -> None:
    protocol = compose(for_the_public(issued_2020(), "all"))
    files = {language: draw_published(protocol, "ab" * 32, language) for language in ("ky", "ru")}
    assert set(verdicts(files).values()) == {""}
    assert files["ky"] == draw_published(protocol, "ab" * 32, "ky")
