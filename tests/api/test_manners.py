"""How every resource answers: problems as RFC 9457 says, lists page by page, nothing unknown is taken."""

from collections.abc import Iterator
from typing import Any

import pytest
from marshmallow import fields

from budgetproto.accounts import tokens
from budgetproto.accounts.scopes import Scope
from budgetproto.accounts.token_terms import TokenTerms
from budgetproto.i18n.catalogue import pattern
from budgetproto.transfers.domain import oblast_code
from budgetproto.web.api.shapes import Shape
from tests.api.conftest import Programs
from tests.api.program import Program
from tests.factories import make_person
from tests.staged import Staged


@pytest.fixture(scope="module")
def analyst(programs: Programs) -> Program:
    return programs("analyst")


def test_without_a_token_nobody_reads_and_is_told_how(kept: Staged) -> None:
    answer = kept.app.test_client().get("/api/v1/territories")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert answer.content_type.startswith("application/problem+json")
    assert answer.get_json()["key"] == "accounts.token_wrong"


def test_a_cookie_is_no_token(kept: Staged) -> None:
    browser = kept.visitor("analyst").client
    assert browser.get("/account").status_code == 200
    answer = browser.get("/api/v1/sittings")
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (401, False)


def test_a_token_is_for_its_scopes_alone(kept: Staged) -> None:
    person = kept.person("analyst")
    program = Program(kept.app, kept.database, person, frozenset({Scope.TRANSFERS}))
    assert program.get("/territories").status_code == 200
    refused = program.get("/sittings")
    assert (refused.status_code, refused.get_json()["key"]) == (403, "accounts.token_other_scope")


def test_a_program_is_told_in_the_language_it_asks_for(analyst: Program) -> None:
    told = {code: analyst.get("/nothing", Accept_Language=code).get_json()["title"] for code in ("ky", "ru")}
    assert told == {"ky": "Барак табылган жок", "ru": "Страница не найдена"}


def test_a_page_that_is_missing_stays_a_page(kept: Staged) -> None:
    assert kept.app.test_client().get("/nothing").content_type.startswith("text/html")


def test_another_method_names_those_there_are(kept: Staged) -> None:
    answer = kept.app.test_client().put("/api/v1/territories")
    assert (answer.status_code, "GET" in answer.headers["Allow"]) == (405, True)


@pytest.mark.parametrize(
    ("asked", "field", "key"),
    [
        ("colour=red", "colour", "api.fault.unknown"),
        ("level=5", "level", "api.fault.range"),
        ("level=٤", "level", "api.fault.whole"),
        ("limit=0", "limit", "api.fault.range"),
        ("limit=201", "limit", "api.fault.range"),
        ("limit=1&limit=2", "limit", "api.fault.twice"),
        ("parent=41", "parent", "api.fault.form"),
        ("self_governing=yes", "self_governing", "api.fault.yes_no"),
        ("words=%07", "words", "api.fault.control"),
        ("cursor=x", "cursor", "api.fault.cursor"),
        ("cursor=WyJhIl0", "cursor", "api.fault.cursor"),
        ("cursor=WzEsIlx1MDAwMCJd", "cursor", "api.fault.cursor"),
    ],
)
def test_what_means_nothing_is_refused_with_its_place(
    analyst: Program, asked: str, field: str, key: str
) -> None:
    answer = analyst.get(f"/territories?{asked}")
    assert answer.status_code == 422
    assert [(each["field"], each["key"]) for each in answer.get_json()["problems"]] == [(field, key)]


def test_the_pages_of_a_list_hold_everything_once(analyst: Program) -> None:
    whole = analyst.every("/territories?level=2")
    by_five = analyst.every("/territories?level=2", limit=5)
    assert by_five == whole
    assert len({each["soate"] for each in whole}) == len(whole) > 40


