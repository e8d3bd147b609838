"""The files of the reference data: read whole and exactly, or refused with every fault in its place."""

import shutil
from pathlib import Path

import pytest

from budgetproto.errors import BadInput
from budgetproto.i18n import LANGUAGES
from budgetproto.money import Som
from budgetproto.transfers.domain import data_problems, has_odd_code
from budgetproto.transfers.reference import FIXTURES, Reference, read_reference, read_sources

REFERENCE: Reference = read_reference()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FIXTURES, tmp_path / "fixtures"))


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults(folder: Path) -> list[tuple[str, str | None, int | None, str | None]]:
    with pytest.raises(BadInput) as refusal:
        read_reference(folder)
    return [(p.key, p.file, p.row, p.column) for p in refusal.value.problems]


def test_all_territories_and_all_local_self_governments_are_there() -> None:
    assert len(REFERENCE.territories) == 2438
    assert sum(territory.self_governing for territory in REFERENCE.territories) == 484


def test_every_name_is_stated_in_russian_and_those_of_the_oblasts_in_three_languages() -> None:
    assert all(territory.name.ru for territory in REFERENCE.territories)
    highest = [territory for territory in REFERENCE.territories if territory.level == 1]
    assert len(highest) == 9
    assert all(getattr(territory.name, language) for territory in highest for language in LANGUAGES)


def test_a_missing_kyrgyz_name_is_empty_and_not_transliterated() -> None:
    named = [territory for territory in REFERENCE.territories if territory.name.ky]
    assert len(named) == 61
    assert all(territory.name_source in {"SOATE", "KAKTUS"} for territory in named)
    assert all(territory.name_source in read_sources() for territory in named)


def test_validity_is_unknown_and_the_day_of_the_source_is_kept() -> None:
    assert {(t.valid_from, t.valid_to, t.as_of) for t in REFERENCE.territories} == {(None, None, "2021-04")}


def test_the_one_odd_code_is_kept_with_a_note() -> None:
    odd = [
        territory for territory in REFERENCE.territories if has_odd_code(territory.soate, territory.parent)
    ]
    assert [territory.soate for territory in odd] == ["41700000000021"]
    assert all(getattr(odd[0].note, language) for language in LANGUAGES)


def test_millions_with_one_decimal_are_exact_to_the_tyiyn() -> None:
    amounts = [transfer.executed for transfer in REFERENCE.transfers]
    assert amounts[0] == Som(187_190_000_000)
    assert all(amount is not None and amount.tyiyn % 10_000_000 == 0 for amount in amounts)


def test_the_components_close_everywhere_but_in_osh_2025() -> None:
    (problem,) = data_problems(REFERENCE.transfers)
    assert (problem.territory, problem.period.start) == ("41706000000000", "2025-01")
    assert (problem.stated, problem.visible) == (Som(67_020_000_000), Som(64_190_000_000))


def test_what_was_approved_or_planned_is_not_stated_by_the_ministry() -> None:
    assert {(t.planned, t.approved) for t in REFERENCE.transfers} == {(None, None)}


def test_each_kind_has_its_name_in_three_languages_and_says_what_is_not_known() -> None:
    for kind in REFERENCE.kinds:
        assert all(getattr(kind.name, language) for language in LANGUAGES)
        assert all(getattr(kind.unknown, language) for language in LANGUAGES)


def test_a_kind_without_a_source_states_no_legal_basis() -> None:
    assert all(kind.basis.ky == "" for kind in REFERENCE.kinds if not kind.sources)


def test_the_city_called_manas_is_found_by_its_code() -> None:
    change = REFERENCE.changes[0]
    assert (change.soate, change.kind, change.name.ru) == ("41703410000010", "renamed", "город Манас")


def test_the_same_rows_have_the_same_hash_and_another_amount_another_one(folder: Path) -> None:
    assert read_reference(folder).digest == REFERENCE.digest
    replaced(folder / "transfers_minfin.csv", ",1871.9,", ",1871.8,")
    assert read_reference(folder).digest != REFERENCE.digest


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (
            "transfers_minfin.csv",
            ",1871.9,",
            ",1.234,",
            ("transfers.bad_row", "transfers_minfin.csv", 2, "amount_mln_som"),
        ),
        (
            "territories.csv",
            "41700000000021,2",
            "4170000000002,2",
            ("transfers.bad_row", "territories.csv", 2, "soate"),
        ),
    ],
)
def test_a_fault_is_told_with_file_row_and_column(
    folder: Path, file: str, old: str, new: str, fault: tuple[str, str | None, int | None, str | None]
) -> None:
    replaced(folder / file, old, new)
    assert fault in faults(folder)


def test_a_transfer_to_a_territory_that_is_not_in_the_list_is_told(folder: Path) -> None:
    replaced(folder / "transfers_minfin.csv", "41703000000000,", "41799000000000,")
    assert faults(folder) == [("transfers.unknown_code", "transfers_minfin.csv", None, None)]


def test_the_same_figure_twice_is_told(folder: Path) -> None:
    file = folder / "transfers_minfin.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join([*lines, lines[1]]), encoding="utf-8")
    assert {key for key, *_ in faults(folder)} == {"transfers.twice"}
