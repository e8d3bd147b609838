"""Spreadsheets in and out: one safe importer and one exporter for every room."""

from budgetproto.exchange.problems import NotExact, TooLarge, told
from budgetproto.exchange.reading import read_csv
from budgetproto.exchange.sheet import Cell, Column, Kind, Sheet
from budgetproto.exchange.text_file import EXCEL, PLAIN, Dialect, to_csv
from budgetproto.exchange.workbook import to_xlsx

__all__ = [
    "EXCEL",
    "PLAIN",
    "Cell",
    "Column",
    "Dialect",
    "Kind",
    "NotExact",
    "Sheet",
    "TooLarge",
    "read_csv",
    "to_csv",
    "to_xlsx",
    "told",
]
