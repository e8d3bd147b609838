"""The canonical form of a position: everything in it, and back."""

from dataclasses import Field, fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetproto.disputes.domain import Figure, Instrument, Position, Vulnerable
from budgetproto.disputes.positions import document
from budgetproto.i18n import LANGUAGES, Named, Words
from budgetproto.money import Som

LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
WORDS = st.builds(
    Words,
    text=st.builds(Named, LETTERS, LETTERS, LETTERS),
    language=st.sampled_from(LANGUAGES),
    confirmed=st.sets(st.sampled_from(LANGUAGES)).map(lambda found: tuple(sorted(found))),
    translator=LETTERS,
)
FIGURES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1_000_000, 1_000_000),
    st.integers(-(10**17), 10**17).map(Som),
    WORDS,
)
POSITIONS = st.builds(
    Position,
    figure=FIGURES,
    rationale=st.none() | WORDS,
    instrument=st.none() | st.sampled_from(Instrument),
    timing=LETTERS,
    recurring=st.booleans(),
    legal_basis=LETTERS,
    vulnerable=st.sampled_from(Vulnerable),
    vulnerable_text=LETTERS,
    speaker=LETTERS,
    source=LETTERS,
    source_date=st.none() | st.dates(),
    attachments=st.lists(LETTERS, max_size=3).map(tuple),
    illustrative=st.booleans(),
)


@given(POSITIONS)
def test_every_position_comes_back_from_its_document(position: Position) -> None:
    assert document.read(document.written(position)) == position


@given(POSITIONS, POSITIONS, st.sampled_from(fields(Position)))
def test_a_change_of_any_one_field_changes_the_document(
    first: Position, second: Position, field: Field[object]
) -> None:
    old, new = getattr(first, field.name), getattr(second, field.name)
    changed = replace(first, **{field.name: new})
    unlike = old != new or type(old) is not type(new)
    assert (document.written(changed) != document.written(first)) == unlike


@pytest.mark.parametrize("figure", [None, Som(0), 0, False])
def test_blank_zero_soms_zero_per_cent_and_no_are_four_different_figures(figure: Figure) -> None:
    written = document.written(Position(figure))
    others = [each for each in (None, Som(0), 0, False) if type(each) is not type(figure)]
    assert all(document.written(Position(other)) != written for other in others)
    back = document.read(written).figure
    assert type(back) is type(figure)
    assert back == figure


def test_the_written_form_of_the_grants_of_2020_stays_as_it_is() -> None:
    """Receipts and commitments of years to come are checked against exactly these letters."""
    words = Words(Named("Айыл өкмөттөрү долбоорлорун жазышкан", "Айыл окмоту написали проекты", ""), "ky")
    position = Position(
        Som(60_000_000_000),
        words,
        Instrument.GRANT,
        speaker="Мирлан Бакиров",
        source="AKCH-BAK",
        source_date=date(2020, 5, 14),
    )
    assert document.written(position) == (
        '{"attachments":[],"figure":{"amount":"600000000.00"},"illustrative":false,"instrument":"grant",'
        '"legal_basis":"","rationale":{"confirmed":[],"language":"ky","text":{"en":"",'
        '"ky":"Айыл өкмөттөрү долбоорлорун жазышкан","ru":"Айыл окмоту написали проекты"},"translator":""},'
        '"recurring":false,"source":"AKCH-BAK","source_date":"2020-05-14","speaker":"Мирлан Бакиров",'
        '"timing":"","vulnerable":"not_studied","vulnerable_text":""}'
    )
