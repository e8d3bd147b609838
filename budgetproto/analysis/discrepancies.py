"""The tables of the page as its files have them: the lines with their totals, and the subtotals of groups."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from budgetproto.analysis.answers import answer_columns
from budgetproto.analysis.choice import Choice
from budgetproto.analysis.columns import Held, columns
from budgetproto.analysis.entries import Entry, entries_of
from budgetproto.analysis.sums import SUMMED, Group, Sum, whole
from budgetproto.exchange import SHARE_DIGITS, Cell, Column, Sheet, Total
from budgetproto.i18n import Named, every_language
from budgetproto.protocol.composed import Protocol

#: The column that tells which lines count in the sums of both sides, and what it holds of them.
_COUNTED: Final = "counted"


def discrepancy_sheet(
    protocol: Protocol,
    groups: Sequence[Group] | None = None,
    choice: Choice | None = None,
    notes: Sequence[Named] = (),
) -> Sheet:
    """Return the lines of these groups as a table, of all lines when none are given.

    A percentage stands in its own column and its money effect beside it. Blank cells are figures nobody
    stated; a share is blank where the Government's figure is zero. The totals below are those of the composed
    protocol, made by the same function when only some lines are chosen. `notes` stand below them.
    """
    shown = [whole(entries_of(protocol))] if groups is None else groups
    every = whole([entry for group in shown for entry in group.entries])
    return lines_sheet(
        shown,
        choice or Choice(),
        notes=(*_notes(protocol, every), *notes),
        about=about(protocol, every.entries, notes),
        answers=answer_columns(protocol),
    )


def lines_sheet(
    groups: Sequence[Group],
    choice: Choice,
    *,
    notes: Sequence[Named],
    about: Sequence[tuple[Column, Cell]],
    answers: Sequence[Held] = (),
    sittings: bool = False,
) -> Sheet:
    """Return the lines of these groups with their totals; `sittings` names the sitting of each line first.

    `answers` are the columns of the answers to the option: they stand behind it, where it is shown.
    """
    held = _behind_the_option(columns(frozenset(choice.parts)), answers)
    every = whole([entry for group in groups for entry in group.entries])
    leading = [_group_column(choice.group)] if choice.group else []
    leading += [_group_column("sitting")] if sittings else []
    return Sheet(
        title=every_language("analysis.discrepancies.title"),
        columns=(*leading, *(each.column for each in held)),
        rows=[
            (*_leading(group, entry, choice, sittings=sittings), *(each.value(entry) for each in held))
            for group in groups
            for entry in group.entries
        ],
        totals=[Total((*(None for _ in leading), *cells), over) for cells, over in _totals(every, held)],
        notes=tuple(notes),
        about=tuple(about),
        held=2 + len(leading),
    )


def _behind_the_option(held: Sequence[Held], answers: Sequence[Held]) -> tuple[Held, ...]:
    place = max((number for number, each in enumerate(held, start=1) if each.part == "computed"), default=0)
    return (*held[:place], *answers, *held[place:]) if place else tuple(held)


def _leading(group: Group, entry: Entry, choice: Choice, *, sittings: bool) -> Iterator[Cell]:
    if choice.group:
        yield group.name
    if sittings:
        yield entry.sitting_name


def subtotal_sheet(by: str, groups: Sequence[Group], every: Group) -> Sheet:
    """Return the sums of groups as a table whose last row is the composed total of the whole."""
    shown = subtotal_columns(every)
    return Sheet(
        title=every_language(f"analysis.subtotals.{by}"),
        columns=(
            _group_column(by),
            Column("lines", every_language("analysis.column.lines"), "integer"),
            Column("compared", every_language("analysis.column.compared"), "integer"),
            *(Column(key, subtotal_name(key), "amount") for key in shown),
        ),
        rows=[subtotal_row(group, shown) for group in groups],
        totals=[Total(subtotal_row(every, shown))],
        held=1,
    )


def subtotal_columns(every: Group) -> tuple[str, ...]:
    """Return the sums there are of these lines; those over lines without both figures end in `_apart`."""
    both = (key for key in SUMMED if every.compared[key].money is not None)
    apart = (f"{key}_apart" for key in SUMMED if every.apart[key].money is not None)
    return (*both, *apart)


def subtotal_name(key: str) -> Named:
    """Name a column of subtotals."""
    name = every_language(f"analysis.column.{key.removesuffix('_apart')}")
    return every_language("analysis.column.apart", column=name) if key.endswith("_apart") else name


def subtotal(group: Group, key: str) -> Sum:
    """Return one sum of a group by the name of its column."""
    return group.apart[key.removesuffix("_apart")] if key.endswith("_apart") else group.compared[key]


def subtotal_row(group: Group, shown: Iterable[str]) -> tuple[Cell, ...]:
    """Return the row of one group."""
    sums = (subtotal(group, key).money for key in shown)
    return (group.name, group.totals.lines, group.totals.compared.lines, *sums)


def about(
    protocol: Protocol, entries: Sequence[Entry], notes: Sequence[Named]
) -> tuple[tuple[Column, Cell], ...]:
    """Return what a program has to know of a table: its sitting, snapshot, rows and conditions."""
    facts = protocol.facts
    cells: Mapping[str, Cell] = {
        "sitting": facts.sitting.code,
        "snapshot": facts.head.digest,
        "snapshot_at": facts.head.at.isoformat(),
        "shown": len(entries),
        "conditions": _joined(notes),
    }
    return tuple(
        (Column(key, every_language(f"analysis.about.{key}"), "integer" if key == "shown" else "text"), cell)
        for key, cell in cells.items()
    )


def _joined(notes: Sequence[Named]) -> Named | None:
    return (
        Named(*(" ".join(getattr(n, code) for n in notes) for code in ("ky", "ru", "en"))) if notes else None
    )


def _group_column(by: str) -> Column:
    return Column("group", every_language(f"analysis.column.{by}"))


def _totals(every: Group, held: Sequence[Held]) -> list[tuple[tuple[Cell, ...], tuple[str, int]]]:
    rows = [
        (
            _sum_row("analysis.total.compared", every.totals.compared.lines, every.compared, held),
            (_COUNTED, 1),
        )
    ]
    if every.totals.one_sided.lines:
        lines = every.totals.one_sided.lines
        rows.append((_sum_row("analysis.total.one_sided", lines, every.apart, held), (_COUNTED, 0)))
    return rows


def _sum_row(key: str, lines: int, sums: Mapping[str, Sum], held: Sequence[Held]) -> tuple[Cell, ...]:
    values: dict[str, Cell] = {name: found.money for name, found in sums.items()}
    values["title"] = every_language(key, lines=lines)
    return tuple(values.get(each.column.key) for each in held)


def _notes(protocol: Protocol, every: Group) -> tuple[Named, ...]:
    sitting, head = protocol.facts.sitting, protocol.facts.head
    notes = [
        every_language("analysis.note.sitting", number=sitting.code, title=sitting.title),
        every_language("analysis.note.lines", lines=len(every.entries), all=len(protocol.lines)),
        every_language("analysis.note.head", digest=head.digest),
        every_language("analysis.note.head_at", at=head.at),
        every_language("analysis.note.blank"),
        every_language("analysis.note.share", digits=SHARE_DIGITS),
        *_partial(every),
        *(
            every_language("analysis.note.extended", before=each.before, after=each.after, reason=each.reason)
            for each in protocol.facts.terms.extensions
        ),
    ]
    if protocol.illustrative:
        notes.append(every_language("analysis.note.illustrative"))
    return tuple(notes)


def _partial(every: Group) -> list[Named]:
    """Say of each sum that goes over some of the compared lines only how many they are."""
    return [
        every_language("analysis.note.partial", column=subtotal_name(key), lines=found.lines, all=found.all)
        for key, found in every.compared.items()
        if found.lines not in (0, found.all)
    ]
