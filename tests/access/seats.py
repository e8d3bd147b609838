"""Everybody who may come to a sitting, and a sitting in every stage to come to."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from flask import Flask, session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from sqlmodel import Session
from werkzeug.test import TestResponse

from budgetproto.accounts import service as accounts
from budgetproto.accounts import tokens
from budgetproto.accounts.domain import Person, Role
from budgetproto.accounts.scopes import Scope
from budgetproto.accounts.session import _TOKEN
from budgetproto.coordination.happenings import Answered, Verdict
from budgetproto.database import Database
from budgetproto.disputes.options import service as options
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.i18n import Named
from budgetproto.money import Som
from budgetproto.proceedings import service as proceedings
from budgetproto.proceedings.domain import Outcome, Votes
from budgetproto.proceedings.service import Recorded
from budgetproto.protocol import service as protocol
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Stage, Standing
from budgetproto.sittings.procedure import change_setting
from tests.access.expecting import Attempt, form_of, values_of
from tests.access.kinds import ACTING
from tests.bodies import stand_all
from tests.coordination.held import make_register, opinion
from tests.factories import (
    PASSWORD,
    Scene,
    file_all,
    make_person,
    make_scene,
    open_all,
    record_parts,
    start_session,
)
from tests.sessions import seat_members

#: The seats that have a role, by name; the others speak for a party or for nobody.
ROLES: Final = {
    "secretary": frozenset({Role.SECRETARY}),
    "chair": frozenset({Role.CHAIR, Role.MEMBER}),
    "member": frozenset({Role.MEMBER}),
    "analyst": frozenset({Role.ANALYST}),
    "observer": frozenset({Role.OBSERVER}),
    "administrator": frozenset({Role.ADMINISTRATOR}),
    "outsider": frozenset[Role](),
}
#: The delegates of a scene: of the party whose position is asked for, of its side, and of the other side.
DELEGATES: Final = ("unionist", "assistant", "mayor", "minister", "doctor")
SEATS: Final = ("stranger", *ROLES, *DELEGATES)
#: Who speaks for the party whose position is asked for.
OWN: Final = frozenset({"unionist", "assistant"})


#: What a program sends to each address that takes something.
BODIES: Final[Mapping[str, Mapping[str, object]]] = {
    "api_positions.file": {"figure": None, "vulnerable": "none"},
    "api_responses.respond": {"kind": "accept", "option": 1},
    "api_responses.respond_to_rest": {"kind": "accept", "option": 1},
}


@dataclass(frozen=True)
class Caller:
    """Somebody's browser at the sitting of a scene, with a token for its forms."""

    app: Flask
    client: FlaskClient
    token: str
    scene: Scene
    #: A token for programs with every scope; none of a stranger.
    bearer: str = ""

    def call(self, attempt: Attempt, *, values: Mapping[str, object] | None = None) -> TestResponse:
        """Try one method of one view for the union's party; `values` name other things than the scene's."""
        path = attempt.path(self.app, values_of(self.scene) | dict(values or {}))
        if attempt.of_program:
            return self._program(attempt, path)
        party = {"party": self.scene.union.id} if attempt.names_a_party else None
        form = form_of(self.scene, self.token) if attempt.method == "POST" else None
        return self._browser(attempt).open(
            path, method=attempt.method, query_string=party, data=form, buffered=True
        )

    def _program(self, attempt: Attempt, path: str) -> TestResponse:
        """Ask as a program: with a token, with the cookies of the browser, which must not count."""
        method = attempt.method
        headers = {"Authorization": f"Bearer {self.bearer}", "If-Match": '"0"'} if self.bearer else {}
        body = BODIES[attempt.view] if method == "PUT" else None
        return self.client.open(path, method=method, headers=headers, json=body, buffered=True)

    def _browser(self, attempt: Attempt) -> FlaskClient:
        """Let a copy of the browser act on log-ins, so that the next attempt finds this one logged in."""
        if not attempt.view.startswith("account"):
            return self.client
        copy = self.app.test_client()
        with self.client.session_transaction() as kept, copy.session_transaction() as other:
            other.update(kept)
        return copy


