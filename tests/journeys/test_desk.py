"""The desk and the four eyes on pages: one's own questions and deadlines, and no sign of anybody else's."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Browser
from werkzeug.test import TestResponse

from budgetproto.disputes.positions import approving, filing
from budgetproto.i18n import Sentence
from budgetproto.money import Som
from budgetproto.sittings.domain import MandatePart
from tests.browser import DESKTOP, PHONE, opened, scan, sideways
from tests.factories import (
    Scene,
    file,
    make_scene,
    need_four_eyes,
    open_all,
    reach_deadline,
    set_part,
    submit,
)
from tests.journeys.conftest import Visit
from tests.journeys.test_browser import log_in
from tests.journeys.visitor import said, shown
from tests.stated import make_position
from tests.web.gallery import serving

WHY = "Долбоорлор даяр."
TYPED = {"rationale_ky": WHY, "vulnerable": "none", "figure": "600 000,0"}


def counts(*, lines: int = 2, filed: int = 0, drafts: int = 0, waiting: int = 0, missing: int = 0) -> str:
    values = {"lines": lines, "filed": filed, "drafts": drafts, "waiting": waiting, "missing": missing}
    return said("disputes.desk.counts", **values)


def test_the_desk_counts_what_is_filed_drafted_and_missing(visit: Visit, scene: Scene) -> None:
    unionist = visit(scene.unionist)
    assert counts(missing=2) in shown(unionist.get("/desk"))
    file(scene, scene.union)
    unionist.fill(f"/lines/{scene.lines[1]}/position", act="draft", rationale_ky=WHY)
    assert counts(filed=1, drafts=1, missing=1) in shown(unionist.get("/desk"))
    assert counts(filed=1, missing=1) in shown(visit(scene.assistant).get("/desk"))


def test_only_what_is_missing_can_be_asked_for(visit: Visit, scene: Scene) -> None:
    file(scene, scene.union)
    page = visit(scene.unionist).get("/desk?only=missing").text
    assert f"/lines/{scene.lines[1]}/position" in page
    assert f"/lines/{scene.lines[0]}/position" not in page
    file(scene, scene.union, line=1)
    assert said("disputes.desk.nothing_missing") in shown(visit(scene.unionist).get("/desk?only=missing"))


def test_at_the_deadline_nothing_is_due_any_more(visit: Visit, scene: Scene) -> None:
    reach_deadline(scene)
    page = visit(scene.unionist).get("/desk")
    assert counts(missing=0) in shown(page)
    assert "data-countdown" not in page.text
    assert said("disputes.desk.ended") in shown(page)


def test_only_the_silent_side_has_something_due_in_the_second_term(visit: Visit, scene: Scene) -> None:
    file(scene, scene.union)
    reach_deadline(scene)
    visit(scene.secretary).send(f"/sittings/{scene.sitting}/open")
    assert counts(missing=1) in shown(visit(scene.minister).get("/desk"))
    assert counts(filed=1, missing=0) in shown(visit(scene.unionist).get("/desk"))


def test_the_desk_is_linked_for_whoever_speaks_for_a_party(visit: Visit, scene: Scene) -> None:
    link = 'href="/desk"'
    assert link in visit(scene.unionist).get("/").text
    for person in (scene.secretary, scene.chair, scene.outsider):
        assert link not in visit(person).get("/").text
        assert said("disputes.desk.none") in shown(visit(person).get("/desk"))


def test_a_text_goes_from_author_to_approver_and_is_filed(visit: Visit, scene: Scene) -> None:
    need_four_eyes(scene, scene.union)
    unionist, assistant = visit(scene.unionist), visit(scene.assistant)
    address = f"/lines/{scene.lines[0]}/position"
    assert 'value="file"' not in unionist.get(address).text
    sent = unionist.fill(address, act="submit", **TYPED)
    assert sent.status_code == 303
    assert said("disputes.own_text") in shown(unionist.get(sent.headers["Location"]))
    assert counts(waiting=1, missing=2) in shown(assistant.get("/desk"))
    approval = f"/lines/{scene.lines[0]}/approval?party={scene.union.id}"
    assert WHY in shown(assistant.get(approval))
    done = assistant.fill(approval, act="approve")
    assert done.status_code == 303
    receipt = shown(assistant.get(done.headers["Location"]))
    assert scene.unionist.name in receipt
    assert scene.assistant.name in receipt
    assert assistant.get(approval).status_code == 303


def test_an_approval_sent_twice_leads_to_one_receipt(visit: Visit, scene: Scene) -> None:
    need_four_eyes(scene, scene.union)
    submit(scene, scene.unionist, rationale=WHY)
    assistant = visit(scene.assistant)
    address = f"/lines/{scene.lines[0]}/approval?party={scene.union.id}"
    form = assistant.get(address)
    answers = [assistant.fill_stale(form, address, act="approve") for _ in range(2)]
    assert [each.status_code for each in answers] == [303, 303]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]


def test_a_text_given_back_comes_with_the_reason(visit: Visit, scene: Scene) -> None:
    need_four_eyes(scene, scene.union)
    submit(scene, scene.unionist, rationale=WHY)
    assistant, unionist = visit(scene.assistant), visit(scene.unionist)
    approval = f"/lines/{scene.lines[0]}/approval?party={scene.union.id}"
    blank = assistant.fill(approval, act="return")
    assert blank.status_code == 422
    assert said("web.required") in shown(blank)
    assert assistant.fill(approval, act="return", reason="Булагы жок").status_code == 303
    page = unionist.get(f"/lines/{scene.lines[0]}/position")
    assert "Булагы жок" in shown(page)
    assert f"{WHY}</textarea>" in page.text


def test_an_approver_without_an_authors_part_gets_no_form(visit: Visit, scene: Scene) -> None:
    set_part(scene, scene.assistant, MandatePart.APPROVER)
    page = visit(scene.assistant).get(f"/lines/{scene.lines[0]}/position")
    assert said("disputes.not_author") in shown(page)
    assert "<textarea" not in page.text


def test_an_approver_sets_four_eyes_and_nobody_lifts_it_while_it_binds(visit: Visit, scene: Scene) -> None:
    unionist, address = visit(scene.unionist), f"/sittings/{scene.sitting}/four-eyes"
    button = said("sittings.do.four_eyes", party=scene.union.name)
    assert button in shown(unionist.get(f"/sittings/{scene.sitting}"))
    assert unionist.send(address, party=scene.union.id, on="yes").status_code == 303
    assert button not in shown(unionist.get(f"/sittings/{scene.sitting}"))
    assert unionist.send(address, party=scene.union.id, on="no").status_code == 422
    for stranger in (scene.minister, scene.secretary, scene.outsider):
        assert visit(stranger).send(address, party=scene.union.id, on="yes").status_code == 404


def test_the_part_of_a_delegate_is_asked_and_shown(visit: Visit, scene: Scene) -> None:
    page = visit(scene.unionist).get(f"/sittings/{scene.sitting}")
    assert said("sittings.mandate_part.approver") not in shown(page)
    set_part(scene, scene.assistant, MandatePart.APPROVER)
    assert said("sittings.mandate_part.approver") in shown(visit(scene.unionist).get(page.request.path))


def _given_back(scene: Scene) -> None:
    submit(scene, scene.unionist, rationale=WHY)
    approving.give_back(
        scene.database,
        scene.key,
        scene.assistant.id,
        scene.lines[0],
        party_id=scene.union.id,
        number=1,
        reason="Булагы жок",
    )


#: What the union does in one of two worlds; the others do the same in both.
WORLDS: dict[str, Callable[[Scene], object]] = {
    "draft": lambda scene: filing.save_draft(
        scene.database,
        scene.key,
        scene.unionist.id,
        scene.lines[0],
        party_id=scene.union.id,
        position=make_position(rationale=WHY * 900),
        seen=0,
    ),
    "submission": lambda scene: submit(scene, scene.unionist, rationale=WHY),
    "given back": _given_back,
    "approval": lambda scene: (
        submit(scene, scene.unionist, rationale=WHY, request="s"),
        approving.approve(
            scene.database,
            scene.key,
            scene.assistant.id,
            scene.lines[0],
            party_id=scene.union.id,
            number=1,
            request="a",
        ),
    ),
    "four eyes": lambda scene: need_four_eyes(scene, scene.union),
}


@pytest.mark.parametrize("who", ["minister", "doctor", "mayor"])
@pytest.mark.parametrize("world", WORLDS)
def test_no_answer_moves_with_what_another_party_does(
    visit: Visit, scene: Scene, who: str, world: str
) -> None:
    """Byte for byte, headers and sizes included, but for tokens, the clock and the sign of the session."""
    visitor = visit(getattr(scene, who))
    pages = [
        "/",
        "/desk",
        "/desk?only=missing",
        f"/sittings/{scene.sitting}",
        f"/sittings/{scene.sitting}/journal?verify=yes",
        *(f"/lines/{line}" for line in scene.lines),
        f"/lines/{scene.lines[0]}/position",
        f"/lines/{scene.lines[0]}/receipt",
        *(f"/lines/{scene.lines[0]}/{page}?party={scene.union.id}" for page in ("approval", "receipt.json")),
    ]
    before = [still(visitor.get(page)) for page in pages]
    WORLDS[world](scene)
    assert [still(visitor.get(page)) for page in pages] == before


def test_after_the_opening_too_the_number_of_submissions_stays_inside(visit: Visit, scene: Scene) -> None:
    other = make_scene(scene.database, key=scene.key)
    pages = []
    for each, rounds in ((scene, 1), (other, 3)):
        need_four_eyes(each, each.union)
        for number in range(rounds):
            submit(each, each.unionist, rationale=f"Нуска {number}", submission_seen=number)
        approving.approve(
            each.database,
            each.key,
            each.assistant.id,
            each.lines[0],
            party_id=each.union.id,
            number=rounds,
        )
        file(each, each.ministry, figure=Som(0))
        open_all(each)
        journal = shown(visit(each.minister).get(f"/sittings/{each.sitting}/journal"))
        pages.append(journal.count(each.union.name.ky))
    assert pages[0] == pages[1]


def test_the_journal_says_who_wrote_and_who_approved(visit: Visit, scene: Scene) -> None:
    submit(scene, scene.unionist, rationale=WHY)
    signers = {"author": scene.unionist.name, "person": scene.assistant.name}
    made = approving.approve(
        scene.database,
        scene.key,
        scene.assistant.id,
        scene.lines[0],
        party_id=scene.union.id,
        number=1,
    )
    told = said(
        "disputes.event.position_approved",
        line=Sentence("disputes.line"),
        party=scene.union.name,
        number=1,
        commitment=made.commitment,
        **signers,
    )
    address = f"/sittings/{scene.sitting}/journal?chain=party-{scene.union.id}"
    journal = shown(visit(scene.unionist).get(address))
    assert told.partition(": ")[0] in journal
    assert f"{scene.unionist.name}. " in journal


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_desk_and_approval_are_readable_for_everybody(
    browser: Browser, app: Flask, scene: Scene, size: tuple[int, int]
) -> None:
    need_four_eyes(scene, scene.union)
    submit(scene, scene.unionist, rationale=WHY)
    with serving(app) as address, opened(browser, f"{address}/log-in", size=size, scanning=True) as page:
        log_in(page, address, scene.assistant.login)
        for path in ("/desk", f"/lines/{scene.lines[0]}/approval?party={scene.union.id}"):
            page.goto(address + path)
            assert (path, scan(page), sideways(page)) == (path, [], 0)


def still(page: TestResponse) -> tuple[int, str, list[str]]:
    """Return an answer without its tokens and keys, the clock's minutes and the cookie that they change."""
    text = re.sub(r'name="(csrf_token|request_key)"[^>]*>', "", page.text)
    text = re.sub(r'data-now="[^"]*"', "", text)
    text = re.sub(r'(class="bp-remaining"[^>]*>)[^<]*', r"\1", text)
    headers = [f"{name}: {value}" for name, value in page.headers if name not in _MOVING]
    return page.status_code, text, headers


#: The number of a request is drawn by lot.
_MOVING = {"Set-Cookie", "Content-Length", "Date", "X-Request-Id"}
