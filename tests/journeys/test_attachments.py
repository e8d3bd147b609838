"""Attaching files on pages: without script, refused with one sentence, nothing told to anybody else."""

import re

import pytest
from werkzeug.test import TestResponse

from budgetproto.accounts.domain import Person
from budgetproto.disputes.positions.attachments.values import LARGEST, Visibility
from tests.disputes.positions.attachments import files
from tests.disputes.positions.attachments.test_service import attach
from tests.factories import Scene, file, open_all, reach_deadline
from tests.journeys.conftest import Visit
from tests.journeys.test_sealed import _still, denials, without_token
from tests.journeys.visitor import Visitor, said, shown, started

NAME = "жашыруун_тизме.txt"
PDF = files.pdf()


def address(scene: Scene, rest: str = "") -> str:
    return f"/lines/{scene.lines[0]}/attachments{rest}"


def upload(
    visitor: Visitor, where: str, *, name: str = "тизме.pdf", content: bytes = PDF, **typed: str
) -> TestResponse:
    values = started(visitor.get(where)) | {"visibility": "both_sides"} | typed
    kind = f"multipart/form-data; boundary={_BOUNDARY}"
    return visitor.client.post(where, data=multipart(values, name, content), content_type=kind)


def multipart(values: dict[str, str], name: str, content: bytes) -> bytes:
    """Write a form with a file as a browser sends it; the test client would leave a temporary file open."""
    head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="'
    typed = {field: value for field, value in values.items() if field != "file"}
    written = "".join(f'{head}{field}"\r\n\r\n{value}\r\n' for field, value in typed.items())
    file = f'{head}file"; filename="{name}"\r\n\r\n'
    return written.encode() + file.encode() + content + f"\r\n--{_BOUNDARY}--\r\n".encode()


_BOUNDARY = "a-line-that-stands-in-no-file"


def link(page: TestResponse, name: str) -> str:
    found = re.search(rf'href="([^"]+)" download>{re.escape(name)}<', page.text)
    assert found, shown(page)
    return found[1]


def test_a_file_goes_up_stands_on_the_card_and_comes_down_as_it_was(visit: Visit, scene: Scene) -> None:
    visitor = visit(scene.unionist, language="ky")
    assert upload(visitor, address(scene), title_ky="Долбоорлор").status_code == 303
    assert said("disputes.told.attached") in shown(visitor.get(address(scene)))
    for page in (f"/lines/{scene.lines[0]}", f"/lines/{scene.lines[0]}/position"):
        assert "Долбоорлор" in shown(visitor.get(page))
    answer = visitor.get(link(visitor.get(address(scene)), "тизме.pdf"))
    assert answer.data == PDF


def test_a_file_is_handed_out_to_be_saved_and_kept_by_nobody(visit: Visit, scene: Scene) -> None:
    attachment = attach(scene, scene.union)
    answer = visit(scene.unionist).get(address(scene, f"/{attachment}"))
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox;")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("a.html", b"<html>", "disputes.attachment.kind_not_taken"),
        ("a.pdf", b"<html>", "disputes.attachment.not_its_kind"),
        ("a.txt", b"", "disputes.attachment.empty"),
        ("a.txt", b"a" * (LARGEST + 1), "disputes.attachment.too_large"),
        ("a.docx", bytes.fromhex("d0cf11e0a1b11ae1"), "disputes.attachment.encrypted"),
    ],
)
def test_a_refused_file_is_told_in_one_sentence_and_what_was_typed_stays(
    visit: Visit, scene: Scene, name: str, content: bytes, key: str
) -> None:
    visitor, typed = visit(scene.unionist, language="ky"), {"title_ky": "Долбоор", "visibility": "committee"}
    page = upload(visitor, address(scene), name=name, content=content, **typed)
    assert page.status_code == 422
    assert said(key, "ky", megabytes=10) in shown(page)
    assert {field: started(page)[field] for field in typed} == typed


def test_nobody_chooses_who_reads_a_file_but_its_party(visit: Visit, scene: Scene) -> None:
    visitor = visit(scene.unionist, language="ky")
    page = visitor.get(address(scene))
    assert "visibility" not in started(page)
    page = upload(visitor, address(scene), visibility="")
    assert page.status_code == 422
    assert said("web.required") in shown(page)


def test_a_request_larger_than_any_file_is_told_with_the_limit(visit: Visit, scene: Scene) -> None:
    page = upload(visit(scene.unionist, language="ky"), address(scene), content=b"a" * (13 * 2**20))
    assert page.status_code == 413


def test_a_file_is_taken_out_again_by_a_button(visit: Visit, scene: Scene) -> None:
    visitor = visit(scene.unionist, language="ky")
    attachment = attach(scene, scene.union)
    gone = visitor.send(address(scene, f"/{attachment}/remove?party={scene.union.id}"))
    assert gone.status_code == 303
    assert said("disputes.attachments.none") in shown(visitor.get(address(scene)))


