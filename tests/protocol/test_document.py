"""Values as documents and back."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from hashlib import sha256

import pytest

from budgetproto.i18n import Named
from budgetproto.money import Som, Unit
from budgetproto.protocol.composition import canonical_bytes as composed_bytes
from budgetproto.protocol.composition import compose, fingerprint
from budgetproto.protocol.document import (
    UnreadableDocument,
    canonical_bytes,
    canonical_pieces,
    from_document,
    to_document,
)
from budgetproto.protocol.snapshot import Figure, Head, Line, Position, Snapshot
from tests.protocol.disputes_2020 import dispute_2020
from tests.protocol.long_samples import long_sitting
from tests.protocol.samples import make_line, words


@pytest.mark.parametrize("snapshot", [dispute_2020(), long_sitting(4)], ids=["2020", "long"])
def test_a_stored_snapshot_is_read_back_as_it_was(snapshot: Snapshot) -> None:
    stored = json.loads(canonical_bytes(to_document(snapshot)))
    assert from_document(Snapshot, stored) == snapshot


@pytest.mark.parametrize("figure", [None, Som(0), 0, 3550, False, True, words("талап", "требование")])
def test_a_figure_keeps_its_kind(figure: Figure) -> None:
    back = from_document(Position, to_document(Position("union", figure)))
    assert (back.figure, type(back.figure)) == (figure, type(figure))


def test_no_and_zero_are_not_the_default() -> None:
    assert to_document(Position("union", False)) == {"party": "union", "figure": False}
    assert to_document(Position("union", None)) == {"party": "union"}


def test_an_instant_is_written_in_universal_time() -> None:
    bishkek = timezone(timedelta(hours=6))
    head = Head("ab", 1, datetime(2020, 5, 14, 10, 0, tzinfo=bishkek))
    assert to_document(head) == {
        "digest": "ab",
        "sequence": 1,
        "at": {"moment": "2020-05-14T04:00:00+00:00"},
    }


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        to_document(Head("ab", 1, datetime(2020, 5, 14)))  # noqa: DTZ001  # that is the fault


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        (Som, {"som": "1.5"}),
        (Som, "1.50"),
        (date, {"date": "14.05.2020"}),
        (Unit, {"unit": "dollar"}),
        (Fraction, {"share": "1/0"}),
        (Named, {"de": "Haushalt"}),
        (Line, {"number": 1}),
        (tuple[int, ...], {"0": 1}),
        (int, True),
    ],
)
def test_a_document_of_another_shape_is_refused(kind: type, document: object) -> None:
    with pytest.raises(UnreadableDocument):
        from_document(kind, document)  # type: ignore[arg-type]  # that is the fault


def test_a_field_at_its_default_leaves_the_bytes_as_they_were() -> None:
    line = make_line(1, Som(0), Som(100))
    assert "protected" not in str(to_document(line))
    assert "protected" in str(to_document(replace(line, protected=True)))


def test_equal_values_have_equal_bytes() -> None:
    assert canonical_bytes(to_document(dispute_2020())) == canonical_bytes(to_document(dispute_2020()))


def test_an_unknown_value_is_not_written() -> None:
    with pytest.raises(TypeError):
        to_document(1.5)


@pytest.mark.parametrize("depth", range(5))
def test_piece_by_piece_it_is_written_as_it_is_whole(depth: int) -> None:
    protocol = compose(dispute_2020())
    whole = canonical_bytes(to_document(protocol))
    assert b"".join(canonical_pieces(protocol, depth=depth)) == whole
    assert fingerprint(protocol) == sha256(composed_bytes(protocol)).hexdigest()
