"""Before it is filed a report is its own people's alone; filed, everybody reads it and nobody changes it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from budgetproto.accounts.domain import Role
from budgetproto.accounts.storage import set_roles
from budgetproto.database import Database
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n import NO_NAME
from budgetproto.journal import SYSTEM, report_chain
from budgetproto.journal.domain import sha256_of
from budgetproto.journal.storage import check, entries
from budgetproto.reporting.annual import document, filing, people, service, storage
from budgetproto.reporting.annual.domain import Value, YardstickLate
from budgetproto.reporting.annual.entering import put_values
from budgetproto.reporting.annual.starter import starter_set
from budgetproto.reporting.annual.steps import Step, StepBefore, StepInFuture, StepOutOfOrder
from budgetproto.reporting.annual.storage import Entered
from budgetproto.reporting.annual.verifying import altered
from budgetproto.sittings import mandates
from budgetproto.sittings.domain import Stage
from tests.bodies import stand_all
from tests.factories import Scene, drop_guard, make_person, make_scene
from tests.reporting.annual.writing import FIXED, PLACE, WORDS, YEAR, Desk, begun, filed, values, written

SESSIONS = starter_set()[0]


@pytest.fixture
def scene(database: Database) -> Scene:
    made = make_scene(database)
    stand_all(made)
    return made


def reads(desk: Desk, person: str) -> bool:
    with desk.database.reading() as session:
        try:
            people.seat(session, person, desk.report)
        except Unknown:
            return False
        return True


def test_only_those_let_in_read_a_report_before_it_is_filed(scene: Scene) -> None:
    desk = written(scene)
    roles = [make_person(scene.database, roles=frozenset({role})).id for role in Role]
    others = [scene.minister.id, scene.mayor.id, scene.secretary.id, scene.chair.id, scene.outsider.id]
    assert [reads(desk, each) for each in (desk.author, desk.second)] == [True, True]
    assert [each for each in (*roles, *others) if reads(desk, each)] == []


def test_a_mandate_of_the_association_alone_lets_nobody_in(scene: Scene) -> None:
    desk = service.open_report(scene.database, scene.unionist.id, party_id=scene.union.id, year=YEAR)
    assert not reads(Desk(scene.database, desk, "", ""), scene.assistant.id)


def test_the_end_of_every_mandate_shuts_an_association_out_of_nothing(database: Database) -> None:
    scene = make_scene(database, stage=Stage.PREPARING)
    desk = written(scene)
    for delegate in (scene.unionist, scene.assistant):
        mandates.revoke_mandate(
            database,
            scene.secretary.id,
            scene.sitting,
            delegate=delegate.id,
            party_id=scene.union.id,
            reason="Иштен кетти",
        )
    digest = filing.close(database, desk.author, desk.report, seen=desk.version)
    filing.approve(database, desk.second, desk.report, digest=digest)
    assert filing.file_report(database, desk.author, desk.report) == digest


def test_who_was_let_out_by_his_own_people_reads_no_more(scene: Scene) -> None:
    desk = written(scene)
    of = (scene.database, desk.author, desk.report)
    service.admit(*of, whom=scene.mayor.id, party_id=scene.cities.id)
    with pytest.raises(NotPermitted):
        service.dismiss(scene.database, scene.mayor.id, desk.report, whom=desk.second)
    for other in (scene.secretary, scene.minister):
        with pytest.raises(Unknown):
            service.dismiss(scene.database, other.id, desk.report, whom=desk.second)
    service.dismiss(*of, whom=desk.second)
    assert [reads(desk, each) for each in (desk.author, desk.second)] == [True, False]
    for last in (desk.author, scene.mayor.id):
        with pytest.raises(service.LastPerson):
            service.dismiss(*of, whom=last)


def test_who_takes_an_office_of_the_committee_reads_no_more(scene: Scene) -> None:
    desk = written(scene)
    with scene.database.writing() as session:
        set_roles(session, desk.second, {Role.MEMBER})
    assert [reads(desk, each) for each in (desk.author, desk.second)] == [True, False]


def test_only_who_speaks_for_an_association_begins_its_report(scene: Scene) -> None:
    for person, party in (
        (scene.secretary, scene.union),
        (scene.minister, scene.ministry),
        (scene.mayor, scene.union),
    ):
        with pytest.raises(NotPermitted):
            service.open_report(scene.database, person.id, party_id=party.id, year=YEAR)


def test_filed_everybody_reads_it_and_nobody_changes_it(scene: Scene) -> None:
    desk = filed(scene)
    assert reads(desk, scene.secretary.id)
    assert reads(desk, scene.minister.id)
    with pytest.raises(service.ReportClosed):
        service.write_section(scene.database, desk.author, desk.report, "summary", WORDS, seen=desk.version)
    with pytest.raises(filing.AlreadyFiled):
        filing.reopen(scene.database, desk.author, desk.report)
    for other in (scene.secretary, scene.minister, scene.chair):
        with pytest.raises(NotPermitted):
            put_values(scene.database, other.id, desk.report, values(), seen=desk.version)
        with pytest.raises(NotPermitted):
            filing.reopen(scene.database, other.id, desk.report)


def test_nobody_approves_what_he_has_closed_himself(scene: Scene) -> None:
    desk = written(scene)
    digest = filing.close(scene.database, desk.author, desk.report, seen=desk.version)
    with pytest.raises(filing.OwnClosing):
        filing.approve(scene.database, desk.author, desk.report, digest=digest)
    with pytest.raises(filing.NotApproved):
        filing.file_report(scene.database, desk.author, desk.report)


def test_an_association_taken_out_reads_no_more(scene: Scene) -> None:
    desk = begun(scene)
    of = (scene.database, desk.author, desk.report)
    service.admit(*of, whom=scene.mayor.id, party_id=scene.cities.id)
    assert reads(desk, scene.mayor.id)
    with pytest.raises(NotPermitted):
        service.leave(scene.database, scene.mayor.id, desk.report, party_id=scene.union.id)
    service.leave(*of, party_id=scene.cities.id)
    assert not reads(desk, scene.mayor.id)
    with pytest.raises(service.LastAssociation):
        service.leave(*of, party_id=scene.union.id)


def test_opening_again_voids_the_approvals(scene: Scene) -> None:
    desk = written(scene)
    digest = filing.close(scene.database, desk.author, desk.report, seen=desk.version)
    filing.approve(scene.database, desk.second, desk.report, digest=digest)
    filing.reopen(scene.database, desk.author, desk.report)
    filing.close(scene.database, desk.author, desk.report, seen=desk.version)
    with pytest.raises(filing.NotApproved):
        filing.file_report(scene.database, desk.author, desk.report)


def test_what_is_entered_elsewhere_afterwards_does_not_move_a_closed_text(scene: Scene) -> None:
    desk = written(scene)
    digest = filing.close(scene.database, desk.author, desk.report, seen=desk.version)
    with scene.database.writing() as session:
        row = storage.ValueRow(
            report=desk.report, indicator=SESSIONS.key, territory="x", year=YEAR, number=1, origin="typed",
            source="s",
        )  # fmt: skip
        session.add(row)
    filing.approve(scene.database, desk.second, desk.report, digest=digest)
    assert filing.file_report(scene.database, desk.second, desk.report) == digest
    with scene.database.reading() as session:
        report = filing.report_of(session, people.seat(session, desk.author, desk.report).row)
        assert [each.code for each in report.grid.places] == [PLACE]
        assert sha256_of(document.written_report(report)) == digest


def test_a_report_with_a_gap_is_not_closed(scene: Scene) -> None:
    desk = written(scene)
    half = replace(WORDS, ky="")
    of = (scene.database, desk.author, desk.report)
    service.write_section(*of, "finance", half, seen=desk.version)
    with pytest.raises(filing.NotWhole) as refused:
        filing.close(*of, seen=desk.version)
    assert refused.value.details["first"].key == "annual.missing.section.ky"  # type: ignore[attr-defined]


def test_a_yardstick_after_the_first_value_is_marked_or_refused(scene: Scene) -> None:
    desk = written(scene)
    of = (scene.database, desk.author, desk.report)
    with pytest.raises(YardstickLate):
        service.fix_yardstick(*of, SESSIONS.key, replace(FIXED, threshold=3), seen=desk.version)
    late = replace(FIXED, threshold=3, late="Мөөнөт өзгөрдү")
    service.fix_yardstick(*of, SESSIONS.key, late, seen=desk.version)
    with scene.database.reading() as session:
        report = filing.report_of(session, people.seat(session, desk.author, desk.report).row)
    kept = report.measured[0]
    assert (kept.indicator.yardstick and kept.indicator.yardstick.late) == "Мөөнөт өзгөрдү"
    assert kept.rows[0].judgement.verdict == "unchanged"


def test_a_value_that_was_taken_out_again_does_not_make_the_yardstick_early(scene: Scene) -> None:
    desk = begun(scene)
    of = (scene.database, desk.author, desk.report)
    service.add_indicators(*of, [SESSIONS], seen=desk.version)
    value = Entered(SESSIONS.key, PLACE, YEAR, Value(3, "typed", "s"))
    put_values(*of, [value], seen=desk.version)
    put_values(*of, [], gone=[value.key], seen=desk.version)
    with pytest.raises(YardstickLate):
        service.fix_yardstick(*of, SESSIONS.key, FIXED, seen=desk.version)
    with pytest.raises(service.IndicatorInUse):
        service.remove_indicator(*of, SESSIONS.key, seen=desk.version)


def test_a_stale_edit_is_refused_and_changes_nothing(scene: Scene) -> None:
    desk = begun(scene)
    seen = desk.version
    service.write_section(scene.database, desk.author, desk.report, "summary", WORDS, seen=seen)
    with pytest.raises(service.ReportMoved):
        service.write_section(scene.database, desk.second, desk.report, "summary", NO_NAME, seen=seen)


def test_words_saved_as_they_stand_change_nothing(scene: Scene) -> None:
    desk = written(scene)
    of, version = (scene.database, desk.author, desk.report), desk.version
    with scene.database.reading() as session:
        before = [each.kind for each in entries(session, report_chain(desk.report))]
    assert service.write_section(*of, "summary", WORDS, seen=version) == version
    assert service.change_indicator(*of, SESSIONS, seen=version) == version
    assert desk.version == version
    with scene.database.reading() as session:
        assert [each.kind for each in entries(session, report_chain(desk.report))] == before


def test_hand_and_file_are_told_apart(scene: Scene) -> None:
    desk = written(scene)
    with scene.database.reading() as session:
        report = filing.report_of(session, people.seat(session, desk.author, desk.report).row)
    assert [each.by_hand for each in report.measured] == [2, 0]
    verdicts = [each.rows[0].judgement.verdict for each in report.measured]
    assert verdicts == ["better", "worse"]
    assert report.sums(YEAR - 1)[0] is not None
    assert report.sums(YEAR) == (None, None, None, None)


def test_the_chain_tells_every_act_and_the_system_that_it_was_filed(scene: Scene) -> None:
    desk = filed(scene)
    with scene.database.reading() as session:
        kinds = [each.kind for each in entries(session, report_chain(desk.report))]
        assert kinds[:2] == ["annual.opened", "annual.person_admitted"]
        assert kinds[-3:] == ["annual.text_closed", "annual.approved", "annual.filed"]
        assert check(session, report_chain(desk.report)) is None
        system = [each.kind for each in entries(session, SYSTEM) if each.kind.startswith("annual.")]
        assert system == ["annual.filed"]
        assert list(altered(session)) == []


def test_a_filed_report_that_was_altered_is_found(scene: Scene) -> None:
    desk = filed(scene)
    drop_guard(scene.database, "annual_closed")
    with scene.database.writing() as session:
        session.connection().execute(
            sa.text("UPDATE annual_closed SET document = replace(document, 'Отчёт', 'Отчет')")
        )
    with scene.database.reading() as session:
        assert [each.key for each in altered(session)] == ["annual.altered"]
    assert desk


def test_what_becomes_of_it_is_recorded_in_order(scene: Scene) -> None:
    desk = filed(scene)
    with scene.database.reading() as session:
        today = people.seat(session, desk.author, desk.report).row.filed_on or date.max
    of = (scene.database, desk.author, desk.report)
    heard = Step("heard", today, "Комитет", "Уктук", "5")
    with pytest.raises(StepOutOfOrder):
        filing.record_step(*of, heard)
    with pytest.raises(StepInFuture):
        filing.record_step(*of, Step("submitted", today + timedelta(days=1), "ЖК"))
    with pytest.raises(StepBefore):
        filing.record_step(*of, Step("submitted", today - timedelta(days=1), "ЖК"))
    filing.record_step(*of, Step("submitted", today, "Жогорку Кеңеш", reference="12"))
    filing.record_step(scene.database, scene.secretary.id, desk.report, heard)
    asked = Step("instructed", today, "Каржы министрлиги", "Эсептөө", until=today)
    assert filing.record_step(*of, asked) == 3
    with pytest.raises(StepOutOfOrder):
        filing.record_step(*of, Step("answered", today, "Каржы министрлиги", "Жооп", to=2))
    filing.record_step(*of, Step("answered", today, "Каржы министрлиги", "Жооп", to=3))
    with pytest.raises(NotPermitted):
        filing.record_step(scene.database, scene.minister.id, desk.report, heard)


def test_next_year_is_compared_with_what_was_filed(scene: Scene) -> None:
    desk = filed(scene)
    of = (scene.database, scene.unionist.id)
    later = service.open_report(*of, party_id=scene.union.id, year=YEAR + 1)
    with scene.database.reading() as session:
        row = people.seat(session, scene.unionist.id, later).row
        earlier = filing.report_of(session, row).earlier
    assert earlier is not None
    assert (earlier.year, dict(earlier.verdicts)[SESSIONS.key]) == (YEAR, (1, 0, 0, 0))
    assert desk
