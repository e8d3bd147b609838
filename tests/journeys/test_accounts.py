"""Accounts as people meet them: a link is handed over, a code is asked for, log-ins are seen and ended."""

import re
from dataclasses import replace

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from budgetproto.accounts import service
from budgetproto.accounts.domain import Role
from budgetproto.accounts.storage import LogInRow
from budgetproto.app import create_app
from budgetproto.database import Database
from budgetproto.settings import Settings
from tests.factories import PASSWORD, Scene, make_person
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor, said, shown, started, token_of

CHOSEN = "төрт эски суу тегирмен"


def post(client: FlaskClient, address: str, **typed: str) -> TestResponse:
    """Open a form and send it."""
    page = client.get(address)
    return client.post(address, data={"csrf_token": token_of(page), **started(page), **typed})


def link_on(page: TestResponse) -> str:
    """Return the token of the link that a page shows."""
    found = re.search(r"/invitation#([a-z2-7]{52})", page.text)
    assert found, shown(page)
    return found[1]


def set_up(visitor: Visitor) -> tuple[str, TestResponse]:
    """Set up a second factor; return its secret and the page with printed codes."""
    visitor.send("/account/second-factor")
    page = visitor.get("/account/second-factor/set-up")
    secret = re.search(r'class="bp-secret"[^>]*>([A-Z2-7 ]+)<', page.text)
    assert secret
    code = pyotp.TOTP(secret[1].replace(" ", "")).now()
    return secret[1].replace(" ", ""), visitor.fill("/account/second-factor/set-up", code=code)


def printed(page: TestResponse) -> list[str]:
    return re.findall(r'bp-codes__one">([a-z2-9-]{19})<', page.text)


def let_time_pass(database: Database, column: str) -> None:
    """Let what a log-in remembers lie a day back."""
    statement = f"UPDATE account_log_in SET {column} = '2026-01-01 00:00:00.000000'"
    with database.writing() as session:
        session.connection().exec_driver_sql(statement)


@pytest.fixture
def guarded(settings: Settings, catalogue: None) -> Flask:
    """Make the application of an installation that asks for a second factor."""
    return create_app(replace(settings, second_factor=True))


def test_an_invited_person_sets_the_password_with_the_link_and_logs_in(visit: Visit, scene: Scene) -> None:
    page = visit(scene.secretary).fill("/people/invite", name="Аида Осмонова", login="aida")
    token = link_on(page)
    assert page.headers["Cache-Control"] == "no-store"
    client = visit(scene.outsider).client.application.test_client()
    assert post(client, "/invitation", link=token).headers["Location"] == "/invitation/password"
    assert "Аида Осмонова" in client.get("/invitation/password").text
    assert post(client, "/invitation/password", password="кыска").status_code == 422
    assert post(client, "/invitation/password", password=CHOSEN).headers["Location"] == "/log-in"
    assert said("accounts.told.password_set") in shown(client.get("/log-in"))
    assert post(client, "/log-in", login="aida", password=CHOSEN).headers["Location"] == "/"
    assert post(client, "/invitation", link=token).status_code == 422


def test_no_address_that_is_sent_to_the_service_holds_a_token(app: Flask) -> None:
    """The token stands behind the #, which browsers keep to themselves, or in the body of a form."""
    assert [
        rule.rule for rule in app.url_map.iter_rules() if "token" in rule.rule or "link" in rule.arguments
    ] == []


def test_who_may_not_manage_people_does_not_learn_that_there_is_such_a_page(
    visit: Visit, scene: Scene
) -> None:
    for person in (scene.chair, scene.unionist, scene.outsider):
        visitor = visit(person)
        assert "/people" not in visitor.get("/").text
        for address in ("/people", "/people/invite", f"/people/{scene.mayor.id}"):
            assert visitor.get(address).status_code == 404
    assert 'href="/people"' in visit(scene.secretary).get("/").text


def test_with_a_second_factor_the_password_opens_the_code_page_and_nothing_else(
    visit: Visit, scene: Scene, app: Flask
) -> None:
    secret, page = set_up(visit(scene.unionist))
    assert len(printed(page)) == 10
    client = app.test_client()
    answer = post(client, "/log-in?next=/account", login=scene.unionist.login, password=PASSWORD)
    assert answer.headers["Location"] == "/log-in/code?next=/account"
    for address in ("/", "/account", f"/sittings/{scene.sitting}"):
        assert client.get(address).headers["Location"].startswith("/log-in")
    assert post(client, "/log-in/code?next=/account", code="000000").status_code == 422
    before = client.get_cookie("sitting")
    answer = post(client, "/log-in/code?next=/account", code=printed(page)[0])
    assert answer.headers["Location"] == "/account"
    assert client.get("/account").status_code == 200
    after = client.get_cookie("sitting")
    assert before
    assert after
    assert before.value != after.value
    assert secret not in client.get("/account").text


