"""The time of a refused log-in: a wrong password for a known name against an unknown name, medians of many.

    python -m benchmarks.log_in [--tries 60]

Both hash once; a difference that could be measured over a network would tell which names exist. The two are
tried in turn, so that what else the machine does falls on both alike.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import count

from budgetproto.accounts.service import WrongLogIn, add_person, log_in
from budgetproto.database import Database
from budgetproto.database.migrations import migrate

_ORIGINS = count()


def refused(database: Database, login: str) -> float:
    """Return the seconds a refused log-in takes, from an origin of its own so that nothing rests."""
    origin = f"2001:db8:{next(_ORIGINS):x}::1"
    begun = time.perf_counter()
    try:
        log_in(database, login, "a wrong password", origin=origin)
    except WrongLogIn:
        return time.perf_counter() - begun
    raise AssertionError("the password was taken")


def measured(database: Database, tries: int) -> dict[str, list[float]]:
    """Try both in turn; names change before any of them rests for everybody."""
    add_person(database, login="known", name="Аида", password="төрт эски суу тегирмен")
    names: dict[str, Callable[[int], str]] = {"wrong": lambda _: "known", "unknown": lambda turn: f"x{turn}"}
    times: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(tries):
        for name, login in names.items():
            times[name].append(refused(database, login(turn)))
    return times


def main() -> None:
    """Print both medians and their ratio."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--tries", type=int, default=60, choices=range(1, 100), metavar="1..99")
    tries = arguments.parse_args().tries
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/log_in.sqlite3")
        migrate(database)
        with database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA query_only=0")
        times = measured(database, tries)
        database.close()
    wrong, unknown = (statistics.median(times[name]) * 1000 for name in ("wrong", "unknown"))
    print(f"wrong password {wrong:.1f} ms, unknown name {unknown:.1f} ms, ratio {unknown / wrong:.3f}")


if __name__ == "__main__":
    main()
