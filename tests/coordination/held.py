"""A register with one draft in it, and who acts on it."""

from dataclasses import dataclass, replace
from datetime import timedelta

from budgetproto.accounts.domain import Party, Person
from budgetproto.coordination import happenings as h
from budgetproto.coordination import service, storage
from budgetproto.coordination.domain import Draft, Level
from budgetproto.coordination.happenings import Stance
from budgetproto.coordination.service import Act
from budgetproto.database import now
from budgetproto.i18n import Named
from budgetproto.i18n.formatting import bishkek_day
from tests.bodies import stand_all
from tests.coordination.going import MANDATORY
from tests.coordination.test_procedure_values import WHOLE
from tests.factories import Scene

DRAFT = Draft(Named("Теңдөө тартиби", "Порядок выравнивания"), Level.MINISTRY, Named("Финансы министрлиги"))
REMARK = (("3-пункт", "Коэффициент сакталсын"),)


@dataclass(frozen=True)
class Register:
    """A register with one draft of the ministry in it, and who acts on it."""

    scene: Scene
    act: str

    def seen(self) -> int:
        return len(self.told().course.happenings)

    def told(self) -> Act:
        with self.scene.database.reading() as session:
            return service.act_of(session, self.scene.secretary.id, self.act)

    def record(self, person: Person, what: h.What, *, days_ago: int | None = None) -> Act:
        with self.scene.database.reading() as session:
            day = bishkek_day(now(session))
        on = None if days_ago is None else day - timedelta(days_ago)
        return service.record(self.scene.database, person.id, self.act, what, seen=self.seen(), on=on)

    def screen(self, *, days_ago: int = 0) -> Act:
        with self.scene.database.reading() as session:
            day = bishkek_day(now(session)) - timedelta(days_ago)
        keeper = self.scene.secretary.id
        return service.screen(self.scene.database, keeper, self.act, MANDATORY, seen=self.seen(), on=day)

    def served(self) -> "Register":
        self.screen()
        for party in (self.scene.union, self.scene.cities):
            self.record(self.scene.secretary, h.Served(party.id, "№ 1"))
        return self


def make_register(scene: Scene, draft: Draft = DRAFT, *, initiated: bool = True) -> Register:
    """Set a procedure of coordination and enter a draft, the ministry's unless it is no party's."""
    stand_all(scene)
    with scene.database.reading() as session:
        held = storage.procedures(session, WHOLE.level).values()
    begun = max((each.since for each in held), default=WHOLE.since - timedelta(days=3000))
    service.set_procedure(scene.database, scene.secretary.id, replace(WHOLE, since=begun))
    act = service.enter_act(
        scene.database, scene.secretary.id, draft, initiator=scene.ministry.id if initiated else None
    )
    return Register(scene, act)


def opinion(party: Party, stance: Stance = Stance.WITH_REMARKS) -> h.Opined:
    return h.Opined(party.id, stance, "Пикир", REMARK if stance is not Stance.AGREES else ())
