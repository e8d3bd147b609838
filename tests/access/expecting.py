"""What the rules let one expect of an answer, and how an answer is told from another."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from flask import Flask
from werkzeug.routing import Rule as Address
from werkzeug.test import TestResponse

from budgetproto.accounts.domain import Party, Person, Role
from budgetproto.coordination.storage import act_rows
from budgetproto.database import Database
from budgetproto.sittings.domain import Act, Stage, Standing, may
from budgetproto.sittings.keys import SPEAKING
from tests.access.kinds import (
    ACTING,
    KEEPERS,
    Doing,
    Hidden,
    LoggedIn,
    OfBody,
    OfDelegate,
    OfExpertise,
    OfParty,
    OfRegister,
    OfReport,
    OfRole,
    OfToken,
    Open,
    Revoking,
    Rule,
    Sealed,
)
from tests.access.rules import RULES
from tests.factories import Scene

Answer = Literal["open", "log_in", "unknown", "forbidden", "refused"]

#: Ids of the right shape behind which nothing stands.
NOWHERE: Final = "abcdefghijklmnopqrstuvwxyz"
#: Values of the places in addresses that are no ids of a sitting's own things.
PLACES: Final[Mapping[str, object]] = {
    "number": 1,
    "text": 1,
    "before": 1,
    "after": 1,
    "language": "ky",
    "seat": "chair",
    "code": "equalization",
    "kind": "consulted",
    "soate": "41702000000000",
    "filename": "css/budgetproto.css",
    "key": "quorum_share",
    "ending": "csv",
    "drawing": "sides",
    "form": "csv.gz",
    "picture": "svg",
    "step": "letter",
    "document": "letter",
    "model": "sharing",
    "set_key": "norms-2014",
    "name": "constituencies",
    "level": "ministry",
    "section": "summary",
    "indicator": "council.sessions",
    "year": 2026,
}


@dataclass(frozen=True)
class Attempt:
    """One method of one view under one rule."""

    address: Address
    method: str
    rule: Rule

    @property
    def view(self) -> str:
        """The name of the view."""
        return str(self.address.endpoint)

    @property
    def names_a_party(self) -> bool:
        """Tell whether the address asks for which party it is; others refuse words they do not know."""
        return isinstance(self.rule, Sealed) or (isinstance(self.rule, Doing) and self.rule.own)

    @property
    def judged(self) -> Rule:
        """The rule by which the person is judged, behind a token or not."""
        return self.rule.rule if isinstance(self.rule, OfToken) else self.rule

    @property
    def of_program(self) -> bool:
        """Tell whether a program asks, with a token in the place of a log-in."""
        return isinstance(self.rule, OfToken)

    @property
    def names_a_thing(self) -> bool:
        """Tell whether the form must name a thing of the sender's own; that of an attempt does not."""
        if isinstance(self.rule, Sealed):
            return self.rule.waiting or self.view.startswith("attachments.")
        return (isinstance(self.rule, LoggedIn | OfRole | OfBody) and self.rule.naming) or self.view in {
            *("substitute.link", "act_texts.fetch", "api_acts.text"),
            *("scans.scan", "versions.one", "versions.pdf", "boxes.box", "api_protocols.box"),
        }

    def path(self, app: Flask, values: Mapping[str, object]) -> str:
        """Return the address with these values in its places."""
        known = {name: values.get(name, PLACES.get(name, NOWHERE)) for name in self.address.arguments}
        return app.url_map.bind("localhost").build(self.view, known, method=self.method)


