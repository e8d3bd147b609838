"""Whatever a program asks, by its description or against it: no fault of ours, no answer undescribed."""

from budgetproto.accounts.scopes import Scope
from budgetproto.sittings.domain import Stage
from tests.access.house import house
from tests.access.seats import House, nothing_kept
from tests.api.asking import SEATS, ask, described
from tests.proofs.conftest import Trials
from tests.reporting.annual.writing import filed

__all__ = ["house"]


def test_random_requests_are_answered_as_described(house: House, trials: Trials) -> None:
    filed(house.scenes[Stage.IN_SESSION])
    tokens = ["bp_none", house.bearer(house.people["chair"], frozenset({Scope.TRANSFERS}))]
    for seat, stage in SEATS:
        person = house.person(seat, stage)
        assert person is not None
        tokens.append(house.bearer(person))
    count = len(trials.of(100_000))
    with nothing_kept(house.database):
        statuses = ask(described(house), tokens, count=count, begin=trials.seed * 1_000)
    trials.told = f"answers by status: {dict(sorted(statuses.items()))}"
    print(trials.told)
    assert sum(statuses.values()) >= count
    assert {200, 401, 403, 404, 422} <= statuses.keys()
