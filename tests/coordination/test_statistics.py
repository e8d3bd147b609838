"""The statistics add up what the courses say: nothing twice, silence by the day, re-amendments by date."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.coordination import document, storage, summaries, summary_storage
from budgetproto.coordination import happenings as h
from budgetproto.coordination.counting import bypassed_acts, statistics
from budgetproto.coordination.course import Course
from budgetproto.coordination.domain import Amended, Draft, Level
from budgetproto.coordination.happenings import Stance, Verdict
from budgetproto.coordination.sheets import associations_sheet, initiators_sheet
from budgetproto.coordination.statistics import Drafts, Words
from budgetproto.coordination.storage import ActRow
from budgetproto.database import Database, new_id
from budgetproto.errors import Unknown
from budgetproto.i18n import Named
from tests.coordination.going import MANDATORY, START, deadlines, goes
from tests.factories import Scene, make_scene

MINISTRY, DEPUTY = Named("Финансы министрлиги"), Named("Депутат А.")
LAW = Amended(date(2011, 7, 15), "№ 101")
AFTER = date(2026, 11, 17)
_AT = datetime(2026, 11, 17, tzinfo=UTC)


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database, lines=1, terms=False)


def draft(initiator: Named = MINISTRY, **other: object) -> Draft:
    level = Level.MINISTRY if initiator is MINISTRY else Level.DEPUTY
    made = Draft(Named("Мыйзам"), level, initiator, published=date(2026, 10, 1))
    return replace(made, **other)  # type: ignore[arg-type]


def keep(session: Session, what: Draft, course: Course) -> str:
    """Keep a draft with its sums, as the service does after its last step."""
    row = ActRow(
        id=new_id(),
        number=0,
        level=what.level.value,
        document=document.written(what),
        stage=course.stage.value,
        entered_on=START,
    )
    storage.add_numbered(session, row)
    summaries.reckon(session, row, course, deadlines(course) if course.screened else None)
    return row.id


def asked(scene: Scene) -> Course:
    union = scene.union.id
    return goes(Course(), START, h.Screened(MANDATORY, 1, (union,)), h.Served(union, "№ 1"))


def adopted(scene: Scene, on: date, number: str = "№ 12") -> Course:
    return goes(asked(scene), on, h.Bypassed("Үч окуу бир күндө"), h.Adopted(number))


def test_each_initiator_has_its_drafts_by_their_way(scene: Scene) -> None:
    remarks = (("1", "а"), ("2", "б"))
    opined = h.Opined(scene.union.id, Stance.WITH_REMARKS, "", remarks)
    with scene.database.writing() as session:
        keep(session, draft(), Course())
        keep(session, draft(), goes(asked(scene), START, opined, h.Answered(1, Verdict.REJECTED, "Жок")))
        keep(session, draft(), goes(asked(scene), AFTER, h.Closed()))
        keep(session, draft(DEPUTY), adopted(scene, AFTER))
    with scene.database.reading() as session:
        found = statistics(session, scene.minister.id)
    by_name = {each.name: each for each in found.initiators}
    assert by_name[MINISTRY].drafts == Drafts(entered=4 - 1, touching=2, coordinated=1)
    assert by_name[MINISTRY].drafts.open == 1
    assert by_name[MINISTRY].words == Words(opinions=1, silent=1, rejected=1, unanswered=1)
    assert by_name[DEPUTY].drafts == Drafts(
        entered=1, touching=1, bypassed=1, adopted=1, days=47, counted=1, least=47, most=47
    )
    (union,) = found.associations
    assert (union.body, union.asked, union.words.remarks) == (scene.union.id, 3, 2)
    assert found.total.drafts.entered == 4


def test_silence_is_seen_on_the_day_after_the_term_without_an_entry(scene: Scene) -> None:
    with scene.database.writing() as session:
        keep(session, draft(), asked(scene))
    last = date(2026, 11, 16)
    with scene.database.reading() as session:
        for day, silent in ((last, 0), (last + timedelta(1), 1)):
            (found,) = summary_storage.of_initiators(session, day)
            assert found.words.silent == silent


@pytest.mark.parametrize(
    ("later", "amended"), [(timedelta(365), 1), (timedelta(366), 0), (timedelta(0), 0)], ids=str
)
def test_an_act_is_amended_again_within_twelve_months_and_no_day_longer(
    scene: Scene, later: timedelta, amended: int
) -> None:
    with scene.database.writing() as session:
        keep(session, draft(amends=(LAW,)), adopted(scene, AFTER))
        keep(session, draft(DEPUTY, amends=(LAW,)), adopted(scene, AFTER + later, "№ 13"))
    assert amendments(scene)[MINISTRY] == amended


def test_who_changes_the_new_act_itself_amends_it_again_and_only_once(scene: Scene) -> None:
    own = Amended(AFTER, "№12")
    with scene.database.writing() as session:
        keep(session, draft(amends=(LAW,)), adopted(scene, AFTER))
        for number in ("№ 13", "№ 14"):
            changes = draft(DEPUTY, amends=(own, LAW))
            keep(session, changes, adopted(scene, AFTER + timedelta(30), number))
    assert amendments(scene) == {MINISTRY: 1, DEPUTY: 0}


def amendments(scene: Scene) -> dict[Named, int]:
    with scene.database.reading() as session:
        found = summary_storage.of_initiators(session, AFTER)
    return {each.name: each.drafts.amended for each in found}


def test_the_bypassed_are_listed_with_what_is_known_of_why_to_both_sides(scene: Scene) -> None:
    union = scene.union.id
    appealed = goes(
        adopted(scene, AFTER),
        AFTER,
        h.Appealed(union, "Премьер", "Кыйгап өтүү"),
        h.Ruled(1, h.Ruling.UPHELD, "Туура"),
    )
    with scene.database.writing() as session:
        keep(session, draft(), asked(scene))
        act = keep(session, draft(DEPUTY), appealed)
        for number, each in enumerate(appealed.happenings, start=1):
            session.add(_row(act, number, each))
    for person in (scene.minister, scene.unionist):
        with scene.database.reading() as session:
            (found,), _ = bypassed_acts(session, person.id, 2026, None)
        assert (found.why, found.appealed, found.upheld) == ("Үч окуу бир күндө", 1, 1)
    with scene.database.reading() as session:
        with pytest.raises(Unknown):
            statistics(session, scene.outsider.id)
        with pytest.raises(Unknown):
            bypassed_acts(session, scene.outsider.id, 2026, None)


def test_a_bypass_on_record_is_not_undone_by_a_later_close(scene: Scene) -> None:
    passed_by = goes(asked(scene), START, h.Bypassed("Үч окуу бир күндө"))
    opened_again = goes(
        goes(passed_by, AFTER, h.Closed()),
        AFTER,
        h.Appealed(scene.union.id, "Премьер", "Кыйгап өтүү"),
        h.Ruled(1, h.Ruling.UPHELD, "Туура"),
    )
    courses = {"open": passed_by, "closed": goes(passed_by, AFTER, h.Closed()), "reopened": opened_again}
    with scene.database.writing() as session:
        keep(session, draft(), goes(asked(scene), AFTER, h.Closed()))
        for name, course in courses.items():
            act = keep(session, draft(reference=name), course)
            session.add_all(_row(act, at, each) for at, each in enumerate(course.happenings, start=1))
    with scene.database.reading() as session:
        (found,) = statistics(session, scene.chair.id).initiators
        acts, _ = bypassed_acts(session, scene.chair.id, 2026, None)
        assert summary_storage.count_bypassed(session, 2026) == 3
    assert found.drafts == Drafts(entered=4, touching=4, coordinated=1, bypassed=3)
    assert {each.draft.reference: each.coordinated_on for each in acts} == {
        "open": None,
        "closed": AFTER,
        "reopened": None,
    }


def _row(act: str, number: int, each: h.Happening) -> storage.HappeningRow:
    kind, written = document.kind_of(each.what), document.written(each.what)
    return storage.HappeningRow(
        act=act,
        number=number,
        kind=kind,
        on=each.on,
        recorded=each.recorded,
        document=written,
        digest="",
        person="",
        at=_AT,
    )


def test_the_files_have_the_figures_of_the_page(scene: Scene) -> None:
    with scene.database.writing() as session:
        keep(session, draft(illustrative=True), adopted(scene, AFTER))
    with scene.database.reading() as session:
        found = statistics(session, scene.chair.id)
        assert accounts.parties(session)
    sheet = initiators_sheet(found)
    row = dict(zip([column.key for column in sheet.columns], next(iter(sheet.rows)), strict=True))
    assert (row["year"], row["bypassed"], row["average"]) == (2026, 1, 47)
    assert row["illustrative"]
    assert len(sheet.totals[0].cells) == len(sheet.columns)
    assert len(next(iter(associations_sheet(found).rows))) == len(associations_sheet(found).columns)


_COUNTS = st.builds(
    Drafts,
    entered=st.integers(0, 9),
    days=st.integers(0, 900),
    counted=st.integers(0, 9),
    least=st.none() | st.integers(0, 9),
    most=st.none() | st.integers(0, 9),
)


@given(_COUNTS, _COUNTS, _COUNTS)
def test_years_add_up_in_any_order(one: Drafts, two: Drafts, three: Drafts) -> None:
    assert (one + two) + three == one + (two + three)
    assert one + two == two + one
    assert Drafts() + one == one
