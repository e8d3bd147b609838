"""Parts of delegates: who may give them, who may set four eyes; no author makes himself two people."""

import pytest

from budgetproto.database import Database
from budgetproto.errors import Unknown
from budgetproto.i18n import Named
from budgetproto.sittings import mandates, substitute
from budgetproto.sittings import service as sittings
from budgetproto.sittings.delegates import (
    FourEyesImpossible,
    approves_anywhere,
    set_four_eyes,
    speaks_anywhere,
)
from budgetproto.sittings.domain import MandatePart, Stage, WrongStage
from budgetproto.sittings.mandates import ApproverByApproverOnly
from budgetproto.sittings.storage import four_eyes
from tests.factories import Scene, make_person, make_scene, need_four_eyes, set_part
from tests.sittings.test_substitute import RULES, WANTED


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database)


def required(scene: Scene) -> bool:
    with scene.database.reading() as session:
        return scene.union.id in four_eyes(session, scene.sitting)


def test_four_eyes_are_off_until_somebody_sets_them(scene: Scene) -> None:
    assert not required(scene)
    need_four_eyes(scene, scene.union)
    assert required(scene)


def test_while_preparing_the_secretary_sets_and_lifts_it(database: Database) -> None:
    scene = make_scene(database, stage=Stage.PREPARING)
    for wanted in (True, False):
        set_four_eyes(database, scene.secretary.id, scene.sitting, party_id=scene.union.id, on=wanted)
        assert required(scene) == wanted


def test_while_positions_are_sealed_nobody_lifts_it(scene: Scene) -> None:
    need_four_eyes(scene, scene.union)
    with pytest.raises(WrongStage):
        set_four_eyes(scene.database, scene.unionist.id, scene.sitting, party_id=scene.union.id, on=False)


def test_neither_the_secretary_nor_another_party_nor_an_author_sets_it_then(scene: Scene) -> None:
    set_part(scene, scene.assistant, MandatePart.AUTHOR)
    for person in (scene.secretary, scene.minister, scene.outsider, scene.assistant):
        with pytest.raises(Unknown):
            set_four_eyes(scene.database, person.id, scene.sitting, party_id=scene.union.id, on=True)


def test_a_party_of_one_person_cannot_shut_itself_out(scene: Scene) -> None:
    with pytest.raises(FourEyesImpossible):
        set_four_eyes(scene.database, scene.mayor.id, scene.sitting, party_id=scene.cities.id, on=True)


def name(scene: Scene, part: MandatePart) -> None:
    """Have the unionist name somebody new with a part."""
    mandates.enter_mandate(
        scene.database,
        scene.unionist.id,
        scene.sitting,
        delegate=make_person(scene.database).id,
        party_id=scene.union.id,
        capacity=Named("өкүл"),
        paper=Named("ишеним кат"),
        part=part,
    )


def test_an_author_names_no_approver(scene: Scene) -> None:
    set_part(scene, scene.unionist, MandatePart.AUTHOR)
    for part in (MandatePart.BOTH, MandatePart.APPROVER):
        with pytest.raises(ApproverByApproverOnly):
            name(scene, part)
    name(scene, MandatePart.AUTHOR)


@pytest.mark.parametrize("part", MandatePart)
def test_a_substitute_does_what_the_one_does_for_whom_he_stands_in(scene: Scene, part: MandatePart) -> None:
    set_part(scene, scene.unionist, part)
    link = substitute.register(scene.database, RULES, scene.unionist.id, scene.sitting, WANTED)
    with scene.database.reading() as session:
        assert sittings.standing(session, link.person.id, scene.sitting).part(scene.union.id) is part


def test_an_author_makes_no_new_link_for_an_approver(scene: Scene) -> None:
    set_part(scene, scene.unionist, MandatePart.AUTHOR)
    with pytest.raises(ApproverByApproverOnly):
        substitute.renew_link(scene.database, RULES, scene.unionist.id, scene.sitting, scene.assistant.id)


def test_who_speaks_and_who_approves_anywhere(scene: Scene) -> None:
    set_part(scene, scene.assistant, MandatePart.AUTHOR)
    with scene.database.reading() as session:
        told = {
            person.id: (speaks_anywhere(session, person.id), approves_anywhere(session, person.id))
            for person in (scene.unionist, scene.assistant, scene.secretary, scene.outsider)
        }
    assert list(told.values()) == [(True, True), (True, False), (False, False), (False, False)]


def test_with_four_eyes_who_writes_names_no_approver_though_he_approves_too(scene: Scene) -> None:
    need_four_eyes(scene, scene.union)
    for part in (MandatePart.BOTH, MandatePart.APPROVER):
        with pytest.raises(ApproverByApproverOnly):
            name(scene, part)
    name(scene, MandatePart.AUTHOR)


def test_with_four_eyes_an_approver_who_writes_nothing_names_another_one(scene: Scene) -> None:
    need_four_eyes(scene, scene.union)
    set_part(scene, scene.unionist, MandatePart.APPROVER)
    name(scene, MandatePart.APPROVER)


def test_with_four_eyes_a_substitute_whose_link_the_author_holds_approves_nothing(scene: Scene) -> None:
    need_four_eyes(scene, scene.union)
    link = substitute.register(scene.database, RULES, scene.unionist.id, scene.sitting, WANTED)
    with scene.database.reading() as session:
        standing = sittings.standing(session, link.person.id, scene.sitting)
    assert standing.part(scene.union.id) is MandatePart.AUTHOR


def test_with_four_eyes_who_writes_takes_over_no_approver_by_a_new_link(scene: Scene) -> None:
    need_four_eyes(scene, scene.union)
    with pytest.raises(ApproverByApproverOnly):
        substitute.renew_link(scene.database, RULES, scene.unionist.id, scene.sitting, scene.assistant.id)
    set_part(scene, scene.unionist, MandatePart.APPROVER)
    substitute.renew_link(scene.database, RULES, scene.unionist.id, scene.sitting, scene.assistant.id)
