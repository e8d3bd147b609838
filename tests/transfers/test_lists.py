"""Lists that keepers import: all of it or nothing, and which constituency a territory belongs to."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from budgetproto.database import Database
from budgetproto.errors import BadInput, NotPermitted
from budgetproto.exchange import to_xlsx
from budgetproto.i18n import LANGUAGES, Language, Named
from budgetproto.journal import SYSTEM
from budgetproto.journal.storage import entries
from budgetproto.money import Som, Unit
from budgetproto.transfers import storage
from budgetproto.transfers.comparing import Asked, comparison
from budgetproto.transfers.constituencies import Constituency, constituency_of
from budgetproto.transfers.list_reading import (
    LISTS,
    ListName,
    read_changes,
    read_indicators,
    read_territories,
    template,
)
from budgetproto.transfers.lists import import_list
from budgetproto.transfers.service import load
from tests.transfers.test_routes import ANALYST, REFERENCE, SECRETARY, page, sample_app

OSH, AK_BULUN, AK_SUU = "41706000000000", "41702205805000", "41702205000000"
BORU_BASH = "41702205807000"
DAY = date(2025, 1, 1)
INDICATORS = f"""soate,kind,people,amount,on,source
{OSH},population,1500000,,2025-01-01,Улутстатком
{OSH},own_revenue,,"3 100 000,5",2025-01-01,Каржы министрлиги
{OSH},Дети до 18 лет,400000,,2025-01-01,Улутстатком
"""
SEATS = f"""code,name_ky,name_ru,soate,valid_from,valid_to,source
5,№ 5 округ,Округ № 5,{AK_SUU},2025-06-01,,БШК
6,№ 6 округ,Округ № 6,{OSH},2020-01-01,2025-05-31,БШК
"""


@pytest.fixture
def loaded(database: Database) -> Database:
    load(database, REFERENCE)
    return database


def imported(database: Database, name: ListName, content: str | bytes) -> int:
    sent = content if isinstance(content, bytes) else content.encode()
    return import_list(database, keeper=SECRETARY, name=name, content=sent, file="list.csv")


def test_indicators_of_every_kind_are_added_with_day_and_source(loaded: Database) -> None:
    assert imported(loaded, "indicators", INDICATORS) == 3
    with loaded.reading() as session:
        found = {each.kind: each for each in storage.find_indicators(session, OSH)}
        told = entries(session, SYSTEM)[-1]
    assert (found["population"].value, found["children"].value) == (1_500_000, 400_000)
    assert found["own_revenue"].value == Som(310_000_050_000)
    assert (found["children"].on, found["children"].source) == (DAY, "Улутстатком")
    assert (told.kind, told.values()["rows"]) == ("transfers.list_imported", 3)


def test_a_day_that_stands_is_never_replaced_and_nothing_of_the_file_is_taken(loaded: Database) -> None:
    imported(loaded, "indicators", INDICATORS)
    more = f"{INDICATORS}{AK_BULUN},population,900,,2025-01-01,Улутстатком\n"
    with pytest.raises(BadInput) as refusal:
        imported(loaded, "indicators", more)
    assert {each.key for each in refusal.value.problems} == {"transfers.lists.stands"}
    with loaded.reading() as session:
        assert storage.find_indicators(session, AK_BULUN) == []


def test_a_list_of_constituencies_takes_the_place_of_the_illustrative_one(loaded: Database) -> None:
    with loaded.reading() as session:
        assert all(each.illustrative for each in storage.find_constituencies(session))
    assert imported(loaded, "constituencies", SEATS) == 2
    with loaded.reading() as session:
        found = storage.find_constituencies(session)
        parents = storage.parents_of(session, [AK_BULUN, OSH])
    assert [(each.code, each.soate, each.illustrative) for each in found] == [
        ("5", AK_SUU, False),
        ("6", OSH, False),
    ]
    assert constituency_of(parents, found, date(2026, 1, 1)) == {AK_SUU: "5", AK_BULUN: "5"}
    assert constituency_of(parents, found, date(2025, 5, 31)) == {OSH: "6"}


def test_a_workbook_is_read_as_the_plain_file(sqlite_database: Database) -> None:
    load(sqlite_database, REFERENCE)
    sheet = template("constituencies")
    row = ("7", "№ 7", "№ 7", "No. 7", OSH, DAY, None, "БШК")
    content = to_xlsx([type(sheet)(sheet.title, sheet.columns, [row])], "ky", Unit.THOUSAND_SOMS)
    assert imported(sqlite_database, "constituencies", content) == 1


NEW_UNITS = f"""soate,kind,name_ky,name_ru,parent,self_governing,valid_from,source
41702205899000,aiyl_aimak,Жаңы айыл аймагы,Новый айылный аймак,{AK_SUU},1,2025-07-01,https://example.org/law
"""
CHANGES = f"""soate,kind,on,successor,source
{AK_BULUN},merged,2025-07-01,41702205899000,https://example.org/law
{BORU_BASH},merged,2025-07-01,41702205899000,https://example.org/law
"""


def test_new_units_and_changes_recast_a_figure_of_last_year(loaded: Database) -> None:
    imported(loaded, "territories", NEW_UNITS)
    assert imported(loaded, "changes", CHANGES) == 2
    counts = "".join(f"{code},population,700,,2024-01-01,x\n" for code in (AK_BULUN, BORU_BASH))
    imported(loaded, "indicators", f"soate,kind,people,amount,on,source\n{counts}")
    with loaded.reading() as session:
        found = comparison(session, Asked("population", 2024, 2025, 2025))
        unit = storage.find_territory(session, "41702205899000")
    assert found.recasts[0].figures == {"41702205899000": 1_400}
    assert unit is not None
    assert (unit.level, unit.self_governing, unit.valid_from) == (3, True, date(2025, 7, 1))


def test_imported_changes_stand_beside_the_shipped_ones_and_outlive_a_new_load(loaded: Database) -> None:
    imported(loaded, "territories", NEW_UNITS)
    imported(loaded, "changes", CHANGES)
    imported(loaded, "changes", CHANGES.rsplit(f"{BORU_BASH}", 1)[0])
    with loaded.writing() as session:
        storage.replace_changes(session, REFERENCE.changes)
    with loaded.reading() as session:
        found = storage.all_changes(session)
    assert len(found) == len(REFERENCE.changes) + 1


@pytest.mark.parametrize(
    ("name", "row", "key"),
    [
        ("changes", f"{OSH},merged,2025-07-01,,https://example.org/", "transfers.lists.no_successor"),
        ("changes", f"{OSH},sold,2025-07-01,,https://example.org/", "transfers.lists.no_code"),
        ("changes", f"{OSH},rank,2025-07-01,,a newspaper", "transfers.lists.no_address"),
        ("territories", f"{OSH},district,а,а,{OSH},0,2025-07-01,x", "transfers.lists.known_code"),
        ("territories", f"12,district,а,а,{OSH},0,2025-07-01,x", "transfers.lists.no_soate"),
        ("territories", f"41706299000000,district,а,а,{OSH},2,2025-07-01,x", "transfers.lists.out_of_range"),
    ],
)
def test_what_is_wrong_with_a_change_or_a_new_unit_is_told(name: ListName, row: str, key: str) -> None:
    head = (CHANGES if name == "changes" else NEW_UNITS).partition("\n")[0]
    read = read_changes if name == "changes" else read_territories
    with pytest.raises(BadInput) as refusal:
        read(f"{head}\n{row}\n".encode(), frozenset({OSH}))
    assert [problem.key for problem in refusal.value.problems] == [key]


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ("41799999999999,population,5,,2025-01-01,x", "transfers.unknown_code"),
        (f"{OSH},colour,5,,2025-01-01,x", "transfers.lists.no_kind"),
        (f"{OSH},population,,5,2025-01-01,x", "transfers.lists.people_wanted"),
        (f"{OSH},own_revenue,5,,2025-01-01,x", "transfers.lists.amount_wanted"),
        (f"{OSH},population,0,,2025-01-01,x", "transfers.lists.out_of_range"),
        (f"{OSH},own_revenue,,-5,2025-01-01,x", "transfers.lists.out_of_range"),
        (f"{OSH},children,2000000000,,2025-01-01,x", "transfers.lists.out_of_range"),
        (f"{OSH},population,5,,tomorrow,x", "exchange.problem.not_date"),
        (f"{OSH},population,5,,2025-01-01,", "exchange.problem.required"),
        (f"{OSH},population,5,,2025-01-01,x\n{OSH},population,6,,2025-01-01,x", "transfers.lists.twice"),
    ],
)
def test_each_fault_is_told_with_its_row(row: str, key: str) -> None:
    content = f"soate,kind,people,amount,on,source\n{row}\n".encode()
    with pytest.raises(BadInput) as refusal:
        read_indicators(content, frozenset({OSH}), "list.csv")
    (problem,) = refusal.value.problems
    assert (problem.key, problem.file) == (key, "list.csv")
    assert problem.row == (3 if key.endswith("twice") else 2)


def test_who_does_not_keep_the_reference_data_imports_nothing(sqlite_database: Database) -> None:
    with pytest.raises(NotPermitted):
        import_list(sqlite_database, keeper=ANALYST, name="indicators", content=INDICATORS.encode())


def entry(code: str, soate: str) -> Constituency:
    return Constituency(code, Named(code), soate, DAY, "drawn")


def test_a_territory_of_several_constituencies_belongs_to_none_alone() -> None:
    parents = {"city": None, "quarter": "city", "other": None}
    listed = [entry("1", "city"), entry("2", "city"), entry("3", "quarter")]
    assert constituency_of(parents, listed, DAY) == {"quarter": "3"}


@given(st.dictionaries(st.sampled_from("abcde"), st.none() | st.sampled_from("abcde")))
def test_whatever_stands_above_what_the_search_ends(parents: dict[str, str | None]) -> None:
    found = constituency_of(parents, [entry("1", "a")], DAY)
    assert set(found) <= set(parents)
    assert all(code == "1" for code in found.values())


@pytest.fixture
def client(sqlite_database: Database) -> FlaskClient:
    load(sqlite_database, REFERENCE)
    return sample_app(sqlite_database, SECRETARY).test_client()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_open_in_each_language(client: FlaskClient, language: Language) -> None:
    for address in ("constituencies", *(f"import/{name}" for name in LISTS)):
        found = page(client, f"/territories/{address}", language)
        assert found.count("<h1") == 1


def test_a_keeper_pastes_a_list_and_faults_come_back_with_what_was_typed(client: FlaskClient) -> None:
    address = "/territories/import/constituencies"
    assert client.post(address, data={"pasted": SEATS}).status_code == 303
    assert "Округ № 5" in page(client, "/territories/constituencies", "ru")
    refused = client.post(address, data={"pasted": SEATS.replace(OSH, "41799999999999")})
    assert refused.status_code == 422
    assert "41799999999999" in refused.text
    assert client.post(address, data={}).status_code == 422


def test_a_template_has_the_columns_and_no_other_list_exists(client: FlaskClient) -> None:
    assert client.get("/territories/import/indicators/template.csv").status_code == 200
    assert client.get("/territories/import/indicators/template.xlsx").status_code == 200
    assert client.get("/territories/import/indicators/template.pdf").status_code == 404
    assert client.get("/territories/import/colours").status_code == 404
