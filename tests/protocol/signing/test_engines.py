"""On both engines: two who act at the same moment leave one answer, and records that cannot be changed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from budgetproto.accounts.storage import person_row
from budgetproto.database import Database
from budgetproto.demonstration import read_fixture, stage
from budgetproto.errors import ConciliationError
from budgetproto.protocol import service as protocols
from budgetproto.protocol import storage
from budgetproto.protocol.correcting import begin_correction
from budgetproto.protocol.signing import service
from budgetproto.protocol.signing.domain import AlreadyAnswered
from budgetproto.protocol.signing.scans import attach_scan
from budgetproto.protocol.signing.service import AlreadyLaidOut
from tests.factories import PASSWORD, SEAL_KEY


def person(database: Database, login: str) -> str:
    with database.reading() as session:
        row = person_row(session, login)
    assert row is not None
    return row.id


def raised(act: Callable[[], object]) -> str:
    try:
        act()
    except ConciliationError as error:
        return type(error).__name__
    return ""


def test_a_protocol_is_laid_out_signed_issued_and_scanned(database: Database) -> None:
    sitting = stage(database, SEAL_KEY, read_fixture(), password=PASSWORD).finished
    secretary, chair = person(database, "secretary"), person(database, "chair")
    with ThreadPoolExecutor(2) as pool:
        found = list(
            pool.map(lambda _: raised(lambda: service.lay_out(database, secretary, sitting)), range(2))
        )
    assert sorted(found)[0] == ""
    assert sorted(found)[1] in {AlreadyLaidOut.__name__, "SittingMoved"}
    with database.reading() as session:
        laid = service.block_of(session, chair, sitting).laid
    assert laid is not None

    def sign(_: int) -> str:
        return raised(
            lambda: service.answer(
                database, chair, sitting, 0, "signed", seen=laid.fingerprint, way="second_factor"
            )
        )

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(sign, range(2))) == ["", AlreadyAnswered.__name__]
    protocols.issue(database, secretary, sitting, reason="Калгандары кагазга кол коёт")
    with database.reading() as session:
        row = storage.issued(session, sitting)
        assert row is not None
        content = storage.issued_file(session, row.id, "ky").content
    attach_scan(database, secretary, sitting, name="скан.pdf", content=content, places=("signed",))
    begin_correction(database, secretary, sitting, reason="Аты-жөнү туура эмес")
    assert protocols.issue(database, secretary, sitting) == "2020-1-1"
    with database.reading() as session:
        assert [each.number for each in storage.versions(session, sitting)] == ["2020-1", "2020-1-1"]
    for table in ("protocol_lay_out", "protocol_answer", "protocol_scan"):
        with pytest.raises(DBAPIError), database.writing() as session:
            session.connection().execute(sa.text(f"DELETE FROM {table}"))
