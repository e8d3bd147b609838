"""Computed indicators: drawn from what both sides see, anew until the text closes, nobody's to type."""

import json
from dataclasses import replace

import pytest

from budgetproto.coordination import happenings as h
from budgetproto.coordination.counting import by_draft, statistics
from budgetproto.coordination.statistics import Drafts, Words
from budgetproto.database import Database, now
from budgetproto.errors import BadInput
from budgetproto.i18n import Named
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.proceedings import service as proceedings
from budgetproto.proceedings.domain import Outcome
from budgetproto.reporting.annual import document, filing, service, storage
from budgetproto.reporting.annual.content import Content
from budgetproto.reporting.annual.domain import Value, YardstickLate
from budgetproto.reporting.annual.entering import put_values
from budgetproto.reporting.annual.importing import Known, read_values, template
from budgetproto.reporting.annual.record import COUNTRY, ComputedOnly, DefinedByService, KeyReserved
from budgetproto.reporting.annual.report import NO_RECORD, Report
from budgetproto.reporting.annual.starter import recorded_set
from budgetproto.reporting.annual.storage import Entered
from budgetproto.sittings.storage import SittingRow
from tests.bodies import stand_all
from tests.coordination.held import Register, make_register, opinion
from tests.factories import Scene, file_all, make_scene, open_all, start_session
from tests.proceedings.test_cloning import decide
from tests.reporting.annual.writing import FIXED, YEAR, Desk, written
from tests.sessions import seat_members

SHIPPED = {each.key: each for each in recorded_set()}
BYPASSED, TOUCHING = SHIPPED["record.acts_bypassed"], SHIPPED["record.drafts_touching"]


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database)


def begun_now(scene: Scene) -> Desk:
    """Begin the union's report of the year that runs: what the register has of it is of today."""
    with scene.database.reading() as session:
        year = bishkek_day(now(session)).year
    stand_all(scene)
    of = scene.database, scene.unionist.id
    report = service.open_report(*of, party_id=scene.union.id, year=year)
    service.admit(*of, report, whom=scene.assistant.id, party_id=scene.union.id)
    return Desk(scene.database, report, scene.unionist.id, scene.assistant.id)


def year_of(desk: Desk) -> int:
    with desk.database.reading() as session:
        return storage.known_report(session, desk.report).year


def chosen(desk: Desk, *keys: str) -> Desk:
    of = (desk.database, desk.author, desk.report)
    service.add_indicators(*of, [SHIPPED[each] for each in keys], seen=desk.version)
    return desk


def told(desk: Desk) -> Report:
    with desk.database.reading() as session:
        return filing.report_of(session, storage.known_report(session, desk.report))


def drawn(desk: Desk) -> dict[str, Value]:
    """Return the computed values of the report's own year, by key."""
    report = told(desk)
    found = (each for each in report.values if each.year == report.year and each.value.origin == "record")
    return {each.indicator: each.value for each in found}


def fix(desk: Desk, key: str, late: str = "") -> None:
    fixed = replace(FIXED, base_year=year_of(desk) - 1, late=late)
    service.fix_yardstick(desk.database, desk.author, desk.report, key, fixed, seen=desk.version)


def with_remarks(scene: Scene) -> Register:
    """Serve two associations on a draft; the union agrees with remarks, which is partly accepted."""
    register = make_register(scene).served()
    register.record(scene.unionist, opinion(scene.union))
    register.record(scene.minister, h.Answered(1, h.Verdict.PARTLY, "Жарымы"))
    return register


def test_values_are_those_of_the_register_for_the_reports_own_associations(scene: Scene) -> None:
    register = with_remarks(scene)
    register.record(scene.mayor, opinion(scene.cities, h.Stance.DISAGREES))
    desk = chosen(begun_now(scene), *SHIPPED)
    found = {key.removeprefix("record."): value for key, value in drawn(desk).items()}
    assert (found["drafts_touching"].number, found["acts_bypassed"].number) == (1, 0)
    assert found["remarks_partly"] == Value(10_000, "record", "1 / 1")
    assert found["remarks_unanswered"].number == 0
    assert found["opinions_in_time"] == Value(10_000, "record", "1 / 1")
    assert {each.row.place.code for each in told(desk).values} == {COUNTRY}


def test_the_rows_add_up_to_the_statistics_page(scene: Scene) -> None:
    with_remarks(scene).record(scene.secretary, h.Bypassed("Киргизилди"))
    with_remarks(scene)
    make_register(scene)
    with scene.database.reading() as session:
        total = statistics(session, scene.secretary.id).total
        year = total.year
        entered, drafts = by_draft(session, [year], [scene.union.id, scene.cities.id])
    assert entered == {year: 3}
    assert sum((each.words for each in drafts), Words()) == total.words
    added = sum((each.drafts for each in drafts), Drafts())
    assert replace(added, entered=entered[year]) == replace(total.drafts, amended=0)
    assert total.drafts.bypassed == 1


def test_a_value_is_computed_anew_until_the_text_is_closed_and_then_stays(scene: Scene) -> None:
    register = with_remarks(scene)
    desk = chosen(begun_now(scene), BYPASSED.key)
    assert drawn(desk)[BYPASSED.key].number == 0
    written(scene, desk, year=year_of(desk))
    fix(desk, BYPASSED.key, late="Жазуулар мурда болчу")
    digest = filing.close(desk.database, desk.author, desk.report, seen=desk.version)
    register.record(scene.secretary, h.Bypassed("Киргизилди"))
    assert drawn(desk)[BYPASSED.key].number == 0
    filing.reopen(desk.database, desk.author, desk.report)
    assert drawn(desk)[BYPASSED.key].number == 1
    again = filing.close(desk.database, desk.author, desk.report, seen=desk.version)
    assert again != digest
    filing.approve(desk.database, desk.second, desk.report, digest=again)
    filing.file_report(desk.database, desk.author, desk.report)
    with_remarks(scene).record(scene.secretary, h.Bypassed("Дагы"))
    assert drawn(desk)[BYPASSED.key].number == 1
    assert [each.number for each in told(desk).record.drafts if each.bypassed] == [1]


