"""Figures of territories entered as a table: all or none, every fault with its row, and out the same."""

import pytest

from budgetproto.database import Database
from budgetproto.errors import BadInput, NotPermitted
from budgetproto.exchange import to_csv
from budgetproto.money import Unit
from budgetproto.transfers.modelling import storage
from budgetproto.transfers.modelling.entering import columns, enter_inputs, input_sheet
from tests.parameters import BISHKEK, OSH, put_parameters
from tests.transfers.test_routes import ANALYST, SECRETARY

HEAD = ",".join(column.key for column in columns())
GOOD = f"{HEAD}\n{BISHKEK},2024,tax,income,100.50,,Казына,0\n{OSH},2024,volume,civil,,12,Казына,1\n"


@pytest.fixture
def known(sqlite_database: Database) -> Database:
    put_parameters(sqlite_database)
    return sqlite_database


def entered(database: Database, table: str) -> int:
    return enter_inputs(database, keeper=SECRETARY, content=table.encode())


def test_a_table_is_entered_and_comes_out_the_same(known: Database) -> None:
    assert entered(known, GOOD) == 2
    with known.reading() as session:
        held = storage.all_inputs(session, 2024)
        assert (2024, "tax", "income", False, 1) in storage.held(session)
    assert [(each.amount, each.quantity, each.illustrative) for each in held] == [
        (10_050, None, False),
        (None, 12, True),
    ]
    again = to_csv(input_sheet(held), "en", Unit.SOM).decode()
    assert entered(known, again) == 2
    with known.reading() as session:
        assert storage.all_inputs(session, 2024) == held


def test_only_a_keeper_enters_figures(known: Database) -> None:
    with pytest.raises(NotPermitted):
        enter_inputs(known, keeper=ANALYST, content=GOOD.encode())


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("99999999999999,2024,tax,income,1,,К,0", "transfers.unknown_code"),
        (f"{BISHKEK},1200,tax,income,1,,К,0", "web.year_out_of_range"),
        (f"{BISHKEK},2024,taxes,income,1,,К,0", "transfers.models.bad_item"),
        (f"{BISHKEK},2024,tax,,1,,К,0", "transfers.models.bad_item"),
        (f"{BISHKEK},2024,need,x,1,,К,0", "transfers.models.bad_item"),
        (f"{BISHKEK},2024,tax,income,,5,К,0", "transfers.models.no_figure"),
        (f"{BISHKEK},2024,tax,income,-1,,К,0", "transfers.models.out_of_range"),
        (f"{BISHKEK},2024,tax,income,1,,К,2", "transfers.models.data.not_yes_or_no"),
        (f"{BISHKEK},2024,tax,income,1,,,0", "exchange.problem.required"),
        (f"{BISHKEK},2024,tax,income,1.005,,К,0", "money.ambiguous"),
        (f"{BISHKEK},2024,tax,income,5,,К,0", "transfers.models.data.twice"),
    ],
)
def test_with_one_fault_nothing_is_entered_and_its_row_is_told(known: Database, row: str, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        entered(known, GOOD + row + "\n")
    assert [(problem.key, problem.row) for problem in refused.value.problems] == [(said, 4)]
    with known.reading() as session:
        assert storage.all_inputs(session, 2024) == []
