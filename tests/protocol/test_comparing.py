"""Who may compare what: two protocols he may read, and nothing that is sealed to him."""

import io
from dataclasses import replace

import openpyxl
import pytest

from budgetproto.disputes.storage import lines
from budgetproto.i18n import LANGUAGES, Language, text
from budgetproto.proceedings.cloning import clone_sitting
from budgetproto.protocol import service, storage
from budgetproto.protocol.delivery.comparing import Side, kindred, sides, usual
from tests.factories import file_all, make_person, make_scene, open_all, reach_deadline
from tests.journeys.visitor import Visitor, shown
from tests.staged import Staged
from tests.stated import new_sitting


def address(staged: Staged, ending: str = "", query: str = "") -> str:
    return f"/sittings/{staged.finished}/protocol/comparison{ending}{query}"


@pytest.fixture
def issued(staged: Staged) -> Staged:
    service.issue(staged.database, staged.person("secretary").id, staged.finished)
    return staged


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_issued_protocol_is_compared_with_the_draft_as_it_stands(
    issued: Staged, language: Language
) -> None:
    page = issued.visitor("union", language).get(address(issued))
    assert page.status_code == 200
    assert text("delivery.comparison.draft", language, number="2020-1") in shown(page)
    assert page.text.count("<h1") == 1


def test_its_files_hold_the_same_rows(issued: Staged) -> None:
    chair = issued.visitor("chair", "ru")
    book = openpyxl.load_workbook(io.BytesIO(chair.get(address(issued, ".xlsx")).data))
    assert len(book.sheetnames) == 2
    csv = chair.get(address(issued, ".csv")).data.decode()
    assert csv.startswith("прежний №,последующий №,состояние")
    assert chair.get(address(issued, ".csv", "?dialect=none")).status_code == 422


def test_a_sealed_sitting_is_neither_offered_nor_read(kept: Staged) -> None:
    chair = kept.person("chair")
    with kept.database.reading() as session:
        assert {each.sitting.id for each in sides(session, chair)} == {kept.finished}
    visitor = kept.visitor("chair")
    for query in (f"?before=now-{kept.collecting}", f"?after=now-{kept.collecting}"):
        for ending in ("", ".xlsx", ".csv"):
            assert visitor.get(address(kept, ending, query)).status_code == 404


@pytest.mark.parametrize("key", ["now-", "now-unknown", "unknown", "a" * 26, "' or 1=1"])
def test_what_does_not_exist_is_not_found(kept: Staged, key: str) -> None:
    assert kept.visitor("chair").get(address(kept, "", f"?before={key}")).status_code == 404


def test_outsiders_compare_nothing_by_any_key(issued: Staged) -> None:
    with issued.database.reading() as session:
        row = storage.issued(session, issued.finished)
    assert row is not None
    outsider = Visitor(issued.app, make_person(issued.database), language="en")
    assert outsider.get(address(issued, "", f"?before={row.id}")).status_code == 404


def test_a_protocol_of_another_sitting_is_unknown_to_whoever_is_not_in_it(issued: Staged) -> None:
    other = make_scene(issued.database)
    with issued.database.reading() as session:
        row = storage.issued(session, issued.finished)
    assert row is not None
    file_all(other)
    reach_deadline(other)
    open_all(other)
    path = f"/sittings/{other.sitting}/protocol/comparison"
    unionist = Visitor(issued.app, other.unionist, language="en")
    assert unionist.get(path).status_code == 200
    assert unionist.get(f"{path}?before={row.id}").status_code == 404
    assert unionist.get(f"{path}?before=now-{issued.finished}").status_code == 404


def test_last_years_lines_are_found_by_what_this_years_were_made_from(issued: Staged) -> None:
    secretary = issued.person("secretary")
    with issued.database.reading() as session:
        every = lines(session, issued.finished)
    chosen = [every[2].id, every[0].id]
    later = clone_sitting(
        issued.database, secretary.id, issued.finished, new_sitting(number="2021-7"), chosen
    )
    with issued.database.reading() as session:
        assert sorted(kindred(session, issued.finished, later)) == [(1, 1), (3, 2)]
        assert sorted(kindred(session, later, issued.finished)) == [(1, 1), (2, 3)]


def test_unless_chosen_a_sitting_is_set_beside_the_one_it_was_made_from(issued: Staged) -> None:
    chair = issued.person("chair")
    with issued.database.reading() as session:
        choice = sides(session, chair)
    own = choice[0].sitting
    later = replace(own, id="later", number="2021-1", budget_year=2021, cloned_from=own.id)
    protocol, draft = choice
    of_later = Side("now-later", later)
    assert (protocol.number, draft.number) == ("2020-1", None)
    assert usual([*choice, of_later], later) == (protocol, of_later)
    assert usual(choice, own) == (protocol, draft)
    correction = Side("p2", own, "2020-1/2", protocol.at)
    assert usual([protocol, correction, draft], own) == (protocol, correction)
    assert usual([draft], own) == (draft, draft)
