"""Everybody, at every address, by every method, is answered as the rules say, whatever the stage."""

import pytest

from budgetproto.journal import party_chain, sitting_chain
from budgetproto.journal.storage import Head, head
from budgetproto.sittings.domain import Stage
from tests.access.expecting import NOWHERE, as_expected, attempts, expected, values_of
from tests.access.kinds import Doing, Sealed
from tests.access.rules import RULES
from tests.access.seats import DELEGATES, SEATS, House, nothing_kept
from tests.counts import LONG

#: An ordinary run asks while positions are sealed; `make long` in every stage.
STAGES = list(Stage) if LONG else [Stage.COLLECTING]
pytestmark = pytest.mark.usefixtures("blank_pages")


def test_every_method_of_every_view_has_a_rule(house: House) -> None:
    """Add a rule to tests/access/rules.py for the new view; take out the one of a view that is gone."""
    views = {
        str(address.endpoint): (address.methods or set()) - {"HEAD", "OPTIONS"}
        for address in house.app.url_map.iter_rules()
    }
    assert views == {view: set(rules) for view, rules in RULES.items()}


@pytest.mark.parametrize("stage", STAGES)
def test_everybody_is_answered_as_the_rules_say(house: House, stage: Stage) -> None:
    wrong, made = [], 0
    callers = {seat: house.caller(seat, stage) for seat in SEATS}
    with nothing_kept(house.database):
        for seat, caller in callers.items():
            person, place = house.person(seat, stage), house.standing(seat, stage)
            for attempt in attempts(house.app):
                wanted = expected(attempt.rule, person, place, stage, caller.scene.union.id)
                answer = caller.call(attempt)
                made += 1
                if not as_expected(attempt, wanted, answer):
                    wrong.append((seat, attempt.method, attempt.view, wanted, answer.status))
    assert wrong == [], "\n".join(map(str, wrong))
    assert made > 500


@pytest.mark.parametrize("seat", ["secretary", "unionist", "outsider"])
def test_what_is_not_there_is_unknown_to_everybody(house: House, seat: str) -> None:
    caller = house.caller(seat, Stage.COLLECTING)
    ids = {"sitting_id": NOWHERE, "line_id": NOWHERE, "party_id": NOWHERE}
    asked = [each for each in attempts(house.app) if isinstance(each.judged, Doing | Sealed)]
    found = {(each.view, each.method): caller.call(each, values=ids).status_code for each in asked}
    assert {place: status for place, status in found.items() if status != 404} == {}


@pytest.mark.parametrize("seat", DELEGATES)
def test_a_sitting_that_one_is_no_party_to_is_unknown(house: House, seat: str) -> None:
    caller, other = house.caller(seat, Stage.COLLECTING), house.scenes[Stage.IN_SESSION]
    asked = [each for each in attempts(house.app) if isinstance(each.judged, Doing | Sealed)]
    found = {
        (each.view, each.method): caller.call(each, values=values_of(other)).status_code for each in asked
    }
    assert {place: status for place, status in found.items() if status != 404} == {}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_no_view_knows_another_method(house: House, method: str) -> None:
    client = house.caller("secretary", Stage.COLLECTING).client
    scene = house.scenes[Stage.COLLECTING]
    methods: dict[str, set[str]] = {}
    for address in house.app.url_map.iter_rules():
        methods[address.rule] = methods.get(address.rule, set()) | (address.methods or set())
    for attempt in attempts(house.app):
        if method in methods[attempt.address.rule]:
            continue
        path = attempt.path(house.app, values_of(scene))
        assert client.open(path, method=method, buffered=True).status_code in {400, 405}, attempt.view


def test_a_denied_act_changes_nothing(house: House) -> None:
    """Told by the heads of every chain of the sitting, with every act going through for good."""
    scene = house.scenes[Stage.COLLECTING]
    chains = [sitting_chain(scene.sitting), *(party_chain(scene.sitting, each.id) for each in scene.parties)]
    before = heads(house, chains)
    for seat in ("stranger", "analyst", "observer", "outsider", "doctor"):
        caller = house.caller(seat, Stage.COLLECTING)
        person, place = house.person(seat, Stage.COLLECTING), house.standing(seat, Stage.COLLECTING)
        for attempt in attempts(house.app):
            wanted = expected(attempt.rule, person, place, Stage.COLLECTING, scene.union.id)
            if attempt.method in {"POST", "PUT"} and wanted in {"unknown", "forbidden", "log_in"}:
                caller.call(attempt)
    assert heads(house, chains) == before


def heads(house: House, chains: list[str]) -> list[Head]:
    with house.database.reading() as session:
        return [head(session, chain) for chain in chains]