def attempts(app: Flask) -> Iterator[Attempt]:
    """Give every method of every view with its rule."""
    for address in app.url_map.iter_rules():
        for method in sorted((address.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Attempt(address, method, RULES[str(address.endpoint)][method])


def values_of(scene: Scene) -> dict[str, object]:
    """Return the ids of a scene as addresses name them."""
    return {
        "sitting_id": scene.sitting,
        "line_id": scene.lines[0],
        "party_id": scene.union.id,
        "person_id": scene.outsider.id,
        "act_id": _first_act(scene.database),
    }


@cache
def _first_act(database: Database) -> str:
    """Return the draft act of the house, which belongs to no sitting."""
    with database.reading() as session:
        return next((row.id for row in act_rows(session)), NOWHERE)


def expected(rule: Rule, person: Person | None, place: Standing | None, stage: Stage, party: str) -> Answer:
    """Return how somebody must be answered who asks in this stage, for this party if a rule names one.

    Behind a token it is as for the person the token is of.
    """
    judged = rule.rule if isinstance(rule, OfToken) else rule
    if isinstance(judged, Open | Hidden):
        return "open" if isinstance(judged, Open) else "unknown"
    if person is None or place is None or isinstance(judged, OfReport | OfExpertise):
        return "log_in" if person is None or place is None else "unknown"
    if isinstance(judged, OfRegister | OfBody):
        return _outside(person, place, judged, place.parties if stage in ACTING else (), party)
    match judged:
        case LoggedIn():
            return "open"
        case OfRole(roles, known):
            may_know = known is None or bool(known & person.roles)
            return "open" if roles & person.roles else "forbidden" if may_know else "unknown"
        case Sealed():
            return "open" if place.speaks_for(party) and stage is not Stage.PREPARING else "unknown"
        case Revoking(named):
            return _revoking(place, stage, party if named else "")
        case OfParty():
            keeps = place.approves_for(party) or may(place, Act.PREPARE, stage)
            return "open" if keeps else "unknown"
        case OfDelegate(stages):
            if Act.SEE not in place.acts:
                return "unknown"
            return "forbidden" if not place.parties else "open" if stage in stages else "refused"
        case Doing(act, own, on, within):
            first = _of_act(on, place, stage)
            if first != "open":
                return first
            found = _of_act(act, place, stage, within)
            return "unknown" if found == "open" and own and not place.speaks_for(party) else found


def form_of(scene: Scene, token: str) -> dict[str, str]:
    """Return what every form of an attempt is sent with: enough to name things, never enough to act."""
    return {"csrf_token": token, "party": scene.union.id, "day": "2026-03-21"}


def answered(answer: TestResponse) -> Answer:
    """Tell the kinds of answers apart."""
    if answer.status_code == 303 and answer.headers["Location"].startswith("/log-in"):
        return "log_in"
    if answer.status_code == 401:
        return "log_in"
    kinds: dict[int, Answer] = {
        403: "forbidden",
        404: "unknown",
        409: "refused",
        412: "refused",
        422: "refused",
    }
    return kinds.get(answer.status_code, "open")


def as_expected(attempt: Attempt, wanted: Answer, answer: TestResponse) -> bool:
    """Tell whether an answer is the expected one; an empty form is refused to whoever may send it, too."""
    found = answered(answer)
    if answer.status_code >= 500 or answer.status_code in {400, 405}:
        return False
    if isinstance(attempt.rule, Open) or attempt.view in {"account.end_all", "accounts.log_out"}:
        return found in {"open", "refused", "log_in"}
    if wanted == "open" and attempt.names_a_thing:
        return found in {"open", "refused", "unknown"}
    return found == wanted or (wanted == "open" and attempt.method in {"POST", "PUT"} and found == "refused")


def _outside(
    person: Person, place: Standing, rule: OfRegister | OfBody, own: Collection[Party], party: str
) -> Answer:
    """Return how it is outside sittings, where `own` are the bodies that somebody acts for."""
    if isinstance(rule, OfRegister):
        return _register(person, place, rule, own)
    return "open" if any(each.id == party for each in own) else "forbidden"


def _register(person: Person, place: Standing, rule: OfRegister, own: Collection[Party]) -> Answer:
    if rule.submitted or not (person.roles or place.parties):
        return "unknown"
    if rule.commissions:
        committee = bool(person.roles & (KEEPERS | {Role.CHAIR}))
        return "open" if committee or any(each.side == "lsg" for each in own) else "forbidden"
    return "open" if not rule.kept or person.roles & KEEPERS else "forbidden"


def _revoking(place: Standing, stage: Stage, party: str) -> Answer:
    if Act.SEE not in place.acts:
        return "unknown"
    own, secretary = place.speaks_for(party), Act.ENTER_MANDATE in place.acts
    return "unknown" if (own if stage in SPEAKING else secretary) else "forbidden"


def _of_act(act: Act, place: Standing, stage: Stage, within: frozenset[Stage] = frozenset(Stage)) -> Answer:
    if Act.SEE not in place.acts:
        return "unknown"
    if act not in place.acts:
        return "forbidden"
    return "open" if may(place, act, stage) and stage in within else "refused"
