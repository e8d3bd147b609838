"""The reference data in both databases: loaded once, searched, edited, told."""

import dataclasses
from datetime import date
from typing import Any

import pytest

from budgetproto.accounts.domain import Person, Role
from budgetproto.database import Database
from budgetproto.errors import NotPermitted
from budgetproto.i18n import LANGUAGES, Named
from budgetproto.journal import SYSTEM, sentence
from budgetproto.journal.storage import entries
from budgetproto.money import Som
from budgetproto.transfers import storage
from budgetproto.transfers.domain import Indicator
from budgetproto.transfers.reference import Reference, read_reference
from budgetproto.transfers.service import (
    IndicatorAgain,
    KindChanged,
    UnknownKind,
    UnknownTerritory,
    add_indicators,
    edit_kind,
    load,
    territory_card,
    transfer_table,
)

REFERENCE = read_reference()
OSH = "41706000000000"
SECRETARY = Person("p", "secretary", "Айнура", "ky", frozenset({Role.SECRETARY}))
MEMBER = Person("m", "member", "Нурбек", "ky", frozenset({Role.MEMBER}))


@pytest.fixture
def loaded(database: Database) -> Database:
    assert load(database, REFERENCE)
    return database


@pytest.fixture
def loaded_sqlite(sqlite_database: Database) -> Database:
    assert load(sqlite_database, REFERENCE)
    return sqlite_database


def kinds_of_events(database: Database) -> list[str]:
    with database.reading() as session:
        return [entry.kind for entry in entries(session, SYSTEM)]


def with_transfer(executed: Som) -> Reference:
    first, *others = REFERENCE.transfers
    return dataclasses.replace(REFERENCE, transfers=(dataclasses.replace(first, executed=executed), *others))


def edited(database: Database, basis: str, *, version: int = 1, editor: Person = SECRETARY) -> None:
    edit_kind(
        database,
        editor=editor,
        code="equalization",
        version=version,
        basis=Named(ky=basis, ru=basis, en=basis),
        sources=("BC-RU",),
    )


def test_what_was_loaded_is_read_back_the_same(loaded: Database) -> None:
    with loaded.reading() as session:
        assert storage.count_territories(session) == 2438
        assert storage.count_territories(session, self_governing=True) == 484
        assert tuple(storage.find_transfers(session)) == REFERENCE.transfers
        assert tuple(storage.find_kinds(session)) == REFERENCE.kinds
        assert set(storage.find_territories(session)) == set(REFERENCE.territories)


def test_loading_twice_changes_nothing_and_is_one_event(loaded: Database) -> None:
    assert not load(loaded, REFERENCE)
    assert kinds_of_events(loaded) == ["transfers.loaded"]


def test_the_event_holds_the_hash_of_all_rows(loaded_sqlite: Database) -> None:
    with loaded_sqlite.reading() as session:
        (entry,) = entries(session, SYSTEM)
    assert entry.values() == {
        "digest": REFERENCE.digest,
        "territories": 2438,
        "kinds": len(REFERENCE.kinds),
        "transfers": 61,
    }


def test_a_corrected_figure_takes_the_place_of_the_old_one(loaded: Database) -> None:
    assert load(loaded, with_transfer(Som(1)))
    with loaded.reading() as session:
        transfers = storage.find_transfers(session)
    assert (len(transfers), transfers[0].executed) == (61, Som(1))


def test_loading_again_keeps_the_legal_basis_that_people_edited(loaded: Database) -> None:
    edited(loaded, "жаңы негиз")
    assert load(loaded, with_transfer(Som(1)))
    with loaded.reading() as session:
        kind = storage.find_kind(session, "equalization")
    assert kind is not None
    assert kind.basis.ky == "жаңы негиз"


def test_a_member_does_not_keep_the_catalogue(loaded_sqlite: Database) -> None:
    with pytest.raises(NotPermitted):
        edited(loaded_sqlite, "негиз", editor=MEMBER)
    assert kinds_of_events(loaded_sqlite) == ["transfers.loaded"]


def test_the_second_editor_sees_both_texts(loaded: Database) -> None:
    edited(loaded, "биринчи")
    with pytest.raises(KindChanged) as refusal:
        edited(loaded, "экинчи")
    label = "transfers.kinds.basis_ky"
    details: Any = refusal.value.details
    assert (details["theirs"][label], details["yours"][label]) == ("биринчи", "экинчи")


def test_the_second_editor_may_go_on_from_what_stands_now(loaded: Database) -> None:
    edited(loaded, "биринчи")
    edited(loaded, "экинчи", version=2)
    assert kinds_of_events(loaded)[1:] == ["transfers.kind_edited", "transfers.kind_edited"]


def test_a_kind_that_does_not_exist_is_unknown(sqlite_database: Database) -> None:
    with pytest.raises(UnknownKind):
        edited(sqlite_database, "негиз")


@pytest.mark.parametrize("words", ["Өзгөн", "озгон", "УЗГЕН", "41706255000000"])
def test_a_district_is_found_in_either_language_with_folded_letters_and_by_code(
    loaded: Database, words: str
) -> None:
    with loaded.reading() as session:
        found = storage.find_territories(session, words=words, level=2)
    assert [territory.soate for territory in found] == ["41706255000000"]


def test_every_word_of_a_search_must_be_found(loaded_sqlite: Database) -> None:
    with loaded_sqlite.reading() as session:
        assert storage.find_territories(session, words="чон алай", level=2)
        assert not storage.find_territories(session, words="чон париж")