def test_a_wrong_and_an_unknown_name_get_the_same_page_whether_or_not_a_code_would_be_asked(
    visit: Visit, scene: Scene, app: Flask
) -> None:
    set_up(visit(scene.unionist))
    told = set()
    for login in (scene.unionist.login, scene.minister.login, "nobody"):
        page = post(app.test_client(), "/log-in", login=login, password="wrong-password")
        told.add((page.status_code, shown(page)))
    assert len(told) == 1


def test_where_it_is_asked_for_a_secretary_opens_nothing_before_setting_it_up(
    guarded: Flask, scene: Scene
) -> None:
    visitor = Visitor(guarded, scene.secretary)
    for address in ("/", "/people", f"/sittings/{scene.sitting}", "/account"):
        assert visitor.get(address).headers["Location"] == "/account/second-factor"
    assert said("accounts.second_factor.required") in shown(visitor.get("/account/second-factor"))
    token = token_of(visitor.get("/account/second-factor"))
    started_at = f"/sittings/{scene.sitting}/collect"
    assert visitor.client.post(started_at, data={"csrf_token": token}).headers["Location"] == (
        "/account/second-factor"
    )
    visitor.client.post("/account/second-factor", data={"csrf_token": token})
    page = visitor.get("/account/second-factor/set-up")
    secret = re.search(r'class="bp-secret"[^>]*>([A-Z2-7 ]+)<', page.text)
    assert secret
    visitor.fill("/account/second-factor/set-up", code=pyotp.TOTP(secret[1].replace(" ", "")).now())
    assert visitor.get("/").status_code == 200
    removed = visitor.send("/account/second-factor/remove")
    assert removed.status_code == 422


def test_members_and_people_without_a_role_are_asked_for_none(guarded: Flask, scene: Scene) -> None:
    member = make_person(scene.database, roles=frozenset({Role.MEMBER}))
    for person in (scene.outsider, member):
        assert Visitor(guarded, person).get("/account").status_code == 200


def test_the_picture_is_drawn_under_the_strict_policy_and_kept_nowhere(visit: Visit, scene: Scene) -> None:
    visitor = visit(scene.unionist)
    assert visitor.get("/account/second-factor/picture.svg").status_code == 404
    visitor.send("/account/second-factor")
    picture = visitor.get("/account/second-factor/picture.svg")
    assert (picture.mimetype, picture.headers["Cache-Control"]) == ("image/svg+xml", "no-store")
    assert "style" not in picture.text
    assert "script" not in picture.text


def test_acts_that_hand_out_keys_ask_again_after_half_an_hour(visit: Visit, scene: Scene) -> None:
    visitor = visit(scene.secretary)
    let_time_pass(scene.database, "confirmed")
    assert visitor.get("/people/invite").headers["Location"] == "/account/confirm?next=/people/invite"
    asked = visitor.send(f"/people/{scene.outsider.id}/do", deed="new_link")
    assert asked.headers["Location"] == f"/account/confirm?next=/people/{scene.outsider.id}"
    assert visitor.fill("/account/confirm", typed="wrong-password").status_code == 422
    done = visitor.fill("/account/confirm?next=/people/invite", typed=PASSWORD)
    assert done.headers["Location"] == "/people/invite"
    assert visitor.get("/people/invite").status_code == 200


def test_log_ins_are_listed_with_their_device_and_ended_one_by_one(
    visit: Visit, scene: Scene, app: Flask
) -> None:
    here = visit(scene.unionist)
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
    other = app.test_client()
    page = other.get("/log-in")
    typed = {"login": scene.unionist.login, "password": PASSWORD, "csrf_token": token_of(page)}
    other.post("/log-in", data=typed, headers={"User-Agent": agent})
    listed = here.get("/account")
    assert "Firefox · Linux" in listed.text
    assert "127.0.0.0/24" in listed.text
    named = re.search(r'name="log_in" value="([0-9a-f]{32})"', listed.text)
    assert named
    here.send("/account/log-ins/end", log_in=named[1])
    assert other.get("/account").status_code == 303
    assert said("accounts.session_over") in shown(other.get("/log-in"))
    assert here.get("/account").status_code == 200


def test_nobody_ends_the_log_in_of_somebody_else_by_its_name(visit: Visit, scene: Scene) -> None:
    visit(scene.mayor)
    with scene.database.reading() as session:
        rows = [row.token_hash for row in session.exec(LogInRow.__table__.select())]  # type: ignore[attr-defined]
    answer = visit(scene.unionist).send("/account/log-ins/end", log_in=rows[0][:32])
    assert answer.status_code == 404


