"""Where floors exceed the envelope nothing is recommended; who would be served first stands beside it."""

from dataclasses import replace

import pytest

from budgetproto.database import Database
from budgetproto.disputes.options import service as options
from budgetproto.disputes.options.document import Served as Published
from budgetproto.i18n import LANGUAGES, Language, text
from budgetproto.money import Som
from budgetproto.protocol.composition import compose, snapshot_document, stored_snapshot
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.gathering import gather
from budgetproto.protocol.snapshot import Snapshot
from budgetproto.sittings.storage import sitting_row
from tests.factories import file, make_scene, open_all
from tests.protocol.reading import plain_text
from tests.stated import FOUND, MILLION, line_text

#: The floor of the first question alone is above the 2,200 million that were found.
FLOOR = Som(2_500 * MILLION)


@pytest.fixture
def short(database: Database) -> Snapshot:
    """Two questions, opened and published, of which the first has a floor that cannot be paid."""
    scene = make_scene(database, texts=(line_text(floor=FLOOR), line_text()))
    for place in range(2):
        file(scene, scene.ministry, line=place, figure=Som(0))
        file(scene, scene.union, line=place, figure=Som(3_000 * MILLION))
    open_all(scene)
    options.publish_option(database, scene.secretary.id, scene.sitting)
    with database.reading() as session:
        published = options.latest(session, scene.sitting)
        assert published is not None
        assert published.emergency[0] == Published(1, "floor", FLOOR, FOUND)
        row = sitting_row(session, scene.sitting)
        assert row is not None
        return gather(session, row.sitting())


def test_the_floor_gets_all_the_money_and_the_others_nothing(short: Snapshot) -> None:
    assert short.option is not None
    served = {(each.line, each.tier): each.granted for each in short.option.emergency}
    assert served == {(1, "floor"): FOUND, (1, "other"): Som(0), (2, "other"): Som(0)}


def test_no_line_has_a_recommended_figure(short: Snapshot) -> None:
    assert [line.option.figure for line in short.lines if line.option] == [None, None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_printed_as_a_table_that_says_it_is_no_recommendation(
    short: Snapshot, language: Language
) -> None:
    printed = plain_text(draw(compose(short), language))
    for key in ("disputes.option.emergency", "disputes.option.emergency.what", "balancing.table.tier_floor"):
        assert text(key, language) in printed


def test_a_snapshot_keeps_it_and_one_without_it_reads_as_before(short: Snapshot) -> None:
    assert stored_snapshot(snapshot_document(short)) == short
    assert short.option is not None
    without = replace(short, option=replace(short.option, emergency=()))
    assert "emergency" not in str(snapshot_document(without))
