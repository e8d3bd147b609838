"""Saved views: a person's own names for addresses, on both databases; nobody sees another's."""

import pytest

from budgetproto.analysis.views import TooManyViews, remove_view, save_view, views_of
from budgetproto.database import Database
from budgetproto.errors import BadInput
from tests.factories import make_person
from tests.journeys.visitor import Visitor, shown
from tests.staged import Staged

PIVOT = "/analysis/pivot?rows=kind&columns=year"


def names(database: Database, person: str) -> dict[str, str]:
    with database.reading() as session:
        return {view.name: view.address for view in views_of(session, person)}


def test_a_view_is_kept_under_its_name_and_seen_by_its_own_person_only(database: Database) -> None:
    mine, other = make_person(database).id, make_person(database).id
    save_view(database, mine, name="Гранттар", address=PIVOT)
    save_view(database, mine, name="Гранттар", address="/analysis?kind=x")
    assert names(database, mine) == {"Гранттар": "/analysis?kind=x"}
    assert names(database, other) == {}
    with database.reading() as session:
        (view,) = views_of(session, mine)
    remove_view(database, other, view.id)
    assert len(names(database, mine)) == 1
    remove_view(database, mine, view.id)
    assert names(database, mine) == {}


@pytest.mark.parametrize(
    "address", ["https://example.org/analysis", "//x/analysis", "/lines/1", "", "/analysis?" + "a" * 2_000]
)
def test_only_the_pages_of_the_analysis_have_views(sqlite_database: Database, address: str) -> None:
    person = make_person(sqlite_database).id
    with pytest.raises(BadInput):
        save_view(sqlite_database, person, name="x", address=address)


def test_so_many_views_that_none_is_found_are_refused(sqlite_database: Database) -> None:
    person = make_person(sqlite_database).id
    for number in range(50):
        save_view(sqlite_database, person, name=str(number), address=PIVOT)
    with pytest.raises(TooManyViews):
        save_view(sqlite_database, person, name="one more", address=PIVOT)
    save_view(sqlite_database, person, name="7", address="/analysis")


def test_a_reader_names_the_view_he_came_from_and_opens_it_again(staged: Staged) -> None:
    visitor: Visitor = staged.visitor("analyst")
    page = visitor.get(PIVOT)
    assert "/analysis/views?view=/analysis/pivot?rows%3Dkind%26columns%3Dyear" in page.text
    answer = visitor.send("/analysis/views", name="По видам", view=PIVOT)
    assert answer.status_code == 303
    told = visitor.get("/analysis/views")
    assert "По видам" in shown(told)
    assert PIVOT.replace("&", "&amp;") in told.text
    assert visitor.send("/analysis/views", name=" ", view=PIVOT).status_code == 422
