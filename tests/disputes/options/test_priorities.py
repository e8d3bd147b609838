"""What a side marks as its priorities: sealed, counted once open, and on a fifth of the money at most."""

from dataclasses import replace

import pytest

from budgetproto.database import Database
from budgetproto.disputes.domain import PriorityOutOfRange
from budgetproto.disputes.options import service as options
from budgetproto.disputes.options.document import PublishedOption
from budgetproto.disputes.positions import document, filing
from budgetproto.disputes.terms import proposing
from budgetproto.disputes.terms.proposing import KappaOutOfRange
from budgetproto.i18n import text
from budgetproto.money import Som
from budgetproto.protocol.composition import compose
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.gathering import gather
from budgetproto.sittings.storage import sitting_row
from tests.factories import Scene, file, make_scene, open_all, seen_by, settle_terms
from tests.protocol.reading import plain_text
from tests.stated import MILLION, make_position, new_terms

ASKED = tuple(Som(each * MILLION) for each in (400, 800, 800))


def state(scene: Scene, place: int, asked: Som, priority: int) -> None:
    """File for the union with a priority."""
    own = seen_by(scene, scene.union, line=place)
    filing.file_position(
        scene.database,
        scene.key,
        scene.speaker(scene.union).id,
        scene.lines[place],
        party_id=scene.union.id,
        position=replace(make_position(figure=asked), priority=priority),
        seen=own.version,
        files_seen=own.files_seen,
        confirmed=True,
    )


def held(database: Database, kappa: int, *priorities: int) -> Scene:
    """Hold a sitting on three questions up to the published option; 1,000 of 2,000 million can be found."""
    scene = make_scene(database, lines=3, terms=False)
    settle_terms(scene, terms=replace(new_terms(envelope=Som(1_000 * MILLION)), kappa=kappa))
    for place, (asked, priority) in enumerate(zip(ASKED, priorities, strict=True)):
        file(scene, scene.ministry, line=place, figure=Som(0))
        state(scene, place, asked, priority)
    open_all(scene)
    options.publish_option(database, scene.secretary.id, scene.sitting)
    return scene


def granted(scene: Scene) -> list[int]:
    """Return what each question gets, in millions."""
    with scene.database.reading() as session:
        option: PublishedOption | None = options.latest(session, scene.sitting)
    assert option is not None
    return [round((award.granted or Som(0)).tyiyn / MILLION) for award in option.awards.values()]


def test_with_a_weight_the_share_of_a_priority_rises_and_the_others_pay(database: Database) -> None:
    assert granted(held(database, 1_000, 10_000, 0, 0)) == [232, 384, 384]


def test_without_a_weight_priorities_decide_nothing(database: Database) -> None:
    assert granted(held(database, 0, 10_000, 0, 0)) == [200, 400, 400]


def test_whoever_marks_everything_marks_nothing(sqlite_database: Database) -> None:
    assert granted(held(sqlite_database, 1_000, 10_000, 10_000, 10_000)) == [200, 400, 400]


def test_more_than_a_fifth_of_the_money_is_scaled_down(sqlite_database: Database) -> None:
    # 800 of 2,000 million are marked, twice the fifth: half of the priority counts, five points of ten
    assert granted(held(sqlite_database, 1_000, 0, 10_000, 0)) == [192, 424, 384]


def test_a_position_without_a_priority_reads_as_it_always_did() -> None:
    plain = make_position()
    assert "priority" not in document.written(plain)
    marked = replace(plain, priority=2_550)
    assert document.read(document.written(marked)) == marked


@pytest.mark.parametrize("priority", [-1, 10_001])
def test_a_priority_is_a_part_of_a_hundred(sqlite_database: Database, priority: int) -> None:
    scene = make_scene(sqlite_database)
    with pytest.raises(PriorityOutOfRange):
        state(scene, 0, ASKED[0], priority)


@pytest.mark.parametrize("kappa", [-1, 1_001])
def test_the_weight_is_ten_points_at_most(sqlite_database: Database, kappa: int) -> None:
    scene = make_scene(sqlite_database, terms=False)
    with pytest.raises(KappaOutOfRange):
        proposing.propose_terms(
            sqlite_database, scene.secretary.id, scene.sitting, replace(new_terms(), kappa=kappa)
        )


def test_the_paper_prints_the_weight_and_each_priority(sqlite_database: Database) -> None:
    scene = held(sqlite_database, 500, 10_000, 0, 0)
    with sqlite_database.reading() as session:
        row = sitting_row(session, scene.sitting)
        assert row is not None
        printed = plain_text(draw(compose(gather(session, row.sitting())), "ru"))
    assert f"{text('protocol.position.priority', 'ru')}: 100 %" in printed.replace("\u00a0", " ")
    assert text("protocol.terms.kappa", "ru", kappa="5 %").replace("\u00a0", " ") in printed.replace(
        "\u00a0", " "
    )
