"""An issued protocol on its way to parliament: recorded step by step, corrected by later entries."""

from datetime import date

import pytest

from budgetproto.i18n import LANGUAGES, Language, text
from budgetproto.protocol import service
from budgetproto.protocol.composition import compose
from budgetproto.protocol.correcting import begin_correction
from budgetproto.protocol.delivery.extracts import NotIssued
from budgetproto.protocol.delivery.papers import covering_paper, draw_letter, draw_resolution
from budgetproto.protocol.delivery.recording import (
    InTheFuture,
    LetterMissing,
    ReasonNeeded,
    delivered,
    record,
)
from budgetproto.protocol.delivery.steps import Letter, Registration
from budgetproto.sittings.domain import NotYours, WrongStage
from tests.journeys.visitor import shown
from tests.protocol.archival import verdicts
from tests.protocol.delivery_samples import issued_2020
from tests.protocol.reading import plain_text
from tests.staged import Staged

LETTER = Letter("05-12/417", date(2020, 5, 15), "Жогорку Кеңештин Төрагасы")
REGISTERED = Registration("6-10732/20", date(2020, 5, 18))
PROTOCOL = compose(issued_2020())


@pytest.fixture
def issued(staged: Staged) -> Staged:
    service.issue(staged.database, secretary(staged), staged.finished)
    return staged


def secretary(staged: Staged) -> str:
    return staged.person("secretary").id


def address(staged: Staged, part: str = "") -> str:
    return f"/sittings/{staged.finished}/protocol/transmittal{part}"


def test_a_step_stands_until_a_later_entry_corrects_it_with_a_reason(issued: Staged) -> None:
    record(issued.database, secretary(issued), issued.finished, LETTER)
    with pytest.raises(ReasonNeeded):
        record(issued.database, secretary(issued), issued.finished, LETTER)
    right = Letter("05-12/418", LETTER.on, LETTER.addressee)
    record(issued.database, secretary(issued), issued.finished, right, reason="Номер жаңылыш")
    with issued.database.reading() as session:
        _, _, (found,) = delivered(session, secretary(issued), issued.finished)
    assert [step.facts for step in found.steps] == [LETTER, right]
    standing = found.latest("letter")
    assert standing is not None
    assert standing.facts == right


def test_what_follows_a_letter_needs_the_letter(issued: Staged) -> None:
    with pytest.raises(LetterMissing):
        record(issued.database, secretary(issued), issued.finished, REGISTERED)


def test_what_has_not_happened_is_not_recorded(issued: Staged) -> None:
    with pytest.raises(InTheFuture):
        later = Letter("1", date(2199, 1, 1), "Төрага")
        record(issued.database, secretary(issued), issued.finished, later)


def test_a_draft_is_not_sent(staged: Staged) -> None:
    with pytest.raises((WrongStage, NotIssued)):
        record(staged.database, secretary(staged), staged.finished, LETTER)


@pytest.mark.parametrize("login", ["chair", "ministry", "union", "member_2", "analyst", "auditor"])
def test_nobody_but_the_secretary_records_it(issued: Staged, login: str) -> None:
    with pytest.raises(NotYours):
        record(issued.database, issued.person(login).id, issued.finished, LETTER)


def test_the_secretary_enters_the_whole_way_in_the_browser(issued: Staged) -> None:
    visitor = issued.visitor("secretary", "ru")
    sent = {
        "letter": {"number": "05-12/417", "addressee": "Торага Жогорку Кенеша", "on": "2020-05-15"},
        "registration": {"number": "6-10732/20", "on": "2020-05-18"},
        "hearing": {"body": "Пленарное заседание", "on": "2020-05-28"},
        "outcome": {"result": "part", "source": "Постановление № 3800-VI", "on": "2020-05-28"},
    }
    for step, values in sent.items():
        answer = visitor.send(address(issued, f"/{step}"), **values)
        assert answer.status_code == 303, shown(answer)
    for page in (address(issued), f"/sittings/{issued.finished}/protocol"):
        words = shown(issued.visitor("union", "ru").get(page))
        for said in ("05-12/417", "6-10732/20", "Пленарное заседание", "учтён частично", "№ 3800-VI"):
            assert said in words, (page, said)


def test_a_letter_is_recorded_for_a_protocol_that_was_replaced_meanwhile(issued: Staged) -> None:
    record(issued.database, secretary(issued), issued.finished, LETTER)
    begin_correction(issued.database, secretary(issued), issued.finished, reason="Ката кеткен")
    service.issue(issued.database, secretary(issued), issued.finished)
    with issued.database.reading() as session:
        _, _, (new, old) = delivered(session, secretary(issued), issued.finished)
    visitor, page = issued.visitor("secretary", "ru"), address(issued, "/registration")
    assert visitor.fill(page, number="6-1/20", on="2020-05-18").status_code == 422
    assert visitor.fill(page, number="6-1/20", on="2020-05-18", protocol=old.id).status_code == 303
    with issued.database.reading() as session:
        _, _, found = delivered(session, secretary(issued), issued.finished)
    assert [each.latest("registration") is not None for each in found] == [False, True]
    assert found[0].number == new.number == "2020-1-1"


def test_a_refused_form_comes_back_filled_in(issued: Staged) -> None:
    answer = issued.visitor("secretary", "ru").send(
        address(issued, "/registration"), number="77", on="2020-05-18"
    )
    assert answer.status_code == 422
    assert 'value="77"' in answer.text
    assert text("delivery.letter_first", "ru") in shown(answer)


def test_each_step_is_told_in_the_journal_of_the_sitting(issued: Staged) -> None:
    record(issued.database, secretary(issued), issued.finished, LETTER)
    page = shown(issued.visitor("chair", "ru").get(f"/sittings/{issued.finished}/journal"))
    assert "номер письма: 05-12/417" in page


@pytest.mark.parametrize("part", ["/parcel", "/publication", "/letter/de.pdf", "/parcel/ky.pdf"])
def test_a_step_or_paper_there_is_none_of_is_not_found(issued: Staged, part: str) -> None:
    assert issued.visitor("secretary").get(address(issued, part)).status_code == 404


@pytest.mark.poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_says_whose_it_is_and_what_the_sitting_came_to(language: Language) -> None:
    said = plain_text(draw_letter(PROTOCOL, LETTER, language))
    assert "05-12/417" in said
    assert "Жогорку Кеңештин Төрагасы" in said
    assert "2020-1" in said


@pytest.mark.poppler
def test_the_draft_resolution_takes_its_figures_from_the_protocol() -> None:
    said = plain_text(draw_resolution(PROTOCOL, None, "ru")).replace("\xa0", " ")
    assert "ПРОЕКТ" in said
    assert "0,0 600 000,0 347 538,5" in said
    assert "1 000 000,0" in said


def test_papers_are_the_same_bytes_each_time(issued: Staged) -> None:
    record(issued.database, secretary(issued), issued.finished, LETTER)
    for document in ("letter", "resolution"):
        once, again = (
            covering_paper(
                issued.database, secretary(issued), issued.finished, document=document, language="ky"
            )
            for _ in range(2)
        )
        assert once.content == again.content


@pytest.mark.verapdf
def test_the_papers_are_archival_and_accessible() -> None:
    files = {
        "letter": draw_letter(PROTOCOL, LETTER, "ky"),
        "resolution": draw_resolution(PROTOCOL, None, "ru"),
    }
    assert set(verdicts(files).values()) == {""}
