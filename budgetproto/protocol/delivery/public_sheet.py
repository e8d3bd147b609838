"""The lines of a published protocol as a table for people and programs."""

from budgetproto.exchange import Cell, Column, Kind, Sheet
from budgetproto.i18n import LANGUAGES, Named, every_language
from budgetproto.money import Som
from budgetproto.protocol.composed import ComposedLine, Stand
from budgetproto.protocol.delivery.publishing import Published
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.snapshot import Line


def public_sheet(found: Published) -> Sheet:
    """Return a row for each line: its figures in money, in words where they are none, and the outcome."""
    unit = found.protocol.facts.sitting.unit
    writers = [Writer(language, unit) for language in LANGUAGES]
    rows = [_row(line, made, writers) for line, made in found.protocol.pairs()]
    notes = (
        every_language("delivery.public.note", number=found.number),
        every_language("delivery.public.digest_note", digest=found.fingerprint),
    )
    return Sheet(every_language("delivery.public.title"), _COLUMNS, rows, notes)


def _column(key: str, kind: Kind = "text") -> Column:
    return Column(key, every_language(f"delivery.public.column.{key}"), kind)


_FIGURES = ("government", "lsg", "computed", "decided")
_COLUMNS = (
    _column("number", "integer"),
    _column("title"),
    _column("territory"),
    _column("year", "year"),
    *(_column(name, "amount") for name in _FIGURES),
    _column("difference", "amount"),
    *(_column(f"{name}_stated") for name in _FIGURES),
    _column("outcome"),
)


def _row(line: Line, made: ComposedLine, writers: list[Writer]) -> tuple[Cell, ...]:
    stands = [made.government, made.lsg, made.computed, made.decided]
    return (
        line.number,
        line.title,
        line.territory,
        line.year,
        *(stand.money for stand in stands),
        made.difference.money if made.difference else None,
        *(_stated(stand, writers) for stand in stands),
        every_language(f"protocol.standing.{made.standing}"),
    )


def _stated(stand: Stand, writers: list[Writer]) -> Named | None:
    """Return a figure that is no amount in words."""
    if stand.figure is None or isinstance(stand.figure, Som):
        return None
    return Named(*(writer.figure(stand.figure) for writer in writers))
