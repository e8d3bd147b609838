"""What is recorded of protocols is kept in its order and never changed, on every database."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from budgetproto.database import Database
from budgetproto.protocol.delivery.recording import kind_of
from budgetproto.protocol.delivery.steps import Facts, Letter, Outcome, Publication
from budgetproto.protocol.delivery.steps_storage import (
    ProtocolStepRow,
    protocol_numbered,
    published_ever,
    steps_of,
)
from budgetproto.protocol.document import canonical_bytes, to_document
from budgetproto.protocol.storage import ProtocolRow, issued_in, protocol_row
from tests.factories import make_scene

AT = datetime(2020, 5, 14, 20, 30, tzinfo=UTC)
FACTS: tuple[Facts, ...] = (
    Letter("1", date(2020, 5, 15), "Төрага"),
    Outcome("part", date(2020, 5, 28), "№ 3800-VI"),
    Publication("totals", date(2020, 6, 1)),
)


@pytest.fixture
def sitting(database: Database) -> str:
    """Keep two protocols of a sitting, one with three entries."""
    found = make_scene(database).sitting
    with database.writing() as session:
        for key, number in (("p1", "7/2020"), ("p2", "8/2020")):
            row = ProtocolRow(
                id=key, sitting=found, number=number, snapshot="{}", fingerprint="", person="a", at=AT
            )
            session.add(row)
        session.flush()
        session.add_all(_row(place, facts) for place, facts in reversed(list(enumerate(FACTS, 1))))
    return found


def _row(place: int, facts: Facts) -> ProtocolStepRow:
    return ProtocolStepRow(
        protocol="p1",
        number=place,
        kind=kind_of(facts),
        document=canonical_bytes(to_document(facts)).decode(),
        reason="себеп",
        person="a",
        at=AT,
    )


def test_entries_come_back_in_the_order_of_their_making(database: Database, sitting: str) -> None:
    with database.reading() as session:
        found = steps_of(session, ["p1", "p2"])
    assert [step.facts for step in found["p1"]] == list(FACTS)
    assert found["p2"] == []
    # half past two at night in Bishkek
    assert {step.day for step in found["p1"]} == {date(2020, 5, 15)}


def test_a_protocol_is_found_by_its_number_and_by_its_publication(database: Database, sitting: str) -> None:
    with database.reading() as session:
        assert [about[:2] for about in published_ever(session)] == [("p1", "7/2020")]
        found = protocol_numbered(session, "8/2020")
        assert found is not None
        assert found.id == "p2"
        assert protocol_numbered(session, "9/2020") is None
        assert [key for key, *_ in issued_in(session, [sitting])] == ["p1", "p2"]
        assert protocol_row(session, "p3") is None


@pytest.mark.usefixtures("sitting")
@pytest.mark.parametrize("statement", ["UPDATE protocol_step SET reason = ''", "DELETE FROM protocol_step"])
def test_an_entry_is_neither_changed_nor_removed(database: Database, statement: str) -> None:
    with pytest.raises(sa.exc.DBAPIError), database.writing() as session:
        session.connection().execute(sa.text(statement))
