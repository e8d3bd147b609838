"""Analysis: discrepancy tables made from the composed protocol, so that no figure is computed twice."""

from budgetproto.analysis.columns import COLUMNS
from budgetproto.analysis.discrepancies import discrepancy_sheet
from budgetproto.analysis.terminal import table_text

__all__ = ["COLUMNS", "discrepancy_sheet", "table_text"]
