"""Two keepers write in the register at once: neither loses what was typed, nor takes the other's place."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from budgetproto.coordination import service, storage
from budgetproto.coordination.service import ProcedureMoved
from budgetproto.database import Database
from tests.coordination.held import DRAFT
from tests.coordination.test_procedure_values import WHOLE
from tests.factories import make_scene
from tests.proofs.test_races import race

_ROUNDS = 6


def test_two_drafts_entered_at_once_get_a_number_each(database: Database) -> None:
    keeper = make_scene(database).secretary.id
    with ThreadPoolExecutor(2) as pool:
        for _ in range(_ROUNDS):
            entered = race(pool, *[partial(service.enter_act, database, keeper, DRAFT)] * 2)
            assert [type(each) for each in entered] == [str, str], entered
    with database.reading() as session:
        assert [row.number for row in storage.act_rows(session)] == list(range(1, 2 * _ROUNDS + 1))


def test_of_two_versions_set_at_once_by_who_saw_the_same_one_is_taken(database: Database) -> None:
    keeper = make_scene(database).secretary.id
    with database.reading() as session:
        held = storage.procedures(session, WHOLE.level)
    later = replace(WHOLE, since=max((each.since for each in held.values()), default=WHOLE.since))
    with ThreadPoolExecutor(2) as pool:
        for number in range(len(held), len(held) + _ROUNDS):
            change = partial(service.set_procedure, database, keeper, later, seen=number)
            results = race(pool, change, change)
            assert number + 1 in results, results
            (lost,) = (each for each in results if isinstance(each, ProcedureMoved))
            assert lost.details == {"latest": number + 1, "seen": number}
