"""A revoked mandate gives no right from that moment on, and a revocation silences no side."""

from datetime import date, timedelta

import pytest

from budgetproto.accounts.domain import Party, Person, Role
from budgetproto.accounts.managing import HoldsMandate, change_roles
from budgetproto.database import Database
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n import Named
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import entries
from budgetproto.sittings import mandates, service, storage
from budgetproto.sittings.domain import Mandate, Stage
from budgetproto.sittings.mandates import DelegateNotFree, LastMandate, MandateByPartyOnly, MandateStands
from budgetproto.sittings.service import ReasonMissing
from tests.factories import Scene, file, make_scene

REASON = "Ишеним кат кайтарылып алынды"
DAY = date(2026, 11, 27)


def revoke(scene: Scene, by: Person, delegate: Person, party: Party, *, reason: str = REASON) -> None:
    mandates.revoke_mandate(
        scene.database, by.id, scene.sitting, delegate=delegate.id, party_id=party.id, reason=reason
    )


def speaks(scene: Scene, person: Person) -> bool:
    with scene.database.reading() as session:
        return bool(service.standing(session, person.id, scene.sitting).parties)


def enter(scene: Scene, by: Person, delegate: Person, party: Party) -> None:
    mandates.enter_mandate(
        scene.database,
        by.id,
        scene.sitting,
        delegate=delegate.id,
        party_id=party.id,
        capacity=Named("өкүл"),
        paper=Named("ишеним кат"),
    )


def test_a_mandate_holds_no_more_from_the_day_of_its_revocation() -> None:
    mandate = Mandate("p", "Асель", "union", Named(), Named(), None, None, revoked_on=DAY)
    held = [mandate.holds_on(DAY + timedelta(days=days)) for days in (-1, 0, 1)]
    assert held == [True, False, False]


def test_while_the_sitting_is_prepared_the_secretary_revokes_and_may_enter_anew(database: Database) -> None:
    scene = make_scene(database, stage=Stage.PREPARING, terms=False)
    revoke(scene, scene.secretary, scene.mayor, scene.cities)
    assert not speaks(scene, scene.mayor)
    with pytest.raises(DelegateNotFree):  # what he has read of one party he does not carry to another
        enter(scene, scene.secretary, scene.mayor, scene.union)
    enter(scene, scene.secretary, scene.mayor, scene.cities)
    assert speaks(scene, scene.mayor)


def test_the_record_of_a_revoked_mandate_stays(database: Database) -> None:
    scene = make_scene(database, stage=Stage.PREPARING, terms=False)
    revoke(scene, scene.secretary, scene.assistant, scene.union)
    with database.reading() as session:
        found = [each for each in storage.mandates(session, scene.sitting) if each.revoked_on]
        told = entries(session, sitting_chain(scene.sitting))[-1]
    assert [each.person for each in found] == [scene.assistant.id]
    assert (told.kind, told.values()["reason"]) == ("sittings.mandate_revoked", REASON)


def test_collecting_needs_a_mandate_that_was_not_revoked(database: Database) -> None:
    scene = make_scene(database, stage=Stage.PREPARING)
    for person, party in ((scene.minister, scene.ministry), (scene.deputy, scene.ministry)):
        revoke(scene, scene.secretary, person, party)
    revoke(scene, scene.secretary, scene.doctor, scene.health)
    with database.reading() as session, pytest.raises(service.SideNotInvited):
        sitting, _ = service.admitted(session, scene.secretary.id, scene.sitting)
        service.check_ready_to_collect(session, sitting)


def test_while_positions_are_sealed_the_secretary_revokes_nothing(database: Database) -> None:
    scene = make_scene(database)
    with pytest.raises(MandateByPartyOnly):
        revoke(scene, scene.secretary, scene.assistant, scene.union)
    with pytest.raises(MandateByPartyOnly):
        revoke(scene, scene.minister, scene.assistant, scene.union)
    assert speaks(scene, scene.assistant)


def test_a_party_revokes_its_own_delegate_but_never_the_last(database: Database) -> None:
    scene = make_scene(database)
    revoke(scene, scene.unionist, scene.assistant, scene.union)
    with pytest.raises(Unknown):
        file(scene, scene.union, person=scene.assistant, seen=0)
    with pytest.raises(LastMandate):
        revoke(scene, scene.unionist, scene.unionist, scene.union)
    with pytest.raises(LastMandate):
        revoke(scene, scene.mayor, scene.mayor, scene.cities)
    file(scene, scene.union)


def test_a_revoked_mandate_is_not_given_back_while_positions_are_sealed(database: Database) -> None:
    scene = make_scene(database)
    revoke(scene, scene.unionist, scene.assistant, scene.union)
    with pytest.raises(MandateStands):
        enter(scene, scene.unionist, scene.assistant, scene.union)


def test_a_revocation_needs_a_reason_and_a_mandate(database: Database) -> None:
    scene = make_scene(database, stage=Stage.PREPARING, terms=False)
    with pytest.raises(ReasonMissing):
        revoke(scene, scene.secretary, scene.assistant, scene.union, reason=" ")
    with pytest.raises(Unknown):
        revoke(scene, scene.secretary, scene.mayor, scene.union)
    with pytest.raises(Unknown):
        revoke(scene, scene.outsider, scene.mayor, scene.cities)
    with pytest.raises(NotPermitted):
        revoke(scene, scene.chair, scene.mayor, scene.cities)


def test_no_role_given_before_positions_are_collected_silences_a_delegate(database: Database) -> None:
    scene = make_scene(database, stage=Stage.PREPARING)
    with pytest.raises(HoldsMandate):
        change_roles(database, scene.secretary.id, scene.mayor.id, frozenset({Role.MEMBER}))
    revoke(scene, scene.secretary, scene.mayor, scene.cities)
    change_roles(database, scene.secretary.id, scene.mayor.id, frozenset({Role.MEMBER}))
