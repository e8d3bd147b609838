"""A question about a parameter of a model is divided among territories as the model says, value by value."""

from collections.abc import Mapping
from typing import Final

import numpy as np
from sqlmodel import Session

from budgetproto.analysis.consequences.division import Divided
from budgetproto.analysis.table import Table
from budgetproto.disputes import storage as disputes
from budgetproto.disputes.domain import Line as EnteredLine
from budgetproto.disputes.domain import ParameterLink, magnitude
from budgetproto.disputes.parameters.lines import is_open, known_of, run_of
from budgetproto.errors import BadInput, Unknown
from budgetproto.i18n import NO_NAME
from budgetproto.protocol.by_territory import VARIANTS, Soms, Variant
from budgetproto.protocol.composed import ComposedLine
from budgetproto.protocol.differences import is_agreed
from budgetproto.protocol.snapshot import Figure, Line
from budgetproto.transfers.models import Result

_MADE_UP: Final = "transfers.models.made_up"


class ModelDivision:
    """Divides opened questions about a parameter by running its model for the value of each variant."""

    def __init__(self, session: Session, table: Table) -> None:
        self._session = session
        about = any(line.parameter != NO_NAME for line in table.paper.protocol.facts.lines)
        entered = disputes.lines(session, table.paper.sitting.id) if about else []
        self._entered: dict[int, EnteredLine] = {line.number: line for line in entered if is_open(line)}

    def divided(self, line: Line, made: ComposedLine) -> Divided | None:
        """Return the parts of a line; None where it is about no parameter, or too little is known."""
        entered = self._entered.get(line.number)
        if entered is None or not entered.text.parameter:
            return None
        try:
            return _divided(self._session, entered.text.parameter, line, made)
        except (BadInput, Unknown):
            return None


def _divided(session: Session, link: ParameterLink, line: Line, made: ComposedLine) -> Divided | None:
    parameters, data = known_of(session, link)
    runs = {
        variant: run_of(data, parameters, link, value)
        for variant, figure in _figures(line, made).items()
        if (value := magnitude(figure)) is not None
    }
    if not runs:
        return None
    first = next(iter(runs.values()))
    made_up = parameters.illustrative or data.illustrative
    return Divided(
        territories=tuple(np.array(first.territories)[first.stated].tolist()),
        soms=_soms(runs, first, line.cost_sign),
        labels=(first.label, _MADE_UP) if made_up else (first.label,),
    )


def _figures(line: Line, made: ComposedLine) -> dict[Variant, Figure]:
    """Return the value of each variant as the protocol has it."""
    return {
        "law": line.approved_last_year.figure if line.approved_last_year else None,
        "government": made.government.figure,
        "lsg": made.lsg.figure,
        "balanced": made.computed.figure,
        "decided": made.decided.figure if is_agreed(line) else None,
    }


def _soms(runs: Mapping[Variant, Result], first: Result, sign: int) -> Soms:
    """Return a column for each variant over the territories of which enough is known."""
    shape = (int(first.stated.sum()), len(VARIANTS))
    amounts, known = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.bool_)
    for variant, run in runs.items():
        place = VARIANTS.index(variant)
        amounts[:, place], known[:, place] = sign * run.money[first.stated], True
    return Soms(amounts, known)
