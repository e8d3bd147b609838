"""A file that is no issued protocol is told for what it is where the service made it."""

from io import BytesIO

import pytest

from budgetproto.accounts.domain import CHECKS_ALLOWED
from budgetproto.protocol import service
from budgetproto.protocol.box.service import box_of
from budgetproto.protocol.correcting import begin_correction
from budgetproto.protocol.delivery.extracts import extract
from budgetproto.protocol.delivery.recording import record
from budgetproto.protocol.delivery.steps import Publication
from budgetproto.protocol.signing import service as signing
from budgetproto.protocol.verification.checks import Known
from budgetproto.protocol.verification.files import verify_file
from budgetproto.protocol.verification.limiting import TooManyChecks, count_check
from budgetproto.protocol.verification.verifying import verify
from tests.journeys.visitor import shown
from tests.protocol.test_publication import anybody, today
from tests.staged import Staged


@pytest.fixture
def secretary(staged: Staged) -> str:
    return staged.person("secretary").id


def issue(staged: Staged, secretary: str) -> str:
    return service.issue(staged.database, secretary, staged.finished, reason="Кагазга кол коюлат")


def replace_it(staged: Staged, secretary: str) -> None:
    begin_correction(staged.database, secretary, staged.finished, reason="Ката кеткен")
    issue(staged, secretary)


def told(staged: Staged, content: bytes) -> Known | None:
    return verify(content, database=staged.database).known


def printed(staged: Staged, secretary: str) -> bytes:
    return service.printed(staged.database, secretary, staged.finished, "ky").content


def test_a_text_laid_out_is_told_from_an_issued_protocol(staged: Staged, secretary: str) -> None:
    draft = printed(staged, secretary)
    signing.lay_out(staged.database, secretary, staged.finished)
    first = printed(staged, secretary)
    assert told(staged, first) == Known("laid_out", "2020-1", None)
    assert not verify(first, database=staged.database).genuine
    assert told(staged, first + b"\n") is None
    assert told(staged, draft) is None
    signing.withdraw(staged.database, secretary, staged.finished, reason="Ката")
    assert told(staged, first) == Known("withdrawn", "2020-1", None)
    signing.lay_out(staged.database, secretary, staged.finished)
    second = printed(staged, secretary)
    issue(staged, secretary)
    assert told(staged, second) == Known("laid_out_issued", "2020-1", None)
    assert told(staged, printed(staged, secretary)) == Known("issued", "2020-1", None)


def test_the_published_version_and_an_extract_are_known_and_what_replaced_them(
    staged: Staged, secretary: str
) -> None:
    issue(staged, secretary)
    facts = Publication("all", today(staged))
    record(staged.database, secretary, staged.finished, facts, reason="Токтом")
    public = anybody(staged).get("/published/2020-1/ru.pdf").data
    part = extract(staged.database, secretary, staged.finished, numbers=[2, 1], language="en").content
    whole = printed(staged, secretary)
    assert told(staged, public) == Known("published", "2020-1", None)
    assert told(staged, part) == Known("extract", "2020-1", None)
    assert verify(public, database=staged.database).genuine
    replace_it(staged, secretary)
    of_old = extract(staged.database, secretary, staged.finished, numbers=[1], language="ky", which=1).content
    for content, kind in ((whole, "issued"), (public, "published"), (part, "extract"), (of_old, "extract")):
        found = told(staged, content)
        assert found is not None
        assert (found.kind, found.replaced_by) == (kind, "2020-1-1")


def test_the_page_says_so(staged: Staged, secretary: str) -> None:
    issue(staged, secretary)
    old = printed(staged, secretary)
    part = extract(staged.database, secretary, staged.finished, numbers=[1], language="ky").content
    replace_it(staged, secretary)
    visitor, replaced = staged.visitor("union"), "In its place stands protocol No. 2020-1-1"
    pages = [shown(visitor.fill("/verify", file=(BytesIO(each), "a.pdf"))) for each in (part, old)]
    assert "This is an extract from a protocol. Number of the protocol: 2020-1" in pages[0]
    assert "It is an issued protocol. Number: 2020-1" in pages[1]
    assert all(replaced in page for page in pages)


def test_the_box_of_a_protocol_says_what_replaced_it(staged: Staged, secretary: str) -> None:
    issue(staged, secretary)
    replace_it(staged, secretary)
    for which, replaced_by in ((1, "2020-1-1"), (2, None)):
        box = box_of(staged.database, secretary, staged.finished, which).content
        found = verify_file(box, database=staged.database)
        assert found.genuine
        assert found.known is not None
        assert found.known.replaced_by == replaced_by


def test_who_checks_too_many_files_must_wait(staged: Staged) -> None:
    for _ in range(CHECKS_ALLOWED):
        count_check(staged.database, origin="192.0.2.7")
    with pytest.raises(TooManyChecks):
        count_check(staged.database, origin="192.0.2.7")
    count_check(staged.database, origin="192.0.2.8")
