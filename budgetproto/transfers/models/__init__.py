"""PURE: models of transfers on whole tyiyn: equalization, revenue sharing, delegated powers, grants.

`simulate(data, parameters)` runs the model that a `ParameterSet` is of on the `Data` of one year and returns
a `Result`: the money of each territory, what stands beside it, and `label`, the key of the sentence that says
what the figures are. `compare(data, base, other)` lays two runs side by side: a `Comparison` makes every sum.
`value_for(data, base, parameter, money)` goes back from money to the largest value that it pays for.
An equalization is always labelled *indicative, not the statutory calculation*: the label is part of it.

Each model can be asked directly: `equalize`, `share`, `delegate`, `stimulate`.
"""

from budgetproto.transfers.models.arrays import LARGEST, WHOLE, IntArray, total
from budgetproto.transfers.models.delegated import Delegated, delegate
from budgetproto.transfers.models.equalization import QUANTUM, Equalization, equalize
from budgetproto.transfers.models.inputs import COUNTED, DECIDING, ITEM_KINDS, Input, ItemKind, gathered
from budgetproto.transfers.models.inverse import value_for
from budgetproto.transfers.models.parameters import (
    MODEL_CODES,
    SET_STATUSES,
    Difference,
    Measure,
    ModelCode,
    ParameterSet,
    SetStatus,
    Value,
    differences,
    in_force,
    measure_of,
    shown_value,
)
from budgetproto.transfers.models.sharing import Shared, share
from budgetproto.transfers.models.simulation import (
    Comparison,
    Data,
    Result,
    Row,
    compare,
    label_of,
    simulate,
    unsaid,
)
from budgetproto.transfers.models.stimulating import Grant, Project, Stimulated, stimulate

__all__ = [
    "COUNTED",
    "DECIDING",
    "ITEM_KINDS",
    "LARGEST",
    "MODEL_CODES",
    "QUANTUM",
    "SET_STATUSES",
    "WHOLE",
    "Comparison",
    "Data",
    "Delegated",
    "Difference",
    "Equalization",
    "Grant",
    "Input",
    "IntArray",
    "ItemKind",
    "Measure",
    "ModelCode",
    "ParameterSet",
    "Project",
    "Result",
    "Row",
    "SetStatus",
    "Shared",
    "Stimulated",
    "Value",
    "compare",
    "delegate",
    "differences",
    "equalize",
    "gathered",
    "in_force",
    "label_of",
    "measure_of",
    "share",
    "shown_value",
    "simulate",
    "stimulate",
    "total",
    "unsaid",
    "value_for",
]
