"""Two keepers change one setting at once, having seen the same: one is told what the other put there."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

from budgetproto.database import Database
from budgetproto.i18n import Named
from budgetproto.journal import SYSTEM
from budgetproto.journal.storage import entries
from budgetproto.sittings.events import SettingChanged
from budgetproto.sittings.procedure import SettingMoved, change_setting, procedure
from tests.factories import make_scene
from tests.proofs.test_races import one_won, race

SOURCE = Named("Чечим", "Решение", "Decision")
_ROUNDS = 5


def test_of_two_who_change_a_setting_at_once_one_is_told_of_the_other(database: Database) -> None:
    keeper = make_scene(database).secretary.id
    with ThreadPoolExecutor(2) as pool:
        for number in range(_ROUNDS):
            with database.reading() as session:
                seen = procedure(session).settings["readings"].told
            change = partial(change_setting, database, keeper, "readings", source=SOURCE, seen=seen)
            values = "45" if number % 2 else "67"
            one_won(race(pool, *(partial(change, value=each) for each in values)), SettingMoved)
    with database.reading() as session:
        told = entries(session, SYSTEM, kind=SettingChanged.kind)
    assert len(told) == _ROUNDS
