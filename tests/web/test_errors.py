"""Each family of refusals has one status and one page; what is kept from a reader is as if it were not."""

import json
import logging
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask, Request, abort, g, request
from flask.testing import FlaskClient
from werkzeug.exceptions import TooManyRequests

from budgetproto.database import Database
from budgetproto.errors import ConciliationError
from budgetproto.i18n import LANGUAGES, Language, text
from budgetproto.web import data, on_denial
from budgetproto.web.error_pages import Trouble
from tests.web.gallery import REFUSALS, sample_app

FAMILIES = [
    ("unknown", 404, "Барак табылган жок"),
    ("denied", 404, "Барак табылган жок"),
    ("not-permitted", 403, "Укугуңуз жок"),
    ("refused", 422, "Аракет кабыл алынган жок"),
    ("stale", 409, "Башка адам сизден мурун сактады"),
    ("bad-input", 422, "Ката бар"),
    ("too-many", 429, "Бир аз күтүңүз"),
    ("set-up", 500, "Ката кетти"),
    ("family-of-its-own", 500, "Ката кетти"),
]


@pytest.mark.parametrize(("name", "status", "title"), FAMILIES)
def test_each_family_has_its_status_and_its_page(
    client: FlaskClient, name: str, status: int, title: str
) -> None:
    answer = client.get(f"/refused/{name}")
    assert answer.status_code == status
    assert f'<h1 class="govuk-heading-l">{title}</h1>' in answer.text


@pytest.mark.parametrize("name", REFUSALS)
@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_a_page_of_refusal_is_a_whole_page_in_the_readers_language(
    client: FlaskClient, name: str, language: str
) -> None:
    client.set_cookie("language", language)
    page = client.get(f"/refused/{name}").text
    assert f'<html lang="{language}"' in page
    assert re.search(r"<title>[^<]+ – [^<]+</title>", page)
    assert page.count("<h1") == 1
    assert "errors." not in page


def test_unknown_and_kept_from_the_reader_differ_in_no_byte(stranger: FlaskClient) -> None:
    pages = {
        stranger.get(address).data for address in ("/refused/unknown", "/refused/denied", "/lines/7/position")
    }
    assert len(pages) == 1


def test_unknown_and_kept_from_the_reader_have_the_same_headers(client: FlaskClient) -> None:
    client.get("/")  # the session of the log-out button is opened once
    unknown, denied = client.get("/refused/unknown"), client.get("/refused/denied")
    assert dict(unknown.headers) == dict(denied.headers)


def test_for_programs_unknown_and_kept_from_the_reader_are_the_same_too(client: FlaskClient) -> None:
    headers = {"Accept": "application/json"}
    answers = [client.get(f"/refused/{name}", headers=headers).data for name in ("unknown", "denied")]
    assert answers[0] == answers[1]


def test_a_stale_edit_shows_both_texts_with_nothing_taken_for_markup(client: FlaskClient) -> None:
    page = client.get("/refused/stale").text
    assert "Азыр сакталганы" in page
    assert "600 000,0" in page
    assert "550 000,0\n&lt;script&gt;" in page


def test_a_stale_edit_of_several_fields_shows_those_that_differ(client: FlaskClient) -> None:
    page = client.get("/refused/stale-fields").text
    assert re.search(r'<h2 class="govuk-heading-m">Билдирүү</h2>', page)
    assert "Биринчи текст" in page
    assert "Экинчи текст" in page
    assert '<h2 class="govuk-heading-m">Башкы барак</h2>' not in page


def test_every_fault_of_an_input_is_told_with_its_place(client: FlaskClient) -> None:
    client.set_cookie("language", "ru")
    page = client.get("/refused/bad-input").text
    assert "Файл: позиция.xlsx · строка 12 · столбец «Сумма»: «алты жүз» — не число." in page
    assert "<li>Заполните это поле.</li>" in page


def test_a_program_gets_the_problem_as_json(client: FlaskClient) -> None:
    answer = client.get("/refused/bad-input", headers={"Accept": "application/json"})
    assert answer.mimetype == "application/problem+json"
    problem = json.loads(answer.data)
    assert (problem["status"], problem["key"]) == (422, "errors.bad_input")
    assert problem["problems"][0] | {"detail": ""} == {
        "key": "money.not_a_number", "detail": "", "file": "позиция.xlsx", "row": 12, "column": "Сумма",
    }  # fmt: skip
    assert problem["problems"][1]["field"] == "figure"


