"""A column of amounts is read as `Som.parse` reads each of its cells: the same tyiyn, the same refusals."""

from hypothesis import given
from hypothesis import strategies as st

from budgetproto.exchange.large.amounts import read_amounts
from budgetproto.money import Som, Unit, UnreadableNumber

_DECIMAL = st.from_regex(r"-?[0-9]{1,20}([.,][0-9]{0,6})?", fullmatch=True)
_ODD = st.sampled_from(
    [
        "",
        " ",
        "1 234,5",
        "1,234",
        "1.234",
        "1,234,567.1",
        "\u22125",
        "--1",
        "-",
        ".5",
        "5.",
        "1\n2",
        "٣",
        "12a",
    ]
)


def one_by_one(cells: list[str], unit: Unit) -> tuple[dict[int, int], dict[int, str]]:
    amounts, faults = {}, {}
    for place, cell in enumerate(cells):
        if cell.strip():
            try:
                amounts[place] = Som.parse(cell, unit).tyiyn
            except UnreadableNumber as fault:
                faults[place] = fault.key
    return amounts, faults


@given(st.lists(_DECIMAL | _ODD | st.text(max_size=6), max_size=12), st.sampled_from(Unit))
def test_a_column_is_read_as_its_cells_are(cells: list[str], unit: Unit) -> None:
    faults: dict[int, str] = {}
    tyiyn, stated = read_amounts(cells, unit, lambda place, fault: faults.__setitem__(place, fault.key))
    amounts = {place: int(tyiyn[place]) for place in map(int, stated.nonzero()[0])}
    assert (amounts, faults) == one_by_one(cells, unit)


def test_what_is_not_stated_is_no_amount_and_not_zero() -> None:
    tyiyn, stated = read_amounts(["", "0", "12606778,3"], Unit.THOUSAND_SOMS, lambda *_: None)
    assert tyiyn.tolist() == [0, 0, 1_260_677_830_000]
    assert stated.tolist() == [False, True, True]
