"""On a phone a row is a card: each value knows the name of its column."""

import re

from flask.testing import FlaskClient
from markupsafe import Markup

from budgetproto.web.tables import labelled

COLUMNS: list[dict[str, object]] = [
    {"text": "Маселе"},
    {"text": Markup('<span class="x">МК</span><span>Кабинет</span>')},
    {"text": "<"},
]


def labels(rows: str) -> list[str]:
    return re.findall(r'data-label="([^"]*)"', labelled(Markup(rows), COLUMNS))


def test_each_value_carries_the_words_of_its_column_without_tags() -> None:
    assert labels("<tr><td>1</td><td>2</td><td>3</td></tr>") == ["Маселе", "МК Кабинет", "&lt;"]


def test_the_head_of_a_row_needs_no_name_before_it() -> None:
    assert labels("<tr><th>1</th><td>2</td><td>3</td></tr>") == ["МК Кабинет", "&lt;"]


def test_what_is_drawn_only_for_the_eye_is_no_part_of_a_name() -> None:
    drawn = Markup('<span aria-hidden="true">МК</span><span>Кабинет</span>')
    assert (
        labelled(Markup("<tr><td>1</td></tr>"), [{"text": drawn}])
        == '<tr><td data-label="Кабинет">1</td></tr>'
    )


def test_every_row_begins_with_the_first_column() -> None:
    assert labels("<tr><td>1</td></tr><tr class='a'><td>2</td></tr>") == ["Маселе", "Маселе"]


def test_a_cell_over_two_columns_is_counted_twice() -> None:
    assert labels('<tr><td colspan="2">1</td><td>3</td></tr>') == ["Маселе", "&lt;"]


def test_a_cell_beyond_the_last_column_has_no_name() -> None:
    assert labels("<tr><td>1</td><td>2</td><td>3</td><td>4</td></tr>")[2:] == ["&lt;"]


def test_nothing_else_of_the_row_changes() -> None:
    row = '<tr><th scope="row"><a href="/x">№ 1 &lt;b&gt;</a></th><td class="y">5<br>6</td></tr>'
    assert re.sub(r' data-label="[^"]*"', "", labelled(Markup(row), COLUMNS)) == row


def test_the_tables_of_the_pages_carry_the_names(client: FlaskClient) -> None:
    page = client.get("/").text
    assert 'data-label="ЖӨБ органдары"' in page
