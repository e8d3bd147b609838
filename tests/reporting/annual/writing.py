"""An annual report in the making: the union of a sitting writes it, and whoever it lets in."""

from dataclasses import dataclass, replace
from datetime import date

from budgetproto.database import Database
from budgetproto.i18n import Named
from budgetproto.money import Som
from budgetproto.reporting.annual import filing, service, storage
from budgetproto.reporting.annual.content import SECTIONS, FailingAct, TypedSums
from budgetproto.reporting.annual.domain import Value, Yardstick
from budgetproto.reporting.annual.entering import put_values
from budgetproto.reporting.annual.starter import starter_set
from budgetproto.reporting.annual.storage import Entered
from tests.bodies import stand_all
from tests.factories import Scene

YEAR = 2020
WORDS = Named("Бюджеттик жыл боюнча корутунду", "Заключение по бюджетному году", "")
PLACE = "41702205805000"
FIXED = Yardstick(date(2020, 1, 1), threshold=1, base_year=YEAR - 1, target=4)
ACT = FailingAct("Закон № 123", "ст. 23", WORDS, WORDS, "Отчёт 5-1", WORDS)
SUMS = TypedSums(YEAR - 1, "Отчёт Союза", Som(100_000), Som(90_000), Som(80_000), None)


@dataclass(frozen=True)
class Desk:
    """A report that the union's people write: `author` began it, `second` was let in."""

    database: Database
    report: str
    author: str
    second: str

    @property
    def version(self) -> int:
        """The version that stands now."""
        with self.database.reading() as session:
            row = storage.report_row(session, self.report)
            assert row is not None
            return row.version


def begun(scene: Scene) -> Desk:
    """Let the unionist begin a report and let the assistant in."""
    stand_all(scene)
    database, author = scene.database, scene.unionist.id
    report = service.open_report(database, author, party_id=scene.union.id, year=YEAR)
    service.admit(database, author, report, whom=scene.assistant.id, party_id=scene.union.id)
    return Desk(database, report, author, scene.assistant.id)


def written(scene: Scene, desk: Desk | None = None, *, year: int = YEAR) -> Desk:
    """Write a whole report of two indicators, of the year it was begun for."""
    desk = desk or begun(scene)
    of = (desk.database, desk.author, desk.report)
    for key in SECTIONS:
        service.write_section(*of, key, WORDS, seen=desk.version)
    service.add_indicators(*of, starter_set()[:2], seen=desk.version)
    for each in starter_set()[:2]:
        service.fix_yardstick(*of, each.key, replace(FIXED, base_year=year - 1), seen=desk.version)
    put_values(*of, values(year), seen=desk.version)
    service.put_failing(*of, 0, ACT, seen=desk.version)
    service.put_sums(*of, 0, replace(SUMS, year=year - 1), seen=desk.version)
    return desk


def values(year: int = YEAR) -> list[Entered]:
    """Return the values of two years: one indicator gets better, one worse."""
    typed = Value(3, "typed", "Протоколы")
    sessions, decisions = (each.key for each in starter_set()[:2])
    return [
        Entered(sessions, PLACE, year - 1, typed),
        Entered(sessions, PLACE, year, replace(typed, number=5)),
        Entered(decisions, PLACE, year - 1, replace(typed, number=20, origin="file")),
        Entered(decisions, PLACE, year, replace(typed, number=11, origin="file")),
    ]


def filed(scene: Scene) -> Desk:
    """Write a report, close it, have it approved and file it."""
    desk = written(scene)
    digest = filing.close(desk.database, desk.author, desk.report, seen=desk.version)
    filing.approve(desk.database, desk.second, desk.report, digest=digest)
    filing.file_report(desk.database, desk.author, desk.report)
    return desk