def test_a_program_gets_both_texts_of_a_stale_edit(client: FlaskClient) -> None:
    problem = client.get("/refused/stale", headers={"Accept": "application/json"}).get_json()
    assert (problem["theirs"], problem["yours"]) == ("600 000,0", "550 000,0\n<script>")


def test_the_programs_addresses_answer_json_without_asking(client: FlaskClient) -> None:
    answer = client.get("/api/v1/none")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_where_a_table_was_asked_for_the_faults_are_plain_lines(client: FlaskClient) -> None:
    answer = client.get("/refused/bad-input", headers={"Accept": "text/csv"})
    assert answer.mimetype == "text/plain"
    assert answer.text.count("\n") == 3


@pytest.mark.parametrize(
    ("accept", "mimetype"), [("*/*", "text/html"), ("image/png", "text/html"), ("", "text/html")]
)
def test_anybody_else_gets_a_page(client: FlaskClient, accept: str, mimetype: str) -> None:
    assert client.get("/refused/refused", headers={"Accept": accept}).mimetype == mimetype


def test_a_form_without_its_token_is_sent_back(client: FlaskClient) -> None:
    answer = client.post("/form", data={"speaker": "Х"})
    assert answer.status_code == 400
    assert "Баракты жаңылаңыз" in answer.text


def test_a_wrong_kind_of_request_says_which_kinds_there_are(client: FlaskClient) -> None:
    answer = client.get("/sent")
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}
    assert "Туура эмес кайрылуу" in answer.text


