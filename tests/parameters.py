"""Two parameter sets with figures of three territories, for questions about a parameter of a model."""

from dataclasses import replace
from datetime import date

from budgetproto.database import Database
from budgetproto.disputes.domain import ParameterLink
from budgetproto.i18n import Named
from budgetproto.transfers.domain import Territory
from budgetproto.transfers.modelling import storage
from budgetproto.transfers.models import Input, ParameterSet
from budgetproto.transfers.storage import put_territories
from tests.stated import MILLION

BISHKEK, OSH, AIMAK = "41711000000000", "41721000000000", "41702205805000"
NAME = Named("Норма", "Норма", "Norms")
NORMS = ParameterSet("sharing", "norms", NAME, "proposal", date(2022, 1, 1), {"norm.all": 1_200}, "AQP23")
FUNDS = replace(NORMS, model="equalization", code="funds", values={"fund": 500_000 * 100, "quantum": 10_000})
NORM = ParameterLink("norms.1", "norm.all", 2022)
FUND = ParameterLink("funds.1", "fund", 2022)
#: The 15,420 million of Bishkek in 2022, of which a councillor asks for 25 per cent, and two other places.
COLLECTED = {BISHKEK: 15_420 * MILLION, OSH: 1_000 * MILLION + 3, AIMAK: 77}


def put_parameters(database: Database) -> None:
    """Put both sets there, what was collected in 2022, and a need and potential beside it."""
    places = [(BISHKEK, "republican_city"), (OSH, "republican_city"), (AIMAK, "aiyl_aimak")]
    territories = [
        Territory(code, 1, kind, Named(ru=code), None, "2021-04", self_governing=True)  # type: ignore[arg-type]
        for code, kind in places
    ]
    with database.writing() as session:
        put_territories(session, territories)
        for each in (NORMS, FUNDS):
            storage.add_set(session, each)
        taxes = [Input(code, 2022, "tax", "all", "AQP23", amount) for code, amount in COLLECTED.items()]
        needs = [Input(code, 2022, "need", "", "AQP23", amount) for code, amount in COLLECTED.items()]
        storage.put_inputs(session, [*taxes, *needs])
        storage.put_inputs(session, [replace(each, kind="potential", amount=0) for each in needs])
