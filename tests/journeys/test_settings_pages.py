"""Settings and calendar are read by everybody and changed, with their source, by the keepers alone."""

from datetime import timedelta

import pytest

from budgetproto.database import now
from budgetproto.disputes import storage
from budgetproto.disputes.positions import opening
from budgetproto.disputes.terms import proposing
from budgetproto.protocol.gathering import gather
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Stage
from budgetproto.sittings.procedure import procedure
from tests.factories import Scene, file, make_scene, reach_deadline
from tests.journeys.conftest import Visit
from tests.journeys.visitor import said, shown
from tests.stated import new_terms

SOURCE = {"source_ky": "Комитеттин чечими", "source_ru": "Решение комитета", "source_en": ""}


def test_the_second_term_is_as_long_as_the_setting_said_when_the_terms_were_proposed(
    visit: Visit, scene: Scene
) -> None:
    answer = visit(scene.secretary).fill("/settings/second_term_hours", value="6", **SOURCE)
    assert answer.status_code == 303
    later = make_scene(scene.database, key=scene.key)
    assert second_term(later) == timedelta(hours=6)
    assert second_term(scene) == timedelta(hours=4)


def second_term(scene: Scene) -> timedelta:
    """Let one side be silent; return how long it may still file, in whole minutes."""
    file(scene, scene.union)
    reach_deadline(scene)
    opening.open_positions(scene.database, scene.key, scene.secretary.id, scene.sitting)
    with scene.database.reading() as session:
        until = storage.lines(session, scene.sitting)[0].second_term_until
        assert until is not None
        return timedelta(minutes=round((until - now(session)) / timedelta(minutes=1)))


def test_the_page_of_a_setting_that_decides_says_which_sittings_a_change_acts_on(
    visit: Visit, scene: Scene
) -> None:
    told, secretary = said("sittings.setting.decides"), visit(scene.secretary)
    assert told in shown(secretary.get("/settings/quorum_share"))
    assert told not in shown(secretary.get("/settings/committee_days"))


def test_everybody_in_a_sitting_reads_what_its_terms_found_and_the_secretary_what_has_changed(
    visit: Visit, scene: Scene
) -> None:
    prepared = make_scene(scene.database, key=scene.key, stage=Stage.PREPARING, terms=False)
    proposing.propose_terms(scene.database, prepared.secretary.id, prepared.sitting, new_terms())
    visit(scene.secretary).fill("/settings/members_total", value="13", **SOURCE)
    here, name = f"/sittings/{prepared.sitting}", said("sittings.setting.members_total")
    moved = said("sittings.terms.procedure.moved", settings=name)
    union, secretary = (shown(visit(who).get(here)) for who in (prepared.unionist, prepared.secretary))
    assert f"{name} 11" in union
    assert moved in secretary
    assert moved not in union
    assert moved in shown(visit(prepared.secretary).get(f"{here}/terms/fix"))


def test_a_change_stands_in_the_history_with_what_was_before(visit: Visit, scene: Scene) -> None:
    visitor = visit(scene.secretary, language="ru")
    visitor.fill("/settings/committee_days", value="30", **SOURCE)
    page = shown(visitor.get("/settings/committee_days"))
    assert "Было: 20. Стало: 30. Источник: Комитеттин чечими" in page
    assert "30" in shown(visitor.get("/settings"))


def test_a_value_out_of_bounds_comes_back_with_the_bounds(visit: Visit, scene: Scene) -> None:
    for typed in ("0", "500", "-3", "²", "4,5", ""):
        answer = visit(scene.secretary).fill("/settings/second_term_hours", value=typed, **SOURCE)
        assert answer.status_code == 422, typed
    assert said("sittings.value_unfit.number", "ky", least=1, most=240) in shown(
        visit(scene.secretary).fill("/settings/second_term_hours", value="500", **SOURCE)
    )