@pytest.mark.parametrize(("size", "allowed"), [(17 * 2**20, "16 МБ"), (6 * 2**20, "5 МБ")])
def test_a_form_that_is_too_big_names_the_limit_it_passed(
    client: FlaskClient, size: int, allowed: str
) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="reason"\r\n\r\n' + b"a" * size + b"\r\n--x--\r\n"
    answer = client.post("/form", data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413
    assert f"эң көбү {allowed}." in answer.text


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_the_same_text_fits_whichever_way_a_page_sends_it(client: FlaskClient, kind: str) -> None:
    """What 2,600,000 Kyrgyz letters come to is taken with files and without; not a tenth more."""
    for letters, taken in ((2_600_000, True), (3_000_000, False)):
        typed = "ө" * letters
        opened = b'--x\r\nContent-Disposition: form-data; name="reason"\r\n\r\n'
        body = opened + typed.encode() + b"\r\n--x--\r\n"
        if not kind.startswith("multipart"):
            body = b"reason=" + quote(typed).encode()
        status = client.post("/form", data=body, content_type=kind).status_code
        assert (status != 413) is taken


def test_too_many_attempts_name_the_minutes(client: FlaskClient) -> None:
    assert "15 мүнөттөн кийин" in client.get("/refused/too-many").text


def test_too_many_requests_name_the_minutes_rounded_up(app: Flask, client: FlaskClient) -> None:
    app.add_url_rule("/flood", "flood", lambda: _raise(TooManyRequests(retry_after=61)))
    answer = client.get("/flood")
    assert "2 мүнөттөн кийин" in answer.text
    assert answer.headers["Retry-After"] == "61"


def test_a_request_that_cannot_be_read_is_told_so(app: Flask, client: FlaskClient) -> None:
    app.add_url_rule("/unreadable", "unreadable", lambda: abort(400))
    answer = client.get("/unreadable")
    assert (answer.status_code, "Кайрылуу окулган жок" in answer.text) == (400, True)


def test_a_fault_of_ours_tells_no_details(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    app.add_url_rule("/fault", "fault", lambda: _raise(ValueError("sealed figure 600000")))
    answer = client.get("/fault")
    assert answer.status_code == 500
    assert "600000" not in answer.text
    assert "Ката кетти" in answer.text
    assert "ValueError" in caplog.text


def test_an_incomplete_installation_is_for_the_log_and_not_for_the_reader(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    page = client.get("/refused/set-up").text
    assert "/secret/key" not in page
    assert "/secret/key" in caplog.text


STEPS = {
    400: ("Вернитесь назад и скопируйте введённый текст.", "Перейдите к списку заседаний"),
    403: ("обратитесь к секретарю заседания", "Перейдите к списку заседаний"),
    404: ("Проверьте адрес", "Перейдите к списку заседаний"),
    405: ("Перейдите к списку заседаний",),
    409: ("Сравните оба текста", "Перейдите к списку заседаний"),
    413: ("Уменьшите или разделите файл", "введённое останется в форме"),
    418: ("введённое останется в форме", "сообщите администратору сервиса"),
    422: ("введённое останется в форме", "Перейдите к списку заседаний"),
    429: ("Подождите указанное время", "сообщите администратору сервиса"),
    500: ("Откройте страницу снова", "сообщите администратору сервиса"),
}


@pytest.mark.parametrize("status", STEPS)
def test_a_page_of_refusal_says_what_to_do_next(app: Flask, status: int) -> None:
    app.add_url_rule("/trouble", "trouble", lambda: abort(status))
    client = app.test_client()
    client.set_cookie("language", "ru")
    answer = client.get("/trouble")
    assert answer.status_code == status
    assert "Что делать дальше" in answer.text
    assert [step for step in STEPS[status] if step not in answer.text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_has_its_sentence_in_every_language(language: Language) -> None:
    steps = {step for status in (*STEPS, 599) for step in Trouble(status, "errors.refused", "x").steps}
    assert all(len(text(f"errors.next.{step}", language)) > 5 for step in steps)


def test_only_who_is_not_logged_in_is_asked_to_log_in(client: FlaskClient, stranger: FlaskClient) -> None:
    link = 'href="/log-in">Системага кириңиз</a>'
    assert link in stranger.get("/no-such-page").text
    assert link not in client.get("/no-such-page").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_database_the_page_has_the_same_frame_and_says_what_to_do(language: Language) -> None:
    app = sample_app(person_name=None)
    app.context_processor(_nobody_there)
    app.add_url_rule("/fault", "fault", lambda: _raise(ValueError("a secret of ours")))
    client = app.test_client()
    client.set_cookie("language", language)
    answer = client.get("/fault")
    assert answer.status_code == 500
    assert f'<html lang="{language}"' in answer.text
    assert text("errors.next.administrator", language) in answer.text
    assert '<header class="bp-header">' in answer.text
    assert '<footer class="bp-footer">' in answer.text
    assert "a secret of ours" not in answer.text


def test_when_the_error_page_fails_a_bare_one_is_shown(caplog: pytest.LogCaptureFixture) -> None:
    app = sample_app(person_name=None)
    app.context_processor(_nobody_there)
    answer = app.test_client().get("/no-such-page")
    assert answer.status_code == 404
    assert "Барак табылган жок" in answer.text
    assert "the database is gone" not in answer.text
    assert "the database is gone" in caplog.text


def test_a_denial_is_reported_once_with_who_asked_for_what(app: Flask, client: FlaskClient) -> None:
    reported: list[tuple[str, object]] = []
    on_denial(app, lambda asked, error: reported.append((asked.path, error.details["denied"])))
    client.get("/refused/denied")
    client.get("/refused/not-permitted-denied")
    assert reported == [
        ("/refused/denied", "lines.position"),
        ("/refused/not-permitted-denied", "sittings.open"),
    ]


@pytest.mark.parametrize("name", ["unknown", "not-permitted", "refused", "stale"])
def test_a_refusal_that_kept_nobody_from_anything_is_not_reported(
    app: Flask, client: FlaskClient, name: str
) -> None:
    reported: list[ConciliationError] = []
    on_denial(app, lambda _, error: reported.append(error))
    client.get(f"/refused/{name}")
    assert not reported


def test_a_report_that_fails_changes_nothing_for_the_one_who_asked(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    expected = client.get("/refused/unknown").status_code
    on_denial(app, _failing)
    answer = client.get("/refused/denied")
    assert answer.status_code == expected
    assert any(record.levelno == logging.ERROR for record in caplog.records)


def test_a_denial_is_reported_after_the_page_has_given_back_what_it_was_reading(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    data.init_app(app, Database(f"sqlite:///{tmp_path / 'sitting.sqlite3'}"))
    app.add_url_rule("/lines/8", "line", _read_and_deny)
    reading: list[bool] = []
    on_denial(app, lambda _, __: reading.append("reading" in g))
    assert client.get("/lines/8").status_code == 404
    _database_of(app).close()
    assert reading == [False]


def test_a_denial_is_reported_while_the_request_is_still_there(app: Flask, client: FlaskClient) -> None:
    cookies: list[str] = []
    on_denial(app, lambda _, __: cookies.append(request.headers.get("Cookie", "")))
    client.set_cookie("language", "ru")
    client.get("/refused/denied")
    assert cookies == ["language=ru"]


def _raise(error: Exception) -> str:
    raise error


def _read_and_deny() -> str:
    with data.reading():
        assert "reading" in g
        raise REFUSALS["denied"]


def _database_of(app: Flask) -> Database:
    with app.app_context():
        return data.database()


def _nobody_there() -> dict[str, object]:
    raise RuntimeError("the database is gone")


def _failing(asked: Request, error: ConciliationError) -> None:
    raise OSError("the disk is full")
