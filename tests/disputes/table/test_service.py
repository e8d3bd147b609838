"""The table shows each reader what is his, filtered and sorted alike by the database and by us."""

from dataclasses import replace

import pytest

from budgetproto.database import Database
from budgetproto.disputes.domain import LineText, Measure
from budgetproto.disputes.positions import opening
from budgetproto.disputes.table import service
from budgetproto.disputes.table.choice import Choice
from budgetproto.disputes.table.domain import Status
from budgetproto.disputes.table.service import Table
from budgetproto.errors import Unknown
from budgetproto.i18n import Language, Named
from budgetproto.money import Som
from budgetproto.sittings.domain import Stage
from tests.factories import Scene, file, make_scene, open_all, reach_deadline
from tests.remembered import remembered
from tests.stated import GRANTS, MILLION, line_text

ROADS = Named("Жолдор", "Дороги", "Roads")
LAKE = Named("Ысык-Көлдү тазалоо", "Очистка Иссык-Куля", "Cleaning the lake")
TEACHERS = Named("Мугалимдердин акысы", "Оплата учителей", "Teachers' pay")
SHARE = Named("Салыктын үлүшү", "Доля налога", "Share of a tax")


def texts() -> tuple[LineText, ...]:
    roads = replace(line_text(title=ROADS, government=Som(0), lsg=GRANTS), territory="41702205000000")
    lake = replace(line_text(title=LAKE), kind="targeted", territory="41702000000000")
    teachers = replace(line_text(title=TEACHERS, government=Som(5 * MILLION)), kind="targeted")
    share = line_text(title=SHARE, measure=Measure.PERCENTAGE, government=3500, money_base=Som(MILLION))
    return roads, lake, teachers, share


@pytest.fixture
def scene(database: Database) -> Scene:
    """Make a sitting that collects positions on four lines of different kinds, territories and measures."""
    return make_scene(database, texts=texts())


@pytest.fixture
def opened(database: Database) -> Scene:
    return all_open(database)


@remembered
def all_open(database: Database) -> Scene:
    """Open it: the first line differs by 600 million, the second is agreed, the third is one-sided."""
    scene = make_scene(database, texts=texts())
    file(scene, scene.ministry, line=0, figure=Som(0))
    file(scene, scene.union, line=0, figure=GRANTS)
    file(scene, scene.ministry, line=1, figure=Som(7 * MILLION))
    file(scene, scene.union, line=1, figure=Som(7 * MILLION))
    file(scene, scene.union, line=2, figure=Som(9 * MILLION))
    file(scene, scene.ministry, line=3, figure=3500)
    file(scene, scene.union, line=3, figure=5000)
    open_all(scene)
    return scene


def seen(
    scene: Scene, who: str = "secretary", choice: Choice | None = None, language: Language = "ky"
) -> Table:
    with scene.database.reading() as session:
        return service.table(session, getattr(scene, who).id, scene.sitting, choice or Choice(), language)


def numbers(scene: Scene, choice: Choice, who: str = "secretary") -> list[int]:
    return [entry.line.number for entry in seen(scene, who, choice).entries]


def test_a_stranger_gets_no_table(scene: Scene) -> None:
    with pytest.raises(Unknown):
        seen(scene, "outsider")


def test_a_delegate_knows_of_his_own_filings_alone(scene: Scene) -> None:
    file(scene, scene.ministry, line=0, figure=Som(0))
    file(scene, scene.union, line=1, figure=GRANTS)
    table = seen(scene, "unionist")
    assert table.parties == (scene.union,)
    assert [entry.filed for entry in table.entries] == [(0,), (1,), (0,), (0,)]
    assert [entry.status for entry in table.entries].count(Status.FILED) == 1
    assert all((entry.government, entry.lsg) == (None, None) for entry in table.entries)


def test_the_other_side_changes_nothing_of_a_table_before_the_opening(scene: Scene) -> None:
    before = seen(scene, "minister")
    file(scene, scene.union, line=1, figure=GRANTS)
    assert seen(scene, "minister") == before


def test_the_secretary_sees_yes_or_no_and_never_a_version(scene: Scene) -> None:
    file(scene, scene.union, line=1, figure=GRANTS)
    file(scene, scene.union, line=1, figure=GRANTS, seen=1)
    file(scene, scene.ministry, line=1, figure=Som(0))
    table = seen(scene)
    assert not table.versions
    assert table.entries[1].filed == (1, 0, 1, 0)
    assert [entry.status for entry in table.entries] == [Status.MISSING, Status.FILED, *[Status.MISSING] * 2]


