"""The page of the protocol: the answers of page 1, the files, and an issue only by whoever may."""

import re

import pytest

from budgetproto.i18n import LANGUAGES, Language, text
from budgetproto.protocol import service
from tests.factories import make_person
from tests.journeys.visitor import Visitor, shown, token_of
from tests.protocol.reading import plain_text
from tests.staged import Staged

HASH = re.compile(r"\b[0-9a-f]{64}\b")
NO_ISSUERS = ("ministry", "union", "member_2", "analyst", "auditor")


def address(staged: Staged, part: str = "") -> str:
    return f"/sittings/{staged.finished}/protocol{part}"


def said(key: str, **values: object) -> str:
    """Return a sentence as `shown` gives it back."""
    return " ".join(text(key, "en", **values).split())


@pytest.fixture(scope="module")
def chair(kept: Staged) -> Visitor:
    return kept.visitor("chair")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_opens_in_each_language_with_one_heading(kept: Staged, language: Language) -> None:
    page = kept.visitor("chair", language).get(address(kept))
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text
    assert page.text.count("<h1") == 1
    assert "style=" not in page.text


def test_a_reader_of_the_page_learns_what_is_proposed_how_much_more_and_from_what(
    kept: Staged, chair: Visitor
) -> None:
    words = shown(chair.get(address(kept)))
    assert said("protocol.front.proposed", lines=6, computed=4) in words
    assert said("protocol.front.more_proposed", extra="500,000.0 thousand soms [illustrative]") in words
    assert "Part of the revenue raised in the amended budget — 350,000.0 thousand soms" in words
    assert "agreed — 2; partly agreed — 2; not agreed — 1; referred — 1" in words


def test_the_totals_are_signed_and_absolute(kept: Staged, chair: Visitor) -> None:
    words = shown(chair.get(address(kept)))
    row = words.partition(said("protocol.totals.title") + " thousand soms")[2]
    row = row.partition(said("protocol.totals.note"))[0]
    assert "+1,100,000.0 1,100,000.0 2,710,000.0 2,589,701.5" in row
    assert said("protocol.totals.of_lines", lines=3, all=4) in row


def test_the_hash_and_the_head_on_the_page_are_those_of_the_protocol(kept: Staged, chair: Visitor) -> None:
    with kept.database.reading() as session:
        paper = service.paper_of(session, kept.person("chair").id, kept.finished)
    found = HASH.findall(shown(chair.get(address(kept))))
    assert found == [paper.fingerprint, paper.protocol.facts.head.digest]


def test_a_draft_is_called_a_draft_on_the_page_and_on_paper(kept: Staged, chair: Visitor) -> None:
    assert said("protocol.page.draft") in shown(chair.get(address(kept)))


@pytest.mark.poppler
def test_a_draft_on_paper_says_so_in_its_place_of_a_number(kept: Staged, chair: Visitor) -> None:
    answer = chair.get(address(kept, "/en.pdf"))
    assert answer.data.startswith(b"%PDF-")
    assert said("protocol.draft").upper() in plain_text(answer.data)


@pytest.mark.parametrize("language", ["de", "KY", "..", "ky.pdf", ""])
def test_a_language_there_is_none_of_is_not_found(kept: Staged, chair: Visitor, language: str) -> None:
    assert chair.get(address(kept, f"/{language}.pdf")).status_code == 404


def test_the_secretary_issues_and_downloads_what_was_issued(staged: Staged) -> None:
    secretary = staged.visitor("secretary")
    answer = secretary.send(address(staged, "/issue"))
    assert (answer.status_code, answer.location) == (303, address(staged))
    words = shown(secretary.get(address(staged)))
    assert said("protocol.told.issued", number="2020-1") in words
    assert "Мээрим Кожоева" in words
    assert said("protocol.page.draft") not in words
    assert said("protocol.page.draft_files") not in words
    files = [secretary.get(address(staged, f"/{language}.pdf")).data for language in LANGUAGES]
    again = [staged.visitor("union").get(address(staged, f"/{language}.pdf")).data for language in LANGUAGES]
    assert files == again


def test_the_button_is_there_for_whoever_may_and_gone_once_it_was_pressed(staged: Staged) -> None:
    secretary = staged.visitor("secretary")
    button = f'action="{address(staged, "/issue")}"'
    assert button in secretary.get(address(staged)).text
    secretary.send(address(staged, "/issue"))
    assert button not in secretary.get(address(staged)).text


@pytest.mark.parametrize("login", NO_ISSUERS)
def test_who_may_not_issue_sees_no_button_and_is_refused_in_a_sentence(staged: Staged, login: str) -> None:
    visitor = staged.visitor(login)
    assert address(staged, "/issue") not in visitor.get(address(staged)).text
    answer = visitor.send(address(staged, "/issue"))
    assert answer.status_code == 403
    with staged.database.reading() as session:
        paper = service.paper_of(session, staged.person("chair").id, staged.finished)
    assert paper.issue is None


def test_a_second_issue_is_refused_in_a_sentence(staged: Staged) -> None:
    secretary = staged.visitor("secretary")
    secretary.send(address(staged, "/issue"))
    answer = secretary.send(address(staged, "/issue"))
    assert answer.status_code == 422
    assert said("sittings.wrong_stage", stage=said("sittings.stage.issued")) in shown(answer)


def test_an_outsider_who_issues_gets_the_page_of_what_does_not_exist(staged: Staged) -> None:
    outsider = Visitor(staged.app, make_person(staged.database), language="en")
    assert outsider.send(address(staged, "/issue")).status_code == 404


def test_an_issue_without_the_token_of_the_form_is_refused(staged: Staged) -> None:
    secretary = staged.visitor("secretary")
    assert secretary.client.post(address(staged, "/issue")).status_code == 400
    token = token_of(secretary.get(address(staged)))
    assert secretary.client.post(address(staged, "/issue"), data={"csrf_token": token}).status_code == 303


def test_the_page_of_the_sitting_leads_to_the_protocol_and_the_table(kept: Staged, chair: Visitor) -> None:
    page = chair.get(f"/sittings/{kept.finished}").text
    assert f'href="{address(kept)}"' in page
    assert f'href="/sittings/{kept.finished}/discrepancies"' in page


def test_the_page_of_a_sealed_sitting_leads_to_neither(kept: Staged, chair: Visitor) -> None:
    page = chair.get(f"/sittings/{kept.collecting}").text
    assert f"/sittings/{kept.collecting}/protocol" not in page
    assert f"/sittings/{kept.collecting}/discrepancies" not in page


def test_a_stranger_is_asked_to_log_in(kept: Staged) -> None:
    for part in ("", "/ky.pdf"):
        assert kept.app.test_client().get(address(kept, part)).status_code == 303