def test_logging_out_everywhere_ends_every_log_in(visit: Visit, scene: Scene) -> None:
    here, other = visit(scene.unionist), visit(scene.unionist)
    here.send("/account/log-ins/end-all")
    assert said("accounts.told.logged_out_everywhere") in shown(here.get("/log-in"))
    assert other.get("/account").status_code == 303


def test_a_log_in_without_a_page_for_two_hours_is_over(visit: Visit, scene: Scene) -> None:
    visitor = visit(scene.unionist)
    let_time_pass(scene.database, "used")
    assert visitor.get("/account").status_code == 303


def test_the_use_of_a_log_in_is_written_every_few_minutes_and_nothing_else_by_a_page(
    visit: Visit, scene: Scene
) -> None:
    visitor = visit(scene.unionist)

    def used() -> object:
        with scene.database.reading() as session:
            return session.connection().exec_driver_sql("SELECT max(used) FROM account_log_in").scalar()

    first = used()
    visitor.get("/account")
    assert used() == first
    with scene.database.writing() as session:
        session.connection().exec_driver_sql(
            "UPDATE account_log_in SET used = strftime('%Y-%m-%d %H:%M:%f000', 'now', '-6 minutes')"
        )
    aged = used()
    visitor.get("/account")
    assert used() != aged


def test_a_password_is_changed_with_the_present_one_and_other_log_ins_end(visit: Visit, scene: Scene) -> None:
    here, other = visit(scene.unionist), visit(scene.unionist)
    assert here.fill("/account/password", current="wrong-password", password=CHOSEN).status_code == 422
    assert here.fill("/account/password", current=PASSWORD, password=PASSWORD).status_code == 422
    assert here.fill("/account/password", current=PASSWORD, password=CHOSEN).status_code == 303
    assert here.get("/account").status_code == 200
    assert other.get("/account").status_code == 303


def test_a_password_the_service_made_is_changed_before_anything_else(
    app: Flask, sqlite_database: Database
) -> None:
    service.add_person(sqlite_database, login="aida", name="Аида", password=PASSWORD, initial=True)
    client = app.test_client()
    post(client, "/log-in", login="aida", password=PASSWORD)
    for address in ("/", "/account"):
        assert client.get(address).headers["Location"] == "/account/password"
    let_time_pass(sqlite_database, "confirmed")
    assert client.get("/account/password").headers["Location"].startswith("/account/confirm")
    assert post(client, "/account/confirm", typed=PASSWORD).status_code == 303
    assert post(client, "/account/password", current=PASSWORD, password=CHOSEN).status_code == 303
    assert client.get("/account").status_code == 200


def test_the_account_brings_its_language_to_a_browser_where_nobody_chose_one(
    visit: Visit, scene: Scene, app: Flask
) -> None:
    visit(scene.unionist).fill("/account", language="ru")
    visitor = visit(scene.unionist)
    answer = visitor.send("/account/language", language="ru")
    assert "language=ru" in answer.headers["Set-Cookie"]
    fresh = app.test_client()
    post(fresh, "/log-in", login=scene.unionist.login, password=PASSWORD)
    assert said("accounts.account", "ru") in shown(fresh.get("/account"))


def test_a_delegates_link_takes_two_while_positions_may_be_sealed(visit: Visit, scene: Scene) -> None:
    host = make_person(scene.database, name="Мирлан Абдыраев", roles=frozenset({Role.ADMINISTRATOR}))
    secretary, administrator = visit(scene.secretary), visit(host)
    person = f"/people/{scene.unionist.id}"
    assert secretary.send(f"{person}/do", deed="new_link").status_code == 422
    assert said("accounts.key.two") in shown(secretary.get(person))
    secretary.fill(f"{person}/ask?deed=new_link", reason="Телефону жоголду")
    assert 'name="request"' not in secretary.get(person).text
    page = administrator.get(person)
    asked = re.search(r'name="request" value="(\w+)"', page.text)
    assert asked
    link_on(administrator.send(f"{person}/agree", request=asked[1]))
    assert scene.secretary.name in shown(visit(scene.unionist).get(f"/sittings/{scene.sitting}/journal"))


