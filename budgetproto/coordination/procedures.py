"""What the pages of the procedures show: every version for a level, which one holds, what changed."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.coordination import storage
from budgetproto.coordination.applying import held_in
from budgetproto.coordination.domain import Level
from budgetproto.coordination.procedure_values import Procedure, changed_rules, in_force
from budgetproto.database import now
from budgetproto.errors import Unknown
from budgetproto.i18n.formatting import bishkek_day


@dataclass(frozen=True)
class Version:
    """One version of a procedure: on which day it was entered, and by whom; nobody for a shipped one."""

    procedure: Procedure
    entered: date
    by: str

    @property
    def number(self) -> int:
        """The number of the version."""
        return self.procedure.version


@dataclass(frozen=True)
class Versions:
    """Every version for one level, the oldest first, and the one that holds today."""

    level: Level
    versions: tuple[Version, ...]
    held: Procedure | None

    @property
    def proposed_only(self) -> bool:
        """Tell whether what holds is only proposed."""
        return self.held is not None and self.held.proposed_only

    @property
    def latest(self) -> Version | None:
        """The version entered last; it may begin only later."""
        return self.versions[-1] if self.versions else None

    def version(self, number: int) -> Version:
        """Return a version by its number; raise Unknown when there is none."""
        if not 1 <= number <= len(self.versions):
            raise Unknown
        return self.versions[number - 1]

    def changed(self, before: int, after: int) -> tuple[str, ...]:
        """Return the rules in which two versions differ."""
        return changed_rules(self.version(before).procedure, self.version(after).procedure)


def versions_of(session: Session, level: Level) -> Versions:
    """Return every version for a level."""
    rows = storage.procedure_rows(session, level)
    found = tuple(_version(session, row) for row in rows)
    by_number = {each.number: each.procedure for each in found}
    return Versions(level, found, in_force(by_number, bishkek_day(now(session))))


def every_level(session: Session) -> tuple[Versions, ...]:
    """Return the versions of every level, in the order of the levels."""
    return tuple(versions_of(session, level) for level in Level)


def in_force_today(session: Session) -> tuple[Procedure, ...]:
    """Return what holds today of every level that has a version in force, in the order of the levels."""
    day = bishkek_day(now(session))
    found = (in_force(storage.procedures(session, level), day) for level in Level)
    return tuple(each for each in found if each is not None)


def procedures_of(session: Session, year: int) -> tuple[Procedure, ...]:
    """Return the versions by which a draft of a year may have been screened, of every level."""
    return tuple(each for level in Level for each in held_in(storage.procedures(session, level), year))


def _version(session: Session, row: storage.ProcedureRow) -> Version:
    person = accounts.person(session, row.person) if row.person else None
    return Version(row.procedure(), bishkek_day(row.at), person.name if person else "")