def test_nobody_types_over_a_computed_value_by_hand_or_by_file(scene: Scene) -> None:
    with_remarks(scene)
    desk = chosen(begun_now(scene), TOUCHING.key)
    year = year_of(desk)
    for origin in ("typed", "file", "record"):
        entered = Entered(TOUCHING.key, COUNTRY, year, Value(99, origin, "Ой"))
        with pytest.raises(ComputedOnly):
            put_values(desk.database, desk.author, desk.report, [entered], seen=desk.version)
    known = Known({TOUCHING.key: TOUCHING}, {COUNTRY}, (year,))
    content = f"indicator,territory,year,value,source\n{TOUCHING.key},{COUNTRY},{year},99,x\n"
    with pytest.raises(BadInput) as refused:
        read_values(content.encode(), known)
    assert [each.key for each in refused.value.problems] == ["annual.file.computed"]
    assert template(told(desk)).rows == []
    assert drawn(desk)[TOUCHING.key].number == 1


def test_a_computed_indicator_means_what_the_service_counts(scene: Scene) -> None:
    desk = chosen(begun_now(scene), TOUCHING.key)
    of = (desk.database, desk.author, desk.report)
    with pytest.raises(DefinedByService):
        service.change_indicator(*of, replace(TOUCHING, better="less"), seen=desk.version)
    for forged in (replace(BYPASSED, better="more"), replace(BYPASSED, key="record.own")):
        with pytest.raises(KeyReserved):
            service.add_indicators(*of, [forged], seen=desk.version)


def test_a_yardstick_is_early_only_while_the_record_has_no_value_of_the_year(scene: Scene) -> None:
    desk = chosen(begun_now(scene), TOUCHING.key)
    fix(desk, TOUCHING.key)
    with_remarks(scene)
    with pytest.raises(YardstickLate):
        fix(desk, TOUCHING.key)
    fix(desk, TOUCHING.key, late="Өзгөрдү")
    indicator = told(desk).content.indicator(TOUCHING.key)
    assert indicator
    assert indicator.yardstick
    assert indicator.yardstick.late == "Өзгөрдү"


def test_an_unwelcome_computed_value_is_not_taken_out_once_it_is_judged(scene: Scene) -> None:
    with_remarks(scene)
    desk = chosen(begun_now(scene), TOUCHING.key, BYPASSED.key)
    of = (desk.database, desk.author, desk.report)
    service.remove_indicator(*of, BYPASSED.key, seen=desk.version)
    fix(desk, TOUCHING.key, late="Кеч")
    with pytest.raises(service.IndicatorInUse):
        service.remove_indicator(*of, TOUCHING.key, seen=desk.version)
    assert list(drawn(desk)) == [TOUCHING.key]


def test_a_report_without_computed_indicators_has_no_rows_of_the_record(scene: Scene) -> None:
    with_remarks(scene)
    assert told(begun_now(scene)).record == NO_RECORD


def test_a_session_that_is_not_over_shows_nothing_and_one_that_is_shows_who_took_part(
    database: Database,
) -> None:
    scene = with_agenda(database)
    decide(scene, 0, Outcome.AGREED, None)
    desk = begun_for(scene)
    chosen(desk, "record.took_part_came", "record.took_part_spoke", "record.recommendations_acted_on")
    assert drawn(desk) == {}
    assert told(desk).record.sittings == ()
    decide(scene, 1, Outcome.NOT_AGREED, None)
    proceedings.close_session(database, scene.secretary.id, scene.sitting)
    (sitting,) = told(desk).record.sittings
    assert sitting.parts > 0
    assert drawn(desk)["record.took_part_came"].source == f"{sitting.came} / {sitting.parts}"


def with_agenda(database: Database) -> Scene:
    """Take a sitting with a question on its agenda that touches local communities into its session."""
    scene = make_scene(database)
    file_all(scene)
    open_all(scene)
    item = Named("Бюджет аралык мамилелер", "Межбюджетные отношения")
    proceedings.add_agenda_item(database, scene.secretary.id, scene.sitting, item)
    start_session(scene)
    seat_members(scene)
    return scene


def begun_for(scene: Scene) -> Desk:
    """Begin the union's report of the sitting's budget year."""
    stand_all(scene)
    with scene.database.reading() as session:
        year = session.get_one(SittingRow, scene.sitting).sitting().budget_year
    report = service.open_report(scene.database, scene.unionist.id, party_id=scene.union.id, year=year)
    return Desk(scene.database, report, scene.unionist.id, scene.assistant.id)


def test_a_text_that_was_closed_before_anything_was_computed_reads_back() -> None:
    made = Report(YEAR, (), Content())
    values = json.loads(document.written_report(made))
    del values["record"]
    assert document.read_report(json.dumps(values)) == made


def test_a_report_with_rows_reads_back_word_for_word(scene: Scene) -> None:
    with_remarks(scene)
    report = told(chosen(begun_now(scene), *SHIPPED))
    assert report.record.drafts
    assert document.read_report(document.written_report(report)) == report
