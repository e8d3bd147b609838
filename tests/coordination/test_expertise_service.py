"""Who commissions, writes, reads and answers an expertise; nothing is learned before it is handed in."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
import sqlalchemy as sa

from budgetproto.accounts.domain import Party, Person
from budgetproto.coordination import happenings as h
from budgetproto.coordination.expertise import domain as d
from budgetproto.coordination.expertise import refusals as no
from budgetproto.coordination.expertise import service, storage
from budgetproto.coordination.expertise.service import DraftPast, ExpertiseMoved, NoSuchExpert
from budgetproto.database import Database
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.journal import act_chain, expertise_chain
from budgetproto.journal.storage import check, entries
from budgetproto.operations.verification import altered_records
from budgetproto.sittings.domain import Stage
from tests.coordination.held import Register, make_register
from tests.coordination.test_expertise import WHOLE
from tests.factories import drop_guard, make_person, make_scene


@dataclass(frozen=True)
class Desk:
    """An expertise that is asked of one expert, who is nothing else in the house."""

    register: Register
    expert: Person
    id: str

    @property
    def database(self) -> Database:
        return self.register.scene.database

    def sees(self, person: Person) -> service.Expertise:
        with self.database.reading() as session:
            return service.expertise(session, person.id, self.id)

    def does(self, person: Person, what: d.What) -> None:
        with self.database.reading() as session:
            row = storage.expertise_row(session, self.id)
        service.record(self.database, person.id, self.id, what, seen=row.entries if row else 0)

    def written(self) -> "Desk":
        self.does(self.expert, d.Declared(""))
        self.does(self.expert, d.Written(WHOLE))
        return self

    def handed_in(self) -> "Desk":
        self.written().does(self.expert, d.HandedIn())
        return self


Ask = Callable[..., Desk]


@pytest.fixture
def ask(database: Database) -> Ask:
    scene = make_scene(database, lines=1, terms=False, stage=Stage.PREPARING)
    register = make_register(scene)
    expert = make_person(database, login="expert")

    def asked(by: Person | None = None, party: Party | None = None) -> Desk:
        made = service.commission(
            database,
            (by or scene.chair).id,
            register.act,
            party=party.id if party else None,
            task="Кирешеге таасири",
            until=None,
            logins=[" Expert "],
        )
        return Desk(register, expert, made)

    return asked


def hidden(desk: Desk, *people: Person) -> None:
    for person in people:
        with pytest.raises(Unknown):
            desk.sees(person)
        with desk.database.reading() as session:
            assert service.of_act(session, person.id, desk.register.act) == ()


def test_what_the_committee_commissions_only_its_experts_and_the_committee_see_before_it_is_handed_in(
    ask: Ask,
) -> None:
    desk = ask().written()
    scene = desk.register.scene
    hidden(desk, scene.minister, scene.unionist, scene.mayor, scene.outsider)
    for person in (desk.expert, scene.chair, scene.secretary):
        assert desk.sees(person).course.latest == WHOLE
    desk.does(desk.expert, d.HandedIn())
    for person in (scene.minister, scene.unionist, scene.mayor):
        assert desk.sees(person).course.latest == WHOLE
    hidden_still = [scene.outsider]
    for person in hidden_still:
        with pytest.raises(Unknown):
            desk.sees(person)


def test_what_an_association_commissions_the_committee_and_the_others_do_not_see_before(ask: Ask) -> None:
    scene = ask().register.scene
    desk = ask(scene.unionist, scene.union).written()
    others = scene.secretary, scene.chair, scene.minister, scene.mayor
    for person in others:
        with pytest.raises(Unknown):
            desk.sees(person)
    assert desk.sees(scene.assistant).course.latest == WHOLE
    desk.does(desk.expert, d.HandedIn())
    assert all(desk.sees(person).course.latest == WHOLE for person in others)


def test_a_version_after_the_one_handed_in_is_seen_outside_when_it_is_handed_in_too(ask: Ask) -> None:
    desk = ask().handed_in()
    minister = desk.register.scene.minister
    before = desk.sees(minister)
    later = replace(WHOLE, conclusion="Кийинки")
    desk.does(desk.expert, d.Written(later))
    assert desk.sees(minister) == before
    assert desk.sees(desk.expert).course.latest == later
    desk.does(desk.expert, d.HandedIn())
    assert desk.sees(minister).course.latest == later


def test_only_the_committee_and_delegates_of_associations_commission_each_for_themselves(ask: Ask) -> None:
    scene = ask().register.scene
    for person, party in (
        (scene.minister, None),
        (scene.minister, scene.ministry),
        (scene.unionist, None),
        (scene.unionist, scene.cities),
        (scene.secretary, scene.union),
    ):
        with pytest.raises(NotPermitted):
            ask(person, party)
    with pytest.raises(Unknown):
        ask(scene.outsider)


def test_only_experts_write_and_only_the_initiator_or_the_keeper_replies(ask: Ask) -> None:
    desk = ask().handed_in()
    scene = desk.register.scene
    for person in (scene.secretary, scene.minister, scene.unionist):
        with pytest.raises(NotPermitted):
            desk.does(person, d.Written(WHOLE))
    reply = d.Replied(d.Stance.REJECTS, "Макул эмеспиз")
    for person in (scene.unionist, scene.doctor, scene.chair, desk.expert):
        with pytest.raises(NotPermitted):
            desk.does(person, reply)
    desk.does(scene.minister, reply)
    assert [replied for _, replied in desk.sees(scene.mayor).course.replies] == [reply]


def test_the_commissioner_names_another_expert_and_the_review_waits_for_him(ask: Ask) -> None:
    desk = ask().written()
    second = make_person(desk.database, login="second")
    scene, seen = desk.register.scene, desk.sees(desk.expert).seen
    with pytest.raises(NotPermitted):
        service.name_expert(desk.database, desk.expert.id, desk.id, "second", seen=seen)
    with pytest.raises(NoSuchExpert):
        service.name_expert(desk.database, scene.chair.id, desk.id, "nobody", seen=seen)
    hidden(desk, second)
    service.name_expert(desk.database, scene.chair.id, desk.id, "second", seen=seen)
    assert desk.sees(second).place.expert
    with pytest.raises(no.InterestsAwaited):
        desk.does(desk.expert, d.HandedIn())
    with desk.database.reading() as session:
        assert [each.id for each in service.of_expert(session, second.id)] == [desk.id]


def test_only_who_commissioned_it_withdraws_an_expertise(ask: Ask) -> None:
    scene = ask().register.scene
    desk = ask(scene.unionist, scene.union).handed_in()
    for person in (desk.expert, scene.minister, scene.secretary, scene.chair, scene.mayor):
        with pytest.raises(NotPermitted):
            desk.does(person, d.Withdrawn("Керек эмес"))
    with pytest.raises(Unknown):
        desk.does(scene.outsider, d.Withdrawn("Керек эмес"))
    desk.does(scene.unionist, d.Withdrawn("Керек эмес"))
    for person in (desk.expert, scene.minister, scene.unionist):
        assert desk.sees(person).course.withdrawn
    with pytest.raises(no.ExpertiseWithdrawn):
        desk.does(desk.expert, d.Written(WHOLE))
    with pytest.raises(no.ExpertiseWithdrawn):
        desk.does(scene.minister, d.Replied(d.Stance.REJECTS, "Макул эмеспиз"))


def test_of_a_withdrawn_expertise_that_was_never_handed_in_nobody_else_learns(ask: Ask) -> None:
    desk = ask().written()
    scene, chain = desk.register.scene, act_chain(desk.register.act)
    with desk.database.reading() as session:
        before = len(entries(session, chain))
    desk.does(scene.secretary, d.Withdrawn("Керек эмес"))
    hidden(desk, scene.minister, scene.unionist, scene.mayor)
    with desk.database.reading() as session:
        assert len(entries(session, chain)) == before
        assert list(altered_records(session)) == []


def test_a_withdrawn_expertise_is_none_that_is_handed_in_and_the_chain_of_the_draft_tells_it(
    ask: Ask,
) -> None:
    desk, other = ask().handed_in(), ask().handed_in()
    desk.does(desk.register.scene.chair, d.Withdrawn("Долбоор өзгөрдү"))
    with desk.database.reading() as session:
        assert [row.id for row, _ in service.handed_in(session, desk.register.act)] == [other.id]
        told = entries(session, act_chain(desk.register.act), kind="expertise.disclosed")
        assert [each.values()["step"] for each in told] == ["handedin", "handedin", "withdrawn"]
        assert list(altered_records(session)) == []


def test_an_expertise_never_begins_or_grows_by_the_side_door(ask: Ask) -> None:
    desk = ask()
    for what in (d.Commissioned("x", None, (desk.expert.id,)), d.ExpertNamed(desk.register.scene.mayor.id)):
        with pytest.raises(Unknown):
            desk.does(desk.expert, what)


def test_the_chain_of_the_draft_tells_nothing_before_it_is_handed_in(ask: Ask) -> None:
    desk = ask()
    with desk.database.reading() as session:
        before = len(entries(session, act_chain(desk.register.act)))
    desk.written()
    with desk.database.reading() as session:
        told = entries(session, act_chain(desk.register.act))
    assert [each for each in told if each.kind.startswith("expertise.")] == []
    assert len(told) == before
    desk.handed_in()
    desk.does(desk.register.scene.minister, d.Replied(d.Stance.REJECTS, "Макул эмеспиз"))
    with desk.database.reading() as session:
        later = entries(session, act_chain(desk.register.act))[before:]
    assert [each.values()["step"] for each in later] == ["handedin", "replied"]


def test_who_had_not_seen_the_last_version_does_not_write_over_it(ask: Ask) -> None:
    desk = ask().written()
    with pytest.raises(ExpertiseMoved):
        service.record(desk.database, desk.expert.id, desk.id, d.Written(WHOLE), seen=2)


def test_an_adopted_or_withdrawn_draft_is_no_longer_reviewed(ask: Ask) -> None:
    desk = ask()
    desk.register.record(desk.register.scene.secretary, h.Withdrawn("Кайтарылды"))
    with pytest.raises(DraftPast):
        ask()


def test_every_word_is_in_a_chain_and_an_altered_one_is_found(ask: Ask) -> None:
    desk = ask().handed_in()
    with desk.database.reading() as session:
        told = entries(session, expertise_chain(desk.id))
        assert [each.values()["step"] for each in told] == ["commissioned", "declared", "written", "handedin"]
        (opened,) = entries(session, act_chain(desk.register.act), kind="expertise.disclosed")
        assert opened.values()["digest"] == told[2].values()["digest"]
        for chain in (act_chain(desk.register.act), expertise_chain(desk.id)):
            assert check(session, chain) is None
        assert list(altered_records(session)) == []
    drop_guard(desk.database, "coordination_review_entry")
    with desk.database.writing() as session:
        altered = "UPDATE coordination_review_entry SET document = replace(document, 'Шарт', 'Сөз')"
        session.execute(sa.text(altered + " WHERE number = 3"))
    with desk.database.reading() as session:
        assert [each.key for each in altered_records(session)] == ["expertise.altered"]
