"""Templates write amounts, names and texts as the reader's language does."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask, render_template_string
from jinja2 import UndefinedError

from budgetproto.errors import Problem
from budgetproto.i18n import LANGUAGES, Named, Sentence, Words
from budgetproto.i18n.catalogue import keys
from budgetproto.i18n.formatting import decimals_of
from budgetproto.money import Som, Unit
from budgetproto.web import filters

FIGURE = Som(1_260_677_830_000)
UNIT = Unit.THOUSAND_SOMS


@pytest.fixture
def russian(app: Flask) -> Iterator[None]:
    with app.test_request_context("/", headers={"Cookie": "language=ru"}):
        yield


@pytest.fixture
def english(app: Flask) -> Iterator[None]:
    with app.test_request_context("/", headers={"Cookie": "language=en"}):
        yield


@pytest.mark.usefixtures("russian")
def test_an_amount_is_written_in_the_unit_of_the_sitting() -> None:
    assert filters.amount(FIGURE, UNIT) == "12\u00a0606\u00a0778,3"
    assert filters.amount(FIGURE, Unit.MILLION_SOMS) == "12\u00a0606,7783"


@pytest.mark.usefixtures("russian")
def test_a_table_writes_all_its_amounts_with_the_decimals_of_the_longest_and_rounds_none() -> None:
    column = (Som(49_592_435_000), Som(94_989_020_000), Som(-5), Som(0))
    for shown, decimals in ((column[:2], 2), (column[1:2], 1), (column, 5), ((), 1)):
        assert decimals_of((each.tyiyn for each in shown), UNIT) == decimals
    decimals = decimals_of((each.tyiyn for each in column[:2]), UNIT)
    assert [filters.amount(each, UNIT, decimals) for each in column[:2]] == [
        "495\u00a0924,35",
        "949\u00a0890,20",
    ]
    assert filters.signed(column[1], UNIT, decimals) == "+949\u00a0890,20"
    assert filters.amount(column[2], UNIT, decimals) == "\u22120,00005"


@pytest.mark.usefixtures("english")
def test_english_groups_by_commas() -> None:
    assert filters.amount(FIGURE, UNIT) == "12,606,778.3"


@pytest.mark.usefixtures("russian")
def test_a_blank_is_a_dash_and_a_zero_is_a_figure() -> None:
    assert (filters.amount(None, UNIT), filters.amount(Som(0), UNIT)) == ("—", "0,0")
    assert (filters.signed(None, UNIT), filters.points(None), filters.named(None)) == ("—", "—", "—")


@pytest.mark.usefixtures("russian")
def test_a_difference_carries_its_sign() -> None:
    assert filters.signed(Som(60_000_000_000), UNIT) == "+600\u00a0000,0"
    assert filters.signed(Som(-60_000_000_000), UNIT) == "\u2212600\u00a0000,0"


@pytest.mark.usefixtures("russian")
def test_a_percentage_a_day_and_a_moment_are_written_as_in_acts() -> None:
    assert filters.points(3550) == "35,5\u00a0%"
    assert filters.day(date(2018, 12, 26)) == "26 декабря 2018 года"
    assert filters.moment(datetime(2020, 6, 25, 20, 30, tzinfo=UTC)) == "26 июня 2020 года, 02:30"


@pytest.mark.usefixtures("russian")
def test_a_name_in_another_language_is_marked_with_it() -> None:
    assert filters.named(Named(ky="Ысык-Көл")) == '<span lang="ky">Ысык-Көл</span>'
    assert filters.named(Named(ky="Ысык-Көл", ru="Иссык-Куль")) == "Иссык-Куль"


@pytest.mark.usefixtures("russian")
def test_a_name_cannot_bring_markup_into_the_page() -> None:
    assert filters.named(Named(ky="<b>")) == '<span lang="ky">&lt;b&gt;</span>'
    assert filters.words(Words(Named(ru="<script>"), language="ru")) == "&lt;script&gt;"


@pytest.mark.usefixtures("russian")
def test_an_unconfirmed_translation_is_marked_so() -> None:
    text = Named(ky="Долбоорлор даяр", ru="Проекты готовы")
    assert "[перевод не подтверждён]" in filters.words(Words(text, language="ky"))
    assert filters.words(Words(text, language="ky", confirmed=("ru",))) == "Проекты готовы"


@pytest.mark.usefixtures("english")
def test_a_text_without_a_translation_is_shown_as_it_was_written() -> None:
    shown = filters.words(Words(Named(ky="Долбоорлор даяр"), language="ky"))
    assert '<span lang="ky">Долбоорлор даяр</span>' in shown
    assert "[not translated]" in shown


@pytest.mark.usefixtures("russian")
def test_a_source_in_kyrgyz_letters_is_marked_for_readers_of_russian() -> None:
    assert filters.cited("2020-жылдын бюджети жөнүндө <мыйзам>") == (
        '<span lang="ky">2020-жылдын бюджети жөнүндө &lt;мыйзам&gt;</span> '
        '<span class="bp-mark">[на кыргызском]</span>'
    )
    assert filters.cited("Закон № 10 <проект>") == "Закон № 10 &lt;проект&gt;"


def test_a_source_in_kyrgyz_letters_needs_no_mark_for_readers_of_kyrgyz(app: Flask) -> None:
    with app.test_request_context("/", headers={"Cookie": "language=ky"}):
        assert filters.cited("бюджет жөнүндө") == "бюджет жөнүндө"


@pytest.mark.usefixtures("russian")
def test_a_problem_is_told_with_its_place_first() -> None:
    problem = Problem("web.required", file="позиции.xlsx", row=12, column="Сумма")
    assert (
        filters.sentence(problem) == "Файл: позиции.xlsx · строка 12 · столбец «Сумма»: Заполните это поле."
    )


@pytest.mark.usefixtures("russian")
def test_a_sentence_with_values_is_told() -> None:
    told = filters.sentence(Sentence("web.too_long", (("typed", 1200), ("most", 1000))))
    assert told == "Текст слишком длинный, знаков: 1\u00a0200. Сократите его, допустимо не более 1\u00a0000."


@pytest.mark.parametrize("written", ['{{ "web.required" | label }}', '{{ label("web.required") }}'])
def test_a_constant_key_is_told_in_the_language_of_each_reader(app: Flask, written: str) -> None:
    told = []
    template = app.jinja_env.from_string(written)
    for language in LANGUAGES:
        with app.test_request_context("/", headers={"Cookie": f"language={language}"}):
            told.append(template.render())
    assert told == ["Бул талааны толтуруңуз.", "Заполните это поле.", "Fill in this field."]


def test_a_value_the_page_was_not_given_is_a_fault_and_not_a_gap(app: Flask) -> None:
    with app.test_request_context("/"), pytest.raises(UndefinedError):
        render_template_string("{{ figure }}")


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.usefixtures("russian")
def test_every_unit_has_a_name(unit: Unit) -> None:
    assert filters.unit_name(unit) in {
        "сом",
        "тыс. сомов",
        "млн сомов",
        "тыс. долларов США",
        "млн долларов США",
        "млн евро",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_sentence_of_this_room(language: str) -> None:
    assert keys("web", language) == keys("web", "ky")  # type: ignore[arg-type]
    assert keys("errors", language) == keys("errors", "ky")  # type: ignore[arg-type]
