"""The columns of a file of transfers, and its rows as they are stored."""

import re
from collections.abc import Iterator
from typing import Final

from budgetproto.exchange import Column, Kind
from budgetproto.exchange.large import Coded, LargeTable
from budgetproto.i18n import every_language
from budgetproto.transfers.domain import Period

MEASURES: Final = ("planned", "approved", "executed")
#: The kind of a row that states the total of a territory and period.
TOTAL: Final = "TOTAL"
MONTH: Final = re.compile(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])")


def columns() -> tuple[Column, ...]:
    """Return the columns of a file of transfers; without a territory a row is about the whole republic."""
    return (
        _column("territory"),
        _column("kind", required=True),
        _column("period_from", required=True),
        _column("period_to", required=True),
        *(_column(measure, "amount") for measure in MEASURES),
        _column("counted", "integer"),
        _column("words_ky"),
        _column("words_ru"),
        _column("words_en"),
    )


def periods(table: LargeTable) -> Iterator[str]:
    """Return the period of each row as it is written; of the same months it is made once."""
    starts, ends = table.coded["period_from"], table.coded["period_to"]
    made = {
        pair: str(Period(str(starts.values[pair[0]]), str(ends.values[pair[1]])))
        for pair in set(zip(starts.codes.tolist(), ends.codes.tolist(), strict=True))
    }
    return map(made.__getitem__, zip(starts.codes.tolist(), ends.codes.tolist(), strict=True))


def texts(column: Coded, *, blank: str | None = None) -> Iterator[str]:
    """Return what each row has in a column of texts: an empty text where it is blank, or says `blank`."""
    values = ["" if value is None or value == blank else str(value) for value in column.values]
    values.append("")  # a blank row has the code -1, the last of these
    return map(values.__getitem__, column.codes.tolist())


def counted(column: Coded) -> Iterator[bool]:
    """Return whether each row counts in its total; a blank cell says that it does."""
    values = [value != 0 for value in column.values]
    values.append(True)
    return map(values.__getitem__, column.codes.tolist())


def _column(key: str, kind: Kind = "text", *, required: bool = False) -> Column:
    return Column(key, every_language(f"transfers.import.column.{key}"), kind, required)
