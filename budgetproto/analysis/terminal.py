"""The lines of a sitting as a table for the terminal: both positions, difference, balanced option."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from budgetproto.i18n import Language, text
from budgetproto.i18n.formatting import DASH
from budgetproto.protocol.composed import ComposedLine, Protocol, Totals
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.snapshot import Line

_TITLE_WIDTH: Final = 44
_HEADINGS: Final = ("number", "title", "government", "lsg", "difference", "computed", "rate", "decided")


def table_text(protocol: Protocol, language: Language) -> str:
    """Return the table as aligned text, its totals last."""
    writer = Writer(language, protocol.facts.sitting.unit)
    head = [text(f"analysis.column.{name}", language) for name in _HEADINGS]
    rows = [_row(line, made, writer) for line, made in protocol.pairs()]
    return _aligned([head, *rows, _total(protocol.overall, writer)])


def _row(line: Line, made: ComposedLine, writer: Writer) -> list[str]:
    rate = line.option.rate if line.option else None
    return [
        str(line.number),
        _shortened(writer.name(line.title)),
        _shortened(writer.figure(made.government.figure)),
        _shortened(writer.figure(made.lsg.figure)),
        writer.difference(made.difference)[0] if made.difference else DASH,
        _shortened(writer.figure(made.computed.figure)),
        DASH if rate is None else writer.rate(rate),
        _shortened(writer.figure(made.decided.figure)),
    ]


def _total(totals: Totals, writer: Writer) -> list[str]:
    """Return the row of the totals; a sum over no figure is a dash."""
    both = totals.compared
    return [
        "",
        text("analysis.total.short", writer.language),
        writer.money(both.government if both.lines else None),
        writer.money(both.lsg if both.lines else None),
        writer.more(totals.signed) if both.lines else DASH,
        writer.money(both.computed if both.computed_lines else None),
        DASH,
        writer.money(both.decided if both.decided_lines else None),
    ]


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(_width(row[place]) for row in rows) for place in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell + _blank(cell, width) if place == 1 else _blank(cell, width) + cell
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _blank(cell: str, width: int) -> str:
    return " " * (width - _width(cell))


def _width(cell: str) -> int:
    return sum(0 if unicodedata.combining(letter) else 1 for letter in cell)


def _shortened(title: str) -> str:
    return title if len(title) <= _TITLE_WIDTH else title[: _TITLE_WIDTH - 1] + "…"
