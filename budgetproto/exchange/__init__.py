"""Spreadsheets in and out: one safe importer and one exporter for every room."""

from budgetproto.exchange.cells import exact_decimal, read_day
from budgetproto.exchange.opened_workbook import from_xlsx
from budgetproto.exchange.problems import TooLarge, told
from budgetproto.exchange.reading import read_csv, read_numbered
from budgetproto.exchange.sheet import Cell, Column, Kind, Sheet, Total
from budgetproto.exchange.text_file import DIALECTS, EXCEL, PLAIN, SHARE_DIGITS, Dialect, to_csv
from budgetproto.exchange.workbook import to_xlsx

__all__ = [
    "DIALECTS",
    "EXCEL",
    "PLAIN",
    "SHARE_DIGITS",
    "Cell",
    "Column",
    "Dialect",
    "Kind",
    "Sheet",
    "TooLarge",
    "Total",
    "exact_decimal",
    "from_xlsx",
    "read_csv",
    "read_day",
    "read_numbered",
    "to_csv",
    "to_xlsx",
    "told",
]
