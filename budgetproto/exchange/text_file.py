"""Writes a table as CSV: for spreadsheets in Kyrgyz and Russian, and plain for everything else."""

import csv
import io
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from budgetproto.exchange.cells import exact_decimal, fraction, guarded, points, rounded
from budgetproto.exchange.sheet import Cell, Kind, Sheet, heading, notes
from budgetproto.i18n import Language, Named
from budgetproto.money import Som, Unit


@dataclass(frozen=True)
class Dialect:
    """How a CSV file is written: `for_people` with the notes below, plain with them in columns of its own."""

    name: str
    delimiter: str
    point: str
    encoding: str
    for_people: bool


#: What Excel opens by a double click where the comma is the decimal sign.
EXCEL: Final = Dialect("excel", delimiter=";", point=",", encoding="utf-8-sig", for_people=True)
#: RFC 4180, for programs.
PLAIN: Final = Dialect("plain", delimiter=",", point=".", encoding="utf-8", for_people=False)


#: The dialects by their names.
DIALECTS: Final = {dialect.name: dialect for dialect in (EXCEL, PLAIN)}
#: The digits of a share after the point; its exact value stands in a column of its own.
SHARE_DIGITS: Final = 6


def to_csv(sheet: Sheet, language: Language, unit: Unit, dialect: Dialect = PLAIN) -> bytes:
    """Write a table in UTF-8: amounts in `unit` to the last digit without groups, text never as a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=dialect.delimiter, lineterminator="\r\n")
    about = () if dialect.for_people else sheet.about
    columns = (*sheet.columns, *(column for column, _ in about))
    writer.writerow(guarded(heading(column, language, unit)) for column in columns)
    for row in (*sheet.rows, *(total.cells for total in sheet.totals)):
        cells = (*row, *(cell for _, cell in about))
        writer.writerow(
            _written(cell, column.kind, language, unit, dialect)
            for cell, column in zip(cells, columns, strict=True)
        )
    if dialect.for_people:
        writer.writerow(())
        writer.writerows([guarded(note)] for note in notes(sheet, language))
    return file.getvalue().encode(dialect.encoding)


def _written(cell: Cell, kind: Kind, language: Language, unit: Unit, dialect: Dialect) -> str:
    match cell:
        case None:
            return ""
        case Named():
            return guarded(cell.text(language))
        case str():
            return guarded(cell)
        case date():
            return cell.isoformat()
        case bool():
            raise TypeError("yes and no are words, not cells")
        case Fraction() if kind == "fraction":
            # A spreadsheet would read 1/4 as a day of April; the sign of a fraction stays a text.
            return fraction(cell).replace("/", "\u2044" if dialect.for_people else "/")
        case _:
            return _number(cell, kind, unit).replace(".", dialect.point)


def _number(cell: Som | Fraction | int, kind: Kind, unit: Unit) -> str:
    match cell:
        case Som():
            return exact_decimal(cell, unit)
        case Fraction():
            return rounded(cell, SHARE_DIGITS)
        case int():
            return points(cell) if kind == "percentage" else str(cell)
