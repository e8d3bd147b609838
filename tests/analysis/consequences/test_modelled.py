"""A question about a parameter is divided among territories as its model says, to the last tyiyn."""

from dataclasses import replace

import numpy as np

from budgetproto.analysis.consequences.effects import Facts, effects
from budgetproto.analysis.consequences.modelled import ModelDivision
from budgetproto.analysis.consequences.report import gathered_of, usual_lens
from budgetproto.analysis.table import table_of
from budgetproto.database import Database
from budgetproto.disputes import service
from budgetproto.disputes.parameters.views import line_effects
from tests.disputes.parameters.test_lines import QUESTION, entered, opened
from tests.parameters import AIMAK, BISHKEK, NORM, OSH, put_parameters


def test_each_sides_value_of_a_norm_is_soms_per_territory_and_the_whole_is_that_of_the_line(
    database: Database,
) -> None:
    put_parameters(database)
    scene = opened(database, entered(database, replace(QUESTION, parameter=NORM)), 1_200, 2_500)
    with database.reading() as session:
        table = table_of(session, scene.chair.id, scene.sitting)
        found = gathered_of(table, [ModelDivision(session, table)])
        without = gathered_of(table)
        sitting, _, line = service.line_of(session, scene.chair.id, scene.lines[0])
        view = line_effects(session, sitting, line)
    assert found.territories == (AIMAK, BISHKEK, OSH)
    assert (without.territories, without.undivided_lines) == ((), (1,))
    rows = effects(found, usual_lens(found, 7_000), Facts()).rows
    assert view is not None
    assert {row.territory: row.soms[1:3] for row in rows} == {
        each.code: (each.government.tyiyn, each.lsg.tyiyn) for each in view.territories
    }
    whole = found.soms.amounts.sum(axis=0) + found.undivided.amounts.sum(axis=0)
    assert np.array_equal(whole, without.undivided.amounts.sum(axis=0))
    assert found.labels == (view.effects.label,)
