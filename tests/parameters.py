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


#: Registrations of each territory.
VOLUMES = {BISHKEK: 4_000, OSH: 1_500, AIMAK: 37}
COSTS = replace(NORMS, model="delegated", code="costs", values={"unit_cost.civil_registration": 320_00})
COVERED = replace(
    NORMS,
    model="equalization",
    code="covered",
    values={"coverage": 5_000, "quantum": 1, "coefficient.highland": 10_000},
)
PROGRAMME = replace(
    NORMS, model="stimulating", code="programme", values={"fund": 100 * MILLION, "cofinancing": 2_000}
)
TIGHT = replace(PROGRAMME, code="tight", values={"fund": 10 * MILLION, "cofinancing": 2_000})
COST = ParameterLink("costs.1", "unit_cost.civil_registration", 2024)
COEFFICIENT = ParameterLink("covered.1", "coefficient.highland", 2024)
COVERAGE = ParameterLink("covered.1", "coverage", 2024)
COFINANCING = ParameterLink("programme.1", "cofinancing", 2024)


def put_priced(database: Database) -> None:
    """Put sets there whose parameters have prices, with what they count in 2024."""
    put_parameters(database)
    needs = {BISHKEK: 900 * MILLION, OSH: 300 * MILLION, AIMAK: 9 * MILLION + 1}
    potentials = {BISHKEK: 950 * MILLION, OSH: 100 * MILLION, AIMAK: 2 * MILLION}
    projects = [(OSH, "a", 9 * MILLION, 90), (AIMAK, "b", 6 * MILLION, 80), (AIMAK, "c", 3 * MILLION, 70)]
    with database.writing() as session:
        for each in (COSTS, COVERED, PROGRAMME, TIGHT):
            storage.add_set(session, each)
        storage.put_inputs(
            session,
            [
                *(Input(code, 2024, "need", "", "AQP23", amount) for code, amount in needs.items()),
                *(Input(code, 2024, "potential", "", "AQP23", amount) for code, amount in potentials.items()),
                *(Input(code, 2024, "trait", "highland", "AQP23", quantity=1) for code in (BISHKEK, AIMAK)),
                *(
                    Input(code, 2024, "volume", "civil_registration", "AQP23", quantity=count)
                    for code, count in VOLUMES.items()
                ),
                Input(OSH, 2024, "funding", "civil_registration", "AQP23", 400_000_00),
                *(
                    Input(code, 2024, "project", name, "AQP23", cost, points)
                    for code, name, cost, points in projects
                ),
            ],
        )
