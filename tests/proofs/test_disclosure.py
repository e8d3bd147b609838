"""Around the opening no reader ever sees one side of a line, on either database."""

import threading
from concurrent.futures import ThreadPoolExecutor

from budgetproto.database import Database
from budgetproto.disputes import service
from budgetproto.disputes.positions import opening
from budgetproto.disputes.positions import storage as position_storage
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import entries
from budgetproto.sittings.domain import Stage, WrongStage
from tests.factories import Scene, declare_all_final, file_all, make_scene
from tests.proofs.conftest import Trials

_LINES = 3


def test_no_reader_sees_exactly_one_side(database: Database, trials: Trials) -> None:
    reads = 0
    for _ in trials.of(500):
        scene = make_scene(database, lines=_LINES)
        file_all(scene)
        declare_all_final(scene)
        over = threading.Event()
        with ThreadPoolExecutor(3) as pool:
            readers = [pool.submit(read_until, scene, over) for _ in range(2)]
            opening.open_positions(database, scene.key, scene.secretary.id, scene.sitting)
            over.set()
            seen = [each.result() for each in readers]
        reads += sum(len(each) for each in seen)
        for each in seen:
            assert set(each) <= {0, 2 * _LINES}
            assert each == sorted(each)  # what is open stays open
    trials.told = f"({reads:,} reads)"
    assert reads > 0


def read_until(scene: Scene, over: threading.Event) -> list[int]:
    """Read as a delegate does, again and again; return how many positions were seen each time."""
    seen = []
    last = False
    while not last:
        last = over.is_set()
        with scene.database.reading() as session:
            positions = position_storage.opened(session, scene.sitting)
            told = [each.kind for each in entries(session, sitting_chain(scene.sitting))]
            assert ("disputes.positions_opened" in told) == bool(positions)
            try:
                sitting, views = service.opened_lines(session, scene.minister.id, scene.sitting)
            except WrongStage:
                assert positions == []
            else:
                assert sitting.stage is Stage.OPENED
                assert [len(view.positions) for view in views] == [2] * _LINES
                assert {view.line.opened_at is None for view in views} == {False}
            seen.append(len(positions))
    return seen
