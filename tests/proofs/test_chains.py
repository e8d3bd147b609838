"""A database administrator with an editor: every flipped bit, and every forged reveal, is found."""

import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

import pytest

from budgetproto.database import Database
from budgetproto.disputes.positions import document, sealing
from budgetproto.disputes.positions.sealing import Place, SealBroken, Unsealed
from budgetproto.journal import SYSTEM, Event, append
from budgetproto.journal.storage import check, entries
from budgetproto.money import Som
from tests.factories import drop_guard
from tests.journal.test_domain import WHOLE, broken, flips
from tests.proofs.conftest import Trials
from tests.stated import make_position

_COLUMNS = ("chain", "sequence", "at", "kind", "payload", "previous", "hash")


@dataclass(frozen=True)
class GrantCounted(Event):
    """A test event with Kyrgyz letters."""

    kind: ClassVar[str] = "tests.grant_counted"
    number: int
    name: str


def test_every_flipped_bit_of_fifty_entries_is_found(trials: Trials) -> None:
    ways = [(place, flip) for place, entry in enumerate(WHOLE) for flip in flips(entry)]
    for _ in trials.of(1_000_000):
        place, flip = trials.random.choice(ways)
        found = broken([*WHOLE[:place], flip(), *WHOLE[place + 1 :]])
        assert found is not None
        assert found.sequence == place + 1


def test_every_flipped_bit_in_the_file_is_found(
    sqlite_database: Database, tmp_path: Path, trials: Trials
) -> None:
    """Bits of the stored bytes themselves, be the outcome no time, no number and no text any more."""
    with sqlite_database.writing() as session:
        for number in range(50):
            append(session, SYSTEM, GrantCounted(number, f"Гранттар №{number}"))
    drop_guard(sqlite_database, "journal_entry")
    with sqlite_database.reading() as session:
        whole = entries(session, SYSTEM)
    sqlite_database.close()
    file = sqlite3.connect(tmp_path / "budgetproto.sqlite3", isolation_level=None)
    for _ in trials.of(50_000):
        row, column = trials.random.randint(1, 50), trials.random.choice(_COLUMNS)
        where = f"WHERE rowid = (SELECT rowid FROM journal_entry ORDER BY rowid LIMIT 1 OFFSET {row - 1})"
        (kept,) = file.execute(f"SELECT {column} FROM journal_entry {where}").fetchone()
        altered = flipped(kept, trials)
        try:
            file.execute(f"UPDATE journal_entry SET {column} = CAST(? AS {sort(kept)}) {where}", (altered,))
        except sqlite3.IntegrityError:
            continue  # the table itself refuses it
        with sqlite_database.reading() as session:
            found = check(session, SYSTEM)
            # A letter between date and time may change without changing the instant: nothing is altered then.
            assert found is not None or entries(session, SYSTEM) == whole, (column, kept, altered)
        sqlite_database.close()
        file.execute(f"UPDATE journal_entry SET {column} = ? {where}", (kept,))
    file.close()


def flipped(kept: Any, trials: Trials) -> bytes | int:
    if isinstance(kept, int):
        return kept ^ 1 << trials.random.randrange(62)
    raw = bytearray(kept.encode())
    raw[trials.random.randrange(len(raw))] ^= 1 << trials.random.randrange(8)
    return bytes(raw)


def sort(kept: Any) -> str:
    return "INTEGER" if isinstance(kept, int) else "TEXT"


def test_no_forged_reveal_is_accepted(trials: Trials) -> None:
    place = Place("sitting-2020", "line-grants", "union", 1)
    written = document.written(make_position())
    sealed = sealing.seal(bytes(32), place, written)
    true = Unsealed(written, sealed.nonce)
    sealing.check(place, true, sealed.commitment)
    for _ in trials.of(100_000):
        forged, where = forgery(true, place, trials)
        with pytest.raises(SealBroken):
            sealing.check(where, forged, sealed.commitment)


def forgery(true: Unsealed, place: Place, trials: Trials) -> tuple[Unsealed, Place]:
    """Alter the figure, the nonce or the place."""
    match trials.random.randrange(3):
        case 0:
            figure = Som(trials.random.randrange(10**13) + 60_000_000_001)
            return replace(true, document=document.written(make_position(figure=figure))), place
        case 1:
            bit = 1 << trials.random.randrange(256)
            return replace(true, nonce=f"{int(true.nonce, 16) ^ bit:064x}"), place
    return true, replace(place, version=trials.random.randrange(2, 10**6))
