"""The procedures the service ships with: whole, sourced, never over what somebody set, and never silently."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from budgetproto.coordination import service, storage
from budgetproto.coordination.domain import Level
from budgetproto.coordination.procedure_values import COUNTED, TIMED, WORDED, Procedure, check_procedure
from budgetproto.coordination.shipped import load_procedures, shipped
from budgetproto.database import Database
from budgetproto.i18n import LANGUAGES, text
from budgetproto.journal import SYSTEM
from budgetproto.journal.storage import entries
from budgetproto.operations.verification import altered_records
from tests.factories import Scene, drop_guard, make_scene


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database, lines=1, terms=False)


def versions(database: Database, level: Level = Level.MINISTRY) -> dict[int, Procedure]:
    with database.reading() as session:
        return storage.procedures(session, level)


def later(procedure: Procedure) -> Procedure:
    rules = {**procedure.rules, "rounds": replace(procedure.rules["rounds"], number=3)}
    return replace(procedure, since=procedure.since + timedelta(1), rules=rules)


@pytest.mark.parametrize("level", Level)
def test_each_level_has_its_own_version_with_every_rule_in_three_languages(level: Level) -> None:
    procedure = shipped()[level]
    check_procedure(procedure)
    for key in WORDED:
        said = procedure.rules[key]
        assert all((getattr(said.text, code), getattr(said.source, code)) for code in LANGUAGES)
    others = [each for other, each in shipped().items() if other is not level]
    assert all(each.rules["appeal_to"] != procedure.rules["appeal_to"] for each in others)


def test_no_law_is_invented_every_rule_says_that_no_act_sets_it() -> None:
    for procedure in shipped().values():
        assert procedure.proposed_only
        for key in (*WORDED, *TIMED, *COUNTED):
            rule = procedure.rules[key]
            assert not rule.by_act
            for language, mark in (
                ("ky", "шарттуу мисал"),
                ("ru", "условный пример"),
                ("en", "illustrative"),
            ):
                assert mark in rule.source.text(language)  # type: ignore[arg-type]
            assert text(rule.basis.key, "en", day=rule.since).startswith("No act sets this")  # type: ignore[union-attr]


def test_it_is_loaded_once_and_told_in_the_journal(scene: Scene) -> None:
    database = scene.database
    assert load_procedures(database) == len(Level)
    assert load_procedures(database) == 0
    with database.reading() as session:
        told = entries(session, SYSTEM, kind="coordination.procedure_shipped")
        assert [entry.values()["initiators"] for entry in told] == [level.value for level in Level]
        assert list(altered_records(session)) == []


def test_what_the_keeper_set_stays_when_the_service_ships_another(scene: Scene) -> None:
    database = scene.database
    load_procedures(database)
    mine = later(shipped()[Level.MINISTRY])
    service.set_procedure(database, scene.secretary.id, mine)
    new = {level: later(later(each)) for level, each in shipped().items()}
    assert load_procedures(database, new) == len(Level) - 1
    assert versions(database)[2].rules == mine.rules
    assert len(versions(database)) == 2


def test_a_newly_shipped_version_follows_the_one_before_which_stays_on_record(scene: Scene) -> None:
    load_procedures(scene.database)
    new = {level: later(each) for level, each in shipped().items()}
    assert load_procedures(scene.database, new) == len(Level)
    found = versions(scene.database)
    assert [found[number].terms.rounds for number in (1, 2)] == [2, 3]


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE coordination_procedure SET document = replace(document, 'reading', 'hearing')",
        "DELETE FROM coordination_procedure WHERE level = 'deputy'",
    ],
)
def test_whoever_rewrites_a_procedure_is_found_out(scene: Scene, act: str) -> None:
    load_procedures(scene.database)
    drop_guard(scene.database, "coordination_procedure")
    with scene.database.writing() as session:
        session.connection().execute(sa.text(act))
    with scene.database.reading() as session:
        assert [each.key for each in altered_records(session)] == ["procedures.altered"]


@pytest.mark.parametrize("level", Level)
def test_the_shipped_words_promise_what_the_service_does_or_say_that_people_do_it(level: Level) -> None:
    rules = shipped()[level].rules
    duties = rules["duties_of_initiator"].text
    # The sheet is printed and kept; what only the keeper may record the secretariat is said to record.
    assert "макулдашуу барагы" in duties.ky
    assert "листом согласования" in duties.ru
    assert all("secretariat" in rules[key].text.en for key in ("duties_of_initiator", "appeal_to", "breach"))
    # No notice is recorded but those of the associations, and no round begins after the close.
    assert "counts as a new round" not in duties.en
    if "aiyl okmotu" in duties.en:
        assert "entered as a consultation" in duties.en
    assert shipped()[level].addressee.en.startswith("To the ")
