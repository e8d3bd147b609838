"""Large files, read by column: up to a million rows of CSV or workbook, each fault with row and column."""

from budgetproto.exchange.large.faults import Faults
from budgetproto.exchange.large.reading import Amounts, Coded, LargeTable, read_large

__all__ = ["Amounts", "Coded", "Faults", "LargeTable", "read_large"]
