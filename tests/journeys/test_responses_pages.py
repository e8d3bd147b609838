"""The option is answered on its pages: one question, all that are left, round after round."""

import pytest
from playwright.sync_api import Browser

from budgetproto.database import Database
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.disputes.responses.domain import Kind, Response
from budgetproto.i18n import LANGUAGES, Language
from budgetproto.money import Som
from budgetproto.proceedings import service as proceedings
from tests.browser import DESKTOP, SMALLEST, opened, resize, scan, sideways
from tests.disputes.responses.answering import (
    REASON,
    accept,
    publish_again,
    reject,
    respond,
    seen,
    subject,
)
from tests.factories import Scene
from tests.journeys import acts
from tests.journeys.conftest import Visit
from tests.journeys.hands import Hands
from tests.journeys.visitor import said, shown, started
from tests.sessions import in_session


@pytest.fixture
def session(sqlite_database: Database, seal_key: SealKey) -> Scene:
    return in_session(sqlite_database, key=seal_key, versions=1, seated=True)


def form(scene: Scene, line: int = 0) -> str:
    return f"/lines/{scene.lines[line]}/answer?party={scene.union.id}"


def rest(scene: Scene) -> str:
    return f"/sittings/{scene.sitting}/option/answers?party={scene.union.id}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_is_seen_by_everybody_wherever_the_option_stands(
    visit: Visit, session: Scene, language: Language
) -> None:
    union = visit(session.unionist, language=language)
    sent = union.fill(
        form(session), kind="counter", figure="7 000", reason_ky="Каражат жетпейт", jump_confirmed="y"
    )
    assert sent.status_code == 303
    assert said("responses.told.answered", language, number=1) in shown(union.get(sent.location))
    reader = visit(session.minister, language=language)
    for address in (
        f"/sittings/{session.sitting}/option",
        f"/lines/{session.lines[0]}",
        f"/lines/{session.lines[0]}/answers",
        f"/sittings/{session.sitting}/option/compare/1/1",
    ):
        page = shown(reader.get(address))
        assert said("responses.kind.counter", language) in page, address
        assert "Каражат жетпейт" in page, address


def test_a_stranger_reads_no_answer(visit: Visit, session: Scene) -> None:
    reject(session, session.union)
    stranger = visit(session.outsider)
    for address in (f"/lines/{session.lines[0]}/answers", f"/sittings/{session.sitting}/option/compare/1/1"):
        assert stranger.get(address).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"kind": "reject"}, "responses.reason_missing"),
        ({"kind": "counter", "reason_ky": "Себеп"}, "responses.figure_missing"),
        ({"kind": "subject", "until": "2126-01-01"}, "responses.confirmer_missing"),
        ({"kind": "subject", "confirmer": "Башкармалык"}, "responses.day_missing"),
        ({"kind": "condition"}, "responses.condition_missing"),
        ({"kind": "accept", "figure": "7"}, "responses.part_of_another_answer.figure"),
        ({"kind": "accept", "lines": "2"}, "responses.part_of_another_answer.lines"),
        ({"kind": "accept", "confirmer": "Союз"}, "responses.part_of_another_answer.confirmer"),
    ],
)
def test_a_refused_answer_comes_back_filled_in(
    visit: Visit, session: Scene, typed: dict[str, str], refusal: str, language: Language
) -> None:
    page = visit(session.unionist, language=language).fill(form(session), **typed)
    assert page.status_code == 422
    assert said(refusal, language) in shown(page)
    assert typed.items() <= started(page).items()
    assert seen(session, session.union) == 0


def test_a_list_of_questions_that_cannot_be_read_is_told(visit: Visit, session: Scene) -> None:
    page = visit(session.unionist, language="ru").fill(form(session), kind="condition", lines="два")
    assert said("responses.lines_unreadable", "ru", typed="два") in shown(page)


def test_a_condition_is_named_by_numbers(visit: Visit, session: Scene) -> None:
    union = visit(session.unionist, language="en")
    assert union.fill(form(session), kind="condition", lines="№ 2").status_code == 303
    page = shown(union.get(f"/lines/{session.lines[0]}"))
    assert said("responses.if_lines", "en", lines="2") in page
    assert said("responses.condition.open", "en") in page