def test_a_file_a_colleague_attaches_meanwhile_is_told_before_filing_and_nothing_typed_is_lost(
    visit: Visit, scene: Scene
) -> None:
    visitor, where = visit(scene.unionist, language="ky"), f"/lines/{scene.lines[0]}/position"
    opened, typed = visitor.get(where), {"figure": "580 000,0", "vulnerable": "none", "act": "file"}
    attach(scene, scene.union)
    told = visitor.fill_stale(opened, where, **typed)
    assert told.status_code == 409
    assert said("disputes.files_moved") in shown(told)
    assert NAME in shown(told)
    assert started(told)["figure"] == "580 000,0"
    assert visitor.fill_stale(told, where, **typed).status_code == 303


def test_a_script_is_told_of_the_changed_files_too(visit: Visit, scene: Scene) -> None:
    visitor, where = visit(scene.unionist, language="ky"), f"/lines/{scene.lines[0]}/position"
    values = started(visitor.get(where)) | {"figure": "580 000,0", "vulnerable": "none", "act": "file"}
    attach(scene, scene.union)
    told = visitor.client.post(where, data=values, headers={"Accept": "application/json"})
    assert told.status_code == 409
    assert told.get_json()["detail"].replace("\u00a0", " ") == said("disputes.files_moved")


@pytest.mark.parametrize("who", ["minister", "doctor", "mayor", "secretary", "chair", "outsider"])
def test_a_guessed_address_of_a_file_answers_like_one_that_does_not_exist(
    visit: Visit, scene: Scene, who: str
) -> None:
    attachment = attach(scene, scene.union, visibility=Visibility.PUBLIC)
    file(scene, scene.union)
    visitor = visit(getattr(scene, who))
    visitor.get("/")
    found, missing = (visitor.get(address(scene, f"/{each}")) for each in (attachment, "a" * 26))
    assert (found.status_code, missing.status_code) == (404, 404)
    assert without_token(found) == without_token(missing)
    asked = denials(scene.database, getattr(scene, who).id)
    assert set(asked) == {"sittings.sitting" if who == "outsider" else "disputes.attachment"}


def addresses(scene: Scene) -> list[str]:
    line = f"/lines/{scene.lines[0]}"
    return [f"/sittings/{scene.sitting}", line, f"/sittings/{scene.sitting}/journal", f"{line}/attachments"]


@pytest.mark.parametrize("who", ["minister", "mayor", "chair"])
def test_no_page_moves_when_the_other_side_attaches(visit: Visit, scene: Scene, who: str) -> None:
    """Two worlds that differ only in the other side's files give the same bytes, before and after filing."""
    visitor = visit(getattr(scene, who))
    before = [_still(visitor.get(page)) for page in addresses(scene)]
    attachment = attach(scene, scene.union, visibility=Visibility.PUBLIC)
    assert [_still(visitor.get(page)) for page in addresses(scene)] == before
    file(scene, scene.union)
    assert [_still(visitor.get(page)) for page in addresses(scene)] == before
    visit(scene.unionist).send(address(scene, f"/{attachment}/remove?party={scene.union.id}"))
    assert [_still(visitor.get(page)) for page in addresses(scene)] == before


def seen(visit: Visit, scene: Scene, person: Person) -> bool:
    return NAME in visit(person).get(f"/lines/{scene.lines[0]}").text


def test_what_a_party_keeps_for_itself_stands_on_its_own_card_alone(visit: Visit, scene: Scene) -> None:
    attach(scene, scene.union, visibility=Visibility.OWN_PARTY)
    file(scene, scene.union)
    file(scene, scene.ministry)
    open_all(scene)
    others = (scene.minister, scene.mayor, scene.secretary, scene.chair)
    assert seen(visit, scene, scene.assistant)
    assert [seen(visit, scene, person) for person in others] == [False] * 4


def test_after_the_opening_a_file_stands_beside_its_position(visit: Visit, scene: Scene) -> None:
    attachment = attach(scene, scene.union, visibility=Visibility.BOTH_SIDES)
    file(scene, scene.union)
    file(scene, scene.ministry)
    open_all(scene)
    minister = visit(scene.minister)
    where = link(minister.get(f"/lines/{scene.lines[0]}"), NAME)
    assert where == address(scene, f"/{attachment}")
    assert minister.get(where).status_code == 200
    assert not seen(visit, scene, scene.chair), "of both sides, not of the committee"


def test_after_the_deadline_the_page_says_that_files_are_over(visit: Visit, scene: Scene) -> None:
    attach(scene, scene.union)
    reach_deadline(scene)
    page = shown(visit(scene.unionist, language="ky").get(address(scene)))
    assert said("disputes.attachment.over") in page
    assert said("disputes.do.attach") not in page
