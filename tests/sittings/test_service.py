"""A sitting is prepared, its terms are acknowledged and fixed, its steps are taken by those who may."""

from datetime import date

import pytest

from budgetproto.accounts.domain import Party, Person, Role
from budgetproto.database import Database
from budgetproto.disputes import service as disputes
from budgetproto.disputes.lines import entering
from budgetproto.disputes.terms import proposing
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n import Named
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import check, entries
from budgetproto.sittings import mandates, procedure_storage, service, settling, terms_storage
from budgetproto.sittings.domain import NotYours, Stage, StepNotAllowed, WrongStage, terms_digest
from budgetproto.sittings.mandates import DelegateNotFree, MandateByPartyOnly, MandateStands
from budgetproto.sittings.procedure import procedure
from budgetproto.sittings.service import NumberTaken, ReasonMissing, SideNotInvited
from budgetproto.sittings.settling import TermsAlreadyFixed, TermsMoved, TermsNotProposed
from tests.factories import (
    Scene,
    file_all,
    make_delegate,
    make_party,
    make_person,
    make_scene,
    open_all,
    settle_terms,
    start_session,
)
from tests.stated import line_text, new_sitting, new_terms


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database, stage=Stage.PREPARING, terms=False)


def kinds(scene: Scene) -> list[str]:
    with scene.database.reading() as session:
        assert check(session, sitting_chain(scene.sitting)) is None
        return [each.kind for each in entries(session, sitting_chain(scene.sitting))]


def propose(scene: Scene) -> int:
    return proposing.propose_terms(scene.database, scene.secretary.id, scene.sitting, new_terms()).version


def acknowledge(scene: Scene, *parties: str, number: int = 1) -> None:
    people = {"ministry": scene.minister, "union": scene.unionist}
    for name in parties:
        settling.acknowledge_terms(
            scene.database,
            people[name].id,
            scene.sitting,
            party_id=getattr(scene, name).id,
            number=number,
        )


def fix(scene: Scene, *, number: int = 1, reason: str = "") -> None:
    settling.fix_terms(scene.database, scene.secretary.id, scene.sitting, number=number, reason=reason)


def step(scene: Scene, wanted: Stage, *, reason: str = "") -> None:
    service.take_step(scene.database, scene.secretary.id, scene.sitting, wanted, reason=reason)


def test_only_a_secretary_prepares_a_sitting(database: Database) -> None:
    for roles in (frozenset[Role](), frozenset(set(Role) - {Role.SECRETARY})):
        with pytest.raises(NotPermitted):
            service.prepare_sitting(database, make_person(database, roles=roles).id, new_sitting())


def test_two_sittings_never_share_a_number(database: Database) -> None:
    secretary = make_person(database, roles=frozenset({Role.SECRETARY}))
    service.prepare_sitting(database, secretary.id, new_sitting(number="МЖ-1"))
    with pytest.raises(NumberTaken):
        service.prepare_sitting(database, secretary.id, new_sitting(number="МЖ-1"))


def test_a_party_invited_twice_is_invited_once(scene: Scene) -> None:
    service.invite_party(scene.database, scene.secretary.id, scene.sitting, scene.union.id)
    with scene.database.reading() as session:
        assert service.invited_parties(session, scene.sitting) == list(scene.parties)
    assert kinds(scene).count("sittings.party_invited") == 4


def test_a_stranger_and_a_wrong_address_get_the_same_answer(scene: Scene) -> None:
    answers = set()
    for sitting in (scene.sitting, "no-such-sitting"):
        with scene.database.reading() as session, pytest.raises(Unknown) as refusal:
            service.admitted(session, scene.outsider.id, sitting)
        answers.add(str((refusal.value.key, refusal.value.details)))
    assert len(answers) == 1


def test_a_delegate_sees_his_sittings_and_no_other(scene: Scene) -> None:
    other = make_scene(scene.database, stage=Stage.PREPARING, terms=False)
    with scene.database.reading() as session:
        mine = [each.id for each in service.sittings_of(session, scene.minister)]
        secretarys = {each.id for each in service.sittings_of(session, scene.secretary)}
    assert mine == [scene.sitting]
    assert secretarys == {scene.sitting, other.sitting}


