"""Keep annual reports: begun, written and shared by the associations' own people; every change is counted."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from sqlmodel import Session

from budgetproto.accounts.storage import party_names
from budgetproto.database import Database, new_id, now
from budgetproto.errors import NotPermitted, Refused, Stale, Unknown
from budgetproto.i18n import Named
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import Event, append, report_chain
from budgetproto.journal.domain import sha256_of
from budgetproto.reporting.annual import document, storage
from budgetproto.reporting.annual.content import SECTIONS, Content, FailingAct, SectionKey, TypedSums
from budgetproto.reporting.annual.domain import Indicator, Yardstick, check_yardstick
from budgetproto.reporting.annual.events import (
    AssociationLeft,
    ContentChanged,
    PersonAdmitted,
    PersonDismissed,
    ReportOpened,
)
from budgetproto.reporting.annual.gathering import judged_already
from budgetproto.reporting.annual.people import Seat, own_seat, spoken_for
from budgetproto.reporting.annual.record import DefinedByService, KeyReserved, is_computed
from budgetproto.reporting.annual.starter import recorded_set
from budgetproto.reporting.annual.storage import (
    AdmittedRow,
    AssociationRow,
    ReportRow,
)

#: What a list of the report holds.
_Entry = TypeVar("_Entry", FailingAct, TypedSums)


class ReportMoved(Stale):
    """Somebody else changed the report meanwhile."""

    message_key = "annual.report_moved"


class ReportClosed(Refused):
    """The text is closed for approval, or filed: it is not changed as it is."""

    message_key = "annual.report_closed"


class IndicatorThere(Refused):
    """There is an indicator of this key already."""

    message_key = "annual.indicator_there"


class IndicatorInUse(Refused):
    """Values stand under the indicator: what they were counted by is not changed or taken out under them."""

    message_key = "annual.indicator_in_use"


class YearFiled(Refused):
    """The association has filed its report of the year, alone or with others: there is no second one."""

    message_key = "annual.year_filed"


class LastAssociation(Refused):
    """A report has at least one association."""

    message_key = "annual.last_association"


class LastPerson(Refused):
    """An association that is in a report has somebody there."""

    message_key = "annual.last_person"


def open_report(database: Database, person_id: str, *, party_id: str, year: int) -> str:
    """Begin the report of a year for an association; return its id. Only its own people do."""
    with database.writing() as session:
        if party_id not in {each.id for each in spoken_for(session, person_id)}:
            raise NotPermitted(denied="annual.open")
        check_year(session, party_id, year)
        today = bishkek_day(now(session))
        row = ReportRow(id=new_id(), year=year, opened_on=today, document=document.written(Content()))
        session.add(row)
        session.flush()
        session.add(AssociationRow(report=row.id, party=party_id, place=1))
        session.add(AdmittedRow(report=row.id, person=person_id, party=party_id))
        record(session, row, ReportOpened(person_id, party_id, year))
        return row.id


def check_year(session: Session, party_id: str, year: int) -> None:
    """Raise YearFiled if an association has filed its report of a year."""
    if storage.filed_by(session, party_id, year) is not None:
        raise year_filed(session, party_id, year)


def year_filed(session: Session, party_id: str, year: int) -> YearFiled:
    """Return the refusal of a second report of a year."""
    return YearFiled(party=party_names(session, [party_id])[party_id], year=str(year))


def admit(database: Database, person_id: str, report_id: str, *, whom: str, party_id: str) -> None:
    """Let somebody who speaks for an association in; with the first of another one the report is joint.

    A new association's approval is needed like that of the others.
    """
    with database.writing() as session:
        held = writing_seat(session, person_id, report_id)
        if party_id not in {each.id for each in spoken_for(session, whom)}:
            raise Unknown
        present = storage.associations(session, report_id)
        if party_id not in {each.party for each in present}:
            check_year(session, party_id, held.row.year)
            session.add(AssociationRow(report=report_id, party=party_id, place=present[-1].place + 1))
        session.merge(AdmittedRow(report=report_id, person=whom, party=party_id))
        record(session, held.row, PersonAdmitted(person_id, whom, party_id))


def dismiss(database: Database, person_id: str, report_id: str, *, whom: str) -> None:
    """Let somebody out of the report: those of his association do, and those who began the report."""
    with database.writing() as session:
        held = writing_seat(session, person_id, report_id)
        inside = storage.admitted(session, report_id)
        found = next((each for each in inside if each.person == whom), None)
        if found is None:
            raise Unknown
        began = storage.associations(session, report_id)[0].party
        if held.party not in {found.party, began}:
            raise NotPermitted(denied="annual.report")
        if sum(each.party == found.party for each in inside) == 1:
            raise LastPerson
        session.delete(found)
        record(session, held.row, PersonDismissed(person_id, whom, found.party))


def leave(database: Database, person_id: str, report_id: str, *, party_id: str) -> None:
    """Take an association out of a joint report: its own people do, and those who began the report."""
    with database.writing() as session:
        held = writing_seat(session, person_id, report_id)
        present = storage.associations(session, report_id)
        found = next((each for each in present if each.party == party_id), None)
        if found is None:
            raise Unknown
        if held.party not in {party_id, present[0].party}:
            raise NotPermitted(denied="annual.report")
        if len(present) == 1:
            raise LastAssociation
        for each in storage.admitted(session, report_id):
            if each.party == party_id:
                session.delete(each)
        session.delete(found)
        record(session, held.row, AssociationLeft(person_id, party_id))


def write_section(
    database: Database, person_id: str, report_id: str, key: SectionKey, words: Named, *, seen: int
) -> int:
    """Write one of the parts in words; return the new version."""

    def change(content: Content) -> Content:
        found = {**dict(content.sections), key: words}
        return replace(content, sections=tuple((each, found[each]) for each in SECTIONS if each in found))

    return _change(database, person_id, report_id, "section", change, seen=seen)


def add_indicators(
    database: Database, person_id: str, report_id: str, new: Sequence[Indicator], *, seen: int
) -> int:
    """Add indicators, shipped or own ones; raise IndicatorThere for a key that is taken.

    Raises KeyReserved where a key of a computed indicator would mean something else.
    """
    shipped = recorded_set()
    if any(is_computed(each.key) and each not in shipped for each in new):
        raise KeyReserved

    def change(content: Content) -> Content:
        if any(content.indicator(each.key) for each in new):
            raise IndicatorThere
        return replace(content, indicators=(*content.indicators, *new))

    return _change(database, person_id, report_id, "indicator", change, seen=seen)


def change_indicator(
    database: Database, person_id: str, report_id: str, indicator: Indicator, *, seen: int
) -> int:
    """Change the words of an indicator; how it is counted only while it has no value."""
    with database.writing() as session:
        held = writing_seat(session, person_id, report_id, seen=seen)
        before = indicator_of(held.row.content(), indicator.key)
        if is_computed(indicator.key):
            raise DefinedByService
        how = (before.measure, before.better) != (indicator.measure, indicator.better)
        if how and storage.counted_values(session, report_id).get(indicator.key):
            raise IndicatorInUse
        kept = replace(indicator, yardstick=None if how else before.yardstick)
        return _put_indicator(session, person_id, held.row, kept)


def fix_yardstick(
    database: Database, person_id: str, report_id: str, key: str, yardstick: Yardstick, *, seen: int
) -> int:
    """Fix what an indicator is judged by; after its first value only with a reason that is printed."""
    with database.writing() as session:
        held = writing_seat(session, person_id, report_id, seen=seen)
        indicator = indicator_of(held.row.content(), key)
        late = has_come(session, held.row, key)
        check_yardstick(yardstick, year=held.row.year, has_values=late)
        today = bishkek_day(now(session))
        fixed = replace(yardstick, fixed_on=today, late=yardstick.late if late else "")
        return _put_indicator(session, person_id, held.row, replace(indicator, yardstick=fixed))


def remove_indicator(database: Database, person_id: str, report_id: str, key: str, *, seen: int) -> int:
    """Take out an indicator of which no value was ever entered; the others stay, whatever they show.

    One that is computed goes while nothing judges it; then, as soon as the record has a value, it stays.
    """
    with database.writing() as session:
        held = writing_seat(session, person_id, report_id, seen=seen)
        content = held.row.content()
        indicator = indicator_of(content, key)
        judges = indicator.yardstick is not None or not is_computed(key)
        if judges and has_come(session, held.row, key):
            raise IndicatorInUse
        if storage.counted_values(session, report_id).get(key):
            raise IndicatorInUse
        kept = tuple(each for each in content.indicators if each.key != key)
        return _put(session, person_id, held.row, "indicator", replace(content, indicators=kept))


def put_failing(
    database: Database, person_id: str, report_id: str, number: int, act: FailingAct | None, *, seen: int
) -> int:
    """Enter an act that does not work (`number` 0), change the one of a number, or take it out (None)."""

    def change(content: Content) -> Content:
        return replace(content, failing=_placed(content.failing, number, act))

    return _change(database, person_id, report_id, "failing", change, seen=seen)


def put_sums(
    database: Database, person_id: str, report_id: str, number: int, sums: TypedSums | None, *, seen: int
) -> int:
    """Enter sums by hand (`number` 0), change those of a number, or take them out (None)."""

    def change(content: Content) -> Content:
        return replace(content, sums=_placed(content.sums, number, sums))

    return _change(database, person_id, report_id, "sums", change, seen=seen)


def has_come(session: Session, row: ReportRow, key: str) -> bool:
    """Tell whether a value of the report's year has come, so that a yardstick fixed now is late."""
    people = [each.person for each in storage.admitted(session, row.id)]
    return judged_already(session, row, people, key)