def test_a_counter_proposal_far_from_the_own_base_has_to_be_confirmed(visit: Visit, session: Scene) -> None:
    union = visit(session.unionist, language="en")
    typed = {"kind": "counter", "figure": "7", "reason_ky": "Себеп"}
    page = union.fill(form(session), **typed)
    assert page.status_code == 422
    assert "jump_confirmed" in page.text
    assert union.fill_stale(page, form(session), **typed, jump_confirmed="y").status_code == 303


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_to_an_old_version_is_refused_with_both_texts(
    visit: Visit, session: Scene, language: Language
) -> None:
    union = visit(session.unionist, language=language)
    old = union.get(form(session))
    publish_again(session)
    page = union.fill_stale(old, form(session), kind="reject", reason_ky="Каражат жок")
    assert page.status_code == 409
    assert said("responses.option_moved", language, answered=1, newest=2) in shown(page)
    assert shown(page).count(said("disputes.option.figure", language)) >= 2
    assert started(page).items() >= {"kind": "reject", "reason_ky": "Каражат жок", "option": "2"}.items()
    assert seen(session, session.union) == 0
    assert union.fill_stale(page, form(session)).status_code == 303


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_delegates_of_one_party_the_second_sees_both_answers(
    visit: Visit, session: Scene, language: Language
) -> None:
    assistant = visit(session.assistant, language=language)
    old = assistant.get(form(session))
    accept(session, session.union)
    page = assistant.fill_stale(old, form(session), kind="reject", reason_ky="Каражат жок")
    assert page.status_code == 409
    told = shown(page)
    for key in ("responses.response_moved", "responses.kind.accept", "responses.kind.reject"):
        assert said(key, language) in told
    assert assistant.fill_stale(page, form(session)).status_code == 303
    assert seen(session, session.union) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_left_is_answered_at_once(visit: Visit, session: Scene, language: Language) -> None:
    union = visit(session.unionist, language=language)
    accept(session, session.union)
    assert said("responses.counts", language, lines=2, left=1) in shown(union.get(rest(session)))
    assert said("responses.desk.left", language, left=1) in shown(union.get("/desk"))
    refused = union.fill(rest(session), kind="reject")
    assert refused.status_code == 422
    assert said("responses.reason_missing", language) in shown(refused)
    done = union.fill(rest(session), kind="reject", reason_ky="Каражат жок")
    assert done.status_code == 303
    page = shown(union.get(done.location))
    assert said("responses.told.rest_answered", language, number=1) in page
    assert said("responses.all_answered", language) in page
    assert said("responses.desk.done", language) in shown(union.get("/desk"))


def test_the_rest_of_an_old_version_is_not_answered(visit: Visit, session: Scene) -> None:
    union = visit(session.unionist, language="ru")
    old = union.get(rest(session))
    publish_again(session)
    page = union.fill_stale(old, rest(session), kind="accept")
    assert page.status_code == 409
    assert said("responses.option_moved", "ru", answered=1, newest=2) in shown(page)
    assert seen(session, session.union) == 0
    assert union.fill_stale(page, rest(session), kind="accept").status_code == 303


@pytest.mark.parametrize("language", LANGUAGES)
def test_rounds_are_compared_and_earlier_answers_are_marked(
    visit: Visit, session: Scene, language: Language
) -> None:
    accept(session, session.union)
    publish_again(session)
    reader = visit(session.chair, language=language)
    option = shown(reader.get(f"/sittings/{session.sitting}/option"))
    assert said("responses.of_version", language, number=1) in option
    assert said("responses.do.compare", language, before=1, after=2) in option
    compared = shown(reader.get(f"/sittings/{session.sitting}/option/compare/1/2"))
    for number in (1, 2):
        assert said("responses.answers_to", language, number=number) in compared
    assert reader.get(f"/sittings/{session.sitting}/option/compare/1/3").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_both_accept_the_decision_offers_the_figure_and_decides_nothing(
    visit: Visit, session: Scene, language: Language
) -> None:
    proceedings.propose(
        session.database, session.chair.id, session.lines[0], figure=Som(30_000), reason=REASON, version=0
    )
    secretary = visit(session.secretary, language=language)
    address = f"/lines/{session.lines[0]}/decision"
    proposed = started(secretary.get(address))["figure"]
    accept(session, session.union)
    assert started(secretary.get(address))["figure"] == proposed
    accept(session, session.ministry)
    page = secretary.get(address)
    assert started(page)["figure"] != proposed
    assert said("responses.standing.accepted", language) in shown(page)
    undecided = shown(secretary.get(f"/sittings/{session.sitting}/decisions"))
    assert said("proceedings.undecided", language) in undecided
    assert said("responses.standing.accepted", language) in undecided


def test_the_pages_of_answers_are_for_everybody(browser: Browser, address: str, session: Scene) -> None:
    respond(session, session.ministry, Response(Kind.CONDITION, REASON, lines=(2,)))
    respond(session, session.cities, subject(session))
    reject(session, session.union)
    publish_again(session)
    accept(session, session.ministry)
    with opened(browser, f"{address}/log-in", language="ky", scanning=True) as page:
        hands = Hands(page, address)
        acts.log_in(hands, session.unionist.login)
        for place in places(session):
            hands.go(place)
            for size in (DESKTOP, SMALLEST):
                resize(page, size)
                assert (place, scan(page), sideways(page)) == (place, [], 0)
        hands.go(form(session))
        hands.mark("kind", "reject")
        hands.write("reason_ky", "Каражат жок")
        hands.send()
        assert "/option/answers" in hands.here(), hands.reads()
    assert seen(session, session.union) == 2


def places(scene: Scene) -> tuple[str, ...]:
    """Return the pages on which answers are given and read."""
    sitting, line = f"/sittings/{scene.sitting}", f"/lines/{scene.lines[0]}"
    return (
        form(scene),
        rest(scene),
        f"{line}/answers",
        line,
        f"{sitting}/option",
        f"{sitting}/option/compare/1/2",
        "/desk",
        sitting,
    )
