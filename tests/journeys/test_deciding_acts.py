"""The acts that decide ask who has a second factor to prove being there, and nothing typed is lost by it."""

from dataclasses import replace

import pytest

from budgetproto.accounts.domain import Role
from budgetproto.app import create_app
from budgetproto.settings import Settings
from budgetproto.sittings.domain import Stage
from tests.factories import PASSWORD, Scene, declare_all_final, file_all, make_person, make_scene
from tests.journeys.conftest import Visit
from tests.journeys.test_accounts import let_time_pass, printed, set_up
from tests.journeys.visitor import Visitor, said, shown


@pytest.fixture
def final(scene: Scene) -> Scene:
    """Have everybody file and be final: the secretary may open."""
    file_all(scene)
    declare_all_final(scene)
    return scene


def paper_codes(visitor: Visitor) -> list[str]:
    """Set up a second factor; return the printed codes, none of which was used."""
    return printed(set_up(visitor)[1])


def test_who_has_a_second_factor_confirms_and_returns_to_the_page_with_the_button(
    visit: Visit, final: Scene
) -> None:
    secretary = visit(final.secretary)
    code = paper_codes(secretary)[0]
    let_time_pass(final.database, "confirmed")
    place = f"/sittings/{final.sitting}"
    asked = secretary.send(f"{place}/open")
    assert asked.headers["Location"] == f"/account/confirm?next={place}"
    assert said("accounts.confirm.then") in shown(secretary.get(asked.headers["Location"]))
    assert secretary.fill(asked.headers["Location"], typed=code).headers["Location"] == place
    back = secretary.get(place)
    assert said("accounts.told.confirmed") in shown(back)
    assert f'action="{place}/open"' in back.text
    assert secretary.send(f"{place}/open").headers["Location"] == place
    assert said("disputes.told.opened", lines=2) in shown(secretary.get(place))


def test_issuing_asks_as_opening_does(visit: Visit, final: Scene) -> None:
    secretary = visit(final.secretary)
    paper_codes(secretary)
    let_time_pass(final.database, "confirmed")
    place = f"/sittings/{final.sitting}/protocol"
    assert secretary.send(f"{place}/issue").headers["Location"] == f"/account/confirm?next={place}"


def test_where_a_second_factor_is_in_force_nobody_is_spared_for_having_none(
    settings: Settings, catalogue: None, final: Scene
) -> None:
    guarded = create_app(replace(settings, second_factor=True))
    member = Visitor(guarded, make_person(final.database, roles=frozenset({Role.MEMBER})))
    let_time_pass(final.database, "confirmed")
    asked = member.send(f"/sittings/{final.sitting}/open").headers["Location"]
    assert asked == f"/account/confirm?next=/sittings/{final.sitting}"


def test_without_any_second_factor_nothing_is_asked(visit: Visit, final: Scene) -> None:
    secretary = visit(final.secretary)
    let_time_pass(final.database, "confirmed")
    assert (
        secretary.send(f"/sittings/{final.sitting}/open").headers["Location"] == f"/sittings/{final.sitting}"
    )


def test_the_page_that_fixes_terms_asks_before_a_reason_is_typed_and_not_after(
    visit: Visit, scene: Scene
) -> None:
    bare = make_scene(scene.database, key=scene.key, terms=False, stage=Stage.PREPARING)
    secretary = visit(bare.secretary)
    paper_codes(secretary)
    place = f"/sittings/{bare.sitting}/terms/fix"
    for minutes, opened, sent in ((14, 200, 422), (16, 303, 422), (31, 303, 303)):
        confirmed_before(scene, minutes)
        assert secretary.get(place).status_code == opened, minutes
        assert secretary.send(place).status_code == sent, minutes


def confirmed_before(scene: Scene, minutes: int) -> None:
    """Let everybody have proved being there so many minutes ago."""
    statement = (
        f"UPDATE account_log_in SET confirmed = strftime('%Y-%m-%d %H:%M:%f000', 'now', '-{minutes} minutes')"
    )
    with scene.database.writing() as session:
        session.connection().exec_driver_sql(statement)


def test_a_wrong_password_confirms_nothing(visit: Visit, final: Scene) -> None:
    secretary = visit(final.secretary)
    paper_codes(secretary)
    let_time_pass(final.database, "confirmed")
    assert secretary.fill("/account/confirm", typed=PASSWORD).status_code == 422
    assert (
        secretary.send(f"/sittings/{final.sitting}/open").headers["Location"].startswith("/account/confirm")
    )
