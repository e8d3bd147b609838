"""Ended log-ins keep a delegate from filing: not by one person alone while he may file, and always told."""

from datetime import timedelta

import pytest

from budgetproto.accounts import deeds, own, service
from budgetproto.accounts.deeds import AlreadyAsked, Deed, TwoMustAgree
from budgetproto.accounts.domain import Person, Role
from budgetproto.database import Database
from budgetproto.journal import SYSTEM, sitting_chain
from budgetproto.journal.storage import entries
from budgetproto.sittings.domain import Stage
from budgetproto.sittings.storage import SittingRow
from tests.accounts.test_managing import RULES
from tests.factories import PASSWORD, Scene, file_all, make_person, make_scene, open_all, start_session


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database)


@pytest.fixture
def host(database: Database) -> Person:
    return make_person(database, name="Мирлан Абдыраев", roles=frozenset({Role.ADMINISTRATOR}))


def end(scene: Scene, by: str) -> None:
    deeds.do(scene.database, RULES, by, scene.unionist.id, Deed.END_LOG_INS)


def holds(scene: Scene, token: str) -> bool:
    with scene.database.reading() as session:
        return service.who(session, token) is not None


def decided(scene: Scene) -> None:
    """Take the sitting to where nobody may file any more."""
    file_all(scene)
    open_all(scene)
    start_session(scene)
    with scene.database.writing() as session:
        row = session.get_one(SittingRow, scene.sitting)
        row.stage = Stage.DECIDED.value
        session.add(row)


def test_nobody_alone_ends_the_log_ins_of_a_delegate_who_may_still_file(scene: Scene, host: Person) -> None:
    token = service.log_in(scene.database, scene.unionist.login, PASSWORD)
    for by in (scene.secretary.id, host.id, "system"):
        with pytest.raises(TwoMustAgree):
            end(scene, by)
    assert holds(scene, token)


def test_two_end_them_together_and_person_party_and_journal_are_told_who_and_when(
    scene: Scene, host: Person
) -> None:
    database, token = scene.database, service.log_in(scene.database, scene.unionist.login, PASSWORD)
    asked = deeds.ask(database, scene.secretary.id, scene.unionist.id, Deed.END_LOG_INS, "Ноутбук жоголду")
    deeds.agree(database, RULES, host.id, asked)
    assert not holds(scene, token)
    with database.reading() as session:
        of_party = entries(session, sitting_chain(scene.sitting))[-1].values()
        of_system = entries(session, SYSTEM)[-1]
    assert (of_party["deed"], of_party["party"]) == ("end_log_ins", scene.union.id)
    told = {"person": scene.secretary.id, "whom": scene.unionist.id, "agreed": host.id}
    assert (of_system.kind, of_system.values()) == ("accounts.log_ins_ended", told)
    ending = own.take_ending(database, scene.unionist.id)
    assert ending is not None
    assert ending.by.ky == scene.secretary.name
    assert abs(ending.at - of_system.at) < timedelta(seconds=1)
    assert own.take_ending(database, scene.unionist.id) is None, "told once"


def test_he_ends_his_own_at_any_time_and_nobody_has_to_tell_him(scene: Scene) -> None:
    database, token = scene.database, service.log_in(scene.database, scene.unionist.login, PASSWORD)
    with database.reading() as session:
        log_in = service.log_in_of(session, token)
    assert log_in is not None
    own.end_other_log_ins(database, log_in, all_of_them=True)
    assert not holds(scene, token)
    assert own.take_ending(database, scene.unionist.id) is None


def test_where_nothing_can_be_filed_any_more_one_person_is_enough(scene: Scene) -> None:
    decided(scene)
    token = service.log_in(scene.database, scene.unionist.login, PASSWORD)
    end(scene, scene.secretary.id)
    assert not holds(scene, token)
    with scene.database.reading() as session:
        assert entries(session, sitting_chain(scene.sitting))[-1].values()["deed"] == "end_log_ins"


def test_whoever_speaks_for_no_party_loses_his_log_ins_by_one_person(scene: Scene) -> None:
    deeds.do(scene.database, RULES, scene.secretary.id, scene.outsider.id, Deed.END_LOG_INS)
    assert own.take_ending(scene.database, scene.outsider.id) is not None


def test_the_same_request_is_not_asked_twice_while_it_waits(scene: Scene, host: Person) -> None:
    whom = scene.unionist.id
    asked = deeds.ask(scene.database, scene.secretary.id, whom, Deed.END_LOG_INS, "Себеп")
    with pytest.raises(AlreadyAsked):
        deeds.ask(scene.database, scene.secretary.id, whom, Deed.END_LOG_INS, "Себеп")
    deeds.ask(scene.database, scene.secretary.id, whom, Deed.NEW_LINK, "Башка себеп")
    deeds.agree(scene.database, RULES, host.id, asked)
    deeds.ask(scene.database, scene.secretary.id, whom, Deed.END_LOG_INS, "Дагы бир жолу")


def test_a_person_reads_what_others_have_done_to_his_account_and_nothing_of_his_own(scene: Scene) -> None:
    whom = scene.outsider.id
    deeds.do(scene.database, RULES, scene.secretary.id, whom, Deed.END_LOG_INS)
    service.log_in(scene.database, scene.outsider.login, PASSWORD)
    deeds.do(scene.database, RULES, scene.secretary.id, scene.chair.id, Deed.END_LOG_INS)
    with scene.database.reading() as session:
        assert [each.kind for each in own.done_by_others(session, whom)] == ["accounts.log_ins_ended"]