def test_in_production_the_cookie_is_bound_to_the_host(
    settings: Settings, catalogue: None, scene: Scene
) -> None:
    app = create_app(replace(settings, production=True))
    client = app.test_client()
    page = client.get("/log-in", base_url="https://localhost")
    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("__Host-sitting=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie


def test_a_secretary_revokes_a_link_and_ends_log_ins(visit: Visit, scene: Scene) -> None:
    secretary = visit(scene.secretary)
    token = link_on(secretary.fill("/people/invite", name="Аида", login="aida"))
    listed = secretary.get("/people?words=аида")
    person = re.search(r'href="(/people/[a-z2-7]{26})"', listed.text)
    assert person
    link = re.search(r'name="link" value="(\w+)"', secretary.get(person[1]).text)
    assert link
    secretary.send(f"{person[1]}/revoke", link=link[1])
    client = secretary.client.application.test_client()
    assert post(client, "/invitation", link=token).status_code == 422
    other = visit(scene.outsider)
    secretary.send(f"/people/{scene.outsider.id}/do", deed="end_log_ins")
    assert other.get("/account").status_code == 303
    page = shown(visit(scene.outsider).get("/account"))
    assert "Мурунку кирүүлөрүңүздү башка адам бүтүрдү: Айгүл Осмонова" in page
    assert page.count("Кирүүлөр бүтүрүлдү: Бөтөн Киши. Ким: Айгүл Осмонова.") == 1


def test_a_substitute_is_at_work_after_five_pages_and_seven_fields(
    visit: Visit, scene: Scene, app: Flask
) -> None:
    """The stop-watch: what the delegate and the substitute open, and what they type."""
    pages, typed = 0, 0
    delegate, client = visit(scene.unionist), app.test_client()

    def step(page: TestResponse, fields: int = 0) -> TestResponse:
        nonlocal pages, typed
        pages, typed = pages + 1, typed + fields
        return page

    address = f"/sittings/{scene.sitting}/substitute"
    assert address in step(delegate.get(f"/sittings/{scene.sitting}")).text
    own = {"name": "Аида Осмонова", "login": "aida", "paper_ky": "ишеним кат", "paper_ru": "доверенность"}
    shown_once = delegate.fill(address, **own)
    step(shown_once, len(own))
    token = link_on(shown_once)
    step(post(client, "/invitation", link=token))
    step(post(client, "/invitation/password", password=CHOSEN), 1)
    step(post(client, "/log-in", login="aida", password=CHOSEN), 2)
    assert client.get(f"/lines/{scene.lines[0]}/position").status_code == 200
    assert (pages, typed) == (5, 7)


def test_who_has_an_account_already_is_named_without_a_link(visit: Visit, scene: Scene) -> None:
    delegate, address = visit(scene.unionist), f"/sittings/{scene.sitting}/substitute"
    paper = {"account": "existing", "paper_ky": "ишеним кат", "paper_ru": "доверенность"}
    refused = delegate.fill(address, name="Башка Ат", login=scene.outsider.login, **paper)
    assert refused.status_code == 422
    assert said("sittings.not_to_be_named") in shown(refused)
    named = delegate.fill(address, name="Бөтөн Киши", login=scene.outsider.login, **paper)
    assert named.headers["Location"] == address
    assert said("sittings.told.substitute_named", person="Бөтөн Киши") in shown(delegate.get(address))
    assert visit(scene.outsider).get(f"/lines/{scene.lines[0]}/position").status_code == 200
    for _ in range(4):
        delegate.fill(address, name="Башка Ат", login="nobody", **paper)
    assert delegate.fill(address, name="Башка Ат", login="nobody", **paper).status_code == 429


def test_a_party_reads_on_the_sittings_page_what_was_done_to_its_accounts(visit: Visit, scene: Scene) -> None:
    delegate = visit(scene.unionist)
    link_on(delegate.send(f"/sittings/{scene.sitting}/substitute/link", delegate=scene.assistant.id))
    told = said("sittings.touches")
    assert told in shown(delegate.get(f"/sittings/{scene.sitting}"))
    assert told not in shown(visit(scene.mayor).get(f"/sittings/{scene.sitting}"))
    assert told not in shown(visit(scene.secretary).get(f"/sittings/{scene.sitting}"))


def test_a_refused_substitute_comes_back_filled_in(visit: Visit, scene: Scene) -> None:
    typed = {"name": "Аида", "login": "a b", "paper_ky": "кат", "paper_ru": "письмо"}
    days = {"valid_from": "2026-05-02", "valid_to": "2026-05-01"}
    page = visit(scene.unionist).fill(f"/sittings/{scene.sitting}/substitute", **typed, **days)
    assert page.status_code == 422
    assert said("sittings.valid_order") in shown(page)
    assert 'value="письмо"' in page.text


def test_the_page_for_a_password_without_a_link_counts_no_guess(
    app: Flask, visit: Visit, scene: Scene
) -> None:
    client = app.test_client()
    for _ in range(30):
        assert client.get("/invitation/password").headers["Location"] == "/invitation"
    token = link_on(visit(scene.secretary).fill("/people/invite", name="Аида", login="aida"))
    assert post(client, "/invitation", link=token).status_code == 303
