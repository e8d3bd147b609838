"""Tokens as people meet them: made and shown once, used by a program, seen by others, revoked."""

import re

from flask import Flask

from budgetproto.accounts.domain import Role
from budgetproto.database import Database
from tests.factories import Scene, make_person
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor, said, shown


def code_made(visitor: Visitor, *scopes: str, days: str = "30") -> str:
    """Make a token on its page and return it."""
    page = visitor.fill("/account/programs/new", name="Талдоо", scopes=list(scopes), days=days)
    found = re.search(r"bp_[A-Za-z0-9_-]{43}", page.text)
    assert found, shown(page)
    return found[0]


def status(app: Flask, code: str, path: str = "/sittings") -> int:
    answer = app.test_client().get(f"/api/v1{path}", headers={"Authorization": f"Bearer {code}"})
    return answer.status_code


def test_a_token_is_shown_once_and_can_be_revoked(app: Flask, visit: Visit, scene: Scene) -> None:
    visitor = visit(scene.unionist)
    code = code_made(visitor, "sittings")
    assert status(app, code) == 200
    listed = visitor.get("/account/programs")
    assert "Талдоо" in shown(listed)
    assert code not in listed.text + visitor.get("/account").text
    token = re.search(r'name="token" value="([a-z2-7]{26})"', listed.text)
    assert token
    visitor.send("/account/programs/revoke", token=token[1])
    assert status(app, code) == 401
    assert said("accounts.tokens.none") in shown(visitor.get("/account/programs"))


def test_what_is_wrong_with_a_token_is_told_on_its_page(visit: Visit, scene: Scene) -> None:
    visitor = visit(scene.unionist)
    too_long = visitor.fill("/account/programs/new", name="Талдоо", scopes=["sittings"], days="91")
    assert (too_long.status_code, said("accounts.token_too_long", most=90) in shown(too_long)) == (422, True)
    nothing = visitor.fill("/account/programs/new", name="Талдоо", days="30")
    assert said("web.required") in shown(nothing)
    assert 'value="Талдоо"' in nothing.text


def test_an_administrator_sees_the_tokens_of_others_without_the_hour_of_their_use(
    app: Flask, visit: Visit, scene: Scene, sqlite_database: Database
) -> None:
    code = code_made(visit(scene.outsider), "transfers")
    assert status(app, code, "/territories") == 200
    host = visit(make_person(sqlite_database, roles=frozenset({Role.ADMINISTRATOR})))
    page = host.get(f"/people/{scene.outsider.id}")
    assert "Талдоо" in shown(page)
    used = re.search(rf"{said('accounts.last_used')} (\S+ \S+ \S+)", shown(page))
    assert used
    assert ":" not in used[1]
    host.send(f"/people/{scene.outsider.id}/do", deed="revoke_tokens")
    assert status(app, code, "/territories") == 401