def test_a_mandate_of_other_days_gives_no_standing(scene: Scene) -> None:
    person = make_person(scene.database)
    mandates.enter_mandate(
        scene.database,
        scene.secretary.id,
        scene.sitting,
        delegate=person.id,
        party_id=scene.union.id,
        capacity=Named("өкүл"),
        paper=Named("ишеним кат"),
        valid_from=date(2020, 5, 4),
        valid_to=date(2020, 5, 14),
    )
    with scene.database.reading() as session:
        assert service.standing(session, person.id, scene.sitting).parties == ()


def mandate(scene: Scene, by: Person, delegate: Person, party: Party) -> None:
    mandates.enter_mandate(
        scene.database,
        by.id,
        scene.sitting,
        delegate=delegate.id,
        party_id=party.id,
        capacity=Named("өкүл"),
        paper=Named("ишеним кат"),
    )


def test_nobody_speaks_for_two_parties(scene: Scene) -> None:
    with pytest.raises(DelegateNotFree):
        mandate(scene, scene.secretary, scene.unionist, scene.cities)


def test_whoever_serves_the_committee_is_no_delegate(scene: Scene) -> None:
    for person in (scene.secretary, scene.chair):
        with pytest.raises(DelegateNotFree):
            mandate(scene, scene.secretary, person, scene.union)


def test_while_positions_may_be_sealed_the_secretary_makes_no_delegate(database: Database) -> None:
    scene = make_scene(database, stage=Stage.COLLECTING)
    friend = make_person(database)
    with pytest.raises(MandateByPartyOnly):
        mandate(scene, scene.secretary, friend, scene.union)


def test_a_party_names_its_own_substitute_while_positions_are_collected(database: Database) -> None:
    scene = make_scene(database, stage=Stage.COLLECTING)
    substitute = make_person(database)
    mandate(scene, scene.unionist, substitute, scene.union)
    with database.reading() as session:
        assert service.standing(session, substitute.id, scene.sitting).parties == (scene.union,)


def test_a_mandate_is_not_replaced_while_positions_may_be_sealed(database: Database) -> None:
    scene = make_scene(database, stage=Stage.COLLECTING)
    with pytest.raises(MandateStands):
        mandate(scene, scene.unionist, scene.assistant, scene.union)


def test_terms_acknowledged_by_both_sides_are_fixed_by_their_hash(scene: Scene) -> None:
    propose(scene)
    acknowledge(scene, "ministry", "union")
    fix(scene)
    with scene.database.reading() as session:
        sitting, _ = service.admitted(session, scene.minister.id, scene.sitting)
        terms = settling.fixed_terms(session, sitting)
        row = session.get_one(terms_storage.TermsRow, (scene.sitting, 1))
        event = entries(session, sitting_chain(scene.sitting))[-1].values()
    assert terms is not None
    assert event["digest"] == terms.digest == terms_digest(row.document)


@pytest.mark.parametrize("heard", [(), ("ministry",), ("union",)])
def test_without_both_sides_terms_are_fixed_only_with_a_reason(scene: Scene, heard: tuple[str, ...]) -> None:
    propose(scene)
    acknowledge(scene, *heard)
    for reason in ("", "  \n"):
        with pytest.raises(ReasonMissing):
            fix(scene, reason=reason)
    fix(scene, reason="ЖӨБ союзу экинчи жолу келген жок")
    with scene.database.reading() as session:
        told = entries(session, sitting_chain(scene.sitting))[-1].values()
    assert told["reason"] == "ЖӨБ союзу экинчи жолу келген жок"


def test_acknowledging_twice_is_told_once(scene: Scene) -> None:
    propose(scene)
    acknowledge(scene, "union", "union")
    assert kinds(scene).count("sittings.terms_acknowledged") == 1


def test_nobody_acknowledges_for_another_party(scene: Scene) -> None:
    propose(scene)
    with pytest.raises(Unknown):
        settling.acknowledge_terms(
            scene.database, scene.mayor.id, scene.sitting, party_id=scene.union.id, number=1
        )
    with pytest.raises(NotYours):
        settling.acknowledge_terms(
            scene.database, scene.secretary.id, scene.sitting, party_id=scene.union.id, number=1
        )


