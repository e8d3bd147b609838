"""Who is on the list of a body acts for it: nobody else files, records or publishes in its name."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgetproto.accounts import deeds, managing
from budgetproto.accounts.bodies import service
from budgetproto.accounts.bodies.domain import (
    NotOfBody,
)
from budgetproto.accounts.bodies.standing import people_of, require_standing, stands_for
from budgetproto.accounts.bodies.storage import rows
from budgetproto.accounts.deeds import Deed
from budgetproto.accounts.domain import Person, Role
from budgetproto.accounts.storage import set_roles
from budgetproto.coordination import happenings as h
from budgetproto.coordination.happenings import Stance
from budgetproto.database import Database
from budgetproto.errors import ConciliationError, NotPermitted
from budgetproto.i18n import Named
from budgetproto.journal import SYSTEM
from budgetproto.journal.storage import entries
from budgetproto.reporting.annual import filing
from budgetproto.reporting.annual import service as reports
from budgetproto.reporting.annual.public.service import publish
from budgetproto.sittings import mandates
from budgetproto.sittings.domain import Stage
from tests.accounts.test_managing import RULES, choose
from tests.bodies import acting, admit, ask, entry_of, stand, stand_all
from tests.coordination.held import make_register
from tests.factories import Scene, make_person, make_scene
from tests.reporting.annual.writing import written

PAPER = Named("Ишеним кат № 7", "Доверенность № 7")


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database, stage=Stage.PREPARING, terms=False)


def test_a_mandate_alone_opens_no_report_and_records_no_opinion(scene: Scene) -> None:
    with pytest.raises(NotPermitted):
        reports.open_report(scene.database, scene.unionist.id, party_id=scene.union.id, year=2020)
    register = make_register(scene).served()
    puppet = invented(scene)
    with pytest.raises(NotPermitted):
        register.record(puppet, h.Opined(scene.union.id, Stance.AGREES, ""))
    with pytest.raises(NotPermitted):
        reports.open_report(scene.database, puppet.id, party_id=scene.union.id, year=2020)


def invented(scene: Scene) -> Person:
    """Let the secretary make an account of his own for the union and give it a mandate."""
    link = managing.invite(scene.database, RULES, scene.secretary.id, login="invented", name="Ойдон Чыккан")
    choose(scene.database, link)
    mandates.enter_mandate(
        scene.database,
        scene.secretary.id,
        scene.sitting,
        delegate=link.person.id,
        party_id=scene.union.id,
        capacity=PAPER,
        paper=PAPER,
    )
    return link.person


def _deeds(scene: Scene, puppet: Person) -> list[Callable[[], object]]:
    """Return all that a secretary alone can try, with an account he made and one of the union's own."""
    database, secretary = scene.database, scene.secretary.id
    union = scene.union.id

    def agree() -> None:
        with database.reading() as session:
            waiting = [row.id for row in rows(session, party=union) if row.since is None]
        for each in waiting:
            service.agree_first(database, secretary, each)

    def link(whom: Person) -> None:
        made = deeds.do(database, RULES, secretary, whom.id, Deed.NEW_LINK)
        if made is not None:
            choose(database, made)

    return [
        lambda: ask(scene, puppet),
        agree,
        lambda: admit(scene, scene.secretary, puppet),
        lambda: service.admit(
            database, puppet.id, party_id=union, login=scene.assistant.login, name=scene.assistant.name
        ),
        lambda: link(puppet),
        lambda: link(scene.unionist),
        lambda: deeds.do(database, RULES, secretary, scene.unionist.id, Deed.DEACTIVATE),
        lambda: managing.change_roles(database, secretary, scene.unionist.id, frozenset({Role.MEMBER})),
        lambda: managing.change_roles(database, secretary, secretary, frozenset(Role)),
        lambda: mandates.revoke_mandate(
            database, secretary, scene.sitting, delegate=scene.unionist.id, party_id=union, reason="Ката"
        ),
    ]


