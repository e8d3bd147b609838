"""What decides in a sitting stands as its terms found it: settings changed later act on later sittings."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from budgetproto.database import Database
from budgetproto.disputes import storage
from budgetproto.disputes.positions import opening
from budgetproto.disputes.terms import proposing
from budgetproto.i18n import Named
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import entries
from budgetproto.sittings import settling
from budgetproto.sittings.overview import Overview, overview
from budgetproto.sittings.procedure import Procedure, change_setting, procedure_of
from budgetproto.sittings.procedure_storage import NotedSettingRow
from tests.factories import Scene, file, make_scene, reach_deadline, settle_terms
from tests.stated import new_terms

WHY = Named("Регламенттин жаңы редакциясы", "Новая редакция Регламента", "New edition of the Rules")


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database)


def change(scene: Scene, key: str, value: str) -> None:
    change_setting(scene.database, scene.secretary.id, key, value=value, source=WHY)


def in_force(scene: Scene) -> Procedure:
    with scene.database.reading() as session:
        return procedure_of(session, scene.sitting)


def page(scene: Scene) -> Overview:
    with scene.database.reading() as session:
        return overview(session, scene.secretary.id, scene.sitting)


def test_a_quorum_lowered_during_a_sitting_does_not_make_that_sitting_quorate(scene: Scene) -> None:
    change(scene, "quorum_share", "1/11")
    change(scene, "members_total", "3")
    assert (in_force(scene).members_total, in_force(scene).quorum) == (11, 6)
    assert in_force(scene).source("quorum_share") != WHY


def test_the_next_sitting_goes_by_the_changed_setting_with_its_source(scene: Scene) -> None:
    change(scene, "members_total", "9")
    later = make_scene(scene.database, key=scene.key)
    assert (in_force(later).quorum, in_force(later).source("members_total")) == (5, WHY)


def test_a_second_term_has_the_hours_both_sides_acknowledged(scene: Scene) -> None:
    change(scene, "second_term_hours", "240")
    file(scene, scene.union)
    reach_deadline(scene)
    opening.open_positions(scene.database, scene.key, scene.secretary.id, scene.sitting)
    with scene.database.reading() as session:
        until = storage.lines(session, scene.sitting)[0].second_term_until
        [given] = [e for e in entries(session, sitting_chain(scene.sitting)) if "second_term" in e.kind][:1]
    assert until is not None
    assert timedelta(hours=3, minutes=59) < until - given.at <= timedelta(hours=4)


def test_what_changes_between_proposing_and_fixing_is_not_slipped_under_acknowledged_terms(
    database: Database,
) -> None:
    scene = make_scene(database, terms=False)
    proposed = proposing.propose_terms(database, scene.secretary.id, scene.sitting, new_terms())
    change(scene, "members_total", "3")
    assert [each.key for each in page(scene).rules_moved] == ["members_total"]
    settling.fix_terms(database, scene.secretary.id, scene.sitting, number=proposed.version, reason="Шашылыш")
    assert in_force(scene).members_total == 11
    assert page(scene).rules_moved == (), "once fixed there is nothing to propose again"


def test_terms_proposed_again_take_the_settings_of_that_moment(database: Database) -> None:
    scene = make_scene(database, terms=False)
    proposing.propose_terms(database, scene.secretary.id, scene.sitting, new_terms())
    change(scene, "members_total", "9")
    settle_terms(scene)
    assert in_force(scene).members_total == 9
    assert page(scene).rules_moved == ()


def test_the_page_shows_what_the_terms_found_in_the_order_of_the_settings(scene: Scene) -> None:
    change(scene, "majority_of", "all")
    shown = {each.key: each.stated.ru for each in page(scene).rules}
    assert list(shown) == [
        "members_total",
        "quorum_share",
        "majority_of",
        "second_term_hours",
        "participation_duty",
        "invitation_days",
    ]
    assert shown["majority_of"] == "большинство присутствующих членов"


def test_the_journal_says_what_the_terms_found(scene: Scene) -> None:
    with scene.database.reading() as session:
        every = entries(session, sitting_chain(scene.sitting))
    [proposed] = [each.values() for each in every if each.kind == "sittings.terms_proposed"]
    assert proposed["procedure"] == (
        '{"invitation_days":"3","majority_of":"present","members_total":"11",'
        '"participation_duty":"duty_participation","quorum_share":"1/2","second_term_hours":"4"}'
    )


def test_what_the_terms_found_is_never_changed(scene: Scene) -> None:
    query = select(NotedSettingRow).where(col(NotedSettingRow.key) == "members_total")
    with pytest.raises(DBAPIError, match="append-only"), scene.database.writing() as session:
        row = session.exec(query).one()
        row.value = "3"
        session.add(row)
        session.flush()
