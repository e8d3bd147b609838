"""The comparison in words and as tables: what the page shows, and what its files hold."""

from budgetproto.exchange import Cell, Column, Kind, Sheet
from budgetproto.i18n import LANGUAGES, Language, Named, Words, every_language, text
from budgetproto.money import Som, Unit
from budgetproto.protocol.composed import STANDINGS, Stand
from budgetproto.protocol.delivery.comparing import Compared, Side
from budgetproto.protocol.delivery.comparison import Change, ComparedLine, CountChange, SumChange, Value
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.snapshot import Sentence, Votes


def told(value: Value, writer: Writer) -> str:
    """Return what a field holds, as the protocol writes it; a dash where there is nothing."""
    match value:
        case Stand():
            return writer.joined(writer.stand(value), " ")
        case Named():
            return writer.name(value)
        case Words():
            return writer.words(value)
        case Sentence():
            return writer.message(value.key)
        case Votes():
            counts = {"for": value.for_, "against": value.against, "abstained": value.abstained}
            return "; ".join(writer.label(f"vote.{name}", str(votes)) for name, votes in counts.items())
        case int():
            return str(value)
        case _:
            return writer.money(value)


def side_name(side: Side) -> Named:
    """Say what a side is: an issued protocol with its day, or a draft as it stands."""
    if side.number is None:
        return every_language("delivery.comparison.draft", number=side.sitting.number)
    return every_language("delivery.comparison.issued", number=side.number, at=side.at)


def field_name(change: Change | SumChange | CountChange) -> Named:
    """Return the name of what changed."""
    name = change.field if isinstance(change, Change) else change.name
    return every_language(f"protocol.standing.{name}" if name in STANDINGS else f"delivery.field.{name}")


def comparison_sheets(found: Compared) -> list[Sheet]:
    """Return the lines that differ, a row for each field, then the sums and numbers before and after."""
    return [lines_sheet(found), totals_sheet(found)]


def lines_sheet(found: Compared) -> Sheet:
    """Return a row for each field of each line that differs; a money field has its amounts besides."""
    unit = found.after.sitting.unit
    rows = [
        _row(line, change, unit) for line in found.comparison.differing for change in line.changes or (None,)
    ]
    notes = (every_language("delivery.comparison.unchanged", lines=found.comparison.of("same")),)
    return Sheet(every_language("delivery.comparison.title"), _columns(), rows, (*_sides(found), *notes))


def totals_sheet(found: Compared) -> Sheet:
    """Return the sums as composition made them, with their change, and the numbers of lines."""
    sums = [
        (field_name(each), each.before, each.after, each.change, None, None) for each in found.comparison.sums
    ]
    counts = [
        (field_name(each), None, None, None, each.before, each.after) for each in found.comparison.counts
    ]
    columns = (
        _column("field"),
        *(_column(name, "amount") for name in ("before_amount", "after_amount", "change")),
        *(_column(name, "integer") for name in ("before_lines", "after_lines")),
    )
    return Sheet(every_language("delivery.comparison.totals"), columns, [*sums, *counts], _sides(found))


def _sides(found: Compared) -> tuple[Named, Named]:
    return (
        every_language("delivery.comparison.before", side=side_name(found.before)),
        every_language("delivery.comparison.after", side=side_name(found.after)),
    )


def _columns() -> tuple[Column, ...]:
    texts = ("state", "title", "field", "before", "after")
    return (
        _column("number_before", "integer"),
        _column("number_after", "integer"),
        *map(_column, texts),
        _column("before_amount", "amount"),
        _column("after_amount", "amount"),
        _column("change", "amount"),
    )


def _column(key: str, kind: Kind = "text") -> Column:
    return Column(key, every_language(f"delivery.column.{key}"), kind)


def _row(line: ComparedLine, change: Change | None, unit: Unit) -> tuple[Cell, ...]:
    old, new = (_money(change.before), _money(change.after)) if change else (None, None)
    return (
        line.before.number if line.before else None,
        line.after.number if line.after else None,
        every_language(f"delivery.state.{line.state}"),
        line.line.title,
        field_name(change) if change else None,
        _in_words(change.before, unit) if change else None,
        _in_words(change.after, unit) if change else None,
        old,
        new,
        None if old is None or new is None else new - old,
    )


def _money(value: Value) -> Som | None:
    return value.money if isinstance(value, Stand) else None


def _in_words(value: Value, unit: Unit) -> Named | None:
    if value is None:
        return None
    return Named(*(told(value, Writer(language, unit)) for language in LANGUAGES))


def state_tone(line: ComparedLine) -> str:
    """Return how the state of a line is tinted; its words carry the meaning."""
    return {"new": "good", "gone": "bad", "changed": "attention"}.get(line.state, "quiet")


def headline(found: Compared, language: Language) -> str:
    """Say in one sentence how many lines are new, gone, changed and the same."""
    of = found.comparison.of
    return text(
        "delivery.comparison.headline",
        language,
        new=of("new"),
        gone=of("gone"),
        changed=of("changed"),
        same=of("same"),
    )
