"""The procedure of coordination that the service ships with, one version for each level of initiators."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from sqlmodel import Session

from budgetproto.coordination import storage
from budgetproto.coordination.domain import Level
from budgetproto.coordination.events import ProcedureShipped
from budgetproto.coordination.procedure_values import COUNTED, TIMED, WORDED, Procedure, Rule, check_procedure
from budgetproto.coordination.service import put_version
from budgetproto.database import Database
from budgetproto.i18n import Named
from budgetproto.journal import SYSTEM, append
from budgetproto.journal.domain import sha256_of

SHIPPED: Final = Path(__file__).with_name("shipped_procedures.toml")


@cache
def shipped(file: Path = SHIPPED) -> Mapping[Level, Procedure]:
    """Return the shipped procedure of every level; each of its rules is a proposal with its source."""
    with file.open("rb") as opened:
        written = tomllib.load(opened)
    return {level: _procedure(level, written) for level in Level}


def load_procedures(database: Database, procedures: Mapping[Level, Procedure] | None = None) -> int:
    """Set the shipped procedure where nobody has set another; return for how many levels it was set.

    A level whose latest version somebody set stays as it is. A shipped version that says something else
    than the one before it becomes the next: what was in force stays on record.
    """
    with database.writing() as session:
        return sum(
            _load(session, procedure, storage.procedure_rows(session, level))
            for level, procedure in (procedures or shipped()).items()
        )


def _load(session: Session, procedure: Procedure, rows: list[storage.ProcedureRow]) -> bool:
    last = rows[-1] if rows else None
    if last is not None and (last.person or _same(last.procedure(), procedure)):
        return False
    row = put_version(session, "", procedure, len(rows) + 1)
    event = ProcedureShipped(row.level, row.version, row.since.isoformat(), sha256_of(row.document))
    append(session, SYSTEM, event)
    return True


def _same(one: Procedure, other: Procedure) -> bool:
    return (one.since, one.rules) == (other.since, other.rules)


def _procedure(level: Level, written: Mapping[str, Any]) -> Procedure:
    since, own = written["since"], written[level.value]
    sources = {name: Named(**texts) for name, texts in written["sources"].items()}
    worded = {key: _worded(own.get(key) or written["common"][key], sources, since) for key in WORDED}
    terms = {key: own["days"][key.removesuffix("_days")] for key in TIMED}
    counts = {key: own[key] for key in COUNTED}
    numbers = {key: _counted(n, sources, since) for key, n in (terms | counts).items()}
    found = Procedure(level, 1, since, {**worded, **numbers})
    check_procedure(found)
    return found


def _worded(texts: Mapping[str, str], sources: Mapping[str, Named], since: date) -> Rule:
    said = Named(texts["ky"], texts["ru"], texts["en"])
    return Rule(sources[texts["source"]], since, by_act=False, text=said, proposed=True)


def _counted(number: int, sources: Mapping[str, Named], since: date) -> Rule:
    return Rule(sources["terms"], since, by_act=False, number=number, proposed=True)