def test_an_older_version_is_neither_acknowledged_nor_fixed(scene: Scene) -> None:
    propose(scene)
    acknowledge(scene, "ministry", "union")
    propose(scene)
    with pytest.raises(TermsMoved):
        acknowledge(scene, "ministry", number=1)
    with pytest.raises(TermsMoved):
        fix(scene, number=1)
    with pytest.raises(ReasonMissing):  # what was acknowledged was the older version
        fix(scene, number=2)


def test_terms_that_were_never_proposed_are_not_fixed(scene: Scene) -> None:
    with pytest.raises(TermsNotProposed):
        fix(scene)


def test_fixed_terms_stay_as_they_are(scene: Scene) -> None:
    settle_terms(scene)
    with pytest.raises(TermsAlreadyFixed):
        fix(scene)
    with pytest.raises(TermsAlreadyFixed):
        propose(scene)


def test_collecting_needs_both_sides_with_mandates(database: Database) -> None:
    secretary = make_person(database, roles=frozenset({Role.SECRETARY}))
    sitting = service.prepare_sitting(database, secretary.id, new_sitting())
    entering.add_line(database, secretary.id, sitting, line_text())
    scene = make_scene(database, stage=Stage.PREPARING, terms=False)
    ministry, union = make_party(database, side="government"), make_party(database)
    for party in (ministry, union):
        service.invite_party(database, secretary.id, sitting, party.id)
    make_delegate(database, secretary, sitting, ministry)
    with pytest.raises(SideNotInvited):
        disputes.start_collecting(database, scene.key, secretary.id, sitting)
    make_delegate(database, secretary, sitting, union)
    disputes.start_collecting(database, scene.key, secretary.id, sitting)


def test_a_step_back_needs_a_reason_and_is_told_with_it(database: Database) -> None:
    scene = make_scene(database)
    file_all(scene)
    open_all(scene)
    start_session(scene)
    with pytest.raises(ReasonMissing):
        step(scene, Stage.OPENED)
    step(scene, Stage.OPENED, reason="Кворум жок")
    with database.reading() as session:
        told = entries(session, sitting_chain(scene.sitting))[-1].values()
    assert (told["before"], told["after"], told["reason"]) == ("in_session", "opened", "Кворум жок")
    for wanted in (Stage.COLLECTING, Stage.PREPARING):
        with pytest.raises(StepNotAllowed):
            step(scene, wanted, reason="Кайра баштайлы")


@pytest.mark.parametrize("wanted", list(Stage))
def test_a_plain_step_never_starts_collecting_opens_closes_or_issues(
    database: Database, wanted: Stage
) -> None:
    """Those are acts of other rooms, which check what this one cannot know."""
    for stage in (Stage.PREPARING, Stage.COLLECTING):
        scene = make_scene(database, stage=stage)
        with pytest.raises(StepNotAllowed):
            step(scene, wanted, reason="Шашылыш")


def test_a_delegate_takes_no_step(database: Database) -> None:
    scene = make_scene(database)
    file_all(scene)
    open_all(scene)
    for person in (scene.minister, scene.unionist, scene.chair):
        with pytest.raises(NotYours):
            service.take_step(database, person.id, scene.sitting, Stage.IN_SESSION)


def test_parties_are_invited_only_while_the_sitting_is_prepared(database: Database) -> None:
    scene = make_scene(database)
    with pytest.raises(WrongStage):
        service.invite_party(database, scene.secretary.id, scene.sitting, make_party(database).id)


def test_six_of_eleven_are_the_quorum_the_settings_ship_with(sqlite_database: Database) -> None:
    with sqlite_database.reading() as session:
        rules = procedure(session)
    assert (rules.members_total, rules.quorum) == (11, 6)
    assert all(setting.source.ky for setting in rules.settings.values())


@pytest.mark.parametrize(
    ("members", "share", "quorum"), [("11", "1/2", 6), ("10", "1/2", 6), ("9", "2/3", 7), ("120", "1/2", 61)]
)
def test_the_quorum_is_the_smallest_number_above_the_share(
    sqlite_database: Database, members: str, share: str, quorum: int
) -> None:
    with sqlite_database.writing() as session:
        for key, value in (("members_total", members), ("quorum_share", share)):
            session.add(procedure_storage.SettingRow(key=key, value=value, source_en="Регламент"))
    with sqlite_database.reading() as session:
        assert procedure(session).quorum == quorum
