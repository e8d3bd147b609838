"""What is shown is what was filed, published and proposed, even against a database administrator."""

import pytest
import sqlalchemy as sa

from budgetproto.database import Database
from budgetproto.disputes.journal.verifying import altered
from budgetproto.disputes.options.service import publish_option
from budgetproto.i18n import LANGUAGES, told
from tests.factories import Scene, drop_guard, file_all, make_scene, open_all


@pytest.fixture
def opened(sqlite_database: Database) -> Scene:
    scene = make_scene(sqlite_database)
    file_all(scene)
    open_all(scene)
    publish_option(scene.database, scene.secretary.id, scene.sitting)
    return scene


def keys(scene: Scene) -> set[str]:
    with scene.database.reading() as session:
        return {each.key for each in altered(session, scene.sitting)}


def change(scene: Scene, table: str, statement: str) -> None:
    drop_guard(scene.database, table)
    with scene.database.writing() as session:
        session.connection().execute(sa.text(statement))


def test_an_untouched_sitting_has_nothing_altered(opened: Scene) -> None:
    assert keys(opened) == set()


def test_an_opened_figure_changed_in_the_database_is_found(opened: Scene) -> None:
    statement = "UPDATE dispute_reveal SET document = replace(document, '600000000.00', '1.00')"
    change(opened, "dispute_reveal", statement)
    assert keys(opened) == {"disputes.altered.position"}


def test_a_forged_nonce_does_not_hide_it(opened: Scene) -> None:
    change(opened, "dispute_reveal", "UPDATE dispute_reveal SET nonce = 'zz'")
    assert keys(opened) == {"disputes.altered.position"}


def test_a_changed_option_is_found(opened: Scene) -> None:
    change(opened, "dispute_option", "UPDATE dispute_option SET document = replace(document, 'A', 'M')")
    assert "disputes.altered.option" in keys(opened)


def test_changed_terms_are_found(opened: Scene) -> None:
    change(opened, "sitting_terms", "UPDATE sitting_terms SET document = replace(document, 'kappa', 'kapqa')")
    assert keys(opened) == {"disputes.altered.terms"}


def test_each_alteration_is_told_in_three_languages(opened: Scene) -> None:
    change(opened, "dispute_reveal", "UPDATE dispute_reveal SET nonce = 'zz'")
    with opened.database.reading() as session:
        found = altered(session, opened.sitting)[0]
    assert len({told(found, language) for language in LANGUAGES}) == 3
