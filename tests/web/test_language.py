"""The reader chooses a language once and stays where they were."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from budgetproto.web.language import is_local
from tests.journeys.visitor import token_of


def choose(client: FlaskClient, language: str, **sent: str) -> TestResponse:
    return client.post("/language", data={"language": language, **sent})


def test_a_page_is_kyrgyz_until_something_else_is_chosen(client: FlaskClient) -> None:
    page = client.get("/", headers={"Accept-Language": "ru,en;q=0.5"}).text
    assert '<html lang="ky"' in page
    assert "Макулдашуу жыйыны" in page


@pytest.mark.parametrize(
    ("language", "name"), [("ru", "Согласительное заседание"), ("en", "Conciliation sitting")]
)
def test_a_chosen_language_is_kept_for_the_next_pages(client: FlaskClient, language: str, name: str) -> None:
    choose(client, language)
    page = client.get("/").text
    assert f'<html lang="{language}"' in page
    assert name in page


def test_the_second_reader_is_not_given_the_language_of_the_first(client: FlaskClient) -> None:
    choose(client, "ru")
    client.get("/form")
    choose(client, "ky")
    page = client.get("/form").text
    assert "Заполните" not in page
    assert "милдеттүү эмес" in page


def switched(client: FlaskClient, language: str = "ru", **typed: str) -> TestResponse:
    """Press a button of language under the form, as a browser without a script does."""
    typed |= {"csrf_token": token_of(client.get("/form")), "switch_language": language}
    return client.post("/form?line=3", data=typed)


def test_a_half_typed_form_is_shown_again_in_the_other_language(client: FlaskClient) -> None:
    answer = switched(client, figure="12,606", reason="Айыл өкмөттөрү", speaker="late", kind="x", answer="no")
    assert answer.status_code == 200
    assert '<html lang="ru"' in answer.text
    assert 'value="12,606"' in answer.text
    assert "Айыл өкмөттөрү</textarea>" in answer.text
    assert '<option value="x" selected>' in answer.text
    assert re.search(r'value="no" checked', answer.text)


def test_a_change_of_language_judges_and_takes_nothing(client: FlaskClient) -> None:
    answer = switched(client, figure="600 000,0", reason="Долбоорлор даяр.", answer="yes")
    assert answer.status_code == 200
    assert "govuk-error" not in answer.text
    assert "govuk-notification-banner" not in client.get("/").text


def test_the_language_chosen_under_a_form_stays_for_the_next_pages(client: FlaskClient) -> None:
    assert "SameSite=Lax" in switched(client).headers["Set-Cookie"]
    assert '<html lang="ru"' in client.get("/").text


def test_a_language_under_a_form_needs_the_token_of_the_form(client: FlaskClient) -> None:
    answer = client.post("/form", data={"switch_language": "ru", "figure": "1"})
    assert answer.status_code == 400


def test_a_password_is_not_shown_again(client: FlaskClient) -> None:
    assert "secret-word" not in switched(client, password="secret-word").text


def test_beside_a_form_no_button_of_language_stands_before_those_of_the_form(client: FlaskClient) -> None:
    """The Enter key presses the first button that belongs to a form."""
    page = client.get("/form").text
    assert page.index("</form>") < page.index('name="switch_language"')
    assert page.count('form="form"') == 3


def test_the_button_of_the_current_language_is_marked(client: FlaskClient) -> None:
    choose(client, "ru")
    assert 'value="ru" lang="ru" aria-current="true"' in client.get("/").text


def test_an_unknown_language_is_kyrgyz(client: FlaskClient) -> None:
    choose(client, "de")
    assert '<html lang="ky"' in client.get("/").text


def test_the_reader_returns_to_the_page_the_form_names(client: FlaskClient) -> None:
    answer = choose(client, "ru", next="/form?line=3")
    assert (answer.status_code, answer.location) == (303, "/form?line=3")


def test_without_a_named_page_the_reader_returns_to_where_the_form_stood(client: FlaskClient) -> None:
    answer = client.post(
        "/language", data={"language": "ru"}, headers={"Referer": "http://localhost/form?line=3"}
    )
    assert answer.location == "/form?line=3"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example",
        "javascript:alert(1)", "evil.example", "",
        "/\t/evil.example", "/%0d%0aSet-Cookie:x\r\n", " //evil.example", "/a\\b", "///x",
    ],
)  # fmt: skip
def test_a_form_never_sends_the_reader_to_another_site(client: FlaskClient, elsewhere: str) -> None:
    assert choose(client, "ru", next=elsewhere).location == "/"
    assert not is_local(elsewhere)


def test_a_referring_page_of_another_site_is_not_returned_to(client: FlaskClient) -> None:
    headers = {"Referer": "https://evil.example/form"}
    assert client.post("/language", data={"language": "ru"}, headers=headers).location == "/"


def test_an_address_that_only_takes_forms_is_not_returned_to(client: FlaskClient) -> None:
    assert choose(client, "ru", next="/sent").location == "/"


def test_a_form_sent_from_another_site_changes_nothing(client: FlaskClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = client.post("/language", data={"language": "en"}, headers=headers)
    assert "Set-Cookie" not in answer.headers


def test_the_choice_is_kept_from_scripts_and_sent_only_here(client: FlaskClient) -> None:
    cookie = client.post("/language", data={"language": "en"}, base_url="https://localhost").headers[
        "Set-Cookie"
    ]
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))


def test_choosing_a_language_opens_no_session(stranger: FlaskClient) -> None:
    page, answer = stranger.get("/no-such-page"), choose(stranger, "ru")
    assert "session=" not in page.headers.get("Set-Cookie", "")
    assert "session=" not in answer.headers["Set-Cookie"]
