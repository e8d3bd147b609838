"""Backup, restore, compare: the heads are those of the moment, whatever the sitting had come to."""

from pathlib import Path

from budgetproto.database import Database
from budgetproto.money import Som
from budgetproto.operations.backup import back_up
from budgetproto.operations.restoring import drill
from tests.factories import file, file_all, make_scene, open_all
from tests.proofs.conftest import Trials

#: After so many drills the positions are opened and a fresh sitting is begun.
_PER_SITTING = 20


def test_every_drill_finds_the_heads_of_the_backup(
    database: Database, tmp_path: Path, trials: Trials
) -> None:
    slowest, scene = 0.0, make_scene(database)
    for number in trials.of(1_000):
        step = number % _PER_SITTING
        if number and step == 0:
            scene = make_scene(database)
        party = (scene.ministry, scene.union)[trials.random.randrange(2)]
        if step == _PER_SITTING - 1:
            file_all(scene)
            open_all(scene)
        else:
            file(scene, party, figure=Som(trials.random.randrange(10**12)))
        made = tmp_path / f"{number}.zip"
        back_up(database, made)
        report = drill(made, key=scene.key)
        assert report.unopenable == ()
        slowest = max(slowest, report.seconds)
        made.unlink()
    trials.told = f"(slowest {slowest:.2f} s)"