@pytest.mark.parametrize("words", ["%", "_", "\\"])
def test_signs_of_a_pattern_are_searched_as_they_are(loaded_sqlite: Database, words: str) -> None:
    with loaded_sqlite.reading() as session:
        assert storage.find_territories(session, words=words) == []


def test_a_sign_that_no_database_stores_finds_nothing_and_breaks_nothing(loaded: Database) -> None:
    with loaded.reading() as session:
        assert storage.find_territories(session, words="Өзгөн\x00", level=2)
        with pytest.raises(UnknownTerritory):
            territory_card(session, "\x00")


def test_the_484_are_listed_by_oblast(loaded_sqlite: Database) -> None:
    with loaded_sqlite.reading() as session:
        governing = storage.find_territories(session, self_governing=True)
        assert len(governing) == 484
        assert len(storage.find_territories(session, level=1)) == 9


def test_a_card_shows_what_stands_above_and_below(loaded_sqlite: Database) -> None:
    with loaded_sqlite.reading() as session:
        card = territory_card(session, "41706255808000")
    assert [territory.soate for territory in card.above] == [OSH, "41706255000000"]
    assert card.below
    assert all(territory.parent == "41706255808000" for territory in card.below)


def test_a_card_tells_what_became_of_the_territory(loaded_sqlite: Database) -> None:
    with loaded_sqlite.reading() as session:
        card = territory_card(session, "41703410000010")
    assert [change.name.ky for change in card.changes] == ["Манас шаары"]


def test_an_unknown_code_is_unknown(loaded_sqlite: Database) -> None:
    with pytest.raises(UnknownTerritory), loaded_sqlite.reading() as session:
        territory_card(session, "41799000000000")


def test_without_indicators_every_figure_per_head_is_no_data(loaded: Database) -> None:
    with loaded.reading() as session:
        table = transfer_table(session)
    assert {line.per_head for line in table.lines} == {None}


def test_the_one_total_that_does_not_close_is_shown_with_its_territory(loaded_sqlite: Database) -> None:
    with loaded_sqlite.reading() as session:
        ((name, problem),) = transfer_table(session).problems
    assert name is not None
    assert (name.ky, problem.missing) == ("Ош облусу", Som(2_830_000_000))


def test_a_population_gives_figures_per_head_of_that_territory_only(loaded: Database) -> None:
    people = Indicator(OSH, "population", 1_000_000, date(2021, 4, 1), "an illustrative count")
    add_indicators(loaded, keeper=SECRETARY, indicators=[people])
    with loaded.reading() as session:
        lines = transfer_table(session).lines
    with_figure = {line.transfer.territory for line in lines if line.per_head is not None}
    assert with_figure == {OSH}


def test_own_revenue_is_kept_to_the_tyiyn(loaded: Database) -> None:
    revenue = Indicator(OSH, "own_revenue", Som(123_456_789_012_345), date(2021, 4, 1), "a report")
    add_indicators(loaded, keeper=SECRETARY, indicators=[revenue])
    with loaded.reading() as session:
        assert storage.find_indicators(session, OSH) == [revenue]


def test_an_indicator_of_no_territory_is_refused_and_leaves_no_event(loaded_sqlite: Database) -> None:
    nowhere = Indicator("41799000000000", "population", 1, date(2021, 4, 1), "")
    with pytest.raises(UnknownTerritory):
        add_indicators(loaded_sqlite, keeper=SECRETARY, indicators=[nowhere])
    assert kinds_of_events(loaded_sqlite) == ["transfers.loaded"]


def test_a_member_may_not_enter_an_indicator(loaded_sqlite: Database) -> None:
    people = Indicator(OSH, "population", 7, date(2021, 4, 1), "эсеп")
    with pytest.raises(NotPermitted):
        add_indicators(loaded_sqlite, keeper=MEMBER, indicators=[people])


def test_an_indicator_of_a_day_is_entered_once_and_nothing_beside_it_is_kept(loaded: Database) -> None:
    people = Indicator(OSH, "population", 7, date(2021, 4, 1), "эсеп")
    revenue = Indicator(OSH, "own_revenue", Som(100), date(2021, 4, 1), "эсеп")
    add_indicators(loaded, keeper=SECRETARY, indicators=[people])
    with pytest.raises(IndicatorAgain):
        add_indicators(loaded, keeper=SECRETARY, indicators=[revenue, people])
    with loaded.reading() as session:
        assert storage.find_indicators(session, OSH) == [people]


def test_each_event_is_told_in_three_languages(loaded_sqlite: Database) -> None:
    edited(loaded_sqlite, "жаңы негиз")
    people = Indicator(OSH, "population", 7, date(2021, 4, 1), "эсеп")
    add_indicators(loaded_sqlite, keeper=SECRETARY, indicators=[people])
    names = {"person": {"p": Named(ky="Айнура", ru="Айнура", en="Ainura")}}
    with loaded_sqlite.reading() as session:
        told = [
            [sentence(entry, names, language) for language in LANGUAGES] for entry in entries(session, SYSTEM)
        ]
    assert [len(set(sentences)) for sentences in told] == [3, 3, 3]
    assert "2,438" in told[0][2]
    assert "жаңы негиз" in told[1][0]
    assert "Айнура" in told[2][0]