def test_a_program_that_asks_too_often_is_told_how_long_to_wait(
    kept: Staged, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "token_terms", lambda _: TokenTerms(requests=2))
    program = Program(kept.app, kept.database, kept.person("analyst"))
    answers = [program.get("/transfer-kinds") for _ in range(6)]  # a minute may end among them
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert 1 <= int(refused[0].headers["Retry-After"]) <= 60
    assert refused[0].get_json()["key"] == "accounts.token_too_often"


def test_a_list_can_be_narrowed_and_a_territory_opened(analyst: Program) -> None:
    governing = analyst.every("/territories?self_governing=true&level=3")
    assert governing
    one = analyst.get(f"/territories/{governing[0]['soate']}").get_json()
    assert one["above"][0] == oblast_code(one["soate"])
    assert {name: one[name] for name in governing[0]} == governing[0]


def test_the_transfers_are_those_of_the_page(kept: Staged, analyst: Program) -> None:
    found = analyst.every("/transfers")
    page = kept.visitor("analyst").get("/transfers").text
    assert len(found) == page.count('<th scope="row"') or len(found) > 10
    assert all(each["executed"] is None or each["executed"].endswith("0") for each in found)
    kinds = {each["code"] for each in analyst.get("/transfer-kinds").get_json()["items"]}
    assert {each["kind"] for each in found} - {None} <= kinds
    some = next(each for each in found if each["territory"])
    assert some in analyst.every(f"/transfers?territory={some['territory']}&since={some['since']}")


def test_what_is_public_is_not_sent_again(analyst: Program) -> None:
    first = analyst.get("/territories?level=1")
    mark = first.headers["ETag"]
    again = analyst.get("/territories?level=1", If_None_Match=mark)
    assert (again.status_code, again.data, first.headers["Cache-Control"]) == (304, b"", "private, no-cache")
    assert analyst.get("/territories?level=2", If_None_Match=mark).status_code == 200


def test_a_sitting_is_told_with_its_parties_and_terms(kept: Staged, programs: Programs) -> None:
    union = programs("union")
    one = union.get(f"/sittings/{kept.finished}")
    assert one.headers["Cache-Control"] == "no-store"
    told = one.get_json()
    assert [each["id"] for each in told["parties"] if each["id"] in told["mine"]] == told["mine"] != []
    assert told["terms"]["fixed"] is True
    assert {each["id"] for each in union.every("/sittings")} == {kept.finished, kept.collecting}


def test_a_sitting_one_may_not_see_is_unknown(kept: Staged) -> None:
    closed, missing = "/sittings/" + kept.finished, "/sittings/" + "a" * 26
    stranger = Program(kept.app, kept.database, make_person(kept.database))
    answers = [stranger.get(path) for path in (closed, missing)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].data == answers[1].data


def test_the_page_of_the_interface_loads_nothing_from_elsewhere(kept: Staged) -> None:
    page = kept.app.test_client().get("/api/docs").text
    assert 'data-url="/api/v1/openapi.json"' in page
    assert "GET /api/v1/territories/{soate}" in page
    assert 'src="http' not in page
    tutorial = kept.app.test_client().get("/static/api/tutorial.md")
    assert "pandas" in tutorial.text


def test_what_a_member_says_of_itself_needs_no_values(analyst: Program) -> None:
    """A sentence with places is raised together with what fills them."""
    assert analyst.get("/territories").status_code == 200  # every room and its shapes are there
    own = {said for shape in shapes(Shape) for field in shape().fields.values() for said in messages(field)}
    assert {"api.fault.list", "api.fault.whole", "api.fault.money"} <= own
    assert {key for key in own if "{" in pattern(key, "ky")} == set()


def shapes(kind: type[Shape]) -> Iterator[type[Shape]]:
    """Yield a kind of shape and every shape that is one of it."""
    yield kind
    for each in kind.__subclasses__():
        yield from shapes(each)


def messages(field: fields.Field[Any]) -> Iterator[str]:
    """Yield the keys of what a field says, and of what those inside it say."""
    yield from (each for each in map(str, field.error_messages.values()) if each.startswith("api.fault."))
    if isinstance(field, fields.List):
        yield from messages(field.inner)