def writing_seat(session: Session, person_id: str, report_id: str, *, seen: int | None = None) -> Seat:
    """Return the seat of somebody who may write in the report now, as he saw it."""
    held = own_seat(session, person_id, report_id, lock=True)
    if held.row.closed:
        raise ReportClosed
    if seen is not None and seen != held.row.version:
        raise ReportMoved(theirs=held.row.version, yours=seen)
    return held


def record(session: Session, row: ReportRow, event: Event) -> None:
    """Keep a report's row and append what happened to the report's own chain."""
    session.add(row)
    session.flush()
    append(session, report_chain(row.id), event)


def indicator_of(content: Content, key: str) -> Indicator:
    """Return the indicator of a key; raise Unknown when the report has none."""
    found = content.indicator(key)
    if found is None:
        raise Unknown
    return found


def _change(
    database: Database,
    person_id: str,
    report_id: str,
    part: str,
    change: Callable[[Content], Content],
    *,
    seen: int,
) -> int:
    with database.writing() as session:
        row = writing_seat(session, person_id, report_id, seen=seen).row
        return _put(session, person_id, row, part, change(row.content()))


def _put(session: Session, person_id: str, row: ReportRow, part: str, content: Content) -> int:
    """Keep what people write and return its version; what changes nothing is no version and no event."""
    written = document.written(content)
    if written == row.document:
        return row.version
    row.document = written
    row.version += 1
    record(session, row, ContentChanged(person_id, part, row.version, sha256_of(row.document)))
    return row.version


def _put_indicator(session: Session, person_id: str, row: ReportRow, indicator: Indicator) -> int:
    content = row.content()
    replaced = tuple(indicator if each.key == indicator.key else each for each in content.indicators)
    return _put(session, person_id, row, "indicator", replace(content, indicators=replaced))


def _placed(found: tuple[_Entry, ...], number: int, value: _Entry | None) -> tuple[_Entry, ...]:
    """Return the values with one put at a number from 1, added for 0, or taken out for None."""
    if not 0 <= number <= len(found) or (number == 0 and value is None):
        raise Unknown
    entries = list(found)
    kept: list[_Entry] = [] if value is None else [value]
    if number == 0:
        return tuple(entries + kept)
    return tuple(entries[: number - 1] + kept + entries[number:])
