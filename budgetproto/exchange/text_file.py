"""Writes a table as CSV: for spreadsheets in Kyrgyz and Russian, and plain for everything else."""

import csv
import io
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from budgetproto.exchange.cells import exact_decimal, guarded, points
from budgetproto.exchange.sheet import Cell, Kind, Sheet, heading, notes
from budgetproto.i18n import Language, Named
from budgetproto.money import Som, Unit


@dataclass(frozen=True)
class Dialect:
    """How a CSV file is written; `for_people` appends the notes and writes shares as decimals."""

    delimiter: str
    point: str
    encoding: str
    for_people: bool


#: What Excel opens by a double click where the comma is the decimal sign.
EXCEL: Final = Dialect(delimiter=";", point=",", encoding="utf-8-sig", for_people=True)
#: RFC 4180.
PLAIN: Final = Dialect(delimiter=",", point=".", encoding="utf-8", for_people=False)


def to_csv(sheet: Sheet, language: Language, unit: Unit, dialect: Dialect = PLAIN) -> bytes:
    """Write a table in UTF-8: amounts in `unit` to the last digit without groups, text never as a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=dialect.delimiter, lineterminator="\r\n")
    kinds = [column.kind for column in sheet.columns]
    writer.writerow(guarded(heading(column, language, unit)) for column in sheet.columns)
    for row in sheet.rows:
        writer.writerow(
            _written(cell, kind, language, unit, dialect) for cell, kind in zip(row, kinds, strict=True)
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
        case _:
            return _number(cell, kind, unit, dialect).replace(".", dialect.point)


def _number(cell: Som | Fraction | int, kind: Kind, unit: Unit, dialect: Dialect) -> str:
    match cell:
        case Som():
            return exact_decimal(cell, unit)
        case Fraction() if dialect.for_people:
            return f"{float(cell):.6f}"  # 1/3 would be read as a day in March
        case Fraction():
            return f"{cell.numerator}/{cell.denominator}"
        case int():
            return points(cell) if kind == "percentage" else str(cell)
