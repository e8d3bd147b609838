"""The entry of a draft is completed and corrected by steps, and nothing that stood before is lost."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from budgetproto.coordination import counting, document, register, service, storage
from budgetproto.coordination import happenings as h
from budgetproto.coordination import refusals as no
from budgetproto.coordination.completing import arrivals, check_completing, standing
from budgetproto.coordination.course import Course
from budgetproto.coordination.domain import (
    Amended,
    AmendedUnnumbered,
    Draft,
    PublishedInTheFuture,
    Related,
    RelatedTwice,
    TitleMissing,
)
from budgetproto.coordination.happenings import Happening, Stance
from budgetproto.coordination.paper.composing import compose
from budgetproto.coordination.paper.document import digest, read_sheet, written
from budgetproto.coordination.paper.drawing import draw_sheet
from budgetproto.coordination.public import service as public
from budgetproto.coordination.public.domain import Scope
from budgetproto.coordination.register_storage import Choice
from budgetproto.coordination.showing import act_page
from budgetproto.database import Database, now
from budgetproto.errors import NotPermitted, Refused
from budgetproto.i18n import Named, text
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.operations.verification import altered_records
from budgetproto.sittings.domain import Stage as Stages
from tests.coordination.going import START, goes, screened, screening
from tests.coordination.held import DRAFT, Register, make_register, opinion
from tests.factories import make_scene
from tests.protocol.reading import plain_text

RULES = Related(Named("Жобо", "Положение"))
TABLE = Related(Named(ru="Сравнительная таблица"), present=True)
BUNDLE = replace(DRAFT, related=(RULES, TABLE), amends=(Amended(date(2011, 7, 15), "№ 101"),))
LATER = START + timedelta(7)
AGREES = h.Opined("union", Stance.AGREES, "")
NOTHING = screening()


def completed(draft: Draft, *steps: h.What, on: date = LATER) -> Draft:
    """Take steps one after the other, each checked against the entry as it stood then."""
    course = Course()
    for step in steps:
        happening = Happening(on, step, on)
        check_completing(happening, standing(draft, course)[-1], entered=START)
        course = course.then(happening)
    return standing(draft, course)[-1]


def test_a_companion_that_arrived_is_missing_no_longer_and_gets_its_title_in_both_languages() -> None:
    draft = completed(BUNDLE, h.Arrived(1, Named("Жаңы жобо")))
    assert draft.missing == ()
    assert draft.related[0] == Related(Named("Жаңы жобо", "Положение"), present=True)
    assert BUNDLE.missing == (RULES,)


def test_an_act_that_nobody_named_joins_the_bundle_at_its_end() -> None:
    course = goes(Course(), LATER, h.Arrived(0, Named("Тиркеме")), h.Arrived(1))
    assert standing(BUNDLE, course)[-1].related[2] == Related(Named("Тиркеме"), present=True)
    assert arrivals(BUNDLE, course) == {3: LATER, 1: LATER}


@pytest.mark.parametrize(
    ("step", "refusal"),
    [
        (h.Arrived(2), no.ArrivedAlready),
        (h.Arrived(3), no.NoSuchCompanion),
        (h.Arrived(-1), no.NoSuchCompanion),
        (h.Arrived(0), TitleMissing),
        (h.Arrived(0, Named("жобо")), RelatedTwice),
        (h.Published(), no.CompletionUnreasoned),
        (h.Amending(()), no.CompletionUnreasoned),
        (h.Amending(BUNDLE.amends), no.NothingCompleted),
        (h.Amending((Amended(date(2011, 7, 15), "№"),), "Номер"), AmendedUnnumbered),
        (h.Corrected(Named("Жаңы"), "", " "), no.CompletionUnreasoned),
        (h.Corrected(Named(), "", "Ката"), TitleMissing),
        (h.Corrected(BUNDLE.title, "", "Ката"), no.NothingCompleted),
    ],
)
def test_what_does_not_fit_the_entry_is_refused(step: h.What, refusal: type[Refused]) -> None:
    published = replace(BUNDLE, published=START)
    with pytest.raises(refusal):
        completed(published, step)


def test_what_was_said_of_an_entry_is_completed_no_earlier_than_it_was_made() -> None:
    for step in (h.Arrived(1), h.Amending((), "Ката"), h.Corrected(Named("Жаңы"), "", "Ката")):
        with pytest.raises(no.BeforeItsReason):
            completed(BUNDLE, step, on=START - timedelta(1))
    assert completed(BUNDLE, h.Published(), on=date(2020, 1, 2)).published == date(2020, 1, 2)


def test_no_act_is_adopted_before_its_text_was_published() -> None:
    early = Happening(START, h.Adopted("№ 1"), LATER)
    with pytest.raises(no.BeforeItsReason):
        check_completing(early, replace(DRAFT, published=LATER), entered=START)


@pytest.mark.parametrize("end", [h.Withdrawn("Rewritten"), h.Adopted("№ 1")])
def test_nothing_is_completed_once_the_draft_has_come_to_its_end(end: h.What) -> None:
    course = goes(goes(screened(), START, h.Bypassed("?")), START, end)
    for step in (h.Arrived(1), h.Published(), h.Amending(()), h.Corrected(Named("a"), "", "b")):
        with pytest.raises((no.IsAdopted, no.IsWithdrawn)):
            goes(course, LATER, step)


def test_nothing_is_completed_on_a_day_to_come() -> None:
    with pytest.raises(no.DayToCome):
        goes(Course(), LATER, h.Published(), recorded=START)


@pytest.fixture
def held(database: Database) -> Register:
    return make_register(make_scene(database, lines=1, terms=False, stage=Stages.PREPARING), BUNDLE)


def row_of(session: Session, held: Register) -> storage.ActRow:
    row = storage.act_row(session, held.act)
    assert row is not None
    return row


def test_only_the_keeper_completes_an_entry(held: Register) -> None:
    scene = held.scene
    steps = (h.Arrived(1), h.Published(), h.Amending((), "Ката"), h.Corrected(Named("Жаңы"), "", "Ката"))
    for person in (scene.minister, scene.unionist, scene.chair):
        for step in steps:
            with pytest.raises(NotPermitted):
                held.record(person, step)
    for step in steps:
        held.record(scene.secretary, step)


def test_every_reader_sees_what_stands_and_what_stood(held: Register) -> None:
    scene = held.scene
    held.record(scene.secretary, h.Arrived(1, Named("Жаңы жобо")))
    held.record(scene.secretary, h.Published(), days_ago=400)
    held.record(scene.secretary, h.Published("Газетадагы күн"), days_ago=300)
    held.record(scene.secretary, h.Amending((Amended(date(2020, 1, 2), "№ 7"),), "Башка мыйзам"))
    held.record(scene.secretary, h.Corrected(Named("Теңдөөнүн тартиби", "Порядок"), "6-1", "Басма катасы"))
    with scene.database.reading() as session:
        page = act_page(session, scene.unionist.id, held.act)
        row = row_of(session, held)
    assert row.entered() == BUNDLE
    assert page.act.draft == row.draft()
    assert row.draft().title == Named("Теңдөөнүн тартиби", "Порядок")
    told = [[(each.label, each.text or each.day or each.said) for each in step.facts] for step in page.steps]
    assert ("coordination.fact.was", "Жобо") in told[0]
    assert ("coordination.fact.was", page.steps[1].on) in told[2]
    assert any(label == "coordination.fact.was" for label, _ in told[3])
    assert ("coordination.fact.was", BUNDLE.title.ky) in told[4]
    assert ("coordination.fact.reason", "Басма катасы") in told[4]


def test_a_draft_is_found_by_its_title_of_before_and_of_now(held: Register) -> None:
    scene = held.scene
    held.record(scene.secretary, h.Corrected(Named("Үлүштөр"), "", "Басма катасы"))
    with scene.database.reading() as session:
        for words in ("теңдөө", "үлүштөр"):
            found = register.register(session, scene.chair.id, Choice(words=words), None)
            assert [row.draft.title.ky for row in found.rows] == ["Үлүштөр"]


def test_a_day_of_publication_learned_later_counts_in_the_statistics(held: Register) -> None:
    scene = held.scene
    held.screen()
    held.record(scene.secretary, h.Bypassed("Бир күндө үч окуу"))
    held.record(scene.secretary, h.Published(), days_ago=30)
    held.record(scene.secretary, h.Adopted("№ 77"))
    with scene.database.reading() as session:
        found = counting.statistics(session, scene.chair.id).total.drafts
    assert (found.days, found.counted) == (30, 1)


def test_an_act_named_later_counts_as_changed_again_within_twelve_months(held: Register) -> None:
    scene = held.scene

    def amended() -> int:
        with scene.database.reading() as session:
            return counting.statistics(session, scene.chair.id).total.drafts.amended

    held.screen(days_ago=20)
    held.record(scene.secretary, h.Bypassed("?"), days_ago=20)
    adopted = held.record(scene.secretary, h.Adopted("№ 77"), days_ago=10).course.happenings[-1].on
    later = replace(held, act=service.enter_act(scene.database, scene.secretary.id, DRAFT))
    later.screen()
    later.record(scene.secretary, h.Bypassed("?"))
    later.record(scene.secretary, h.Amending((Amended(adopted, "77"),)))
    assert amended() == 0
    later.record(scene.secretary, h.Adopted("№ 78"))
    assert amended() == 1


def test_a_bundle_that_waits_to_be_screened_once_more_says_so_in_the_register(held: Register) -> None:
    scene = held.served().scene
    held.record(scene.unionist, opinion(scene.union))
    held.record(scene.secretary, h.Arrived(1))
    with scene.database.reading() as session:
        assert register.register(session, scene.chair.id, Choice(), None).rows[0].screening
    with pytest.raises(no.YesStands):
        service.screen(scene.database, scene.secretary.id, held.act, NOTHING, seen=held.seen())
    held.screen()
    with scene.database.reading() as session:
        assert not register.register(session, scene.chair.id, Choice(), None).rows[0].screening
        assert len(act_page(session, scene.chair.id, held.act).act.course.earlier_screenings) == 1


@pytest.mark.parametrize("act", ["", "UPDATE coordination_act SET completed = ''"])
def test_whoever_puts_an_entry_back_is_found_out(held: Register, act: str) -> None:
    database = held.scene.database
    held.record(held.scene.secretary, h.Corrected(Named("Үлүштөр"), "", "Басма катасы"))
    if act:
        with database.writing() as session:
            session.connection().execute(sa.text(act))
    with database.reading() as session:
        found = [each.key for each in altered_records(session)]
    assert found == (["coordination.sums_altered"] if act else [])


def test_a_publication_of_a_day_to_come_is_not_entered(held: Register) -> None:
    day = date(2190, 1, 1)
    with pytest.raises(PublishedInTheFuture):
        service.enter_act(held.scene.database, held.scene.secretary.id, replace(DRAFT, published=day))


@pytest.mark.parametrize("step", [h.Arrived(0, Named("Жобо")), h.Amending(BUNDLE.amends, "Ката")])
def test_what_completes_an_entry_is_read_back_as_it_was_written(step: h.What) -> None:
    assert document.read_what(document.kind_of(step), document.written(step)) == step


def test_the_sheet_tells_what_stands_what_stood_and_each_screening(held: Register) -> None:
    scene = held.scene
    held.screen()
    with scene.database.reading() as session:
        row = row_of(session, held)
        before = compose(session, row, storage.course(session, row.id), row.entered_on)
    held.record(scene.secretary, h.Arrived(1, Named("Жаңы жобо")))
    held.record(scene.secretary, h.Corrected(Named("Үлүштөр"), "", "Басма катасы"))
    held.screen()
    with scene.database.reading() as session:
        row = row_of(session, held)
        sheet = compose(session, row, storage.course(session, row.id), row.entered_on)
    assert read_sheet(written(sheet)) == sheet
    assert digest(sheet) != digest(before)
    assert "first" not in json.loads(written(before)), "an entry that nothing completed is written as ever"
    assert (sheet.first, sheet.draft.title) == (BUNDLE, Named("Үлүштөр"))
    assert sheet.arrived == {1: sheet.steps[1].on}
    assert len(sheet.course.earlier_screenings) == 1
    assert draw_sheet(read_sheet(written(before)), "ky") == draw_sheet(before, "ky")


@pytest.mark.poppler
def test_what_was_corrected_is_read_on_paper(held: Register) -> None:
    scene = held.scene
    held.screen()
    held.record(scene.secretary, h.Arrived(1, Named("Жаңы жобо")))
    held.record(scene.secretary, h.Corrected(Named("Үлүштөр"), "", "Басма катасы"))
    with scene.database.reading() as session:
        row = row_of(session, held)
        sheet = compose(session, row, storage.course(session, row.id), row.entered_on)
    printed = plain_text(draw_sheet(sheet, "ky"))
    for words in ("Үлүштөр", "Теңдөө тартиби", "Басма катасы", "Жаңы жобо"):
        assert words in printed
    awaits = text("coordination.awaits_screening", "ky").split(".", maxsplit=1)[0]
    assert awaits in " ".join(printed.split())


def test_everybody_reads_the_corrected_entry_with_what_stood_before(held: Register) -> None:
    scene = held.scene
    held.record(scene.secretary, h.Corrected(BUNDLE.title, "6-1/77", "Каттын номери"))
    held.record(scene.secretary, h.Corrected(Named("Үлүштөр"), "6-1/78", f"Катасы {scene.secretary.name}"))
    held.record(scene.secretary, h.Arrived(1))
    scopes: tuple[Scope, ...] = ("course", "all")
    for scope in scopes:
        with scene.database.reading() as session:
            today = bishkek_day(now(session))
        public.publish(scene.database, scene.secretary.id, held.act, scope, since=today, reason="Чечим")
        with scene.database.reading() as session:
            found = public.one(session, 1)
        assert found.title == Named("Үлүштөр")
        assert [each.kind for each in found.completions] == ["corrected", "arrived"]
        told = [(fact.label, fact.text) for fact in found.completions[0].facts]
        assert ("coordination.fact.was", BUNDLE.title.ky) in told
        assert ("Катасы" in repr(told)) == (scope == "all")
        assert "6-1" not in repr(found)
        assert scene.secretary.name not in repr(found)
