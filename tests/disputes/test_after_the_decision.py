"""What the opening left sealed stays its party's own when everything is decided."""

import pytest

from budgetproto.accounts import deeds, links
from budgetproto.accounts.deeds import Deed, TwoMustAgree
from budgetproto.accounts.rules import Rules
from budgetproto.accounts.secret_key import SecretKey
from budgetproto.database import Database
from budgetproto.disputes.positions.receipts import receipt
from budgetproto.errors import Unknown
from budgetproto.i18n import Named
from budgetproto.money import Som
from budgetproto.sittings import mandates
from budgetproto.sittings.domain import Stage
from budgetproto.sittings.mandates import MandateByPartyOnly
from budgetproto.sittings.storage import SittingRow
from tests.factories import Scene, file, make_person, make_scene, open_all
from tests.stated import GRANTS

RULES = Rules(SecretKey.derived("only for tests"))
AFTER = (Stage.DECIDED, Stage.ISSUED, Stage.ARCHIVED)


@pytest.fixture
def scene(database: Database) -> Scene:
    """Make an opened sitting in which the union first stated twice as much."""
    scene = make_scene(database)
    file(scene, scene.union, figure=GRANTS + GRANTS)
    file(scene, scene.union, figure=GRANTS)
    file(scene, scene.ministry, figure=Som(0))
    open_all(scene)
    return scene


def reach(scene: Scene, stage: Stage) -> None:
    """Let the sitting stand in a later stage."""
    with scene.database.writing() as session:
        row = session.get_one(SittingRow, scene.sitting)
        row.stage = stage.value
        session.add(row)


@pytest.mark.parametrize("stage", AFTER)
def test_a_friendly_secretary_makes_nobody_a_delegate_who_would_read_earlier_versions(
    scene: Scene, stage: Stage
) -> None:
    reach(scene, stage)
    friend = make_person(scene.database)
    with pytest.raises(MandateByPartyOnly):
        mandates.enter_mandate(
            scene.database,
            scene.secretary.id,
            scene.sitting,
            delegate=friend.id,
            party_id=scene.union.id,
            capacity=Named("өкүл"),
            paper=Named("ишеним кат"),
        )
    with scene.database.reading() as session, pytest.raises(Unknown):
        receipt(session, scene.key, friend.id, scene.lines[0], scene.union.id, number=1)


@pytest.mark.parametrize("stage", AFTER)
def test_nobody_alone_hands_himself_the_account_of_a_delegate(scene: Scene, stage: Stage) -> None:
    reach(scene, stage)
    with pytest.raises(TwoMustAgree):
        deeds.do(scene.database, RULES, scene.secretary.id, scene.unionist.id, Deed.NEW_LINK)


def test_a_link_made_before_somebody_spoke_for_a_party_waits_after_the_decision_too(scene: Scene) -> None:
    friend = make_person(scene.database)
    link = deeds.do(scene.database, RULES, scene.secretary.id, friend.id, Deed.NEW_LINK)
    assert link is not None
    mandates.enter_mandate(
        scene.database,
        scene.unionist.id,
        scene.sitting,
        delegate=friend.id,
        party_id=scene.union.id,
        capacity=Named("өкүл"),
        paper=Named("ишеним кат"),
    )
    reach(scene, Stage.DECIDED)
    with pytest.raises(links.LinkWaits):
        links.owner(scene.database, link.token, origin="")