@pytest.mark.parametrize("people", ["nobody", "unionist"])
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.integers(0, 9), min_size=1, max_size=8))
def test_the_secretariat_alone_makes_no_filing_in_whatever_order_it_acts(
    sqlite_database: Database, people: str, order: list[int]
) -> None:
    scene = make_scene(sqlite_database, stage=Stage.PREPARING, terms=False)
    if people == "unionist":
        stand(sqlite_database, scene.union, scene.unionist)
    before, puppet = acting(sqlite_database, scene.union), make_person(sqlite_database, name="Ойдон Чыккан")
    tries = _deeds(scene, puppet)
    for each in order:
        try:
            tries[each]()
        except ConciliationError:
            continue
    assert acting(sqlite_database, scene.union) == before
    for who in (puppet.id, scene.secretary.id):
        with pytest.raises(NotPermitted):
            reports.open_report(sqlite_database, who, party_id=scene.union.id, year=2020)


def test_who_was_let_go_files_and_publishes_nothing_and_a_colleague_does(scene: Scene) -> None:
    desk = written(scene)
    digest = filing.close(scene.database, desk.author, desk.report, seen=desk.version)
    second = entry_of(scene.database, scene.union, scene.assistant)
    service.let_go(scene.database, scene.unionist.id, party_id=scene.union.id, entry_id=second, why="Кетти")
    with pytest.raises(NotOfBody):
        filing.approve(scene.database, desk.second, desk.report, digest=digest)
    with pytest.raises(NotOfBody):
        filing.reopen(scene.database, desk.second, desk.report)
    service.admit(
        scene.database,
        scene.unionist.id,
        party_id=scene.union.id,
        login=scene.assistant.login,
        name=scene.assistant.name,
    )
    filing.approve(scene.database, desk.second, desk.report, digest=digest)
    first = entry_of(scene.database, scene.union, scene.unionist)
    service.let_go(scene.database, scene.assistant.id, party_id=scene.union.id, entry_id=first, why="Кетти")
    with pytest.raises(NotOfBody):
        filing.file_report(scene.database, desk.author, desk.report)
    filing.file_report(scene.database, desk.second, desk.report)
    with pytest.raises(NotOfBody):
        publish(scene.database, desk.author, desk.report, "all", since=date(2100, 1, 1), reason="Баарына")
    publish(scene.database, desk.second, desk.report, "all", since=date(2100, 1, 1), reason="Баарына")


def test_who_was_let_go_closes_no_text_so_that_one_person_alone_is_not_two(scene: Scene) -> None:
    desk = written(scene)
    first = entry_of(scene.database, scene.union, scene.unionist)
    service.let_go(scene.database, scene.assistant.id, party_id=scene.union.id, entry_id=first, why="Кетти")
    with pytest.raises(NotOfBody):
        filing.close(scene.database, desk.author, desk.report, seen=desk.version)


def test_the_lists_tell_nothing_of_a_report_in_the_making(scene: Scene) -> None:
    stand_all(scene)
    with scene.database.reading() as session:
        before = [row.entry() for row in rows(session)], len(entries(session, SYSTEM))
    written(scene)
    with scene.database.reading() as session:
        assert ([row.entry() for row in rows(session)], len(entries(session, SYSTEM))) == before


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.ADMINISTRATOR])
def test_who_serves_the_committee_acts_for_nobody_whatever_a_list_says(scene: Scene, role: Role) -> None:
    stand(scene.database, scene.union, scene.unionist)
    with scene.database.writing() as session:
        assert [each.id for each in stands_for(session, scene.unionist.id)] == [scene.union.id]
        # No act gives such a role to who is on a list; an older table may have both.
        set_roles(session, scene.unionist.id, {role})
    with scene.database.reading() as session:
        assert stands_for(session, scene.unionist.id) == ()
        assert people_of(session, scene.union.id) == ()
        with pytest.raises(NotOfBody):
            require_standing(session, scene.unionist.id, scene.union.id)
