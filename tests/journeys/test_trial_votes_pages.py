"""A trial goes from the page on which it is tried to the committee's vote, and the option says what it is."""

import pytest
from playwright.sync_api import Browser

from budgetproto.database import Database
from budgetproto.disputes.options import service as options
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.i18n import LANGUAGES, Language
from tests.browser import DESKTOP, SMALLEST, opened, resize, scan, sideways
from tests.factories import Scene, file_all, open_all
from tests.journeys import acts
from tests.journeys.conftest import Visit
from tests.journeys.hands import Hands
from tests.journeys.visitor import said, shown, started
from tests.proceedings.test_trial_votes import latest, today, voted
from tests.sessions import in_session

SENT = {
    "rule": "A",
    "ground_ky": "Резервдик фонд",
    "question_ky": "Сыноону кабыл алабызбы?",
    "reason_ky": "Каражат азайды",
    "votes_for": "6",
    "votes_against": "1",
    "votes_abstained": "0",
    "outcome": "adopted",
}


@pytest.fixture
def session(sqlite_database: Database, seal_key: SealKey) -> Scene:
    return in_session(sqlite_database, key=seal_key, versions=1, seated=True)


def place(scene: Scene) -> str:
    return f"/sittings/{scene.sitting}/option/trial/vote?rule=A&envelope=300+000,0"


def sent(scene: Scene, **changed: str) -> dict[str, str]:
    return SENT | {"on": today(scene).isoformat()} | changed


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_adopted_trial_is_marked_wherever_the_option_stands(
    visit: Visit, session: Scene, language: Language
) -> None:
    secretary = visit(session.secretary, language=language)
    trial = secretary.get(f"/sittings/{session.sitting}/option/trial?rule=A&envelope=300+000,0")
    assert f"/sittings/{session.sitting}/option/trial/vote?rule=A&amp;envelope=300" in trial.text
    assert started(secretary.get(place(session)))["envelope"] == "300 000,0"
    assert secretary.fill(place(session), **sent(session)).status_code == 303
    mark = said("disputes.option.by_decision", language, rule="A", on=today(session))
    reader = visit(session.unionist, language=language)
    for page in ("option", "decisions", "discrepancies"):
        assert mark in shown(reader.get(f"/sittings/{session.sitting}/{page}")), page
    assert mark in shown(reader.get(f"/lines/{session.lines[0]}"))
    option = shown(reader.get(f"/sittings/{session.sitting}/option"))
    for told in ("Сыноону кабыл алабызбы?", "Каражат азайды", "6 / 1 / 0", "Резервдик фонд"):
        assert told in option
    assert said("disputes.option.beside", language) in option


def test_a_rejected_trial_is_listed_and_marks_nothing(visit: Visit, session: Scene) -> None:
    secretary = visit(session.secretary, language="ru")
    typed = sent(session, outcome="rejected", votes_for="1", votes_against="6")
    assert secretary.fill(place(session), **typed).status_code == 303
    option = shown(secretary.get(f"/sittings/{session.sitting}/option"))
    assert said("proceedings.trial.rejected", "ru") in option
    assert said("disputes.option.by_decision", "ru", rule="A", on=today(session)) not in option
    assert latest(session).number == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stale_form_comes_back_filled_in_and_says_what_changed(
    visit: Visit, session: Scene, language: Language
) -> None:
    secretary = visit(session.secretary, language=language)
    old = secretary.get(place(session))
    options.publish_option(session.database, session.secretary.id, session.sitting)
    answer = secretary.fill_stale(old, place(session), **sent(session))
    assert answer.status_code == 409
    assert said("proceedings.trial.moved.version", language, before="1", now="2") in shown(answer)
    assert started(answer)["question_ky"] == "Сыноону кабыл алабызбы?"
    assert voted(session) == []
    assert secretary.fill_stale(answer, place(session), **sent(session)).status_code == 303
    assert latest(session).number == 3


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("ground_ky", {"ground_ky": ""}),
        ("question_ky", {"question_ky": ""}),
        ("reason_ky", {"reason_ky": ""}),
        ("outcome", {"outcome": "rejected"}),
        ("outcome", {"votes_for": "3"}),
        ("votes_for", {"votes_for": "9"}),
        ("on", {"on": "2020-05-14"}),
        ("rule", {"envelope": ""}),
        ("envelope", {"envelope": "үч жүз"}),
    ],
)
def test_what_cannot_be_recorded_is_told_beside_its_field(
    visit: Visit, session: Scene, field: str, changed: dict[str, str]
) -> None:
    secretary = visit(session.secretary, language="ky")
    answer = secretary.fill(place(session), **sent(session, **changed))
    assert answer.status_code == 422
    assert f'href="#{field}' in answer.text
    assert voted(session) == []


def test_before_the_session_the_page_says_that_a_session_is_needed(visit: Visit, scene: Scene) -> None:
    file_all(scene)
    open_all(scene)
    secretary = visit(scene.secretary, language="ky")
    trial = secretary.get(f"/sittings/{scene.sitting}/option/trial")
    assert "trial/vote" not in trial.text
    for page in (trial, secretary.get(place(scene))):
        assert said("proceedings.trial.session_needed") in shown(page)


def test_a_delegate_is_offered_no_vote(visit: Visit, session: Scene) -> None:
    delegate = visit(session.unionist, language="ky")
    assert "trial/vote" not in delegate.get(f"/sittings/{session.sitting}/option/trial").text
    assert delegate.get(place(session)).status_code == 403
    assert visit(session.outsider).get(place(session)).status_code == 404


def test_form_and_list_are_for_everybody(browser: Browser, address: str, session: Scene) -> None:
    with opened(browser, f"{address}/log-in", language="ky", scanning=True) as page:
        hands = Hands(page, address)
        acts.log_in(hands, session.secretary.login)
        for size in (DESKTOP, SMALLEST):
            resize(page, size)
            hands.go(place(session))
            assert (scan(page), sideways(page)) == ([], 0)
        for name, value in sent(session).items():
            if name not in {"rule", "outcome"}:
                hands.write(name, value)
        page.locator("input[name=outcome][value=adopted]").check()
        hands.send()
        assert hands.here().endswith("/option"), hands.reads()
        for size in (DESKTOP, SMALLEST):
            resize(page, size)
            hands.go(f"/sittings/{session.sitting}/option")
            assert (scan(page), sideways(page)) == ([], 0)
    assert latest(session).vote is not None
