"""Keep the values of a report, entered by hand or file; what changes nothing leaves no trace."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlmodel import Session

from budgetproto.database import Database, now
from budgetproto.journal.domain import digest_of
from budgetproto.reporting.annual import storage
from budgetproto.reporting.annual.domain import Value, taken
from budgetproto.reporting.annual.events import ValuesEntered, ValuesRemoved
from budgetproto.reporting.annual.record import ComputedOnly, is_computed
from budgetproto.reporting.annual.service import indicator_of, record, writing_seat
from budgetproto.reporting.annual.storage import ArrivalRow, Entered, Key, ReportRow


def put_values(
    database: Database,
    person_id: str,
    report_id: str,
    entered: Sequence[Entered],
    *,
    gone: Sequence[Key] = (),
    seen: int,
) -> int:
    """Store values of indicators that the report has, and take out those of `gone`; return how many changed.

    A value takes the place of the one before it; a number that stays keeps its origin (`domain.taken`). Where
    nothing changes there is no new version and no event.
    """
    with database.writing() as session:
        row = writing_seat(session, person_id, report_id, seen=seen).row
        _check_indicators(row, entered)
        stands = _stands(session, report_id, [*(each.key for each in entered), *gone])
        changed = list(_changed(entered, stands))
        removed = [Entered(*key, stands[key]) for key in gone if key in stands]
        if not changed and not removed:
            return 0
        _arrive(session, row, changed)
        storage.put_values(session, report_id, changed)
        storage.drop_values(session, report_id, (each.key for each in removed))
        row.version += 1
        if changed:
            # How they came is told of the sending, also where a number that stays keeps its origin.
            origin = entered[0].value.origin
            told = len(changed), row.version, _digest(changed)
            record(session, row, ValuesEntered(person_id, origin, *told))
        if removed:
            record(session, row, ValuesRemoved(person_id, len(removed), row.version, _digest(removed)))
        return len(changed) + len(removed)


def _check_indicators(row: ReportRow, entered: Iterable[Entered]) -> None:
    content = row.content()
    for key in {each.indicator for each in entered}:
        indicator_of(content, key)
        if is_computed(key):
            raise ComputedOnly


def _stands(session: Session, report_id: str, keys: Iterable[Key]) -> Mapping[Key, Value]:
    """Return the values that stand, where the keys are all of one territory those of it alone."""
    territories = {territory for _, territory, _ in keys}
    only = territories.pop() if len(territories) == 1 else None
    rows = storage.values(session, report_id, territory=only)
    return {(row[0], row[1], row[2]): storage.value_of(row) for row in rows}


def _changed(entered: Iterable[Entered], stands: Mapping[Key, Value]) -> Iterable[Entered]:
    """Yield what differs from the values that stand, as it will stand."""
    for each in entered:
        before = stands.get(each.key)
        value = taken(each.value, before)
        if value != before:
            yield replace(each, value=value)


def _arrive(session: Session, row: ReportRow, changed: Iterable[Entered]) -> None:
    """Remember of which indicators a value that a yardstick judges has come."""
    new = {each.indicator for each in changed if each.year == row.year} - storage.arrived(session, row.id)
    at = now(session)
    session.add_all(ArrivalRow(report=row.id, indicator=key, at=at) for key in sorted(new))


def _digest(values: Iterable[Entered]) -> str:
    """Return the hash of values with all that stands of each."""
    said = [
        (*each.key, each.value.number, each.value.origin, each.value.source, each.value.illustrative)
        for each in values
    ]
    return digest_of({"values": said})
