"""A form says in the reader's language what is wrong, beside what was typed."""

import re
from typing import ClassVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse
from wtforms import IntegerField, StringField
from wtforms.validators import NumberRange

from budgetproto.errors import ConciliationError, NotPermitted, Problem, Refused
from budgetproto.money import Unit
from budgetproto.web import Form
from tests.web.gallery import PositionForm

GOOD = {"figure": "600 000,0", "reason": "Долбоорлор даяр.", "kind": "ky", "answer": "yes"}


def send(client: FlaskClient, **typed: str) -> TestResponse:
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/form").text)
    assert token
    return client.post("/form", data={**GOOD, **typed, "csrf_token": token[1]})


def test_a_good_form_is_taken_and_the_next_page_says_so(client: FlaskClient) -> None:
    answer = send(client)
    assert (answer.status_code, answer.location) == (302, "/")
    assert "Текст өтө узун: 12 белги." in client.get("/").text
    assert "Текст өтө узун: 12 белги." not in client.get("/").text


def test_a_form_with_faults_is_a_422_with_its_title_marked(client: FlaskClient) -> None:
    answer = send(client, figure="12,606")
    assert answer.status_code == 422
    assert "<title>Ката: Макулдашуу жыйыны" in answer.text


def test_what_was_typed_is_still_there(client: FlaskClient) -> None:
    page = send(client, figure="12,606", reason='Алты "жүз" <миң>', speaker="А. Өмүрова").text
    assert 'value="12,606"' in page
    assert "Алты &#34;жүз&#34; &lt;миң&gt;</textarea>" in page
    assert 'value="А. Өмүрова"' in page


def test_a_password_is_never_sent_back(client: FlaskClient) -> None:
    assert "tulip" not in send(client, figure="", password="tulip").text


def test_a_fault_stands_beside_its_field_and_in_the_summary(client: FlaskClient) -> None:
    page = send(client, figure="алты жүз").text
    assert re.search(r'<a href="#figure">ЖӨБ органдары: «алты жүз» — сан эмес\.', page)
    assert re.search(r'id="figure-error">.*«алты жүз» — сан эмес\.', page)
    assert 'aria-describedby="figure-hint figure-error"' in page


@pytest.mark.parametrize("blank", ["", "   ", "\n"])
def test_a_blank_where_something_is_needed_is_refused(client: FlaskClient, blank: str) -> None:
    assert "Билдирүү: Бул талааны толтуруңуз." in send(client, reason=blank).text


def test_a_zero_is_not_a_blank(client: FlaskClient) -> None:
    assert send(client, figure="0").status_code == 302


def test_a_text_that_is_too_long_is_refused_with_both_numbers(client: FlaskClient) -> None:
    assert "Текст өтө узун: 41 белги. Эң көбү 40 белги" in send(client, reason="ө" * 41).text


def test_a_choice_that_is_not_offered_is_refused_in_our_words(client: FlaskClient) -> None:
    page = send(client, kind="none").text
    assert "Тизмеден бирин тандаңыз." in page
    assert "Not a valid choice" not in page


def test_an_offered_name_is_a_text_and_not_a_key(client: FlaskClient) -> None:
    assert ">Трансферты местным сообществам</option>" in client.get("/form").text


def test_the_amount_names_its_unit(client: FlaskClient) -> None:
    assert '<div class="govuk-input__suffix">миң сом</div>' in client.get("/form").text


def test_a_refusal_of_the_service_keeps_what_was_typed(client: FlaskClient) -> None:
    answer = send(client, speaker="late")
    assert answer.status_code == 422
    assert "<li>Бул талааны толтуруңуз.</li>" in answer.text
    assert 'value="600 000,0"' in answer.text


def test_faults_the_service_found_stand_beside_their_fields(client: FlaskClient) -> None:
    page = send(client, speaker="bad").text
    assert '<a href="#reason">Билдирүү: Бул маани туура эмес.' in page
    assert "<li>3-сап: Дата туура эмес." in page


def test_a_stale_edit_shows_what_was_typed_and_leads_back_to_the_form(client: FlaskClient) -> None:
    answer = send(client, speaker="stale")
    assert answer.status_code == 409
    assert '<a class="govuk-link" href="/form">Жаңы нускасын ачуу</a>' in answer.text


def test_an_error_of_one_request_is_gone_in_the_next(client: FlaskClient) -> None:
    send(client, speaker="bad")
    assert send(client).status_code == 302
    assert "govuk-error-summary" not in client.get("/form").text


def test_a_token_lives_as_long_as_the_session(app: Flask) -> None:
    assert app.config["WTF_CSRF_TIME_LIMIT"] is None


def test_a_problem_knows_the_field_it_stands_in(app: Flask) -> None:
    with app.test_request_context("/form", method="POST", data={**GOOD, "figure": "1.234"}):
        form = PositionForm(meta={"unit": Unit.THOUSAND_SOMS, "csrf": False})
        form.validate()
        faults: list[object] = list(form.figure.errors)
        assert faults == [Problem("money.ambiguous", {"typed": "1.234"}, form_field="figure")]


class _Counted(Form):
    votes = IntegerField("votes", [NumberRange(min=1, message="web.not_a_choice")])


@pytest.mark.parametrize(("typed", "told"), [("сто", "web.not_a_whole_number"), ("0", "web.not_a_choice")])
def test_a_figure_that_cannot_be_read_has_that_one_fault(app: Flask, typed: str, told: str) -> None:
    with app.test_request_context("/form", method="POST", data={"votes": typed}):
        form = _Counted(meta={"csrf": False})
        assert not form.validate()
        assert form.votes.errors == [told]


class _Late(Refused):
    """A refusal that has a field of its own."""

    message_key = "web.too_long"


class _Placed(Form):
    places: ClassVar = {_Late: "figure", NotPermitted: "gone"}
    figure = StringField("web.choose")


@pytest.mark.parametrize(
    ("refusal", "beside"), [(_Late(longest=12), 1), (Refused("web.too_long"), 0), (NotPermitted(), 0)]
)
def test_a_refusal_stands_beside_the_field_that_the_form_names_for_it(
    app: Flask, refusal: ConciliationError, beside: int
) -> None:
    with app.test_request_context():
        form = _Placed()
        form.take(refusal)
    assert (len(form.figure.errors), len(form.form_errors)) == (beside, 1 - beside)
