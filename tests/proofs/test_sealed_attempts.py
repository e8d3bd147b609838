"""A million attempts of everybody else on sealed positions, by every address: all 404, all counted."""

from collections.abc import Mapping
from random import Random

from sqlmodel import Session, select

from budgetproto.accounts.events import AccessDenied
from budgetproto.accounts.storage import DeniedRow
from budgetproto.journal import ACCESS
from budgetproto.journal.storage import entries
from budgetproto.sittings.domain import Stage
from tests.access.conftest import house
from tests.access.expecting import NOWHERE, Attempt, attempts
from tests.access.kinds import Sealed
from tests.access.seats import DELEGATES, OWN, ROLES, Caller, House
from tests.proofs.conftest import Trials

__all__ = ["house"]

#: Everybody with an account who does not speak for the party.
OTHERS = [seat for seat in (*ROLES, *DELEGATES) if seat not in OWN]
#: What file_all filed for the union on the first line, as pages, files and programs would write it.
SECRETS = (b"600 000,0", "600\u00a0000,0".encode(), b"600000000.00", b"60000000000")
#: A page once in eight times: what a program is told is the same and quicker to make.
WANTED = ("text/html", *["application/json"] * 5, "text/csv", "text/plain")
TRICKS: tuple[Mapping[str, str], ...] = (
    {},
    {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1"},
    {"X-HTTP-Method-Override": "GET", "X-Original-URL": "/", "X-Rewrite-URL": "/"},
    {"If-None-Match": "*", "If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    {"Range": "bytes=0-1023"},
    {"Authorization": "Bearer secretary", "Cookie2": "$Version=1"},
    {"Host": "localhost:443", "Forwarded": "for=127.0.0.1;proto=https"},
)


def test_nobody_else_gets_at_a_sealed_position(house: House, trials: Trials) -> None:
    callers = {seat: house.caller(seat, Stage.COLLECTING) for seat in OTHERS}
    sealed = [each for each in attempts(house.app) if isinstance(each.rule, Sealed)]
    before = denied(house)
    for _ in trials.of(1_000_000):
        caller = callers[trials.random.choice(OTHERS)]
        answer = attempt_by(caller, trials.random.choice(sealed), trials.random)
        assert answer[0] == 404
        assert not any(secret in answer[1] for secret in SECRETS)
    assert denied(house) - before == trials.count
    trials.told = f"{len(sealed)} addresses and methods, {len(OTHERS)} seats, {len(TRICKS)} tricks"


def attempt_by(caller: Caller, attempt: Attempt, random: Random) -> tuple[int, bytes]:
    """Try one address in one of many ways; return the status and what came back."""
    scene = caller.scene
    line = random.choice([*scene.lines, scene.lines[0].upper(), NOWHERE, scene.sitting, scene.union.id])
    party = random.choice(parties(caller))
    path = attempt.path(
        caller.app, {"line_id": line, "sitting_id": scene.sitting, "party_id": scene.union.id}
    )
    answer = caller.client.open(
        path,
        method=random.choice([attempt.method, "HEAD"]) if attempt.method == "GET" else attempt.method,
        query_string={"party": party, "version": random.choice(["1", "0", "-1", "latest"])},
        data={"csrf_token": caller.token, "act": random.choice(["file", "draft"]), "figure": "1"}
        if attempt.method == "POST"
        else None,
        headers={"Accept": random.choice(WANTED), **random.choice(TRICKS)},
    )
    return answer.status_code, answer.data


def parties(caller: Caller) -> list[object]:
    """Return ways to ask for the union's position: plain, twice, with other letters."""
    wanted = caller.scene.union.id
    return [wanted, [wanted, caller.scene.cities.id], wanted.upper(), f" {wanted}", wanted[:-1]]


def denied(house: House) -> int:
    """Return how many denials the access chain tells or is about to tell."""
    with house.database.reading() as session:
        told = [each.values() for each in entries(session, ACCESS) if each.kind == AccessDenied.kind]
        return sum(1 + int(str(each["times"])) for each in told) + waiting(session)


def waiting(session: Session) -> int:
    return sum(row.further for row in session.exec(select(DeniedRow)))
