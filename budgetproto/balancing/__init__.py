"""Balancing: the mathematics of the balanced option, from two positions per line to figures that add up."""

from budgetproto.balancing.alternatives import Alternatives, Span, alternatives
from budgetproto.balancing.checking import check
from budgetproto.balancing.document import from_document, to_document
from budgetproto.balancing.errors import Unbalanceable
from budgetproto.balancing.explanation import (
    Money,
    Raw,
    Sentence,
    per_resident,
    sentences,
    summary,
    told_reason,
)
from budgetproto.balancing.findings.findings import Findings, findings
from budgetproto.balancing.kernel.filling import fill
from budgetproto.balancing.lines import Line, faults
from budgetproto.balancing.needs import bounded_by_need
from budgetproto.balancing.option import (
    ENGINE,
    Award,
    Certificate,
    EmergencyRow,
    Envelope,
    Option,
    Reason,
    Stage,
    Status,
    Tier,
    Totals,
)
from budgetproto.balancing.rule import balance, midpoint
from budgetproto.balancing.sensitivity.whole import Absence, Sensitivity, sensitivity
from budgetproto.balancing.sharing.feasible import require_feasible
from budgetproto.balancing.sharing.limits import Limit

__all__ = [
    "ENGINE",
    "Absence",
    "Alternatives",
    "Award",
    "Certificate",
    "EmergencyRow",
    "Envelope",
    "Findings",
    "Limit",
    "Line",
    "Money",
    "Option",
    "Raw",
    "Reason",
    "Sensitivity",
    "Sentence",
    "Span",
    "Stage",
    "Status",
    "Tier",
    "Totals",
    "Unbalanceable",
    "alternatives",
    "balance",
    "bounded_by_need",
    "check",
    "faults",
    "fill",
    "findings",
    "from_document",
    "midpoint",
    "per_resident",
    "require_feasible",
    "sensitivity",
    "sentences",
    "summary",
    "to_document",
    "told_reason",
]
