"""The lines of a sitting as a table for the terminal: both positions, difference, balanced option."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from budgetproto.i18n import Language, Words, formatting, text
from budgetproto.i18n.formatting import DASH
from budgetproto.money import Som, Unit
from budgetproto.protocol.composed import ComposedLine, Protocol
from budgetproto.protocol.snapshot import Figure, Line

_TITLE_WIDTH: Final = 44
_HEADINGS: Final = ("number", "title", "government", "lsg", "difference", "computed", "rate", "decided")


def table_text(protocol: Protocol, language: Language) -> str:
    """Return the table as aligned text, its totals last."""
    unit = protocol.facts.sitting.unit
    head = [text(f"analysis.column.{name}", language) for name in _HEADINGS]
    rows = [_row(line, made, unit, language) for line, made in protocol.pairs()]
    return _aligned([head, *rows, _total(protocol, unit, language)])


def _row(line: Line, made: ComposedLine, unit: Unit, language: Language) -> list[str]:
    rate = line.option.rate if line.option else None
    return [
        str(line.number),
        _shortened(line.title.text(language)),
        _figure(made.government.figure, unit, language),
        _figure(made.lsg.figure, unit, language),
        _figure(made.difference.signed if made.difference else None, unit, language, sign=True),
        _figure(made.computed.figure, unit, language),
        DASH if rate is None else formatting.percentage(rate, language),
        _figure(made.decided.figure, unit, language),
    ]


def _total(protocol: Protocol, unit: Unit, language: Language) -> list[str]:
    sums, totals = protocol.overall.compared, protocol.overall
    figures = (sums.government, sums.lsg, totals.signed, sums.computed, None, sums.decided)
    signs = (False, False, True, False, False, False)
    shown = [_figure(each, unit, language, sign=sign) for each, sign in zip(figures, signs, strict=True)]
    return ["", text("analysis.total.short", language), *shown]


def _figure(figure: Figure, unit: Unit, language: Language, *, sign: bool = False) -> str:
    match figure:
        case None:
            return DASH
        case Som():
            return (formatting.signed if sign else formatting.amount)(figure, unit, language)
        case bool():
            return text("analysis.yes" if figure else "analysis.no", language)
        case int():
            return ("+" if sign and figure > 0 else "") + formatting.points(figure, language)
        case Words():
            return _shortened(figure.text.text(language))


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
