"""kill -9 at random moments on SQLite: nothing acknowledged is lost, nothing is half there."""

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from budgetproto.database import Database
from budgetproto.disputes.positions import opening
from budgetproto.disputes.positions import storage as position_storage
from budgetproto.journal import party_chain, sitting_chain
from budgetproto.journal.storage import check, entries
from budgetproto.money import Som
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Stage
from tests.factories import Scene, declare_all_final, file, file_all, make_scene
from tests.proofs.conftest import Trials

#: Kills on one database before a fresh one is taken, so that checking it stays quick.
_PER_DATABASE = 50


def test_no_acknowledged_position_is_lost_to_a_kill(
    sqlite_template: Path, tmp_path: Path, trials: Trials
) -> None:
    acknowledged = 0
    kills = trials.of(10_000)
    for first in range(0, len(kills), _PER_DATABASE):
        url = copied(sqlite_template, tmp_path / f"{first}")
        with opened(url) as database:
            scene = make_scene(database, lines=4)
        acks: list[str] = []
        for number in range(min(_PER_DATABASE, len(kills) - first)):
            # Every other writer is left to file something first, however slow the machine.
            seconds = trials.random.random() * 0.15
            acks += killed(url, scene, file_for_ever, seconds=seconds, wanted=number % 2)
            check_whole(url, scene, acks)
        acknowledged += len(acks)
    trials.told = f"({acknowledged:,} acknowledged)"
    assert acknowledged >= len(kills) // 2  # the writers did write


def test_an_opening_that_is_killed_opens_everything_or_nothing(
    sqlite_template: Path, tmp_path: Path, trials: Trials
) -> None:
    outcomes = set()
    for number in trials.of(1_000):
        url = copied(sqlite_template, tmp_path / f"{number}")
        with opened(url) as database:
            scene = make_scene(database, lines=3)
            file_all(scene)
            declare_all_final(scene)
        # The first is left alone, the second never begins: the outcome is seen to differ.
        seconds = (30.0, 0.0)[number] if number < 2 else trials.random.random() * 0.03
        acks = killed(url, scene, open_once, seconds=seconds)
        with opened(url) as database, database.reading() as session:
            shown = position_storage.opened(session, scene.sitting)
            stage = stage_of(database, scene)
            assert len(shown) == (6 if stage is Stage.OPENED else 0)
            assert check(session, sitting_chain(scene.sitting)) is None
            assert not acks or stage is Stage.OPENED
        outcomes.add(stage)
    assert outcomes == {Stage.COLLECTING, Stage.OPENED}


def killed(
    url: str,
    scene: Scene,
    work: Callable[[Scene, Callable[[str], None]], None],
    *,
    seconds: float,
    wanted: int = 0,
) -> list[str]:
    """Let a child work, kill it some seconds after `wanted` acknowledgements; return all of them."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        with contextlib.suppress(BaseException):
            in_child(url, scene, work, writer)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as acks:
        began = acks.readline()
        assert began == b"begun\n"
        awaited = [acks.readline().decode().strip() for _ in range(wanted)]
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and os.waitpid(child, os.WNOHANG) == (0, 0):
            time.sleep(0.001)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        told = acks.read().decode().splitlines()
    with contextlib.suppress(ChildProcessError):  # already waited for
        os.waitpid(child, 0)
    return [*awaited, *told]


def in_child(
    url: str, scene: Scene, work: Callable[[Scene, Callable[[str], None]], None], writer: int
) -> None:
    database = Database(url)
    os.write(writer, b"begun\n")
    work(replace(scene, database=database), lambda told: _ack(writer, told))


def _ack(writer: int, told: str) -> None:
    os.write(writer, f"{told}\n".encode())


def file_for_ever(scene: Scene, acknowledge: Callable[[str], None]) -> None:
    for number in range(10**9):
        party, line = (scene.union, scene.ministry)[number % 2], number // 2 % len(scene.lines)
        receipt = file(scene, party, line=line, figure=Som(number))
        acknowledge(receipt.commitment)


def open_once(scene: Scene, acknowledge: Callable[[str], None]) -> None:
    opening.open_positions(scene.database, scene.key, scene.secretary.id, scene.sitting)
    acknowledge("opened")


def check_whole(url: str, scene: Scene, acks: list[str]) -> None:
    """From a fresh connection: every acknowledged position is there, and row and chain agree on each."""
    with opened(url) as database, database.reading() as session:
        connection = session.connection()
        rows = set(connection.exec_driver_sql("SELECT commitment FROM dispute_position").scalars())
        chained = set()
        for party in (scene.union, scene.ministry):
            chain = party_chain(scene.sitting, party.id)
            assert check(session, chain) is None
            chained |= {each.values()["commitment"] for each in entries(session, chain)}
        assert rows == chained
        assert set(acks) <= rows
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert len(rows) == connection.exec_driver_sql("SELECT count(*) FROM dispute_position").scalar()


def stage_of(database: Database, scene: Scene) -> Stage:
    with database.reading() as session:
        return sittings.admitted(session, scene.secretary.id, scene.sitting)[0].stage


def copied(template: Path, folder: Path) -> str:
    folder.mkdir()
    (folder / "budgetproto.sqlite3").write_bytes(template.read_bytes())
    return f"sqlite:///{folder}/budgetproto.sqlite3"


@contextlib.contextmanager
def opened(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.close()
