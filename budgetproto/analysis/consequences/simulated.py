"""A simulation through the views of consequences: always a trial, never the option of a sitting."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Final

import numpy as np
from sqlmodel import Session

from budgetproto.analysis.consequences.division import Gathered
from budgetproto.analysis.consequences.effects import Lens
from budgetproto.analysis.consequences.knowledge import Contested, Knowledge, knowledge
from budgetproto.analysis.consequences.report import Choice, Places, Report, places_on
from budgetproto.exchange import Cell, Column
from budgetproto.i18n import Named, every_language
from budgetproto.protocol.by_territory import VARIANTS, Soms, Variant
from budgetproto.transfers.modelling.service import Simulation
from budgetproto.transfers.modelling.sheets import about, told
from budgetproto.transfers.models import ModelCode

#: The base of a simulation stands where the law in force does, what is tried where the option does.
BEFORE: Final[Variant] = "law"
AFTER: Final[Variant] = "balanced"
#: What each model moves: of the known transfers of a year this kind is the model's own and not counted twice.
_KINDS: Final[Mapping[ModelCode, str]] = {
    "equalization": "equalization",
    "sharing": "deduction_norm",
    "delegated": "delegated_powers",
    "stimulating": "stimulating_grant",
}


def lens_of(threshold: int) -> Lens:
    """Return what is looked at: after against before."""
    return Lens(BEFORE, AFTER, threshold)


def simulated_money(found: Simulation) -> Gathered:
    """Return both runs as money of the territories of which enough is known."""
    rows = found.comparison.rows()
    shape = (len(rows), len(VARIANTS))
    amounts, known = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.bool_)
    for variant, money in ((BEFORE, [row.before for row in rows]), (AFTER, [row.after for row in rows])):
        place = VARIANTS.index(variant)
        amounts[:, place], known[:, place] = money, True
    order = sorted(range(len(rows)), key=lambda place: rows[place].code)
    return Gathered(
        territories=tuple(rows[place].code for place in order),
        unit_of=np.arange(len(rows), dtype=np.int64),
        soms=Soms(amounts[order], known[order]),
        undivided=Soms.of([]),
        undivided_lines=(),
        labels=(),
    )


def known_for(session: Session, found: Simulation, money: Gathered) -> Knowledge:
    """Return what is known of the territories as they stand at the end of the year of the data."""
    contested = Contested(frozenset({_KINDS[found.model]}))
    return knowledge(session, money.territories, date(found.year, 12, 31), contested)


def places_for(session: Session, found: Simulation, money: Gathered) -> Places:
    """Return where the territories lie at the end of the year of the data."""
    return places_on(session, money, date(found.year, 12, 31), found.names)


def trial_report(
    found: Simulation, money: Gathered, known: Knowledge, places: Places, choice: Choice
) -> Report:
    """Return the consequences of a simulation; the sentences that mark it go wherever they do."""
    marks = [every_language("analysis.consequences.trial.mark"), *told(found)]
    if found.model == "sharing":
        marks.append(every_language("analysis.consequences.trial.sharing"))
    return Report(
        about=partial(_about, found),
        choice=choice,
        gathered=money,
        known=known,
        places=places,
        shown=(BEFORE, AFTER),
        trial=tuple(marks),
    )


def _about(found: Simulation, _: Sequence[Named]) -> tuple[tuple[Column, Cell], ...]:
    mark = every_language("analysis.consequences.trial.mark")
    return ((Column("trial", every_language("analysis.consequences.column.trial")), mark), *about(found))