def test_a_scheme_of_numbers_is_kept_as_typed_and_a_bad_one_comes_back(visit: Visit, scene: Scene) -> None:
    visitor, page = visit(scene.secretary), "/settings/protocol_number"
    refused = visitor.fill(page, value="{month}/{running}", **SOURCE)
    assert refused.status_code == 422
    assert said("sittings.scheme.unknown_place", "ky", place="month") in shown(refused)
    assert 'value="{month}/{running}"' in refused.text
    assert visitor.fill(page, value=" {running}-П/{year} ", **SOURCE).status_code == 303
    assert "{running}-П/{year}" in shown(visitor.get(page))


def test_two_people_changing_one_setting_the_second_is_told(visit: Visit, scene: Scene) -> None:
    visitor = visit(scene.secretary)
    page = visitor.get("/settings/members_total")
    visitor.fill("/settings/members_total", value="9", **SOURCE)
    assert visitor.fill_stale(page, "/settings/members_total", value="13", **SOURCE).status_code == 409
    with scene.database.reading() as session:
        assert procedure(session).members_total == 9


def test_a_delegate_reads_the_settings_and_changes_none(visit: Visit, scene: Scene) -> None:
    visitor = visit(scene.unionist)
    page = visitor.get("/settings/second_term_hours")
    assert page.status_code == 200
    assert 'name="value"' not in page.text
    answer = visitor.send("/settings/second_term_hours", value="1", **SOURCE)
    assert answer.status_code == 403
    assert visitor.get("/calendar/day").status_code == 403
    assert visitor.get("/calendar?year=2025").status_code == 200


def test_a_day_moved_by_the_cabinet_changes_the_end_of_a_term(visit: Visit, scene: Scene) -> None:
    visitor = visit(scene.secretary, language="en")
    question = "/calendar?year=2026&begins=2026-12-24&count=2"
    assert "Last day: 28 December 2026" in shown(visitor.get(question))
    day = {"day": "2026-12-26", "working": "yes", "name_ky": "Иш күнү", "name_ru": "", "source": "Чечим"}
    assert visitor.fill("/calendar/day", **day).status_code == 303
    assert "Last day: 26 December 2026" in shown(visitor.get(question))
    assert visitor.send("/calendar/day/remove", day="2026-12-26").status_code == 303
    assert visitor.send("/calendar/day/remove", day="x").status_code == 422


def test_day_twenty_after_the_submission_stands_on_the_page(visit: Visit, scene: Scene) -> None:
    page = shown(visit(scene.minister, language="ru").get(f"/sittings/{scene.sitting}"))
    assert "24 мая 2020 года" in page


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8000", "https://sitting.example.kg/", "https://kenesh.kg/service"]
)
def test_the_address_of_the_service_goes_into_what_is_composed(
    visit: Visit, scene: Scene, address: str
) -> None:
    assert visit(scene.secretary).fill("/settings/public_address", value=address, **SOURCE).status_code == 303
    with scene.database.reading() as session:
        made = gather(session, sittings.admitted(session, scene.secretary.id, scene.sitting)[0])
    assert made.verify_at == f"{address.rstrip('/')}/verify"


@pytest.mark.parametrize(
    "address",
    [
        "sitting.example.kg",
        "ftp://kenesh.kg",
        "https://a@kenesh.kg",
        "https://kenesh.kg/?a=b",
        "javascript:a",
    ],
)
def test_what_is_no_address_of_a_service_is_refused_with_a_sentence(
    visit: Visit, scene: Scene, address: str
) -> None:
    answer = visit(scene.secretary).fill("/settings/public_address", value=address, **SOURCE)
    assert said("sittings.value_unfit.address") in shown(answer)


def test_a_link_on_paper_says_which_protocol_it_stands_on(visit: Visit, scene: Scene) -> None:
    stranger, code = visit(scene.secretary), "0123456789abcdef"
    found = shown(stranger.get(f"/verify?number=12-%D0%9F&code={code}"))
    assert said("protocol.verify.meant", number="12-П", code=code) in found
    assert code not in shown(stranger.get(f"/verify?number={'1' * 130}&code={code}"))
    assert "scarce" not in shown(stranger.get("/verify?number=1&code=scarce"))