@dataclass(frozen=True)
class House:
    """One installation with a sitting in every stage; `people` have roles and serve all of them."""

    app: Flask
    database: Database
    scenes: dict[Stage, Scene]
    people: dict[str, Person]
    #: Tokens by person and scopes: one may have only so many, and sits down in many scenes.
    bearers: dict[tuple[str, frozenset[Scope]], str] = field(default_factory=dict)

    def person(self, seat: str, stage: Stage) -> Person | None:
        """Return who sits there; a stranger is nobody."""
        if seat == "stranger":
            return None
        return self.people[seat] if seat in self.people else getattr(self.scenes[stage], seat)

    def standing(self, seat: str, stage: Stage) -> Standing | None:
        """Return what somebody is in the sitting of a stage, None for a stranger."""
        found = self.person(seat, stage)
        if found is None:
            return None
        with self.database.reading() as data:
            return sittings.standing(data, found.id, self.scenes[stage].sitting)

    def caller(self, seat: str, stage: Stage) -> Caller:
        """Let somebody log in."""
        client, bearer = self.app.test_client(), ""
        if person := self.person(seat, stage):
            bearer = self.bearer(person)
            token = accounts.log_in(self.database, person.login, PASSWORD)
            with client.session_transaction() as kept:
                kept[_TOKEN] = token
        return Caller(self.app, client, _form_token(client), self.scenes[stage], bearer)

    def bearer(self, person: Person, scopes: frozenset[Scope] = frozenset(Scope)) -> str:
        """Return somebody's token for a program, made when it is first asked for."""
        if (person.id, scopes) not in self.bearers:
            made = tokens.make(self.database, person.id, name="Программа", wanted=scopes, days=30)
            self.bearers[person.id, scopes] = made.code
        return self.bearers[person.id, scopes]


def make_house(app: Flask, database: Database, key: SealKey) -> House:
    """Take a sitting to every stage; in each the union has filed on the first line."""
    takes: tuple[tuple[Stage, Callable[[Scene], None]], ...] = (
        (Stage.OPENED, _open),
        (Stage.IN_SESSION, _begin),
        (Stage.DECIDED, _decide),
        (Stage.ISSUED, _issue),
        (Stage.ARCHIVED, _archive),
    )
    scenes = {Stage.PREPARING: make_scene(database, key=key, stage=Stage.PREPARING)}
    scenes[Stage.COLLECTING] = make_scene(database, key=key)
    file_all(scenes[Stage.COLLECTING])
    for scene in scenes.values():
        _put_question(scene)
    for place, (stage, _) in enumerate(takes):
        scenes[stage] = scene = make_scene(database, key=key)
        file_all(scene)
        _put_question(scene)
        for _, take in takes[: place + 1]:
            take(scene)
    for stage in ACTING:
        stand_all(scenes[stage])
    people = {seat: make_person(database, roles=roles) for seat, roles in ROLES.items()}
    # a program of these tests asks more often than any real one
    often = Named("Сыноо", "Проверка", "A test")
    change_setting(database, people["administrator"].id, "token_requests", value="100000", source=often)
    register = make_register(scenes[Stage.COLLECTING], initiated=False).served()
    scene = register.scene
    register.record(scene.secretary, opinion(scene.union))
    register.record(scene.secretary, Answered(1, Verdict.REJECTED, "Каражат жок"))
    return House(app, database, scenes, people)


@contextmanager
def nothing_kept(database: Database) -> Iterator[None]:
    """Let every act go through to its end and then undo it, so that the next one finds the same sitting."""
    kept = database.writing

    @contextmanager
    def undone() -> Iterator[Session]:
        with Session(database.engine, expire_on_commit=False) as written, written.begin() as transaction:
            yield written
            written.flush()
            transaction.rollback()

    database.writing = undone  # type: ignore[method-assign]
    try:
        yield
    finally:
        database.writing = kept  # type: ignore[method-assign]


def _form_token(client: FlaskClient) -> str:
    """Return a token for the forms of a browser, as a page would have given it."""
    with client.session_transaction() as kept, client.application.test_request_context():
        session.update(kept)
        token: str = generate_csrf()
        kept.update(session)
    return token


def _open(scene: Scene) -> None:
    open_all(scene)
    options.publish_option(scene.database, scene.secretary.id, scene.sitting)


def _put_question(scene: Scene) -> None:
    question = Named("Бюджет аралык мамилелер", "Межбюджетные отношения", "Interbudgetary relations")
    proceedings.add_agenda_item(scene.database, scene.secretary.id, scene.sitting, question)


def _begin(scene: Scene) -> None:
    start_session(scene)
    seat_members(scene)


def _decide(scene: Scene) -> None:
    for line in scene.lines:
        recorded = Recorded(Som(0), Votes(6, 1, 0), Outcome.AGREED)
        proceedings.record_decision(scene.database, scene.secretary.id, line, recorded, version=0)
    proceedings.close_session(scene.database, scene.secretary.id, scene.sitting)
    record_parts(scene)


def _issue(scene: Scene) -> None:
    protocol.issue(scene.database, scene.secretary.id, scene.sitting)


def _archive(scene: Scene) -> None:
    sittings.take_step(scene.database, scene.secretary.id, scene.sitting, Stage.ARCHIVED)