def test_a_reader_without_filings_is_told_no_status_and_cannot_choose_by_it(scene: Scene) -> None:
    table = seen(scene, "chair", Choice(status=Status.FILED, sort="status"))
    assert table.statuses == ()
    assert table.found == 4
    assert table.ignored == ("status", "sort")


def test_nobody_sorts_by_what_is_sealed(scene: Scene) -> None:
    file(scene, scene.union, line=0, figure=GRANTS)
    table = seen(scene, "minister", Choice(sort="lsg", descending=True))
    assert table.ignored == ("sort",)
    assert [entry.line.number for entry in table.entries] == [1, 2, 3, 4]


def test_after_the_opening_each_line_says_how_it_stands(opened: Scene) -> None:
    statuses = [entry.status for entry in seen(opened, "minister").entries]
    assert statuses == [Status.DIFFERING, Status.AGREED, Status.ONE_SIDED, Status.DIFFERING]


def test_a_line_in_its_second_term_is_closed_and_tells_no_figure(scene: Scene) -> None:
    file(scene, scene.union, line=0, figure=GRANTS)
    reach_deadline(scene)
    opening.open_positions(scene.database, scene.key, scene.secretary.id, scene.sitting)
    for who in ("minister", "secretary", "unionist"):
        first = seen(scene, who).entries[0]
        assert first.status is Status.CLOSED
        assert (first.lsg, first.difference) == (None, None)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(kind="targeted"), [2, 3]),
        (Choice(territory="republic"), [3, 4]),
        (Choice(territory="41702000000000"), [1, 2]),
        (Choice(measure="percentage"), [4]),
        (Choice(status="agreed"), [2]),
        (Choice(words="ысык кол"), [2]),
        (Choice(words="УЧИТЕЛЕЙ"), [3]),
        (Choice(words="№4"), [4]),
        (Choice(words="жол", status="agreed"), []),
        (Choice(kind="targeted", status="one_sided"), [3]),
    ],
)
def test_filters_keep_what_was_asked_for(opened: Scene, choice: Choice, expected: list[int]) -> None:
    assert numbers(opened, choice) == expected
    assert seen(opened, choice=choice).found == len(expected)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(descending=True), [4, 3, 2, 1]),
        (Choice(sort="title"), [1, 3, 4, 2]),
        (Choice(sort="lsg"), [2, 3, 1, 4]),
        (Choice(sort="lsg", descending=True), [4, 1, 3, 2]),
        (Choice(sort="difference"), [2, 1, 4, 3]),
        (Choice(sort="difference", descending=True), [4, 1, 2, 3]),
        (Choice(sort="share"), [2, 4, 1, 3]),
    ],
)
def test_what_is_not_stated_stands_last_in_every_order(
    opened: Scene, choice: Choice, expected: list[int]
) -> None:
    assert numbers(opened, choice) == expected


def test_pages_follow_each_other_whoever_cuts_them(opened: Scene) -> None:
    for sort in ("number", "title"):
        whole = numbers(opened, Choice(sort=sort))
        pages = [numbers(opened, replace(Choice(sort=sort, size=3), page=page)) for page in (1, 2)]
        assert [len(page) for page in pages] == [3, 1]
        assert [*pages[0], *pages[1]] == whole


@pytest.mark.parametrize("sort", ["number", "title"])
def test_a_page_that_does_not_exist_is_the_first(opened: Scene, sort: str) -> None:
    table = seen(opened, choice=Choice(sort=sort, page=9))
    assert (table.choice.page, len(table.entries), table.ignored) == (1, 4, ("page",))


def test_a_kind_no_line_has_is_named(opened: Scene) -> None:
    table = seen(opened, choice=Choice(kind="nowhere", territory="41799000000000"))
    assert table.ignored == ("kind", "territory")
    assert table.found == 4


def test_nothing_found_is_no_fault(opened: Scene) -> None:
    table = seen(opened, choice=Choice(words="жок мындай"))
    assert (table.entries, table.found, table.summary.lines, table.ignored) == ((), 0, 4, ())


def test_a_sitting_without_lines_has_an_empty_table(database: Database) -> None:
    table = seen(make_scene(database, lines=0, stage=Stage.PREPARING, terms=False))
    assert (table.entries, table.summary.lines, table.pages) == ((), 0, 1)
