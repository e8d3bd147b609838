"""The annual report of the demonstration year, filed by the union's people, and the real report of 2019."""

import tomllib
from datetime import date
from typing import Any, Final

from budgetproto.accounts import passwords
from budgetproto.accounts import service as accounts
from budgetproto.accounts import storage as account_storage
from budgetproto.accounts.bodies import service as bodies
from budgetproto.database import Database, now
from budgetproto.demonstration.fixture import FIXTURES, named
from budgetproto.i18n import Named
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.money import Som
from budgetproto.reporting.annual import filing, service, storage
from budgetproto.reporting.annual.content import MONEY, SECTIONS, Content, FailingAct, TypedSums
from budgetproto.reporting.annual.domain import Yardstick, years_of
from budgetproto.reporting.annual.entering import put_values
from budgetproto.reporting.annual.figures import UNIT, read
from budgetproto.reporting.annual.importing import Known, read_values
from budgetproto.reporting.annual.public.service import publish
from budgetproto.reporting.annual.report import Report
from budgetproto.reporting.annual.starter import starter_set
from budgetproto.sittings import mandates
from budgetproto.transfers.storage import territory_codes

REPORTS: Final = FIXTURES / "annual_reports"
#: Replaced by the service with the day on which the yardstick is fixed.
_TODAY: Final = date(1, 1, 1)
_SHOWN: Final = "Көрсөтмө / Показ / Demonstration"
_PAPER: Final = Named("Ойдон чыгарылган ишеним кат", "Условная доверенность", "An illustrative mandate")


def read_file(name: str) -> dict[str, Any]:
    """Return a report of the fixtures as its file has it."""
    return tomllib.loads((REPORTS / name).read_text(encoding="utf-8"))


def stage_annual(database: Database, sitting: str) -> str:
    """File and publish the report of the demonstration year; return its id. One that is there stays.

    `sitting` is one that the union still speaks in: a second person of the union gets a mandate there.
    """
    values = read_file("2020.toml")
    with database.reading() as session:
        if there := storage.filed(session, year=values["year"]):
            return there[-1].id
    party, author, second = _people(database, values, sitting)
    report = service.open_report(database, author, party_id=party, year=values["year"])
    service.admit(database, author, report, whom=second, party_id=party)
    _write(database, author, report, values)
    digest = filing.close(database, author, report, seen=_version(database, report))
    filing.approve(database, second, report, digest=digest)
    filing.file_report(database, author, report)
    publish(database, author, report, "all", since=_today(database), reason=_SHOWN)
    return report


def real_report() -> Report:
    """Return the report of 2019 as far as what was published of it tells."""
    values = read_file("2019.toml")
    sections = tuple((key, named(values["sections"][key])) for key in SECTIONS)
    names = tuple(named(each) for each in values["associations"])
    return Report(values["year"], names, Content(sections), note=named(values["note"]))


def _people(database: Database, values: dict[str, Any], sitting: str) -> tuple[str, str, str]:
    """Return the union, who speaks for it, and a second person of it."""
    with database.reading() as session:
        party = next(p.id for p in account_storage.parties(session) if p.key == values["association"])
        author = account_storage.known_person(session, values["speaker"])
    login, name = values["second"]["login"], values["second"]["name"]
    second = accounts.add_person(database, login=login, name=name, password=passwords.fresh()).id
    mandates.enter_mandate(
        database,
        author.id,
        sitting,
        delegate=second,
        party_id=party,
        capacity=named(values["second"]["capacity"]),
        paper=_PAPER,
    )
    bodies.admit(database, author.id, party_id=party, login=login, name=name)
    return party, author.id, second


def _write(database: Database, author: str, report: str, values: dict[str, Any]) -> None:
    """Write every part, fix the yardsticks, and only then enter the values."""
    for key in SECTIONS:
        words, seen = named(values["sections"][key]), _version(database, report)
        service.write_section(database, author, report, key, words, seen=seen)
    wanted = {each["indicator"]: each for each in values["yardsticks"]}
    indicators = [each for each in starter_set() if each.key in wanted]
    service.add_indicators(database, author, report, indicators, seen=_version(database, report))
    for each in indicators:
        said = wanted[each.key]
        target = read(said["target"], each.measure) if "target" in said else None
        yardstick = Yardstick(
            _TODAY, read(said["threshold"], each.measure), base_year=values["year"] - 1, target=target
        )
        service.fix_yardstick(database, author, report, each.key, yardstick, seen=_version(database, report))
    _enter(database, author, report, values)


def _enter(database: Database, author: str, report: str, values: dict[str, Any]) -> None:
    with database.reading() as session:
        codes = territory_codes(session)
    known = Known(
        {each.key: each for each in starter_set()}, codes, years_of(values["year"]), illustrative=True
    )
    entered = read_values((REPORTS / values["values"]).read_bytes(), known, file=values["values"])
    put_values(database, author, report, entered, seen=_version(database, report))
    for act in values["failing"]:
        fails, where, repair = (named(act[key]) for key in ("fails", "where", "repair"))
        failing = FailingAct(act["act"], act["article"], fails, where, act["evidence"], repair)
        service.put_failing(database, author, report, 0, failing, seen=_version(database, report))
    for sums in values["sums"]:
        amounts = (Som.parse(sums[part], UNIT) if part in sums else None for part in MONEY)
        typed = TypedSums(sums["year"], sums["source"], *amounts)
        service.put_sums(database, author, report, 0, typed, seen=_version(database, report))


def _today(database: Database) -> date:
    with database.reading() as session:
        return bishkek_day(now(session))


def _version(database: Database, report: str) -> int:
    with database.reading() as session:
        return storage.known_report(session, report).version


def filed_report(database: Database, report: str) -> tuple[Report, str]:
    """Return a filed report and its hash."""
    with database.reading() as session:
        row = storage.known_report(session, report)
        return filing.report_of(session, row), storage.closed_digest(session, report, row.closed)
