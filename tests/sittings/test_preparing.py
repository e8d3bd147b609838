"""What was prepared is changed by the secretary alone, and a deadline is only ever put off."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from budgetproto.accounts import service as accounts
from budgetproto.accounts.domain import Role
from budgetproto.accounts.service import KeyTaken
from budgetproto.database import Database
from budgetproto.disputes import service as disputes
from budgetproto.disputes.terms import proposing
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n import Named
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import check, entries
from budgetproto.sittings import preparing, service, settling, storage, terms_storage
from budgetproto.sittings.domain import NotYours, Sitting, Stage, WrongStage
from budgetproto.sittings.preparing import NotLater, PartyAcknowledged, SittingMoved
from budgetproto.sittings.service import DeadlinePassed, NumberTaken, ReasonMissing
from budgetproto.sittings.settling import TermsAlreadyFixed
from tests.factories import Scene, file_all, make_party, make_person, make_scene, open_all, reach_deadline
from tests.stated import new_sitting, new_terms

LATER = datetime.now(UTC).replace(microsecond=0) + timedelta(days=3)
REASON = "Бюджеттин долбоору кеч киргизилди"


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database, stage=Stage.PREPARING, terms=False)


def sitting(scene: Scene) -> Sitting:
    with scene.database.reading() as session:
        return service.admitted(session, scene.secretary.id, scene.sitting)[0]


def kinds(scene: Scene) -> list[str]:
    with scene.database.reading() as session:
        assert check(session, sitting_chain(scene.sitting)) is None
        return [each.kind for each in entries(session, sitting_chain(scene.sitting))]


def extend(scene: Scene, deadline: datetime = LATER, *, by: str = "", reason: str = REASON) -> None:
    person = by or scene.secretary.id
    preparing.extend_deadline(scene.database, person, scene.sitting, deadline, reason=reason)


def invited(scene: Scene) -> list[str]:
    with scene.database.reading() as session:
        return [party.id for party in service.invited_parties(session, scene.sitting)]


def test_the_identity_of_a_sitting_is_changed_and_told(scene: Scene) -> None:
    new = replace(new_sitting(number="2020-7"), place=Named("Ош ш.", "г. Ош", "Osh"))
    before = sitting(scene)
    preparing.edit_sitting(scene.database, scene.secretary.id, scene.sitting, new, version=before.version)
    assert (sitting(scene).number, sitting(scene).place.ru) == ("2020-7", "г. Ош")
    assert kinds(scene)[-1] == "sittings.changed"


def test_of_two_people_changing_a_sitting_the_second_is_told(scene: Scene) -> None:
    version = sitting(scene).version
    for place in range(2):
        change = (scene.database, scene.secretary.id, scene.sitting, new_sitting())
        if place == 0:
            preparing.edit_sitting(*change, version=version)
        else:
            with pytest.raises(SittingMoved):
                preparing.edit_sitting(*change, version=version)


def test_a_sitting_keeps_its_own_number_and_takes_no_other(scene: Scene) -> None:
    other = make_scene(scene.database, stage=Stage.PREPARING, terms=False)
    own, taken = sitting(scene), sitting(other)
    same = (scene.database, scene.secretary.id, scene.sitting)
    preparing.edit_sitting(*same, new_sitting(number=own.number), version=own.version)
    with pytest.raises(NumberTaken):
        preparing.edit_sitting(*same, new_sitting(number=taken.number), version=sitting(scene).version)


def test_a_changed_deadline_is_proposed_with_the_terms_anew(scene: Scene) -> None:
    proposing.propose_terms(scene.database, scene.secretary.id, scene.sitting, new_terms())
    new = new_sitting(deadline=LATER)
    version = sitting(scene).version
    preparing.edit_sitting(scene.database, scene.secretary.id, scene.sitting, new, version=version)
    with scene.database.reading() as session:
        latest = terms_storage.latest_terms(session, scene.sitting)
    assert latest is not None
    assert (latest.version, latest.terms.deadline) == (2, LATER)


def test_fixed_terms_keep_the_deadline_while_the_title_may_be_mended(database: Database) -> None:
    scene = make_scene(database, stage=Stage.PREPARING)
    before = sitting(scene)
    change = (database, scene.secretary.id, scene.sitting)
    with pytest.raises(TermsAlreadyFixed):
        preparing.edit_sitting(*change, new_sitting(deadline=LATER), version=before.version)
    same = replace(new_sitting(deadline=before.deadline), title=Named("Оңдолгон аталыш"))
    preparing.edit_sitting(*change, same, version=before.version)
    assert sitting(scene).title.ky == "Оңдолгон аталыш"


def test_a_deadline_put_off_leaves_fixed_terms_word_for_word(database: Database) -> None:
    scene = make_scene(database)
    with database.reading() as session:
        before = terms_storage.terms_rows(session, scene.sitting)
    extend(scene)
    with database.reading() as session:
        after = terms_storage.terms_rows(session, scene.sitting)
        kept = storage.extensions(session, scene.sitting)
    assert [(row.document, row.digest) for row in before] == [(row.document, row.digest) for row in after]
    assert sitting(scene).deadline == LATER
    assert [(each.after, each.reason) for each in kept] == [(LATER, REASON)]
    assert kinds(scene)[-1] == "sittings.deadline_extended"


def test_a_deadline_put_off_is_proposed_with_terms_that_are_still_open(database: Database) -> None:
    scene = make_scene(database, terms=False)
    proposing.propose_terms(database, scene.secretary.id, scene.sitting, new_terms())
    extend(scene)
    with database.reading() as session:
        latest = terms_storage.latest_terms(session, scene.sitting)
    assert latest is not None
    assert (latest.version, latest.terms.deadline) == (2, LATER)


def test_a_deadline_is_never_brought_forward_nor_put_off_without_a_reason(database: Database) -> None:
    scene = make_scene(database)
    deadline = sitting(scene).deadline
    for refused in (deadline, deadline - timedelta(minutes=1)):
        with pytest.raises(NotLater):
            extend(scene, refused)
    with pytest.raises(ReasonMissing):
        extend(scene, reason=" \n")
    assert sitting(scene).deadline == deadline


def test_a_deadline_that_has_passed_is_not_put_off(database: Database) -> None:
    scene = make_scene(database)
    reach_deadline(scene)
    with pytest.raises(DeadlinePassed):
        extend(scene)


def test_nobody_but_the_secretary_puts_a_deadline_off_and_only_while_collecting(database: Database) -> None:
    scene = make_scene(database)
    for person in (scene.minister, scene.unionist, scene.chair):
        with pytest.raises(NotYours):
            extend(scene, by=person.id)
    file_all(scene)
    open_all(scene)
    with pytest.raises(WrongStage):
        extend(scene)


def test_the_record_of_extensions_is_never_altered(database: Database) -> None:
    scene = make_scene(database)
    extend(scene)
    for statement in (
        "UPDATE sitting_deadline_extension SET reason = ''",
        "DELETE FROM sitting_deadline_extension",
    ):
        with pytest.raises(sa.exc.DBAPIError), database.writing() as session:
            session.connection().execute(sa.text(statement))


def test_a_party_that_leads_a_question_stays_on_the_list(scene: Scene) -> None:
    with pytest.raises(disputes.PartyLeads) as refusal:
        disputes.remove_party(scene.database, scene.secretary.id, scene.sitting, scene.union.id)
    assert refusal.value.details == {"lines": "1, 2"}


def test_a_party_taken_off_the_list_loses_its_mandates(scene: Scene) -> None:
    disputes.remove_party(scene.database, scene.secretary.id, scene.sitting, scene.cities.id)
    assert scene.cities.id not in invited(scene)
    with scene.database.reading() as session, pytest.raises(Unknown):
        service.admitted(session, scene.mayor.id, scene.sitting)
    with pytest.raises(Unknown):
        disputes.remove_party(scene.database, scene.secretary.id, scene.sitting, scene.cities.id)


def test_a_party_that_acknowledged_terms_stays_on_the_list(scene: Scene) -> None:
    proposing.propose_terms(scene.database, scene.secretary.id, scene.sitting, new_terms())
    settling.acknowledge_terms(
        scene.database, scene.mayor.id, scene.sitting, party_id=scene.cities.id, number=1
    )
    with pytest.raises(PartyAcknowledged):
        disputes.remove_party(scene.database, scene.secretary.id, scene.sitting, scene.cities.id)


def test_parties_are_put_in_order_and_a_new_one_comes_last(scene: Scene) -> None:
    ministry, health, union, cities = (party.id for party in scene.parties)
    move = (scene.database, scene.secretary.id, scene.sitting)
    preparing.move_party(*move, union, up=True)
    preparing.move_party(*move, ministry, up=True)
    assert invited(scene) == [ministry, union, health, cities]
    disputes.remove_party(*move, health)
    new = make_party(scene.database).id
    service.invite_party(*move, new)
    assert invited(scene) == [ministry, union, cities, new]


def test_a_body_is_entered_by_the_secretary_or_the_administrator(database: Database) -> None:
    for roles in (frozenset({Role.SECRETARY}), frozenset({Role.ADMINISTRATOR})):
        person = make_person(database, roles=roles)
        key = f"body-{person.id[:4]}"
        accounts.enter_party(database, person.id, key=key, side="lsg", name=Named("Уюм"))
        with pytest.raises(KeyTaken):
            accounts.enter_party(database, person.id, key=key, side="lsg", name=Named("Уюм"))
    with pytest.raises(NotPermitted):
        accounts.enter_party(database, make_person(database).id, key="x", side="lsg", name=Named("Уюм"))
