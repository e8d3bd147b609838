"""Sending a position: once although the form comes twice, and always told whether it is sent."""

from typing import Any

from werkzeug.test import TestResponse

from budgetproto.disputes.positions.storage import PositionRow
from tests.factories import Scene, file, open_all, reach_deadline
from tests.journeys.conftest import Visit
from tests.journeys.visitor import said, shown, started, token_of
from tests.stated import GRANTS

TYPED = {"rationale_ky": "Долбоорлор даяр.", "vulnerable": "none", "figure": "600 000,0", "act": "file"}
SCRIPT = {"Accept": "application/json"}


def address(scene: Scene, line: int = 0) -> str:
    return f"/lines/{scene.lines[line]}/position"


def test_the_form_sent_twice_leads_twice_to_the_same_receipt(visit: Visit, scene: Scene) -> None:
    unionist = visit(scene.unionist)
    form = started(unionist.get(address(scene)))
    answers = [unionist.client.post(address(scene), data={**form, **TYPED}) for _ in range(2)]
    assert [each.status_code for each in answers] == [303, 303]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    with scene.database.reading() as session:
        assert session.get(PositionRow, (scene.lines[0], scene.union.id, 2)) is None


def test_the_same_form_with_another_text_is_refused_and_may_then_be_sent(visit: Visit, scene: Scene) -> None:
    unionist = visit(scene.unionist)
    form = started(unionist.get(address(scene)))
    unionist.client.post(address(scene), data={**form, **TYPED})
    refused = unionist.client.post(address(scene), data={**form, **TYPED, "figure": "610 000,0"})
    assert refused.status_code == 422
    assert said("disputes.key_used") in shown(refused)
    again = {**started(refused), "act": "file", "vulnerable": "none", "seen": "1"}
    assert unionist.client.post(address(scene), data=again).status_code == 303


def test_a_script_names_the_key_in_a_header(visit: Visit, scene: Scene) -> None:
    unionist = visit(scene.unionist)
    form = {**started(unionist.get(address(scene))), "request_key": "", **TYPED}
    headers = {**SCRIPT, "Idempotency-Key": "one"}
    told = [data(unionist.client.post(address(scene), data=form, headers=headers)) for _ in range(2)]
    assert told[0] == told[1]
    assert told[0]["address"].startswith(f"/lines/{scene.lines[0]}/receipt?")


def test_a_script_saves_a_draft_and_learns_its_number_and_time(visit: Visit, scene: Scene) -> None:
    unionist = visit(scene.unionist)
    form = {**started(unionist.get(address(scene))), "act": "draft", "figure": "1,0"}
    told = unionist.client.post(address(scene), data=form, headers=SCRIPT)
    assert told.status_code == 200
    assert data(told)["draft"] == 1
    stale = unionist.client.post(address(scene), data={**form, "figure": "2,0"}, headers=SCRIPT)
    assert stale.status_code == 409
    faulty = unionist.client.post(address(scene), data={**form, "figure": "1,000"}, headers=SCRIPT)
    assert faulty.status_code == 422
    assert [each["field"] for each in data(faulty)["problems"]] == ["figure"]


def test_the_page_always_says_whether_the_text_is_sent(visit: Visit, scene: Scene) -> None:
    unionist = visit(scene.unionist)
    assert state(unionist.get(address(scene))) == said("disputes.sent.no")
    assert unionist.fill(address(scene), **TYPED).status_code == 303
    assert state(unionist.get(address(scene))) == said("disputes.sent.yes")
    unionist.fill(address(scene), act="draft", figure="610 000,0")
    assert state(unionist.get(address(scene))) == said("disputes.sent.no")
    faulty = unionist.fill(address(scene), **{**TYPED, "figure": "1,000"})
    assert state(faulty) == said("disputes.sent.no")


def test_after_the_deadline_the_button_that_files_is_gone(visit: Visit, scene: Scene) -> None:
    unionist = visit(scene.unionist)
    assert 'value="file"' in unionist.get(address(scene)).text
    reach_deadline(scene)
    page = unionist.get(address(scene))
    assert 'value="file"' not in page.text
    assert said("disputes.draft_only") in shown(page)


def test_after_the_opening_there_is_no_form_but_what_was_written(visit: Visit, scene: Scene) -> None:
    unionist = visit(scene.unionist)
    unionist.fill(address(scene), **TYPED)
    unionist.fill(address(scene), act="draft", rationale_ky="Тапшырылбай калды")
    file(scene, scene.ministry, figure=GRANTS)
    open_all(scene)
    page = unionist.get(address(scene))
    assert page.status_code == 200
    assert "<textarea" not in page.text
    assert said("disputes.filing_ended") in shown(page)
    assert "Тапшырылбай калды" in shown(page)


def test_the_receipt_of_an_earlier_version_can_be_had_again(visit: Visit, scene: Scene) -> None:
    first, _ = file(scene, scene.union), file(scene, scene.union, rationale="Экинчи")
    unionist = visit(scene.unionist)
    page = unionist.get(f"/lines/{scene.lines[0]}/receipt?party={scene.union.id}&version=1")
    assert first.commitment in page.text
    assert said("disputes.receipt.proves") in shown(page)
    for unknown in ("3", "0", "-1", "x", "²"):
        gone = unionist.get(f"/lines/{scene.lines[0]}/receipt?party={scene.union.id}&version={unknown}")
        assert gone.status_code == 404


def data(answer: TestResponse) -> dict[str, Any]:
    """Return what a script was answered."""
    return dict(answer.get_json())


def state(page: TestResponse) -> str:
    """Return the tag that says whether the text on the page is sent."""
    return page.text.partition('id="sent"')[2].partition("<strong")[2].partition(">")[2].partition("<")[0]


def test_the_token_is_asked_of_scripts_too(visit: Visit, scene: Scene) -> None:
    unionist = visit(scene.unionist)
    assert token_of(unionist.get(address(scene)))
    assert unionist.client.post(address(scene), data=TYPED, headers=SCRIPT).status_code == 400
