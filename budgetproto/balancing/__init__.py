"""Balancing: the mathematics of the balanced option, from two positions per line to figures that add up."""

from budgetproto.balancing.errors import Unbalanceable
from budgetproto.balancing.filling import fill
from budgetproto.balancing.lines import Line, faults
from budgetproto.balancing.option import (
    ENGINE,
    Award,
    Certificate,
    EmergencyRow,
    Option,
    Reason,
    Status,
    Tier,
    Totals,
)
from budgetproto.balancing.rule import balance, midpoint

__all__ = [
    "ENGINE",
    "Award",
    "Certificate",
    "EmergencyRow",
    "Line",
    "Option",
    "Reason",
    "Status",
    "Tier",
    "Totals",
    "Unbalanceable",
    "balance",
    "faults",
    "fill",
    "midpoint",
]
